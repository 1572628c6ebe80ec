/// @file
/// Result: what is used of std::expected, with an Error in the place of std::unexpected.

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>
#include <version>

#if defined(__cpp_lib_expected)
#include <expected>
#endif
#if defined(__cpp_lib_format)
#include <format>
#endif

#include <mews/webhooks.hpp>

#include "catch2.hpp"

using namespace mews::webhooks;

// ── At compile time ─────────────────────────────────────────────────────────────────────────────

using Text = Result<std::string>;
using Box = std::unique_ptr<int>;

static_assert(std::is_same_v<Text::value_type, std::string>);
static_assert(std::is_same_v<Text::error_type, Error>);

// What converts to T or is an Error converts to a Result; a Result converts to bool on demand only.
static_assert(std::is_convertible_v<const char*, Text>);
static_assert(std::is_convertible_v<Error, Text>);
static_assert(!std::is_convertible_v<std::size_t, Result<std::vector<int>>>);
static_assert(std::is_constructible_v<Result<std::vector<int>>, std::size_t>);
static_assert(!std::is_constructible_v<Result<int>, std::string>);
static_assert(!std::is_constructible_v<Result<int>, Text>);
static_assert(!std::is_convertible_v<ErrorCode, Text>);
static_assert(!std::is_convertible_v<Text, bool>);
static_assert(std::is_constructible_v<bool, Text>);
static_assert(!std::is_constructible_v<Result<bool>, Text>);
static_assert(!std::is_assignable_v<Result<bool>&, Text>);
static_assert(std::is_constructible_v<Result<bool>, bool>);

struct WithoutDefault {
    explicit WithoutDefault(int) {}
};
static_assert(!std::is_default_constructible_v<Result<WithoutDefault>>);
static_assert(std::is_default_constructible_v<Text>);

// Copied, moved, assigned and swapped if T can be, and without throwing if T can be.
static_assert(std::is_copy_constructible_v<Text> && std::is_copy_assignable_v<Text>);
static_assert(std::is_nothrow_move_constructible_v<Text>);
static_assert(std::is_nothrow_move_assignable_v<Text>);
static_assert(std::is_nothrow_swappable_v<Text>);
static_assert(!std::is_copy_constructible_v<Result<Box>> &&
              !std::is_copy_assignable_v<Result<Box>>);
static_assert(std::is_nothrow_move_assignable_v<Result<Box>>);
static_assert(!std::is_move_constructible_v<Result<std::mutex>>);
static_assert(!std::is_move_assignable_v<Result<std::mutex>>);
static_assert(!std::is_swappable_v<Result<std::mutex>>);

struct NotSwapped {
    friend void swap(NotSwapped&, NotSwapped&) = delete;
};
static_assert(std::is_move_constructible_v<Result<NotSwapped>>);
static_assert(!std::is_swappable_v<Result<NotSwapped>>);

// A temporary gives away what it holds.
static_assert(std::is_same_v<decltype(*std::declval<Text&>()), std::string&>);
static_assert(std::is_same_v<decltype(*std::declval<const Text&>()), const std::string&>);
static_assert(std::is_same_v<decltype(*std::declval<Text>()), std::string>);
static_assert(std::is_same_v<decltype(std::declval<Text&>().value()), std::string&>);
static_assert(std::is_same_v<decltype(std::declval<const Text&>().value()), const std::string&>);
static_assert(std::is_same_v<decltype(std::declval<Text>().value()), std::string>);
static_assert(std::is_same_v<decltype(std::declval<Text&>().error()), Error&>);
static_assert(std::is_same_v<decltype(std::declval<const Text&>().error()), const Error&>);
static_assert(std::is_same_v<decltype(std::declval<Text>().error()), Error>);

static_assert(std::is_base_of_v<std::runtime_error, ParseException>);
static_assert(std::is_nothrow_copy_constructible_v<ParseException> &&
                  std::is_nothrow_move_constructible_v<ParseException>,
              "copying an exception must not throw");

template <class T>
concept Printed = requires(std::ostream& stream, const T& value) { stream << value; };
static_assert(Printed<Text> && Printed<Result<int>> && Printed<Result<Event>>);
static_assert(!Printed<Result<WithoutDefault>> && !Printed<Result<std::vector<int>>>);

// In constant expressions.
constexpr int twice(int value) {
    return 2 * value;
}

