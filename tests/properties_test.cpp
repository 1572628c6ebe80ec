/// @file
/// Every property of the contract, with everything that can be wrong with it, under both contracts
/// and in both orders of a tag, `Action` or `Discriminator`, and its content.
///
/// The table here is the contract as it is documented, written down a second time on purpose: the
/// bodies and the results they must give are made from it, and the library's own table must say the
/// same.

#include <cctype>
#include <cstddef>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using wire::Presence;
using enum ErrorCode;

namespace {

enum class Type { string, secret, timestamp, boolean, object, list };

struct Entry {
    std::string_view object;
    std::string_view property;
    Type type;
    Presence documented;
    Presence observed;

    [[nodiscard]] Presence presence(Contract contract) const {
        return contract == Contract::documented ? documented : observed;
    }
};

constexpr Presence R = Presence::required;
constexpr Presence N = Presence::nullable;
constexpr Presence O = Presence::optional;

/// In the order in which missing properties are reported.
constexpr Entry entries[] = {
    {"Enterprise", "Id", Type::string, R, R},
    {"Enterprise", "Name", Type::string, R, R},
    {"Service", "Id", Type::string, R, R},
    {"Service", "Name", Type::string, R, R},
    {"Requestor", "Name", Type::string, R, R},
    {"Requestor", "Email", Type::string, R, R},
    {"Integration", "Id", Type::string, R, R},
    {"Integration", "Name", Type::string, R, R},
    {"IntegrationCreated", "Enterprise", Type::object, R, R},
    {"IntegrationCreated", "Service", Type::object, O, O},
    {"IntegrationCreated", "Requestor", Type::object, N, O},
    {"IntegrationCreated", "AccessToken", Type::secret, R, R},
    {"IntegrationCreated", "CreatedUtc", Type::timestamp, R, R},
    {"IntegrationCreated", "IsEnabled", Type::boolean, R, R},
    {"IntegrationCreated", "Integration", Type::object, R, R},
    {"IntegrationEnabled", "Integration", Type::object, R, R},
    {"IntegrationDisabled", "Integration", Type::object, R, R},
    {"IntegrationCanceled", "Integration", Type::object, R, R},
    {"IntegrationReinstated", "Integration", Type::object, R, R},
    {"IntegrationDeleted", "DeletedUtc", Type::timestamp, R, N},
    {"IntegrationDeleted", "Integration", Type::object, R, R},
    {"IntegrationApiKeyCreated", "Integration", Type::object, R, R},
    {"IntegrationApiKeyCreated", "ApiKey", Type::secret, R, R},
    {"GeneralWebhook", "EnterpriseId", Type::string, R, R},
    {"GeneralWebhook", "IntegrationId", Type::string, R, R},
    {"GeneralWebhook", "Events", Type::list, R, R},
    {"EntityEvent", "Id", Type::string, R, R},
};

constexpr std::string_view events[] = {
    "IntegrationCreated",       "IntegrationEnabled",    "IntegrationDisabled",
    "IntegrationCanceled",      "IntegrationReinstated", "IntegrationDeleted",
    "IntegrationApiKeyCreated",
};

constexpr std::string_view kinds[] = {
    "ServiceOrderUpdated", "ResourceUpdated", "MessageAdded",   "ResourceBlockUpdated",
    "CustomerAdded",       "CustomerUpdated", "PaymentUpdated",
};

/// An object in a body whose properties are tried.
struct Subject {
    std::string_view object;
    std::string_view tag;      ///< What the body, or the event in it, has for a tag, if one.
    std::string_view pointer;  ///< The object's.
    bool is_general;           ///< Whether the body is a General Webhook.
};

std::vector<Subject> all_subjects() {
    std::vector<Subject> subjects;
    for (const std::string_view event : events)
        subjects.push_back({event, event, "/Data", false});
    subjects.push_back({"GeneralWebhook", "", "", true});
    for (const std::string_view kind : kinds)
        subjects.push_back({"EntityEvent", kind, "/Events/1/Value", true});
    return subjects;
}

/// The way to a property, from the subject on.
using Path = std::vector<const Entry*>;

std::string pointer_of(const Subject& subject, const Path& path) {
    std::string pointer{subject.pointer};
    for (const Entry* entry : path)
        pointer.append("/").append(entry->property);
    return pointer;
}

/// What a body says in the place of a property.
struct Change {
    Path path;
    std::string members;           ///< Instead of the property, name and value.
    bool mark_the_object = false;  ///< Puts a `^` before the object that holds the property.
};

std::string in_quotes(std::string_view text) {
    return '"' + std::string{text} + '"';
}

std::string object_text(const Subject& subject, std::string_view name, const Path& here,
                        const Change& change);

/// What a property says that is as it should be.
std::string good_value(const Subject& subject, const Entry& entry, const Path& path,
                       const Change& change) {
    switch (entry.type) {
        case Type::string:
        case Type::secret:
            return in_quotes("the string at " + pointer_of(subject, path));
        case Type::timestamp:
            return in_quotes("2024-02-29T08:15:30Z");
        case Type::boolean:
            return "true";
        case Type::object:
            return object_text(subject, entry.property, path, change);
        case Type::list:
            return R"([{"Discriminator":"MessageAdded","Value":{"Id":"m"}}])";
    }
    return {};
}

/// An object with all its properties but for the change.
std::string object_text(const Subject& subject, std::string_view name, const Path& here,
                        const Change& change) {
    std::string text;
    bool is_marked = false;
    for (const Entry& entry : entries) {
        if (entry.object != name) continue;
        Path path = here;
        path.push_back(&entry);
        const bool is_changed = path == change.path;
        is_marked |= is_changed && change.mark_the_object;
        const std::string members =
            is_changed ? change.members
                       : in_quotes(entry.property) + ":" + good_value(subject, entry, path, change);
        if (!text.empty() && !members.empty()) text += ',';
        text += members;
    }
    return (is_marked ? "^{" : "{") + text + "}";
}

enum class Order { tag_first, content_first };
constexpr Order orders[] = {Order::tag_first, Order::content_first};

std::string body_text(const Subject& subject, const Change& change, Order order) {
    const std::string object = object_text(subject, subject.object, {}, change);
    if (subject.tag.empty()) return object;
    const std::string tag =
        (subject.is_general ? R"("Discriminator":)" : R"("Action":)") + in_quotes(subject.tag);
    const std::string content = (subject.is_general ? R"("Value":)" : R"("Data":)") + object;
    const std::string tagged = order == Order::tag_first ? "{" + tag + "," + content + "}"
                                                         : "{" + content + "," + tag + "}";
    if (!subject.is_general) return tagged;
    return R"({"EnterpriseId":"e","IntegrationId":"i","Events":[)"
           R"({"Discriminator":"ResourceUpdated","Value":{"Id":"r"}},)" +
           tagged + "]}";
}

/// Each property of each subject, those of its entities too.
void for_each_property_of_subjects(
    const std::function<void(const Subject& subject, const Path& path)>& visit) {
    for (const Subject& subject : all_subjects()) {
        for (const Entry& entry : entries) {
            if (entry.object != subject.object) continue;
            visit(subject, {&entry});
            if (entry.type != Type::object) continue;
            for (const Entry& inner : entries) {
                if (inner.object == entry.property) visit(subject, {&entry, &inner});
            }
        }
    }
}

/// What a text is as a body of its family.
Result<Webhook> read(bool is_general, std::string_view text,
                     Contract contract = Contract::observed) {
    const auto as_any = [](auto value) { return Webhook{std::move(value)}; };
    const ParseOptions options = results::under(contract);
    return is_general ? parse_general(text, options).transform(as_any)
                      : parse(text, options).transform(as_any);
}

/// The text must be refused for this, where its `^` is.
void check_refused(bool is_general, const std::string& text, ErrorCode code,
                   const std::string& pointer, Contract contract) {
    INFO(text);
    const auto [body, offset] = results::marked(text);
    results::check_equal<Webhook>(read(is_general, body, contract), Error{code, pointer, offset});
}

void check_refused(const Subject& subject, const Change& change, ErrorCode code) {
    for (const Contract contract : results::contracts) {
        for (const Order order : orders) {
            check_refused(subject.is_general, body_text(subject, change, order), code,
                          pointer_of(subject, change.path), contract);
        }
    }
}

/// The text must be what the other text is.
void check_same(bool is_general, const std::string& text, const std::string& other,
                Contract contract) {
    INFO(text);
    const Result<Webhook> result = read(is_general, text, contract);
    REQUIRE(result.has_value());
    results::check_equal<Webhook>(result, read(is_general, other, contract));
}

std::string member(std::string_view name, std::string_view value) {
    return in_quotes(name) + ":" + std::string{value};
}

/// The name with each of its characters as an escape.
std::string all_escaped(std::string_view name) {
    std::string text;
    for (const char c : name) {
        text += "\\u00";
        text += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
        text += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 0xF];
    }
    return text;
}

