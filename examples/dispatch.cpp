// Something to do for each kind of event, at an endpoint that gets both families: match with one
// handler for each.
//
// Leave one out, and it does not compile: when the library learns a new event, the compiler names
// the places that have to learn it, too.

#include <iostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <mews/webhooks.hpp>

namespace webhooks = mews::webhooks;

namespace {

void handle(const webhooks::Event& event) {
    using namespace mews::webhooks;
    match(
        event, [](const IntegrationCreated& e) { std::cout << "onboard " << e.enterprise << '\n'; },
        [](const IntegrationEnabled& e) { std::cout << "start " << e.integration << '\n'; },
        [](const IntegrationDisabled& e) { std::cout << "pause " << e.integration << '\n'; },
        [](const IntegrationCanceled& e) { std::cout << "stop billing " << e.integration << '\n'; },
        [](const IntegrationReinstated& e) { std::cout << "bill again " << e.integration << '\n'; },
        [](const IntegrationDeleted& e) { std::cout << "forget " << e.integration << '\n'; },
        [](const IntegrationApiKeyCreated& e) {
            std::cout << "use the new key of " << e.integration << '\n';
        },
        [](const UnknownEvent& e) { std::cout << "show to somebody " << e << '\n'; });
}

/// The events only say that something has changed, and can name an entity many times: each is
/// looked up once.
void handle(const webhooks::GeneralWebhook& webhook) {
    std::set<std::pair<std::string, std::string>> changed;
    for (const webhooks::GeneralEvent& event : webhook.events) {
        match(
            event,
            [&](const webhooks::EntityEvent& e) {
                changed.emplace(to_string(e.discriminator), e.id);
            },
            [](const webhooks::UnknownEntityEvent& e) {
                std::cout << "show to somebody " << e << '\n';
            });
    }
    for (const auto& [kind, id] : changed)
        std::cout << "look up " << kind << ' ' << id << '\n';
}

/// Receives a body. Returns the HTTP status to answer with.
int receive(std::string_view body) {
    const auto webhook = webhooks::parse_webhook(body);
    if (webhook) {
        match(*webhook, [](const auto& of_its_family) { handle(of_its_family); });
        // Also for an event that is not known. It is new and no mistake, and anything but success
        // would make Mews send it again and again, and then drop it.
        return 204;
    }
    switch (kind_of(webhook.error().code)) {
        case webhooks::ErrorKind::contract:
            std::cout << "set aside: " << webhook.error() << '\n';
            return 204;  // The same body would come again.
        case webhooks::ErrorKind::limit:
            return 413;
        case webhooks::ErrorKind::resource:
            return 503;
        case webhooks::ErrorKind::malformed:
            break;
    }
    return 400;
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
        R"({"EnterpriseId": "ent-1", "IntegrationId": "int-1",
            "Events": [{"Discriminator": "CustomerUpdated", "Value": {"Id": "cus-1"}},
                       {"Discriminator": "ProductUpdated", "Value": {"Id": "pro-1"}},
                       {"Discriminator": "CustomerUpdated", "Value": {"Id": "cus-1"}}]})",
        R"({"Action": "IntegrationEnabled", "Data": {"Integration": {"Id": "int-1"}}})",
        R"({"Action": "IntegrationEnabled", )",
    };

    for (const std::string_view body : bodies) {
        const int status = receive(body);
        std::cout << "    answered " << status << '\n';
    }
}
