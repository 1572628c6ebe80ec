/// @file
/// Walking the contract table: what decoding, writing, owning and printing have in common.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <mews/webhooks/contract.hpp>

namespace mews::webhooks::detail {

/// Calls `visit(type)` with a std::type_identity of each type of the list, in order.
template <class... Types, class Visitor>
constexpr void for_each(wire::List<Types...>, Visitor&& visit) {
    (visit(std::type_identity<Types>{}), ...);
}

/// The text type of a shape: `std::string` of BasicService<std::string>.
template <class Shape>
struct TextOf;

template <template <class> class Shape, class Text>
struct TextOf<Shape<Text>> : std::type_identity<Text> {};

/// The same shape with another text type.
template <class Shape, class Text>
struct Rebind;

template <template <class> class Shape, class From, class Text>
struct Rebind<Shape<From>, Text> : std::type_identity<Shape<Text>> {};

template <class Struct, class List>
struct FindObject : std::type_identity<void> {};

template <class Struct, class First, class... Rest>
struct FindObject<Struct, wire::List<First, Rest...>>
    : std::conditional_t<std::is_same_v<Struct, typename First::Type>, std::type_identity<First>,
                         FindObject<Struct, wire::List<Rest...>>> {};

template <class Left, class Right>
struct Concat;

template <class... Left, class... Right>
struct Concat<wire::List<Left...>, wire::List<Right...>>
    : std::type_identity<wire::List<Left..., Right...>> {};

/// The table's entry for a struct; void if it has none.
template <class Struct>
struct ObjectOf : std::type_identity<void> {};

// Of our own two texts only: the question is also asked of types that are none of ours.
template <template <class> class Shape, class Text>
requires(std::is_same_v<Text, std::string> || std::is_same_v<Text, std::string_view>)
struct ObjectOf<Shape<Text>>
    : FindObject<Shape<Text>, typename Concat<typename wire::Table<Text>::Entities,
                                              typename wire::Table<Text>::Events>::type> {};

template <class Struct>
using object_of = typename ObjectOf<Struct>::type;

/// A struct that the table describes: an entity, or what an event's `Data` becomes.
template <class Struct>
concept Described = !std::is_void_v<object_of<Struct>>;

/// Calls `visit(property)` with the table's Property of each member of the struct, in documented
/// order. A property is an empty value: its facts are constants of its type.
template <Described Struct, class Visitor>
constexpr void for_each_property(Visitor&& visit) {
    for_each(typename object_of<Struct>::Properties{},
             [&]<class Property>(std::type_identity<Property>) { visit(Property{}); });
}

/// Whether the table has this name for a property of any object.
[[nodiscard]] constexpr bool is_documented_name(std::string_view name) noexcept {
    using Table = wire::Table<std::string_view>;
    bool found = name == Table::action || name == Table::data;
    for_each(typename Concat<Table::Entities, Table::Events>::type{},
             [&]<class Object>(std::type_identity<Object>) {
                 for_each(typename Object::Properties{},
                          [&]<class Property>(std::type_identity<Property>) {
                              found = found || name == Property::name;
                          });
             });
    return found;
}

}  // namespace mews::webhooks::detail
