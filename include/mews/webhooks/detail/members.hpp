/// @file
/// What the fast way knows of a body before it is an event: room for every member that any event
/// has, and the contract as bits.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/simdjson.hpp>
#include <mews/webhooks/detail/spelling.hpp>
#include <mews/webhooks/detail/table.hpp>
#include <mews/webhooks/events.hpp>
#include <mews/webhooks/result.hpp>

namespace mews::webhooks::detail {

/// What `Action` says.
struct ActionText {
    Action action{};
    std::string_view text{};
};

/// The properties of a list of objects, each name once.
template <class Kept, class... More>
struct DistinctProperties : std::type_identity<Kept> {};

template <class... Kept, class First, class... More>
struct DistinctProperties<wire::List<Kept...>, First, More...>
    : DistinctProperties<std::conditional_t<((Kept::name == First::name) || ...),
                                            wire::List<Kept...>, wire::List<Kept..., First>>,
                         More...> {
    static_assert(((Kept::name != First::name ||
                    std::is_same_v<typename Kept::Type, typename First::Type>) &&
                   ...),
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
    bool is_tolerant = false;  ///< What is not as it should be is no fault, but not taken either.
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

/// Something for each contract.
template <class T>
struct ByContract {
    T observed;
    T documented;

    [[nodiscard]] constexpr const T& of(Contract contract) const noexcept {
        return contract == Contract::documented ? documented : observed;
    }
};

/// Of the `Data` of an action that the table does not have, an Integration is taken if it is there;
/// nothing else is known of it.
constexpr Rules unknown_data_rules() {
    using Integration = object_of<IntegrationView>;
    return {.known = 1U << index_of_name<Integration>(DataProperties{}), .is_tolerant = true};
}

template <class... Objects>
constexpr auto data_rules_of(Contract contract, wire::List<Objects...>) {
    return std::array{rules_of<Objects, DataProperties>(contract)..., unknown_data_rules()};
}

/// The rules of `Data`, by action.
inline constexpr ByContract<std::array<Rules, static_cast<std::size_t>(Action::unknown) + 1>>
    data_rules{data_rules_of(Contract::observed, wire::Table<std::string_view>::Events{}),
               data_rules_of(Contract::documented, wire::Table<std::string_view>::Events{})};

/// What a member holds apart from being there or not.
template <class T>
struct Unwrap : std::type_identity<T> {};

template <class T>
struct Unwrap<std::optional<T>> : std::type_identity<T> {};

template <class Property>
using entity_of = object_of<typename Unwrap<typename Property::Type>::type>;

template <class Property>
constexpr Rules entity_rules_of(Contract contract) {
    if constexpr (std::is_void_v<entity_of<Property>>) {
        static_cast<void>(contract);
        return {};
    } else {
        return rules_of<entity_of<Property>, typename entity_of<Property>::Properties>(contract);
    }
}

template <class... Properties>
constexpr auto all_entity_rules(Contract contract, wire::List<Properties...>) {
    return std::array{entity_rules_of<Properties>(contract)...};
}

/// The rules of the entity that a property of `Data` is, by the property's index; none for others.
inline constexpr ByContract<std::array<Rules, DataProperties::size>> entity_rules{
    all_entity_rules(Contract::observed, DataProperties{}),
    all_entity_rules(Contract::documented, DataProperties{})};

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
    DataMembersOf<DataProperties> data;
    std::string_view unknown_data;         ///< For an unknown action: the exact text of `Data`.
    bool has_unknown_integration = false;  ///< For an unknown action: whether `data` has one.
};

/// A value that is not an object.
struct Scalar {
    enum class Kind : std::uint8_t { text, boolean, null };

    Kind kind{};
    std::string_view text{};
    bool flag{};
};

// One function for each type that a member may have. They return whether the scalar is of it.

inline bool store(std::string_view& member, const Scalar& scalar) noexcept {
    member = scalar.text;
    return scalar.kind == Scalar::Kind::text;
}

inline bool store(SecretView& member, const Scalar& scalar) noexcept {
    member = SecretView{scalar.text};
    return scalar.kind == Scalar::Kind::text;
}

inline bool store(Timestamp& member, const Scalar& scalar) noexcept {
    const std::optional<Timestamp> instant = timestamp_from_iso8601(scalar.text);
    if (instant) member = *instant;
    return scalar.kind == Scalar::Kind::text && instant.has_value();
}

inline bool store(bool& member, const Scalar& scalar) noexcept {
    member = scalar.flag;
    return scalar.kind == Scalar::Kind::boolean;
}

template <class T>
bool store(std::optional<T>& member, const Scalar& scalar) noexcept {
    return store(member.emplace(), scalar);
}

template <Described Struct>
bool store(Struct&, const Scalar&) noexcept {
    return false;
}

/// Calls `visit(property)` with the property at an index.
/// @return what the call returns; false if there is none.
template <class... Properties, class Visitor>
simdjson_inline bool visit_at(std::size_t index, wire::List<Properties...>,
                              Visitor&& visit) noexcept {
    std::size_t candidate = 0;
    bool result = false;
    static_cast<void>(((candidate++ == index && (result = visit(Properties{}), true)) || ...));
    return result;
}

/// The index of the property whose name stands at `key`; the number of properties if it is none's.
template <class... Properties>
simdjson_inline std::size_t index_of_key(const char* key, wire::List<Properties...>) noexcept {
    std::size_t index = 0;
    static_cast<void>(((Spelling<Properties>::quoted(key) || (++index, false)) || ...));
    return index;
}

/// The members of `Data`, to be found by their names.
struct DataLevel {
    DataMembersOf<DataProperties>& members;

    [[nodiscard]] static simdjson_inline std::size_t find(const char* key) noexcept {
        return index_of_key(key, DataProperties{});
    }

    [[nodiscard]] simdjson_inline bool store(std::size_t index, const Scalar& scalar) noexcept {
        return visit_at(index, DataProperties{}, [&]<class Property>(Property) {
            return detail::store(members.template of<Property>(), scalar);
        });
    }
};

/// The members of an entity, which is the property of `Data` at an index.
struct EntityLevel {
    DataMembersOf<DataProperties>& members;
    std::size_t which;

    /// @return whether the property is an entity at all.
    [[nodiscard]] simdjson_inline bool start() noexcept {
        return visit_entity([](auto& member, auto) {
            if constexpr (wire::is_optional<std::remove_reference_t<decltype(member)>>) {
                member.emplace();
            }
            return true;
        });
    }

    [[nodiscard]] simdjson_inline std::size_t find(const char* key) noexcept {
        std::size_t index = 0;
        static_cast<void>(visit_entity([&]<class Properties>(auto&, Properties properties) {
            index = index_of_key(key, properties);
            return true;
        }));
        return index;
    }

    [[nodiscard]] simdjson_inline bool store(std::size_t index, const Scalar& scalar) noexcept {
        return visit_entity([&]<class Properties>(auto& member, Properties properties) {
            auto& entity = unwrap(member);
            return visit_at(index, properties, [&]<class Property>(Property) {
                return detail::store(entity.*Property::member, scalar);
            });
        });
    }

  private:
    template <class Visitor>
    simdjson_inline bool visit_entity(Visitor&& visit) noexcept {
        return visit_at(which, DataProperties{}, [&]<class Property>(Property) {
            if constexpr (std::is_void_v<entity_of<Property>>) {
                return false;
            } else {
                return visit(members.template of<Property>(),
                             typename entity_of<Property>::Properties{});
            }
        });
    }

    template <class T>
    static T& unwrap(T& member) noexcept {
        return member;
    }
    template <class T>
    static T& unwrap(std::optional<T>& member) noexcept {
        return *member;
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
    BodyMembers& body;

    operator UnknownEventView() const noexcept {  // NOLINT(google-explicit-constructor)
        UnknownEventView event;
        event.action = body.action.text;
        if (body.has_unknown_integration) {
            event.integration = body.data.of<object_of<IntegrationView>>();
        }
        event.data = SecretView{body.unknown_data};
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
