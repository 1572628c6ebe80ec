/// @file
/// ErrorCode as a `std::error_code`, for programs that report all their errors as that. Opt-in: the
/// umbrella does not include it.

#pragma once

#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

#include <mews/webhooks/error.hpp>

namespace mews::webhooks {

/// The category of ErrorCode. Its name is `"mews-webhooks"`, its messages are those of the codes.
///
/// Its codes are equivalent to two of the standard conditions, which are the two that a receiver
/// answers differently: `std::errc::not_enough_memory` for ErrorCode::out_of_memory, where the same
/// body may well be accepted later, and `std::errc::bad_message` for all others, where it never
/// will.
[[nodiscard]] inline const std::error_category& error_category() noexcept;

/// The code in the form of the standard library, which an ErrorCode also converts to by itself. The
/// place that an Error names is lost.
[[nodiscard]] inline std::error_code make_error_code(ErrorCode code) noexcept;

namespace detail {

class ErrorCategory final : public std::error_category {
  public:
    [[nodiscard]] const char* name() const noexcept override { return "mews-webhooks"; }

    [[nodiscard]] std::string message(int value) const override {
        const std::string_view meaning = text_of(code_of(value)).meaning;
        return std::string{meaning.empty() ? "no error of mews-webhooks" : meaning};
    }

    [[nodiscard]] std::error_condition default_error_condition(int value) const noexcept override {
        const ErrorCode code = code_of(value);
        if (code == ErrorCode{}) return {value, *this};
        return std::make_error_condition(code == ErrorCode::out_of_memory
                                             ? std::errc::not_enough_memory
                                             : std::errc::bad_message);
    }

  private:
    /// The code that has this number; zero if none has.
    static ErrorCode code_of(int value) noexcept {
        const auto code = static_cast<ErrorCode>(value);
        const bool is_code = static_cast<int>(code) == value && !text_of(code).name.empty();
        return is_code ? code : ErrorCode{};
    }
};

}  // namespace detail

inline const std::error_category& error_category() noexcept {
    static const detail::ErrorCategory category;
    return category;
}

inline std::error_code make_error_code(ErrorCode code) noexcept {
    return {static_cast<int>(code), error_category()};
}

}  // namespace mews::webhooks

/// Lets an ErrorCode convert to `std::error_code`.
template <>
struct std::is_error_code_enum<mews::webhooks::ErrorCode> : std::true_type {};
