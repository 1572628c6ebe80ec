#!/usr/bin/env python3
"""Tests the receiver of examples/receiver over real sockets, on a real store.

    receiver_test.py PROGRAM sqlite|postgresql [TEST...]

A TEST is a name such as Durability.test_no_space. For postgresql it starts a server of its own. Exits
with 77, which CTest takes for skipped, where there is none, or the receiver was built without it.
"""

import pathlib
import sys
import unittest

import bodies_test
import case
import durability_test
import http_test
import processes
import receiver
import secrets_test
import stores

SKIPPED = 77


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def main(program, kind, tests):
    receiver.PROGRAM = pathlib.Path(program).resolve()
    case.root = processes.temporary_directory()
    case.make_store = stores.Sqlite
    if kind == "postgresql":
        programs = stores.postgresql_programs()
        if programs is None:
            skip("no PostgreSQL server (postgresql)")
        receiver.run("--new-key", case.root / "key")
        if "built without" in receiver.run("--state", "--key", case.root / "key", "--store", "postgresql:").stderr:
            skip("the receiver was built without PostgreSQL (libpq-dev)")
        server = stores.PostgresqlServer(case.root / "server", programs)
        case.make_store = lambda directory: stores.Postgresql(directory, server)
    loader = unittest.TestLoader()
    modules = (bodies_test, http_test, secrets_test, durability_test)
    if tests:
        suite = unittest.TestSuite(loader.loadTestsFromName(name, module) for name in tests
                                   for module in modules if hasattr(module, name.split(".")[0]))
    else:
        suite = unittest.TestSuite(map(loader.loadTestsFromModule, modules))
    slow = case.root / "slow"
    slow.mkdir()
    receiver.run("--new-key", slow / "key")
    running = receiver.Receiver(stores.Sqlite(slow / "store"), slow)
    running.wait_until_it_listens()
    http_test.slow_clients = http_test.SlowClients(running)
    return unittest.TextTestRunner(verbosity=2).run(suite)


if len(sys.argv) < 3 or sys.argv[2] not in ("sqlite", "postgresql"):
    sys.exit(__doc__)
result = main(sys.argv[1], sys.argv[2], sys.argv[3:])
sys.exit(0 if result.wasSuccessful() and result.testsRun else 1)
