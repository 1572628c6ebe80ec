// A handler of match names a type that the variant has; otherwise it would never be called.
//
// 1: match: a handler takes a type that is no alternative of this variant
// 2: match: a handler takes a type that is no alternative of this variant
// 3: match: a handler takes a type that is no alternative of this variant
// 4: match: a handler takes a type that is no alternative of this variant
// 5: invoke|visit
// 6: match: a handler takes a type that is no alternative of this variant
// 7: match: a handler takes a type that is no alternative of this variant
// 8: match: a handler takes a type that is no alternative of this variant
// 9: match: a handler is a lambda, or an object of another class

#include <mews/webhooks/events.hpp>

using namespace mews::webhooks;

int count(const IntegrationCreatedView&) {
    return 1;
}

int handle(const EventView& event, const Webhook& webhook) {
    int calls = match(
        event,
#if MUST_NOT_COMPILE == 1
        [](const IntegrationCreated&) { return 1; },
#elif MUST_NOT_COMPILE == 2
        [](IntegrationCreated) noexcept { return 1; },
#elif MUST_NOT_COMPILE == 3
        [n = 0](const Integration&) mutable {
        return ++n; },
#elif MUST_NOT_COMPILE == 6
        [](IntegrationCreatedView&) {
        return 1; },
#elif MUST_NOT_COMPILE == 7
        [](const EventView&) {
        return 1; },
#elif MUST_NOT_COMPILE == 8
        [](IntegrationCreatedView&&) {
        return 1; },
#elif MUST_NOT_COMPILE == 9
        &count,
#else
        [](const IntegrationCreatedView&) {
        return 1; },
#endif
#if MUST_NOT_COMPILE == 5
        [](const IntegrationDeletedView&) { return 2; });
#else
        [](const auto&) { return 2; });
#endif
#if MUST_NOT_COMPILE == 4
    calls +=
        match(webhook, [](const IntegrationCreated&) { return 1; }, [](const auto&) { return 2; });
#else
    calls += match(webhook, [](const Event&) { return 1; }, [](const auto&) { return 2; });
#endif
    return calls;
}
