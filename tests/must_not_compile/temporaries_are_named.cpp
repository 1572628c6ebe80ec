// What points into a Parser or an event cannot be had of one that ends in the same line.
//
// 1: the view borrows from the Parser, which ends first: name the Parser
// 2: the view borrows from the Parser, which ends first: name the Parser
// 3: the view borrows from the Parser, which ends first: name the Parser
// 4: the view borrows from the Parser, which ends first: name the Parser
// 5: integration_of gives a pointer into the event: name the event first
// 6: integration_of gives a pointer into the event: name the event first
// 7: integration_of gives a pointer into the event: name the event first

#include <string_view>

#include <mews/webhooks/parse.hpp>

using namespace mews::webhooks;

int use(std::string_view body) {
    Parser parser;
#if MUST_NOT_COMPILE == 1
    const auto view = Parser{}.parse_view(body);
#else
    const auto view = parser.parse_view(body);
#endif
#if MUST_NOT_COMPILE == 2
    const auto general = Parser{}.parse_general_view("{}");
#else
    const auto general = parser.parse_general_view("{}");
#endif
#if MUST_NOT_COMPILE == 3
    const auto webhook = Parser{}.parse_webhook_view(body);
#else
    const auto webhook = parser.parse_webhook_view(body);
#endif
#if MUST_NOT_COMPILE == 4
    const auto inspected = Parser{}.inspect(body);
#else
    const auto inspected = parser.inspect(body);
#endif
    // What owns its strings may come from a Parser that ends.
    const auto event = Parser{}.parse(body);
    if (!view || !general || !webhook || !inspected.webhook || !event) return 1;
#if MUST_NOT_COMPILE == 5
    const Integration* integration = integration_of(*parse(body));
#elif MUST_NOT_COMPILE == 6
    const Integration* integration = integration_of(IntegrationEnabled{});
#elif MUST_NOT_COMPILE == 7
    const IntegrationView* integration = integration_of(EventView{});
#else
    const Integration* integration = integration_of(*event);
#endif
    return integration == nullptr;
}