constexpr bool holds_values() {
    Result<int> a = 1;
    const Result<int> b{std::in_place, 2};
    bool is_right = a.has_value() && b && *a == 1 && b.value() == 2 && Result<int>{} == 0;
    a = b;
    is_right = is_right && a == b && a != Result<int>{1} && a.value_or(7) == 2;
    Result<int> c = std::move(a);
    a.emplace(3);
    swap(a, c);
    a = 4;
    *a += 1;
    is_right = is_right && a == 5 && c == 3 && *Result<int>{6} == 6 && Result<int>{7}.value() == 7;
    const auto next = [](int value) { return Result<long>{value + 1}; };
    const auto instead = [](const auto&) { return Result<int>{0}; };
    return is_right && a.transform(twice) == 10 && b.transform(twice) == 4 &&
           Result<int>{4}.transform(twice) == 8 && a.and_then(next) == 6L &&
           b.and_then(next) == 3L && Result<int>{4}.and_then(next) == 5L &&
           b.or_else(instead) == 2 && Result<int>{4}.or_else(instead) == 4 &&
           b.transform_error([](Error error) { return error; }) == 2 &&
           std::as_const(a).operator->() == &*std::as_const(a) && Result<int>{1}.value_or(0) == 1;
}
static_assert(holds_values());

// Not every standard library can move a std::string there.
template <class T>
constexpr bool is_moved(T error) {
    return !T(std::move(error)).pointer.empty();
}
template <class T>
concept ConstantError =
    requires { typename std::bool_constant<is_moved(T{ErrorCode{}, "/Data/Integration/Name"})>; };

constexpr bool holds_errors() {
    const auto failed = [](std::size_t at) {
        return Error{ErrorCode::wrong_type, "/Data/Integration/Name", at};
    };
    Result<int> a = failed(1);
    const Result<int> b = failed(2);
    bool is_right =
        !a && !b.has_value() && a.error() == failed(1) && Result<int>{b}.error().offset == 2;
    a = b;
    is_right = is_right && a == b && a == failed(2) && a != failed(1) && a != 1;
    a = 1;
    Result<int> c = b;
    swap(a, c);
    c.swap(a);
    is_right = is_right && a == 1 && c == b;
    a = c;
    c = 5;
    is_right = is_right && a == b && c == 5 && a.value_or(7) == 7 && a.emplace(3) == 3 && a == 3;
    const auto shifted = [](Error error) { return ++error.offset, error; };
    return is_right && b.transform(twice) == b && Result<int>{b}.transform(twice) == b &&
           b.and_then([](int value) { return Result<int>{value}; }) == b &&
           b.or_else([](const Error& error) {
               return Result<int>{static_cast<int>(error.offset)};
           }) == 2 &&
           b.transform_error(shifted) == failed(3) && b.error_or(failed(9)) == failed(2) &&
           a.error_or(failed(9)) == failed(9);
}
static_assert(!ConstantError<Error> || holds_errors());

namespace {

const Error wrong{ErrorCode::wrong_type, "/Data", 38};
const Error other{ErrorCode::missing_property, "/Data/Integration", 52};

Text text(std::string value) {
    return value;
}
Text failed() {
    return wrong;
}
Result<Box> boxed(int value) {
    return std::make_unique<int>(value);
}

template <class T>
std::string printed(const T& value) {
    std::ostringstream stream;
    stream << value;
    return stream.str();
}

}  // namespace

TEST_CASE("a Result holds a value or an error, and true means a value") {
    const Text good = text("a");
    CHECK(good.has_value());
    CHECK(static_cast<bool>(good));
    CHECK(*good == "a");
    CHECK(good->size() == 1);
    CHECK(good.value() == "a");

    const Text bad = failed();
    CHECK_FALSE(bad.has_value());
    CHECK_FALSE(static_cast<bool>(bad));
    CHECK(bad.error() == wrong);
    CHECK(*Result<int>{} == 0);
}

TEST_CASE("a value is made in its place from its constructor's arguments") {
    CHECK(*Text{std::in_place, 3U, 'x'} == "xxx");
    CHECK(Result<WithoutDefault>{std::in_place, 1}.has_value());
    CHECK(Result<WithoutDefault>{WithoutDefault{1}}.has_value());
    CHECK(Result<std::mutex>{std::in_place}.has_value());
    const Result<std::vector<int>> three{std::size_t{3}};
    CHECK(*three == std::vector<int>(3));
    const Result<Text> nested{failed()};
    CHECK(nested.has_value());
}

