/// @file
/// The exact result of every body in tests/payloads, under both contracts.

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "families.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using namespace std::chrono_literals;
using namespace std::string_literals;
using namespace std::string_view_literals;
using results::check_equal;
using results::under;

namespace {

const Enterprise arms{"5d0f3c1a-77b2-4e0b-9a41-b1c200e4a901", "The Invented Arms"};
const Service lodging{"c6b1a8d4-0f5e-4c37-8d2f-b1c200e4a902", "Lodging"};
const Requestor ida{"Ida Invented", "ida@example.com"};
const Secret token{"INVENTED-TOKEN-4B1D0E2A94C70F6"};
const Secret key{"INVENTED-API-KEY-7C0F6895CEB1C200E4A94B1D0E2A"};

constexpr Timestamp utc(int year, int month, int day, std::chrono::seconds time_of_day = 0s) {
    return std::chrono::sys_days{std::chrono::year{year} / month / day} + time_of_day;
}

constexpr Timestamp leap_day = utc(2024, 2, 29, 8h + 15min + 30s);
constexpr Timestamp november = utc(2025, 11, 5, 23h + 59min + 59s);
constexpr Timestamp::duration tick{1};

Integration door_locks(std::string name = "Door Locks") {
    return {"e2a94c70-3b1d-4f68-95ce-b1c200e4a903", std::move(name)};
}

IntegrationCreated created() {
    return {arms, lodging, ida, token, leap_day, true, door_locks()};
}

IntegrationCreated created(Timestamp instant) {
    IntegrationCreated event = created();
    event.created_utc = instant;
    return event;
}

IntegrationCreated created(std::optional<Service> service, std::optional<Requestor> requestor,
                           bool is_enabled = true) {
    return {arms,     std::move(service), std::move(requestor), token,
            leap_day, is_enabled,         door_locks()};
}

UnknownEvent unknown(std::string action, std::optional<Integration> integration, std::string data) {
    return {std::move(action), std::move(integration), Secret{std::move(data)}};
}

struct Golden {
    std::string name;
    Event event;
};

const std::vector<Golden>& documented() {
    const std::string integration =
        R"({"Id":"e2a94c70-3b1d-4f68-95ce-b1c200e4a903","Name":"Door Locks"})";
    static const std::vector<Golden> table = {
        {"integration-created-documented-sample",
         IntegrationCreated{
             {"8865aa96-f62d-4f9b-a912-ab2100f60f42", "Sample Chain Hotel 1"},
             Service{"9745ce3a-8dbb-4cc0-a550-55f9ff67b242", "Accommodation"},
             std::nullopt,
             Secret{"9E5E84E9974D4F169662AB2200F27CB1-00B343A0DDA725CACAC028E38E3EABF"},
             utc(2019, 12, 13, 14h + 42min + 52s),
             true,
             {"9e5e84e9-974d-4f16-9662-ab2200f27cb1", "WebhookTEST"}}},
        {"integration-created-compact", created()},
        {"integration-created-data-before-action", created()},
        {"integration-created-service-absent", created(std::nullopt, ida)},
        {"integration-created-service-null", created(std::nullopt, ida)},
        {"integration-created-requestor-null", created(lodging, std::nullopt, false)},
        {"integration-created-seven-fraction-digits", created(leap_day + 1'234'567 * tick)},
        {"integration-created-first-instant", created(utc(1, 1, 1))},
        {"integration-created-last-instant", created(utc(9999, 12, 31, 24h) - tick)},
        {"integration-enabled-compact", IntegrationEnabled{door_locks()}},
        {"integration-enabled-data-before-action", IntegrationEnabled{door_locks()}},
        {"integration-enabled-byte-order-mark", IntegrationEnabled{door_locks()}},
        {"integration-enabled-escaped-names", IntegrationEnabled{door_locks()}},
        {"integration-enabled-near-names", IntegrationEnabled{door_locks()}},
        {"integration-enabled-extra-properties", IntegrationEnabled{door_locks()}},
        {"integration-enabled-extra-properties-twice", IntegrationEnabled{door_locks()}},
        {"integration-enabled-before-events", IntegrationEnabled{door_locks()}},
        {"integration-enabled-behind-events", IntegrationEnabled{door_locks()}},
        {"integration-disabled", IntegrationDisabled{door_locks()}},
        {"integration-disabled-deepest", IntegrationDisabled{door_locks()}},
        {"integration-disabled-empty-texts", IntegrationDisabled{{"", ""}}},
        {"integration-canceled", IntegrationCanceled{door_locks()}},
        {"integration-canceled-white-space", IntegrationCanceled{door_locks()}},
        {"integration-canceled-control-characters",
         IntegrationCanceled{door_locks("Door\x1B[31m Locks\x07\xC2\x9B"
                                        "2J\xE2\x80\xAEskcoL\xE2\x80\xA8\xE2\x81\xA6")}},
        {"integration-reinstated", IntegrationReinstated{door_locks()}},
        {"integration-reinstated-unicode",
         IntegrationReinstated{door_locks(
             "Schl\xC3\xBCssel f\xC3\xBCr das G\xC3\xA4stehaus \xE2\x80\x94 \xE9\x8D\xB5 "
             "\xF0\x9F\x94\x91 \x7F")}},
        {"integration-reinstated-escapes",
         IntegrationReinstated{
             door_locks("\"\\/\b\f\n\r\t \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x94\x91 \0 end"s)}},
        {"integration-deleted", IntegrationDeleted{november, door_locks()}},
        {"integration-deleted-data-before-action", IntegrationDeleted{november, door_locks()}},
        {"integration-deleted-one-fraction-digit",
         IntegrationDeleted{november + 500ms, door_locks()}},
        {"integration-deleted-offset-zero", IntegrationDeleted{november + 250ms, door_locks()}},
        {"integration-deleted-escaped-date", IntegrationDeleted{november, door_locks()}},
        {"integration-api-key-created", IntegrationApiKeyCreated{door_locks(), key}},
        {"integration-api-key-created-data-before-action",
         IntegrationApiKeyCreated{door_locks(), key}},
        {"unknown-event-with-integration",
         unknown("IntegrationRenamed", door_locks(),
                 R"({"Integration":)" + integration +
                     R"(,"NewName":"Door Locks 2","ApiKey":"INVENTED-SECRET-OF-A-NEW-EVENT"})")},
        {"unknown-event-pretty-printed",
         unknown(
             "IntegrationRenamed", door_locks(),
             "{\n    \"Integration\" : {\n      \"Id\" : \"e2a94c70-3b1d-4f68-95ce-b1c200e4a903\" "
             ",\n"
             "      \"Name\" : \"Door Locks\"\n    } ,\n    \"NewName\" : \"Door Locks 2\"\n  }")},
        {"unknown-event-without-integration",
         unknown("EnterpriseMoved", std::nullopt,
                 R"({"Enterprise":{"Id":"5d0f3c1a-77b2-4e0b-9a41-b1c200e4a901"},)"
                 R"("Credential":"INVENTED-SECRET-OF-A-NEW-EVENT"})")},
        {"unknown-event-data-before-action",
         unknown("IntegrationRenamed", door_locks(),
                 R"({"NewName":"Door Locks 2","Integration":)" + integration + "}")},
        {"unknown-event-escapes-data-before-action",
         unknown("IntegrationRenamed", door_locks("Door\tLocks"),
                 R"({"Integration":{"Id":"e2a94c70-3b1d-4f68-95ce-b1c200e4a903",)"
                 R"("Name":"Door\tLocks"}})")},
        {"unknown-event-empty-data", unknown("IntegrationPinged", std::nullopt, "{}")},
        {"unknown-event-empty-action",
         unknown("", door_locks(), R"({"Integration":)" + integration + "}")},
        {"unknown-event-lower-case-action",
         unknown("integrationEnabled", door_locks(), R"({"Integration":)" + integration + "}")},
        {"unknown-event-null-integration",
         unknown("IntegrationRenamed", std::nullopt, R"({"Integration":null})")},
        {"unknown-event-incomplete-integration",
         unknown("IntegrationRenamed", std::nullopt,
                 R"({"Integration":{"Id":"e2a94c70-3b1d-4f68-95ce-b1c200e4a903"}})")},
        {"unknown-event-two-integrations",
         unknown("IntegrationsMerged", std::nullopt,
                 R"({"Integration":)" + integration + R"(,"Integration":)" + integration + "}")},
        {"unknown-event-integration-of-other-type",
         unknown("IntegrationRenamed", std::nullopt,
                 R"({"Integration":["e2a94c70-3b1d-4f68-95ce-b1c200e4a903"]})")},
        {"unknown-event-behind-events",
         unknown("IntegrationRenamed", door_locks(), R"({"Integration":)" + integration + "}")},
        {"unknown-event-white-space-in-data",
         unknown("IntegrationRenamed", door_locks("Door\tLocks"),
                 R"({ "When" : "yesterday" ,)"
                 "\n"
                 R"(  "Integra\u0074ion" : { "Name" : "Door\tLocks", )"
                 R"("Id" : "e2a94c70-3b1d-4f68-95ce-b1c200e4a903" } })")},
    };
    return table;
}

struct Observed {
    std::string name;
    Event event;          ///< What the body is under Contract::observed.
    ErrorCode code;       ///< Why Contract::documented refuses it,
    std::string pointer;  ///< what,
    std::string place;    ///< and where: the last place where this text stands in the body.
};

const std::vector<Observed>& observed() {
    static const std::vector<Observed> table = {
        {"integration-created-requestor-absent", created(lodging, std::nullopt),
         ErrorCode::missing_property, "/Data/Requestor", R"({"Enterprise")"},
        {"integration-created-requestor-and-service-absent", created(std::nullopt, std::nullopt),
         ErrorCode::missing_property, "/Data/Requestor", R"({"Enterprise")"},
        {"integration-created-requestor-absent-data-before-action",
         created(std::nullopt, std::nullopt), ErrorCode::missing_property, "/Data/Requestor",
         R"({"Enterprise")"},
        {"integration-deleted-date-null", IntegrationDeleted{std::nullopt, door_locks()},
         ErrorCode::unexpected_null, "/Data/DeletedUtc", "null"},
        {"integration-deleted-date-null-data-before-action",
         IntegrationDeleted{std::nullopt, door_locks()}, ErrorCode::unexpected_null,
         "/Data/DeletedUtc", "null"},
    };
    return table;
}

/// Where a fault is: by what stands there, which says more than a number, where that is possible.
struct Place {
    enum class Anchor { start, first, last, end };

