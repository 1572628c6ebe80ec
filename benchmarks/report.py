#!/usr/bin/env python3
"""Makes tables and two plots of what mews-webhooks-benchmarks wrote as JSON.

    benchmarks/report.py [--append TEXT] OUTPUT_DIR results.json...

Writes OUTPUT_DIR/simdjson-VERSION.md, -borrowed.svg and -owned.svg; simdjson-VERSION-clang.md and
so on, if that has compiled them. Each of the results is of a process of its own: times are medians
over all of them, of CPU time. On a machine that does other things too, ratios within a run are what
can be trusted. Needs Python alone.
"""

import argparse
import collections
import json
import math
import pathlib
import statistics
import sys
from xml.sax.saxutils import escape

OURS, OWNED = "mews/borrowed", "mews/owned"
EITHER, INSPECT = "mews, parse_webhook_view/borrowed", "mews, inspect/borrowed"
FREE, NEW = "mews, free function/owned", "mews, new Parser/owned"
WALK, STAGE_1, MEMCPY = "simdjson walk/borrowed", "simdjson stage 1/-", "memcpy/-"
LONG_STRINGS, YYJSON = "long strings/-", "yyjson/borrowed"

DOCUMENTED = "body/documented/"
ENABLED = DOCUMENTED + "integration-enabled-compact"
CREATED = DOCUMENTED + "integration-created-compact"
GENERAL = "body/general/"
PLOTTED = {ENABLED: "Enabled", CREATED: "Created", GENERAL + "100": "100 general events"}


class Results:
    """For each place, a body or a set of them, and each subject: ns a body."""

    def __init__(self, paths):
        times = collections.defaultdict(lambda: collections.defaultdict(list))
        self.bytes, self.allocations = {}, collections.defaultdict(dict)
        for path in paths:
            run = json.loads(pathlib.Path(path).read_text())
            self.context = run["context"]
            for entry in run["benchmarks"]:
                if entry["run_type"] != "iteration":
                    continue
                if entry.get("error_occurred"):
                    sys.exit(f"{entry['run_name']}: {entry['error_message']}")
                place, library, texts = entry["run_name"].rsplit("/", 2)
                subject = f"{library}/{texts}"
                self.bytes[place] = entry["bytes"] / entry["bodies"]
                self.allocations[place][subject] = entry["allocations"]
                times[place][subject].append(entry["cpu_time"] / entry["bodies"])
        if not times:
            sys.exit("there is no benchmark in the results")
        self.times = {place: {subject: statistics.median(all_of_it)
                              for subject, all_of_it in of_place.items()}
                      for place, of_place in times.items()}

    def places(self, group):
        return sorted(place for place in self.times if place.startswith(group + "/"))

    def time(self, place, subject):
        return self.times.get(place, {}).get(subject)

    def ratio(self, place, subject, other):
        """How many times as long `subject` takes as `other`; None if one was not timed."""
        time, reference = self.time(place, subject), self.time(place, other)
        return time / reference if time and reference else None

    def per_byte(self, place, subject=OURS):
        time = self.time(place, subject)
        return time / self.bytes[place] if time and self.bytes[place] else None

    def peers(self, texts):
        """The other libraries; the fastest first."""
        names = {s for of_place in self.times.values() for s in of_place
                 if s.endswith(texts) and not s.startswith(("mews", "simdjson"))}
        return sorted(names, key=lambda s: (self.time(CREATED, s) or math.inf, s))


