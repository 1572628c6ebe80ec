/// @file
/// The log: a line to standard error, with the time before it.

#pragma once

#include <chrono>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <string_view>

#include <mews/webhooks.hpp>

namespace receiver {

inline mews::webhooks::Timestamp now() {
    return std::chrono::time_point_cast<mews::webhooks::Timestamp::duration>(
        std::chrono::system_clock::now());
}

/// Writes the texts as a line, at once, so that lines of several threads don't mix.
///
/// @param texts no URL, no text of a body: a log is read by many
inline void log(std::initializer_list<std::string_view> texts) {
    std::string line{"time="};
    line.append(mews::webhooks::to_iso8601(now())).append(" ");
    for (const std::string_view text : texts)
        line.append(text);
    line.append("\n");
    // Where it can't be written, nobody can be told.
    static_cast<void>(std::fwrite(line.data(), 1, line.size(), stderr));
}

}  // namespace receiver
