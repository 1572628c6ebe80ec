/// @file
/// Asking the contract table: what a schema writer, a documentation generator or a test needs.
///
/// A property is handed to a visitor as an empty value of a type with constant members, so that
/// they can be used in `if constexpr`:
///
/// @code
/// wire::for_each_property<IntegrationCreated>([](auto property) {
///     std::cout << property.name << (property.presence(Contract::observed) == wire::required);
/// });
/// @endcode

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/wire_types.hpp>

namespace mews::webhooks::wire {

/// A struct that the table describes: an entity, the content of an event, a General Webhook.
template <class T>
concept Object = requires { Description<T>::properties; };

/// What becomes of an unknown tag: UnknownEvent, UnknownEntityEvent.
template <class T>
concept UnknownObject = Object<T> && requires { Description<T>::is_unknown; };

/// A std::variant by tag: Event by `Action`, GeneralEvent by `Discriminator`.
template <class T>
concept Tagged = requires { Description<T>::tag; };

/// A std::variant by family: Webhook.
template <class T>
concept Families = requires { Description<T>::families; };

/// A type that the table describes.
template <class T>
concept Described = Object<T> || Tagged<T> || Families<T>;

/// Whether T is a std::optional: what may be null or absent.
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// What a property holds, apart from being there or not.
template <class T>
struct Unwrap : std::type_identity<T> {};
/// @copydoc Unwrap
template <class T>
struct Unwrap<std::optional<T>> : std::type_identity<T> {};

/// The type of the elements of a list.
template <class T>
using ElementOf = std::remove_cv_t<typename T::value_type>;

/// A property that holds a list: a std::vector or a std::span of described elements.
template <class T>
concept List = requires(const T& list) { list.begin(), list.size(); } && Described<ElementOf<T>>;

/// A property that holds a value without properties or elements.
template <class T>
concept Scalar = requires { Type<T>::kind; };

/// The property of Struct at an index: its facts as constants.
template <Object Struct, std::size_t Index>
struct PropertyAt {
  private:
    static constexpr const auto& entry = std::get<Index>(Description<Struct>::properties);

  public:
    static constexpr std::size_t index = Index;           ///< Its place in the documented order.
    static constexpr std::string_view name = entry.name;  ///< Its name on the wire.
    static constexpr auto member = entry.member;          ///< The pointer to the member.
    static constexpr Visibility visibility = entry.visibility;  ///< How much may be shown.

    /// The member's type.
    using Type = std::remove_cvref_t<decltype(std::declval<Struct&>().*member)>;
    /// The member's type without std::optional.
    using Value = typename Unwrap<Type>::type;

    /// When it must be there.
    [[nodiscard]] static constexpr Presence presence(Contract contract) noexcept {
        return contract == Contract::documented ? entry.presences.documented
                                                : entry.presences.observed;
    }

    static_assert(Scalar<Value> || Described<Value> || List<Value>,
                  "the type of this member has no wire::Type: see detail/wire_types.hpp");
    static_assert(is_optional<Type> || (presence(Contract::documented) == required &&
                                        presence(Contract::observed) == required),
                  "a property that may be absent or null needs a std::optional member");
    static_assert(name.find_first_of("~/\"\\") == std::string_view::npos,
                  "a name stands in JSON texts and JSON Pointers as it is");
};

/// How many properties a struct has.
template <Object Struct>
inline constexpr std::size_t property_count =
    std::tuple_size_v<std::remove_cvref_t<decltype(Description<Struct>::properties)>>;

/// Calls `visit(property)` for the properties of a struct, in documented order, until a call
/// returns true.
/// @return whether one did.
template <Object Struct, class Visitor>
constexpr bool any_property(Visitor&& visit) {
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        return (visit(PropertyAt<Struct, Index>{}) || ...);
    }(std::make_index_sequence<property_count<Struct>>{});
}

/// Calls `visit(property)` for each property of a struct, in documented order.
template <Object Struct, class Visitor>
constexpr void for_each_property(Visitor&& visit) {
    any_property<Struct>([&](auto property) {
        visit(property);
        return false;
    });
}

/// Calls `visit(std::type_identity<T>{})` for each alternative of a std::variant, in order.
template <class Variant, class Visitor>
constexpr void for_each_alternative(Visitor&& visit) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        (visit(std::type_identity<std::variant_alternative_t<Index, Variant>>{}), ...);
    }(std::make_index_sequence<std::variant_size_v<Variant>>{});
}

/// The tags of an alternative of a tagged object; none of an unknown one.
template <Object Struct>
[[nodiscard]] constexpr auto tags_of() noexcept {
    if constexpr (requires { Description<Struct>::tags; }) {
        return Description<Struct>::tags;
    } else if constexpr (UnknownObject<Struct>) {
        return std::array<std::string_view, 0>{};
    } else {
        return std::array{Description<Struct>::name};
    }
}

/// All documented tags of a tagged object, in the order of their enumerators.
template <Tagged Variant>
inline constexpr auto tags = []<class... Structs>(std::type_identity<std::variant<Structs...>>) {
    std::array<std::string_view, (tags_of<Structs>().size() + ...)> all{};
    std::size_t count = 0;
    const auto add = [&](const auto& names) {
        for (const std::string_view name : names)
            all[count++] = name;
    };
    (add(tags_of<Structs>()), ...);
    return all;
}(std::type_identity<Variant>{});

/// The index of a tag in `tags`; their number if it is not one of them.
template <Tagged Variant>
[[nodiscard]] constexpr std::size_t index_of_tag(std::string_view name) noexcept {
    std::size_t index = 0;
    while (index != tags<Variant>.size() && tags<Variant>[index] != name)
        ++index;
    return index;
}

/// Calls `visit(std::type_identity<T>{})` for the alternative of a tag, by its index in `tags`; for
/// the unknown one if no tag has that index.
template <Tagged Variant, class Visitor>
constexpr void visit_alternative(std::size_t index, Visitor&& visit) {
    std::size_t end = 0;
    bool is_done = false;
    for_each_alternative<Variant>([&]<class Struct>(std::type_identity<Struct> type) {
        end += tags_of<Struct>().size();
        if (is_done || (index >= end && !UnknownObject<Struct>)) return;
        is_done = true;
        visit(type);
    });
}

/// Stores which of its tags an alternative stands for, if it has a member for that.
/// @param index the tag's in `tags`, which is its enumerator.
template <Object Struct>
constexpr void set_tag(Struct& alternative, std::size_t index) noexcept {
    if constexpr (requires { Description<Struct>::tag_member; }) {
        auto& member = alternative.*Description<Struct>::tag_member;
        member = static_cast<std::remove_reference_t<decltype(member)>>(index);
    }
}

/// The tag of an alternative as it is sent.
template <Object Struct>
[[nodiscard]] constexpr std::string_view tag_of(const Struct& alternative) noexcept {
    if constexpr (UnknownObject<Struct>) {
        return alternative.*PropertyAt<Struct, 0>::member;
    } else if constexpr (requires { Description<Struct>::tag_member; }) {
        const auto index = static_cast<std::size_t>(alternative.*Description<Struct>::tag_member);
        return index < tags_of<Struct>().size() ? tags_of<Struct>()[index] : "Unknown";
    } else {
        return Description<Struct>::name;
    }
}

}  // namespace mews::webhooks::wire
