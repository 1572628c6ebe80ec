/// @file
/// Writes the JSON Schemas from the contract table.
///
///     write_schema DIRECTORY            write the schemas into DIRECTORY
///     write_schema --check DIRECTORY    fail, and say where, if those in it are not the same

#include <algorithm>
#include <array>
#include <cstddef>
#include <iostream>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <mews/webhooks/events.hpp>

#include "generated_file.hpp"

namespace {

namespace webhooks = mews::webhooks;
namespace wire = webhooks::wire;

using webhooks::Contract;
using Texts = std::vector<std::string>;

// ── JSON texts: all but the indentation is where the text is made ───────────────────────────────

std::string quoted(std::string_view text) {
    return '"' + std::string{text} + '"';  // No text here has anything to escape.
}

std::string member(std::string_view name, std::string_view value) {
    return quoted(name).append(": ").append(value);
}

std::string text_member(std::string_view name, std::string_view text) {
    return member(name, quoted(text));
}

std::string join(const Texts& parts, std::string_view separator) {
    std::string text;
    for (const std::string& part : parts)
        text.append(text.empty() ? "" : separator).append(part);
    return text;
}

/// An object on one line.
std::string object(const Texts& members) {
    return '{' + join(members, ", ") + '}';
}

/// An array of texts on one line.
std::string array(const Texts& texts) {
    return '[' + join(texts, ", ") + ']';
}

/// An object or array with a line for each member.
std::string lines(const Texts& members, std::string_view brackets = "{}") {
    return brackets.front() + ('\n' + join(members, ",\n")) + '\n' + brackets.back();
}

std::string indented(std::string_view json) {
    std::string text;
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i != json.size(); ++i) {
        const char c = json[i];
        text += c;
        if (c == '"' && (i == 0 || json[i - 1] != '\\')) in_string = !in_string;
        if (in_string) continue;
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        if (c != '\n') continue;
        const bool closes = json[i + 1] == '}' || json[i + 1] == ']';
        text.append(2 * (depth - (closes ? 1 : 0)), ' ');
    }
    return text + '\n';
}

// ── schemas of values ───────────────────────────────────────────────────────────────────────────

template <class T>
Texts keywords(Contract contract);

/// Whether both contracts say the same of a type.
template <class T>
bool contracts_agree() {
    return keywords<T>(Contract::observed) == keywords<T>(Contract::documented);
}

/// The name of an object's definition: one for both contracts if they agree.
template <wire::Object Struct>
std::string definition_of(Contract contract) {
    std::string name{wire::Description<Struct>::name};
    if (contracts_agree<Struct>()) return name;
    return name.append(contract == Contract::documented ? "Documented" : "Observed");
}

std::string reference_to(std::string_view definition) {
    return text_member("$ref", std::string{"#/$defs/"}.append(definition));
}

/// What stands where a value of a type can.
template <class T>
Texts value(Contract contract) {
    if constexpr (wire::Object<T>) {
        return {reference_to(definition_of<T>(contract))};
    } else if constexpr (requires { wire::Type<T>::definition; }) {
        return {reference_to(wire::Type<T>::definition)};
    } else {
        return keywords<T>(contract);
    }
}

template <class Property>
std::string property_schema(Contract contract) {
    using Value = typename Property::Value;
    Texts members;
    if (Property::visibility == wire::secret) {
        members.push_back(text_member("description", "A live credential: keep it out of logs."));
    }
    if (Property::visibility == wire::personal) {
        members.push_back(text_member("description", "Personal data."));
    }
    if (Property::presence(contract) != wire::required) {
        members.push_back(
            member("anyOf", lines({object(value<Value>(contract)), R"({"type": "null"})"}, "[]")));
    } else {
        const Texts type = value<Value>(contract);
        members.insert(members.end(), type.begin(), type.end());
        if (members.size() == 1) return object(members);
    }
    return lines(members);
}

template <wire::Object Struct>
Texts object_keywords(Contract contract) {
    Texts required;
    Texts properties;
    wire::for_each_property<Struct>([&]<class Property>(Property property) {
        if (property.presence(contract) != wire::optional) {
            required.push_back(quoted(property.name));
        }
        properties.push_back(member(property.name, property_schema<Property>(contract)));
    });
    return {text_member("type", "object"), member("required", array(required)),
            member("properties", lines(properties))};
}

template <wire::Tagged Variant>
Texts tagged_keywords(Contract contract) {
    using Description = wire::Description<Variant>;
    const auto properties = [](std::string_view name, const std::string& schema) {
        return member("properties", object({member(name, schema)}));
    };
    Texts tags;
    Texts alternatives;
    wire::for_each_alternative<Variant>([&]<class Struct>(std::type_identity<Struct>) {
        Texts own;
        for (const std::string_view tag : wire::tags_of<Struct>())
            own.push_back(quoted(tag));
        if (own.empty()) return;
        tags.insert(tags.end(), own.begin(), own.end());
        const std::string is_one =
            own.size() == 1 ? member("const", own[0]) : member("enum", array(own));
        alternatives.push_back(lines(
            {member("if", object({properties(Description::tag, object({is_one})),
                                  member("required", array({quoted(Description::tag)}))})),
             member("then",
                    object({properties(Description::content, object(value<Struct>(contract)))}))}));
    });
    const std::string tag_schema = lines(
        {text_member("description", "Any other is an event that is not known yet: not a fault."),
         text_member("type", "string"), member("examples", array(tags))});
    return {text_member("type", "object"),
            member("required", array({quoted(Description::tag), quoted(Description::content)})),
            member("properties", lines({member(Description::tag, tag_schema),
                                        member(Description::content, R"({"type": "object"})")})),
            member("allOf", lines(alternatives, "[]"))};
}

