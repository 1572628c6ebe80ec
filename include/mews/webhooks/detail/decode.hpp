/// @file
/// The fast way from characters to an event: one walk with simdjson's On-Demand API.
///
/// It says yes or no, never why: read_body.hpp finds that out for the bodies that are refused.
///
/// Its speed hangs on one thing: simdjson's iterator must stay in registers. It does as long as no
/// value, object or document is passed to a function that is not inlined, not even on a path that
/// is never taken. So whatever takes one is `simdjson_inline`, and whatever is not gets characters.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/detail/read_body.hpp>
#include <mews/webhooks/detail/simdjson.hpp>
#include <mews/webhooks/detail/table.hpp>
#include <mews/webhooks/events.hpp>

namespace mews::webhooks::detail {

/// A body that lies in a buffer which simdjson may read beyond.
struct Source {
    const char* begin;
    const char* end;
    char* scratch;     ///< Room for as many bytes as the body has, for texts with escapes.
    bool has_escapes;  ///< Whether a backslash stands anywhere in the body.
    Contract contract;
    std::size_t max_depth;
};

enum class Verdict : std::uint8_t {
    accepted,
    refused,
    data_first,  ///< `Data` stands before `Action`: decode again, told the action.
};

/// What `Action` says.
struct ActionText {
    Action action{};
    std::string_view text{};
};

/// How many levels the contract's own objects have: body, `Data`, entity.
inline constexpr std::size_t contract_depth = 3;

/// A name as it stands in a body, up to and with its closing quote.
template <std::size_t Size>
consteval std::array<char, Size> quoted(std::string_view name) {
    std::array<char, Size> text{};
    for (std::size_t i = 0; i != name.size(); ++i)
        text[i] = name[i];
    text[Size - 1] = '"';
    return text;
}

/// Compares a name in a body, up to and with its closing quote, with one of the table. May read as
/// far beyond the closing quote as the table's name is longer: the buffer's padding allows it.
template <class Named>
struct Key {
    static constexpr auto text = quoted<Named::name.size() + 1>(Named::name);
    static_assert(text.size() <= simdjson::SIMDJSON_PADDING);

