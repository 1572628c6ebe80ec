/// @file
/// Writes the generated parts of contract.md: what stands between `<!-- generated: NAME -->` and
/// `<!-- end of generated -->`. Names and types come from the contract table. What the tables say
/// of faults is not concluded from it but asked of the library, with a body that has the fault.
///
///     write_contract FILE            put the parts of FILE right
///     write_contract --check FILE    fail, and say where, if they are not

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <iostream>
#include <ranges>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include <mews/webhooks.hpp>

#include "generated_file.hpp"

namespace {

namespace webhooks = mews::webhooks;
namespace wire = webhooks::wire;

using generated::give_up;
using webhooks::Contract;

std::string code(std::string_view text) {
    return '`' + std::string{text} + '`';
}

/// The anchor of a heading, as far as headings here go.
std::string anchor(std::string_view heading) {
    std::string text;
    for (const char c : heading) {
        if (c >= 'A' && c <= 'Z') text += static_cast<char>(c - 'A' + 'a');
        if (c >= 'a' && c <= 'z') text += c;
        if (c == ' ') text += '-';
    }
    return text;
}

std::string link(std::string_view text, std::string_view heading) {
    return '[' + std::string{text} + "](#" + anchor(heading) + ')';
}

#if !defined(__GNUC__)
#error "write_contract reads the names of members out of __PRETTY_FUNCTION__"
#endif

/// `access_token` of `&BasicIntegrationCreated<…>::access_token`.
template <auto Member>
std::string_view member_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    text = text.substr(0, text.find_first_of(";]"));
    return text.substr(text.rfind(':') + 1);
}

// ── bodies with one fault ───────────────────────────────────────────────────────────────────────

enum class Fault : std::uint8_t { absent, null, other_type, twice, invalid };

/// What is wrong with a body, and where.
struct Flaw {
    std::string_view tag;  ///< Which alternative the body has, where there are several.
    std::string pointer;
    Fault fault;
};

/// A member of an object, `at` its JSON Pointer; with the flaw if it is the one that has it.
template <class T>
std::string member_text(const std::string& at, const std::string& value, const Flaw& flaw) {
    const auto with = [&](std::string_view text) {
        return '"' + at.substr(at.rfind('/') + 1) + "\":" + std::string{text} + ',';
    };
    if (at != flaw.pointer) return with(value);
    switch (flaw.fault) {
        case Fault::absent:
            return "";
        case Fault::null:
            return with("null");
        case Fault::other_type:
            return with(wire::List<T> ? "{}" : "[]");
        case Fault::twice:
            return with(value) + with(value);
        case Fault::invalid:
            break;
    }
    if constexpr (wire::Scalar<T>) return with(wire::Type<T>::counterexample);
    give_up("only a scalar can have the right type and be invalid");
}

/// A value that is right but for the flaw.
template <class T>
std::string text_of(const std::string& at, const Flaw& flaw) {
    if constexpr (wire::Scalar<T>) {
        return std::string{wire::Type<T>::example};
    } else if constexpr (wire::List<T>) {
        return '[' + text_of<std::ranges::range_value_t<T>>(at + "/0", flaw) + ']';
    } else {
        std::string text;
        const auto add = [&]<class Member>(std::type_identity<Member>, std::string_view name,
                                           const std::string& value) {
            text += member_text<Member>(at + '/' + std::string{name}, value, flaw);
        };
        if constexpr (wire::Object<T>) {
            wire::for_each_property<T>([&](auto property) {
                using Value = typename decltype(property)::Value;
                add(std::type_identity<Value>{}, property.name,
                    text_of<Value>(at + '/' + std::string{property.name}, flaw));
            });
        } else {
            using Description = wire::Description<T>;
            const std::size_t index = wire::index_of_tag<T>(flaw.tag) % wire::tags<T>.size();
            add(std::type_identity<std::string>{}, Description::tag,
                '"' + std::string{wire::tags<T>[index]} + '"');
            wire::visit_alternative<T>(index, [&]<class Struct>(std::type_identity<Struct> type) {
                add(type, Description::content,
                    text_of<Struct>(at + '/' + std::string{Description::content}, flaw));
            });
        }
        if (!text.empty()) text.pop_back();
        return '{' + text + '}';
    }
}