    Anchor anchor;
    std::string_view text{};
    std::size_t skip = 0;  ///< How many bytes behind the anchor.

    [[nodiscard]] std::size_t in(std::string_view body) const {
        if (anchor == Anchor::start) return skip;
        if (anchor == Anchor::end) return body.size();
        const std::size_t found = anchor == Anchor::first ? body.find(text) : body.rfind(text);
        REQUIRE(found != std::string_view::npos);
        return found + skip;
    }
};

constexpr Place at(std::size_t offset) {
    return {Place::Anchor::start, {}, offset};
}
constexpr Place first(std::string_view text, std::size_t skip = 0) {
    return {Place::Anchor::first, text, skip};
}
constexpr Place last(std::string_view text, std::size_t skip = 0) {
    return {Place::Anchor::last, text, skip};
}
constexpr Place end{Place::Anchor::end};
constexpr Place extra = first(R"("Extra":)", 8);

using enum ErrorCode;

struct Broken {
    std::string_view name;
    ErrorCode code;
    std::string_view pointer;
    Place place;
};

constexpr Broken broken[] = {
    {"empty_body", empty_body, "", at(0)},
    {"empty_body-white-space", empty_body, "", at(0)},
    {"empty_body-byte-order-mark", empty_body, "", at(0)},

    {"invalid_utf8-latin-1-name", invalid_utf8, "", first("\xF6\xF6r")},
    {"invalid_utf8-overlong", invalid_utf8, "", first("\xC0")},
    {"invalid_utf8-surrogate", invalid_utf8, "", first("\xED")},
    {"invalid_utf8-cut-short", invalid_utf8, "", first("\xE2\x82")},
    {"invalid_utf8-instead-of-a-value", invalid_utf8, "", extra},
    {"invalid_utf8-property-name", invalid_utf8, "", first("\xE4")},
    {"invalid_utf8-after-the-body", invalid_utf8, "", last("\xFE")},
    {"invalid_utf8-utf-16", invalid_utf8, "", at(0)},

    {"malformed_json-ends-early", malformed_json, "", end},
    {"malformed_json-ends-in-the-token", malformed_json, "", end},
    {"malformed_json-two-byte-order-marks", malformed_json, "", at(3)},
    {"malformed_json-comma-before-brace", malformed_json, "", last(",}}", 1)},
    {"malformed_json-comma-missing", malformed_json, "", first(R"("Data")")},
    {"malformed_json-comma-twice", malformed_json, "", first(",,", 1)},
    {"malformed_json-colon-missing", malformed_json, "", first(R"({"Integration")")},
    {"malformed_json-single-quotes", malformed_json, "", at(1)},
    {"malformed_json-name-without-quotes", malformed_json, "", first("Data:")},
    {"malformed_json-comment", malformed_json, "", first("/*")},
    {"malformed_json-brackets-crossed", malformed_json, "", first("]")},
    {"malformed_json-control-character", malformed_json, "", first("\t")},
    {"malformed_json-nul-byte", malformed_json, "", first("\0"sv)},
    {"malformed_json-unknown-escape", malformed_json, "", first("\\", 1)},
    {"malformed_json-short-escape", malformed_json, "", first(R"(\u12)", 4)},
    {"malformed_json-high-surrogate-alone", malformed_json, "", first("\\")},
    {"malformed_json-low-surrogate-alone", malformed_json, "", first("\\")},
    {"malformed_json-extra-property-leading-zero", malformed_json, "", first("01,", 1)},
    {"malformed_json-extra-property-plus", malformed_json, "", first("+1")},
    {"malformed_json-extra-property-fraction", malformed_json, "", first("1.,", 2)},
    {"malformed_json-extra-property-nan", malformed_json, "", first("NaN")},
    {"malformed_json-extra-property-literal", malformed_json, "", first("tru,", 3)},
    {"malformed_json-extra-property-literal-too-long", malformed_json, "", first("nulll", 4)},
    {"malformed_json-extra-property-array-without-comma", malformed_json, "", first("1 2", 2)},
    {"malformed_json-extra-property-array-with-comma-at-end", malformed_json, "", first(",]", 1)},
    {"malformed_json-extra-property-object-without-value", malformed_json, "",
     first(R"({"a"})", 4)},
    {"malformed_json-extra-property-escape", malformed_json, "", first("x41")},
    {"malformed_json-extra-property-value-missing", malformed_json, "", extra},
    {"malformed_json-extra-property-in-data", malformed_json, "", first("tru}", 3)},
    {"malformed_json-extra-property-in-integration", malformed_json, "", first("0x1F", 1)},
    {"malformed_json-data-of-unknown-event", malformed_json, "", first("1,}", 2)},
    {"malformed_json-text", malformed_json, "", at(0)},
    {"malformed_json-html", malformed_json, "", at(0)},
    {"malformed_json-form", malformed_json, "", at(1)},  // `t` might be `true`.

    {"nesting_too_deep-extra-property", nesting_too_deep, "", last("[")},
    {"nesting_too_deep-extra-property-in-integration", nesting_too_deep, "", last("{")},
    {"nesting_too_deep-data-of-unknown-event", nesting_too_deep, "", last("[")},
    {"nesting_too_deep-body", nesting_too_deep, "", at(64)},

    {"trailing_content-brace", trailing_content, "", last("}")},
    {"trailing_content-second-body", trailing_content, "", first("\n{", 1)},
    {"trailing_content-comma", trailing_content, "", last(",")},
    {"trailing_content-nul-byte", trailing_content, "", last("\0"sv)},
    {"trailing_content-after-data-of-unknown-event", trailing_content, "", last("x")},
    {"trailing_content-after-a-body-of-other-type", trailing_content, "", first("\"")},

    {"wrong_type-body", wrong_type, "", at(0)},
    {"wrong_type-body-null", wrong_type, "", at(0)},
    {"wrong_type-body-text", wrong_type, "", at(0)},
    {"wrong_type-action", wrong_type, "/Action", first("1")},
    {"wrong_type-action-array", wrong_type, "/Action", first("[")},
    {"wrong_type-data", wrong_type, "/Data", first("[")},
    {"wrong_type-data-of-unknown-event", wrong_type, "/Data", first("\"INVENTED-")},
    {"wrong_type-data-enterprise", wrong_type, "/Data/Enterprise", first("\"The ")},
    {"wrong_type-data-enterprise-id", wrong_type, "/Data/Enterprise/Id", first("5,")},
    {"wrong_type-data-service", wrong_type, "/Data/Service", first("[")},
    {"wrong_type-data-requestor", wrong_type, "/Data/Requestor", first("\"Ida ")},
    {"wrong_type-data-requestor-email", wrong_type, "/Data/Requestor/Email", first("[")},
    {"wrong_type-data-access-token", wrong_type, "/Data/AccessToken", first(R"({"Token")")},
    {"wrong_type-data-created-utc", wrong_type, "/Data/CreatedUtc", first("1709194530")},
    {"wrong_type-data-is-enabled", wrong_type, "/Data/IsEnabled", first(R"("true")")},
    {"wrong_type-data-is-enabled-number", wrong_type, "/Data/IsEnabled", first(":1,", 1)},
    {"wrong_type-data-integration", wrong_type, "/Data/Integration", first("\"e2a94c70")},
    {"wrong_type-data-integration-id", wrong_type, "/Data/Integration/Id", first("42")},
    {"wrong_type-data-integration-name", wrong_type, "/Data/Integration/Name", first("true")},
    {"wrong_type-data-deleted-utc", wrong_type, "/Data/DeletedUtc", first("false")},
    {"wrong_type-data-api-key", wrong_type, "/Data/ApiKey", first("[")},

    {"missing_property-action", missing_property, "/Action", at(0)},
    {"missing_property-action-lower-case", missing_property, "/Action", at(0)},
    {"missing_property-action-of-an-empty-object", missing_property, "/Action", at(0)},
    {"missing_property-data", missing_property, "/Data", at(0)},
    {"missing_property-data-of-unknown-event", missing_property, "/Data", at(0)},
    {"missing_property-data-enterprise", missing_property, "/Data/Enterprise",
     first(R"({"Service")")},
    {"missing_property-data-enterprise-name", missing_property, "/Data/Enterprise/Name",
     first(R"({"Id":"5d0f)")},
    {"missing_property-data-service-id", missing_property, "/Data/Service/Id",
     first(R"({"Name":"Lodging")")},
    {"missing_property-data-requestor-email", missing_property, "/Data/Requestor/Email",
     first(R"({"Name":"Ida)")},
    {"missing_property-data-access-token", missing_property, "/Data/AccessToken",
     first(R"({"Enterprise")")},
    {"missing_property-data-created-utc", missing_property, "/Data/CreatedUtc",
     first(R"({"Enterprise")")},
    {"missing_property-data-is-enabled", missing_property, "/Data/IsEnabled",
     first(R"({"Enterprise")")},
    {"missing_property-data-integration", missing_property, "/Data/Integration",
     first(R"({"Enterprise")")},
    {"missing_property-data-integration-id", missing_property, "/Data/Integration/Id",
     first(R"({"Name")")},
    {"missing_property-data-integration-name", missing_property, "/Data/Integration/Name",
     first(R"({"Id")")},
    {"missing_property-data-deleted-utc", missing_property, "/Data/DeletedUtc",
     first(R"({"Integration")")},
    {"missing_property-data-api-key", missing_property, "/Data/ApiKey", first(R"({"Integration")")},

    {"unexpected_null-action", unexpected_null, "/Action", first("null")},
    {"unexpected_null-data", unexpected_null, "/Data", first("null")},
    {"unexpected_null-data-of-unknown-event", unexpected_null, "/Data", first("null")},
    {"unexpected_null-data-enterprise", unexpected_null, "/Data/Enterprise", first("null")},
    {"unexpected_null-data-service-name", unexpected_null, "/Data/Service/Name", first("null")},
    {"unexpected_null-data-requestor-name", unexpected_null, "/Data/Requestor/Name", first("null")},
    {"unexpected_null-data-access-token", unexpected_null, "/Data/AccessToken", first("null")},
    {"unexpected_null-data-created-utc", unexpected_null, "/Data/CreatedUtc", first("null")},
    {"unexpected_null-data-is-enabled", unexpected_null, "/Data/IsEnabled", first("null")},
    {"unexpected_null-data-integration", unexpected_null, "/Data/Integration", first("null")},
    {"unexpected_null-data-integration-id", unexpected_null, "/Data/Integration/Id", first("null")},
    {"unexpected_null-data-api-key", unexpected_null, "/Data/ApiKey", first("null")},

    {"duplicate_property-action", duplicate_property, "/Action", last("\"IntegrationEnabled")},
    {"duplicate_property-action-escaped", duplicate_property, "/Action",
     first("\"IntegrationDisabled")},
    {"duplicate_property-data", duplicate_property, "/Data", last("{}")},
    {"duplicate_property-data-before-action", duplicate_property, "/Data",
     last(R"({"Integration")")},
    {"duplicate_property-data-access-token", duplicate_property, "/Data/AccessToken",
     first("\"INVENTED-TOKEN-OF-SOMEONE-ELSE")},
    {"duplicate_property-data-integration", duplicate_property, "/Data/Integration", first("null")},
    {"duplicate_property-data-integration-id", duplicate_property, "/Data/Integration/Id",
     first("\"b4e26f91")},
    {"duplicate_property-data-integration-name-escaped", duplicate_property,
     "/Data/Integration/Name", last("\"Door Locks")},
    {"duplicate_property-data-api-key", duplicate_property, "/Data/ApiKey",
     last("\"INVENTED-API-KEY")},

    {"invalid_timestamp-data-created-utc-empty", invalid_timestamp, "/Data/CreatedUtc",
     first(R"("")")},
    {"invalid_timestamp-data-created-utc-no-zone", invalid_timestamp, "/Data/CreatedUtc",
     first("\"2024")},
    {"invalid_timestamp-data-created-utc-other-offset", invalid_timestamp, "/Data/CreatedUtc",
     first("\"2024")},
    {"invalid_timestamp-data-created-utc-no-leap-day", invalid_timestamp, "/Data/CreatedUtc",
     first("\"2023")},
    {"invalid_timestamp-data-created-utc-second-60", invalid_timestamp, "/Data/CreatedUtc",
     first("\"2016")},
    {"invalid_timestamp-data-created-utc-eight-fraction-digits", invalid_timestamp,
     "/Data/CreatedUtc", first("\"2024")},
    {"invalid_timestamp-data-created-utc-date-only", invalid_timestamp, "/Data/CreatedUtc",
     first("\"2024")},
    {"invalid_timestamp-data-created-utc-nul-byte", invalid_timestamp, "/Data/CreatedUtc",
     first("\"2024")},
    {"invalid_timestamp-data-deleted-utc", invalid_timestamp, "/Data/DeletedUtc", first("\"2025")},
    {"invalid_timestamp-data-deleted-utc-hour-24", invalid_timestamp, "/Data/DeletedUtc",
     first("\"2025")},
};

// ── General Webhooks ────────────────────────────────────────────────────────────────────────────

struct GoldenGeneral {
    std::string name;
    GeneralWebhook webhook;
};

/// The id of an entity in tests/payloads/general.
std::string entity_id(std::size_t number) {
    const std::string digits = std::to_string(10'000 + number).substr(1);
    return "4c8e1f60-2a9b-4d73-8e15-b1c200e4" + digits;
}

/// The event with this number in tests/payloads/general: seven kinds take turns.
EntityEvent entity(std::size_t number) {
    return {static_cast<Discriminator>(number % 7), entity_id(number)};
}

/// So many of them.
std::vector<GeneralEvent> entities(std::size_t count) {
    std::vector<GeneralEvent> events;
    for (std::size_t number = 0; number != count; ++number)
        events.emplace_back(entity(number));
    return events;
}

UnknownEntityEvent unknown_entity(std::string discriminator, std::optional<std::string> id,
                                  std::string value) {
    return {std::move(discriminator), std::move(id), Secret{std::move(value)}};
}

/// An unknown one whose `Value` holds an `Id` and no more.
UnknownEntityEvent unknown_entity(std::string discriminator, std::size_t number) {
    return unknown_entity(std::move(discriminator), entity_id(number),
                          R"({"Id":")" + entity_id(number) + "\"}");
}

GeneralWebhook general(std::vector<GeneralEvent> events) {
    return {arms.id, door_locks().id, std::move(events)};
}

const std::vector<GoldenGeneral>& general_webhooks() {
    const auto deleted = [](std::optional<std::string> id, std::string value) {
        return general({unknown_entity("ResourceDeleted", std::move(id), std::move(value))});
    };
    std::vector<GeneralEvent> every_kind = entities(7);
    every_kind.emplace_back(unknown_entity("ResourceDeleted", 7));
    every_kind.emplace_back(unknown_entity("ProductUpdated", 8));
    every_kind.emplace_back(unknown_entity("ProductDeleted", 9));
    std::vector<GeneralEvent> one_unknown = entities(100);
    one_unknown[50] = unknown_entity("ResourceDeleted", 50);
    const std::string deep = std::string(60, '[') + std::string(60, ']');
    static const std::vector<GoldenGeneral> table = {
        {"service-order-updated", general({entity(0)})},
        {"resource-updated", general({entity(1)})},
        {"message-added", general({entity(2)})},
        {"message-added-thread-id",
         general({entity(2), EntityEvent{Discriminator::message_added, entity_id(3)}})},
        {"resource-block-updated", general({entity(3)})},
        {"customer-added", general({entity(4)})},
        {"customer-updated", general({entity(5)})},
        {"payment-updated", general({entity(6)})},
        {"every-kind", general(every_kind)},
        {"no-events", general({})},
        {"no-events-white-space", general({})},
        {"hundred-events", general(entities(100))},
        {"hundred-events-one-unknown", general(one_unknown)},
        {"thousand-events", general(entities(1000))},
        {"same-event-twice", general({entity(0), entity(1), entity(0), entity(0)})},
        {"value-before-discriminator", general(entities(3))},
        {"ids-last", general(entities(2))},
        {"ids-around-events", general(entities(1))},
        {"byte-order-mark", general(entities(1))},
        {"pretty-printed", general(entities(2))},
        {"pretty-printed-crlf",
         general({entity(0),
                  unknown_entity("ResourceDeleted", entity_id(7),
                                 "{\r\n        \"Id\": \"" + entity_id(7) + "\"\r\n      }")})},
        {"white-space", general(entities(1))},
        {"entities", general(entities(2))},
        {"entities-first", general(entities(2))},
        {"entities-null", general(entities(1))},
        {"extra-properties", general(entities(1))},
        {"near-names", general({entity(6)})},
        {"escaped-names", general({entity(4), entity(5)})},
        {"escapes",
         {"\"\\/\b\f\n\r\t",
          "\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x94\x91 \0 end"s,
          {EntityEvent{Discriminator::message_added, "a\nb"},
           unknown_entity("New Kind", "\xF0\x9F\x94\x91",
                          R"({"Id":"\ud83d\udd11","Note":"\n"})")}}},
        {"control-characters",
         {"e\x1B[31m",
          "\xC2\x9B"
          "2J\xE2\x80\xAE",
          {unknown_entity("Added\x07", "i\n\xE2\x80\xA8", "{\"Id\":\"i\\u000a\xE2\x80\xA8\"}")}}},
        {"empty-texts",
         {"",
          "",
          {EntityEvent{Discriminator::message_added, ""}, unknown_entity("", "", R"({"Id":""})")}}},
        {"deepest", general({entity(1), unknown_entity("ResourceMoved", std::nullopt,
                                                       R"({"Extra":)" + deep + "}")})},
        {"unknown-resource-deleted", general({unknown_entity("ResourceDeleted", 7)})},
        {"unknown-product-updated", general({unknown_entity("ProductUpdated", 8)})},
        {"unknown-product-deleted", general({unknown_entity("ProductDeleted", 9)})},
        {"unknown-without-id", deleted(std::nullopt, R"({"Name":"Room 12"})")},
        {"unknown-empty-value", deleted(std::nullopt, "{}")},
        {"unknown-id-null", deleted(std::nullopt, R"({"Id":null})")},
        {"unknown-id-number", deleted(std::nullopt, R"({"Id":42})")},
        {"unknown-id-object", deleted(std::nullopt, R"({"Id":{"Id":")" + entity_id(1) + R"("}})")},
        {"unknown-id-list", deleted(std::nullopt, R"({"Id":[")" + entity_id(1) + R"("]})")},
        {"unknown-id-twice", deleted(std::nullopt, R"({"Id":")" + entity_id(1) + R"(","Id":")" +
                                                       entity_id(2) + R"("})")},
        {"unknown-id-twice-escaped",
         deleted(std::nullopt,
                 R"({"Id":")" + entity_id(1) + R"(","\u0049d":")" + entity_id(1) + R"("})")},
        {"unknown-id-not-at-the-top",
         deleted(std::nullopt, R"({"Resource":{"Id":")" + entity_id(1) + R"("}})")},
        {"unknown-lower-case", general({unknown_entity("customerAdded", 1)})},
        {"unknown-empty-discriminator", general({unknown_entity("", 1)})},
        {"unknown-value-before-discriminator",
         deleted(entity_id(1), R"({"State":"Gone","Id":")" + entity_id(1) + R"("})")},
        {"unknown-white-space-in-value",
         deleted("Room\t12", R"({ "\u0049d" : "Room\t12" , "Since" : [ 1 , 2 ] })")},
        {"unknown-with-credential",
         general(
             {entity(0), unknown_entity("IntegrationMoved", entity_id(1),
                                        R"({"AccessToken":"INVENTED-SECRET-OF-A-NEW-KIND","Id":")" +
                                            entity_id(1) + R"("})")})},
        {"unknown-among-known",
         general({entity(0), unknown_entity("ResourceDeleted", 1), entity(2),
                  unknown_entity("ProductUpdated", std::nullopt, "{}"), entity(4)})},
    };
    return table;
}

constexpr Place last_event = last("{\"Discriminator");

constexpr Broken general_broken[] = {
    {"missing_property-enterprise-id", missing_property, "/EnterpriseId", at(0)},
    {"missing_property-enterprise-id-lower-case", missing_property, "/EnterpriseId", at(0)},
    {"missing_property-enterprise-id-of-an-empty-object", missing_property, "/EnterpriseId", at(0)},
    {"missing_property-integration-id", missing_property, "/IntegrationId", at(0)},
    {"missing_property-integration-id-behind-events", missing_property, "/IntegrationId", at(0)},
    {"missing_property-events", missing_property, "/Events", at(0)},
    {"missing_property-events-0-discriminator", missing_property, "/Events/0/Discriminator",
     first("{\"Value")},
    {"missing_property-events-1-discriminator-of-an-empty-object", missing_property,
     "/Events/1/Discriminator", last("{}")},
    {"missing_property-events-0-value", missing_property, "/Events/0/Value", last_event},
    {"missing_property-events-1-value-of-unknown", missing_property, "/Events/1/Value", last_event},
    {"missing_property-events-0-value-id", missing_property, "/Events/0/Value/Id", last("{}")},
    {"missing_property-events-2-value-id-lower-case", missing_property, "/Events/2/Value/Id",
     first("{\"id\"")},
    {"missing_property-events-17-value-id", missing_property, "/Events/17/Value/Id",
     first("{\"MessageThreadId\"")},
    {"missing_property-events-1-value-id-value-before-discriminator", missing_property,
     "/Events/1/Value/Id", last("{}")},

    {"unexpected_null-enterprise-id", unexpected_null, "/EnterpriseId", first("null")},
    {"unexpected_null-integration-id", unexpected_null, "/IntegrationId", first("null")},
    {"unexpected_null-events", unexpected_null, "/Events", first("null")},
    {"unexpected_null-events-0", unexpected_null, "/Events/0", first("null")},
    {"unexpected_null-events-3", unexpected_null, "/Events/3", first("null")},
    {"unexpected_null-events-0-discriminator", unexpected_null, "/Events/0/Discriminator",
     first("null")},
    {"unexpected_null-events-0-value", unexpected_null, "/Events/0/Value", first("null")},
    {"unexpected_null-events-1-value-of-unknown", unexpected_null, "/Events/1/Value",
     first("null")},
    {"unexpected_null-events-17-value-id", unexpected_null, "/Events/17/Value/Id", first("null")},

    {"wrong_type-body", wrong_type, "", at(0)},
    {"wrong_type-enterprise-id", wrong_type, "/EnterpriseId", first("7,")},
    {"wrong_type-integration-id", wrong_type, "/IntegrationId", first("{\"Id\"")},
    {"wrong_type-events", wrong_type, "/Events", first("{\"Discriminator")},
    {"wrong_type-events-string", wrong_type, "/Events", first("\"INVENTED-")},
    {"wrong_type-events-0", wrong_type, "/Events/0", first("[7]", 1)},
    {"wrong_type-events-0-list", wrong_type, "/Events/0", first("[[", 1)},
    {"wrong_type-events-1-string", wrong_type, "/Events/1", first("\"CustomerAdded")},
    {"wrong_type-events-0-discriminator", wrong_type, "/Events/0/Discriminator", first("7,\"V")},
    {"wrong_type-events-0-discriminator-list", wrong_type, "/Events/0/Discriminator",
     first("[\"C")},
    {"wrong_type-events-0-value", wrong_type, "/Events/0/Value", first("[]")},
    {"wrong_type-events-0-value-string", wrong_type, "/Events/0/Value", first("\"4c8e")},
    {"wrong_type-events-1-value-of-unknown", wrong_type, "/Events/1/Value", first("\"INVENTED-")},
    {"wrong_type-events-0-value-id", wrong_type, "/Events/0/Value/Id", first("7}")},
    {"wrong_type-events-0-value-id-object", wrong_type, "/Events/0/Value/Id", last("{\"Id\"")},
    {"wrong_type-events-17-value-id", wrong_type, "/Events/17/Value/Id", first("true")},

    {"duplicate_property-enterprise-id", duplicate_property, "/EnterpriseId", first("\"e2a94c70")},
    {"duplicate_property-integration-id", duplicate_property, "/IntegrationId", last("\"5d0f")},
    {"duplicate_property-integration-id-escaped", duplicate_property, "/IntegrationId",
     first("null")},
    {"duplicate_property-events", duplicate_property, "/Events", last("[]")},
    {"duplicate_property-events-0-discriminator", duplicate_property, "/Events/0/Discriminator",
     first("\"CustomerUpdated")},
    {"duplicate_property-events-0-value", duplicate_property, "/Events/0/Value", last("{}")},
    {"duplicate_property-events-0-value-before-discriminator", duplicate_property,
     "/Events/0/Value", last("{}")},
    {"duplicate_property-events-1-value-of-unknown", duplicate_property, "/Events/1/Value",
     last("{}")},
    {"duplicate_property-events-0-value-id", duplicate_property, "/Events/0/Value/Id",
     last("\"4c8e")},
    {"duplicate_property-events-17-value-id-escaped", duplicate_property, "/Events/17/Value/Id",
     first("null")},

    {"malformed_json-events-comma-missing", malformed_json, "", first("}{", 1)},
    {"malformed_json-events-comma-before-bracket", malformed_json, "", first(",]", 1)},
    {"malformed_json-events-comma-first", malformed_json, "", first("[,", 1)},
    {"malformed_json-events-not-closed", malformed_json, "", last("}")},
    {"malformed_json-events-brackets-crossed", malformed_json, "", last("}")},
    {"malformed_json-events-end-early", malformed_json, "", end},
    {"malformed_json-event-value-missing", malformed_json, "", first(":}", 1)},
    {"malformed_json-event-extra-property", malformed_json, "", first("01}", 1)},
    {"malformed_json-event-unknown-value", malformed_json, "", first("1,]", 2)},
    {"malformed_json-event-id-high-surrogate-alone", malformed_json, "", first("\\")},
    {"malformed_json-event-id-control-character", malformed_json, "", first("\t")},
    {"malformed_json-event-after-a-contract-fault", malformed_json, "", first("nul}", 3)},
    {"malformed_json-entities", malformed_json, "", first("Confirmed")},
    {"malformed_json-entities-first", malformed_json, "", first("1 2", 2)},
    {"malformed_json-behind-events", malformed_json, "", last("}")},
    {"malformed_json-behind-events-bracket", malformed_json, "", last("]")},

    {"nesting_too_deep-entities", nesting_too_deep, "", last("[")},
    {"nesting_too_deep-event-unknown-value", nesting_too_deep, "", last("[")},
    {"nesting_too_deep-event-extra-property", nesting_too_deep, "", first("{\"a\":1")},

    {"trailing_content-bracket", trailing_content, "", last("]")},
    {"trailing_content-second-body", trailing_content, "", first("\n{", 1)},

    {"invalid_utf8-event-id", invalid_utf8, "", first("\xFCr zwei")},
    {"invalid_utf8-entities", invalid_utf8, "", first("\xE2\x82")},
};

template <class Rows>
std::vector<std::string> names_of(const Rows& rows) {
    std::vector<std::string> names;
    for (const auto& row : rows)
        names.emplace_back(row.name);
    std::sort(names.begin(), names.end());
    return names;
}

/// Names the bodies of a folder of tests/payloads that have no row, and the rows that have no body.
template <class Rows>
void check_rows(const std::string& table, const Rows& rows,
                const std::vector<payloads::Payload>& folder) {
    const std::vector<std::string> listed = names_of(rows);
    const std::vector<std::string> there = names_of(folder);
    std::vector<std::string> bodies_without_row;
    std::vector<std::string> rows_without_body;
    std::set_difference(there.begin(), there.end(), listed.begin(), listed.end(),
                        std::back_inserter(bodies_without_row));
    std::set_difference(listed.begin(), listed.end(), there.begin(), there.end(),
                        std::back_inserter(rows_without_body));
    const std::vector<std::string> none;
    INFO("for each body of tests/payloads/" << table << ", add to `" << table
                                            << "` in tests/parse_test.cpp what it must give");
    CHECK(bodies_without_row == none);
    CHECK(rows_without_body == none);
}

/// `/Data/CreatedUtc` as file names spell it: `-data-created-utc`.
std::string in_kebab_case(std::string_view pointer) {
    std::string kebab;
    for (const char c : pointer) {
        const bool starts_word =
            c == '/' || (std::isupper(static_cast<unsigned char>(c)) != 0 && kebab.back() != '-');
        if (starts_word) kebab += '-';
        if (c != '/') kebab += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return kebab;
}

}  // namespace

TEST_CASE("every body of tests/payloads has a row in a table here, and every row its body") {
    check_rows("documented", documented(), payloads::documented());
    check_rows("observed", observed(), payloads::observed());
    check_rows("broken", broken, payloads::broken());
    check_rows("general", general_webhooks(), payloads::general());
    check_rows("general_broken", general_broken, payloads::general_broken());
}

TEST_CASE("the golden bodies tell of every action") {
    std::set<Action> actions;
    for (const Golden& row : documented())
        actions.insert(action_of(row.event));
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Action::unknown); ++i) {
        INFO("add a body to tests/payloads/documented: none has the action "
             << to_string(static_cast<Action>(i)));
        CHECK(actions.contains(static_cast<Action>(i)));
    }
}

TEST_CASE("the golden bodies tell of every discriminator") {
    std::set<std::string_view> told;
    for (const GoldenGeneral& row : general_webhooks()) {
        for (const GeneralEvent& event : row.webhook.events)
            told.insert(match(event, [](const auto& e) { return wire::tag_of(e); }));
    }
    for (const std::string_view discriminator : wire::tags<GeneralEvent>) {
        INFO("add a body to tests/payloads/general: none has the discriminator " << discriminator);
        CHECK(told.contains(discriminator));
    }
    for (const std::string_view reported : {"ResourceDeleted", "ProductUpdated", "ProductDeleted"})
        CHECK(told.contains(reported));
}

TEST_CASE("the family is told by Action or Events, whatever stands before or beside them") {
    const Webhook enabled{Event{IntegrationEnabled{.integration = {.id = "a", .name = "b"}}}};
    const Webhook general{
        GeneralWebhook{.enterprise_id = "e", .integration_id = "i", .events = {}}};
    constexpr std::string_view event =
        R"("Action":"IntegrationEnabled","Data":{"Integration":{"Id":"a","Name":"b"}})";
    constexpr std::string_view list = R"("EnterpriseId":"e","IntegrationId":"i","Events":[])";
    const auto body = [](std::string_view first, std::string_view second) {
        return '{' + std::string{first} + ',' + std::string{second} + '}';
    };
    for (const std::string_view other :
         {R"("X":1)", R"("\u0058":[{}])", R"("Entities":{"Events":5,"Action":6})"}) {
        check_equal<Webhook>(parse_webhook(body(other, event)), enabled);
        check_equal<Webhook>(parse_webhook(body(event, other)), enabled);
        check_equal<Webhook>(parse_webhook(body(other, list)), general);
        check_equal<Webhook>(parse_webhook(body(list, other)), general);
        check_equal<Webhook>(parse_webhook(body(other, R"("Y":2)")),
                             Error{ErrorCode::missing_property, "/Action", 0});
    }
    // What is wrong as the other family is no fault.
    check_equal<Webhook>(parse_webhook(body(R"("Events":5)", event)), enabled);
    check_equal<Webhook>(parse_webhook(body(event, R"("Events":5)")), enabled);
    check_equal<Webhook>(parse_webhook(body(R"("X":1,"Events":5)", event)), enabled);
    check_equal<Webhook>(parse_webhook(body(list, R"("Action":1)")),
                         Error{ErrorCode::missing_property, "/Data", 0});
}

TEST_CASE("documented bodies are the same event under both contracts") {
    for (const Golden& row : documented()) {
        INFO(row.name);
        const std::string& body = payloads::body("documented/" + row.name);
        for (const Contract contract : results::contracts) {
            check_equal<Event>(parse(body, under(contract)), row.event);
            check_equal<Event>(Parser{under(contract)}.parse(body), row.event);
            check_equal<Webhook>(parse_webhook(body, under(contract)), Webhook{row.event});
        }
    }
}

TEST_CASE("observed bodies are events under the observed contract only") {
    for (const Observed& row : observed()) {
        INFO(row.name);
        const std::string& body = payloads::body("observed/" + row.name);
        check_equal<Event>(parse(body), row.event);
        check_equal<Event>(parse(body, under(Contract::observed)), row.event);
        check_equal<Webhook>(parse_webhook(body), Webhook{row.event});
        const Error error{row.code, row.pointer, last(row.place).in(body)};
        check_equal<Event>(parse(body, under(Contract::documented)), error);
        check_equal<Webhook>(parse_webhook(body, under(Contract::documented)), error);
    }
}

TEST_CASE("broken bodies give the same error under both contracts") {
    for (const Broken& row : broken) {
        INFO(row.name);
        const std::string& body = payloads::body("broken/" + std::string{row.name});
        const Error error{row.code, std::string{row.pointer}, row.place.in(body)};
        for (const Contract contract : results::contracts) {
            check_equal<Event>(parse(body, under(contract)), error);
            check_equal<Event>(Parser{under(contract)}.parse(body), error);
        }
    }
}

TEST_CASE("general bodies are the same webhook under both contracts") {
    for (const GoldenGeneral& row : general_webhooks()) {
        INFO(row.name);
        const std::string& body = payloads::body("general/" + row.name);
        for (const Contract contract : results::contracts) {
            check_equal<GeneralWebhook>(parse_general(body, under(contract)), row.webhook);
            check_equal<GeneralWebhook>(Parser{under(contract)}.parse_general(body), row.webhook);
            check_equal<Webhook>(parse_webhook(body, under(contract)), Webhook{row.webhook});
            check_equal<Webhook>(Parser{under(contract)}.parse_webhook(body), Webhook{row.webhook});
        }
    }
}

TEST_CASE("broken general bodies give the same error under both contracts") {
    std::size_t without_events = 0;
    for (const Broken& row : general_broken) {
        INFO(row.name);
        const std::string& body = payloads::body("general_broken/" + std::string{row.name});
        const Error error{row.code, std::string{row.pointer}, row.place.in(body)};
        // For an endpoint that gets both, `Events` is what tells a General Webhook.
        const bool has_events =
            row.code != missing_property || body.find("\"Events\"") != std::string::npos;
        if (!has_events) ++without_events;
        const Error of_either =
            has_events ? error : Error{missing_property, "/Action", error.offset};
        for (const Contract contract : results::contracts) {
            check_equal<GeneralWebhook>(parse_general(body, under(contract)), error);
            check_equal<GeneralWebhook>(Parser{under(contract)}.parse_general(body), error);
            check_equal<Webhook>(parse_webhook(body, under(contract)), of_either);
        }
    }
    CHECK(without_events == 2);
}

TEST_CASE("read as the other family, a body lacks that family's first property") {
    const auto lacks = [](const std::string& body, std::string_view pointer) {
        return Error{missing_property, std::string{pointer}, body.find('{')};
    };
    for (const payloads::Payload& payload : payloads::general()) {
        INFO(payload.label());
        check_equal<Event>(parse(payload.body), lacks(payload.body, "/Action"));
    }
    for (const payloads::Payload& payload : payloads::golden()) {
        if (payload.name.ends_with("-events")) continue;  // Of both families.
        INFO(payload.label());
        check_equal<GeneralWebhook>(parse_general(payload.body),
                                    lacks(payload.body, "/EnterpriseId"));
    }
}

TEST_CASE("Action makes a body an Integration Webhook, wherever it stands") {
    const std::string general_members = R"("EnterpriseId":"e","IntegrationId":"i","Events":[])";
    const auto both = [&](std::string_view action) {
        const std::string members{action};
        for (const std::string& body : {"{" + members + "," + general_members + "}",
                                        "{" + general_members + "," + members + "}"}) {
            INFO(body);
            check_equal<Webhook>(parse_webhook(body),
                                 parse(body).transform([](const Event& e) { return Webhook{e}; }));
            // Who asks for a General Webhook gets that.
            check_equal<GeneralWebhook>(parse_general(body), GeneralWebhook{"e", "i", {}});
        }
    };
    both(R"("Action":"IntegrationPinged","Data":{})");
    both(R"("Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}})");
    both(R"("\u0041ction":"IntegrationPinged","Data":{})");
    both(R"("Action":"IntegrationPinged")");
    both(R"("Action":null)");
    both(R"("Action":7,"Action":8,"Data":[])");
}

