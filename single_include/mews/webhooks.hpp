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
/// mews-webhooks: typed events from the webhooks of Mews. Unofficial.
///
/// The tour, in the order in which the headers build on one another:
///
///     mews/webhooks/version.hpp             the version, for the preprocessor
///     mews/webhooks/secret.hpp              credentials that cannot be printed
///     mews/webhooks/timestamp.hpp           instants, and their form on the wire
///     mews/webhooks/entities.hpp            Enterprise, Service, Requestor, Integration
///     mews/webhooks/integration_events.hpp  Event: a struct for each Action
///     mews/webhooks/general_events.hpp      GeneralWebhook: a list of events by Discriminator
///     mews/webhooks/webhook.hpp             Webhook: either of them
///     mews/webhooks/contract.hpp            the table: every name, its member, its presence
///     mews/webhooks/reflect.hpp             what can be asked of the table
///     mews/webhooks/events.hpp              what can be asked of an event
///     mews/webhooks/error.hpp               what was wrong with a body, and where
///     mews/webhooks/result.hpp              a value or an error
///     mews/webhooks/options.hpp             which contract, and the limits
///     mews/webhooks/parse.hpp               from bytes to events
///     mews/webhooks/lines.hpp               many bodies, one a line
///     mews/webhooks/inspect.hpp             all that is wrong with a body
///     mews/webhooks/redact.hpp              a body that may be shown to others
///     mews/webhooks/json.hpp                from events to bytes
///     mews/webhooks/print.hpp               for logs: redacted, masked, escaped
///     mews/webhooks/url_token.hpp           the token in the endpoint's URL
///     mews/webhooks/integration_state.hpp   what is known of one integration

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
#include <iosfwd>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <ostream>
#include <ratio>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>
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

#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L
#error "mews-webhooks needs C++20: compile with -std=c++20 or later"
// There is no such file, which ends the compilation: hundreds of errors would follow.
#include <mews-webhooks needs C++20>
#endif

// ── <mews/webhooks/secret.hpp> ───────────────────────────────────────────────────────────────────

// Strings that must not be shown: access tokens, API keys, the raw content of unknown events.

namespace mews::webhooks {

/// What is printed in the place of a secret.
inline constexpr std::string_view redacted = "[redacted]";

/// A string that is a credential, or may hold one.
///
/// It does not convert to a string, and what prints it prints `[redacted]`; `reveal()` is the only
/// access, so that a search for that word finds every place where a credential is used.
///
/// @tparam Text `std::string` owns the string, `std::string_view` borrows it.
template <class Text>
class BasicSecret {
  public:
    /// The empty secret.
    BasicSecret() = default;

    /// Takes the string. Explicit: a string does not become a secret by accident, nor the reverse.
    constexpr explicit BasicSecret(Text text) noexcept(std::is_nothrow_move_constructible_v<Text>)
        : text_(std::move(text)) {}

    /// The string itself. Lives as long as this secret does, and, in a view, as what it borrows
    /// from.
    [[nodiscard]] constexpr const Text& reveal() const noexcept { return text_; }

    /// Whether there is no credential: the string has no bytes.
    [[nodiscard]] constexpr bool empty() const noexcept { return text_.empty(); }

