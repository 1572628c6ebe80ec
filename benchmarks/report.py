#!/usr/bin/env python3
"""Makes tables and a plot of what mews-webhooks-benchmarks wrote as JSON.

    benchmarks/report.py results.json [--tables results.md] [--plot results.svg] [--record]

--record keeps all tables as results/simdjson-VERSION.md, and the targets of every version that is
kept there in README.md.

Times are medians of CPU time over the repetitions of one run, which were interleaved: on a machine
that does other things too, ratios within a run are what can be trusted. Needs Python alone.
"""

import argparse
import collections
import json
import math
import pathlib
import re
import statistics
import sys
from xml.sax.saxutils import escape

OURS = "mews/borrowed"
OWNED = "mews/owned"
FREE = "mews, free function/owned"
WALK = "simdjson walk/borrowed"
STAGE_1 = "simdjson stage 1/-"
MEMCPY = "memcpy/-"
LINES = "mews, parse_lines/borrowed"
LONG_TEXTS = "long texts/-"
NLOHMANN = "nlohmann::json"
NOT_PEERS = ("mews", "simdjson", "memcpy", "long texts")

ENABLED = "documented/integration-enabled-compact"
CREATED = "documented/integration-created-compact"
SAMPLE = "documented/integration-created-documented-sample"
PLOTTED = {ENABLED: "Enabled", CREATED: "Created", SAMPLE: "the vendor's sample, as printed"}


class Results:
    """One run: for each group and body, a time for each subject, in ns a body."""

    def __init__(self, path):
        run = json.loads(pathlib.Path(path).read_text())
        self.context = run["context"]
        self.bytes = {}
        self.allocations = collections.defaultdict(dict)
        times = collections.defaultdict(lambda: collections.defaultdict(list))
        for entry in run["benchmarks"]:
            if entry["run_type"] != "iteration":
                continue
            *place, subject, texts = entry["run_name"].split("/")
            place = "/".join(place)
            self.bytes[place] = entry["bytes"] / entry["bodies"]
            self.allocations[place][f"{subject}/{texts}"] = entry["allocations"]
            times[place][f"{subject}/{texts}"].append(entry["cpu_time"] / entry["bodies"])
        if not times:
            sys.exit("there is no benchmark in the results")
        self.times = {
            place: {subject: statistics.median(all_of_it) for subject, all_of_it in of_place.items()}
            for place, of_place in times.items()
        }

    def places(self, group):
        return sorted(place for place in self.times if place.split("/")[0] == group)

    def time(self, place, subject):
        return self.times.get(place, {}).get(subject)

    def ratio(self, place, subject, other):
        """How many times as long `subject` takes as `other`; None if one was not timed."""
        time, reference = self.time(place, subject), self.time(place, other)
        return time / reference if time and reference else None

    def subjects(self, texts):
        """The peers whose texts are borrowed, or owned; the fastest first."""
        names = {s for of_place in self.times.values() for s in of_place if s.endswith(texts)}
        names = {s for s in names if not s.startswith(NOT_PEERS)}
        typical = "golden/" + CREATED
        return sorted(names, key=lambda s: (self.time(typical, s) or math.inf, s))


def table(header, rows):
    """A table in Markdown: the first column to the left, the others to the right."""
    lines = ["| " + " | ".join(header) + " |"]
    lines.append("| --- " + "| ---: " * (len(header) - 1) + "|")
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def number(value, digits=0):
    return "—" if value is None else f"{value:.{digits}f}"


def of(peer):
    return peer.rsplit("/", 1)[0]


def environment(results):
    context = results.context
    rows = [
        ["compiler", context.get("compiler", "?")],
        ["flags", f"`{context.get('flags', '?').strip()}`"],
        ["simdjson", f"{context.get('version of simdjson walk', '?')}, "
                     f"`{context.get('simdjson implementation', '?')}`"],
    ]
    for key, value in sorted(context.items()):
        name = key.removeprefix("version of ")
        if name != key and not name.startswith("simdjson"):
            rows.append([name, value])
    return "\n".join(f"- {name}: {value}" for name, value in rows) + "\n"


