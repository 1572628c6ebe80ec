/// @file
/// mews-webhooks: typed events from the Integration Webhooks of Mews. Unofficial.
///
/// The tour, in the order in which the headers build on one another:

#pragma once

// Sorted, it would be no tour.
// clang-format off
#include <mews/webhooks/version.hpp>    // the version, for the preprocessor
#include <mews/webhooks/secret.hpp>     // credentials that cannot be printed
#include <mews/webhooks/timestamp.hpp>  // instants, and their text on the wire
#include <mews/webhooks/entities.hpp>   // Enterprise, Service, Requestor, Integration
#include <mews/webhooks/actions.hpp>    // what can happen: a struct for each Action
#include <mews/webhooks/contract.hpp>   // the table: every name, its member, its presence
#include <mews/webhooks/events.hpp>     // Event: a variant of all that can happen
#include <mews/webhooks/error.hpp>      // what was wrong with a body, and where
#include <mews/webhooks/result.hpp>     // an event or an error
#include <mews/webhooks/options.hpp>    // which contract, and the limits
#include <mews/webhooks/parse.hpp>      // from bytes to events
#include <mews/webhooks/lines.hpp>      // many bodies, one a line
#include <mews/webhooks/json.hpp>       // and back
#include <mews/webhooks/print.hpp>      // for logs: redacted, masked, escaped
#include <mews/webhooks/url_token.hpp>  // who may send: the token in the endpoint's URL
#include <mews/webhooks/integration_state.hpp>  // what many events together say of an integration
// clang-format on
