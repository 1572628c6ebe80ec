/// @file
/// The bodies that are read: those of tests/payloads, and made ones that are large or malicious.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct NamedBody {
    std::string name;
    std::string body;
};

/// An IntegrationEnabled with `ignored` as a further member of its Data.
inline std::string enabled_with(std::string_view ignored) {
    std::string body = R"({"Action":"IntegrationEnabled","Data":{)";
    if (!ignored.empty()) body.append(R"("Ignored":)").append(ignored).append(",");
    body += R"("Integration":{"Id":"e2a94c70-3b1d-4f68-95ce-b1c200e4a903","Name":"Door Locks"}}})";
    return body;
}

/// `unit` as often as it takes to come to about `size` bytes.
inline std::string repeated(std::string_view unit, std::size_t size) {
    std::string text;
    text.reserve(size + unit.size());
    while (text.size() < size)
        text += unit;
    return text;
}

inline std::string in_array(std::string_view unit, std::size_t size) {
    std::string text = "[" + repeated(std::string{unit} + ",", size);
    text.back() = ']';
    return text;
}

/// Bodies that differ only in how much of them is ignored.
inline std::vector<NamedBody> with_ignored(std::size_t size) {
    return {
        {"text", enabled_with('"' + repeated("Nice view ", size) + '"')},
        {"numbers", enabled_with(in_array("-12.5e3", size))},
        {"objects",
         enabled_with(in_array(R"({"Id":"4c1b","Tags":["a","b"],"Size":{"X":1,"Y":2}})", size))},
    };
}

/// Bodies of about `size` bytes that somebody made to cost as much as they can.
inline std::vector<NamedBody> adversarial(std::size_t size) {
    const std::string integration =
        R"("Integration":{"Id":"e2a94c70-3b1d-4f68-95ce-b1c200e4a903","Name":"Door Locks"})";
    const auto enabled = [&](const std::string& before, const std::string& after) {
        return R"({"Action":"IntegrationEnabled","Data":{)" + before + integration + after + "}}";
    };
    const auto with_text = [](const std::string& text) {
        return R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"1","Name":")" + text +
               R"("}}})";
    };
    std::string deep;
    for (std::size_t level = 0; level != 61; ++level)
        deep += '[';
    deep += std::string(61, ']');

    std::vector<NamedBody> bodies{
        {"data-before-action", R"({"Data":{)" + integration + R"(,"X":)" +
                                   in_array(R"({"Y":"text"})", size) +
                                   R"(},"Action":"IntegrationEnabled"})"},
        {"unknown-data-before-action", R"({"Data":{)" + integration + R"(,"X":)" +
                                           in_array(R"({"Y":"text"})", size) +
                                           R"(},"Action":"IntegrationPraised"})"},
        {"ignored-duplicates", enabled(repeated(R"("X":1,)", size), "")},
        {"near-names", enabled(repeated(R"("Integratiom":1,)", size), "")},
        {"escaped-names", enabled(repeated(R"("\u0049\u006etegration\u0073":1,)", size), "")},
        {"long-name", enabled('"' + repeated("Integration", size) + R"(":1,)", "")},
        {"long-escaped-name", enabled('"' + repeated("\\u0049", size) + R"(":1,)", "")},
        {"escaped-text", with_text(repeated("\\u0041", size))},
        {"short-escapes-in-text", with_text(repeated("\\n", size))},
        {"surrogate-pairs-in-text", with_text(repeated("\\ud83d\\udd11", size))},
        {"backslashes-in-text", with_text(repeated("\\\\", size))},
        {"quotes-in-text", with_text(repeated("\\\"", size))},
        {"multi-byte-text", with_text(repeated("\xF0\x9F\x94\x91", size))},
        {"deep", enabled_with(in_array(deep, size))},
        {"empty-objects", enabled_with(in_array("{}", size))},
        {"empty-texts", enabled_with(in_array(R"("")", size))},
        {"digits", enabled_with(in_array("1", size))},
        {"literals", enabled_with(in_array("null", size))},
        {"long-number", enabled_with(repeated("1234567890", size))},
        {"white-space", enabled(repeated(" \n\t\r", size), "")},
        {"white-space-in-array", enabled_with("[" + repeated(" \n\t\r", size) + "]")},
        {"white-space-after-text", enabled("", repeated(" ", size))},
    };
    // Refused at the very end: all has been read before, and then is read again for the error.
    for (std::size_t i = 0, accepted = bodies.size(); i != accepted; ++i) {
        const NamedBody& whole = bodies[i];
        bodies.push_back({whole.name + "-cut", whole.body.substr(0, whole.body.size() - 1)});
    }
    bodies.push_back({"many-duplicates", enabled("", repeated("," + integration, size))});
    bodies.push_back({"open-brackets", enabled("\"X\":" + std::string(size, '['), "")});
    bodies.push_back({"quotes-only", std::string(size, '"')});
    bodies.push_back({"backslashes-only", '"' + std::string(size, '\\')});
    bodies.push_back({"not-utf8", std::string(size, '\xFF')});
    return bodies;
}

}  // namespace bench
