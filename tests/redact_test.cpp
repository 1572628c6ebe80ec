/// @file
/// What redact leaves of a body: held against a rule of what is open that is written down here a
/// second time, on purpose, for every string and number of every body.

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using results::replaced;
using results::under;

namespace {

// ── a reader of JSON that knows nothing of the contract ─────────────────────────────────────────

struct Value {
    const Value* parent = nullptr;
    std::string name{};  ///< Of a property, unescaped; empty for an element.
    std::string pointer{};
    std::string text{};       ///< Of a string, unescaped.
    char kind = 0;            ///< The first byte; `0` for a number.
    bool is_first = true;     ///< No property of this name stands before it, nor above it.
    bool stands_once = true;  ///< Nor is there one behind it.
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<Value> children{};
};

/// Reads a text that is well-formed.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    Value read() {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
        Value body;
        value(body);
        return body;
    }

  private:
    void skip() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    /// Of escape sequences it knows what matters in these bodies.
    std::string string() {
        std::string out;
        for (++at_; text_[at_] != '"'; ++at_) {
            if (text_[at_] != '\\') {
                out += text_[at_];
            } else if (text_[++at_] == 'u') {
                out += static_cast<char>(
                    std::stoi(std::string{text_.substr(at_ + 1, 4)}, nullptr, 16));
                at_ += 4;
            } else {
                out += text_[at_];
            }
        }
        ++at_;
        return out;
    }

    void value(Value& out) {
        skip();
        out.begin = at_;
        out.kind = text_[at_];
        if (out.kind == '"') {
            out.text = string();
        } else if (out.kind == '{' || out.kind == '[') {
            ++at_;
            members(out);
        } else {
            if (out.kind == '-' || (out.kind >= '0' && out.kind <= '9')) out.kind = '0';
            at_ = std::min(text_.find_first_of(" \t\r\n,]}", at_), text_.size());
        }
        out.end = at_;
        skip();
    }

    void members(Value& out) {
        const char close = out.kind == '{' ? '}' : ']';
        for (skip(); text_[at_] != close; skip()) {
            Value child;
            child.pointer = std::to_string(out.children.size());
            if (out.kind == '{') {
                child.name = child.pointer = string();
                skip();
                ++at_;
            }
            value(child);
            out.children.push_back(std::move(child));
            if (text_[at_] == ',') ++at_;
        }
        ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

/// Makes the links that a Value has to others, once they all stay where they are.
void link(Value& value) {
    std::map<std::string, std::size_t> counts;
    for (Value& child : value.children) {
        child.parent = &value;
        child.pointer = value.pointer + '/' + child.pointer;
        child.is_first = value.is_first && (value.kind == '[' || counts[child.name]++ == 0);
    }
    for (Value& child : value.children) {
        child.stands_once = value.kind == '[' || counts[child.name] == 1;
        link(child);
    }
}

void collect(const Value& value, std::vector<const Value*>& out) {
    out.push_back(&value);
    for (const Value& child : value.children)
        collect(child, out);
}

/// The first property of this name.
const Value* property(const Value* object, std::string_view name) {
    if (object == nullptr || object->kind != '{') return nullptr;
    for (const Value& child : object->children) {
        if (child.name == name) return &child;
    }
    return nullptr;
}

// ── what the contract calls open ────────────────────────────────────────────────────────────────

enum class Shown { open, personal, nothing };

/// The properties of `Data` and its objects that are strings and open.
const std::map<std::string_view, std::set<std::string_view>> open_in_data{
    {"IntegrationCreated",
     {"/Data/Enterprise/Id", "/Data/Enterprise/Name", "/Data/Service/Id", "/Data/Service/Name",
      "/Data/CreatedUtc", "/Data/Integration/Id", "/Data/Integration/Name"}},
    {"IntegrationEnabled", {"/Data/Integration/Id", "/Data/Integration/Name"}},
    {"IntegrationDisabled", {"/Data/Integration/Id", "/Data/Integration/Name"}},
    {"IntegrationCanceled", {"/Data/Integration/Id", "/Data/Integration/Name"}},
    {"IntegrationReinstated", {"/Data/Integration/Id", "/Data/Integration/Name"}},
    {"IntegrationDeleted", {"/Data/DeletedUtc", "/Data/Integration/Id", "/Data/Integration/Name"}},
    {"IntegrationApiKeyCreated", {"/Data/Integration/Id", "/Data/Integration/Name"}},
};

const std::set<std::string_view> known_discriminators{
    "ServiceOrderUpdated", "ResourceUpdated", "MessageAdded",  "ResourceBlockUpdated",
    "CustomerAdded",       "CustomerUpdated", "PaymentUpdated"};

class Rule {
  public:
    explicit Rule(const Value& body) : body_(body) {}

    [[nodiscard]] Shown of(const Value& value) const {
        if (value.kind != '"' || !value.is_first) return Shown::nothing;
        const bool is_general =
            property(&body_, "Action") == nullptr && property(&body_, "Events") != nullptr;
        return is_general ? in_general_webhook(value) : in_integration_webhook(value);
    }

  private:
    [[nodiscard]] Shown in_integration_webhook(const Value& value) const {
        if (value.pointer == "/Action") return Shown::open;
        const Value* const action = property(&body_, "Action");
        if (action == nullptr || action->kind != '"') return Shown::nothing;
        const auto known = open_in_data.find(action->text);
        if (known == open_in_data.end()) return in_unknown_event(value);
        const bool is_personal =
            value.pointer == "/Data/Requestor/Name" || value.pointer == "/Data/Requestor/Email";
        if (is_personal && known->first == "IntegrationCreated") return Shown::personal;
        if (known->second.count(value.pointer) == 0) return Shown::nothing;
        if (!value.pointer.ends_with("Utc")) return Shown::open;
        return timestamp_from_iso8601(value.text) ? Shown::open : Shown::nothing;
    }

    /// Its Integration, if that is there once and keeps to the contract.
    [[nodiscard]] Shown in_unknown_event(const Value& value) const {
        if (!value.pointer.starts_with("/Data/Integration/")) return Shown::nothing;
        const Value& integration = *value.parent;
        if (!integration.stands_once || integration.kind != '{') return Shown::nothing;
        for (const std::string_view name : {"Id", "Name"}) {
            const Value* const text = property(&integration, name);
            if (text == nullptr || text->kind != '"' || !text->stands_once) return Shown::nothing;
        }
        return value.name == "Id" || value.name == "Name" ? Shown::open : Shown::nothing;
    }

    [[nodiscard]] Shown in_general_webhook(const Value& value) const {
        if (value.pointer == "/EnterpriseId" || value.pointer == "/IntegrationId")
            return Shown::open;
        std::vector<const Value*> path;
        for (const Value* at = &value; at != nullptr; at = at->parent)
            path.insert(path.begin(), at);
        // The body, Events, an element, and what it has.
        if (path.size() < 4 || path[1]->name != "Events" || path[1]->kind != '[')
            return Shown::nothing;
        if (path.size() == 4) {
            return value.name == "Discriminator" ? Shown::open : Shown::nothing;
        }
        if (path.size() != 5 || path[3]->name != "Value" || value.name != "Id")
            return Shown::nothing;
        const Value* const discriminator = property(path[2], "Discriminator");
        if (discriminator == nullptr || discriminator->kind != '"') return Shown::nothing;
        const bool is_known = known_discriminators.count(discriminator->text) != 0;
        return is_known || value.stands_once ? Shown::open : Shown::nothing;
    }

    const Value& body_;
};

/// What redact must make of a well-formed text.
std::string expected_of(std::string_view text) {
    Value body = Reader{text}.read();
    link(body);
    std::vector<const Value*> values;
    collect(body, values);
    const Rule rule{body};
    std::string out;
    std::size_t copied = 0;
    for (const Value* value : values) {
        std::string_view mask;
        if (value->kind == '0') mask = "0";
        if (value->kind == '"') {
            const Shown shown = rule.of(*value);
            if (shown == Shown::open) continue;
            mask = shown == Shown::personal ? "\"[masked]\"" : "\"[redacted]\"";
        }
        if (mask.empty()) continue;
        out.append(text.substr(copied, value->begin - copied)).append(mask);
        copied = value->end;
    }
    return out.append(text.substr(copied));
}

std::vector<const Value*> strings_and_numbers(const Value& body) {
    std::vector<const Value*> values;
    collect(body, values);
    values.erase(
        std::remove_if(values.begin(), values.end(),
                       [](const Value* value) { return value->kind != '"' && value->kind != '0'; }),
        values.end());
    return values;
}

// ── what is checked of a body ───────────────────────────────────────────────────────────────────

using Finding = std::pair<ErrorCode, std::string>;

std::vector<Finding> findings(std::string_view body, const ParseOptions& options) {
    std::vector<Finding> found;
    for (const Error& violation : inspect(body, options).violations)
        found.emplace_back(violation.code, violation.pointer);
    return found;
}

/// Redacts a well-formed body, and checks what holds of every result.
std::string check_redacted(const std::string& body, Contract contract) {
    const Result<std::string> result = redact(body, under(contract));
    REQUIRE(result.has_value());
    CHECK(*result == expected_of(body));
    ParseOptions larger = under(contract);
    larger.max_body_bytes = result->size() + larger.max_body_bytes;
    CHECK((redact(*result, larger) == result));
    CHECK((findings(*result, larger) == findings(body, under(contract))));
    return *result;
}

const std::string guid = "9e5e84e9-974d-4f16-9662-ab2200f27cb1";

/// Bodies of General Webhooks, and of what tests/payloads does not have.
const std::vector<std::string>& own_bodies() {
    static const std::vector<std::string> bodies{
        R"({"EnterpriseId":"e","IntegrationId":"i","Events":[]})",
        R"({"Events":[{"Discriminator":"ServiceOrderUpdated","Value":{"Id":"1"}},
            {"Value":{"Id":"2","State":"Started"},"Discriminator":"MessageAdded","Order":7},
            {"Discriminator":"ResourceDeleted","Value":{"Id":"3","AccessToken":"t"}},
            {"Discriminator":"ResourceDeleted","Value":{"Id":"4","Id":"5"}},
            {"Value":{"Name":"n"},"Discriminator":"New"}],
            "EnterpriseId":"e","IntegrationId":"i",
            "Entities":{"Customers":[{"Id":"c","Email":"a@example.com","Age":41,"Vip":true}]}})",
        // Broken ones.
        R"({"EnterpriseId":7,"Events":["a",{"Discriminator":1,"Value":{"Id":"1"}},
            {"Discriminator":"CustomerAdded","Discriminator":"New","Value":{"Id":2,"Id":"3"}},
            {"Discriminator":"New","Value":["4"]},[{"Discriminator":"New"}]],"Events":"again"})",
        R"({"Events":[{"Discriminator":"CustomerAdded","Value":{"Id":"1"}}],"Action":"New",
            "EnterpriseId":"e","Data":{"Integration":{"Id":"i","Name":"n","Type":"t"},"Id":"1"}})",
        R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}},
            "Events":[{"Discriminator":"CustomerAdded","Value":{"Id":"1"}}],
            "Data":{"Integration":{"Id":"j","Name":"m"}}})",
        R"({"Action":1,"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}}})",
        R"({"Data":{"Integration":{"Id":"i","Name":"n"}},"Type":"IntegrationEnabled","Size":-1.5e+7})",
        R"(["a",1,{"Action":"IntegrationEnabled"}])",
        R"("a")",
        R"(-0.5E-9)",
        "true",
    };
    return bodies;
}

