// RFC 8259 to the letter, wherever a JSON text stands: as the whole body, in a property that is
// ignored, or in the place of a value of the contract.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "conformance.hpp"
#include "implementations.hpp"

namespace {

using namespace mews::webhooks;
using conformance::Kind;
using conformance::Row;

/// What was read, or what is wrong: for messages.
std::string shown(const Result<Webhook>& result) {
    if (!result) return result.error().message();
    return to_json(*result);
}

/// The beginning of a text, for messages.
std::string excerpt(std::string_view text) {
    return escaped(text.substr(0, 200));
}

/// A text without the white space around it.
std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\n\r";
    const std::size_t first = text.find_first_not_of(space);
    return text.substr(first, text.find_last_not_of(space) + 1 - first);
}

Error error(ErrorCode code, std::string_view pointer, std::size_t offset) {
    return {code, std::string{pointer}, offset};
}

/// A spot in a body where a text is put.
struct Place {
    std::string_view name;
    std::string before;
    std::string after;
    /// What a well-formed text gives there, `at` being where its value begins in the body.
    std::function<Result<Webhook>(const Row& row, std::size_t at)> expected;
    /// Whether the text is a member of an object around which there are objects only: what follows
    /// a text that ends too early is simple to tell.
    bool in_objects_only = true;
    bool is_general = false;  ///< Whether the body is a General Webhook.
    bool is_kept = false;     ///< Whether the text becomes part of a value.
};

/// Whether what a row gives at a place can be told without reading on.
bool can_stand_in(const Place& place, const Row& row) {
    if (row.kind == Kind::alone) return false;
    return place.in_objects_only || row.kind == Kind::good || row.kind == Kind::bad ||
           (row.kind == Kind::more && row.text[row.at] != ']');
}

/// What a row must give at a place, if more of the body follows it.
Result<Webhook> expected_at(const Place& place, const Row& row) {
    const std::size_t begin = place.before.size();
    const std::size_t end = begin + row.text.size();
    const std::size_t size = end + place.after.size();
    const auto behind = [&](std::size_t found) {
        return found == std::string::npos ? size : end + found;
    };
    const auto malformed = [](std::size_t at) { return error(ErrorCode::malformed_json, "", at); };
    switch (row.kind) {
        case Kind::good:
            return place.expected(row, begin + row.at);
        case Kind::bad:
            return error(row.code, "", begin + row.at);
        case Kind::more:
        case Kind::half_pair:
            return malformed(begin + row.at);
        case Kind::cut:
        case Kind::blank:
            return malformed(end);
        case Kind::in_string: {
            // It goes on to the next quote, behind which stands what had been a name.
            const std::size_t quote = place.after.find('"');
            return malformed(quote == std::string::npos ? size : end + quote + 1);
        }
        case Kind::in_array:
            // A name is an element like any other, but for the colon behind it.
            if (place.after.front() != ',') return malformed(end);
            return malformed(behind(place.after.find(':')));
        case Kind::opened:
            return malformed(place.after.front() == ',' ? end : size);
        case Kind::in_object:
            // All that follows moves one level in; at the end a brace is missing.
            return malformed(size);
        case Kind::alone:
            break;
    }
    return {};
}

/// What a row must give if the body ends behind it; `begin` bytes stand before it.
Result<Webhook> expected_cut(const Row& row, std::size_t begin) {
    switch (row.kind) {
        case Kind::bad:
            return error(row.code, "", begin + row.at);
        case Kind::more:
            return error(ErrorCode::malformed_json, "", begin + row.at);
        default:
            return error(ErrorCode::malformed_json, "", begin + row.text.size());
    }
}

/// What a row must give as the whole body, behind `begin` bytes of white space or mark.
Result<Webhook> expected_alone(const Row& row, std::size_t begin) {
    switch (row.kind) {
        case Kind::good:
            return row.text[row.at] == '{'
                       ? error(ErrorCode::missing_property, "/Action", begin + row.at)
                       : error(ErrorCode::wrong_type, "", begin + row.at);
        case Kind::bad:
        case Kind::more:
        case Kind::alone:
            return error(row.code, "", begin + row.at);
        case Kind::blank:
            return error(ErrorCode::empty_body, "", 0);
        default:
            return error(ErrorCode::malformed_json, "", begin + row.text.size());
    }
}

const Integration integration{"3b6e1f04-7a55-4c0e-9d1b-0f6a2c4e8b17", "Channel Manager"};
constexpr std::string_view integration_json =
    R"({"Id":"3b6e1f04-7a55-4c0e-9d1b-0f6a2c4e8b17","Name":"Channel Manager"})";

const IntegrationCreated created{
    Enterprise{"c2d94b1e-06f8-4a37-8e55-71b0a9d3f264", "Alpine Lodge"},
    Service{"5f0c7a92-e1d3-4b68-a4f7-92be13d05c86", "Stay"},
    Requestor{"Robin Vale", "robin@lodge.example"},
    Secret{"TOKEN-4242"},
    *timestamp_from_iso8601("2031-05-06T07:08:09Z"),
    true,
    integration,
};

