/// @file
/// From a parsed JSON tree to an event: the same checks for every library that makes a tree.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks/events.hpp>

namespace bench {

/// Reads bodies from trees of one library, whose nodes a Node wraps:
///
/// - `node.is_missing()`, `node.is_null()`
/// - `node.read(text)`, `node.read(flag)`: false if it is something else
/// - `node.is_object()`, and then `node.members()`, which has `find(name)`: a Node
/// - `node.read_elements(read)`: whether it is a list, and `read(Node)` true for all its elements
///
/// What is required must be there and of the right type, as under Contract::observed. Names that
/// stand twice, and what is ignored, are not looked at.
template <class Node, class Shape>
class Tree {
  public:
    /// @return what is read, until the next call; null if it is refused.
    const Shape* read(Node body) { return read(body, shape_) ? &shape_ : nullptr; }

  private:
    using Members = decltype(std::declval<Node&>().members());

    template <class Text>
    static bool read(Node body, mews::webhooks::BasicEvent<Text>& event) {
        using namespace mews::webhooks;
        if (!body.is_object()) return false;
        Members members = body.members();
        Text action_text;
        Node action_node = members.find("Action");
        if (!action_node.read(action_text)) return false;
        const std::string_view action = action_text;
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

    template <class Text>
    bool read(Node body, mews::webhooks::BasicGeneralWebhook<Text>& webhook) {
        if (!body.is_object()) return false;
        Members members = body.members();
        if (!members.find("EnterpriseId").read(webhook.enterprise_id) ||
            !members.find("IntegrationId").read(webhook.integration_id)) {
            return false;
        }
        if constexpr (std::is_same_v<Text, std::string>) {
            return read_events(members.find("Events"), webhook.events);
        } else {
            const bool is_read = read_events(members.find("Events"), events_);
            webhook.events = events_;
            return is_read;
        }
    }

    template <class Event>
    static bool read_events(Node list, std::vector<Event>& events) {
        events.clear();
        return list.read_elements([&](Node node) { return read_event(node, events); });
    }

    template <class Text>
    static bool read_event(Node node,
                           std::vector<mews::webhooks::BasicGeneralEvent<Text>>& events) {
        using namespace mews::webhooks;
        if (!node.is_object()) return false;
        Members members = node.members();
        Text discriminator;
        if (!members.find("Discriminator").read(discriminator)) return false;
        Node value = members.find("Value");
        if (!value.is_object()) return false;
        Members content = value.members();
        Text id;
        const bool has_id = content.find("Id").read(id);
        if (const Discriminator known = discriminator_of(discriminator);
            known != Discriminator::unknown) {
            events.emplace_back(BasicEntityEvent<Text>{known, std::move(id)});
            return has_id;
        }
        BasicUnknownEntityEvent<Text> unknown{std::move(discriminator), {}, {}};
        if (has_id) unknown.id = std::move(id);
        events.emplace_back(std::move(unknown));
        return true;
    }

    static mews::webhooks::Discriminator discriminator_of(std::string_view name) {
        using enum mews::webhooks::Discriminator;
        if (name == "ServiceOrderUpdated") return service_order_updated;
        if (name == "ResourceUpdated") return resource_updated;
        if (name == "MessageAdded") return message_added;
        if (name == "ResourceBlockUpdated") return resource_block_updated;
        if (name == "CustomerAdded") return customer_added;
        if (name == "CustomerUpdated") return customer_updated;
        if (name == "PaymentUpdated") return payment_updated;
        return unknown;
    }

    template <class Alternative, class Event>
    static bool read_integration(Members& data, Event& event) {
        return read(data.find("Integration"), event.template emplace<Alternative>().integration);
    }

    template <class Text>
    static bool read(Node node, mews::webhooks::BasicSecret<Text>& secret) {
        Text text;
        if (!node.read(text)) return false;
        secret = mews::webhooks::BasicSecret<Text>{std::move(text)};
        return true;
    }

    static bool read(Node node, mews::webhooks::Timestamp& instant) {
        std::string_view text;
        if (!node.read(text)) return false;
        const auto read = mews::webhooks::timestamp_from_iso8601(text);
        if (read) instant = *read;
        return read.has_value();
    }

    template <class Text>
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

    std::vector<mews::webhooks::GeneralEventView> events_;  // Of a view.
    Shape shape_;
};

}  // namespace bench
