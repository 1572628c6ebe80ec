// The grammar of JSON, one function at a time: where each scan ends, and at which byte it finds a
// fault.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "conformance.hpp"

namespace {

using namespace mews::webhooks;
using namespace mews::webhooks::detail;
using conformance::Kind;
using conformance::Row;
using namespace std::string_view_literals;

constexpr std::size_t any_depth = std::numeric_limits<std::size_t>::max();

/// A copy of a text whose padding ends where its memory does, so that a sanitizer sees a byte too
/// many.
class Exact {
  public:
    explicit Exact(std::string_view text)
        : bytes_(std::make_unique<char[]>(text.size() + text_padding)),
          levels_(std::make_unique<char[]>(text.size() + text_padding)),
          size_(text.size()) {
        if (!text.empty()) std::memcpy(bytes_.get(), text.data(), text.size());
    }

    [[nodiscard]] const char* begin() const { return bytes_.get(); }
    [[nodiscard]] const char* end() const { return bytes_.get() + size_; }
    [[nodiscard]] char* levels() const { return levels_.get(); }
    [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

  private:
    std::unique_ptr<char[]> bytes_;
    std::unique_ptr<char[]> levels_;
    std::size_t size_;
};

/// Where a scan ended, and how.
struct Outcome {
    std::size_t at;
    ErrorCode fault{};

    bool operator==(const Outcome&) const = default;