  private:
    Text text_{};
};

using Secret = BasicSecret<std::string>;           ///< Owns its string.
using SecretView = BasicSecret<std::string_view>;  ///< Borrows its string.

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

/// Compares in a time that depends on the two lengths only, not on where the strings differ. An
/// owned secret and a borrowed one compare, too.
template <class Left, class Right>
[[nodiscard]] bool operator==(const BasicSecret<Left>& left,
                              const BasicSecret<Right>& right) noexcept {
    return detail::equal_in_constant_time(left.reveal(), right.reveal());
}

/// Does not compile: a Secret is compared with a Secret.
template <class Text, class Other>
requires std::is_convertible_v<const Other&, std::string_view>
[[nodiscard]] bool operator==(const BasicSecret<Text>&, const Other&) noexcept {
    static_assert(!std::is_same_v<Text, Text>,
                  "a Secret compares with a Secret: write secret == SecretView{string}");
    return false;
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

/// Eight characters as one number, the first in the lowest byte.
[[nodiscard]] constexpr std::uint64_t word_of(const char* at) noexcept {
    std::array<char, 8> bytes{};
    std::copy_n(at, 8, bytes.begin());
    if constexpr (std::endian::native == std::endian::big) {
        std::reverse(bytes.begin(), bytes.end());
    }
    return std::bit_cast<std::uint64_t>(bytes);
}

/// The form of eight characters: 0 stands for a digit, any other character for itself.
struct DigitsForm {
    std::uint64_t expected;
    std::uint64_t slack = 0;  ///< What a byte may grow by before its top bit is set.

    consteval DigitsForm(const char (&form)[9]) : expected(word_of(form)) {  // NOLINT
        for (int i = 8; i-- != 0;)
            slack = slack << 8 | (form[i] == '0' ? 0x7F - 9 : 0x7F);
    }

    /// In each byte the number that this digit and the next one make; nothing but ones if the
    /// characters do not have the form.
    [[nodiscard]] constexpr std::uint64_t pairs(const char* at) const noexcept {
        constexpr std::uint64_t top_bit_of_each = 0x8080'8080'8080'8080;
        const std::uint64_t digits = word_of(at) ^ expected;
        const bool has_form =
            ((((digits & ~top_bit_of_each) + slack) | digits) & top_bit_of_each) == 0;
        return has_form ? digits * 10 + (digits >> 8) : ~std::uint64_t{0};
    }
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

    constexpr detail::DigitsForm year_and_month = "0000-00-";
    constexpr detail::DigitsForm day_of_month = "0-00-00T";
    constexpr detail::DigitsForm time_of_day = "00:00:00";
    const std::uint64_t months = year_and_month.pairs(text.data());
    const std::uint64_t days = day_of_month.pairs(text.data() + 3);
    const std::uint64_t times = time_of_day.pairs(text.data() + 11);
    const auto pair = [](std::uint64_t pairs, int at) {
        return static_cast<unsigned>(pairs >> 8 * at & 0xFF);
    };
    const unsigned hour = pair(times, 0);
    const unsigned minute = pair(times, 3);
    const unsigned second = pair(times, 6);
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const auto year_number = static_cast<int>(pair(months, 0) * 100 + pair(months, 2));
    const year_month_day date{year{year_number}, month{pair(months, 5)}, day{pair(days, 5)}};
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
    if (year_number < 0) out += '-';
    if (year_number == 0 || year_number > 9999) out += '+';
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

// The objects inside an event's `Data`.

namespace mews::webhooks {

// Every shape is a template over the type of its strings: `std::string` owns them,
// `std::string_view` borrows them from a Parser. Names are free text from outside: escape them
// before showing them.

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

using Enterprise = BasicEnterprise<std::string>;             ///< Owns its strings.
using EnterpriseView = BasicEnterprise<std::string_view>;    ///< Borrows its strings.
using Service = BasicService<std::string>;                   ///< Owns its strings.
using ServiceView = BasicService<std::string_view>;          ///< Borrows its strings.
using Requestor = BasicRequestor<std::string>;               ///< Owns its strings.
using RequestorView = BasicRequestor<std::string_view>;      ///< Borrows its strings.
using Integration = BasicIntegration<std::string>;           ///< Owns its strings.
using IntegrationView = BasicIntegration<std::string_view>;  ///< Borrows its strings.

}  // namespace mews::webhooks

// ── <mews/webhooks/integration_events.hpp> ───────────────────────────────────────────────────────

// Integration Webhooks: one event a body, a struct for each `Action` of the wire.

namespace mews::webhooks {

/// `Action`: which event a body holds, in the order of Event's alternatives.
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

    /// `Integration` of `Data`, if that has exactly one and it keeps to the contract.
    std::optional<BasicIntegration<Text>> integration{};

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

/// The body of an Integration Webhook, by `Action`: one alternative for each that is documented, in
/// the order of Action's enumerators, and UnknownEvent for all others.
template <class Text>
using BasicEvent = std::variant<BasicIntegrationCreated<Text>, BasicIntegrationEnabled<Text>,
                                BasicIntegrationDisabled<Text>, BasicIntegrationCanceled<Text>,
                                BasicIntegrationReinstated<Text>, BasicIntegrationDeleted<Text>,
                                BasicIntegrationApiKeyCreated<Text>, BasicUnknownEvent<Text>>;

/// An event that owns its strings.
using Event = BasicEvent<std::string>;

/// An event whose strings are borrowed from the Parser that read it: valid until the Parser's next
/// call, move or end. `to_owned` makes a copy that lasts.
using EventView = BasicEvent<std::string_view>;

}  // namespace mews::webhooks

// ── <mews/webhooks/general_events.hpp> ───────────────────────────────────────────────────────────

// General Webhooks: many events a body, each of which says that an entity has changed.

namespace mews::webhooks {

/// `Discriminator`: what has changed.
enum class Discriminator : std::uint8_t {
    service_order_updated,   ///< ServiceOrderUpdated
    resource_updated,        ///< ResourceUpdated
    message_added,           ///< MessageAdded
    resource_block_updated,  ///< ResourceBlockUpdated
    customer_added,          ///< CustomerAdded
    customer_updated,        ///< CustomerUpdated
    payment_updated,         ///< PaymentUpdated
    unknown,                 ///< Any other: an UnknownEntityEvent.
};

/// An element of `Events` with a documented `Discriminator`: look this entity up again. It holds no
/// time and no sequence, and the same one may come again, also twice in a message.
template <class Text>
struct BasicEntityEvent {
    Discriminator discriminator{};  ///< `Discriminator`; never Discriminator::unknown.
    Text id{};                      ///< `Id` of `Value`: the entity's, not the event's.

    bool operator==(const BasicEntityEvent&) const = default;  ///< Member by member.
};

/// An element of `Events` whose `Discriminator` this version of the library does not know: a new
/// kind of event, not a mistake of the sender.
template <class Text>
struct BasicUnknownEntityEvent {
    Text discriminator{};       ///< `Discriminator`, as it was sent.
    std::optional<Text> id{};   ///< `Id` of `Value`, if that has exactly one and it is a string.
    BasicSecret<Text> value{};  ///< `Value`'s exact JSON text, an object: it may hold a credential.

    bool operator==(const BasicUnknownEntityEvent&) const = default;  ///< Member by member.
};

/// An element of `Events`.
template <class Text>
using BasicGeneralEvent = std::variant<BasicEntityEvent<Text>, BasicUnknownEntityEvent<Text>>;

/// The body of a General Webhook.
template <class Text>
struct BasicGeneralWebhook {
    /// A std::vector; in a view a std::span of elements that the Parser keeps, valid as long as the
    /// strings are.
    using Events = std::conditional_t<std::is_same_v<Text, std::string_view>,
                                      std::span<const BasicGeneralEvent<Text>>,
                                      std::vector<BasicGeneralEvent<Text>>>;

    Text enterprise_id{};   ///< `EnterpriseId`: the property, or chain, that the events belong to.
    Text integration_id{};  ///< `IntegrationId`: the `Integration.Id` of Integration Webhooks.
    Events events{};        ///< `Events`, in the order in which they were sent; may be empty.

    /// Member by member, and element by element.
    friend bool operator==(const BasicGeneralWebhook& left, const BasicGeneralWebhook& right) {
        return left.enterprise_id == right.enterprise_id &&
               left.integration_id == right.integration_id &&
               std::equal(left.events.begin(), left.events.end(), right.events.begin(),
                          right.events.end());
    }
};

using EntityEvent = BasicEntityEvent<std::string>;                         ///< Owns its strings.
using EntityEventView = BasicEntityEvent<std::string_view>;                ///< Borrows.
using UnknownEntityEvent = BasicUnknownEntityEvent<std::string>;           ///< Owns its strings.
using UnknownEntityEventView = BasicUnknownEntityEvent<std::string_view>;  ///< Borrows.
using GeneralEvent = BasicGeneralEvent<std::string>;                       ///< Owns its strings.
using GeneralEventView = BasicGeneralEvent<std::string_view>;              ///< Borrows.
using GeneralWebhook = BasicGeneralWebhook<std::string>;  ///< Owns its strings and events.

/// A General Webhook that borrows its strings and events from the Parser that read it: valid until
/// the Parser's next call, move or end. `to_owned` makes a copy that lasts.
using GeneralWebhookView = BasicGeneralWebhook<std::string_view>;

}  // namespace mews::webhooks

// ── <mews/webhooks/webhook.hpp> ──────────────────────────────────────────────────────────────────

// Webhook: the body that comes to an endpoint which is registered for both families.

namespace mews::webhooks {

/// A body of either family.
template <class Text>
using BasicWebhook = std::variant<BasicEvent<Text>, BasicGeneralWebhook<Text>>;

using Webhook = BasicWebhook<std::string>;           ///< Owns its strings and events.
using WebhookView = BasicWebhook<std::string_view>;  ///< Borrows them from a Parser.

}  // namespace mews::webhooks

// ── <mews/webhooks/contract.hpp> ─────────────────────────────────────────────────────────────────

// The wire contract: every documented object, its properties, and when each must be there.
//
// This table is the one place for these facts: reading, writing, copying, printing, the JSON
// Schema and docs/contract.md follow from it.

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

/// What kind of fault an ErrorCode tells of, which is what a receiver decides on.
enum class ErrorKind : std::uint8_t {
    limit,      ///< Larger or deeper than ParseOptions allows.
    malformed,  ///< Not a JSON text.
    contract,   ///< JSON that breaks the contract.
    resource,   ///< No fault of the body: the same one may be accepted later.
};

/// The code's kind. `malformed` for a number that is no code.
[[nodiscard]] constexpr ErrorKind kind_of(ErrorCode code) noexcept;

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
    /// text, the first byte that cannot be part of one, or the body's size if it ends too early; of
    /// half a surrogate pair (`"\ud800"`), the backslash of its escape.
    std::size_t offset = 0;

    /// One line for people. Never any text of the body.
    [[nodiscard]] std::string message() const;

    bool operator==(const Error&) const = default;  ///< Member by member.
};

namespace detail {

struct ErrorText {
    std::string_view name;
    std::string_view meaning;
    ErrorKind kind = ErrorKind::malformed;
};

/// The one place for what is said of a code.
constexpr ErrorText text_of(ErrorCode code) noexcept {
    using enum ErrorKind;
    switch (code) {
        case ErrorCode::empty_body:
            return {"empty_body", "the body is empty", malformed};
        case ErrorCode::body_too_large:
            return {"body_too_large", "the body is larger than allowed", limit};
        case ErrorCode::invalid_utf8:
            return {"invalid_utf8", "the body is not UTF-8", malformed};
        case ErrorCode::malformed_json:
            return {"malformed_json", "the body is not well-formed JSON", malformed};
        case ErrorCode::nesting_too_deep:
            return {"nesting_too_deep", "the body is nested deeper than allowed", limit};
        case ErrorCode::trailing_content:
            return {"trailing_content", "something follows the end of the JSON text", malformed};
        case ErrorCode::wrong_type:
            return {"wrong_type", "the value has another type than documented", contract};
        case ErrorCode::missing_property:
            return {"missing_property", "a required property is missing", contract};
        case ErrorCode::unexpected_null:
            return {"unexpected_null", "the value must not be null", contract};
        case ErrorCode::duplicate_property:
            return {"duplicate_property", "the property stands twice in its object", contract};
        case ErrorCode::invalid_timestamp:
            return {"invalid_timestamp", "the value is not an existing instant as ISO 8601 in UTC",
                    contract};
        case ErrorCode::out_of_memory:
            return {"out_of_memory", "the parser's buffers could not be allocated", resource};
    }
    return {};
}

}  // namespace detail

constexpr ErrorKind kind_of(ErrorCode code) noexcept {
    return detail::text_of(code).kind;
}

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

// ── <mews/webhooks/detail/json_text.hpp> ─────────────────────────────────────────────────────────

// The grammar of RFC 8259 over characters, without a parser behind it.
//
// simdjson's On-Demand API checks only what it is asked to read, and its verdicts differ between
// its versions and its CPU implementations. Whatever it is not asked to read is checked here, and
// every error that reaches a user is found here: from the characters alone.
//
// A text to be scanned is followed by `text_padding` zeros. No token goes on at a zero, so that
// what reads one need not look for the end of the text, and can read several bytes at once.

namespace mews::webhooks::detail {

inline constexpr std::size_t text_padding = 64;

/// Where a scan ended, and why there if it is a fault.
struct Scan {
    const char* at;  ///< Behind what was scanned; at a fault, the offending byte (maybe the end).
    ErrorCode fault{};  ///< Zero if what was scanned is well-formed.

    [[nodiscard]] constexpr bool ok() const noexcept { return fault == ErrorCode{}; }
};

[[nodiscard]] constexpr bool is_white_space(char c) noexcept {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

[[nodiscard]] constexpr const char* skip_white_space(const char* at) noexcept {
    while (is_white_space(*at))
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

/// An escape sequence: where its scan ended, and what it stands for. No larger than what functions
/// return in registers.
struct Escape {
    const char* at;
    ErrorCode fault{};
    std::uint32_t code_point = 0;

    [[nodiscard]] constexpr bool ok() const noexcept { return fault == ErrorCode{}; }
};

/// Reads the four digits of `\uXXXX`, `at` behind the `u`.
[[nodiscard]] constexpr Escape read_code_unit(const char* at) noexcept {
    std::uint32_t unit = 0;
    for (const char* const end = at + 4; at != end; ++at) {
        const unsigned digit = hex_value(*at);
        if (digit > 15) return {at, ErrorCode::malformed_json};
        unit = unit << 4 | digit;
    }
    return {at, {}, unit};
}

/// Reads an escape sequence, `at` at its backslash. Half a surrogate pair is a fault of the whole
/// of it: it cannot become UTF-8.
/// @param end of the text, where it is not half of a pair but cut short.
[[nodiscard]] constexpr Escape read_escape(const char* const at, const char* end) noexcept {
    if (at[1] != 'u') {
        const char simple = simple_escape(at[1]);
        if (simple == 0) return {at + 1, ErrorCode::malformed_json};
        return {at + 2, {}, static_cast<std::uint32_t>(simple)};
    }
    const Escape first = read_code_unit(at + 2);
    if (!first.ok()) return first;
    if (is_low_surrogate(first.code_point)) return {at, ErrorCode::malformed_json};
    if (!is_high_surrogate(first.code_point)) return first;

    const char* const low = first.at;
    if (low == end) return {end, ErrorCode::malformed_json};
    if (low[0] != '\\') return {at, ErrorCode::malformed_json};
    if (low + 1 == end) return {end, ErrorCode::malformed_json};
    if (low[1] != 'u') return {at, ErrorCode::malformed_json};
    const Escape second = read_code_unit(low + 2);
    if (!second.ok()) return second;
    if (!is_low_surrogate(second.code_point)) return {at, ErrorCode::malformed_json};
    return {second.at,
            {},
            0x10000 + ((first.code_point - 0xD800) << 10) + (second.code_point - 0xDC00)};
}

// Eight bytes are looked at at once, as a word. What is found of each is told by its top bit; no
// sum below carries into the next byte, so that the marks are exact.
inline constexpr std::uint64_t top_bits = 0x8080'8080'8080'8080;
inline constexpr std::uint64_t each_byte = top_bits >> 7;

[[nodiscard]] inline std::uint64_t word_at(const char* at) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// Marks, of bytes that are ASCII, those that are not this character of ASCII.
[[nodiscard]] constexpr std::uint64_t bytes_other_than(char c, std::uint64_t word) noexcept {
    return ((word & ~top_bits) ^ each_byte * static_cast<unsigned char>(c)) + ~top_bits;
}

/// Marks the bytes of a word that end a run of plain characters in a string: a quote, a backslash,
/// a control character.
[[nodiscard]] constexpr std::uint64_t special_bytes(std::uint64_t word) noexcept {
    const std::uint64_t no_controls = (word & ~top_bits) + each_byte * 0x60;
    return ~((bytes_other_than('"', word) & bytes_other_than('\\', word) & no_controls) | word) &
           top_bits;
}

/// Marks the bytes that are hexadecimal digits.
[[nodiscard]] constexpr std::uint64_t hex_digits(std::uint64_t word) noexcept {
    const std::uint64_t digit = (word & ~top_bits) ^ each_byte * '0';
    const std::uint64_t letter = (word & ~top_bits) | each_byte * 0x20;
    const std::uint64_t is_letter =
        (letter + each_byte * (0x80 - 'a')) & ~(letter + each_byte * (0x7F - 'f'));
    return (~(digit + each_byte * (0x7F - 9)) | is_letter) & ~word & top_bits;
}

/// How many bytes of a word come before the first one that is marked.
[[nodiscard]] constexpr std::size_t plain_bytes(std::uint64_t special) noexcept {
    const int bits = std::endian::native == std::endian::little ? std::countr_zero(special)
                                                                : std::countl_zero(special);
    return static_cast<std::size_t>(bits) / 8;
}

/// Skips characters of a string that stand for themselves.
[[nodiscard]] inline const char* skip_plain_characters(const char* at) noexcept {
    std::uint64_t special = special_bytes(word_at(at));
    while (special == 0)
        special = special_bytes(word_at(at += sizeof special));
    return at + plain_bytes(special);
}

/// Scans a string, `at` behind its opening quote; ends behind the closing one. Whether its bytes
/// are UTF-8 is not asked here.
[[nodiscard]] inline Scan scan_string(const char* at, const char* end) noexcept {
    for (;;) {
        at = skip_plain_characters(at);
        if (*at == '"') return {at + 1};
        if (*at != '\\') return {at, ErrorCode::malformed_json};
        const Escape escape = read_escape(at, end);
        if (!escape.ok()) return {escape.at, escape.fault};
        at = escape.at;
    }
}

/// Scans one digit or more.
[[nodiscard]] constexpr Scan scan_digits(const char* at) noexcept {
    if (!is_digit(*at)) return {at, ErrorCode::malformed_json};
    while (is_digit(*at))
        ++at;
    return {at};
}

/// Scans a number of any size, `at` at its sign or first digit.
[[nodiscard]] constexpr Scan scan_number(const char* at) noexcept {
    if (*at == '-') ++at;
    if (*at == '0') {
        ++at;
    } else if (const Scan whole = scan_digits(at); whole.ok()) {
        at = whole.at;
    } else {
        return whole;
    }
    if (*at == '.') {
        const Scan fraction = scan_digits(at + 1);
        if (!fraction.ok()) return fraction;
        at = fraction.at;
    }
    if (*at == 'e' || *at == 'E') {
        ++at;
        if (*at == '+' || *at == '-') ++at;
        return scan_digits(at);
    }
    return {at};
}

/// Scans `true`, `false` or `null`, `at` at its first letter.
[[nodiscard]] constexpr Scan scan_literal(const char* at) noexcept {
    const std::string_view literal = *at == 't' ? "true" : *at == 'f' ? "false" : "null";
    for (const char expected : literal) {
        if (*at != expected) return {at, ErrorCode::malformed_json};
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
            return scan_literal(at);
        default:
            return scan_number(at);
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
        at = skip_white_space(at);
        bool opened = false;
        if (*at == '{' || *at == '[') {
            if (depth == max_depth) return {at, ErrorCode::nesting_too_deep};
            levels[depth++] = *at == '{' ? '}' : ']';
            at = skip_white_space(at + 1);
            opened = true;
        } else if (const Scan scalar = scan_scalar(at, end); scalar.ok()) {
            at = scalar.at;
        } else {
            return scalar;
        }

        // Behind it: brackets that close, and then a comma or the end.
        for (; depth != 0; opened = false) {
            if (!opened) at = skip_white_space(at);
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
            at = skip_white_space(at);
            if (*at != '"') return {at, ErrorCode::malformed_json};
            const Scan name = scan_string(at + 1, end);
            if (!name.ok()) return name;
            at = skip_white_space(name.at);
            if (*at != ':') return {at, ErrorCode::malformed_json};
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
    while (at < end) {
        // Most of a body is ASCII.
        const bool is_ascii = ((word_at(at) | word_at(at + 8)) & top_bits) == 0;
        const std::size_t length = is_ascii ? 16 : utf8_length(at, end);
        if (length == 0) return at;
        at += length;
    }
    return end;
}

/// The first reason why a text is not JSON, if there is one.
[[nodiscard]] inline Scan scan_document(std::string_view text, char* scratch,
                                        std::size_t max_depth) noexcept {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    Scan document = scan_value(begin, end, scratch, max_depth);
    if (document.ok()) {
        document.at = skip_white_space(document.at);
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

/// The content of a string, its escape sequences replaced, and where the string ends.
struct String {
    std::string_view text;
    Scan scan;
};

/// The rest of `read_string`: a string that has escape sequences, or is not well-formed.
/// @param at where its first run of plain characters, which begins at `run`, ends.
[[nodiscard]] inline String read_escaped_string(const char* run, const char* at, const char* end,
                                                char*& scratch) noexcept {
    char* out = std::copy(run, at, scratch);
    while (*at != '"') {
        if (*at != '\\') return {{}, {at, ErrorCode::malformed_json}};
        const Escape escape = read_escape(at, end);
        if (!escape.ok()) return {{}, {escape.at, escape.fault}};
        out = append_utf8(out, escape.code_point);
        at = escape.at;
        std::size_t plain = 0;
        do {  // Some bytes too many are copied, too.
            const std::uint64_t word = word_at(at);
            std::memcpy(out, &word, sizeof word);
            plain = plain_bytes(special_bytes(word));
            at += plain;
            out += plain;
        } while (plain == sizeof(std::uint64_t));
    }
    const std::string_view text{scratch, static_cast<std::size_t>(out - scratch)};
    scratch = out;
    return {text, {at + 1}};
}

/// Reads a string, `at` behind its opening quote. If it has escape sequences, its content is
/// written to `scratch`, which moves on; any other is a view of the string itself.
[[nodiscard]] inline String read_string(const char* at, const char* end, char*& scratch) noexcept {
    const char* const quote = skip_plain_characters(at);
    if (*quote != '"') return read_escaped_string(at, quote, end, scratch);
    return {{at, static_cast<std::size_t>(quote - at)}, {quote + 1}};
}

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/detail/text_escape.hpp> ───────────────────────────────────────────────────────

// Escaping strings from outside, for JSON and for people.

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

/// Appends a JSON string, with no more escapes than JSON needs. Bytes that are not UTF-8 become
/// U+FFFD, so that the result is JSON whatever the text.
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

/// Appends a text for people to read: quotes and backslashes, and what would act on a terminal or a
/// log line instead of being shown there, become escape sequences; bytes that are not UTF-8 become
/// `\xXX`.
inline void append_escaped(std::string& out, std::string_view text) {
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
}

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/detail/wire_types.hpp> ────────────────────────────────────────────────────────

// The types that a property can have: everything about each of them, once.
//
// A new one is a specialization of `wire::Type` here; nothing else needs to know it.

namespace mews::webhooks::wire {

/// The kinds of JSON values.
enum class Kind : std::uint8_t { string, number, boolean, null, object, array };

/// The kind of a value, told by its first byte. A byte that starts no value counts as a number's.
[[nodiscard]] constexpr Kind kind_at(char first) noexcept {
    switch (first) {
        case '"':
            return Kind::string;
        case '{':
            return Kind::object;
        case '[':
            return Kind::array;
        case 't':
        case 'f':
            return Kind::boolean;
        case 'n':
            return Kind::null;
        default:
            return Kind::number;
    }
}

/// A type of the wire that is neither an object nor a list, by the type that holds it.
///
/// - `kind`, and `name` for documents
/// - `schema`: the keywords that a JSON Schema has for a value, and if that is more than a type,
///   `definition`, the name under which they stand once
/// - `example` and `counterexample`: JSON texts of a value of the type and of one that is not
/// - `unreadable`: the fault of a value that has the kind, but cannot be read
/// - `read(text, value)`: from the content of a string, its escape sequences replaced, or from the
///   value's own text; false if it cannot be read
/// - `write(out, value)`: appends the JSON text
/// - `print(out, value)`: appends what people see, where the property is open
/// - `Owned` and `own(value)`: the type of a copy that borrows nothing, and such a copy
template <class T>
struct Type;

/// @cond
template <class Text>
struct StringType {
    static constexpr Kind kind = Kind::string;
    static constexpr std::string_view name = "string";
    static constexpr std::string_view schema = R"("type": "string")";
    static constexpr std::string_view example = R"("text")";
    static constexpr std::string_view counterexample = "7";
    static constexpr ErrorCode unreadable = ErrorCode::wrong_type;
    using Owned = std::string;

    static constexpr bool read(std::string_view text, Text& value) noexcept {
        value = text;
        return true;
    }
    static void write(std::string& out, std::string_view value) {
        detail::append_json_string(out, value);
    }
    static void print(std::string& out, std::string_view value) {
        out += '"';
        detail::append_escaped(out, value);
        out += '"';
    }
    static Owned own(std::string_view value) { return Owned{value}; }
};

template <>
struct Type<std::string> : StringType<std::string> {};
template <>
struct Type<std::string_view> : StringType<std::string_view> {};

template <class Text>
struct Type<BasicSecret<Text>> {
    static constexpr Kind kind = Kind::string;
    static constexpr std::string_view name = "string, a live credential";
    static constexpr std::string_view schema = R"("type": "string")";
    static constexpr std::string_view example = R"("INVENTED-0123456789ABCDEF")";
    static constexpr std::string_view counterexample = "7";
    static constexpr ErrorCode unreadable = ErrorCode::wrong_type;
    using Owned = Secret;

    static constexpr bool read(std::string_view text, BasicSecret<Text>& value) noexcept {
        value = BasicSecret<Text>{Text{text}};
        return true;
    }
    static void write(std::string& out, const BasicSecret<Text>& value) {
        detail::append_json_string(out, value.reveal());
    }
    static void print(std::string& out, const BasicSecret<Text>&) { out += redacted; }
    static Owned own(const BasicSecret<Text>& value) { return Owned{std::string{value.reveal()}}; }
};

template <>
struct Type<Timestamp> {
    static constexpr Kind kind = Kind::string;
    static constexpr std::string_view name = "string, ISO 8601 in UTC";
    static constexpr std::string_view definition = "Timestamp";
    // JSON Schema asks for expressions that every engine knows, so there is no look-ahead: the
    // years that are not 0000, and the leap years, are spelled out.
    static constexpr std::string_view schema =
        R"("description": "A UTC timestamp that exists: ISO 8601 with 0 to 7 fraction digits.",)"
        "\n"
        R"("type": "string",)"
        "\n"
        R"("format": "date-time",)"
        "\n"
        R"("pattern": "^(?:)"
        R"((?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})-)"
        R"((?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01]))"
        R"(|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])))"
        R"(|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26]))"
        R"(|(?:0[48]|[2468][048]|[13579][26])00)-02-29)"
        R"()T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,7})?(?:Z|\\+00:00)$")";
    static constexpr std::string_view example = R"("2024-02-29T23:59:59.1234567Z")";
    static constexpr std::string_view counterexample = R"("2023-02-29T00:00:00Z")";
    static constexpr ErrorCode unreadable = ErrorCode::invalid_timestamp;
    using Owned = Timestamp;

    static constexpr bool read(std::string_view text, Timestamp& value) noexcept {
        const std::optional<Timestamp> instant = timestamp_from_iso8601(text);
        if (instant) value = *instant;
        return instant.has_value();
    }
    static void write(std::string& out, Timestamp value) {
        detail::append_json_string(out, to_iso8601(value));
    }
    static void print(std::string& out, Timestamp value) { out += to_iso8601(value); }
    static Owned own(Timestamp value) noexcept { return value; }
};

template <>
struct Type<bool> {
    static constexpr Kind kind = Kind::boolean;
    static constexpr std::string_view name = "bool";
    static constexpr std::string_view schema = R"("type": "boolean")";
    static constexpr std::string_view example = "true";
    static constexpr std::string_view counterexample = R"("true")";
    static constexpr ErrorCode unreadable = ErrorCode::wrong_type;
    using Owned = bool;

    static constexpr bool read(std::string_view text, bool& value) noexcept {
        value = text == "true";
        return true;
    }
    static void write(std::string& out, bool value) { out += value ? "true" : "false"; }
    static void print(std::string& out, bool value) { write(out, value); }
    static Owned own(bool value) noexcept { return value; }
};
/// @endcond

}  // namespace mews::webhooks::wire

// ── <mews/webhooks/reflect.hpp> ──────────────────────────────────────────────────────────────────

// Asking the contract table: what a schema writer, a documentation generator or a test needs.
//
// A property is handed to a visitor as an empty value of a type with constant members, so that
// they can be used in `if constexpr`:
//
// @code
// wire::for_each_property<IntegrationCreated>([](auto property) {
//     std::cout << property.name << (property.presence(Contract::observed) == wire::required);
// });
// @endcode

namespace mews::webhooks::wire {

/// A struct that the table describes: an entity, the content of an event, a General Webhook.
template <class T>
concept Object = requires { Description<T>::properties; };

/// What becomes of an unknown tag: UnknownEvent, UnknownEntityEvent.
template <class T>
concept UnknownObject = Object<T> && requires { Description<T>::is_unknown; };

/// A std::variant by tag: Event by `Action`, GeneralEvent by `Discriminator`.
template <class T>
concept Tagged = requires { Description<T>::tag; };

/// A std::variant by family: Webhook.
template <class T>
concept Families = requires { Description<T>::families; };

/// A type that the table describes.
template <class T>
concept Described = Object<T> || Tagged<T> || Families<T>;

/// Whether T is a std::optional: what may be null or absent.
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// What a property holds, apart from being there or not.
template <class T>
struct Unwrap : std::type_identity<T> {};
/// @copydoc Unwrap
template <class T>
struct Unwrap<std::optional<T>> : std::type_identity<T> {};

/// The type of the elements of a list.
template <class T>
using ElementOf = std::remove_cv_t<typename T::value_type>;

/// A property that holds a list: a std::vector or a std::span of described elements.
template <class T>
concept List = requires(const T& list) { list.begin(), list.size(); } && Described<ElementOf<T>>;

/// A property that holds a value without properties or elements.
template <class T>
concept Scalar = requires { Type<T>::kind; };

/// The property of Struct at an index: its facts as constants.
template <Object Struct, std::size_t Index>
struct PropertyAt {
  private:
    static constexpr const auto& entry = std::get<Index>(Description<Struct>::properties);

  public:
    static constexpr std::size_t index = Index;           ///< Its place in the documented order.
    static constexpr std::string_view name = entry.name;  ///< Its name on the wire.
    static constexpr auto member = entry.member;          ///< The pointer to the member.
    static constexpr Visibility visibility = entry.visibility;  ///< How much may be shown.

    /// The member's type.
    using Type = std::remove_cvref_t<decltype(std::declval<Struct&>().*member)>;
    /// The member's type without std::optional.
    using Value = typename Unwrap<Type>::type;

    /// When it must be there.
    [[nodiscard]] static constexpr Presence presence(Contract contract) noexcept {
        return contract == Contract::documented ? entry.presences.documented
                                                : entry.presences.observed;
    }

    static_assert(Scalar<Value> || Described<Value> || List<Value>,
                  "the type of this member has no wire::Type: see detail/wire_types.hpp");
    static_assert(is_optional<Type> || (presence(Contract::documented) == required &&
                                        presence(Contract::observed) == required),
                  "a property that may be absent or null needs a std::optional member");
    static_assert(name.find_first_of("~/\"\\") == std::string_view::npos,
                  "a name stands in JSON texts and JSON Pointers as it is");
};

/// How many properties a struct has.
template <Object Struct>
inline constexpr std::size_t property_count =
    std::tuple_size_v<std::remove_cvref_t<decltype(Description<Struct>::properties)>>;

/// Calls `visit(property)` for the properties of a struct, in documented order, until a call
/// returns true.
/// @return whether one did.
template <Object Struct, class Visitor>
constexpr bool any_property(Visitor&& visit) {
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        return (visit(PropertyAt<Struct, Index>{}) || ...);
    }(std::make_index_sequence<property_count<Struct>>{});
}

/// Calls `visit(property)` for each property of a struct, in documented order.
template <Object Struct, class Visitor>
constexpr void for_each_property(Visitor&& visit) {
    any_property<Struct>([&](auto property) {
        visit(property);
        return false;
    });
}

/// Calls `visit(std::type_identity<T>{})` for each alternative of a std::variant, in order.
template <class Variant, class Visitor>
constexpr void for_each_alternative(Visitor&& visit) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        (visit(std::type_identity<std::variant_alternative_t<Index, Variant>>{}), ...);
    }(std::make_index_sequence<std::variant_size_v<Variant>>{});
}

/// The tags of an alternative of a tagged object; none of an unknown one.
template <Object Struct>
[[nodiscard]] constexpr auto tags_of() noexcept {
    if constexpr (requires { Description<Struct>::tags; }) {
        return Description<Struct>::tags;
    } else if constexpr (UnknownObject<Struct>) {
        return std::array<std::string_view, 0>{};
    } else {
        return std::array{Description<Struct>::name};
    }
}

/// All documented tags of a tagged object, in the order of their enumerators.
template <Tagged Variant>
inline constexpr auto tags = []<class... Structs>(std::type_identity<std::variant<Structs...>>) {
    std::array<std::string_view, (tags_of<Structs>().size() + ...)> all{};
    std::size_t count = 0;
    const auto add = [&](const auto& names) {
        for (const std::string_view name : names)
            all[count++] = name;
    };
    (add(tags_of<Structs>()), ...);
    return all;
}(std::type_identity<Variant>{});

/// The index of a tag in `tags`; their number if it is not one of them.
template <Tagged Variant>
[[nodiscard]] constexpr std::size_t index_of_tag(std::string_view name) noexcept {
    std::size_t index = 0;
    while (index != tags<Variant>.size() && tags<Variant>[index] != name)
        ++index;
    return index;
}

/// Calls `visit(std::type_identity<T>{})` for the alternative of a tag, by its index in `tags`; for
/// the unknown one if no tag has that index.
template <Tagged Variant, class Visitor>
constexpr void visit_alternative(std::size_t index, Visitor&& visit) {
    std::size_t end = 0;
    bool is_done = false;
    for_each_alternative<Variant>([&]<class Struct>(std::type_identity<Struct> type) {
        end += tags_of<Struct>().size();
        if (is_done || (index >= end && !UnknownObject<Struct>)) return;
        is_done = true;
        visit(type);
    });
}

/// Stores which of its tags an alternative stands for, if it has a member for that.
/// @param index the tag's in `tags`, which is its enumerator.
template <Object Struct>
constexpr void set_tag(Struct& alternative, std::size_t index) noexcept {
    if constexpr (requires { Description<Struct>::tag_member; }) {
        auto& member = alternative.*Description<Struct>::tag_member;
        member = static_cast<std::remove_reference_t<decltype(member)>>(index);
    }
}

/// The tag of an alternative as it is sent.
template <Object Struct>
[[nodiscard]] constexpr std::string_view tag_of(const Struct& alternative) noexcept {
    if constexpr (UnknownObject<Struct>) {
        return alternative.*PropertyAt<Struct, 0>::member;
    } else if constexpr (requires { Description<Struct>::tag_member; }) {
        const auto index = static_cast<std::size_t>(alternative.*Description<Struct>::tag_member);
        return index < tags_of<Struct>().size() ? tags_of<Struct>()[index] : "Unknown";
    } else {
        return Description<Struct>::name;
    }
}

}  // namespace mews::webhooks::wire

// ── <mews/webhooks/detail/own.hpp> ───────────────────────────────────────────────────────────────

// Copies of views that own what the views borrow, each made in its place.

namespace mews::webhooks::detail {

/// The type of a copy that owns.
template <class T>
struct OwnedOf;

template <class T>
using Owned = typename OwnedOf<T>::type;

template <wire::Scalar T>
struct OwnedOf<T> : std::type_identity<typename wire::Type<T>::Owned> {};
template <class T>
struct OwnedOf<std::optional<T>> : std::type_identity<std::optional<Owned<T>>> {};
template <wire::List T>
struct OwnedOf<T> : std::type_identity<std::vector<Owned<wire::ElementOf<T>>>> {};
template <class... Alternatives>
struct OwnedOf<std::variant<Alternatives...>>
    : std::type_identity<std::variant<Owned<Alternatives>...>> {};
template <template <class> class Shape, class Text>
requires wire::Object<Shape<Text>>
struct OwnedOf<Shape<Text>> : std::type_identity<Shape<std::string>> {};

template <class T>
Owned<T> own(const T& from);

/// Becomes the copy. A conversion, so that emplacement makes it in its place.
template <class T>
struct MakeOwned {
    const T& from;

    operator Owned<T>() const { return own(from); }  // NOLINT(google-explicit-constructor)
};

/// Whether the table lists the members of a struct in the order of their declaration: `own` relies
/// on it.
template <wire::Object View, class... Properties>
consteval bool is_in_declared_order(Properties...) {
    if constexpr (requires { wire::Description<View>::tag_member; }) {
        if (!requires { View{{}, typename Properties::Type{}...}; }) return false;
    } else if (!requires { View{typename Properties::Type{}...}; }) {
        return false;
    }
    // Those of one type could be taken for one another.
    const View view{};
    const auto is_in_order = [&]<class One, class Other>(One one, Other other) {
        if constexpr (std::is_same_v<typename One::Type, typename Other::Type>) {
            return (&(view.*one.member) < &(view.*other.member)) == (One::index < Other::index);
        } else {
            return true;
        }
    };
    return !wire::any_property<View>(
        [&](auto one) { return (!is_in_order(one, Properties{}) || ...); });
}

template <wire::Object T, std::size_t... Index>
Owned<T> own_members(const T& from, std::index_sequence<Index...>) {
    if constexpr (std::is_same_v<T, Owned<T>>) {
        return from;
    } else {
        static_assert(is_in_declared_order<T>(wire::PropertyAt<T, Index>{}...),
                      "the table lists properties in the order of the struct's members");
        if constexpr (requires { wire::Description<T>::tag_member; }) {
            return {from.*wire::Description<T>::tag_member,
                    own(from.*wire::PropertyAt<T, Index>::member)...};
        } else {
            return {own(from.*wire::PropertyAt<T, Index>::member)...};
        }
    }
}

template <class T>
Owned<T> own(const T& from) {
    if constexpr (wire::is_optional<T>) {
        if (!from) return std::nullopt;
        return Owned<T>{std::in_place, MakeOwned<typename T::value_type>{*from}};
    } else if constexpr (wire::Scalar<T>) {
        return wire::Type<T>::own(from);
    } else if constexpr (wire::List<T>) {
        Owned<T> list;
        list.reserve(std::size(from));
        for (const auto& element : from)
            list.emplace_back(MakeOwned<wire::ElementOf<T>>{element});
        return list;
    } else if constexpr (wire::Object<T>) {
        return own_members(from, std::make_index_sequence<wire::property_count<T>>{});
    } else {
        return std::visit(
            []<class Alternative>(const Alternative& alternative) {
                return Owned<T>{std::in_place_type<Owned<Alternative>>,
                                MakeOwned<Alternative>{alternative}};
            },
            from);
    }
}

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/print.hpp> ────────────────────────────────────────────────────────────────────

// Showing values and errors to people: with `<<`, and with `std::format` where there is one.
//
// Secrets are redacted, personal data is masked, and control characters in strings from outside
// are escaped, so that what is printed can go to a log or a terminal.

#if defined(__cpp_lib_format)
#include <format>
#endif

namespace mews::webhooks {

/// What is printed in the place of personal data.
inline constexpr std::string_view masked = "[masked]";

/// The action's name on the wire: `"IntegrationCreated"`. `"Unknown"` for Action::unknown.
[[nodiscard]] constexpr std::string_view to_string(Action action) noexcept {
    const auto index = static_cast<std::size_t>(action);
    return index < wire::tags<Event>.size() ? wire::tags<Event>[index] : "Unknown";
}

/// The discriminator's name on the wire: `"ServiceOrderUpdated"`. `"Unknown"` for
/// Discriminator::unknown.
[[nodiscard]] constexpr std::string_view to_string(Discriminator discriminator) noexcept {
    const auto index = static_cast<std::size_t>(discriminator);
    return index < wire::tags<GeneralEvent>.size() ? wire::tags<GeneralEvent>[index] : "Unknown";
}

/// A string from outside, in double quotes, for a log or a terminal: quotes, backslashes, control
/// characters, line separators and what changes the direction of writing become escape sequences,
/// bytes that are not UTF-8 `\xXX`.
/// @throws std::bad_alloc if there is no memory for it.
[[nodiscard]] inline std::string escaped(std::string_view text) {
    std::string out = "\"";
    detail::append_escaped(out, text);
    out += '"';
    return out;
}

namespace detail {

template <class T>
void print(std::string& out, const T& value);
template <class T>
void print_named(std::string& out, const T& value);

/// The properties of an object, in braces.
template <wire::Object Struct>
void print_properties(std::string& out, const Struct& object) {
    std::string_view separator = "{";
    wire::for_each_property<Struct>([&](auto property) {
        using enum wire::Visibility;
        out.append(std::exchange(separator, ", ")).append(property.name).append(": ");
        if constexpr (property.visibility == open) {
            print(out, object.*property.member);
        } else {
            out += property.visibility == personal ? masked : redacted;
        }
    });
    out += '}';
}

/// Appends what people see of a value that stands in an object or a list.
template <class T>
void print(std::string& out, const T& value) {
    if constexpr (wire::is_optional<T>) {
        if (value) {
            print(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (wire::Scalar<T>) {
        wire::Type<T>::print(out, value);
    } else if constexpr (wire::List<T>) {
        std::string_view separator;
        out += '[';
        for (const auto& element : value) {
            out += std::exchange(separator, ", ");
            print(out, element);
        }
        out += ']';
    } else if constexpr (wire::Object<T>) {
        print_properties(out, value);
    } else if (value.valueless_by_exception()) {
        out += "(no event)";
    } else {
        std::visit([&](const auto& alternative) { print_named(out, alternative); }, value);
    }
}

/// Appends a value with its name.
template <class T>
void print_named(std::string& out, const T& value) {
    if constexpr (wire::Object<T>) {
        if constexpr (requires { wire::Description<T>::tag_member; }) {
            out += wire::tag_of(value);
        } else {
            out += wire::Description<T>::name;
        }
        out += ' ';
    }
    print(out, value);
}

/// Whether T is printed as what its `message()` says.
template <class T>
inline constexpr bool has_message = false;
template <>
inline constexpr bool has_message<Error> = true;

/// A type of this library that can be printed. Exactly these: other people's may convert to them.
template <class T>
concept Printable =
    wire::Described<T> || std::same_as<T, Action> || std::same_as<T, Discriminator> ||
    std::same_as<T, Contract> || std::same_as<T, ErrorCode> || std::same_as<T, Secret> ||
    std::same_as<T, SecretView> || has_message<T>;

/// The text that is printed for a value.
template <Printable T>
[[nodiscard]] std::string printed(const T& value) {
    if constexpr (has_message<T>) {
        return value.message();
    } else if constexpr (wire::Described<T> || wire::Scalar<T>) {
        std::string out;
        print_named(out, value);
        return out;
    } else {
        return std::string{to_string(value)};
    }
}

}  // namespace detail

/// Prints a value on one line: secrets redacted, personal data masked, control characters escaped.
template <class Traits, detail::Printable T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const T& value) {
    return stream << std::string_view{detail::printed(value)};
}

/// Prints the value, or `null`.
template <class Traits, detail::Printable T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const std::optional<T>& value) {
    return value ? stream << *value : stream << std::string_view{"null"};
}

/// Prints `to_iso8601(instant)`. A `using` of this namespace finds it, the type being
/// std::chrono's.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const Timestamp& instant) {
    return stream << std::string_view{to_iso8601(instant)};
}

/// Prints the instant, or `null`.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const std::optional<Timestamp>& instant) {
    return instant ? stream << *instant : stream << std::string_view{"null"};
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
            mews::webhooks::detail::printed(value), context);
    }
};
#endif

// ── <mews/webhooks/events.hpp> ───────────────────────────────────────────────────────────────────

// The value types of both families, and what can be asked of any event. Needs no JSON parser: most
// of a program can include this alone.

namespace mews::webhooks {

// ── which event it is ───────────────────────────────────────────────────────────────────────────

namespace detail {

template <class Text>
constexpr Action action_of(const BasicEvent<Text>& event) noexcept {
    // An assignment that threw can leave a variant without a value: nothing is known of it either.
    return event.valueless_by_exception() ? Action::unknown : static_cast<Action>(event.index());
}

/// The events' alternatives and the enumerators stand in one order.
static_assert(std::variant_size_v<Event> == static_cast<std::size_t>(Action::unknown) + 1);
static_assert(wire::tags<Event>.size() == static_cast<std::size_t>(Action::unknown));
static_assert(wire::tags<GeneralEvent>.size() == static_cast<std::size_t>(Discriminator::unknown));

}  // namespace detail

/// Which action an event has.
[[nodiscard]] constexpr Action action_of(const Event& event) noexcept {
    return detail::action_of(event);
}
/// @copydoc action_of(const Event&)
[[nodiscard]] constexpr Action action_of(const EventView& event) noexcept {
    return detail::action_of(event);
}

/// The action of this name on the wire; Action::unknown if it is not documented.
[[nodiscard]] constexpr Action action_named(std::string_view name) noexcept {
    return static_cast<Action>(wire::index_of_tag<Event>(name));
}

/// The action's name as it was sent, unknown ones too. Lives as long as the event's strings.
[[nodiscard]] inline std::string_view action_name(const Event& event);
/// @copydoc action_name(const Event&)
[[nodiscard]] inline std::string_view action_name(const EventView& event);

// ── which integration it is about ───────────────────────────────────────────────────────────────

/// The integration that an event is about: a pointer into the event, null only for an UnknownEvent
/// without one.
[[nodiscard]] constexpr const Integration* integration_of(const Event& event) noexcept;
/// @copydoc integration_of(const Event&)
[[nodiscard]] constexpr const IntegrationView* integration_of(const EventView& event) noexcept;

/// Does not compile: the pointer would outlive the event, which is a temporary, or is made of what
/// is given.
template <class Other>
requires((std::is_convertible_v<Other, Event> || std::is_convertible_v<Other, EventView>) &&
         !std::is_same_v<Other, Event&> && !std::is_same_v<Other, const Event&> &&
         !std::is_same_v<Other, EventView&> && !std::is_same_v<Other, const EventView&>)
constexpr const Integration* integration_of(Other&&) noexcept {
    static_assert(std::is_void_v<Other>,
                  "integration_of gives a pointer into the event: name the event first, as in "
                  "`const auto event = parse(body); … integration_of(*event)`");
    return nullptr;
}

// ── copies that own ─────────────────────────────────────────────────────────────────────────────

/// A copy that owns its strings: of an EventView an Event, of an IntegrationCreatedView an
/// IntegrationCreated, of a GeneralWebhookView a GeneralWebhook, and so on.
/// @throws std::bad_alloc if there is no memory for it.
template <wire::Described View>
[[nodiscard]] auto to_owned(const View& view) {
    return detail::own(view);
}

// ── a handler for each alternative ──────────────────────────────────────────────────────────────

/// `std::visit` with a handler for each alternative, or with a generic one for the others:
///
/// @code
/// match(event, [](const IntegrationCreated& created) { … }, [](const auto& other) { … });
/// @endcode
///
/// A lambda that takes a type which is no alternative does not compile: with std::visit, one for
/// IntegrationCreated would never be called for an EventView, whose alternative is
/// IntegrationCreatedView. So give a lambda for each type: into a class with several call
/// operators, or with a template, nothing can look. Handlers that are lvalues are copied. As in any
/// set of overloads, a generic lambda that is `mutable` is preferred to others that are not.
///
/// @return what the handlers return; they all return the same type.
template <class Variant, class... Handlers>
constexpr decltype(auto) match(Variant&& variant, Handlers&&... handlers);

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

template <class Text>
std::string_view action_name(const BasicEvent<Text>& event) {
    if (event.valueless_by_exception()) return to_string(Action::unknown);
    return std::visit(
        [](const auto& alternative) -> std::string_view { return wire::tag_of(alternative); },
        event);
}

template <class Text>
constexpr const BasicIntegration<Text>* integration_of(const BasicEvent<Text>& event) noexcept {
    if (event.valueless_by_exception()) return nullptr;
    return std::visit(
        [](const auto& alternative) -> const BasicIntegration<Text>* {
            if constexpr (wire::is_optional<
                              std::remove_cvref_t<decltype(alternative.integration)>>) {
                return alternative.integration ? &*alternative.integration : nullptr;
            } else {
                return &alternative.integration;
            }
        },
        event);
}

/// Its name stands in the compiler's message.
template <class Handler, class TheVariantIs>
inline constexpr bool the_handler_is_for_another_variant = false;

template <class T>
struct ConvertsTo {
    operator T() const;  // NOLINT(google-explicit-constructor)
};

/// Whether a handler can be called with an alternative of the variant, and not with all of it.
template <class Handler, class Variant>
constexpr bool takes_an_alternative() {
    using Type = std::remove_cvref_t<Variant>;
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        return (std::is_invocable_v<Handler&, decltype(std::get<Index>(std::declval<Variant>()))> ||
                ...);
    }(std::make_index_sequence<std::variant_size_v<Type>>{}) &&
           !std::is_invocable_v<Handler&, ConvertsTo<Type>>;
}

/// Refuses a handler that would never be called. Asked of handlers that have one call operator, and
/// that no template: to ask a template would be to instantiate it.
template <class Handler, class Variant>
constexpr void check_handler() {
    static_assert(std::is_class_v<Handler>,
                  "match: a handler is a lambda, or an object of another class");
    if constexpr (requires { &Handler::operator(); }) {
        static_assert(
            takes_an_alternative<Handler, Variant>() ||
                the_handler_is_for_another_variant<Handler, std::remove_cvref_t<Variant>>,
            "match: a handler takes a type that is no alternative of this variant. An EventView "
            "has IntegrationCreatedView and so on, an Event has IntegrationCreated and so on.");
    }
}

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

}  // namespace detail

inline std::string_view action_name(const Event& event) {
    return detail::action_name(event);
}
inline std::string_view action_name(const EventView& event) {
    return detail::action_name(event);
}

constexpr const Integration* integration_of(const Event& event) noexcept {
    return detail::integration_of(event);
}
constexpr const IntegrationView* integration_of(const EventView& event) noexcept {
    return detail::integration_of(event);
}

/// @cond
template <class Variant, class... Handlers>
constexpr decltype(auto) match(Variant&& variant, Handlers&&... handlers) {
    (detail::check_handler<std::remove_cvref_t<Handlers>, Variant&&>(), ...);
    return std::visit(
        detail::Overloaded<std::remove_cvref_t<Handlers>...>{std::forward<Handlers>(handlers)...},
        std::forward<Variant>(variant));
}
/// @endcond

}  // namespace mews::webhooks

// ── <mews/webhooks/result.hpp> ───────────────────────────────────────────────────────────────────

// Result: a value, or the Error that says why there is none.

#if defined(__cpp_lib_format)
#include <format>
#endif

namespace mews::webhooks {

/// What `Result::value()` throws when there is no value. `what()` is the error's message.
class ParseException : public std::runtime_error {
  public:
    /// Takes the error that there is instead of a value.
    explicit ParseException(Error error)
        : std::runtime_error(error.message()),
          error_(std::make_shared<const Error>(std::move(error))) {}
    // Declared, so that there is no move: every ParseException has its error.
    ~ParseException() override = default;

    /// Why there is no value.
    [[nodiscard]] const Error& error() const noexcept { return *error_; }

  private:
    // Shared: copying an exception must not throw, and copying a string may.
    std::shared_ptr<const Error> error_;
};

namespace detail {

/// std::expected<T, Error>, known by its members: Result is the same with and without <expected>.
template <class E, class T>
concept ExpectedOf =
    std::is_same_v<typename E::value_type, T> && std::is_same_v<typename E::error_type, Error> &&
    std::is_constructible_v<E, typename E::unexpected_type>;

}  // namespace detail

/// A value, or the Error that says why there is none: what is used of `std::expected<T, Error>`,
/// with an Error itself in the place of `std::unexpected`. One type whatever the language standard.
///
/// True means a value. Nothing throws but `value()` and T's own operations. If moving a T throws,
/// an assignment or a swap leaves values and errors where they were.
template <class T>
class [[nodiscard]] Result {
    static_assert(std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T> &&
                      !std::is_same_v<T, Error>,
                  "a Result holds an object that is not const and not itself an Error");
    static constexpr bool nothrow_move = std::is_nothrow_move_constructible_v<T>;
    static constexpr bool is_movable =
        std::is_move_constructible_v<T> && std::is_move_assignable_v<T> && std::is_swappable_v<T>;

  public:
    using value_type = T;      ///< What is held if all is well.
    using error_type = Error;  ///< What is held if not.

    /// A value-initialized T.
    constexpr Result()
    requires std::is_default_constructible_v<T>
        : value_(), has_value_(true) {}
    /// The value. Implicit where T's own constructor is. A bool is made of what converts to bool by
    /// itself, which a Result does not: whether it has a value is another question.
    template <class U = T>
    requires(!std::is_same_v<std::remove_cvref_t<U>, Result> && std::is_constructible_v<T, U> &&
             (!std::is_same_v<T, bool> || std::is_convertible_v<U, T>))
    constexpr explicit(!std::is_convertible_v<U, T>) Result(U&& value)  // NOLINT: not for Results
        : value_(std::forward<U>(value)), has_value_(true) {}
    /// The reason why there is no value.
    constexpr Result(Error error)  // NOLINT(google-explicit-constructor): `return Error{…}`
        : error_(std::move(error)), has_value_(false) {}
    /// The value, made from its constructor's arguments.
    template <class... Arguments>
    requires std::is_constructible_v<T, Arguments...>
    constexpr explicit Result(std::in_place_t, Arguments&&... arguments)
        : value_(std::forward<Arguments>(arguments)...), has_value_(true) {}

    /// @{
    /// Copies and moves what is held.
    constexpr Result(const Result& other)
    requires std::is_copy_constructible_v<T>
        : has_value_(other.has_value_) {
        construct(other.value_, other.error_);
    }
    constexpr Result(Result&& other) noexcept(nothrow_move)
    requires std::is_move_constructible_v<T>
        : has_value_(other.has_value_) {
        construct(std::move(other.value_), std::move(other.error_));
    }
    constexpr Result& operator=(Result other) noexcept(nothrow_move &&
                                                       std::is_nothrow_move_assignable_v<T>)
    requires is_movable
    {
        const bool are_values = has_value_ && other.has_value_;
        if (are_values) value_ = std::move(other.value_);
        if (!are_values) swap(other);
        return *this;
    }
    constexpr ~Result() { destroy(); }
    /// @}

    /// @{
    /// Whether there is a value; the value; the error; or a fallback for what is not held. Without
    /// one, `value()` throws a ParseException, and the others are undefined. A temporary gives away
    /// what it holds, so that references last: `const auto& event = *parse(body);`
    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value_; }
    [[nodiscard]] constexpr T& operator*() & noexcept { return value_; }
    [[nodiscard]] constexpr const T& operator*() const& noexcept { return value_; }
    [[nodiscard]] constexpr T operator*() && noexcept(nothrow_move) { return std::move(value_); }
    [[nodiscard]] constexpr T* operator->() & noexcept { return std::addressof(value_); }
    [[nodiscard]] constexpr const T* operator->() const& noexcept { return std::addressof(value_); }
    template <class Self = Result>
    constexpr const T* operator->() const&& {
        static_assert(!std::is_same_v<Self, Result>, "name the Result first: -> needs a variable");
        return nullptr;
    }
    [[nodiscard]] constexpr T& value() & { return require_value(), value_; }
    [[nodiscard]] constexpr const T& value() const& { return require_value(), value_; }
    [[nodiscard]] constexpr T value() && { return require_value(), std::move(value_); }
    [[nodiscard]] constexpr Error& error() & noexcept { return error_; }
    [[nodiscard]] constexpr const Error& error() const& noexcept { return error_; }
    [[nodiscard]] constexpr Error error() && noexcept { return std::move(error_); }
    [[nodiscard]] constexpr T value_or(auto&& fallback) const& {
        return has_value_ ? value_ : static_cast<T>(std::forward<decltype(fallback)>(fallback));
    }
    [[nodiscard]] constexpr T value_or(auto&& fallback) && {
        if (has_value_) return std::move(value_);
        return static_cast<T>(std::forward<decltype(fallback)>(fallback));
    }
    [[nodiscard]] constexpr Error error_or(const Error& e) const { return has_value_ ? e : error_; }
    /// @}

    /// @{
    /// `f(value)`, a Result for `and_then` and the value of one for `transform`; or this error.
    constexpr auto and_then(auto&& f) & { return next<std::type_identity_t>(f, *this); }
    constexpr auto and_then(auto&& f) const& { return next<std::type_identity_t>(f, *this); }
    constexpr auto and_then(auto&& f) && { return next<std::type_identity_t>(f, std::move(*this)); }
    constexpr auto transform(auto&& f) & { return next<Result>(f, *this); }
    constexpr auto transform(auto&& f) const& { return next<Result>(f, *this); }
    constexpr auto transform(auto&& f) && { return next<Result>(f, std::move(*this)); }
    /// @}

    /// @{
    /// This value; or `f(error)`, a Result for `or_else` and an Error for `transform_error`.
    constexpr Result or_else(auto&& f) const& { return Result(*this).or_else(f); }
    constexpr Result or_else(auto&& f) && {
        return has_value_ ? std::move(*this) : Result(std::invoke(f, std::move(error_)));
    }
    constexpr Result transform_error(auto&& f) const& { return Result(*this).transform_error(f); }
    constexpr Result transform_error(auto&& f) && {
        return has_value_ ? std::move(*this) : Result(Error(std::invoke(f, std::move(error_))));
    }
    /// @}

    /// Replaces whatever is held with a value made from its constructor's arguments.
    template <class... Arguments>
    requires std::is_nothrow_constructible_v<T, Arguments...>
    constexpr T& emplace(Arguments&&... arguments) noexcept {
        destroy();
        has_value_ = true;
        return *std::construct_at(std::addressof(value_), std::forward<Arguments>(arguments)...);
    }

    /// @{
    /// Exchanges what two Results hold, two values by T's own `swap`.
    constexpr void swap(Result& other) noexcept(nothrow_move && std::is_nothrow_swappable_v<T>)
    requires is_movable
    {
        using std::swap;
        if (!has_value_ && other.has_value_) return other.swap(*this);
        if (!has_value_) return swap(error_, other.error_);
        if (other.has_value_) return swap(value_, other.value_);
        // Puts the error back if moving the value throws. A `try` would need exceptions.
        struct Kept {
            constexpr ~Kept() {
                if (!from.has_value_) std::construct_at(&from.error_, std::move(error));
            }
            Result& from;
            Error error;
        } kept{other, std::move(other.error_)};
        std::destroy_at(&other.error_);
        std::construct_at(std::addressof(other.value_), std::move(value_));
        other.has_value_ = true;
        destroy();
        has_value_ = false;
        std::construct_at(&error_, std::move(kept.error));
    }
    friend constexpr void swap(Result& left, Result& right) noexcept(noexcept(left.swap(right)))
    requires is_movable
    {
        left.swap(right);
    }
    /// @}

    /// @{
    /// A `std::expected<T, Error>` of the same. Implicit, since nothing is lost: a function that
    /// returns one can `return parse(body);`.
    template <detail::ExpectedOf<T> E>
    requires std::is_copy_constructible_v<T>
    constexpr operator E() const& {  // NOLINT(google-explicit-constructor)
        return Result(*this);
    }
    template <detail::ExpectedOf<T> E>
    constexpr operator E() && {  // NOLINT(google-explicit-constructor)
        if (has_value_) return E(std::in_place, std::move(value_));
        return E(typename E::unexpected_type(std::move(error_)));
    }
    /// @}

    /// Equal if both hold equal values or equal errors. A value or an Error becomes a Result first.
    [[nodiscard]] friend constexpr bool operator==(const Result& left, const Result& right) {
        if (left.has_value_ != right.has_value_) return false;
        return left.has_value_ ? static_cast<bool>(left.value_ == right.value_)
                               : left.error_ == right.error_;
    }

  private:
    constexpr void require_value() const {
        if (has_value_) return;
#if defined(__cpp_exceptions)
        throw ParseException(error_);
#else
        std::terminate();  // as the standard library's `value()` does
#endif
    }

    constexpr void destroy() noexcept {
        has_value_ ? std::destroy_at(std::addressof(value_)) : std::destroy_at(&error_);
    }

    template <class Value, class E>
    constexpr void construct(Value&& value, E&& error) {
        if (has_value_) std::construct_at(std::addressof(value_), std::forward<Value>(value));
        if (!has_value_) std::construct_at(&error_, std::forward<E>(error));
    }

    template <template <class> class As, class F, class Self>
    static constexpr auto next(F& f, Self&& self) {
        using Returned = std::invoke_result_t<F&, decltype((std::forward<Self>(self).value_))>;
        using Next = As<std::remove_cvref_t<Returned>>;
        static_assert(std::is_constructible_v<Next, Error>,
                      "and_then takes a function that returns a Result");
        return self.has_value_ ? Next(std::invoke(f, std::forward<Self>(self).value_))
                               : Next(std::forward<Self>(self).error_);
    }

    union {
        T value_;
        Error error_;
    };
    bool has_value_;
};

/// Prints the value as T is printed, or the error's message.
template <class T>
requires requires(std::ostream& stream, const T& value) { stream << value; }
std::ostream& operator<<(std::ostream& stream, const Result<T>& result) {
    if (!result) return stream << result.error().message();
    stream << *result;
    return stream;
}

}  // namespace mews::webhooks

#if defined(__cpp_lib_format)
/// Formats the value by its own format specification, or the error's message.
template <class T>
requires std::is_default_constructible_v<std::formatter<T, char>>
struct std::formatter<mews::webhooks::Result<T>, char> : std::formatter<T, char> {
    /// Writes what is held.
    template <class Context>
    auto format(const mews::webhooks::Result<T>& result, Context& context) const {
        if (result) return std::formatter<T, char>::format(*result, context);
        return std::format_to(context.out(), "{}", result.error().message());
    }
};
#endif

// ── <mews/webhooks/options.hpp> ──────────────────────────────────────────────────────────────────

// What a caller may choose about parsing.

namespace mews::webhooks {

/// What a caller may choose about parsing.
struct ParseOptions {
    /// What is held against the body.
    Contract contract = Contract::observed;

