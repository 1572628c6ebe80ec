#!/usr/bin/env python3
"""Holds what parsing costs against the ceilings in benchmarks/budget.json.

    budget.py [--accept] BUILD_DIR

Times differ from run to run; these figures hardly do, so that they may fail a build:

- instructions, counted by callgrind for every golden Integration Webhook and the general bodies of
  bodies.hpp: those of parse_view, of parse_webhook_view for General Webhooks, as a multiple of
  those of the unchecked simdjson On-Demand walk (of stage 1 where the walk does not read the same);
- bytes of machine code that parsing adds to a program, as a multiple of what the walk adds;
- time to compile a unit that includes us, as a multiple of one that includes simdjson alone. The
  only times here: medians of interleaved runs, under a ceiling with room.

Ceilings hold for one compiler, simdjson and simdjson implementation. --accept writes them for this
one, a little above what was measured.

`tools/bench budget` builds what is measured here, and runs this.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import shlex
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUDGET = ROOT / "benchmarks" / "budget.json"

# Valgrind offers what the machine has but for AVX-512, and nearly every x86-64 machine has AVX2.
IMPLEMENTATION = "haswell"
REPETITIONS = 100
COMPILATIONS = 3

# How far above what was measured a ceiling is put.
ROOM = {"instructions": 1.01, "code": 1.02, "compile time": 1.25}


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=True, text=True, **more)


def count_instructions(directory):
    """Instructions a body, by body and subject; and simdjson's version."""
    counted = collections.defaultdict(dict)
    with tempfile.TemporaryDirectory() as scratch:
        program = run("valgrind", "--quiet", "--tool=callgrind", "--collect-atstart=no",
                      f"--callgrind-out-file={scratch}/out",
                      directory / "benchmarks" / "mews-webhooks-instructions", IMPLEMENTATION,
                      stdout=subprocess.PIPE, cwd=ROOT)
        for dump in pathlib.Path(scratch).iterdir():
            text = dump.read_text(errors="replace")
            label = re.search(r"^desc: Trigger: Client Request: (.+)\t(\S+)$", text, re.M)
            if label:
                total = re.search(r"^totals: (\d+)$", text, re.M)
                counted[label[2]][label[1]] = int(total[1]) / REPETITIONS
    return counted, program.stdout.strip()


