// What is known of an integration: each rule as a table that holds in every order of its steps, and
// random histories against the laws of merging and against a simulated vendor.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"

namespace {

using namespace mews::webhooks;

Timestamp at(int second) {
    return Timestamp{std::chrono::seconds{second}};
}

const Integration channel_manager{.id = "i1", .name = "Channel manager"};

Event created(std::string token, int created_utc = 1, bool is_enabled = true,
              std::string enterprise = "e1") {
    return IntegrationCreated{.enterprise = {.id = std::move(enterprise), .name = "Hotel"},
                              .access_token = Secret{std::move(token)},
                              .created_utc = at(created_utc),
                              .is_enabled = is_enabled,
                              .integration = channel_manager};
}
Event key(std::string text) {
    return IntegrationApiKeyCreated{.integration = channel_manager,
                                    .api_key = Secret{std::move(text)}};
}
Event deleted(std::optional<int> deleted_utc = {}) {
    IntegrationDeleted event{.integration = channel_manager};
    if (deleted_utc) event.deleted_utc = at(*deleted_utc);
    return event;
}
Event unknown(std::string action) {
    return UnknownEvent{.action = std::move(action), .data = Secret{"{\"a\":\"INVENTED\"}"}};
}
const Event enabled = IntegrationEnabled{.integration = channel_manager};
const Event disabled = IntegrationDisabled{.integration = channel_manager};
const Event canceled = IntegrationCanceled{.integration = channel_manager};
const Event reinstated = IntegrationReinstated{.integration = channel_manager};

/// A General Webhook that names one entity.
GeneralWebhook naming(const std::string& kind, const std::string& id) {
    const auto named = wire::index_of_tag<GeneralEvent>(kind);
    const auto discriminator = static_cast<Discriminator>(named);
    GeneralWebhook webhook{.enterprise_id = "e1", .integration_id = "i1"};
    if (discriminator != Discriminator::unknown) {
        webhook.events.emplace_back(EntityEvent{discriminator, id});
    } else {
        webhook.events.emplace_back(UnknownEntityEvent{kind, id, Secret{"{}"}});
    }
    return webhook;
}

struct Message {
    Webhook webhook;
    int received;
};
using Step = std::variant<Message, VendorAnswer>;

IntegrationChanges take(IntegrationState& state, const Step& step) {
    if (const auto* message = std::get_if<Message>(&step))
        return std::visit(
            [&](const auto& webhook) { return state.apply(webhook, at(message->received)); },
            message->webhook);
    return state.take(std::get<VendorAnswer>(step));
}

IntegrationState state_of(const std::vector<Step>& steps) {
    IntegrationState state;
    for (const Step& step : steps)
        take(state, step);
    return state;
}

template <class T>
std::string printed(const T& value) {
    std::ostringstream stream;
    stream << value;
    return stream.str();
}

std::vector<std::string> texts(const Candidates<Secret>& credential) {
    std::vector<std::string> out;
    for (const Secret& candidate : credential.values)
        out.push_back(candidate.reveal());
    std::sort(out.begin(), out.end());
    return out;
}

/// Calls `check(summary)` for each order of the steps, each of which must give the same state.
template <class Check>
void in_every_order(const std::vector<Step>& steps, Check check) {
    const IntegrationState expected = state_of(steps);
    check(expected.summary());
    std::vector<std::size_t> order(steps.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    do {
        IntegrationState state;
        for (const std::size_t step : order)
            take(state, steps[step]);
        CHECK(state == expected);
        check(state.summary());
    } while (std::next_permutation(order.begin(), order.end()));
}

// What a step does stands in front, when it was received behind.
VendorAnswer answer_enabled(bool is_enabled, int asked) {
    return {.asked = at(asked), .is_enabled = is_enabled};
}
VendorAnswer answer_canceled(bool is_canceled, int asked) {
    return {.asked = at(asked), .is_canceled = is_canceled};
}
VendorAnswer answer_credential(std::string text, int asked) {
    return {.asked = at(asked), .credential = Secret{std::move(text)}};
}
VendorAnswer answer_enterprise(std::string id, int asked) {
    return {.asked = at(asked), .enterprise = Enterprise{.id = std::move(id), .name = "Hotel"}};
}

// ── The rules ───────────────────────────────────────────────────────────────────────────────────

TEST_CASE("nothing is known of an integration that nothing was told of") {
    const IntegrationSummary summary = IntegrationState{}.summary();
    CHECK(summary == IntegrationSummary{});
    CHECK_FALSE(summary.needs_answer());
    CHECK_FALSE(summary.enterprise.known());
    CHECK_FALSE(summary.is_enabled.known());
    CHECK_FALSE(summary.credential.known());
}

TEST_CASE("whether it is enabled") {
    struct Row {
        std::string_view what;
        std::vector<Step> steps;
        std::string_view is_enabled;
    };
    const Row rows[] = {
        {"told at its creation", {Message{created("A", 1, true), 5}}, "true"},
        {"told at its creation", {Message{created("A", 1, false), 5}}, "false"},
        {"nothing follows from a key", {Message{key("K"), 5}}, "unknown"},
        {"enabled after its creation",
         {Message{created("A", 1, false), 9}, Message{enabled, 5}},
         "true"},
        {"disabled after its creation",
         {Message{created("A", 1, true), 9}, Message{disabled, 5}},
         "false"},
        {"both, not guessed", {Message{enabled, 5}, Message{disabled, 6}}, "2 candidates"},
        {"both, answered",
         {Message{enabled, 5}, Message{disabled, 6}, answer_enabled(true, 6)},
         "true"},
        {"one came after the question, and says something else",
         {Message{enabled, 5}, Message{disabled, 7}, answer_enabled(true, 6)},
         "2 candidates"},
        {"one came after the question, and says the same",
         {Message{enabled, 5}, Message{disabled, 7}, answer_enabled(false, 6)},
         "false"},
        {"the last answer counts",
         {Message{disabled, 7}, answer_enabled(false, 6), answer_enabled(true, 7)},
         "true"},
        {"an answer to another question is none",
         {Message{enabled, 5}, Message{disabled, 6}, answer_canceled(true, 9)},
         "2 candidates"},
        {"a later answer to another question does not replace it",
         {Message{enabled, 5}, Message{disabled, 6}, answer_enabled(true, 7),
          answer_canceled(true, 9)},
         "true"},
        {"the last answer counts, also if the one before answers something else as well",
         {VendorAnswer{.asked = at(6), .is_enabled = false, .credential = Secret{"K1"}},
          answer_enabled(true, 7)},
         "true"},
        {"two answers of one moment contradict each other",
         {answer_enabled(true, 7), answer_enabled(false, 7)},
         "2 candidates"},
        {"its creation came after the question",
         {Message{created("A", 1, true), 8}, answer_enabled(false, 7)},
         "2 candidates"},
        {"its creation came after the question, but outlived",
         {Message{created("A", 1, true), 8}, Message{enabled, 5}, Message{disabled, 6},
          answer_enabled(false, 7)},
         "false"},
        {"created again, the newest counts",
         {Message{created("A", 1, true), 6}, Message{created("B", 2, false), 5}},
         "false"},
        {"created again, before or after it was enabled",
         {Message{created("A", 1, true), 5}, Message{created("B", 2, false), 6},
          Message{enabled, 7}},
         "2 candidates"},
        {"written again with the flag of another day",
         {Message{created("A", 1, true), 5}, Message{created("A", 1, false), 6}},
         "2 candidates"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        in_every_order(row.steps, [&](const IntegrationSummary& summary) {
            CHECK(printed(summary.is_enabled) == row.is_enabled);
            CHECK(summary.needs_answer() == (row.is_enabled == "2 candidates"));
        });
    }
}

TEST_CASE("whether it is canceled") {
    struct Row {
        std::string_view what;
        std::vector<Step> steps;
        std::string_view is_canceled;
    };
    const Row rows[] = {
        {"not when it is created", {Message{created("A"), 5}}, "false"},
        {"nothing follows from being enabled", {Message{enabled, 5}}, "unknown"},
        {"canceled", {Message{created("A"), 9}, Message{canceled, 5}}, "true"},
        {"reinstated", {Message{created("A"), 9}, Message{reinstated, 5}}, "false"},
        {"both, not guessed", {Message{canceled, 5}, Message{reinstated, 6}}, "2 candidates"},
        {"both, answered",
         {Message{canceled, 5}, Message{reinstated, 6}, answer_canceled(true, 6)},
         "true"},
        {"a later answer to another question does not replace it",
         {Message{canceled, 5}, Message{reinstated, 6}, answer_canceled(true, 7),
          answer_enabled(true, 9)},
         "true"},
        {"canceled again, or the message came again",
         {Message{canceled, 5}, Message{reinstated, 6}, answer_canceled(false, 6),
          Message{canceled, 7}},
         "2 candidates"},
        {"created again, before or after it was canceled",
         {Message{created("A", 1), 5}, Message{created("B", 2), 6}, Message{canceled, 7}},
         "2 candidates"},
        {"created again, before or after it was reinstated",
         {Message{created("A", 1), 5}, Message{created("B", 2), 6}, Message{reinstated, 7}},
         "false"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        in_every_order(row.steps, [&](const IntegrationSummary& summary) {
            CHECK(printed(summary.is_canceled) == row.is_canceled);
            CHECK(summary.needs_answer() == (row.is_canceled == "2 candidates"));
        });
    }
}

TEST_CASE("which credential it has") {
    struct Row {
        std::string_view what;
        std::vector<Step> steps;
        std::vector<std::string> credential;
    };
    const Row rows[] = {
        {"the token of its creation", {Message{created("A"), 5}}, {"A"}},
        {"none was told", {Message{enabled, 5}}, {}},
        {"a key outlives a creation that comes late",
         {Message{key("K1"), 5}, Message{created("A"), 9}},
         {"K1"}},
        {"two keys, not guessed", {Message{key("K1"), 5}, Message{key("K2"), 6}}, {"K1", "K2"}},
        {"two keys and the creation",
         {Message{key("K1"), 5}, Message{key("K2"), 6}, Message{created("A"), 9}},
         {"K1", "K2"}},
        {"the same key twice", {Message{key("K1"), 5}, Message{key("K1"), 6}}, {"K1"}},
        {"two keys, answered",
         {Message{key("K1"), 5}, Message{key("K2"), 6}, answer_credential("K2", 6)},
         {"K2"}},
        {"an old key comes again after the answer",
         {Message{key("K1"), 5}, Message{key("K2"), 6}, answer_credential("K2", 6),
          Message{key("K1"), 9}},
         {"K2"}},
        {"an old creation comes again after the answer",
         {Message{created("A"), 4}, answer_credential("K2", 6), Message{created("A"), 9}},
         {"K2"}},
        {"a key came after the question",
         {Message{key("K1"), 5}, answer_credential("K1", 6), Message{key("K2"), 7}},
         {"K1", "K2"}},
        {"the creation comes after the answer, but outlived",
         {Message{key("K1"), 5}, answer_credential("K1", 6), Message{created("A"), 7}},
         {"K1"}},
        {"none of the candidates works",
         {Message{key("K1"), 5}, Message{key("K2"), 6}, answer_credential("", 6)},
         {}},
        {"none of them worked, and another came",
         {Message{key("K1"), 5}, answer_credential("", 6), Message{key("K2"), 7}},
         {"K2"}},
        {"an empty text is no credential", {Message{created(""), 5}, Message{key(""), 6}}, {}},
        {"created again, the newest counts",
         {Message{created("A", 1), 6}, Message{created("B", 2), 5}},
         {"B"}},
        {"created again, before or after the key",
         {Message{created("A", 1), 6}, Message{created("B", 2), 5}, Message{key("K1"), 7}},
         {"B", "K1"}},
        {"written again with the key of another day",
         {Message{created("A", 1), 5}, Message{created("B", 1), 6}},
         {"A", "B"}},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        in_every_order(row.steps, [&](const IntegrationSummary& summary) {
            CHECK(texts(summary.credential) == row.credential);
            CHECK(summary.credential.known().has_value() == (row.credential.size() == 1));
            CHECK(summary.needs_answer() == (row.credential.size() > 1));
        });
    }
}

TEST_CASE("which enterprise it belongs to") {
    struct Row {
        std::string_view what;
        std::vector<Step> steps;
        std::optional<std::string_view> enterprise;
        bool needs_answer;
    };
    const Row rows[] = {
        {"only its creation says it", {Message{key("K1"), 5}, Message{enabled, 6}}, {}, false},
        {"remembered", {Message{created("A"), 5}, Message{key("K1"), 6}}, "e1", false},
        {"the newest creation counts",
         {Message{created("A", 2, true, "e2"), 5}, Message{created("A", 1, true, "e1"), 6}},
         "e2",
         false},
        {"two of one moment, not guessed",
         {Message{created("A", 1, true, "e1"), 5}, Message{created("A", 1, true, "e2"), 6}},
         {},
         true},
        {"two of one moment, answered",
         {Message{created("A", 1, true, "e1"), 5}, Message{created("A", 1, true, "e2"), 6},
          answer_enterprise("e2", 6)},
         "e2",
         false},
        {"a later answer to another question does not replace it",
         {answer_enterprise("e2", 6), answer_enabled(true, 7)},
         "e2",
         false},
        {"two of one moment, but it is deleted",
         {Message{created("A", 1, true, "e1"), 5}, Message{created("A", 1, true, "e2"), 6},
          Message{deleted(), 7}},
         {},
         false},
        {"its creation was lost", {Message{key("K1"), 5}, answer_enterprise("e3", 6)}, "e3", false},
        {"remembered after the deletion",
         {Message{created("A"), 5}, Message{deleted(), 6}},
         "e1",
         false},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        in_every_order(row.steps, [&](const IntegrationSummary& summary) {
            const std::optional<Enterprise> enterprise = summary.enterprise.known();
            REQUIRE(enterprise.has_value() == row.enterprise.has_value());
            if (enterprise) CHECK(enterprise->id == *row.enterprise);
            CHECK(summary.needs_answer() == row.needs_answer);
        });
    }
}

TEST_CASE("a deletion outlives everything") {
    const std::vector<Step> steps = {
        Message{created("A"), 5},  Message{created("B"), 6},  Message{key("K1"), 6},
        Message{enabled, 7},       Message{disabled, 7},      Message{canceled, 7},
        Message{reinstated, 7},    Message{unknown("X"), 8},  answer_enabled(true, 9),
        answer_canceled(false, 9), answer_credential("K1", 9)};
    for (std::size_t place = 0; place <= steps.size(); ++place) {
        std::vector<Step> with_deletion = steps;
        with_deletion.insert(with_deletion.begin() + static_cast<std::ptrdiff_t>(place),
                             Message{deleted(30), 4});
        IntegrationState state = state_of(with_deletion);
        const IntegrationSummary summary = state.summary();
        CHECK(summary.is_deleted);
        CHECK(summary.deleted_utc == at(30));
        CHECK_FALSE(summary.needs_answer());
        CHECK(summary.is_enabled.values.empty());
        CHECK(summary.is_canceled.values.empty());
        CHECK(summary.credential.values.empty());
        CHECK(summary.enterprise.known() == Enterprise{.id = "e1", .name = "Hotel"});
        // No credential is kept.
        CHECK(state.api_keys.empty());
        REQUIRE(state.created.size() == 1);
        CHECK(state.created[0] ==
              FirstReceived<IntegrationCreated>{std::get<IntegrationCreated>(created("")), at(5)});
        for (const VendorAnswer& answer : state.answers)
            CHECK_FALSE(answer.credential);
        CHECK(state == state_of([&] {
                  std::vector<Step> reversed = with_deletion;
                  std::reverse(reversed.begin(), reversed.end());
                  return reversed;
              }()));
    }
}

TEST_CASE("when it was deleted") {
    struct Row {
        std::vector<Step> steps;
        std::optional<int> deleted_utc;
    };
    const Row rows[] = {
        {{Message{deleted(), 5}}, {}},
        {{Message{deleted(4), 5}}, 4},
        {{Message{deleted(4), 5}, Message{deleted(), 6}}, 4},
        {{Message{deleted(4), 5}, Message{deleted(3), 6}, Message{deleted(7), 8}}, 3},
    };
    for (const Row& row : rows) {
        in_every_order(row.steps, [&](const IntegrationSummary& summary) {
            CHECK(summary.is_deleted);
            REQUIRE(summary.deleted_utc.has_value() == row.deleted_utc.has_value());
            if (row.deleted_utc) CHECK(summary.deleted_utc == at(*row.deleted_utc));
        });
    }
}

TEST_CASE("an event that is not known has to be asked for, until the vendor was asked") {
    struct Row {
        std::vector<Step> steps;
        bool needs_answer;
    };
    const Row rows[] = {
        {{Message{unknown("X"), 5}}, true},
        {{Message{unknown("X"), 5}, VendorAnswer{.asked = at(4)}}, true},
        {{Message{unknown("X"), 5}, VendorAnswer{.asked = at(5)}}, false},
        {{Message{unknown("X"), 5}, answer_enabled(true, 6)}, false},
        {{Message{unknown("X"), 5}, answer_enabled(true, 6), Message{unknown("X"), 7}}, true},
        {{Message{unknown("X"), 5}, answer_enabled(true, 6), Message{unknown("Y"), 7}}, true},
        {{Message{unknown("X"), 5}, VendorAnswer{.asked = at(6)}, answer_enabled(true, 4)}, false},
        {{Message{unknown("X"), 5}, Message{deleted(), 6}}, false},
    };
    for (const Row& row : rows) {
        in_every_order(row.steps, [&](const IntegrationSummary& summary) {
            CHECK(summary.needs_answer() == row.needs_answer);
        });
    }
}

TEST_CASE("what General Webhooks name is to be looked up") {
    IntegrationState state;
    CHECK(state.apply(naming("CustomerUpdated", "c1"), at(5)).entities);
    CHECK(state.apply(naming("CustomerUpdated", "c2"), at(5)).entities);
    CHECK(state.apply(naming("CustomerAdded", "c1"), at(5)).entities);
    CHECK_FALSE(state.apply(naming("CustomerUpdated", "c1"), at(8)).any());
    CHECK_FALSE(state.apply(naming("CustomerUpdated", "c1"), at(6)).any());
    const auto expected = [](int last_received) {
        return decltype(state.entities){
            {"CustomerAdded", {{"c1", at(5)}}},
            {"CustomerUpdated", {{"c1", at(last_received)}, {"c2", at(5)}}}};
    };
    CHECK(state.entities == expected(8));

    const IntegrationState before = state;
    state.looked_up("CustomerUpdated", "c1", at(7));  // named again since
    state.looked_up("CustomerUpdated", "c3", at(9));
    state.looked_up("PaymentUpdated", "c1", at(9));
    CHECK(state == before);
    state.looked_up("CustomerUpdated", "c1", at(8));
    state.looked_up("CustomerAdded", "c1", at(8));
    CHECK(state.entities == decltype(state.entities){{"CustomerUpdated", {{"c2", at(5)}}}});
    state.merge(before);
    CHECK(state == before);

    // Several in one message, and what is named without an id is some entity of its kind.
    GeneralWebhook several = naming("NewlyAdded", "n1");
    several.events.emplace_back(UnknownEntityEvent{"NewlyAdded", std::nullopt, Secret{"{}"}});
    several.events.emplace_back(EntityEvent{Discriminator::payment_updated, "p1"});
    several.events.push_back(several.events.front());
    IntegrationState of_several;
    CHECK(of_several.apply(several, at(5)) == IntegrationChanges{.entities = true});
    CHECK(of_several.entities ==
          decltype(state.entities){{"NewlyAdded", {{"", at(5)}, {"n1", at(5)}}},
                                   {"PaymentUpdated", {{"p1", at(5)}}}});

    CHECK(state.apply(deleted(), at(9)).entities == false);
    CHECK(state.entities.empty());
    CHECK_FALSE(state.merge(before).any());
    CHECK(state.entities.empty());
}

TEST_CASE("what the vendor answered is not undone") {
    const std::vector<Step> steps = {Message{created("A"), 5}, Message{enabled, 6},
                                     Message{disabled, 7},     Message{key("K1"), 6},
                                     Message{key("K2"), 7},    Message{unknown("X"), 7},
                                     Message{canceled, 7},     Message{reinstated, 7}};
    IntegrationState state = state_of(steps);
    CHECK(state.summary().needs_answer());
    state.take(
        {.asked = at(8), .is_enabled = false, .is_canceled = false, .credential = Secret{"K2"}});
    const IntegrationState answered = state;
    CHECK_FALSE(answered.summary().needs_answer());

    // What is stored can be applied once more.
    for (const Step& step : steps) {
        CHECK_FALSE(take(state, step).any());
        CHECK(state == answered);
    }
    CHECK_FALSE(state.merge(state_of(steps)).any());
    CHECK(state == answered);

    // What the sender repeats: if it can be recognised, or says the same, it changes nothing.
    for (const Event& repeated : {created("A"), key("K1"), key("K2"), disabled, reinstated}) {
        IntegrationState later = answered;
        CHECK_FALSE(later.apply(repeated, at(20)).any());
    }
    // If it may as well be news, the answer stays a candidate.
    CHECK(state.apply(enabled, at(20)) ==
          IntegrationChanges{.is_enabled = true, .needs_answer = true});
    CHECK(state.take(answer_enabled(false, 21)) ==
          IntegrationChanges{.is_enabled = true, .needs_answer = true});
    CHECK(state.summary() == answered.summary());
}

TEST_CASE("an answer stays until a later one replaces all of it") {
    IntegrationState state;
    const VendorAnswer both{.asked = at(5), .is_enabled = true, .credential = Secret{"K1"}};
    state.take(both);
    state.take({.asked = at(4), .is_enabled = false});
    CHECK(state.answers == std::vector{both});
    state.take(answer_enabled(false, 6));
    CHECK(state.answers == std::vector{both, answer_enabled(false, 6)});
    state.take(answer_credential("K2", 7));
    CHECK(state.answers == std::vector{answer_enabled(false, 6), answer_credential("K2", 7)});
    state.take({.asked = at(8)});
    CHECK(state.answers.size() == 3);
    state.take({.asked = at(9)});
    CHECK(state.answers.size() == 3);
}

TEST_CASE("apply says what changed") {
    struct Row {
        Step step;
        IntegrationChanges changes;
    };
    const Row rows[] = {
        {Message{key("K1"), 5}, {.credential = true}},
        {Message{created("A"), 6}, {.enterprise = true, .is_enabled = true, .is_canceled = true}},
        {Message{created("A"), 7}, {}},
        {Message{enabled, 8}, {}},
        {Message{disabled, 8}, {.is_enabled = true, .needs_answer = true}},
        {Message{disabled, 9}, {}},
        {Message{key("K2"), 9}, {.credential = true}},
        {Message{canceled, 9}, {.is_canceled = true}},
        {answer_enabled(true, 10), {.is_enabled = true}},
        {answer_credential("K2", 10), {.credential = true, .needs_answer = true}},
        {Message{unknown("X"), 11}, {.needs_answer = true}},
        {Message{unknown("X"), 12}, {}},
        {Message{naming("MessageAdded", "m1"), 12}, {.entities = true}},
        {Message{naming("MessageAdded", "m1"), 13}, {}},
        {answer_enterprise("e2", 13), {.enterprise = true, .needs_answer = true}},
        {Message{deleted(), 14},
         {.is_enabled = true, .is_canceled = true, .credential = true, .deletion = true}},
        {Message{deleted(14), 15}, {.deletion = true}},
        {Message{key("K3"), 16}, {}},
    };
    IntegrationState state;
    int number = 0;
    for (const Row& row : rows) {
        INFO(++number);
        const IntegrationChanges changes = take(state, row.step);
        CHECK(changes == row.changes);
        CHECK(changes.any() == (row.changes != IntegrationChanges{}));
    }
}

TEST_CASE("a state can be stored by its members and built again") {
    const IntegrationState state =
        state_of({Message{created("A", 1), 5}, Message{created("B", 2), 6}, Message{key("K1"), 7},
                  Message{key("K2"), 8}, Message{enabled, 9}, Message{unknown("X"), 10},
                  answer_enabled(true, 11), answer_credential("K2", 10)});
    IntegrationState again;
    for (const auto& creation : state.created) {
        const Result<Event> event = parse(to_json(Event{creation.value}));
        REQUIRE(event);
        again.apply(*event, creation.received);
    }
    again.api_keys = {state.api_keys.rbegin(), state.api_keys.rend()};
    again.actions = state.actions;
    again.deleted_utc = state.deleted_utc;
    again.answers = {state.answers.rbegin(), state.answers.rend()};
    again.entities = state.entities;
    CHECK(again == state);
    CHECK(again.summary() == state.summary());
}

TEST_CASE("states that differ anywhere are not equal") {
    const std::vector<Step> all = {Message{created("A"), 5}, Message{key("K1"), 6},
                                   Message{enabled, 6},      Message{unknown("X"), 7},
                                   Message{deleted(3), 7},   answer_enabled(true, 8)};
    const IntegrationState state = state_of(all);
    for (std::size_t left_out = 0; left_out != all.size(); ++left_out) {
        if (left_out == 1) continue;  // the deletion forgets the key
        std::vector<Step> fewer = all;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left_out));
        CHECK_FALSE(state_of(fewer) == state);
    }
    CHECK(state_of({Message{key("K1"), 6}}) != state_of({Message{key("K2"), 6}}));
    CHECK(state_of({Message{key("K1"), 6}}) != state_of({Message{key("K1"), 7}}));
    CHECK(state_of({Message{enabled, 6}}) != state_of({Message{enabled, 7}}));
    CHECK(state_of({Message{deleted(3), 7}}) != state_of({Message{deleted(4), 7}}));
    CHECK(state_of({Message{naming("MessageAdded", "m1"), 5}}) != IntegrationState{});
}

TEST_CASE("no credential and no person is printed or kept in the clear") {
    IntegrationCreated creation = std::get<IntegrationCreated>(created("INVENTED-TOKEN"));
    creation.requestor = Requestor{.name = "Ida", .email = "ida@example.com"};
    creation.enterprise.name = "Hotel\n\x1b[2J";
    IntegrationState state;
    state.apply(creation, at(5));
    CHECK_FALSE(state.created.at(0).value.requestor);
    const std::string line =
        R"(IntegrationSummary {Enterprise: Enterprise {Id: "e1", Name: "Hotel\u000a\u001b[2J"}, )"
        R"(IsEnabled: true, IsCanceled: false, Credential: [redacted], IsDeleted: false, )"
        R"(NeedsAnswer: false})";
    CHECK(printed(state) == line);
    CHECK(printed(state.summary()) == line);

    state.apply(key("INVENTED-KEY-1"), at(6));
    state.apply(key("INVENTED-KEY-2"), at(6));
    state.apply(unknown("X"), at(6));
    state.apply(disabled, at(6));
    CHECK(printed(state) ==
          R"(IntegrationSummary {Enterprise: Enterprise {Id: "e1", Name: "Hotel\u000a\u001b[2J"}, )"
          R"(IsEnabled: false, IsCanceled: false, Credential: 2 candidates, IsDeleted: false, )"
          R"(NeedsAnswer: true})");
    CHECK(printed(state_of({Message{deleted(30), 6}})) ==
          "IntegrationSummary {Enterprise: unknown, IsEnabled: unknown, IsCanceled: unknown, "
          "Credential: unknown, IsDeleted: true, DeletedUtc: 1970-01-01T00:00:30Z, "
          "NeedsAnswer: false}");
    // When something was received is not shown.
    CHECK(printed(state_of({Message{enabled, 6}})) == printed(state_of({Message{enabled, 7}})));
}

// ── Random histories ────────────────────────────────────────────────────────────────────────────

/// Few different things, so that they meet.
class Dice {
  public:
    explicit Dice(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t end) { return random_() % end; }
    bool one_in(std::size_t count) { return below(count) == 0; }
    int moment() { return static_cast<int>(below(12)); }
    std::string name(std::string prefix) { return prefix + static_cast<char>('1' + below(3)); }

    Webhook webhook() {
        switch (below(11)) {
            case 0:
                return created(name("A"), static_cast<int>(below(3)), one_in(2), name("e"));
            case 1:
            case 2:
                return created("A1");
            case 3:
                return enabled;
            case 4:
                return disabled;
            case 5:
                return canceled;
            case 6:
                return reinstated;
            case 7:
                return unknown(name("X"));
            case 8:
                return naming(one_in(2) ? "MessageAdded" : name("Kind"), name("c"));
            default:
                return key(name("K"));
        }
    }

    VendorAnswer answer() {
        VendorAnswer answer{.asked = at(moment())};
        if (one_in(3)) answer.enterprise = Enterprise{.id = name("e"), .name = "Hotel"};
        if (one_in(2)) answer.is_enabled = one_in(2);
        if (one_in(2)) answer.is_canceled = one_in(2);
        if (one_in(2)) answer.credential = Secret{name("K")};
        return answer;
    }

    std::vector<Step> history() {
        std::vector<Step> steps;
        const bool ends = one_in(3);
        for (std::size_t count = below(12); count != 0; --count) {
            if (one_in(4)) {
                steps.emplace_back(answer());
            } else if (ends && one_in(6)) {
                steps.emplace_back(
                    Message{one_in(2) ? deleted() : deleted(static_cast<int>(below(3))), moment()});
            } else {
                steps.emplace_back(Message{webhook(), moment()});
            }
        }
        return steps;
    }

    IntegrationState state() { return state_of(history()); }

    template <class T>
    void shuffle(std::vector<T>& list) {
        std::shuffle(list.begin(), list.end(), random_);
    }

  private:
    std::mt19937 random_;
};

IntegrationState merged(IntegrationState left, const IntegrationState& right) {
    left.merge(right);
    return left;
}

TEST_CASE("any order and any repetition gives the same state") {
    Dice dice{12};
    for (int round = 0; round != 2000; ++round) {
        std::vector<Step> steps = dice.history();
        const IntegrationState expected = state_of(steps);
        const std::size_t distinct = steps.size();
        for (std::size_t again = dice.below(6); again != 0 && distinct != 0; --again)
            steps.push_back(Step{steps[dice.below(distinct)]});
        dice.shuffle(steps);
        const IntegrationState state = state_of(steps);
        CHECK(state == expected);
        CHECK(state.summary() == expected.summary());
        CHECK(printed(state) == printed(expected));
    }
}

TEST_CASE("states merge into what all their messages together would have given") {
    Dice dice{13};
    for (int round = 0; round != 2000; ++round) {
        const std::vector<Step> steps = dice.history();
        std::vector<IntegrationState> parts(1 + dice.below(4));
        for (const Step& step : steps) {
            // By one receiver, or by several.
            for (std::size_t count = 1 + dice.below(2); count != 0; --count)
                take(parts[dice.below(parts.size())], step);
        }
        dice.shuffle(parts);
        IntegrationState whole;
        for (const IntegrationState& part : parts)
            whole.merge(part);
        CHECK(whole == state_of(steps));
    }
}

TEST_CASE("merging is commutative, associative and idempotent") {
    Dice dice{14};
    for (int round = 0; round != 2000; ++round) {
        const IntegrationState a = dice.state();
        const IntegrationState b = dice.state();
        const IntegrationState c = dice.state();
        CHECK(merged(a, b) == merged(b, a));
        CHECK(merged(merged(a, b), c) == merged(a, merged(b, c)));
        CHECK(merged(a, a) == a);
        CHECK(merged(a, IntegrationState{}) == a);
        CHECK(merged(IntegrationState{}, a) == a);
        IntegrationState with_itself = a;
        CHECK_FALSE(with_itself.merge(with_itself).any());
        CHECK(with_itself == a);
        // What was taken is in it.
        CHECK(merged(merged(a, b), b) == merged(a, b));
    }
}

TEST_CASE("changes are the difference of two summaries") {
    Dice dice{15};
    for (int round = 0; round != 2000; ++round) {
        IntegrationState state = dice.state();
        const IntegrationSummary before = state.summary();
        const IntegrationChanges changes = state.merge(dice.state());
        const IntegrationSummary after = state.summary();
        CHECK(changes.enterprise == !(before.enterprise == after.enterprise));
        CHECK(changes.is_enabled == !(before.is_enabled == after.is_enabled));
        CHECK(changes.is_canceled == !(before.is_canceled == after.is_canceled));
        CHECK(changes.credential == !(before.credential == after.credential));
        CHECK(changes.deletion ==
              (before.is_deleted != after.is_deleted || before.deleted_utc != after.deleted_utc));
        CHECK(changes.needs_answer == (before.needs_answer() != after.needs_answer()));
    }
}

/// An integration as the vendor has it. What happens to it becomes messages that come late, in any
/// order, and more than once.
class Vendor {
  public:
    explicit Vendor(Dice& dice) : dice_(dice) { send(created(credential_, 0), 0); }

    void happen(int now) {
        switch (dice_.below(8)) {
            case 0:
                is_enabled_ = !is_enabled_;
                return send(is_enabled_ ? enabled : disabled, now);
            case 1:
                is_canceled_ = !is_canceled_;
                return send(is_canceled_ ? canceled : reinstated, now);
            case 2:
                credential_ = "K" + std::to_string(now);
                return send(key(credential_), now);
            default:
                return;
        }
    }

    /// The messages that come in now.
    [[nodiscard]] std::vector<Message> deliver(int now) {
        std::vector<Message> messages;
        const auto [first, last] = on_their_way_.equal_range(now);
        for (auto message = first; message != last; ++message)
            messages.push_back({message->second, now});
        on_their_way_.erase(first, last);
        return messages;
    }

    [[nodiscard]] VendorAnswer answer(int now) const {
        return {.asked = at(now),
                .is_enabled = is_enabled_,
                .is_canceled = is_canceled_,
                .credential = Secret{credential_}};
    }

  private:
    void send(const Event& event, int now) {
        for (std::size_t count = 1 + dice_.below(3); count != 0; --count)
            on_their_way_.emplace(now + static_cast<int>(dice_.below(20)), event);
    }

    Dice& dice_;
    bool is_enabled_ = true;
    bool is_canceled_ = false;
    std::string credential_ = "A";
    std::multimap<int, Event> on_their_way_;
};

TEST_CASE(
    "once all messages have come, and the vendor was asked if needed, all that is known is true") {
    Dice dice{16};
    std::size_t without_last_question = 0;
    for (int round = 0; round != 2000; ++round) {
        Vendor vendor{dice};
        std::vector<IntegrationState> receivers(2);
        const int end = 1 + static_cast<int>(dice.below(40));
        for (int now = 0; now != end + 20; ++now) {
            if (now > 0 && now < end) vendor.happen(now);
            IntegrationState& receiver = receivers[dice.below(2)];
            if (receiver.summary().needs_answer() && dice.one_in(4)) {
                VendorAnswer answer = vendor.answer(now);
                if (dice.one_in(2)) answer.credential.reset();
                if (dice.one_in(2)) answer.is_enabled.reset();
                receiver.take(answer);
            }
            for (const Message& message : vendor.deliver(now))
                take(receivers[dice.below(2)], message);
        }
        IntegrationState state = merged(receivers[0], receivers[1]);
        if (state.summary().needs_answer()) {
            state.take(vendor.answer(end + 20));
        } else {
            ++without_last_question;
        }
        const IntegrationSummary summary = state.summary();
        const VendorAnswer truth = vendor.answer(end + 20);
        CHECK_FALSE(summary.needs_answer());
        CHECK(summary.is_enabled.known() == truth.is_enabled);
        CHECK(summary.is_canceled.known() == truth.is_canceled);
        CHECK(summary.credential.known() == truth.credential);
        CHECK(summary.enterprise.known() == Enterprise{.id = "e1", .name = "Hotel"});
    }
    CHECK(without_last_question > 200);
}

}  // namespace
