#!/usr/bin/env python3
"""Tests tools/drift with the pages of pages/, which differ in nothing but layout, and with changes of them.

    drift_test.py ROOT INSPECT
"""

import contextlib
import html
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT, INSPECT = pathlib.Path(sys.argv[1]), sys.argv[2]
PAGES = {page.stem: page.read_text(encoding="utf-8") for page in (ROOT / "tests/drift/pages").glob("*.md")}
SAME, DIFFERENT, UNREADABLE = 0, 1, 2

sys.dont_write_bytecode = True
loader = importlib.machinery.SourceFileLoader("drift", str(ROOT / "tools/drift"))
drift = importlib.util.module_from_spec(importlib.util.spec_from_loader("drift", loader))
sys.modules["drift"] = drift
loader.exec_module(drift)

FAMILIES = [drift.read_family(f"{family}-webhook.schema.json") for family in ("integration", "general")]
TAGS = "|".join(tag for family in FAMILIES for tag in family.tags)
temporary = tempfile.TemporaryDirectory(prefix="drift-")
directory = pathlib.Path(temporary.name)
faults = []
count = 0


def run(*texts):
    """The exit status, and what the JSON output says."""
    files = [directory / f"{number}.md" for number in range(len(texts))]
    for file, text in zip(files, texts):
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = drift.main([f"--inspect={INSPECT}", "--format=json", *map(str, files)])
    return status, json.loads(out.getvalue())


def expect(what, status, *texts, told=()):
    """told: of differences, (kind, subject) for each that must be there, in any order, and no other.
    Several statuses: any of them."""
    global count
    count += 1
    found, report = run(*texts)
    differences = {(difference["kind"], difference["subject"]) for difference in report["differences"]}
    wrong = found not in (status if isinstance(status, tuple) else (status,)) or (told and differences != set(told))
    if wrong or report["verdict"] != ("same", "different", "unreadable")[found]:
        faults.append(f"{what}: exit status {found}, {sorted(differences)}, {report['unreadable']}")


def changed(page, old, new, times=1):
    text = PAGES[page]
    if text.count(old) < 1:
        faults.append(f"{page}.md does not have {old!r}")
    return text.replace(old, new, times)


def without_samples(text):
    return re.sub(r"(?ms)^(```|~~~).*?^\1\n", "", text)


def spliced(text, found, new):
    """With something else where a match was found."""
    return text[: found.start()] + new + text[found.end() :]


# ── layouts: nothing differs ────────────────────────────────────────────────────────────────────

for page, text in PAGES.items():
    expect(page, SAME, text)
    expect(f"{page}, CRLF", SAME, text.replace("\n", "\r\n"))
    expect(f"{page}, byte order mark", SAME, "\ufeff" + text)
    for dash in ("—", "–", "-", "&mdash;", "&ndash;", "−", ":"):
        expect(f"{page}, {dash}", SAME, re.sub(r" (-|–|—|&mdash;|&ndash;) ", f" {dash} ", text))
    rows = ["|:-|:-:|-:|-|", "| - | - | - | - |", "|:---|:---|:---|:---|", " --- | --- | --- | --- ", "|—|—|—|—|"]
    rows += ["|‑‑‑|‑‑‑|‑‑‑|", "| - - - |:- -:| - -- |", "| &mdash; | &ndash; | &mdash; |", "|***|___|───|"]
    for row in rows:
        expect(f"{page}, {row}", SAME, re.sub(r"(?m)^\|?( *:?-+:? *\|){2,}( *:?-+:? *)?\|?$", row, text))
    expect(f"{page}, without back-ticks", SAME, re.sub(r"(?<!`)`([A-Za-z]+)`(?!`)", r"\1", text))
    expect(f"{page}, deeper headings", SAME, re.sub(r"(?m)^##+ ", lambda found: "#" + found[0], text))
    quoted = re.sub(r"(?m)^\|.*", lambda row: "> " + row[0], text)
    expect(f"{page}, tables in quotations", SAME, quoted)
    quoted = re.sub(r"(?ms)^(```|~~~).*?^\1$", lambda code: "> " + code[0].replace("\n", "\n> "), text)
    expect(f"{page}, code in quotations", SAME, quoted)
    for bullet in ("•  ", "○", "a."):
        expect(f"{page}, {bullet}", SAME, re.sub(r"(?m)^[-*+] ", f"{bullet} ", text))
    expect(f"{page}, no outer pipes", SAME, re.sub(r"(?m)^\| (.*) \|$", r"\1", text.replace("|\n\n|", "|\n|")))
    expect(f"{page}, spaces", SAME, re.sub(r"(?m)^\|(.*)\|$", lambda row: row[0].replace("|", "\t | \t").strip(), text))
    expect(f"{page}, without samples", SAME, without_samples(text))
    expect(f"{page}, one more column", SAME, re.sub(r"(?m)^\|.*\|$", r"\g<0> |", text))
