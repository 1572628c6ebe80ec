/// @file
/// The wire contract: each documented name, the member that holds it, and when it must be there.
///
/// `wire::Table` is the one place for these facts. Decoding, writing, owning and printing walk it,
/// so that a new property is one line here and one member, and a new event one struct, one entry
/// here and one alternative of Event.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <mews/webhooks/actions.hpp>

namespace mews::webhooks {

/// Which contract a body is held against.
enum class Contract : std::uint8_t {
    observed,    ///< What has been documented, and what is known to have been sent all the same.
    documented,  ///< What has been documented, to the letter.
};

namespace wire {

/// When a property must be there, and whether it may be null.
enum class Presence : std::uint8_t {
    required,  ///< Must be there, must not be null.
    nullable,  ///< Must be there, may be null.
    optional,  ///< May be absent, may be null.
};

/// Whether what stands in a property may be shown. (Credentials are kept by their type,
/// BasicSecret.)
enum class Privacy : std::uint8_t {
    open,      ///< May be shown.
    personal,  ///< Personal data: shown masked.
};

/// A name of the wire, usable as a template argument.
template <std::size_t Size>
struct Name {
    char text[Size]{};  ///< With its terminator.

    /// From a string literal.
    consteval Name(const char (&literal)[Size]) {  // NOLINT(google-explicit-constructor): from "…"
        for (std::size_t i = 0; i != Size; ++i)
            text[i] = literal[i];
    }

    /// The name, without its terminator.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {text, Size - 1}; }
};

/// What a pointer to a member points to.
template <class MemberPointer>
struct MemberTraits;

/// @copydoc MemberTraits
template <class Owner, class Member>
struct MemberTraits<Member Owner::*> {
    using Type = Member;  ///< The member's type.
};

/// Whether a type is a std::optional.
template <class T>
inline constexpr bool is_optional = false;

template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// One property: its name on the wire, the member that holds it, and its presence under both
/// contracts. Its type on the wire follows from the member's: a text or a secret is a string, a
/// Timestamp a string in ISO 8601, a bool a bool, a described type an object.
template <Name WireName, auto Member, Presence Documented, Presence Observed = Documented,
          Privacy Shown = Privacy::open>
struct Property {
    using Type = typename MemberTraits<decltype(Member)>::Type;  ///< The member's type.

    static constexpr std::string_view name = WireName.view();  ///< The name on the wire.
    static constexpr auto member = Member;                     ///< The pointer to the member.
    static constexpr Privacy privacy = Shown;                  ///< Whether it may be shown.

    /// When it must be there under a contract.
    static constexpr Presence presence(Contract contract) noexcept {
        return contract == Contract::documented ? Documented : Observed;
    }

    static_assert(is_optional<Type> ||
                      (Documented == Presence::required && Observed == Presence::required),
                  "a property that may be absent or null needs a std::optional member");
    static_assert(name.find_first_of("~/\"\\") == std::string_view::npos,
                  "a name stands in JSON texts and JSON Pointers as it is");
};

/// A list of types.
template <class... Types>
struct List {
    static constexpr std::size_t size = sizeof...(Types);  ///< How many.
};

/// A documented object: the struct it becomes, its name, and its properties in documented order.
template <class Struct, Name WireName, class... Members>
struct Object {
    using Type = Struct;                  ///< The struct it becomes.
    using Properties = List<Members...>;  ///< Its properties, in documented order.

    static constexpr std::string_view name = WireName.view();  ///< Its name on the wire.
};

/// The contract.
template <class Text>
struct Table {
    static constexpr std::string_view action = "Action";  ///< The body's: a string, required.
    static constexpr std::string_view data = "Data";      ///< The body's: an object, required.

  private:
    // Short names for the lists below.
    using enum Presence;
    using enum Privacy;

    using Enterprise = BasicEnterprise<Text>;
    using Service = BasicService<Text>;
    using Requestor = BasicRequestor<Text>;
    using Integration = BasicIntegration<Text>;

  public:
    /// The objects that stand inside `Data`.
    using Entities = List<                                      //
        Object<Enterprise, "Enterprise",                        //
               Property<"Id", &Enterprise::id, required>,       //
               Property<"Name", &Enterprise::name, required>>,  //
        Object<Service, "Service",                              //
               Property<"Id", &Service::id, required>,          //
               Property<"Name", &Service::name, required>>,     //
        Object<Requestor, "Requestor",                          //
               Property<"Name", &Requestor::name, required, required, personal>,
               Property<"Email", &Requestor::email, required, required, personal>>,
        Object<Integration, "Integration",                  //
               Property<"Id", &Integration::id, required>,  //
               Property<"Name", &Integration::name, required>>>;

  private:
    using Created = BasicIntegrationCreated<Text>;
    using Enabled = BasicIntegrationEnabled<Text>;
    using Disabled = BasicIntegrationDisabled<Text>;
    using Canceled = BasicIntegrationCanceled<Text>;
    using Reinstated = BasicIntegrationReinstated<Text>;
    using Deleted = BasicIntegrationDeleted<Text>;
    using ApiKeyCreated = BasicIntegrationApiKeyCreated<Text>;

  public:
    /// `Data`, by `Action`: in the order of Action's enumerators.
    using Events =
        List<Object<Created, "IntegrationCreated",                           //
                    Property<"Enterprise", &Created::enterprise, required>,  //
                    Property<"Service", &Created::service, optional>,        //
                    // Null in production since 2019; the vendor's table says optional since
                    // 2026-04-30.
                    Property<"Requestor", &Created::requestor, nullable, optional>,  //
                    Property<"AccessToken", &Created::access_token, required>,       //
                    Property<"CreatedUtc", &Created::created_utc, required>,         //
                    Property<"IsEnabled", &Created::is_enabled, required>,           //
                    Property<"Integration", &Created::integration, required>>,       //
             Object<Enabled, "IntegrationEnabled",                                   //
                    Property<"Integration", &Enabled::integration, required>>,       //
             Object<Disabled, "IntegrationDisabled",                                 //
                    Property<"Integration", &Disabled::integration, required>>,      //
             Object<Canceled, "IntegrationCanceled",                                 //
                    Property<"Integration", &Canceled::integration, required>>,      //
             Object<Reinstated, "IntegrationReinstated",                             //
                    Property<"Integration", &Reinstated::integration, required>>,    //
             Object<Deleted, "IntegrationDeleted",                                   //
                                                    // Null in a capture of 2019-12, while the
                                                    // vendor's table said required.
                    Property<"DeletedUtc", &Deleted::deleted_utc, required, nullable>,  //
                    Property<"Integration", &Deleted::integration, required>>,          //
             // Added by the vendor on 2025-08-13.
             Object<ApiKeyCreated, "IntegrationApiKeyCreated",                       //
                    Property<"Integration", &ApiKeyCreated::integration, required>,  //
                    Property<"ApiKey", &ApiKeyCreated::api_key, required>>>;
};

}  // namespace wire
}  // namespace mews::webhooks
