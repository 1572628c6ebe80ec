/// @file
/// simdjson On-Demand as its documentation shows it, into the same structs: what one writes who
/// trusts the sender. Nothing is checked but that what is asked for is there and has its type.

#pragma once

#include <cstddef>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include <mews/webhooks/events.hpp>

namespace bench {

namespace ondemand = simdjson::ondemand;

/// `object["Name"]`: of the documented ways the faster one. It finds no name spelled with escapes.
template <class Shape>
class SimdjsonWalk {
  public:
    /// @return what is read, until the next call; null if there is an error.
    const Shape* read(std::string_view body) { return read(body, shape_) ? &shape_ : nullptr; }

  private:
    /// A copy in a buffer that is kept, as the documentation advises for many bodies.
    simdjson::padded_string_view padded(std::string_view body) {
        constexpr std::string_view mark = "\xEF\xBB\xBF";
        if (body.starts_with(mark)) body.remove_prefix(mark.size());
        const std::size_t capacity = body.size() + simdjson::SIMDJSON_PADDING;
        if (copy_.size() < capacity) copy_.resize(capacity);
        std::memcpy(copy_.data(), body.data(), body.size());
        std::memset(copy_.data() + body.size(), 0, simdjson::SIMDJSON_PADDING);
        return simdjson::padded_string_view(copy_.data(), body.size(), capacity);
    }

    bool read(std::string_view body, mews::webhooks::GeneralWebhookView& webhook) {
        using namespace mews::webhooks;
        ondemand::document document;
        if (parser_.iterate(padded(body)).get(document) ||
            document["EnterpriseId"].get_string().get(webhook.enterprise_id) ||
            document["IntegrationId"].get_string().get(webhook.integration_id)) {
            return false;
        }
        ondemand::array list;
        if (document["Events"].get_array().get(list)) return false;
        events_.clear();
        for (auto element : list) {
            ondemand::object event;
            std::string_view discriminator;
            ondemand::object value;
            if (element.get_object().get(event) ||
                event["Discriminator"].get_string().get(discriminator) ||
                event["Value"].get_object().get(value)) {
                return false;
            }
            std::string_view id;
            if (const Discriminator known = discriminator_of(discriminator);
                known != Discriminator::unknown) {
                if (value["Id"].get_string().get(id)) return false;
                events_.emplace_back(EntityEventView{known, id});
            } else {
                std::string_view text;
                if (!text_of(value, text)) return false;
                UnknownEntityEventView unknown{discriminator, {}, SecretView{text}};
                if (!value["Id"].get_string().get(id)) unknown.id = id;
                events_.emplace_back(unknown);
            }
        }
        webhook.events = events_;
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

    bool read(std::string_view body, mews::webhooks::EventView& event) {
        using namespace mews::webhooks;
        ondemand::document document;
        if (parser_.iterate(padded(body)).get(document)) return false;
        std::string_view action;
        if (document["Action"].get_string().get(action)) return false;
        ondemand::object data;
        if (document["Data"].get_object().get(data)) return false;

        if (action == "IntegrationCreated") {
            auto& created = event.emplace<IntegrationCreatedView>();
            std::string_view text;
            if (!named(data["Enterprise"], created.enterprise)) return false;
            ondemand::value service;
            if (!data["Service"].get(service) && !is_null(service)) {
                if (!named(service, created.service.emplace())) return false;
            }
            ondemand::value requestor;
            if (!data["Requestor"].get(requestor) && !is_null(requestor)) {
                auto& person = created.requestor.emplace();
                ondemand::object object;
                if (requestor.get_object().get(object) ||
                    object["Name"].get_string().get(person.name) ||
                    object["Email"].get_string().get(person.email)) {
                    return false;
                }
            }
            if (data["AccessToken"].get_string().get(text)) return false;
            created.access_token = SecretView{text};
            if (data["CreatedUtc"].get_string().get(text)) return false;
            created.created_utc = timestamp_from_iso8601(text).value_or(Timestamp{});
            if (data["IsEnabled"].get_bool().get(created.is_enabled)) return false;
            return named(data["Integration"], created.integration);
        }
        if (action == "IntegrationEnabled") {
            return named(data["Integration"], event.emplace<IntegrationEnabledView>().integration);
        }
        if (action == "IntegrationDisabled") {
            return named(data["Integration"], event.emplace<IntegrationDisabledView>().integration);
        }
        if (action == "IntegrationCanceled") {
            return named(data["Integration"], event.emplace<IntegrationCanceledView>().integration);
        }
        if (action == "IntegrationReinstated") {
            return named(data["Integration"],
                         event.emplace<IntegrationReinstatedView>().integration);
        }
        if (action == "IntegrationDeleted") {
            auto& deleted = event.emplace<IntegrationDeletedView>();
            ondemand::value date;
            if (data["DeletedUtc"].get(date)) return false;
            if (!is_null(date)) {
                std::string_view text;
                if (date.get_string().get(text)) return false;
                deleted.deleted_utc = timestamp_from_iso8601(text);
            }
            return named(data["Integration"], deleted.integration);
        }
        if (action == "IntegrationApiKeyCreated") {
            auto& key_created = event.emplace<IntegrationApiKeyCreatedView>();
            if (!named(data["Integration"], key_created.integration)) return false;
            std::string_view key;
            if (data["ApiKey"].get_string().get(key)) return false;
            key_created.api_key = SecretView{key};
            return true;
        }
        auto& unknown = event.emplace<UnknownEventView>();
        unknown.action = action;
        std::string_view text;
        if (!text_of(data, text)) return false;
        unknown.data = SecretView{text};
        if (!named(data["Integration"], unknown.integration.emplace())) unknown.integration.reset();
        return true;
    }

    /// The text of an object that stays readable.
    static simdjson_inline bool text_of(ondemand::object& object, std::string_view& text) {
        if (object.raw_json().get(text) || object.reset().error()) return false;
        // It goes on to the next token.
        text = text.substr(0, text.rfind('}') + 1);
        return true;
    }

    static simdjson_inline bool is_null(ondemand::value& value) {
        bool null = false;
        return !value.is_null().get(null) && null;
    }

    /// Enterprise, Service, Integration.
    template <class Value, class Named>
    static simdjson_inline bool named(Value&& value, Named& named) {
        ondemand::object object;
        return !value.get_object().get(object) && !object["Id"].get_string().get(named.id) &&
               !object["Name"].get_string().get(named.name);
    }

    ondemand::parser parser_;
    std::vector<char> copy_;
    std::vector<mews::webhooks::GeneralEventView> events_;
    Shape shape_;
};

}  // namespace bench