    friend std::ostream& operator<<(std::ostream& stream, const Outcome& outcome) {
        const std::string_view name = to_string(outcome.fault);
        return stream << (name.empty() ? "fine" : name) << " at " << outcome.at;
    }
};

constexpr Outcome fine(std::size_t at) {
    return {at};
}
constexpr Outcome malformed(std::size_t at) {
    return {at, ErrorCode::malformed_json};
}

/// Scans a text from its byte `from` on.
template <class Scanner>
Outcome scan(Scanner&& scanner, std::string_view text, std::size_t from = 0) {
    const Exact exact{text};
    const auto result = [&] {
        if constexpr (requires { scanner(exact.begin(), exact.end()); }) {
            return scanner(exact.begin() + from, exact.end());
        } else {
            return scanner(exact.begin() + from);
        }
    }();
    return {static_cast<std::size_t>(result.at - exact.begin()), result.fault};
}

Outcome scan_one_value(std::string_view text, std::size_t max_depth = any_depth) {
    const Exact exact{text};
    const Scan result = scan_value(exact.begin(), exact.end(), exact.levels(), max_depth);
    return {static_cast<std::size_t>(result.at - exact.begin()), result.fault};
}

Outcome scan_whole(std::string_view text, std::size_t max_depth = any_depth) {
    const Exact exact{text};
    const Scan result = scan_document(exact.view(), exact.levels(), max_depth);
    return {static_cast<std::size_t>(result.at - exact.begin()), result.fault};
}

/// UTF-8 as the standard's table of ranges has it not: by decoding and looking at the number.
std::size_t length_by_decoding(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    struct Form {
        std::uint32_t mask, lead, smallest;
    };
    constexpr Form forms[] = {
        {0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    for (std::size_t length = 1; length != 5; ++length) {
        const Form& form = forms[length - 1];
        if ((byte(0) & form.mask) != form.lead) continue;
        if (text.size() < length) return 0;
        std::uint32_t number = byte(0) & ~form.mask;
        for (std::size_t i = 1; i != length; ++i) {
            if (byte(i) / 64 != 2) return 0;
            number = number * 64 + byte(i) % 64;
        }
        const bool is_surrogate = number >= 0xD800 && number < 0xE000;
        return number < form.smallest || number > 0x10FFFF || is_surrogate ? 0 : length;
    }
    return 0;
}

std::string hex(unsigned number) {
    std::string text;
    for (int shift = 12; shift >= 0; shift -= 4)
        text += "0123456789abcdef"[number >> shift & 0xF];
    return text;
}

}  // namespace

TEST_CASE("characters have their classes") {
    std::string spaces;
    std::string digits;
    std::string hexadecimals;
    std::string escapes;
    for (int byte = 0; byte != 256; ++byte) {
        const char c = static_cast<char>(byte);
        if (is_white_space(c)) spaces += c;
        if (is_digit(c)) digits += c;
        if (hex_value(c) < 16) hexadecimals += c;
        if (simple_escape(c) != 0) escapes += c;
    }
    CHECK(spaces == "\t\n\r ");
    CHECK(digits == "0123456789");
    CHECK(hexadecimals == "0123456789ABCDEFabcdef");
    CHECK(escapes == "\"/\\bfnrt");

    std::string values;
    for (const char c : hexadecimals)
        values += static_cast<char>('a' + hex_value(c));
    CHECK(values == "abcdefghijklmnopklmnop");
    std::string meanings;
    for (const char c : escapes)
        meanings += simple_escape(c);
    CHECK(meanings == "\"/\\\b\f\n\r\t");
}

TEST_CASE("code units") {
    const auto unit_of = [](std::string_view digits) {
        const Exact exact{digits};
        const Escape unit = read_code_unit(exact.begin());
        CHECK((unit.ok() && unit.at == exact.begin() + 4));
        return unit.code_point;
    };
    CHECK(unit_of("0000") == 0);
    CHECK(unit_of("0001") == 1);
    CHECK(unit_of("1000") == 0x1000);
    CHECK(unit_of("1234") == 0x1234);
    CHECK(unit_of("abcd") == 0xABCD);
    CHECK(unit_of("EF90") == 0xEF90);
    CHECK(unit_of("ffff") == 0xFFFF);
    std::size_t high = 0;
    std::size_t low = 0;
    for (unsigned unit = 0; unit != 0x10000; ++unit) {
        high += is_high_surrogate(unit);
        low += is_low_surrogate(unit);
    }
    CHECK(high == 0x400);
    CHECK(low == 0x400);
    CHECK((is_high_surrogate(0xD800) && is_high_surrogate(0xDBFF)));
    CHECK((is_low_surrogate(0xDC00) && is_low_surrogate(0xDFFF)));
}

TEST_CASE("white space is skipped up to the first other byte, or the end") {
    const auto skipped = [](std::string_view text) {
        const Exact exact{text};
        return skip_white_space(exact.begin()) - exact.begin();
    };
    CHECK(skipped("") == 0);
    CHECK(skipped("a") == 0);
    CHECK(skipped(" ") == 1);
    CHECK(skipped(" \t\r\n") == 4);
    CHECK(skipped(" \t\r\n\n a ") == 6);
    CHECK(skipped(" \f") == 1);
    CHECK(skipped(" \0 "sv) == 1);
    CHECK(skipped("\xC2\xA0") == 0);
}

TEST_CASE("read_escape ends behind the escape sequence, or at its fault") {
    struct Case {
        std::string_view text;
        Outcome outcome;
    };
    const Case cases[] = {
        {R"(\n)", fine(2)},
        {R"(\nn)", fine(2)},
        {R"(\\\)", fine(2)},
        {R"(\")", fine(2)},
        {R"(\u0041)", fine(6)},
        {R"(\u00412)", fine(6)},
        {R"(\uD7FF)", fine(6)},
        {R"(\uE000)", fine(6)},
        {R"(\ud800\udc00)", fine(12)},
        {R"(\udbff\udfff\udfff)", fine(12)},
        {R"(\)", malformed(1)},
        {R"(\u)", malformed(2)},
        {R"(\u0)", malformed(3)},
        {R"(\u00)", malformed(4)},
        {R"(\u004)", malformed(5)},
        {R"(\x)", malformed(1)},
        {R"(\U0041)", malformed(1)},
        {"\\\0"sv, malformed(1)},
        {"\\\x80", malformed(1)},
        {R"(\ug041)", malformed(2)},
        {R"(\u0g41)", malformed(3)},
        {R"(\u00g1)", malformed(4)},
        {R"(\u004g)", malformed(5)},
        {R"(\udc00)", malformed(0)},
        {R"(\udc00\ud800)", malformed(0)},
        {R"(\ud800 )", malformed(0)},
        {"\\ud800\0"sv, malformed(0)},
        {"\\ud800\\\0"sv, malformed(0)},
        {R"(\ud800")", malformed(0)},
        {R"(\ud800\n)", malformed(0)},
        {R"(\ud800\u0041)", malformed(0)},
        {R"(\ud800\ud800)", malformed(0)},
        {R"(\ud800\ue000)", malformed(0)},
        {R"(\ud800)", malformed(6)},
        {R"(\ud800\)", malformed(7)},
        {R"(\ud800\u)", malformed(8)},
        {R"(\ud800\ud)", malformed(9)},
        {R"(\ud800\udc)", malformed(10)},
        {R"(\ud800\udc0)", malformed(11)},
        {R"(\ud800\udc0g)", malformed(11)},
    };
    for (const Case& test : cases) {
        INFO(test.text);
        CHECK(scan(read_escape, test.text) == test.outcome);
    }
}

TEST_CASE("scan_string begins behind the opening quote and ends behind the closing one") {
    struct Case {
        std::string_view text;
        Outcome outcome;
    };
    const Case cases[] = {
        {R"(")", fine(1)},
        {R"(a")", fine(2)},
        {R"(a"b")", fine(2)},
        {R"(\"")", fine(3)},
        {R"(\\")", fine(3)},
        {R"(\\\"")", fine(5)},
        {R"(\ud83d\ude00")", fine(13)},
        {"\x7F\"", fine(2)},
        // Whether it is UTF-8 is asked elsewhere.
        {"\x80\xFF\"", fine(3)},
        {"", malformed(0)},
        {"a", malformed(1)},
        {R"(\")", malformed(2)},
        {R"(ab\)", malformed(3)},
        {R"(ab\q")", malformed(3)},
        {R"(ab\u12")", malformed(6)},
        {R"(ab\ud800")", malformed(2)},
        {"ab\n\"", malformed(2)},
        {"\0\""sv, malformed(0)},
        {"\x1F\"", malformed(0)},
    };
    for (const Case& test : cases) {
        INFO(test.text);
        CHECK(scan(scan_string, test.text) == test.outcome);
    }
}

TEST_CASE("scan_string overlooks nothing wherever it stands and whatever stands around it") {
    std::size_t wrong = 0;
    std::size_t count = 0;
    // The neighbours of what matters, by number, by one bit, and with the top bit.
    for (const char around : "a !#[]^\x7F\x80\x9F\xA0\xA2\xDC\xFF"sv) {
        for (std::size_t before = 0; before != 25; ++before) {
            for (std::size_t behind = 0; behind != 10; ++behind) {
                const std::string left(before, around);
                const std::string right(behind, around);
                const auto compare = [&](std::string_view special, Outcome expected) {
                    ++count;
                    wrong += scan(scan_string, left + std::string{special} + right) != expected;
                };
                compare("\"", fine(before + 1));
                compare("\\\"\"", fine(before + 3));
                compare("\\\\\"", fine(before + 3));
                compare("\\q\"", malformed(before + 1));
                compare("\n\"", malformed(before));
                compare("\0\""sv, malformed(before));
                compare("\x1F\"", malformed(before));
                compare("", malformed(before + behind));
            }
        }
    }
    CHECK(wrong == 0);
    CHECK(count > 10'000);
}

TEST_CASE("scan_number ends at the first byte that cannot belong to the number") {
    struct Case {
        std::string_view text;
        Outcome outcome;
    };
    const Case cases[] = {
        {"0", fine(1)},
        {"00", fine(1)},
        {"01", fine(1)},
        {"-0", fine(2)},
        {"-01", fine(2)},
        {"10", fine(2)},
        {"9876543210,", fine(10)},
        {"1.", malformed(2)},
        {"1.5", fine(3)},
        {"1.50", fine(4)},
        {"1.5.", fine(3)},
        {"1.e", malformed(2)},
        {"0.0e0", fine(5)},
        {"1e", malformed(2)},
        {"1e5", fine(3)},
        {"1E5", fine(3)},
        {"1e+5", fine(4)},
        {"1e-05", fine(5)},
        {"1e+", malformed(3)},
        {"1e+-5", malformed(3)},
        {"1e5e", fine(3)},
        {"1e5.5", fine(3)},
        {"-", malformed(1)},
        {"--1", malformed(1)},
        {"-.5", malformed(1)},
        {"-a", malformed(1)},
        {".5", malformed(0)},
        {"+1", malformed(0)},
        {"a", malformed(0)},
        {"1a", fine(1)},
        {"1 ", fine(1)},
    };
    for (const Case& test : cases) {
        INFO(test.text);
        CHECK(scan(scan_number, test.text) == test.outcome);
    }
}

TEST_CASE("scan_literal ends behind the last letter, or at the first wrong one") {
    struct Case {
        std::string_view text;
        Outcome outcome;
    };
    const Case cases[] = {
        {"true", fine(4)},       {"trueish", fine(4)},   {"false", fine(5)},
        {"false,", fine(5)},     {"null", fine(4)},      {"null0", fine(4)},
        {"t", malformed(1)},     {"tru", malformed(3)},  {"tRue", malformed(1)},
        {"truE", malformed(3)},  {"f", malformed(1)},    {"fals", malformed(4)},
        {"falsy", malformed(4)}, {"n", malformed(1)},    {"nil", malformed(1)},
        {"nul", malformed(3)},   {"nul ", malformed(3)}, {"nulL", malformed(3)},
    };
    for (const Case& test : cases) {
        INFO(test.text);
        CHECK(scan(scan_literal, test.text) == test.outcome);
    }
}

TEST_CASE("scan_value ends right behind the value, whatever follows") {
    CHECK(scan_one_value("1") == fine(1));
    CHECK(scan_one_value(" 1") == fine(2));
    CHECK(scan_one_value("1 ") == fine(1));
    CHECK(scan_one_value("1,") == fine(1));
    CHECK(scan_one_value("1x") == fine(1));
    CHECK(scan_one_value("01") == fine(1));
    CHECK(scan_one_value("[]]") == fine(2));
    CHECK(scan_one_value("{} }") == fine(2));
    CHECK(scan_one_value(R"("a"b)") == fine(3));
    CHECK(scan_one_value(R"( {"a" : [ 1 , {} ] } , )") == fine(20));
    CHECK(scan_one_value("nullnull") == fine(4));
    CHECK(scan_one_value("") == malformed(0));
    CHECK(scan_one_value("  ") == malformed(2));
    CHECK(scan_one_value(" ,") == malformed(1));
}

TEST_CASE("scan_value opens no more brackets at once than max_depth") {
    CHECK(scan_one_value("1", 0) == fine(1));
    CHECK(scan_one_value("[]", 0) == Outcome{0, ErrorCode::nesting_too_deep});
    CHECK(scan_one_value(" {}", 0) == Outcome{1, ErrorCode::nesting_too_deep});
    CHECK(scan_one_value("[]", 1) == fine(2));
    CHECK(scan_one_value("[1,[]]", 1) == Outcome{3, ErrorCode::nesting_too_deep});
    CHECK(scan_one_value("[1,[]]", 2) == fine(6));
    CHECK(scan_one_value("[[],[],{}]", 2) == fine(10));
    CHECK(scan_one_value(R"({"a":{"b":{}}})", 2) == Outcome{10, ErrorCode::nesting_too_deep});
    CHECK(scan_one_value(R"(["[[[[{{{{"])", 1) == fine(12));
    // A fault before it comes first, and it comes before any other.
    CHECK(scan_one_value("[,[[", 1) == malformed(1));
    CHECK(scan_one_value("[[,", 1) == Outcome{1, ErrorCode::nesting_too_deep});
    CHECK(scan_one_value("[[", 1) == Outcome{1, ErrorCode::nesting_too_deep});
}

TEST_CASE("scan_document agrees with the table") {
    std::size_t failed = 0;
    for (const Row& row : conformance::rows()) {
        Outcome expected{row.at, row.code};
        if (row.kind == Kind::good) expected = fine(row.text.size());
        if (row.kind == Kind::half_pair || row.kind == Kind::blank) {
            expected = malformed(row.text.size());
        }
        const Outcome outcome = scan_whole(row.text);
        if (outcome == expected) continue;
        ++failed;
        INFO(row.text);
        CHECK(outcome == expected);
    }
    CHECK(failed == 0);
}

TEST_CASE("scan_document: whatever comes first in the text") {
    CHECK(scan_whole("1 2") == Outcome{2, ErrorCode::trailing_content});
    CHECK(scan_whole("1 2 \xFF") == Outcome{2, ErrorCode::trailing_content});
    CHECK(scan_whole("1 \xFF 2") == Outcome{2, ErrorCode::invalid_utf8});
    CHECK(scan_whole("[,\xFF") == malformed(1));
    CHECK(scan_whole("\"\xFF,") == Outcome{1, ErrorCode::invalid_utf8});
    CHECK(scan_whole("[[\xFF", 1) == Outcome{1, ErrorCode::nesting_too_deep});
    CHECK(scan_whole("[\xFF[", 1) == Outcome{1, ErrorCode::invalid_utf8});
    // One byte cannot be two faults.
    CHECK(scan_whole("\"\\\xFF") == Outcome{2, ErrorCode::invalid_utf8});
    CHECK(scan_whole("\xC3") == Outcome{0, ErrorCode::invalid_utf8});
}

TEST_CASE("utf8_length of each sequence of up to three bytes") {
    std::size_t wrong = 0;
    std::size_t well_formed = 0;
    const auto compare = [&](std::string_view bytes) {
        const std::size_t length = utf8_length(bytes.data(), bytes.data() + bytes.size());
        wrong += length != length_by_decoding(bytes);
        well_formed += length == bytes.size();
    };
    char bytes[4]{};
    for (int first = 0; first != 256; ++first) {
        bytes[0] = static_cast<char>(first);
        compare({bytes, 1});
        for (int second = 0; second != 256; ++second) {
            bytes[1] = static_cast<char>(second);
            compare({bytes, 2});
            if (first < 0xE0) continue;
            for (int third = 0; third != 256; ++third) {
                bytes[2] = static_cast<char>(third);
                compare({bytes, 3});
            }
        }
    }
    CHECK(wrong == 0);
    CHECK(well_formed == 0x80 + 0x780 + 0xF800 - 0x800);
}

TEST_CASE("utf8_length of four bytes, each at the edges of its ranges") {
    constexpr std::string_view edges = "\x00\x41\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC2\xE0\xFF"sv;
    std::size_t wrong = 0;
    std::size_t well_formed = 0;
    for (int first = 0xE0; first != 256; ++first) {
        for (const char second : edges) {
            for (const char third : edges) {
                for (const char fourth : edges) {
                    const char bytes[] = {static_cast<char>(first), second, third, fourth};
                    const std::string_view sequence{bytes, 4};
                    const std::size_t length = utf8_length(bytes, bytes + 4);
                    wrong += length != length_by_decoding(sequence);
                    well_formed += length == 4;
                }
            }
        }
    }
    CHECK(wrong == 0);
    // The second byte has four edges behind F0, six behind F1 to F3, two behind F4.
    CHECK(well_formed == (4 + 3 * 6 + 2) * 6 * 6);
}

TEST_CASE("find_invalid_utf8 finds the first byte of the first ill-formed sequence") {
    const auto found = [](std::string_view text) {
        const Exact exact{text};
        return find_invalid_utf8(exact.begin(), exact.end()) - exact.begin();
    };
    CHECK(found("") == 0);
    CHECK(found("abc") == 3);
    CHECK(found("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z") == 11);
    CHECK(found("a\0b"sv) == 3);
    CHECK(found("\x80") == 0);
    CHECK(found("ab\xC3") == 2);
    CHECK(found("ab\xC3(") == 2);
    CHECK(found("ab\xE2\x82") == 2);
    CHECK(found("ab\xF0\x9F\x98") == 2);
    CHECK(found("\xC3\xA9\xED\xA0\x80") == 2);
    CHECK(found("\xC3\xA9\xC0\xAF") == 2);
    CHECK(found("\xF4\x90\x80\x80") == 0);
    CHECK(found("a\xFF\xFE") == 1);

    std::size_t wrong = 0;
    for (std::ptrdiff_t before = 0; before != 40; ++before) {
        for (std::size_t behind = 0; behind != 18; ++behind) {
            const std::string left(static_cast<std::size_t>(before), 'a');
            const std::string right(behind, 'z');
            for (const std::string_view bad : {"\x80"sv, "\xC3"sv, "\xE2\x82"sv, "\xFF"sv})
                wrong += found(left + std::string{bad} + right) != before;
            for (const std::string_view good : {"a"sv, "\xC3\xA9"sv, "\xF0\x9F\x98\x80"sv}) {
                const std::string text = left + std::string{good} + right;
                wrong += found(text) != static_cast<std::ptrdiff_t>(text.size());
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("append_utf8 writes each code point as the one sequence that decodes to it") {
    std::size_t wrong = 0;
    for (unsigned code_point = 0; code_point != 0x110000; ++code_point) {
        if (code_point >= 0xD800 && code_point < 0xE000) continue;
        char bytes[4]{};
        const auto length = static_cast<std::size_t>(append_utf8(bytes, code_point) - bytes);
        const std::size_t expected = code_point < 0x80      ? 1
                                     : code_point < 0x800   ? 2
                                     : code_point < 0x10000 ? 3
                                                            : 4;
        std::uint32_t number = static_cast<unsigned char>(bytes[0]);
        if (length > 1) number &= 0x7FU >> length;
        for (std::size_t i = 1; i < length; ++i)
            number = number * 64 + static_cast<unsigned char>(bytes[i]) % 64;
        wrong += length != expected || number != code_point ||
                 length_by_decoding({bytes, length}) != length;
    }
    CHECK(wrong == 0);
}

TEST_CASE("special_bytes marks each byte that ends a run of plain characters, and no other") {
    const auto is_special = [](unsigned byte) {
        return byte < 0x20 || byte == '"' || byte == '\\';
    };
    std::size_t wrong = 0;
    // Each byte at each position, beside each other byte.
    for (unsigned around = 0; around != 256; ++around) {
        const std::uint64_t background = std::uint64_t{0x0101'0101'0101'0101} * around;
        for (unsigned byte = 0; byte != 256; ++byte) {
            for (unsigned shift = 0; shift != 64; shift += 8) {
                const std::uint64_t others = ~(std::uint64_t{0xFF} << shift);
                const std::uint64_t word = (background & others) | std::uint64_t{byte} << shift;
                const std::uint64_t expected = (is_special(around) ? top_bits & others : 0) |
                                               (is_special(byte) ? top_bits & ~others : 0);
                wrong += special_bytes(word) != expected;
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("read_escape tells what an escape sequence stands for") {
    const auto unescaped = [](std::string_view escape) {
        const Exact exact{escape};
        char out[4];
        const Escape read = read_escape(exact.begin(), exact.end());
        return std::string{out, append_utf8(out, read.code_point)};
    };
    CHECK(unescaped(R"(\")") == "\"");
    CHECK(unescaped(R"(\\)") == "\\");
    CHECK(unescaped(R"(\/)") == "/");
    CHECK(unescaped(R"(\b)") == "\b");
    CHECK(unescaped(R"(\f)") == "\f");
    CHECK(unescaped(R"(\n)") == "\n");
    CHECK(unescaped(R"(\r)") == "\r");
    CHECK(unescaped(R"(\t)") == "\t");
    CHECK(unescaped(R"(\u20AC)") == "\xE2\x82\xAC");
    CHECK(unescaped(R"(\ud83d\ude00)") == "\xF0\x9F\x98\x80");

    std::size_t wrong = 0;
    const auto compare = [&](const std::string& escape, unsigned code_point) {
        char bytes[4];
        const std::string_view expected{
            bytes, static_cast<std::size_t>(append_utf8(bytes, code_point) - bytes)};
        wrong += unescaped(escape) != expected;
    };
    for (unsigned unit = 0; unit != 0x10000; ++unit) {
        if (unit < 0xD800 || unit >= 0xE000) compare("\\u" + hex(unit), unit);
    }
    // Each half of a pair in turn, beside the edges of the other.
    const auto pair = [&](unsigned high, unsigned low) {
        // In UTF-16 a pair is the twenty bits of what is left above U+FFFF.
        compare("\\u" + hex(high) + "\\u" + hex(low),
                (high % 0x400 * 0x400 + low % 0x400) + 0x10000);
    };
    for (unsigned bits = 0; bits != 0x400; ++bits) {
        pair(0xD800 + bits, 0xDC00);
        pair(0xD800 + bits, 0xDFFF);
        pair(0xD800, 0xDC00 + bits);
        pair(0xDBFF, 0xDC00 + bits);
    }
    CHECK(wrong == 0);
}

TEST_CASE("read_string replaces all escape sequences") {
    const auto content = [](std::string_view text) {
        const Exact exact{std::string{text} + '"'};
        char* scratch = exact.levels();
        const String string = read_string(exact.begin(), exact.end(), scratch);
        CHECK(string.scan.ok());
        CHECK(string.scan.at == exact.end());
        return std::string{string.text};
    };
    CHECK(content("") == "");
    CHECK(content("abc") == "abc");
    CHECK(content(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
    CHECK(content(R"(a\u0041\u0000b)") == "aA\0b"sv);
    CHECK(content(R"(\\u0041)") == "\\u0041");
    CHECK(content(R"(\u00e9\u20AC)") == "\xC3\xA9\xE2\x82\xAC");
    CHECK(content(R"(\ud83d\ude00.)") == "\xF0\x9F\x98\x80.");
    CHECK(content("\xC3\xA9\\n\xC3\xA9") == "\xC3\xA9\n\xC3\xA9");
    CHECK(content(R"(no escape for more than eight bytes, \n and then none again)") ==
          "no escape for more than eight bytes, \n and then none again");
}

TEST_CASE("read_string views the text itself, or what it writes for it") {
    char room[64 + text_padding]{};
    char* scratch = room;

    const Exact plain{R"(abc",)"};
    const String direct = read_string(plain.begin(), plain.end(), scratch);
    CHECK(direct.text == "abc");
    CHECK((direct.text.data() == plain.begin()));
    CHECK(direct.scan.at == plain.begin() + 4);
    CHECK(scratch == room);

    const Exact escapes{R"(a\n\u00e9",)"};
    const String written = read_string(escapes.begin(), escapes.end(), scratch);
    CHECK(written.text == "a\n\xC3\xA9");
    CHECK((written.text.data() == room));
    CHECK(written.scan.at == escapes.begin() + 10);
    CHECK(scratch == room + 4);

    // What was written before is kept.
    const String another = read_string(escapes.begin(), escapes.end(), scratch);
    CHECK((another.text.data() == room + 4));
    CHECK(written.text == "a\n\xC3\xA9");
    CHECK(scratch == room + 8);
}

TEST_CASE("read_string finds the fault that scan_string finds") {
    std::size_t faults = 0;
    for (const Row& row : conformance::rows()) {
        if (!row.text.starts_with('"')) continue;
        const Exact exact{row.text};
        const Scan expected = scan_string(exact.begin() + 1, exact.end());
        char* scratch = exact.levels();
        const String string = read_string(exact.begin() + 1, exact.end(), scratch);
        INFO(row.text);
        CHECK((string.scan.at == expected.at));
        CHECK((string.scan.fault == expected.fault));
        if (expected.ok()) continue;
        ++faults;
        CHECK(scratch == exact.levels());
    }
    CHECK(faults > 200);
}
