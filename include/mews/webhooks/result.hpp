/// @file
/// Result: a value, or the Error that says why there is none.

#pragma once

#include <concepts>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

#include <mews/webhooks/error.hpp>

namespace mews::webhooks {

/// What `Result::value()` throws when there is no value. `what()` is the error's message.
class ParseException : public std::runtime_error {
  public:
    /// Takes the error that there is instead of a value.
    explicit ParseException(Error error)
        : std::runtime_error(error.message()),
          error_(std::make_shared<const Error>(std::move(error))) {}

    /// @{
    /// Copies; what is moved is copied too, so that every ParseException has its error.
    ParseException(const ParseException&) noexcept = default;
    ParseException& operator=(const ParseException&) noexcept = default;
    /// @}
    ~ParseException() override = default;

    /// Why there is no value.
    [[nodiscard]] const Error& error() const noexcept { return *error_; }

  private:
    // Shared: copying an exception must not throw, and copying a string may.
    std::shared_ptr<const Error> error_;
};

template <class T>
class Result;

namespace detail {

template <class T>
inline constexpr bool is_result = false;

template <class T>
inline constexpr bool is_result<Result<T>> = true;

/// Whether a U makes the value of a Result<T>. Not a Result that would become a bool: whether it
/// has a value is another question.
template <class T, class U, class Plain = std::remove_cvref_t<U>>
concept ValueOf = std::is_constructible_v<T, U> && !std::is_same_v<Plain, Result<T>> &&
                  !std::is_same_v<Plain, std::in_place_t> && !std::is_same_v<Plain, Error> &&
                  !(std::is_same_v<std::remove_cv_t<T>, bool> && is_result<Plain>);

/// The list that std::in_place may be followed by.
template <class U>
using List = std::add_lvalue_reference_t<std::initializer_list<U>>;

/// Whether a Result<T> is made of what a Result<U> holds. Not if T takes the Result itself; a bool
/// would, but for a question that is not asked here.
template <class T, class U, class Held>
concept HeldBy =
    !std::is_same_v<T, U> && std::is_constructible_v<T, Held> &&
    (std::is_same_v<std::remove_cv_t<T>, bool> ||
     (!std::is_constructible_v<T, Result<U>&> && !std::is_constructible_v<T, const Result<U>&>));

/// Throws; ends the program where exceptions are off, as the standard library's `value()` does.
[[noreturn]] inline void throw_parse_exception(const Error& error) {
#if defined(__cpp_exceptions)
    throw ParseException(error);
#else
    static_cast<void>(error);
    std::terminate();
#endif
}

/// `function(error)`, which returns a Result of the same type.
template <class T, class Function, class E>
constexpr Result<T> result_instead(Function&& function, E&& error) {
    static_assert(std::is_same_v<std::remove_cvref_t<std::invoke_result_t<Function, E>>, Result<T>>,
                  "or_else takes a function that returns a Result of the same type");
    return std::invoke(std::forward<Function>(function), std::forward<E>(error));
}

/// What a Result of a call holds: the call's value, or nothing for a call that returns nothing.
template <class Function, class... Arguments>
Result<std::remove_cv_t<std::invoke_result_t<Function, Arguments...>>> result_of(
    Function&& function, Arguments&&... arguments) {
    using Value = std::remove_cv_t<std::invoke_result_t<Function, Arguments...>>;
    if constexpr (std::is_void_v<Value>) {
        std::invoke(std::forward<Function>(function), std::forward<Arguments>(arguments)...);
        return Result<Value>{};
    } else {
        return Result<Value>{std::in_place, std::invoke(std::forward<Function>(function),
                                                        std::forward<Arguments>(arguments)...)};
    }
}

}  // namespace detail

/// A value, or the Error that says why there is none: the interface of `std::expected<T, Error>`,
/// with an Error itself in the place of `std::unexpected`. One type whatever the language standard.
///
/// True means a value. Nothing is thrown but by `value()`, and by what T's own operations throw.
template <class T>
class [[nodiscard]] Result {
    static_assert(std::is_object_v<T> && !std::is_same_v<std::remove_cv_t<T>, Error>,
                  "a Result holds an object that is not itself an Error");

  public:
    using value_type = T;      ///< What is held if all is well.
    using error_type = Error;  ///< What is held if not.
    /// A Result of another type.
    template <class U>
    using rebind = Result<U>;

    /// A value-initialized T.
    constexpr Result()
    requires std::is_default_constructible_v<T>
        : content_(std::in_place_index<0>) {}

