// What was made or found out cannot be overlooked: every function that returns a Result, the
// parsing ones among them, has that from Result itself.
//
// 1: nodiscard
// 2: nodiscard

#include <mews/webhooks/events.hpp>
#include <mews/webhooks/result.hpp>

using mews::webhooks::Result;

Result<int> answer();

int receive(const mews::webhooks::EventView& event) {
#if MUST_NOT_COMPILE == 1
    answer();
#elif MUST_NOT_COMPILE == 2
    to_owned(event);
#else
    static_cast<void>(answer());
#endif
    return to_owned(event).index() == 0 ? 200 : answer().value_or(400);
}
