// An event is asked for what can happen, in its own ownership, and all that can happen is handled.
//
// 1: static assertion|static_assert
// 2: static assertion|static_assert
// 3: invoke|visit

#include <string>
#include <variant>

#include <mews/webhooks/events.hpp>

using namespace mews::webhooks;

struct Handler {
    std::string operator()(const IntegrationCreated& event) const { return event.enterprise.id; }
    std::string operator()(const IntegrationEnabled& event) const { return event.integration.id; }
    std::string operator()(const IntegrationDisabled& event) const { return event.integration.id; }
    std::string operator()(const IntegrationCanceled& event) const { return event.integration.id; }
    std::string operator()(const IntegrationReinstated& event) const {
        return event.integration.id;
    }
    std::string operator()(const IntegrationDeleted& event) const { return event.integration.id; }
    std::string operator()(const IntegrationApiKeyCreated& event) const {
        return event.integration.id;
    }
#if MUST_NOT_COMPILE != 3
    std::string operator()(const UnknownEvent& event) const { return event.action; }
#endif
};

std::string handle(const Event& event) {
#if MUST_NOT_COMPILE == 1
    if (const auto* enterprise = std::get_if<Enterprise>(&event)) return enterprise->id;
#elif MUST_NOT_COMPILE == 2
    if (const auto* unknown = std::get_if<UnknownEventView>(&event)) {
        return std::string{unknown->action};
    }
#else
    if (const auto* unknown = std::get_if<UnknownEvent>(&event)) return unknown->action;
#endif
    return std::visit(Handler{}, event);
}
