#!/usr/bin/env python3
"""Checks that what links point to is there: files, and headings in Markdown files.

    links.py ROOT

Reads every Markdown file of the tree. Addresses with a scheme (https:) are not looked at: a test
must not depend on the network.
"""

import pathlib
import re
import sys
import urllib.parse

FENCED = re.compile(r"^(\s*)(`{3,}|~{3,}).*?^\s*\2\s*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LINK = re.compile(r"\]\(\s*<?([^()<>\s]+)>?(?:\s+\"[^\"]*\")?\s*\)")
DEFINITION = re.compile(r"^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?\s*$", re.MULTILINE)
HTML = re.compile(r"<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE)
ANCHOR = re.compile(r"<a\b[^>]*?\b(?:id|name)=\"([^\"]+)\"")
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
NOT_OURS = {"build", "out", "node_modules", "pages"}  # pages: those of tests/drift


def markdown_files(root):
    for path in sorted(root.rglob("*.md")):
        folders = path.relative_to(root).parts[:-1]
        if not NOT_OURS.intersection(folders) and ".git" not in folders:
            yield path


def blanked(pattern, text):
    """Without what the pattern finds; lines keep their numbers."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def anchors_of(path, cache={}):
    if path not in cache:
        text = blanked(FENCED, path.read_text(encoding="utf-8"))
        anchors = set(ANCHOR.findall(text))
        seen = {}
        for title in HEADING.findall(text):
            title = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", title)
            slug = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
            again = seen.get(slug, 0)
            seen[slug] = again + 1
            anchors.add(f"{slug}-{again}" if again else slug)
        cache[path] = anchors
    return cache[path]


def main(root):
    faults = []
    links = 0
    for path in markdown_files(root):
        text = path.read_text(encoding="utf-8")
        for pattern in (FENCED, CODE, COMMENT):
            text = blanked(pattern, text)
        for pattern in (LINK, DEFINITION, HTML):
            for found in pattern.finditer(text):
                link = found[1]
                if SCHEME.match(link):
                    continue
                links += 1
                where = f"{path.relative_to(root)}:{1 + text.count(chr(10), 0, found.start(1))}"
                name, _, anchor = urllib.parse.unquote(link).partition("#")
                target = (path.parent / name).resolve() if name else path.resolve()
                if not target.exists():
                    faults.append(f"{where}: there is no {link}")
                elif not target.is_relative_to(root):
                    faults.append(f"{where}: {link} leads out of the tree")
                elif anchor and target.suffix == ".md" and anchor not in anchors_of(target):
                    faults.append(f"{where}: {link} names no heading")
    print("\n".join(faults), file=sys.stderr)
    print(f"{links} links, {len(faults)} of them lead nowhere")
    sys.exit(1 if faults or not links else 0)


if len(sys.argv) != 2:
    sys.exit(__doc__)
main(pathlib.Path(sys.argv[1]).resolve())
