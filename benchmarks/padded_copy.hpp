/// @file
/// A body where simdjson can read it: copied into a buffer that is kept, as its documentation
/// advises for many bodies.

#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "byte_order_mark.hpp"

namespace bench {

class PaddedCopy {
  public:
    simdjson::padded_string_view of(std::string_view body) {
        body = without_byte_order_mark(body);
        const std::size_t capacity = body.size() + simdjson::SIMDJSON_PADDING;
        if (bytes_.size() < capacity) bytes_.resize(capacity);
        std::memcpy(bytes_.data(), body.data(), body.size());
        std::memset(bytes_.data() + body.size(), 0, simdjson::SIMDJSON_PADDING);
        return simdjson::padded_string_view(bytes_.data(), body.size(), capacity);
    }

  private:
    std::vector<char> bytes_;
};

}  // namespace bench
