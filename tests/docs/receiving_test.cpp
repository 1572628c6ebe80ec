/// @file
/// What docs/receiving.md shows does what docs/receiving.md says.

#include <string>
#include <string_view>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "payloads.hpp"
#include "receiving.integrations.cpp"
#include "receiving.receiver.cpp"

namespace {

namespace webhooks = mews::webhooks;

struct FakeStore : Store {
    bool works = true;
    int enqueued = 0;
    int put_aside = 0;

    bool enqueue(const webhooks::Event&) override {
        enqueued += works ? 1 : 0;
        return works;
    }
    bool set_aside(std::string_view, const webhooks::Error&) override {
        put_aside += works ? 1 : 0;
        return works;
    }
};

constexpr std::string_view token = "INVENTED-token";

struct Answer {
    int status;
    int enqueued;
    int put_aside;

    bool operator==(const Answer&) const = default;
};

Answer answer(std::string_view body, bool store_works = true, std::string_view given = token) {
    FakeStore store;
    store.works = store_works;
    const Receiver receiver{webhooks::Secret{std::string{token}}, store};
    const int status = receiver.receive(given, body);
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
    for (const payloads::Payload& payload : payloads::golden()) {
        INFO(payload.label());
        CHECK((answer(payload.body) == Answer{204, 1, 0}));
    }
}

TEST_CASE("No broken body is queued, and what came whole is set aside") {
    for (const payloads::Payload& payload : payloads::broken()) {
        INFO(payload.label());
        const Answer given = answer(payload.body);
        const bool is_whole = payload.name.starts_with("wrong_type") ||
                              payload.name.starts_with("missing_property") ||
                              payload.name.starts_with("unexpected_null") ||
                              payload.name.starts_with("duplicate_property") ||
                              payload.name.starts_with("invalid_timestamp");
        CHECK((given == (is_whole ? Answer{204, 0, 1} : Answer{400, 0, 0})));
    }
}

TEST_CASE("What could not be kept is asked for again") {
    const Answer again{503, 0, 0};
    CHECK((answer(payloads::body("documented/integration-disabled"), false) == again));
    CHECK((answer(R"({"Action": 1, "Data": {}})", false) == again));
}

TEST_CASE("Without the token no body is looked at") {
    const std::string& body = payloads::body("documented/integration-disabled");
    for (const std::string_view given : {"", "INVENTED-tokem", "INVENTED-token "}) {
        CHECK((answer(body, true, given) == Answer{401, 0, 0}));
    }
}

TEST_CASE("A body that is too large is refused as that") {
    CHECK((answer(std::string((std::size_t{1} << 20) + 1, ' ')) == Answer{413, 0, 0}));
}

TEST_CASE("A body without an Action is told by its error") {
    const auto event = webhooks::parse(R"({"Something": ["else"]})");
    REQUIRE_FALSE(event.has_value());
    CHECK((event.error().code == webhooks::ErrorCode::missing_property));
    CHECK(event.error().pointer == "/Action");
}

TEST_CASE("Records are the same after late and repeated messages") {
    const auto secret = [](std::string_view text) { return webhooks::SecretView{text}; };
    Integrations integrations;
    integrations.apply(created("first"));
    CHECK((integrations.records().at("one").access_token == secret("first")));
    integrations.apply(regenerated("second"));
    integrations.apply(created("first"));
    CHECK((integrations.records().at("one").access_token == secret("second")));

    webhooks::IntegrationDeleted deleted;
    deleted.integration.id = "one";
    integrations.apply(deleted);
    integrations.apply(created("first"));
    CHECK(integrations.records().at("one").is_deleted);
    CHECK(integrations.records().at("one").is_stale);

    integrations.apply(webhooks::UnknownEvent{});
    CHECK(integrations.records().size() == 1);
}
