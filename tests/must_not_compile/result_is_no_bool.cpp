// A Result is asked whether it has a value; it is not itself a number or a flag.
//
// 1: cannot convert|no viable conversion
// 2: cannot convert|no viable conversion
// 3: cannot convert|no viable conversion|no known conversion|no matching function
// 4: no match for|invalid operands
// 5: no match for|invalid operands|no conversion
// 6: conversion from|no viable conversion

#include <mews/webhooks/events.hpp>
#include <mews/webhooks/result.hpp>

using mews::webhooks::Event;
using mews::webhooks::Result;

int answer(bool is_accepted);

int receive(const Result<Event>& event) {
#if MUST_NOT_COMPILE == 1
    bool is_accepted = event;
#elif MUST_NOT_COMPILE == 2
    int is_accepted = event;
#elif MUST_NOT_COMPILE == 3
    return answer(event);
#elif MUST_NOT_COMPILE == 4
    bool is_accepted = event == true;
#elif MUST_NOT_COMPILE == 5
    int is_accepted = event + 1;
#elif MUST_NOT_COMPILE == 6
    Result<bool> accepted = event;
    bool is_accepted = *accepted;
#else
    bool is_accepted{event};
    if (event && !answer(event.has_value())) is_accepted = true;
#endif
#if MUST_NOT_COMPILE != 3
    return is_accepted;
#endif
}
