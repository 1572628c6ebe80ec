// What an error says, and which HTTP status to answer with.

#include <iostream>
#include <string_view>

#include <mews/webhooks.hpp>

namespace webhooks = mews::webhooks;

namespace {

/// For Mews there is success, and there is everything else: then it sends the same message again,
/// and after some times drops it. So the question is whether the next try can go better.
int status_for(const webhooks::Error& error) {
    switch (kind_of(error.code)) {
        // Not a webhook, or one that was broken on its way: the next may be whole.
        case webhooks::ErrorKind::malformed:
            return 400;
        case webhooks::ErrorKind::limit:
            return 413;
        // A webhook, but not as documented: the next is the same. Keep the body where credentials
        // may be kept, and take it as received.
        case webhooks::ErrorKind::contract:
            return 204;
        // Trouble of our own, which may be over by then.
        case webhooks::ErrorKind::resource:
            return 503;
    }
    return 500;
}

}  // namespace

int main() {
    constexpr std::string_view bodies[] = {
        "",
        "grant_type=client_credentials",
        R"({"Action": "IntegrationEnabled", "Data": {"Integration": {"Id": "int-1", "Na)",
        R"({"Action": "IntegrationEnabled", "Data": {"Integration": {"Id": "int-1"}}})",
        R"({"Action": "IntegrationEnabled", "Data": {"Integration": {"Id": 7, "Name": "Locks"}}})",
        R"({"Action": "IntegrationDeleted", "Data": {"DeletedUtc": "yesterday",
                "Integration": {"Id": "int-1", "Name": "Locks"}}})",
    };

    for (const std::string_view body : bodies) {
        const auto event = webhooks::parse(body);
        if (event) return 1;

        const webhooks::Error& error = event.error();
        std::cout << error.code << '\n';                           // what was wrong, to branch on
        std::cout << "    pointer \"" << error.pointer << "\"\n";  // where; "" is the whole body
        std::cout << "    offset " << error.offset << '\n';        // where, in bytes
        std::cout << "    message " << error.message() << '\n';    // all of it, on one line
        std::cout << "    answer " << status_for(error) << '\n';
    }

    // No error holds any text of its body: it can be logged as it is. Whoever has no need to branch
    // calls value() instead, which throws a ParseException with the error in it.
}