    /// The largest body that is read, in bytes. A Parser keeps memory in proportion to the largest
    /// body it has seen: at most ten times this figure, and 10 KiB; 8 KiB more with simdjson's
    /// development checks, which builds without optimization have. simdjson's own limit, 4 GiB,
    /// holds too.
    std::size_t max_body_bytes = std::size_t{1} << 20;

    /// How many objects and arrays may be open at once, the body itself included.
    std::size_t max_depth = 64;
};

}  // namespace mews::webhooks

// ── <mews/webhooks/detail/body_buffer.hpp> ───────────────────────────────────────────────────────

// The memory that a Parser keeps for bodies.

namespace mews::webhooks::detail {

/// A copy of a body, or of another text, with the padding behind it that reading it takes, which no
/// caller should have to care for.
class BodyBuffer {
  public:
    /// Has room for texts of up to `capacity` bytes.
    /// @throws std::bad_alloc if there is no memory.
    explicit BodyBuffer(std::size_t capacity)
        : bytes_(std::make_unique<char[]>(2 * (capacity + text_padding))), capacity_(capacity) {}

    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

    /// Makes room for bodies of up to `capacity` bytes, giving up what was held.
    /// @return false if there is no memory.
    [[nodiscard]] bool reset(std::size_t capacity) noexcept {
        capacity_ = 0;
        bytes_.reset();
        bytes_.reset(new (std::nothrow) char[2 * (capacity + text_padding)]());
        if (bytes_ != nullptr) capacity_ = capacity;
        return bytes_ != nullptr;
    }

