/// @file
/// What other people's JSON parsers say of a text.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace fuzz {

/// Whether a text (without a byte order mark) is JSON, half surrogate pairs refused.
[[nodiscard]] bool is_json_by_nlohmann(std::string_view text);

/// Whether a text (without a byte order mark) is JSON; nothing if RapidJSON cannot be relied on to
/// tell.
[[nodiscard]] std::optional<bool> is_json_by_rapidjson(std::string_view text);

/// The bracket that opens one level too many in a well-formed text; its size if there is none.
[[nodiscard]] std::size_t find_too_deep(std::string_view text, std::size_t max_depth);

}  // namespace fuzz
