#!/usr/bin/env python3
"""Measures the receiver under load: messages a second, and the times to the answers.

    benchmarks/receiver/measure.py BUILD_DIR

Beside it, the same server that stores nothing, and the rate at which the disk syncs. Each is measured
three times in turn, and the medians are kept. Writes receiver.md and receiver.svg to
BUILD_DIR/report. Needs Python alone.
"""

import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import report  # noqa: E402

CONNECTIONS = (1, 32, 300)
ROUNDS = 3
SECONDS = 4
TOKEN = "INVENTED-token"
DISK, NOT_STORED, STORED = "synced writes of the disk", "server, storing nothing", "receiver"


def synced_writes(directory):
    """How often a second 4 KiB can be written and synced, in a file that does not grow."""
    path, pages = directory / "synced", 1000
    path.write_bytes(bytes(4096 * pages))
    count, start = 0, time.monotonic()
    with open(path, "r+b", buffering=0) as file:
        os.fsync(file)
        while time.monotonic() - start < 1:
            file.seek(4096 * (count % pages))
            file.write(b"x" * 4096)
            os.fdatasync(file)
            count += 1
    path.unlink()
    return count / (time.monotonic() - start)


def measure(command, load, connections):
    """Starts the server, sends it messages, ends it: messages a second, median, 99 %, longest, and
    messages a second that were applied in the meantime."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        port = server.stdout.readline().rsplit(":", 1)[1].strip()
        start = time.monotonic()
        printed = subprocess.run([load, port, TOKEN, str(connections), str(SECONDS)], check=True,
                                 capture_output=True, text=True).stdout
        passed = time.monotonic() - start
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as metrics:
            applied = re.search(r"^receiver_applied_total (\d+)$", metrics.read().decode(), re.MULTILINE)
        server.send_signal(signal.SIGTERM)
    return [*map(float, printed.split()), int(applied[1]) / passed if applied else 0]


def main(build):
    programs = build / "benchmarks"
    load = programs / "mews-webhooks-receiver-load"
    receiver = build / "examples/receiver/mews-webhooks-receiver"
    measured = {}
    with tempfile.TemporaryDirectory(dir=build) as directory:
        directory = pathlib.Path(directory)
        subprocess.run([receiver, "--new-key", directory / "key"], check=True)
        (directory / "tokens").write_text(TOKEN)
        for number in range(ROUNDS):
            measured.setdefault(DISK, []).append(synced_writes(directory))
            for connections in CONNECTIONS:
                store = directory / f"{number}-{connections}.db"
                for name, command in (
                        (NOT_STORED, [programs / "mews-webhooks-receiver-without-store", TOKEN]),
                        (STORED, [receiver, "--listen", "127.0.0.1:0", "--tokens", directory / "tokens",
                                  "--key", directory / "key", "--store", f"sqlite:{store}"])):
                    measured.setdefault((name, connections), []).append(
                        measure(command, load, connections))

    disk = statistics.median(measured.pop(DISK))
    medians = {key: [statistics.median(values) for values in zip(*runs)] for key, runs in measured.items()}
    rows = [[f"{name}, {connections}", f"{rate:,.0f}", f"{median:.2f}", f"{late:.2f}", f"{latest:.1f}",
             f"{rate / medians[NOT_STORED, connections][0]:.2f}", f"{applied:,.0f}" if applied else "—"]
            for (name, connections), (rate, median, late, latest, applied) in medians.items()]
    out = build / "report"
    out.mkdir(exist_ok=True)
    text = (f"# The receiver under load\n\n{DISK}, 4 KiB each: {disk:,.0f} a second\n\n"
            + report.table(["connections", "messages a second", "median, ms", "99 %, ms", "longest, ms",
                            "÷ storing nothing", "applied a second"], rows))
    (out / "receiver.md").write_text(text)
    (out / "receiver.svg").write_text(report.dots(
        [(name, name == STORED, [medians[name, connections][0] for connections in CONNECTIONS])
         for name in (NOT_STORED, STORED)] + [(DISK, False, [disk])],
        [f"{connections} connection{'s' if connections != 1 else ''}" for connections in CONNECTIONS], "",
        "Messages a second, by connections", "a second, logarithmic; more is better"))
    print(text)


if len(sys.argv) != 2:
    sys.exit(__doc__)
main(pathlib.Path(sys.argv[1]))