    /// The value. Implicit where T's own constructor is.
    template <class U = T>
    requires detail::ValueOf<T, U>
    constexpr explicit(!std::is_convertible_v<U, T>)
        // NOLINTNEXTLINE(google-explicit-constructor, bugprone-forwarding-reference-overload)
        Result(U&& value)
        : content_(std::in_place_index<0>, std::forward<U>(value)) {}

    /// The reason why there is no value.
    constexpr Result(Error error)  // NOLINT(google-explicit-constructor): `return Error{…}`
        : content_(std::in_place_index<1>, std::move(error)) {}

    /// @{
    /// The value, made from its constructor's arguments.
    template <class... Arguments>
    requires std::is_constructible_v<T, Arguments...>
    constexpr explicit Result(std::in_place_t, Arguments&&... arguments)
        : content_(std::in_place_index<0>, std::forward<Arguments>(arguments)...) {}
    template <class U, class... Arguments>
    requires std::is_constructible_v<T, detail::List<U>, Arguments...>
    constexpr explicit Result(std::in_place_t, std::initializer_list<U> list,
                              Arguments&&... arguments)
        : content_(std::in_place_index<0>, list, std::forward<Arguments>(arguments)...) {}
    /// @}

    /// @{
    /// What a Result of another type holds. Implicit where T's own constructor is.
    template <class U>
    requires detail::HeldBy<T, U, const U&>
    constexpr explicit(!std::is_convertible_v<const U&, T>)
        // NOLINTNEXTLINE(google-explicit-constructor)
        Result(const Result<U>& other)
        : content_(other ? Content{std::in_place_index<0>, *other}
                         : Content{std::in_place_index<1>, other.error()}) {}
    template <class U>
    requires detail::HeldBy<T, U, U>
    constexpr explicit(!std::is_convertible_v<U, T>)
        // NOLINTNEXTLINE(google-explicit-constructor)
        Result(Result<U>&& other)
        : content_(other ? Content{std::in_place_index<0>, *std::move(other)}
                         : Content{std::in_place_index<1>, std::move(other).error()}) {}
    /// @}

    /// @{
    /// Whether there is a value.
    [[nodiscard]] constexpr bool has_value() const noexcept { return content_.index() == 0; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value(); }
    /// @}

    /// @{
    /// The value. Undefined if there is none.
    [[nodiscard]] constexpr T& operator*() & noexcept { return *std::get_if<0>(&content_); }
    [[nodiscard]] constexpr const T& operator*() const& noexcept {
        return *std::get_if<0>(&content_);
    }
    [[nodiscard]] constexpr T&& operator*() && noexcept { return std::move(**this); }
    [[nodiscard]] constexpr const T&& operator*() const&& noexcept { return std::move(**this); }
    [[nodiscard]] constexpr T* operator->() noexcept { return std::get_if<0>(&content_); }
    [[nodiscard]] constexpr const T* operator->() const noexcept {
        return std::get_if<0>(&content_);
    }
    /// @}

    /// @{
    /// The value.
    /// @throws ParseException if there is none.
    [[nodiscard]] constexpr T& value() & {
        require_value();
        return **this;
    }
    [[nodiscard]] constexpr const T& value() const& {
        require_value();
        return **this;
    }
    [[nodiscard]] constexpr T&& value() && {
        require_value();
        return std::move(**this);
    }
    [[nodiscard]] constexpr const T&& value() const&& {
        require_value();
        return std::move(**this);
    }
    /// @}

    /// @{
    /// The error. Undefined if there is a value.
    [[nodiscard]] constexpr Error& error() & noexcept { return *std::get_if<1>(&content_); }
    [[nodiscard]] constexpr const Error& error() const& noexcept {
        return *std::get_if<1>(&content_);
    }
    [[nodiscard]] constexpr Error&& error() && noexcept { return std::move(error()); }
    [[nodiscard]] constexpr const Error&& error() const&& noexcept { return std::move(error()); }
    /// @}

