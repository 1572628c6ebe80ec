#include "reference_reader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace fuzz {
namespace {

// ── the contract ────────────────────────────────────────────────────────────────────────────────

enum class Need { required, nullable, optional };
enum class Kind { string, boolean, timestamp, object, events };

struct Rule {
    std::string_view name;
    Kind kind;
    Need documented = Need::required;
    Need observed = Need::required;
    const std::vector<Rule>* inside = nullptr;
};

using Rules = std::vector<Rule>;

const Rules named{{"Id", Kind::string}, {"Name", Kind::string}};
const Rules person{{"Name", Kind::string}, {"Email", Kind::string}};
const Rule integration{"Integration", Kind::object, Need::required, Need::required, &named};

const std::map<std::string, Rules> actions{
    {"IntegrationCreated",
     {{"Enterprise", Kind::object, Need::required, Need::required, &named},
      {"Service", Kind::object, Need::optional, Need::optional, &named},
      {"Requestor", Kind::object, Need::nullable, Need::optional, &person},
      {"AccessToken", Kind::string},
      {"CreatedUtc", Kind::timestamp},
      {"IsEnabled", Kind::boolean},
      integration}},
    {"IntegrationEnabled", {integration}},
    {"IntegrationDisabled", {integration}},
    {"IntegrationCanceled", {integration}},
    {"IntegrationReinstated", {integration}},
    {"IntegrationDeleted",
     {{"DeletedUtc", Kind::timestamp, Need::required, Need::nullable}, integration}},
    {"IntegrationApiKeyCreated", {integration, {"ApiKey", Kind::string}}},
};

const Rule id{"Id", Kind::string};

const std::map<std::string, Rules> discriminators{
    {"ServiceOrderUpdated", {id}},  {"ResourceUpdated", {id}}, {"MessageAdded", {id}},
    {"ResourceBlockUpdated", {id}}, {"CustomerAdded", {id}},   {"CustomerUpdated", {id}},
    {"PaymentUpdated", {id}},
};

const Rules general{
    {"EnterpriseId", Kind::string}, {"IntegrationId", Kind::string}, {"Events", Kind::events}};

/// A timestamp as to_json writes it; nothing if it is none.
std::optional<std::string> normalized(std::string_view text) {
    constexpr std::string_view form = "0000-00-00T00:00:00";
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() <= form.size()) return std::nullopt;
    for (std::size_t i = 0; i != form.size(); ++i) {
        if (form[i] == '0' ? !is_digit(text[i]) : text[i] != form[i]) return std::nullopt;
    }
    const auto number = [&](std::size_t at, std::size_t size) {
        return std::stoi(std::string{text.substr(at, size)});
    };
    const int year = number(0, 4);
    const int month = number(5, 2);
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const std::array days{31, is_leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year == 0 || month == 0 || month > 12 || number(8, 2) == 0 ||
        number(8, 2) > days[static_cast<std::size_t>(month - 1)] || number(11, 2) > 23 ||
        number(14, 2) > 59 || number(17, 2) > 59) {
        return std::nullopt;
    }
    std::string out{text.substr(0, form.size())};
    text.remove_prefix(form.size());
    if (text.front() == '.') {
        const auto end = std::find_if_not(text.begin() + 1, text.end(), is_digit);
        std::string fraction{text.begin(), end};
        if (fraction.size() < 2 || fraction.size() > 8) return std::nullopt;
        text.remove_prefix(fraction.size());
        while (fraction.back() == '0')
            fraction.pop_back();
        if (fraction != ".") out += fraction;
    }
    if (text != "Z" && text != "+00:00") return std::nullopt;
    return out + 'Z';
}

// ── values by their places ──────────────────────────────────────────────────────────────────────

struct Node {
    std::string_view text;    ///< The value, as it stands in the body.
    std::string_view name{};  ///< Of a member, with quotes.
    std::size_t behind = 0;   ///< The node behind it and all inside it.
};

