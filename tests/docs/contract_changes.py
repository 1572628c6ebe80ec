#!/usr/bin/env python3
"""Makes the changes that CONTRIBUTING.md describes, in a copy, and looks whether all else follows.

    contract_changes.py COMPILER ROOT BUILD [FLAG...]

Each change touches the files that its row of the table in CONTRIBUTING.md names, and no others. With
all of them made, one program parses, inspects, redacts, prints, copies and writes what is new, and
the schemas have it.
"""

import pathlib
import re
import shutil
import subprocess
import sys

HEADERS = "include/mews/webhooks"

# By the first cell of the row: (file, what stands there, what to put before it).
CHANGES = {
    "property": [
        (
            "integration_events.hpp",
            "    bool operator==(const BasicIntegrationDisabled&) const = default;",
            "    std::optional<bool> is_final{};\n    std::optional<Timestamp> disabled_utc{};\n\n",
        ),
        (
            "contract.hpp",
            "    };\n};\n\ntemplate <class Text>\nstruct Description<BasicIntegrationCanceled<Text>> {",
            '        property("IsFinal", &Self::is_final, optional),\n'
            '        property("DisabledUtc", &Self::disabled_utc, optional),\n',
        ),
    ],
    "property of a new type, such as an integer": [
        (
            "integration_events.hpp",
            "    bool operator==(const BasicIntegrationCanceled&) const = default;",
            "    std::optional<std::int64_t> reason{};\n\n",
        ),
        (
            "contract.hpp",
            "    };\n};\n\ntemplate <class Text>\nstruct Description<BasicIntegrationReinstated<Text>> {",
            '        property("Reason", &Self::reason, optional),\n',
        ),
        (
            "detail/wire_types.hpp",
            "/// @endcond\n\n}  // namespace mews::webhooks::wire",
            """template <>
struct Type<std::int64_t> {
    static constexpr Kind kind = Kind::number;
    static constexpr std::string_view name = "integer";
    static constexpr std::string_view schema = R"("type": "integer")";
    static constexpr std::string_view example = "7";
    static constexpr std::string_view counterexample = "7.5";
    static constexpr ErrorCode unreadable = ErrorCode::wrong_type;
    using Owned = std::int64_t;

    static bool read(std::string_view text, std::int64_t& value) noexcept {
        const char* const end = text.data() + text.size();
        const auto [behind, fault] = std::from_chars(text.data(), end, value);
        return fault == std::errc{} && behind == end;
    }
    static void write(std::string& out, std::int64_t value) { out += std::to_string(value); }
    static void print(std::string& out, std::int64_t value) { write(out, value); }
    static Owned own(std::int64_t value) noexcept { return value; }
};
""",
        ),
        ("detail/wire_types.hpp", "#include <cstdint>\n", "#include <charconv>\n"),
    ],
    "event (`Action`)": [
        (
            "integration_events.hpp",
            "    unknown,                      ///< Any other: an UnknownEvent.",
            "    integration_paused,           ///< IntegrationPaused\n",
        ),
        (
            "integration_events.hpp",
            "/// An `Action` that this version of the library does not know",
            """/// `IntegrationPaused`
template <class Text>
struct BasicIntegrationPaused {
    Timestamp until_utc{};                 ///< `UntilUtc`
    BasicIntegration<Text> integration{};  ///< `Integration`

    bool operator==(const BasicIntegrationPaused&) const = default;
};

""",
        ),
        (
            "integration_events.hpp",
            "using UnknownEvent = BasicUnknownEvent<std::string>;",
            "using IntegrationPaused = BasicIntegrationPaused<std::string>;\n"
            "using IntegrationPausedView = BasicIntegrationPaused<std::string_view>;\n",
        ),
        (
            "integration_events.hpp",
            "BasicUnknownEvent<Text>>;",
            "BasicIntegrationPaused<Text>, ",
        ),
        (
            "contract.hpp",
            "template <class Text>\nstruct Description<BasicUnknownEvent<Text>> {",
            """template <class Text>
struct Description<BasicIntegrationPaused<Text>> {
    using Self = BasicIntegrationPaused<Text>;
    static constexpr std::string_view name = "IntegrationPaused";
    static constexpr auto properties = std::tuple{
        property("UntilUtc", &Self::until_utc, required),
        property("Integration", &Self::integration, required),
    };
};

""",
        ),
    ],
    "`Discriminator`": [
        (
            "general_events.hpp",
            "    unknown,                 ///< Any other: an UnknownEntityEvent.",
            "    product_updated,         ///< ProductUpdated\n",
        ),
        (
            "contract.hpp",
            '    });\n    static constexpr auto properties = std::tuple{\n        property("Id", &Self::id, required),',
            '        "ProductUpdated",\n',
        ),
    ],
}

