/// @file
/// Result: the interface of std::expected, with an Error in the place of std::unexpected.

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"

using namespace mews::webhooks;

// ── At compile time ─────────────────────────────────────────────────────────────────────────────

using Text = Result<std::string>;
using Void = Result<void>;

static_assert(std::is_same_v<Text::value_type, std::string>);
static_assert(std::is_same_v<Text::error_type, Error>);
static_assert(std::is_same_v<Text::rebind<int>, Result<int>>);
static_assert(std::is_same_v<Void::value_type, void>);
static_assert(std::is_same_v<Void::error_type, Error>);
static_assert(std::is_same_v<Void::rebind<int>, Result<int>>);

// What converts to T or is an Error converts to a Result; a Result converts to bool on demand only.
static_assert(std::is_convertible_v<const char*, Text>);
static_assert(std::is_convertible_v<Error, Text>);
static_assert(std::is_convertible_v<Error, Void>);
static_assert(!std::is_convertible_v<std::size_t, Result<std::vector<int>>>);
static_assert(std::is_constructible_v<Result<std::vector<int>>, std::size_t>);
static_assert(!std::is_constructible_v<Result<int>, std::string>);
static_assert(!std::is_constructible_v<Result<int>, Text>);
static_assert(!std::is_convertible_v<Result<std::size_t>, Result<std::vector<int>>>);
static_assert(std::is_constructible_v<Result<std::vector<int>>, Result<std::size_t>>);
static_assert(!std::is_convertible_v<ErrorCode, Text>);
static_assert(!std::is_convertible_v<Text, bool>);
static_assert(std::is_constructible_v<bool, Text>);
static_assert(std::is_constructible_v<bool, Void>);

struct WithoutDefault {
    explicit WithoutDefault(int) {}
};
static_assert(!std::is_default_constructible_v<Result<WithoutDefault>>);
static_assert(std::is_default_constructible_v<Text>);
static_assert(std::is_default_constructible_v<Void>);

static_assert(std::is_copy_constructible_v<Text>);
static_assert(!std::is_copy_constructible_v<Result<std::unique_ptr<int>>>);
static_assert(std::is_move_constructible_v<Result<std::unique_ptr<int>>>);
static_assert(std::is_nothrow_move_constructible_v<Text>);
static_assert(std::is_nothrow_move_assignable_v<Text>);
static_assert(std::is_nothrow_swappable_v<Text>);

// Value categories go through.
static_assert(std::is_same_v<decltype(*std::declval<Text&>()), std::string&>);
static_assert(std::is_same_v<decltype(*std::declval<const Text&>()), const std::string&>);
static_assert(std::is_same_v<decltype(*std::declval<Text>()), std::string&&>);
static_assert(std::is_same_v<decltype(*std::declval<const Text>()), const std::string&&>);
static_assert(std::is_same_v<decltype(std::declval<Text&>().value()), std::string&>);
static_assert(std::is_same_v<decltype(std::declval<const Text&>().value()), const std::string&>);
static_assert(std::is_same_v<decltype(std::declval<Text>().value()), std::string&&>);
static_assert(std::is_same_v<decltype(std::declval<const Text>().value()), const std::string&&>);
static_assert(std::is_same_v<decltype(std::declval<Text&>().error()), Error&>);
static_assert(std::is_same_v<decltype(std::declval<const Text&>().error()), const Error&>);
static_assert(std::is_same_v<decltype(std::declval<Text>().error()), Error&&>);
static_assert(std::is_same_v<decltype(std::declval<const Text>().error()), const Error&&>);
static_assert(std::is_same_v<decltype(std::declval<Void&>().error()), Error&>);
static_assert(std::is_same_v<decltype(std::declval<const Void&>().error()), const Error&>);
static_assert(std::is_same_v<decltype(std::declval<Void>().error()), Error&&>);
static_assert(std::is_same_v<decltype(*std::declval<Void&>()), void>);