bool is_well_formed(const std::string& body) {
    const std::vector<Finding> found = findings(body, {});
    return found.empty() || kind_of(found.front().first) == ErrorKind::contract;
}

/// The well-formed bodies that are not too large to be changed at every value.
const std::vector<std::string>& well_formed() {
    static const std::vector<std::string> bodies = [] {
        std::vector<std::string> found = own_bodies();
        for (const payloads::Payload& payload : payloads::all()) {
            if (is_well_formed(payload.body)) found.push_back(payload.body);
        }
        return found;
    }();
    return bodies;
}

}  // namespace

TEST_CASE("redact leaves what is open, and masks all other strings and numbers") {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {R"({"Action":"IntegrationCreated","Data":{"Enterprise":{"Id":"e","Name":"Hotel"},
             "Service":{"Id":"s","Name":"Stay"},"Requestor":{"Name":"Ida","Email":"i@example.com"},
             "AccessToken":"t","CreatedUtc":"2024-02-29T08:15:30Z","IsEnabled":true,
             "Integration":{"Id":"i","Name":"n"},"Score":17,"Note":null}})",
         R"({"Action":"IntegrationCreated","Data":{"Enterprise":{"Id":"e","Name":"Hotel"},
             "Service":{"Id":"s","Name":"Stay"},"Requestor":{"Name":"[masked]","Email":"[masked]"},
             "AccessToken":"[redacted]","CreatedUtc":"2024-02-29T08:15:30Z","IsEnabled":true,
             "Integration":{"Id":"i","Name":"n"},"Score":0,"Note":null}})"},
        {R"({"Events":[{"Discriminator":"New","Value":{"Id":"7","AccessToken":"t"}}],
             "EnterpriseId":"e","IntegrationId":"i","Entities":{"Customers":["Ida",-1.5e7]}})",
         R"({"Events":[{"Discriminator":"New","Value":{"Id":"7","AccessToken":"[redacted]"}}],
             "EnterpriseId":"e","IntegrationId":"i","Entities":{"Customers":["[redacted]",0]}})"},
        // Open, but not of the declared type.
        {R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":"t","Integration":{"Id":7,"Name":["n"]}}})",
         R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":"[redacted]","Integration":{"Id":0,"Name":["[redacted]"]}}})"},
        // White space, order, names and their spelling stay, and so does a byte order mark.
        {"\xEF\xBB\xBF {\r\n\t\"x\\u0041\\\"\" :\"\\\"\\\\\",\"D\\u0061ta\": {} , \"Action\" : "
         "\"New\\n\" } \n",
         "\xEF\xBB\xBF {\r\n\t\"x\\u0041\\\"\" :\"[redacted]\",\"D\\u0061ta\": {} , \"Action\" : "
         "\"New\\n\" } \n"},
    };
    for (const auto& [body, expected] : rows) {
        const Result<std::string> result = redact(body);
        REQUIRE(result.has_value());
        CHECK(*result == expected);
    }
}