TEST_CASE("broken bodies are named after their error and its place") {
    std::vector<Broken> rows{std::begin(broken), std::end(broken)};
    rows.insert(rows.end(), std::begin(general_broken), std::end(general_broken));
    for (const Broken& row : rows) {
        INFO(row.name);
        const std::string start = std::string{to_string(row.code)} + in_kebab_case(row.pointer);
        CHECK(row.name.substr(0, start.size()) == start);
        CHECK((row.name.size() == start.size() || row.name[start.size()] == '-'));
    }
}

TEMPLATE_TEST_CASE("parsing, to_owned and to_json agree on every body", "", EventView,
                   GeneralWebhookView, WebhookView) {
    using Owned = families::Owned<TestType>;
    using families::read;
    std::size_t accepted = 0;
    for (const payloads::Payload& payload : payloads::all()) {
        INFO(payload.label());
        for (const Contract contract : results::contracts) {
            Parser parser{under(contract)};
            const Result<Owned> owned = read<TestType>(payload.body, under(contract));
            const Result<TestType> view = families::read_view<TestType>(parser, payload.body);
            REQUIRE(owned.has_value() == view.has_value());
            if (!view) {
                check_equal<Owned>(view.error(), owned);
                continue;
            }
            ++accepted;
            check_equal<Owned>(to_owned(*view), owned);
            const std::string json = to_json(*view);
            CHECK(json == to_json(*owned));
            check_equal<Owned>(read<TestType>(json, under(Contract::observed)), owned);
            // What only the observed contract lets pass stays refused when it is written.
            if (payload.folder != "observed") {
                check_equal<Owned>(read<TestType>(json, under(Contract::documented)), owned);
            }
        }
    }
    CHECK(accepted >= families::golden<TestType>().size());
}

TEST_CASE("what is asked of an event and of its view is the same") {
    for (const payloads::Payload& payload : payloads::golden()) {
        INFO(payload.label());
        Parser parser;
        const Result<EventView> view = parser.parse_view(payload.body);
        const Result<Event> event = parse(payload.body);
        REQUIRE(view.has_value());
        CHECK(action_of(*view) == action_of(*event));
        CHECK((integration_of(*view) == nullptr) == (integration_of(*event) == nullptr));
    }
}

TEST_CASE("an unknown action keeps its own text when it stands behind its data") {
    const Integration integration{"1", "Door\tLocks"};
    const std::string data = R"({"Integration":{"Id":"1","Name":"Door\tLocks"}})";
    check_equal<Event>(parse(R"({"Data":)" + data + R"(,"Action":"Integration\u0052enamed"})"),
                       Event{UnknownEvent{"IntegrationRenamed", integration, Secret{data}}});
    // With as much to unescape as a body can have.
    const std::string name = std::string(2000, 'x') + '\n';
    check_equal<Event>(parse(R"({"Data":{},"Action":")" + std::string(2000, 'x') + "\\n\"}"),
                       Event{UnknownEvent{name, {}, Secret{"{}"}}});
}
