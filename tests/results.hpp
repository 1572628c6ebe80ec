/// @file
/// Comparing results so that a failure can be read, and saying where in a body a fault is.

#pragma once

#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <mews/webhooks.hpp>

#include "catch2.hpp"

namespace results {

inline constexpr mews::webhooks::Contract contracts[] = {mews::webhooks::Contract::observed,
                                                         mews::webhooks::Contract::documented};

inline mews::webhooks::ParseOptions under(mews::webhooks::Contract contract) {
    mews::webhooks::ParseOptions options;
    options.contract = contract;
    return options;
}

inline std::string name_of(mews::webhooks::Contract contract) {
    return contract == mews::webhooks::Contract::observed ? "observed" : "documented";
}

/// What a failing test shows of a result: the event, redacted and masked, or the error.
template <class T>
std::string shown(const mews::webhooks::Result<T>& result) {
    std::ostringstream text;
    if (result) {
        text << *result;
    } else {
        text << result.error();
    }
    return text.str();
}

/// Checks that two results are equal, secrets included, showing where they differ.
template <class T>
void check_equal(const mews::webhooks::Result<T>& result,
                 const mews::webhooks::Result<T>& expected) {
    CHECK(shown(result) == shown(expected));
    // What is not shown must be equal as well.
    if (shown(result) == shown(expected)) CHECK((result == expected));
}

/// A body, and the place in it that a `^` marked. No body of these tests holds a `^` of its own.
struct Marked {
    std::string body;
    std::size_t offset;
};

inline Marked marked(std::string_view text) {
    const std::size_t offset = text.find('^');
    REQUIRE(offset != std::string_view::npos);
    REQUIRE(text.find('^', offset + 1) == std::string_view::npos);
    std::string body{text};
    return {body.erase(offset, 1), offset};
}

/// The text with each `from` in it replaced.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

}  // namespace results
