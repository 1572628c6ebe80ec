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

/// Whether the table lists the members of a struct in the order of their declaration: `own` relies
/// on it.
template <wire::Object View, class... Properties>
consteval bool is_in_declared_order(Properties...) {
    if constexpr (requires { wire::Description<View>::tag_member; }) {
        if (!requires { View{{}, typename Properties::Type{}...}; }) return false;
    } else if (!requires { View{typename Properties::Type{}...}; }) {
        return false;
    }
    // Those of one type could be taken for one another.
    const View view{};
    const auto is_in_order = [&]<class One, class Other>(One one, Other other) {
        if constexpr (std::is_same_v<typename One::Type, typename Other::Type>) {
            return (&(view.*one.member) < &(view.*other.member)) == (One::index < Other::index);
        } else {
            return true;
        }
    };
    return !wire::any_property<View>(
        [&](auto one) { return (!is_in_order(one, Properties{}) || ...); });
}

template <wire::Object T, std::size_t... Index>
Owned<T> own_members(const T& from, std::index_sequence<Index...>) {
    if constexpr (std::is_same_v<T, Owned<T>>) {
        return from;
    } else {
        static_assert(is_in_declared_order<T>(wire::PropertyAt<T, Index>{}...),
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
