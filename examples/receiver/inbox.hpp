/// @file
/// From a body that was received to its commit.

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "metrics.hpp"
#include "seal.hpp"
#include "store.hpp"

namespace receiver {

/// Commits what was received, on a thread of its own. What comes while a commit is on its way to
/// the disk goes with the next one, all of it in one transaction: so the disk's rate of commits
/// limits no rate of messages. Its end commits what is there, first.
class Inbox {
  public:
    /// Whether the body is committed. Is called on the inbox's thread, or within `put`.
    using Done = std::function<void(bool committed)>;

    /// @param committed is called after each commit, on the inbox's thread
    Inbox(Store store, const Sealer& sealer, Metrics& metrics, std::function<void()> committed)
        : store_(std::move(store)),
          sealer_(sealer),
          metrics_(metrics),
          committed_(std::move(committed)) {}

    /// May be called from any thread. Does not wait.
    void put(std::string body, Timestamp received, Done done);

    /// Whether the last commit succeeded, and none takes too long. While nothing comes, commits are
    /// tried.
    [[nodiscard]] bool is_healthy() const;

  private:
    struct Entry {
        std::string body;
        Timestamp received;
        Done done;
    };
    using Clock = std::chrono::steady_clock;

    void run(const std::stop_token& stop);
    void commit(const std::vector<Entry>& entries);

    Store store_;
    const Sealer& sealer_;
    Metrics& metrics_;
    std::function<void()> committed_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<Entry> entries_;
    std::size_t bytes_ = 0;

    std::atomic<bool> has_succeeded_ = true;
    std::atomic<Clock::time_point> began_ = Clock::time_point::max();  ///< The commit under way.
    std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};
};

}  // namespace receiver
