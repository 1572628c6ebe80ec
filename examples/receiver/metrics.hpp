/// @file
/// Figures about the receiver, in the text format of Prometheus.

#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <sstream>
#include <string>
#include <string_view>

namespace receiver {

/// May be used from all threads. Labels are names that this program or the library knows, never
/// text of a request: so their number has a limit, and none can be a secret.
class Metrics {
  public:
    /// Adds one to a counter, whose name ends in `_total`.
    void add(std::string_view name, std::string_view label = {}, std::string_view value = {}) {
        std::string labels;
        if (!label.empty())
            labels.append("{").append(label).append("=\"").append(value).append("\"}");
        const std::lock_guard lock{mutex_};
        ++figures_[std::string{name}][labels];
    }

    void set_gauge(std::string_view name, std::int64_t value) {
        const std::lock_guard lock{mutex_};
        figures_[std::string{name}][{}] = value;
    }

    /// Adds to the histogram of the times to answer.
    void answered_in(std::chrono::duration<double> time) {
        const std::lock_guard lock{mutex_};
        const auto* bound = std::lower_bound(bounds.begin(), bounds.end(), time.count());
        ++times_.at(static_cast<std::size_t>(bound - bounds.begin()));
        sum_ += time;
    }

    [[nodiscard]] std::string text() const {
        const std::lock_guard lock{mutex_};
        std::ostringstream out;
        for (const auto& [name, series] : figures_) {
            out << "# TYPE " << name << (name.ends_with("_total") ? " counter\n" : " gauge\n");
            for (const auto& [labels, value] : series)
                out << name << labels << ' ' << value << '\n';
        }
        constexpr std::string_view times = "receiver_time_to_answer_seconds";
        out << "# TYPE " << times << " histogram\n";
        std::int64_t count = 0;
        for (std::size_t i = 0; i != times_.size(); ++i) {
            count += times_[i];
            out << times << "_bucket{le=\"";
            i == bounds.size() ? out << "+Inf" : out << bounds[i];
            out << "\"} " << count << '\n';
        }
        out << times << "_sum " << sum_.count() << '\n' << times << "_count " << count << '\n';
        return out.str();
    }

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