/// The places in an Integration Webhook where a text is ignored: `before` and `after` of the member
/// that holds it.
std::vector<Place> ignored_integration_places() {
    std::vector<Place> places;
    const auto add = [&](std::string_view name, std::string before, std::string after,
                         const Event& event) {
        places.push_back({name, std::move(before), std::move(after),
                          [event](const Row&, std::size_t) { return Webhook{event}; }});
    };
    const std::string entity{integration_json};
    const std::string data = "{\"Integration\":" + entity + '}';
    const std::string action = R"("Action":"IntegrationEnabled")";
    const Event enabled = IntegrationEnabled{integration};

    add("root, first", R"({"x":)", ',' + action + ",\"Data\":" + data + '}', enabled);
    add("root, second", '{' + action + ",\"x\":", ",\"Data\":" + data + '}', enabled);
    add("root, last", '{' + action + ",\"Data\":" + data + ",\"x\":", "}", enabled);
    add("root, last, before white space", '{' + action + ",\"Data\":" + data + ",\n\"x\" : ", "}  ",
        enabled);
    add("root, twice the same name", R"({"x":0,)" + action + ",\"x\":", ",\"Data\":" + data + '}',
        enabled);
    add("root, between Data and Action", "{\"Data\":" + data + ",\"x\":", ',' + action + '}',
        enabled);
    add("root, before Data and Action", R"({"x":)", ",\"Data\":" + data + ',' + action + '}',
        enabled);
    add("root, behind Data and Action", "{\"Data\":" + data + ',' + action + ",\"x\":", "}",
        enabled);
    add("root, a name with an escape", R"({"\u0078\"":)", ',' + action + ",\"Data\":" + data + '}',
        enabled);
    add("Data, first", '{' + action + R"(,"Data":{"x":)", ",\"Integration\":" + entity + "}}",
        enabled);
    add("Data, last", '{' + action + R"(,"Data":{"Integration":)" + entity + ",\"x\":", "}}",
        enabled);
    add("Data before Action, first", R"({"Data":{"x":)",
        ",\"Integration\":" + entity + "}," + action + '}', enabled);
    add("Data before Action, last",
        R"({"Data":{"Integration":)" + entity + ",\"x\":", "}," + action + '}', enabled);
    add("Data, the name of another event's property", '{' + action + R"(,"Data":{"ApiKey":)",
        ",\"Integration\":" + entity + "}}", enabled);
    add("Integration, first", '{' + action + R"(,"Data":{"Integration":{"x":)",
        ',' + entity.substr(1) + "}}", enabled);
    add("Data before Action, Integration, second",
        R"({"Data":{"Integration":{"Id":"3b6e1f04-7a55-4c0e-9d1b-0f6a2c4e8b17","x":)",
        R"(,"Name":"Channel Manager"}},)" + action + '}', enabled);
    add("Integration, last",
        '{' + action + R"(,"Data":{"Integration":)" + entity.substr(0, entity.size() - 1) +
            ",\"x\":",
        "}}}", enabled);

    // Each entity of the largest event, and between them.
    const std::string json = to_json(created);
    const auto around = [&](std::string_view name, std::string_view member) {
        const std::size_t at = json.find(member);
        add(name, json.substr(0, at) + "\"x\":", ',' + json.substr(at), created);
    };
    around("IntegrationCreated, first", "\"Enterprise\"");
    around("IntegrationCreated, between two", "\"AccessToken\"");
    around("IntegrationCreated, before a bool", "\"IsEnabled\"");
    around("Enterprise, first", R"("Id":"c2d9)");
    around("Enterprise, second", R"("Name":"Alpine)");
    around("Service", R"("Name":"Stay)");
    around("Requestor, second", R"("Email")");

    // Whatever stands in an event that is not known.
    const std::string unknown_action = R"("Action":"IntegrationMoved")";
    const auto unknown = [&](const std::string& text) {
        return UnknownEvent{"IntegrationMoved", integration, Secret{text}};
    };
    add("unknown event, root", '{' + unknown_action + ",\"x\":", ",\"Data\":" + data + '}',
        unknown(data));
    const auto add_data = [&](std::string_view name, std::string before, std::string data_before,
                              std::string data_after, std::string after) {
        places.push_back({name, before + data_before, data_after + after,
                          [=](const Row& row, std::size_t) -> Result<Webhook> {
                              return Webhook{
                                  unknown(data_before + std::string{row.text} + data_after)};
                          }});
        places.back().is_kept = true;
    };
    add_data("unknown event, Data, first",
             '{' + unknown_action + ",\"Data\":", "{\"x\":", ",\"Integration\":" + entity + '}',
             "}");
    add_data("unknown event, Data, last",
             '{' + unknown_action + ",\"Data\":", "{\"Integration\":" + entity + ",\"x\":", "}",
             "}");
    add_data("unknown event, Data before Action",
             "{\"Data\":", "{\"Integration\":" + entity + ",\"x\":", "}",
             ',' + unknown_action + '}');
    add_data("unknown event, Integration", '{' + unknown_action + ",\"Data\":",
             R"({"Integration":)" + entity.substr(0, entity.size() - 1) + ",\"x\":", "}}", "}");

    // Deeper, between brackets of both kinds.
    add("root, in an array", '{' + action + R"(,"x":[0,)", "],\"Data\":" + data + '}', enabled);
    places.back().in_objects_only = false;
    add("Data, in arrays and objects", '{' + action + R"(,"Data":{"x":[[{"y":{"z":)",
        "}}],{}],\"Integration\":" + entity + "}}", enabled);
    places.back().in_objects_only = false;
    return places;
}

const GeneralWebhook general{
    "c2d94b1e-06f8-4a37-8e55-71b0a9d3f264",
    integration.id,
    {EntityEvent{Discriminator::customer_added, "0b7d2c66-91f4-4e1c-b0a8-4d5e6f708192"},
     UnknownEntityEvent{"ProductDeleted", "a1", Secret{R"({"Id":"a1"})"}},
     EntityEvent{Discriminator::message_added, "7e9a1d35-2c84-4f60-93be-18c7d0a6b5f4"}},
};

/// The General Webhook with something before a part of its text. The last of such parts, for what
/// stands in all events.
Place general_place(std::string_view name, std::string_view part, std::string_view before,
                    std::string_view after) {
    const std::string json = to_json(general);
    const std::size_t at = json.rfind(part);
    Place place{name, json.substr(0, at) + std::string{before},
                std::string{after} + json.substr(at),
                [](const Row&, std::size_t) { return Webhook{general}; }};
    place.is_general = true;
    place.in_objects_only = at < json.find('[') || at > json.rfind(']');
    return place;
}