/// The name with one character as an escape.
std::string one_escaped(std::string_view name, std::size_t at) {
    return std::string{name.substr(0, at)} + all_escaped(name.substr(at, 1)) +
           std::string{name.substr(at + 1)};
}

/// Names that are not this one, although they look like it. As they stand in JSON.
std::vector<std::string> near_names(std::string_view name) {
    const std::string text{name};
    std::vector<std::string> near = {
        text + "X",
        text + " ",
        " " + text,
        text + "\\u0000",
        text + "\\\"",
        "\\\"" + text,
        text + "\\u0022",
        text + "s",
        text + "\\\\",
        text + "\xC2\xA0",
        "\\u0000" + text,
        text + text,
        text + ".",
        text.substr(1),
        text.substr(0, 1),
        text.substr(0, text.size() - 1),
        "",
        "\xEF\xBB\xBF" + text,
        text + "\\u00e9",
        text + "\\ud83d\\ude00",
    };
    for (std::size_t at = 0; at != text.size(); ++at) {
        std::string other_case = text;
        const auto c = static_cast<unsigned char>(text[at]);
        other_case[at] =
            static_cast<char>(std::islower(c) != 0 ? std::toupper(c) : std::tolower(c));
        near.push_back(other_case);
        near.push_back(one_escaped(other_case, at));
        near.push_back(text.substr(0, at) + "\\\"" + text.substr(at));
        near.push_back(text.substr(0, at) + "\\u0022" + text.substr(at + 1));
    }
    return near;
}

