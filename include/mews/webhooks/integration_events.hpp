/// @file
/// Integration Webhooks: one event a body, a struct for each `Action` of the wire.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <mews/webhooks/entities.hpp>
#include <mews/webhooks/secret.hpp>
#include <mews/webhooks/timestamp.hpp>

namespace mews::webhooks {

/// `Action`: which event a body holds, in the order of Event's alternatives.
enum class Action : std::uint8_t {
    integration_created,          ///< IntegrationCreated
    integration_enabled,          ///< IntegrationEnabled
    integration_disabled,         ///< IntegrationDisabled
    integration_canceled,         ///< IntegrationCanceled
    integration_reinstated,       ///< IntegrationReinstated
    integration_deleted,          ///< IntegrationDeleted
    integration_api_key_created,  ///< IntegrationApiKeyCreated
    unknown,                      ///< Any other: an UnknownEvent.
};

/// `IntegrationCreated`: an enterprise connected the integration. Holds the credential for it.
template <class Text>
struct BasicIntegrationCreated {
    BasicEnterprise<Text> enterprise{};               ///< `Enterprise`
    std::optional<BasicService<Text>> service{};      ///< `Service`: absent or null is nothing.
    std::optional<BasicRequestor<Text>> requestor{};  ///< `Requestor`: null in production.
    BasicSecret<Text> access_token{};                 ///< `AccessToken`: a live credential.
    Timestamp created_utc{};                          ///< `CreatedUtc`
    bool is_enabled = false;                          ///< `IsEnabled`
    BasicIntegration<Text> integration{};             ///< `Integration`

    bool operator==(const BasicIntegrationCreated&) const = default;  ///< Member by member.
};

/// `IntegrationEnabled`: the integration was switched on.
template <class Text>
struct BasicIntegrationEnabled {
    BasicIntegration<Text> integration{};  ///< `Integration`

    bool operator==(const BasicIntegrationEnabled&) const = default;  ///< Member by member.
};

/// `IntegrationDisabled`: the integration was switched off.
template <class Text>
struct BasicIntegrationDisabled {
    BasicIntegration<Text> integration{};  ///< `Integration`

    bool operator==(const BasicIntegrationDisabled&) const = default;  ///< Member by member.
};

/// `IntegrationCanceled`: the integration was canceled.
template <class Text>
struct BasicIntegrationCanceled {
    BasicIntegration<Text> integration{};  ///< `Integration`

    bool operator==(const BasicIntegrationCanceled&) const = default;  ///< Member by member.
};

/// `IntegrationReinstated`: the integration was reinstated.
template <class Text>
struct BasicIntegrationReinstated {
    BasicIntegration<Text> integration{};  ///< `Integration`

    bool operator==(const BasicIntegrationReinstated&) const = default;  ///< Member by member.
};

/// `IntegrationDeleted`: the integration was deleted.
template <class Text>
struct BasicIntegrationDeleted {
    std::optional<Timestamp> deleted_utc{};  ///< `DeletedUtc`: null has been sent.
    BasicIntegration<Text> integration{};    ///< `Integration`

    bool operator==(const BasicIntegrationDeleted&) const = default;  ///< Member by member.
};

/// `IntegrationApiKeyCreated`: the access token was regenerated; `ApiKey` is the new one.
template <class Text>
struct BasicIntegrationApiKeyCreated {
    BasicIntegration<Text> integration{};  ///< `Integration`
    BasicSecret<Text> api_key{};           ///< `ApiKey`: a live credential.

    bool operator==(const BasicIntegrationApiKeyCreated&) const = default;  ///< Member by member.
};

/// An `Action` that this version of the library does not know: a new event, not a mistake of the
/// sender. Answer it with success, or the sender repeats the message and then drops it.
template <class Text>
struct BasicUnknownEvent {
    Text action{};  ///< `Action`, as it was sent.

    /// `Integration` of `Data`, if that has exactly one and it keeps to the contract.
    std::optional<BasicIntegration<Text>> integration{};

    BasicSecret<Text> data{};  ///< `Data`'s exact JSON text, an object: it may hold a credential.

    bool operator==(const BasicUnknownEvent&) const = default;  ///< Member by member.
};

using IntegrationCreated = BasicIntegrationCreated<std::string>;                       ///< Owns.
using IntegrationCreatedView = BasicIntegrationCreated<std::string_view>;              ///< Borrows.
using IntegrationEnabled = BasicIntegrationEnabled<std::string>;                       ///< Owns.
using IntegrationEnabledView = BasicIntegrationEnabled<std::string_view>;              ///< Borrows.
using IntegrationDisabled = BasicIntegrationDisabled<std::string>;                     ///< Owns.
using IntegrationDisabledView = BasicIntegrationDisabled<std::string_view>;            ///< Borrows.
using IntegrationCanceled = BasicIntegrationCanceled<std::string>;                     ///< Owns.
using IntegrationCanceledView = BasicIntegrationCanceled<std::string_view>;            ///< Borrows.
using IntegrationReinstated = BasicIntegrationReinstated<std::string>;                 ///< Owns.
using IntegrationReinstatedView = BasicIntegrationReinstated<std::string_view>;        ///< Borrows.
using IntegrationDeleted = BasicIntegrationDeleted<std::string>;                       ///< Owns.
using IntegrationDeletedView = BasicIntegrationDeleted<std::string_view>;              ///< Borrows.
using IntegrationApiKeyCreated = BasicIntegrationApiKeyCreated<std::string>;           ///< Owns.
using IntegrationApiKeyCreatedView = BasicIntegrationApiKeyCreated<std::string_view>;  ///< Borrows.
using UnknownEvent = BasicUnknownEvent<std::string>;                                   ///< Owns.
using UnknownEventView = BasicUnknownEvent<std::string_view>;                          ///< Borrows.

/// The body of an Integration Webhook, by `Action`: one alternative for each that is documented, in
/// the order of Action's enumerators, and UnknownEvent for all others.
template <class Text>
using BasicEvent = std::variant<BasicIntegrationCreated<Text>, BasicIntegrationEnabled<Text>,
                                BasicIntegrationDisabled<Text>, BasicIntegrationCanceled<Text>,
                                BasicIntegrationReinstated<Text>, BasicIntegrationDeleted<Text>,
                                BasicIntegrationApiKeyCreated<Text>, BasicUnknownEvent<Text>>;

/// An event that owns its strings.
using Event = BasicEvent<std::string>;

/// An event whose strings are borrowed from the Parser that read it: valid until the Parser's next
/// call, move or end. `to_owned` makes a copy that lasts.
using EventView = BasicEvent<std::string_view>;

}  // namespace mews::webhooks
