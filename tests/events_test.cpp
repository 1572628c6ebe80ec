/// @file
/// The value types: what they are made of, when they are equal, what can be asked of any event.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"

using namespace mews::webhooks;
using namespace std::string_view_literals;

// ── Shapes, at compile time ─────────────────────────────────────────────────────────────────────

static_assert(std::is_same_v<Enterprise, BasicEnterprise<std::string>>);
static_assert(std::is_same_v<EnterpriseView, BasicEnterprise<std::string_view>>);
static_assert(std::is_same_v<ServiceView, BasicService<std::string_view>>);
static_assert(std::is_same_v<RequestorView, BasicRequestor<std::string_view>>);
static_assert(std::is_same_v<IntegrationView, BasicIntegration<std::string_view>>);
static_assert(std::is_same_v<Secret, BasicSecret<std::string>>);
static_assert(std::is_same_v<SecretView, BasicSecret<std::string_view>>);

static_assert(std::is_same_v<
              Event, std::variant<IntegrationCreated, IntegrationEnabled, IntegrationDisabled,
                                  IntegrationCanceled, IntegrationReinstated, IntegrationDeleted,
                                  IntegrationApiKeyCreated, UnknownEvent>>);
static_assert(
    std::is_same_v<EventView, std::variant<IntegrationCreatedView, IntegrationEnabledView,
                                           IntegrationDisabledView, IntegrationCanceledView,
                                           IntegrationReinstatedView, IntegrationDeletedView,
                                           IntegrationApiKeyCreatedView, UnknownEventView>>);

template <class... Types>
constexpr bool all_aggregates = (std::is_aggregate_v<Types> && ...);
static_assert(all_aggregates<Enterprise, Service, Requestor, Integration, IntegrationCreated,
                             IntegrationEnabled, IntegrationDisabled, IntegrationCanceled,
                             IntegrationReinstated, IntegrationDeleted, IntegrationApiKeyCreated,
                             UnknownEvent>);

static_assert(std::is_same_v<decltype(IntegrationCreated::service), std::optional<Service>>);
static_assert(std::is_same_v<decltype(IntegrationCreated::requestor), std::optional<Requestor>>);
static_assert(std::is_same_v<decltype(IntegrationCreated::access_token), Secret>);
static_assert(std::is_same_v<decltype(IntegrationCreated::created_utc), Timestamp>);
static_assert(std::is_same_v<decltype(IntegrationCreated::is_enabled), bool>);
static_assert(std::is_same_v<decltype(IntegrationDeleted::deleted_utc), std::optional<Timestamp>>);
static_assert(std::is_same_v<decltype(IntegrationApiKeyCreated::api_key), Secret>);
static_assert(std::is_same_v<decltype(UnknownEvent::action), std::string>);
static_assert(std::is_same_v<decltype(UnknownEvent::integration), std::optional<Integration>>);
static_assert(std::is_same_v<decltype(UnknownEvent::data), Secret>);

static_assert(std::is_trivially_copyable_v<EventView>, "a view is cheap to pass on");
static_assert(std::is_nothrow_move_constructible_v<Event>);
static_assert(std::is_same_v<std::underlying_type_t<Action>, std::uint8_t>);
static_assert(std::is_same_v<decltype(to_owned(std::declval<EventView>())), Event>);

// Asked at compile time.
static_assert(action_of(EventView{IntegrationDeletedView{}}) == Action::integration_deleted);
static_assert(to_string(Action::integration_deleted) == "IntegrationDeleted");

