/// @file
/// This library into views, for an endpoint that gets both families; and the same with all that
/// there is to tell of the body.

#include <mews/webhooks.hpp>

#include "subject.hpp"

namespace {

struct ParseWebhookView {
    mews::webhooks::Parser parser;

    auto read(std::string_view body) { return parser.parse_webhook_view(body); }
};

struct Inspect {
    mews::webhooks::Parser parser;

    auto read(std::string_view body) { return parser.inspect(body).webhook; }
};

template <class Subject>
std::unique_ptr<bench::Reader> reader(bench::Family) {
    return std::make_unique<bench::ReaderOf<Subject>>();
}

const bool added =
    (bench::subjects().push_back(
         {.name = "mews, parse_webhook_view/borrowed", .reader = reader<ParseWebhookView>}),
     bench::subjects().push_back({.name = "mews, inspect/borrowed", .reader = reader<Inspect>}),
     true);

}  // namespace