    static bool matches(const char* key) noexcept {
        return std::memcmp(key, text.data(), text.size()) == 0;
    }
};

struct ActionProperty {
    static constexpr std::string_view name = wire::Table<std::string_view>::action;
};
struct DataProperty {
    static constexpr std::string_view name = wire::Table<std::string_view>::data;
};

/// A name in which escapes have been replaced, up to and with a closing quote; null if it is not
/// well-formed. A name without escapes is returned as it stands.
[[nodiscard]] simdjson_never_inline const char* canonical_key(const char* key, const char* end,
                                                              char*& scratch) noexcept {
    // Matches no name: a name with a quote inside must not look like one that ends there.
    static constexpr std::array<char, simdjson::SIMDJSON_PADDING> no_name{'"'};
    const StringText name = read_string(key, end, scratch);
    if (name.end == nullptr || name.text.data() == key) return name.end == nullptr ? nullptr : key;
    if (name.text.find('"') != std::string_view::npos) return no_name.data();
    *scratch++ = '"';  // There is room: an escape is longer than what it stands for.
    return name.text.data();
}

/// Whether a value that is not asked for is well-formed: up to and with what must follow it, since
/// simdjson takes `1x` for one token and does not look inside.
[[nodiscard]] simdjson_never_inline const char* end_of_ignored(const char* at, const char* end,
                                                               char* levels,
                                                               std::size_t max_depth) noexcept {
    const Scan value = scan_value(at, end, levels, max_depth);
    if (!value.ok()) return nullptr;
    const char* const next = skip_white_space(value.at, end);
    return next != end && (*next == ',' || *next == '}') ? value.at : nullptr;
}

/// Reads the `Data` of an action that the table does not have. Its text is well-formed.
simdjson_never_inline void read_unknown(std::string_view data, std::string_view action,
                                        char* scratch, UnknownEventView& event) noexcept {
    ContractReader{data.data() + data.size(), scratch, Contract{}}.unknown(data.data(), action,
                                                                           event);
}

/// A string that may hold escapes, `at` at its opening quote; no data if it is not well-formed.
[[nodiscard]] simdjson_never_inline std::string_view read_escaped(const char* at, const char* end,
                                                                  char*& scratch) noexcept {
    const StringText string = read_string(at + 1, end, scratch);
    return string.end == nullptr ? std::string_view{} : string.text;
}

/// The properties of a list of objects, each name once.
template <class Kept, class... More>
struct DistinctProperties : std::type_identity<Kept> {};

template <class... Kept, class First, class... More>
struct DistinctProperties<wire::List<Kept...>, First, More...>
    : DistinctProperties<std::conditional_t<((Kept::name == First::name) || ...),
                                            wire::List<Kept...>, wire::List<Kept..., First>>,
                         More...> {
    static_assert(((Kept::name != First::name ||
                    std::is_same_v<typename Kept::Type, typename First::Type>)&&...),
                  "one name has one type in every event: Data is read in one loop for all of them");
};

template <class Kept, class Objects>
struct PropertiesOfAll;

template <class... Kept>
struct PropertiesOfAll<wire::List<Kept...>, wire::List<>>
    : DistinctProperties<wire::List<>, Kept...> {};

template <class... Kept, class First, class... Rest>
struct PropertiesOfAll<wire::List<Kept...>, wire::List<First, Rest...>>
    : PropertiesOfAll<typename Concat<wire::List<Kept...>, typename First::Properties>::type,
                      wire::List<Rest...>> {};

/// All properties that any event's `Data` has.
using DataProperties =
    typename PropertiesOfAll<wire::List<>, wire::Table<std::string_view>::Events>::type;

template <class Property, class... Properties>
consteval std::size_t index_of_name(wire::List<Properties...>) {
    std::size_t index = 0;
    static_cast<void>(((Properties::name == Property::name || (++index, false)) || ...));
    return index;
}

/// What holds for the properties of a list in one object under one contract, a bit for each.
struct Rules {
    std::uint32_t known = 0;      ///< Belongs to the object at all.
    std::uint32_t mandatory = 0;  ///< Must be there.
    std::uint32_t nullable = 0;   ///< May be null.
};

template <class Object, class Properties>
consteval Rules rules_of(Contract contract) {
    Rules rules;
    for_each(typename Object::Properties{}, [&]<class Property>(std::type_identity<Property>) {
        const std::uint32_t bit = 1U << index_of_name<Property>(Properties{});
        const wire::Presence presence = Property::presence(contract);
        rules.known |= bit;
        if (presence != wire::Presence::optional) rules.mandatory |= bit;
        if (presence != wire::Presence::required) rules.nullable |= bit;
    });
    return rules;
}

inline constexpr std::size_t contract_count = 2;

/// The rules of an entity, by contract.
template <class Object>
inline constexpr std::array<Rules, contract_count> entity_rules{
    rules_of<Object, typename Object::Properties>(Contract::observed),
    rules_of<Object, typename Object::Properties>(Contract::documented)};

template <class... Objects>
consteval auto all_data_rules(wire::List<Objects...>) {
    return std::array<std::array<Rules, sizeof...(Objects)>, contract_count>{
        {{rules_of<Objects, DataProperties>(Contract::observed)...},
         {rules_of<Objects, DataProperties>(Contract::documented)...}}};
}

/// The rules of `Data`, by contract and action.
inline constexpr auto data_rules = all_data_rules(wire::Table<std::string_view>::Events{});

/// What `Data` holds, before it is known where it belongs: a member for each of DataProperties.
template <class Properties>
struct DataMembersOf;

template <class... Properties>
struct DataMembersOf<wire::List<Properties...>> {
    std::tuple<typename Properties::Type...> values{};

    template <class Property>
    [[nodiscard]] auto& of() noexcept {
        return std::get<index_of_name<Property>(wire::List<Properties...>{})>(values);
    }
};

using DataMembers = DataMembersOf<DataProperties>;

template <class Struct>
struct EntityMembers {
    Struct& entity;