TEST_CASE("a value of a Result may be changed, and moved out") {
    Text good = text("a");
    *good += 'b';
    good->push_back('c');
    good.value() += 'd';
    CHECK(*good == "abcd");
    const std::string moved = *std::move(good);
    CHECK(moved == "abcd");
    Result<Box> box = boxed(7);
    const Box taken = std::move(box).value();
    CHECK(*taken == 7);
    CHECK(*box == nullptr);
    const Box direct = *boxed(8);
    CHECK(*direct == 8);

    Text bad = failed();
    bad.error().offset = 5;
    const Error error = std::move(bad).error();
    CHECK(error == Error{ErrorCode::wrong_type, "/Data", 5});
}

TEST_CASE("references to what a temporary Result holds do not dangle") {
    const std::string long_text(100, 'x');
    const auto& value = *text(long_text);
    const auto& same = text(long_text).value();
    auto&& error = failed().error();
    std::size_t count = 0;
    for (const char c : *text(long_text))
        count += c == 'x' ? 1U : 0U;
    CHECK(value == long_text);
    CHECK(same == long_text);
    CHECK(error == wrong);
    CHECK(count == 100);
}

TEST_CASE("Results are copied, moved and assigned, from values and from errors") {
    Text a = text("a");
    Text b = failed();
    const Text copy = a;
    CHECK(copy == a);
    b = a;
    CHECK(b == copy);
    b = failed();
    CHECK(b == wrong);
    a = b;
    CHECK(a == wrong);
    a = "new";
    CHECK(a == "new");
    a = other;
    CHECK(a == other);
    a = std::move(b);
    CHECK(a == wrong);
    Text& itself = a;
    a = itself;
    CHECK(a == wrong);
    a = std::move(itself);
    CHECK(a == wrong);
    Result<Box> box = wrong;
    box = boxed(3);
    CHECK(**box == 3);
}

TEST_CASE("emplace replaces what is held") {
    Result<Box> box = wrong;
    Box& made = box.emplace(std::make_unique<int>(3));
    CHECK(box.has_value());
    CHECK(&made == &*box);
    box.emplace();
    CHECK(*box == nullptr);
}

TEST_CASE("Results are swapped, whatever they hold") {
    Text a = text("a");
    Text b = failed();
    a.swap(b);
    CHECK(a == wrong);
    CHECK(b == "a");
    swap(a, b);
    CHECK(a == "a");
    CHECK(b == wrong);
    a.swap(b);
    a.swap(b);
    Text c = text("c");
    swap(a, c);
    CHECK(a == "c");
    CHECK(c == "a");
    Text d = other;
    b.swap(d);
    CHECK(b == other);
    CHECK(d == wrong);
}

TEST_CASE("Results are equal to equal Results, values and errors") {
    CHECK(text("a") == text("a"));
    CHECK(text("a") != text("b"));
    CHECK(text("a") != failed());
    CHECK(failed() == failed());
    CHECK(failed() != Text{other});
    CHECK(text("a") == std::string{"a"});
    CHECK(std::string{"a"} == text("a"));
    CHECK(text("a") == "a");
    CHECK("a" == text("a"));
    CHECK(failed() != std::string{});
    CHECK(failed() == wrong);
    CHECK(wrong == failed());
    CHECK(failed() != other);
    CHECK(text("") != Error{});
    const Result<Event> enabled = IntegrationEnabled{{"i", "n"}};
    CHECK((enabled == IntegrationEnabled{{"i", "n"}}));
    CHECK((enabled != IntegrationDisabled{{"i", "n"}}));
}

TEST_CASE("value_or and error_or stand in for what is not there") {
    const Text good = text("a");
    const Text bad = failed();
    CHECK(good.value_or("z") == "a");
    CHECK(bad.value_or("z") == "z");
    CHECK(text("a").value_or("z") == "a");
    CHECK(failed().value_or(std::string{"z"}) == "z");
    CHECK(*boxed(4).value_or(nullptr) == 4);
    CHECK(Result<Box>{wrong}.value_or(nullptr) == nullptr);
    CHECK(good.error_or(other) == other);
    CHECK(bad.error_or(other) == wrong);
}

TEST_CASE("and_then goes on with a value, and passes an error by") {
    const auto size = [](const std::string& value) -> Result<std::size_t> {
        if (value.empty()) return other;
        return value.size();
    };
    CHECK(text("abc").and_then(size) == std::size_t{3});
    CHECK(text("").and_then(size) == other);
    int calls = 0;
    const auto counts = [&](const std::string&) -> Result<int> { return ++calls; };
    CHECK(failed().and_then(counts) == wrong);
    CHECK(calls == 0);
}

