/// @file
/// Secrets and personal data: the type that keeps a secret, and that no string which the library
/// makes of a body holds any of either. `to_json` is the one exception: that is what it is for.

#include <concepts>
#include <cstddef>
#include <functional>
#include <optional>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>
#include <version>

#if defined(__cpp_lib_format)
#include <format>
#endif

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "families.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;

// ── A secret becomes a string by reveal() alone
// ─────────────────────────────────────────────────────

static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_constructible_v<std::string, Secret>);
static_assert(!std::is_constructible_v<std::string_view, Secret>);
static_assert(!std::is_constructible_v<std::string, SecretView>);
static_assert(!std::is_constructible_v<std::string_view, SecretView>);
static_assert(!std::is_convertible_v<std::string, Secret>, "a string is no secret by accident");
static_assert(!std::is_convertible_v<std::string_view, SecretView>);
static_assert(!std::is_convertible_v<const char*, Secret>);
static_assert(std::is_constructible_v<Secret, std::string>);
static_assert(std::is_same_v<decltype(std::declval<const Secret&>().reveal()), const std::string&>);
static_assert(
    std::is_same_v<decltype(std::declval<const SecretView&>().reveal()), const std::string_view&>);
static_assert(!std::totally_ordered<Secret>, "an order would give the string away, bit by bit");

TEST_CASE("a secret keeps its string") {
    const Secret secret{"INVENTED-TOKEN-1"};
    CHECK(secret.reveal() == "INVENTED-TOKEN-1");
    CHECK(Secret{}.reveal().empty());
    CHECK(Secret{}.empty());
    CHECK_FALSE(secret.empty());
    CHECK_FALSE(Secret{std::string(1, '\0')}.empty());
    const std::string text = "INVENTED-TOKEN-2";
    const SecretView view{text};
    CHECK(view.reveal().data() == text.data());
    constexpr SecretView constant{"INVENTED-TOKEN-3"};
    static_assert(constant.reveal().size() == 16 && !constant.empty());
    static_assert(SecretView{}.empty());
}

TEST_CASE("secrets are equal when all their bytes are") {
    const std::vector<std::string> texts = {"",
                                            "a",
                                            "b",
                                            "ab",
                                            "ba",
                                            std::string("a\0b", 3),
                                            std::string("a\0c", 3),
                                            "a\x80",
                                            "a\xFF",
                                            "INVENTED-TOKEN-1",
                                            "INVENTED-TOKEN-2",
                                            "JNVENTED-TOKEN-1",
                                            "INVENTED-TOKEN-",
                                            "INVENTED-TOKEN-11",
                                            "invented-token-1",
                                            std::string(1000, 'x'),
                                            std::string(999, 'x') + 'y',
                                            'y' + std::string(999, 'x')};
    for (const std::string& left : texts) {
        for (const std::string& right : texts) {
            const bool expected = left == right;
            CHECK((Secret{left} == Secret{right}) == expected);
            CHECK((Secret{left} != Secret{right}) != expected);
            CHECK((Secret{left} == SecretView{right}) == expected);
            CHECK((SecretView{left} == Secret{right}) == expected);
            CHECK((SecretView{left} == SecretView{right}) == expected);
        }
    }
}

// ── What the library makes of bodies ────────────────────────────────────────────────────────────

