"""Who gets in, and what clients can send."""

import asyncio
import contextlib
import socket
import struct
import threading
import time

import processes
from case import GOOD, ReceiverTest
from receiver import MEWS_WAITS, TOKEN, Connection, metric, request, status_of, target, until

BODY_LIMIT = 1 << 20
MB = 10**6


class SlowClients:
    """Send a request, or read the answers, so slowly that the receiver has to end it."""

    def __init__(self, running):
        self.running = running
        self.ended_after = {}  # in seconds, by client
        self.started = time.monotonic()
        head = f"POST {target()} HTTP/1.1\r\nContent-Length: 1000\r\n"
        clients = {"in the header": lambda client: self.trickle(client, head.encode()),
                   "in the body": lambda client: self.trickle(client, head.encode() + b"\r\n"),
                   "reads no answer": self.never_read}
        self.threads = [threading.Thread(target=self.run, args=client, daemon=True) for client in clients.items()]
        for thread in self.threads:
            thread.start()

    def run(self, name, client):
        with socket.create_connection(("127.0.0.1", self.running.port)) as connection:
            client(connection)
        self.ended_after[name] = time.monotonic() - self.started

    @staticmethod
    def trickle(client, sent):
        client.sendall(sent)
        client.settimeout(0.3)
        with contextlib.suppress(ConnectionError):
            while True:
                client.sendall(b"x")
                with contextlib.suppress(TimeoutError):
                    if client.recv(1) == b"":
                        return

    @staticmethod
    def never_read(client):
        with contextlib.suppress(ConnectionError):
            while True:
                client.sendall(b"GET /metrics HTTP/1.1\r\n\r\n" * 1000)

    def join(self):
        for thread in self.threads:
            thread.join(max(0, self.started + 30 - time.monotonic()))


slow_clients = None  # Set by receiver_test.py.


class Tokens(ReceiverTest):
    async def test_only_a_right_one_gets_in(self):
        running = self.start()
        encoded = "".join(f"%{byte:02x}" for byte in TOKEN.encode())
        for to, expected in {
            target(): 204,
            f"/?Token={encoded}": 204,
            f"/a/b?x=1&Token={encoded}&y": 204,
            "/webhooks": 401,
            "/webhooks?Token": 401,
            "/webhooks?Token=": 401,
            target(TOKEN[:-1]): 401,
            target(TOKEN + "x"): 401,
            target("x" + TOKEN[1:]): 401,
            target().replace("Token", "token"): 401,
            target() + "&Token=wrong": 401,
            target() + f"&Token={encoded}": 401,
            target() + "%4": 401,
            f"/?a=1#Token={encoded}": 401,
        }.items():
            with self.subTest(to):
                async with await Connection.open(running) as connection:
                    self.assertEqual((await connection.post(GOOD, to=to)).status, expected)
                    if expected == 401:
                        self.assertTrue(await connection.is_closed())
        self.assertEqual(self.store.rows("SELECT count(*) FROM message"), [("3",)])

    async def test_they_change_while_it_runs(self):
        running = self.start()
        async with await Connection.open(running) as connection:

            async def statuses():
                """Of both tokens, the old one over a connection that was there before."""
                return [(await connection.post(GOOD)).status,
                        await status_of(running, request(GOOD, to=target("INVENTED-NEW")))]

            self.assertEqual(await statuses(), [204, 401])
            await running.reads_tokens(f"{TOKEN}\r\nINVENTED-NEW", "tokens read again")
            self.assertEqual(await statuses(), [204, 204])
            await running.reads_tokens("\n", "error=tokens, the old ones stay")
            self.assertEqual(await statuses(), [204, 204])
            await running.reads_tokens("INVENTED-NEW\n", "tokens read again")
            self.assertEqual(await statuses(), [401, 204])

    async def test_a_wrong_one_costs_neither_memory_nor_time(self):
        running = self.start()
        self.assertEqual(await status_of(running, request(b"")), 400)
        before = processes.most_memory(running.process.pid)
        cpu_before = processes.cpu_seconds(running.process.pid)
        started = time.monotonic()
        chunked = f"POST {target('wrong')} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        large = {"to": target("wrong"), "length": 100 * MB}
        for raw in (request(**large), request(**large, headers=["Expect: 100-continue"]), chunked):
            for _ in range(10):  # no byte of the body is sent
                self.assertEqual(await status_of(running, raw), 401)
        self.assertLess(time.monotonic() - started, 2)

        piece = b"5\r\nhello\r\n" * 100_000
        pushed = await asyncio.gather(*(self.push(running, raw, piece) for raw in [request(**large), chunked] * 10))
        self.assertLess(max(pushed), 20 * MB)  # into the sockets' buffers
        self.assertLess(processes.most_memory(running.process.pid) - before, 8 * MB)
        self.assertLess(processes.cpu_seconds(running.process.pid) - cpu_before, 1)
        self.assertEqual(await status_of(running, request(length=100 * MB)), 413)  # before its body, too

    async def push(self, running, raw, piece):
        """Sends 100 MB without looking for an answer. Returns how much could be sent."""
        async with await Connection.open(running) as connection:
            connection.writer.write(raw)
            pushed = 0
            with contextlib.suppress(ConnectionError):
                while pushed < 100 * MB:
                    connection.writer.write(piece)
                    await connection.writer.drain()
                    pushed += len(piece)
            return pushed


