#include "door_locks.hpp"

#include <mews/webhooks/parse.hpp>

namespace door_locks {

bool concerns_locks(const mews::webhooks::Event& event) {
    return action_of(event) != mews::webhooks::Action::unknown;
}

bool concerns_locks(std::string_view body) {
    const auto event = mews::webhooks::parse(body);
    return event && concerns_locks(*event);
}

}  // namespace door_locks