/// The places in a General Webhook where a text is ignored.
std::vector<Place> ignored_general_places() {
    std::vector<Place> places;
    const auto before = [&](std::string_view name, std::string_view part) {
        places.push_back(general_place(name, part, "\"x\":", ","));
    };
    const auto behind = [&](std::string_view name, std::string_view bracket) {
        places.push_back(general_place(name, bracket, ",\"x\":", ""));
    };
    before("general, first", "\"EnterpriseId\"");
    before("general, between the ids", "\"IntegrationId\"");
    before("general, before Events", "\"Events\"");
    behind("general, behind Events", "}");
    places.push_back(general_place("Entities, first", "\"EnterpriseId\"",
                                   R"("Entities":{"Customers":[],"Resources":)", "},"));
    places.push_back(general_place("Entities", "}", R"(,"Entities":{"Customers":)", "}"));
    before("first event, first", R"("Discriminator":"CustomerAdded")");
    before("first event, between", R"("Value":{"Id":"0b7d)");
    before("Value, first", R"("Id":"0b7d)");
    before("unknown kind, before its Discriminator", R"("Discriminator":"ProductDeleted")");
    before("unknown kind, before its Value", R"("Value":{"Id":"a1")");
    behind("last event, last", "}]");
    behind("last Value, last", "}}]");

    const std::string ids = R"("EnterpriseId":")" + general.enterprise_id +
                            R"(","IntegrationId":")" + general.integration_id + '"';
    const auto value_first = [&](std::string_view name, std::string before_text,
                                 std::string after_text) {
        const GeneralWebhook webhook{general.enterprise_id,
                                     general.integration_id,
                                     {EntityEvent{Discriminator::message_added, "m"}}};
        places.push_back({name, R"({"Events":[)" + before_text, after_text + "]," + ids + '}',
                          [webhook](const Row&, std::size_t) { return Webhook{webhook}; }, false,
                          true});
    };
    value_first("Value before Discriminator, in it", R"({"Value":{"x":)",
                R"(,"Id":"m"},"Discriminator":"MessageAdded"})");
    value_first("Value before Discriminator, between", R"({"Value":{"Id":"m"},"x":)",
                R"(,"Discriminator":"MessageAdded"})");
    value_first("Value before Discriminator, behind",
                R"({"Value":{"Id":"m"},"Discriminator":"MessageAdded","x":)", "}");

    const auto kept = [&](std::string_view name, std::string before_value, std::string before_text,
                          std::string after_text, std::string after_value) {
        places.push_back(
            {name, '{' + ids + R"(,"Events":[{)" + before_value + before_text,
             after_text + after_value + "}]}",
             [=](const Row& row, std::size_t) {
                 const std::string value = before_text + std::string{row.text} + after_text;
                 return Webhook{GeneralWebhook{general.enterprise_id,
                                               general.integration_id,
                                               {UnknownEntityEvent{"Other", "o", Secret{value}}}}};
             },
             false, true, true});
    };
    kept("unknown kind, Value, first", R"("Discriminator":"Other","Value":)", R"({"x":)",
         R"(,"Id":"o"})", "");
    kept("unknown kind, Value, last", R"("Discriminator":"Other","Value":)", R"({"Id":"o","x":)",
         "}", "");
    kept("unknown kind, Value before Discriminator", R"("Value":)", R"({"Id":"o","x":)", "}",
         R"(,"Discriminator":"Other")");
    return places;
}

/// The places where a text is ignored.
std::vector<Place> ignored_places() {
    std::vector<Place> places = ignored_integration_places();
    std::vector<Place> more = ignored_general_places();
    std::move(more.begin(), more.end(), std::back_inserter(places));
    return places;
}

/// The places where a text is the name of what is ignored.
std::vector<Place> name_places() {
    std::vector<Place> places;
    for (Place& place : ignored_places()) {
        constexpr std::string_view name = "\"x\":";
        // What an unknown event keeps changes with the name: tried below.
        if (place.is_kept || !place.before.ends_with(name)) continue;
        place.before.erase(place.before.size() - name.size());
        place.after.insert(0, ":0");
        places.push_back(std::move(place));
    }
    places.push_back({"unknown event, Data", R"({"Action":"Other","Data":{)", R"(:0,"y":{}}})",
                      [](const Row& row, std::size_t) -> Result<Webhook> {
                          return Webhook{UnknownEvent{
                              "Other", {}, Secret{'{' + std::string{row.text} + R"(:0,"y":{}})"}}};
                      }});
    return places;
}

/// What a value gives where the contract wants a value of another type: all that can be told from
/// its first byte.
Result<Webhook> of_another_type(const Row& row, std::string_view pointer, std::size_t at) {
    return row.text[row.at] == 'n' ? error(ErrorCode::unexpected_null, pointer, at)
                                   : error(ErrorCode::wrong_type, pointer, at);
}

/// What a value gives that stands in `Events` and is no event.
/// @param begin where it stands in the row
Result<Webhook> of_no_event(const Row& row, const std::string& pointer, std::size_t begin,
                            std::size_t at) {
    if (row.text[begin] == '{') {
        return error(ErrorCode::missing_property, pointer + "/Discriminator", at);
    }
    return row.text[begin] == 'n' ? error(ErrorCode::unexpected_null, pointer, at)
                                  : error(ErrorCode::wrong_type, pointer, at);
}

