// What parsing into views adds to a program.
#include <mews/webhooks.hpp>

mews::webhooks::Result<mews::webhooks::EventView> parse_one(mews::webhooks::Parser& parser,
                                                            std::string_view body) {
    return parser.parse_view(body);
}