expect("two files", SAME, PAGES["integration"], PAGES["general"])
expect("the four of them", SAME, *PAGES.values())

expect("numbers before headings", SAME, re.sub(r"(?m)^(##+) ", r"\1 2.1 ", PAGES["integration"]))
expect("names of anchors", SAME, re.sub(r"(?m)^##+ (.*)$", r"\g<0> {#\1}", PAGES["general"]))
one_for_all = re.sub(r"(?s)### Integration enabled.*(?=### Integration reinstated)", "", PAGES["integration"])
one_for_all = one_for_all.replace("### Integration reinstated data", "### Integration data")
link = r"\[Integration (en|dis|can|rein)\w+ data\]\([^)]*\)"
one_for_all = re.sub(link, "[Integration data](#integration-data)", one_for_all)
expect("one table for four actions", SAME, one_for_all)
rest = one_for_all.replace("An integration was", "An [integration](#integration) was")
expect("links beside", SAME, rest.replace("- It was", "- The [Integration](#integration) was"))

hint = '{% hint style="info" %}\n### Note\n\nSee there.\n{% endhint %}\n\n'
updated = "### Entity updated data\n\n"
expect("a hint before a table", SAME, changed("general", updated, updated + hint))
expect("a heading before a table", SAME, changed("general", updated, updated + "#### Properties\n\n"))
expect("tabs", SAME, changed("integration", "```json", '{% tabs %}\n{% tab title="JSON" %}\n```json'))
for what, heading in {
    "in several lines": r"<h3 id='x'>\n\1\n</h3>",
    "a summary": r"<details>\n<summary>\n\1\n</summary>",
    "in bold, a colon": r"**\1:**",
    "deprecated": r"### \1 (deprecated)",
    "a version": r"### \1 [ver 2023-06-06]",
}.items():
    expect(f"headings, {what}", SAME, re.sub(r"(?m)^### (.* data|Service|Enterprise)$", heading, PAGES["integration"]))
html_table = re.sub(r"</t[hdr]>|</tbody>|</thead>", "", PAGES["both"]).replace("<td>", '<td title="a > b">')
expect("cells that do not end", SAME, html_table)

LISTS = {
    "with a title": r"- *\1* — `\1`:",
    "in quotes": r'- "`\1`"',
    "a link": r"- [`\1`](integration.md#x)",
    "a title before the link": r"1. An event: [`\1`](#x)",
    "a check box": r"- **`\1`** (x)",
}
for what, entry in LISTS.items():
    text = re.sub(r"(?m)^- `(Integration\w+)`", entry, PAGES["integration"])
    expect(f"a list, {what}", SAME, text)
    last = re.search(r"(?m)^[-1].*IntegrationDeleted.*\n", text)
    one_more = last[0] + last[0].replace("IntegrationDeleted", "IntegrationPaused")
    expect(f"a list, {what}, one more", DIFFERENT, spliced(text, last, one_more))
listed = re.search(r"(?ms)^- `IntegrationCreated`.*?\n\n", PAGES["integration"])
tags = [f"`{tag}`" for tag in FAMILIES[0].tags]
for what, status, names in [
    ("a sentence", SAME, tags),
    ("a sentence, one more", DIFFERENT, [*tags, "`IntegrationPaused`"]),
    ("a sentence, one less", DIFFERENT, tags[1:]),
]:
    sentence = f"One of {', '.join(names)}, as the `Action` says.\n\n"
    expect(what, status, spliced(PAGES["integration"], listed, sentence))
