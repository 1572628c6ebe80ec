/// @file
/// Points in time as the sender keeps them, and their text on the wire.

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>

#include <mews/webhooks/version.hpp>

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