    /// Copies a body that there is room for. What is returned is followed by padding.
    [[nodiscard]] std::string_view assign(std::string_view body) noexcept {
        // Not memcpy: the body may be a text of an event that was read from this buffer.
        if (!body.empty()) std::memmove(bytes_.get(), body.data(), body.size());
        // All of it: what lies beyond the end must not depend on the bodies before this one.
        std::memset(bytes_.get() + body.size(), 0, text_padding);
        return {bytes_.get(), body.size()};
    }

    /// Room for as many bytes as the body has, and the padding, for texts with escapes.
    [[nodiscard]] char* scratch() const noexcept { return bytes_.get() + capacity_ + text_padding; }

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

// ── <mews/webhooks/detail/key.hpp> ───────────────────────────────────────────────────────────────

// Comparing names of the contract with the characters of a body, a word at a time.

namespace mews::webhooks::detail {

/// A name of the contract, or another string that it tells.
class Key {
    static constexpr std::size_t word_count = 4;
    using Bytes = std::array<char, word_count * sizeof(std::uint64_t)>;
    using Words = std::array<std::uint64_t, word_count>;

  public:
    consteval explicit Key(std::string_view text = {}) : name(text) {
        // With the quote that ends it, so that its length need not be known.
        Bytes expected{};
        Bytes mask{};
        for (std::size_t i = 0; i <= text.size(); ++i) {
            expected.at(i) = i == text.size() ? '"' : text[i];
            mask.at(i) = '\xFF';
        }
        expected_ = std::bit_cast<Words>(expected);
        mask_ = std::bit_cast<Words>(mask);
    }

    /// Whether a string, `at` behind its opening quote, is spelled so, without escape sequences.
    ///
    /// Not by memcmp: of a comparison that it takes for unlikely the compiler makes a call, in the
    /// hottest loop there is.
    [[nodiscard]] bool is_at(const char* at) const noexcept {
        return is_word_at<0>(at) && is_word_at<1>(at) && is_word_at<2>(at) && is_word_at<3>(at);
    }

    std::string_view name{};

  private:
    static_assert(sizeof(Bytes) <= text_padding);

    template <std::size_t Index>
    [[nodiscard]] bool is_word_at(const char* at) const noexcept {
        if (mask_[Index] == 0) return true;
        return (word_at(at + Index * sizeof(std::uint64_t)) & mask_[Index]) == expected_[Index];
    }

