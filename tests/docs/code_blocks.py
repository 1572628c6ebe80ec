#!/usr/bin/env python3
"""Makes C++ sources of the code blocks in Markdown files, so that the build compiles them.

    code_blocks.py OUT FILE.md...            write them, and print `kind path` for each
    code_blocks.py --check OUT FILE.md...    fail if they are not what would be written

A block is a fence with the word `cpp`:

    ```cpp              statements. They stand in a function `(std::string_view body)` that may
                        return anything and is called with a body; #include lines are taken to the
                        top. All such blocks of a file become one program (kind `statements`), to be
                        run: what it asserts must hold.
    ```cpp              with `int main(` in it: a whole program, to be built only (kind `program`).
    ```cpp source NAME  a whole source file, to be compiled only (kind `object`), called
                        FILE.NAME.cpp.

What a block of statements needs and need not show, such as the declaration of a function that is
the reader's own, stands in a comment right before the fence: `<!-- cpp: void enqueue(Event); -->`.
"""

import pathlib
import re
import sys
import textwrap

FENCE = re.compile(r"^(?P<indent>\s*)(?P<ticks>`{3,}|~{3,})\s*(?P<info>.*?)\s*$")
OTHER_NAMES = {"c++", "cc", "cxx", "hpp", "h++", "cplusplus"}
PRELUDE = re.compile(r"<!--\s*cpp:((?:(?!-->).)*)-->\s*\Z", re.DOTALL)
PROGRAM = re.compile(r"^\s*int\s+main\s*\(", re.MULTILINE)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include\b.*$", re.MULTILINE)

TEMPLATE = """\
#undef NDEBUG
{includes}

namespace {{

struct Anything {{
    Anything() = default;
    template <class T>
    Anything(T&&) {{}}
}};

{functions}
}}  // namespace

int main() {{
    constexpr std::string_view sample_body = R"({body})";
{calls}
}}
"""

FUNCTION = """\
namespace block_{line} {{
{prelude}
Anything block([[maybe_unused]] std::string_view body) {{
{code}
    return {{}};
}}
}}  // namespace block_{line}
"""

BODY = '{"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"a1","Name":"Invented"}}}'

INCLUDES = [
    "<mews/webhooks.hpp>",
    "<cassert>",
    "<chrono>",
    "<cstdio>",
    "<iostream>",
    "<map>",
    "<optional>",
    "<string>",
    "<string_view>",
    "<utility>",
    "<variant>",
    "<vector>",
]


class Block:
    def __init__(self, line, name, code, prelude):
        self.line = line
        self.name = name  # of a source file; empty for anything else
        self.code = code
        self.prelude = prelude


def blocks_of(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    found = []
    number = 0
    while number < len(lines):
        start = FENCE.match(lines[number])
        number += 1
        if not start:
            continue
        first = number
        ticks = start["ticks"]
        while number < len(lines) and not (
            lines[number].strip().startswith(ticks) and not lines[number].strip().strip(ticks[0])
        ):
            number += 1
        if number == len(lines):
            sys.exit(f"{path}:{first}: a code block does not end")
        code = textwrap.dedent("\n".join(lines[first:number])) + "\n"
        number += 1
        words = start["info"].split()
        if words and words[0].lower() in OTHER_NAMES:
            sys.exit(f"{path}:{first}: write ```cpp, so that the block is compiled")
        if not words or words[0] != "cpp":
            continue
        if words[1:] and not (len(words) == 3 and words[1] == "source"):
            sys.exit(f"{path}:{first}: behind ```cpp stands nothing, or `source NAME`")
        before = PRELUDE.search("\n".join(lines[: first - 1]).rstrip())
        name = words[2] if words[1:] else ""
        found.append(Block(first + 1, name, code, before[1].strip() if before else ""))
    return found


def sources_of(path):
    """The sources of one file: (kind, name, text)."""
    name = path.with_suffix("").name
    place = str(path).replace("\\", "/").replace('"', "")
    includes = [f"#include {header}" for header in INCLUDES]
    blocks = []
    for block in blocks_of(path):
        at = f'#line {block.line} "{place}"\n'
        if PROGRAM.search(block.code):
            yield "program", f"{name}.{block.line}.cpp", at + block.code
        elif block.name:
            yield "object", f"{name}.{block.name}.cpp", at + block.code
        else:
            for line in INCLUDE.findall(block.code):
                includes.append(line.strip())
            block.code = at + INCLUDE.sub("", block.code)
            blocks.append(block)
    if blocks:
        yield "statements", f"{name}.cpp", TEMPLATE.format(
            includes="\n".join(dict.fromkeys(includes)),
            functions="\n".join(
                FUNCTION.format(line=block.line, prelude=block.prelude, code=block.code)
                for block in blocks
            ),
            calls="\n".join(f"    block_{block.line}::block(sample_body);" for block in blocks),
            body=BODY,
        )


def main(arguments):
    check = arguments[:1] == ["--check"]
    arguments = arguments[1:] if check else arguments
    if len(arguments) < 2:
        sys.exit(__doc__)
    out = pathlib.Path(arguments[0])
    wanted = {}
    for path in map(pathlib.Path, arguments[1:]):
        for kind, name, text in sources_of(path):
            if name in wanted:
                sys.exit(f"{path}: another file has the same name")
            wanted[name] = (kind, text)

    if check:
        present = {path.name: path.read_text(encoding="utf-8") for path in out.glob("*.cpp")}
        if not wanted:
            sys.exit("there is no code block")
        if present != {name: text for name, (_, text) in wanted.items()}:
            sys.exit("the documentation has changed since it was compiled: build again")
        print(f"{len(wanted)} sources compiled")
        return

    out.mkdir(parents=True, exist_ok=True)
    for path in out.glob("*.cpp"):
        if path.name not in wanted:
            path.unlink()
    for name, (kind, text) in sorted(wanted.items()):
        path = out / name
        # What is unchanged is not touched, so that it need not be compiled again.
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
        print(f"{kind} {path.as_posix()}")


main(sys.argv[1:])
