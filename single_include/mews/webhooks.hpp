// mews-webhooks 1.0.0: the single header. It needs simdjson beside it.
// Made by tools/generate from the headers in include/: change those, not this.
//
// MIT License
//
// Copyright (c) 2026 the mews-webhooks authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.

/// @file
/// mews-webhooks: typed events from the Integration Webhooks of Mews. Unofficial.
///
/// The tour, in the order in which the headers build on one another:
///
///     mews/webhooks/version.hpp    the version, for the preprocessor
///     mews/webhooks/secret.hpp     credentials that cannot be printed
///     mews/webhooks/timestamp.hpp  instants, and their text on the wire
///     mews/webhooks/entities.hpp   Enterprise, Service, Requestor, Integration
///     mews/webhooks/actions.hpp    what can happen: a struct for each Action
///     mews/webhooks/contract.hpp   the table: every name, its member, its presence
///     mews/webhooks/events.hpp     Event: a variant of all that can happen
///     mews/webhooks/error.hpp      what was wrong with a body, and where
///     mews/webhooks/result.hpp     an event or an error
///     mews/webhooks/options.hpp    which contract, and the limits
///     mews/webhooks/parse.hpp      from bytes to events
///     mews/webhooks/lines.hpp      many bodies, one a line
///     mews/webhooks/json.hpp       and back
///     mews/webhooks/print.hpp      for logs: redacted, masked, escaped

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <ostream>
#include <ratio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <version>

#include <simdjson.h>

// ── <mews/webhooks/version.hpp> ──────────────────────────────────────────────────────────────────

// The version of this library, for the preprocessor. These three are the library's only macros,
// and this is the version's only home: the build system reads it from here.

/// Counts what breaks users.
#define MEWS_WEBHOOKS_VERSION_MAJOR 1
/// Counts what users can newly do.
#define MEWS_WEBHOOKS_VERSION_MINOR 0
/// Counts corrections.
#define MEWS_WEBHOOKS_VERSION_PATCH 0

// ── <mews/webhooks/secret.hpp> ───────────────────────────────────────────────────────────────────

// Text that must not be shown: access tokens, API keys, the raw data of events that are not known.

namespace mews::webhooks {

/// What stands wherever a secret would otherwise be shown.
inline constexpr std::string_view redacted = "[redacted]";

/// A text that is a credential, or may hold one.
///
/// It has no conversion to text, and what prints it prints `[redacted]`; `reveal()` is the one way
/// to the text, so that a search for that word finds every place where a credential is used.
///
/// @tparam Text `std::string` owns the text, `std::string_view` borrows it.
template <class Text>
class BasicSecret {
  public:
    /// The empty secret.
    BasicSecret() = default;

    /// Takes the text. Explicit: a text does not become a secret by accident, nor the reverse.
    constexpr explicit BasicSecret(Text text) noexcept(std::is_nothrow_move_constructible_v<Text>)
        : text_(std::move(text)) {}

    /// The text itself. Lives as long as this secret does, and, for a view, as what it borrows
    /// from.
    [[nodiscard]] constexpr const Text& reveal() const noexcept { return text_; }

  private:
    Text text_{};
};

using Secret = BasicSecret<std::string>;           ///< Owns its text.
using SecretView = BasicSecret<std::string_view>;  ///< Borrows its text.

namespace detail {

inline bool equal_in_constant_time(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) return false;
    // volatile: nothing may be concluded from a byte that differs before all have been read.
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i != left.size(); ++i) {
        const auto here = static_cast<unsigned char>(left[i] ^ right[i]);
        difference = static_cast<unsigned char>(difference | here);
    }
    return difference == 0;
}

}  // namespace detail

/// Compares in a time that depends on the two lengths only, not on where the texts differ. An owned
/// secret and a borrowed one compare as well.
template <class Left, class Right>
[[nodiscard]] bool operator==(const BasicSecret<Left>& left,
                              const BasicSecret<Right>& right) noexcept {
    return detail::equal_in_constant_time(left.reveal(), right.reveal());
}

/// Prints `[redacted]`, whatever the secret is.
template <class Traits, class Text>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const BasicSecret<Text>&) {
    return stream << redacted;
}

}  // namespace mews::webhooks

// ── <mews/webhooks/timestamp.hpp> ────────────────────────────────────────────────────────────────

// Points in time as the sender keeps them, and their text on the wire.

namespace mews::webhooks {

/// An instant in UTC, in ticks of 100 ns: the resolution of the sender's own clock, so that nothing
/// of a timestamp is lost or rounded.
using Timestamp =
    std::chrono::sys_time<std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>>;

/// Reads the form that timestamps have on the wire: `YYYY-MM-DDThh:mm:ss`, then optionally a point
/// and 1 to 7 fraction digits, then `Z` or `+00:00`. Years are 0001 to 9999.
///
/// @return nothing if the text has any other form (another offset or none, white space, lower-case
///         letters) or names an instant that does not exist (30 February, 24:00:00, second 60).
[[nodiscard]] constexpr std::optional<Timestamp> timestamp_from_iso8601(
    std::string_view text) noexcept;

/// Writes `YYYY-MM-DDThh:mm:ssZ`, with the fewest fraction digits that read back to the same
/// instant.
///
/// A year outside 0001 to 9999, which no timestamp from the wire can have, is written in ISO 8601's
/// expanded form with a sign (`+12345-01-01T00:00:00Z`), which `timestamp_from_iso8601` refuses.
[[nodiscard]] inline std::string to_iso8601(Timestamp instant);

namespace detail {

inline constexpr std::int64_t ticks_per_second = 10'000'000;
inline constexpr std::int64_t seconds_per_day = 86'400;
inline constexpr std::size_t tick_digits = 7;

/// Reads digits one after the other; remembers whether one was missing, so that a caller asks once.
struct DigitReader {
    const char* at;
    bool failed = false;

    constexpr unsigned digits(int count) noexcept {
        unsigned number = 0;
        for (; count != 0; --count) {
            const auto digit = static_cast<unsigned>(static_cast<unsigned char>(*at++)) - '0';
            failed |= digit > 9;
            number = number * 10 + digit;
        }
        return number;
    }

    constexpr void mark(char expected) noexcept { failed |= *at++ != expected; }
};

/// Appends `number` in decimal, with leading zeros up to `width`.
inline void append_padded(std::string& out, std::uint64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

}  // namespace detail

constexpr std::optional<Timestamp> timestamp_from_iso8601(std::string_view text) noexcept {
    using namespace std::chrono;
    constexpr std::string_view shape = "YYYY-MM-DDThh:mm:ss";
    if (text.size() <= shape.size()) return std::nullopt;

    detail::DigitReader read{text.data()};
    const auto year_number = static_cast<int>(read.digits(4));
    read.mark('-');
    const unsigned month_number = read.digits(2);
    read.mark('-');
    const unsigned day_number = read.digits(2);
    read.mark('T');
    const unsigned hour = read.digits(2);
    read.mark(':');
    const unsigned minute = read.digits(2);
    read.mark(':');
    const unsigned second = read.digits(2);
    if (read.failed || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const year_month_day date{year{year_number}, month{month_number}, day{day_number}};
    if (year_number == 0 || !date.ok()) return std::nullopt;

    std::string_view rest = text.substr(shape.size());
    std::int64_t ticks = 0;
    if (rest.front() == '.') {
        std::size_t digits = 0;
        while (digits + 1 < rest.size() && rest[digits + 1] >= '0' && rest[digits + 1] <= '9') {
            if (++digits > detail::tick_digits) return std::nullopt;
            ticks = ticks * 10 + (rest[digits] - '0');
        }
        if (digits == 0) return std::nullopt;
        for (std::size_t missing = detail::tick_digits - digits; missing != 0; --missing)
            ticks *= 10;
        rest.remove_prefix(digits + 1);
    }
    if (rest != "Z" && rest != "+00:00") return std::nullopt;

    const std::int64_t days_since_epoch = sys_days{date}.time_since_epoch().count();
    const std::int64_t seconds = days_since_epoch * detail::seconds_per_day +
                                 std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 + second;
    return Timestamp{Timestamp::duration{seconds * detail::ticks_per_second + ticks}};
}

inline std::string to_iso8601(Timestamp instant) {
    using namespace std::chrono;
    // By division, not by chrono's floor: that multiplies back, which overflows at
    // Timestamp::min().
    constexpr std::int64_t ticks_per_day = detail::seconds_per_day * detail::ticks_per_second;
    std::int64_t day_count = instant.time_since_epoch().count() / ticks_per_day;
    std::int64_t tick_of_day = instant.time_since_epoch().count() % ticks_per_day;
    if (tick_of_day < 0) {
        tick_of_day += ticks_per_day;
        --day_count;
    }
    const year_month_day date{sys_days{days{day_count}}};
    const int year_number = int{date.year()};
    const auto second_of_day = static_cast<std::uint64_t>(tick_of_day / detail::ticks_per_second);
    const auto fraction = static_cast<std::uint64_t>(tick_of_day % detail::ticks_per_second);

    std::string out;
    if (year_number < 1) out += '-';
    if (year_number > 9999) out += '+';
    detail::append_padded(
        out, static_cast<std::uint64_t>(year_number < 0 ? -year_number : year_number), 4);
    out += '-';
    detail::append_padded(out, unsigned{date.month()}, 2);
    out += '-';
    detail::append_padded(out, unsigned{date.day()}, 2);
    out += 'T';
    detail::append_padded(out, second_of_day / 3600, 2);
    out += ':';
    detail::append_padded(out, second_of_day / 60 % 60, 2);
    out += ':';
    detail::append_padded(out, second_of_day % 60, 2);
    if (fraction != 0) {
        out += '.';
        detail::append_padded(out, fraction, detail::tick_digits);
        out.erase(out.find_last_not_of('0') + 1);
    }
    out += 'Z';
    return out;
}

}  // namespace mews::webhooks

// ── <mews/webhooks/entities.hpp> ─────────────────────────────────────────────────────────────────

// The objects that stand inside an event's `Data`.

namespace mews::webhooks {

// Every shape is a template over the type of its texts: `std::string` owns them, `std::string_view`
// borrows them from a Parser. Names are free text from outside: escape them before showing them.

/// `Enterprise`: the property, or the chain of properties, that the integration belongs to.
template <class Text>
struct BasicEnterprise {
    Text id{};    ///< `Id`: a GUID in practice, documented as a plain string.
    Text name{};  ///< `Name`

    bool operator==(const BasicEnterprise&) const = default;  ///< Member by member.
};

/// `Service`: the service that the integration is connected to.
template <class Text>
struct BasicService {
    Text id{};    ///< `Id`
    Text name{};  ///< `Name`

    bool operator==(const BasicService&) const = default;  ///< Member by member.
};

/// `Requestor`: the person who asked for the action. Personal data: printed masked.
template <class Text>
struct BasicRequestor {
    Text name{};   ///< `Name`
    Text email{};  ///< `Email`

    bool operator==(const BasicRequestor&) const = default;  ///< Member by member.
};

/// `Integration`: the connection between an enterprise and a partner that an event is about.
template <class Text>
struct BasicIntegration {
    Text id{};    ///< `Id`: what events of one integration have in common.
    Text name{};  ///< `Name`

    bool operator==(const BasicIntegration&) const = default;  ///< Member by member.
};

using Enterprise = BasicEnterprise<std::string>;             ///< Owns its texts.
using EnterpriseView = BasicEnterprise<std::string_view>;    ///< Borrows its texts.
using Service = BasicService<std::string>;                   ///< Owns its texts.
using ServiceView = BasicService<std::string_view>;          ///< Borrows its texts.
using Requestor = BasicRequestor<std::string>;               ///< Owns its texts.
using RequestorView = BasicRequestor<std::string_view>;      ///< Borrows its texts.
using Integration = BasicIntegration<std::string>;           ///< Owns its texts.
using IntegrationView = BasicIntegration<std::string_view>;  ///< Borrows its texts.

}  // namespace mews::webhooks

// ── <mews/webhooks/actions.hpp> ──────────────────────────────────────────────────────────────────

// What can happen to an integration: for each `Action` of the wire, what its `Data` holds.

namespace mews::webhooks {

/// `Action`: which event a body tells of, in the order of Event's alternatives.
enum class Action : std::uint8_t {
    integration_created,          ///< IntegrationCreated
    integration_enabled,          ///< IntegrationEnabled
    integration_disabled,         ///< IntegrationDisabled
    integration_canceled,         ///< IntegrationCanceled
    integration_reinstated,       ///< IntegrationReinstated
    integration_deleted,          ///< IntegrationDeleted
    integration_api_key_created,  ///< IntegrationApiKeyCreated
    unknown,                      ///< Any other: an UnknownEvent.
};

/// `IntegrationCreated`: an enterprise connected the integration. Holds the credential for it.
template <class Text>
struct BasicIntegrationCreated {
    BasicEnterprise<Text> enterprise{};               ///< `Enterprise`
    std::optional<BasicService<Text>> service{};      ///< `Service`: absent or null is nothing.
    std::optional<BasicRequestor<Text>> requestor{};  ///< `Requestor`: null in production.
    BasicSecret<Text> access_token{};                 ///< `AccessToken`: a live credential.
    Timestamp created_utc{};                          ///< `CreatedUtc`
    bool is_enabled = false;                          ///< `IsEnabled`
    BasicIntegration<Text> integration{};             ///< `Integration`

    bool operator==(const BasicIntegrationCreated&) const = default;  ///< Member by member.
};

/// `IntegrationEnabled`: the integration was switched on.
template <class Text>
struct BasicIntegrationEnabled {
    BasicIntegration<Text> integration{};  ///< `Integration`

    bool operator==(const BasicIntegrationEnabled&) const = default;  ///< Member by member.
};

/// `IntegrationDisabled`: the integration was switched off.
template <class Text>
struct BasicIntegrationDisabled {
    BasicIntegration<Text> integration{};  ///< `Integration`

    bool operator==(const BasicIntegrationDisabled&) const = default;  ///< Member by member.
};

/// `IntegrationCanceled`: the integration was canceled.
template <class Text>
struct BasicIntegrationCanceled {
    BasicIntegration<Text> integration{};  ///< `Integration`

    bool operator==(const BasicIntegrationCanceled&) const = default;  ///< Member by member.
};

/// `IntegrationReinstated`: the integration was reinstated.
template <class Text>
struct BasicIntegrationReinstated {
    BasicIntegration<Text> integration{};  ///< `Integration`

    bool operator==(const BasicIntegrationReinstated&) const = default;  ///< Member by member.
};

/// `IntegrationDeleted`: the integration was deleted.
template <class Text>
struct BasicIntegrationDeleted {
    std::optional<Timestamp> deleted_utc{};  ///< `DeletedUtc`: null has been sent.
    BasicIntegration<Text> integration{};    ///< `Integration`

    bool operator==(const BasicIntegrationDeleted&) const = default;  ///< Member by member.
};

/// `IntegrationApiKeyCreated`: the access token was regenerated; `ApiKey` is the new one.
template <class Text>
struct BasicIntegrationApiKeyCreated {
    BasicIntegration<Text> integration{};  ///< `Integration`
    BasicSecret<Text> api_key{};           ///< `ApiKey`: a live credential.