    Words expected_{};
    Words mask_{};
};

}  // namespace mews::webhooks::detail

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

// ── <mews/webhooks/detail/source.hpp> ────────────────────────────────────────────────────────────

// What the fast path and the exact walk read from.

namespace mews::webhooks::detail {

inline constexpr std::size_t largest_body =
    (std::min<std::uint64_t>)((std::numeric_limits<std::size_t>::max)() / 4, 0xFFFF'0000);

/// A body, and the memory that reading it takes.
struct Source {
    std::string_view text;  ///< Without a byte order mark; `text_padding` zeros follow it.
    char* scratch;          ///< Room for unescaped strings: for as many bytes, padding included.
    std::byte* elements;    ///< Room for `elements_size` bytes, for the elements of lists, aligned.
    Contract contract;
    std::size_t max_depth;
};

/// The alternative of a tagged object for the tags that are not documented.
template <wire::Tagged T>
using UnknownOf = std::variant_alternative_t<std::variant_size_v<T> - 1, T>;

/// Makes a T without clearing it first: value-initialization, which is what emplace does without an
/// argument, sets all its bytes to zero, which takes as long as some bodies take to read.
template <class T>
struct MakeUncleared {
    operator T() const noexcept {  // NOLINT(google-explicit-constructor): for emplacement
        T made;
        return made;
    }
};

/// Whether a body has more bytes than are read: simdjson counts in 32 bits.
[[nodiscard]] constexpr bool is_too_large(std::string_view body,
                                          const ParseOptions& options) noexcept {
    return body.size() > options.max_body_bytes || body.size() > largest_body;
}

/// How many bytes of UTF-8 byte order mark a body begins with.
[[nodiscard]] constexpr std::size_t byte_order_mark_size(std::string_view body) noexcept {
    return body.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

/// The fewest bytes of JSON that a value of a type takes.
template <class T>
consteval std::size_t least_text() {
    if constexpr (wire::is_optional<T>) {
        return least_text<typename wire::Unwrap<T>::type>();
    } else if constexpr (wire::Tagged<T>) {
        using Description = wire::Description<T>;
        return Description::tag.size() + Description::content.size() +
               std::string_view{R"({"":"","":{}})"}.size();
    } else if constexpr (wire::Object<T>) {
        std::size_t size = 1;
        wire::for_each_property<T>([&](auto property) {
            size += property.name.size() + std::string_view{R"("":,)"}.size() +
                    least_text<typename decltype(property)::Value>();
        });
        return size < 2 ? 2 : size;
    } else if constexpr (wire::List<T>) {
        return 2;
    } else {
        return wire::Type<T>::kind == wire::Kind::string ? 2 : 1;
    }
}

/// How many bytes the elements of all lists in a text of `text_size` bytes take at most.
template <class T>
[[nodiscard]] constexpr std::size_t elements_size(std::size_t text_size) noexcept {
    std::size_t size = 0;
    if constexpr (wire::Families<T>) {
        wire::for_each_alternative<T>([&]<class Family>(std::type_identity<Family>) {
            size =
                size < elements_size<Family>(text_size) ? elements_size<Family>(text_size) : size;
        });
    } else if constexpr (wire::Object<T>) {
        wire::for_each_property<T>([&](auto property) {
            using Value = typename decltype(property)::Value;
            if constexpr (wire::List<Value>) {
                using Element = wire::ElementOf<Value>;
                // Each with the comma or bracket behind it, and one more that is refused.
                const std::size_t count = text_size / (least_text<Element>() + 1) + 1;
                size += count * sizeof(Element);
            }
        });
    }
    return size;
}

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/detail/fast_path.hpp> ─────────────────────────────────────────────────────────

// The fast path: reads a body with simdjson's On-Demand API. It answers only where it is sure that
// the body keeps to the contract; all others are for the exact walk (walk.hpp). Without it, no
// answer would change.
//
// Its speed depends on simdjson's iterator staying in registers. It does as long as no value,
// object or document is passed to a function that is not inlined, not even on a path that is never
// taken. So whatever takes one is `simdjson_inline`, and whatever is not gets characters.

namespace mews::webhooks::detail {

/// How many levels of objects and lists the contract's own values have.
template <class T>
consteval std::size_t depth_of() {
    std::size_t inside = 0;
    const auto deepest = [&](std::size_t depth) { inside = depth > inside ? depth : inside; };
    if constexpr (wire::Tagged<T>) {
        wire::for_each_alternative<T>(
            [&]<class Struct>(std::type_identity<Struct>) { deepest(depth_of<Struct>()); });
    } else if constexpr (wire::Object<T>) {
        wire::for_each_property<T>(
            [&](auto property) { deepest(depth_of<typename decltype(property)::Value>()); });
    } else if constexpr (wire::List<T>) {
        deepest(depth_of<wire::ElementOf<T>>());
    } else {
        return 0;
    }
    return inside + 1;
}

/// A property's name.
template <class Property>
inline constexpr Key key_of{Property::name};

/// The names of a tagged object's properties, and its documented tags.
template <wire::Tagged T>
inline constexpr Key tag_key{wire::Description<T>::tag};
template <wire::Tagged T>
inline constexpr Key content_key{wire::Description<T>::content};
template <wire::Tagged T, std::size_t Index>
inline constexpr Key tag_value{wire::tags<T>[Index]};

/// The first key of a body, behind its opening quote; null if there is none.
/// @param text followed by padding
[[nodiscard]] simdjson_inline const char* first_key(std::string_view text) noexcept {
    const char* const brace = skip_white_space(text.data());
    if (*brace != '{') return nullptr;
    const char* const quote = skip_white_space(brace + 1);
    return *quote == '"' ? quote + 1 : nullptr;
}

/// Whether a key, or null, is one of T's, spelled without escape sequences.
template <class T>
[[nodiscard]] simdjson_inline bool is_property_of(const char* key) noexcept {
    if (key == nullptr) return false;
    if constexpr (wire::Tagged<T>) {
        return tag_key<T>.is_at(key) || content_key<T>.is_at(key);
    } else {
        return wire::any_property<T>(
            [&](auto property) { return key_of<decltype(property)>.is_at(key); });
    }
}

/// Whether a property stands in the object that is read into a struct: of an unknown alternative,
/// only the one that is taken.
template <wire::Object Struct>
consteval bool stands_inside(std::size_t index) {
    return !wire::UnknownObject<Struct> || index == 1;
}

/// The bits of the properties that must be there.
template <wire::Object Struct>
consteval std::uint32_t mandatory(Contract contract) {
    std::uint32_t bits = 0;
    wire::for_each_property<Struct>([&](auto property) {
        if (stands_inside<Struct>(property.index) && property.presence(contract) != wire::optional)
            bits |= 1U << property.index;
    });
    return bits;
}

/// A list of types, each once.
template <class... Listed>
struct Types {
    /// The list with one more; `void` is none.
    template <class T>
    constexpr auto operator+(std::type_identity<T>) const noexcept {
        if constexpr ((std::is_void_v<T> || ... || std::is_same_v<T, Listed>)) {
            return Types{};
        } else {
            return Types<Listed..., T>{};
        }
    }

    template <class T>
    static consteval std::size_t index_of() {
        std::size_t index = 0;
        static_cast<void>(((std::is_same_v<T, Listed> || (++index, false)) || ...));
        return index;
    }
};

/// The types of the objects in the structs, behind those of a list.
template <class Struct, class... Rest, class List>
constexpr auto objects_in(List list) {
    const auto more = [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (list + ... +
                std::type_identity<
                    std::conditional_t<wire::Object<typename wire::PropertyAt<Struct, I>::Value>,
                                       typename wire::PropertyAt<Struct, I>::Value, void>>{});
    }(std::make_index_sequence<wire::property_count<Struct>>{});
    if constexpr (sizeof...(Rest) == 0) {
        return more;
    } else {
        return objects_in<Rest...>(more);
    }
}

/// The documented alternatives of a tagged object.
template <class... Alternatives>
constexpr auto documented_types(std::type_identity<std::variant<Alternatives...>>) {
    return (Types<>{} + ... +
            std::type_identity<
                std::conditional_t<wire::UnknownObject<Alternatives>, void, Alternatives>>{});
}

/// The fast path to a body of type T. A template over simdjson's parser for the reason that stands
/// with Backend.
template <class Backend, class T>
class FastPath {
    using Document = simdjson::ondemand::document;
    using JsonObject = simdjson::ondemand::object;
    using Field = simdjson::ondemand::field;
    using Value = simdjson::ondemand::value;

  public:
    /// Reads a body.
    /// @param has_escapes  whether a backslash stands anywhere in it.
    /// @param other_family the name that would make it a body of another family; or empty.
    /// @param ignores_some becomes true if a property is ignored that the contract does not have.
    /// @return whether it keeps to the contract; then `out` holds it.
    [[nodiscard]] static simdjson_inline bool read(Backend& backend, const Source& source,
                                                   bool has_escapes, std::string_view other_family,
                                                   bool& ignores_some, T& out) noexcept {
        static_assert(text_padding >= simdjson::SIMDJSON_PADDING);
        if (source.max_depth < depth_of<T>()) return false;
        // simdjson may skip a byte order mark, so a second one must not get that far.
        if (source.text.empty() || source.text.front() == '\xEF') return false;
        const std::size_t size = source.text.size();
        Document document;
        if (backend
                .iterate(simdjson::padded_string_view(source.text.data(), size,
                                                      size + simdjson::SIMDJSON_PADDING))
                .get(document) != simdjson::SUCCESS) {
            return false;
        }
        char* scratch = source.scratch;
        std::byte* elements = source.elements;
        const Reading reading{document,        source.text.data() + size, other_family, has_escapes,
                              source.contract, source.max_depth,          scratch,      elements,
                              ignores_some};
        auto root = document.get_object();
        if (root.error() != simdjson::SUCCESS) return false;
        JsonObject&& object = std::move(root).value_unsafe();
        if constexpr (wire::Tagged<T>) {
            if (!read_tagged<1>(object, reading, out)) return false;
        } else {
            if (!read_members<1>(object, reading, Types<T>{}, 0, &out)) return false;
        }
        const char* rest = nullptr;
        return document.current_location().get(rest) != simdjson::SUCCESS;
    }

  private:
    /// The source, in local variables that no call can change.
    struct Reading {
        Document& document;
        const char* end;
        std::string_view other_family;
        bool has_escapes;
        Contract contract;
        std::size_t max_depth;
        char*& scratch;
        std::byte*& elements;
        bool& ignores_some;
    };

    // These are not inlined, and so get characters only.

    /// Whether a value is well-formed: up to and with what must follow it, since simdjson takes
    /// `1x` for one token and does not look inside.
    [[nodiscard]] static simdjson_never_inline bool is_well_formed(const char* at, const char* end,
                                                                   char* levels,
                                                                   std::size_t max_depth) noexcept {
        const Scan value = *at == '{' || *at == '[' ? scan_value(at, end, levels, max_depth)
                                                    : scan_scalar(at, end);
        if (!value.ok()) return false;
        const char next = *skip_white_space(value.at);
        return next == ',' || next == '}';
    }

    /// A string that may hold escape sequences, `at` behind its opening quote; no data if it is not
    /// well-formed.
    [[nodiscard]] static simdjson_never_inline std::string_view read_escaped(
        const char* at, const char* end, char*& scratch) noexcept {
        const String string = read_string(at, end, scratch);
        return string.scan.ok() ? string.text : std::string_view{};
    }

    // These get simdjson's types, and so are inlined.

    /// Whether a member that the contract does not have is well-formed.
    template <std::size_t Depth>
    static simdjson_inline bool ignore(const char* key, Value& value,
                                       const Reading& reading) noexcept {
        reading.ignores_some = true;
        if (Depth == 1 && !reading.other_family.empty() &&
            std::memcmp(key, reading.other_family.data(), reading.other_family.size()) == 0) {
            return false;
        }
        // Perhaps a name of the contract, spelled with escape sequences.
        if (reading.has_escapes && *skip_plain_characters(key) != '"') return false;
        const char* const at = value.raw_json_token().data();
        if (*at == '"' && !reading.has_escapes) {
            // Whatever else may be wrong with a string, simdjson has seen to. It is read and not
            // skipped: skipping takes a string before a colon for a name.
            simdjson::ondemand::raw_json_string raw;
            return value.get_raw_json_string().get(raw) == simdjson::SUCCESS;
        }
        return is_well_formed(at, reading.end, reading.scratch, reading.max_depth - Depth);
    }

    // ── objects ─────────────────────────────────────────────────────────────────────────────────

    enum class Member { ignored, refused, read, object };

    /// Reads an object into one of several structs. With all structs of a level in one function,
    /// the code that goes through the members is there once a level: once a struct would be three
    /// times the code.
    template <std::size_t Depth, class... Structs>
    static simdjson_inline bool read_members(JsonObject& object, const Reading& reading,
                                             Types<Structs...>, std::size_t which,
                                             void* out) noexcept {
        using Objects = decltype(objects_in<Structs...>(Types<>{}));
        // By contract, in the order of its enumerators, and by struct.
        static constexpr std::array needed{std::array{mandatory<Structs>(Contract::observed)...},
                                           std::array{mandatory<Structs>(Contract::documented)...}};
        std::uint32_t seen = 0;
        for (auto item : object) {
            if (item.error() != simdjson::SUCCESS) return false;
            Field&& field = std::move(item).value_unsafe();
            const char* const key = field.key().raw();
            Value& value = field.value();
            Member member = Member::ignored;
            std::size_t type = 0;  // Of an object that is still to be read.
            void* place = nullptr;
            std::size_t index = 0;
            static_cast<void>(
                ((index++ == which &&
                  (member = read_member<Depth, Objects, 0>(
                       key, value, reading, *static_cast<Structs*>(out), seen, type, place),
                   true)) ||
                 ...));
            if (member == Member::refused) return false;
            if (member == Member::ignored && !ignore<Depth>(key, value, reading)) return false;
            if constexpr (!std::is_same_v<Objects, Types<>>) {
                if (member == Member::object &&
                    !read_object<Depth>(value, reading, Objects{}, type, place)) {
                    return false;
                }
            }
        }
        const std::uint32_t bits = needed[static_cast<std::size_t>(reading.contract)][which];
        return (seen & bits) == bits;
    }

    /// Reads the member of a struct that a key names, if it is the property at Index or behind; of
    /// an object only what it is and where it goes.
    template <std::size_t Depth, class Objects, std::size_t Index, wire::Object Struct>
    static simdjson_inline Member read_member(const char* key, Value& value, const Reading& reading,
                                              Struct& out, std::uint32_t& seen, std::size_t& type,
                                              void*& place) noexcept {
        if constexpr (Index == wire::property_count<Struct>) {
            return Member::ignored;
        } else if constexpr (!stands_inside<Struct>(Index)) {
            return read_member<Depth, Objects, Index + 1>(key, value, reading, out, seen, type,
                                                          place);
        } else {
            using Property = wire::PropertyAt<Struct, Index>;
            using Content = typename Property::Value;
            if (!key_of<Property>.is_at(key)) {
                return read_member<Depth, Objects, Index + 1>(key, value, reading, out, seen, type,
                                                              place);
            }
            constexpr std::uint32_t bit = 1U << Index;
            if ((seen & bit) != 0) return Member::refused;
            seen |= bit;
            auto& member = out.*Property::member;
            Content* content = nullptr;
            if constexpr (!wire::is_optional<typename Property::Type>) {
                content = &member;
            } else if (*value.raw_json_token().data() == 'n') {
                bool is_null = false;
                return Property::presence(reading.contract) != wire::required &&
                               value.is_null().get(is_null) == simdjson::SUCCESS && is_null
                           ? Member::read
                           : Member::refused;
            } else {
                content = &member.emplace(MakeUncleared<Content>{});
            }
            if constexpr (wire::Object<Content>) {
                type = Objects::template index_of<Content>();
                place = content;
                return Member::object;
            } else {
                return read_value<Depth>(value, reading, *content) ? Member::read : Member::refused;
            }
        }
    }

    // ── values ──────────────────────────────────────────────────────────────────────────────────

    template <std::size_t Depth, wire::Scalar U>
    static simdjson_inline bool read_value(Value& value, const Reading& reading, U& out) noexcept {
        if constexpr (wire::Type<U>::kind == wire::Kind::string) {
            std::string_view text;
            return read_text(value, reading, text) && wire::Type<U>::read(text, out);
        } else if constexpr (wire::Type<U>::kind == wire::Kind::boolean) {
            bool flag = false;
            return value.get_bool().get(flag) == simdjson::SUCCESS &&
                   wire::Type<U>::read(flag ? std::string_view{"true"} : "false", out);
        } else {
            const char* const at = value.raw_json_token().data();
            if (wire::kind_at(*at) != wire::Type<U>::kind) return false;
            const std::size_t size = scalar_size(at, reading.end);
            return size != 0 && wire::Type<U>::read(std::string_view{at, size}, out);
        }
    }

    template <std::size_t Depth, class Structs>
    static simdjson_inline bool read_object(Value& value, const Reading& reading, Structs structs,
                                            std::size_t which, void* out) noexcept {
        auto started = value.get_object();
        if (started.error() != simdjson::SUCCESS) return false;
        JsonObject&& object = std::move(started).value_unsafe();
        return read_members<Depth + 1>(object, reading, structs, which, out);
    }

    template <std::size_t Depth, wire::List U>
    static simdjson_inline bool read_value(Value& value, const Reading& reading, U& out) noexcept {
        using Element = wire::ElementOf<U>;
        auto started = value.get_array();
        if (started.error() != simdjson::SUCCESS) return false;
        auto* const first = reinterpret_cast<Element*>(reading.elements);
        auto* last = first;
        simdjson::ondemand::array&& array = std::move(started).value_unsafe();
        for (auto item : array) {
            if (item.error() != simdjson::SUCCESS) return false;
            Value&& element = std::move(item).value_unsafe();
            if (!read_element<Depth + 1>(element, reading, *std::construct_at(last++))) {
                return false;
            }
        }
        reading.elements = reinterpret_cast<std::byte*>(last);
        out = U{first, last};
        return true;
    }

    template <std::size_t Depth, wire::Tagged U>
    static simdjson_inline bool read_element(Value& value, const Reading& reading,
                                             U& out) noexcept {
        auto started = value.get_object();
        if (started.error() != simdjson::SUCCESS) return false;
        JsonObject&& object = std::move(started).value_unsafe();
        return read_tagged<Depth + 1>(object, reading, out);
    }

    template <std::size_t Depth, wire::Object U>
    static simdjson_inline bool read_element(Value& value, const Reading& reading,
                                             U& out) noexcept {
        return read_object<Depth>(value, reading, Types<U>{}, 0, &out);
    }

    /// The size of a value that is neither a string, an object nor a list; zero if it is not
    /// well-formed.
    [[nodiscard]] static simdjson_never_inline std::size_t scalar_size(const char* at,
                                                                       const char* end) noexcept {
        const Scan value = scan_scalar(at, end);
        if (!value.ok()) return 0;
        const char next = *skip_white_space(value.at);
        if (next != ',' && next != '}' && next != ']') return 0;
        return static_cast<std::size_t>(value.at - at);
    }

    /// Reads a string, into a text that stands in the body itself or in the scratch.
    static simdjson_inline bool read_text(Value& value, const Reading& reading,
                                          std::string_view& out) noexcept {
        const std::string_view token = value.raw_json_token();
        simdjson::ondemand::raw_json_string raw;
        if (value.get_raw_json_string().get(raw) != simdjson::SUCCESS) return false;
        if (reading.has_escapes && std::memchr(token.data(), '\\', token.size()) != nullptr) {
            out = read_escaped(token.data() + 1, reading.end, reading.scratch);
            return out.data() != nullptr;
        }
        // The token goes on to the next one: behind the closing quote there is only white space.
        std::size_t size = token.size();
        while (token[size - 1] != '"')
            --size;
        out = {token.data() + 1, size - 2};
        return true;
    }

    // ── tagged objects ──────────────────────────────────────────────────────────────────────────

    /// Reads a tagged object. If its content stands before its tag, it is read once more, with the
    /// tag known.
    template <std::size_t Depth, wire::Tagged U>
    static simdjson_inline bool read_tagged(JsonObject& object, const Reading& reading,
                                            U& out) noexcept {
        constexpr std::size_t not_read = wire::tags<U>.size() + 1;
        std::size_t tag = not_read;    // Which of the documented ones; their number: unknown.
        std::string_view unknown_tag;  // Not in a struct with it: that would take longer.
        for (;;) {
            bool tag_seen = false;
            bool content_seen = false;
            bool content_is_pending = false;
            for (auto item : object) {
                if (item.error() != simdjson::SUCCESS) return false;
                Field&& field = std::move(item).value_unsafe();
                const char* const key = field.key().raw();
                Value& value = field.value();
                if (tag_key<U>.is_at(key)) {
                    if (std::exchange(tag_seen, true)) return false;
                    const char* const at = value.raw_json_token().data();
                    simdjson::ondemand::raw_json_string raw;
                    if (value.get_raw_json_string().get(raw) != simdjson::SUCCESS) return false;
                    if (tag != not_read) continue;
                    if (!read_tag<U>(at + 1, reading, tag, unknown_tag)) return false;
                } else if (content_key<U>.is_at(key)) {
                    if (std::exchange(content_seen, true)) return false;
                    content_is_pending = tag == not_read;
                    if (content_is_pending) continue;
                    if (!read_content<Depth>(value, reading, tag, unknown_tag, out)) return false;
                } else if (!ignore<Depth>(key, value, reading)) {
                    return false;
                }
            }
            if (!tag_seen || !content_seen) return false;
            if (!content_is_pending) return true;
            if (object.reset().error() != simdjson::SUCCESS) return false;
        }
    }

    /// @param at behind its opening quote.
    template <wire::Tagged U>
    static simdjson_inline bool read_tag(const char* at, const Reading& reading, std::size_t& tag,
                                         std::string_view& unknown_tag) noexcept {
        tag = tag_at<U, 0>(at);
        if (tag == wire::tags<U>.size()) {
            unknown_tag = read_escaped(at, reading.end, reading.scratch);
            if (unknown_tag.data() == nullptr) return false;
            if (reading.has_escapes) tag = wire::index_of_tag<U>(unknown_tag);
        }
        return true;
    }

    template <std::size_t Depth, wire::Tagged U>
    static simdjson_inline bool read_content(Value& value, const Reading& reading, std::size_t tag,
                                             std::string_view unknown_tag, U& out) noexcept {
        constexpr auto documented = documented_types(std::type_identity<U>{});
        void* const alternative = emplace_alternative<0>(tag, out);
        if (tag != wire::tags<U>.size()) {
            return read_object<Depth>(value, reading, documented, out.index(), alternative);
        }
        // With the documented ones in one function, those would take longer.
        const char* const at = value.raw_json_token().data();
        const char* next = nullptr;
        if (!read_object<Depth>(value, reading, Types<UnknownOf<U>>{}, 0, alternative) ||
            reading.document.current_location().get(next) != simdjson::SUCCESS) {
            return false;
        }
        keep_unknown(unknown_tag, at, next, out);
        return true;
    }

    /// The index of the tag that stands at a place, behind its opening quote; their number if it is
    /// none, or spelled with escape sequences.
    template <class U, std::size_t Index>
    static simdjson_inline std::size_t tag_at(const char* at) noexcept {
        if constexpr (Index == wire::tags<U>.size()) {
            return Index;
        } else {
            return tag_value<U, Index>.is_at(at) ? Index : tag_at<U, Index + 1>(at);
        }
    }

    /// Keeps an unknown tag and its content's text, which stands before `next`.
    template <class U>
    static simdjson_never_inline void keep_unknown(std::string_view tag, const char* at,
                                                   const char* next, U& out) noexcept {
        using Unknown = UnknownOf<U>;
        Unknown& unknown = *std::get_if<Unknown>(&out);
        const std::string_view text{at, static_cast<std::size_t>(next - at)};
        unknown.*wire::PropertyAt<Unknown, 0>::member = tag;
        unknown.*wire::PropertyAt<Unknown, 2>::member =
            SecretView{text.substr(0, text.rfind('}') + 1)};  // Without white space behind it.
    }

    /// Makes the alternative of a tag, which is at Index or behind.
    template <std::size_t Index, class U>
    static simdjson_inline void* emplace_alternative(std::size_t tag, U& out,
                                                     std::size_t first_tag = 0) noexcept {
        using Struct = std::variant_alternative_t<Index, U>;
        constexpr std::size_t tag_count = wire::tags_of<Struct>().size();
        if constexpr (!wire::UnknownObject<Struct>) {
            if (tag >= first_tag + tag_count) {
                return emplace_alternative<Index + 1>(tag, out, first_tag + tag_count);
            }
        }
        Struct& alternative = out.template emplace<Index>(MakeUncleared<Struct>{});
        wire::set_tag(alternative, tag);
        return &alternative;
    }
};

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/detail/walk.hpp> ──────────────────────────────────────────────────────────────

// The exact walk: reads a body along the contract table from its characters alone, checks that it
// is well-formed on the way, and tells a sink what it finds.
//
// Every fault that reaches a user is found here. That is why a body gets the same answer whatever
// version of simdjson, and whichever of its CPU implementations, stands behind the fast path.

namespace mews::webhooks::detail {

/// The names and indices that lead to a value, the innermost first. Lives on the stack of the walk.
struct Path {
    const Path* parent = nullptr;  ///< Null for the body itself.
    std::string_view name{};       ///< A property's name; no data for an element of a list.
    std::size_t index = 0;         ///< An element's index.

    /// As a JSON Pointer.
    [[nodiscard]] std::string pointer() const {
        if (parent == nullptr) return {};
        std::string text = parent->pointer() + '/';
        if (name.data() == nullptr) return text + std::to_string(index);
        for (const char c : name) {
            if (c == '~' || c == '/') {
                text.append(c == '~' ? "~0" : "~1");
            } else {
                text += c;
            }
        }
        return text;
    }
};

/// A value of the contract that has its declared type.
struct Found {
    std::string_view name;        ///< The property's.
    wire::Visibility visibility;  ///< The property's.
    std::string_view text;        ///< The content of a string, else the value itself.
    const char* begin;            ///< The value in the body.
    const char* end;
    const Path& path;
};

/// A sink that wants to know nothing; the others derive from it. Each has `restart()`, which
/// forgets everything: the body is read once more, as another family.
struct Sink {
    /// Whether the elements of a list are kept, or each takes the place of the one before.
    static constexpr bool keeps_elements = true;
    /// Whether `found` is of interest.
    static constexpr bool wants_values = false;

    const char* body = nullptr;  ///< Where the body begins that is walked through.

    void fault(ErrorCode, const char* /*at*/, const Path&) noexcept {}
    void found(const Found&) noexcept {}
    void only_observed(const char* /*at*/, const Path&) noexcept {}  ///< A fault if documented.
    void unknown_property(const char* /*at*/, const Path&) noexcept {}
    template <wire::Tagged>
    void unknown_tag(const char* /*at*/, const Path&) noexcept {}
};

/// Keeps the fault that comes first in the document, where a missing property stands at the opening
/// brace of the object that lacks it.
struct FirstFault : Sink {
    ErrorCode code{};
    const char* at = nullptr;
    std::string pointer{};

    void restart() noexcept { *this = {}; }
    void fault(ErrorCode fault_code, const char* fault_at, const Path& path) {
        if (at != nullptr && at <= fault_at) return;
        pointer = path.pointer();
        code = fault_code;
        at = fault_at;
    }
};

/// Reads a text, checking that it is well-formed. What reads a value gets its first byte and
/// returns the byte behind it, or null if the text is not well-formed: `malformed_` then says why.
class TextReader {
  protected:
    explicit TextReader(const Source& source) noexcept : source_(source) {}

    [[nodiscard]] const char* begin() const noexcept { return source_.text.data(); }
    [[nodiscard]] const char* end() const noexcept { return begin() + source_.text.size(); }

    const char* malformed(const char* at, ErrorCode code = ErrorCode::malformed_json) noexcept {
        malformed_ = {at, code};
        return nullptr;
    }

    /// Reads a value that nothing is known of.
    const char* skip(const char* at, std::size_t depth) noexcept {
        const Scan scan = scan_value(at, end(), source_.scratch, source_.max_depth - depth);
        return scan.ok() ? scan.at : malformed(scan.at, scan.fault);
    }

    /// Reads an object.
    /// @param expected    points to the name that the next member has as a rule.
    /// @param read_member `(name, at)`, reads the value of a member. The name is valid until then.
    ///                    If it is the expected one, it is that very view.
    template <class ReadMember>
    const char* members(const char* at, std::size_t depth, const Key* const& expected,
                        ReadMember&& read_member) {
        if (depth == source_.max_depth) return malformed(at, ErrorCode::nesting_too_deep);
        at = skip_white_space(at + 1);
        if (*at == '}') return at + 1;
        for (;;) {
            if (*at++ != '"') return malformed(at - 1);
            std::string_view name = expected->name;
            at = expected->is_at(at) ? at + name.size() + 1 : other_name(at, name);
            if (at == nullptr) return nullptr;
            at = skip_white_space(at);
            if (*at != ':') return malformed(at);
            at = read_member(name, skip_white_space(at + 1));
            if (at == nullptr) return nullptr;
            at = skip_white_space(at);
            if (*at == '}') return at + 1;
            if (*at != ',') return malformed(at);
            at = skip_white_space(at + 1);
        }
    }

    /// Reads a list.
    /// @param read_element `(at)`, reads an element.
    template <class ReadElement>
    const char* elements(const char* at, std::size_t depth, ReadElement&& read_element) {
        if (depth == source_.max_depth) return malformed(at, ErrorCode::nesting_too_deep);
        at = skip_white_space(at + 1);
        if (*at == ']') return at + 1;
        for (;;) {
            at = read_element(at);
            if (at == nullptr) return nullptr;
            at = skip_white_space(at);
            if (*at == ']') return at + 1;
            if (*at != ',') return malformed(at);
            at = skip_white_space(at + 1);
        }
    }

    /// The content of a string, or the text of another value that is neither an object nor a list.
    String scalar(const char* at) noexcept {
        if (*at == '"') return read_string(at + 1, end(), source_.scratch);
        const Scan scan = scan_scalar(at, end());
        return {{at, static_cast<std::size_t>(scan.at - at)}, scan};
    }

    Source source_;
    Scan malformed_{};

  private:
    const char* other_name(const char* at, std::string_view& name) noexcept {
        char* scratch = source_.scratch;  // Not moved on: the name is not kept.
        const String read = read_string(at, end(), scratch);
        name = read.text;
        return read.scan.ok() ? read.scan.at : malformed(read.scan.at);
    }
};

/// The walk along the contract table.
template <class Sink>
class Walk : TextReader {
  public:
    Walk(const Source& source, Sink& sink) noexcept : TextReader(source), sink_(sink) {}

    /// Reads the whole text.
    /// @return why it is not well-formed, if it is not; then nothing else that was found counts.
    template <class T>
    [[nodiscard]] Scan read(T& out) {
        const char* const first = skip_white_space(begin());
        if (first == end()) return {begin(), ErrorCode::empty_body};
        Scan scan = body(first, out);
        if (scan.ok()) {
            scan.at = skip_white_space(scan.at);
            if (scan.at != end()) scan.fault = ErrorCode::trailing_content;
        }
        // Bytes that are not UTF-8 are that first of all, wherever they stand.
        const char* const not_utf8 = find_invalid_utf8(begin(), end());
        if (not_utf8 != end() && not_utf8 <= scan.at) return {not_utf8, ErrorCode::invalid_utf8};
        return scan;
    }

  private:
    struct Entry;

    /// The type of a value, as the walk takes it. Not as a template parameter: a function for each
    /// type would be several times the code, and no faster.
    struct ValueType {
        wire::Kind kind;
        ErrorCode unreadable{};                                  ///< Of a scalar.
        bool (*assign)(void* value, std::string_view text){};    ///< Of a scalar.
        std::span<const Entry> properties{};                     ///< Of an object.
        const char* (*read)(Walk&, const char* at, void* value,  ///< Of a list or a tagged object.
                            const Entry&, const Path&, std::size_t depth){};
    };

    /// A property.
    struct Entry {
        Key key{};
        wire::Visibility visibility{};
        wire::Presence documented{};
        wire::Presence observed{};
        void* (*member)(void* object){};  ///< Where the value goes.
        const ValueType* type{};

        [[nodiscard]] wire::Presence presence(Contract contract) const noexcept {
            return contract == Contract::documented ? documented : observed;
        }
    };

    template <class Property, class Struct>
    static void* member_of(void* object) {
        auto& member = static_cast<Struct*>(object)->*Property::member;
        if constexpr (wire::is_optional<typename Property::Type>) {
            return &member.emplace();
        } else {
            return &member;
        }
    }

    template <wire::Scalar T>
    static bool assign(void* value, std::string_view text) {
        return wire::Type<T>::read(text, *static_cast<T*>(value));
    }

    template <class T>
    static const char* read_as(Walk& walk, const char* at, void* value, const Entry& entry,
                               const Path& path, std::size_t depth) {
        return walk.read(at, *static_cast<T*>(value), entry, path, depth);
    }

    template <class Struct, class Property>
    static constexpr Entry entry_of() noexcept {
        return {Key{Property::name},
                Property::visibility,
                Property::presence(Contract::documented),
                Property::presence(Contract::observed),
                &member_of<Property, Struct>,
                &type_of<typename Property::Value>};
    }

    template <class T>
    static constexpr auto entries_of = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array{entry_of<T, wire::PropertyAt<T, I>>()...};
    }(std::make_index_sequence<wire::property_count<T>>{});

    template <class T>
    static consteval ValueType make_type() {
        if constexpr (wire::Scalar<T>) {
            return {.kind = wire::Type<T>::kind,
                    .unreadable = wire::Type<T>::unreadable,
                    .assign = &assign<T>};
        } else if constexpr (wire::Object<T>) {
            return {.kind = wire::Kind::object, .properties = entries_of<T>};
        } else {
            return {.kind = wire::List<T> ? wire::Kind::array : wire::Kind::object,
                    .read = &read_as<T>};
        }
    }
    template <class T>
    static constexpr ValueType type_of = make_type<T>();

    // ── the body ────────────────────────────────────────────────────────────────────────────────

    template <class T>
    Scan body(const char* at, T& out) {
        const char* const behind = value(at, type_of<T>, &out, Entry{}, Path{}, 0);
        return behind == nullptr ? malformed_ : Scan{behind};
    }

    /// A body of one of several families.
    ///
    /// The first of their names that it has decides. As a rule that one stands at the front and is
    /// the only one. If one that comes before it in the table turns up later, the body is read once
    /// more, as that family.
    template <wire::Families T>
    Scan body(const char* at, T& out) {
        families_ = wire::Description<T>::families;
        family_ = first_family(at);
        const Source source = source_;
        for (;;) {
            const std::size_t chosen = family_;
            Scan scan{};
            std::size_t index = 0;
            wire::for_each_alternative<T>([&]<class Family>(std::type_identity<Family>) {
                if (index++ == chosen)
                    scan = body(at, out.template emplace<Family>(MakeUncleared<Family>{}));
            });
            if (family_ == chosen) return scan;
            source_ = source;
            has_fault_ = false;
            sink_.restart();
        }
    }

    /// The family of the first property that is one's name; the first family if none is.
    std::size_t first_family(const char* at) noexcept {
        std::size_t family = families_.size();
        if (*at == '{') {
            static constexpr Key none;
            members(at, 0, &none, [&](std::string_view name, const char* value) {
                family = index_of_family(name);
                return family != families_.size() ? nullptr : skip(value, 1);
            });
        }
        return family == families_.size() ? 0 : family;
    }

    [[nodiscard]] std::size_t index_of_family(std::string_view name) const noexcept {
        std::size_t index = 0;
        while (index != families_.size() && families_[index] != name)
            ++index;
        return index;
    }

    // ── values ──────────────────────────────────────────────────────────────────────────────────

    void fault(ErrorCode code, const char* at, const Path& path) {
        has_fault_ = true;
        if (!is_trying_) sink_.fault(code, at, path);
    }

    const char* refuse(ErrorCode code, const char* at, const Path& path, std::size_t depth) {
        fault(code, at, path);
        return skip(at, depth);
    }

    /// @param entry the property that holds the value, or whose list does
    const char* value(const char* at, const ValueType& type, void* out, const Entry& entry,
                      const Path& path, std::size_t depth) {
        if (wire::kind_at(*at) != type.kind) return refuse(ErrorCode::wrong_type, at, path, depth);
        if (type.read != nullptr) return type.read(*this, at, out, entry, path, depth);
        if (type.kind == wire::Kind::object) return object(at, out, type.properties, path, depth);
        const String read = scalar(at);
        if (!read.scan.ok()) return malformed(read.scan.at);
        if (!type.assign(out, read.text)) {
            fault(type.unreadable, at, path);
        } else if (!is_trying_) {
            sink_.found({entry.key.name, entry.visibility, read.text, at, read.scan.at, path});
        }
        return read.scan.at;
    }

    template <wire::List T>
    const char* read(const char* at, T& out, const Entry& entry, const Path& path,
                     std::size_t depth) {
        using Element = wire::ElementOf<T>;
        static_assert(std::is_trivially_destructible_v<Element>);
        auto* const first = reinterpret_cast<Element*>(source_.elements);
        Path place{&path};
        at = elements(at, depth, [&](const char* element) {
            // Without a fault, an element has taken as much text as there is room for it.
            auto* const slot = std::construct_at(reinterpret_cast<Element*>(source_.elements));
            const char* const behind =
                *element == 'n' ? refuse(ErrorCode::unexpected_null, element, place, depth + 1)
                                : value(element, type_of<Element>, slot, entry, place, depth + 1);
            if constexpr (Sink::keeps_elements) {
                if (!has_fault_) source_.elements += sizeof(Element);
            }
            ++place.index;
            return behind;
        });
        if constexpr (Sink::keeps_elements) {
            out = T{first, reinterpret_cast<Element*>(source_.elements)};
        }
        return at;
    }

    // ── objects ─────────────────────────────────────────────────────────────────────────────────

    const char* unknown_property(std::string_view name, const char* at, const Path& parent,
                                 std::size_t depth) {
        if (parent.parent == nullptr && index_of_family(name) < family_) {
            family_ = index_of_family(name);
        }
        if (!is_trying_ && &parent != unknown_content_) {
            sink_.unknown_property(at, Path{&parent, name});
        }
        return skip(at, depth);
    }

    const char* object(const char* const at, void* out, std::span<const Entry> entries,
                       const Path& path, std::size_t depth) {
        using enum wire::Presence;
        std::uint32_t seen = 0;
        std::size_t next = 0;  // As a rule they come in the documented order.
        const Key* expected = &entries[0].key;
        const char* const behind =
            members(at, depth, expected, [&](std::string_view name, const char* value) {
                const std::size_t index =
                    name.data() == expected->name.data() ? next : index_of(name, entries);
                if (index == entries.size()) return unknown_property(name, value, path, depth + 1);
                const bool is_duplicate = (seen >> index & 1U) != 0;
                seen |= 1U << index;
                next = index + 1 == entries.size() ? 0 : index + 1;
                expected = &entries[next].key;
                return member(entries[index], value, out, is_duplicate, path, depth + 1);
            });
        if (behind == nullptr || seen + 1 == 1U << entries.size()) return behind;
        for (const Entry& entry : entries) {
            const bool is_there = (seen & 1U) != 0;
            seen >>= 1;
            if (is_there || entry.documented == optional) continue;
            const Path missing{&path, entry.key.name};
            if (entry.presence(source_.contract) != optional) {
                fault(ErrorCode::missing_property, at, missing);
            } else if (!is_trying_) {
                sink_.only_observed(at, missing);
            }
        }
        return behind;
    }

    [[nodiscard]] static std::size_t index_of(std::string_view name,
                                              std::span<const Entry> entries) noexcept {
        std::size_t index = 0;
        while (index != entries.size() && entries[index].key.name != name)
            ++index;
        return index;
    }

    const char* member(const Entry& entry, const char* at, void* object, bool is_duplicate,
                       const Path& parent, std::size_t depth) {
        using enum wire::Presence;
        const Path path{&parent, entry.key.name};
        if (is_duplicate) return refuse(ErrorCode::duplicate_property, at, path, depth);
        if (*at != 'n') return value(at, *entry.type, entry.member(object), entry, path, depth);
        if (entry.presence(source_.contract) == required) {
            return refuse(ErrorCode::unexpected_null, at, path, depth);
        }
        if (entry.documented == required && !is_trying_) sink_.only_observed(at, path);
        return skip(at, depth);
    }

    // ── tagged objects ──────────────────────────────────────────────────────────────────────────

    /// What has been read of a tagged object.
    template <wire::Tagged T>
    struct TaggedObject {
        T& out;
        std::string_view tag{};
        std::optional<std::size_t> index{};  ///< The tag's.
        const char* pending = nullptr;       ///< The content, if it stands before its tag.
    };

    template <wire::Tagged T>
    static const char* read_tag(Walk& walk, const char* at, void* object, const Entry& entry,
                                const Path& path, std::size_t depth) {
        auto& read = *static_cast<TaggedObject<T>*>(object);
        const char* const behind =
            walk.value(at, type_of<std::string_view>, &read.tag, entry, path, depth);
        if (behind == nullptr) return nullptr;
        read.index = wire::index_of_tag<T>(read.tag);
        if (*read.index == wire::tags<T>.size()) walk.sink_.template unknown_tag<T>(at, path);
        return behind;
    }

    template <wire::Tagged T>
    static const char* read_content(Walk& walk, const char* at, void* object, const Entry&,
                                    const Path& path, std::size_t depth) {
        auto& read = *static_cast<TaggedObject<T>*>(object);
        if (read.index) return walk.content(at, read, path, depth);
        read.pending = at;
        return walk.skip(at, depth);
    }

    template <wire::Tagged T>
    const char* read(const char* at, T& out, const Entry&, const Path& path, std::size_t depth) {
        using Description = wire::Description<T>;
        static constexpr auto itself = [](void* object) { return object; };
        static constexpr ValueType tag_type{.kind = wire::Kind::string, .read = &read_tag<T>};
        static constexpr ValueType content_type{.kind = wire::Kind::object,
                                                .read = &read_content<T>};
        static constexpr std::array<Entry, 2> entries{
            Entry{.key = Key{Description::tag}, .member = itself, .type = &tag_type},
            Entry{.key = Key{Description::content}, .member = itself, .type = &content_type}};
        TaggedObject<T> read{out};
        const char* const behind = object(at, &read, entries, path, depth);
        if (behind != nullptr && read.index && read.pending != nullptr) {
            content(read.pending, read, Path{&path, Description::content}, depth + 1);
        }
        return behind;
    }

    template <wire::Tagged T>
    const char* content(const char* at, const TaggedObject<T>& read, const Path& path,
                        std::size_t depth) {
        if (*read.index == wire::tags<T>.size()) {
            using Unknown = UnknownOf<T>;
            return unknown_content<T>(at, read.tag,
                                      read.out.template emplace<Unknown>(MakeUncleared<Unknown>{}),
                                      path, depth);
        }
        void* alternative = nullptr;
        std::span<const Entry> properties;
        wire::visit_alternative<T>(*read.index, [&]<class Struct>(std::type_identity<Struct>) {
            Struct& made = read.out.template emplace<Struct>(MakeUncleared<Struct>{});
            wire::set_tag(made, *read.index);
            alternative = &made;
            properties = type_of<Struct>.properties;
        });
        return object(at, alternative, properties, path, depth);
    }

    /// Reads the content of a tag that the table does not have. Nothing is promised of it, so that
    /// what is wrong in it is no fault of the body.
    template <wire::Tagged T, wire::UnknownObject Struct>
    const char* unknown_content(const char* at, std::string_view tag, Struct& out, const Path& path,
                                std::size_t depth) {
        using Tag = wire::PropertyAt<Struct, 0>;
        using Taken = wire::PropertyAt<Struct, 1>;
        using Content = wire::PropertyAt<Struct, 2>;
        static_assert(wire::property_count<Struct> == 3 && Tag::name == wire::Description<T>::tag &&
                          Content::name == wire::Description<T>::content,
                      "an unknown alternative has the tag, what is taken, and the content");
        static constexpr std::array taken{entry_of<Struct, Taken>()};
        const bool had_fault = std::exchange(has_fault_, false);
        char* const scratch = source_.scratch;
        is_trying_ = true;
        const char* const behind = object(at, &out, taken, path, depth);
        is_trying_ = false;
        if (has_fault_) (out.*Taken::member).reset();
        if constexpr (Sink::wants_values) {
            if (behind != nullptr && !has_fault_) {  // Once more, now that it is known to be taken.
                source_.scratch = scratch;
                unknown_content_ = &path;
                object(at, &out, taken, path, depth);
                unknown_content_ = nullptr;
            }
        }
        has_fault_ = had_fault;
        if (behind == nullptr) return nullptr;
        out.*Tag::member = tag;
        out.*Content::member = SecretView{{at, static_cast<std::size_t>(behind - at)}};
        return behind;
    }

    Sink& sink_;
    std::span<const std::string_view> families_{};  ///< What tells the body's family.
    std::size_t family_ = 0;                        ///< Which one it is read as.
    bool has_fault_ = false;
    bool is_trying_ = false;  ///< What is wrong is no fault of the body: the sink is not told.
    const Path* unknown_content_ = nullptr;  ///< Whose own properties it is not told, either.
};

/// The error that a text is not well-formed.
/// @param offset how many bytes of the body stand before the text.
[[nodiscard]] inline Error error_of(const Scan& scan, std::string_view text, std::size_t offset) {
    // What is empty has no place; a byte order mark before it does not count.
    if (scan.fault == ErrorCode::empty_body) return {scan.fault, {}, 0};
    return {scan.fault, {}, offset + static_cast<std::size_t>(scan.at - text.data())};
}

/// Reads a body exactly.
/// @param offset how many bytes of the body stand before the text.
/// @param result holds a value, which the body's takes the place of.
/// @throws std::bad_alloc if there is no memory for an error's pointer.
template <class T>
void read_exactly(const Source& source, std::size_t offset, Result<T>& result) {
    FirstFault first;
    const Scan scan = Walk<FirstFault>{source, first}.read(*result);
    if (!scan.ok()) {
        result = error_of(scan, source.text, offset);
    } else if (first.at != nullptr) {
        result = Error{first.code, std::move(first.pointer),
                       offset + static_cast<std::size_t>(first.at - source.text.data())};
    }
}

/// Walks through a body of either family for a sink that keeps no elements.
/// @param buffer holds a copy of the body, which `out` and the sink borrow from.
/// @return why the body cannot be walked through, if it cannot.
/// @throws std::bad_alloc if there is no memory.
template <class Sink>
[[nodiscard]] std::optional<Error> walk_through(std::string_view body, const ParseOptions& options,
                                                Sink& sink, BodyBuffer& buffer, WebhookView& out) {
    static_assert(!Sink::keeps_elements);
    if (is_too_large(body, options)) return Error{ErrorCode::body_too_large, {}, 0};
    const std::size_t offset = byte_order_mark_size(body);
    buffer = BodyBuffer{body.size()};
    std::string_view text = buffer.assign(body);
    sink.body = text.data();
    text.remove_prefix(offset);
    alignas(std::max_align_t) std::array<std::byte, elements_size<WebhookView>(0)> element;
    const Source source{text, buffer.scratch(), element.data(), options.contract,
                        options.max_depth};
    const Scan scan = Walk<Sink>{source, sink}.read(out);
    if (scan.ok()) return std::nullopt;
    return error_of(scan, text, offset);
}

}  // namespace mews::webhooks::detail

// ── <mews/webhooks/inspect.hpp> ──────────────────────────────────────────────────────────────────

// All that is wrong with a body, and what is worth knowing of it. Needs no JSON parser.

namespace mews::webhooks {

/// What is worth knowing of a body, though it is no fault.
enum class NoticeCode : std::uint8_t {
    unknown_action = 1,     ///< An `Action` that this version of the library does not know.
    unknown_discriminator,  ///< A `Discriminator` that this version of the library does not know.
    unknown_property,       ///< A property that the contract does not have.
    only_observed,          ///< Has been observed; Contract::documented would refuse it.
    id_is_no_guid,          ///< An id that is no GUID, as all that were seen are. Undocumented.
    byte_order_mark,        ///< A UTF-8 byte order mark before the body.
    unusual_credential,     ///< A credential that does not begin with the integration's id, as all
                            ///< that were seen do. Undocumented.
};

/// The code's stable name: `"unknown_action"`. Empty for a number that is no code.
[[nodiscard]] constexpr std::string_view to_string(NoticeCode code) noexcept;

/// Something worth knowing of a body, and where. Holds no value of the body.
struct Notice {
    NoticeCode code{};  ///< What it is.

    /// The value as an RFC 6901 JSON Pointer. Of an unknown property it ends with the name that the
    /// body has for it, which is text from outside; a name of more than 128 bytes is left out, so
    /// that the pointer is that of its object.
    std::string pointer{};

    std::size_t offset = 0;  ///< Bytes from the start of the body, as Error::offset.

    /// One line for people, control characters escaped.
    /// @throws std::bad_alloc if there is no memory for it.
    [[nodiscard]] std::string message() const;

    bool operator==(const Notice&) const = default;  ///< Member by member.
};

/// What `inspect` finds in a body.
struct Inspection {
    /// All violations of the contract, in the order of their offsets. The first is the error of
    /// `parse_webhook`; there is none if that gives a value. A body that is not well-formed has
    /// that one fault alone.
    std::vector<Error> violations{};

    /// What is worth knowing, though no fault, in the order of the offsets.
    std::vector<Notice> notices{};

    bool operator==(const Inspection&) const = default;  ///< Member by member.
};

/// Finds all that is wrong with a body of either family, and what is worth knowing of it.
///
/// Each violation that can be seen is found: a value of the wrong type hides only what would be in
/// it, as does a property that stands there a second time, and an `Action` that cannot be read what
/// would be in `Data`. Takes time and memory in proportion to the body's size; the memory can be
/// many times that size: an element `{}` of `Events` has two violations.
///
/// @throws std::bad_alloc if there is no memory.
[[nodiscard]] inline Inspection inspect(std::string_view body, const ParseOptions& options = {});

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

template <>
inline constexpr bool has_message<Notice> = true;

/// The one place for a code's texts.
constexpr ErrorText text_of(NoticeCode code) noexcept {
    switch (code) {
        case NoticeCode::unknown_action:
            return {"unknown_action", "this version does not know the action"};
        case NoticeCode::unknown_discriminator:
            return {"unknown_discriminator", "this version does not know the discriminator"};
        case NoticeCode::unknown_property:
            return {"unknown_property", "the contract does not have the property"};
        case NoticeCode::only_observed:
            return {"only_observed", "observed, but not as documented"};
        case NoticeCode::id_is_no_guid:
            return {"id_is_no_guid", "the id is no GUID (undocumented)"};
        case NoticeCode::byte_order_mark:
            return {"byte_order_mark", "a byte order mark stands before the body"};
        case NoticeCode::unusual_credential:
            return {"unusual_credential",
                    "the credential does not begin with the integration's id (undocumented)"};
    }
    return {};
}

[[nodiscard]] inline bool is_guid(std::string_view text) noexcept {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    constexpr std::array<std::size_t, 5> parts{0, 8, 16, 24, 28};
    if (text.size() != form.size()) return false;
    return std::all_of(parts.begin(), parts.end(), [&](std::size_t at) {
        const std::uint64_t others = bytes_other_than('-', word_at(form.data() + at));
        const std::uint64_t word = word_at(text.data() + at);
        const std::uint64_t wrong =
            (bytes_other_than('-', word) ^ others) | (others & ~hex_digits(word)) | word;
        return (wrong & top_bits) == 0;
    });
}

/// Whether a credential begins with a GUID's digits and a hyphen, whatever their case.
[[nodiscard]] constexpr bool begins_with_guid(std::string_view credential,
                                              std::string_view guid) noexcept {
    for (const char c : guid) {
        if (c == '-') continue;
        if (credential.empty() || hex_value(credential.front()) != hex_value(c)) return false;
        credential.remove_prefix(1);
    }
    return credential.starts_with('-');
}

/// Collects all that the walk finds.
struct Collector : Sink {
    static constexpr bool keeps_elements = false;
    static constexpr bool wants_values = true;
    static constexpr std::size_t longest_name = 128;

    struct Credential {
        std::string_view text;
        std::string pointer;
        std::size_t offset;
    };

    void restart() {
        found_so_far = {};
        credential.reset();
    }

    void fault(ErrorCode code, const char* at, const Path& path) {
        found_so_far.violations.push_back({code, path.pointer(), offset_of(at)});
    }
    void only_observed(const char* at, const Path& path) {
        notice(NoticeCode::only_observed, at, path);
    }
    void unknown_property(const char* at, const Path& path) {
        notice(NoticeCode::unknown_property, at,
               path.name.size() > longest_name ? *path.parent : path);
    }
    template <wire::Tagged T>
    void unknown_tag(const char* at, const Path& path) {
        notice(std::is_same_v<T, EventView> ? NoticeCode::unknown_action
                                            : NoticeCode::unknown_discriminator,
               at, path);
    }
    void found(const Found& value) {
        if (value.visibility == wire::secret) {
            credential = {value.text, value.path.pointer(), offset_of(value.begin)};
        } else if (value.name.ends_with("Id") && !is_guid(value.text)) {
            notice(NoticeCode::id_is_no_guid, value.begin, value.path);
        }
    }

    void notice(NoticeCode code, const char* at, const Path& path) {
        found_so_far.notices.push_back({code, path.pointer(), offset_of(at)});
    }

    [[nodiscard]] std::size_t offset_of(const char* at) const noexcept {
        return static_cast<std::size_t>(at - body);
    }

    Inspection found_so_far{};
    std::optional<Credential> credential{};
};

/// Whether the values of a body that has what is documented, and nothing else, give no notice.
template <class T>
[[nodiscard]] bool is_usual(const T& value) noexcept;

template <class Struct, class Property>
[[nodiscard]] bool is_usual(const Struct& object, Property) noexcept {
    const auto& member = object.*Property::member;
    if constexpr (!wire::Scalar<typename Property::Value>) {
        return is_usual(member);
    } else if constexpr (Property::visibility == wire::secret) {
        if constexpr (requires { begins_with_guid(member.reveal(), object.integration.id); }) {
            return begins_with_guid(member.reveal(), object.integration.id);
        } else {
            return false;  // Perhaps it is: the walk finds out.
        }
    } else if constexpr (Property::name.ends_with("Id")) {
        if constexpr (wire::is_optional<typename Property::Type>) {
            return !member || is_guid(*member);
        } else {
            return is_guid(member);
        }
    } else {
        return true;
    }
}

template <class T>
bool is_usual(const T& value) noexcept {
    if constexpr (wire::is_optional<T>) {
        return !value || is_usual(*value);
    } else if constexpr (wire::List<T>) {
        return std::all_of(value.begin(), value.end(),
                           [](const auto& element) { return is_usual(element); });
    } else if constexpr (wire::UnknownObject<T>) {
        return false;
    } else if constexpr (wire::Object<T>) {
        return !wire::any_property<T>([&](auto property) { return !is_usual(value, property); });
    } else {
        return std::visit([](const auto& alternative) { return is_usual(alternative); }, value);
    }
}

/// Keeps the order of what stands at one place. Not std::stable_sort: with libstdc++ 12 it is built
/// on a function that clang 19 warns of.
template <class Finding>
void sort_by_offset(std::vector<Finding>& findings) {
    std::vector<std::pair<std::size_t, std::size_t>> order;  // Offset and index.
    order.reserve(findings.size());
    for (const Finding& finding : findings)
        order.emplace_back(finding.offset, order.size());
    if (std::is_sorted(order.begin(), order.end())) return;
    std::sort(order.begin(), order.end());
    std::vector<Finding> sorted;
    sorted.reserve(findings.size());
    for (const auto& [offset, index] : order)
        sorted.push_back(std::move(findings[index]));
    findings = std::move(sorted);
}

}  // namespace detail

constexpr std::string_view to_string(NoticeCode code) noexcept {
    return detail::text_of(code).name;
}

inline std::string Notice::message() const {
    const detail::ErrorText text = detail::text_of(code);
    std::string line{text.name};
    if (!pointer.empty()) {
        line += " at ";
        detail::append_escaped(line, pointer);
    }
    line.append(" (byte ").append(std::to_string(offset)).append("): ").append(text.meaning);
    return line;
}

inline Inspection inspect(std::string_view body, const ParseOptions& options) {
    detail::Collector sink;
    detail::BodyBuffer buffer;
    WebhookView webhook;
    if (std::optional<Error> error = detail::walk_through(body, options, sink, buffer, webhook)) {
        return {{std::move(*error)}, {}};
    }
    Inspection inspection = std::move(sink.found_so_far);
    if (detail::byte_order_mark_size(body) != 0) {
        inspection.notices.push_back({NoticeCode::byte_order_mark, {}, 0});
    }
    const EventView* const event = std::get_if<EventView>(&webhook);
    const IntegrationView* const integration = event != nullptr ? integration_of(*event) : nullptr;
    if (sink.credential && integration != nullptr && detail::is_guid(integration->id) &&
        !detail::begins_with_guid(sink.credential->text, integration->id)) {
        inspection.notices.push_back({NoticeCode::unusual_credential,
                                      std::move(sink.credential->pointer),
                                      sink.credential->offset});
    }
    detail::sort_by_offset(inspection.violations);
    detail::sort_by_offset(inspection.notices);
    return inspection;
}

}  // namespace mews::webhooks

// ── <mews/webhooks/parse.hpp> ────────────────────────────────────────────────────────────────────

// From the bytes of a body to an event.

namespace mews::webhooks {

template <class Backend>
class BasicParser;

/// A body that was inspected: what `Parser::inspect` gives.
struct InspectedView {
    Result<WebhookView> webhook;  ///< As `Parser::parse_webhook_view` gives it.
    Inspection inspection;        ///< As the free function `inspect` gives it.
};

namespace detail {

template <class Backend>
class ThreadParser;

/// A value that costs little to make: a body's takes its place. (The first alternative of an event
/// is the one with the most members.)
template <class View>
[[nodiscard]] Result<View> cheapest_value() noexcept {
    if constexpr (requires { std::variant_size<View>::value; }) {
        return Result<View>{std::in_place, std::in_place_index<std::variant_size_v<View> - 1>};
    } else {
        return Result<View>{std::in_place};
    }
}

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

    /// @{
    /// Parses one body into a value that owns its strings: of an Integration Webhook, of a General
    /// Webhook, or of either.
    /// @throws std::bad_alloc if there is no memory for the value, or for the error's pointer.
    Result<Event> parse(std::string_view body) { return owned<EventView>(body); }
    Result<GeneralWebhook> parse_general(std::string_view body) {
        return owned<GeneralWebhookView>(body);
    }
    Result<Webhook> parse_webhook(std::string_view body) { return owned<WebhookView>(body); }
    /// @}

    /// @{
    /// Parses one body into a value that borrows its strings from this Parser: they are valid until
    /// its next call, its move or its end.
    /// @tparam View an EventView, a GeneralWebhookView or a WebhookView.
    /// @throws std::bad_alloc if there is no memory for the error's pointer.
    template <class View = EventView>
    Result<View> parse_view(std::string_view body) & {
        bool ignores_some = false;
        return read<View>(body, options_.contract, ignores_some);
    }
    Result<GeneralWebhookView> parse_general_view(std::string_view body) & {
        return parse_view<GeneralWebhookView>(body);
    }
    Result<WebhookView> parse_webhook_view(std::string_view body) & {
        return parse_view<WebhookView>(body);
    }
    /// @}

    /// Parses a body of either family and finds all that there is to tell of it. Where that is
    /// nothing, and the body is as the vendor writes it, it takes not much longer than
    /// parse_webhook_view. The value borrows from this Parser.
    /// @throws std::bad_alloc if there is no memory for what is found.
    InspectedView inspect(std::string_view body) & {
        bool ignores_some = detail::byte_order_mark_size(body) != 0;
        // What keeps to the documented contract keeps to the observed one.
        Result<WebhookView> webhook = read<WebhookView>(body, Contract::documented, ignores_some);
        if (webhook && !ignores_some && detail::is_usual(*webhook)) return {std::move(webhook), {}};
        if (!webhook) webhook = parse_webhook_view(body);
        return {std::move(webhook), webhooks::inspect(body, options_)};
    }

    /// @{
    /// Does not compile: the view would outlive what it borrows from.
    template <class View = EventView, class Body>
    Result<View> parse_view(const Body& body) && {
        return refuse_temporary<Result<View>>(body);
    }
    template <class Body>
    Result<GeneralWebhookView> parse_general_view(const Body& body) && {
        return refuse_temporary<Result<GeneralWebhookView>>(body);
    }
    template <class Body>
    Result<WebhookView> parse_webhook_view(const Body& body) && {
        return refuse_temporary<Result<WebhookView>>(body);
    }
    template <class Body>
    InspectedView inspect(const Body& body) && {
        return refuse_temporary<InspectedView>(body);
    }
    /// @}

  private:
    template <class>
    friend class detail::ThreadParser;

    template <class Borrowed, class Body>
    static Borrowed refuse_temporary(const Body&) {
        static_assert(std::is_void_v<Body>,
                      "the view borrows from the Parser, which ends first: name the Parser, as in "
                      "`Parser parser; auto view = parser.parse_view(body);`");
        return {};
    }

    static constexpr std::size_t smallest_capacity = 1024;

    template <class View>
    Result<detail::Owned<View>> owned(std::string_view body) {
        Result<View> view = parse_view<View>(body);
        if (!view) return std::move(view).error();
        return Result<detail::Owned<View>>{std::in_place, detail::MakeOwned<View>{*view}};
    }

    /// @param ignores_some becomes true if a property was ignored, or the exact walk has read.
    template <class View>
#if defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__)
    // The fast path is inlined here, and by g++ also what simdjson leaves to the compiler: a call
    // in between takes up to a tenth of the time of a small body. Under g++'s AddressSanitizer,
    // such a function takes minutes to compile.
    [[gnu::flatten]]
#endif
    simdjson_never_inline Result<View> read(std::string_view body, Contract contract,
                                            bool& ignores_some) {
        // The only variable that is returned: so it is made in its place.
        Result<View> result = detail::cheapest_value<View>();
        if (detail::is_too_large(body, options_)) {
            result = Error{ErrorCode::body_too_large, {}, 0};
            return result;
        }
        const std::size_t offset = detail::byte_order_mark_size(body);
        body.remove_prefix(offset);
        // As a rule there is room, and no need to call reserve, which looks more closely.
        constexpr bool has_lists = detail::elements_size<View>(1) != 0;
        const bool has_room =
            body.size() < buffer_.capacity() && (!has_lists || elements_ != nullptr);
        if (!has_room && !reserve(body.size(), has_lists)) {
            result = Error{ErrorCode::out_of_memory, {}, 0};
            return result;
        }
        // In the body itself: what has just been copied is still on its way to memory, and slower
        // to read.
        const bool has_escapes =
            !body.empty() && std::memchr(body.data(), '\\', body.size()) != nullptr;
        const detail::Source source{buffer_.assign(body), buffer_.scratch(), elements_.get(),
                                    contract, options_.max_depth};
        if (!read_fast(source, has_escapes, ignores_some, *result)) {
            ignores_some = true;
            read_exactly(source, offset, result);
        }
        return result;
    }

    template <class View>
    simdjson_inline bool read_fast(const detail::Source& source, bool has_escapes,
                                   bool& ignores_some, View& view) noexcept {
        return detail::FastPath<Backend, View>::read(backend_, source, has_escapes, {},
                                                     ignores_some, view);
    }

    /// Which family a body is of, its first property tells as a rule.
    simdjson_inline bool read_fast(const detail::Source& source, bool has_escapes,
                                   bool& ignores_some, WebhookView& view) noexcept {
        using detail::FastPath;
        constexpr auto families = wire::Description<WebhookView>::families;
        const char* const key = detail::first_key(source.text);
        if (!detail::is_property_of<GeneralWebhookView>(key)) {
            if (FastPath<Backend, EventView>::read(
                    backend_, source, has_escapes, {}, ignores_some,
                    view.template emplace<EventView>(std::in_place_type<UnknownEventView>))) {
                return true;
            }
            if (detail::is_property_of<EventView>(key)) return false;
        }
        return FastPath<Backend, GeneralWebhookView>::read(
            backend_, source, has_escapes, families[0], ignores_some,
            view.template emplace<GeneralWebhookView>());
    }

    // These are not inlined into `read`.

    template <class View>
    static simdjson_never_inline void read_exactly(const detail::Source& source, std::size_t offset,
                                                   Result<View>& result) {
        detail::read_exactly(source, offset, result);
    }

    [[nodiscard]] simdjson_never_inline bool reserve(std::size_t size,
                                                     bool with_elements) noexcept {
        if ((std::max<std::size_t>)(size, 1) > buffer_.capacity()) {
            // Twice as much as before, so that bodies which grow bit by bit do not each cost a new
            // one.
            const std::size_t limit = (std::min)(options_.max_body_bytes, detail::largest_body);
            const std::size_t wanted =
                (std::max)({size, 2 * buffer_.capacity(), smallest_capacity});
            const std::size_t capacity = (std::max)(size, (std::min)(wanted, limit));
            backend_ = Backend{};
            elements_.reset();
            if (backend_.allocate(capacity) != simdjson::SUCCESS || !buffer_.reset(capacity)) {
                return false;
            }
        }
        if (with_elements && elements_ == nullptr) {
            elements_.reset(new (std::nothrow)
                                std::byte[detail::elements_size<WebhookView>(buffer_.capacity())]);
        }
        return !with_elements || elements_ != nullptr;
    }

    ParseOptions options_;
    Backend backend_;
    detail::BodyBuffer buffer_;
    std::unique_ptr<std::byte[]> elements_;  ///< For the lists of bodies that buffer_ has room for.
};

/// Parses bodies, keeping its buffers. `BasicParser` is a template only so that translation units
/// compiled for different instruction sets or build modes do not take one another's for their own:
/// they may be linked into one program.
using Parser = BasicParser<detail::Backend>;

namespace detail {

/// The parser that the free functions use on a thread.
template <class Backend>
class ThreadParser {
  public:
    /// Calls `parse_with(parser)`.
    template <class ParseWith>
    static auto parse(const ParseOptions& options, ParseWith&& parse_with) {
        if (!is_over) return parse_with(owner().parser_for(options));
        BasicParser<Backend> parser{options};
        return parse_with(parser);
    }

  private:
    struct Owner {
        BasicParser<Backend> parser;

        Owner() = default;
        Owner(const Owner&) = delete;
        Owner& operator=(const Owner&) = delete;
        ~Owner() { is_over = true; }

        BasicParser<Backend>& parser_for(const ParseOptions& options) noexcept {
            // What an earlier call allowed to be kept, this one may not.
            if (parser.buffer_.capacity() >
                (std::max)(options.max_body_bytes, parser.smallest_capacity)) {
                parser = BasicParser<Backend>{options};
            }
            parser.options_ = options;
            return parser;
        }
    };

    // One for all functions that parse: in a template there would be one for each.
    static Owner& owner() {
        static thread_local Owner kept;
        return kept;
    }

    // Outlives the owner, having no destructor: whatever is destroyed after it on a thread that
    // ends may still parse.
    static constinit inline thread_local bool is_over = false;
};

}  // namespace detail

/// Parses the body of an Integration Webhook into an event that owns its strings.
///
/// The body is any text: it needs no padding and no terminator, and is copied. A UTF-8 byte order
/// mark before it is skipped. May be called from any number of threads at once; each keeps buffers
/// of its own, as a Parser does. Not from the destructors of static objects, once main has
/// returned: simdjson's own may have ended before.
///
/// @code
/// const auto event = mews::webhooks::parse(body);
/// if (!event) return event.error().code == ErrorCode::out_of_memory ? 503 : set_aside(body);
/// if (const auto* created = std::get_if<mews::webhooks::IntegrationCreated>(&*event)) {
///     onboard(created->enterprise.id, created->access_token);
/// }
/// @endcode
///
/// @throws std::bad_alloc if there is no memory for the event or for the error's pointer. Nothing
/// else.
template <class Backend = detail::Backend>
[[nodiscard]] Result<Event> parse(std::string_view body, const ParseOptions& options = {}) {
    return detail::ThreadParser<Backend>::parse(
        options, [&](BasicParser<Backend>& parser) { return parser.parse(body); });
}

/// Parses the body of a General Webhook, otherwise as `parse` does.
template <class Backend = detail::Backend>
[[nodiscard]] Result<GeneralWebhook> parse_general(std::string_view body,
                                                   const ParseOptions& options = {}) {
    return detail::ThreadParser<Backend>::parse(
        options, [&](BasicParser<Backend>& parser) { return parser.parse_general(body); });
}

/// Parses a body of either family, otherwise as `parse` does: for an endpoint that is registered
/// for both. A property `Action` makes it an Integration Webhook, else `Events` a General one; with
/// neither, `Action` is missing.
template <class Backend = detail::Backend>
[[nodiscard]] Result<Webhook> parse_webhook(std::string_view body,
                                            const ParseOptions& options = {}) {
    return detail::ThreadParser<Backend>::parse(
        options, [&](BasicParser<Backend>& parser) { return parser.parse_webhook(body); });
}

}  // namespace mews::webhooks

// ── <mews/webhooks/lines.hpp> ────────────────────────────────────────────────────────────────────

// Many bodies, one a line (NDJSON, JSON Lines): archives, dead-letter files, replays.

namespace mews::webhooks {

/// One line of a text, and the body in it.
template <class View>
struct BasicLine {
    std::size_t number;     ///< 1 for the first line of the text. Blank lines count.
    std::size_t offset;     ///< Bytes from the start of the text to the start of the line.
    std::string_view text;  ///< The line without its line feed.

    /// The body, borrowed from the Parser: valid until the handler returns, `to_owned` makes a copy
    /// that lasts. An error's offset counts from the start of the line.
    Result<View> result;
};

using Line = BasicLine<EventView>;           ///< Read as an Integration Webhook.
using WebhookLine = BasicLine<WebhookView>;  ///< Read as a body of either family.

/// How far `parse_lines` went.
struct LinesRead {
    std::size_t count;   ///< How many lines were handed to the handler.
    std::size_t offset;  ///< Bytes from the start of the text to behind the last line read.

    /// The count.
    // NOLINTNEXTLINE(google-explicit-constructor): parse_lines once returned the count alone
    constexpr operator std::size_t() const noexcept { return count; }
};

/// Parses each line of a text as a body of its own: a bad line is an error of that line only.
///
/// Lines end with a line feed; a carriage return before it does no harm, nor does a last line
/// without one. Blank lines are passed over. Needs no more memory than the longest line does, and a
/// line of more than ParseOptions::max_body_bytes is refused as a body of that size is.
///
/// @tparam View what a line holds: an EventView, a GeneralWebhookView, or for archives with both
///         families a WebhookView.
/// @param handler is called as `handler(const BasicLine<View>&)`, line after line. If it returns a
///        bool, false ends the work; anything else that it returns is ignored.
/// @throws what Parser::parse_view throws, and what the handler does.
template <class View = EventView, class Backend, class Handler>
requires std::invocable<Handler&, const BasicLine<View>&>
LinesRead parse_lines(BasicParser<Backend>& parser, std::string_view text, Handler&& handler) {
    using Returned = std::invoke_result_t<Handler&, const BasicLine<View>&>;
    LinesRead read{0, 0};
    for (std::size_t number = 1; read.offset < text.size(); ++number) {
        const std::size_t offset = read.offset;
        const std::string_view line = text.substr(offset, text.find('\n', offset) - offset);
        read.offset = offset + line.size() < text.size() ? offset + line.size() + 1 : text.size();
        if (std::all_of(line.begin(), line.end(), detail::is_white_space)) continue;
        ++read.count;
        const BasicLine<View> parsed{number, offset, line, parser.template parse_view<View>(line)};
        if constexpr (std::same_as<std::remove_cvref_t<Returned>, bool>) {
            if (!std::invoke(handler, parsed)) break;
        } else {
            static_cast<void>(std::invoke(handler, parsed));
        }
    }
    return read;
}

}  // namespace mews::webhooks

// ── <mews/webhooks/redact.hpp> ───────────────────────────────────────────────────────────────────

// A body that may be shown to others: everything masked that the contract does not declare open.
// Needs no JSON parser.

namespace mews::webhooks {

/// The body with its structure, white space, order and names, and of its values only those that the
/// contract declares open and that have their declared type. All other strings become
/// `"[redacted]"`, or `"[masked]"` where they are personal data; all other numbers become `0`;
/// true, false and null stay. What an unknown event holds is masked but for the `Integration`, or
/// the `Id`, that the library takes from it.
///
/// Nothing is known of names: a name that is a secret itself stays. The violations that `inspect`
/// finds in the result are those of the body, their offsets aside; the result can be longer than
/// the body, and so than ParseOptions::max_body_bytes. Takes time and memory in proportion to the
/// body's size.
///
/// @return the error of `inspect`, and no text, if the body is not well-formed.
/// @throws std::bad_alloc if there is no memory.
[[nodiscard]] inline Result<std::string> redact(std::string_view body,
                                                const ParseOptions& options = {});

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

/// Collects the values that may be shown, or are masked as personal data.
struct ShownValues : Sink {
    static constexpr bool keeps_elements = false;
    static constexpr bool wants_values = true;

    struct Value {
        const char* begin;
        wire::Visibility visibility;
    };

    void restart() noexcept { values.clear(); }
    void found(const Found& value) {
        if (value.visibility != wire::secret) values.push_back({value.begin, value.visibility});
    }

    std::vector<Value> values{};
};

}  // namespace detail

inline Result<std::string> redact(std::string_view body, const ParseOptions& options) {
    detail::ShownValues shown;
    detail::BodyBuffer buffer;
    WebhookView webhook;
    if (std::optional<Error> error = detail::walk_through(body, options, shown, buffer, webhook)) {
        return std::move(*error);
    }
    // They are found in another order where a tag stands behind its content.
    std::sort(shown.values.begin(), shown.values.end(),
              [](const auto& left, const auto& right) { return left.begin < right.begin; });

    std::string out;
    out.reserve(body.size());
    const char* copied = shown.body;  // Everything before it is in `out`.
    const char* const end = copied + body.size();
    auto next = shown.values.begin();
    for (const char* at = copied; at != end;) {
        const bool is_string = *at == '"';
        if (!is_string && *at != '-' && !detail::is_digit(*at)) {
            ++at;
            continue;
        }
        const char* const begin = at;
        at = is_string ? detail::scan_string(at + 1, end).at : detail::scan_number(at).at;
        if (is_string) {
            if (*detail::skip_white_space(at) == ':') continue;  // A name.
        }
        std::string_view mask = is_string ? "\"[redacted]\"" : "0";
        while (next != shown.values.end() && next->begin < begin)
            ++next;  // true, false or null, which stay in any case.
        if (next != shown.values.end() && next->begin == begin) {
            if (next->visibility == wire::open) continue;
            if (is_string) mask = "\"[masked]\"";
        }
        out.append(copied, begin).append(mask);
        copied = at;
    }
    return out.append(copied, end);
}

}  // namespace mews::webhooks

// ── <mews/webhooks/json.hpp> ─────────────────────────────────────────────────────────────────────

// Writing bodies as the sender does: for fixtures and replays.

namespace mews::webhooks {

namespace detail {

inline void write_name(std::string& out, std::string_view name) {
    append_json_string(out, name);
    out += ':';
}

/// A text that must be a JSON object: it comes from outside, and must not break out of its place.
inline void write_verbatim(std::string& out, std::string_view json) {
    BodyBuffer buffer{json.size()};
    const Scan object = scan_document(buffer.assign(json), buffer.scratch(), json.size());
    out += object.ok() && json.starts_with('{') ? json : "null";
}

/// Appends the JSON text of a value.
template <class T>
void write(std::string& out, const T& value) {
    if constexpr (wire::is_optional<T>) {
        if (value) {
            write(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (wire::Scalar<T>) {
        wire::Type<T>::write(out, value);
    } else if constexpr (wire::List<T>) {
        std::string_view separator;
        out += '[';
        for (const auto& element : value) {
            out += std::exchange(separator, ",");
            write(out, element);
        }
        out += ']';
    } else if constexpr (wire::Object<T>) {
        std::string_view separator;
        out += '{';
        wire::for_each_property<T>([&](auto property) {
            using enum wire::Presence;
            const auto& member = value.*property.member;
            if constexpr (property.presence(Contract::documented) == optional &&
                          property.presence(Contract::observed) == optional) {
                if (!member) return;
            }
            out += std::exchange(separator, ",");
            write_name(out, property.name);
            write(out, member);
        });
        out += '}';
    } else {
        std::visit(
            [&]<class Alternative>(const Alternative& alternative) {
                if constexpr (wire::Tagged<T>) {
                    out += '{';
                    write_name(out, wire::Description<T>::tag);
                    append_json_string(out, wire::tag_of(alternative));
                    out += ',';
                    write_name(out, wire::Description<T>::content);
                    if constexpr (wire::UnknownObject<Alternative>) {
                        using Content = wire::PropertyAt<Alternative, 2>;
                        write_verbatim(out, (alternative.*Content::member).reveal());
                    } else {
                        write(out, alternative);
                    }
                    out += '}';
                } else {
                    write(out, alternative);
                }
            },
            value);
    }
}

template <class T>
std::string written(const T& value) {
    std::string out;
    write(out, value);
    return out;
}

}  // namespace detail

/// Writes a body: compact, its properties in documented order. `parse(to_json(event)) == event`
/// holds of all that `parse` gives. It does not hold of what no body can give: an unknown event
/// with a documented name, or whose members differ from its JSON text; Discriminator::unknown in an
/// EntityEvent; a year that is not 0001 to 9999; strings that are not UTF-8.
///
/// **It holds secrets in the clear.** A member without a value is left out where both contracts
/// allow that, and is null elsewhere. A string that is not UTF-8 is written with U+FFFD in the
/// place of what is not. The JSON text of an unknown event is written as it is, if it is a JSON
/// object, and otherwise as null, which `parse` then refuses.
///
/// @throws std::bad_alloc if there is no memory for the text.
[[nodiscard]] inline std::string to_json(const Event& event) {
    return detail::written(event);
}
/// @copydoc to_json(const Event&)
[[nodiscard]] inline std::string to_json(const EventView& event) {
    return detail::written(event);
}
/// @copydoc to_json(const Event&)
[[nodiscard]] inline std::string to_json(const GeneralWebhook& webhook) {
    return detail::written(webhook);
}
/// @copydoc to_json(const Event&)
[[nodiscard]] inline std::string to_json(const GeneralWebhookView& webhook) {
    return detail::written(webhook);
}
/// @copydoc to_json(const Event&)
template <wire::Families AnyWebhook>
[[nodiscard]] std::string to_json(const AnyWebhook& webhook) {
    return detail::written(webhook);
}

}  // namespace mews::webhooks

// ── <mews/webhooks/url_token.hpp> ────────────────────────────────────────────────────────────────

// The shared token in the endpoint's URL: all that tells the sender from anybody else. Neither
// class nor function needs the body, so that a request can be refused before it is read.

namespace mews::webhooks {

/// The tokens that an endpoint accepts: one, or several while they are being changed.
class UrlTokens {
  public:
    /// Takes the tokens. An empty one, such as a setting that was forgotten gives, is left out: it
    /// would let in everybody. Without any token, every request is refused.
    explicit UrlTokens(std::vector<Secret> accepted) : accepted_(std::move(accepted)) {
        std::erase_if(accepted_, [](const Secret& token) { return token.reveal().empty(); });
    }

    /// Whether the candidate is one of the tokens. The time it takes depends neither on where a
    /// difference is nor on which token it is; it can tell the tokens' number and lengths.
    [[nodiscard]] bool accepts(std::string_view candidate) const noexcept {
        unsigned matches = 0;
        for (const Secret& token : accepted_)
            matches |=
                static_cast<unsigned>(detail::equal_in_constant_time(token.reveal(), candidate));
        return matches != 0;
    }

  private:
    std::vector<Secret> accepted_;
};

/// The token that a request target has as a parameter of its query: of `/hooks?Token=a%2Bb` it is
/// `a+b`. Percent-encoding is undone and nothing else, so that `+` is a plus. Names are compared
/// decoded and case-sensitively. What other parameters hold does not matter.
///
/// @param request_target of the request line, as it came: `/hooks?…` or `https://host/hooks?…`
/// @param parameter the parameter's name, without encoding
/// @return nothing if the parameter is absent, is there twice, or its value is badly encoded. A
///         parameter without a value gives the empty token, which UrlTokens never accepts.
/// @throws std::bad_alloc if there is no memory for a text.
[[nodiscard]] inline std::optional<Secret> token_in(std::string_view request_target,
                                                    std::string_view parameter = "Token");

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

/// The value of a hexadecimal digit; nothing for any other character.
constexpr std::optional<unsigned> hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    return std::nullopt;
}

/// Undoes percent-encoding; nothing if a `%` is not followed by two hexadecimal digits.
inline std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            decoded += text[at];
            continue;
        }
        if (text.size() - at < 3) return std::nullopt;
        const std::optional<unsigned> high = hex_digit(text[at + 1]);
        const std::optional<unsigned> low = hex_digit(text[at + 2]);
        if (!high || !low) return std::nullopt;
        decoded += static_cast<char>(*high << 4 | *low);
        at += 2;
    }
    return decoded;
}

}  // namespace detail

inline std::optional<Secret> token_in(std::string_view request_target, std::string_view parameter) {
    request_target = request_target.substr(0, request_target.find('#'));
    const std::size_t question_mark = request_target.find('?');
    if (question_mark == std::string_view::npos) return std::nullopt;

    std::optional<Secret> token;
    std::string_view query = request_target.substr(question_mark + 1);
    while (!query.empty()) {
        const std::string_view field = query.substr(0, query.find('&'));
        query.remove_prefix(field.size());
        if (!query.empty()) query.remove_prefix(1);

        const std::string_view name = field.substr(0, field.find('='));
        if (field.empty() || detail::percent_decoded(name) != parameter) continue;
        std::string_view value = field.substr(name.size());
        if (!value.empty()) value.remove_prefix(1);
        std::optional<std::string> decoded = detail::percent_decoded(value);
        // Of two, another program on the way may have looked at the other one.
        if (token || !decoded) return std::nullopt;
        token.emplace(std::move(*decoded));
    }
    return token;
}

}  // namespace mews::webhooks

// ── <mews/webhooks/integration_state.hpp> ────────────────────────────────────────────────────────

// What is known of one integration after any number of messages, in whatever order they came and
// however often.
//
// Messages have no order and no id, mostly no time, and come late or twice. So the state does not
// follow them one by one: it is the set of what they said, with times of receipt, and of what the
// vendor answered. What follows from the set, `summary()` says, and where nothing can follow, that
// the vendor has to be asked. Sets have no order, and joining them is commutative, associative and
// idempotent: any order and any repetition gives the same state, and several receivers can each
// keep one and merge them.

namespace mews::webhooks {

/// What a message said, and when the first message that said it was received.
template <class T>
struct FirstReceived {
    T value{};             ///< What it said.
    Timestamp received{};  ///< When, by the receiver's clock.

