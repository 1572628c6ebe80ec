/// @file
/// This library into views, for an endpoint that gets both families.

#include <mews/webhooks.hpp>

#include "subject.hpp"

namespace {

struct ParseWebhookView {
    mews::webhooks::Parser parser;

    auto read(std::string_view body) { return parser.parse_webhook_view(body); }
};

const bool added =
    (bench::subjects().push_back({.name = "mews, parse_webhook_view/borrowed",
                                  .reader = [](bench::Family) -> std::unique_ptr<bench::Reader> {
                                      return std::make_unique<bench::ReaderOf<ParseWebhookView>>();
                                  }}),
     true);

}  // namespace
