/// @file
/// Event: what one body tells, and what can be asked of any of them. Needs no JSON parser, so that
/// most of a program can pass events on without compiling one.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include <mews/webhooks/actions.hpp>
#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/table.hpp>
#include <mews/webhooks/entities.hpp>
#include <mews/webhooks/secret.hpp>
#include <mews/webhooks/timestamp.hpp>

namespace mews::webhooks {

/// What one body tells, by `Action`: one alternative for each that is documented, in the order of
/// Action's enumerators, and UnknownEvent for all others.
template <class Text>
using BasicEvent = std::variant<BasicIntegrationCreated<Text>, BasicIntegrationEnabled<Text>,
                                BasicIntegrationDisabled<Text>, BasicIntegrationCanceled<Text>,
                                BasicIntegrationReinstated<Text>, BasicIntegrationDeleted<Text>,
                                BasicIntegrationApiKeyCreated<Text>, BasicUnknownEvent<Text>>;

/// An event that owns its texts.
using Event = BasicEvent<std::string>;

/// An event whose texts are borrowed from the Parser that made it: valid until the Parser's next
/// call, move or end. `to_owned` makes it last.
using EventView = BasicEvent<std::string_view>;

/// Which action an event tells of.
[[nodiscard]] constexpr Action action_of(const Event& event) noexcept;
/// @copydoc action_of(const Event&)
[[nodiscard]] constexpr Action action_of(const EventView& event) noexcept;

/// The action's name on the wire: `"IntegrationCreated"`. `"Unknown"` for Action::unknown.
[[nodiscard]] constexpr std::string_view to_string(Action action) noexcept;

/// The integration that an event is about: a pointer into the event, null only for an UnknownEvent
/// without one.
[[nodiscard]] constexpr const Integration* integration_of(const Event& event) noexcept;
/// @copydoc integration_of(const Event&)
[[nodiscard]] constexpr const IntegrationView* integration_of(const EventView& event) noexcept;

/// A copy that owns its texts.
/// @throws std::bad_alloc if there is no memory for a text.
[[nodiscard]] inline Event to_owned(const EventView& event);

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

/// The names of all actions, by enumerator.
inline constexpr auto action_names = []<class... Objects>(wire::List<Objects...>) {
    return std::array{Objects::name...};
}(wire::Table<std::string_view>::Events{});

/// The events of the table, Action's enumerators and Event's alternatives stand in one order.
template <class Text, class... Objects>
constexpr bool in_table_order(wire::List<Objects...>) noexcept {
    return std::is_same_v<BasicEvent<Text>,
                          std::variant<typename Objects::Type..., BasicUnknownEvent<Text>>>;
}

static_assert(in_table_order<std::string>(wire::Table<std::string>::Events{}));
static_assert(action_names.size() == static_cast<std::size_t>(Action::unknown));

/// The action that has this name on the wire.
constexpr Action action_named(std::string_view name) noexcept {
    std::size_t index = 0;
    while (index != action_names.size() && action_names[index] != name)
        ++index;
    return static_cast<Action>(index);
}

template <class Text>
constexpr Action action_of(const BasicEvent<Text>& event) noexcept {
    // An assignment that threw can leave a variant without a value; nothing is known of it either.
    return event.valueless_by_exception() ? Action::unknown : static_cast<Action>(event.index());
}

template <class Text>
constexpr const BasicIntegration<Text>* integration_of(const BasicEvent<Text>& event) noexcept {
    if (event.valueless_by_exception()) return nullptr;
    return std::visit(
        [](const auto& happened) -> const BasicIntegration<Text>* {
            if constexpr (wire::is_optional<std::remove_cvref_t<decltype(happened.integration)>>) {
                return happened.integration ? &*happened.integration : nullptr;
            } else {
                return &happened.integration;
            }
        },
        event);
}

/// Makes `to` an owning copy: of a text, of what holds no text, and of whatever the table
/// describes.
struct Own {
    static void copy(std::string& to, std::string_view from) { to = from; }
    static void copy(Secret& to, const SecretView& from) {
        to = Secret{std::string{from.reveal()}};
    }
    static void copy(Timestamp& to, Timestamp from) noexcept { to = from; }
    static void copy(bool& to, bool from) noexcept { to = from; }

    template <class To, class From>
    static void copy(std::optional<To>& to, const std::optional<From>& from) {
        if (from) copy(to.emplace(), *from);
    }

    template <template <class> class Shape>
    requires Described<Shape<std::string_view>>
    static void copy(Shape<std::string>& to, const Shape<std::string_view>& from) {
        members(to, from, typename object_of<Shape<std::string>>::Properties{},
                typename object_of<Shape<std::string_view>>::Properties{});
    }

    static void copy(UnknownEvent& to, const UnknownEventView& from) {
        copy(to.action, from.action);
        copy(to.integration, from.integration);
        copy(to.data, from.data);
    }

  private:
    template <class To, class From, class... Owned, class... Borrowed>
    static void members(To& to, const From& from, wire::List<Owned...>, wire::List<Borrowed...>) {
        (copy(to.*Owned::member, from.*Borrowed::member), ...);
    }
};

/// Becomes the owning copy. A conversion, so that the copy is made in its place.
template <class View>
struct MakeOwned {
    const View& view;

    using Owned = typename Rebind<View, std::string>::type;

    operator Owned() const {  // NOLINT(google-explicit-constructor): for emplacement
        Owned owned;
        Own::copy(owned, view);
        return owned;
    }
};

/// As MakeOwned, of any event.
template <>
struct MakeOwned<EventView> {
    const EventView& view;

    operator Event() const {  // NOLINT(google-explicit-constructor): for emplacement
        return std::visit(
            []<class View>(const View& happened) {
                using Maker = MakeOwned<View>;
                return Event{std::in_place_type<typename Maker::Owned>, Maker{happened}};
            },
            view);
    }
};

}  // namespace detail

constexpr Action action_of(const Event& event) noexcept {
    return detail::action_of(event);
}
constexpr Action action_of(const EventView& event) noexcept {
    return detail::action_of(event);
}

constexpr std::string_view to_string(Action action) noexcept {
    const auto index = static_cast<std::size_t>(action);
    return index < detail::action_names.size() ? detail::action_names[index] : "Unknown";
}

constexpr const Integration* integration_of(const Event& event) noexcept {
    return detail::integration_of(event);
}
constexpr const IntegrationView* integration_of(const EventView& event) noexcept {
    return detail::integration_of(event);
}

inline Event to_owned(const EventView& event) {
    return detail::MakeOwned<EventView>{event};
}

}  // namespace mews::webhooks
