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

#if __has_include(<mews/webhooks/events.hpp>)
#include <mews/webhooks/events.hpp>  // All that this suite needs: neither simdjson nor print.hpp.
#else
#include <mews/webhooks.hpp>
#endif

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
static_assert(std::is_same_v<decltype(to_owned(IntegrationDeletedView{})), IntegrationDeleted>);
static_assert(std::is_same_v<decltype(to_owned(UnknownEventView{})), UnknownEvent>);
static_assert(std::is_same_v<decltype(to_owned(ServiceView{})), Service>);
static_assert(std::is_same_v<decltype(to_owned(Event{})), Event>);

// Asked at compile time.
static_assert(action_of(EventView{IntegrationDeletedView{}}) == Action::integration_deleted);
static_assert(to_string(Action::integration_deleted) == "IntegrationDeleted");
static_assert(action_named("IntegrationDeleted") == Action::integration_deleted);
static_assert(match(
                  EventView{IntegrationDeletedView{}},
                  [](const IntegrationDeletedView&) { return 1; },
                  [](const auto&) { return 2; }) == 1);

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
        CHECK(action_named(row.name) == row.action);
        const bool is_unknown = row.action == Action::unknown;
        CHECK(action_name(row.event) == (is_unknown ? "IntegrationRenamed" : row.name));
        CHECK(action_name(row.view) == action_name(row.event));
    }
}

TEST_CASE("a name that is not documented is of an unknown action") {
    for (const std::string_view name :
         {"", "Integration", "integrationDeleted", "IntegrationDeletedX", "IntegrationDelete",
          "UnknownEvent", "EntityEvent", "ServiceOrderUpdated"}) {
        INFO(name);
        CHECK(action_named(name) == Action::unknown);
    }
    const EventView event = UnknownEventView{"", {}, {}};
    CHECK(action_name(event).empty());
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
    const Event without = UnknownEvent{};
    CHECK(integration_of(without) == nullptr);
    const EventView view_without = UnknownEventView{};
    CHECK(integration_of(view_without) == nullptr);
}