/// The places where the contract asks for a value.
std::vector<Place> contract_places() {
    const std::string entity{integration_json};
    const std::string json = to_json(created);
    std::vector<Place> places;
    const auto add = [&](std::string_view name, std::string before, std::string after,
                         std::function<Result<Webhook>(const Row&, std::size_t)> expected) {
        places.push_back({name, std::move(before), std::move(after), std::move(expected)});
    };
    /// In the place of a value of the largest event.
    const auto instead = [&](std::string_view name, std::string_view value,
                             std::function<Result<Webhook>(const Row&, std::size_t)> expected) {
        const std::size_t at = json.find(value);
        add(name, json.substr(0, at), json.substr(at + value.size()), std::move(expected));
    };

    add("Action", R"({"Action":)", R"(,"Data":{}})", [](const Row& row, std::size_t at) {
        // The texts that are strings name no known action; what they say is tested elsewhere.
        if (row.text[row.at] != '"') return of_another_type(row, "/Action", at);
        return Result<Webhook>{UnknownEvent{"*", {}, Secret{"{}"}}};
    });
    const auto data = [](const Row& row, std::size_t at) {
        if (row.text[row.at] != '{') return of_another_type(row, "/Data", at);
        return Result<Webhook>{UnknownEvent{"Other", {}, Secret{std::string{trimmed(row.text)}}}};
    };
    add("Data", R"({"Action":"Other","Data":)", "}", data);
    add("Data before Action", R"({"Data":)", R"(,"Action":"Other"})", data);
    add("Integration", R"({"Action":"IntegrationEnabled","Data":{"Integration":)", "}}",
        [](const Row& row, std::size_t at) {
            if (row.text[row.at] != '{') return of_another_type(row, "/Data/Integration", at);
            if (row.text.find("\"Id\"") == std::string_view::npos) {
                return Result<Webhook>{
                    error(ErrorCode::missing_property, "/Data/Integration/Id", at)};
            }
            // One row has two, of type number.
            return Result<Webhook>{
                error(ErrorCode::missing_property, "/Data/Integration/Name", at)};
        });
    instead("Enterprise/Name", R"("Alpine Lodge")", [](const Row& row, std::size_t at) {
        if (row.text[row.at] != '"') return of_another_type(row, "/Data/Enterprise/Name", at);
        IntegrationCreated event = created;
        event.enterprise.name = "*";
        return Result<Webhook>{std::move(event)};
    });
    instead("AccessToken", R"("TOKEN-4242")", [](const Row& row, std::size_t at) {
        if (row.text[row.at] != '"') return of_another_type(row, "/Data/AccessToken", at);
        IntegrationCreated event = created;
        event.access_token = Secret{"*"};
        return Result<Webhook>{std::move(event)};
    });
    instead("CreatedUtc", R"("2031-05-06T07:08:09Z")", [](const Row& row, std::size_t at) {
        if (row.text[row.at] != '"') return of_another_type(row, "/Data/CreatedUtc", at);
        return Result<Webhook>{error(ErrorCode::invalid_timestamp, "/Data/CreatedUtc", at)};
    });
    instead("IsEnabled", "true", [](const Row& row, std::size_t at) {
        const char first = row.text[row.at];
        if (first != 't' && first != 'f') return of_another_type(row, "/Data/IsEnabled", at);
        IntegrationCreated event = created;
        event.is_enabled = first == 't';
        return Result<Webhook>{std::move(event)};
    });
    const std::string requestor = R"({"Name":"Robin Vale","Email":"robin@lodge.example"})";
    instead("Requestor", requestor, [](const Row& row, std::size_t at) {
        const char first = row.text[row.at];
        if (first == '{') {
            return Result<Webhook>{error(ErrorCode::missing_property, "/Data/Requestor/Name", at)};
        }
        if (first != 'n') return of_another_type(row, "/Data/Requestor", at);
        IntegrationCreated event = created;
        event.requestor = {};
        return Result<Webhook>{std::move(event)};
    });

    /// In the place of a value of the General Webhook.
    const auto in_general = [&](std::string_view name, std::string_view value,
                                std::function<Result<Webhook>(const Row&, std::size_t)> expected) {
        Place place = general_place(name, value, "", "");
        place.after.erase(0, value.size());
        place.expected = std::move(expected);
        places.push_back(std::move(place));
    };
    in_general("IntegrationId", '"' + general.integration_id + '"',
               [](const Row& row, std::size_t at) {
                   if (row.text[row.at] != '"') return of_another_type(row, "/IntegrationId", at);
                   GeneralWebhook webhook = general;
                   webhook.integration_id = "*";
                   return Result<Webhook>{std::move(webhook)};
               });
    const std::string json_of_general = to_json(general);
    const std::size_t list = json_of_general.find('[');
    in_general("Events", json_of_general.substr(list, json_of_general.size() - 1 - list),
               [](const Row& row, std::size_t at) {
                   if (row.text[row.at] != '[') return of_another_type(row, "/Events", at);
                   const std::size_t first = row.text.find_first_not_of(" \t\n\r", row.at + 1);
                   GeneralWebhook webhook = general;
                   webhook.events.clear();
                   if (row.text[first] == ']') return Result<Webhook>{std::move(webhook)};
                   return of_no_event(row, "/Events/0", first, at + first - row.at);
               });
    in_general(
        "an element of Events", R"({"Discriminator":"ProductDeleted","Value":{"Id":"a1"}})",
        [](const Row& row, std::size_t at) { return of_no_event(row, "/Events/1", row.at, at); });
    in_general("Discriminator", R"("ProductDeleted")", [](const Row& row, std::size_t at) {
        if (row.text[row.at] != '"') return of_another_type(row, "/Events/1/Discriminator", at);
        GeneralWebhook webhook = general;
        std::get<UnknownEntityEvent>(webhook.events[1]).discriminator = "*";
        return Result<Webhook>{std::move(webhook)};
    });
    in_general("Value of an unknown kind", R"({"Id":"a1"})", [](const Row& row, std::size_t at) {
        if (row.text[row.at] != '{') return of_another_type(row, "/Events/1/Value", at);
        GeneralWebhook webhook = general;
        webhook.events[1] = UnknownEntityEvent{"ProductDeleted", std::nullopt,
                                               Secret{std::string{trimmed(row.text)}}};
        return Result<Webhook>{std::move(webhook)};
    });
    in_general("Id of an unknown kind", R"("a1")", [](const Row& row, std::size_t) {
        GeneralWebhook webhook = general;
        auto& unknown = std::get<UnknownEntityEvent>(webhook.events[1]);
        unknown.value = Secret{R"({"Id":)" + std::string{row.text} + '}'};
        unknown.id.reset();
        if (row.text[row.at] == '"') unknown.id = "*";
        return Result<Webhook>{std::move(webhook)};
    });
    in_general("Value", R"({"Id":"7e9a1d35-2c84-4f60-93be-18c7d0a6b5f4"})",
               [](const Row& row, std::size_t at) {
                   if (row.text[row.at] != '{') return of_another_type(row, "/Events/2/Value", at);
                   // One row has an id, of type number.
                   const std::size_t id = row.text.find(R"("Id":)");
                   if (id == std::string_view::npos) {
                       return Result<Webhook>{
                           error(ErrorCode::missing_property, "/Events/2/Value/Id", at)};
                   }
                   return Result<Webhook>{
                       error(ErrorCode::wrong_type, "/Events/2/Value/Id", at + id - row.at + 5)};
               });
    in_general("Id", R"("7e9a1d35-2c84-4f60-93be-18c7d0a6b5f4")",
               [](const Row& row, std::size_t at) {
                   if (row.text[row.at] != '"')
                       return of_another_type(row, "/Events/2/Value/Id", at);
                   GeneralWebhook webhook = general;
                   std::get<EntityEvent>(webhook.events[2]).id = "*";
                   return Result<Webhook>{std::move(webhook)};
               });
    return places;
}