TEST_CASE("every well-formed body is redacted by the rule, and its verdict stays") {
    for (const Contract contract : results::contracts) {
        for (const std::string& body : well_formed()) {
            INFO(body.substr(0, 300));
            check_redacted(body, contract);
        }
    }
}

TEST_CASE("a marker in the place of any value is shown exactly where that is open") {
    const std::string plain = "pLaNtEd";
    const std::string number = "918273645";
    const std::string markers[] = {'"' + plain + '"', R"("p\u004caN\u0074Ed")", number};
    std::size_t open = 0;
    std::size_t masked_ones = 0;
    for (const std::string& body : well_formed()) {
        Value root = Reader{body}.read();
        link(root);
        const std::vector<const Value*> places = strings_and_numbers(root);
        // A body that holds one thing over and over is changed at its ends.
        const std::size_t some = 40;
        for (std::size_t i = 0; i != places.size(); ++i) {
            if (i >= some && i + some < places.size()) continue;
            const Value& place = *places[i];
            for (const std::string& marker : markers) {
                std::string planted = body;
                planted.replace(place.begin, place.end - place.begin, marker);
                Value changed = Reader{planted}.read();
                link(changed);
                const Value& there = *strings_and_numbers(changed).at(i);
                REQUIRE(there.begin == place.begin);
                const bool is_open = Rule{changed}.of(there) == Shown::open;
                for (const Contract contract : results::contracts) {
                    INFO(place.pointer << " of " << planted.substr(0, 300));
                    const std::string result = check_redacted(planted, contract);
                    CHECK((result.find(marker) != std::string::npos) == is_open);
                    if (!is_open) CHECK(result.find(plain) == std::string::npos);
                }
                is_open ? ++open : ++masked_ones;
            }
        }
    }
    CHECK(open > 200);
    CHECK(masked_ones > 1000);
}

