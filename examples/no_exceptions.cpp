// Without exceptions and RTTI: this file is compiled with -fno-exceptions -fno-rtti.
//
// The library is the same there. A Result is asked before it is used, as it should be anywhere;
// only value(), which elsewhere throws if there is none, ends the program.

#include <iostream>
#include <string_view>

#include <mews/webhooks.hpp>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this example shows that neither exceptions nor RTTI are needed"
#endif

namespace webhooks = mews::webhooks;

namespace {

/// A step of one's own goes on where parse ends, and fails in the same way.
webhooks::Result<webhooks::Integration> integration_in(const webhooks::Event& event) {
    if (const auto* integration = integration_of(event)) return *integration;
    return webhooks::Error{webhooks::ErrorCode::missing_property, "/Data/Integration", 0};
}

}  // namespace

int main() {
    constexpr std::string_view bodies[] = {
        R"({"Action": "IntegrationCanceled",
            "Data": {"Integration": {"Id": "int-1", "Name": "Door Locks"}}})",
        R"({"Action": "EnterpriseMoved", "Data": {}})",
        R"({"Action": "IntegrationCanceled", "Data": null})",
    };

    for (const std::string_view body : bodies) {
        const auto integration = webhooks::parse(body).and_then(integration_in);
        if (integration) {
            std::cout << *integration << '\n';
        } else {
            std::cout << "refused: " << integration.error() << '\n';
        }
    }
}
