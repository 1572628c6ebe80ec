"""Nothing that was answered with success is lost, and nothing is taken twice."""

import asyncio
import os
import random
import signal
import time

import stores
from case import GOOD, ReceiverTest, integration_event
from receiver import MEWS_WAITS, Connection, Load, metric, request, until

KILLS = 50


class Keys(Load):
    """Each message brings another key to the same integration."""

    def body(self, entity):
        return integration_event("IntegrationApiKeyCreated", self.name, ApiKey=entity)


class Durability(ReceiverTest):
    def assert_kept(self, *loads):
        """Each acknowledged message is in the state, and nothing that was not sent."""
        acknowledged = set().union(*(load.entities_with(204) for load in loads))
        sent = set().union(*(load.entities_sent() for load in loads))
        kept = {entity for (entity,) in self.store.rows("SELECT id FROM entity")}
        self.assertEqual((len(acknowledged - kept), len(kept - sent)), (0, 0))
        for load in loads:
            self.assertLess(load.slowest, MEWS_WAITS)

    async def test_300_connections_send_10000_messages(self):
        running = self.start()
        load = Load("many")
        started = time.monotonic()
        await load.run([running], clients=300, most=10_000)
        print(f"\n10,000 messages in {time.monotonic() - started:.1f} s, the slowest in {load.slowest:.2f} s", flush=True)
        await self.all_applied()
        self.assertEqual(len(load.entities_with(204)), 10_000)
        self.assert_kept(load)
        self.assertEqual(self.store.rows("SELECT count(*), count(body), count(findings) FROM message"),
                         [("10000", "0", "0")])

    async def test_killed_at_random_moments(self):
        seed = int(os.environ.get("RECEIVER_TEST_SEED") or random.randrange(1 << 32))
        print(f"\nRECEIVER_TEST_SEED={seed}", flush=True)
        chance = random.Random(seed)
        loads = []
        for kill in range(KILLS):
            running = self.start()
            loads.append(Load(f"kill{kill}"))
            load = asyncio.create_task(loads[-1].run([running], clients=8))
            await asyncio.sleep(chance.uniform(0, 0.15))
            running.kill()
            await load
            if kill % 5 == 4:
                self.store.crash()
        self.start()
        await self.all_applied()
        self.assertGreater(sum(len(load.entities_with(204)) for load in loads), 10 * KILLS)
        self.assert_kept(*loads)
        self.store.check()

    async def test_no_space(self):
        running = self.start()
        load = Load("space", padding=300_000)
        async with await Connection.open(running) as connection:
            with self.store.full(running):
                while not load.entities_with(503):
                    self.assertLess(load.sent, 30)
                    answer = await load.send_next(connection)
                self.assertEqual(answer.headers["retry-after"], "60")
            await self.is_repeated(load, connection)
        await self.all_applied()
        self.assert_kept(load)
        self.assertEqual(load.entities_with(503), set())

    async def is_repeated(self, load, connection):
        """The sender repeats what was refused, until it is accepted."""
        deadline = time.monotonic() + 10
        for entity in load.entities_with(503):
            while (await load.send(connection, entity)).status != 204:
                self.assertLess(time.monotonic(), deadline)
                await asyncio.sleep(0.1)

    async def test_the_store_goes_away(self):
        running = self.start()
        loads = []
        for outage in self.store.outages:
            with self.subTest(outage):
                load = Load(outage)
                loads.append(load)
                sending = asyncio.create_task(load.run([running], clients=10))
                await self.until_some(load, 204)
                with getattr(self.store, outage)():
                    await self.until_some(load, 503)
                    async with await Connection.open(running) as connection:

                        async def is_unhealthy():
                            return (await connection.get("/healthz")).status == 503

                        await until(is_unhealthy)
                        answer = await load.send_next(connection)
                        self.assertEqual((answer.status, answer.headers["retry-after"]), (503, "60"))
                before = len(load.entities_with(204))
                await self.until_some(load, 204, than=before)
                load.ends = True
                await sending
                async with await Connection.open(running) as connection:
                    self.assertEqual((await connection.get("/healthz")).status, 200)
                    await self.is_repeated(load, connection)
                await self.all_applied()
                self.assert_kept(*loads)

    async def until_some(self, load, status, than=0):
        await until(lambda: len(load.entities_with(status)) > than)

    async def test_waiting_bodies_have_a_limit(self):
        running = self.start()

        async def refused_at_once(bodies):
            """Of so many that come together while the store takes none."""
            loads = [Load(f"wait{i}", padding=1_000_000) for i in range(bodies)]
            with self.store.locked():
                await asyncio.gather(*(load.run([running], clients=1, most=1) for load in loads))
            self.assertEqual([list(load.answered.values()) for load in loads], [[503]] * bodies)
            async with await Connection.open(running) as connection:
                await self.is_repeated(loads[0], connection)
            slowest = max(load.slowest for load in loads)
            return sum(load.slowest < slowest / 2 for load in loads)

        async def is_limited():
            return await refused_at_once(100) > 20

        # 64 MiB wait until it is sure that the store does not take them; the others are refused at once.
        await refused_at_once(60)
        self.assertEqual(metric(await metrics_of(running), "receiver_inbox_full_total"), 0)
        await until(is_limited)  # On a busy machine, they may not come together.
        self.assertGreater(metric(await metrics_of(running), "receiver_inbox_full_total"), 20)

    async def test_it_finishes_what_it_has_begun(self):
        running = self.start()
        load = Load("end")
        idle = await Connection.open(running)
        half = await Connection.open(running)
        self.assertEqual((await idle.post(GOOD)).status, 204)
        load.sent += 1
        begun = request(load.body(load.entity(0)))
        half.writer.write(begun[:-10])
        with self.store.locked():
            sending = asyncio.create_task(load.run([running], clients=20, most=21))
            await asyncio.sleep(0.3)
            self.assertEqual(load.answered, {})
            running.process.send_signal(signal.SIGTERM)
            self.assertTrue(await idle.is_closed())
            with self.assertRaises(ConnectionRefusedError):
                await Connection.open(running)
            half.writer.write(begun[-10:])
            await asyncio.sleep(0.1)
            self.assertTrue(running.is_running())
        await sending
        self.assertEqual(len(load.entities_with(204)), 20)
        answer = await half.answer()
        self.assertEqual((answer.status, answer.headers["connection"]), (204, "close"))
        self.assertEqual(await asyncio.to_thread(running.end), 0)
        self.assertEqual(self.store.rows("SELECT count(*) FROM message"), [("22",)])

        running = self.start()
        more = Load("more")
        sending = asyncio.create_task(more.run([running], clients=50))
        await asyncio.sleep(0.3)
        self.assertEqual(await asyncio.to_thread(running.stop), 0)
        await sending
        self.assertEqual(set(more.answered.values()), {204})
        self.start()
        await self.all_applied()
        load.answered[load.entity(0)] = answer.status
        self.assert_kept(load, more)

    async def test_two_receivers_share_a_database(self):
        if not isinstance(self.store, stores.Postgresql):
            self.skipTest("an SQLite database has one receiver")
        both = self.start_both()
        load = Load("two")
        await load.run(both, clients=50, most=2_000)
        await self.all_applied()
        self.assertEqual(len(load.entities_with(204)), 2_000)
        self.assert_kept(load)
        self.assertEqual(self.store.rows("SELECT count(*) FROM message"), [("2000",)])
        applied = [metric(await metrics_of(running), "receiver_applied_total") for running in both]
        self.assertEqual(sum(applied), 2_000)
        self.assertGreater(min(applied), 0)

        # They do not undo what the other one does to the same state.
        keys = Keys("keys")
        await keys.run(both, clients=2, most=2)
        await self.all_applied()
        with self.store.holding("SELECT 1 FROM state FOR UPDATE"):  # Both come to the same place.
            await keys.run(both, clients=20, most=200)
            await asyncio.sleep(0.5)
        await self.all_applied()
        [state] = [line for line in self.states() if line.startswith('"keys"')]
        self.assertIn("Credential: 200 candidates", state)

        # What one has taken, the other one finishes.
        second = Load("second")
        sending = asyncio.create_task(second.run(both, clients=50, seconds=1))
        await asyncio.sleep(0.5)
        both[0].kill()
        await sending
        await self.all_applied()
        self.assert_kept(load, second)

    def start_both(self):
        """At the same time, on a database without tables."""
        both = [self.begin(), self.begin()]
        for running in both:
            running.wait_until_it_listens()
        return both


async def metrics_of(running):
    async with await Connection.open(running) as connection:
        return (await connection.get("/metrics")).body.decode()
