/// @file
/// The value types of both families, and what can be asked of any event. Needs no JSON parser: most
/// of a program can include this alone.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/own.hpp>
#include <mews/webhooks/general_events.hpp>
#include <mews/webhooks/integration_events.hpp>
#include <mews/webhooks/print.hpp>
#include <mews/webhooks/reflect.hpp>
#include <mews/webhooks/webhook.hpp>

namespace mews::webhooks {

// ── which event it is ───────────────────────────────────────────────────────────────────────────

namespace detail {

template <class Text>
constexpr Action action_of(const BasicEvent<Text>& event) noexcept {
    // An assignment that threw can leave a variant without a value: nothing is known of it either.
    return event.valueless_by_exception() ? Action::unknown : static_cast<Action>(event.index());
}

/// The events' alternatives and the enumerators stand in one order.
static_assert(std::variant_size_v<Event> == static_cast<std::size_t>(Action::unknown) + 1);
static_assert(wire::tags<Event>.size() == static_cast<std::size_t>(Action::unknown));
static_assert(wire::tags<GeneralEvent>.size() == static_cast<std::size_t>(Discriminator::unknown));

}  // namespace detail

/// Which action an event has.
[[nodiscard]] constexpr Action action_of(const Event& event) noexcept {
    return detail::action_of(event);
}
/// @copydoc action_of(const Event&)
[[nodiscard]] constexpr Action action_of(const EventView& event) noexcept {
    return detail::action_of(event);
}

/// The action of this name on the wire; Action::unknown if it is not documented.
[[nodiscard]] constexpr Action action_named(std::string_view name) noexcept {
    return static_cast<Action>(wire::index_of_tag<Event>(name));
}

/// The action's name as it was sent, unknown ones too. Lives as long as the event's strings.
[[nodiscard]] inline std::string_view action_name(const Event& event);
/// @copydoc action_name(const Event&)
[[nodiscard]] inline std::string_view action_name(const EventView& event);

// ── which integration it is about ───────────────────────────────────────────────────────────────

/// The integration that an event is about: a pointer into the event, null only for an UnknownEvent
/// without one.
[[nodiscard]] constexpr const Integration* integration_of(const Event& event) noexcept;
/// @copydoc integration_of(const Event&)
[[nodiscard]] constexpr const IntegrationView* integration_of(const EventView& event) noexcept;

/// Does not compile: the pointer would outlive the event, which is a temporary, or is made of what
/// is given.
template <class Other>
requires((std::is_convertible_v<Other, Event> || std::is_convertible_v<Other, EventView>) &&
         !std::is_same_v<Other, Event&> && !std::is_same_v<Other, const Event&> &&
         !std::is_same_v<Other, EventView&> && !std::is_same_v<Other, const EventView&>)
constexpr const Integration* integration_of(Other&&) noexcept {
    static_assert(std::is_void_v<Other>,
                  "integration_of gives a pointer into the event: name the event first, as in "
                  "`const auto event = parse(body); … integration_of(*event)`");
    return nullptr;
}

// ── copies that own ─────────────────────────────────────────────────────────────────────────────

/// A copy that owns its strings: of an EventView an Event, of an IntegrationCreatedView an
/// IntegrationCreated, of a GeneralWebhookView a GeneralWebhook, and so on.
/// @throws std::bad_alloc if there is no memory for it.
template <wire::Described View>
[[nodiscard]] auto to_owned(const View& view) {
    return detail::own(view);
}

// ── a handler for each alternative ──────────────────────────────────────────────────────────────

/// `std::visit` with a handler for each alternative, or with a generic one for the others:
///
/// @code
/// match(event, [](const IntegrationCreated& created) { … }, [](const auto& other) { … });
/// @endcode
///
/// A lambda that takes a type which is no alternative does not compile: with std::visit, one for
/// IntegrationCreated would never be called for an EventView, whose alternative is
/// IntegrationCreatedView. So give a lambda for each type: into a class with several call
/// operators, or with a template, nothing can look. Handlers that are lvalues are copied. As in any
/// set of overloads, a generic lambda that is `mutable` is preferred to others that are not.
///
/// @return what the handlers return; they all return the same type.
template <class Variant, class... Handlers>
constexpr decltype(auto) match(Variant&& variant, Handlers&&... handlers);

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

template <class Text>
std::string_view action_name(const BasicEvent<Text>& event) {
    if (event.valueless_by_exception()) return to_string(Action::unknown);
    return std::visit(
        [](const auto& alternative) -> std::string_view { return wire::tag_of(alternative); },
        event);
}

template <class Text>
constexpr const BasicIntegration<Text>* integration_of(const BasicEvent<Text>& event) noexcept {
    if (event.valueless_by_exception()) return nullptr;
    return std::visit(
        [](const auto& alternative) -> const BasicIntegration<Text>* {
            if constexpr (wire::is_optional<
                              std::remove_cvref_t<decltype(alternative.integration)>>) {
                return alternative.integration ? &*alternative.integration : nullptr;
            } else {
                return &alternative.integration;
            }
        },
        event);
}

/// Its name stands in the compiler's message.
template <class Handler, class TheVariantIs>
inline constexpr bool the_handler_is_for_another_variant = false;

template <class T>
struct ConvertsTo {
    operator T() const;  // NOLINT(google-explicit-constructor)
};

/// Whether a handler can be called with an alternative of the variant, and not with all of it.
template <class Handler, class Variant>
constexpr bool takes_an_alternative() {
    using Type = std::remove_cvref_t<Variant>;
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        return (std::is_invocable_v<Handler&, decltype(std::get<Index>(std::declval<Variant>()))> ||
                ...);
    }(std::make_index_sequence<std::variant_size_v<Type>>{}) &&
           !std::is_invocable_v<Handler&, ConvertsTo<Type>>;
}

/// Refuses a handler that would never be called. Asked of handlers that have one call operator, and
/// that no template: to ask a template would be to instantiate it.
template <class Handler, class Variant>
constexpr void check_handler() {
    static_assert(std::is_class_v<Handler>,
                  "match: a handler is a lambda, or an object of another class");
    if constexpr (requires { &Handler::operator(); }) {
        static_assert(
            takes_an_alternative<Handler, Variant>() ||
                the_handler_is_for_another_variant<Handler, std::remove_cvref_t<Variant>>,
            "match: a handler takes a type that is no alternative of this variant. An EventView "
            "has IntegrationCreatedView and so on, an Event has IntegrationCreated and so on.");
    }
}

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

}  // namespace detail

inline std::string_view action_name(const Event& event) {
    return detail::action_name(event);
}
inline std::string_view action_name(const EventView& event) {
    return detail::action_name(event);
}

constexpr const Integration* integration_of(const Event& event) noexcept {
    return detail::integration_of(event);
}
constexpr const IntegrationView* integration_of(const EventView& event) noexcept {
    return detail::integration_of(event);
}

/// @cond
template <class Variant, class... Handlers>
constexpr decltype(auto) match(Variant&& variant, Handlers&&... handlers) {
    (detail::check_handler<std::remove_cvref_t<Handlers>, Variant&&>(), ...);
    return std::visit(
        detail::Overloaded<std::remove_cvref_t<Handlers>...>{std::forward<Handlers>(handlers)...},
        std::forward<Variant>(variant));
}
/// @endcond

}  // namespace mews::webhooks
