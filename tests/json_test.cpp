// Events written as bodies: the exact text of each, which reads back to the same event.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "conformance.hpp"

using namespace mews::webhooks;
using namespace std::string_view_literals;

namespace {

/// The same event, borrowing its strings.
EventView view_of(const Event& event) {
    struct Borrow {
        std::string_view operator()(const std::string& text) const { return text; }
        SecretView operator()(const Secret& secret) const { return SecretView{secret.reveal()}; }
        IntegrationView operator()(const Integration& from) const { return {from.id, from.name}; }

        EventView operator()(const IntegrationCreated& from) const {
            IntegrationCreatedView to;
            to.enterprise = {from.enterprise.id, from.enterprise.name};
            if (from.service) to.service = ServiceView{from.service->id, from.service->name};
            if (from.requestor) {
                to.requestor = RequestorView{from.requestor->name, from.requestor->email};
            }
            to.access_token = (*this)(from.access_token);
            to.created_utc = from.created_utc;
            to.is_enabled = from.is_enabled;
            to.integration = (*this)(from.integration);
            return to;
        }
        EventView operator()(const IntegrationEnabled& from) const {
            return IntegrationEnabledView{(*this)(from.integration)};
        }
        EventView operator()(const IntegrationDisabled& from) const {
            return IntegrationDisabledView{(*this)(from.integration)};
        }
        EventView operator()(const IntegrationCanceled& from) const {
            return IntegrationCanceledView{(*this)(from.integration)};
        }
        EventView operator()(const IntegrationReinstated& from) const {
            return IntegrationReinstatedView{(*this)(from.integration)};
        }
        EventView operator()(const IntegrationDeleted& from) const {
            return IntegrationDeletedView{from.deleted_utc, (*this)(from.integration)};
        }
        EventView operator()(const IntegrationApiKeyCreated& from) const {
            return IntegrationApiKeyCreatedView{(*this)(from.integration), (*this)(from.api_key)};
        }
        EventView operator()(const UnknownEvent& from) const {
            UnknownEventView to{from.action, std::nullopt, (*this)(from.data)};
            if (from.integration) to.integration = (*this)(*from.integration);
            return to;
        }
    };
    return std::visit(Borrow{}, event);
}

const Integration integration{"i-1", "Desk"};
const Timestamp instant = *timestamp_from_iso8601("2031-05-06T07:08:09.25Z");

IntegrationCreated created() {
    return {Enterprise{"e-1", "Lodge"},
            Service{"s-1", "Stay"},
            Requestor{"Robin", "r@lodge.example"},
            Secret{"TOKEN-1"},
            instant,
            true,
            integration};
}

void check_written(const Event& event, std::string_view expected) {
    const std::string json = to_json(event);
    CHECK(json == expected);
    CHECK(to_json(view_of(event)) == expected);
    const Result<Event> read = parse(json);
    REQUIRE(read.has_value());
    CHECK((*read == event));
}

/// The name of an integration as it is written.
std::string written_name(std::string_view name) {
    constexpr std::string_view before =
        R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"","Name":)";
    constexpr std::string_view after = "}}}";
    const std::string json = to_json(Event{IntegrationEnabled{{"", std::string{name}}}});
    if (json.size() < before.size() + after.size()) return json;
    CHECK(json.substr(0, before.size()) == before);
    CHECK(json.substr(json.size() - after.size()) == after);
    return json.substr(before.size(), json.size() - before.size() - after.size());
}

/// What is written for the data of an event that is not known.
std::string written_data(std::string_view data) {
    constexpr std::string_view before = R"({"Action":"Other","Data":)";
    const Event event = UnknownEvent{"Other", std::nullopt, Secret{std::string{data}}};
    const std::string json = to_json(event);
    CHECK(json == to_json(view_of(event)));
    CHECK(json.substr(0, before.size()) == before);
    CHECK(json.back() == '}');
    return json.substr(before.size(), json.size() - before.size() - 1);
}

}  // namespace

