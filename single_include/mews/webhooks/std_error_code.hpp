// mews-webhooks 1.0.0: an addition to the single header, for those who ask for it.
// Made by tools/generate from the headers in include/: change those, not this.
//
// MIT License
//
// Copyright (c) 2026 the mews-webhooks authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.

#pragma once

#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

#include <mews/webhooks.hpp>

// ── <mews/webhooks/std_error_code.hpp> ───────────────────────────────────────────────────────────

// ErrorCode as a `std::error_code`, for programs that report all their errors as that. Opt-in: the
// umbrella does not include it.

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