/// What a body with a flaw becomes, in the words of a table.
template <class Body>
std::string outcome(const Flaw& flaw, Contract contract) {
    const std::string body = text_of<Body>("", flaw);
    const auto name_of = [&](const auto& result) -> std::string {
        if (result) return "no value";
        if (result.error().pointer != flaw.pointer) {
            give_up("a fault at " + flaw.pointer + " is reported as " + result.error().message());
        }
        return code(to_string(result.error().code));
    };
    if constexpr (std::is_same_v<Body, webhooks::Event>) {
        return name_of(webhooks::parse(body, {.contract = contract}));
    } else {
        return name_of(webhooks::parse_general(body, {.contract = contract}));
    }
}

// ── tables ──────────────────────────────────────────────────────────────────────────────────────

/// Tables of all objects in a body, each once: of the body itself, without a heading, then level by
/// level.
template <class Body>
class Tables {
  public:
    std::string write() {
        add<Body>("", "", "", "");
        for (; !waiting_.empty(); waiting_.pop_front())
            waiting_.front()();
        return text_;
    }

  private:
    template <class T>
    void add(const std::string& heading, const std::string& remark, std::string_view tag,
             const std::string& at) {
        if (!seen_.insert(heading).second) return;
        waiting_.push_back([=, this] {
            if (!heading.empty()) text_ += "\n### " + heading + "\n\n";
            if (!remark.empty()) text_ += remark + "\n\n";
            text_ +=
                "| Property | Member | Value | Absent | Null | Another type | Twice | Invalid |\n"
                "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
            rows<T>(tag, at + '/');
        });
    }

    template <wire::Object T>
    void rows(std::string_view tag, const std::string& at) {
        wire::for_each_property<T>([&]<class Property>(Property property) {
            using Value = typename Property::Value;
            const Flaw place{tag, at + std::string{property.name}, {}};
            std::string type = value_type<Value>(property.name, place);
            if (property.visibility == wire::personal) type += ", personal";
            row<Value>(place, code(member_name<Property::member>()), type,
                       wire::Description<T>::name);
        });
    }

    template <wire::Tagged T>
    void rows(std::string_view tag, const std::string& at) {
        using Description = wire::Description<T>;
        const std::string content_at = at + std::string{Description::content};
        row<std::string>({tag, at + std::string{Description::tag}, {}}, "the alternative",
                         "string");
        row<std::variant_alternative_t<0, T>>({tag, content_at, {}}, "the alternative's members",
                                              "object, by " + code(Description::tag));
        wire::for_each_alternative<T>([&]<class Struct>(std::type_identity<Struct>) {
            if constexpr (!wire::UnknownObject<Struct>) {
                constexpr auto tags = wire::tags_of<Struct>();
                std::string remark = code(Description::content) + " where " +
                                     code(Description::tag) +
                                     (tags.size() == 1 ? " is" : " is one of");
                for (const std::string_view name : tags)
                    remark += (name == tags[0] ? " " : ", ") + code(name);
                add<Struct>(std::string{wire::Description<Struct>::name}, remark + '.', tags[0],
                            content_at);
            }
        });
    }

    /// What a value of a type is, with a link to the table of what is in it.
    template <class T>
    std::string value_type(std::string_view name, const Flaw& place) {
        if constexpr (wire::Scalar<T>) {
            return std::string{wire::Type<T>::name};
        } else if constexpr (wire::Object<T>) {
            const std::string heading{wire::Description<T>::name};
            add<T>(heading, "", place.tag, place.pointer);
            return "object, " + link(heading, heading);
        } else {
            static_assert(wire::List<T>, "say what this type is called in the tables");
            const std::string heading = "An element of " + code(name);
            add<std::ranges::range_value_t<T>>(heading, "", place.tag, place.pointer + "/0");
            return "list of " + link("objects", heading);
        }
    }