TEST_CASE("each event, as the sender writes it, in documented order") {
    check_written(created(), R"({"Action":"IntegrationCreated","Data":{)"
                             R"("Enterprise":{"Id":"e-1","Name":"Lodge"},)"
                             R"("Service":{"Id":"s-1","Name":"Stay"},)"
                             R"("Requestor":{"Name":"Robin","Email":"r@lodge.example"},)"
                             R"("AccessToken":"TOKEN-1",)"
                             R"("CreatedUtc":"2031-05-06T07:08:09.25Z",)"
                             R"("IsEnabled":true,)"
                             R"("Integration":{"Id":"i-1","Name":"Desk"}}})");
    check_written(IntegrationEnabled{integration},
                  R"({"Action":"IntegrationEnabled",)"
                  R"("Data":{"Integration":{"Id":"i-1","Name":"Desk"}}})");
    check_written(IntegrationDisabled{integration},
                  R"({"Action":"IntegrationDisabled",)"
                  R"("Data":{"Integration":{"Id":"i-1","Name":"Desk"}}})");
    check_written(IntegrationCanceled{integration},
                  R"({"Action":"IntegrationCanceled",)"
                  R"("Data":{"Integration":{"Id":"i-1","Name":"Desk"}}})");
    check_written(IntegrationReinstated{integration},
                  R"({"Action":"IntegrationReinstated",)"
                  R"("Data":{"Integration":{"Id":"i-1","Name":"Desk"}}})");
    check_written(IntegrationDeleted{instant, integration},
                  R"({"Action":"IntegrationDeleted",)"
                  R"("Data":{"DeletedUtc":"2031-05-06T07:08:09.25Z",)"
                  R"("Integration":{"Id":"i-1","Name":"Desk"}}})");
    check_written(IntegrationApiKeyCreated{integration, Secret{"KEY-1"}},
                  R"({"Action":"IntegrationApiKeyCreated",)"
                  R"("Data":{"Integration":{"Id":"i-1","Name":"Desk"},"ApiKey":"KEY-1"}})");
    check_written(
        UnknownEvent{"IntegrationMoved", integration,
                     Secret{R"({"To":[1, 2], "Integration":{"Name":"Desk","Id":"i-1"}})"}},
        R"({"Action":"IntegrationMoved",)"
        R"("Data":{"To":[1, 2], "Integration":{"Name":"Desk","Id":"i-1"}}})");
    check_written(UnknownEvent{"", std::nullopt, Secret{"{}"}}, R"({"Action":"","Data":{}})");
}

TEST_CASE("a General Webhook, as the sender writes it") {
    const auto check = [](const GeneralWebhook& webhook, std::string_view expected) {
        const std::string json = to_json(webhook);
        CHECK(json == expected);
        CHECK(to_json(Webhook{webhook}) == expected);
        const Result<GeneralWebhook> read = parse_general(json);
        REQUIRE(read.has_value());
        CHECK((*read == webhook));
        Parser parser;
        CHECK(to_json(*parser.parse_general_view(json)) == expected);
        CHECK(to_json(*parser.parse_webhook_view(json)) == expected);
    };
    check({"e-1", "i-1", {}}, R"({"EnterpriseId":"e-1","IntegrationId":"i-1","Events":[]})");
    check({"e-1",
           "i-1",
           {EntityEvent{Discriminator::service_order_updated, "1"},
            EntityEvent{Discriminator::resource_updated, "2"},
            EntityEvent{Discriminator::message_added, "3"},
            EntityEvent{Discriminator::resource_block_updated, "4"},
            EntityEvent{Discriminator::customer_added, "5"},
            EntityEvent{Discriminator::customer_updated, "6"},
            EntityEvent{Discriminator::payment_updated, "7"},
            UnknownEntityEvent{"ResourceDeleted", "8", Secret{R"({"State":[1, 2], "Id":"8"})"}},
            UnknownEntityEvent{"", std::nullopt, Secret{"{}"}}}},
          R"({"EnterpriseId":"e-1","IntegrationId":"i-1","Events":[)"
          R"({"Discriminator":"ServiceOrderUpdated","Value":{"Id":"1"}},)"
          R"({"Discriminator":"ResourceUpdated","Value":{"Id":"2"}},)"
          R"({"Discriminator":"MessageAdded","Value":{"Id":"3"}},)"
          R"({"Discriminator":"ResourceBlockUpdated","Value":{"Id":"4"}},)"
          R"({"Discriminator":"CustomerAdded","Value":{"Id":"5"}},)"
          R"({"Discriminator":"CustomerUpdated","Value":{"Id":"6"}},)"
          R"({"Discriminator":"PaymentUpdated","Value":{"Id":"7"}},)"
          R"({"Discriminator":"ResourceDeleted","Value":{"State":[1, 2], "Id":"8"}},)"
          R"({"Discriminator":"","Value":{}}]})");
    const std::string text = "\"\\\n\xC3\xA9";
    const std::string escaped = "\"\\\"\\\\\\n\xC3\xA9\"";
    check({text,
           text,
           {EntityEvent{Discriminator::message_added, text},
            UnknownEntityEvent{text, std::nullopt, Secret{"{}"}}}},
          "{\"EnterpriseId\":" + escaped + ",\"IntegrationId\":" + escaped +
              ",\"Events\":[{\"Discriminator\":\"MessageAdded\",\"Value\":{\"Id\":" + escaped +
              "}},{\"Discriminator\":" + escaped + ",\"Value\":{}}]}");
}