namespace {

/// What no string may hold: in a body it is a credential, or personal data.
constexpr std::string_view forbidden[] = {
    "INVENTED",  // tokens, keys, the data of unknown events and what `Entities` tells of guests
    "9E5E84E9974D4F169662AB2200F27CB1",
    "00B343A0DDA725CACAC028E38E3EABF",  // the sample's token
    "Ida",
    "example.com",
    "@",
};

/// Each text that can be had from a value by printing it.
template <class T>
void print(std::vector<std::string>& texts, const T& value) {
    std::ostringstream stream;
    stream << value;
    texts.push_back(stream.str());
#if defined(__cpp_lib_format)
    texts.push_back(std::format("{}", value));
    texts.push_back(std::format("{:?<200}", value));
#endif
}

template <class T>
void print(std::vector<std::string>& texts, const std::optional<T>& value) {
    if (value) print(texts, *value);
}

/// Prints an event, and each of its members that can be printed.
template <class Text>
void print_all(std::vector<std::string>& texts, const BasicEvent<Text>& event) {
    print(texts, event);
    texts.emplace_back(to_string(action_of(event)));
    print(texts, action_of(event));
    if (const auto* integration = integration_of(event)) print(texts, *integration);
    std::visit(
        [&texts](const auto& alternative) {
            print(texts, alternative);
            using Struct = std::remove_cvref_t<decltype(alternative)>;
            if constexpr (std::is_same_v<Struct, BasicIntegrationCreated<Text>>) {
                print(texts, alternative.enterprise);
                print(texts, alternative.service);
                print(texts, alternative.requestor);
                print(texts, alternative.access_token);
            } else if constexpr (std::is_same_v<Struct, BasicIntegrationApiKeyCreated<Text>>) {
                print(texts, alternative.api_key);
            } else if constexpr (std::is_same_v<Struct, BasicUnknownEvent<Text>>) {
                print(texts, alternative.data);
            }
        },
        event);
}

/// Prints a General Webhook, and each of its events.
template <class Text>
void print_all(std::vector<std::string>& texts, const BasicGeneralWebhook<Text>& webhook) {
    print(texts, webhook);
    for (const BasicGeneralEvent<Text>& event : webhook.events) {
        print(texts, event);
        match(
            event, [&](const BasicEntityEvent<Text>& known) { print(texts, known); },
            [&](const BasicUnknownEntityEvent<Text>& unknown) {
                print(texts, unknown);
                print(texts, unknown.value);
            });
    }
}

template <wire::Families AnyWebhook>
void print_all(std::vector<std::string>& texts, const AnyWebhook& webhook) {
    print(texts, webhook);
    std::visit([&](const auto& family) { print_all(texts, family); }, webhook);
}

void print_all(std::vector<std::string>& texts, const Error& error) {
    print(texts, error);
    print(texts, error.code);
    texts.push_back(error.message());
    texts.push_back(error.pointer);
    texts.emplace_back(to_string(error.code));
#if defined(__cpp_exceptions)
    try {
        static_cast<void>(Result<Event>{error}.value());
    } catch (const ParseException& exception) {
        texts.emplace_back(exception.what());
        texts.push_back(exception.error().message());
    }
#endif
}

/// Adds all strings that the library makes of a body, read as this, but for to_json.
template <class View>
void add_texts(std::vector<std::string>& texts, std::string_view body,
               const ParseOptions& options) {
    Parser parser{options};
    if (const auto owned = families::read<View>(parser, body)) {
        print_all(texts, *owned);
    } else {
        print_all(texts, owned.error());
    }
    if (const Result<View> view = families::read_view<View>(parser, body)) {
        print_all(texts, *view);
    } else {
        print_all(texts, view.error());
    }
}

/// The first forbidden text that the library shows of a body; nothing, if all is well.
std::string first_leak(std::string_view body, const ParseOptions& options) {
    std::vector<std::string> texts;
    add_texts<EventView>(texts, body, options);
    add_texts<GeneralWebhookView>(texts, body, options);
    add_texts<WebhookView>(texts, body, options);
    for (const std::string& text : texts) {
        for (const std::string_view secret : forbidden) {
            if (text.find(secret) != std::string::npos) return std::string{secret};
        }
    }
    return {};
}

}  // namespace

TEST_CASE("the bodies hold what must not be shown, and to_json writes it") {
    const auto is_in = [](const std::string& text) {
        return text.find("INVENTED") != std::string::npos;
    };
    std::size_t bodies = 0;
    std::size_t written = 0;
    for (const payloads::Payload& payload : payloads::all()) {
        if (is_in(payload.body)) ++bodies;
        if (const Result<Event> event = parse(payload.body)) {
            INFO(payload.label());
            const bool is_written = is_in(to_json(*event));
            CHECK(is_written == is_in(payload.body));
            if (is_written) ++written;
        }
    }
    CHECK(bodies > 40);
    CHECK(written > 10);
    // Of a General Webhook, all but what an unknown kind holds is ignored.
    for (const std::string name : {"entities", "entities-first", "extra-properties"}) {
        INFO(name);
        const std::string& body = payloads::body("general/" + name);
        CHECK(is_in(body));
        CHECK_FALSE(is_in(to_json(*parse_general(body))));
    }
    const std::string& unknown = payloads::body("general/unknown-with-credential");
    CHECK(is_in(to_json(*parse_general(unknown))));
}

TEST_CASE("no string shows a secret or a person of any body") {
    for (const payloads::Payload& payload : payloads::all()) {
        INFO(payload.label());
        for (const Contract contract : results::contracts)
            CHECK(first_leak(payload.body, results::under(contract)).empty());
    }
}