static_assert(std::is_base_of_v<std::runtime_error, ParseException>);
static_assert(std::is_nothrow_copy_constructible_v<ParseException>,
              "copying an exception must not throw");

namespace {

const Error wrong{ErrorCode::wrong_type, "/Data", 38};
const Error other{ErrorCode::missing_property, "/Data/Integration", 52};

Text text(std::string value) {
    return value;
}
Text failed() {
    return wrong;
}

struct Listed {
    Listed(std::initializer_list<int> numbers, int last) noexcept : sum(last) {
        for (const int number : numbers)
            sum += number;
    }
    int sum;
};

using Box = std::unique_ptr<int>;
Result<Box> boxed(int value) {
    return std::make_unique<int>(value);
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
    CHECK((bad.error() == wrong));
}

TEST_CASE("a Result by default is a default value") {
    CHECK(*Result<int>{} == 0);
    CHECK(Text {} -> empty());
    CHECK(Void{}.has_value());
}

TEST_CASE("a value is made in its place from its constructor's arguments") {
    CHECK(*Text{std::in_place, 3U, 'x'} == "xxx");
    CHECK(Result<WithoutDefault>{std::in_place, 1}.has_value());
    CHECK(Result<WithoutDefault>{WithoutDefault{1}}.has_value());
    CHECK(Void{std::in_place}.has_value());
    const Result<std::vector<int>> three{std::size_t{3}};
    CHECK(*three == std::vector<int>(3));
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
    CHECK(bad.error().offset == 5);
    const Error error = std::move(bad).error();
    CHECK((error == Error{ErrorCode::wrong_type, "/Data", 5}));
}

TEST_CASE("Results are copied, moved and assigned, from values and from errors") {
    Text a = text("a");
    Text b = failed();
    const Text copy = a;
    CHECK((copy == a));
    b = a;
    CHECK((b == copy));
    b = failed();
    CHECK((b == wrong));
    a = b;
    CHECK((a == wrong));
    a = "new";
    CHECK((a == std::string{"new"}));
    a = other;
    CHECK((a == other));
    a = std::move(b);
    CHECK((a == wrong));
    const Text& itself = a;
    a = itself;
    CHECK((a == wrong));

    Void nothing;
    nothing = wrong;
    CHECK((nothing.error() == wrong));
    nothing = Void{};
    CHECK(nothing.has_value());
}

TEST_CASE("emplace replaces what is held") {
    Result<Box> box = wrong;
    Box& made = box.emplace(std::make_unique<int>(3));
    CHECK(box.has_value());
    CHECK(&made == &*box);
    box.emplace();
    CHECK(*box == nullptr);
    Void nothing = wrong;
    nothing.emplace();
    CHECK(nothing.has_value());
}

TEST_CASE("Results are swapped, whatever they hold") {
    Text a = text("a");
    Text b = failed();
    a.swap(b);
    CHECK((a == wrong));
    CHECK((b == std::string{"a"}));
    swap(a, b);
    CHECK((a == std::string{"a"}));
    CHECK((b == wrong));
    Text c = text("c");
    swap(a, c);
    CHECK(*a == "c");
    Text d = other;
    b.swap(d);
    CHECK((b == other));

    Void good;
    Void bad = wrong;
    good.swap(bad);
    CHECK_FALSE(good.has_value());
    CHECK(bad.has_value());
    swap(good, bad);
    CHECK(good.has_value());
}

TEST_CASE("Results are equal to equal Results, values and errors") {
    CHECK((text("a") == text("a")));
    CHECK((text("a") != text("b")));
    CHECK((text("a") != failed()));
    CHECK((failed() == failed()));
    CHECK((failed() != Text{other}));
    CHECK((text("a") == std::string{"a"}));
    CHECK((std::string{"a"} == text("a")));
    CHECK((text("a") != std::string{"b"}));
    CHECK((failed() != std::string{}));
    CHECK((failed() == wrong));
    CHECK((wrong == failed()));
    CHECK((failed() != other));
    CHECK((text("") != Error{}));

    CHECK((Void{} == Void{}));
    CHECK((Void{wrong} == Void{wrong}));
    CHECK((Void{wrong} != Void{other}));
    CHECK((Void{wrong} != Void{}));
    CHECK((Void{wrong} == wrong));
    CHECK((Void{} != wrong));
}

TEST_CASE("a Result compares with whatever its value compares with") {
    CHECK((text("a") == "a"));
    CHECK(("a" == text("a")));
    CHECK((text("a") != std::string_view{"b"}));
    CHECK((failed() != "a"));
    CHECK((Result<int>{1} == Result<long>{1}));
    CHECK((Result<long>{2} != Result<int>{1}));
    CHECK((Result<int>{wrong} == Result<long>{wrong}));
    CHECK((Result<int>{wrong} != Result<long>{other}));
    CHECK((Result<int>{0} != Result<long>{wrong}));
    CHECK((Result<int>{1} == 1L));
    // Also with what does not become such a value,
    CHECK((Result<Secret>{Secret{"a"}} == SecretView{"a"}));
    CHECK((Result<Secret>{Secret{"a"}} != SecretView{"b"}));
    CHECK((Result<Secret>{wrong} != SecretView{"a"}));
    // and with what does.
    const Result<Event> enabled = IntegrationEnabled{{"i", "n"}};
    CHECK((enabled == IntegrationEnabled{{"i", "n"}}));
    CHECK((enabled != IntegrationDisabled{{"i", "n"}}));
}

TEST_CASE("a Result is made of what another one holds") {
    const Result<const char*> literal = "a";
    const Text from_value = literal;
    CHECK((from_value == "a"));
    const Text from_error = Result<const char*>{wrong};
    CHECK((from_error == wrong));
    const Result<const char*> lasting_error = wrong;
    const Text from_lasting_error = lasting_error;
    CHECK((from_lasting_error == wrong));
    // A bool of the number, not of whether there is one.
    CHECK((Result<bool>{Result<int>{0}} == false));
    CHECK((Result<bool>{Result<int>{wrong}} == wrong));
    // Moved, not copied, from what ends.
    const Result<std::shared_ptr<int>> shared = boxed(3);
    CHECK(**shared == 3);
    // What takes the whole Result is given that, and no more.
    const Result<Text> nested{failed()};
    CHECK(nested.has_value());
}

TEST_CASE("a value is made from a list") {
    CHECK(*Text{std::in_place, {'a', 'b'}} == "ab");
    Result<std::vector<int>> numbers{std::in_place, {1, 2, 3}};
    CHECK((numbers == std::vector<int>{1, 2, 3}));
    Result<Listed> listed = wrong;
    CHECK(listed.emplace({1, 2}, 3).sum == 6);
    CHECK(listed.has_value());
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
    CHECK((good.error_or(other) == other));
    CHECK((bad.error_or(other) == wrong));
    CHECK((failed().error_or(other) == wrong));
    CHECK((text("a").error_or(other) == other));
    CHECK((Void{}.error_or(other) == other));
    CHECK((Void{wrong}.error_or(other) == wrong));
}

TEST_CASE("and_then goes on with a value, and passes an error by") {
    const auto size = [](const std::string& value) -> Result<std::size_t> {
        if (value.empty()) return other;
        return value.size();
    };
    const Text good = text("abc");
    CHECK((good.and_then(size) == std::size_t{3}));
    CHECK((text("").and_then(size) == other));
    int calls = 0;
    const auto counts = [&](const std::string&) -> Result<int> { return ++calls; };
    CHECK((failed().and_then(counts) == wrong));
    CHECK(calls == 0);
    // To a Result of nothing, and from one.
    CHECK((good.and_then([](const std::string&) { return Void{}; }) == Void{}));
    CHECK((Void{}.and_then([] { return text("z"); }) == std::string{"z"}));
    CHECK((Void{wrong}.and_then([] { return text("z"); }) == wrong));
    // The value itself is passed, not a copy.
    Text changed = text("a");
    CHECK(changed.and_then([](std::string& value) { return text(value += 'b'); }).has_value());
    CHECK(*changed == "ab");
}

TEST_CASE("transform makes a Result of whatever a function makes of the value") {
    const Text good = text("abc");
    CHECK(
        (good.transform([](const std::string& value) { return value.size(); }) == std::size_t{3}));
    CHECK((failed().transform([](const std::string& value) { return value.size(); }) == wrong));
    CHECK((good.transform(&std::string::size) == std::size_t{3}));
    const Result<std::string_view> view =
        good.transform([](const std::string& value) { return std::string_view{value}; });
    CHECK(view->data() == good->data());
    // A function that returns nothing.
    std::string seen;
    const Void nothing = good.transform([&](const std::string& value) { seen = value; });
    CHECK(nothing.has_value());
    CHECK(seen == "abc");
    seen.clear();
    CHECK((failed().transform([&](const std::string&) { seen = "called"; }) == Void{wrong}));
    CHECK(seen.empty());
    CHECK((Void{}.transform([] { return 5; }) == 5));
    CHECK((Void{wrong}.transform([] { return 5; }) == wrong));
    CHECK((Void{}.transform([] {}) == Void{}));
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
    CHECK((result.transform(kind) == std::string{"&"}));
    CHECK((std::as_const(result).transform(kind) == std::string{"const&"}));
    CHECK((std::move(std::as_const(result)).transform(kind) == std::string{"const&&"}));
    CHECK((std::move(result).transform(kind) == std::string{"&&"}));
    CHECK((result.and_then(kind_result) == std::string{"&"}));
    CHECK((std::as_const(result).and_then(kind_result) == std::string{"const&"}));
    CHECK((std::move(std::as_const(result)).and_then(kind_result) == std::string{"const&&"}));
    CHECK((std::move(result).and_then(kind_result) == std::string{"&&"}));
    // A value that can only be moved.
    CHECK((boxed(3).transform([](Box box) { return *box + 1; }) == 4));
    CHECK((boxed(3).and_then([](Box box) { return Result<int>{*box + 1}; }) == 4));
}

TEST_CASE("or_else goes on with an error, and passes a value by") {
    const auto repair = [](const Error& error) -> Text {
        if (error == wrong) return "repaired";
        return error;
    };
    const Text good = text("a");
    const Text bad = failed();
    CHECK((good.or_else(repair) == std::string{"a"}));
    CHECK((bad.or_else(repair) == std::string{"repaired"}));
    CHECK((text("a").or_else(repair) == std::string{"a"}));
    CHECK((failed().or_else(repair) == std::string{"repaired"}));
    CHECK((Text{other}.or_else(repair) == other));
    CHECK(*boxed(3).or_else([](Error) { return boxed(9); }).value() == 3);
    CHECK(*Result<Box>{wrong}.or_else([](Error) { return boxed(9); }).value() == 9);
    CHECK(Void{wrong}.or_else([](const Error&) { return Void{}; }).has_value());
    CHECK(Void{}.or_else([](const Error& error) { return Void{error}; }).has_value());
}

TEST_CASE("transform_error makes another error, and passes a value by") {
    const auto shifted = [](Error error) {
        error.offset += 100;
        return error;
    };
    const Error expected{ErrorCode::wrong_type, "/Data", 138};
    const Text good = text("a");
    const Text bad = failed();
    CHECK((good.transform_error(shifted) == std::string{"a"}));
    CHECK((bad.transform_error(shifted) == expected));
    CHECK((failed().transform_error(shifted) == expected));
    CHECK((text("a").transform_error(shifted) == std::string{"a"}));
    CHECK(*boxed(3).transform_error(shifted).value() == 3);
    CHECK((Void{wrong}.transform_error(shifted) == expected));
    CHECK((Void{}.transform_error(shifted) == Void{}));
}

TEST_CASE("or_else and transform_error pass the error on as what the Result is") {
    std::string kind;
    const auto note = [&](auto&& error) {
        using Given = decltype(error);
        kind = std::is_const_v<std::remove_reference_t<Given>> ? "const" : "";
        kind += std::is_lvalue_reference_v<Given> ? "&" : "&&";
        return Error{error};
    };
    const auto check_all = [&]<class Any>(Any result) {
        const auto instead = [&](auto&& error) -> Any {
            return note(std::forward<decltype(error)>(error));
        };
        CHECK((result.or_else(instead) == wrong));
        CHECK(kind == "&");
        CHECK((std::as_const(result).or_else(instead) == wrong));
        CHECK(kind == "const&");
        CHECK((std::move(std::as_const(result)).or_else(instead) == wrong));
        CHECK(kind == "const&&");
        CHECK((result.transform_error(note) == wrong));
        CHECK(kind == "&");
        CHECK((std::as_const(result).transform_error(note) == wrong));
        CHECK(kind == "const&");
        CHECK((std::move(std::as_const(result)).transform_error(note) == wrong));
        CHECK(kind == "const&&");
        Any again = result;
        CHECK((std::move(again).transform_error(note) == wrong));
        CHECK(kind == "&&");
        CHECK((std::move(result).or_else(instead) == wrong));
        CHECK(kind == "&&");
    };
    check_all(failed());
    check_all(Void{wrong});
}

TEST_CASE("a Result of nothing passes its error on, and goes on without one") {
    const auto check_all = [](Void result, bool is_good) {
        const auto five = [] { return 5; };
        const auto six = [] { return Result<int>{6}; };
        const Result<int> transformed = is_good ? Result<int>{5} : wrong;
        const Result<int> followed = is_good ? Result<int>{6} : wrong;
        CHECK(static_cast<bool>(result) == is_good);
        if (is_good) *result;
        CHECK((result.transform(five) == transformed));
        CHECK((std::as_const(result).transform(five) == transformed));
        CHECK((std::move(std::as_const(result)).transform(five) == transformed));
        CHECK((result.and_then(six) == followed));
        CHECK((std::as_const(result).and_then(six) == followed));
        CHECK((std::move(std::as_const(result)).and_then(six) == followed));
        CHECK((Void{result}.transform(five) == transformed));
        CHECK((Void{result}.and_then(six) == followed));
        CHECK((result.error_or(other) == (is_good ? other : wrong)));
        CHECK((std::move(result).error_or(other) == (is_good ? other : wrong)));
    };
    check_all(Void{}, true);
    check_all(wrong, false);
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
    CHECK((parsed("1234") == 8));
    CHECK((parsed("12x4") == -1));
}

#if defined(__cpp_exceptions)
TEST_CASE("value() throws what was wrong") {
    const Text bad = failed();
    bool thrown = false;
    try {
        static_cast<void>(bad.value());
    } catch (const ParseException& exception) {
        thrown = true;
        CHECK((exception.error() == wrong));
        CHECK(exception.what() == wrong.message());
        const ParseException copy = exception;
        CHECK((copy.error() == wrong));
        CHECK(std::string_view{copy.what()} == exception.what());
    }
    CHECK(thrown);
    CHECK_THROWS_AS(failed().value(), ParseException);
    CHECK_THROWS_AS(static_cast<void>(std::move(bad).value()), ParseException);
    Text mutable_bad = failed();
    CHECK_THROWS_AS(static_cast<void>(mutable_bad.value()), std::runtime_error);
    CHECK_THROWS_AS(Void{wrong}.value(), ParseException);
    CHECK_NOTHROW(Void{}.value());
    CHECK_NOTHROW(static_cast<void>(text("a").value()));
    // An exception outlives the Result, and what is left of one that was moved from is valid.
    std::optional<ParseException> kept;
    {
        ParseException first{wrong};
        kept.emplace(std::move(first));
        CHECK((first.error() == wrong));
        first = ParseException{other};
        CHECK((first.error() == other));
    }
    CHECK((kept->error() == wrong));
}
#endif
