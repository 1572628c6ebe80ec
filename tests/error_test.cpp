/// @file
/// Errors: every code, its name and its sentence, and every kind of body that gives it.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using namespace std::string_view_literals;
using results::check_equal;
using results::marked;
using enum ErrorCode;

static_assert(std::is_same_v<std::underlying_type_t<ErrorCode>, std::uint8_t>);
static_assert(std::is_same_v<std::underlying_type_t<ErrorKind>, std::uint8_t>);
static_assert(std::is_aggregate_v<Error>);
static_assert(std::is_nothrow_move_constructible_v<Error>);

namespace {

struct Code {
    ErrorCode code;
    int number;
    ErrorKind kind;
    std::string_view name;
    std::string_view meaning;
};

/// All codes. Names and numbers are stable: people store and count them.
constexpr Code codes[] = {
    {empty_body, 1, ErrorKind::malformed, "empty_body", "the body is empty"},
    {body_too_large, 2, ErrorKind::limit, "body_too_large", "the body is larger than allowed"},
    {invalid_utf8, 3, ErrorKind::malformed, "invalid_utf8", "the body is not UTF-8"},
    {malformed_json, 4, ErrorKind::malformed, "malformed_json", "the body is not well-formed JSON"},
    {nesting_too_deep, 5, ErrorKind::limit, "nesting_too_deep",
     "the body is nested deeper than allowed"},
    {trailing_content, 6, ErrorKind::malformed, "trailing_content",
     "something follows the end of the JSON text"},
    {wrong_type, 7, ErrorKind::contract, "wrong_type",
     "the value has another type than documented"},
    {missing_property, 8, ErrorKind::contract, "missing_property",
     "a required property is missing"},
    {unexpected_null, 9, ErrorKind::contract, "unexpected_null", "the value must not be null"},
    {duplicate_property, 10, ErrorKind::contract, "duplicate_property",
     "the property stands twice in its object"},
    {invalid_timestamp, 11, ErrorKind::contract, "invalid_timestamp",
     "the value is not an existing instant as ISO 8601 in UTC"},
    {out_of_memory, 12, ErrorKind::resource, "out_of_memory",
     "the parser's buffers could not be allocated"},
};

std::string printed(const Error& error) {
    std::ostringstream text;
    text << error;
    return text.str();
}

}  // namespace

TEST_CASE("every code has its number, its kind, its name and its sentence") {
    std::set<std::string_view> names;
    for (const Code& row : codes) {
        INFO(row.name);
        CHECK(names.insert(row.name).second);
        CHECK(static_cast<int>(row.code) == row.number);
        CHECK(to_string(row.code) == row.name);
        CHECK(kind_of(row.code) == row.kind);
        const std::string start{row.name};
        const std::string end = ": " + std::string{row.meaning};
        const Error whole{row.code, "", 0};
        CHECK(whole.message() == start + " (byte 0)" + end);
        const Error inside{row.code, "/Data/Integration/Id", 57};
        CHECK(inside.message() == start + " at /Data/Integration/Id (byte 57)" + end);
        constexpr std::size_t largest = std::numeric_limits<std::size_t>::max();
        const Error far{row.code, "/Data", largest};
        CHECK(far.message() == start + " at /Data (byte " + std::to_string(largest) + ")" + end);
        CHECK(printed(inside) == inside.message());
        std::ostringstream code;
        code << row.code;
        CHECK(code.str() == row.name);
    }
    // Known at compile time.
    static_assert(to_string(missing_property) == "missing_property");
    static_assert(kind_of(missing_property) == ErrorKind::contract);
}

TEST_CASE("other numbers are no codes and have no name") {
    std::set<int> numbers;
    for (const Code& row : codes)
        numbers.insert(row.number);
    for (int number = 0; number != 256; ++number) {
        const auto code = static_cast<ErrorCode>(number);
        CHECK((numbers.contains(number) || kind_of(code) == ErrorKind::malformed));
        CHECK_FALSE((Error{code, "/Data", 1}.message().empty()));
        if (numbers.contains(number)) continue;
        INFO("add a row for each code to `codes` in tests/error_test.cpp: " << number);
        CHECK(to_string(code) == "");
    }
}

TEST_CASE("an error is equal to one with the same code, place and offset only") {
    const Error error{wrong_type, "/Data", 5};
    CHECK((error == Error{wrong_type, "/Data", 5}));
    CHECK((error != Error{unexpected_null, "/Data", 5}));
    CHECK((error != Error{wrong_type, "/Action", 5}));
    CHECK((error != Error{wrong_type, "/Data", 6}));
    CHECK((Error{} == Error{ErrorCode{}, "", 0}));
}

