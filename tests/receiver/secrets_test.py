"""No credential and nothing personal comes out of the receiver, but encrypted."""

import contextlib

from case import ReceiverTest, created, general, integration_event
from receiver import TOKEN, Connection, request, target

# What nobody may find begins with it: the tokens of all tests, PostgreSQL's password, and the secrets below.
MARK = "INVENTED-"


def secret(where):
    return MARK + where


PERSON = f'{{"Name": "{secret("NAME")}", "Email": "{secret("EMAIL")}"}}'.encode()
BODIES = {
    created("s1", secret("ACCESS-TOKEN"), Extra=secret("PROPERTY")).replace(b"null", PERSON): 204,
    integration_event("IntegrationApiKeyCreated", "s2", ApiKey=secret("API-KEY")): 204,
    integration_event("IntegrationRenamed", "s3", Key=secret("UNKNOWN-EVENT")): 204,
    general("s4", ("Unknown", {"Id": "an-open-id", "Key": secret("UNKNOWN-KIND")})): 204,
    created("s5", secret("SET-ASIDE"), when="never"): 204,
    created("s6", secret("MALFORMED"))[:-1]: 400,
    created("s7", secret("TOO-DEEP"))[:-1] + b',"x":' + b"[" * 100 + b"]" * 100 + b"}": 413,
}
SET_ASIDE = [body for body in BODIES if b"never" in body]


class Secrets(ReceiverTest):
    async def test_no_secret_comes_out(self):
        running = self.start()
        await running.reads_tokens(f"{TOKEN}\n{secret('NEW-TOKEN')}\n", "tokens read again")
        to = f"/{secret('PATH')}?{secret('PARAMETER')}&Token={secret('NEW-TOKEN')}"
        told = []
        async with await Connection.open(running) as connection:
            for body, status in BODIES.items():
                told.append(await connection.post(body, to=to, headers=[f"Authorization: {secret('HEADER')}"]))
                self.assertEqual(told[-1].status, status)
        for raw in (request(to=target(secret("WRONG-TOKEN"))), request(method=secret("METHOD")),
                    f"{secret('NO-HTTP')}\r\n\r\n".encode()):
            async with await Connection.open(running) as connection:
                told.append(await connection.send(raw))
        with self.store.locked():  # An error of the store, with a body at hand.
            async with await Connection.open(running) as connection:
                self.assertEqual((await connection.post(SET_ASIDE[0])).status, 503)
                told += [await connection.get("/healthz"), await connection.get("/metrics")]
        self.assert_hidden_in_files()  # while some are waiting, perhaps
        await self.all_applied()
        async with await Connection.open(running) as connection:
            told.append(await connection.get("/metrics"))
        running.kill()
        told.append(self.command("--state"))
        self.assert_hidden(repr(told).encode(), "an answer")
        self.assert_hidden_in_files()

        # They were not thrown away.
        self.assertIn(secret("ACCESS-TOKEN"), self.sealed_state("s1"))
        self.assertIn(secret("API-KEY"), self.sealed_state("s2"))
        kept = self.store.rows(f"SELECT {self.store.hex('body')} FROM message WHERE findings IS NOT NULL")
        # The one of the outage may have been committed when it was over.
        self.assertEqual({self.opener().open(body, "body") for (body,) in kept}, set(SET_ASIDE))
        self.assertTrue(any(b"an-open-id" in content for _, content in self.files()))

        self.command("--retry")
        self.start().stop()
        self.command("--reseal")
        self.assert_hidden_in_files()

    def assert_hidden(self, content, where):
        key = (self.directory / "key").read_text(encoding="ascii").strip()
        plain = [MARK.encode(), key.encode(), bytes.fromhex(key)]
        for found in plain + [text.hex().encode() for text in plain] + [text.hex().upper().encode() for text in plain]:
            if found in content:
                at = content.index(found)
                self.fail(f"in {where}: {content[max(0, at - 100) : at + 100]}")

    def assert_hidden_in_files(self):
        for name, content in self.files():
            self.assert_hidden(content, name)

    def files(self):
        """Of the store, the log of its server, and the receiver's: names and contents."""
        for file in [self.directory / "log", *self.store.directory.rglob("*")]:
            with contextlib.suppress(OSError):  # A directory, a socket, or removed meanwhile.
                yield file.name, file.read_bytes()
