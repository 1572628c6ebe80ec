// A view does not become an owned value, nor the reverse, without to_owned.
//
// 1: conversion from|no viable conversion
// 2: no match for|no viable overloaded .=.
// 3: could not convert|cannot convert|no viable conversion
// 4: conversion from|no viable conversion
// 5: conversion from|no viable conversion

#include <mews/webhooks/events.hpp>
#include <mews/webhooks/result.hpp>

using mews::webhooks::Event;
using mews::webhooks::EventView;
using mews::webhooks::Result;

const char* keep(const EventView& view, const mews::webhooks::IntegrationEnabledView& enabled) {
#if MUST_NOT_COMPILE == 1
    Event event = view;
#elif MUST_NOT_COMPILE == 2
    Event event;
    event = view;
#elif MUST_NOT_COMPILE == 3
    Event event = mews::webhooks::IntegrationEnabled{enabled.integration};
#elif MUST_NOT_COMPILE == 4
    Event event;
    EventView again = event;
#elif MUST_NOT_COMPILE == 5
    Result<Event> event = Result<EventView>{view};
#else
    Event event = to_owned(view);
    event = to_owned(EventView{enabled});
#endif
    return integration_of(event)->name.c_str();
}