/// A Type for each type that a member may have.
template <class Member>
constexpr Type type_of() {
    if constexpr (std::is_same_v<Member, std::string_view>) {
        return Type::string;
    } else if constexpr (std::is_same_v<Member, SecretView>) {
        return Type::secret;
    } else if constexpr (std::is_same_v<Member, Timestamp>) {
        return Type::timestamp;
    } else if constexpr (std::is_same_v<Member, bool>) {
        return Type::boolean;
    } else {
        static_assert(wire::Object<Member> || wire::List<Member>,
                      "add the new type to `Type` in tests/properties_test.cpp");
        return wire::List<Member> ? Type::list : Type::object;
    }
}

/// The properties of an object in the library's table, those of the objects in it first.
template <wire::Object Struct>
void check_table_of(std::vector<const Entry*>& seen) {
    constexpr std::string_view object = wire::Description<Struct>::name;
    for (const Entry* entry : seen) {
        if (entry->object == object) return;
    }
    wire::for_each_property<Struct>([&](auto property) {
        using Value = typename decltype(property)::Value;
        if constexpr (wire::Object<Value>) check_table_of<Value>(seen);
    });
    wire::for_each_property<Struct>([&](auto property) {
        INFO("`entries` in tests/properties_test.cpp needs a row: " << object << ", "
                                                                    << property.name);
        const Entry* found = nullptr;
        for (const Entry& entry : entries) {
            if (entry.object == object && entry.property == property.name) found = &entry;
        }
        if (found == nullptr) FAIL("add a row to `entries` in tests/properties_test.cpp");
        seen.push_back(found);
        using Property = decltype(property);
        CHECK((found->documented == property.presence(Contract::documented)));
        CHECK((found->observed == property.presence(Contract::observed)));
        CHECK((found->type == type_of<typename Property::Value>()));
        const auto visibility = found->type == Type::secret ? wire::secret
                                : object == "Requestor"     ? wire::personal
                                                            : wire::open;
        CHECK((property.visibility == visibility));
    });
}

}  // namespace