def compile_commands(directory):
    commands = {}
    for entry in json.loads((directory / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        if source.parent.name == "cost":
            commands[source.stem] = shlex.split(entry["command"]), entry["directory"]
    return commands


def user_seconds(command, directory):
    process = subprocess.Popen(command, cwd=directory)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{shlex.join(command)} failed")
    return usage.ru_utime


def measure_compile_time(commands):
    times = collections.defaultdict(list)
    for _ in range(COMPILATIONS):
        for unit in ("simdjson", "events", "everything", "parse"):
            times[unit].append(user_seconds(*commands[unit]))
    return {unit: statistics.median(of_unit) for unit, of_unit in times.items()}


def code_bytes(commands, unit):
    command, directory = commands[unit]
    output = pathlib.Path(directory) / command[command.index("-o") + 1]
    sections = run("size", "-A", output, stdout=subprocess.PIPE).stdout
    return sum(int(size) for size in re.findall(r"^\.text\S*\s+(\d+)", sections, re.M))


def compiler(directory):
    """Its name and major version."""
    cache = next((directory / "CMakeFiles").glob("*/CMakeCXXCompiler.cmake")).read_text()
    name = re.search(r'set\(CMAKE_CXX_COMPILER_ID "(.*?)"', cache)[1]
    return f'{name} {re.search(r"CMAKE_CXX_COMPILER_VERSION .([0-9]+)", cache)[1]}'


def instructions_of(body, of_body):
    """Of reading a body, and of what reads the same and checks nothing."""
    ours = "mews, parse_webhook_view" if "general" in body else "mews"
    return of_body[f"{ours}/borrowed"], of_body.get("simdjson walk/borrowed",
                                                   of_body["simdjson stage 1/-"])


class Ledger:
    """What was measured, beside its ceilings."""

    def __init__(self, ceilings):
        self.ceilings = ceilings
        self.measured = collections.defaultdict(dict)
        self.faults = []

    def row(self, kind, what, cost, reference, digits=0):
        """Notes a ratio; returns it as cells of a table."""
        ratio = cost / reference
        self.measured[kind][what] = ratio
        ceiling = self.ceilings.get(kind, {}).get(what)
        if ceiling is None:
            self.faults.append(f"{kind}: {what} has no ceiling: `tools/bench budget --accept` writes it")
        elif ratio > ceiling:
            self.faults.append(f"{kind}: {what}: {ratio:.3f} is above {ceiling:.3f}")
        return [f"{cost:.{digits}f}", f"{reference:.{digits}f}", f"{ratio:.3f}",
                "none" if ceiling is None else f"{ceiling:.3f}"]

    def close(self):
        for kind, ceilings in self.ceilings.items():
            for what in sorted(ceilings.keys() - self.measured[kind].keys()):
                self.faults.append(f"{kind}: {what} has a ceiling, but was not measured")

    def new_ceilings(self):
        return {kind: {what: round(ratio * ROOM[kind] + 0.0005, 3)
                       for what, ratio in sorted(ratios.items())}
                for kind, ratios in self.measured.items()}


def print_table(title, cost, reference, rows):
    print(f"| {title} | {cost} | {reference} | ratio | ceiling |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for what, cells in rows:
        print(f"| {what} | {' | '.join(cells)} |")
    print()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true",
                        help="write what is measured now as the ceilings")
    parser.add_argument("build_dir", type=pathlib.Path, metavar="BUILD_DIR")
    arguments = parser.parse_args()
    directory = arguments.build_dir.resolve()

    counted, simdjson = count_instructions(directory)
    if not counted:
        sys.exit("no instructions were counted")
    commands = compile_commands(directory)
    times = measure_compile_time(commands)

    toolchain = f"{compiler(directory)}, simdjson {simdjson} {IMPLEMENTATION}"
    budget = json.loads(BUDGET.read_text()) if BUDGET.exists() else {}
    before = budget.get(toolchain, {})
    ledger = Ledger(before)

    print(f"{toolchain}.\n")
    print_table("instructions a body", "ours", "walk", [
        (f"`{body}`" + ("" if "simdjson walk/borrowed" in of_body else " (against stage 1)"),
         ledger.row("instructions", body, *instructions_of(body, of_body)))
        for body, of_body in sorted(counted.items())])

    bare = code_bytes(commands, "everything")
    walk = code_bytes(commands, "walk") - code_bytes(commands, "simdjson")
    print_table("bytes of code that it adds", "it", "walk", [
        (f"`{unit}`", ledger.row("code", unit, code_bytes(commands, unit) - bare, walk))
        for unit in ("parse", "parse_view")])

    print_table("seconds to compile", "it", "`simdjson.h`", [
        (what, ledger.row("compile time", unit, times[unit], times["simdjson"], digits=2))
        for unit, what in (("events", "`events.hpp`"), ("everything", "`webhooks.hpp`"),
                           ("parse", "`webhooks.hpp`, and a call of `parse`"))])

    if arguments.accept:
        budget[toolchain] = ledger.new_ceilings()
        BUDGET.write_text(json.dumps(budget, indent=2, sort_keys=True) + "\n")
        print(f"The ceilings in {BUDGET.relative_to(ROOT)} are new.")
        return
    ledger.close()
    if not before:
        sys.exit(f"{BUDGET.relative_to(ROOT)} has no ceilings for {toolchain}: "
                 "`tools/bench budget --accept` writes them")
    if ledger.faults:
        sys.exit("\n".join(ledger.faults))
    print("All are under their ceilings.")


if __name__ == "__main__":
    main()
