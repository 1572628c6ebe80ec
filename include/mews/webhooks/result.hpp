/// @file
/// Result: a value, or the Error that says why there is none.

#pragma once

#include <exception>
#include <functional>
#include <iosfwd>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <version>

#if defined(__cpp_lib_format)
#include <format>
#endif

#include <mews/webhooks/error.hpp>

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
