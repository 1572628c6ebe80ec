// Timestamps both ways, against a calendar that counts its days one year and one month after the
// other.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"

namespace {

using namespace mews::webhooks;
using namespace std::string_view_literals;

constexpr std::int64_t second = 10'000'000;
constexpr std::int64_t day = 86'400 * second;

constexpr bool is_leap(int year) {
    if (year % 400 == 0) return true;
    if (year % 100 == 0) return false;
    return year % 4 == 0;
}

constexpr int days_in(int year, int month) {
    if (month == 2) return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

constexpr int days_in(int year) {
    return is_leap(year) ? 366 : 365;
}

/// The first days of all years that a Timestamp reaches, in days since 1970.
class Calendar {
  public:
    static constexpr int first_year = -27'300;
    static constexpr int last_year = 31'300;

    Calendar() : new_years_(static_cast<std::size_t>(last_year - first_year + 1)) {
        std::int64_t count = 0;
        for (int year = 1970; year <= last_year; count += days_in(year++))
            new_years_[index(year)] = count;
        count = 0;
        for (int year = 1969; year >= first_year; --year)
            new_years_[index(year)] = count -= days_in(year);
    }

    [[nodiscard]] std::int64_t days_before(int year) const { return new_years_[index(year)]; }

    [[nodiscard]] std::int64_t days_before(int year, int month, int day_of_month) const {
        std::int64_t count = days_before(year) + day_of_month - 1;
        for (int earlier = 1; earlier != month; ++earlier)
            count += days_in(year, earlier);
        return count;
    }

    /// An instant as it should be written.
    [[nodiscard]] std::string text(Timestamp instant) const {
        std::int64_t ticks = instant.time_since_epoch().count();
        const auto after = std::upper_bound(
            new_years_.begin(), new_years_.end(), ticks,
            [](std::int64_t left, std::int64_t right) { return left < saturated(right); });
        const int year = first_year + static_cast<int>(after - new_years_.begin()) - 1;
        // What is left of the instant, field by field, and never less than nothing.
        std::int64_t days = -days_before(year);
        days += ticks / day;
        ticks %= day;
        if (ticks < 0) {
            ticks += day;
            --days;
        }
        int month = 1;
        for (; days >= days_in(year, month); ++month)
            days -= days_in(year, month);

        std::string out = year < 0 ? "-" : year == 0 || year > 9999 ? "+" : "";
        out += digits(year < 0 ? -year : year, 4) + '-' + digits(month, 2) + '-' +
               digits(days + 1, 2) + 'T' + digits(ticks / (3600 * second), 2) + ':' +
               digits(ticks / (60 * second) % 60, 2) + ':' + digits(ticks / second % 60, 2);
        std::string fraction = digits(ticks % second, 7);
        while (!fraction.empty() && fraction.back() == '0')
            fraction.pop_back();
        if (!fraction.empty()) out += '.' + fraction;
        return out + 'Z';
    }

    static std::string digits(std::int64_t number, std::size_t width) {
        std::string text;
        for (; number != 0 || text.size() < width; number /= 10)
            text += static_cast<char>('0' + number % 10);
        return {text.rbegin(), text.rend()};
    }

  private:
    static std::size_t index(int year) { return static_cast<std::size_t>(year - first_year); }

    /// Days as ticks, as far as those go.
    static std::int64_t saturated(std::int64_t days) {
        constexpr std::int64_t most = INT64_MAX / day;
        return days > most ? INT64_MAX : days < -most - 1 ? INT64_MIN : days * day;
    }

    std::vector<std::int64_t> new_years_;
};

const Calendar& calendar() {
    static const Calendar instance;
    return instance;
}

constexpr Timestamp at_ticks(std::int64_t ticks) {
    return Timestamp{Timestamp::duration{ticks}};
}

/// Reads a text from memory that ends where the text does, so that a sanitizer sees a byte too many
/// being read.
std::optional<Timestamp> read(std::string_view text) {
    const std::vector<char> exact(text.begin(), text.end());
    return timestamp_from_iso8601({exact.data(), exact.size()});
}

/// Ticks since 1970 that a text stands for; nothing if it is refused.
std::optional<std::int64_t> ticks_of(std::string_view text) {
    const std::optional<Timestamp> instant = read(text);
    if (!instant) return std::nullopt;
    return instant->time_since_epoch().count();
}

bool is_refused(std::string_view text) {
    return !read(text).has_value();
}

/// What a text of the shape `0000-00-00T00:00:00Z` must give, whatever its digits are.
std::optional<std::int64_t> by_counting(std::string_view text) {
    const auto number = [&](std::size_t at, std::size_t count) {
        int value = 0;
        for (const char c : text.substr(at, count))
            value = value * 10 + (c - '0');
        return value;
    };
    const int year = number(0, 4);
    const int month = number(5, 2);
    const int day_of_month = number(8, 2);
    if (year < 1 || month < 1 || month > 12) return std::nullopt;
    if (day_of_month < 1 || day_of_month > days_in(year, month)) return std::nullopt;
    if (number(11, 2) >= 24 || number(14, 2) >= 60 || number(17, 2) >= 60) return std::nullopt;
    return calendar().days_before(year, month, day_of_month) * day +
           ((number(11, 2) * 60 + number(14, 2)) * 60 + number(17, 2)) * second;
}

}  // namespace

TEST_CASE("instants whose distance from 1970 is known") {
    struct Known {
        std::string_view text;
        std::int64_t ticks;
    };
    const Known instants[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01T00:00:01Z", 1 * second},
        {"1969-12-31T23:59:59Z", -1 * second},
        {"1970-01-01T00:00:00.0000001Z", 1},
        {"1969-12-31T23:59:59.9999999Z", -1},
        {"1970-01-02T00:00:00Z", 86'400 * second},
        {"2000-01-01T00:00:00Z", 946'684'800 * second},
        {"2000-02-29T12:00:00Z", 951'825'600 * second},
        {"2001-09-09T01:46:40Z", 1'000'000'000 * second},
        {"2009-02-13T23:31:30Z", 1'234'567'890 * second},
        {"2019-12-13T14:42:52Z", 1'576'248'172 * second},
        {"2033-05-18T03:33:20Z", 2'000'000'000 * second},
        {"1901-12-13T20:45:52Z", -2'147'483'648 * second},
        {"2038-01-19T03:14:07Z", 2'147'483'647 * second},
        {"1900-01-01T00:00:00Z", -2'208'988'800 * second},
        {"1601-01-01T00:00:00Z", -11'644'473'600 * second},
        {"0001-01-01T00:00:00Z", -62'135'596'800 * second},
        // The first and the last instant that the sender's clock has.
        {"9999-12-31T23:59:59.9999999Z", 253'402'300'800 * second - 1},
    };
    for (const Known& instant : instants) {
        CAPTURE(instant.text);
        CHECK(ticks_of(instant.text) == instant.ticks);
        CHECK(to_iso8601(at_ticks(instant.ticks)) == instant.text);
        CHECK(calendar().text(at_ticks(instant.ticks)) == instant.text);
    }
}

TEST_CASE("both directions work for each month from year 1 to 9999, and no day is too many") {
    std::size_t wrong = 0;
    const std::int64_t start = *ticks_of("0001-01-01T00:00:00Z");
    std::int64_t days = 0;
    for (int year = 1; year <= 9999; ++year) {
        const std::string year_text = Calendar::digits(year, 4) + '-';
        for (int month = 1; month <= 12; ++month) {
            const std::string text = year_text + Calendar::digits(month, 2) + '-';
            const int last = days_in(year, month);
            const std::string first_day = text + "01T00:00:00Z";
            const std::string last_day = text + Calendar::digits(last, 2);
            const std::int64_t first = start + days * day;
            days += last;
            const std::int64_t next = start + days * day;
            wrong += ticks_of(first_day) != first || to_iso8601(at_ticks(first)) != first_day;
            const std::string last_tick = last_day + "T23:59:59.9999999Z";
            wrong += ticks_of(last_tick) != next - 1 || to_iso8601(at_ticks(next - 1)) != last_tick;
            wrong += !is_refused(text + "00T00:00:00Z");
            wrong += !is_refused(text + Calendar::digits(last + 1, 2) + "T00:00:00Z");
        }
    }
    CHECK(wrong == 0);
    CHECK(days == 3'652'059);  // as many as the sender's clock has
}

TEST_CASE("both directions work for each day of years around each kind of leap year") {
    std::size_t wrong = 0;
    for (const int middle :
         {3, 100, 400, 1582, 1600, 1700, 1752, 1900, 1970, 2000, 2024, 2100, 2400, 9997}) {
        for (int year = middle - 2; year <= middle + 2; ++year) {
            for (int month = 1; month <= 12; ++month) {
                for (int day_of_month = 1; day_of_month <= 31; ++day_of_month) {
                    const std::string text = Calendar::digits(year, 4) + '-' +
                                             Calendar::digits(month, 2) + '-' +
                                             Calendar::digits(day_of_month, 2) + "T13:14:15.167Z";
                    if (day_of_month > days_in(year, month)) {
                        wrong += !is_refused(text);
                        continue;
                    }
                    const std::int64_t ticks =
                        calendar().days_before(year, month, day_of_month) * day +
                        ((13 * 60 + 14) * 60 + 15) * second + 1'670'000;
                    wrong += ticks_of(text) != ticks;
                    wrong += to_iso8601(at_ticks(ticks)) != text;
                }
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("29 February") {
    for (const std::string_view year :
         {"0004", "0400", "1600", "1996", "2000", "2004", "2024", "2400", "9996"}) {
        CAPTURE(year);
        CHECK(!is_refused(std::string{year} + "-02-29T00:00:00Z"));
        CHECK(is_refused(std::string{year} + "-02-30T00:00:00Z"));
    }
    for (const std::string_view year :
         {"0001", "0100", "1700", "1800", "1900", "1999", "2001", "2023", "2100", "2200", "9999"}) {
        CAPTURE(year);
        CHECK(!is_refused(std::string{year} + "-02-28T23:59:59Z"));
        CHECK(is_refused(std::string{year} + "-02-29T00:00:00Z"));
    }
}

TEST_CASE("each field takes the numbers that it has, and no other") {
    struct Field {
        std::size_t at;
        std::string_view name;
        int smallest;
        int largest;
    };
    const Field fields[] = {{5, "month", 1, 12},
                            {8, "day", 1, 31},
                            {11, "hour", 0, 23},
                            {14, "minute", 0, 59},
                            {17, "second", 0, 59}};
    for (const Field& field : fields) {
        std::string accepted;
        std::string expected;
        for (int number = 0; number != 100; ++number) {
            const std::string digits = Calendar::digits(number, 2);
            std::string text = "2031-01-01T00:00:00Z";
            text.replace(field.at, 2, digits);
            if (!is_refused(text)) accepted += digits + ' ';
            if (number >= field.smallest && number <= field.largest) expected += digits + ' ';
        }
        CAPTURE(field.name);
        CHECK(accepted == expected);
    }
    std::size_t wrong = 0;
    for (int year = 0; year <= 9999; ++year)
        wrong += is_refused(Calendar::digits(year, 4) + "-01-01T00:00:00Z") != (year == 0);
    CHECK(wrong == 0);

    CHECK(is_refused("2031-01-01T24:00:00Z"));
    CHECK(is_refused("2031-01-01T24:00:01Z"));
    CHECK(is_refused("2016-12-31T23:59:60Z"));  // a leap second that there was
    CHECK(is_refused("2016-12-31T23:59:60.5Z"));
    CHECK(is_refused("2031-04-31T00:00:00Z"));
    CHECK(is_refused("2031-06-31T00:00:00Z"));
    CHECK(is_refused("2031-09-31T00:00:00Z"));
    CHECK(is_refused("2031-11-31T00:00:00Z"));
}

TEST_CASE("a fraction has one to seven digits, each a tenth of the one before") {
    const std::string start = "2031-05-06T07:08:09";
    const std::int64_t whole = *ticks_of(start + 'Z');
    for (const std::string zone : {"Z", "+00:00"}) {
        CAPTURE(zone);
        CHECK(ticks_of(start + zone) == whole);
        CHECK(is_refused(start + '.' + zone));
        std::string digits;
        for (int length = 1; length != 10; ++length) {
            digits += static_cast<char>('0' + length);
            CAPTURE(digits);
            if (length <= 7) {
                CHECK(ticks_of(start + '.' + digits + zone) ==
                      whole + std::stoll((digits + "0000000").substr(0, 7)));
            } else {
                CHECK(is_refused(start + '.' + digits + zone));
            }
        }
        for (std::size_t length = 1; length != 8; ++length) {
            const std::string zeros(length - 1, '0');
            const std::string nines(length, '9');
            CAPTURE(length);
            CHECK(ticks_of(start + '.' + zeros + '0' + zone) == whole);
            CHECK(ticks_of(start + '.' + zeros + '1' + zone) ==
                  whole + std::stoll((zeros + "10000000").substr(0, 7)));
            CHECK(ticks_of(start + '.' + nines + zone) ==
                  whole + std::stoll((nines + "0000000").substr(0, 7)));
        }
    }
    // Eight are too many, whatever they are, and so is any number of them.
    CHECK(is_refused(start + ".00000000Z"));
    CHECK(is_refused(start + ".10000000Z"));
    CHECK(is_refused(start + '.' + std::string(300, '0') + 'Z'));
    CHECK(is_refused(start + ",5Z"));
    CHECK(is_refused(start + ".5.5Z"));
    CHECK(is_refused(start + ".-5Z"));
    CHECK(is_refused(start + ".+5Z"));
    CHECK(is_refused(start + ". 5Z"));
    CHECK(is_refused(start + ".5 Z"));
    CHECK(is_refused(start + ".5eZ"));
    CHECK(is_refused(start + ".0x1Z"));
    CHECK(is_refused(start + "5Z"));
    CHECK(is_refused(start + ":5Z"));
}

TEST_CASE("UTC is written Z or +00:00, and there is no other zone") {
    const std::string start = "2031-05-06T07:08:09";
    for (const std::string fraction : {"", ".5", ".1234567"}) {
        CAPTURE(fraction);
        const std::optional<std::int64_t> ticks = ticks_of(start + fraction + 'Z');
        CHECK(ticks.has_value());
        CHECK(ticks_of(start + fraction + "+00:00") == ticks);
        std::string accepted;
        for (const std::string_view zone : {""sv,          "z"sv,       " Z"sv,
                                            "Z "sv,        "ZZ"sv,      "Z0"sv,
                                            "Z\0"sv,       "\0"sv,      "+"sv,
                                            "-"sv,         "+0"sv,      "+00"sv,
                                            "+000"sv,      "+0000"sv,   "+00:"sv,
                                            "+00:0"sv,     "+0:00"sv,   "+00:000"sv,
                                            "+00:00:00"sv, "+00:00Z"sv, "Z+00:00"sv,
                                            "+00:00 "sv,   " +00:00"sv, "00:00"sv,
                                            "-00:00"sv,    "-0000"sv,   "+00:01"sv,
                                            "+00:10"sv,    "+01:00"sv,  "+10:00"sv,
                                            "-01:00"sv,    "+02:00"sv,  "-08:00"sv,
                                            "+14:00"sv,    "+23:59"sv,  "+24:00"sv,
                                            "+00.00"sv,    "+00;00"sv,  "\xE2\x88\x92\x30\x30:00"sv,
                                            "+oo:oo"sv,    "A"sv,       "UTC"sv,
                                            " UTC"sv,      "GMT"sv,     "Zulu"sv,
                                            "[UTC]"sv,     "Z[UTC]"sv}) {
            if (!is_refused(start + fraction + std::string{zone})) {
                accepted.append("'").append(zone).append("' ");
            }
        }
        CHECK(accepted == "");
    }
}

TEST_CASE("other forms are refused") {
    for (const std::string_view text :
         {""sv, "Z"sv, "T"sv, "+00:00"sv, "now"sv, "0"sv, "1576248172"sv, "2019"sv,
          // ISO 8601, but not the sender's form.
          "2019-12-13"sv, "2019-12-13Z"sv, "2019-12-13T14Z"sv, "2019-12-13T14:42Z"sv, "14:42:52Z"sv,
          "20191213T144252Z"sv, "2019-12-13T144252Z"sv, "20191213T14:42:52Z"sv,
          "2019-347T14:42:52Z"sv, "2019-W50-5T14:42:52Z"sv, "+2019-12-13T14:42:52Z"sv,
          "-2019-12-13T14:42:52Z"sv, "+002019-12-13T14:42:52Z"sv, "+12019-12-13T14:42:52Z"sv,
          "2019-12-13T14:42,5Z"sv, "2019-12-13T14:42:52,5Z"sv,
          // Another case, another separator.
          "2019-12-13t14:42:52Z"sv, "2019-12-13T14:42:52z"sv, "2019-12-13t14:42:52z"sv,
          "2019-12-13 14:42:52Z"sv, "2019-12-13_14:42:52Z"sv, "2019-12-13  14:42:52Z"sv,
          "2019/12/13T14:42:52Z"sv, "2019.12.13T14:42:52Z"sv, "2019-12-13T14.42.52Z"sv,
          "2019-12-13T14-42-52Z"sv,
          // Too few or too many digits.
          "19-12-13T14:42:52Z"sv, "019-12-13T14:42:52Z"sv, "02019-12-13T14:42:52Z"sv,
          "12019-12-13T14:42:52Z"sv, "2019-2-13T14:42:52Z"sv, "2019-12-3T14:42:52Z"sv,
          "2019-012-13T14:42:52Z"sv, "2019-12-13T4:42:52Z"sv, "2019-12-13T14:2:52Z"sv,
          "2019-12-13T14:42:2Z"sv, "2019-12-13T14:42:052Z"sv,
          // White space and signs.
          " 2019-12-13T14:42:52Z"sv, "2019-12-13T14:42:52Z\n"sv, "\t2019-12-13T14:42:52Z"sv,
          "2019-12-13T14:42:52 Z"sv, "2019- 2-13T14:42:52Z"sv, "2019-12- 3T14:42:52Z"sv,
          "2019-12-13T 4:42:52Z"sv, "2019-12-13T+4:42:52Z"sv, "2019-+2-13T14:42:52Z"sv,
          "2019--2-13T14:42:52Z"sv, " 019-12-13T14:42:52Z"sv, "+019-12-13T14:42:52Z"sv,
          "-019-12-13T14:42:52Z"sv,
          // What other programs write.
          "/Date(1576248172000)/"sv, "Fri, 13 Dec 2019 14:42:52 GMT"sv, "13.12.2019 14:42:52"sv,
          "12/13/2019 2:42:52 PM"sv, "2019-12-13T14:42:52Z/2019-12-14T14:42:52Z"sv,
          "\"2019-12-13T14:42:52Z\""sv,
          // Digits of other scripts, and bytes that only look like some.
          "\xEF\xBC\x92\x30\x31\x39-12-13T14:42:52Z"sv, "2\xB0\x31\x39-12-13T14:42:52Z"sv,
          "2019\xE2\x80\x90\x31\x32-13T14:42:52Z"sv, "2O19-12-13T14:42:52Z"sv,
          "2019-12-13T14:42:52\0Z"sv, "2019-12-13T14:42:52Z\0"sv, "2019-12-13\0T14:42:52Z"sv,
          "0000-00-00T00:00:00Z"sv, "0000-12-31T23:59:59Z"sv, "9999-99-99T99:99:99Z"sv}) {
        CAPTURE(text);
        CHECK(is_refused(text));
    }
}

TEST_CASE("no part of a timestamp is one") {
    for (const std::string_view text :
         {"2019-12-13T14:42:52Z"sv, "2019-12-13T14:42:52+00:00"sv, "2019-12-13T14:42:52.1234567Z"sv,
          "2019-12-13T14:42:52.1234567+00:00"sv}) {
        CAPTURE(text);
        REQUIRE(!is_refused(text));
        std::size_t accepted = 0;
        for (std::size_t size = 0; size != text.size(); ++size) {
            accepted += !is_refused(text.substr(0, size));
            accepted += !is_refused(text.substr(text.size() - size));
        }
        CHECK(accepted == 0);
    }
}

TEST_CASE("no character may be left out, doubled or put in but a digit of the fraction") {
    const std::string text = "2019-12-13T14:42:52.123456Z";
    const std::size_t point = text.find('.');
    std::string wrong;
    for (std::size_t at = 0; at != text.size(); ++at) {
        const bool in_fraction = at > point && at + 1 != text.size();
        const std::string without = text.substr(0, at) + text.substr(at + 1);
        const std::string doubled = text.substr(0, at) + text[at] + text.substr(at);
        if (is_refused(without) == in_fraction) wrong += without + ' ';
        if (is_refused(doubled) == in_fraction) wrong += doubled + ' ';
        for (int byte = 0; byte != 256; ++byte) {
            const char c = static_cast<char>(byte);
            const std::string more = text.substr(0, at) + c + text.substr(at);
            const bool is_legal = c >= '0' && c <= '9' && at > point;
            if (is_refused(more) == is_legal) wrong += more + ' ';
        }
    }
    CHECK(wrong == "");
}

TEST_CASE("each byte replaced by each other byte") {
    std::size_t wrong = 0;
    std::size_t accepted = 0;
    for (const std::string_view original : {"2019-12-13T14:42:52Z"sv, "2000-02-29T23:59:59Z"sv,
                                            "0001-01-01T00:00:00Z"sv, "9999-12-31T09:05:07Z"sv}) {
        for (std::size_t at = 0; at != original.size(); ++at) {
            for (int byte = 0; byte != 256; ++byte) {
                std::string text{original};
                text[at] = static_cast<char>(byte);
                const bool is_digit = text[at] >= '0' && text[at] <= '9';
                const bool was_digit = original[at] >= '0' && original[at] <= '9';
                std::optional<std::int64_t> expected;
                if (text == original || (is_digit && was_digit)) expected = by_counting(text);
                wrong += ticks_of(text) != expected;
                accepted += expected.has_value();
            }
        }
    }
    CHECK(wrong == 0);
    CHECK(accepted > 300);

    // In the fraction any digit is as good; in the offset none is.
    constexpr std::string_view longest = "2019-12-13T14:42:52.1234567+00:00";
    for (std::size_t at = 19; at != longest.size(); ++at) {
        for (int byte = 0; byte != 256; ++byte) {
            std::string text{longest};
            text[at] = static_cast<char>(byte);
            const bool is_digit = text[at] >= '0' && text[at] <= '9';
            const bool in_fraction = at > 19 && at < 27;
            wrong += is_refused(text) == (text == longest || (is_digit && in_fraction));
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("the shortest form that reads back is written") {
    const std::int64_t start = *ticks_of("2031-05-06T07:08:09Z");
    const auto written = [&](std::int64_t ticks) { return to_iso8601(at_ticks(start + ticks)); };
    CHECK(written(0) == "2031-05-06T07:08:09Z");
    CHECK(written(1) == "2031-05-06T07:08:09.0000001Z");
    CHECK(written(10) == "2031-05-06T07:08:09.000001Z");
    CHECK(written(100) == "2031-05-06T07:08:09.00001Z");
    CHECK(written(1'000) == "2031-05-06T07:08:09.0001Z");
    CHECK(written(10'000) == "2031-05-06T07:08:09.001Z");
    CHECK(written(100'000) == "2031-05-06T07:08:09.01Z");
    CHECK(written(1'000'000) == "2031-05-06T07:08:09.1Z");
    CHECK(written(1'020'300) == "2031-05-06T07:08:09.10203Z");
    CHECK(written(1'234'560) == "2031-05-06T07:08:09.123456Z");
    CHECK(written(1'234'567) == "2031-05-06T07:08:09.1234567Z");
    CHECK(written(9'999'999) == "2031-05-06T07:08:09.9999999Z");
    CHECK(written(10'000'000) == "2031-05-06T07:08:10Z");
    CHECK(written(-1) == "2031-05-06T07:08:08.9999999Z");
}

TEST_CASE("years that the wire cannot have are written with a sign, and refused") {
    CHECK(to_iso8601(Timestamp::max()) == "+31197-09-14T02:48:05.4775807Z");
    CHECK(to_iso8601(Timestamp::min()) == "-27258-04-19T21:11:54.5224192Z");
    const std::int64_t last = *ticks_of("9999-12-31T23:59:59.9999999Z");
    CHECK(to_iso8601(at_ticks(last + 1)) == "+10000-01-01T00:00:00Z");
    const std::int64_t first = *ticks_of("0001-01-01T00:00:00Z");
    CHECK(to_iso8601(at_ticks(first - 1)) == "+0000-12-31T23:59:59.9999999Z");
    CHECK(to_iso8601(at_ticks(first - 366 * day)) == "+0000-01-01T00:00:00Z");
    CHECK(to_iso8601(at_ticks(first - 366 * day - 1)) == "-0001-12-31T23:59:59.9999999Z");
    CHECK(to_iso8601(at_ticks(calendar().days_before(-1234) * day)) == "-1234-01-01T00:00:00Z");
    for (const Timestamp instant :
         {Timestamp::max(), Timestamp::min(), at_ticks(last + 1), at_ticks(first - 1),
          at_ticks(first - 366 * day), at_ticks(first - 366 * day - 1)}) {
        const std::string text = to_iso8601(instant);
        CAPTURE(text);
        CHECK((text.front() == '+' || text.front() == '-'));
        CHECK(is_refused(text));
    }
}

TEST_CASE("pseudo-random instants survive the way to text and back") {
    std::mt19937_64 random{20191213};
    const std::int64_t first = *ticks_of("0001-01-01T00:00:00Z");
    const std::int64_t last = *ticks_of("9999-12-31T23:59:59.9999999Z");
    const auto range = static_cast<std::uint64_t>(last - first) + 1;
    std::size_t wrong = 0;
    for (int i = 0; i != 200'000; ++i) {
        std::int64_t ticks = first + static_cast<std::int64_t>(random() % range);
        // Every other one without some of its last digits.
        if (i % 2 == 0) {
            std::int64_t unit = 1;
            for (int zeros = i / 2 % 8; zeros != 0; --zeros)
                unit *= 10;
            ticks -= ticks % unit;
        }
        const std::string text = to_iso8601(at_ticks(ticks));
        wrong += text != calendar().text(at_ticks(ticks));
        wrong += ticks_of(text) != ticks;
        std::string other = text;
        other.replace(other.size() - 1, 1, "+00:00");
        wrong += ticks_of(other) != ticks;
    }
    CHECK(wrong == 0);
}

TEST_CASE("pseudo-random instants of the whole range are written as the calendar has them") {
    std::mt19937_64 random{42};
    std::size_t wrong = 0;
    for (int i = 0; i != 50'000; ++i) {
        const Timestamp instant = at_ticks(static_cast<std::int64_t>(random()));
        const std::string text = to_iso8601(instant);
        if (text.substr(1, 5) == "0000-") continue;
        wrong += text != calendar().text(instant);
        wrong += is_refused(text) != (text.front() == '+' || text.front() == '-');
    }
    CHECK(wrong == 0);
}

TEST_CASE("timestamps can be read in constant expressions") {
    STATIC_REQUIRE(timestamp_from_iso8601("1970-01-01T00:00:00Z") == Timestamp{});
    STATIC_REQUIRE(timestamp_from_iso8601("2019-12-13T14:42:52.5+00:00") ==
                   at_ticks(15'762'481'725'000'000));
    STATIC_REQUIRE(timestamp_from_iso8601("9999-12-31T23:59:59.9999999Z") ==
                   at_ticks(253'402'300'800 * second - 1));
    STATIC_REQUIRE(!timestamp_from_iso8601("1900-02-29T00:00:00Z"));
    STATIC_REQUIRE(!timestamp_from_iso8601("2019-12-13T14:42:52"));
    STATIC_REQUIRE(!timestamp_from_iso8601(""));
    STATIC_REQUIRE(noexcept(timestamp_from_iso8601(std::string_view{})));
}

TEST_CASE("a Timestamp keeps the sender's ticks") {
    STATIC_REQUIRE(sizeof(Timestamp) == sizeof(std::int64_t));
    STATIC_REQUIRE(Timestamp::period::num == 1);
    STATIC_REQUIRE(Timestamp::period::den == 10'000'000);
    const std::optional<Timestamp> instant = read("2031-05-06T07:08:09.1234567Z");
    REQUIRE(instant.has_value());
    using namespace std::chrono;
    CHECK(floor<days>(*instant) == sys_days{2031y / May / 6});
    CHECK(*instant - floor<seconds>(*instant) == Timestamp::duration{1'234'567});
}