/// The webhook, with `*` in the place of the text that the row itself has given it.
Webhook without_given_text(Webhook webhook) {
    if (auto* read = std::get_if<GeneralWebhook>(&webhook)) {
        if (read->integration_id != general.integration_id) read->integration_id = "*";
        for (std::size_t i = 0; i != read->events.size(); ++i) {
            if (auto* known = std::get_if<EntityEvent>(&read->events[i])) {
                if (known->id != std::get<EntityEvent>(general.events[i]).id) known->id = "*";
            } else if (auto* unknown = std::get_if<UnknownEntityEvent>(&read->events[i])) {
                const auto& usual = std::get<UnknownEntityEvent>(general.events[i]);
                if (unknown->discriminator != usual.discriminator) unknown->discriminator = "*";
                if (unknown->id && unknown->id != usual.id) unknown->id = "*";
            }
        }
        return webhook;
    }
    Event& event = std::get<Event>(webhook);
    if (auto* unknown = std::get_if<UnknownEvent>(&event)) {
        if (unknown->data.reveal() == "{}" && unknown->action != "Other") unknown->action = "*";
    } else if (auto* other = std::get_if<IntegrationCreated>(&event)) {
        if (other->enterprise.name != created.enterprise.name) other->enterprise.name = "*";
        if (other->access_token != created.access_token) other->access_token = Secret{"*"};
    }
    return webhook;
}

/// Parses bodies and keeps what went wrong.
class Trial {
  public:
    /// A body that is read as its family, and as one of either.
    void body(std::string_view where, const std::string& body, const Result<Webhook>& expected,
              bool is_general = false, bool is_given_text = false) {
        ++count_;
        const auto check = [&](const auto& view) {
            Result<Webhook> actual =
                view.transform([](const auto& value) { return Webhook{to_owned(value)}; });
            if (actual && is_given_text) actual = without_given_text(*std::move(actual));
            if (actual == expected) return;
            failures_.append("\n").append(where).append(": ").append(excerpt(body));
            failures_.append(" gave ").append(excerpt(shown(actual)));
            failures_.append(" instead of ").append(excerpt(shown(expected)));
        };
        // What these bodies hold is the same under both contracts.
        for (Parser& parser : parsers_) {
            check(parser.parse_webhook_view(body));
            if (is_general) {
                check(parser.parse_general_view(body));
            } else {
                check(parser.parse_view(body));
            }
        }
    }

    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] std::string failures() { return std::exchange(failures_, {}); }

  private:
    Parser parsers_[2]{Parser{}, Parser{ParseOptions{Contract::documented}}};
    std::size_t count_ = 0;
    std::string failures_;
};

/// Calls `try_row(trial, row)` for each row and each of simdjson's implementations.
template <class Try>
void for_each_row(Try&& try_row) {
    with_each_implementation([&](const std::string& implementation) {
        Trial trial;
        std::size_t failed = 0;
        for (const Row& row : conformance::rows()) {
            try_row(trial, row);
            const std::string failures = trial.failures();
            if (failures.empty()) continue;
            ++failed;
            INFO(excerpt(row.text));
            CHECK(failures == "");
        }
        INFO(implementation);
        CHECK(failed == 0);
        CHECK(trial.count() > 500);
    });
}

/// Calls `try_at(trial, row, place)` for each row that was written by hand and each place where it
/// can stand. The others differ in little from one another: each is tried at a few places.
template <class Try>
void for_each_row_and_place(const std::vector<Place>& places, Try&& try_at) {
    std::size_t turn = 0;
    for_each_row([&](Trial& trial, const Row& row) {
        const std::size_t stride = conformance::is_written(row) ? 1 : 7;
        for (std::size_t i = turn++ % stride; i < places.size(); i += stride) {
            if (can_stand_in(places[i], row)) try_at(trial, row, places[i]);
        }
    });
}

}  // namespace

TEST_CASE("the table has texts of every kind, none twice by hand") {
    CHECK(std::size(conformance::written) > 500);
    for (int kind = 0; kind <= static_cast<int>(Kind::blank); ++kind) {
        CAPTURE(kind);
        CHECK(std::any_of(std::begin(conformance::written), std::end(conformance::written),
                          [&](const Row& row) { return row.kind == static_cast<Kind>(kind); }));
    }
    std::vector<std::string_view> texts;
    for (const Row& row : conformance::written)
        texts.push_back(row.text);
    std::sort(texts.begin(), texts.end());
    const auto twice = std::adjacent_find(texts.begin(), texts.end());
    CHECK((twice == texts.end() ? "" : excerpt(*twice)) == "");
}

TEST_CASE("a text as the whole body") {
    for_each_row([](Trial& trial, const Row& row) {
        const std::string text{row.text};
        trial.body("as it is", text, expected_alone(row, 0));
        // Across the whole width of a block of simdjson's.
        const std::size_t spaces = trial.count() % 64;
        trial.body("behind spaces", std::string(spaces, ' ') + text, expected_alone(row, spaces));
        trial.body("behind a byte order mark", "\xEF\xBB\xBF" + text, expected_alone(row, 3));
    });
}