TEST_CASE("no string shows a secret or a person of a body that ends too early") {
    for (const payloads::Payload& payload : families::golden<WebhookView>()) {
        if (payload.body.size() > 4'000) continue;
        INFO(payload.label());
        const std::string_view body = payload.body;
        std::string leak;
        for (std::size_t size = 0; size != body.size(); ++size)
            leak += first_leak(body.substr(0, size), {});
        CHECK(leak.empty());
    }
}

TEST_CASE("no string shows a secret or a person of a body that is too large or too deep") {
    for (const payloads::Payload& payload : families::golden<WebhookView>()) {
        INFO(payload.label());
        ParseOptions options;
        options.max_body_bytes = payload.body.size() - 1;
        CHECK(first_leak(payload.body, options).empty());
        options = {};
        options.max_depth = 2;
        CHECK(first_leak(payload.body, options).empty());
    }
}

TEST_CASE("an error shows nothing at all of a body") {
    // Wherever a text can stand, one that must not be seen again: names, values, unknown actions.
    static constexpr std::string_view bodies[] = {
        R"("INVENTED")",
        R"(["INVENTED"])",
        R"(INVENTED)",
        R"({"INVENTED":"INVENTED"})",
        R"({"INVENTED":1,"Action":7,"Data":{"INVENTED":"INVENTED"}})",
        R"({"Action":"INVENTED"})",
        R"({"Action":"INVENTED","Data":"INVENTED"})",
        R"({"Action":"INVENTED","Data":["INVENTED"]})",
        R"({"Action":"INVENTED","Data":null})",
        R"({"Action":"INVENTED","Action":"INVENTED","Data":{}})",
        R"({"Action":["INVENTED"],"Data":{}})",
        R"({"Action":{"INVENTED":1},"Data":{}})",
        R"({"Action":"INVENTED","Data":{"INVENTED":INVENTED}})",
        R"({"Action":"INVENTED","Data":{"INVENTED":"\INVENTED"}})",
        R"({"Action":"INVENTED","Data":{}} INVENTED)",
        R"({"Action":"IntegrationEnabled","Data":{"Integration":{"INVENTED":1}}})",
        R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"INVENTED"}}})",
        R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":["INVENTED"],"Name":"Ida"}}})",
        R"({"Action":"IntegrationEnabled","Data":{"Integration":"INVENTED"}})",
        R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":"INVENTED","Integration":{"Id":"i","Name":"n"}}})",
        R"({"Action":"IntegrationApiKeyCreated","Data":{"ApiKey":"INVENTED","ApiKey":"INVENTED","Integration":{"Id":"i","Name":"n"}}})",
        R"({"Action":"IntegrationApiKeyCreated","Data":{"ApiKey":{"INVENTED":"INVENTED"},"Integration":{"Id":"i","Name":"n"}}})",
        "{\"Action\":\"INVENTED\xFF\",\"Data\":{}}",
        R"({"EnterpriseId":"INVENTED","IntegrationId":["INVENTED"],"Events":[]})",
        R"({"EnterpriseId":"INVENTED","IntegrationId":"INVENTED","Events":"INVENTED"})",
        R"({"EnterpriseId":"INVENTED","IntegrationId":"INVENTED","Events":["INVENTED"]})",
        R"({"EnterpriseId":"e","IntegrationId":"i","Events":[{"INVENTED":"INVENTED"}]})",
        R"({"EnterpriseId":"e","IntegrationId":"i","Events":[{"Discriminator":"INVENTED"}]})",
        R"({"EnterpriseId":"e","IntegrationId":"i","Events":[{"Discriminator":"INVENTED","Value":"INVENTED"}]})",
        R"({"EnterpriseId":"e","IntegrationId":"i","Events":[{"Discriminator":"INVENTED","Value":{"Id":INVENTED}}]})",
        R"({"EnterpriseId":"e","IntegrationId":"i","Events":[{"Discriminator":"MessageAdded","Value":{"Id":{"INVENTED":1}}}]})",
        R"({"EnterpriseId":"e","IntegrationId":"i","Events":[{"Discriminator":"MessageAdded","Value":{"INVENTED":"INVENTED"}}]})",
        R"({"EnterpriseId":"e","IntegrationId":"i","Events":[],"Entities":{"INVENTED":INVENTED}})",
        R"({"EnterpriseId":"e","IntegrationId":"i","Events":[],"Events":["INVENTED"]})",
    };
    for (const std::string_view body : bodies) {
        INFO(body);
        CHECK_FALSE(parse(body).has_value());
        CHECK_FALSE(parse_general(body).has_value());
        CHECK_FALSE(parse_webhook(body).has_value());
        CHECK(first_leak(body, {}).empty());
    }
}

TEST_CASE("an error uses the library's own words only") {
    static const std::set<std::string_view> names = {
        "Action",        "Data",       "Enterprise",    "Service",     "Requestor",
        "Integration",   "Id",         "Name",          "AccessToken", "CreatedUtc",
        "IsEnabled",     "DeletedUtc", "ApiKey",        "Email",       "EnterpriseId",
        "IntegrationId", "Events",     "Discriminator", "Value"};
    const auto check = [](const payloads::Payload& payload, const Error& error) {
        INFO(payload.label());
        std::string_view rest = error.pointer;
        while (!rest.empty()) {
            REQUIRE(rest.front() == '/');
            const std::size_t end = rest.find('/', 1);
            const std::string_view step = rest.substr(1, end - 1);
            const bool is_index = step.find_first_not_of("0123456789") == std::string_view::npos;
            CHECK(is_index == (names.count(step) == 0));
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
        }
        CHECK(error.message().find('\n') == std::string::npos);
    };
    for (const payloads::Payload& payload : payloads::broken())
        check(payload, parse(payload.body).error());
    for (const payloads::Payload& payload : payloads::general_broken())
        check(payload, parse_general(payload.body).error());
}