    /// @{
    /// The value, or a fallback if there is none.
    template <class U>
    [[nodiscard]] constexpr T value_or(U&& fallback) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(fallback));
    }
    template <class U>
    [[nodiscard]] constexpr T value_or(U&& fallback) && {
        return has_value() ? std::move(**this) : static_cast<T>(std::forward<U>(fallback));
    }
    /// @}

    /// @{
    /// The error, or a fallback if there is none.
    [[nodiscard]] constexpr Error error_or(Error fallback) const& {
        return has_value() ? std::move(fallback) : error();
    }
    [[nodiscard]] constexpr Error error_or(Error fallback) && {
        return has_value() ? std::move(fallback) : std::move(error());
    }
    /// @}

    /// @{
    /// `function(value)`, which returns a Result; or this error.
    template <class Function>
    constexpr auto and_then(Function&& function) & {
        return and_then_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto and_then(Function&& function) const& {
        return and_then_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto and_then(Function&& function) && {
        return and_then_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto and_then(Function&& function) const&& {
        return and_then_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// A Result of `function(value)`; or this error.
    template <class Function>
    constexpr auto transform(Function&& function) & {
        return transform_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto transform(Function&& function) const& {
        return transform_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto transform(Function&& function) && {
        return transform_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto transform(Function&& function) const&& {
        return transform_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// This value; or `function(error)`, which returns a Result of the same type.
    template <class Function>
    constexpr Result or_else(Function&& function) & {
        return or_else_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result or_else(Function&& function) const& {
        return or_else_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result or_else(Function&& function) && {
        return or_else_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result or_else(Function&& function) const&& {
        return or_else_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// This value; or `function(error)`, which returns an Error.
    template <class Function>
    constexpr Result transform_error(Function&& function) & {
        return transform_error_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result transform_error(Function&& function) const& {
        return transform_error_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result transform_error(Function&& function) && {
        return transform_error_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    constexpr Result transform_error(Function&& function) const&& {
        return transform_error_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Replaces whatever is held with a value made from its constructor's arguments.
    template <class... Arguments>
    requires std::is_nothrow_constructible_v<T, Arguments...>
    constexpr T& emplace(Arguments&&... arguments) noexcept {
        return content_.template emplace<0>(std::forward<Arguments>(arguments)...);
    }
    template <class U, class... Arguments>
    requires std::is_nothrow_constructible_v<T, detail::List<U>, Arguments...>
    constexpr T& emplace(std::initializer_list<U> list, Arguments&&... arguments) noexcept {
        return content_.template emplace<0>(list, std::forward<Arguments>(arguments)...);
    }
    /// @}

    /// @{
    /// Exchanges what two Results hold.
    constexpr void swap(Result& other) noexcept(noexcept(content_.swap(other.content_))) {
        content_.swap(other.content_);
    }
    friend constexpr void swap(Result& left, Result& right) noexcept(noexcept(left.swap(right))) {
        left.swap(right);
    }
    /// @}

    /// Equal if both hold equal values or both hold equal errors.
    template <class U>
    [[nodiscard]] friend constexpr bool operator==(const Result& left, const Result<U>& right) {
        if (left.has_value() != right.has_value()) return false;
        return left.has_value() ? static_cast<bool>(*left == *right)
                                : left.error() == right.error();
    }
    /// @{
    /// Equal if the Result holds an equal value, or one that compares equal.
    [[nodiscard]] friend constexpr bool operator==(const Result& left, const T& right) {
        return left.has_value() && *left == right;
    }
    // Does not ask whether T compares with U: that may depend on what this here compares with.
    template <class U>
    requires(!detail::is_result<U> && !std::is_same_v<U, Error> &&
             !std::is_convertible_v<const U&, T>)
    [[nodiscard]] friend constexpr bool operator==(const Result& left, const U& right) {
        return left.has_value() && static_cast<bool>(*left == right);
    }
    /// @}
    /// Equal if the Result holds an equal error.
    [[nodiscard]] friend constexpr bool operator==(const Result& left, const Error& right) {
        return !left.has_value() && left.error() == right;
    }

  private:
    using Content = std::variant<T, Error>;

    constexpr void require_value() const {
        if (!has_value()) detail::throw_parse_exception(error());
    }

    template <class Self, class Function>
    static constexpr auto and_then_of(Self&& self, Function&& function) {
        using Next = std::remove_cvref_t<
            std::invoke_result_t<Function, decltype(*std::forward<Self>(self))>>;
        static_assert(detail::is_result<Next>, "and_then takes a function that returns a Result");
        if (!self.has_value()) return Next{std::forward<Self>(self).error()};
        return std::invoke(std::forward<Function>(function), *std::forward<Self>(self));
    }

    template <class Self, class Function>
    static constexpr auto transform_of(Self&& self, Function&& function) {
        using Next = decltype(detail::result_of(std::forward<Function>(function),
                                                *std::forward<Self>(self)));
        if (!self.has_value()) return Next{std::forward<Self>(self).error()};
        return detail::result_of(std::forward<Function>(function), *std::forward<Self>(self));
    }

    template <class Self, class Function>
    static constexpr Result or_else_of(Self&& self, Function&& function) {
        if (self.has_value()) return std::forward<Self>(self);
        return detail::result_instead<T>(std::forward<Function>(function),
                                         std::forward<Self>(self).error());
    }

    template <class Self, class Function>
    static constexpr Result transform_error_of(Self&& self, Function&& function) {
        if (self.has_value()) return std::forward<Self>(self);
        return Error{
            std::invoke(std::forward<Function>(function), std::forward<Self>(self).error())};
    }

    Content content_;
};

/// Success without a value, or the Error that says why not.
template <>
class [[nodiscard]] Result<void> {
  public:
    using value_type = void;   ///< Nothing is held if all is well.
    using error_type = Error;  ///< What is held if not.
    /// A Result of another type.
    template <class U>
    using rebind = Result<U>;

    /// Success.
    Result() noexcept = default;
    /// @copydoc Result()
    explicit Result(std::in_place_t) noexcept {}

    /// The reason why there is no success.
    Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

    /// @{
    /// Whether there is success.
    [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }
    /// @}

    /// Does nothing. Undefined if there is an error.
    void operator*() const noexcept {}

    /// Does nothing if there is success.
    /// @throws ParseException if there is an error.
    void value() const {
        if (error_) detail::throw_parse_exception(*error_);
    }

    /// @{
    /// The error. Undefined if there is none.
    [[nodiscard]] Error& error() & noexcept { return *error_; }
    [[nodiscard]] const Error& error() const& noexcept { return *error_; }
    [[nodiscard]] Error&& error() && noexcept { return std::move(*error_); }
    [[nodiscard]] const Error&& error() const&& noexcept {
        return static_cast<const Error&&>(*error_);
    }
    /// @}

    /// @{
    /// The error, or a fallback if there is none.
    [[nodiscard]] Error error_or(Error fallback) const& {
        return error_.value_or(std::move(fallback));
    }
    [[nodiscard]] Error error_or(Error fallback) && {
        return std::move(error_).value_or(std::move(fallback));
    }
    /// @}

    /// @{
    /// `function()`, which returns a Result; or this error.
    template <class Function>
    auto and_then(Function&& function) & {
        return and_then_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    auto and_then(Function&& function) const& {
        return and_then_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    auto and_then(Function&& function) && {
        return and_then_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    auto and_then(Function&& function) const&& {
        return and_then_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// A Result of `function()`; or this error.
    template <class Function>
    auto transform(Function&& function) & {
        return transform_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    auto transform(Function&& function) const& {
        return transform_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    auto transform(Function&& function) && {
        return transform_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    auto transform(Function&& function) const&& {
        return transform_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Success; or `function(error)`, which returns a Result<void>.
    template <class Function>
    Result or_else(Function&& function) & {
        return or_else_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    Result or_else(Function&& function) const& {
        return or_else_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    Result or_else(Function&& function) && {
        return or_else_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    Result or_else(Function&& function) const&& {
        return or_else_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Success; or `function(error)`, which returns an Error.
    template <class Function>
    Result transform_error(Function&& function) & {
        return transform_error_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    Result transform_error(Function&& function) const& {
        return transform_error_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    Result transform_error(Function&& function) && {
        return transform_error_of(std::move(*this), std::forward<Function>(function));
    }
    template <class Function>
    Result transform_error(Function&& function) const&& {
        return transform_error_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// Replaces whatever is held with success.
    void emplace() noexcept { error_.reset(); }

    /// @{
    /// Exchanges what two Results hold.
    void swap(Result& other) noexcept { error_.swap(other.error_); }
    friend void swap(Result& left, Result& right) noexcept { left.swap(right); }
    /// @}

    /// Equal if both are success or both hold equal errors.
    friend bool operator==(const Result&, const Result&) = default;

  private:
    template <class Self, class Function>
    static auto and_then_of(Self&& self, Function&& function) {
        using Next = std::remove_cvref_t<std::invoke_result_t<Function>>;
        static_assert(detail::is_result<Next>, "and_then takes a function that returns a Result");
        if (!self.has_value()) return Next{std::forward<Self>(self).error()};
        return std::invoke(std::forward<Function>(function));
    }

    template <class Self, class Function>
    static auto transform_of(Self&& self, Function&& function) {
        using Next = decltype(detail::result_of(std::forward<Function>(function)));
        if (!self.has_value()) return Next{std::forward<Self>(self).error()};
        return detail::result_of(std::forward<Function>(function));
    }

    template <class Self, class Function>
    static Result or_else_of(Self&& self, Function&& function) {
        if (self.has_value()) return Result{};
        return detail::result_instead<void>(std::forward<Function>(function),
                                            std::forward<Self>(self).error());
    }

    template <class Self, class Function>
    static Result transform_error_of(Self&& self, Function&& function) {
        if (self.has_value()) return Result{};
        return Error{
            std::invoke(std::forward<Function>(function), std::forward<Self>(self).error())};
    }

    std::optional<Error> error_;
};

}  // namespace mews::webhooks