TEST_CASE("a body that is not well-formed gives its error, and no text") {
    std::size_t count = 0;
    for (const payloads::Payload& payload : payloads::all()) {
        if (is_well_formed(payload.body)) continue;
        INFO(payload.label());
        const Result<std::string> result = redact(payload.body);
        REQUIRE_FALSE(result.has_value());
        CHECK((result.error() == inspect(payload.body).violations.front()));
        ++count;
    }
    CHECK(count > 60);
    const ParseOptions small{Contract::observed, 7, 1};
    CHECK((redact(R"({"a":""})", small) == Error{ErrorCode::body_too_large, "", 0}));
    CHECK((redact(R"([[]])", small) == Error{ErrorCode::nesting_too_deep, "", 1}));
    CHECK((redact(R"(["a"])", small) == std::string{R"(["[redacted]"])"}));
}

TEST_CASE("a megabyte of values, and any depth, is redacted") {
    const auto repeated = [](std::string_view text, std::size_t count) {
        std::string out;
        for (std::size_t i = 0; i != count; ++i)
            out += text;
        return out;
    };
    const std::string numbers = "{\"a\":[" + repeated("7,", 500'000) + "7]}";
    CHECK((redact(numbers) == replaced(numbers, "7", "0")));
    const std::string names = "{" + repeated(R"("a":"",)", 140'000) + R"("Action":""})";
    CHECK((redact(names) == replaced(names, R"("a":"")", R"("a":"[redacted]")")));

    constexpr std::size_t depth = 100'000;
    const ParseOptions deep{Contract::observed, std::size_t{1} << 20, depth};
    const std::string open(depth - 1, '[');
    const std::string close(depth - 1, ']');
    CHECK((redact("{\"Data\":" + open + "1" + close + "}", deep) ==
           "{\"Data\":" + open + "0" + close + "}"));
    CHECK((redact("{\"Data\":[" + open + "1" + close + "]}", deep) ==
           Error{ErrorCode::nesting_too_deep, "", depth + 7}));
}
