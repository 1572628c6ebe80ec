/// @file
/// The wire contract: every documented object, its properties, and when each must be there.
///
/// This table is the one place for these facts: reading, writing, copying, printing, the JSON
/// Schema and docs/contract.md follow from it.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

#include <mews/webhooks/entities.hpp>
#include <mews/webhooks/general_events.hpp>
#include <mews/webhooks/integration_events.hpp>
#include <mews/webhooks/webhook.hpp>

namespace mews::webhooks {

/// Which contract a body is held against.
enum class Contract : std::uint8_t {
    observed,    ///< What is documented, and what is known to have been sent all the same.
    documented,  ///< What is documented, to the letter.
};

/// The contract's name: `"observed"`.
[[nodiscard]] constexpr std::string_view to_string(Contract contract) noexcept {
    return contract == Contract::documented ? "documented" : "observed";
}

namespace wire {

/// When a property must be there, and whether it may be null.
enum class Presence : std::uint8_t {
    required,  ///< Must be there, must not be null.
    nullable,  ///< Must be there, may be null.
    optional,  ///< May be absent, may be null.
};

/// A presence for each contract.
struct Presences {
    Presence documented;  ///< Under Contract::documented.
    Presence observed;    ///< Under Contract::observed.
};

/// How much of a property may be shown to people.
enum class Visibility : std::uint8_t {
    open,      ///< All of it.
    personal,  ///< Personal data: shown as `[masked]`.
    secret,    ///< A credential, or what may hold one: shown as `[redacted]`.
};

/// A property of an object. Its type on the wire follows from the member's.
template <class Struct, class Member>
struct Property {
    std::string_view name;    ///< On the wire.
    Member Struct::* member;  ///< What holds it.
    Presences presences;      ///< When it must be there.
    Visibility visibility;    ///< How much of it may be shown.
};

/// A property that has one presence under both contracts.
template <class Struct, class Member>
[[nodiscard]] constexpr auto property(std::string_view name, Member Struct::* member,
                                      Presence presence, Visibility visibility = Visibility::open) {
    return Property<Struct, Member>{name, member, {presence, presence}, visibility};
}

/// A property that has been observed to be otherwise than documented.
template <class Struct, class Member>
[[nodiscard]] constexpr auto property(std::string_view name, Member Struct::* member,
                                      Presences presences,
                                      Visibility visibility = Visibility::open) {
    return Property<Struct, Member>{name, member, presences, visibility};
}

/// The table's entry for a type. There are four kinds, told apart by what they have:
///
/// - an object: `name` and `properties`, in the order of the struct's members. As an alternative of
///   a tagged object its name is its tag, or it has `tags` and the member that holds which.
/// - a tagged object: the property `content` has the type that the property `tag` names. Becomes a
///   std::variant of the documented alternatives and a last one for all other tags.
/// - what becomes of such an unknown tag: an object with `is_unknown`, whose properties are the tag
///   itself, those of the content that are taken if they keep to the contract, and the content's
///   JSON text. Nothing in that content is a fault.
/// - a body of one of several `families`, a std::variant of them: a family for each name, and the
///   first that is a property of the body decides; if none is, it is the first family.
template <class T>
struct Description;

using enum Presence;
using enum Visibility;

/// @cond
// ── the body ────────────────────────────────────────────────────────────────────────────────────

/// The body that comes to an endpoint which is registered for both families.
template <class Text>
struct Description<BasicWebhook<Text>> {
    static constexpr auto families = std::array<std::string_view, 2>{"Action", "Events"};
};

/// The body of an Integration Webhook.
template <class Text>
struct Description<BasicEvent<Text>> {
    static constexpr std::string_view tag = "Action";
    static constexpr std::string_view content = "Data";
};

/// The body of a General Webhook.
template <class Text>
struct Description<BasicGeneralWebhook<Text>> {
    using Self = BasicGeneralWebhook<Text>;
    static constexpr std::string_view name = "GeneralWebhook";
    static constexpr auto properties = std::tuple{
        property("EnterpriseId", &Self::enterprise_id, required),
        property("IntegrationId", &Self::integration_id, required),
        property("Events", &Self::events, required),
    };
};

/// An element of `Events`.
template <class Text>
struct Description<BasicGeneralEvent<Text>> {
    static constexpr std::string_view tag = "Discriminator";
    static constexpr std::string_view content = "Value";
};

// ── `Data`, by `Action`: in the order of Action's enumerators ───────────────────────────────────

template <class Text>
struct Description<BasicIntegrationCreated<Text>> {
    using Self = BasicIntegrationCreated<Text>;
    static constexpr std::string_view name = "IntegrationCreated";
    static constexpr auto properties = std::tuple{
        property("Enterprise", &Self::enterprise, required),
        property("Service", &Self::service, optional),
        // Null in production since 2019; optional by the vendor's table since 2026-04-30.
        property("Requestor", &Self::requestor, {.documented = nullable, .observed = optional}),
        property("AccessToken", &Self::access_token, required, secret),
        property("CreatedUtc", &Self::created_utc, required),
        property("IsEnabled", &Self::is_enabled, required),
        property("Integration", &Self::integration, required),
    };
};

template <class Text>
struct Description<BasicIntegrationEnabled<Text>> {
    using Self = BasicIntegrationEnabled<Text>;
    static constexpr std::string_view name = "IntegrationEnabled";
    static constexpr auto properties = std::tuple{
        property("Integration", &Self::integration, required),
    };
};

template <class Text>
struct Description<BasicIntegrationDisabled<Text>> {
    using Self = BasicIntegrationDisabled<Text>;
    static constexpr std::string_view name = "IntegrationDisabled";
    static constexpr auto properties = std::tuple{
        property("Integration", &Self::integration, required),
    };
};

template <class Text>
struct Description<BasicIntegrationCanceled<Text>> {
    using Self = BasicIntegrationCanceled<Text>;
    static constexpr std::string_view name = "IntegrationCanceled";
    static constexpr auto properties = std::tuple{
        property("Integration", &Self::integration, required),
    };
};

template <class Text>
struct Description<BasicIntegrationReinstated<Text>> {
    using Self = BasicIntegrationReinstated<Text>;
    static constexpr std::string_view name = "IntegrationReinstated";
    static constexpr auto properties = std::tuple{
        property("Integration", &Self::integration, required),
    };
};

template <class Text>
struct Description<BasicIntegrationDeleted<Text>> {
    using Self = BasicIntegrationDeleted<Text>;
    static constexpr std::string_view name = "IntegrationDeleted";
    static constexpr auto properties = std::tuple{
        // Null in a capture of 2019-12, while the vendor's table said required.
        property("DeletedUtc", &Self::deleted_utc, {.documented = required, .observed = nullable}),
        property("Integration", &Self::integration, required),
    };
};

/// Added by the vendor on 2025-08-13.
template <class Text>
struct Description<BasicIntegrationApiKeyCreated<Text>> {
    using Self = BasicIntegrationApiKeyCreated<Text>;
    static constexpr std::string_view name = "IntegrationApiKeyCreated";
    static constexpr auto properties = std::tuple{
        property("Integration", &Self::integration, required),
        property("ApiKey", &Self::api_key, required, secret),
    };
};

template <class Text>
struct Description<BasicUnknownEvent<Text>> {
    using Self = BasicUnknownEvent<Text>;
    static constexpr bool is_unknown = true;
    static constexpr std::string_view name = "UnknownEvent";
    static constexpr auto properties = std::tuple{
        property("Action", &Self::action, required),
        property("Integration", &Self::integration, optional),
        property("Data", &Self::data, required, secret),
    };
};

// ── `Value`, by `Discriminator` ─────────────────────────────────────────────────────────────────

template <class Text>
struct Description<BasicEntityEvent<Text>> {
    using Self = BasicEntityEvent<Text>;
    static constexpr std::string_view name = "EntityEvent";
    static constexpr auto tag_member = &Self::discriminator;
    static constexpr auto tags = std::to_array<std::string_view>({
        "ServiceOrderUpdated",
        "ResourceUpdated",
        "MessageAdded",
        "ResourceBlockUpdated",
        "CustomerAdded",
        "CustomerUpdated",
        "PaymentUpdated",
    });
    static constexpr auto properties = std::tuple{
        property("Id", &Self::id, required),
    };
};

template <class Text>
struct Description<BasicUnknownEntityEvent<Text>> {
    using Self = BasicUnknownEntityEvent<Text>;
    static constexpr bool is_unknown = true;
    static constexpr std::string_view name = "UnknownEntityEvent";
    static constexpr auto properties = std::tuple{
        property("Discriminator", &Self::discriminator, required),
        property("Id", &Self::id, optional),
        property("Value", &Self::value, required, secret),
    };
};

// ── the objects inside `Data` ───────────────────────────────────────────────────────────────────

template <class Text>
struct Description<BasicEnterprise<Text>> {
    using Self = BasicEnterprise<Text>;
    static constexpr std::string_view name = "Enterprise";
    static constexpr auto properties = std::tuple{
        property("Id", &Self::id, required),
        property("Name", &Self::name, required),
    };
};

template <class Text>
struct Description<BasicService<Text>> {
    using Self = BasicService<Text>;
    static constexpr std::string_view name = "Service";
    static constexpr auto properties = std::tuple{
        property("Id", &Self::id, required),
        property("Name", &Self::name, required),
    };
};

template <class Text>
struct Description<BasicRequestor<Text>> {
    using Self = BasicRequestor<Text>;
    static constexpr std::string_view name = "Requestor";
    static constexpr auto properties = std::tuple{
        property("Name", &Self::name, required, personal),
        property("Email", &Self::email, required, personal),
    };
};

template <class Text>
struct Description<BasicIntegration<Text>> {
    using Self = BasicIntegration<Text>;
    static constexpr std::string_view name = "Integration";
    static constexpr auto properties = std::tuple{
        property("Id", &Self::id, required),
        property("Name", &Self::name, required),
    };
};

/// @endcond

}  // namespace wire
}  // namespace mews::webhooks
