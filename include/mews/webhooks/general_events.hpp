/// @file
/// General Webhooks: many events a body, each of which says that an entity has changed.

#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <mews/webhooks/secret.hpp>

namespace mews::webhooks {

/// `Discriminator`: what has changed.
enum class Discriminator : std::uint8_t {
    service_order_updated,   ///< ServiceOrderUpdated
    resource_updated,        ///< ResourceUpdated
    message_added,           ///< MessageAdded
    resource_block_updated,  ///< ResourceBlockUpdated
    customer_added,          ///< CustomerAdded
    customer_updated,        ///< CustomerUpdated
    payment_updated,         ///< PaymentUpdated
    unknown,                 ///< Any other: an UnknownEntityEvent.
};

/// An element of `Events` with a documented `Discriminator`: look this entity up again. It holds no
/// time and no sequence, and the same one may come again, also twice in a message.
template <class Text>
struct BasicEntityEvent {
    Discriminator discriminator{};  ///< `Discriminator`; never Discriminator::unknown.
    Text id{};                      ///< `Id` of `Value`: the entity's, not the event's.

    bool operator==(const BasicEntityEvent&) const = default;  ///< Member by member.
};

/// An element of `Events` whose `Discriminator` this version of the library does not know: a new
/// kind of event, not a mistake of the sender.
template <class Text>
struct BasicUnknownEntityEvent {
    Text discriminator{};       ///< `Discriminator`, as it was sent.
    std::optional<Text> id{};   ///< `Id` of `Value`, if that has exactly one and it is a string.
    BasicSecret<Text> value{};  ///< `Value`'s exact JSON text, an object: it may hold a credential.

    bool operator==(const BasicUnknownEntityEvent&) const = default;  ///< Member by member.
};

/// An element of `Events`.
template <class Text>
using BasicGeneralEvent = std::variant<BasicEntityEvent<Text>, BasicUnknownEntityEvent<Text>>;

/// The body of a General Webhook.
template <class Text>
struct BasicGeneralWebhook {
    /// A std::vector; in a view a std::span of elements that the Parser keeps, valid as long as the
    /// strings are.
    using Events = std::conditional_t<std::is_same_v<Text, std::string_view>,
                                      std::span<const BasicGeneralEvent<Text>>,
                                      std::vector<BasicGeneralEvent<Text>>>;

    Text enterprise_id{};   ///< `EnterpriseId`: the property, or chain, that the events belong to.
    Text integration_id{};  ///< `IntegrationId`: the `Integration.Id` of Integration Webhooks.
    Events events{};        ///< `Events`, in the order in which they were sent; may be empty.

    /// Member by member, and element by element.
    friend bool operator==(const BasicGeneralWebhook& left, const BasicGeneralWebhook& right) {
        return left.enterprise_id == right.enterprise_id &&
               left.integration_id == right.integration_id &&
               std::equal(left.events.begin(), left.events.end(), right.events.begin(),
                          right.events.end());
    }
};

using EntityEvent = BasicEntityEvent<std::string>;                         ///< Owns its strings.
using EntityEventView = BasicEntityEvent<std::string_view>;                ///< Borrows.
using UnknownEntityEvent = BasicUnknownEntityEvent<std::string>;           ///< Owns its strings.
using UnknownEntityEventView = BasicUnknownEntityEvent<std::string_view>;  ///< Borrows.
using GeneralEvent = BasicGeneralEvent<std::string>;                       ///< Owns its strings.
using GeneralEventView = BasicGeneralEvent<std::string_view>;              ///< Borrows.
using GeneralWebhook = BasicGeneralWebhook<std::string>;  ///< Owns its strings and events.

/// A General Webhook that borrows its strings and events from the Parser that read it: valid until
/// the Parser's next call, move or end. `to_owned` makes a copy that lasts.
using GeneralWebhookView = BasicGeneralWebhook<std::string_view>;

}  // namespace mews::webhooks