TEST_CASE("to_owned copies every string and every other value") {
    for (const Row& row : rows()) {
        INFO(row.name);
        CHECK((to_owned(row.view) == row.event));
        CHECK(std::visit([](const auto& view) { return Event{to_owned(view)}; }, row.view) ==
              row.event);
        CHECK(to_owned(row.event) == row.event);
    }
    CHECK(to_owned(integration_view) == *integration_of(rows()[0].event));
    CHECK(to_owned(RequestorView{"Ida", "ida@example.com"}) == Requestor{"Ida", "ida@example.com"});
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

TEST_CASE("strings may hold anything, zero bytes too") {
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

// ── match ───────────────────────────────────────────────────────────────────────────────────────

TEST_CASE("match calls the handler of the alternative, or the generic one") {
    std::vector<std::string> owned;
    std::vector<std::string> borrowed;
    for (const Row& row : rows()) {
        owned.push_back(match(
            row.event, [](const IntegrationCreated& created) { return created.enterprise.name; },
            [](const UnknownEvent& unknown) { return unknown.action; },
            [](const auto& other) { return other.integration.name; }));
        borrowed.emplace_back(match(
            row.view, [](const IntegrationCreatedView& created) { return created.enterprise.name; },
            [](const UnknownEventView& unknown) { return unknown.action; },
            [](const auto& other) { return other.integration.name; }));
    }
    CHECK(owned == std::vector<std::string>{"Arms", "Locks", "Locks", "Locks", "Locks", "Locks",
                                            "Locks", "IntegrationRenamed"});
    CHECK(borrowed == owned);
}

TEST_CASE("match takes a handler for each alternative, without a generic one") {
    std::string which;
    const auto handle = [&](const Event& event) {
        match(
            event, [&](const IntegrationCreated&) { which += '0'; },
            [&](const IntegrationEnabled&) { which += '1'; },
            [&](const IntegrationDisabled&) { which += '2'; },
            [&](const IntegrationCanceled&) { which += '3'; },
            [&](const IntegrationReinstated&) { which += '4'; },
            [&](const IntegrationDeleted&) { which += '5'; },
            [&](const IntegrationApiKeyCreated&) { which += '6'; },
            [&](const UnknownEvent&) { which += '7'; });
    };
    for (const Row& row : rows())
        handle(row.event);
    CHECK(which == "01234567");
}

TEST_CASE("match takes handlers of any kind: mutable, noexcept, by value, by name") {
    struct Named {
        std::string operator()(const IntegrationDeleted&) const noexcept { return "named"; }
    };
    const Named named;
    std::size_t calls = 0;
    const std::pair<Event, std::string_view> expected[] = {{IntegrationDeleted{}, "named"},
                                                           {IntegrationEnabled{}, "by value"},
                                                           {IntegrationCreated{}, "mutable"},
                                                           {IntegrationDisabled{}, "both"},
                                                           {UnknownEvent{}, "generic"}};
    for (const auto& [event, name] : expected) {
        CHECK(match(
                  event, named,
                  [](IntegrationEnabled) noexcept -> std::string { return "by value"; },
                  [&total = calls, count = calls](const IntegrationCreated&) mutable {
                      total = ++count;
                      return std::string{"mutable"};
                  },
                  [count = calls](const IntegrationDisabled&) mutable noexcept -> std::string {
                      return ++count == 2 ? "both" : "";
                  },
                  [](const auto&) -> std::string { return "generic"; }) == name);
    }
    CHECK(calls == 1);
}

TEST_CASE("match gives what handlers return, references too, and moves from an rvalue") {
    std::string other;
    Event event = IntegrationEnabled{{"i", "a name that no string holds in itself"}};
    match(
        event, [](IntegrationEnabled& enabled) -> std::string& { return enabled.integration.name; },
        [&](auto&) -> std::string& { return other; }) = "Till";
    CHECK(integration_of(event)->name == "Till");
    const std::string name = match(
        std::move(event),
        [](IntegrationEnabled&& enabled) { return std::move(enabled.integration.name); },
        [](auto&&) { return std::string{}; });
    CHECK(name == "Till");
}

TEST_CASE("match visits the events of a General Webhook, and a body of either family") {
    const auto name_of = [](const auto& event) {
        return match(
            event,
            [](const EntityEvent& known) { return std::string{to_string(known.discriminator)}; },
            [](const UnknownEntityEvent& unknown) { return unknown.discriminator; });
    };
    CHECK(name_of(GeneralEvent{EntityEvent{Discriminator::message_added, "e"}}) == "MessageAdded");
    CHECK(name_of(GeneralEvent{UnknownEntityEvent{"ProductDeleted", {}, {}}}) == "ProductDeleted");
    const auto count_of = [](const Webhook& webhook) {
        return match(
            webhook, [](const Event&) { return std::size_t{1}; },
            [](const GeneralWebhook& general) { return general.events.size(); });
    };
    CHECK(count_of(Event{IntegrationEnabled{}}) == 1);
    CHECK(count_of(GeneralWebhook{"e", "i", {EntityEvent{}, EntityEvent{}}}) == 2);
    CHECK(match(
              WebhookView{EventView{IntegrationDeletedView{}}},
              [](const EventView& event) { return action_of(event); },
              [](const GeneralWebhookView&) { return Action::unknown; }) ==
          Action::integration_deleted);
}

TEST_CASE("a test library prints values, without secrets and personal data") {
    const auto shown = [](const auto& value) { return Catch::Detail::stringify(value); };
    CHECK(shown(rows()[5].event) ==
          R"(IntegrationDeleted {DeletedUtc: 2024-02-29T13:00:30.1234567Z, Integration: )"
          R"({Id: "e2a94c70-3b1d-4f68-95ce-b1c200e4a903", Name: "Locks"}})");
    CHECK(shown(rows()[6].view) == shown(rows()[6].event));
    CHECK(shown(std::get<IntegrationApiKeyCreated>(rows()[6].event)).find("INVENTED") ==
          std::string::npos);
    CHECK(shown(Secret{"INVENTED-TOKEN"}) == "[redacted]");
    CHECK(shown(Requestor{"Ida", "ida@example.com"}) ==
          "Requestor {Name: [masked], Email: [masked]}");
    CHECK(shown(std::optional<Service>{}) == "null");
    CHECK(shown(Action::integration_created) == "IntegrationCreated");
    CHECK(shown(Contract::observed) == "observed");
    CHECK(shown(GeneralEvent{EntityEvent{Discriminator::customer_added, "c"}}) ==
          R"(CustomerAdded {Id: "c"})");
}

// ── reflection ──────────────────────────────────────────────────────────────────────────────────

TEST_CASE("the table can be asked what an object has") {
    struct Row {
        std::string_view name;
        std::string_view type;
        wire::Presence documented;
        wire::Presence observed;
        wire::Visibility visibility;

        bool operator==(const Row&) const = default;
    };
    using enum wire::Presence;
    using enum wire::Visibility;
    std::vector<Row> properties;
    wire::for_each_property<IntegrationCreated>([&](auto property) {
        using Value = typename decltype(property)::Value;
        Row row{property.name,
                {},
                property.presence(Contract::documented),
                property.presence(Contract::observed),
                property.visibility};
        if constexpr (wire::Object<Value>) {
            row.type = wire::Description<Value>::name;
        } else {
            row.type = wire::Type<Value>::name;
        }
        properties.push_back(row);
    });
    const std::vector<Row> expected = {
        {"Enterprise", "Enterprise", required, required, open},
        {"Service", "Service", wire::optional, wire::optional, open},
        {"Requestor", "Requestor", nullable, wire::optional, open},
        {"AccessToken", "string, a live credential", required, required, secret},
        {"CreatedUtc", "string, ISO 8601 in UTC", required, required, open},
        {"IsEnabled", "bool", required, required, open},
        {"Integration", "Integration", required, required, open},
    };
    CHECK((properties == expected));
}

TEST_CASE("the table can be asked for the members of a value") {
    // As a program does that lists what is personal.
    std::vector<std::string> personal;
    const Requestor requestor{"Ida", "ida@example.com"};
    wire::for_each_property<Requestor>([&](auto property) {
        if constexpr (property.visibility == wire::personal) {
            personal.push_back(requestor.*property.member);
        }
    });
    CHECK(personal == std::vector<std::string>{"Ida", "ida@example.com"});
    std::vector<std::string_view> seen;
    CHECK(wire::any_property<Requestor>([&](auto property) {
        seen.push_back(property.name);
        return property.name == "Name";
    }));
    CHECK(seen == std::vector<std::string_view>{"Name"});
    CHECK_FALSE(wire::any_property<Requestor>([](auto property) { return property.name == "Id"; }));
    static_assert(wire::property_count<IntegrationCreated> == 7);
    static_assert(
        std::is_same_v<wire::PropertyAt<IntegrationCreated, 1>::Type, std::optional<Service>>);
    static_assert(std::is_same_v<wire::PropertyAt<IntegrationCreated, 1>::Value, Service>);
    static_assert(wire::PropertyAt<IntegrationDeleted, 1>::index == 1);
}

TEST_CASE("the table can be asked for tags") {
    const auto& names = wire::tags<Event>;
    REQUIRE(names.size() == rows().size() - 1);
    for (std::size_t i = 0; i != names.size(); ++i) {
        CHECK(names[i] == rows()[i].name);
        CHECK(wire::index_of_tag<Event>(names[i]) == i);
        CHECK(std::visit([](const auto& event) { return wire::tag_of(event); }, rows()[i].event) ==
              names[i]);
    }
    CHECK(wire::index_of_tag<Event>("IntegrationRenamed") == names.size());
    const UnknownEvent unknown{"IntegrationRenamed", {}, {}};
    CHECK(wire::tag_of(unknown) == "IntegrationRenamed");

    // An alternative may stand for several tags.
    const std::vector<std::string_view> discriminators(wire::tags<GeneralEvent>.begin(),
                                                       wire::tags<GeneralEvent>.end());
    CHECK(discriminators == std::vector<std::string_view>{"ServiceOrderUpdated", "ResourceUpdated",
                                                          "MessageAdded", "ResourceBlockUpdated",
                                                          "CustomerAdded", "CustomerUpdated",
                                                          "PaymentUpdated"});
    EntityEvent event;
    wire::set_tag(event, wire::index_of_tag<GeneralEvent>("MessageAdded"));
    CHECK(event.discriminator == Discriminator::message_added);
    CHECK(wire::tag_of(event) == "MessageAdded");
    static_assert(wire::tags_of<IntegrationDeleted>().size() == 1);
    static_assert(wire::tags_of<UnknownEvent>().empty());

    std::vector<std::string_view> visited;
    for (std::size_t index = 0; index != 9; ++index) {
        wire::visit_alternative<GeneralEvent>(index, [&]<class T>(std::type_identity<T>) {
            visited.push_back(wire::Description<T>::name);
        });
    }
    std::vector<std::string_view> expected(7, "EntityEvent");
    expected.resize(9, "UnknownEntityEvent");
    CHECK(visited == expected);
}

TEST_CASE("the table's kinds of types exclude one another") {
    static_assert(wire::Object<Event> == false && wire::Tagged<Event> && !wire::Families<Event>);
    static_assert(wire::Tagged<GeneralEventView> && wire::Families<Webhook> &&
                  !wire::Tagged<Webhook>);
    static_assert(wire::Object<GeneralWebhook> && wire::Object<Integration> &&
                  wire::Object<IntegrationCreatedView>);
    static_assert(wire::UnknownObject<UnknownEvent> && !wire::UnknownObject<IntegrationDeleted>);
    static_assert(wire::Scalar<std::string> && wire::Scalar<Secret> && wire::Scalar<Timestamp> &&
                  wire::Scalar<bool> && !wire::Scalar<Service>);
    static_assert(wire::List<std::vector<GeneralEvent>> && !wire::List<std::string> &&
                  !wire::List<std::vector<std::string>>);
    static_assert(!wire::Described<std::string> && !wire::Described<std::optional<Service>>);
    std::vector<std::size_t> sizes;
    wire::for_each_alternative<Webhook>(
        [&]<class Family>(std::type_identity<Family>) { sizes.push_back(sizeof(Family)); });
    CHECK(sizes == std::vector<std::size_t>{sizeof(Event), sizeof(GeneralWebhook)});
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
    CHECK(action_name(event) == "Unknown");
}
#endif
