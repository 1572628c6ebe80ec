/// @file
/// The bodies that are read: those of tests/payloads, and made ones that are large or malicious.

#pragma once

#include <array>
#include <cstddef>
#include <random>
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

/// Ignored content without a pattern that a branch predictor could learn: a megabyte of each kind.
class RandomContent {
  public:
    static constexpr std::size_t total = 1'000'000;

    std::vector<std::string> strings() {
        return bodies([this] { return string(); });
    }
    std::vector<std::string> numbers() {
        return bodies([this] { return number(); });
    }
    std::vector<std::string> nested() {
        return bodies([this] { return nested(4); });
    }

  private:
    std::size_t below(std::size_t limit) { return random_() % limit; }

    std::string string() { return '"' + std::string(below(40), 'x') + '"'; }

    std::string number() {
        std::string text = below(2) == 0 ? "-" : "";
        text += std::to_string(below(std::size_t{1} << below(31)));
        if (below(2) == 0) text += '.' + std::to_string(below(1000));
        if (below(4) == 0) text += 'e' + std::to_string(below(100));
        return text;
    }

    std::string nested(std::size_t levels) {
        const std::size_t kind = below(levels == 0 ? 3 : 5);
        if (kind == 0) return string();
        if (kind == 1) return number();
        if (kind == 2) return below(2) == 0 ? "true" : "null";
        std::string text;
        for (std::size_t count = below(5); count != 0; --count) {
            if (!text.empty()) text += ',';
            if (kind == 3) text += string() + ':';
            text += nested(levels - 1);
        }
        return kind == 3 ? '{' + text + '}' : '[' + text + ']';
    }

    template <class Make>
    std::vector<std::string> bodies(Make&& make) {
        std::vector<std::string> all;
        for (std::size_t size = 0; size < total; size += all.back().size()) {
            std::string list = "[0";
            while (list.size() < 4096)
                list += ',' + make();
            all.push_back(enabled_with(list + ']'));
        }
        return all;
    }

    std::mt19937 random_{1};
};

struct GeneralOptions {
    bool one_unknown = false;  ///< Whether the event in the middle has an unknown discriminator.
    std::size_t entities = 0;  ///< The bytes of the legacy `Entities` object, for each event.
    bool value_first = false;  ///< Whether `Value` stands before `Discriminator`.
};

/// A General Webhook of so many events, compact.
inline std::string general(std::size_t count, const GeneralOptions& options = {}) {
    constexpr std::array names{"ServiceOrderUpdated",  "ResourceUpdated", "MessageAdded",
                               "ResourceBlockUpdated", "CustomerAdded",   "CustomerUpdated",
                               "PaymentUpdated"};
    std::mt19937 random(1);
    const auto id = [&] {
        std::string text = "00000000-0000-4000-8000-000000000000";
        for (char& c : text) {
            if (c == '0') c = "0123456789abcdef"[random() % 16];
        }
        return '"' + text + '"';
    };
    std::string body =
        R"({"EnterpriseId":)" + id() + R"(,"IntegrationId":)" + id() + R"(,"Events":[)";
    for (std::size_t i = 0; i != count; ++i) {
        if (i != 0) body += ',';
        const char* const name = options.one_unknown && i == count / 2
                                     ? "ResourceDeleted"
                                     : names[random() % names.size()];
        const std::string discriminator = std::string{R"("Discriminator":")"} + name + '"';
        const std::string value = R"("Value":{"Id":)" + id() + '}';
        body += options.value_first ? '{' + value + ',' + discriminator + '}'
                                    : '{' + discriminator + ',' + value + '}';
    }
    body += ']';
    if (options.entities != 0) {
        body += R"(,"Entities":{"ServiceOrders":[)";
        for (std::size_t i = 0; i != count; ++i) {
            if (i != 0) body += ',';
            std::string entity = R"({"Id":)" + id();
            while (entity.size() < options.entities) {
                entity += R"(,"CustomerId":)" + id() +
                          R"(,"State":"Confirmed","Amount":{"Currency":"EUR","Net":)" +
                          std::to_string(random() % 1000) +
                          R"(,"Tax":[{"Code":"A","Value":12.5}]})";
            }
            body += entity + '}';
        }
        body += "]}";
    }
    return body + '}';
}

inline std::vector<NamedBody> general_bodies() {
    return {
        {"general/1", general(1)},
        {"general/100", general(100)},
        {"general/1000", general(1000)},
        {"general/1-value-first", general(1, {.value_first = true})},
        {"general/100-value-first", general(100, {.value_first = true})},
        {"general/1-entities", general(1, {.entities = 1000})},
        {"general/100-entities", general(100, {.entities = 1000})},
        {"general/100-one-unknown", general(100, {.one_unknown = true})},
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