def golden(results):
    """Every golden body, in ns, and beside the peers how many times as long they take as we do."""
    borrowing, owning = results.subjects("borrowed"), results.subjects("owned")

    def rows(subjects, reference):
        for place in results.places("golden") + results.places("mix"):
            label = place.removeprefix("golden/")
            yield ([f"`{label}`" if label != "mix" else "all of them, mixed",
                    number(results.bytes[place])] + subjects(place, reference))

    def borrowed(place, reference):
        return [number(results.time(place, MEMCPY), 1), number(results.time(place, STAGE_1)),
                number(results.time(place, reference)), number(results.time(place, WALK))] + [
            number(results.ratio(place, subject, reference), 2) for subject in [WALK] + borrowing]

    def owned(place, reference):
        return [number(results.time(place, reference)),
                number(results.time(place, FREE)),
                number(results.time(place, "mews, cold Parser/owned"))] + [
            number(results.ratio(place, subject, reference), 2) for subject in owning]

    yield "### Borrowed texts\n"
    yield ("ns a body; of the others, how many times as long they take as `parse_view` (above 1: "
           "slower).\n")
    yield table(["body", "bytes", "memcpy", "stage 1", "parse_view", "walk", "walk ×"] +
                [of(peer) + " ×" for peer in borrowing], rows(borrowed, OURS))
    yield "### Owned texts\n"
    yield "ns a body; of the others, how many times as long they take as `Parser::parse`.\n"
    yield table(["body", "bytes", "Parser::parse", "parse()", "new Parser"] +
                [of(peer) + " ×" for peer in owning], rows(owned, OWNED))


def by_size(results):
    """Ignored content: what a byte costs, however many there are."""
    kinds = collections.defaultdict(dict)
    for place in results.places("ignored"):
        _, kind, size = place.split("/")
        kinds[kind][int(size)] = place
    sizes = sorted({size for of_kind in kinds.values() for size in of_kind})
    if not sizes:
        return

    def per_byte(of_kind, size, subject):
        """Of the bytes by which the body is longer than the one without."""
        time, bare = results.time(of_kind[size], subject), results.time(of_kind[0], subject)
        more = results.bytes[of_kind[size]] - results.bytes[of_kind[0]]
        return (time - bare) / more if time and bare and more else None

    yield "### Ignored content\n"
    yield "ns a byte of content that is ignored, by how much there is of it.\n"
    rows = []
    for kind, of_kind in sorted(kinds.items()):
        for subject in (OURS, WALK):
            rows.append([f"{kind}, {of(subject)}"] +
                        [number(per_byte(of_kind, size, subject), 2) for size in sizes if size])
    yield table(["content"] + [f"{size // 1024} KiB" for size in sizes if size], rows)


def per_byte_rows(results, group):
    rows = []
    for place in results.places(group):
        time = results.time(place, OURS)
        if time:
            rows.append((time / max(results.bytes[place], 1), place, time))
    return sorted(rows, reverse=True)


def adversarial(results):
    rows = per_byte_rows(results, "adversarial")
    if not rows:
        return
    yield "### Made to be slow\n"
    yield "64 KiB each, the slowest first; `-cut`: without its last byte, which refuses it.\n"
    yield table(["body", "ns a byte"],
                [[place.split("/", 1)[1], number(cost, 2)] for cost, place, _ in rows])


def broken(results):
    rows = per_byte_rows(results, "broken")
    if not rows:
        return
    times = sorted(time for _, _, time in rows)
    slowest = max(rows, key=lambda row: row[2])
    yield "### Refused bodies\n"
    yield (f"{len(rows)} bodies: {times[0]:.0f} to {times[-1]:.0f} ns, median "
           f"{statistics.median(times):.0f} ns. The slowest: `{slowest[1].split('/', 1)[1]}`, "
           f"{results.bytes[slowest[1]]:.0f} bytes.\n")


class Target:
    """A target, and what was measured of it."""

    def __init__(self, text, limit, at_most=True, digits=2):
        self.text, self.limit, self.at_most, self.digits = text, limit, at_most, digits
        self.measured = []

    def add(self, value, where):
        if value is not None:
            self.measured.append((value, where))

    def is_met_by(self, value):
        return value <= self.limit if self.at_most else value >= self.limit

    def missed(self):
        """What misses it, the worst first."""
        return sorted((pair for pair in self.measured if not self.is_met_by(pair[0])),
                      reverse=self.at_most)

    def row(self):
        if not self.measured:
            return [self.text, "—", "not measured", ""]
        worst, where = (max if self.at_most else min)(self.measured)
        if len(self.measured) > 1 and len({value for value, _ in self.measured}) == 1:
            where = "all"
        missed = len(self.missed())
        verdict = f"missed for {missed} of {len(self.measured)}" if missed else "met"
        return [self.text, f"{worst:.{self.digits}f}", where, verdict]

    def misses(self):
        """One line that names them all."""
        places = [f"`{where}` {value:.{self.digits}f}" for value, where in self.missed()]
        return f"- {self.text}. {'; '.join(places)}\n" if places else ""


