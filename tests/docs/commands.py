#!/usr/bin/env python3
"""Checks that what documents, workflows and .ci/run tell people to run is there.

    commands.py ROOT

That is: each tool and each part of one, each preset, each option of CMake's, each path in `code`
that begins with a directory of the tree; in sources, each tool. The other way round, CONTRIBUTING.md
has to list every tool, and a workflow may run nothing that is not a tool or a preset.
"""

import itertools
import json
import pathlib
import re
import sys

TOOL = re.compile(r"(?<![\w/.-])tools/([a-z][a-z-]*)(?![\w/.-])(?: +([a-z][\w+-]+))?")
PRESET = re.compile(r"--preset[ =]+([a-z][a-z-]*)")
OPTION = re.compile(r"MEWS_WEBHOOKS_[A-Z_]+")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FENCED = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
MATRIX = re.compile(r"^ +(part|preset): \[(.*)\]$", re.MULTILINE)
# Each step of a workflow that is not one of ours only gets what they need.
STEP = re.compile(r"^ +(?:- )?run: (?!\|)(.+)$|^ {10,}(\S.*)$", re.MULTILINE)
PREPARES = re.compile(r"(apt-get|brew|vcpkg|git (clone|config)|call) ")
OURS = re.compile(r"(bash \.ci/run|tools/[a-z-]+.*|\.github/[a-z-]+\.sh.*|cmake --workflow --preset .*)$")

SOURCES = {".cpp", ".hpp", ".txt", ".cmake", ".py", ".mjs", ".sh", ".json", ".dox", ""}

faults = []


def parts_of(tool):
    """The words that its first lines say can follow its name."""
    lines = itertools.takewhile(lambda line: line.startswith("#"), tool.read_text(encoding="utf-8").splitlines())
    part = re.compile(rf"#     (?:    |tools/{tool.name} )([a-z][\w+-]+)(?:$| )")
    return {found[1] for found in map(part.match, lines) if found}


def parts_of_test(root, listed):
    text = (root / "tools/test").read_text(encoding="utf-8")
    cases = text[text.index("case $part in") : text.index("esac")]
    known = set()
    for line in re.findall(r"^    ([a-z][a-z |-]*)\)", cases, re.MULTILINE):
        known.update(line.replace("|", " ").split())
    if known - {"dev"} != listed:
        faults.append(f"tools/test: knows {sorted(known)}, tells of {sorted(listed)}")
    return known


def presets_of(root):
    text = json.loads((root / "CMakePresets.json").read_text(encoding="utf-8"))
    kinds = {}
    for kind in ("configurePresets", "buildPresets", "testPresets", "workflowPresets"):
        kinds[kind] = {preset["name"] for preset in text[kind] if not preset.get("hidden")}
    return kinds


def options_of(root):
    """Whatever a user can set or ask for, in CMake or in C++."""
    files = [root / "CMakeLists.txt", *(root / "cmake").glob("*"), *(root / "include").rglob("*.hpp")]
    files += [file for name in ("tests", "examples", "benchmarks") for file in (root / name).rglob("CMakeLists.txt")]
    return {name for file in files for name in OPTION.findall(file.read_text(encoding="utf-8"))}


def main(root):
    tools = {path.name for path in (root / "tools").iterdir() if path.is_file() and path.suffix == ""}
    parts = {tool: parts_of(root / "tools" / tool) for tool in tools}
    parts["test"] = parts_of_test(root, parts["test"])
    presets = presets_of(root)
    any_preset = set().union(*presets.values())
    options = options_of(root)
    folders = {path.name for path in root.iterdir() if path.is_dir()} - {"build"}

    documents = [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob(".github/**/*.md")]
    documents += [root / name / "README.md" for name in ("examples", "benchmarks", "tests/payloads")]
    workflows = [*root.glob(".github/workflows/*.yml")]
    tools_named = 0
    for path in [*documents, *workflows, root / ".ci/run"]:
        where = path.relative_to(root)
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        if path.suffix == ".md":
            shown = CODE.findall(FENCED.sub("", text))
            shown += [code for language, code in FENCED.findall(text) if language in ("", "sh", "text")]
        else:
            shown = [text]
        for code in shown:
            for tool, part in TOOL.findall(code):
                tools_named += 1
                if tool not in tools:
                    faults.append(f"{where}: there is no tools/{tool}")
                elif part and part not in parts[tool]:
                    faults.append(f"{where}: tools/{tool} has no part {part}")
            for preset in PRESET.findall(code):
                if preset not in any_preset:
                    faults.append(f"{where}: there is no preset {preset}")
            for option in OPTION.findall(code):
                if option not in options:
                    faults.append(f"{where}: nothing knows {option}")
            first = code.split("/")[0]
            if path.suffix == ".md" and "/" in code and first in folders and not re.search(r"[\s*…]", code):
                if not (root / code).exists():
                    faults.append(f"{where}: there is no {code}")

    for name in ("benchmarks", "cmake", "docs", "examples", "include", "single_include", "tests", "tools"):
        for path in (root / name).rglob("*"):
            if path.is_file() and path.suffix in SOURCES:
                for tool, _ in TOOL.findall(path.read_text(encoding="utf-8", errors="replace")):
                    if tool not in tools:
                        faults.append(f"{path.relative_to(root)}: there is no tools/{tool}")

    for path in workflows:
        where = path.relative_to(root)
        text = path.read_text(encoding="utf-8")
        for kind, names in MATRIX.findall(text):
            there = parts["test"] if kind == "part" else presets["workflowPresets"]
            for name in names.split(", "):
                if name not in there:
                    faults.append(f"{where}: there is no {kind} {name}")
        steps = [first or second for first, second in STEP.findall(text)]
        steps = [step for step in steps if not re.match(r"[\w-]+: |- ", step)]
        if not any(OURS.match(step) for step in steps):
            faults.append(f"{where}: runs nothing of ours")
        for step in steps:
            for command in step.split(" && "):
                if not PREPARES.match(command) and not OURS.match(command):
                    faults.append(f"{where}: no tool and no preset: {command}")

    table = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `tools/"))
    for tool in sorted(tools.symmetric_difference(re.findall(r"`tools/([a-z-]+)`", rows))):
        faults.append(f"CONTRIBUTING.md: its table and tools/ differ in {tool}")

    if not tools_named or not workflows:
        faults.append("nothing was found to look at")
    print("\n".join(faults), file=sys.stderr)
    print(f"{tools_named} tools named, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if len(sys.argv) != 2:
    sys.exit(__doc__)
main(pathlib.Path(sys.argv[1]).resolve())
