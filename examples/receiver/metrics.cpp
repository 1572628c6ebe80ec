#include "metrics.hpp"

#include <algorithm>
#include <sstream>

namespace receiver {

void Metrics::add(std::string_view name, std::string_view label, std::string_view value) {
    std::string labels;
    if (!label.empty()) labels.append("{").append(label).append("=\"").append(value).append("\"}");
    const std::lock_guard lock{mutex_};
    ++figures_[std::string{name}][labels];
}

void Metrics::set_gauge(std::string_view name, std::int64_t value) {
    const std::lock_guard lock{mutex_};
    figures_[std::string{name}][{}] = value;
}

void Metrics::answered_in(std::chrono::duration<double> time) {
    const std::lock_guard lock{mutex_};
    const auto* bound = std::lower_bound(bounds.begin(), bounds.end(), time.count());
    ++times_.at(static_cast<std::size_t>(bound - bounds.begin()));
    sum_ += time;
}

std::string Metrics::text() const {
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

}  // namespace receiver