TEST_CASE("a text behind a whole body") {
    const std::string entity{integration_json};
    const std::string data = "{\"Integration\":" + entity + '}';
    const std::string known = R"({"Action":"IntegrationEnabled","Data":)" + data + '}';
    const std::string data_first = "{\"Data\":" + data + R"(,"Action":"IntegrationEnabled"})";
    const std::string unknown = R"({"Action":"Other","Data":)" + data + '}';
    const std::pair<std::string, Webhook> bodies[] = {
        {known, IntegrationEnabled{integration}},
        {data_first, IntegrationEnabled{integration}},
        {unknown, UnknownEvent{"Other", integration, Secret{data}}},
        {known + "\n", IntegrationEnabled{integration}},
        {to_json(general), general},
    };
    for_each_row([&](Trial& trial, const Row& row) {
        const std::size_t first = row.text.find_first_not_of(" \t\n\r");
        for (const auto& [body, webhook] : bodies) {
            Result<Webhook> expected = webhook;
            if (first != std::string_view::npos) {
                const bool is_text = row.code != ErrorCode::invalid_utf8 || row.at != first;
                expected = error(is_text ? ErrorCode::trailing_content : ErrorCode::invalid_utf8,
                                 "", body.size() + first);
            }
            trial.body("behind a body", body + std::string{row.text}, expected,
                       std::holds_alternative<GeneralWebhook>(webhook));
        }
    });
}

TEST_CASE("a text where it is ignored") {
    for_each_row_and_place(ignored_places(), [](Trial& trial, const Row& row, const Place& place) {
        trial.body(place.name, place.before + std::string{row.text} + place.after,
                   expected_at(place, row), place.is_general);
    });
}

TEST_CASE("a text where it is ignored, at the end of a body that is cut off") {
    for_each_row_and_place(ignored_places(), [](Trial& trial, const Row& row, const Place& place) {
        trial.body(place.name, place.before + std::string{row.text},
                   expected_cut(row, place.before.size()), place.is_general);
    });
}

TEST_CASE("a text in the place of a value of the contract") {
    for_each_row_and_place(contract_places(), [](Trial& trial, const Row& row, const Place& place) {
        trial.body(place.name, place.before + std::string{row.text} + place.after,
                   expected_at(place, row), place.is_general, true);
    });
}

TEST_CASE("a text in the place of a name") {
    const std::vector<Place> places = name_places();
    CHECK(places.size() > 25);
    std::size_t strings = 0;
    for_each_row_and_place(places, [&](Trial& trial, const Row& row, const Place& place) {
        // Others than strings are no names, and behind a whole one a colon must follow.
        if (!row.text.starts_with('"') || row.kind == Kind::more || row.kind == Kind::in_string)
            return;
        ++strings;
        trial.body(place.name, place.before + std::string{row.text} + place.after,
                   expected_at(place, row), place.is_general);
    });
    CHECK(strings > 1000);
}

TEST_CASE("what a string stands for") {
    struct String {
        std::string_view json;
        std::string_view text;
    };
    using namespace std::string_view_literals;
    const String strings[] = {
        {R"("")", ""},
        {R"("a")", "a"},
        {R"(" a ")", " a "},
        {R"("\"")", "\""},
        {R"("\\")", "\\"},
        {R"("\/")", "/"},
        {R"("\b\f\n\r\t")", "\b\f\n\r\t"},
        {R"("\\n")", "\\n"},
        {R"("\\\n")", "\\\n"},
        {R"("\\\"")", "\\\""},
        {R"("\u0000")", "\0"sv},
        {R"("a\u0000b")", "a\0b"sv},
        {R"("\u001f\u0020")", "\x1F "},
        {R"("\u0022\u005C\u002f")", "\"\\/"},
        {R"("\u0041\u00410")", "AA0"},
        {R"("\u007f")", "\x7F"},
        {R"("\u0080")", "\xC2\x80"},
        {R"("\u00e9\u00E9")", "\xC3\xA9\xC3\xA9"},
        {R"("\u07ff")", "\xDF\xBF"},
        {R"("\u0800")", "\xE0\xA0\x80"},
        {R"("\u20ac")", "\xE2\x82\xAC"},
        {R"("\ud7ff")", "\xED\x9F\xBF"},
        {R"("\ue000")", "\xEE\x80\x80"},
        {R"("\ufeff")", "\xEF\xBB\xBF"},
        {R"("\ufffe\uffff")", "\xEF\xBF\xBE\xEF\xBF\xBF"},
        {R"("\ud800\udc00")", "\xF0\x90\x80\x80"},
        {R"("\uD83D\uDE00")", "\xF0\x9F\x98\x80"},
        {R"("\udbff\udfff")", "\xF4\x8F\xBF\xBF"},
        {R"("x\ud83d\ude00\u0041\n")", "x\xF0\x9F\x98\x80\x41\n"},
        {"\"\x7F\"", "\x7F"},
        {"\"\xC3\xA9\"", "\xC3\xA9"},
        {"\"\xEF\xBB\xBF\"", "\xEF\xBB\xBF"},
        {"\"\xF0\x9F\x98\x80\\\"\"", "\xF0\x9F\x98\x80\""},
        {R"("a]},:{[b")", "a]},:{[b"},
        {R"("\",\"Id\":\"x")", "\",\"Id\":\"x"},
        {R"("IntegrationCreated\u0000")", "IntegrationCreated\0"sv},
    };
    const std::string json = to_json(created);
    const auto instead = [&](std::string_view value, std::string_view text) {
        std::string body = json;
        return body.replace(body.find(value), value.size(), text);
    };
    with_each_implementation([&](const std::string& implementation) {
        CAPTURE(implementation);
        Trial trial;
        for (const String& string : strings) {
            const std::string text{string.text};
            IntegrationCreated event = created;
            event.enterprise.name = text;
            trial.body("a name", instead(R"("Alpine Lodge")", string.json), event);
            // With an escape elsewhere, which is what decides how texts are read.
            event.integration.name = "/";
            std::string body = instead(R"("Alpine Lodge")", string.json);
            body.replace(body.find(R"("Channel Manager")"), 17, R"("\/")");
            trial.body("a name, and an escape behind it", body, event);
            event = created;
            event.access_token = Secret{text};
            trial.body("a secret", instead(R"("TOKEN-4242")", string.json), event);
            event = created;
            event.requestor->email = text;
            trial.body("an address", instead(R"("robin@lodge.example")", string.json), event);
            trial.body("Action", R"({"Action":)" + std::string{string.json} + R"(,"Data":{}})",
                       UnknownEvent{text, {}, Secret{"{}"}});
            const std::string data =
                R"({"Integration":{"Name":"","Id":)" + std::string{string.json} + "}}";
            trial.body("unknown event", R"({"Action":"x","Data":)" + data + '}',
                       UnknownEvent{"x", Integration{text, ""}, Secret{data}});
            const std::string value = R"({"Id":)" + std::string{string.json} + '}';
            trial.body("General Webhook",
                       R"({"EnterpriseId":)" + std::string{string.json} +
                           R"(,"IntegrationId":"i","Events":[)" +
                           R"({"Discriminator":"MessageAdded","Value":)" + value +
                           R"(},{"Discriminator":)" + std::string{string.json} + R"(,"Value":)" +
                           value + R"(},{"Value":)" + value +
                           R"(,"Discriminator":"PaymentUpdated"}]})",
                       GeneralWebhook{text,
                                      "i",
                                      {EntityEvent{Discriminator::message_added, text},
                                       UnknownEntityEvent{text, text, Secret{value}},
                                       EntityEvent{Discriminator::payment_updated, text}}},
                       true);
            INFO(excerpt(string.json));
            CHECK(trial.failures() == "");
        }
    });
}

