// One body, one event: parse it, and look whether it is the one that matters here.

#include <iostream>
#include <string_view>
#include <variant>

#include <mews/webhooks.hpp>

int main() {
    namespace webhooks = mews::webhooks;

    // What a web server hands over: the body of a POST.
    constexpr std::string_view body = R"({
        "Action": "IntegrationCreated",
        "Data": {
            "Enterprise": { "Id": "ent-1", "Name": "The Invented Arms" },
            "Service": { "Id": "svc-1", "Name": "Lodging" },
            "Requestor": null,
            "AccessToken": "INVENTED-TOKEN",
            "CreatedUtc": "2024-02-29T08:15:30Z",
            "IsEnabled": true,
            "Integration": { "Id": "int-1", "Name": "Door Locks" }
        }
    })";

    const webhooks::Result<webhooks::Event> event = webhooks::parse(body);
    if (!event) {
        std::cerr << event.error() << '\n';
        return 1;
    }

    if (const auto* created = std::get_if<webhooks::IntegrationCreated>(&*event)) {
        // Members are plain strings, bools, instants, and optionals of what may be absent.
        std::cout << "connected since " << webhooks::to_iso8601(created->created_utc) << '\n';
        if (created->service) std::cout << "works with " << *created->service << '\n';
        if (!created->requestor) std::cout << "nobody is named as the one who asked for it\n";

        // A credential does not print. reveal() is the one way to it.
        std::cout << "token " << created->access_token << ", "
                  << created->access_token.reveal().size() << " characters\n";
    }

    // Any event prints on one line: credentials redacted, personal data masked, names escaped.
    std::cout << *event << '\n';
}
