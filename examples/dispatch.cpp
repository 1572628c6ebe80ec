// Something to do for each kind of event: std::visit with one function for each.
//
// Leave one out, and it does not compile: when the library learns a new event, the compiler names
// the places that have to learn it too.

#include <iostream>
#include <string_view>
#include <variant>

#include <mews/webhooks.hpp>

namespace webhooks = mews::webhooks;

namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

void handle(const webhooks::Event& event) {
    std::visit(Overloaded{
                   [](const webhooks::IntegrationCreated& created) {
                       std::cout << "onboard " << created.enterprise << '\n';
                   },
                   [](const webhooks::IntegrationEnabled& enabled) {
                       std::cout << "start " << enabled.integration << '\n';
                   },
                   [](const webhooks::IntegrationDisabled& disabled) {
                       std::cout << "pause " << disabled.integration << '\n';
                   },
                   [](const webhooks::IntegrationCanceled& canceled) {
                       std::cout << "stop billing " << canceled.integration << '\n';
                   },
                   [](const webhooks::IntegrationReinstated& reinstated) {
                       std::cout << "bill again " << reinstated.integration << '\n';
                   },
                   [](const webhooks::IntegrationDeleted& deleted) {
                       std::cout << "forget " << deleted.integration << '\n';
                   },
                   [](const webhooks::IntegrationApiKeyCreated& renewed) {
                       std::cout << "use the new key of " << renewed.integration << '\n';
                   },
                   [](const webhooks::UnknownEvent& unknown) {
                       std::cout << "have somebody look at " << unknown << '\n';
                   },
               },
               event);
}

/// Receives a body. Returns the HTTP status to answer with.
int receive(std::string_view body) {
    const auto event = webhooks::parse(body);
    if (!event) return 400;
    handle(*event);
    // Also for an event that is not known. It is new and no mistake, and anything but success would
    // make Mews send it again and again, and then drop it.
    return 204;
}

}  // namespace

int main() {
    constexpr std::string_view bodies[] = {
        R"({"Action": "IntegrationCreated",
            "Data": {"Enterprise": {"Id": "ent-1", "Name": "The Invented Arms"},
                     "AccessToken": "INVENTED-TOKEN",
                     "CreatedUtc": "2024-02-29T08:15:30Z",
                     "IsEnabled": false,
                     "Integration": {"Id": "int-1", "Name": "Door Locks"}}})",
        R"({"Action": "IntegrationEnabled",
            "Data": {"Integration": {"Id": "int-1", "Name": "Door Locks"}}})",
        R"({"Action": "IntegrationApiKeyCreated",
            "Data": {"Integration": {"Id": "int-1", "Name": "Door Locks"},
                     "ApiKey": "INVENTED-KEY"}})",
        R"({"Action": "IntegrationRenamed",
            "Data": {"Integration": {"Id": "int-1", "Name": "Locks"}}})",
        R"({"Action": "IntegrationDisabled",
            "Data": {"Integration": {"Id": "int-1", "Name": "Locks"}}})",
        R"({"Action": "IntegrationCanceled",
            "Data": {"Integration": {"Id": "int-1", "Name": "Locks"}}})",
        R"({"Action": "IntegrationReinstated",
            "Data": {"Integration": {"Id": "int-1", "Name": "Locks"}}})",
        R"({"Action": "IntegrationDeleted",
            "Data": {"DeletedUtc": "2025-11-05T23:59:59Z",
                     "Integration": {"Id": "int-1", "Name": "Locks"}}})",
    };

    for (const std::string_view body : bodies) {
        const int status = receive(body);
        std::cout << "    answered " << status << '\n';
    }
}