for what, entry in {
    "a paragraph each": r"\n`\1`: \2\n",
    "tags at the end": r"- \2 (\1)",
    "a check box": r"- [x] `\1` \2",
    "in quotes": r"- '\1' \2",
    "in a quotation": r"> - `\1` \2",
    "a definition": r"\n`\1`\n: \2\n",
}.items():
    said = re.sub(r"(?m)^- `(\w+)` - (.*)", entry, listed[0])
    without_table = re.sub(r"(?s)\| Entity.*?\n\n", "", PAGES["integration"], count=1)
    place = without_table.index(listed[0])

    def with_list(text):
        return without_table[:place] + text + "\n" + without_table[place + len(listed[0]) :]

    expect(f"{what}", SAME, with_list(said))
    expect(f"{what}, one more", DIFFERENT, with_list(said + said.replace("IntegrationDeleted", "IntegrationPaused")))
    expect(f"{what}, one less", DIFFERENT, with_list(said.replace("IntegrationDeleted", "Deleted")))
CREATED_UTC = "| string                                      | required | When"
for what, old, new in [
    ("type", CREATED_UTC, "| ISO 8601 string | required | When"),
    ("type", CREATED_UTC, "| String (date-time) | required | When"),
    ("type", CREATED_UTC, "| string($date-time) | required | When"),
    ("type", "[Service](integration.md#service)  ", "object ([Service](#service))"),
    ("type", "[Service](integration.md#service)  ", "Service object"),
    ("type", "[Service](integration.md#service)  ", "object"),
    ("type", "| bool  ", "| Boolean (`true` / `false`)"),
    ("contract", "| required | The client's token", "| Required, max length 100 characters, non-null | The"),
    ("contract", "| optional | Who has asked", "| optional, `null` if nobody has | Who"),
    ("contract", "| required | The client's token", "| <b>REQUIRED</b>&nbsp; | The"),
    ("contract", "| required | The client's token", "| required, cannot be null | The"),
    ("contract", "| required | The client's token", "| required; `null` is not allowed | The"),
    ("contract", "| required | The client's token", "| required (UTF-8 only, never empty) | The"),
    ("contract", "| required | The client's token", "| required for all clients | The"),
    ("name", "| `IsEnabled` ", "| `IsEnabled` (new) "),
    ("name", "| `IsEnabled` ", "| `IsEnabled` **New** "),
    ("name", "| `IsEnabled` ", "| `IsEnabled`<br>(since 2020) "),
    ("name", "| `IsEnabled` ", "| `IsEnabled` [deprecated](#x) "),
    ("name", "| `IsEnabled` ", '| • "IsEnabled" '),
    ("type", CREATED_UTC, "| date and time | required | When"),
    ("type", "| bool  ", "| `true` or `false`"),
    ("heading", "### Service", "### The `Service` object"),
    ("heading", "### Service", "### Object: Service"),
    ("heading", "### Service", "### Properties of service"),
    ("heading", "### Integration created data", "### Event *IntegrationCreated*"),
    ("heading", "### Integration created data", "### `Data` for `IntegrationCreated`"),
    ("columns", "| Property      | Type       ", "| Property name | Data type"),
    ("columns", "| Property |", "| **PROPERTY** |"),
]:
    expect(f"{what}: {new}", SAME, changed("integration", old, new))

# The same in every part, and yet not the same.
for what, old, new in [
    ("type", "[Service](integration.md#service)  ", "[Service](#service) or [Enterprise](#enterprise)"),
    ("type", "[Service](integration.md#service)  ", "dictionary of [Service](#service)"),
    ("type", "[Service](integration.md#service)  ", "[Enterprise](#service)"),
    ("type", CREATED_UTC, "| date | required | When"),
    ("type", CREATED_UTC, "| string (date) | required | When"),
    ("type", CREATED_UTC, "| string (Unix time) | required | When"),
    ("type", CREATED_UTC, "| string or object | required | When"),
    ("type", CREATED_UTC, "| string or [Enterprise](#enterprise) | required | When"),
    ("type", CREATED_UTC, "| map of string | required | When"),
    ("type", CREATED_UTC, "| string set | required | When"),
    *[
        ("contract", "| required | The client's token", f"| {presence} | The")
        for presence in (
            "required, may be absent",
            "required, can be omitted",
            "required (sometimes missing)",
            "required for chains",
            "required in most cases",
            "required until 2026",
            "required, deprecated",
            "required, null until 2020",
            "optional (required from 2027)",
        )
    ],
    ("name", "| `IsEnabled` ", "| `IsEnabled` (`Enabled`) "),
    ("name", "| `IsEnabled` ", "| `IsEnabled`<br>`Scope` "),
]:
    expect(f"{what}: {new}", DIFFERENT, changed("integration", old, new))