    bool operator==(const FirstReceived&) const = default;  ///< Member by member.
};

/// When a message was received last, by a name.
using LastReceived = std::map<std::string, Timestamp, std::less<>>;

/// What was found out by asking the vendor. What was not asked, or not found out, stays empty. It
/// can be taken at any time: messages get lost, too, which no state can notice.
struct VendorAnswer {
    /// Before the question was sent, by the clock that gives the times of receipt: the answer
    /// settles what had been received until then. With several clocks, subtract by how much they
    /// may differ. Too early costs another question, too late can lose a message.
    Timestamp asked{};

    std::optional<Enterprise> enterprise{};  ///< The enterprise that the integration belongs to.
    std::optional<bool> is_enabled{};        ///< Whether it is switched on.
    std::optional<bool> is_canceled{};       ///< Whether it is canceled.
    /// The candidate that works; an empty one, if none does.
    std::optional<Secret> credential{};

    bool operator==(const VendorAnswer&) const = default;  ///< Member by member.
};

/// All that something can be, by what is known. None: nothing was said. One: it is known. Several:
/// they contradict each other, and the vendor has to be asked.
template <class T>
struct Candidates {
    std::vector<T> values{};  ///< Each once; their order has no meaning.

    /// The only candidate; nothing if there is none or several.
    [[nodiscard]] std::optional<T> known() const {
        if (values.size() != 1) return std::nullopt;
        return values.front();
    }