    template <class Property>
    [[nodiscard]] auto& of() noexcept {
        return entity.*Property::member;
    }
};

/// The walk. A template over simdjson's parser for the reason that stands with Backend.
template <class Backend>
class Decoder {
    using Document = simdjson::ondemand::document;
    using Object = simdjson::ondemand::object;
    using Field = simdjson::ondemand::field;
    using Value = simdjson::ondemand::value;

  public:
    /// @param known what `Action` says, if that has been found out before; otherwise null.
    /// @param found receives what `Action` says.
    [[nodiscard]] static simdjson_never_inline Verdict decode(Backend& backend, Source source,
                                                              const ActionText* known,
                                                              ActionText& found,
                                                              EventView& event) noexcept {
        const auto length = static_cast<std::size_t>(source.end - source.begin);
        Document document;
        Object body;
        if (backend
                .iterate(simdjson::padded_string_view(source.begin, length,
                                                      length + simdjson::SIMDJSON_PADDING))
                .get(document) != simdjson::SUCCESS) {
            return Verdict::refused;
        }
        if (document.get_object().get(body) != simdjson::SUCCESS) return Verdict::refused;

        ActionText action = known != nullptr ? *known : ActionText{};
        bool has_action = false;
        bool has_data = false;
        bool is_data_read = false;
        std::string_view unknown_data;
        DataMembers members;
        for (auto item : body) {
            Field field;
            if (std::move(item).get(field) != simdjson::SUCCESS) return Verdict::refused;
            const char* key = key_of(field, source);
            if (key == nullptr) return Verdict::refused;
            Value value = field.value();
            if (Key<ActionProperty>::matches(key)) {
                if (has_action || !read(value, source, action.text)) return Verdict::refused;
                has_action = true;
                action.action = action_named(action.text);
            } else if (Key<DataProperty>::matches(key)) {
                if (has_data) return Verdict::refused;
                has_data = true;
                if (!has_action && known == nullptr) continue;
                is_data_read = true;
                if (action.action == Action::unknown) {
                    const char* const begin = value.raw_json_token().data();
                    const char* const end =
                        end_of_ignored(begin, source.end, source.scratch, source.max_depth - 1);
                    if (end == nullptr || *begin != '{') return Verdict::refused;
                    unknown_data = {begin, static_cast<std::size_t>(end - begin)};
                } else {
                    const Rules& rules = data_rules[static_cast<std::size_t>(source.contract)]
                                                   [static_cast<std::size_t>(action.action)];
                    if (!read_object(value, source, 2, rules, members, DataProperties{})) {
                        return Verdict::refused;
                    }
                }
            } else if (!ignore(value, source, 1)) {
                return Verdict::refused;
            }
        }
        const char* rest = nullptr;
        if (document.current_location().get(rest) == simdjson::SUCCESS) return Verdict::refused;
        if (!has_action || !has_data) return Verdict::refused;
        if (!is_data_read) {
            found = action;
            return Verdict::data_first;
        }
        if (action.action == Action::unknown) {
            read_unknown(unknown_data, action.text, source.scratch,
                         event.emplace<UnknownEventView>());
        } else {
            assemble(action.action, members, event, wire::Table<std::string_view>::Events{});
        }
        return Verdict::accepted;
    }

  private:
    /// The field's name, up to and with its closing quote; null if it is not well-formed.
    static simdjson_inline const char* key_of(Field& field, Source& source) noexcept {
        const char* const raw = field.key().raw();
        return source.has_escapes ? canonical_key(raw, source.end, source.scratch) : raw;
    }

    static simdjson_inline bool ignore(Value& value, Source& source, std::size_t depth) noexcept {
        return end_of_ignored(value.raw_json_token().data(), source.end, source.scratch,
                              source.max_depth - depth) != nullptr;
    }

    static simdjson_inline bool read_null(Value& value) noexcept {
        bool is_null = false;
        return value.is_null().get(is_null) == simdjson::SUCCESS && is_null;
    }