# What both contracts of the table say is known.
requestor = "[Requestor](integration.md#requestor)       | optional |"
expect("known", SAME, changed("integration", requestor, requestor.replace("optional", "required")))

# ── changes, each at every place ────────────────────────────────────────────────────────────────

TABLE = re.compile(r"(?m)^\|? *\**Property\b.*\n.*\n((?:.*\|.*\n)+)")


def rows_of(text):
    """The rows of the tables of properties: where, the name, the cells."""
    for table in TABLE.finditer(text):
        for row in re.finditer(r"(?m)^.*\n", table[1]):
            cells = row[0].strip().strip("|").split("|")
            name = re.sub(r"<[^>]*>|[`*\s]|\[\^1\]", "", cells[0])
            yield table.start(1) + row.start(), row[0], name, cells


def with_cell(row, cells, index, new):
    parts = list(cells)
    parts[index] = f" {new} "
    outer = "|" if row.lstrip().startswith("|") else ""
    return outer + "|".join(parts) + outer + "\n"


rows = 0
for page, text in PAGES.items():
    text = without_samples(text)  # to be quick
    for at, row, name, cells in rows_of(text):
        rows += 1

        def replaced(new):
            return text[:at] + new + text[at + len(row) :]

        where = f"{page}, {name} at {at}"
        status, report = run(replaced(""))
        is_whole_table = report["verdict"] == "unreadable" and "without rows" in str(report)
        expect(f"{where}: removed", UNREADABLE if is_whole_table else DIFFERENT, replaced(""))
        expect(f"{where}: renamed", DIFFERENT, replaced(with_cell(row, cells, 0, f"`{name}2`")))
        expect(f"{where}: in lower case", DIFFERENT, replaced(with_cell(row, cells, 0, f"`{name.lower()}`")))
        expect(f"{where}: number", DIFFERENT, replaced(with_cell(row, cells, 1, "number")))
        expect(f"{where}: any", DIFFERENT, replaced(with_cell(row, cells, 1, "any")))
        if name != "Events":
            expect(f"{where}: list", DIFFERENT, replaced(with_cell(row, cells, 1, "array of [Thing](#thing)")))
        if name not in ("Data", "Value"):
            expect(f"{where}: another object", DIFFERENT, replaced(with_cell(row, cells, 1, "[Thing](#thing)")))
        word = "required" if "optional" in cells[2].lower() else "optional"
        expect(f"{where}: {word}", SAME if name == "Requestor" else DIFFERENT, replaced(with_cell(row, cells, 2, word)))
        expect(f"{where}: empty", UNREADABLE, replaced(with_cell(row, cells, 2, "")))
        expect(f"{where}: if", DIFFERENT, replaced(with_cell(row, cells, 2, "required if it is known")))
        expect(f"{where}: one more", DIFFERENT, replaced(row + with_cell(row, cells, 0, "`Thing`")))
        expect(f"{where}: twice", DIFFERENT, replaced(row + row))
    for table in TABLE.finditer(text):
        for column in ("Property", "Type", "Contract"):
            lost = re.sub(rf"\b{column}\b", "Remarks", table[0], count=1)
            expect(f"{page}, {table.start()}: without {column}", UNREADABLE, spliced(text, table, lost))
        expect(f"{page}, {table.start()}: no table", (DIFFERENT, UNREADABLE), spliced(text, table, ""))
    for heading in re.finditer(r"(?m)^#{3,6} .*$|^\*\*\w+\*\*$", text):
        section = re.match(r"\s*(?:\|?.*Property.*\n|[^#]*?\n\|? *Property)", text[heading.end() :])
        if section and not re.search(r"(?i)\bdata$|\bbody$|terminology|\bvalue$|\bevent$", heading[0]):
            # Where a link leads to it, the section is the same under another name.
            expect(f"{page}, {heading[0]}: another heading", DIFFERENT, spliced(text, heading, "### Thing"))
    for entry in re.finditer(rf"(?m)^(?:(?:[-*+]|\d\.) \W*|\|.*?)\b({TAGS})\b.*\n", text):
        if re.search(r"Property|Contract|required", entry[0]):
            continue
        at = f"{page}, {entry[1]} at {entry.start()}"
        another = entry[0].replace(entry[1], "ThingHappened")
        expect(f"{at}: removed", DIFFERENT, spliced(text, entry, ""))
        expect(f"{at}: renamed", DIFFERENT, spliced(text, entry, another))
        expect(f"{at}: one more", DIFFERENT, spliced(text, entry, entry[0] + another))
    for cut in (0.3, 0.5, 0.7):
        expect(f"{page}: cut off at {cut}", (DIFFERENT, UNREADABLE), text[: int(cut * len(text))])
