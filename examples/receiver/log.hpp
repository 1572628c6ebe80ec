/// @file
/// The log: a line to standard error, with the time before it.

#pragma once

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

#include <mews/webhooks.hpp>

namespace receiver {

inline mews::webhooks::Timestamp now() {
    return std::chrono::time_point_cast<mews::webhooks::Timestamp::duration>(
        std::chrono::system_clock::now());
}

/// Writes the line at once, so that lines of several threads don't mix.
///
/// @param text no URL, no text of a body: a log is read by many
inline void log(std::string_view text) {
    std::string line = "time=" + mews::webhooks::to_iso8601(now());
    line.append(" ").append(text).append("\n");
    std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace receiver
