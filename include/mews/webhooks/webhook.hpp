/// @file
/// Webhook: the body that comes to an endpoint which is registered for both families.

#pragma once

#include <string>
#include <string_view>
#include <variant>

#include <mews/webhooks/general_events.hpp>
#include <mews/webhooks/integration_events.hpp>

namespace mews::webhooks {

/// A body of either family.
template <class Text>
using BasicWebhook = std::variant<BasicEvent<Text>, BasicGeneralWebhook<Text>>;

using Webhook = BasicWebhook<std::string>;           ///< Owns its strings and events.
using WebhookView = BasicWebhook<std::string_view>;  ///< Borrows them from a Parser.

}  // namespace mews::webhooks