TEST_CASE("the library's table is the contract, no more and no less") {
    std::vector<const Entry*> seen;
    std::vector<std::string_view> actions;
    wire::for_each_alternative<EventView>([&]<class Struct>(std::type_identity<Struct>) {
        if constexpr (!wire::UnknownObject<Struct>) {
            check_table_of<Struct>(seen);
            actions.push_back(wire::Description<Struct>::name);
        }
    });
    check_table_of<GeneralWebhookView>(seen);
    check_table_of<EntityEventView>(seen);
    std::size_t position = 0;
    for (const Entry& entry : entries) {
        INFO("`entries` has another order than the table, or the table lacks: "
             << entry.object << ", " << entry.property);
        REQUIRE(position < seen.size());
        REQUIRE(seen[position++] == &entry);
    }
    INFO("`events` in tests/properties_test.cpp names every event of the table");
    CHECK(actions == std::vector<std::string_view>(std::begin(events), std::end(events)));
    CHECK(wire::Description<EventView>::tag == "Action");
    CHECK(wire::Description<EventView>::content == "Data");
    INFO("`kinds` in tests/properties_test.cpp names every discriminator of the table");
    CHECK(std::vector<std::string_view>(wire::tags<GeneralEventView>.begin(),
                                        wire::tags<GeneralEventView>.end()) ==
          std::vector<std::string_view>(std::begin(kinds), std::end(kinds)));
    CHECK(wire::Description<GeneralEventView>::tag == "Discriminator");
    CHECK(wire::Description<GeneralEventView>::content == "Value");
}

TEST_CASE("a body with all properties is what it says") {
    for (const Subject& subject : all_subjects()) {
        for (const Contract contract : results::contracts) {
            for (const Order order : orders) {
                const Result<Webhook> result =
                    read(subject.is_general, body_text(subject, {}, order), contract);
                REQUIRE(result.has_value());
                // The writer knows the documented order; each member has the text of its own place.
                CHECK(to_json(*result) == body_text(subject, {}, Order::tag_first));
            }
        }
    }
}

TEST_CASE("a property that is absent") {
    for_each_property_of_subjects([](const Subject& subject, const Path& path) {
        for (const Contract contract : results::contracts) {
            for (const Order order : orders) {
                const Change absent{path, "", true};
                if (path.back()->presence(contract) == O) {
                    const std::string text = body_text(subject, {path, ""}, order);
                    const std::string null =
                        body_text(subject, {path, member(path.back()->property, "null")}, order);
                    check_same(subject.is_general, text, null, contract);
                    CHECK_FALSE((read(subject.is_general, text) ==
                                 read(subject.is_general, body_text(subject, {}, order))));
                } else {
                    check_refused(subject.is_general, body_text(subject, absent, order),
                                  missing_property, pointer_of(subject, path), contract);
                }
            }
        }
    });
}