    template <class T>
    void row(Flaw flaw, const std::string& member, const std::string& type,
             std::string_view owner = "") {
        const std::string name = flaw.pointer.substr(flaw.pointer.rfind('/') + 1);
        const std::string reason = std::string{owner} + ' ' + name;
        text_ += "| " + code(name) + " | " + member + " | " + type + " |";
        for (const Fault fault : {Fault::absent, Fault::null, Fault::other_type, Fault::twice}) {
            flaw.fault = fault;
            text_ += ' ' + cell(flaw, reason) + " |";
        }
        if constexpr (requires { wire::Type<T>::unreadable; }) {
            // Of the other types, any value that has the kind of JSON is valid.
            flaw.fault = Fault::invalid;
            if (wire::Type<T>::unreadable != webhooks::ErrorCode::wrong_type) {
                text_ += ' ' + cell(flaw, reason);
            }
        }
        text_ += " |\n";
    }

    /// What both contracts say to a fault. Where they differ, with a link to the reason.
    static std::string cell(const Flaw& flaw, const std::string& reason) {
        const std::string documented = outcome<Body>(flaw, Contract::documented);
        const std::string observed = outcome<Body>(flaw, Contract::observed);
        if (documented == observed) return documented;
        return "documented: " + documented + ", observed: " + observed + " (" +
               link("why", reason) + ')';
    }

    std::string text_;
    std::set<std::string> seen_;
    std::deque<std::function<void()>> waiting_;
};

std::string errors() {
    std::string text = "| Code | What it says |\n| --- | --- |\n";
    for (std::uint8_t number = 1;; ++number) {
        const webhooks::Error error{static_cast<webhooks::ErrorCode>(number), {}, 0};
        if (to_string(error.code).empty()) return text;
        const std::string message = error.message();
        text += "| " + code(to_string(error.code)) + " | " +
                message.substr(message.find("): ") + 3) + " |\n";
    }
}

std::string part(std::string_view name) {
    if (name == "Integration Webhooks") return Tables<webhooks::Event>{}.write();
    if (name == "General Webhooks") return Tables<webhooks::GeneralWebhook>{}.write();
    if (name == "errors") return errors();
    give_up("no part is called " + std::string{name});
}

/// The document with its parts put right.
std::string put_right(std::string_view document) {
    constexpr std::string_view begin = "<!-- generated: ";
    constexpr std::string_view begin_end = " -->\n";
    constexpr std::string_view end = "<!-- end of generated -->";
    std::string out;
    for (std::size_t at; (at = document.find(begin)) != std::string_view::npos;) {
        const std::size_t name_at = at + begin.size();
        const std::size_t name_end = document.find(begin_end, at);
        const std::size_t part_end = document.find(end, at);
        if (name_end == std::string_view::npos || part_end == std::string_view::npos) {
            give_up("a generated part does not end");
        }
        out.append(document.substr(0, name_end)).append(begin_end).append("\n");
        out.append(part(document.substr(name_at, name_end - name_at))).append("\n").append(end);
        document.remove_prefix(part_end + end.size());
    }
    if (out.empty()) give_up("there is no generated part");
    return out.append(document);
}

}  // namespace

int main(int argc, char** argv) {
    const bool only_check = argc == 3 && std::string_view{argv[1]} == "--check";
    if (argc != 2 && !only_check) {
        std::cerr << "write_contract [--check] FILE\n";
        return 2;
    }
    const std::string path = argv[argc - 1];
    const std::string text = put_right(generated::read_file(path));
    return generated::settle(path, text, only_check, "tools/generate") ? 0 : 1;
}