namespace {

constexpr Timestamp some_time{Timestamp::duration{17'092'116'301'234'567}};
constexpr IntegrationView integration_view{"e2a94c70-3b1d-4f68-95ce-b1c200e4a903"sv, "Locks"sv};

struct Row {
    Action action;
    std::string_view name;
    EventView view;
    Event event;
};

/// An event of each action, borrowed and owned, with a value in each member.
const std::vector<Row>& rows() {
    const Integration integration{"e2a94c70-3b1d-4f68-95ce-b1c200e4a903", "Locks"};
    static const std::vector<Row> table = {
        {Action::integration_created, "IntegrationCreated",
         IntegrationCreatedView{{"enterprise", "Arms"},
                                ServiceView{"service", "Lodging"},
                                RequestorView{"Ida Invented", "ida@example.com"},
                                SecretView{"INVENTED-TOKEN"},
                                some_time,
                                true,
                                integration_view},
         IntegrationCreated{{"enterprise", "Arms"},
                            Service{"service", "Lodging"},
                            Requestor{"Ida Invented", "ida@example.com"},
                            Secret{"INVENTED-TOKEN"},
                            some_time,
                            true,
                            integration}},
        {Action::integration_enabled, "IntegrationEnabled",
         IntegrationEnabledView{integration_view}, IntegrationEnabled{integration}},
        {Action::integration_disabled, "IntegrationDisabled",
         IntegrationDisabledView{integration_view}, IntegrationDisabled{integration}},
        {Action::integration_canceled, "IntegrationCanceled",
         IntegrationCanceledView{integration_view}, IntegrationCanceled{integration}},
        {Action::integration_reinstated, "IntegrationReinstated",
         IntegrationReinstatedView{integration_view}, IntegrationReinstated{integration}},
        {Action::integration_deleted, "IntegrationDeleted",
         IntegrationDeletedView{some_time, integration_view},
         IntegrationDeleted{some_time, integration}},
        {Action::integration_api_key_created, "IntegrationApiKeyCreated",
         IntegrationApiKeyCreatedView{integration_view, SecretView{"INVENTED-KEY"}},
         IntegrationApiKeyCreated{integration, Secret{"INVENTED-KEY"}}},
        {Action::unknown, "Unknown",
         UnknownEventView{"IntegrationRenamed", integration_view, SecretView{"{}"}},
         UnknownEvent{"IntegrationRenamed", integration, Secret{"{}"}}},
    };
    return table;
}

}  // namespace

TEST_CASE("every action has its event and its name") {
    INFO("rows() in tests/events_test.cpp needs a row for each alternative of Event, in its order");
    REQUIRE(rows().size() == std::variant_size_v<Event>);
    for (std::size_t i = 0; i != rows().size(); ++i) {
        const Row& row = rows()[i];
        INFO(row.name);
        CHECK(static_cast<std::size_t>(row.action) == i);
        CHECK(row.event.index() == i);
        CHECK((action_of(row.event) == row.action));
        CHECK((action_of(row.view) == row.action));
        CHECK(to_string(row.action) == row.name);
    }
}

TEST_CASE("numbers that are no action have the name of an unknown one") {
    for (int number = static_cast<int>(Action::unknown); number != 256; ++number)
        CHECK(to_string(static_cast<Action>(number)) == "Unknown");
}

TEST_CASE("integration_of points into the event") {
    for (const Row& row : rows()) {
        INFO(row.name);
        const Integration* const integration = integration_of(row.event);
        REQUIRE(integration != nullptr);
        CHECK((*integration == Integration{"e2a94c70-3b1d-4f68-95ce-b1c200e4a903", "Locks"}));
        const auto* const address = reinterpret_cast<const char*>(integration);
        const auto* const begin = reinterpret_cast<const char*>(&row.event);
        CHECK((address >= begin && address < begin + sizeof(Event)));
        const IntegrationView* const borrowed = integration_of(row.view);
        REQUIRE(borrowed != nullptr);
        CHECK((*borrowed == integration_view));
    }
    CHECK(integration_of(Event{UnknownEvent{}}) == nullptr);
    CHECK(integration_of(EventView{UnknownEventView{}}) == nullptr);
}

TEST_CASE("to_owned copies every text and every other value") {
    for (const Row& row : rows()) {
        INFO(row.name);
        CHECK((to_owned(row.view) == row.event));
    }
    // Without what may be missing.
    CHECK((to_owned(EventView{IntegrationCreatedView{}}) == Event{IntegrationCreated{}}));
    CHECK((to_owned(EventView{IntegrationDeletedView{}}) == Event{IntegrationDeleted{}}));
    CHECK((to_owned(EventView{UnknownEventView{}}) == Event{UnknownEvent{}}));
}

TEST_CASE("what to_owned returns does not depend on what the view borrowed from") {
    std::string id = "a rather long identifier, which no string keeps in itself";
    std::string data = R"({"Token":"INVENTED-TOKEN-THAT-IS-LONG-ENOUGH-NOT-TO-BE-KEPT-INSIDE"})";
    const std::string id_before = id;
    const std::string data_before = data;
    const EventView view =
        UnknownEventView{id, IntegrationView{id, std::string_view{id}.substr(2)}, SecretView{data}};
    const Event event = to_owned(view);
    id.assign(id.size(), '#');
    data.assign(data.size(), '#');
    CHECK((event == Event{UnknownEvent{id_before, Integration{id_before, id_before.substr(2)},
                                       Secret{data_before}}}));
}

TEST_CASE("texts may hold anything, zero bytes too") {
    const EventView view =
        IntegrationEnabledView{{std::string_view{"a\0b", 3}, std::string_view{"\0", 1}}};
    const Event event = to_owned(view);
    CHECK((*integration_of(event) == Integration{std::string("a\0b", 3), std::string(1, '\0')}));
}

namespace {

template <class Value, class Change>
void check_tells_apart(const Value& value, Change&& change) {
    Value other = value;
    CHECK((other == value));
    CHECK_FALSE((other != value));
    change(other);
    CHECK((other != value));
    CHECK_FALSE((other == value));
    CHECK((Event{other} != Event{value}));
}

}  // namespace

TEST_CASE("events are equal when all their members are") {
    const auto& created = std::get<IntegrationCreated>(rows()[0].event);
    using Created = IntegrationCreated;
    check_tells_apart(created, [](Created& event) { event.enterprise.id += 'x'; });
    check_tells_apart(created, [](Created& event) { event.enterprise.name.clear(); });
    check_tells_apart(created, [](Created& event) { event.service->id[0] = 'S'; });
    check_tells_apart(created, [](Created& event) { event.service->name += ' '; });
    check_tells_apart(created, [](Created& event) { event.service.reset(); });
    check_tells_apart(created, [](Created& event) { event.service = Service{}; });
    check_tells_apart(created, [](Created& event) { event.requestor->name += '\0'; });
    check_tells_apart(created, [](Created& event) { event.requestor->email += 'x'; });
    check_tells_apart(created, [](Created& event) { event.requestor.reset(); });
    check_tells_apart(created, [](Created& event) { event.access_token = Secret{"INVENTED"}; });
    check_tells_apart(created, [](Created& event) { event.created_utc += Timestamp::duration{1}; });
    check_tells_apart(created, [](Created& event) { event.is_enabled = false; });
    check_tells_apart(created, [](Created& event) { event.integration.id += 'x'; });
    check_tells_apart(created, [](Created& event) { event.integration.name += 'x'; });

    const auto& deleted = std::get<IntegrationDeleted>(rows()[5].event);
    using Deleted = IntegrationDeleted;
    check_tells_apart(deleted, [](Deleted& event) { event.deleted_utc.reset(); });
    check_tells_apart(deleted,
                      [](Deleted& event) { *event.deleted_utc -= Timestamp::duration{1}; });
    check_tells_apart(deleted, [](Deleted& event) { event.integration.id += 'x'; });

    const auto& key_created = std::get<IntegrationApiKeyCreated>(rows()[6].event);
    using KeyCreated = IntegrationApiKeyCreated;
    check_tells_apart(key_created, [](KeyCreated& event) { event.api_key = Secret{}; });
    check_tells_apart(key_created, [](KeyCreated& event) { event.integration.name += 'x'; });

    const auto& unknown = std::get<UnknownEvent>(rows()[7].event);
    using Unknown = UnknownEvent;
    check_tells_apart(unknown, [](Unknown& event) { event.action += 'x'; });
    check_tells_apart(unknown, [](Unknown& event) { event.integration.reset(); });
    check_tells_apart(unknown, [](Unknown& event) { event.integration->id += 'x'; });
    check_tells_apart(unknown, [](Unknown& event) { event.data = Secret{"{ }"}; });

    const auto& enabled = std::get<IntegrationEnabled>(rows()[1].event);
    check_tells_apart(enabled, [](IntegrationEnabled& event) { event.integration.id += 'x'; });
}

TEST_CASE("events of different actions are never equal") {
    for (const Row& left : rows()) {
        for (const Row& right : rows()) {
            CHECK((left.event == right.event) == (&left == &right));
            CHECK((left.view == right.view) == (&left == &right));
        }
    }
}

TEST_CASE("events are visited as any variant is") {
    std::vector<std::string> seen;
    for (const Row& row : rows()) {
        std::visit(
            [&](const auto& event) {
                using Happened = std::remove_cvref_t<decltype(event)>;
                if constexpr (std::is_same_v<Happened, IntegrationCreated>) {
                    seen.push_back(event.enterprise.name);
                } else if constexpr (std::is_same_v<Happened, UnknownEvent>) {
                    seen.push_back(event.action);
                } else {
                    seen.push_back(event.integration.name);
                }
            },
            row.event);
    }
    CHECK(seen == std::vector<std::string>{"Arms", "Locks", "Locks", "Locks", "Locks", "Locks",
                                           "Locks", "IntegrationRenamed"});
}

#if defined(__cpp_exceptions)
namespace {

/// What an assignment that threw can leave behind: an event without a value.
Event valueless() {
    struct Thrower {
        operator IntegrationEnabled() const { throw 0; }  // NOLINT: converts to throw
    };
    Event event;
    try {
        event.emplace<IntegrationEnabled>(Thrower{});
    } catch (int) {
    }
    return event;
}

}  // namespace

TEST_CASE("an event that lost its value to an exception is of an unknown action") {
    const Event event = valueless();
    REQUIRE(event.valueless_by_exception());
    CHECK((action_of(event) == Action::unknown));
    CHECK(integration_of(event) == nullptr);
}
#endif