TEST_CASE("a property that is null") {
    for_each_property_of_subjects([](const Subject& subject, const Path& path) {
        const std::string_view name = path.back()->property;
        for (const Contract contract : results::contracts) {
            for (const Order order : orders) {
                if (path.back()->presence(contract) == R) {
                    check_refused(subject.is_general,
                                  body_text(subject, {path, member(name, "^null")}, order),
                                  unexpected_null, pointer_of(subject, path), contract);
                } else {
                    const std::string text =
                        body_text(subject, {path, member(name, "null")}, order);
                    const Result<Webhook> result = read(subject.is_general, text, contract);
                    REQUIRE(result.has_value());
                    CHECK_FALSE(
                        (result == read(subject.is_general, body_text(subject, {}, order))));
                    // An absent member is null, or absent where both contracts allow that.
                    const std::string written = to_json(*result);
                    CHECK((written.find(in_quotes(name) + ":null") != std::string::npos) ==
                          (path.back()->documented != O || path.back()->observed != O));
                }
            }
        }
    });
}

TEST_CASE("a property of another type") {
    struct Value {
        std::string_view text;
        bool is_string = false;
        bool is_boolean = false;
        bool is_object = false;
        bool is_list = false;
    };
    static constexpr Value values[] = {
        {R"("")", true},
        {R"("true")", true},
        {R"("null")", true},
        {R"("{}")", true},
        {"true", false, true},
        {"false", false, true},
        {"0"},
        {"1"},
        {"-1"},
        {"1.5e3"},
        {"1709194530"},
        {"1e9999"},
        {"123456789012345678901234567890"},
        {"[]", false, false, false, true},
        {"[{}]", false, false, false, true},
        {R"(["a","b"])", false, false, false, true},
        {"[null]", false, false, false, true},
        {"{}", false, false, true},
        {R"({"Id":"i"})", false, false, true},
    };
    for_each_property_of_subjects([](const Subject& subject, const Path& path) {
        const Type type = path.back()->type;
        for (const Value& value : values) {
            const bool fits = value.is_string ? type == Type::string || type == Type::secret ||
                                                    type == Type::timestamp
                              : value.is_boolean ? type == Type::boolean
                              : value.is_object  ? type == Type::object
                              : value.is_list    ? type == Type::list
                                                 : false;
            if (fits) continue;
            const std::string marked = "^" + std::string{value.text};
            check_refused(subject, {path, member(path.back()->property, marked)}, wrong_type);
            // White space around a value does not belong to it.
            check_refused(subject, {path, member(path.back()->property, " \n" + marked + "\t ")},
                          wrong_type);
        }
    });
}

TEST_CASE("a string may be any string, the empty one too; a boolean is true or false") {
    for_each_property_of_subjects([](const Subject& subject, const Path& path) {
        const Type type = path.back()->type;
        const std::string_view name = path.back()->property;
        std::vector<std::string_view> values;
        if (type == Type::string || type == Type::secret) {
            values = {R"("")",
                      R"(" ")",
                      R"("null")",
                      R"("\u0000")",
                      R"("\"")",
                      R"("{}[],:")",
                      "\"\xF0\x9F\x94\x91\"",
                      R"("\ud83d\udd11")"};
        } else if (type == Type::boolean) {
            values = {"true", "false"};
        }
        for (const std::string_view value : values) {
            for (const Order order : orders) {
                const std::string text = body_text(subject, {path, member(name, value)}, order);
                INFO(text);
                const Result<Webhook> result = read(subject.is_general, text);
                REQUIRE(result.has_value());
                results::check_equal<Webhook>(read(subject.is_general, to_json(*result)), result);
                CHECK((result == read(subject.is_general, body_text(subject, {}, order))) ==
                      (value == "true"));
            }
        }
    });
}

