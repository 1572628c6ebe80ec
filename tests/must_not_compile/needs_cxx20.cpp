// An older standard is named as the cause, and the compiler stops there.
//
// 1 -std=c++17: needs C..20: compile with -std=c..20 or later.*fatal error: .*needs C..20
// 2 -std=c++17: needs C..20: compile with -std=c..20 or later.*fatal error: .*needs C..20

#if MUST_NOT_COMPILE == 2
#include <mews/webhooks/events.hpp>
#else
#include <mews/webhooks.hpp>
#endif

int answer(const mews::webhooks::Event& event) {
    return action_of(event) == mews::webhooks::Action::unknown;
}
