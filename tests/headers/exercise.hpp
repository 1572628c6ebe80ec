/// @file
/// Uses all of the library in the translation unit that includes it.

#pragma once

#include <sstream>
#include <string>
#include <string_view>

#include <mews/webhooks.hpp>
#include <mews/webhooks/std_error_code.hpp>

#include "unit_report.hpp"

namespace {

struct Sample {
    std::string_view body;
    std::string_view expected;
};

constexpr Sample samples[] = {
    {R"({"Action":"IntegrationCreated","Data":{"Enterprise":{"Id":"e-1","Name":"Caf\u00e9"},)"
     R"("Service":null,"Requestor":{"Name":"Ada","Email":"ada@example.org"},)"
     R"("AccessToken":"not-a-token","CreatedUtc":"2024-02-29T23:59:59.1234567Z","IsEnabled":true,)"
     R"("Integration":{"Id":"i-1","Name":"Door locks"},"Extra":[1,{"deep":null}]}})",
     R"(IntegrationCreated {Enterprise: {Id: "e-1", Name: "Café"}, Service: null, )"
     R"(Requestor: {Name: [masked], Email: [masked]}, AccessToken: [redacted], )"
     R"(CreatedUtc: 2024-02-29T23:59:59.1234567Z, IsEnabled: true, )"
     R"(Integration: {Id: "i-1", Name: "Door locks"}} )"
     R"({"Action":"IntegrationCreated","Data":{"Enterprise":{"Id":"e-1","Name":"Café"},)"
     R"("Requestor":{"Name":"Ada","Email":"ada@example.org"},)"
     R"("AccessToken":"not-a-token","CreatedUtc":"2024-02-29T23:59:59.1234567Z","IsEnabled":true,)"
     R"("Integration":{"Id":"i-1","Name":"Door locks"}}})"},
    {R"({"Data":{"DeletedUtc":null,"Integration":{"Id":"i-2","Name":"Till"}},)"
     R"("Action":"IntegrationDeleted"})",
     R"(IntegrationDeleted {DeletedUtc: null, Integration: {Id: "i-2", Name: "Till"}} )"
     R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":null,)"
     R"("Integration":{"Id":"i-2","Name":"Till"}}})"},
    {R"({"Action":"IntegrationMoved","Data":{"Integration":{"Id":"i-3","Name":"Till"},"To":7}})",
     R"(UnknownEvent {Action: "IntegrationMoved", Integration: {Id: "i-3", Name: "Till"}, )"
     R"(Data: [redacted]} )"
     R"({"Action":"IntegrationMoved","Data":{"Integration":{"Id":"i-3","Name":"Till"},"To":7}})"},
    {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i-4"}}})",
     "missing_property at /Data/Integration/Name (byte 53): a required property is missing; "
     "mews-webhooks:8"},
    {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":01}}})",
     "malformed_json (byte 60): the body is not well-formed JSON; mews-webhooks:4"},
    {"", "empty_body (byte 0): the body is empty; mews-webhooks:1"},
};

void show(std::ostream& out, const mews::webhooks::Result<mews::webhooks::Event>& result) {
    if (result) {
        out << *result << ' ' << to_json(*result) << '\n';
    } else {
        out << result.error() << "; " << std::error_code{result.error().code} << '\n';
    }
}

UnitReport exercise() {
    using mews::webhooks::Event;
    using mews::webhooks::Result;

    std::ostringstream results;
    std::ostringstream expected;
    mews::webhooks::Parser parser;
    for (const auto& [body, line] : samples) {
        show(results, mews::webhooks::parse(body));
        show(results, parser.parse(body));
        const auto view = parser.parse_view(body);
        show(results, view ? Result<Event>{to_owned(*view)} : Result<Event>{view.error()});
        for (int i = 0; i != 3; ++i)
            expected << line << '\n';
    }
    return {results.str(), expected.str()};
}

}  // namespace