def table(header, rows):
    """A table in Markdown: the first column to the left, the others to the right."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "".join("| " + " | ".join(row) + " |\n" for row in lines)


def number(value, digits=0):
    return "—" if value is None else f"{value:.{digits}f}"


def library(subject):
    return subject.rsplit("/", 1)[0]


def goals(results):
    """The goals, each with its figure."""
    def against(place, other, subject=OURS):
        return results.ratio(place, subject, other)

    def worst(values):
        return max((value for value in values if value is not None), default=None)

    def owned(place):
        view, strings = results.time(place, OURS), results.time(place, LONG_STRINGS)
        time = results.time(place, OWNED)
        return time / (view + strings) if time and view and strings else None

    def refused():
        places = results.places("refused")
        if not places:
            return None
        return sum(results.time(p, OURS) for p in places) / sum(results.bytes[p] for p in places)

    def quotient(one, other, factor=1):
        return one / (factor * other) if one and other else None

    general = GENERAL + "100"
    api_key = DOCUMENTED + "integration-api-key-created"
    unknown = DOCUMENTED + "unknown-event-with-integration"
    rows = [
        ("Enabled ÷ walk", 1.05, against(ENABLED, WALK)),
        ("Enabled ÷ yyjson", 1, against(ENABLED, YYJSON)),
        ("Enabled ÷ stage 1", 1.7, against(ENABLED, STAGE_1)),
        ("Created ÷ walk", 0.85, against(CREATED, WALK)),
        ("Created ÷ stage 1", 2.4, against(CREATED, STAGE_1)),
        ("mix ÷ walk", 1.1, against("mix", WALK)),
        ("mix ÷ yyjson", 1, against("mix", YYJSON)),
        ("`Data` before `Action` ÷ walk", 1.2,
         against(DOCUMENTED + "integration-enabled-data-before-action", WALK)),
        ("byte order mark ÷ walk", 1.1,
         against(DOCUMENTED + "integration-enabled-byte-order-mark", WALK)),
        ("names with escapes ÷ yyjson", 2.6,
         against(DOCUMENTED + "integration-enabled-escaped-names", YYJSON)),
        ("escapes in an unknown event ÷ yyjson", 1.75,
         against(DOCUMENTED + "unknown-event-white-space-in-data", YYJSON)),
        ("texts with escapes ÷ walk", 1.25,
         against(DOCUMENTED + "integration-reinstated-escapes", WALK)),
        ("an unknown event ÷ a known one of its size", 2,
         quotient(results.time(unknown, OURS), results.time(api_key, OURS))),
        ("one general event ÷ walk", 1, against(GENERAL + "1", WALK)),
        ("100 general events ÷ walk", 0.95, against(general, WALK)),
        ("100 general events ÷ yyjson", 0.75, against(general, YYJSON)),
        ("1,000 general events ÷ ten times 100", 1.05,
         quotient(results.time(GENERAL + "1000", OURS), results.time(general, OURS), 10)),
        ("`Parser::inspect` ÷ `parse_webhook_view`, nothing to tell: Enabled", 2,
         results.ratio(ENABLED, INSPECT, EITHER)),
        ("… 100 general events", 2, results.ratio(general, INSPECT, EITHER)),
        ("`Parser::parse` ÷ (`parse_view` and its long strings), Created", 1.15, owned(CREATED)),
        ("a line of `parse_lines` ÷ `parse_view`", 1.05,
         quotient(results.per_byte("lines/parse_lines"), results.per_byte("lines/one by one"))),
        ("ignored content not seen before, ns a byte: text", 0.65, results.per_byte("random/text")),
        ("… numbers", 1.5, results.per_byte("random/numbers")),
        ("… nested", 0.6, results.per_byte("random/nested")),
        ("refused bodies, ns a byte", 0.5, refused()),
        ("64 KiB made to be slow, ns a byte, the worst", 5,
         worst(results.per_byte(place) for place in results.places("adversarial"))),
        ("allocations of `parse_view` and `parse_general_view`, warm", 0,
         worst(results.allocations[place].get(OURS) for place in results.places("body"))),
        ("allocations of `Parser::parse` beyond the strings that are longer than a short string", 0,
         worst(results.allocations[place][OWNED] - results.allocations[place][LONG_STRINGS]
               for place in results.places("body")
               if {OWNED, LONG_STRINGS} <= results.allocations[place].keys())),
    ]
    yield "## Goals\n"
    yield table(["", "at most", "measured", ""],
                [[what, f"{limit:g}", number(value, 2),
                  "" if value is None else "met" if value <= limit else "missed"]
                 for what, limit, value in rows])


def bodies(results):
    """Every body, in ns, and beside the others how many times as long they take as we do."""
    def rows(columns, others, reference):
        for place in results.places("body") + ["mix"]:
            label = place.removeprefix("body/")
            yield [f"`{label}`" if label != "mix" else "the mix", number(results.bytes.get(place)),
                   *(number(results.time(place, s), 1 if s == MEMCPY else 0) for s in columns),
                   *(number(results.ratio(place, s, reference), 2) for s in others)]

    for texts, reference, columns, others in (
            ("borrowed", OURS, {MEMCPY: "memcpy", STAGE_1: "stage 1", OURS: "view", EITHER: "either"},
             [WALK, *results.peers("borrowed")]),
            ("owned", OWNED, {OWNED: "one Parser", FREE: "free function", NEW: "new Parser"},
             results.peers("owned"))):
        yield f"## Texts that are {texts}\n"
        yield (f"ns a body; of the others, how many times as long they take as `{columns[reference]}` "
               "(above 1: slower).\n")
        yield table(["body", "bytes", *columns.values(), *(library(s) + " ×" for s in others)],
                    rows(columns, others, reference))


def by_byte(results):
    for group, title in (
            ("ignored", "Ignored content, by kind and size"),
            ("random", "Ignored content that no branch predictor has learned"),
            ("adversarial", "64 KiB made to be slow; `-cut`: refused at the last byte"),
            ("refused", "Refused bodies")):
        rows = sorted(((results.per_byte(place), place) for place in results.places(group)
                       if results.per_byte(place)), reverse=True)
        if group == "refused":
            # Of an empty body there are no bytes.
            rows = [row for row in rows if results.bytes[row[1]] >= 64][:20]
            title += ": the slowest twenty of 64 bytes or more"
        if rows:
            yield f"## {title}\n"
            yield table(["body", "bytes", "ns a byte", "walk"],
                        [[f"`{place.split('/', 1)[1]}`", number(results.bytes[place]),
                          number(cost, 2), number(results.per_byte(place, WALK), 2)]
                         for cost, place in rows])


def context(results):
    yield "".join(f"- {key}: {value}\n" for key, value in sorted(results.context.items())
                  if key in ("compiler", "flags", "simdjson implementation")
                  or key.startswith("version of") and "owned" not in key)
    differences = sorted(f"- {key.replace(' differs on ', ', `')}`: {value}\n"
                         for key, value in results.context.items() if " differs on " in key)
    if differences:
        yield "Not timed, since what is read differs:\n"
        yield "".join(differences)


# ── plots ───────────────────────────────────────────────────────────────────────────────────────

LEFT, RIGHT, TOP, ROW, BOTTOM = 190, 40, 64, 30, 46
WIDTH = 760
# For people who do not tell red from green, on white and on black.
COLOURS = ("#0072b2", "#d55e00", "#009e73")
INK = "#777777"


def dots(rows, legend, unit, title, note):
    """Values on a logarithmic scale: a row for each (name, is_ours, values), a dot for each value."""
    decades = math.ceil(math.log10(max(value for _, _, values in rows for value in values)))
    bottom = TOP + ROW * len(rows)

    def x(value):
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log10(max(value, 1)) / decades

    def text(x_at, y_at, content, anchor="start", more=""):
        return f'<text x="{x_at:.1f}" y="{y_at:.1f}" text-anchor="{anchor}"{more}>{escape(content)}</text>'

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + BOTTOM}" '
           f'role="img" font-family="sans-serif" font-size="13" fill="{INK}">',
           f"<title>{escape(title)}</title>"]
    at = LEFT - 100
    for colour, label in zip(COLOURS, legend):
        out.append(f'<circle cx="{at + 5}" cy="20" r="5" fill="{colour}"/>')
        out.append(text(at + 15, 24.5, label))
        at += 40 + 6.8 * len(label)
    for decade in range(decades + 1):
        out.append(f'<path d="M{x(10 ** decade):.1f} {TOP - 14}V{bottom}" stroke="{INK}" '
                   'stroke-opacity="0.35"/>')
        out.append(text(x(10 ** decade), bottom + 18, f"{10 ** decade:,} {unit}".strip(), "middle"))
    out.append(text(WIDTH - RIGHT, bottom + 38, note, "end"))
    for i, (name, is_ours, values) in enumerate(rows):
        y = TOP + ROW * i + 4
        out.append(text(LEFT - 14, y + 4.5, name, "end", ' font-weight="bold"' if is_ours else ""))
        out.append(f'<path d="M{x(min(values)):.1f} {y}H{x(max(values)):.1f}" stroke="{INK}"/>')
        for colour, value in zip(COLOURS, values):
            out.append(f'<circle cx="{x(value):.1f}" cy="{y}" r="5" fill="{colour}">'
                       f"<title>{f'{value:.0f} {unit}'.strip()}</title></circle>")
    out.append("</svg>")
    return "\n".join(out) + "\n"


def plot(results, subjects, names):
    """Time a body: a row for each subject, a dot for each of three bodies."""
    rows = [(names.get(s, library(s)), s in (OURS, OWNED),
             [results.time(body, s) for body in PLOTTED]) for s in subjects]
    rows = [row for row in rows if all(row[2])]
    if not rows:
        return None
    legend = [f"{name}, {results.bytes[body]:.0f} bytes" for body, name in PLOTTED.items()]
    return dots(rows, legend, "ns", "Nanoseconds to read one webhook body, by library",
                "logarithmic; less is better")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--append", type=pathlib.Path, help="what to put after the tables")
    parser.add_argument("output", type=pathlib.Path, metavar="OUTPUT_DIR")
    parser.add_argument("results", nargs="+", help="what --benchmark_out wrote")
    arguments = parser.parse_args()
    results = Results(arguments.results)
    title = f"simdjson-{results.context['version of simdjson walk/borrowed']}"
    if not results.context["compiler"].startswith("GNU"):
        title += "-" + results.context["compiler"].split()[0].lower()

    parts = [f"# With {title.replace('-', ' ')}\n"]
    for part in (context, goals, bodies, by_byte):
        parts += part(results)
    if arguments.append:
        parts.append(arguments.append.read_text())
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / f"{title}.md").write_text("\n".join(parts))
    names = {OURS: "mews-webhooks", WALK: "simdjson, unchecked", OWNED: "mews-webhooks"}
    for texts, subjects in (("borrowed", [MEMCPY, STAGE_1, OURS, WALK, *results.peers("borrowed")]),
                            ("owned", [OWNED, *results.peers("owned")])):
        picture = plot(results, subjects, names)
        if picture:
            (arguments.output / f"{title}-{texts}.svg").write_text(picture)


if __name__ == "__main__":
    main()