TEST_CASE("an escaped name is the name that it stands for") {
    // All of its characters, so that it is longest; any case of the digits.
    const auto every_character = [](std::string_view name, const char* digits) {
        std::string text = "\"";
        for (const char c : name) {
            text += "\\u00";
            text += digits[static_cast<unsigned char>(c) >> 4];
            text += digits[static_cast<unsigned char>(c) & 0xF];
        }
        return text + '"';
    };
    std::string lower = to_json(created);
    std::string upper = lower;
    std::string lower_general = to_json(general);
    std::string upper_general = lower_general;
    // The text of the unknown kind's Value changes with the name in it.
    GeneralWebhook escaped_general = general;
    auto& unknown = std::get<UnknownEntityEvent>(escaped_general.events[1]);
    for (const std::string_view name : {"Action",
                                        "Data",
                                        "Enterprise",
                                        "Service",
                                        "Requestor",
                                        "AccessToken",
                                        "CreatedUtc",
                                        "IsEnabled",
                                        "Integration",
                                        "Id",
                                        "Name",
                                        "Email",
                                        "IntegrationCreated",
                                        "EnterpriseId",
                                        "IntegrationId",
                                        "Events",
                                        "Discriminator",
                                        "Value",
                                        "CustomerAdded",
                                        "ProductDeleted",
                                        "MessageAdded"}) {
        const std::string quoted = '"' + std::string{name} + '"';
        for (const auto& [text, digits] :
             {std::pair{&lower, "0123456789abcdef"}, std::pair{&upper, "0123456789ABCDEF"},
              std::pair{&lower_general, "0123456789abcdef"},
              std::pair{&upper_general, "0123456789ABCDEF"}}) {
            for (std::size_t at = 0; (at = text->find(quoted, at)) != std::string::npos;)
                text->replace(at, quoted.size(), every_character(name, digits));
        }
    }
    with_each_implementation([&](const std::string& implementation) {
        CAPTURE(implementation);
        Trial trial;
        trial.body("lower case", lower, created);
        trial.body("upper case", upper, created);
        unknown.value = Secret{"{" + every_character("Id", "0123456789abcdef") + R"(:"a1"})"};
        trial.body("General Webhook, lower case", lower_general, escaped_general, true);
        unknown.value = Secret{"{" + every_character("Id", "0123456789ABCDEF") + R"(:"a1"})"};
        trial.body("General Webhook, upper case", upper_general, escaped_general, true);
        // One name alone: the others show that the rest of the body is as it should be.
        const std::string plain = to_json(created);
        const auto respelled = [&](std::string_view name, std::string_view other) {
            std::string body = plain;
            return body.replace(body.find(name), name.size(), other);
        };
        trial.body("a required one", respelled("\"IsEnabled\"", R"("IsEnable\u0064")"), created);
        trial.body("an optional one", respelled("\"Service\"", R"("\u0053ervice")"), created);
        trial.body("one of an entity", respelled("\"Email\"", R"("Em\u0061il")"), created);
        const std::string twice = respelled("\"IsEnabled\"", R"("\u0053ervice":null,"IsEnabled")");
        trial.body("one that stands twice", twice,
                   error(ErrorCode::duplicate_property, "/Data/Service", twice.find("null")));
        // These only look like a name of the contract.
        const Event enabled = IntegrationEnabled{integration};
        const std::string entity{integration_json};
        for (const std::string_view other :
             {R"("Action\u0000")", R"("Action\"")", R"("Action\\")", R"("\\u0041ction")",
              R"("\"Action")", R"("\u0061ction")", R"("Act\u0069o")", R"("\u0041ction ")",
              R"("\u0041ction\u0022")", R"("\u0022")", R"("\u0041")"}) {
            trial.body("another name",
                       '{' + std::string{other} + R"(:1,"Action":"IntegrationEnabled",)" +
                           std::string{other} + R"(:2,"Data":{"Integration":)" + entity + "}}",
                       enabled);
        }
        CHECK(trial.failures() == "");
    });
}