/// The values of a JSON text, each before those inside it.
std::vector<Node> nodes_of(std::string_view text) {
    std::vector<Node> nodes;
    std::vector<std::size_t> open;
    std::string_view name;
    for (std::size_t at = 0; at != text.size();) {
        const char c = text[at];
        std::size_t end = at + 1;
        if (c == '}' || c == ']') {
            Node& closed = nodes[open.back()];
            closed.behind = nodes.size();
            closed.text = {closed.text.data(), text.data() + end};
            open.pop_back();
        } else if (std::string_view{" \t\r\n,:"}.find(c) == std::string_view::npos) {
            if (c == '"') {
                while (text[end] != '"')
                    end += text[end] == '\\' ? 2U : 1U;
                ++end;
                const std::size_t next = text.find_first_not_of(" \t\r\n", end);
                if (next != std::string_view::npos && text[next] == ':') {
                    name = text.substr(at, end - at);
                    at = end;
                    continue;
                }
            } else if (c == '{' || c == '[') {
                open.push_back(nodes.size());
            } else {
                end = std::min(text.find_first_of(" \t\r\n,]}", at), text.size());
            }
            nodes.push_back({text.substr(at, end - at), std::exchange(name, {}), nodes.size() + 1});
        }
        at = end;
    }
    return nodes;
}

std::string unquoted(std::string_view string) {
    return nlohmann::json::parse(string).get<std::string>();
}

std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump();
}

// ── the reader ──────────────────────────────────────────────────────────────────────────────────

class Reader {
  public:
    Reader(std::string_view text, bool documented)
        : text_(text), nodes_(nodes_of(text)), documented_(documented) {}

    Expected read(Family family) {
        expected_.json = family == Family::integration
                             ? tagged(0, "Action", "Data", actions, integration, "")
                             : object(0, general, "");
        return std::move(expected_);
    }

    Family family() const {
        bool has_events = false;
        if (first(0) == '{') {
            for (std::size_t i = 1; i != nodes_.size(); i = nodes_[i].behind) {
                const std::string name = unquoted(nodes_[i].name);
                if (name == "Action") return Family::integration;
                has_events = has_events || name == "Events";
            }
        }
        return has_events ? Family::general : Family::integration;
    }

  private:
    char first(std::size_t node) const { return nodes_[node].text.front(); }

    /// The fault that comes first in the text is the one that is reported.
    std::string fault(const char* code, std::size_t node, const std::string& pointer) {
        const auto offset = static_cast<std::size_t>(nodes_[node].text.data() - text_.data());
        if (expected_.code.empty() || offset < expected_.offset) {
            expected_.code = code;
            expected_.pointer = pointer;
            expected_.offset = offset;
        }
        return {};
    }

    std::string value(std::size_t node, const Rule& rule, const std::string& pointer) {
        switch (rule.kind) {
            case Kind::string:
                if (first(node) != '"') return fault("wrong_type", node, pointer);
                return quoted(unquoted(nodes_[node].text));
            case Kind::boolean:
                if (first(node) != 't' && first(node) != 'f') {
                    return fault("wrong_type", node, pointer);
                }
                return std::string{nodes_[node].text};
            case Kind::timestamp: {
                if (first(node) != '"') return fault("wrong_type", node, pointer);
                const auto timestamp = normalized(unquoted(nodes_[node].text));
                return timestamp ? quoted(*timestamp) : fault("invalid_timestamp", node, pointer);
            }
            case Kind::object:
                return object(node, *rule.inside, pointer);
            case Kind::events:
                return events(node, pointer);
        }
        return {};
    }

    std::string events(std::size_t node, const std::string& pointer) {
        if (first(node) != '[') return fault("wrong_type", node, pointer);
        std::string json;
        std::size_t index = 0;
        for (std::size_t i = node + 1; i != nodes_[node].behind; i = nodes_[i].behind, ++index) {
            const std::string at = pointer + '/' + std::to_string(index);
            if (index != 0) json += ',';
            json += first(i) == 'n' ? fault("unexpected_null", i, at)
                                    : tagged(i, "Discriminator", "Value", discriminators, id, at);
        }
        return '[' + json + ']';
    }

