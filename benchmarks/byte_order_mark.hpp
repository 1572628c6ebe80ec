/// @file
/// No library but ours skips a byte order mark everywhere.

#pragma once

#include <string_view>

namespace bench {

inline std::string_view without_byte_order_mark(std::string_view body) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (body.starts_with(mark)) body.remove_prefix(mark.size());
    return body;
}

}  // namespace bench
