"""Each body gets its status, and all of them together make a state."""

import asyncio
import collections
import json
import pathlib
import random
import re

from case import WAITING, ReceiverTest, created, general, integration_event
from receiver import Connection, common_options, metric, request, run, status_of

PAYLOADS = pathlib.Path(__file__).resolve().parent.parent / "payloads"
FOLDERS = {"documented": True, "observed": True, "general": True, "broken": False, "general_broken": False}
MALFORMED = {"empty_body", "invalid_utf8", "malformed_json", "trailing_content"}
LIMIT = {"nesting_too_deep"}
NUL_IN_AN_ID = {"escapes"}
KNOWN = {"IntegrationCreated", "IntegrationEnabled", "IntegrationDisabled", "IntegrationCanceled",
         "IntegrationReinstated", "IntegrationDeleted", "IntegrationApiKeyCreated", "ServiceOrderUpdated",
         "ResourceUpdated", "MessageAdded", "ResourceBlockUpdated", "CustomerAdded", "CustomerUpdated",
         "PaymentUpdated"}


def payloads():
    """Whether it is accepted, its name and its bytes, of each body."""
    for folder, is_accepted in FOLDERS.items():
        files = sorted((PAYLOADS / folder).glob("*.json"))
        assert files, folder
        for file in files:
            yield is_accepted, file.stem, file.read_bytes()


def events_of(body):
    """What an accepted body adds one to."""
    body = json.loads(body.decode("utf-8-sig"))
    if "Action" in body:
        return [f'receiver_events_total{{action="{body["Action"] if body["Action"] in KNOWN else "unknown"}"}}']
    kinds = [event["Discriminator"] for event in body["Events"]]
    return [f'receiver_general_events_total{{discriminator="{kind if kind in KNOWN else "unknown"}"}}'
            for kind in kinds]