TEST_CASE("what breaks the contract is written so that it is refused") {
    const auto read_back = [](GeneralEvent event) {
        return parse_general(to_json(GeneralWebhook{"", "", {std::move(event)}}));
    };
    const std::size_t value_at = std::string_view{R"({"EnterpriseId":"","IntegrationId":"",)"
                                                  R"("Events":[{"Discriminator":"Other","Value":)"}
                                     .size();
    for (const std::string_view value : {"", "null", "[]", "{", "{}}", " {}", R"({},"x":{})"}) {
        CAPTURE(value);
        CHECK(read_back(UnknownEntityEvent{"Other", {}, Secret{std::string{value}}}) ==
              Error{ErrorCode::unexpected_null, "/Events/0/Value", value_at});
    }
    // A kind that no enumerator stands for is written as one that is unknown.
    const auto no_kind = read_back(EntityEvent{static_cast<Discriminator>(255), "x"});
    REQUIRE(no_kind.has_value());
    CHECK((no_kind->events.front() ==
           GeneralEvent{UnknownEntityEvent{"Unknown", "x", Secret{R"({"Id":"x"})"}}}));
}

TEST_CASE("a member without a value is left out where both contracts allow it, else null") {
    IntegrationCreated event = created();
    event.service.reset();
    event.is_enabled = false;
    check_written(event, R"({"Action":"IntegrationCreated","Data":{)"
                         R"("Enterprise":{"Id":"e-1","Name":"Lodge"},)"
                         R"("Requestor":{"Name":"Robin","Email":"r@lodge.example"},)"
                         R"("AccessToken":"TOKEN-1",)"
                         R"("CreatedUtc":"2031-05-06T07:08:09.25Z",)"
                         R"("IsEnabled":false,)"
                         R"("Integration":{"Id":"i-1","Name":"Desk"}}})");
    event.requestor.reset();
    check_written(event, R"({"Action":"IntegrationCreated","Data":{)"
                         R"("Enterprise":{"Id":"e-1","Name":"Lodge"},)"
                         R"("Requestor":null,)"
                         R"("AccessToken":"TOKEN-1",)"
                         R"("CreatedUtc":"2031-05-06T07:08:09.25Z",)"
                         R"("IsEnabled":false,)"
                         R"("Integration":{"Id":"i-1","Name":"Desk"}}})");
    check_written(IntegrationDeleted{std::nullopt, integration},
                  R"({"Action":"IntegrationDeleted",)"
                  R"("Data":{"DeletedUtc":null,"Integration":{"Id":"i-1","Name":"Desk"}}})");
    // What the documented contract lets be absent or null, it accepts as it is written.
    const ParseOptions documented{Contract::documented};
    CHECK(parse(to_json(Event{event}), documented) == Event{event});
}