TEST_CASE("transform makes a Result of whatever a function makes of the value") {
    const Text good = text("abc");
    CHECK(good.transform(&std::string::size) == std::size_t{3});
    CHECK(failed().transform(&std::string::size) == wrong);
    const auto view =
        good.transform([](const std::string& value) { return std::string_view{value}; });
    CHECK(view->data() == good->data());
    // What a function refers to is copied.
    const Result<Integration> integration = Integration{"i", "n"};
    CHECK(integration.transform(&Integration::name) == "n");
    const auto nested = good.transform([](const std::string&) { return failed(); });
    CHECK(nested->error() == wrong);
}

TEST_CASE("and_then and transform pass the value on as what the Result is") {
    const auto kind = [](auto&& value) {
        using Value = decltype(value);
        return std::string{std::is_const_v<std::remove_reference_t<Value>> ? "const" : ""} +
               (std::is_lvalue_reference_v<Value> ? "&" : "&&");
    };
    const auto kind_result = [&](auto&& value) -> Text {
        return kind(std::forward<decltype(value)>(value));
    };
    Text result = text("a");
    CHECK(result.transform(kind) == "&");
    CHECK(std::as_const(result).transform(kind) == "const&");
    CHECK(std::move(result).transform(kind) == "&&");
    CHECK(result.and_then(kind_result) == "&");
    CHECK(std::as_const(result).and_then(kind_result) == "const&");
    CHECK(std::move(result).and_then(kind_result) == "&&");
    // The value itself, not a copy.
    CHECK(result.and_then([](std::string& value) { return text(value += 'b'); }) == "ab");
    CHECK(*result == "ab");
    // A value that can only be moved.
    CHECK(boxed(3).transform([](Box box) { return *box + 1; }) == 4);
    CHECK(boxed(3).and_then([](Box box) { return Result<int>{*box + 1}; }) == 4);
}

TEST_CASE("or_else goes on with an error, and passes a value by") {
    const auto repair = [](const Error& error) -> Text {
        if (error == wrong) return "repaired";
        return error;
    };
    const Text good = text("a");
    const Text bad = failed();
    CHECK(good.or_else(repair) == "a");
    CHECK(bad.or_else(repair) == "repaired");
    CHECK(bad == wrong);
    CHECK(text("a").or_else(repair) == "a");
    CHECK(failed().or_else(repair) == "repaired");
    CHECK(Text{other}.or_else(repair) == other);
    CHECK(*boxed(3).or_else([](Error) { return boxed(9); }).value() == 3);
    CHECK(*Result<Box>{wrong}.or_else([](Error&&) { return boxed(9); }).value() == 9);
}

TEST_CASE("transform_error makes another error, and passes a value by") {
    const auto shifted = [](Error error) {
        error.offset += 100;
        return error;
    };
    const Error expected{ErrorCode::wrong_type, "/Data", 138};
    const Text good = text("a");
    const Text bad = failed();
    CHECK(good.transform_error(shifted) == "a");
    CHECK(bad.transform_error(shifted) == expected);
    CHECK(bad == wrong);
    CHECK(failed().transform_error(shifted) == expected);
    CHECK(text("a").transform_error(shifted) == "a");
    CHECK(*boxed(3).transform_error(shifted).value() == 3);
}

TEST_CASE("steps are chained") {
    const auto parsed = [](std::string value) {
        return text(std::move(value))
            .and_then([](std::string digits) -> Result<int> {
                if (digits.find_first_not_of("0123456789") != std::string::npos) return wrong;
                return static_cast<int>(digits.size());
            })
            .transform([](int size) { return size * 2; })
            .or_else([](const Error&) -> Result<int> { return -1; });
    };
    CHECK(parsed("1234") == 8);
    CHECK(parsed("12x4") == -1);
}

TEST_CASE("a Result is printed as its value or its error") {
    const Result<Event> event = IntegrationApiKeyCreated{{"i", "n"}, Secret{"INVENTED-KEY"}};
    CHECK(printed(event) == R"(IntegrationApiKeyCreated {Integration: {Id: "i", Name: "n"}, )"
                            "ApiKey: [redacted]}");
    CHECK(printed(Result<Event>{wrong}) == wrong.message());
    CHECK(printed(Result<int>{5}) == "5");
    CHECK(printed(Result<Secret>{Secret{"INVENTED-KEY"}}) == "[redacted]");
    // By a failing test, too.
    CHECK(Catch::Detail::stringify(event) == printed(event));
    CHECK(Catch::Detail::stringify(failed()) == wrong.message());
#if defined(__cpp_lib_format)
    CHECK(std::format("{}", event) == printed(event));
    CHECK(std::format("{}", Result<Event>{wrong}) == wrong.message());
    CHECK(std::format("{:>4}|{:04}", text("a"), Result<int>{5}) == "   a|0005");
    CHECK(std::format("{:04}", Result<int>{wrong}) == wrong.message());
    static_assert(!std::is_default_constructible_v<std::formatter<Result<WithoutDefault>>>);
#endif
}