TEST_CASE("a timestamp that is not valid") {
    static constexpr std::string_view values[] = {
        R"(^"")",
        R"(^"null")",
        R"(^" 2024-02-29T08:15:30Z")",
        R"(^"2024-02-29T08:15:30Z ")",
        R"(^"2023-02-29T08:15:30Z")",
        R"(^"2024-02-29T08:15:30")",
        R"(^"2024-02-29T08:15:60Z")",
        R"(^"2024-02-29T24:00:00Z")",
        R"(^"2024-02-29T08:15:30z")",
        R"(^"2024-02-29 08:15:30Z")",
        R"(^"2024-02-29T08:15:30.Z")",
        R"(^"2024-02-29T08:15:30.00000000Z")",
        R"(^"2024-02-29T08:15:30-00:00")",
        R"(^"2024-02-29T08:15:30+01:00")",
        R"(^"0000-01-01T00:00:00Z")",
        R"(^"2024-02-29T08:15:30Z\u0000")",
        R"(^"\n")",
    };
    for_each_property_of_subjects([](const Subject& subject, const Path& path) {
        if (path.back()->type != Type::timestamp) return;
        for (const std::string_view value : values)
            check_refused(subject, {path, member(path.back()->property, value)}, invalid_timestamp);
    });
}

TEST_CASE("a property that stands twice") {
    static constexpr std::string_view values[] = {"^null", "^7", R"(^"")", "^{}", "^true", "^[]"};
    for_each_property_of_subjects([](const Subject& subject, const Path& path) {
        const std::string_view name = path.back()->property;
        const std::string good = good_value(subject, *path.back(), path, {});
        const std::string spellings[] = {std::string{name}, all_escaped(name), one_escaped(name, 0),
                                         one_escaped(name, name.size() - 1)};
        for (const std::string& first : spellings) {
            for (const std::string& second : spellings) {
                const std::string both = member(first, good) + "," + member(second, "^" + good);
                check_refused(subject, {path, both}, duplicate_property);
                check_refused(subject, {path, both + "," + member(first, good)},
                              duplicate_property);
            }
            for (const std::string_view value : values) {
                check_refused(subject, {path, member(name, good) + "," + member(first, value)},
                              duplicate_property);
            }
        }
        // Something between the two, and null as the first.
        check_refused(
            subject,
            {path, member(name, good) + R"(,"Extra":[1,{"a":null}],)" + member(name, "^" + good)},
            duplicate_property);
        for (const Contract contract : results::contracts) {
            const bool may_be_null = path.back()->presence(contract) != R;
            const std::string null = may_be_null ? "null" : "^null";
            const std::string second = (may_be_null ? "^" : "") + good;
            check_refused(
                subject.is_general,
                body_text(subject, {path, member(name, null) + "," + member(name, second)},
                          Order::tag_first),
                may_be_null ? duplicate_property : unexpected_null, pointer_of(subject, path),
                contract);
        }
    });
}

TEST_CASE("a property's name may be spelled with escapes") {
    for_each_property_of_subjects([](const Subject& subject, const Path& path) {
        const std::string_view name = path.back()->property;
        const std::string good = good_value(subject, *path.back(), path, {});
        std::vector<std::string> spellings = {all_escaped(name)};
        for (std::size_t at = 0; at != name.size(); ++at)
            spellings.push_back(one_escaped(name, at));
        for (const std::string& spelling : spellings) {
            for (const Order order : orders) {
                check_same(subject.is_general,
                           body_text(subject, {path, member(spelling, good)}, order),
                           body_text(subject, {}, order), Contract::documented);
            }
        }
    });
}

TEST_CASE("a name that differs little from the property's is ignored") {
    for_each_property_of_subjects([](const Subject& subject, const Path& path) {
        const std::string_view name = path.back()->property;
        const std::string good = good_value(subject, *path.back(), path, {});
        std::set<std::string_view> siblings;
        for (const Entry& entry : entries) {
            if (entry.object == path.back()->object) siblings.insert(entry.property);
        }
        for (const std::string& near : near_names(name)) {
            if (siblings.count(near) != 0) continue;
            const bool may_be_absent = path.back()->documented == O;
            for (const Order order : orders) {
                // In its place it is missing.
                if (!may_be_absent) {
                    check_refused(subject.is_general,
                                  body_text(subject, {path, member(near, good), true}, order),
                                  missing_property, pointer_of(subject, path),
                                  Contract::documented);
                }
                // Beside it, before or behind, it may hold anything.
                for (const std::string& both : {member(near, "[7]") + "," + member(name, good),
                                                member(name, good) + "," + member(near, "null")}) {
                    check_same(subject.is_general, body_text(subject, {path, both}, order),
                               body_text(subject, {}, order), Contract::documented);
                }
            }
        }
    });
}

