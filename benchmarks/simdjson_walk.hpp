/// @file
/// simdjson On-Demand as its documentation shows it, into the same events: what one writes who
/// trusts the sender. Nothing is checked but that what is asked for is there and has its type.

#pragma once

#include <optional>
#include <string_view>

#include <simdjson.h>

#include <mews/webhooks/events.hpp>

#include "padded_copy.hpp"

namespace bench {

/// `object["Name"]`: of the documented ways the faster one. It finds no name spelled with escapes.
class SimdjsonWalk {
  public:
    bool read(std::string_view body, mews::webhooks::EventView& event) {
        using namespace mews::webhooks;
        namespace ondemand = simdjson::ondemand;

        ondemand::document document;
        if (parser_.iterate(copy_.of(body)).get(document)) return false;
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
        if (data.raw_json().get(text) || data.reset().error()) return false;
        // It goes on to the next token.
        text = text.substr(0, text.rfind('}') + 1);
        unknown.data = SecretView{text};
        if (!named(data["Integration"], unknown.integration.emplace())) unknown.integration.reset();
        return true;
    }

  private:
    static simdjson_inline bool is_null(simdjson::ondemand::value& value) {
        bool null = false;
        return !value.is_null().get(null) && null;
    }

    /// Enterprise, Service, Integration.
    template <class Value, class Named>
    static simdjson_inline bool named(Value&& value, Named& named) {
        simdjson::ondemand::object object;
        return !value.get_object().get(object) && !object["Id"].get_string().get(named.id) &&
               !object["Name"].get_string().get(named.name);
    }

    simdjson::ondemand::parser parser_;
    PaddedCopy copy_;
};

}  // namespace bench