if rows < 70:
    faults.append(f"only {rows} rows were changed")

HEADER = "| Property | Type | Contract |\n| - | - | - |\n"

# ── what is said of them ────────────────────────────────────────────────────────────────────────

expect(
    "a new property",
    DIFFERENT,
    changed("integration", "| `IsEnabled`   | bool", "| `IsTest` | bool | optional | New. |\n| `IsEnabled`   | bool"),
    told=[("new_property", "IntegrationCreated.IsTest")],
)
expect(
    "a renamed property",
    DIFFERENT,
    changed("integration", "| `ApiKey`  ", "| `Key`  "),
    told=[("new_property", "IntegrationApiKeyCreated.Key"), ("missing_property", "IntegrationApiKeyCreated.ApiKey")],
)
expect(
    "another type and presence",
    DIFFERENT,
    changed("integration", "| bool                                        | required |", "| string | optional |"),
    told=[("type", "IntegrationCreated.IsEnabled"), ("contract", "IntegrationCreated.IsEnabled")],
)
expect(
    "another object",
    DIFFERENT,
    changed("integration", "[Service](integration.md#service)  ", "[Enterprise](integration.md#enterprise)  "),
    told=[("type", "IntegrationCreated.Service")],
)
expect(
    "null",
    DIFFERENT,
    changed("integration", "| `Email`  | string |", "| `Email`  | string or null |"),
    told=[("type", "Requestor.Email")],
)
paused = "| Integration | `IntegrationPaused` | It rests |\n"
expect(
    "a new action",
    DIFFERENT,
    changed("integration", "| Integration | `IntegrationEnabled`", paused + "| Integration | `IntegrationEnabled`"),
    told=[("new_action", "IntegrationPaused")],
)
actions = re.search(r"(?ms)^- `IntegrationCreated`.*?\n\n", PAGES["integration"])
# Another tag in what is said of one is none of the list.
of_another = re.sub(r"(?m)^- `(\w+)`", r"○ `\1` unlike `IntegrationCreated`:", actions[0])
renamed = of_another.replace("○ `IntegrationCreated`", "○ `Thing`")
told = [("missing_action", "IntegrationCreated"), ("new_action", "Thing")]
expect("a renamed action", DIFFERENT, spliced(PAGES["integration"], actions, renamed), told=told)
for what, new in {
    "a list of its own": "Soon:\n\n- `IntegrationPaused` - It rests.\n\n",
    "a sentence": "There is `IntegrationPaused`, too.\n\n",
    "a quotation": "> There is IntegrationPaused, too.\n\n",
    "a heading": "#### IntegrationPaused\n\n",
    "without back-ticks": "- IntegrationPaused - It rests.\n\n",
    "a link": "- [IntegrationPaused](#x) - It rests.\n\n",
    "behind a word": "- **New:** `IntegrationPaused` - It rests.\n\n",
}.items():
    told = [("new_action", "IntegrationPaused")]
    joined = actions[0].rstrip("\n") + "\n" if new.startswith("- ") else actions[0]
    expect(f"a new action: {what}", DIFFERENT, spliced(PAGES["integration"], actions, joined + new), told=told)