def targets(results):
    walk = Target("`parse_view` ÷ walk, every golden body: ≤ 1", 1)
    small = Target("`parse_view` ÷ stage 1 at about 120 bytes: ≤ 2", 2)
    created = Target("`parse_view` ÷ stage 1 for Created: ≤ 3", 3)
    peers = Target("every peer ÷ ours, every golden body: ≥ 1", 1, at_most=False)
    nlohmann = Target("nlohmann::json ÷ `parse_view`, every golden body: ≥ 20", 20, at_most=False,
                      digits=1)
    owning = Target("`Parser::parse` ÷ (`parse_view` + its long texts): ≤ 1", 1)
    none = Target("allocations of `parse_view`, warm: 0", 0, digits=0)
    needed = Target("allocations of `parse()`, beyond its long texts: 0", 0, digits=0)
    lines = Target("a line of `parse_lines` ÷ `parse_view` of the same body: ≤ 1.05", 1.05)
    # A megabyte is not in the nearest cache.
    growth = Target("a byte of ignored content, 1 MiB ÷ 16 KiB: ≤ 1.2", 1.2)
    worst = Target("ns a byte of 64 KiB made to be slow: ≤ 5", 5)

    for place in results.places("golden"):
        label = place.removeprefix("golden/")
        walk.add(results.ratio(place, OURS, WALK), label)
        if 110 <= results.bytes[place] <= 130:
            small.add(results.ratio(place, OURS, STAGE_1), label)
        if "integration-created" in label:
            created.add(results.ratio(place, OURS, STAGE_1), label)
        for texts, ours in (("borrowed", OURS), ("owned", OWNED)):
            for peer in results.subjects(texts):
                ratio = results.ratio(place, peer, ours)
                peers.add(ratio, f"{of(peer)}, {texts}, {label}")
                if peer.startswith(NLOHMANN) and texts == "borrowed":
                    nlohmann.add(ratio, label)
        view, owned, texts = (results.time(place, s) for s in (OURS, OWNED, LONG_TEXTS))
        if view and owned and texts:
            owning.add(owned / (view + texts), label)
        allocated = results.allocations[place]
        none.add(allocated.get(OURS), label)
        if FREE in allocated and LONG_TEXTS in allocated:
            needed.add(allocated[FREE] - allocated[LONG_TEXTS], label)
    lines.add(results.ratio("lines/mix", LINES, OURS), "mix")
    for place in results.places("ignored"):
        if place.endswith(f"/{1 << 20}"):
            smaller = place.replace(f"/{1 << 20}", f"/{1 << 14}")
            large, small_one = results.time(place, OURS), results.time(smaller, OURS)
            if large and small_one:
                growth.add(large / results.bytes[place] / (small_one / results.bytes[smaller]),
                           place.split("/")[1])

    for cost, place, _ in per_byte_rows(results, "adversarial"):
        worst.add(cost, place.split("/")[1])

    yield "### Targets\n"
    yield "Each with the worst that was measured, and for which body.\n"
    every = (walk, small, created, peers, nlohmann, owning, none, needed, lines, growth, worst)
    yield table(["target", "worst", "where", ""], [target.row() for target in every])
    misses = "".join(target.misses() for target in every)
    if misses:
        yield "All bodies that miss one:\n"
        yield misses


def differences(results):
    rows = []
    for key, reason in sorted(results.context.items()):
        found = re.fullmatch(r"(.+) differs on (.+)", key)
        if found:
            rows.append(f"- {found[1]}, `{found[2]}`: {reason}\n")
    if rows:
        yield "### Not timed\n"
        yield "What a subject reads differently, it is not timed on:\n"
        yield "".join(rows)


def tables(results):
    parts = [environment(results)]
    for part in (targets, golden, by_size, adversarial, broken, differences):
        parts += part(results)
    return "\n".join(parts)


# ── plot ────────────────────────────────────────────────────────────────────────────────────────

LEFT, RIGHT, TOP, ROW, BOTTOM = 190, 40, 64, 30, 46
WIDTH = 760
# For people who do not tell red from green, on white and on black.
COLOURS = ("#0072b2", "#d55e00", "#009e73")
INK = "#777777"


