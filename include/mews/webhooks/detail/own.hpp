/// @file
/// Copies of views that own what the views borrow, each made in its place.

#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks/detail/wire_types.hpp>
#include <mews/webhooks/reflect.hpp>

namespace mews::webhooks::detail {

/// The type of a copy that owns.
template <class T>
struct OwnedOf;

template <class T>
using Owned = typename OwnedOf<T>::type;

template <wire::Scalar T>
struct OwnedOf<T> : std::type_identity<typename wire::Type<T>::Owned> {};
template <class T>
struct OwnedOf<std::optional<T>> : std::type_identity<std::optional<Owned<T>>> {};
template <wire::List T>
struct OwnedOf<T> : std::type_identity<std::vector<Owned<wire::ElementOf<T>>>> {};
template <class... Alternatives>
struct OwnedOf<std::variant<Alternatives...>>
    : std::type_identity<std::variant<Owned<Alternatives>...>> {};
template <template <class> class Shape, class Text>
requires wire::Object<Shape<Text>>
struct OwnedOf<Shape<Text>> : std::type_identity<Shape<std::string>> {};

template <class T>
Owned<T> own(const T& from);

/// Becomes the copy. A conversion, so that emplacement makes it in its place.
template <class T>
struct MakeOwned {
    const T& from;

    operator Owned<T>() const { return own(from); }  // NOLINT(google-explicit-constructor)
};

/// A value for a property; a string tells which property it is for.
template <class Property>
constexpr typename Property::Type probe() {
    if constexpr (std::is_same_v<typename Property::Type, std::string_view>) {
        return std::string_view{"0123456789"}.substr(Property::index, 1);
    } else {
        return {};
    }
}

/// Whether the table lists the members of a struct in the order of their declaration: `own` relies
/// on it.
template <wire::Object View, std::size_t... Index>
consteval bool is_in_declared_order(std::index_sequence<Index...>) {
    const auto is_probe = []<class Property>(const View& view, Property) {
        if constexpr (std::is_same_v<typename Property::Type, std::string_view>) {
            return view.*Property::member == probe<Property>();
        } else {
            return true;  // Nothing of another type could be taken for it.
        }
    };
    const auto is_in_order = [&](const View& view) {
        return (is_probe(view, wire::PropertyAt<View, Index>{}) && ...);
    };
    if constexpr (requires { wire::Description<View>::tag_member; }) {
        if constexpr (requires { View{{}, probe<wire::PropertyAt<View, Index>>()...}; }) {
            return is_in_order(View{{}, probe<wire::PropertyAt<View, Index>>()...});
        }
    } else if constexpr (requires { View{probe<wire::PropertyAt<View, Index>>()...}; }) {
        return is_in_order(View{probe<wire::PropertyAt<View, Index>>()...});
    }
    return false;
}

template <wire::Object T, std::size_t... Index>
Owned<T> own_members(const T& from, std::index_sequence<Index...> indices) {
    if constexpr (std::is_same_v<T, Owned<T>>) {
        return from;
    } else {
        static_assert(is_in_declared_order<T>(indices),
                      "the table lists properties in the order of the struct's members");
        if constexpr (requires { wire::Description<T>::tag_member; }) {
            return {from.*wire::Description<T>::tag_member,
                    own(from.*wire::PropertyAt<T, Index>::member)...};
        } else {
            return {own(from.*wire::PropertyAt<T, Index>::member)...};
        }
    }
}

template <class T>
Owned<T> own(const T& from) {
    if constexpr (wire::is_optional<T>) {
        if (!from) return std::nullopt;
        return Owned<T>{std::in_place, MakeOwned<typename T::value_type>{*from}};
    } else if constexpr (wire::Scalar<T>) {
        return wire::Type<T>::own(from);
    } else if constexpr (wire::List<T>) {
        Owned<T> list;
        list.reserve(std::size(from));
        for (const auto& element : from)
            list.emplace_back(MakeOwned<wire::ElementOf<T>>{element});
        return list;
    } else if constexpr (wire::Object<T>) {
        return own_members(from, std::make_index_sequence<wire::property_count<T>>{});
    } else {
        return std::visit(
            []<class Alternative>(const Alternative& alternative) {
                return Owned<T>{std::in_place_type<Owned<Alternative>>,
                                MakeOwned<Alternative>{alternative}};
            },
            from);
    }
}

}  // namespace mews::webhooks::detail
