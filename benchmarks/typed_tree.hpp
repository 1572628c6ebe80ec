/// @file
/// From a parsed JSON tree to an event: the same checks for every library that makes a tree.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <mews/webhooks/events.hpp>

namespace bench {

/// Reads events from trees of one library, whose nodes a Node wraps:
///
/// - `node.is_missing()`, `node.is_null()`
/// - `node.read(text)`, `node.read(flag)`: false if it is something else
/// - `node.is_object()`, and then `node.members()`, which has `find(name)`: a Node
///
/// What is required must be there and of the right type, as under Contract::observed. Names that
/// stand twice, and what is ignored, are not looked at.
template <class Node, class Text>
class TypedTree {
  public:
    using Event = mews::webhooks::BasicEvent<Text>;
    using Members = decltype(std::declval<Node&>().members());

    static bool read(Node body, Event& event) {
        using namespace mews::webhooks;
        if (!body.is_object()) return false;
        Members members = body.members();
        std::string_view action;
        Text action_text;
        Node action_node = members.find("Action");
        if (!action_node.read(action_text)) return false;
        action = action_text;
        Node data_node = members.find("Data");
        if (!data_node.is_object()) return false;
        Members data = data_node.members();

        if (action == "IntegrationCreated") {
            auto& created = event.template emplace<BasicIntegrationCreated<Text>>();
            return read(data.find("Enterprise"), created.enterprise) &&
                   read_optional(data.find("Service"), created.service) &&
                   read_optional(data.find("Requestor"), created.requestor) &&
                   read(data.find("AccessToken"), created.access_token) &&
                   read(data.find("CreatedUtc"), created.created_utc) &&
                   data.find("IsEnabled").read(created.is_enabled) &&
                   read(data.find("Integration"), created.integration);
        }
        if (action == "IntegrationEnabled") {
            return read_integration<BasicIntegrationEnabled<Text>>(data, event);
        }
        if (action == "IntegrationDisabled") {
            return read_integration<BasicIntegrationDisabled<Text>>(data, event);
        }
        if (action == "IntegrationCanceled") {
            return read_integration<BasicIntegrationCanceled<Text>>(data, event);
        }
        if (action == "IntegrationReinstated") {
            return read_integration<BasicIntegrationReinstated<Text>>(data, event);
        }
        if (action == "IntegrationDeleted") {
            auto& deleted = event.template emplace<BasicIntegrationDeleted<Text>>();
            Node date = data.find("DeletedUtc");
            return !date.is_missing() && read_optional(date, deleted.deleted_utc) &&
                   read(data.find("Integration"), deleted.integration);
        }
        if (action == "IntegrationApiKeyCreated") {
            auto& key_created = event.template emplace<BasicIntegrationApiKeyCreated<Text>>();
            return read(data.find("Integration"), key_created.integration) &&
                   read(data.find("ApiKey"), key_created.api_key);
        }
        auto& unknown = event.template emplace<BasicUnknownEvent<Text>>();
        unknown.action = std::move(action_text);
        BasicIntegration<Text> integration;
        if (read(data.find("Integration"), integration)) {
            unknown.integration = std::move(integration);
        }
        return true;
    }

  private:
    template <class Alternative>
    static bool read_integration(Members& data, Event& event) {
        return read(data.find("Integration"), event.template emplace<Alternative>().integration);
    }

    static bool read(Node node, mews::webhooks::BasicSecret<Text>& secret) {
        Text text;
        if (!node.read(text)) return false;
        secret = mews::webhooks::BasicSecret<Text>{std::move(text)};
        return true;
    }

    static bool read(Node node, mews::webhooks::Timestamp& instant) {
        std::string_view view;
        Text text;
        if (!node.read(text)) return false;
        view = text;
        const auto read = mews::webhooks::timestamp_from_iso8601(view);
        if (read) instant = *read;
        return read.has_value();
    }

    static bool read(Node node, mews::webhooks::BasicRequestor<Text>& requestor) {
        if (!node.is_object()) return false;
        Members members = node.members();
        return members.find("Name").read(requestor.name) &&
               members.find("Email").read(requestor.email);
    }

    /// Enterprise, Service, Integration.
    template <class Named>
    static bool read(Node node, Named& named) {
        if (!node.is_object()) return false;
        Members members = node.members();
        return members.find("Id").read(named.id) && members.find("Name").read(named.name);
    }

    template <class T>
    static bool read_optional(Node node, std::optional<T>& value) {
        if (node.is_missing() || node.is_null()) return true;
        return read(node, value.emplace());
    }
};

}  // namespace bench
