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
#include <bit>
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
    char* scratch;     ///< Room for as many bytes as the body has, and some more, for texts with
                       ///< escapes.
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

/// Compares a name of the table with characters of a body, a word at a time.
///
/// It may read some bytes beyond what it compares: the buffers' padding allows it. Not memcmp:
/// where the compiler takes a comparison for unlikely, it makes a call of that, in the hottest loop
/// there is.
template <class Named>
class Spelling {
    using Word = std::uint64_t;
    static constexpr std::size_t length = Named::name.size();
    static constexpr std::size_t word_count = length / sizeof(Word) + 1;
    static_assert(word_count * sizeof(Word) <= simdjson::SIMDJSON_PADDING);

    /// The words of the name followed by `last`, zeros after it; with `mask`, ones in their places.
    static constexpr std::array<Word, word_count> words(bool with_quote, bool mask) {
        std::array<char, word_count * sizeof(Word)> bytes{};
        for (std::size_t i = 0; i != length; ++i)
            bytes[i] = mask ? '\xFF' : Named::name[i];
        if (with_quote) bytes[length] = mask ? '\xFF' : '"';
        return std::bit_cast<std::array<Word, word_count>>(bytes);
    }

    template <bool WithQuote, std::size_t... I>
    static simdjson_inline bool equal(const char* at, std::index_sequence<I...>) noexcept {
        constexpr auto expected = words(WithQuote, false);
        constexpr auto mask = words(WithQuote, true);
        return (((load(at + I * sizeof(Word)) & mask[I]) == expected[I]) && ...);
    }

    static simdjson_inline Word load(const char* at) noexcept {
        Word word;
        std::memcpy(&word, at, sizeof(Word));
        return word;
    }

  public:
    /// Whether a string, `at` behind its opening quote, is the name: the closing quote is compared
    /// as well, so that its length need not be known.
    static simdjson_inline bool quoted(const char* at) noexcept {
        return equal<true>(at, std::make_index_sequence<word_count>{});
    }

    static simdjson_inline bool text(std::string_view text) noexcept {
        return text.size() == length &&
               equal<false>(text.data(), std::make_index_sequence<word_count>{});
    }
};

