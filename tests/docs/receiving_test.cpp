/// @file
/// What docs/receiving.md shows does what docs/receiving.md says.

#include <chrono>
#include <string>
#include <string_view>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "families.hpp"
#include "payloads.hpp"
#include "receiving.integrations.cpp"
#include "receiving.receiver.cpp"

namespace {

namespace webhooks = mews::webhooks;

struct FakeStore : Store {
    bool works = true;
    int enqueued = 0;
    int put_aside = 0;

    bool enqueue(std::string_view) override {
        enqueued += works ? 1 : 0;
        return works;
    }
    bool set_aside(std::string_view, const webhooks::Error&) override {
        put_aside += works ? 1 : 0;
        return works;
    }
};

constexpr std::string_view target = "/hooks?Token=INVENTED-token";

Receiver receiver_with(Store& store) {
    return {webhooks::UrlTokens{{webhooks::Secret{"INVENTED-token"}}}, store};
}

struct Answer {
    int status;
    int enqueued;
    int put_aside;

    bool operator==(const Answer&) const = default;
};

Answer answer(std::string_view body, bool store_works = true) {
    FakeStore store;
    store.works = store_works;
    const int status = receiver_with(store).receive(body);
    return {status, store.enqueued, store.put_aside};
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

TEST_CASE("Every golden body is queued and answered with success, unknown events too") {
    for (const payloads::Payload& payload : families::golden<webhooks::WebhookView>()) {
        INFO(payload.label());
        CHECK((answer(payload.body) == Answer{204, 1, 0}));
    }
}

TEST_CASE("No broken body is queued, and what breaks the contract is set aside") {
    for (const payloads::Payload& payload : families::broken<webhooks::WebhookView>()) {
        INFO(payload.label());
        const auto webhook = webhooks::parse_webhook(payload.body);
        REQUIRE_FALSE(webhook.has_value());
        switch (kind_of(webhook.error().code)) {
            case webhooks::ErrorKind::contract:
                CHECK((answer(payload.body) == Answer{204, 0, 1}));
                break;
            case webhooks::ErrorKind::limit:
                CHECK((answer(payload.body) == Answer{413, 0, 0}));
                break;
            default:
                CHECK((answer(payload.body) == Answer{400, 0, 0}));
        }
    }
}

TEST_CASE("What could not be kept is asked for again") {
    const Answer again{503, 0, 0};
    CHECK((answer(payloads::body("documented/integration-disabled"), false) == again));
    CHECK((answer(R"({"Action": 1, "Data": {}})", false) == again));
}

TEST_CASE("Without the token nobody is admitted") {
    FakeStore store;
    const Receiver receiver = receiver_with(store);
    CHECK(receiver.admits(target));
    for (const std::string_view other : {"/hooks", "/hooks?Token=", "/hooks?Token=INVENTED-tokem",
                                         "/hooks?Token=INVENTED-token&Token=INVENTED-token"}) {
        CHECK_FALSE(receiver.admits(other));
    }
}

TEST_CASE("A body that is too large is refused as that") {
    CHECK((answer(std::string((std::size_t{1} << 20) + 1, ' ')) == Answer{413, 0, 0}));
}

TEST_CASE("A General Webhook is stored as well") {
    CHECK((answer(R"({"EnterpriseId":"e","IntegrationId":"i","Events":[]})") == Answer{204, 1, 0}));
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