TEST_CASE("events of empty strings") {
    check_written(IntegrationCreated{}, R"({"Action":"IntegrationCreated","Data":{)"
                                        R"("Enterprise":{"Id":"","Name":""},)"
                                        R"("Requestor":null,)"
                                        R"("AccessToken":"",)"
                                        R"("CreatedUtc":"1970-01-01T00:00:00Z",)"
                                        R"("IsEnabled":false,)"
                                        R"("Integration":{"Id":"","Name":""}}})");
}

TEST_CASE("timestamps that are not of the wire are written, though not read back") {
    const Event event = IntegrationDeleted{Timestamp::max(), integration};
    const std::string json = to_json(event);
    CHECK(json.find(R"("DeletedUtc":"+31197-09-14T02:48:05.4775807Z")") != std::string::npos);
    const Result<Event> read = parse(json);
    REQUIRE(!read.has_value());
    CHECK(read.error().code == ErrorCode::invalid_timestamp);
}

TEST_CASE("strings are written with the escape sequences that JSON needs, and no others") {
    CHECK(written_name("") == R"("")");
    CHECK(written_name("a b") == R"("a b")");
    CHECK(written_name(R"(a"b\c)") == R"("a\"b\\c")");
    CHECK(written_name("\b\f\n\r\t") == R"("\b\f\n\r\t")");
    CHECK(written_name("\0\x01\x0B\x1F"sv) == R"("\u0000\u0001\u000b\u001f")");
    CHECK(written_name("/'<>&+") == R"("/'<>&+")");
    CHECK(written_name("\x7F") == "\"\x7F\"");
    CHECK(written_name("\xC2\x80\xC3\xA9\xE2\x80\xA8\xEF\xBB\xBF\xEF\xBF\xBF\xF0\x9F\x98\x80") ==
          "\"\xC2\x80\xC3\xA9\xE2\x80\xA8\xEF\xBB\xBF\xEF\xBF\xBF\xF0\x9F\x98\x80\"");
    CHECK(written_name(R"(\u0041)") == R"("\\u0041")");
    CHECK(written_name("\",\"Id\":\"x") == R"("\",\"Id\":\"x")");
}

TEST_CASE("strings are escaped wherever they stand") {
    const std::string text = "\"\\\n\xC3\xA9";
    const IntegrationCreated event{Enterprise{text, text},
                                   Service{text, text},
                                   Requestor{text, text},
                                   Secret{text},
                                   instant,
                                   true,
                                   Integration{text, text}};
    const std::string json = to_json(Event{event});
    constexpr std::string_view escaped = "\"\\\"\\\\\\n\xC3\xA9\"";
    std::size_t count = 0;
    for (std::size_t at = 0; (at = json.find(escaped, at)) != std::string::npos; ++count)
        at += escaped.size();
    CHECK(count == 9);
    CHECK(json.find('\n') == std::string::npos);
    CHECK(parse(json) == Event{event});
    check_written(IntegrationApiKeyCreated{{text, text}, Secret{text}},
                  "{\"Action\":\"IntegrationApiKeyCreated\",\"Data\":{\"Integration\":{\"Id\":" +
                      std::string{escaped} + ",\"Name\":" + std::string{escaped} +
                      "},\"ApiKey\":" + std::string{escaped} + "}}");
    check_written(UnknownEvent{text, std::nullopt, Secret{"{}"}},
                  "{\"Action\":" + std::string{escaped} + ",\"Data\":{}}");
}

TEST_CASE("each byte of a string is there again when the body is read") {
    std::string wrong;
    for (int byte = 0; byte != 0x80; ++byte) {
        const std::string text{'a', static_cast<char>(byte), 'b'};
        const Event event = IntegrationEnabled{{text, text}};
        if (!(parse(to_json(event)) == event)) wrong += std::to_string(byte) + ' ';
    }
    for (const std::string_view text :
         {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
          "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        const Event event = IntegrationEnabled{{std::string{text}, std::string{text}}};
        if (!(parse(to_json(event)) == event)) wrong += escaped(text) + ' ';
    }
    CHECK(wrong == "");
}

TEST_CASE("what is not UTF-8 becomes U+FFFD, byte for byte, so that the body is JSON") {
    const std::string r = "\xEF\xBF\xBD";
    CHECK(written_name("\x80") == '"' + r + '"');
    CHECK(written_name("a\xFF") == "\"a" + r + '"');
    CHECK(written_name("H\xF4tel") == "\"H" + r + "tel\"");
    CHECK(written_name("\xC3") == '"' + r + '"');
    CHECK(written_name("\xC3(") == '"' + r + "(\"");
    CHECK(written_name("\xC0\xAF") == '"' + r + r + '"');
    CHECK(written_name("\xE2\x82") == '"' + r + r + '"');
    CHECK(written_name("\xED\xA0\x80") == '"' + r + r + r + '"');
    CHECK(written_name("\xF4\x90\x80\x80") == '"' + r + r + r + r + '"');
    CHECK(written_name("\xF0\x9F\x98\xC3\xA9") == '"' + r + r + r + "\xC3\xA9\"");
    CHECK(written_name("\xFF\"\n") == '"' + r + "\\\"\\n\"");

    IntegrationCreated event = created();
    event.access_token = Secret{"TOKEN\xFF"};
    event.requestor->name = "\xE9";
    event.integration.name = "\xC3\xA9\xE9";
    const std::string json = to_json(Event{event});
    CHECK(to_json(view_of(event)) == json);
    event.access_token = Secret{"TOKEN" + r};
    event.requestor->name = r;
    event.integration.name = "\xC3\xA9" + r;
    CHECK(parse(json) == Event{event});
    CHECK(parse(to_json(Event{UnknownEvent{"\xFF", std::nullopt, Secret{"{}"}}})) ==
          Event{UnknownEvent{r, std::nullopt, Secret{"{}"}}});
}

TEST_CASE("the data of an unknown event is written as it is if it is a JSON object, else as null") {
    const auto check = [](std::string_view data, bool is_object) {
        CAPTURE(data);
        CHECK((written_data(data) == (is_object ? data : "null")));
        if (is_object) return;
        // It cannot break out of its place, and nobody takes it for the event that it was not.
        const Event event = UnknownEvent{"Other", std::nullopt, Secret{std::string{data}}};
        CHECK(parse(to_json(event)) == Error{ErrorCode::unexpected_null, "/Data", 25});
    };
    std::size_t objects = 0;
    for (const conformance::Row& row : conformance::rows()) {
        const bool is_object = row.kind == conformance::Kind::good && row.text.starts_with('{');
        objects += is_object;
        check(row.text, is_object);
    }
    CHECK(objects > 30);
    check("\xEF\xBB\xBF{}", false);
    check("{\"a\":" + std::string(50'000, '[') + std::string(50'000, ']') + '}', true);
}

TEST_CASE("an unknown event's integration is what its data says") {
    const Event event = UnknownEvent{"Other", integration, Secret{"{}"}};
    CHECK(to_json(event) == R"({"Action":"Other","Data":{}})");
    const std::string body =
        R"({"Data":{"Integration":{"Id":"i-1","Name":"Desk","More":[1]}},"Action":"Other"})";
    const Result<Event> read = parse(body);
    REQUIRE(read.has_value());
    CHECK(to_json(*read) == R"({"Action":"Other","Data":)"
                            R"({"Integration":{"Id":"i-1","Name":"Desk","More":[1]}}})");
    CHECK(parse(to_json(*read)) == *read);
}

TEST_CASE("a body is written in the documented form, whatever form it was read from") {
    const std::string body = R"( { "Extra" : [ { } ], "Data" : { "Integration" :
        { "Name" : "\u0044esk", "Extra" : null, "\u0049d" : "i-1" }, "DeletedUtc" :
        "2031-05-06T07:08:09.2500000+00:00" }, "Action" : "IntegrationDeleted" } )";
    Parser parser;
    const Result<EventView> view = parser.parse_view(body);
    REQUIRE(view.has_value());
    constexpr std::string_view expected =
        R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":"2031-05-06T07:08:09.25Z",)"
        R"("Integration":{"Id":"i-1","Name":"Desk"}}})";
    CHECK(to_json(*view) == expected);
    CHECK(to_json(to_owned(*view)) == expected);
}