/// The action that has this name on the wire.
template <class... Objects>
simdjson_inline Action action_spelled(std::string_view name, wire::List<Objects...>) noexcept {
    std::size_t index = 0;
    static_cast<void>(((Spelling<Objects>::text(name) || (++index, false)) || ...));
    return static_cast<Action>(index);
}

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
constexpr std::size_t index_of_name(wire::List<Properties...>) {
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
constexpr Rules rules_of(Contract contract) {
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
constexpr auto all_data_rules(wire::List<Objects...>) {
    return std::array<std::array<Rules, sizeof...(Objects)>, contract_count>{
        {{rules_of<Objects, DataProperties>(Contract::observed)...},
         {rules_of<Objects, DataProperties>(Contract::documented)...}}};
}

/// The rules of `Data`, by contract and action.
inline constexpr auto data_rules = all_data_rules(wire::Table<std::string_view>::Events{});

template <class Property>
struct DataMember {
    typename Property::Type value{};
};

/// What `Data` holds, before it becomes an event: a member for each of DataProperties. Not a tuple:
/// that clears itself as a whole first, which takes as long as some bodies take to read.
template <class Properties>
struct DataMembersOf;

template <class... Properties>
struct DataMembersOf<wire::List<Properties...>> : DataMember<Properties>... {
    // Not constexpr: g++ turns a constant into one block of zeros.
    DataMembersOf() noexcept {}  // NOLINT(modernize-use-equals-default)

    template <class Property>
    [[nodiscard]] auto& of() noexcept {
        constexpr std::size_t index = index_of_name<Property>(wire::List<Properties...>{});
        return static_cast<DataMember<std::tuple_element_t<index, std::tuple<Properties...>>>&>(
                   *this)
            .value;
    }
};

/// What a body holds, before it becomes an event.
struct BodyMembers {
    ActionText action;
    DataMembersOf<DataProperties> data;  ///< For an action of the table.
    std::string_view unknown_data;       ///< For any other: the exact text of `Data`.
    char* scratch = nullptr;             ///< What is left of the room for texts with escapes.
};

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
    /// Reads a body.
    /// @param has_action whether `body.action` is known already: for a body with `Data` before it.
    [[nodiscard, gnu::flatten]] static simdjson_never_inline Verdict
    decode(Backend& backend, const Source& source, bool has_action, BodyMembers& body) noexcept {
        const auto length = static_cast<std::size_t>(source.end - source.begin);
        Document document;
        if (backend
                .iterate(simdjson::padded_string_view(source.begin, length,
                                                      length + simdjson::SIMDJSON_PADDING))
                .get(document) != simdjson::SUCCESS) {
            return Verdict::refused;
        }
        auto root = document.get_object();
        if (root.error() != simdjson::SUCCESS) return Verdict::refused;
        Object&& object = std::move(root).value_unsafe();

        body.scratch = source.scratch;
        const Reading reading{source.end, source.has_escapes, source.contract, source.max_depth,
                              body.scratch};
        bool action_seen = false;
        bool data_seen = false;
        bool data_read = false;
        for (auto item : object) {
            if (item.error() != simdjson::SUCCESS) return Verdict::refused;
            Field&& field = std::move(item).value_unsafe();
            const char* const key = key_of(field, reading);
            if (key == nullptr) return Verdict::refused;
            Value& value = field.value();
            if (Spelling<ActionProperty>::quoted(key)) {
                if (action_seen || !read(value, reading, body.action.text)) return Verdict::refused;
                body.action.action =
                    action_spelled(body.action.text, wire::Table<std::string_view>::Events{});
                action_seen = has_action = true;
            } else if (Spelling<DataProperty>::quoted(key)) {
                if (data_seen) return Verdict::refused;
                data_seen = true;
                if (!has_action) continue;
                if (!read_data(value, reading, body)) return Verdict::refused;
                data_read = true;
            } else if (!ignore(value, reading, 1)) {
                return Verdict::refused;
            }
        }
        const char* rest = nullptr;
        if (document.current_location().get(rest) == simdjson::SUCCESS) return Verdict::refused;
        if (!action_seen || !data_seen) return Verdict::refused;
        return data_read ? Verdict::accepted : Verdict::data_first;
    }

  private:
    /// The source, in local variables that no call can change.
    struct Reading {
        const char* end;
        bool has_escapes;
        Contract contract;
        std::size_t max_depth;
        char*& scratch;
    };

    static simdjson_inline bool read_data(Value& value, const Reading& reading,
                                          BodyMembers& body) noexcept {
        if (body.action.action != Action::unknown) {
            const Rules& rules = data_rules[static_cast<std::size_t>(reading.contract)]
                                           [static_cast<std::size_t>(body.action.action)];
            return read_object(value, reading, 2, rules, body.data, DataProperties{});
        }
        const char* const begin = value.raw_json_token().data();
        const char* const end =
            end_of_ignored(begin, reading.end, reading.scratch, reading.max_depth - 1);
        if (end == nullptr || *begin != '{') return false;
        body.unknown_data = {begin, static_cast<std::size_t>(end - begin)};
        return true;
    }

    /// The field's name, up to and with its closing quote; null if it is not well-formed.
    static simdjson_inline const char* key_of(Field& field, const Reading& reading) noexcept {
        const char* const raw = field.key().raw();
        return reading.has_escapes ? canonical_key(raw, reading.end, reading.scratch) : raw;
    }

    static simdjson_inline bool ignore(Value& value, const Reading& reading,
                                       std::size_t depth) noexcept {
        return end_of_ignored(value.raw_json_token().data(), reading.end, reading.scratch,
                              reading.max_depth - depth) != nullptr;
    }

    static simdjson_inline bool read_null(Value& value) noexcept {
        bool is_null = false;
        return value.is_null().get(is_null) == simdjson::SUCCESS && is_null;
    }

    // One function for each type that a member may have. They return whether the value had it.

    static simdjson_inline bool read(Value& value, const Reading& reading,
                                     std::string_view& out) noexcept {
        const std::string_view token = value.raw_json_token();
        simdjson::ondemand::raw_json_string raw;
        if (value.get_raw_json_string().get(raw) != simdjson::SUCCESS) return false;
        if (reading.has_escapes) {
            out = read_escaped(token.data(), reading.end, reading.scratch);
            return out.data() != nullptr;
        }
        // The token goes on to the next one: behind the closing quote there is only white space.
        std::size_t size = token.size();
        while (token[size - 1] != '"')
            --size;
        out = {token.data() + 1, size - 2};
        return true;
    }

    static simdjson_inline bool read(Value& value, const Reading& reading,
                                     SecretView& out) noexcept {
        std::string_view text;
        if (!read(value, reading, text)) return false;
        out = SecretView{text};
        return true;
    }

    static simdjson_inline bool read(Value& value, const Reading& reading,
                                     Timestamp& out) noexcept {
        std::string_view text;
        if (!read(value, reading, text)) return false;
        const std::optional<Timestamp> instant = timestamp_from_iso8601(text);
        if (instant) out = *instant;
        return instant.has_value();
    }

    static simdjson_inline bool read(Value& value, const Reading&, bool& out) noexcept {
        return value.get_bool().get(out) == simdjson::SUCCESS;
    }

    template <class T>
    static simdjson_inline bool read(Value& value, const Reading& reading,
                                     std::optional<T>& out) noexcept {
        return read(value, reading, out.emplace());
    }

    template <Described Struct>
    static simdjson_inline bool read(Value& value, const Reading& reading, Struct& out) noexcept {
        const Rules& rules =
            entity_rules<object_of<Struct>>[static_cast<std::size_t>(reading.contract)];
        EntityMembers<Struct> members{out};
        return read_object(value, reading, contract_depth, rules, members,
                           typename object_of<Struct>::Properties{});
    }

    template <class Members, class... Properties>
    static simdjson_inline bool read_object(Value& value, const Reading& reading, std::size_t depth,
                                            const Rules& rules, Members& members,
                                            wire::List<Properties...>) noexcept {
        auto started = value.get_object();
        if (started.error() != simdjson::SUCCESS) return false;
        Object&& object = std::move(started).value_unsafe();
        std::uint32_t seen = 0;
        for (auto item : object) {
            if (item.error() != simdjson::SUCCESS) return false;
            Field&& field = std::move(item).value_unsafe();
            const char* key = key_of(field, reading);
            if (key == nullptr) return false;
            Value& member = field.value();
            std::uint32_t bit = 1;
            bool is_fine = true;
            const bool is_known =
                ((Spelling<Properties>::quoted(key)
                      ? ((rules.known & bit) != 0 &&
                         (is_fine =
                              (seen & bit) == 0 &&
                              read_member<Properties>(member, reading, (rules.nullable & bit) != 0,
                                                      members.template of<Properties>()),
                          true))
                      : (bit <<= 1, false)) ||
                 ...);
            if (!(is_known ? is_fine : ignore(member, reading, depth))) return false;
            if (is_known) seen |= bit;
        }
        return (seen & rules.mandatory) == rules.mandatory;
    }

    template <class Property, class Member>
    static simdjson_inline bool read_member(Value& value, const Reading& reading, bool may_be_null,
                                            Member& out) noexcept {
        if (*value.raw_json_token().data() == 'n') return may_be_null && read_null(value);
        return read(value, reading, out);
    }
};

/// Becomes the event that the members make. A conversion, so that the event is made in its place:
/// copying it there takes as long as some bodies take to read.
template <class Struct>
struct MakeEvent {
    DataMembersOf<DataProperties>& members;

    operator Struct() const noexcept {  // NOLINT(google-explicit-constructor): for emplacement
        Struct event;
        fill(event, typename object_of<Struct>::Properties{});
        return event;
    }

  private:
    template <class... Properties>
    void fill(Struct& event, wire::List<Properties...>) const noexcept {
        ((event.*Properties::member = members.template of<Properties>()), ...);
    }
};

template <>
struct MakeEvent<UnknownEventView> {
    const BodyMembers& body;

    operator UnknownEventView() const noexcept {  // NOLINT(google-explicit-constructor)
        const std::string_view data = body.unknown_data;
        UnknownEventView event;
        ContractReader{data.data() + data.size(), body.scratch, Contract{}}.unknown(
            data.data(), body.action.text, event);
        return event;
    }
};

/// The event that an accepted body tells.
template <class First, class... Rest>
[[nodiscard]] Result<EventView> event_of(BodyMembers& body, wire::List<First, Rest...>,
                                         std::size_t candidate = 0) noexcept {
    using Event = typename First::Type;
    if (body.action.action == static_cast<Action>(candidate)) {
        return Result<EventView>{std::in_place, std::in_place_type<Event>,
                                 MakeEvent<Event>{body.data}};
    }
    if constexpr (sizeof...(Rest) != 0) {
        return event_of(body, wire::List<Rest...>{}, candidate + 1);
    } else {
        return Result<EventView>{std::in_place, std::in_place_type<UnknownEventView>,
                                 MakeEvent<UnknownEventView>{body}};
    }
}

}  // namespace mews::webhooks::detail