TEST_CASE("a tag and its content themselves") {
    struct Tagged {
        bool is_general;
        std::string tag;
        std::string content;
        std::string tag_value;
        std::string content_value;
        std::string before;
        std::string after;
        std::string pointer;
        Webhook expected;
    };
    const Tagged objects[] = {
        {false, "Action", "Data", R"("IntegrationEnabled")",
         R"({"Integration":{"Id":"i","Name":"n"}})", "", "", "", IntegrationEnabled{{"i", "n"}}},
        {true, "Discriminator", "Value", R"("CustomerAdded")", R"({"Id":"c"})",
         R"({"EnterpriseId":"e","IntegrationId":"i","Events":[)"
         R"({"Discriminator":"MessageAdded","Value":{"Id":"m"}},)",
         "]}", "/Events/1",
         GeneralWebhook{"e",
                        "i",
                        {EntityEvent{Discriminator::message_added, "m"},
                         EntityEvent{Discriminator::customer_added, "c"}}}},
    };
    for (const Tagged& it : objects) {
        for (const Contract contract : results::contracts) {
            for (const Order order : orders) {
                const auto body = [&](const std::string& first, const std::string& second) {
                    const std::string comma = first.empty() || second.empty() ? "" : ",";
                    return order == Order::tag_first ? "{" + first + comma + second + "}"
                                                     : "{" + second + comma + first + "}";
                };
                const auto refused = [&](const std::string& object, ErrorCode code,
                                         const std::string& name) {
                    check_refused(it.is_general, it.before + object + it.after, code,
                                  it.pointer + "/" + name, contract);
                };
                const auto accepted = [&](const std::string& object) {
                    INFO(object);
                    results::check_equal<Webhook>(
                        read(it.is_general, it.before + object + it.after, contract), it.expected);
                };
                const std::string tag = member(it.tag, it.tag_value);
                const std::string content = member(it.content, it.content_value);
                accepted(body(tag, content));
                refused("^" + body("", content), missing_property, it.tag);
                refused("^" + body(tag, ""), missing_property, it.content);
                refused(body(member(it.tag, "^null"), content), unexpected_null, it.tag);
                refused(body(tag, member(it.content, "^null")), unexpected_null, it.content);
                for (const std::string value : {"0", "1e9999", "true", "false", "[]", "{}"})
                    refused(body(member(it.tag, "^" + value), content), wrong_type, it.tag);
                for (const std::string value :
                     {"0", "1e9999", "true", "false", "[]", "\"\"", "[{}]"})
                    refused(body(tag, member(it.content, "^" + value)), wrong_type, it.content);
                for (const std::string& name : {all_escaped(it.tag), one_escaped(it.tag, 3)}) {
                    accepted(body(member(name, it.tag_value), content));
                    refused(body(tag + "," + member(name, "^" + it.tag_value), content),
                            duplicate_property, it.tag);
                }
                for (const std::string& name :
                     {all_escaped(it.content), one_escaped(it.content, 3)}) {
                    accepted(body(tag, member(name, it.content_value)));
                    refused(body(tag, content + "," + member(name, "^" + it.content_value)),
                            duplicate_property, it.content);
                }
                for (const std::string& near : near_names(it.tag)) {
                    refused("^" + body(member(near, it.tag_value), content), missing_property,
                            it.tag);
                    accepted(body(member(near, "{}") + "," + tag, content));
                }
                for (const std::string& near : near_names(it.content)) {
                    refused("^" + body(tag, member(near, it.content_value)), missing_property,
                            it.content);
                    accepted(body(tag, member(near, "0") + "," + content));
                }
            }
        }
    }
}
