/// @file
/// What a caller may choose about parsing.

#pragma once

#include <cstddef>

#include <mews/webhooks/contract.hpp>

namespace mews::webhooks {

/// What a caller may choose about parsing.
struct ParseOptions {
    /// What is held against the body.
    Contract contract = Contract::observed;

    /// The largest body that is read, in bytes. A Parser keeps memory in proportion to the largest
    /// body it has seen: at most ten times this figure, and 10 KiB; 8 KiB more with simdjson's
    /// development checks, which builds without optimization have. simdjson's own limit, 4 GiB,
    /// holds too.
    std::size_t max_body_bytes = std::size_t{1} << 20;

    /// How many objects and arrays may be open at once, the body itself included.
    std::size_t max_depth = 64;
};

}  // namespace mews::webhooks