    // One function for each type that a member may have. They return whether the value had it.

    static simdjson_inline bool read(Value& value, Source& source, std::string_view& out) noexcept {
        const std::string_view token = value.raw_json_token();
        simdjson::ondemand::raw_json_string raw;
        if (value.get_raw_json_string().get(raw) != simdjson::SUCCESS) return false;
        if (source.has_escapes) {
            out = read_escaped(token.data(), source.end, source.scratch);
            return out.data() != nullptr;
        }
        // The token goes on to the next one: behind the closing quote there is only white space.
        std::size_t size = token.size();
        while (token[size - 1] != '"')
            --size;
        out = token.substr(1, size - 2);
        return true;
    }

    static simdjson_inline bool read(Value& value, Source& source, SecretView& out) noexcept {
        std::string_view text;
        if (!read(value, source, text)) return false;
        out = SecretView{text};
        return true;
    }

    static simdjson_inline bool read(Value& value, Source& source, Timestamp& out) noexcept {
        std::string_view text;
        if (!read(value, source, text)) return false;
        const std::optional<Timestamp> instant = timestamp_from_iso8601(text);
        if (instant) out = *instant;
        return instant.has_value();
    }

    static simdjson_inline bool read(Value& value, Source&, bool& out) noexcept {
        return value.get_bool().get(out) == simdjson::SUCCESS;
    }

    template <class T>
    static simdjson_inline bool read(Value& value, Source& source, std::optional<T>& out) noexcept {
        return read(value, source, out.emplace());
    }

    template <Described Struct>
    static simdjson_inline bool read(Value& value, Source& source, Struct& out) noexcept {
        const Rules& rules =
            entity_rules<object_of<Struct>>[static_cast<std::size_t>(source.contract)];
        EntityMembers<Struct> members{out};
        return read_object(value, source, contract_depth, rules, members,
                           typename object_of<Struct>::Properties{});
    }

    template <class Members, class... Properties>
    static simdjson_inline bool read_object(Value& value, Source& source, std::size_t depth,
                                            const Rules& rules, Members& members,
                                            wire::List<Properties...>) noexcept {
        Object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) return false;
        std::uint32_t seen = 0;
        for (auto item : object) {
            Field field;
            if (std::move(item).get(field) != simdjson::SUCCESS) return false;
            const char* key = key_of(field, source);
            if (key == nullptr) return false;
            Value member = field.value();
            std::uint32_t bit = 1;
            bool is_fine = true;
            const bool is_known =
                ((Key<Properties>::matches(key)
                      ? ((rules.known & bit) != 0 &&
                         (is_fine =
                              (seen & bit) == 0 &&
                              read_member<Properties>(member, source, (rules.nullable & bit) != 0,
                                                      members.template of<Properties>()),
                          true))
                      : (bit <<= 1, false)) ||
                 ...);
            if (!(is_known ? is_fine : ignore(member, source, depth))) return false;
            if (is_known) seen |= bit;
        }
        return (seen & rules.mandatory) == rules.mandatory;
    }

    template <class Property, class Member>
    static simdjson_inline bool read_member(Value& value, Source& source, bool may_be_null,
                                            Member& out) noexcept {
        if (*value.raw_json_token().data() == 'n') return may_be_null && read_null(value);
        return read(value, source, out);
    }

    template <class... Objects>
    static simdjson_inline void assemble(Action action, DataMembers& members, EventView& event,
                                         wire::List<Objects...>) noexcept {
        auto candidate = std::size_t{0};
        static_cast<void>(((static_cast<Action>(candidate++) == action &&
                            (fill(event.emplace<typename Objects::Type>(), members,
                                  typename Objects::Properties{}),
                             true)) ||
                           ...));
    }

    template <class Struct, class... Properties>
    static simdjson_inline void fill(Struct& out, DataMembers& members,
                                     wire::List<Properties...>) noexcept {
        ((out.*Properties::member = members.template of<Properties>()), ...);
    }
};

}  // namespace mews::webhooks::detail
