"""No credential and nothing personal comes out of the receiver, but encrypted."""

import pathlib

import stores
from case import ReceiverTest, created, general, integration_event
from receiver import TOKEN, Connection, request, target

# Each stands where the receiver meets it.
SECRETS = {name: f"INVENTED-{name.upper()}-4B1D0E2A94C70F6" for name in (
    "wrong_token", "new_token", "access_token", "api_key", "of_unknown_event", "of_unknown_kind", "name", "email", "property",
    "set_aside", "of_malformed", "of_too_deep", "header", "path", "parameter", "method", "of_malformed_http")}


class Secrets(ReceiverTest):
    def bodies(self):
        s = SECRETS
        yield 204, created("s1", s["access_token"], Extra=s["property"])
        yield 204, created("s1", s["access_token"], Extra=s["property"]).replace(
            b'"Requestor": null', f'"Requestor": {{"Name": "{s["name"]}", "Email": "{s["email"]}"}}'.encode())
        yield 204, integration_event("IntegrationApiKeyCreated", "s2", ApiKey=s["api_key"])
        yield 204, integration_event("IntegrationRenamed", "s3", Key=s["of_unknown_event"])
        yield 204, general("s4", ("Unknown", {"Id": "open-id", "Key": s["of_unknown_kind"]}))
        yield 204, created("s5", s["set_aside"], when="never")
        yield 400, created("s6", s["of_malformed"])[:-1]
        yield 413, created("s7", s["of_too_deep"])[:-1] + b',"x":' + b"[" * 100 + b"]" * 100 + b"}"

    async def test_no_secret_comes_out(self):
        running = self.start()
        await running.reads_tokens(f"{TOKEN}\n{SECRETS['new_token']}\n", "tokens read again")
        bodies = list(self.bodies())
        told = b""
        async with await Connection.open(running) as connection:
            for _ in range(2):
                for status, body in bodies:
                    to = f"/{SECRETS['path']}?{SECRETS['parameter']}&Token={SECRETS['new_token']}"
                    answer = await connection.post(body, to=to, headers=[f"Authorization: {SECRETS['header']}"])
                    self.assertEqual(answer.status, status)
                    told += repr(answer).encode()
        for raw in (request(to=target(SECRETS["wrong_token"])), request(method=SECRETS["method"]),
                    f"{SECRETS['of_malformed_http']}\r\n\r\n".encode()):
            async with await Connection.open(running) as connection:
                told += repr(await connection.send(raw)).encode()
        with self.store.locked():  # An error of the store, with a body at hand.
            async with await Connection.open(running) as connection:
                self.assertEqual((await connection.post(bodies[0][1])).status, 503)
        self.assert_hidden(told)
        self.assert_hidden_in_files()  # The messages are just being applied.
        await self.all_applied()
        async with await Connection.open(running) as connection:
            for path in ("/metrics", "/healthz"):
                told += (await connection.get(path)).body
        told += self.command("--state").encode()
        self.assert_hidden(told)
        running.kill()
        self.assert_hidden_in_files()
        # It is not that they were thrown away.
        self.assertIn(SECRETS["access_token"], self.sealed_state("s1"))
        self.assertIn(SECRETS["api_key"], self.sealed_state("s2"))
        kept = [self.opener().open(body, "body") for (body,) in
                self.store.rows(f"SELECT {self.store.hex('body')} FROM message WHERE findings IS NOT NULL")]
        self.assertEqual(kept, [body for _, body in bodies if b"never" in body] * 2)
        self.command("--retry")
        self.start().stop()
        self.command("--reseal")
        self.assert_hidden_in_files()

    def assert_hidden(self, content, where="what was told"):
        key = (self.directory / "key").read_text(encoding="ascii").strip()
        for secret in [*SECRETS.values(), TOKEN, key, stores.PASSWORD]:
            plain = secret.encode()
            for form in (plain, plain.hex().encode(), plain.hex().upper().encode()):
                self.assertNotIn(form, content, where) if form in content else None
        self.assertNotIn(bytes.fromhex(key), content)

    def assert_hidden_in_files(self):
        """In the store, in its log, in the receiver's log."""
        found_open = False
        for file in [self.directory / "log", *self.store.directory.rglob("*")]:
            if file.is_file():
                try:
                    content = file.read_bytes()
                except FileNotFoundError:
                    continue  # The server has removed it.
                self.assert_hidden(content, file.name)
                found_open = found_open or b"open-id" in content
        self.assertTrue(found_open)
