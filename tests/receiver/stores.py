"""The stores that the receiver is tested with: each test gets one of its own."""

import contextlib
import ctypes
import ctypes.util
import itertools
import os
import pathlib
import pwd
import shutil
import signal
import sqlite3
import subprocess
import time

import processes

PASSWORD = "INVENTED-PASSWORD-OF-POSTGRESQL"


@contextlib.contextmanager
def no_space(pids, **as_user):
    """These processes can't let a file grow beyond 1 MiB."""

    def limit(size):
        for pid in pids:
            subprocess.run(["prlimit", f"--pid={pid}", f"--fsize={size}:"], check=True, **as_user)
    limit(1 << 20)
    try:
        yield
    finally:
        limit("unlimited")


class Sqlite:
    """A database in a directory of its own."""

    def __init__(self, directory):
        self.directory = directory
        directory.mkdir()
        self.path = directory / "receiver.db"
        self.option = f"sqlite:{self.path}"

    def rows(self, sql):
        with contextlib.closing(sqlite3.connect(self.path)) as database:
            return [tuple(map(str, row)) for row in database.execute(sql)]

    @staticmethod
    def hex(column):
        return f"hex({column})"

    hex_of_text = hex

    def full(self, receiver):
        return no_space([receiver.process.pid])

    @contextlib.contextmanager
    def locked(self):
        """Nobody else can write meanwhile."""
        database = sqlite3.connect(self.path, isolation_level=None)
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            database.close()

    outages = ("locked",)

    def crash(self):
        """An embedded database crashes with its program only."""

    def check(self):
        assert self.rows("PRAGMA integrity_check") == [("ok",)]

    def remove(self):
        pass


class PostgresqlServer:
    """A server that listens on a Unix socket. Refuses to run as root, so that root borrows a user."""

    def __init__(self, directory, programs):
        self.directory = directory
        self.programs = programs
        self.log = directory / "log"
        self.process = None
        self.as_user = {}
        directory.mkdir()
        if os.geteuid() == 0:
            names = {user.pw_name for user in pwd.getpwall()}
            user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
            os.chown(directory, user.pw_uid, user.pw_gid)
            self.as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        password = directory / "password"
        password.write_text(PASSWORD, encoding="ascii")
        password.chmod(0o644)
        # A segment of 1 MiB, so that a limit on the size of files meets the tables first.
        options = ["--username=tests", f"--pwfile={password}", "--auth=scram-sha-256", "--wal-segsize=1"]
        subprocess.run(
            [programs / "initdb", "--no-sync", "--encoding=UTF8", "--locale=C", *options, directory / "data"],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **self.as_user)
        password.unlink()
        self.start()

    def start(self):
        # It logs whatever it can, to see that nothing there is a secret.
        settings = {"listen_addresses": "", "unix_socket_directories": self.directory, "max_connections": 50,
                    "log_statement": "all", "log_error_verbosity": "verbose", "shared_buffers": "32MB",
                    # Else recovery from a crash syncs each file of the server, one by one.
                    "recovery_init_sync_method": "syncfs"}
        command = [self.programs / "postgres", "-D", self.directory / "data"]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with open(self.log, "ab") as log:
            # SIGQUIT ends its children, too.
            self.process = processes.start(command, dies_by=signal.SIGQUIT, stdin=subprocess.DEVNULL, stdout=log,
                                           stderr=log, cwd="/", **self.as_user)
        deadline = time.monotonic() + 30
        while self.psql("postgres", "SELECT 1", check=False).returncode != 0:
            assert self.process.poll() is None and time.monotonic() < deadline, self.log.read_text()[-2000:]
            time.sleep(0.02)

    def stop(self):
        """At once, as in a crash."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)

    def pids(self):
        """Of the server and its children."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [self.process.pid, *map(int, children.read_text(encoding="ascii").split())]

    def command(self, database):
        return [self.programs / "psql", "-XqAt", "-h", self.directory, "-U", "tests", "-d", database]

    environment = {"PGPASSWORD": PASSWORD, "PATH": os.environ["PATH"]}

    def psql(self, database, sql, check=True):
        return subprocess.run([*self.command(database), "-v", "ON_ERROR_STOP=1", "-c", sql], check=check, text=True,
                              capture_output=True, env=self.environment)


class Postgresql:
    """A database of the server. The file with the connection string has a directory of its own."""

    numbers = itertools.count()

    def __init__(self, directory, server):
        self.server = server
        self.name = f"database{next(self.numbers)}"
        server.psql("postgres", f"CREATE DATABASE {self.name}")
        directory.mkdir()
        # The server's directory, whose files are the store's: without the file that has the password.
        self.directory = server.directory
        connection = directory / "connection"
        connection.write_text(f"host={server.directory} user=tests dbname={self.name} password={PASSWORD}\n",
                              encoding="ascii")
        self.option = f"postgresql:{connection}"

    def rows(self, sql):
        return [tuple(line.split("|")) for line in self.server.psql(self.name, sql).stdout.splitlines()]

    @staticmethod
    def hex(column):
        return f"encode({column}, 'hex')"

    @staticmethod
    def hex_of_text(column):
        return f"encode(convert_to({column}, 'UTF8'), 'hex')"

    def full(self, receiver):
        sql = f"SELECT pid FROM pg_stat_activity WHERE datname = '{self.name}' AND pid <> pg_backend_pid()"
        return no_space([pid for (pid,) in self.rows(sql)], **self.server.as_user)

    def locked(self):
        """Nobody else can use the tables meanwhile."""
        return self.holding("LOCK TABLE message, state, entity, health")

    @contextlib.contextmanager
    def holding(self, statement):
        """The locks that a statement takes."""
        with subprocess.Popen(self.server.command(self.name), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True, env=self.server.environment) as psql:
            psql.stdin.write(f"BEGIN; {statement}; SELECT 'locked';\n")
            psql.stdin.flush()
            while psql.stdout.readline() != "locked\n":
                assert psql.poll() is None
            try:
                yield
            finally:
                psql.stdin.close()

    @contextlib.contextmanager
    def stopped(self):
        """The server has crashed, and starts again."""
        self.server.stop()
        try:
            yield
        finally:
            self.server.start()

    @contextlib.contextmanager
    def hanging(self):
        """The server is there, and does not answer."""
        pids = self.server.pids()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    outages = ("locked", "stopped", "hanging")

    def crash(self):
        self.server.stop()
        self.server.start()

    def check(self):
        pass

    def remove(self):
        self.server.psql("postgres", f"DROP DATABASE {self.name} WITH (FORCE)")


def postgresql_programs():
    """The directory of initdb, postgres and psql; None if they are not installed."""
    candidates = [pathlib.Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    candidates += sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wanted = ("initdb", "postgres", "psql")
    return next((path for path in candidates if all((path / name).exists() for name in wanted)), None)


class Opener:
    """Decrypts what the receiver has sealed, with the same library."""

    NONCE = 24
    TAG = 16

    def __init__(self, key_file):
        self.key = bytes.fromhex(key_file.read_text(encoding="ascii").splitlines()[0])
        self.sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))

    def open(self, sealed_hex, purpose):
        sealed = bytes.fromhex(sealed_hex)
        nonce, text = sealed[: self.NONCE], sealed[self.NONCE :]
        purpose = purpose.encode()
        size = ctypes.c_ulonglong
        out = ctypes.create_string_buffer(max(len(text) - self.TAG, 1))
        status = self.sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
            out, None, None, text, size(len(text)), purpose, size(len(purpose)), nonce, self.key)
        assert status == 0, "can't be decrypted"
        return out.raw[: len(text) - self.TAG]