unusual = spliced(PAGES["integration"], actions, actions[0].rstrip("\n") + "\n- `Integration.Paused` - It rests.\n\n")
expect("a new action: a dot", DIFFERENT, unusual, told=[("new_action", "Integration.Paused")])
expect(
    "a discriminator in a list of its own",
    DIFFERENT,
    changed("both", "Other:\n", "Products:\n\n+ `ProductUpdated`: changed\n\nOther:\n"),
    told=[("new_discriminator", "ProductUpdated")],
)
expect(
    "a discriminator without back-ticks",
    DIFFERENT,
    changed("general", "| Payment | `Pay", "| Product | ProductUpdated | It has changed |\n| Payment | `Pay"),
    told=[("new_discriminator", "ProductUpdated")],
)
of_both = changed("integration", "- It was", "- As `CustomerAdded`, it was")
expect("a discriminator of the other page", SAME, of_both, PAGES["general"])
expect(
    "a new discriminator",
    DIFFERENT,
    changed("general", "| Payment | `Pay", "| Product | `ProductUpdated` | It has changed |\n| Payment | `Pay"),
    told=[("new_discriminator", "ProductUpdated")],
)
expect(
    "a value of its own",
    DIFFERENT,
    changed(
        "general",
        "A message was added. | [Entity updated data](#entity-updated-data)",
        "A message was added. | [Message added data](#message-added-data)",
    )
    + f"\n### Message added data\n\n{HEADER}"
    + "| `Id` | string | required |\n| `ThreadId` | string | required |\n",
    told=[("new_property", "EntityEvent.ThreadId")],
)
expect(
    "a new object",
    DIFFERENT,
    PAGES["integration"] + f"\n### Address\n\n{HEADER}| `Id` | string | required |\n",
    told=[("new_object", "Address")],
)
service = re.search(r"(?s)### Service\n.*?(?=### )", PAGES["integration"])[0]
expect("no object", DIFFERENT, changed("integration", service, ""), told=[("missing_object", "Service")])
expect("moved", SAME, changed("integration", service, "") + "\n" + service)
expect("moved to another file", SAME, changed("integration", service, ""), service)

# ── samples ─────────────────────────────────────────────────────────────────────────────────────

for old, new, pointer in [
    ('"Requestor": null,', '"Requestor": "somebody",', "/Data/Requestor"),
    ('"Requestor": null,', '"Requestor": null, "Scope": null,', "/Data/Scope"),
    ('"IsEnabled": true', '"IsEnabled": 1', "/Data/IsEnabled"),
    ('"CreatedUtc": "2020-02-29T12:00:00Z"', '"CreatedUtc": "2020-02-30T12:00:00Z"', "/Data/CreatedUtc"),
    ('"AccessToken": "INVENTED-TOKEN",', "", "/Data/AccessToken"),
    ('"Action": "IntegrationCreated"', '"Action": "IntegrationPaused"', "/Action"),
    ('"Action"', '"Event"', "/Action"),
    ('"Action": ', '"Action" ', ""),
    ('"Invented partner" }\n', '"Invented partner" },\n', ""),
]:
    told = [("sample", pointer)] + [("sample", "/Event")] * (new == '"Event"')
    expect(f"sample: {new}", DIFFERENT, changed("integration", old, new), told=told)
part = changed("nested", '"DeletedUtc": null,', '"DeletedUtc": 1,')
expect("sample: a part", DIFFERENT, part, told=[("sample", "/Data/DeletedUtc")])
element = changed("both", '{"Id": "c1"}', '{"Id": null}')
expect("sample: an element", DIFFERENT, element, told=[("sample", "/Events/0/Value/Id")])
sample = re.search(r"(?ms)^```json\n(.*?)^```\n", PAGES["integration"])
for what, new in {
    "other names": sample[0].replace('"Action"', '"Event"').replace('"Data"', '"Payload"'),
    "names in lower case": sample[0].replace('"Action"', '"action"').replace('"Data"', '"data"'),
    "single quotes": sample[0].replace('"', "'"),
    "names without quotes": re.sub(r'"(\w+)":', r"\1:", sample[0]),
    "put into another": f'```json\n{{"Webhook": {sample[1]}}}\n```\n',
    "a list": f"```json\n[{sample[1]}]\n```\n",
    "something behind it": f"```json\n{sample[1]}}}\n```\n",
}.items():
    expect(f"sample: {what}", DIFFERENT, spliced(PAGES["integration"], sample, new))
wrong = sample[1].replace(": true", ": 1")
told = [("sample", "/Data/IsEnabled")]
for what, new in {
    "indented": "\n".join("    " + line for line in wrong.split("\n")) + "\n",
    "in a quotation": "> ```json\n" + re.sub(r"(?m)^", "> ", wrong.rstrip()) + "\n> ```\n",
    "HTML": f"<pre><code>{html.escape(wrong)}</code></pre>\n",
    "in a line": f"As `{' '.join(wrong.split())}`.\n",
    "in an entry": f"- ```json\n{wrong}```\n",
    "of a program": f"```typescript\nconst body = {wrong.rstrip()};\n```\n",
    "of a command": f"```bash\ncurl -d '{wrong.rstrip()}' https://example.com\n```\n",
    "of a request": f"```http\nPOST /mews HTTP/1.1\n\n{wrong}```\n",
    "behind a right one": f"{sample[0][:-4]}{wrong}```\n",
}.items():
    expect(f"sample: {what}", DIFFERENT, spliced(PAGES["integration"], sample, new), told=told)