    bool operator==(const BasicIntegrationApiKeyCreated&) const = default;  ///< Member by member.
};

/// An `Action` that this version of the library does not know: a new event, not a mistake of the
/// sender. Answer it with success, or the sender repeats the message and then drops it.
template <class Text>
struct BasicUnknownEvent {
    Text action{};  ///< `Action`, as it was sent.
    std::optional<BasicIntegration<Text>>
        integration{};         ///< `Data`'s, if it has a well-formed one.
    BasicSecret<Text> data{};  ///< `Data`'s exact JSON text, an object: it may hold a credential.

    bool operator==(const BasicUnknownEvent&) const = default;  ///< Member by member.
};

using IntegrationCreated = BasicIntegrationCreated<std::string>;                       ///< Owns.
using IntegrationCreatedView = BasicIntegrationCreated<std::string_view>;              ///< Borrows.
using IntegrationEnabled = BasicIntegrationEnabled<std::string>;                       ///< Owns.
using IntegrationEnabledView = BasicIntegrationEnabled<std::string_view>;              ///< Borrows.
using IntegrationDisabled = BasicIntegrationDisabled<std::string>;                     ///< Owns.
using IntegrationDisabledView = BasicIntegrationDisabled<std::string_view>;            ///< Borrows.
using IntegrationCanceled = BasicIntegrationCanceled<std::string>;                     ///< Owns.
using IntegrationCanceledView = BasicIntegrationCanceled<std::string_view>;            ///< Borrows.
using IntegrationReinstated = BasicIntegrationReinstated<std::string>;                 ///< Owns.
using IntegrationReinstatedView = BasicIntegrationReinstated<std::string_view>;        ///< Borrows.
using IntegrationDeleted = BasicIntegrationDeleted<std::string>;                       ///< Owns.
using IntegrationDeletedView = BasicIntegrationDeleted<std::string_view>;              ///< Borrows.
using IntegrationApiKeyCreated = BasicIntegrationApiKeyCreated<std::string>;           ///< Owns.
using IntegrationApiKeyCreatedView = BasicIntegrationApiKeyCreated<std::string_view>;  ///< Borrows.
using UnknownEvent = BasicUnknownEvent<std::string>;                                   ///< Owns.
using UnknownEventView = BasicUnknownEvent<std::string_view>;                          ///< Borrows.

}  // namespace mews::webhooks

// ── <mews/webhooks/contract.hpp> ─────────────────────────────────────────────────────────────────

// The wire contract: each documented name, the member that holds it, and when it must be there.
//
// `wire::Table` is the one place for these facts. Decoding, writing, owning and printing walk it,
// so that a new property is one line here and one member, and a new event one struct, one entry
// here and one alternative of Event.

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

// ── <mews/webhooks/detail/table.hpp> ─────────────────────────────────────────────────────────────

// Walking the contract table: what decoding, writing, owning and printing have in common.

namespace mews::webhooks::detail {

/// Calls `visit(type)` with a std::type_identity of each type of the list, in order.
template <class... Types, class Visitor>
constexpr void for_each(wire::List<Types...>, Visitor&& visit) {
    (visit(std::type_identity<Types>{}), ...);
}

/// The text type of a shape: `std::string` of BasicService<std::string>.
template <class Shape>
struct TextOf;

template <template <class> class Shape, class Text>
struct TextOf<Shape<Text>> : std::type_identity<Text> {};

/// The same shape with another text type.
template <class Shape, class Text>
struct Rebind;

template <template <class> class Shape, class From, class Text>
struct Rebind<Shape<From>, Text> : std::type_identity<Shape<Text>> {};

template <class Struct, class List>
struct FindObject : std::type_identity<void> {};

template <class Struct, class First, class... Rest>
struct FindObject<Struct, wire::List<First, Rest...>>
    : std::conditional_t<std::is_same_v<Struct, typename First::Type>, std::type_identity<First>,
                         FindObject<Struct, wire::List<Rest...>>> {};

template <class Left, class Right>
struct Concat;

template <class... Left, class... Right>
struct Concat<wire::List<Left...>, wire::List<Right...>>
    : std::type_identity<wire::List<Left..., Right...>> {};

/// The table's entry for a struct; void if it has none.
template <class Struct>
struct ObjectOf : std::type_identity<void> {};

// Of our own two texts only: the question is also asked of types that are none of ours.
template <template <class> class Shape, class Text>
requires(std::is_same_v<Text, std::string> || std::is_same_v<Text, std::string_view>)
struct ObjectOf<Shape<Text>>
    : FindObject<Shape<Text>, typename Concat<typename wire::Table<Text>::Entities,
                                              typename wire::Table<Text>::Events>::type> {};

template <class Struct>
using object_of = typename ObjectOf<Struct>::type;

/// A struct that the table describes: an entity, or what an event's `Data` becomes.
template <class Struct>
concept Described = !std::is_void_v<object_of<Struct>>;

/// Calls `visit(property)` with the table's Property of each member of the struct, in documented
/// order. A property is an empty value: its facts are constants of its type.
template <Described Struct, class Visitor>
constexpr void for_each_property(Visitor&& visit) {
    for_each(typename object_of<Struct>::Properties{},
             [&]<class Property>(std::type_identity<Property>) { visit(Property{}); });
}

/// Whether the table has this name for a property of any object.
[[nodiscard]] constexpr bool is_documented_name(std::string_view name) noexcept {
    using Table = wire::Table<std::string_view>;
    bool found = name == Table::action || name == Table::data;
    for_each(typename Concat<Table::Entities, Table::Events>::type{},
             [&]<class Object>(std::type_identity<Object>) {
                 for_each(typename Object::Properties{},
                          [&]<class Property>(std::type_identity<Property>) {
                              found = found || name == Property::name;
                          });
             });
    return found;
}

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/events.hpp> ───────────────────────────────────────────────────────────────────

// Event: what one body tells, and what can be asked of any of them. Needs no JSON parser, so that
// most of a program can pass events on without compiling one.

namespace mews::webhooks {

/// What one body tells, by `Action`: one alternative for each that is documented, in the order of
/// Action's enumerators, and UnknownEvent for all others.
template <class Text>
using BasicEvent = std::variant<BasicIntegrationCreated<Text>, BasicIntegrationEnabled<Text>,
                                BasicIntegrationDisabled<Text>, BasicIntegrationCanceled<Text>,
                                BasicIntegrationReinstated<Text>, BasicIntegrationDeleted<Text>,
                                BasicIntegrationApiKeyCreated<Text>, BasicUnknownEvent<Text>>;

/// An event that owns its texts.
using Event = BasicEvent<std::string>;

/// An event whose texts are borrowed from the Parser that made it: valid until the Parser's next
/// call, move or end. `to_owned` makes it last.
using EventView = BasicEvent<std::string_view>;

/// Which action an event tells of.
[[nodiscard]] constexpr Action action_of(const Event& event) noexcept;
/// @copydoc action_of(const Event&)
[[nodiscard]] constexpr Action action_of(const EventView& event) noexcept;

/// The action's name on the wire: `"IntegrationCreated"`. `"Unknown"` for Action::unknown.
[[nodiscard]] constexpr std::string_view to_string(Action action) noexcept;

/// The integration that an event is about: a pointer into the event, null only for an UnknownEvent
/// without one.
[[nodiscard]] constexpr const Integration* integration_of(const Event& event) noexcept;
/// @copydoc integration_of(const Event&)
[[nodiscard]] constexpr const IntegrationView* integration_of(const EventView& event) noexcept;

/// A copy that owns its texts.
/// @throws std::bad_alloc if there is no memory for a text.
[[nodiscard]] inline Event to_owned(const EventView& event);

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

/// The names of all actions, by enumerator.
inline constexpr auto action_names = []<class... Objects>(wire::List<Objects...>) {
    return std::array{Objects::name...};
}(wire::Table<std::string_view>::Events{});

/// The events of the table, Action's enumerators and Event's alternatives stand in one order.
template <class Text, class... Objects>
constexpr bool in_table_order(wire::List<Objects...>) noexcept {
    return std::is_same_v<BasicEvent<Text>,
                          std::variant<typename Objects::Type..., BasicUnknownEvent<Text>>>;
}

static_assert(in_table_order<std::string>(wire::Table<std::string>::Events{}));
static_assert(action_names.size() == static_cast<std::size_t>(Action::unknown));

/// The action that has this name on the wire.
constexpr Action action_named(std::string_view name) noexcept {
    std::size_t index = 0;
    while (index != action_names.size() && action_names[index] != name)
        ++index;
    return static_cast<Action>(index);
}

template <class Text>
constexpr Action action_of(const BasicEvent<Text>& event) noexcept {
    // An assignment that threw can leave a variant without a value; nothing is known of it either.
    return event.valueless_by_exception() ? Action::unknown : static_cast<Action>(event.index());
}

template <class Text>
constexpr const BasicIntegration<Text>* integration_of(const BasicEvent<Text>& event) noexcept {
    if (event.valueless_by_exception()) return nullptr;
    return std::visit(
        [](const auto& happened) -> const BasicIntegration<Text>* {
            if constexpr (wire::is_optional<std::remove_cvref_t<decltype(happened.integration)>>) {
                return happened.integration ? &*happened.integration : nullptr;
            } else {
                return &happened.integration;
            }
        },
        event);
}

/// Makes `to` an owning copy: of a text, of what holds no text, and of whatever the table
/// describes.
struct Own {
    static void copy(std::string& to, std::string_view from) { to = from; }
    static void copy(Secret& to, const SecretView& from) {
        to = Secret{std::string{from.reveal()}};
    }
    static void copy(Timestamp& to, Timestamp from) noexcept { to = from; }
    static void copy(bool& to, bool from) noexcept { to = from; }

    template <class To, class From>
    static void copy(std::optional<To>& to, const std::optional<From>& from) {
        if (from) copy(to.emplace(), *from);
    }

    template <template <class> class Shape>
    requires Described<Shape<std::string_view>>
    static void copy(Shape<std::string>& to, const Shape<std::string_view>& from) {
        members(to, from, typename object_of<Shape<std::string>>::Properties{},
                typename object_of<Shape<std::string_view>>::Properties{});
    }

    static void copy(UnknownEvent& to, const UnknownEventView& from) {
        copy(to.action, from.action);
        copy(to.integration, from.integration);
        copy(to.data, from.data);
    }

  private:
    template <class To, class From, class... Owned, class... Borrowed>
    static void members(To& to, const From& from, wire::List<Owned...>, wire::List<Borrowed...>) {
        (copy(to.*Owned::member, from.*Borrowed::member), ...);
    }
};

/// Becomes the owning copy. A conversion, so that the copy is made in its place.
template <class View>
struct MakeOwned {
    const View& view;

    using Owned = typename Rebind<View, std::string>::type;

    operator Owned() const {  // NOLINT(google-explicit-constructor): for emplacement
        Owned owned;
        Own::copy(owned, view);
        return owned;
    }
};

/// As MakeOwned, of any event.
template <>
struct MakeOwned<EventView> {
    const EventView& view;

    operator Event() const {  // NOLINT(google-explicit-constructor): for emplacement
        return std::visit(
            []<class View>(const View& happened) {
                using Maker = MakeOwned<View>;
                return Event{std::in_place_type<typename Maker::Owned>, Maker{happened}};
            },
            view);
    }
};

}  // namespace detail

constexpr Action action_of(const Event& event) noexcept {
    return detail::action_of(event);
}
constexpr Action action_of(const EventView& event) noexcept {
    return detail::action_of(event);
}

constexpr std::string_view to_string(Action action) noexcept {
    const auto index = static_cast<std::size_t>(action);
    return index < detail::action_names.size() ? detail::action_names[index] : "Unknown";
}

constexpr const Integration* integration_of(const Event& event) noexcept {
    return detail::integration_of(event);
}
constexpr const IntegrationView* integration_of(const EventView& event) noexcept {
    return detail::integration_of(event);
}

inline Event to_owned(const EventView& event) {
    return detail::MakeOwned<EventView>{event};
}

}  // namespace mews::webhooks

// ── <mews/webhooks/error.hpp> ────────────────────────────────────────────────────────────────────

// Why a body was refused: a code, a place, and one line for people.

namespace mews::webhooks {

/// What was wrong with a body. Zero is no error.
enum class ErrorCode : std::uint8_t {
    empty_body = 1,      ///< No bytes, or none but white space.
    body_too_large,      ///< More bytes than ParseOptions::max_body_bytes.
    invalid_utf8,        ///< Bytes that are not UTF-8.
    malformed_json,      ///< Not JSON by RFC 8259; also an escape that is half a surrogate pair.
    nesting_too_deep,    ///< More levels than ParseOptions::max_depth.
    trailing_content,    ///< More than white space after the end of the JSON text.
    wrong_type,          ///< A property, or the whole body, has another JSON type than documented.
    missing_property,    ///< A property that must be there is not.
    unexpected_null,     ///< A property that must not be null is.
    duplicate_property,  ///< A property of the contract stands twice in its object.
    invalid_timestamp,   ///< Not ISO 8601 in UTC, or an instant that does not exist.
    out_of_memory,       ///< The parser's buffers could not be allocated.
};

/// The code's stable name: `"missing_property"`. Empty for a number that is no code.
[[nodiscard]] constexpr std::string_view to_string(ErrorCode code) noexcept;

/// Why a body was refused, and where. Holds nothing of the body's own text, so that it can be
/// logged.
struct Error {
    ErrorCode code{};  ///< What was wrong.

    /// The offending value as an RFC 6901 JSON Pointer: `/Data/Integration/Id`. For a property that
    /// is missing, where it should be. Empty for the whole body, which is what every fault of the
    /// JSON text itself is a fault of.
    std::string pointer{};

    /// Bytes from the start of the body (a byte order mark counts). Of a value, its first byte; of
    /// a missing property, the opening brace of the object that lacks it; of a fault in the JSON
    /// text, the first byte that cannot be part of one, or the body's size if it ends too early.
    std::size_t offset = 0;

    /// One line for people. Never any text of the body.
    [[nodiscard]] std::string message() const;

