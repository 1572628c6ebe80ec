#!/usr/bin/env python3
"""Runs schema_agrees.mjs, for which it installs the validator ajv from npm.

    schema.py BUILD_DIR PRINT_VERDICTS

Exits with 77, which CTest takes for skipped, where there is no Node.js, or no ajv to be had.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys

PACKAGES = {"ajv": "8.17.1", "ajv-formats": "3.0.1"}
SKIPPED = 77

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def is_installed(modules):
    for name, version in PACKAGES.items():
        try:
            package = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        except OSError:
            return False
        if package["version"] != version:
            return False
    return True


def install(directory):
    npm = shutil.which("npm")
    if npm is None:
        skip("no npm")
    directory.mkdir(parents=True, exist_ok=True)
    # npm looks upwards for the package that it works in: this one.
    (directory / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save"]
    # Without a network it should not try for minutes.
    quick = ["--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"]
    command = [npm, "install", *quiet, *quick, *wanted]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    if done.returncode != 0:
        codes = [line for line in done.stderr.splitlines() if re.match(r"npm (error|ERR!) code", line)]
        skip("npm could not install " + " ".join([*wanted, *codes[:1]]))


def main(build, print_verdicts):
    node = shutil.which("node")
    if node is None:
        skip("no Node.js")
    directory = build.resolve() / "validator"
    modules = directory / "node_modules"
    if not is_installed(modules):
        install(directory)
    script = HERE / "schema_agrees.mjs"
    schemas = ROOT / "schema"
    payloads = ROOT / "tests" / "payloads"
    sys.exit(subprocess.run([node, script, modules, schemas, payloads, print_verdicts]).returncode)


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(pathlib.Path(sys.argv[1]), sys.argv[2])
