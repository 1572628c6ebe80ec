// ErrorCode as a std::error_code.

#include <array>
#include <limits>
#include <string>
#include <system_error>
#include <type_traits>

#include <mews/webhooks.hpp>
#include <mews/webhooks/std_error_code.hpp>

#include "catch2.hpp"

using mews::webhooks::ErrorCode;

namespace {

struct Row {
    ErrorCode code;
    int number;
    const char* message;
    std::errc condition;
};

// The numbers are what other processes and logs see: they never change.
constexpr std::array rows{
    Row{ErrorCode::empty_body, 1, "the body is empty", std::errc::bad_message},
    Row{ErrorCode::body_too_large, 2, "the body is larger than allowed", std::errc::bad_message},
    Row{ErrorCode::invalid_utf8, 3, "the body is not UTF-8", std::errc::bad_message},
    Row{ErrorCode::malformed_json, 4, "the body is not well-formed JSON", std::errc::bad_message},
    Row{ErrorCode::nesting_too_deep, 5, "the body is nested deeper than allowed",
        std::errc::bad_message},
    Row{ErrorCode::trailing_content, 6, "something follows the end of the JSON text",
        std::errc::bad_message},
    Row{ErrorCode::wrong_type, 7, "the value has another type than documented",
        std::errc::bad_message},
    Row{ErrorCode::missing_property, 8, "a required property is missing", std::errc::bad_message},
    Row{ErrorCode::unexpected_null, 9, "the value must not be null", std::errc::bad_message},
    Row{ErrorCode::duplicate_property, 10, "the property stands twice in its object",
        std::errc::bad_message},
    Row{ErrorCode::invalid_timestamp, 11, "the value is not an existing instant as ISO 8601 in UTC",
        std::errc::bad_message},
    Row{ErrorCode::out_of_memory, 12, "the parser's buffers could not be allocated",
        std::errc::not_enough_memory},
};

/// What a program whose errors are all error codes makes of a body.
std::error_code receive(std::string_view body) {
    const auto event = mews::webhooks::parse(body);
    if (!event) return event.error().code;
    return {};
}

}  // namespace

static_assert(std::is_error_code_enum_v<ErrorCode>);
static_assert(!std::is_error_condition_enum_v<ErrorCode>);
static_assert(noexcept(std::error_code{ErrorCode::empty_body}));

TEST_CASE("every code converts, and has its message and condition") {
    for (const Row& row : rows) {
        const std::error_code code = row.code;
        CAPTURE(row.number);
        CHECK(code.value() == row.number);
        CHECK(code.category() == mews::webhooks::error_category());
        CHECK(code.message() == row.message);
        CHECK(code == row.code);
        CHECK(code == row.condition);
        for (const std::errc other : {std::errc::bad_message, std::errc::not_enough_memory,
                                      std::errc::invalid_argument, std::errc::message_size}) {
            if (other != row.condition) CHECK(code != other);
        }
        for (const Row& another : rows) {
            if (another.code != row.code) CHECK(code != another.code);
        }
    }
}

TEST_CASE("the table holds every code") {
    for (const Row& row : rows) {
        CHECK(&row - rows.data() + 1 == row.number);
        CHECK_FALSE(to_string(row.code).empty());
    }
    INFO("add a row for each code to `rows` in tests/std_error_code_test.cpp");
    CHECK(to_string(static_cast<ErrorCode>(rows.size() + 1)) == "");
}

TEST_CASE("a number that is no code has a message, and is equivalent to nothing") {
    // 257 would be 1 if it were cut down to the size of an ErrorCode.
    for (const int number : {0, 13, 255, 256, 257, -1, std::numeric_limits<int>::max(),
                             std::numeric_limits<int>::min()}) {
        const std::error_code code{number, mews::webhooks::error_category()};
        CAPTURE(number);
        CHECK(code.message() == "no error of mews-webhooks");
        CHECK(code != std::errc::bad_message);
        CHECK(code != std::errc::not_enough_memory);
        CHECK(code.default_error_condition() ==
              std::error_condition{number, mews::webhooks::error_category()});
    }
}

TEST_CASE("the category is one object, apart from all others") {
    CHECK(&mews::webhooks::error_category() == &mews::webhooks::error_category());
    CHECK(mews::webhooks::error_category() != std::generic_category());
    CHECK(mews::webhooks::error_category() != std::system_category());
    CHECK(std::string{mews::webhooks::error_category().name()} == "mews-webhooks");
}

TEST_CASE("a function that returns std::error_code can return what parse said") {
    CHECK(receive("") == ErrorCode::empty_body);
    CHECK(receive("{}") == std::errc::bad_message);
    CHECK_FALSE(receive(R"({"Action":"SomethingNew","Data":{}})"));
}