    bool operator==(const Error&) const = default;  ///< Member by member.
};

namespace detail {

struct ErrorText {
    std::string_view name;
    std::string_view meaning;
};

/// The one place for a code's texts.
constexpr ErrorText text_of(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::empty_body:
            return {"empty_body", "the body is empty"};
        case ErrorCode::body_too_large:
            return {"body_too_large", "the body is larger than allowed"};
        case ErrorCode::invalid_utf8:
            return {"invalid_utf8", "the body is not UTF-8"};
        case ErrorCode::malformed_json:
            return {"malformed_json", "the body is not well-formed JSON"};
        case ErrorCode::nesting_too_deep:
            return {"nesting_too_deep", "the body is nested deeper than allowed"};
        case ErrorCode::trailing_content:
            return {"trailing_content", "something follows the end of the JSON text"};
        case ErrorCode::wrong_type:
            return {"wrong_type", "the value has another type than documented"};
        case ErrorCode::missing_property:
            return {"missing_property", "a required property is missing"};
        case ErrorCode::unexpected_null:
            return {"unexpected_null", "the value must not be null"};
        case ErrorCode::duplicate_property:
            return {"duplicate_property", "the property stands twice in its object"};
        case ErrorCode::invalid_timestamp:
            return {"invalid_timestamp", "the value is not an existing instant as ISO 8601 in UTC"};
        case ErrorCode::out_of_memory:
            return {"out_of_memory", "the parser's buffers could not be allocated"};
    }
    return {};
}

}  // namespace detail

constexpr std::string_view to_string(ErrorCode code) noexcept {
    return detail::text_of(code).name;
}

inline std::string Error::message() const {
    const detail::ErrorText text = detail::text_of(code);
    std::string line{text.name};
    if (!pointer.empty()) line.append(" at ").append(pointer);
    line.append(" (byte ").append(std::to_string(offset)).append("): ").append(text.meaning);
    return line;
}

}  // namespace mews::webhooks

// ── <mews/webhooks/result.hpp> ───────────────────────────────────────────────────────────────────

// Result: a value, or the Error that says why there is none.

namespace mews::webhooks {

/// What `Result::value()` throws when there is no value. `what()` is the error's message.
class ParseException : public std::runtime_error {
  public:
    /// Takes the error that there is instead of a value.
    explicit ParseException(Error error)
        : std::runtime_error(error.message()),
          error_(std::make_shared<const Error>(std::move(error))) {}

    /// @{
    /// Copies; what is moved is copied too, so that every ParseException has its error.
    ParseException(const ParseException&) noexcept = default;
    ParseException& operator=(const ParseException&) noexcept = default;
    /// @}
    ~ParseException() override = default;

    /// Why there is no value.
    [[nodiscard]] const Error& error() const noexcept { return *error_; }

  private:
    // Shared: copying an exception must not throw, and copying a string may.
    std::shared_ptr<const Error> error_;
};

template <class T>
class Result;

namespace detail {

template <class T>
inline constexpr bool is_result = false;

template <class T>
inline constexpr bool is_result<Result<T>> = true;

/// Whether a U makes the value of a Result<T>. Not a Result that would become a bool: whether it
/// has a value is another question.
template <class T, class U, class Plain = std::remove_cvref_t<U>>
concept ValueOf = std::is_constructible_v<T, U> && !std::is_same_v<Plain, Result<T>> &&
                  !std::is_same_v<Plain, std::in_place_t> && !std::is_same_v<Plain, Error> &&
                  !(std::is_same_v<std::remove_cv_t<T>, bool> && is_result<Plain>);

/// The list that std::in_place may be followed by.
template <class U>
using List = std::add_lvalue_reference_t<std::initializer_list<U>>;

/// Whether a Result<T> is made of what a Result<U> holds. Not if T takes the Result itself; a bool
/// would, but for a question that is not asked here.
template <class T, class U, class Held>
concept HeldBy =
    !std::is_same_v<T, U> && std::is_constructible_v<T, Held> &&
    (std::is_same_v<std::remove_cv_t<T>, bool> ||
     (!std::is_constructible_v<T, Result<U>&> && !std::is_constructible_v<T, const Result<U>&>));

/// Throws; ends the program where exceptions are off, as the standard library's `value()` does.
[[noreturn]] inline void throw_parse_exception(const Error& error) {
#if defined(__cpp_exceptions)
    throw ParseException(error);
#else
    static_cast<void>(error);
    std::terminate();
#endif
}

/// `function(error)`, which returns a Result of the same type.
template <class T, class Function, class E>
constexpr Result<T> result_instead(Function&& function, E&& error) {
    static_assert(std::is_same_v<std::remove_cvref_t<std::invoke_result_t<Function, E>>, Result<T>>,
                  "or_else takes a function that returns a Result of the same type");
    return std::invoke(std::forward<Function>(function), std::forward<E>(error));
}

/// What a Result of a call holds: the call's value, or nothing for a call that returns nothing.
template <class Function, class... Arguments>
Result<std::remove_cv_t<std::invoke_result_t<Function, Arguments...>>> result_of(
    Function&& function, Arguments&&... arguments) {
    using Value = std::remove_cv_t<std::invoke_result_t<Function, Arguments...>>;
    if constexpr (std::is_void_v<Value>) {
        std::invoke(std::forward<Function>(function), std::forward<Arguments>(arguments)...);
        return Result<Value>{};
    } else {
        return Result<Value>{std::in_place, std::invoke(std::forward<Function>(function),
                                                        std::forward<Arguments>(arguments)...)};
    }
}

}  // namespace detail

/// A value, or the Error that says why there is none: the interface of `std::expected<T, Error>`,
/// with an Error itself in the place of `std::unexpected`. One type whatever the language standard.
///
/// True means a value. Nothing is thrown but by `value()`, and by what T's own operations throw.
template <class T>
class [[nodiscard]] Result {
    static_assert(std::is_object_v<T> && !std::is_same_v<std::remove_cv_t<T>, Error>,
                  "a Result holds an object that is not itself an Error");

  public:
    using value_type = T;      ///< What is held if all is well.
    using error_type = Error;  ///< What is held if not.
    /// A Result of another type.
    template <class U>
    using rebind = Result<U>;

    /// A value-initialized T.
    constexpr Result()
    requires std::is_default_constructible_v<T>
        : content_(std::in_place_index<0>) {}

    /// The value. Implicit where T's own constructor is.
    template <class U = T>
    requires detail::ValueOf<T, U>
    constexpr explicit(!std::is_convertible_v<U, T>)
        // NOLINTNEXTLINE(google-explicit-constructor, bugprone-forwarding-reference-overload)
        Result(U&& value)
        : content_(std::in_place_index<0>, std::forward<U>(value)) {}

    /// The reason why there is no value.
    constexpr Result(Error error)  // NOLINT(google-explicit-constructor): `return Error{…}`
        : content_(std::in_place_index<1>, std::move(error)) {}

    /// @{
    /// The value, made from its constructor's arguments.
    template <class... Arguments>
    requires std::is_constructible_v<T, Arguments...>
    constexpr explicit Result(std::in_place_t, Arguments&&... arguments)
        : content_(std::in_place_index<0>, std::forward<Arguments>(arguments)...) {}
    template <class U, class... Arguments>
    requires std::is_constructible_v<T, detail::List<U>, Arguments...>
    constexpr explicit Result(std::in_place_t, std::initializer_list<U> list,
                              Arguments&&... arguments)
        : content_(std::in_place_index<0>, list, std::forward<Arguments>(arguments)...) {}
    /// @}

    /// @{
    /// What a Result of another type holds. Implicit where T's own constructor is.
    template <class U>
    requires detail::HeldBy<T, U, const U&>
    constexpr explicit(!std::is_convertible_v<const U&, T>)
        // NOLINTNEXTLINE(google-explicit-constructor)
        Result(const Result<U>& other)
        : content_(other ? Content{std::in_place_index<0>, *other}
                         : Content{std::in_place_index<1>, other.error()}) {}
    template <class U>
    requires detail::HeldBy<T, U, U>
    constexpr explicit(!std::is_convertible_v<U, T>)
        // NOLINTNEXTLINE(google-explicit-constructor)
        Result(Result<U>&& other)
        : content_(other ? Content{std::in_place_index<0>, *std::move(other)}
                         : Content{std::in_place_index<1>, std::move(other).error()}) {}
    /// @}

    /// @{
    /// Whether there is a value.
    [[nodiscard]] constexpr bool has_value() const noexcept { return content_.index() == 0; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value(); }
    /// @}

    /// @{
    /// The value. Undefined if there is none.
    [[nodiscard]] constexpr T& operator*() & noexcept { return *std::get_if<0>(&content_); }
    [[nodiscard]] constexpr const T& operator*() const& noexcept {
        return *std::get_if<0>(&content_);
    }
    [[nodiscard]] constexpr T&& operator*() && noexcept { return std::move(**this); }
    [[nodiscard]] constexpr const T&& operator*() const&& noexcept { return std::move(**this); }
    [[nodiscard]] constexpr T* operator->() noexcept { return std::get_if<0>(&content_); }
    [[nodiscard]] constexpr const T* operator->() const noexcept {
        return std::get_if<0>(&content_);
    }
    /// @}

    /// @{
    /// The value.
    /// @throws ParseException if there is none.
    [[nodiscard]] constexpr T& value() & {
        require_value();
        return **this;
    }
    [[nodiscard]] constexpr const T& value() const& {
        require_value();
        return **this;
    }
    [[nodiscard]] constexpr T&& value() && {
        require_value();
        return std::move(**this);
    }
    [[nodiscard]] constexpr const T&& value() const&& {
        require_value();
        return std::move(**this);
    }
    /// @}

    /// @{
    /// The error. Undefined if there is a value.
    [[nodiscard]] constexpr Error& error() & noexcept { return *std::get_if<1>(&content_); }
    [[nodiscard]] constexpr const Error& error() const& noexcept {
        return *std::get_if<1>(&content_);
    }
    [[nodiscard]] constexpr Error&& error() && noexcept { return std::move(error()); }
    [[nodiscard]] constexpr const Error&& error() const&& noexcept { return std::move(error()); }
    /// @}

    /// @{
    /// The value, or a fallback if there is none.
    template <class U>
    [[nodiscard]] constexpr T value_or(U&& fallback) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(fallback));
    }
    template <class U>
    [[nodiscard]] constexpr T value_or(U&& fallback) && {
        return has_value() ? std::move(**this) : static_cast<T>(std::forward<U>(fallback));
    }
    /// @}

    /// @{
    /// The error, or a fallback if there is none.
    [[nodiscard]] constexpr Error error_or(Error fallback) const& {
        return has_value() ? std::move(fallback) : error();
    }
    [[nodiscard]] constexpr Error error_or(Error fallback) && {
        return has_value() ? std::move(fallback) : std::move(error());
    }
    /// @}

