/// @file
/// An IntegrationState as text and back. The text holds credentials in the clear.

#pragma once

#include <string>
#include <string_view>

#include <mews/webhooks.hpp>

namespace receiver {

/// All members but the entities, which have a table of their own: there can be many.
std::string saved(const mews::webhooks::IntegrationState& state);

/// @throws std::runtime_error if that is not what `saved` wrote
mews::webhooks::IntegrationState state_from(std::string_view saved);

}  // namespace receiver
