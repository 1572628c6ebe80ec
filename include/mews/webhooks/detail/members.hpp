/// @file
/// What the fast way knows of a body before it is an event: room for every member that any event
/// has, and the contract as bits.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <mews/webhooks/contract.hpp>
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

/// Something for each contract.
template <class T>
struct ByContract {
    T observed;
    T documented;

    [[nodiscard]] constexpr const T& of(Contract contract) const noexcept {
        return contract == Contract::documented ? documented : observed;
    }
};

/// The rules of an entity.
template <class Object>
inline constexpr ByContract<Rules> entity_rules{
    rules_of<Object, typename Object::Properties>(Contract::observed),
    rules_of<Object, typename Object::Properties>(Contract::documented)};

/// Of the `Data` of an action that the table does not have, an Integration is taken if it is there;
/// nothing else is known of it.
constexpr Rules unknown_data_rules() {
    using Integration = object_of<IntegrationView>;
    return {.known = 1U << index_of_name<Integration>(DataProperties{})};
}

template <class... Objects>
constexpr auto data_rules_of(Contract contract, wire::List<Objects...>) {
    return std::array{rules_of<Objects, DataProperties>(contract)..., unknown_data_rules()};
}

/// The rules of `Data`, by action.
inline constexpr ByContract<std::array<Rules, static_cast<std::size_t>(Action::unknown) + 1>>
    data_rules{data_rules_of(Contract::observed, wire::Table<std::string_view>::Events{}),
               data_rules_of(Contract::documented, wire::Table<std::string_view>::Events{})};

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

template <class Struct>
struct EntityMembers {
    Struct& entity;

    template <class Property>
    [[nodiscard]] auto& of() noexcept {
        return entity.*Property::member;
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
