// Fuzz target: timestamps both ways, against the C library's calendar.
//
// The input is a text, and its first eight bytes are an instant as well.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include <mews/webhooks.hpp>

#include "target.hpp"

namespace fuzz {
namespace {

using mews::webhooks::Timestamp;
using mews::webhooks::timestamp_from_iso8601;
using mews::webhooks::to_iso8601;

constexpr std::int64_t ticks_per_second = 10'000'000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The text with every digit made a zero.
std::string shape_of(std::string_view text) {
    std::string shape{text};
    std::replace_if(shape.begin(), shape.end(), is_digit, '0');
    return shape;
}

bool has_a_legal_shape(std::string_view text) {
    for (const std::string_view zone : {"Z", "+00:00"}) {
        std::string shape = "0000-00-00T00:00:00";
        if (shape_of(text) == shape + std::string{zone}) return true;
        shape += '.';
        for (int digits = 1; digits <= 7; ++digits) {
            shape += '0';
            if (shape_of(text) == shape + std::string{zone}) return true;
        }
    }
    return false;
}

int number_at(std::string_view text, std::size_t at, std::size_t count) {
    return std::stoi(std::string{text.substr(at, count)});
}

/// What the C library makes of a text.
std::optional<std::int64_t> ticks_by_c_library(std::string_view text) {
    if (!has_a_legal_shape(text)) return std::nullopt;
    if (text.ends_with("+00:00") == text.ends_with('Z')) return std::nullopt;
    std::tm said{};
    said.tm_year = number_at(text, 0, 4) - 1900;
    said.tm_mon = number_at(text, 5, 2) - 1;
    said.tm_mday = number_at(text, 8, 2);
    said.tm_hour = number_at(text, 11, 2);
    said.tm_min = number_at(text, 14, 2);
    said.tm_sec = number_at(text, 17, 2);
    // timegm makes the date that a calendar has of any numbers: it must be the one that was said.
    std::tm made = said;
    const std::int64_t seconds = timegm(&made);
    const bool exists = made.tm_year == said.tm_year && made.tm_mon == said.tm_mon &&
                        made.tm_mday == said.tm_mday && made.tm_hour == said.tm_hour &&
                        made.tm_min == said.tm_min && made.tm_sec == said.tm_sec;
    if (!exists || said.tm_year < 1 - 1900) return std::nullopt;
    std::string fraction;
    if (text[19] == '.') {
        std::copy_if(text.begin() + 20, text.end() - (text.ends_with('Z') ? 1 : 6),
                     std::back_inserter(fraction), is_digit);
    }
    fraction.resize(7, '0');
    return seconds * ticks_per_second + std::stoi(fraction);
}

void check_text(std::string_view text) {
    const std::optional<Timestamp> instant = timestamp_from_iso8601(text);
    const std::optional<std::int64_t> expected = ticks_by_c_library(text);
    if (instant.has_value() != expected.has_value())
        fail("what is an instant is the C library's opinion", text,
             instant ? "accepted" : "refused");
    if (!instant) return;
    if (instant->time_since_epoch().count() != *expected)
        fail("the instant is the C library's", text, to_iso8601(*instant));
    const std::string again = to_iso8601(*instant);
    if (timestamp_from_iso8601(again) != instant) fail("a text read is written again", text, again);
    if (again.size() > text.size()) fail("what is written is the shortest form", text, again);
}

void check_instant(std::string_view input, std::int64_t ticks) {
    const Timestamp instant{Timestamp::duration{ticks}};
    const std::string text = to_iso8601(instant);
    std::int64_t seconds = ticks / ticks_per_second;
    if (ticks % ticks_per_second < 0) --seconds;
    const std::time_t time{seconds};
    std::tm date{};
    if (gmtime_r(&time, &date) == nullptr) fail("the C library knows every instant", input, text);
    const int year = date.tm_year + 1900;
    std::array<char, 64> expected{};
    std::snprintf(expected.data(), expected.size(), "%s%04d-%02d-%02dT%02d:%02d:%02d",
                  year < 0                   ? "-"
                  : year == 0 || year > 9999 ? "+"
                                             : "",
                  year < 0 ? -year : year, date.tm_mon + 1, date.tm_mday, date.tm_hour, date.tm_min,
                  date.tm_sec);
    if (!text.starts_with(expected.data())) fail("the date is the C library's", input, text);
    if (!text.ends_with('Z') ||
        text.ends_with("0Z") != (text.find('.') == std::string::npos && date.tm_sec % 10 == 0)) {
        fail("a fraction ends neither in a zero nor in nothing", input, text);
    }
    const bool is_on_the_wire = year >= 1 && year <= 9999;
    if (timestamp_from_iso8601(text) != (is_on_the_wire ? std::optional{instant} : std::nullopt))
        fail("an instant of the years 0001 to 9999, and no other, is read again", input, text);
}

}  // namespace
}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    fuzz::check_text(input);
    if (std::int64_t ticks = 0; size >= sizeof ticks) {
        std::memcpy(&ticks, data, sizeof ticks);
        fuzz::check_instant(input, ticks);
    }
    return 0;
}
