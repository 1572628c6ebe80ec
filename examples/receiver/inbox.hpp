/// @file
/// From a body that was received to its commit.

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "log.hpp"
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
    void put(std::string body, Timestamp received, Done done) {
        {
            const std::lock_guard lock{mutex_};
            if (bytes_ + body.size() <= most_bytes) {
                bytes_ += body.size();
                entries_.push_back({std::move(body), received, std::exchange(done, nullptr)});
            }
        }
        if (done) {
            metrics_.add("receiver_inbox_full_total");
            return done(false);
        }
        changed_.notify_one();
    }

    /// Whether the last commit succeeded, and none takes too long. While nothing comes, commits are
    /// tried.
    [[nodiscard]] bool is_healthy() const {
        const Clock::time_point began = began_;
        const bool takes_too_long = began != not_now && Clock::now() - began > too_long;
        return has_succeeded_ && !takes_too_long;
    }

  private:
    struct Entry {
        std::string body;
        Timestamp received;
        Done done;
    };
    using Clock = std::chrono::steady_clock;
    static constexpr Clock::time_point not_now = Clock::time_point::max();
    static constexpr std::size_t most_bytes = std::size_t{64} << 20;
    static constexpr std::chrono::seconds too_long{4};
    static constexpr std::chrono::seconds between_checks{1};

    void run(const std::stop_token& stop) {
        for (;;) {
            std::vector<Entry> entries;
            {
                std::unique_lock lock{mutex_};
                changed_.wait_for(lock, stop, between_checks, [&] { return !entries_.empty(); });
                if (stop.stop_requested() && entries_.empty()) return;
                entries.swap(entries_);
            }
            began_ = Clock::now();
            has_succeeded_ = commit(entries);
            began_ = not_now;
            for (const Entry& entry : entries) {
                bytes_ -= entry.body.size();
                entry.done(has_succeeded_);
            }
            if (has_succeeded_ && !entries.empty()) committed_();
        }
    }

    bool commit(const std::vector<Entry>& entries) {
        try {
            std::vector<Message> messages;
            messages.reserve(entries.size());
            for (const Entry& entry : entries)
                messages.push_back({0, entry.received, sealer_.seal(entry.body, body_purpose)});
            messages.empty() ? store_.check() : store_.append(messages);
            metrics_.add("receiver_commits_total");
            return true;
        } catch (const std::exception& error) {
            log({"error=store thread=inbox what=\"", error.what(), "\""});
            metrics_.add("receiver_store_errors_total", "thread", "inbox");
            return false;
        }
    }

    Store store_;
    const Sealer& sealer_;
    Metrics& metrics_;
    std::function<void()> committed_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<Entry> entries_;
    /// Of the bodies that wait, and of those whose commit is under way.
    std::atomic<std::size_t> bytes_ = 0;

    std::atomic<bool> has_succeeded_ = true;
    std::atomic<Clock::time_point> began_ = not_now;  ///< The commit that is under way.
    std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};
};

}  // namespace receiver
