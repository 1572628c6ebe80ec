#!/usr/bin/env python3
"""Writes the single header, single_include/mews/webhooks.hpp, from the headers in include/.

    amalgamate.py            write it
    amalgamate.py --check    fail, and say what to run, if what is committed is not what would be written

The headers are put behind one another in the order in which they need one another. Their standard
includes, and simdjson's, are gathered at the top; a conditional one stays where it is. Everything
else is kept as it stands, documentation included.

An opt-in header, which the umbrella does not include, becomes a file of its own beside the single
header: a few lines that need the single header and nothing else of the tree. A header that is
neither reached from the umbrella nor opt-in is an error, and so is a cycle.
"""

import argparse
import pathlib
import re
import sys

UMBRELLA = "mews/webhooks.hpp"
OPT_IN = ["mews/webhooks/std_error_code.hpp"]
VERSION = "mews/webhooks/version.hpp"
OWN_PREFIX = "mews/"

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
CONDITION_START = re.compile(r"\s*#\s*if")
CONDITION_END = re.compile(r"\s*#\s*endif")
PRAGMA_ONCE = re.compile(r"\s*#\s*pragma\s+once\s*$")


class Mistake(Exception):
    """Something in the headers that has to be put right there."""


class Header:
    """One header, taken apart."""

    def __init__(self, name, text):
        self.name = name
        self.needs = {}  # own headers, with what the line says of each
        self.outside = []  # standard headers and simdjson's
        self.introduction = []  # the comment before `#pragma once`
        self.body = []
        self._take_apart(text.splitlines())

    def _take_apart(self, lines):
        once = [number for number, line in enumerate(lines) if PRAGMA_ONCE.match(line)]
        if len(once) != 1:
            raise Mistake(f"{self.name}: needs `#pragma once`, once")
        self.introduction = lines[: once[0]]
        for line in self.introduction:
            if line.strip() and not line.startswith("//"):
                raise Mistake(f"{self.name}: only a comment may stand before `#pragma once`")

        depth = 0
        for number, line in enumerate(lines[once[0] + 1 :], once[0] + 2):
            if CONDITION_START.match(line):
                depth += 1
            elif CONDITION_END.match(line):
                depth -= 1
            include = INCLUDE.match(line)
            if include is None:
                self.body.append(line)
                continue
            bracket, target = include.groups()
            where = f"{self.name}:{number}"
            if bracket == '"':
                raise Mistake(f'{where}: write <{target}>, not "{target}"')
            if not target.startswith(OWN_PREFIX):
                if depth == 0:
                    self.outside.append(target)
                else:
                    self.body.append(line)
            elif depth == 0:
                self.needs[target] = line[include.end() :].strip()
            else:
                raise Mistake(f"{where}: a header of our own must not be included conditionally")
        self.body = squeeze(self.body)


def squeeze(lines):
    """Without empty lines at both ends, and with no two of them on end."""
    kept = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def read_headers(include):
    headers = {}
    for path in sorted(include.rglob("*")):
        if path.is_file():
            name = path.relative_to(include).as_posix()
            headers[name] = Header(name, path.read_text(encoding="utf-8"))
    return headers


def in_order(headers, root):
    """The names of all that `root` needs, each behind what it needs itself; `root` is the last."""
    done = []
    under_way = []

    def visit(name, wanted_by):
        if name in done:
            return
        if name in under_way:
            cycle = under_way[under_way.index(name) :] + [name]
            raise Mistake("the headers include one another in a circle: " + " -> ".join(cycle))
        if name not in headers:
            raise Mistake(f"{wanted_by} includes <{name}>, which is not there")
        under_way.append(name)
        for needed in headers[name].needs:
            visit(needed, name)
        under_way.pop()
        done.append(name)

    visit(root, "amalgamate.py")
    return done


def version_of(headers):
    text = "\n".join(headers[VERSION].body) if VERSION in headers else ""
    numbers = [re.search(rf"VERSION_{part} (\d+)", text) for part in ("MAJOR", "MINOR", "PATCH")]
    if None in numbers:
        raise Mistake(f"{VERSION}: does not define the three parts of the version")
    return ".".join(number.group(1) for number in numbers)


def commented(lines):
    return [f"// {line}".rstrip() for line in lines]