PROGRAM = r"""
#undef NDEBUG
#include <cassert>
#include <iostream>
#include <sstream>

#include <mews/webhooks.hpp>

using namespace mews::webhooks;

template <class T>
std::string shown(const T& value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

/// A body that is accepted, by both readers, and is what it was after each way round.
void accepts(const std::string& body, const std::string& printed) {
    const auto webhook = parse_webhook(body);
    if (!webhook) std::cerr << webhook.error() << '\n';
    assert(webhook.has_value());
    assert(to_json(*webhook) == body);
    assert(shown(*webhook) == printed);
    Parser parser;
    assert(to_owned(*parser.parse_webhook_view(body)) == *webhook);
    // With an escape sequence in the tag it is the exact walk's.
    std::string escaped = body;
    escaped.replace(escaped.find(':') + 2, 1, "\\u00" + std::string{"0123456789ABCDEF"[escaped[escaped.find(':') + 2] >> 4], "0123456789ABCDEF"[escaped[escaped.find(':') + 2] & 15]});
    assert(parse_webhook(escaped) == webhook);
    assert(inspect(body).violations.empty());
    for (const Notice& notice : inspect(body).notices)
        assert(notice.code == NoticeCode::id_is_no_guid);
    assert(*redact(body) == body);
}

void refuses(const std::string& body, ErrorCode code, const std::string& pointer) {
    const auto error = parse_webhook(body).error();
    assert(error.code == code && error.pointer == pointer);
    assert(inspect(body).violations.front() == error);
}

int main() {
    const std::string disabled = R"({"Action":"IntegrationDisabled","Data":{"Integration":{"Id":"1","Name":"n"})";
    accepts(disabled + R"(,"IsFinal":true,"DisabledUtc":"2026-01-02T03:04:05Z"}})",
            "IntegrationDisabled {Integration: {Id: \"1\", Name: \"n\"}, IsFinal: true, DisabledUtc: 2026-01-02T03:04:05Z}");
    refuses(disabled + R"(,"IsFinal":1}})", ErrorCode::wrong_type, "/Data/IsFinal");
    refuses(disabled + R"(,"DisabledUtc":"today"}})", ErrorCode::invalid_timestamp, "/Data/DisabledUtc");

    const std::string canceled = R"({"Action":"IntegrationCanceled","Data":{"Integration":{"Id":"1","Name":"n"})";
    const auto event = parse(canceled + R"(,"Reason":42}})");
    assert(std::get<IntegrationCanceled>(*event).reason == 42);
    assert(to_json(*event) == canceled + R"(,"Reason":42}})");
    refuses(canceled + R"(,"Reason":4.2}})", ErrorCode::wrong_type, "/Data/Reason");
    refuses(canceled + R"(,"Reason":"x"}})", ErrorCode::wrong_type, "/Data/Reason");
    assert(*redact(canceled + R"(,"Reason":42,"Other":42}})") == canceled + R"(,"Reason":42,"Other":0}})");

    accepts(R"({"Action":"IntegrationPaused","Data":{"UntilUtc":"2026-01-02T03:04:05Z","Integration":{"Id":"1","Name":"n"}}})",
            "IntegrationPaused {UntilUtc: 2026-01-02T03:04:05Z, Integration: {Id: \"1\", Name: \"n\"}}");
    assert(action_named("IntegrationPaused") == Action::integration_paused);
    refuses(R"({"Action":"IntegrationPaused","Data":{"Integration":{"Id":"1","Name":"n"}}})",
            ErrorCode::missing_property, "/Data/UntilUtc");

    accepts(R"({"EnterpriseId":"e","IntegrationId":"i","Events":[{"Discriminator":"ProductUpdated","Value":{"Id":"p"}}]})",
            "GeneralWebhook {EnterpriseId: \"e\", IntegrationId: \"i\", Events: [ProductUpdated {Id: \"p\"}]}");
    assert(to_string(Discriminator::product_updated) == "ProductUpdated");
}
"""


def main():
    compiler, root, build, *flags = sys.argv[1:]
    root, build = pathlib.Path(root), pathlib.Path(build)
    copy = build / "contract_changes"
    shutil.rmtree(copy, ignore_errors=True)
    generators = pathlib.Path("tools", "generators")
    for folder in ("include", generators, "schema"):
        shutil.copytree(root / folder, copy / folder)

    rows = dict(
        re.findall(r"^\| ([^|]+?) \| ((?:[^|]|\\\|)+) \|$", (root / "CONTRIBUTING.md").read_text(), re.M)
    )
    faults = []
    for change, edits in CHANGES.items():
        if change not in rows:
            sys.exit(f"CONTRIBUTING.md has no row '{change}' in its table of changes")
        named = set(re.findall(r"`([a-z_/]+\.hpp)`", rows[change]))
        if "besides" in rows[change]:
            named |= set(re.findall(r"`([a-z_/]+\.hpp)`", rows["property"]))
        touched = {file for file, _, _ in edits}
        for file in sorted(touched - named):
            faults.append(f"'{change}' takes a change of {file}, which CONTRIBUTING.md does not name")
        for file, anchor, addition in edits:
            path = copy / HEADERS / file
            text = path.read_text(encoding="utf-8")
            if text.count(anchor) != 1:
                sys.exit(f"{file} has not once, but {text.count(anchor)} times: {anchor!r}")
            path.write_text(text.replace(anchor, addition + anchor), encoding="utf-8")
    if faults:
        sys.exit("\n".join(faults))

    (copy / "program.cpp").write_text(PROGRAM, encoding="utf-8")
    compile_ = [compiler, "-std=c++20", f"-I{copy / 'include'}"]
    subprocess.run([*compile_, copy / "program.cpp", "-o", copy / "program", *flags], check=True)
    subprocess.run([copy / "program"], check=True)

    subprocess.run([*compile_, copy / generators / "write_schema.cpp", "-o", copy / "write_schema", *flags], check=True)
    subprocess.run([copy / "write_schema", copy / "schema"], check=True)
    schema = (copy / "schema/webhook.schema.json").read_text(encoding="utf-8")
    for name in ("IsFinal", "DisabledUtc", "Reason", "integer", "IntegrationPaused", "UntilUtc", "ProductUpdated"):
        if f'"{name}"' not in schema:
            sys.exit(f"the schema does not have {name}")


if __name__ == "__main__":
    main()