    /// Whether there are several.
    [[nodiscard]] bool is_ambiguous() const noexcept { return values.size() > 1; }

    /// Whether both have the same candidates.
    bool operator==(const Candidates& other) const {
        return std::is_permutation(values.begin(), values.end(), other.values.begin(),
                                   other.values.end());
    }
};

/// What follows from an IntegrationState.
struct IntegrationSummary {
    Candidates<Enterprise> enterprise{};  ///< Which enterprise it belongs to.
    Candidates<bool> is_enabled{};        ///< Whether it is switched on.
    Candidates<bool> is_canceled{};       ///< Whether it is canceled.
    Candidates<Secret> credential{};      ///< The live credential: an access token or an API key.
    bool is_deleted = false;              ///< If so, of the above only the enterprise is given.
    std::optional<Timestamp> deleted_utc{};  ///< When it was deleted, if a message said so.
    bool has_unknown_event = false;  ///< An UnknownEvent came after the vendor was asked last.

    /// Whether the vendor has to be asked. Not for what no message has said: its message may be on
    /// its way.
    [[nodiscard]] bool needs_answer() const noexcept {
        return !is_deleted &&
               (has_unknown_event || enterprise.is_ambiguous() || is_enabled.is_ambiguous() ||
                is_canceled.is_ambiguous() || credential.is_ambiguous());
    }