    /// @{
    /// `function(value)`, which returns a Result; or this error.
    template <class Function>
    constexpr auto and_then(Function&& function) & {
        return and_then_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto and_then(Function&& function) const& {
        return and_then_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto and_then(Function&& function) && {
        return and_then_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto and_then(Function&& function) const&& {
        return and_then_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// A Result of `function(value)`; or this error.
    template <class Function>
    constexpr auto transform(Function&& function) & {
        return transform_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto transform(Function&& function) const& {
        return transform_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto transform(Function&& function) && {
        return transform_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto transform(Function&& function) const&& {
        return transform_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// This value; or `function(error)`, which returns a Result of the same type.
    template <class Function>
    constexpr Result or_else(Function&& function) & {
        return or_else_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result or_else(Function&& function) const& {
        return or_else_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result or_else(Function&& function) && {
        return or_else_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result or_else(Function&& function) const&& {
        return or_else_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// This value; or `function(error)`, which returns an Error.
    template <class Function>
    constexpr Result transform_error(Function&& function) & {
        return transform_error_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result transform_error(Function&& function) const& {
        return transform_error_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result transform_error(Function&& function) && {
        return transform_error_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result transform_error(Function&& function) const&& {
        return transform_error_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Replaces whatever is held with a value made from its constructor's arguments.
    template <class... Arguments>
    requires std::is_nothrow_constructible_v<T, Arguments...>
    constexpr T& emplace(Arguments&&... arguments) noexcept {
        return content_.template emplace<0>(std::forward<Arguments>(arguments)...);
    }
    template <class U, class... Arguments>
    requires std::is_nothrow_constructible_v<T, detail::List<U>, Arguments...>
    constexpr T& emplace(std::initializer_list<U> list, Arguments&&... arguments) noexcept {
        return content_.template emplace<0>(list, std::forward<Arguments>(arguments)...);
    }
    /// @}

    /// @{
    /// Exchanges what two Results hold.
    constexpr void swap(Result& other) noexcept(noexcept(content_.swap(other.content_))) {
        content_.swap(other.content_);
    }
    friend constexpr void swap(Result& left, Result& right) noexcept(noexcept(left.swap(right))) {
        left.swap(right);
    }
    /// @}

    /// Equal if both hold equal values or both hold equal errors.
    template <class U>
    [[nodiscard]] friend constexpr bool operator==(const Result& left, const Result<U>& right) {
        if (left.has_value() != right.has_value()) return false;
        return left.has_value() ? static_cast<bool>(*left == *right)
                                : left.error() == right.error();
    }
    /// @{
    /// Equal if the Result holds an equal value, or one that compares equal.
    [[nodiscard]] friend constexpr bool operator==(const Result& left, const T& right) {
        return left.has_value() && *left == right;
    }
    // Does not ask whether T compares with U: that may depend on what this here compares with.
    template <class U>
    requires(!detail::is_result<U> && !std::is_same_v<U, Error> &&
             !std::is_convertible_v<const U&, T>)
    [[nodiscard]] friend constexpr bool operator==(const Result& left, const U& right) {
        return left.has_value() && static_cast<bool>(*left == right);
    }
    /// @}
    /// Equal if the Result holds an equal error.
    [[nodiscard]] friend constexpr bool operator==(const Result& left, const Error& right) {
        return !left.has_value() && left.error() == right;
    }

  private:
    using Content = std::variant<T, Error>;

    constexpr void require_value() const {
        if (!has_value()) detail::throw_parse_exception(error());
    }

    template <class Self, class Function>
    static constexpr auto and_then_of(Self&& self, Function&& function) {
        using Next = std::remove_cvref_t<
            std::invoke_result_t<Function, decltype(*std::forward<Self>(self))>>;
        static_assert(detail::is_result<Next>, "and_then takes a function that returns a Result");
        if (!self.has_value()) return Next{std::forward<Self>(self).error()};
        return std::invoke(std::forward<Function>(function), *std::forward<Self>(self));
    }

    template <class Self, class Function>
    static constexpr auto transform_of(Self&& self, Function&& function) {
        using Next = decltype(detail::result_of(std::forward<Function>(function),
                                                *std::forward<Self>(self)));
        if (!self.has_value()) return Next{std::forward<Self>(self).error()};
        return detail::result_of(std::forward<Function>(function), *std::forward<Self>(self));
    }

    template <class Self, class Function>
    static constexpr Result or_else_of(Self&& self, Function&& function) {
        if (self.has_value()) return std::forward<Self>(self);
        return detail::result_instead<T>(std::forward<Function>(function),
                                         std::forward<Self>(self).error());
    }

    template <class Self, class Function>
    static constexpr Result transform_error_of(Self&& self, Function&& function) {
        if (self.has_value()) return std::forward<Self>(self);
        return Error{
            std::invoke(std::forward<Function>(function), std::forward<Self>(self).error())};
    }

    Content content_;
};

/// Success without a value, or the Error that says why not.
template <>
class [[nodiscard]] Result<void> {
  public:
    using value_type = void;   ///< Nothing is held if all is well.
    using error_type = Error;  ///< What is held if not.
    /// A Result of another type.
    template <class U>
    using rebind = Result<U>;

    /// Success.
    Result() noexcept = default;
    /// @copydoc Result()
    explicit Result(std::in_place_t) noexcept {}

    /// The reason why there is no success.
    Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

    /// @{
    /// Whether there is success.
    [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }
    /// @}

    /// Does nothing. Undefined if there is an error.
    void operator*() const noexcept {}

    /// Does nothing if there is success.
    /// @throws ParseException if there is an error.
    void value() const {
        if (error_) detail::throw_parse_exception(*error_);
    }

    /// @{
    /// The error. Undefined if there is none.
    [[nodiscard]] Error& error() & noexcept { return *error_; }
    [[nodiscard]] const Error& error() const& noexcept { return *error_; }
    [[nodiscard]] Error&& error() && noexcept { return std::move(*error_); }
    [[nodiscard]] const Error&& error() const&& noexcept {
        return static_cast<const Error&&>(*error_);
    }
    /// @}

    /// @{
    /// The error, or a fallback if there is none.
    [[nodiscard]] Error error_or(Error fallback) const& {
        return error_.value_or(std::move(fallback));
    }
    [[nodiscard]] Error error_or(Error fallback) && {
        return std::move(error_).value_or(std::move(fallback));
    }
    /// @}

    /// @{
    /// `function()`, which returns a Result; or this error.
    template <class Function>
    auto and_then(Function&& function) & {
        return and_then_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    auto and_then(Function&& function) const& {
        return and_then_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    auto and_then(Function&& function) && {
        return and_then_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    auto and_then(Function&& function) const&& {
        return and_then_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// A Result of `function()`; or this error.
    template <class Function>
    auto transform(Function&& function) & {
        return transform_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    auto transform(Function&& function) const& {
        return transform_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    auto transform(Function&& function) && {
        return transform_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    auto transform(Function&& function) const&& {
        return transform_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Success; or `function(error)`, which returns a Result<void>.
    template <class Function>
    Result or_else(Function&& function) & {
        return or_else_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    Result or_else(Function&& function) const& {
        return or_else_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    Result or_else(Function&& function) && {
        return or_else_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    Result or_else(Function&& function) const&& {
        return or_else_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Success; or `function(error)`, which returns an Error.
    template <class Function>
    Result transform_error(Function&& function) & {
        return transform_error_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    Result transform_error(Function&& function) const& {
        return transform_error_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    Result transform_error(Function&& function) && {
        return transform_error_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    Result transform_error(Function&& function) const&& {
        return transform_error_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// Replaces whatever is held with success.
    void emplace() noexcept { error_.reset(); }

    /// @{
    /// Exchanges what two Results hold.
    void swap(Result& other) noexcept { error_.swap(other.error_); }
    friend void swap(Result& left, Result& right) noexcept { left.swap(right); }
    /// @}

    /// Equal if both are success or both hold equal errors.
    friend bool operator==(const Result&, const Result&) = default;

  private:
    template <class Self, class Function>
    static auto and_then_of(Self&& self, Function&& function) {
        using Next = std::remove_cvref_t<std::invoke_result_t<Function>>;
        static_assert(detail::is_result<Next>, "and_then takes a function that returns a Result");
        if (!self.has_value()) return Next{std::forward<Self>(self).error()};
        return std::invoke(std::forward<Function>(function));
    }

    template <class Self, class Function>
    static auto transform_of(Self&& self, Function&& function) {
        using Next = decltype(detail::result_of(std::forward<Function>(function)));
        if (!self.has_value()) return Next{std::forward<Self>(self).error()};
        return detail::result_of(std::forward<Function>(function));
    }

    template <class Self, class Function>
    static Result or_else_of(Self&& self, Function&& function) {
        if (self.has_value()) return Result{};
        return detail::result_instead<void>(std::forward<Function>(function),
                                            std::forward<Self>(self).error());
    }

    template <class Self, class Function>
    static Result transform_error_of(Self&& self, Function&& function) {
        if (self.has_value()) return Result{};
        return Error{
            std::invoke(std::forward<Function>(function), std::forward<Self>(self).error())};
    }

    std::optional<Error> error_;
};

}  // namespace mews::webhooks

// ── <mews/webhooks/options.hpp> ──────────────────────────────────────────────────────────────────

// What a caller may choose about parsing.

namespace mews::webhooks {

/// What a caller may choose about parsing.
struct ParseOptions {
    /// What is held against the body.
    Contract contract = Contract::observed;

    /// The largest body that is read, in bytes. A Parser keeps memory in proportion to the largest
    /// body it has seen: at most about nine times this figure. simdjson's own limit, 4 GiB, holds
    /// too.
    std::size_t max_body_bytes = std::size_t{1} << 20;

    /// How many objects and arrays may be open at once, the body itself included.
    std::size_t max_depth = 64;
};

}  // namespace mews::webhooks

// ── <mews/webhooks/detail/simdjson.hpp> ──────────────────────────────────────────────────────────

// simdjson, and all that is known here of the differences between its versions.
//
// Supported are 3.0.1 and later. The code that uses it keeps to what all of them have, and takes
// care of these differences:
//
// - `document::at_end()` is missing in 3.0: the end is where `current_location()` fails.
// - A byte order mark is skipped from 3.6 on, and refused before: the body is passed on without
// it.
// - `json_type` has one more enumerator from 4.0 on: a value's type is told from its first byte.
// - `parser::allocate` is what makes later bodies free of allocations, in every version.

namespace mews::webhooks::detail {

static_assert(simdjson::SIMDJSON_VERSION_MAJOR >= 3, "mews-webhooks needs simdjson 3.0.1 or later");

/// simdjson's parser as this translation unit has it: its types have another name for each
/// instruction set that a unit is compiled for, and another size for each build mode, under the
/// same name.
template <class Implementation, std::size_t = sizeof(Implementation)>
struct BackendOf : Implementation {
    using Implementation::Implementation;
};

/// Whatever holds or uses simdjson is a template over this type, so that units which were compiled
/// differently do not share one symbol for two different things.
using Backend = BackendOf<simdjson::ondemand::parser>;

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/detail/body_buffer.hpp> ───────────────────────────────────────────────────────

// The memory that a Parser keeps for bodies.

namespace mews::webhooks::detail {

/// The parser's own copy of a body: simdjson reads some bytes beyond the end of what it is given,
/// which no caller should have to care for.
class BodyBuffer {
  public:
    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

    /// Makes room for bodies of up to `capacity` bytes, giving up what was held.
    /// @return false if there is no memory.
    [[nodiscard]] bool reset(std::size_t capacity) noexcept {
        capacity_ = 0;
        bytes_.reset();
        bytes_.reset(new (std::nothrow) char[2 * (capacity + simdjson::SIMDJSON_PADDING)]());
        if (bytes_ != nullptr) capacity_ = capacity;
        return bytes_ != nullptr;
    }

    /// Copies a body that there is room for. What is returned is followed by padding.
    [[nodiscard]] std::string_view assign(std::string_view body) noexcept {
        // Not memcpy: the body may be a text of an event that was read from this buffer.
        if (!body.empty()) std::memmove(bytes_.get(), body.data(), body.size());
        // All of it: what lies beyond the end must not depend on the bodies before this one.
        std::memset(bytes_.get() + body.size(), 0, simdjson::SIMDJSON_PADDING);
        return {bytes_.get(), body.size()};
    }

    /// Room for as many bytes as the body has, for texts with escapes.
    [[nodiscard]] char* scratch() const noexcept {
        return bytes_.get() + capacity_ + simdjson::SIMDJSON_PADDING;
    }

    BodyBuffer() = default;
    BodyBuffer(BodyBuffer&& other) noexcept
        : bytes_(std::move(other.bytes_)), capacity_(std::exchange(other.capacity_, 0)) {}
    BodyBuffer& operator=(BodyBuffer&& other) noexcept {
        bytes_ = std::move(other.bytes_);
        capacity_ = std::exchange(other.capacity_, 0);
        return *this;
    }
    ~BodyBuffer() = default;

  private:
    std::unique_ptr<char[]> bytes_;
    std::size_t capacity_ = 0;
};

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/detail/json_text.hpp> ─────────────────────────────────────────────────────────

// The grammar of RFC 8259 over characters, without a parser behind it.
//
// simdjson's On-Demand API checks only what it is asked to read, and its verdicts differ between
// its versions and its CPU implementations. Whatever it is not asked to read is checked here, and
// every error that reaches a user is found here: from the characters alone.

namespace mews::webhooks::detail {

/// Where a scan ended, and why there if it is a fault.
struct Scan {
    const char* at;  ///< Behind what was scanned; at a fault, the offending byte (maybe the end).
    ErrorCode fault{};  ///< Zero if what was scanned is well-formed.

    [[nodiscard]] constexpr bool ok() const noexcept { return fault == ErrorCode{}; }
};

[[nodiscard]] constexpr bool is_white_space(char c) noexcept {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

[[nodiscard]] constexpr const char* skip_white_space(const char* at, const char* end) noexcept {
    while (at != end && is_white_space(*at))
        ++at;
    return at;
}

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// The value of a hexadecimal digit; 16 or more if it is none.
[[nodiscard]] constexpr unsigned hex_value(char c) noexcept {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    const auto lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a') + 10 : 16;
}

/// The code unit that four hexadecimal digits name. They must be there.
[[nodiscard]] constexpr unsigned code_unit(const char* digits) noexcept {
    return hex_value(digits[0]) << 12 | hex_value(digits[1]) << 8 | hex_value(digits[2]) << 4 |
           hex_value(digits[3]);
}

[[nodiscard]] constexpr bool is_high_surrogate(unsigned unit) noexcept {
    return unit >= 0xD800 && unit <= 0xDBFF;
}
[[nodiscard]] constexpr bool is_low_surrogate(unsigned unit) noexcept {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// The escapes of two characters: what the second one stands for; zero if it makes no escape.
[[nodiscard]] constexpr char simple_escape(char second) noexcept {
    switch (second) {
        case '"':
            return '"';
        case '\\':
            return '\\';
        case '/':
            return '/';
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return 0;
    }
}

/// Scans the four digits of `\uXXXX`, `at` behind the `u`.
[[nodiscard]] constexpr Scan scan_code_unit(const char* at, const char* end) noexcept {
    for (int i = 0; i != 4; ++i, ++at) {
        if (at == end || hex_value(*at) > 15) return {at, ErrorCode::malformed_json};
    }
    return {at};
}

/// Scans an escape, `at` at its backslash. Half a surrogate pair is a fault of the whole escape:
/// it cannot become UTF-8.
[[nodiscard]] constexpr Scan scan_escape(const char* const at, const char* end) noexcept {
    if (at + 1 == end) return {end, ErrorCode::malformed_json};
    if (simple_escape(at[1]) != 0) return {at + 2};
    if (at[1] != 'u') return {at + 1, ErrorCode::malformed_json};
    const Scan first = scan_code_unit(at + 2, end);
    if (!first.ok()) return first;
    const unsigned unit = code_unit(at + 2);
    if (is_low_surrogate(unit)) return {at, ErrorCode::malformed_json};
    if (!is_high_surrogate(unit)) return first;

    const char* const low = first.at;
    if (low == end) return {end, ErrorCode::malformed_json};
    if (low[0] != '\\') return {at, ErrorCode::malformed_json};
    if (low + 1 == end) return {end, ErrorCode::malformed_json};
    if (low[1] != 'u') return {at, ErrorCode::malformed_json};
    const Scan second = scan_code_unit(low + 2, end);
    if (!second.ok()) return second;
    return is_low_surrogate(code_unit(low + 2)) ? second : Scan{at, ErrorCode::malformed_json};
}

/// The top bit of each byte of a word.
inline constexpr std::uint64_t top_bits = 0x8080'8080'8080'8080;

/// Skips characters of a string that stand for themselves, eight at a time as long as it can.
[[nodiscard]] inline const char* skip_plain_characters(const char* at, const char* end) noexcept {
    constexpr std::uint64_t each = top_bits >> 7;
    const auto zero_byte = [](std::uint64_t word) { return (word - each) & ~word; };
    for (std::uint64_t word = 0; end - at >= 8; at += 8) {
        std::memcpy(&word, at, 8);
        // Some bytes of a word that has one of them may be taken for more of them, but never none.
        const std::uint64_t special = zero_byte(word ^ each * '"') | zero_byte(word ^ each * '\\') |
                                      ((word - each * 0x20) & ~word);
        if ((special & top_bits) != 0) break;
    }
    while (at != end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20)
        ++at;
    return at;
}

/// Scans a string, `at` behind its opening quote; ends behind the closing one. Whether its bytes
/// are UTF-8 is not asked here.
[[nodiscard]] inline Scan scan_string(const char* at, const char* end) noexcept {
    for (;;) {
        at = skip_plain_characters(at, end);
        if (at == end) return {at, ErrorCode::malformed_json};
        if (*at == '"') return {at + 1};
        if (*at != '\\') return {at, ErrorCode::malformed_json};
        const Scan escape = scan_escape(at, end);
        if (!escape.ok()) return escape;
        at = escape.at;
    }
}

/// Scans one digit or more.
[[nodiscard]] constexpr Scan scan_digits(const char* at, const char* end) noexcept {
    if (at == end || !is_digit(*at)) return {at, ErrorCode::malformed_json};
    while (at != end && is_digit(*at))
        ++at;
    return {at};
}

/// Scans a number of any size, `at` at its sign or first digit.
[[nodiscard]] constexpr Scan scan_number(const char* at, const char* end) noexcept {
    if (*at == '-') ++at;
    if (at != end && *at == '0') {
        ++at;
    } else if (const Scan whole = scan_digits(at, end); whole.ok()) {
        at = whole.at;
    } else {
        return whole;
    }
    if (at != end && *at == '.') {
        const Scan fraction = scan_digits(at + 1, end);
        if (!fraction.ok()) return fraction;
        at = fraction.at;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-')) ++at;
        return scan_digits(at, end);
    }
    return {at};
}

/// Scans `true`, `false` or `null`, `at` at its first letter.
[[nodiscard]] constexpr Scan scan_literal(const char* at, const char* end) noexcept {
    const std::string_view literal = *at == 't' ? "true" : *at == 'f' ? "false" : "null";
    for (const char expected : literal) {
        if (at == end || *at != expected) return {at, ErrorCode::malformed_json};
        ++at;
    }
    return {at};
}

/// Scans a scalar value, `at` at its first byte.
[[nodiscard]] inline Scan scan_scalar(const char* at, const char* end) noexcept {
    switch (*at) {
        case '"':
            return scan_string(at + 1, end);
        case 't':
        case 'f':
        case 'n':
            return scan_literal(at, end);
        default:
            return scan_number(at, end);
    }
}

/// Scans one value of any depth, with white space before it; ends right behind it.
///
/// Not recursive, so that no input can exhaust the stack: the open brackets are kept in `levels`,
/// which needs room for as many bytes as there are to scan, since each level costs the text one.
///
/// @param max_depth how many brackets may be open at once.
[[nodiscard]] inline Scan scan_value(const char* at, const char* end, char* levels,
                                     std::size_t max_depth) noexcept {
    std::size_t depth = 0;
    for (;;) {
        // A value stands here, if not a fault.
        at = skip_white_space(at, end);
        if (at == end) return {at, ErrorCode::malformed_json};
        bool opened = false;
        if (*at == '{' || *at == '[') {
            if (depth == max_depth) return {at, ErrorCode::nesting_too_deep};
            levels[depth++] = *at == '{' ? '}' : ']';
            at = skip_white_space(at + 1, end);
            opened = true;
        } else if (const Scan scalar = scan_scalar(at, end); scalar.ok()) {
            at = scalar.at;
        } else {
            return scalar;
        }

        // Behind it: brackets that close, and then a comma or the end.
        for (; depth != 0; opened = false) {
            if (!opened) at = skip_white_space(at, end);
            if (at == end) return {at, ErrorCode::malformed_json};
            if (*at == levels[depth - 1]) {
                ++at;
                --depth;
                continue;
            }
            if (!opened) {
                if (*at != ',') return {at, ErrorCode::malformed_json};
                ++at;
            }
            break;
        }
        if (depth == 0) return {at};

        // Before the next value: its name, in an object.
        if (levels[depth - 1] == '}') {
            at = skip_white_space(at, end);
            if (at == end || *at != '"') return {at, ErrorCode::malformed_json};
            const Scan name = scan_string(at + 1, end);
            if (!name.ok()) return name;
            at = skip_white_space(name.at, end);
            if (at == end || *at != ':') return {at, ErrorCode::malformed_json};
            ++at;
        }
    }
}

/// How many bytes the UTF-8 sequence at `at` has; zero if it is ill-formed: overlong, a surrogate,
/// beyond U+10FFFF, cut short, or no sequence at all.
[[nodiscard]] constexpr std::size_t utf8_length(const char* at, const char* end) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(at[i]); };
    const auto left = static_cast<std::size_t>(end - at);
    const unsigned char lead = byte(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead < 0xC2   ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || left < length) return 0;
    // The second byte's range is what excludes overlong forms, surrogates and too large numbers.
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < low || byte(1) > high) return 0;
    for (std::size_t i = 2; i != length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    return length;
}

/// The first byte of the first ill-formed UTF-8 sequence; the end if there is none.
[[nodiscard]] inline const char* find_invalid_utf8(const char* at, const char* end) noexcept {
    while (at != end) {
        // Most of a body is ASCII: eight bytes at a time.
        std::uint64_t word = 0;
        if (end - at >= 8) std::memcpy(&word, at, 8);
        if (end - at >= 8 && (word & top_bits) == 0) {
            at += 8;
            continue;
        }
        const std::size_t length = utf8_length(at, end);
        if (length == 0) break;
        at += length;
    }
    return at;
}

/// The first reason why a text is not JSON, if there is one.
[[nodiscard]] inline Scan scan_document(std::string_view text, char* scratch,
                                        std::size_t max_depth) noexcept {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    Scan document = scan_value(begin, end, scratch, max_depth);
    if (document.ok()) {
        document.at = skip_white_space(document.at, end);
        if (document.at != end) document.fault = ErrorCode::trailing_content;
    }
    // Bytes that are not UTF-8 are that first of all, wherever they stand.
    const char* const not_utf8 = find_invalid_utf8(begin, end);
    if (not_utf8 != end && not_utf8 <= document.at) return {not_utf8, ErrorCode::invalid_utf8};
    return document;
}

/// Appends a code point as UTF-8.
constexpr char* append_utf8(char* out, unsigned code_point) noexcept {
    if (code_point < 0x80) {
        *out++ = static_cast<char>(code_point);
        return out;
    }
    if (code_point < 0x800) {
        *out++ = static_cast<char>(0xC0 | code_point >> 6);
    } else {
        if (code_point < 0x10000) {
            *out++ = static_cast<char>(0xE0 | code_point >> 12);
        } else {
            *out++ = static_cast<char>(0xF0 | code_point >> 18);
            *out++ = static_cast<char>(0x80 | (code_point >> 12 & 0x3F));
        }
        *out++ = static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
    }
    *out++ = static_cast<char>(0x80 | (code_point & 0x3F));
    return out;
}

/// Replaces the escapes of a well-formed string's content. The result is never longer.
/// @return the end of what was written.
constexpr char* unescape(const char* at, const char* end, char* out) noexcept {
    while (at != end) {
        if (*at != '\\') {
            *out++ = *at++;
            continue;
        }
        if (at[1] != 'u') {
            *out++ = simple_escape(at[1]);
            at += 2;
            continue;
        }
        unsigned code_point = code_unit(at + 2);
        at += 6;
        if (is_high_surrogate(code_point)) {
            code_point = 0x10000 + ((code_point - 0xD800) << 10) + (code_unit(at + 2) - 0xDC00);
            at += 6;
        }
        out = append_utf8(out, code_point);
    }
    return out;
}

/// A string's text, and where the string ends.
struct StringText {
    std::string_view text;
    const char* end;  ///< Behind the closing quote; null if the string is not well-formed.
};

/// Reads a string, `at` behind its opening quote. A text with escapes is written to `scratch`,
/// which moves on; any other is a view of the string itself.
[[nodiscard]] inline StringText read_string(const char* at, const char* end,
                                            char*& scratch) noexcept {
    const Scan string = scan_string(at, end);
    if (!string.ok()) return {{}, nullptr};
    const std::string_view raw{at, static_cast<std::size_t>(string.at - 1 - at)};
    if (raw.find('\\') == std::string_view::npos) return {raw, string.at};
    char* const text = scratch;
    scratch = unescape(raw.data(), raw.data() + raw.size(), scratch);
    return {{text, static_cast<std::size_t>(scratch - text)}, string.at};
}

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/detail/spelling.hpp> ──────────────────────────────────────────────────────────

// Comparing names of the contract table with the characters of a body, fast.

namespace mews::webhooks::detail {

/// Compares a name of the table with characters of a body, a word at a time.
///
/// It may read some bytes beyond what it compares: the buffers' padding allows it. Not memcmp:
/// where the compiler takes a comparison for unlikely, it makes a call of that, in the hottest loop
/// there is.
template <class Named>
class Spelling {
    using Word = std::uint64_t;
    static constexpr std::size_t length = Named::name.size();
    static constexpr std::size_t word_count = length / sizeof(Word) + 1;
    static_assert(word_count * sizeof(Word) <= simdjson::SIMDJSON_PADDING);

    /// The words of the name followed by `last`, zeros after it; with `mask`, ones in their places.
    static constexpr std::array<Word, word_count> words(bool with_quote, bool mask) {
        std::array<char, word_count * sizeof(Word)> bytes{};
        for (std::size_t i = 0; i != length; ++i)
            bytes[i] = mask ? '\xFF' : Named::name[i];
        if (with_quote) bytes[length] = mask ? '\xFF' : '"';
        return std::bit_cast<std::array<Word, word_count>>(bytes);
    }

    template <bool WithQuote, std::size_t... I>
    static simdjson_inline bool equal(const char* at, std::index_sequence<I...>) noexcept {
        constexpr auto expected = words(WithQuote, false);
        constexpr auto mask = words(WithQuote, true);
        return (((load(at + I * sizeof(Word)) & mask[I]) == expected[I]) && ...);
    }

    static simdjson_inline Word load(const char* at) noexcept {
        Word word;
        std::memcpy(&word, at, sizeof(Word));
        return word;
    }

  public:
    /// Whether a string, `at` behind its opening quote, is the name: the closing quote is compared
    /// as well, so that its length need not be known.
    static simdjson_inline bool quoted(const char* at) noexcept {
        return equal<true>(at, std::make_index_sequence<word_count>{});
    }

    static simdjson_inline bool text(std::string_view text) noexcept {
        return text.size() == length &&
               equal<false>(text.data(), std::make_index_sequence<word_count>{});
    }
};

/// The action that has this name on the wire.
template <class... Objects>
simdjson_inline Action action_spelled(std::string_view name, wire::List<Objects...>) noexcept {
    std::size_t index = 0;
    static_cast<void>(((Spelling<Objects>::text(name) || (++index, false)) || ...));
    return static_cast<Action>(index);
}

struct ActionProperty {
    static constexpr std::string_view name = wire::Table<std::string_view>::action;
};
struct DataProperty {
    static constexpr std::string_view name = wire::Table<std::string_view>::data;
};

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/detail/members.hpp> ───────────────────────────────────────────────────────────

// What the fast way knows of a body before it is an event: room for every member that any event
// has, and the contract as bits.

namespace mews::webhooks::detail {

/// What `Action` says.
struct ActionText {
    Action action{};
    std::string_view text{};
};

/// The properties of a list of objects, each name once.
template <class Kept, class... More>
struct DistinctProperties : std::type_identity<Kept> {};

template <class... Kept, class First, class... More>
struct DistinctProperties<wire::List<Kept...>, First, More...>
    : DistinctProperties<std::conditional_t<((Kept::name == First::name) || ...),
                                            wire::List<Kept...>, wire::List<Kept..., First>>,
                         More...> {
    static_assert(((Kept::name != First::name ||
                    std::is_same_v<typename Kept::Type, typename First::Type>) &&
                   ...),
                  "one name has one type in every event: Data is read in one loop for all of them");
};

template <class Kept, class Objects>
struct PropertiesOfAll;

template <class... Kept>
struct PropertiesOfAll<wire::List<Kept...>, wire::List<>>
    : DistinctProperties<wire::List<>, Kept...> {};

template <class... Kept, class First, class... Rest>
struct PropertiesOfAll<wire::List<Kept...>, wire::List<First, Rest...>>
    : PropertiesOfAll<typename Concat<wire::List<Kept...>, typename First::Properties>::type,
                      wire::List<Rest...>> {};

/// All properties that any event's `Data` has.
using DataProperties =
    typename PropertiesOfAll<wire::List<>, wire::Table<std::string_view>::Events>::type;

template <class Property, class... Properties>
constexpr std::size_t index_of_name(wire::List<Properties...>) {
    std::size_t index = 0;
    static_cast<void>(((Properties::name == Property::name || (++index, false)) || ...));
    return index;
}

/// What holds for the properties of a list in one object under one contract, a bit for each.
struct Rules {
    std::uint32_t known = 0;      ///< Belongs to the object at all.
    std::uint32_t mandatory = 0;  ///< Must be there.
    std::uint32_t nullable = 0;   ///< May be null.
    bool is_tolerant = false;  ///< What is not as it should be is no fault, but not taken either.
};

template <class Object, class Properties>
constexpr Rules rules_of(Contract contract) {
    Rules rules;
    for_each(typename Object::Properties{}, [&]<class Property>(std::type_identity<Property>) {
        const std::uint32_t bit = 1U << index_of_name<Property>(Properties{});
        const wire::Presence presence = Property::presence(contract);
        rules.known |= bit;
        if (presence != wire::Presence::optional) rules.mandatory |= bit;
        if (presence != wire::Presence::required) rules.nullable |= bit;
    });
    return rules;
}

/// Something for each contract.
template <class T>
struct ByContract {
    T observed;
    T documented;

    [[nodiscard]] constexpr const T& of(Contract contract) const noexcept {
        return contract == Contract::documented ? documented : observed;
    }
};

/// Of the `Data` of an action that the table does not have, an Integration is taken if it is there;
/// nothing else is known of it.
constexpr Rules unknown_data_rules() {
    using Integration = object_of<IntegrationView>;
    return {.known = 1U << index_of_name<Integration>(DataProperties{}), .is_tolerant = true};
}

template <class... Objects>
constexpr auto data_rules_of(Contract contract, wire::List<Objects...>) {
    return std::array{rules_of<Objects, DataProperties>(contract)..., unknown_data_rules()};
}

/// The rules of `Data`, by action.
inline constexpr ByContract<std::array<Rules, static_cast<std::size_t>(Action::unknown) + 1>>
    data_rules{data_rules_of(Contract::observed, wire::Table<std::string_view>::Events{}),
               data_rules_of(Contract::documented, wire::Table<std::string_view>::Events{})};

/// What a member holds apart from being there or not.
template <class T>
struct Unwrap : std::type_identity<T> {};

template <class T>
struct Unwrap<std::optional<T>> : std::type_identity<T> {};

template <class Property>
using entity_of = object_of<typename Unwrap<typename Property::Type>::type>;

template <class Property>
constexpr Rules entity_rules_of(Contract contract) {
    if constexpr (std::is_void_v<entity_of<Property>>) {
        static_cast<void>(contract);
        return {};
    } else {
        return rules_of<entity_of<Property>, typename entity_of<Property>::Properties>(contract);
    }
}

template <class... Properties>
constexpr auto all_entity_rules(Contract contract, wire::List<Properties...>) {
    return std::array{entity_rules_of<Properties>(contract)...};
}

/// The rules of the entity that a property of `Data` is, by the property's index; none for others.
inline constexpr ByContract<std::array<Rules, DataProperties::size>> entity_rules{
    all_entity_rules(Contract::observed, DataProperties{}),
    all_entity_rules(Contract::documented, DataProperties{})};

template <class Property>
struct DataMember {
    typename Property::Type value{};
};

/// What `Data` holds, before it becomes an event: a member for each of DataProperties. Not a tuple:
/// that clears itself as a whole first, which takes as long as some bodies take to read.
template <class Properties>
struct DataMembersOf;

template <class... Properties>
struct DataMembersOf<wire::List<Properties...>> : DataMember<Properties>... {
    // Not constexpr: g++ turns a constant into one block of zeros.
    DataMembersOf() noexcept {}  // NOLINT(modernize-use-equals-default)

    template <class Property>
    [[nodiscard]] auto& of() noexcept {
        constexpr std::size_t index = index_of_name<Property>(wire::List<Properties...>{});
        return static_cast<DataMember<std::tuple_element_t<index, std::tuple<Properties...>>>&>(
                   *this)
            .value;
    }
};

/// What a body holds, before it becomes an event.
struct BodyMembers {
    ActionText action;
    DataMembersOf<DataProperties> data;
    std::string_view unknown_data;         ///< For an unknown action: the exact text of `Data`.
    bool has_unknown_integration = false;  ///< For an unknown action: whether `data` has one.
};

/// A value that is not an object.
struct Scalar {
    enum class Kind : std::uint8_t { text, boolean, null };

    Kind kind{};
    std::string_view text{};
    bool flag{};
};

// One function for each type that a member may have. They return whether the scalar is of it.

inline bool store(std::string_view& member, const Scalar& scalar) noexcept {
    member = scalar.text;
    return scalar.kind == Scalar::Kind::text;
}

inline bool store(SecretView& member, const Scalar& scalar) noexcept {
    member = SecretView{scalar.text};
    return scalar.kind == Scalar::Kind::text;
}

inline bool store(Timestamp& member, const Scalar& scalar) noexcept {
    const std::optional<Timestamp> instant = timestamp_from_iso8601(scalar.text);
    if (instant) member = *instant;
    return scalar.kind == Scalar::Kind::text && instant.has_value();
}

inline bool store(bool& member, const Scalar& scalar) noexcept {
    member = scalar.flag;
    return scalar.kind == Scalar::Kind::boolean;
}

template <class T>
bool store(std::optional<T>& member, const Scalar& scalar) noexcept {
    return store(member.emplace(), scalar);
}

template <Described Struct>
bool store(Struct&, const Scalar&) noexcept {
    return false;
}

/// Calls `visit(property)` with the property at an index.
/// @return what the call returns; false if there is none.
template <class... Properties, class Visitor>
simdjson_inline bool visit_at(std::size_t index, wire::List<Properties...>,
                              Visitor&& visit) noexcept {
    std::size_t candidate = 0;
    bool result = false;
    static_cast<void>(((candidate++ == index && (result = visit(Properties{}), true)) || ...));
    return result;
}

/// The index of the property whose name stands at `key`; the number of properties if it is none's.
template <class... Properties>
simdjson_inline std::size_t index_of_key(const char* key, wire::List<Properties...>) noexcept {
    std::size_t index = 0;
    static_cast<void>(((Spelling<Properties>::quoted(key) || (++index, false)) || ...));
    return index;
}

/// The members of `Data`, to be found by their names.
struct DataLevel {
    DataMembersOf<DataProperties>& members;

    [[nodiscard]] static simdjson_inline std::size_t find(const char* key) noexcept {
        return index_of_key(key, DataProperties{});
    }

    [[nodiscard]] simdjson_inline bool store(std::size_t index, const Scalar& scalar) noexcept {
        return visit_at(index, DataProperties{}, [&]<class Property>(Property) {
            return detail::store(members.template of<Property>(), scalar);
        });
    }
};

/// The members of an entity, which is the property of `Data` at an index.
struct EntityLevel {
    DataMembersOf<DataProperties>& members;
    std::size_t which;

    /// @return whether the property is an entity at all.
    [[nodiscard]] simdjson_inline bool start() noexcept {
        return visit_entity([](auto& member, auto) {
            if constexpr (wire::is_optional<std::remove_reference_t<decltype(member)>>) {
                member.emplace();
            }
            return true;
        });
    }

    [[nodiscard]] simdjson_inline std::size_t find(const char* key) noexcept {
        std::size_t index = 0;
        static_cast<void>(visit_entity([&]<class Properties>(auto&, Properties properties) {
            index = index_of_key(key, properties);
            return true;
        }));
        return index;
    }

    [[nodiscard]] simdjson_inline bool store(std::size_t index, const Scalar& scalar) noexcept {
        return visit_entity([&]<class Properties>(auto& member, Properties properties) {
            auto& entity = unwrap(member);
            return visit_at(index, properties, [&]<class Property>(Property) {
                return detail::store(entity.*Property::member, scalar);
            });
        });
    }

  private:
    template <class Visitor>
    simdjson_inline bool visit_entity(Visitor&& visit) noexcept {
        return visit_at(which, DataProperties{}, [&]<class Property>(Property) {
            if constexpr (std::is_void_v<entity_of<Property>>) {
                return false;
            } else {
                return visit(members.template of<Property>(),
                             typename entity_of<Property>::Properties{});
            }
        });
    }

    template <class T>
    static T& unwrap(T& member) noexcept {
        return member;
    }
    template <class T>
    static T& unwrap(std::optional<T>& member) noexcept {
        return *member;
    }
};

/// Becomes the event that the members make. A conversion, so that the event is made in its place:
/// copying it there takes as long as some bodies take to read.
template <class Struct>
struct MakeEvent {
    DataMembersOf<DataProperties>& members;

    operator Struct() const noexcept {  // NOLINT(google-explicit-constructor): for emplacement
        Struct event;
        fill(event, typename object_of<Struct>::Properties{});
        return event;
    }

  private:
    template <class... Properties>
    void fill(Struct& event, wire::List<Properties...>) const noexcept {
        ((event.*Properties::member = members.template of<Properties>()), ...);
    }
};

template <>
struct MakeEvent<UnknownEventView> {
    BodyMembers& body;

    operator UnknownEventView() const noexcept {  // NOLINT(google-explicit-constructor)
        UnknownEventView event;
        event.action = body.action.text;
        if (body.has_unknown_integration) {
            event.integration = body.data.of<object_of<IntegrationView>>();
        }
        event.data = SecretView{body.unknown_data};
        return event;
    }
};

/// The event that an accepted body tells.
template <class First, class... Rest>
[[nodiscard]] Result<EventView> event_of(BodyMembers& body, wire::List<First, Rest...>,
                                         std::size_t candidate = 0) noexcept {
    using Event = typename First::Type;
    if (body.action.action == static_cast<Action>(candidate)) {
        return Result<EventView>{std::in_place, std::in_place_type<Event>,
                                 MakeEvent<Event>{body.data}};
    }
    if constexpr (sizeof...(Rest) != 0) {
        return event_of(body, wire::List<Rest...>{}, candidate + 1);
    } else {
        return Result<EventView>{std::in_place, std::in_place_type<UnknownEventView>,
                                 MakeEvent<UnknownEventView>{body}};
    }
}

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/detail/decode.hpp> ────────────────────────────────────────────────────────────

// The fast way from characters to an event: one walk with simdjson's On-Demand API.
//
// It says yes or no, never why: read_body.hpp finds that out for the bodies that are refused.
//
// Its speed hangs on one thing: simdjson's iterator must stay in registers. It does as long as no
// value, object or document is passed to a function that is not inlined, not even on a path that
// is never taken. So whatever takes one is `simdjson_inline`, and whatever is not gets characters.

namespace mews::webhooks::detail {

/// A body that lies in a buffer which simdjson may read beyond.
struct Source {
    const char* begin;
    const char* end;
    char* scratch;     ///< Room for as many bytes as the body has, and some more, for texts with
                       ///< escapes.
    bool has_escapes;  ///< Whether a backslash stands anywhere in the body.
    Contract contract;
    std::size_t max_depth;
};

/// How many levels the contract's own objects have: body, `Data`, entity.
inline constexpr std::size_t contract_depth = 3;

/// The walk. A template over simdjson's parser for the reason that stands with Backend.
template <class Backend>
class Decoder {
    using Document = simdjson::ondemand::document;
    using Object = simdjson::ondemand::object;
    using Field = simdjson::ondemand::field;
    using Value = simdjson::ondemand::value;

  public:
    /// Reads a body.
    /// @return whether it is a contract's event; then `body` holds what it says.
#if defined(__GNUC__)
    // What simdjson leaves to the compiler's judgement is inlined as well: it takes the iterator
    // too.
    [[gnu::flatten]]
#endif
    [[nodiscard]] static simdjson_never_inline bool
    decode(Backend& backend, const Source& source, BodyMembers& body) noexcept {
        const auto length = static_cast<std::size_t>(source.end - source.begin);
        Document document;
        if (backend
                .iterate(simdjson::padded_string_view(source.begin, length,
                                                      length + simdjson::SIMDJSON_PADDING))
                .get(document) != simdjson::SUCCESS) {
            return false;
        }
        // Twice at most. A loop, so that the code is there once.
        Verdict verdict = Verdict::data_first;
        for (bool has_action = false; verdict == Verdict::data_first; has_action = true) {
            if (has_action) document.rewind();
            verdict = read_root(document, source, has_action, body);
        }
        return verdict == Verdict::accepted;
    }

  private:
    enum class Verdict : std::uint8_t {
        accepted,
        refused,
        data_first,  ///< `Data` stands before `Action`: read again, now that the action is known.
    };

    /// The source, in local variables that no call can change.
    struct Reading {
        const char* end;
        bool has_escapes;
        Contract contract;
        std::size_t max_depth;
        char*& scratch;
    };

    /// What has been read of an object so far.
    struct Progress {
        const Rules& rules;
        std::uint32_t seen = 0;  ///< A bit for each property that has stood in the object.
        bool is_spoilt = false;  ///< Tolerated something that is not as it should be.

        [[nodiscard]] simdjson_inline bool is_complete() const noexcept {
            return (seen & rules.mandatory) == rules.mandatory;
        }
    };

    // These are not inlined, and so get characters only.

    /// Whether a name that was not found, `at` behind its opening quote, is well-formed and none of
    /// the table's in disguise.
    [[nodiscard]] static simdjson_never_inline bool is_other_name(const char* at, const char* end,
                                                                  char* scratch) noexcept {
        // Every string has its end here: simdjson has found it.
        if (*skip_plain_characters(at, end) == '"') return true;
        const StringText name = read_string(at, end, scratch);
        return name.end != nullptr && !is_documented_name(name.text);
    }

    /// Whether a value is well-formed: up to and with what must follow it, since simdjson takes
    /// `1x` for one token and does not look inside.
    [[nodiscard]] static simdjson_never_inline bool is_well_formed(const char* at, const char* end,
                                                                   char* levels,
                                                                   std::size_t max_depth) noexcept {
        const Scan value = *at == '{' || *at == '[' ? scan_value(at, end, levels, max_depth)
                                                    : scan_scalar(at, end);
        if (!value.ok()) return false;
        const char* const next = skip_white_space(value.at, end);
        return next != end && (*next == ',' || *next == '}');
    }

    /// A string that may hold escapes, `at` at its opening quote; no data if it is not well-formed.
    [[nodiscard]] static simdjson_never_inline std::string_view read_escaped(
        const char* at, const char* end, char*& scratch) noexcept {
        const StringText string = read_string(at + 1, end, scratch);
        return string.end == nullptr ? std::string_view{} : string.text;
    }

    // These get simdjson's types, and so are inlined.

    /// Reads the body's own members.
    ///
    /// A function of its own for g++'s sake: it keeps a struct in registers once all pointers to it
    /// are gone, which it finds out of the innermost function first, and of one level at a time.
    ///
    /// @param has_action whether `body.action.action` is known already.
    static simdjson_inline Verdict read_root(Document& document, const Source& source,
                                             bool has_action, BodyMembers& body) noexcept {
        auto root = document.get_object();
        if (root.error() != simdjson::SUCCESS) return Verdict::refused;
        Object&& object = std::move(root).value_unsafe();

        char* scratch = source.scratch;
        const Reading reading{source.end, source.has_escapes, source.contract, source.max_depth,
                              scratch};
        bool action_seen = false;
        bool data_seen = false;
        bool data_read = false;
        for (auto item : object) {
            if (item.error() != simdjson::SUCCESS) return Verdict::refused;
            Field&& field = std::move(item).value_unsafe();
            const char* const key = field.key().raw();
            Value& value = field.value();
            if (Spelling<ActionProperty>::quoted(key)) {
                if (action_seen || !read_text(value, reading, body.action.text))
                    return Verdict::refused;
                body.action.action =
                    action_spelled(body.action.text, wire::Table<std::string_view>::Events{});
                action_seen = has_action = true;
            } else if (Spelling<DataProperty>::quoted(key)) {
                if (data_seen) return Verdict::refused;
                data_seen = true;
                if (!has_action) continue;
                if (!read_data(document, value, reading, body)) return Verdict::refused;
                data_read = true;
            } else if (!ignore(key, value, reading, 1)) {
                return Verdict::refused;
            }
        }
        const char* rest = nullptr;
        if (document.current_location().get(rest) == simdjson::SUCCESS) return Verdict::refused;
        if (!action_seen || !data_seen) return Verdict::refused;
        return data_read ? Verdict::accepted : Verdict::data_first;
    }

    static simdjson_inline bool read_data(Document& document, Value& value, const Reading& reading,
                                          BodyMembers& body) noexcept {
        const Action action = body.action.action;
        const char* const begin = value.raw_json_token().data();
        DataLevel data{body.data};
        Progress progress{data_rules.of(reading.contract)[static_cast<std::size_t>(action)]};
        if (!read_object(value, reading, 2, progress, data) || !progress.is_complete())
            return false;
        if (action == Action::unknown) {
            // What an unknown event's Data holds is kept as it stands, up to its closing brace.
            const char* end = nullptr;
            if (document.current_location().get(end) != simdjson::SUCCESS) return false;
            while (end[-1] != '}')
                --end;
            body.unknown_data = {begin, static_cast<std::size_t>(end - begin)};
            body.has_unknown_integration = progress.seen != 0 && !progress.is_spoilt;
        }
        return true;
    }

    /// Whether a member that is not asked for is well-formed. One whose name is a property's after
    /// all, but for escapes, is so rare that read_body may have it.
    static simdjson_inline bool ignore(const char* key, Value& value, const Reading& reading,
                                       std::size_t depth) noexcept {
        if (reading.has_escapes && !is_other_name(key, reading.end, reading.scratch)) return false;
        const char* const at = value.raw_json_token().data();
        if (*at == '"' && !reading.has_escapes) {
            // Whatever else may be wrong with a string, simdjson has seen to. It is read and not
            // skipped: skipping takes a string before a colon for a name.
            simdjson::ondemand::raw_json_string raw;
            return value.get_raw_json_string().get(raw) == simdjson::SUCCESS;
        }
        return is_well_formed(at, reading.end, reading.scratch, reading.max_depth - depth);
    }

    /// Reads a string, into a text that stands in the body itself or in the scratch.
    static simdjson_inline bool read_text(Value& value, const Reading& reading,
                                          std::string_view& out) noexcept {
        const std::string_view token = value.raw_json_token();
        simdjson::ondemand::raw_json_string raw;
        if (value.get_raw_json_string().get(raw) != simdjson::SUCCESS) return false;
        if (reading.has_escapes && std::memchr(token.data(), '\\', token.size()) != nullptr) {
            out = read_escaped(token.data(), reading.end, reading.scratch);
            return out.data() != nullptr;
        }
        // The token goes on to the next one: behind the closing quote there is only white space.
        std::size_t size = token.size();
        while (token[size - 1] != '"')
            --size;
        out = {token.data() + 1, size - 2};
        return true;
    }

    static simdjson_inline bool read_scalar(Value& value, const Reading& reading,
                                            Scalar& out) noexcept {
        bool is_null = false;
        switch (*value.raw_json_token().data()) {
            case '"':
                out.kind = Scalar::Kind::text;
                return read_text(value, reading, out.text);
            case 't':
            case 'f':
                out.kind = Scalar::Kind::boolean;
                return value.get_bool().get(out.flag) == simdjson::SUCCESS;
            case 'n':
                out.kind = Scalar::Kind::null;
                return value.is_null().get(is_null) == simdjson::SUCCESS && is_null;
            default:
                return false;
        }
    }

    /// Reads the members of an object. Each kind of value is read in one place, and then goes where
    /// its name says: reading it at each name would be the same speed, and several times the code.
    template <class Level>
    static simdjson_inline bool read_object(Value& value, const Reading& reading, std::size_t depth,
                                            Progress& progress, Level& level) noexcept {
        auto started = value.get_object();
        if (started.error() != simdjson::SUCCESS) return false;
        Object&& object = std::move(started).value_unsafe();
        for (auto item : object) {
            if (item.error() != simdjson::SUCCESS) return false;
            Field&& field = std::move(item).value_unsafe();
            const char* const key = field.key().raw();
            Value& member = field.value();
            const std::size_t index = level.find(key);
            const std::uint32_t bit = 1U << index;
            if ((progress.rules.known & bit) == 0) {
                if (!ignore(key, member, reading, depth)) return false;
                continue;
            }
            const bool is_object = *member.raw_json_token().data() == '{';
            if ((progress.seen & bit) != 0 || (progress.rules.is_tolerant && !is_object)) {
                if (!progress.rules.is_tolerant) return false;
                progress.is_spoilt = true;
                if (!ignore(key, member, reading, depth)) return false;
                continue;
            }
            progress.seen |= bit;
            if (is_object) {
                if (!read_entity(member, reading, index, level, progress)) return false;
                continue;
            }
            Scalar scalar;
            if (!read_scalar(member, reading, scalar)) return false;
            if (scalar.kind == Scalar::Kind::null) {
                if ((progress.rules.nullable & bit) == 0) return false;
            } else if (!level.store(index, scalar)) {
                return false;
            }
        }
        return true;
    }

    static simdjson_inline bool read_entity(Value& value, const Reading& reading, std::size_t index,
                                            DataLevel& data, Progress& outer) noexcept {
        Progress progress{entity_rules.of(reading.contract)[index]};
        EntityLevel entity{data.members, index};
        if (!entity.start() || !read_object(value, reading, contract_depth, progress, entity)) {
            return false;
        }
        if (progress.is_complete()) return true;
        outer.is_spoilt = true;
        return outer.rules.is_tolerant;
    }

    /// No entity has an object in it.
    static simdjson_inline bool read_entity(Value&, const Reading&, std::size_t, EntityLevel&,
                                            Progress&) noexcept {
        return false;
    }
};

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/detail/read_body.hpp> ─────────────────────────────────────────────────────────

// Reading a body from its characters alone, with no JSON library: slow, and always right.
//
// The fast way (decode.hpp) only ever says "accepted" or "not accepted". What it did not accept is
// read here, and so every error is made here. That is why a body gets the same answer whatever
// version of simdjson, and whichever of its CPU implementations, stands behind the fast way.

namespace mews::webhooks::detail {

/// The names that lead to a value.
struct Path {
    /// Body, `Data`, entity, property: no documented name lies deeper.
    std::array<std::string_view, 3> names{};
    std::size_t size = 0;

    [[nodiscard]] constexpr Path operator/(std::string_view name) const noexcept {
        Path longer = *this;
        longer.names[longer.size++] = name;
        return longer;
    }

    /// As a JSON Pointer. The table sees to it that no name needs an escape.
    [[nodiscard]] std::string pointer() const {
        std::string text;
        for (std::size_t i = 0; i != size; ++i)
            text.append("/").append(names[i]);
        return text;
    }
};

struct Fault {
    ErrorCode code;
    const char* at;
    Path path;
};

/// Holds a text that is known to be well-formed against the contract table.
///
/// Keeps the fault that comes first in the document, where a missing property stands at the opening
/// brace of the object that lacks it.
class ContractReader {
  public:
    /// @param scratch room for as many bytes as the text has, for texts with escapes.
    ContractReader(const char* end, char* scratch, Contract contract) noexcept
        : end_(end), scratch_(scratch), contract_(contract) {}

    /// Reads the whole body, `at` its first byte that is not white space.
    void body(const char* at, EventView& event) noexcept {
        using Table = wire::Table<std::string_view>;
        const Path root;
        if (*at != '{') return report(ErrorCode::wrong_type, at, root);

        const char* action = nullptr;
        const char* data = nullptr;
        const auto first_of = [&](const char*& first, const char* value, std::string_view name) {
            if (first == nullptr) {
                first = value;
            } else {
                report(ErrorCode::duplicate_property, value, root / name);
            }
        };
        for_each_member(at, [&](std::string_view name, const char* value) noexcept {
            if (name == Table::action) first_of(action, value, Table::action);
            if (name == Table::data) first_of(data, value, Table::data);
        });

        std::string_view action_text;
        const bool has_action = body_property(at, action, Table::action, [&](const Path& path) {
            return read(action, action_text, path);
        });
        const bool has_data = body_property(at, data, Table::data, [&](const Path& path) {
            if (*data != '{') report(ErrorCode::wrong_type, data, path);
            return *data == '{';
        });
        if (has_action && has_data) event_data(data, action_text, event);
    }

    /// Reads the `Data` of an action that the table does not have.
    void unknown(const char* at, std::string_view action, UnknownEventView& event) noexcept {
        constexpr std::string_view integration = object_of<IntegrationView>::name;
        const char* found = nullptr;
        bool twice = false;
        const char* const end =
            for_each_member(at, [&](std::string_view name, const char* value) noexcept {
                if (name != integration) return;
                twice = found != nullptr;
                found = value;
            });
        event.action = action;
        event.data = SecretView{{at, static_cast<std::size_t>(end - at)}};
        if (found == nullptr || twice) return;

        // Nothing is promised of this Data, so that what is wrong in it is no fault of the body.
        const std::optional<Fault> outer = std::exchange(first_, std::nullopt);
        IntegrationView candidate;
        read(found, candidate, Path{});
        if (!first_) event.integration = candidate;
        first_ = outer;
    }

    /// The first fault that was found.
    [[nodiscard]] const std::optional<Fault>& fault() const noexcept { return first_; }

  private:
    void report(ErrorCode code, const char* at, const Path& path) noexcept {
        if (!first_ || at < first_->at) first_ = Fault{code, at, path};
    }

    /// Calls `visit(name, value)` for each member of the object at `at`.
    /// @return the end of the object.
    template <class Visitor>
    const char* for_each_member(const char* at, Visitor&& visit) noexcept {
        at = skip_white_space(at + 1, end_);
        while (*at != '}') {
            const StringText name = read_string(at + 1, end_, scratch_);
            const char* const value = skip_white_space(skip_white_space(name.end, end_) + 1, end_);
            const char* const value_end =
                scan_value(value, end_, scratch_, (std::numeric_limits<std::size_t>::max)()).at;
            visit(name.text, value);
            at = skip_white_space(value_end, end_);
            if (*at == ',') at = skip_white_space(at + 1, end_);
        }
        return at + 1;
    }

    /// Reads a required property of the body itself, `value` null if it is missing.
    template <class Read>
    bool body_property(const char* object, const char* value, std::string_view name,
                       Read&& read_value) noexcept {
        const Path path = Path{} / name;
        if (value == nullptr) {
            report(ErrorCode::missing_property, object, path);
        } else if (*value == 'n') {
            report(ErrorCode::unexpected_null, value, path);
        } else {
            return read_value(path);
        }
        return false;
    }

    void event_data(const char* at, std::string_view action_text, EventView& event) noexcept {
        const Action action = action_named(action_text);
        if (action == Action::unknown) {
            return unknown(at, action_text, event.emplace<UnknownEventView>());
        }
        auto candidate = Action{};
        for_each(wire::Table<std::string_view>::Events{},
                 [&]<class Object>(std::type_identity<Object>) {
                     if (candidate == action) {
                         read(at, event.emplace<typename Object::Type>(),
                              Path{} / wire::Table<std::string_view>::data);
                     }
                     candidate = static_cast<Action>(static_cast<std::size_t>(candidate) + 1);
                 });
    }

    // One function for each type that a member may have. They return whether the value had it.

    bool read(const char* at, std::string_view& out, const Path& path) noexcept {
        if (*at != '"') {
            report(ErrorCode::wrong_type, at, path);
            return false;
        }
        out = read_string(at + 1, end_, scratch_).text;
        return true;
    }

    bool read(const char* at, SecretView& out, const Path& path) noexcept {
        std::string_view text;
        const bool is_text = read(at, text, path);
        out = SecretView{text};
        return is_text;
    }

    bool read(const char* at, Timestamp& out, const Path& path) noexcept {
        std::string_view text;
        if (!read(at, text, path)) return false;
        const std::optional<Timestamp> instant = timestamp_from_iso8601(text);
        if (!instant) report(ErrorCode::invalid_timestamp, at, path);
        out = instant.value_or(Timestamp{});
        return instant.has_value();
    }

    bool read(const char* at, bool& out, const Path& path) noexcept {
        out = *at == 't';
        const bool is_bool = *at == 't' || *at == 'f';
        if (!is_bool) report(ErrorCode::wrong_type, at, path);
        return is_bool;
    }

    template <class T>
    bool read(const char* at, std::optional<T>& out, const Path& path) noexcept {
        return read(at, out.emplace(), path);
    }

    template <Described Struct>
    bool read(const char* at, Struct& out, const Path& path) noexcept {
        if (*at != '{') {
            report(ErrorCode::wrong_type, at, path);
            return false;
        }
        std::uint32_t seen = 0;
        for_each_member(at, [&](std::string_view name, const char* value) noexcept {
            std::uint32_t bit = 1;
            for_each_property<Struct>([&]<class Property>(Property) {
                if (name == Property::name) {
                    member<Property>(value, out, (seen & bit) != 0, path / Property::name);
                    seen |= bit;
                }
                bit <<= 1;
            });
        });
        std::uint32_t bit = 1;
        for_each_property<Struct>([&]<class Property>(Property) {
            if ((seen & bit) == 0 && Property::presence(contract_) != wire::Presence::optional) {
                report(ErrorCode::missing_property, at, path / Property::name);
            }
            bit <<= 1;
        });
        return true;
    }

    template <class Property, class Struct>
    void member(const char* at, Struct& out, bool seen_before, const Path& path) noexcept {
        if (seen_before) {
            report(ErrorCode::duplicate_property, at, path);
        } else if (*at != 'n') {
            read(at, out.*Property::member, path);
        } else if (Property::presence(contract_) == wire::Presence::required) {
            report(ErrorCode::unexpected_null, at, path);
        }
    }

    const char* end_;
    char* scratch_;
    Contract contract_;
    std::optional<Fault> first_{};
};

/// Reads a body.
/// @param text      the body behind its byte order mark; views in the event point into it.
/// @param offset    how many bytes of the body stand before the text.
/// @param scratch   room for as many bytes as the text has, for texts with escapes.
[[nodiscard]] inline Result<EventView> read_body(std::string_view text, std::size_t offset,
                                                 char* scratch, Contract contract,
                                                 std::size_t max_depth) {
    const char* const end = text.data() + text.size();
    const char* const first = skip_white_space(text.data(), end);
    if (first == end) return Error{ErrorCode::empty_body, {}, 0};
    const auto offset_of = [&](const char* at) {
        return offset + static_cast<std::size_t>(at - text.data());
    };
    if (const Scan document = scan_document(text, scratch, max_depth); !document.ok()) {
        return Error{document.fault, {}, offset_of(document.at)};
    }

    Result<EventView> result;
    ContractReader reader{end, scratch, contract};
    reader.body(first, *result);
    if (const std::optional<Fault>& fault = reader.fault()) {
        return Error{fault->code, fault->path.pointer(), offset_of(fault->at)};
    }
    return result;
}

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/parse.hpp> ────────────────────────────────────────────────────────────────────

// From the bytes of a body to an event.

namespace mews::webhooks {

template <class Backend>
class BasicParser;

namespace detail {

template <class Backend>
class ThreadParser;

}  // namespace detail

/// Parses bodies one after the other, keeping its buffers: once it has seen a body of some size,
/// bodies up to that size cost no allocation. Use one in each thread; for the occasional body the
/// free function `parse` is as good.
///
/// A Parser is good for any number of bodies, whatever became of those before.
template <class Backend>
class BasicParser {
  public:
    /// A parser that has no buffers yet: the first body makes them.
    explicit BasicParser(const ParseOptions& options = {}) noexcept : options_(options) {}

    /// @{
    /// Moves the buffers. Events that borrow from either parser are no longer valid. The one that
    /// was moved from may be used again.
    BasicParser(BasicParser&&) noexcept = default;
    BasicParser& operator=(BasicParser&&) noexcept = default;
    /// @}

    BasicParser(const BasicParser&) = delete;
    BasicParser& operator=(const BasicParser&) = delete;
    ~BasicParser() = default;

    /// Parses one body into an event that owns its texts.
    /// @throws std::bad_alloc if there is no memory for a text of the event or of the error.
    Result<Event> parse(std::string_view body) {
        Result<EventView> view = parse_view(body);
        if (!view) return std::move(view).error();
        return Result<Event>{std::in_place, detail::MakeOwned<EventView>{*view}};
    }

    /// Parses one body into an event that borrows its texts from this Parser: they are valid until
    /// its next call, its move or its end.
    /// @throws std::bad_alloc if there is no memory for a text of the error.
    Result<EventView> parse_view(std::string_view body) {
        if (body.size() > options_.max_body_bytes || body.size() > largest_body) {
            return Error{ErrorCode::body_too_large, {}, 0};
        }
        const std::size_t offset = byte_order_mark_size(body);
        body.remove_prefix(offset);
        if (!reserve(body.size())) return Error{ErrorCode::out_of_memory, {}, 0};
        // In the body itself: what has just been copied is still on its way to memory, and slower
        // to read.
        const bool has_escapes =
            !body.empty() && std::memchr(body.data(), '\\', body.size()) != nullptr;
        const std::string_view text = buffer_.assign(body);

        detail::BodyMembers members;
        if (decode(text, has_escapes, members)) {
            return detail::event_of(members, wire::Table<std::string_view>::Events{});
        }
        return detail::read_body(text, offset, buffer_.scratch(), options_.contract,
                                 options_.max_depth);
    }

  private:
    template <class>
    friend class detail::ThreadParser;

    /// simdjson counts in 32 bits.
    static constexpr std::size_t largest_body =
        (std::min<std::uint64_t>)((std::numeric_limits<std::size_t>::max)() / 4, 0xFFFF'0000);

    static constexpr std::size_t smallest_capacity = 1024;

    [[nodiscard]] static std::size_t byte_order_mark_size(std::string_view body) noexcept {
        return body.size() >= 3 && body[0] == '\xEF' && body[1] == '\xBB' && body[2] == '\xBF' ? 3
                                                                                               : 0;
    }

    [[nodiscard]] bool reserve(std::size_t size) noexcept {
        if ((std::max<std::size_t>)(size, 1) <= buffer_.capacity()) return true;
        // Twice as much as before, so that bodies which grow bit by bit do not each cost a new one.
        const std::size_t limit = (std::min)(options_.max_body_bytes, largest_body);
        const std::size_t wanted = (std::max)({size, 2 * buffer_.capacity(), smallest_capacity});
        const std::size_t capacity = (std::max)(size, (std::min)(wanted, limit));
        backend_ = Backend{};
        return backend_.allocate(capacity) == simdjson::SUCCESS && buffer_.reset(capacity);
    }

    [[nodiscard]] bool decode(std::string_view text, bool has_escapes,
                              detail::BodyMembers& body) noexcept {
        // Too shallow for the contract's own objects: whether that is a fault, read_body finds out.
        if (options_.max_depth < detail::contract_depth) return false;
        // simdjson may skip a byte order mark, so a second one must not get that far.
        if (text.empty() || text.front() == '\xEF') return false;
        const detail::Source source{
            text.data(), text.data() + text.size(), buffer_.scratch(),
            has_escapes, options_.contract,         options_.max_depth,
        };
        return detail::Decoder<Backend>::decode(backend_, source, body);
    }

    ParseOptions options_;
    Backend backend_;
    detail::BodyBuffer buffer_;
};

/// Parses bodies, keeping its buffers. `BasicParser` is a template only so that translation units
/// compiled for different instruction sets or build modes do not take one another's for their own:
/// they may be linked into one program.
using Parser = BasicParser<detail::Backend>;

namespace detail {

/// The parser that the free function `parse` uses on a thread.
template <class Backend>
class ThreadParser {
  public:
    static Result<Event> parse(std::string_view body, const ParseOptions& options) {
        if (!is_over) {
            static thread_local Owner owner;
            return owner.parse(body, options);
        }
        return BasicParser<Backend>{options}.parse(body);
    }

  private:
    struct Owner {
        BasicParser<Backend> parser;

        Owner() = default;
        Owner(const Owner&) = delete;
        Owner& operator=(const Owner&) = delete;
        ~Owner() { is_over = true; }

        Result<Event> parse(std::string_view body, const ParseOptions& options) {
            // What an earlier call allowed to be kept, this one may not.
            if (parser.buffer_.capacity() >
                (std::max)(options.max_body_bytes, parser.smallest_capacity)) {
                parser = BasicParser<Backend>{options};
            }
            parser.options_ = options;
            return parser.parse(body);
        }
    };

    // Outlives the owner, having no destructor: whatever is destroyed after it on a thread that
    // ends may still parse.
    static constinit inline thread_local bool is_over = false;
};

}  // namespace detail

/// Parses one body into an event that owns its texts.
///
/// The body is any text: it needs no padding and no terminator, and is copied. A UTF-8 byte order
/// mark before it is skipped. May be called from any number of threads at once; each keeps buffers
/// of its own, as a Parser does. Not from the destructors of static objects, once main has
/// returned: simdjson's own may have ended before.
///
/// @code
/// const auto event = mews::webhooks::parse(body);
/// if (!event) return reply(400, event.error().message());
/// if (const auto* created = std::get_if<mews::webhooks::IntegrationCreated>(&*event)) {
///     onboard(created->enterprise.id, created->access_token);
/// }
/// @endcode
///
/// @throws std::bad_alloc if there is no memory for a text of the event or of the error. Nothing
/// else.
template <class Backend = detail::Backend>
[[nodiscard]] Result<Event> parse(std::string_view body, const ParseOptions& options = {}) {
    return detail::ThreadParser<Backend>::parse(body, options);
}

}  // namespace mews::webhooks

// ── <mews/webhooks/lines.hpp> ────────────────────────────────────────────────────────────────────

// Many bodies, one a line (NDJSON, JSON Lines): archives, dead-letter files, replays.

namespace mews::webhooks {

/// One line of a text, and what it tells.
struct Line {
    std::size_t number;     ///< 1 for the first line of the text. Blank lines count.
    std::size_t offset;     ///< Bytes from the start of the text to the start of the line.
    std::string_view text;  ///< The line without its line feed.

    /// What the line tells, borrowed from the Parser: valid until the handler returns, `to_owned`
    /// makes it last. An error's offset counts from the start of the line.
    Result<EventView> result;
};

/// Parses each line of a text as a body of its own: a bad line is an error of that line only.
///
/// Lines end with a line feed; a carriage return before it does no harm, nor does a last line
/// without one. Blank lines are passed over. Needs no more memory than the longest line does, and a
/// line of more than ParseOptions::max_body_bytes is refused as a body of that size is.
///
/// @param handler is called as `handler(const Line&)`, line after line. If it returns a bool, false
///        ends the work.
/// @return how many lines were handed to the handler.
/// @throws what Parser::parse_view throws, and what the handler does.
template <class Backend, class Handler>
requires std::invocable<Handler&, const Line&>
std::size_t parse_lines(BasicParser<Backend>& parser, std::string_view text, Handler&& handler) {
    std::size_t handed = 0;
    std::size_t number = 1;
    for (std::size_t offset = 0; offset < text.size(); ++number) {
        const std::string_view line = text.substr(offset, text.find('\n', offset) - offset);
        const char* const end = line.data() + line.size();
        if (detail::skip_white_space(line.data(), end) != end) {
            ++handed;
            const Line parsed{number, offset, line, parser.parse_view(line)};
            if constexpr (std::predicate<Handler&, const Line&>) {
                if (!std::invoke(handler, parsed)) break;
            } else {
                std::invoke(handler, parsed);
            }
        }
        offset += line.size() + 1;
    }
    return handed;
}

}  // namespace mews::webhooks

// ── <mews/webhooks/detail/text_escape.hpp> ───────────────────────────────────────────────────────

// Writing text from outside so that it cannot break out of where it stands.

namespace mews::webhooks::detail {

inline void append_hex(std::string& out, unsigned number, int digits) {
    while (digits-- != 0)
        out += "0123456789abcdef"[number >> 4 * digits & 0xF];
}

/// Appends a code unit as `\uXXXX`.
inline void append_code_unit(std::string& out, unsigned unit) {
    out += "\\u";
    append_hex(out, unit, 4);
}

/// Appends a text as a JSON string, with no more escapes than JSON needs. Bytes that are not UTF-8
/// become U+FFFD, so that what is written is JSON whatever the text.
inline void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const char c = *at;
        const std::size_t length = utf8_length(at, end);
        at += length == 0 ? 1 : length;
        if (length == 0) {
            out += "\xEF\xBF\xBD";
        } else if (length > 1) {
            out.append(at - length, length);
        } else if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) >= 0x20) {
            out += c;
        } else if (constexpr std::string_view controls = "\bb\ff\nn\rr\tt";
                   controls.find(c) != std::string_view::npos) {
            out += '\\';
            out += controls[controls.find(c) + 1];
        } else {
            append_code_unit(out, static_cast<unsigned char>(c));
        }
    }
    out += '"';
}

/// The code point of a well-formed UTF-8 sequence.
[[nodiscard]] constexpr unsigned code_point_of(const char* at, std::size_t length) noexcept {
    const unsigned lead = static_cast<unsigned char>(*at);
    unsigned code_point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i != length; ++i) {
        code_point = code_point << 6 | (static_cast<unsigned char>(at[i]) & 0x3FU);
    }
    return code_point;
}

/// Whether a code point does something to the line it is shown in, instead of being shown:
/// control characters, line separators, and what changes the direction of writing.
[[nodiscard]] constexpr bool is_control(unsigned code_point) noexcept {
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x061C ||
           code_point == 0x200E || code_point == 0x200F ||
           (code_point >= 0x2028 && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

/// Appends a text in quotes for people to read: what would act on a terminal or a log line, instead
/// of being shown there, is written as an escape, and bytes that are not UTF-8 as `\xXX`.
inline void append_visible(std::string& out, std::string_view text) {
    out += '"';
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const std::size_t length = utf8_length(at, end);
        if (length == 0) {
            out += "\\x";
            append_hex(out, static_cast<unsigned char>(*at++), 2);
            continue;
        }
        const unsigned code_point = code_point_of(at, length);
        if (code_point == '"' || code_point == '\\') {
            out += '\\';
            out += *at;
        } else if (is_control(code_point)) {
            append_code_unit(out, code_point);
        } else {
            out.append(at, length);
        }
        at += length;
    }
    out += '"';
}

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/json.hpp> ─────────────────────────────────────────────────────────────────────

// Writing events as the sender does: for fixtures, queues and replays.

namespace mews::webhooks {

/// Writes the body that tells of an event: compact, in the documented order of properties.
/// `parse(to_json(event)) == event`.
///
/// **It holds the event's secrets in the clear.** A member without a value is left out where both
/// contracts allow that, and is null elsewhere. Text that is not UTF-8 is written with U+FFFD in
/// the place of what is not. The `data` of an UnknownEvent is written as it is, if it is a JSON
/// object, and otherwise as null, which `parse` then refuses.
///
/// @throws std::bad_alloc if there is no memory for the text.
[[nodiscard]] inline std::string to_json(const Event& event);
/// @copydoc to_json(const Event&)
[[nodiscard]] inline std::string to_json(const EventView& event);

namespace detail {

/// Writes values as JSON: one function for each type that a member may have.
class JsonWriter {
  public:
    template <class Text>
    void body(const BasicEvent<Text>& event) {
        std::visit(
            [this]<class Happened>(const Happened& happened) {
                if constexpr (Described<Happened>) {
                    body_start(object_of<Happened>::name);
                    write(happened);
                } else {
                    body_start(happened.action);
                    write_verbatim(happened.data.reveal());
                }
                out_ += '}';
            },
            event);
    }

    [[nodiscard]] std::string take() noexcept { return std::move(out_); }

  private:
    void body_start(std::string_view action) {
        using Table = wire::Table<std::string_view>;
        out_ += '{';
        name(Table::action);
        append_json_string(out_, action);
        out_ += ',';
        name(Table::data);
    }

    void name(std::string_view name) {
        append_json_string(out_, name);
        out_ += ':';
    }

    /// A text that must be JSON: it comes from outside, and must not break out of its place.
    void write_verbatim(std::string_view json) {
        std::string levels(json.size(), '\0');
        const Scan object = scan_document(json, levels.data(), json.size());
        out_ += object.ok() && json.starts_with('{') ? json : "null";
    }

    void write(std::string_view text) { append_json_string(out_, text); }
    template <class Text>
    void write(const BasicSecret<Text>& secret) {
        append_json_string(out_, secret.reveal());
    }
    void write(Timestamp instant) { append_json_string(out_, to_iso8601(instant)); }
    void write(const bool& flag) { out_ += flag ? "true" : "false"; }

    template <class T>
    void write(const std::optional<T>& value) {
        if (value) {
            write(*value);
        } else {
            out_ += "null";
        }
    }

    template <Described Struct>
    void write(const Struct& object) {
        char separator = '{';
        for_each_property<Struct>([&]<class Property>(Property) {
            const auto& value = object.*Property::member;
            if constexpr (Property::presence(Contract::documented) == wire::Presence::optional &&
                          Property::presence(Contract::observed) == wire::Presence::optional) {
                if (!value) return;
            }
            out_ += std::exchange(separator, ',');
            name(Property::name);
            write(value);
        });
        if (separator == '{') out_ += '{';
        out_ += '}';
    }

    std::string out_;
};

template <class Text>
std::string to_json(const BasicEvent<Text>& event) {
    JsonWriter writer;
    writer.body(event);
    return writer.take();
}

}  // namespace detail

inline std::string to_json(const Event& event) {
    return detail::to_json(event);
}
inline std::string to_json(const EventView& event) {
    return detail::to_json(event);
}

}  // namespace mews::webhooks

// ── <mews/webhooks/print.hpp> ────────────────────────────────────────────────────────────────────

// Showing events and errors to people: with `<<`, and with `std::format` where there is one.
//
// Secrets are redacted, personal data is masked, and control characters in what comes from outside
// are escaped, so that what is printed can go to a log or a terminal.

#if defined(__cpp_lib_format)
#include <format>
#endif

namespace mews::webhooks {

/// What stands wherever personal data would otherwise be shown.
inline constexpr std::string_view masked = "[masked]";

namespace detail {

/// Writes values for people: one function for each type that a member may have.
class Describer {
  public:
    template <class Text>
    void event(const BasicEvent<Text>& event) {
        if (event.valueless_by_exception()) {
            out_ += "(no event)";
        } else {
            std::visit([this](const auto& happened) { this->named(happened); }, event);
        }
    }

    template <Described Struct>
    void named(const Struct& object) {
        out_.append(object_of<Struct>::name).append(" ");
        write(object);
    }

    template <class Text>
    void named(const BasicUnknownEvent<Text>& event) {
        out_ += "UnknownEvent {Action: ";
        write(std::string_view{event.action});
        out_ += ", Integration: ";
        write(event.integration);
        out_ += ", Data: ";
        write(event.data);
        out_ += '}';
    }

    [[nodiscard]] std::string take() noexcept { return std::move(out_); }

  private:
    void write(std::string_view text) { append_visible(out_, text); }
    template <class Text>
    void write(const BasicSecret<Text>&) {
        out_ += redacted;
    }
    void write(Timestamp instant) { out_ += to_iso8601(instant); }
    void write(const bool& flag) { out_ += flag ? "true" : "false"; }

    template <class T>
    void write(const std::optional<T>& value) {
        if (value) {
            write(*value);
        } else {
            out_ += "null";
        }
    }

    template <Described Struct>
    void write(const Struct& object) {
        std::string_view separator = "{";
        for_each_property<Struct>([&]<class Property>(Property) {
            out_.append(std::exchange(separator, ", ")).append(Property::name).append(": ");
            if constexpr (Property::privacy == wire::Privacy::personal) {
                out_ += masked;
            } else {
                write(object.*Property::member);
            }
        });
        out_ += '}';
    }

    std::string out_;
};

/// The text that is printed for a value.
template <class Text>
std::string describe(const BasicEvent<Text>& event) {
    Describer describer;
    describer.event(event);
    return describer.take();
}

template <class Struct>
requires Described<Struct> || std::is_same_v<Struct, UnknownEvent> ||
         std::is_same_v<Struct, UnknownEventView>
std::string describe(const Struct& object) {
    Describer describer;
    describer.named(object);
    return describer.take();
}

template <class Text>
std::string_view describe(const BasicSecret<Text>&) noexcept {
    return redacted;
}
// Of these types exactly: other people's may convert to them.
template <class Code>
requires std::is_same_v<Code, Action> || std::is_same_v<Code, ErrorCode>
constexpr std::string_view describe(const Code& code) noexcept {
    return to_string(code);
}
template <std::same_as<Error> T>
std::string describe(const T& error) {
    return error.message();
}

/// A type of this library that can be printed.
template <class T>
concept Printable = requires(const T& value) {
    // Not found by the arguments' namespaces: other people have functions of this name.
    { detail::describe(value) } -> std::convertible_to<std::string_view>;
};

}  // namespace detail

/// Prints a value on one line: secrets redacted, personal data masked, control characters escaped.
template <class Traits, detail::Printable T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const T& value) {
    return stream << std::string_view{detail::describe(value)};
}

}  // namespace mews::webhooks

#if defined(__cpp_lib_format)
/// Formats a value as `<<` prints it, with the format specification of a string.
template <mews::webhooks::detail::Printable T>
struct std::formatter<T, char> : std::formatter<std::string_view, char> {
    /// Writes what `<<` prints.
    template <class Context>
    auto format(const T& value, Context& context) const {
        return std::formatter<std::string_view, char>::format(
            mews::webhooks::detail::describe(value), context);
    }
};
#endif