right = "### Service\n\n" + '```json\n{"Id": "s1", "Name": "Stay"}\n```\n\n'
expect("sample: a part of the content", SAME, changed("integration", "### Service\n\n", right))
wrong = changed("integration", "### Service\n\n", right.replace('"s1"', "3"))
expect("sample: a part of the content, wrong", DIFFERENT, wrong, told=[("sample", "/Data/Service/Id")])
for language in ("", "javascript", "JSON", 'json title="Body"'):
    wrong = changed("integration", "```json", f"```{language}").replace(": true", ": 1")
    expect(f"sample: {language}", DIFFERENT, wrong)

# ── no such page ────────────────────────────────────────────────────────────────────────────────

for what, text in {
    "empty": "",
    "white space": " \n\t\n",
    "an error": "<!DOCTYPE html>\n<html><head><title>502</title></head><body><h1>Bad Gateway</h1></body></html>\n",
    "an error after a line": "\n<html>\n<body>Not found</body></html>",
    "an error as text": "404: Not Found",
    "JSON": '{"message": "Not Found"}',
    "not UTF-8": b"# Integration Webhooks\n\xff\xfe",
    "another page": f"# Customers\n\n## Get all customers\n\n{HEADER}| `Client` | string | required |\n",
    "only a list": PAGES["integration"].split("## Request body")[0],
    "no tables": re.sub(r"(?m)^\|.*\n", "", PAGES["integration"]),
    "no headings": re.sub(r"(?m)^#+ ", "", PAGES["integration"]),
    "half of it": PAGES["integration"].split("### Service")[0],
    "no columns": re.sub(r"(?m)^\|.*Property.*\n\|[-: |]*\n", "", PAGES["general"]),
    "a code block without an end": PAGES["integration"].replace("\n```\n", "\n", 1),
    "an empty sample": re.sub(r"(?s)```json\n.*?```", "```json\n```", PAGES["integration"]),
    "no list": re.sub(r"(?m)^(- `|\| Integration \|).*\n", "", PAGES["integration"]),
    "other columns": PAGES["integration"]
    + "\n### Address\n\n| Field | Kind | Presence |\n| - | - | - |\n| Id | string | required |\n",
    "struck through": PAGES["integration"].replace("| `ApiKey`  ", "| ~~`ApiKey`~~  "),
    "another name for Contract": PAGES["integration"].replace("| Contract |", "| Necessity |"),
}.items():
    expect(what, UNREADABLE, text)
    expect(f"{what}, beside one that is whole", UNREADABLE, PAGES["general"], text)

in_bullets = re.sub(r"(### Event\n\n)(\|.*\n)+", r"\1- `Value`\n", PAGES["general"])
expect("bullets for a table", UNREADABLE, in_bullets)

# ── the program ─────────────────────────────────────────────────────────────────────────────────

page = ROOT / "tests/drift/pages/integration.md"
for arguments, status, out in [
    ([page], 0, "12 objects and 1 samples compared: 0 differences"),
    ([directory / "nowhere.md"], 2, "not readable: No such file"),
    ([], 2, ""),
    (["--frobnicate", page], 2, ""),
    ([f"--inspect={directory / 'nowhere'}", page], 2, ""),
    (["--help"], 0, "Exit status"),
]:
    count += 1
    command = [sys.executable, ROOT / "tools/drift", f"--inspect={INSPECT}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != status or out not in done.stdout or "Traceback" in done.stderr:
        faults.append(f"tools/drift {arguments}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
different = directory / "different.md"
different.write_text(changed("integration", "| `ApiKey`  ", "| `Key`  "), encoding="utf-8")
command = [sys.executable, ROOT / "tools/drift", f"--inspect={INSPECT}", different]
done = subprocess.run(command, capture_output=True, text=True)
line = PAGES["integration"].split("| `ApiKey`  ")[0].count("\n") + 1
line_told = f"{different}:{line}: new_property: IntegrationApiKeyCreated.Key is new\n"
if line_told not in done.stdout or done.returncode != 1:
    faults.append(f"a difference is told as\n{done.stdout}{done.stderr}")

print("\n".join(faults), file=sys.stderr)
print(f"{count} pages, {len(faults)} faults")
sys.exit(1 if faults else 0)
