/// @file
/// What docs/receiving.md shows, and the README's handler, does what docs/receiving.md says.

#include <chrono>
#include <string>
#include <string_view>

#include <mews/webhooks.hpp>

#include "README.handler.cpp"
#include "catch2.hpp"
#include "families.hpp"
#include "payloads.hpp"
#include "receiving.integrations.cpp"

namespace {

namespace webhooks = mews::webhooks;

constexpr std::string_view target = "/hooks?Token=INVENTED-token";

struct Answer {
    int status;
    int stored;

    bool operator==(const Answer&) const = default;
};

Answer answer(std::string_view body, bool store_works = true) {
    Answer answer{0, 0};
    const auto store = [&](std::string_view stored) {
        answer.stored += stored == body && store_works ? 1 : 0;
        return store_works;
    };
    answer.status = handle(
        target, webhooks::UrlTokens{{webhooks::Secret{"INVENTED-token"}}},
        [&] { return std::string{body}; }, store);
    return answer;
}

webhooks::Event created(std::string_view access_token) {
    webhooks::IntegrationCreated event;
    event.integration.id = "one";
    event.access_token = webhooks::Secret{std::string{access_token}};
    return event;
}

webhooks::Event regenerated(std::string_view api_key) {
    webhooks::IntegrationApiKeyCreated event;
    event.integration.id = "one";
    event.api_key = webhooks::Secret{std::string{api_key}};
    return event;
}

}  // namespace

TEST_CASE("Every golden body is stored and answered with success, unknown events too") {
    for (const payloads::Payload& payload : families::golden<webhooks::WebhookView>()) {
        INFO(payload.label());
        CHECK((answer(payload.body) == Answer{204, 1}));
    }
}

TEST_CASE("Of the broken bodies, those that break the contract are stored") {
    for (const payloads::Payload& payload : families::broken<webhooks::WebhookView>()) {
        INFO(payload.label());
        const auto webhook = webhooks::parse_webhook(payload.body);
        REQUIRE_FALSE(webhook.has_value());
        switch (kind_of(webhook.error().code)) {
            case webhooks::ErrorKind::contract:
                CHECK((answer(payload.body) == Answer{204, 1}));
                break;
            case webhooks::ErrorKind::limit:
                CHECK((answer(payload.body) == Answer{413, 0}));
                break;
            default:
                CHECK((answer(payload.body) == Answer{400, 0}));
        }
    }
}

TEST_CASE("What could not be kept is asked for again") {
    const Answer again{503, 0};
    CHECK((answer(payloads::body("documented/integration-disabled"), false) == again));
    CHECK((answer(R"({"Action": 1, "Data": {}})", false) == again));
}

TEST_CASE("Without the token nothing is read") {
    for (const std::string_view other : {"/hooks", "/hooks?Token=", "/hooks?Token=INVENTED-tokem",
                                         "/hooks?Token=INVENTED-token&Token=INVENTED-token"}) {
        bool was_read = false;
        const auto read_body = [&] {
            was_read = true;
            return std::string{};
        };
        const webhooks::UrlTokens tokens{{webhooks::Secret{"INVENTED-token"}}};
        CHECK(handle(other, tokens, read_body, [](std::string_view) { return true; }) == 401);
        CHECK_FALSE(was_read);
    }
}

TEST_CASE("A body that is too large is refused as that") {
    CHECK((answer(std::string((std::size_t{1} << 20) + 1, ' ')) == Answer{413, 0}));
}

TEST_CASE("A General Webhook is stored as well") {
    CHECK((answer(R"({"EnterpriseId":"e","IntegrationId":"i","Events":[]})") == Answer{204, 1}));
}

TEST_CASE("States are the same after late and repeated messages") {
    const auto at = [](int minute) { return webhooks::Timestamp{std::chrono::minutes{minute}}; };
    const auto credential = [](const Integrations& integrations) {
        return integrations.states().at("one").summary().credential.known();
    };
    Integrations integrations;
    integrations.apply(created("first"), at(1));
    CHECK((credential(integrations) == webhooks::Secret{"first"}));
    integrations.apply(regenerated("second"), at(2));
    integrations.apply(created("first"), at(3));
    CHECK((credential(integrations) == webhooks::Secret{"second"}));

    webhooks::IntegrationDeleted deleted;
    deleted.integration.id = "one";
    integrations.apply(deleted, at(4));
    integrations.apply(created("first"), at(5));
    CHECK(integrations.states().at("one").summary().is_deleted);

    integrations.apply(webhooks::UnknownEvent{}, at(6));
    CHECK(integrations.states().size() == 1);
}