TEST_CASE("the broken bodies reach every code that a small body can reach") {
    std::set<ErrorCode> reached;
    for (const payloads::Payload& payload : payloads::broken())
        reached.insert(parse(payload.body).error().code);
    for (const Code& row : codes) {
        INFO(row.name);
        const bool needs_more = row.code == body_too_large || row.code == out_of_memory;
        INFO(
            "add a body with this error to tests/payloads/broken, unless a small one cannot have "
            "it");
        CHECK(reached.contains(row.code) != needs_more);
    }
}

TEST_CASE("a well-formedness fault is one of the whole body, a contract fault one of a property") {
    const auto check = [](const payloads::Payload& payload, const Error& error) {
        INFO(payload.label());
        CHECK(error.offset <= payload.body.size());
        if (error.code < wrong_type) {
            CHECK(error.pointer.empty());
        } else if (!error.pointer.empty()) {
            CHECK(error.pointer.front() == '/');
            CHECK(error.pointer.back() != '/');
        } else {
            CHECK(error.code == wrong_type);  // The body itself is no object.
        }
    };
    for (const payloads::Payload& payload : payloads::broken())
        check(payload, parse(payload.body).error());
    for (const payloads::Payload& payload : payloads::general_broken())
        check(payload, parse_general(payload.body).error());
}

namespace {

struct Refused {
    std::string_view text;  ///< With a `^` where the fault is.
    ErrorCode code;
};

template <std::size_t Size>
void check_bodies(const Refused (&bodies)[Size]) {
    for (const Refused& refused : bodies) {
        INFO(refused.text);
        const auto [body, offset] = marked(refused.text);
        for (const Contract contract : results::contracts)
            check_equal<Event>(parse(body, results::under(contract)),
                               Error{refused.code, "", offset});
    }
}

}  // namespace

TEST_CASE("bodies that give empty_body") {
    check_bodies({{"^", empty_body},
                  {"^ ", empty_body},
                  {"^\t\n\r ", empty_body},
                  {"^\xEF\xBB\xBF", empty_body},
                  {"^\xEF\xBB\xBF \n", empty_body}});
    // Other white space is none to JSON.
    check_bodies({{"^\f", malformed_json}, {" ^\v", malformed_json}, {"^\0"sv, malformed_json}});
}

TEST_CASE("bodies that give invalid_utf8") {
    check_bodies({
        // In place of a value, a name, a colon, a comma, a bracket, white space, a literal's
        // letter.
        {"^\xFF", invalid_utf8},
        {"{^\xFF", invalid_utf8},
        {"{\"a\"^\xFF", invalid_utf8},
        {"{\"a\":^\xC0\x80", invalid_utf8},
        {"{\"a\":1^\xED\xA0\x80", invalid_utf8},
        {"[1,^\xF5", invalid_utf8},
        {"[t^\x80", invalid_utf8},
        {"[1^\xC3", invalid_utf8},
        {"[-^\x80", invalid_utf8},
        // In strings: ill-formed, cut short by a quote, by the end, behind or within an escape.
        {"\"^\x80\"", invalid_utf8},
        {"\"a^\xE2\x82\"", invalid_utf8},
        {"\"a^\xF0\x9F\x94", invalid_utf8},
        {"\"\\^\xFF\"", invalid_utf8},
        {"\"\\u00^\xFF\"", invalid_utf8},
        {"{\"^\xFE\":1}", invalid_utf8},
        // Behind the body.
        {"{}^\xFF", invalid_utf8},
        {"null \n^\xC1\xBF", invalid_utf8},
        // What is UTF-8 but no JSON is malformed; what comes first counts.
        {"^\xC2\xA0", malformed_json},
        {"{}^\xC2\xA0", trailing_content},
        {"^x\xFF", malformed_json},
        {"{} ^x\xFF", trailing_content},
        {"\"a^\n\xFF\"", malformed_json},
        {"\"^\\ud800\xFF\"", malformed_json},
    });
}

