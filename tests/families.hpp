/// @file
/// Reading bodies as a family, or as one of either: for suites that do the same with each, by
/// TEMPLATE_TEST_CASE over the views.

#pragma once

#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "payloads.hpp"

namespace families {

using mews::webhooks::EventView;
using mews::webhooks::GeneralWebhookView;
using mews::webhooks::ParseOptions;
using mews::webhooks::Parser;
using mews::webhooks::Result;
using mews::webhooks::WebhookView;

/// What a view is a view of.
template <class View>
using Owned = std::remove_cvref_t<decltype(to_owned(std::declval<const View&>()))>;

/// Parser::parse_view, parse_general_view or parse_webhook_view.
template <class View>
Result<View> read_view(Parser& parser, std::string_view body) {
    if constexpr (std::is_same_v<View, EventView>) {
        return parser.parse_view(body);
    } else if constexpr (std::is_same_v<View, GeneralWebhookView>) {
        return parser.parse_general_view(body);
    } else {
        return parser.parse_webhook_view(body);
    }
}

/// Parser::parse, parse_general or parse_webhook.
template <class View>
Result<Owned<View>> read(Parser& parser, std::string_view body) {
    if constexpr (std::is_same_v<View, EventView>) {
        return parser.parse(body);
    } else if constexpr (std::is_same_v<View, GeneralWebhookView>) {
        return parser.parse_general(body);
    } else {
        return parser.parse_webhook(body);
    }
}

/// The free functions parse, parse_general or parse_webhook.
template <class View>
Result<Owned<View>> read(std::string_view body, const ParseOptions& options = {}) {
    if constexpr (std::is_same_v<View, EventView>) {
        return mews::webhooks::parse(body, options);
    } else if constexpr (std::is_same_v<View, GeneralWebhookView>) {
        return mews::webhooks::parse_general(body, options);
    } else {
        return mews::webhooks::parse_webhook(body, options);
    }
}

/// The bodies of tests/payloads that are accepted by default if they are read as this.
template <class View>
const std::vector<payloads::Payload>& golden() {
    static const std::vector<payloads::Payload> either =
        payloads::together({&payloads::golden(), &payloads::general()});
    if constexpr (std::is_same_v<View, EventView>) {
        return payloads::golden();
    } else if constexpr (std::is_same_v<View, GeneralWebhookView>) {
        return payloads::general();
    } else {
        return either;
    }
}

/// The bodies of tests/payloads that are meant to be this, and are refused.
template <class View>
const std::vector<payloads::Payload>& broken() {
    static const std::vector<payloads::Payload> either =
        payloads::together({&payloads::broken(), &payloads::general_broken()});
    if constexpr (std::is_same_v<View, EventView>) {
        return payloads::broken();
    } else if constexpr (std::is_same_v<View, GeneralWebhookView>) {
        return payloads::general_broken();
    } else {
        return either;
    }
}

}  // namespace families
