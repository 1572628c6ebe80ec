// What parsing adds to a program.
#include <mews/webhooks.hpp>

mews::webhooks::Result<mews::webhooks::Event> parse_one(std::string_view body) {
    return mews::webhooks::parse(body);
}