TEST_CASE("a byte order mark is skipped once, before the body, and counts in offsets") {
    const std::string mark = "\xEF\xBB\xBF";
    const std::string valid = to_json(created);
    with_each_implementation([&](const std::string& implementation) {
        CAPTURE(implementation);
        Trial trial;
        trial.body("one", mark + valid, created);
        trial.body("one, then white space", mark + " \r\n" + valid, created);
        trial.body("one alone", mark, error(ErrorCode::empty_body, "", 0));
        trial.body("one before white space", mark + " \t\r\n", error(ErrorCode::empty_body, "", 0));
        trial.body("two", mark + mark + valid, error(ErrorCode::malformed_json, "", 3));
        trial.body("two alone", mark + mark, error(ErrorCode::malformed_json, "", 3));
        trial.body("behind white space", ' ' + mark + valid,
                   error(ErrorCode::malformed_json, "", 1));
        trial.body("behind the body", valid + mark,
                   error(ErrorCode::trailing_content, "", valid.size()));
        trial.body("one byte of it", "\xEF" + valid, error(ErrorCode::invalid_utf8, "", 0));
        trial.body("two bytes of it", "\xEF\xBB" + valid, error(ErrorCode::invalid_utf8, "", 0));
        trial.body("two bytes of it alone", "\xEF\xBB", error(ErrorCode::invalid_utf8, "", 0));
        trial.body("one and a half", mark + "\xEF\xBB", error(ErrorCode::invalid_utf8, "", 3));
        trial.body("another character", "\xEF\xBB\xBE" + valid,
                   error(ErrorCode::malformed_json, "", 0));
        trial.body("before trailing content", mark + "{} x",
                   error(ErrorCode::trailing_content, "", 6));
        trial.body("UTF-16, big endian", "\xFE\xFF", error(ErrorCode::invalid_utf8, "", 0));
        trial.body("UTF-16, little endian", "\xFF\xFE", error(ErrorCode::invalid_utf8, "", 0));
        trial.body("before a contract fault", mark + "{}",
                   error(ErrorCode::missing_property, "/Action", 3));
        trial.body("before another type", mark + "\n[]", error(ErrorCode::wrong_type, "", 4));
        CHECK(trial.failures() == "");
    });
}

TEST_CASE("nesting is allowed up to max_depth, counted from the body") {
    /// The first bracket that is one too many. None of the strings here holds one.
    const auto bracket_too_many = [](std::string_view body, std::size_t max_depth) {
        std::size_t depth = 0;
        for (std::size_t at = 0; at != body.size(); ++at) {
            if (body[at] == '{' || body[at] == '[') {
                if (++depth > max_depth) return at;
            } else if (body[at] == '}' || body[at] == ']') {
                --depth;
            }
        }
        return std::string_view::npos;
    };
    const auto nested = [](std::size_t depth, bool arrays, bool objects) {
        std::string open;
        std::string close;
        for (std::size_t level = 0; level != depth; ++level) {
            const bool is_array = arrays && (!objects || level % 2 == 0);
            open += is_array ? "[" : level + 1 == depth ? "{" : "{\"a\":";
            close += is_array ? ']' : '}';
        }
        return open + std::string{close.rbegin(), close.rend()};
    };
    const std::vector<Place> places = ignored_places();

    with_each_implementation([&](const std::string& implementation) {
        CAPTURE(implementation);
        std::size_t bodies = 0;
        std::size_t refused = 0;
        for (const std::size_t max_depth : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U, 63U, 64U, 65U}) {
            Parser parser{ParseOptions{Contract::observed, 1 << 20, max_depth}};
            std::string failures;
            const auto attempt = [&](std::string_view where, const std::string& body,
                                     const Result<Webhook>& otherwise) {
                const std::size_t too_many = bracket_too_many(body, max_depth);
                const Result<Webhook> expected =
                    too_many == std::string_view::npos
                        ? otherwise
                        : error(ErrorCode::nesting_too_deep, "", too_many);
                const Result<Webhook> actual = parser.parse_webhook(body);
                ++bodies;
                refused += too_many != std::string_view::npos;
                if (actual == expected) return;
                failures.append("\n").append(where).append(": ").append(shown(actual));
                failures.append(" instead of ").append(shown(expected)).append(": ").append(body);
            };
            for (const std::size_t depth : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 59U, 62U, 63U, 64U, 65U}) {
                for (const auto& [arrays, objects] :
                     {std::pair{true, false}, std::pair{false, true}, std::pair{true, true}}) {
                    const std::string text = nested(depth, arrays, objects);
                    const Row row = conformance::good(text);
                    attempt("body", text, expected_alone(row, 0));
                    for (const Place& place : places)
                        attempt(place.name, place.before + text + place.after,
                                expected_at(place, row));
                    // The bracket too many counts although the end is missing.
                    attempt("cut", std::string(depth, '['),
                            error(ErrorCode::malformed_json, "", depth));
                }
            }
            CAPTURE(max_depth);
            CHECK(failures == "");
        }
        CHECK(refused > bodies / 10);
        CHECK(bodies - refused > bodies / 10);
    });
}

TEST_CASE("nesting costs no stack") {
    constexpr std::size_t depth = 200'000;
    const std::string deep = std::string(depth, '[') + std::string(depth, ']');
    const std::string body = R"({"Action":"Other","x":)" + deep + R"(,"Data":{"y":)" + deep + "}}";
    const ParseOptions unlimited{Contract::observed, 1 << 22, static_cast<std::size_t>(-1)};
    const ParseOptions enough{Contract::observed, 1 << 22, depth + 2};
    const ParseOptions one_less{Contract::observed, 1 << 22, depth + 1};
    const Event expected = UnknownEvent{"Other", {}, Secret{"{\"y\":" + deep + '}'}};
    CHECK(parse(body, unlimited) == expected);
    CHECK(parse(body, enough) == expected);
    CHECK(parse(body, one_less) == error(ErrorCode::nesting_too_deep, "", body.rfind("[]")));
    CHECK(parse(R"({"x":)" + deep + ',' + to_json(created).substr(1), unlimited) == Event{created});
    CHECK(parse(deep, unlimited) == error(ErrorCode::wrong_type, "", 0));
    CHECK(parse(deep) == error(ErrorCode::nesting_too_deep, "", 64));
}

TEST_CASE("breadth is not nesting, and brackets in strings are none") {
    const ParseOptions shallow{Contract::observed, 1 << 22, 4};
    std::string siblings = "[0";
    for (int i = 0; i != 5000; ++i)
        siblings += ",[],{}";
    siblings += ']';
    const std::string brackets = '"' + std::string(5000, '[') + std::string(5000, '{') + '"';
    for (const std::string& text : {siblings, brackets}) {
        const std::string body =
            R"({"x":)" + text + R"(,"Action":"Other","Data":{"y":)" + text + "}}";
        CHECK(parse(body, shallow) ==
              Event{UnknownEvent{"Other", {}, Secret{"{\"y\":" + text + '}'}}});
    }
}