/// The first family whose name is a property decides; if none is, it is the first.
template <wire::Families Variant, std::size_t Index = 1>
Texts families_keywords(Contract contract) {
    constexpr auto families = wire::Description<Variant>::families;
    if constexpr (Index == families.size()) {
        return keywords<std::variant_alternative_t<0, Variant>>(contract);
    } else {
        const auto has = [](std::string_view name) {
            return member("properties", object({member(name, "true")})) + ", " +
                   member("required", array({quoted(name)}));
        };
        return {
            text_member("type", "object"),
            member("if", object({has(families[Index]), member("not", object({has(families[0])}))})),
            member("then", lines(keywords<std::variant_alternative_t<Index, Variant>>(contract))),
            member("else", lines(families_keywords<Variant, Index + 1>(contract)))};
    }
}

/// What a value of a type must be.
template <class T>
Texts keywords(Contract contract) {
    if constexpr (wire::Families<T>) {
        return families_keywords<T>(contract);
    } else if constexpr (wire::Tagged<T>) {
        return tagged_keywords<T>(contract);
    } else if constexpr (wire::Object<T>) {
        return object_keywords<T>(contract);
    } else if constexpr (wire::List<T>) {
        return {text_member("type", "array"),
                member("items", lines(value<std::ranges::range_value_t<T>>(contract)))};
    } else {
        return {std::string{wire::Type<T>::schema}};
    }
}

// ── definitions ─────────────────────────────────────────────────────────────────────────────────

/// What definitions are of, in the order in which they are written.
enum Rank { body, alternative, inner_object, scalar };

/// Adds the definitions that a type needs, each once.
template <class T>
void define(std::array<Texts, 4>& all, Rank rank) {
    const auto add = [&](Rank where, const std::string& text) {
        if (std::ranges::find(all[where], text) == all[where].end()) all[where].push_back(text);
    };
    if constexpr (wire::Object<T>) {
        for (const Contract contract : {Contract::observed, Contract::documented}) {
            Texts members = keywords<T>(contract);
            members.insert(members.begin(), text_member("title", wire::Description<T>::name));
            add(rank, member(definition_of<T>(contract), lines(members)));
        }
        wire::for_each_property<T>(
            [&](auto property) { define<typename decltype(property)::Value>(all, inner_object); });
    } else if constexpr (wire::List<T>) {
        define<std::ranges::range_value_t<T>>(all, inner_object);
    } else if constexpr (wire::Described<T>) {
        wire::for_each_alternative<T>([&]<class Alternative>(std::type_identity<Alternative>) {
            if constexpr (!wire::UnknownObject<Alternative>) {
                define<Alternative>(all, wire::Tagged<T> ? alternative : rank);
            }
        });
    } else if constexpr (requires { wire::Type<T>::definition; }) {
        add(scalar, member(wire::Type<T>::definition, lines({std::string{wire::Type<T>::schema}})));
    }
}

template <class Body>
std::string schema(const std::string& what) {
    Texts definitions;
    const auto add = [&](Contract contract, std::string_view description) {
        Texts members = keywords<Body>(contract);
        if (contract == Contract::documented && contracts_agree<Body>()) {
            members = {reference_to(to_string(Contract::observed))};
        }
        members.insert(members.begin(), {text_member("title", "Body of a Mews " + what),
                                         text_member("description", description)});
        definitions.push_back(member(to_string(contract), lines(members)));
    };
    add(Contract::observed,
        "What has been documented, and what is known to have been sent all the same.");
    add(Contract::documented, "What has been documented, to the letter.");
    std::array<Texts, 4> inside;
    define<Body>(inside, body);
    for (const Rank rank : {alternative, inner_object, scalar})
        definitions.insert(definitions.end(), inside[rank].begin(), inside[rank].end());
    return indented(lines(
        {text_member("$schema", "https://json-schema.org/draft/2020-12/schema"),
         text_member("title", "Mews " + what),
         text_member("description",
                     "Unofficial. The root is the contract that has been observed; "
                     "#/$defs/documented is the vendor's documentation to the letter. Properties "
                     "that are not named here are allowed anywhere. Written from the contract "
                     "table of mews-webhooks."),
         reference_to(to_string(Contract::observed)), member("$defs", lines(definitions))}));
}

}  // namespace

int main(int argc, char** argv) {
    const bool only_check = argc == 3 && std::string_view{argv[1]} == "--check";
    if (argc != 2 && !only_check) {
        std::cerr << "write_schema [--check] DIRECTORY\n";
        return 2;
    }
    const auto settle = [&](std::string_view name, const std::string& text) {
        const std::string path = std::string{argv[argc - 1]}.append("/").append(name);
        return generated::settle(path, text, only_check, "tools/generate");
    };
    bool is_right =
        settle("integration-webhook.schema.json", schema<webhooks::Event>("integration webhook"));
    is_right &=
        settle("general-webhook.schema.json", schema<webhooks::GeneralWebhook>("general webhook"));
    is_right &=
        settle("webhook.schema.json", schema<webhooks::Webhook>("webhook of either family"));
    return is_right ? 0 : 1;
}
