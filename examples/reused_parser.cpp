// Many bodies, one Parser: it keeps its buffers, and its events borrow their texts from them, so
// that a body costs no allocation. What must last is copied by to_owned.

#include <iostream>
#include <string_view>
#include <vector>

#include <mews/webhooks.hpp>

namespace webhooks = mews::webhooks;

int main() {
    constexpr std::string_view bodies[] = {
        R"({"Action": "IntegrationEnabled",
            "Data": {"Integration": {"Id": "int-1", "Name": "Door Locks"}}})",
        R"({"Action": "IntegrationDeleted",
            "Data": {"DeletedUtc": null, "Integration": {"Id": "int-2", "Name": "Minibar"}}})",
        R"({"Action": "IntegrationDisabled",
            "Data": {"Integration": {"Id": "int-1", )",
        R"({"Action": "IntegrationReinstated",
            "Data": {"Integration": {"Id": "int-3", "Name": "Sauna"}}})",
    };

    webhooks::Parser parser;  // one in each thread
    std::vector<webhooks::Event> deleted;

    for (const std::string_view body : bodies) {
        const webhooks::Result<webhooks::EventView> event = parser.parse_view(body);
        if (!event) {
            std::cout << event.error() << '\n';
            continue;  // It does not matter to the bodies after it.
        }

        // Until the parser's next call the texts are there to be read. None of them is a copy.
        std::cout << *event << '\n';

        // After that call they are gone. A view that is kept would show parts of other bodies.
        if (action_of(*event) == webhooks::Action::integration_deleted) {
            deleted.push_back(to_owned(*event));
        }
    }

    std::cout << "\nkept:\n";
    for (const webhooks::Event& event : deleted)
        std::cout << event << '\n';
}