    std::string object(std::size_t node, const Rules& rules, const std::string& pointer) {
        if (first(node) != '{') return fault("wrong_type", node, pointer);
        std::vector<std::optional<std::string>> values(rules.size());
        for (std::size_t i = node + 1; i != nodes_[node].behind; i = nodes_[i].behind) {
            const std::string name = unquoted(nodes_[i].name);
            for (std::size_t k = 0; k != rules.size(); ++k) {
                if (rules[k].name != name) continue;
                const std::string at = pointer + '/' + name;
                if (values[k]) {
                    fault("duplicate_property", i, at);
                } else if (first(i) != 'n') {
                    values[k] = value(i, rules[k], at);
                } else {
                    values[k] = "null";
                    if (need(rules[k]) == Need::required) fault("unexpected_null", i, at);
                }
            }
        }
        std::string json;
        for (std::size_t k = 0; k != rules.size(); ++k) {
            const std::string name{rules[k].name};
            if (!values[k] && need(rules[k]) != Need::optional) {
                fault("missing_property", node, pointer + '/' + name);
            }
            const std::string text = values[k].value_or("null");
            const bool is_left_out = text == "null" && rules[k].documented == Need::optional &&
                                     rules[k].observed == Need::optional;
            if (is_left_out) continue;
            json += (json.empty() ? "" : ",") + quoted(name) + ':' + text;
        }
        return '{' + json + '}';
    }

    Need need(const Rule& rule) const { return documented_ ? rule.documented : rule.observed; }

    std::string tagged(std::size_t node, const std::string& tag, const std::string& content,
                       const std::map<std::string, Rules>& alternatives, const Rule& taken,
                       const std::string& pointer) {
        if (first(node) != '{') return fault("wrong_type", node, pointer);
        // Of a property that stands twice, the first counts.
        std::size_t tag_at = 0;
        std::size_t content_at = 0;
        for (std::size_t i = node + 1; i != nodes_[node].behind; i = nodes_[i].behind) {
            const std::string name = unquoted(nodes_[i].name);
            if (name != tag && name != content) continue;
            std::size_t& found = name == tag ? tag_at : content_at;
            const std::string at = pointer + '/' + name;
            if (found != 0) {
                fault("duplicate_property", i, at);
                continue;
            }
            found = i;
            if (first(i) == 'n') {
                fault("unexpected_null", i, at);
            } else if (first(i) != (name == tag ? '"' : '{')) {
                fault("wrong_type", i, at);
            }
        }
        if (tag_at == 0) fault("missing_property", node, pointer + '/' + tag);
        if (content_at == 0) fault("missing_property", node, pointer + '/' + content);
        if (tag_at == 0 || content_at == 0 || first(tag_at) != '"' || first(content_at) != '{') {
            return {};
        }
        const std::string name = unquoted(nodes_[tag_at].text);
        if (content_at < tag_at && node != 0) expected_.is_common = false;
        std::string json;
        if (const auto known = alternatives.find(name); known != alternatives.end()) {
            json = object(content_at, known->second, pointer + '/' + content);
        } else {
            json = nodes_[content_at].text;
            expected_.is_common = false;
            take(content_at, taken);
        }
        return '{' + quoted(tag) + ':' + quoted(name) + ',' + quoted(content) + ':' + json + '}';
    }

    /// Notes what is taken of an unknown content: a property that stands there once, and is right.
    void take(std::size_t node, const Rule& rule) {
        std::size_t count = 0;
        std::string json = "null";
        for (std::size_t i = node + 1; i != nodes_[node].behind; i = nodes_[i].behind) {
            if (unquoted(nodes_[i].name) != rule.name) continue;
            ++count;
            Expected before = std::exchange(expected_, {});
            json = value(i, rule, "");
            if (!std::exchange(expected_, std::move(before)).code.empty()) json = "null";
        }
        expected_.taken.push_back(count == 1 ? json : "null");
    }

    std::string_view text_;
    std::vector<Node> nodes_;
    bool documented_;
    Expected expected_{};
};

}  // namespace

Expected read_by_reference(std::string_view text, Family family, bool documented) {
    return Reader{text, documented}.read(family);
}

Family family_by_reference(std::string_view text) {
    return Reader{text, false}.family();
}

}  // namespace fuzz
