"""Processes and directories that end with the test, in whatever way it ends."""

import ctypes
import os
import pathlib
import signal
import subprocess
import tempfile

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def start(command, *, dies_by=signal.SIGKILL, **options):
    """Starts a process that gets a signal when the test ends."""

    def prepare():
        LIBC.prctl(PR_SET_PDEATHSIG, dies_by)
    return subprocess.Popen(command, preexec_fn=prepare, **options)


def temporary_directory():
    """A directory that somebody else removes once the test has ended, even by SIGKILL.

    The path is short: that of a Unix socket has 107 bytes at most.
    """
    path = pathlib.Path(tempfile.mkdtemp(prefix="receiver."))
    path.chmod(0o711)  # PostgreSQL's directory in it belongs to another user.
    # The pipe's other end closes with the test. Processes that still write get a moment to end.
    remove = 'cat <&3; for _ in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$0" 2>&- && break; sleep 0.2; done'
    reads, _ = os.pipe()
    subprocess.run(["sh", "-c", f"exec 3<&0; ({remove}) >/dev/null 2>&1 &", path], stdin=reads, start_new_session=True)
    os.close(reads)
    return path


def most_memory(pid):
    """The most memory that the process had at once, in bytes."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM:"))


def cpu_seconds(pid):
    """The processor time that it has used."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
