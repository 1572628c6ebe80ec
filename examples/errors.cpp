// What an error says, and which HTTP status to answer with.

#include <iostream>
#include <string_view>

#include <mews/webhooks.hpp>

namespace webhooks = mews::webhooks;

namespace {

/// For Mews there is success, and there is everything else: then it sends the same message again,
/// and after some times drops it. So the question is whether the next try can go better.
int status_for(const webhooks::Error& error) {
    using webhooks::ErrorCode;
    switch (error.code) {
        // Not a webhook, or one that was broken on its way: the next may be whole.
        case ErrorCode::empty_body:
        case ErrorCode::invalid_utf8:
        case ErrorCode::malformed_json:
        case ErrorCode::nesting_too_deep:
        case ErrorCode::trailing_content:
            return 400;
        case ErrorCode::body_too_large:
            return 413;

        // A webhook, but not as documented: the next is the same. Keep the body where credentials
        // may be kept, have somebody look at it, and take it as received.
        case ErrorCode::wrong_type:
        case ErrorCode::missing_property:
        case ErrorCode::unexpected_null:
        case ErrorCode::duplicate_property:
        case ErrorCode::invalid_timestamp:
            return 204;

        // Trouble of our own, which may be over by then.
        case ErrorCode::out_of_memory:
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
