/// @file
/// Figures about the receiver, in the text format of Prometheus.

#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace receiver {

/// May be used from all threads. Labels are names that this program or the library knows, never
/// text of a request: so their number has a limit, and none can be a secret.
class Metrics {
  public:
    /// Adds one to a counter, whose name ends in `_total`.
    void add(std::string_view name, std::string_view label = {}, std::string_view value = {});
    void set_gauge(std::string_view name, std::int64_t value);
    /// Adds to the histogram of the times to answer.
    void answered_in(std::chrono::duration<double> time);

    [[nodiscard]] std::string text() const;

  private:
    static constexpr std::array bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                       0.25,  0.5,    1.0,   2.5,  5.0,   10.0};

    mutable std::mutex mutex_;
    /// By name, then by label and value as they are written.
    std::map<std::string, std::map<std::string, std::int64_t>> figures_;
    std::array<std::int64_t, bounds.size() + 1> times_{};
    std::chrono::duration<double> sum_{};
};

}  // namespace receiver
