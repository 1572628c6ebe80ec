/// @file
/// A second reader of the contract, to compare with: slow and simple, on nlohmann/json, and with
/// the properties written down by hand from the documentation of the wire. Nothing in it comes from
/// the library.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

enum class Family { integration, general };

/// What a well-formed body must become.
struct Expected {
    std::string code{};      ///< The name of the error's code; empty if the body is accepted.
    std::string pointer{};   ///< The error's.
    std::size_t offset = 0;  ///< The error's.

    std::string json{};                ///< What to_json writes for an accepted body.
    std::vector<std::string> taken{};  ///< What is taken of each unknown content, as JSON text.
    bool is_common = true;  ///< No unknown tag, and no element with its content before its tag.
};

/// Reads a text that is JSON.
[[nodiscard]] Expected read_by_reference(std::string_view text, Family family, bool documented);

/// Which family a text that is JSON is of, where it can be either.
[[nodiscard]] Family family_by_reference(std::string_view text);

}  // namespace fuzz
