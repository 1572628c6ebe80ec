/// @file
/// Counts what is allocated by `new`.

#pragma once

#include <cstddef>

namespace bench {

/// How many allocations there have been.
std::size_t allocations();

}  // namespace bench