    bool operator==(const IntegrationSummary&) const = default;  ///< Member by member.
};

/// Which parts of the summary are others than before, and whether there are more entities to look
/// up.
struct IntegrationChanges {
    bool enterprise = false;    ///< IntegrationSummary::enterprise
    bool is_enabled = false;    ///< IntegrationSummary::is_enabled
    bool is_canceled = false;   ///< IntegrationSummary::is_canceled
    bool credential = false;    ///< IntegrationSummary::credential
    bool deletion = false;      ///< IntegrationSummary::is_deleted, deleted_utc
    bool needs_answer = false;  ///< IntegrationSummary::needs_answer()
    bool entities = false;      ///< IntegrationState::entities has one that it did not have.

    /// Whether anything changed.
    [[nodiscard]] bool any() const noexcept { return *this != IntegrationChanges{}; }

    bool operator==(const IntegrationChanges&) const = default;  ///< Member by member.
};

/// What messages said of one integration, and what the vendor answered. The program keeps one for
/// each `Integration.Id`.
///
/// The members are all there is: a program can store them and build the state again. It has to
/// store them also if `apply` reports no change, since times of receipt may have changed. They hold
/// credentials, but no personal data.
struct IntegrationState {
    /// The IntegrationCreated, without their Requestor.
    std::vector<FirstReceived<IntegrationCreated>> created{};
    /// The keys of IntegrationApiKeyCreated. Those that were replaced stay until the deletion, to
    /// be recognised if their message comes again.
    std::vector<FirstReceived<Secret>> api_keys{};
    /// All other events by their `Action`, those that are not known as well.
    LastReceived actions{};
    /// The earliest DeletedUtc.
    std::optional<Timestamp> deleted_utc{};
    /// The answers that no later one replaces.
    std::vector<VendorAnswer> answers{};
    /// What General Webhooks named, to be looked up: by kind (`Discriminator`), then by id. An
    /// empty id stands for some entity of the kind.
    std::map<std::string, LastReceived, std::less<>> entities{};

    /// Takes an event about this integration.
    ///
    /// @param received when it was received, by the receiver's clock. If a stored message is
    ///        applied once more, after a crash for instance, it must be the time that was stored
    ///        with it; if the sender sends it again, that is a new message, with a new time.
    IntegrationChanges apply(const Event& event, Timestamp received);
    /// Takes the entities that a General Webhook about this integration names. How often one is
    /// named, and in which order, has no meaning.
    IntegrationChanges apply(const GeneralWebhook& webhook, Timestamp received);

    /// Takes what the vendor answered.
    IntegrationChanges take(const VendorAnswer& answer);

    /// Takes all that another state of the same integration has: what the messages and answers of
    /// both together would have given.
    ///
    /// @throws std::bad_alloc if there is no memory. A part may have been taken then; merging again
    ///         takes the rest.
    IntegrationChanges merge(const IntegrationState& other);

    /// An entity was looked up: takes it off the list, unless it was named again in the meantime.
    /// Merging an older copy of the state puts it there again, which costs another look-up and
    /// loses none.
    ///
    /// @param asked before the question was sent, as in VendorAnswer
    void looked_up(std::string_view kind, std::string_view id, Timestamp asked);

    /// What follows from all that.
    [[nodiscard]] IntegrationSummary summary() const;

    /// Whether all members are the same, in whatever order. Credentials are compared in constant
    /// time.
    bool operator==(const IntegrationState& other) const;

  private:
    void forget_credentials();
};

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

/// Adds what was said, or only moves its receipt back if it is there.
template <class T>
void add(std::vector<FirstReceived<T>>& list, const FirstReceived<T>& item) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const FirstReceived<T>& other) {
        return other.value == item.value;
    });
    if (found == list.end()) {
        list.push_back(item);
    } else if (item.received < found->received) {
        found->received = item.received;
    }
}

/// Adds a name, or moves its receipt forward if it is there. Returns whether it was added.
inline bool add(LastReceived& list, const std::string& name, Timestamp received) {
    const auto [found, added] = list.try_emplace(name, received);
    if (found->second < received) found->second = received;
    return added;
}

template <class T>
void add_once(std::vector<T>& list, const T& item) {
    if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

/// When the vendor was asked last, of the answers that satisfy `is_answered`.
template <class Predicate>
std::optional<Timestamp> last_asked(const std::vector<VendorAnswer>& answers,
                                    Predicate is_answered) {
    std::optional<Timestamp> last;
    for (const VendorAnswer& answer : answers)
        if (is_answered(answer) && last < answer.asked) last = answer.asked;
    return last;
}

/// The candidates for one member of VendorAnswer: the last answer, and what was received since.
///
/// A message that was received before the question was sent is about something that happened before
/// the question, so the answer has it in it. What was received afterwards may be older or newer
/// than the answer. If it says the same, nothing is in doubt: had there been a change in between,
/// its message is still to come, and will contradict the answer then. If it says something else,
/// the vendor has to be asked again.
///
/// Therefore a message that the sender repeats after the answer does not undo the answer, but can
/// lead to another question. That cannot be spared: a repeated IntegrationDisabled and a new one
/// are the same bytes, and to ignore the new one would be to miss it for good.
template <class T>
class Question {
  public:
    using Member = std::optional<T> VendorAnswer::*;

    Question(const std::vector<VendorAnswer>& answers, Member member)
        : asked_(last_asked(answers,
                            [&](const auto& answer) { return (answer.*member).has_value(); })) {
        for (const VendorAnswer& answer : answers)
            if (answer.*member && answer.asked == asked_)
                add_once(found_.values, *(answer.*member));
    }

    void add(const T& value, Timestamp received) {
        if (received > asked_) add_once(found_.values, value);
    }

    /// The same of an action that says it, if it was received.
    void add(const T& value, const LastReceived& actions, Action action) {
        const auto found = actions.find(to_string(action));
        if (found != actions.end()) add(value, found->second);
    }

    [[nodiscard]] Candidates<T> candidates() noexcept { return std::move(found_); }

  private:
    std::optional<Timestamp> asked_;
    Candidates<T> found_;
};

inline bool has_unknown_event(const LastReceived& actions,
                              const std::vector<VendorAnswer>& answers) {
    const auto asked = last_asked(answers, [](const VendorAnswer&) { return true; });
    return std::any_of(actions.begin(), actions.end(), [&](const auto& action) {
        return action_named(action.first) == Action::unknown && action.second > asked;
    });
}

/// Answers to different questions do not replace one another. Two to the same question, asked at
/// the same time, both stay: if they differ, the question is open.
inline void drop_replaced(std::vector<VendorAnswer>& answers) {
    const auto last = last_asked(answers, [](const VendorAnswer&) { return true; });
    const auto last_of = [&](auto member) {
        return last_asked(answers,
                          [&](const auto& answer) { return (answer.*member).has_value(); });
    };
    const auto enterprise = last_of(&VendorAnswer::enterprise);
    const auto is_enabled = last_of(&VendorAnswer::is_enabled);
    const auto is_canceled = last_of(&VendorAnswer::is_canceled);
    const auto credential = last_of(&VendorAnswer::credential);
    std::erase_if(answers, [&](const VendorAnswer& answer) {
        return answer.asked != last &&  //
               !(answer.enterprise && answer.asked == enterprise) &&
               !(answer.is_enabled && answer.asked == is_enabled) &&
               !(answer.is_canceled && answer.asked == is_canceled) &&
               !(answer.credential && answer.asked == credential);
    });
}

}  // namespace detail

inline IntegrationChanges IntegrationState::apply(const Event& event, Timestamp received) {
    IntegrationState news;
    if (const auto* creation = std::get_if<IntegrationCreated>(&event)) {
        // The requestor is somebody's name and address, and nothing follows from it.
        news.created.push_back({*creation, received});
        news.created.back().value.requestor.reset();
    } else if (const auto* regenerated = std::get_if<IntegrationApiKeyCreated>(&event)) {
        news.api_keys.push_back({regenerated->api_key, received});
    } else if (const auto* unknown = std::get_if<UnknownEvent>(&event)) {
        // Its data may hold a credential, and nobody can say what follows from it.
        news.actions.emplace(unknown->action, received);
    } else {
        news.actions.emplace(to_string(action_of(event)), received);
        if (const auto* deletion = std::get_if<IntegrationDeleted>(&event))
            news.deleted_utc = deletion->deleted_utc;
    }
    return merge(news);
}

inline IntegrationChanges IntegrationState::apply(const GeneralWebhook& webhook,
                                                  Timestamp received) {
    IntegrationState news;
    const auto name = [&](std::string_view kind, const std::string& id) {
        news.entities[std::string{kind}].insert_or_assign(id, received);
    };
    for (const GeneralEvent& event : webhook.events) {
        match(
            event,
            [&](const EntityEvent& known) { name(to_string(known.discriminator), known.id); },
            [&](const UnknownEntityEvent& unknown) {
                name(unknown.discriminator, unknown.id.value_or(std::string{}));
            });
    }
    return merge(news);
}

inline IntegrationChanges IntegrationState::take(const VendorAnswer& answer) {
    IntegrationState news;
    news.answers.push_back(answer);
    return merge(news);
}

inline IntegrationChanges IntegrationState::merge(const IntegrationState& other) {
    const IntegrationSummary before = summary();
    IntegrationChanges changes;

    // The first receipt of what has a text of its own: a key or a token that was known when the
    // vendor was asked is recognised when its message comes again, and opens no question.
    for (const auto& creation : other.created)
        detail::add(created, creation);
    for (const auto& key : other.api_keys)
        detail::add(api_keys, key);
    // The last receipt of what has none: it may be news each time.
    for (const auto& [action, received] : other.actions)
        detail::add(actions, action, received);
    for (const auto& [kind, ids] : other.entities) {
        for (const auto& [id, received] : ids)
            changes.entities |= detail::add(entities[kind], id, received);
    }
    // An integration is deleted once. If two messages give two times, or one gives none as was seen
    // in 2019, the earliest is when it was gone.
    if (other.deleted_utc && (!deleted_utc || *other.deleted_utc < *deleted_utc))
        deleted_utc = other.deleted_utc;
    for (const VendorAnswer& answer : other.answers)
        detail::add_once(answers, answer);
    if (actions.contains(to_string(Action::integration_deleted))) {
        forget_credentials();
        changes.entities = false;
    }
    detail::drop_replaced(answers);

    const IntegrationSummary after = summary();
    changes.enterprise = before.enterprise != after.enterprise;
    changes.is_enabled = before.is_enabled != after.is_enabled;
    changes.is_canceled = before.is_canceled != after.is_canceled;
    changes.credential = before.credential != after.credential;
    changes.deletion =
        before.is_deleted != after.is_deleted || before.deleted_utc != after.deleted_utc;
    changes.needs_answer = before.needs_answer() != after.needs_answer();
    return changes;
}

/// The credentials of a deleted integration are of no use, and what does not hold them cannot leak
/// them. Without them nothing can be looked up either. Late messages bring them again, so this is
/// done at each merge.
inline void IntegrationState::forget_credentials() {
    api_keys.clear();
    entities.clear();
    // Without their credentials, some may be the same.
    std::vector<FirstReceived<IntegrationCreated>> creations;
    for (FirstReceived<IntegrationCreated>& creation : created) {
        creation.value.access_token = Secret{};
        detail::add(creations, creation);
    }
    created = std::move(creations);
    std::vector<VendorAnswer> kept;
    for (VendorAnswer& answer : answers) {
        answer.credential.reset();
        detail::add_once(kept, answer);
    }
    answers = std::move(kept);
}

inline void IntegrationState::looked_up(std::string_view kind, std::string_view id,
                                        Timestamp asked) {
    const auto ids = entities.find(kind);
    if (ids == entities.end()) return;
    const auto found = ids->second.find(id);
    if (found != ids->second.end() && found->second <= asked) ids->second.erase(found);
    if (ids->second.empty()) entities.erase(ids);
}

inline IntegrationSummary IntegrationState::summary() const {
    IntegrationSummary summary;

    // CreatedUtc is the only time that puts messages in order: of several IntegrationCreated, the
    // newest counts. If several have the newest, written again by the sender perhaps, each counts.
    std::optional<Timestamp> newest;
    for (const auto& creation : created)
        if (newest < creation.value.created_utc) newest = creation.value.created_utc;
    const bool was_created_again =
        std::any_of(created.begin(), created.end(),
                    [&](const auto& creation) { return creation.value.created_utc != newest; });

    // An integration is enabled, canceled or given another key after it was created, never before.
    // So those messages outlive its IntegrationCreated, which may come late. Only if it was created
    // again, nobody knows on which side of that they were, and all are candidates.
    const auto counts_unless = [&](bool outlived) { return was_created_again || !outlived; };
    const auto received = [&](Action action) { return actions.contains(to_string(action)); };
    const bool is_enabled_counts = counts_unless(received(Action::integration_enabled) ||
                                                 received(Action::integration_disabled));
    const bool not_canceled_counts = counts_unless(received(Action::integration_canceled) ||
                                                   received(Action::integration_reinstated));
    const bool access_token_counts = counts_unless(!api_keys.empty());

    detail::Question enterprise{answers, &VendorAnswer::enterprise};
    detail::Question is_enabled{answers, &VendorAnswer::is_enabled};
    detail::Question is_canceled{answers, &VendorAnswer::is_canceled};
    detail::Question credential{answers, &VendorAnswer::credential};
    for (const auto& creation : created) {
        const IntegrationCreated& event = creation.value;
        if (event.created_utc != newest) continue;
        enterprise.add(event.enterprise, creation.received);
        if (is_enabled_counts) is_enabled.add(event.is_enabled, creation.received);
        if (not_canceled_counts) is_canceled.add(false, creation.received);
        if (access_token_counts) credential.add(event.access_token, creation.received);
    }

    // These have no time: of both of a pair, or of two keys, nobody can say which was the last.
    is_enabled.add(true, actions, Action::integration_enabled);
    is_enabled.add(false, actions, Action::integration_disabled);
    is_canceled.add(true, actions, Action::integration_canceled);
    is_canceled.add(false, actions, Action::integration_reinstated);
    for (const auto& key : api_keys)
        credential.add(key.value, key.received);

    summary.enterprise = enterprise.candidates();
    // A deletion outlives everything, answers as well: an id is not used again, so that whatever
    // says otherwise is older. Nothing is left to ask.
    summary.is_deleted = received(Action::integration_deleted);
    summary.deleted_utc = deleted_utc;
    if (summary.is_deleted) return summary;

    summary.is_enabled = is_enabled.candidates();
    summary.is_canceled = is_canceled.candidates();
    summary.credential = credential.candidates();
    std::erase_if(summary.credential.values,
                  [](const Secret& candidate) { return candidate.reveal().empty(); });
    // What an event that is not known did to the integration, only the vendor can say. Any answer
    // settles it, since nobody can say which question it raises.
    summary.has_unknown_event = detail::has_unknown_event(actions, answers);
    return summary;
}

inline bool IntegrationState::operator==(const IntegrationState& other) const {
    const auto same = [](const auto& left, const auto& right) {
        return std::is_permutation(left.begin(), left.end(), right.begin(), right.end());
    };
    return same(created, other.created) && same(api_keys, other.api_keys) &&
           actions == other.actions && deleted_utc == other.deleted_utc &&
           same(answers, other.answers) && entities == other.entities;
}

/// Prints the only candidate, or how many there are.
template <class Traits, class T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const Candidates<T>& candidates) {
    if (candidates.values.empty()) return stream << "unknown";
    if (candidates.is_ambiguous()) {
        return stream << std::string_view{std::to_string(candidates.values.size())}
                      << " candidates";
    }
    if constexpr (std::is_same_v<T, bool>) {
        return stream << (candidates.values.front() ? "true" : "false");
    } else {
        return stream << candidates.values.front();
    }
}

/// Prints a summary on one line, credentials redacted.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const IntegrationSummary& summary) {
    stream << "IntegrationSummary {Enterprise: " << summary.enterprise
           << ", IsEnabled: " << summary.is_enabled << ", IsCanceled: " << summary.is_canceled
           << ", Credential: " << summary.credential
           << ", IsDeleted: " << (summary.is_deleted ? "true" : "false");
    if (summary.deleted_utc) {
        stream << ", DeletedUtc: " << std::string_view{to_iso8601(*summary.deleted_utc)};
    }
    return stream << ", NeedsAnswer: " << (summary.needs_answer() ? "true" : "false") << '}';
}

/// Prints the state's summary: the same text for the same messages, whenever they were received.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const IntegrationState& state) {
    return stream << state.summary();
}

}  // namespace mews::webhooks
