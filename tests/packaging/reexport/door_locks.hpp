#pragma once

#include <string_view>

#include <mews/webhooks/events.hpp>

namespace door_locks {

/// Whether a lock has to do something when this is told.
bool concerns_locks(const mews::webhooks::Event& event);

/// As above, of a body that is still to be parsed.
bool concerns_locks(std::string_view body);

}  // namespace door_locks
