/// @file
/// mews-webhooks: typed events from the webhooks of Mews. Unofficial.
///
/// The tour, in the order in which the headers build on one another:

#pragma once

// Sorted, it would be no tour.
// clang-format off
#include <mews/webhooks/version.hpp>             // the version, for the preprocessor
#include <mews/webhooks/secret.hpp>              // credentials that cannot be printed
#include <mews/webhooks/timestamp.hpp>           // instants, and their form on the wire
#include <mews/webhooks/entities.hpp>            // Enterprise, Service, Requestor, Integration
#include <mews/webhooks/integration_events.hpp>  // Event: a struct for each Action
#include <mews/webhooks/general_events.hpp>      // GeneralWebhook: a list of events by Discriminator
#include <mews/webhooks/webhook.hpp>             // Webhook: either of them
#include <mews/webhooks/contract.hpp>            // the table: every name, its member, its presence
#include <mews/webhooks/reflect.hpp>             // what can be asked of the table
#include <mews/webhooks/events.hpp>              // what can be asked of an event
#include <mews/webhooks/error.hpp>               // what was wrong with a body, and where
#include <mews/webhooks/result.hpp>              // a value or an error
#include <mews/webhooks/options.hpp>             // which contract, and the limits
#include <mews/webhooks/parse.hpp>               // from bytes to events
#include <mews/webhooks/lines.hpp>               // many bodies, one a line
#include <mews/webhooks/inspect.hpp>             // all that is wrong with a body
#include <mews/webhooks/redact.hpp>              // a body that may be shown to others
#include <mews/webhooks/json.hpp>                // from events to bytes
#include <mews/webhooks/print.hpp>               // for logs: redacted, masked, escaped
#include <mews/webhooks/url_token.hpp>           // the token in the endpoint's URL
#include <mews/webhooks/integration_state.hpp>   // what is known of one integration
// clang-format on