class Http(ReceiverTest):
    async def test_what_a_client_can_send(self):
        running = self.start()
        good = request(GOOD)
        wrong = request(GOOD, to=target("wrong"))
        head = f"POST {target()} HTTP/1.1\r\n".encode()
        chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"
        health = b"GET /healthz HTTP/1.1\r\n\r\n"

        def chunks(body, size, extension=b""):
            parts = [body[i : i + size] for i in range(0, len(body), size)]
            return b"".join(b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts)

        def padded(size):
            return GOOD + b" " * (size - len(GOOD))

        # The answers in order, then whether the connection stays open.
        for name, raw, expected, stays_open in [
            ("one request", good, [204], True),
            ("the largest body", request(padded(BODY_LIMIT)), [204], True),
            ("one byte more", request(padded(BODY_LIMIT + 1)), [413], False),
            ("one byte more than the largest, announced", request(length=BODY_LIMIT + 1), [413], False),
            ("more than a number can be", head + b"Content-Length: 99999999999999999999\r\n\r\n", [400], False),
            ("chunked", chunked + chunks(GOOD, 30) + b"0\r\n\r\n", [204], True),
            ("chunks of a byte, with extensions and a trailer",
             chunked + chunks(GOOD, 1, b";a=b") + b"0\r\nX: y\r\n\r\n", [204], True),
            ("the largest body, chunked", chunked + chunks(padded(BODY_LIMIT), 9999) + b"0\r\n\r\n", [204], True),
            ("one byte more, chunked", chunked + chunks(padded(BODY_LIMIT + 1), 9999), [413], False),
            ("a chunk larger than a number can be", chunked + b"fffffffffffffffff\r\n", [400], False),
            ("a chunk without a size", chunked + b"x\r\n", [400], False),
            ("pipelined", good * 50, [204] * 50, True),
            ("pipelined, of all kinds", good + request(b"{") + health + request(method="GET") + good,
             [204, 400, 200, 405, 204], True),
            ("a wrong token and no body", request(to=target("wrong")), [401], False),
            ("pipelined behind a wrong token", wrong + good, [401], False),
            ("pipelined behind a body that is too long", request(padded(BODY_LIMIT + 1)) + good, [413], False),
            ("not the last of this connection", good.replace(b"Host", b"Connection: close\r\nHost"), [204], False),
            ("HTTP/1.0", good.replace(b"HTTP/1.1", b"HTTP/1.0"), [204], False),
            ("not POST", request(GOOD, method="PUT"), [405], False),
            ("an unknown method", request(method="FROBNICATE"), [405], True),
            ("health", health, [200], True),
            ("metrics are not changed", request(to="/metrics"), [405], True),
            ("a long header", head + b"X: " + b"x" * 9000 + b"\r\n\r\n", [400], False),
            ("many headers", head + b"X: x\r\n" * 4000 + b"\r\n", [400], False),
            ("a long target", good.replace(b"?", b"?" + b"x" * 9000), [400], False),
            ("no HTTP", b"hello\r\n\r\n", [400], False),
            ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 500, [400], False),
            ("another version", good.replace(b"HTTP/1.1", b"HTTP/9.9"), [400], False),
            ("a name with a space", good.replace(b"Host:", b"Ho st:"), [400], False),
            ("a NUL", good.replace(b"Host: ", b"Host: \0"), [400], False),
            ("a negative length", head + b"Content-Length: -1\r\n\r\n", [400], False),
            ("a length that is none", head + b"Content-Length: 1x\r\n\r\n" + GOOD, [400], False),
            ("two lengths", good.replace(b"Host: receiver", b"Content-Length: 1"), [400], False),
            ("a length and chunks", good.replace(b"Host: receiver", b"Transfer-Encoding: chunked"), [400], False),
        ]:
            with self.subTest(name):
                async with await Connection.open(running) as connection:
                    connection.writer.write(raw)
                    answers = [await asyncio.wait_for(connection.answer(), MEWS_WAITS) for _ in expected]
                    self.assertEqual([answer.status for answer in answers], expected)
                    if stays_open:
                        self.assertEqual((await connection.send(health)).status, 200)
                    else:
                        self.assertTrue(await connection.is_closed())
                    allowed = "GET, HEAD" if b"/metrics" in raw else "POST"
                    for answer in answers:
                        self.assertEqual(answer.headers.get("allow"), allowed if answer.status == 405 else None)
                self.stored += expected.count(204)
        await self.other_clients(running, good, head)
        self.assertEqual(self.store.rows("SELECT count(*) FROM message"), [(str(self.stored),)])
        async with await Connection.open(running) as connection:

            async def is_alone():
                return metric((await connection.get("/metrics")).body.decode(), "receiver_connections") == 1

            await until(is_alone)

    stored = 0

    async def other_clients(self, running, good, head):
        with self.subTest("byte by byte"):
            async with await Connection.open(running) as connection:
                for i in range(len(good)):
                    connection.writer.write(good[i : i + 1])
                    await connection.writer.drain()
                    await asyncio.sleep(0)
                self.assertEqual((await connection.answer()).status, 204)
        with self.subTest("waits before it sends the body"):
            async with await Connection.open(running) as connection:
                announced = request(length=len(GOOD), headers=["Expect: 100-Continue"])
                self.assertEqual((await connection.send(announced)).status, 100)
                self.assertEqual((await connection.send(GOOD)).status, 204)
        with self.subTest("sends nothing more"):
            async with await Connection.open(running) as connection:
                connection.writer.write(good)
                connection.writer.write_eof()
                self.assertEqual((await connection.answer()).status, 204)
                self.assertTrue(await connection.is_closed())
        self.stored += 3
        for sent in (b"", b"POST", head, good[:-1]):
            with self.subTest("sends nothing more, in the middle", sent=sent):
                async with await Connection.open(running) as connection:
                    connection.writer.write(sent)
                    connection.writer.write_eof()
                    self.assertTrue(await connection.is_closed())
        with self.subTest("asks for headers only"):
            async with await Connection.open(running) as connection:
                answer = await connection.send(request(method="HEAD", to="/metrics"), has_body=False)
                self.assertEqual(answer.status, 200)
                self.assertEqual((await connection.get("/healthz")).body, b"ok\n")
        with self.subTest("resets the connection"):
            for sent in (b"POST", good[:-1]):
                with socket.create_connection(("127.0.0.1", running.port)) as client:
                    client.sendall(sent)
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    async def test_unfinished_requests_end(self):
        """Its clients began with the first test: they take their time."""
        await asyncio.to_thread(slow_clients.join)
        for name, seconds in slow_clients.ended_after.items():
            with self.subTest(name):
                self.assertGreater(seconds, 9)
                self.assertLess(seconds, 15)
        self.assertEqual(len(slow_clients.ended_after), 3)