class Bodies(ReceiverTest):
    async def test_every_body_gets_its_status(self):
        statuses, kept, counts = [], [], collections.Counter()
        running = self.start()
        async with await Connection.open(running) as connection:
            for is_accepted, name, body in payloads():
                code = None if is_accepted else name.split("-")[0]
                status = 400 if code in MALFORMED else 413 if code in LIMIT else 204
                answer = await connection.post(body)
                self.assertEqual((name, answer.status, answer.body), (name, status, b""))
                statuses.append(status)
                if status == 204:
                    finding = "an id or the name of a kind can't be" if name in NUL_IN_AN_ID else code
                    kept.append((name, finding, body))
                counts.update([f'receiver_requests_total{{status="{status}"}}'])
                counts.update(events_of(body) if is_accepted else [f'receiver_faults_total{{error="{code}"}}'])
            await self.all_applied()
            metrics = (await connection.get("/metrics")).body.decode()

        columns = [self.store.hex("body"), self.store.hex_of_text("redacted"), self.store.hex_of_text("findings")]
        rows = self.store.rows(f"SELECT {', '.join(columns)} FROM message ORDER BY id")  # as they came
        self.assertEqual(len(rows), len(kept))
        for (name, finding, sent), (body, redacted, findings) in zip(kept, rows):
            with self.subTest(name):
                self.assertTrue(redacted)
                if finding is None:
                    self.assertEqual((body, findings), ("", ""))
                else:
                    self.assertEqual(self.opener().open(body, "body"), sent)
                    self.assertTrue(bytes.fromhex(findings).decode().startswith(finding + " "))

        for name, count in counts.items():
            self.assertEqual(metric(metrics, name), count, name)
        self.assertEqual(metric(metrics, "receiver_time_to_answer_seconds_count"), len(statuses))
        lines = re.findall(r"^time=\S+Z method=POST status=(\d+) .* us=\d+$", running.log_text(), re.MULTILINE)
        self.assertEqual(lines, [str(status) for status in statuses])

    async def test_order_and_repetition_make_no_difference(self):
        told = [body for is_accepted, _, body in payloads() if is_accepted]
        told += [created("h1", "TOKEN"), integration_event("IntegrationDisabled", "h1"),
                 integration_event("IntegrationApiKeyCreated", "h1", ApiKey="KEY"),
                 general("h1", ("CustomerAdded", {"Id": "c1"}), ("CustomerAdded", {"Id": "c2"}), ("New", {})),
                 created("h2", "TOKEN"), integration_event("IntegrationEnabled", "h2"),
                 integration_event("IntegrationDisabled", "h2"),
                 integration_event("IntegrationApiKeyCreated", "h2", ApiKey="KEY 1"),
                 integration_event("IntegrationApiKeyCreated", "h2", ApiKey="KEY 2"),
                 created("h3", "TOKEN"), general("h3", ("CustomerAdded", {"Id": "c1"})),
                 integration_event("IntegrationDeleted", "h3", DeletedUtc="2024-03-01T00:00:00Z")]
        in_order = self.start()
        async with await Connection.open(in_order) as connection:
            for body in told:
                self.assertEqual((await connection.post(body)).status, 204)
        await self.all_applied()

        other_store = self.new_store()
        twice = told * 2
        random.shuffle(twice)
        for part in (twice[: len(told)], twice[len(told) :]):
            other = self.start(other_store)
            await self.send_all(other, iter(part))
            other.kill()
        self.start(other_store)
        await self.all_applied(other_store)

        states = self.states()
        self.assertEqual(states, self.states(other_store))
        first = states.index('    to look up: 2 "CustomerAdded"') - 1
        enterprise = 'Enterprise {Id: "e1", Name: "The Invented Arms"}'
        self.assertEqual(states[first : first + 5], [
            f'"h1": IntegrationSummary {{Enterprise: {enterprise}, IsEnabled: false, IsCanceled: false, '
            "Credential: [redacted], IsDeleted: false, NeedsAnswer: false}",
            '    to look up: 2 "CustomerAdded"',
            '    to look up: 1 "New"',
            f'"h2": IntegrationSummary {{Enterprise: {enterprise}, IsEnabled: 2 candidates, IsCanceled: false, '
            "Credential: 2 candidates, IsDeleted: false, NeedsAnswer: true}",
            f'"h3": IntegrationSummary {{Enterprise: {enterprise}, IsEnabled: unknown, IsCanceled: unknown, '
            "Credential: unknown, IsDeleted: true, DeletedUtc: 2024-03-01T00:00:00Z, NeedsAnswer: false}"])

    async def send_all(self, running, bodies):
        async def client():
            async with await Connection.open(running) as connection:
                for body in bodies:
                    self.assertEqual((await connection.post(body)).status, 204)

        await asyncio.gather(*(client() for _ in range(10)))

    async def test_messages_set_aside_wait_again_and_all_opens_with_a_new_key(self):
        broken = integration_event("IntegrationApiKeyCreated", "a1", ApiKey=1)
        running = self.start()
        for body in (broken, created("a2", "INVENTED-TOKEN-OF-A2")):
            self.assertEqual(await status_of(running, request(body)), 204)
        await self.all_applied()
        self.assertEqual(running.stop(), 0)
        states = self.states()

        key = self.directory / "key"
        old = key.read_text()
        key.unlink()
        self.assertEqual(run("--new-key", key).returncode, 0)
        new = key.read_text()
        self.assertNotEqual(run("--state", *common_options(self.store, self.directory)).returncode, 0)
        with self.assertRaises(AssertionError):
            self.start()
        key.write_text(new + old)
        self.command("--reseal")
        key.write_text(new)
        self.assertEqual(self.states(), states)
        self.assertIn("INVENTED-TOKEN-OF-A2", self.sealed_state("a2"))

        self.command("--retry")
        self.assertEqual(self.store.rows(WAITING), [("1",)])
        self.start()
        await self.all_applied()
        [(sealed, findings)] = self.store.rows(
            f"SELECT {self.store.hex('body')}, {self.store.hex_of_text('findings')} FROM message "
            "WHERE findings IS NOT NULL")
        self.assertEqual(self.opener().open(sealed, "body"), broken)
        self.assertIn(b"wrong_type at /Data/ApiKey", bytes.fromhex(findings))
