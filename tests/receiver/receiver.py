"""The program under test, and clients of it."""

import asyncio
import dataclasses
import signal
import subprocess
import time
import urllib.parse

import processes

PROGRAM = None  # Set by receiver_test.py.
TOKEN = "INVENTED-URL-TOKEN+1/2="
MEWS_WAITS = 5.0  # seconds, for an answer


class Receiver:
    """A running receiver. Several may have the same directory."""

    def __init__(self, store, directory):
        self.log = directory / "log"
        self.tokens = directory / "tokens"
        if not self.tokens.exists():
            self.tokens.write_text(TOKEN + "\n", encoding="ascii")
        self.log_before = self.log.stat().st_size if self.log.exists() else 0
        options = ["--listen", "127.0.0.1:0", "--tokens", self.tokens, *common_options(store, directory)]
        with open(self.log, "ab") as log:
            # Python ignores SIGXFSZ, and so does the program then: a write beyond the limit fails.
            self.process = processes.start([PROGRAM, *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                           stderr=log, text=True, restore_signals=False)
        self.port = None

    def wait_until_it_listens(self):
        line = self.process.stdout.readline()
        assert line.startswith("listening on 127.0.0.1:"), self.log_text()
        self.port = int(line.rsplit(":", 1)[1])

    def log_text(self):
        return self.log.read_bytes()[self.log_before :].decode()

    def kill(self):
        self.process.kill()
        self.end()

    def stop(self):
        """Returns the exit code."""
        self.process.terminate()
        return self.end()

    def end(self):
        self.process.stdout.close()
        return self.process.wait(30)

    def is_running(self):
        return self.process.poll() is None

    async def reads_tokens(self, text, expected):
        """Gives it other tokens, and waits until it says that it has read them."""
        self.tokens.write_text(text, encoding="ascii")
        before = self.log_text().count(expected)
        self.process.send_signal(signal.SIGHUP)
        await until(lambda: self.log_text().count(expected) > before)


def common_options(store, directory):
    return ["--key", directory / "key", "--store", store.option]


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60)


async def until(condition, seconds=30):
    """Waits until the condition, which may be a coroutine, is true."""
    deadline = time.monotonic() + seconds
    while not (await condition() if asyncio.iscoroutinefunction(condition) else condition()):
        assert time.monotonic() < deadline, "it never comes about"
        await asyncio.sleep(0.05)


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict
    body: bytes


def target(token=TOKEN):
    return "/webhooks?Token=" + urllib.parse.quote(token, safe="")


def request(body=b"", method="POST", to=None, headers=(), length=None):
    size = len(body) if length is None else length
    lines = [f"{method} {to or target()} HTTP/1.1", "Host: receiver", f"Content-Length: {size}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


class Connection:
    """To a receiver."""

    @classmethod
    async def open(cls, receiver):
        self = cls()
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", receiver.port)
        return self

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        self.close()

    def close(self):
        self.writer.close()

    async def answer(self, has_body=True):
        """The next answer. Raises an IncompleteReadError or a ConnectionError if none comes."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")[:-2]
        status = int(first.split()[1])
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        has_body = has_body and "content-length" in headers
        body = await self.reader.readexactly(int(headers["content-length"])) if has_body else b""
        return Answer(status, headers, body)

    async def send(self, raw, has_body=True):
        self.writer.write(raw)
        await self.writer.drain()
        return await self.answer(has_body)

    async def post(self, body, **how):
        return await self.send(request(body, **how))

    async def get(self, path):
        return await self.send(request(method="GET", to=path))

    async def is_closed(self):
        """Whether the other side closes the connection, without another byte."""
        try:
            return await asyncio.wait_for(self.reader.read(1), MEWS_WAITS) == b""
        except ConnectionError:
            return True


async def status_of(receiver, raw, **how):
    """What a connection of its own gets for a request."""
    async with await Connection.open(receiver) as connection:
        return (await asyncio.wait_for(connection.send(raw, **how), MEWS_WAITS)).status


def metric(text, name):
    return sum(int(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name + " "))


class Load:
    """Messages, each of which names an entity of its own, and what was answered to each."""

    def __init__(self, name, integrations=5, padding=0):
        self.name = name
        self.integrations = integrations
        self.padding = padding
        self.sent = 0
        self.answered = {}  # status by entity
        self.slowest = 0.0
        self.ends = False

    def entities_with(self, status):
        return {entity for entity, its_status in self.answered.items() if its_status == status}

    def entities_sent(self):
        return {self.entity(number) for number in range(self.sent)}

    def entity(self, number):
        return f"{self.name}-entity-{number}"

    def body(self, entity):
        integration = int(entity.rsplit("-", 1)[1]) % self.integrations
        text = (f'{{"EnterpriseId":"e1","IntegrationId":"{self.name}-{integration}","Events":'
                f'[{{"Discriminator":"CustomerUpdated","Value":{{"Id":"{entity}"}}}}]}}')
        return text.encode() + b" " * self.padding

    async def send(self, connection, entity):
        started = time.monotonic()
        answer = await connection.post(self.body(entity))
        self.slowest = max(self.slowest, time.monotonic() - started)
        self.answered[entity] = answer.status
        return answer

    async def send_next(self, connection):
        self.sent += 1
        return await self.send(connection, self.entity(self.sent - 1))

    async def client(self, receiver, most=None):
        """Sends one message after the other, until it shall end or the connection does."""
        try:
            async with await Connection.open(receiver) as connection:
                while not self.ends and (most is None or self.sent < most):
                    await self.send_next(connection)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass

    async def run(self, receivers, clients, seconds=None, most=None):
        everyone = [asyncio.create_task(self.client(receivers[i % len(receivers)], most)) for i in range(clients)]
        if seconds is not None:
            await asyncio.sleep(seconds)
            self.ends = True
        await asyncio.wait_for(asyncio.gather(*everyone), 60)
        self.ends = False