#if defined(__cpp_lib_expected)
TEST_CASE("a Result becomes a std::expected") {
    const auto returned = [](Text result) -> std::expected<std::string, Error> { return result; };
    CHECK(returned("a") == std::string{"a"});
    CHECK(returned(wrong).error() == wrong);
    const Text kept = failed();
    const std::expected<std::string, Error> copy = kept;
    CHECK(copy.error() == kept.error());
    const std::expected<Box, Error> box = boxed(3);
    CHECK(**box == 3);
    const std::expected<bool, Error> flag = Result<bool>{false};
    CHECK(flag == false);
    static_assert(!std::is_convertible_v<Text, std::expected<int, Error>>);
    static_assert(!std::is_convertible_v<Text, std::expected<std::string, int>>);
    static_assert(!std::is_convertible_v<const Result<Box>&, std::expected<Box, Error>>);
}
#endif

#if defined(__cpp_exceptions)
namespace {

/// Throws when it is moved, once `is_armed`.
struct Fragile {
    explicit Fragile(std::string held) : text(std::move(held)) {}
    Fragile(const Fragile&) = default;
    Fragile& operator=(const Fragile&) = default;
    Fragile(Fragile&& from) : text((check(), std::move(from.text))) {}
    Fragile& operator=(Fragile&& from) {
        check();
        text = std::move(from.text);
        return *this;
    }
    ~Fragile() = default;

    static void check() {
        if (is_armed) throw 1;
    }
    static inline bool is_armed = false;
    std::string text;
};

template <class Function>
void check_throws(Function function) {
    Fragile::is_armed = true;
    CHECK_THROWS_AS(function(), int);
    Fragile::is_armed = false;
}

}  // namespace

TEST_CASE("an assignment or a swap that throws leaves what there was") {
    static_assert(!std::is_nothrow_move_assignable_v<Result<Fragile>>);
    static_assert(!std::is_nothrow_swappable_v<Result<Fragile>>);
    const Result<Fragile> source{std::in_place, "new"};
    Result<Fragile> error = wrong;
    Result<Fragile> value{std::in_place, "old"};
    const auto check_unchanged = [&] {
        REQUIRE_FALSE(error.has_value());
        CHECK(error.error() == wrong);
        REQUIRE(value.has_value());
        CHECK(value->text == "old");
    };
    check_throws([&] { error = source; });
    check_unchanged();
    check_throws([&] { error = std::move(value); });
    check_unchanged();
    check_throws([&] { value = source; });
    check_unchanged();
    check_throws([&] { swap(error, value); });
    check_unchanged();
    check_throws([&] { value.swap(error); });
    check_unchanged();
    error = source;
    CHECK(error->text == "new");
    error = wrong;
    swap(error, value);
    CHECK(error->text == "old");
    CHECK(value.error() == wrong);
}

TEST_CASE("value() throws what was wrong") {
    const Text bad = failed();
    bool thrown = false;
    try {
        static_cast<void>(bad.value());
    } catch (const ParseException& exception) {
        thrown = true;
        CHECK(exception.error() == wrong);
        CHECK(exception.what() == wrong.message());
        const ParseException copy = exception;
        CHECK(copy.error() == wrong);
        CHECK(std::string_view{copy.what()} == exception.what());
    }
    CHECK(thrown);
    CHECK_THROWS_AS(failed().value(), ParseException);
    Text mutable_bad = failed();
    CHECK_THROWS_AS(static_cast<void>(mutable_bad.value()), std::runtime_error);
    CHECK_NOTHROW(static_cast<void>(text("a").value()));
    // An exception outlives the Result, and what is left of one that was moved from is valid.
    std::optional<ParseException> kept;
    {
        ParseException first{wrong};
        kept.emplace(std::move(first));
        CHECK(first.error() == wrong);
        first = ParseException{other};
        CHECK(first.error() == other);
    }
    CHECK(kept->error() == wrong);
}
#endif