def section(header):
    """A header's own text. What introduces it is no documentation of a file any more."""
    introduction = [line.replace("///", "//", 1) for line in header.introduction]
    introduction = [line for line in introduction if "@file" not in line]
    title = f"// ── <{header.name}> "
    return squeeze([title + "─" * (100 - len(title)), "", *squeeze(introduction), "", *header.body])


def outside_includes(headers, names):
    """The standard library's in one block, then others."""
    found = {outside for name in names for outside in headers[name].outside}
    other = {outside for outside in found if outside.endswith((".h", ".hpp"))}
    blocks = []
    for block in (found - other, other):
        if block:
            blocks += ["", *(f"#include <{outside}>" for outside in sorted(block))]
    return blocks


def opening(headers, licence, what):
    return [
        f"// mews-webhooks {version_of(headers)}: {what}",
        "// Made by tools/generate from the headers in include/: change those, not this.",
        "//",
        *commented(licence),
        "",
    ]


def tour(umbrella):
    """What the umbrella says, its includes as comments: the way through the sections below."""
    said = [line for line in umbrella.body if line.strip() and not line.startswith("//")]
    if said:
        raise Mistake(f"{umbrella.name}: only includes and comments belong there, not: {said[0]}")
    width = max(len(name) for name in umbrella.needs)
    stops = [
        f"///     {name:{width}}  {comment.removeprefix('//').strip()}".rstrip()
        for name, comment in umbrella.needs.items()
    ]
    return [*squeeze(umbrella.introduction), "///", *stops]


def single_header(headers, licence):
    names = in_order(headers, UMBRELLA)
    umbrella = headers[UMBRELLA]
    lines = opening(headers, licence, "the single header. It needs simdjson beside it.")
    lines += [*tour(umbrella), "", "#pragma once", *outside_includes(headers, names), ""]
    for name in names[:-1]:
        lines += [*section(headers[name]), ""]
    return names, lines


def opt_in_header(headers, licence, name, single):
    names = in_order(headers, name)
    beyond = [needed for needed in names[:-1] if needed not in single]
    if beyond:
        raise Mistake(f"{name} is opt-in, and needs <{beyond[0]}>, which the umbrella does not")
    lines = opening(headers, licence, "an addition to the single header, for those who ask for it.")
    lines += ["#pragma once", *outside_includes(headers, [name])]
    return [*lines, "", f"#include <{UMBRELLA}>", "", *section(headers[name])]


def amalgamate(include, licence):
    """The text of each file that is to stand in single_include/, by its name there."""
    headers = read_headers(include)
    if UMBRELLA not in headers:
        raise Mistake(f"{include / UMBRELLA} is not there")
    single, lines = single_header(headers, licence)
    files = {UMBRELLA: lines}
    reached = set(single)
    for name in OPT_IN:
        if name in headers:
            files[name] = opt_in_header(headers, licence, name, single)
            reached.add(name)
    for name in headers:
        if name not in reached:
            raise Mistake(f"{name}: nothing includes it, so the single header would lack it")
    return {name: "\n".join(squeeze(lines)) + "\n" for name, lines in files.items()}


def check(files, output):
    """What is wrong with the committed files, one line for each."""
    for name, text in files.items():
        path = output / name
        if not path.exists():
            yield f"{name} is missing"
        elif path.read_bytes() != text.encode():
            yield f"{name} is not what the headers in include/ make it"
    for path in sorted(output.rglob("*")):
        if path.is_file() and path.relative_to(output).as_posix() not in files:
            yield f"{path.relative_to(output).as_posix()} is made from no header"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    parser.add_argument("--include", type=pathlib.Path, default=ROOT / "include", metavar="DIR")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "single_include", metavar="DIR")
    arguments = parser.parse_args()

    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()
    try:
        files = amalgamate(arguments.include, licence)
    except Mistake as mistake:
        sys.exit(f"amalgamate.py: {mistake}")

    if arguments.check:
        faults = list(check(files, arguments.output))
        for fault in faults:
            print(f"{arguments.output.name}/{fault}", file=sys.stderr)
        if faults:
            sys.exit("run `tools/generate single_include` and commit what it writes")
        return
    for name, text in files.items():
        path = arguments.output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


if __name__ == "__main__":
    main()