TEST_CASE("bodies that give malformed_json") {
    check_bodies({
        // Values, names, separators, brackets.
        {"^x", malformed_json},
        {"^}", malformed_json},
        {"^]", malformed_json},
        {"^,", malformed_json},
        {"^:", malformed_json},
        {"{^,}", malformed_json},
        {"{^1:2}", malformed_json},
        {"{^[]}", malformed_json},
        {"{\"a\"^}", malformed_json},
        {"{\"a\"^,1}", malformed_json},
        {"{\"a\":^}", malformed_json},
        {"{\"a\":^,}", malformed_json},
        {"{\"a\":1^]", malformed_json},
        {"{\"a\":1,^}", malformed_json},
        {"{\"a\":1,^,}", malformed_json},
        {"{\"a\":1 ^\"b\":2}", malformed_json},
        {"[^}", malformed_json},
        {"[^,1]", malformed_json},
        {"[1^}", malformed_json},
        {"[1,^]", malformed_json},
        {"[1 ^2]", malformed_json},
        {"[1^:2]", malformed_json},
        // Literals and numbers.
        {"[t^x]", malformed_json},
        {"[tru^]", malformed_json},
        {"[true^1]", malformed_json},
        {"[fals^x]", malformed_json},
        {"[nul^L]", malformed_json},
        {"[^None]", malformed_json},
        {"[0^1]", malformed_json},
        {"[-^]", malformed_json},
        {"[-^x]", malformed_json},
        {"[1.^]", malformed_json},
        {"[1e^]", malformed_json},
        {"[1e-^x]", malformed_json},
        {"[^+1]", malformed_json},
        {"[^.1]", malformed_json},
        // Strings.
        {"\"a^\n\"", malformed_json},
        {"\"a^\x1F\"", malformed_json},
        {"\"a^\0\""sv, malformed_json},
        {"\"\\^a\"", malformed_json},
        {"\"\\u^\"", malformed_json},
        {"\"\\u123^g\"", malformed_json},
        {"\"^\\ud800\"", malformed_json},
        {"\"^\\udfff\"", malformed_json},
        {"\"^\\ud800\\n\"", malformed_json},
        {"\"^\\ud800\\u0041\"", malformed_json},
        {"\"^\\ud800\\ud800\\udc00\"", malformed_json},
        // The end, too early: of nothing but a beginning, of each kind of value, of half a pair.
        {"{^", malformed_json},
        {"{\"a\"^", malformed_json},
        {"{\"a\":^", malformed_json},
        {"{\"a\":1^", malformed_json},
        {"{\"a\":1,^", malformed_json},
        {"[^", malformed_json},
        {"[1,^", malformed_json},
        {"t^", malformed_json},
        {"-^", malformed_json},
        {"1.^", malformed_json},
        {"1e+^", malformed_json},
        {"\"^", malformed_json},
        {"\"a\\^", malformed_json},
        {"\"\\u12^", malformed_json},
        {"\"\\ud800^", malformed_json},
        {"\"\\ud800\\^", malformed_json},
        {"\"\\ud800\\udc0^", malformed_json},
        {"\"\\ud800\\udc00^", malformed_json},
    });
}

TEST_CASE("bodies that give trailing_content") {
    check_bodies({
        {"{}^x", trailing_content},
        {"{} \n\t\r^{}", trailing_content},
        {"{}^}", trailing_content},
        {"{}^,", trailing_content},
        {"[]^]", trailing_content},
        {"null^l", trailing_content},
        {"true ^false", trailing_content},
        {"0^1", trailing_content},
        {"-0^1", trailing_content},
        {"1 ^2", trailing_content},
        {"\"a\"^\"b\"", trailing_content},
        {"{}^\0"sv, trailing_content},
        {"{}^//", trailing_content},
        {"{}^\xEF\xBB\xBF", trailing_content},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i","Name":"n"}}}^x)",
         trailing_content},
        {R"({"Data":{"Integration":{"Id":"i","Name":"n"}},"Action":"IntegrationEnabled"}^x)",
         trailing_content},
        {R"({"Action":"IntegrationPinged","Data":{}} ^{"Action":"IntegrationPinged","Data":{}})",
         trailing_content},
        {R"({"Data":{},"Action":"IntegrationPinged"}^])", trailing_content},
    });
}

TEST_CASE("bodies that give wrong_type of the whole body") {
    check_bodies({
        {"^null", wrong_type},
        {"^true", wrong_type},
        {" ^false ", wrong_type},
        {"^0", wrong_type},
        {"^-1e9999", wrong_type},
        {"^\"\"", wrong_type},
        {"\n^[]", wrong_type},
        {"^[{\"Action\":\"IntegrationEnabled\",\"Data\":{}}]", wrong_type},
        {"\xEF\xBB\xBF^[]", wrong_type},
    });
}

TEST_CASE("bodies that give nesting_too_deep") {
    const std::string levels(63, '[');
    const std::string names = results::replaced(levels, "[", "{\"a\":");
    for (const std::string& text :
         {levels + "[^[", names + "{\"a\":^{", names + "{\"a\":^[", levels + "[^[]" + "x\xFF",
          // Behind so many that are closed again.
          "[" + results::replaced(levels, "[", "[],") + levels + "^["}) {
        INFO(text);
        const auto [body, offset] = marked(text);
        check_equal<Event>(parse(body), Error{nesting_too_deep, "", offset});
    }
    // What comes first counts.
    check_equal<Event>(parse("[x" + levels + "[["), Error{malformed_json, "", 1});
    check_equal<Event>(parse("[\"\xFF\"," + levels + "[["), Error{invalid_utf8, "", 2});
    check_equal<Event>(parse(levels + "["), Error{malformed_json, "", 64});
}
