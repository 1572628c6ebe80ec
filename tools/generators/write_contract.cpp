/// @file
/// Writes the generated parts of contract.md: what stands between `<!-- generated: NAME -->` and
/// `<!-- end of generated -->`. Names and types come from the contract table. What the tables say
/// of faults is not concluded from it but asked of `parse`, with a body that has the fault.
///
///     write_contract FILE            put the parts of FILE right
///     write_contract --check FILE    fail, and say where, if they are not

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <mews/webhooks.hpp>

namespace {

namespace webhooks = mews::webhooks;
namespace wire = webhooks::wire;

using Table = wire::Table<std::string>;
using webhooks::Contract;

[[noreturn]] void give_up(const std::string& why) {
    std::cerr << why << '\n';
    std::exit(EXIT_FAILURE);
}

// ── Names of C++, as the compiler tells them ────────────────────────────────────────────────────

#if !defined(__GNUC__)
#error "write_contract reads names out of what g++ and clang put into __PRETTY_FUNCTION__"
#endif

/// With a template argument written out in full, a pointer to member or a type. Returns no alias:
/// g++ would write that out too, behind the argument.
template <auto>
const char* told() {
    return __PRETTY_FUNCTION__;
}
template <class>
const char* told() {
    return __PRETTY_FUNCTION__;
}

/// `access_token` of `&BasicIntegrationCreated<…>::access_token`.
template <class Property>
std::string_view member_name() {
    std::string_view text = told<Property::member>();
    text.remove_suffix(1);
    return text.substr(text.rfind(':') + 1);
}

/// `IntegrationCreated` of `BasicIntegrationCreated<…>`: what users call it.
template <class Struct>
std::string_view struct_name() {
    constexpr std::string_view prefix = "webhooks::Basic";
    std::string_view text = told<Struct>();
    const std::size_t start = text.find(prefix);
    if (start == std::string_view::npos) give_up("no struct of this library");
    text.remove_prefix(start + prefix.size());
    return text.substr(0, text.find('<'));
}

// ── Types ───────────────────────────────────────────────────────────────────────────────────────

template <class Type>
struct Required : std::type_identity<Type> {};
template <class Type>
struct Required<std::optional<Type>> : std::type_identity<Type> {};

template <class Member>
std::string type_in_cpp() {
    if constexpr (wire::is_optional<Member>) {
        return "std::optional<" + type_in_cpp<typename Required<Member>::type>() + ">";
    } else if constexpr (std::is_same_v<Member, bool>) {
        return "bool";
    } else if constexpr (std::is_same_v<Member, webhooks::Timestamp>) {
        return "Timestamp";
    } else if constexpr (std::is_same_v<Member, std::string>) {
        return "std::string";
    } else if constexpr (std::is_same_v<Member, webhooks::Secret>) {
        return "Secret";
    } else {
        return std::string{struct_name<Member>()};
    }
}

template <class Property>
std::string type_in_json() {
    using Type = typename Required<typename Property::Type>::type;
    std::string text;
    if constexpr (std::is_same_v<Type, bool>) {
        text = "bool";
    } else if constexpr (std::is_same_v<Type, webhooks::Timestamp>) {
        text = "string, an [instant](#instants)";
    } else if constexpr (std::is_same_v<Type, webhooks::Secret>) {
        text = "string, a credential";
    } else if constexpr (webhooks::detail::Described<Type>) {
        // An entity's heading is its name on the wire.
        std::string anchor{webhooks::detail::object_of<Type>::name};
        std::transform(anchor.begin(), anchor.end(), anchor.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        text = "object, [" + std::string{webhooks::detail::object_of<Type>::name} + "](#" + anchor +
               ")";
    } else {
        text = "string";
    }
    if (Property::privacy == wire::Privacy::personal) text += ", personal";
    return text;
}

// ── Bodies, with one fault ──────────────────────────────────────────────────────────────────────

enum class Fault { none, absent, null, other_type, no_instant, twice };

/// One property of a body, by its JSON Pointer, and what is wrong with it.
struct Flaw {
    std::string pointer{};
    Fault fault = Fault::none;
};

template <class Object>
std::string object_text(const std::string& pointer, const Flaw& flaw);

template <class Member>
std::string value_text(const std::string& pointer, const Flaw& flaw) {
    using Type = typename Required<Member>::type;
    if constexpr (std::is_same_v<Type, bool>) {
        return "true";
    } else if constexpr (std::is_same_v<Type, webhooks::Timestamp>) {
        return R"("2024-02-29T12:00:00Z")";
    } else if constexpr (webhooks::detail::Described<Type>) {
        return object_text<webhooks::detail::object_of<Type>>(pointer, flaw);
    } else {
        return R"("text")";
    }
}

/// Adds a member to an object's text, with the flaw if it is the one that has it.
void add_member(std::string& text, std::string_view name, const std::string& value,
                const std::string& pointer, const Flaw& flaw) {
    const auto add = [&](std::string_view written) {
        text += text.size() > 1 ? "," : "";
        text.append("\"").append(name).append("\":").append(written);
    };
    switch (pointer == flaw.pointer ? flaw.fault : Fault::none) {
        case Fault::none:
            return add(value);
        case Fault::absent:
            return;
        case Fault::null:
            return add("null");
        case Fault::other_type:
            return add("[]");
        case Fault::no_instant:
            return add(R"("2023-02-29T12:00:00Z")");
        case Fault::twice:
            add(value);
            return add(value);
    }
}

template <class Object>
std::string object_text(const std::string& pointer, const Flaw& flaw) {
    return [&]<class... Properties>(wire::List<Properties...>) {
        std::string text = "{";
        const auto add = [&]<class Property>(std::type_identity<Property>) {
            const std::string at = pointer + "/" + std::string{Property::name};
            add_member(text, Property::name, value_text<typename Property::Type>(at, flaw), at,
                       flaw);
        };
        (add(std::type_identity<Properties>{}), ...);
        return text += "}";
    }(typename Object::Properties{});
}

std::string root_pointer(std::string_view name) {
    return "/" + std::string{name};
}

template <class Event>
std::string body_text(const Flaw& flaw) {
    const std::string action = root_pointer(Table::action);
    const std::string data = root_pointer(Table::data);
    std::string text = "{";
    add_member(text, Table::action, "\"" + std::string{Event::name} + "\"", action, flaw);
    add_member(text, Table::data, object_text<Event>(data, flaw), data, flaw);
    return text += "}";
}

// ── What becomes of them ────────────────────────────────────────────────────────────────────────

/// Empty if the body is accepted.
template <class Event>
std::string_view outcome(const Flaw& flaw, Contract contract) {
    webhooks::ParseOptions options;
    options.contract = contract;
    const auto event = webhooks::parse(body_text<Event>(flaw), options);
    if (event) return "";
    if (event.error().pointer != flaw.pointer) {
        give_up("a fault at " + flaw.pointer + " is reported as " + event.error().message());
    }
    return to_string(event.error().code);
}

std::string cell_of(std::string_view outcome) {
    return outcome.empty() ? "no value" : "`" + std::string{outcome} + "`";
}

/// What both contracts say to a fault. Where they differ, with a link to the reason.
template <class Event>
std::string cell(const Flaw& flaw, std::string_view property) {
    const std::string_view documented = outcome<Event>(flaw, Contract::documented);
    const std::string_view observed = outcome<Event>(flaw, Contract::observed);
    if (documented == observed) return cell_of(documented);
    std::string anchor = std::string{Event::name}.append("-").append(property);
    std::transform(anchor.begin(), anchor.end(), anchor.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return "documented: " + cell_of(documented) + ", observed: " + cell_of(observed) + " ([why](#" +
           anchor + "))";
}

constexpr std::string_view table_head =
    "| Property | Member | Value | Absent | Null | Another type | Twice | No instant |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- |\n";

/// One line of a table.
/// @tparam Event the event whose body has the property.
template <class Event>
std::string row(const std::string& pointer, std::string_view name, const std::string& member,
                const std::string& type, bool is_instant) {
    std::string line = "| `" + std::string{name} + "` | " + member + " | " + type + " |";
    for (const Fault fault : {Fault::absent, Fault::null, Fault::other_type, Fault::twice}) {
        line += " " + cell<Event>({pointer, fault}, name) + " |";
    }
    line += is_instant ? " " + cell<Event>({pointer, Fault::no_instant}, name) : std::string{};
    return line += is_instant ? " |\n" : " |\n";
}

template <class Event, class Object>
std::string rows(const std::string& pointer) {
    return [&]<class... Properties>(wire::List<Properties...>) {
        std::string lines{table_head};
        const auto add = [&]<class Property>(std::type_identity<Property>) {
            using Type = typename Required<typename Property::Type>::type;
            lines +=
                row<Event>(pointer + "/" + std::string{Property::name}, Property::name,
                           "`" + std::string{member_name<Property>()} + "`: `" +
                               type_in_cpp<typename Property::Type>() + "`",
                           type_in_json<Property>(), std::is_same_v<Type, webhooks::Timestamp>);
        };
        (add(std::type_identity<Properties>{}), ...);
        return lines;
    }(typename Object::Properties{});
}

/// The first event whose data holds an entity, and where in it.
template <class Entity>
std::string entity_rows() {
    std::string lines;
    const auto look_into = [&]<class Event>(std::type_identity<Event>) {
        [&]<class... Properties>(wire::List<Properties...>) {
            const auto look_at = [&]<class Property>(std::type_identity<Property>) {
                using Type = typename Required<typename Property::Type>::type;
                if constexpr (std::is_same_v<Type, typename Entity::Type>) {
                    if (!lines.empty()) return;
                    lines = rows<Event, Entity>(root_pointer(Table::data) + "/" +
                                                std::string{Property::name});
                }
            };
            (look_at(std::type_identity<Properties>{}), ...);
        }(typename Event::Properties{});
    };
    [&]<class... Events>(wire::List<Events...>) {
        (look_into(std::type_identity<Events>{}), ...);
    }(Table::Events{});
    if (lines.empty()) give_up("an entity that no event has");
    return lines;
}

// ── The parts ───────────────────────────────────────────────────────────────────────────────────

std::string body_part() {
    return []<class First, class... More>(wire::List<First, More...>) {
        return std::string{table_head} +
               row<First>(root_pointer(Table::action), Table::action, "the alternative of `Event`",
                          "string", false) +
               row<First>(root_pointer(Table::data), Table::data, "the alternative's members",
                          "object, by `Action`", false);
    }(Table::Events{});
}

template <class Object>
std::string heading() {
    const std::string name{Object::name};
    const std::string struct_in_cpp{struct_name<typename Object::Type>()};
    return "### " + name + "\n\nBecomes `" + struct_in_cpp + "`.\n\n";
}

std::string events_part() {
    return []<class... Objects>(wire::List<Objects...>) {
        std::string text;
        ((text += (text.empty() ? "" : "\n") + heading<Objects>() +
                  rows<Objects, Objects>(root_pointer(Table::data))),
         ...);
        return text;
    }(Table::Events{});
}

std::string entities_part() {
    return []<class... Objects>(wire::List<Objects...>) {
        std::string text;
        ((text += (text.empty() ? "" : "\n") + heading<Objects>() + entity_rows<Objects>()), ...);
        return text;
    }(Table::Entities{});
}

std::string errors_part() {
    std::string text = "| Code | What it says |\n| --- | --- |\n";
    for (std::uint8_t number = 1;; ++number) {
        const webhooks::Error error{static_cast<webhooks::ErrorCode>(number), {}, 0};
        const std::string_view name = to_string(error.code);
        if (name.empty()) return text;
        const std::string message = error.message();
        text.append("| `").append(name).append("` | ");
        text.append(message.substr(message.find("): ") + 3)).append(" |\n");
    }
}

std::string part(std::string_view name) {
    if (name == "body") return body_part();
    if (name == "events") return events_part();
    if (name == "entities") return entities_part();
    if (name == "errors") return errors_part();
    give_up("no part is called " + std::string{name});
}

/// The document with its parts put right.
std::string put_right(std::string_view document) {
    constexpr std::string_view begin = "<!-- generated: ";
    constexpr std::string_view begin_end = " -->\n";
    constexpr std::string_view end = "<!-- end of generated -->";
    std::string out;
    std::size_t parts = 0;
    while (true) {
        const std::size_t at = document.find(begin);
        if (at == std::string_view::npos) break;
        const std::size_t name_end = document.find(begin_end, at);
        const std::size_t part_end = document.find(end, at);
        if (name_end == std::string_view::npos || part_end == std::string_view::npos) {
            give_up("a generated part does not end");
        }
        const std::size_t name_at = at + begin.size();
        out.append(document.substr(0, name_end)).append(begin_end).append("\n");
        out.append(part(document.substr(name_at, name_end - name_at))).append("\n").append(end);
        document.remove_prefix(part_end + end.size());
        ++parts;
    }
    if (parts == 0) give_up("there is no generated part");
    return out.append(document);
}

int run(bool only_check, const char* path) {
    std::ifstream file(path, std::ios::binary);
    const std::string found{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) give_up(std::string{path} + ": cannot be read");
    const std::string right = put_right(found);
    if (!only_check) {
        std::ofstream out(path, std::ios::binary);
        out << right << std::flush;
        if (!out) give_up(std::string{path} + ": cannot be written");
        return 0;
    }
    if (found == right) return 0;
    const auto [at, ignored] =
        std::mismatch(found.begin(), found.end(), right.begin(), right.end());
    std::cerr << path << ":" << 1 + std::count(found.begin(), at, '\n')
              << ": is not what the library says. Run tools/generate.\n";
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    const bool only_check = argc == 3 && std::string_view{argv[1]} == "--check";
    if (argc != 2 && !only_check) {
        std::cerr << "write_contract [--check] FILE\n";
        return 2;
    }
    return run(only_check, argv[argc - 1]);
}
