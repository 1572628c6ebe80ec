"""What all tests of the receiver have: a directory, a key, a store, and bodies to send."""

import asyncio
import json
import pathlib
import tempfile
import unittest

import stores
from receiver import Receiver, common_options, run, until

GOOD = b'{"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"a1","Name":"Invented"}}}'
WAITING = "SELECT count(*) FROM message WHERE body IS NOT NULL AND findings IS NULL"

# Set by receiver_test.py.
root = None
make_store = None


def integration_event(action, integration, **data):
    data = {**data, "Integration": {"Id": integration, "Name": "Invented"}}
    return json.dumps({"Action": action, "Data": data}).encode()


def created(integration, token, when="2024-02-29T08:15:30Z", is_enabled=True, **data):
    return integration_event("IntegrationCreated", integration, Enterprise={"Id": "e1", "Name": "The Invented Arms"},
                             Requestor=None, AccessToken=token, CreatedUtc=when, IsEnabled=is_enabled, **data)


def general(integration, *events):
    events = [{"Discriminator": kind, "Value": value} for kind, value in events]
    return json.dumps({"EnterpriseId": "e1", "IntegrationId": integration, "Events": events}).encode()


class ReceiverTest(unittest.IsolatedAsyncioTestCase):
    """Each test has a directory, a key, a store and what it starts, all of which end with it."""

    maxDiff = None

    async def asyncSetUp(self):
        # Which tells of each coroutine that takes long.
        asyncio.get_running_loop().set_debug(False)

    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(dir=root))
        self.directory.chmod(0o711)
        self.assertEqual(run("--new-key", self.directory / "key").returncode, 0)
        self.store = self.new_store()

    def new_store(self):
        store = make_store(pathlib.Path(tempfile.mkdtemp(dir=self.directory)) / "store")
        self.addCleanup(store.remove)
        return store

    def begin(self, store=None):
        """Starts a receiver, and does not wait until it listens."""
        begun = Receiver(store or self.store, self.directory)
        self.addCleanup(lambda: begun.is_running() and begun.kill())
        return begun

    def start(self, store=None):
        started = self.begin(store)
        started.wait_until_it_listens()
        return started

    def command(self, option, store=None):
        done = run(option, *common_options(store or self.store, self.directory))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def states(self, store=None):
        """What is known of each integration; that no message is waiting."""
        *states, counts = self.command("--state", store).splitlines()
        self.assertRegex(counts, "^0 messages waiting, ")
        return states

    async def all_applied(self, store=None):
        # The receiver takes its time for that.
        await until(lambda: (store or self.store).rows(WAITING) == [("0",)], seconds=120)

    def opener(self):
        return stores.Opener(self.directory / "key")

    def sealed_state(self, integration):
        """The state of an integration, decrypted."""
        [(sealed,)] = self.store.rows(
            f"SELECT {self.store.hex('sealed')} FROM state WHERE integration = '{integration}'")
        return self.opener().open(sealed, "state " + integration).decode()