def plot(results):
    """Time a body on a logarithmic scale: a row for each subject, a dot for each of three bodies."""
    subjects = ([MEMCPY, STAGE_1, OURS, WALK] + results.subjects("borrowed"))
    rows = [(s, [results.time("golden/" + body, s) for body in PLOTTED]) for s in subjects]
    rows = [(s, times) for s, times in rows if any(times)]
    longest = max(t for _, times in rows for t in times if t)
    decades = math.ceil(math.log10(longest))
    height = TOP + ROW * len(rows) + BOTTOM

    def x(time):
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log10(max(time, 1)) / decades

    def text(x_at, y_at, content, anchor="start", **more):
        attributes = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in more.items())
        return (f'<text x="{x_at:.1f}" y="{y_at:.1f}" text-anchor="{anchor}"{attributes}>'
                f"{escape(content)}</text>")

    bottom = TOP + ROW * len(rows)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif" font-size="13" '
        f'fill="{INK}">',
        "<title>Nanoseconds to read one webhook body, by library</title>",
    ]
    at = LEFT - 100
    for colour, (body, name) in zip(COLOURS, PLOTTED.items()):
        label = f"{name}, {results.bytes['golden/' + body]:.0f} bytes"
        out.append(f'<circle cx="{at + 5}" cy="20" r="5" fill="{colour}"/>')
        out.append(text(at + 15, 24.5, label))
        at += 40 + 6.8 * len(label)
    for decade in range(decades + 1):
        out.append(f'<path d="M{x(10 ** decade):.1f} {TOP - 14}V{bottom}" stroke="{INK}" '
                   'stroke-opacity="0.35"/>')
        out.append(text(x(10 ** decade), bottom + 18, f"{10 ** decade} ns", "middle"))
    out.append(text(WIDTH - RIGHT, bottom + 38, "logarithmic; less is better", "end"))
    for i, (subject, times) in enumerate(rows):
        y = TOP + ROW * i + 4
        weight = {"font_weight": "bold"} if subject == OURS else {}
        name = {OURS: "mews-webhooks", WALK: "simdjson, unchecked"}.get(subject, of(subject))
        out.append(text(LEFT - 14, y + 4.5, name, "end", **weight))
        present = [t for t in times if t]
        out.append(f'<path d="M{x(min(present)):.1f} {y}H{x(max(present)):.1f}" stroke="{INK}"/>')
        for colour, time in zip(COLOURS, times):
            if time:
                out.append(f'<circle cx="{x(time):.1f}" cy="{y}" r="5" fill="{colour}">'
                           f"<title>{time:.0f} ns</title></circle>")
        label = " · ".join(number(t) for t in times)
        if x(max(present)) + 12 + 7 * len(label) < WIDTH:
            out.append(text(x(max(present)) + 12, y + 4.5, label, font_size="11", **weight))
        else:
            out.append(text(x(min(present)) - 12, y + 4.5, label, "end", font_size="11"))
    out.append("</svg>")
    return "\n".join(out) + "\n"


HERE = pathlib.Path(__file__).resolve().parent
RECORDED = re.compile(r"(?<=<!-- results -->\n).*(?=<!-- end of results -->\n)", re.S)
TARGETS = re.compile(r"### Targets\n\n(.*?)(?=### )", re.S)


def record(results, text):
    """Keeps the tables and the plot, and puts the targets between the marks that the README has for them."""
    version = results.context["version of simdjson walk"]
    kept = HERE / "results"
    kept.mkdir(exist_ok=True)
    (kept / f"simdjson-{version}.svg").write_text(plot(results))
    (kept / f"simdjson-{version}.md").write_text(f"# With simdjson {version}\n\n{text}")
    sections = []
    for file in sorted(kept.glob("*.md")):
        title = file.stem.replace("-", " ")
        targets_of_it = TARGETS.search(file.read_text())[1]
        sections.append(f"### With {title}\n\n{targets_of_it}[All tables](results/{file.name})\n")
    readme = HERE / "README.md"
    before = readme.read_text()
    if not RECORDED.search(before):
        sys.exit(f"{readme} has no marks for the results")
    recorded = "\n" + "\n".join(sections) + "\n"
    readme.write_text(RECORDED.sub(lambda _: recorded, before))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", help="what --benchmark_out wrote")
    parser.add_argument("--tables", type=pathlib.Path, help="write the tables there")
    parser.add_argument("--plot", type=pathlib.Path, help="write the plot there")
    parser.add_argument("--append", type=pathlib.Path, help="what to put after the tables")
    parser.add_argument("--record", action="store_true", help="keep the tables in the sources")
    arguments = parser.parse_args()
    results = Results(arguments.results)
    text = tables(results)
    if arguments.append:
        text += "\n" + arguments.append.read_text()
    if arguments.tables:
        arguments.tables.write_text(text)
    if arguments.record:
        record(results, text)
    if arguments.plot:
        arguments.plot.write_text(plot(results))
    if not (arguments.tables or arguments.record):
        print(text, end="")


if __name__ == "__main__":
    main()
