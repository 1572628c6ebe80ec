#include "inbox.hpp"

#include <exception>
#include <utility>

#include "log.hpp"

namespace receiver {

namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;
constexpr std::chrono::seconds too_long{4};
constexpr std::chrono::seconds between_checks{1};

}  // namespace

void Inbox::put(std::string body, Timestamp received, Done done) {
    {
        const std::lock_guard lock{mutex_};
        if (bytes_ + body.size() <= most_bytes) {
            bytes_ += body.size();
            entries_.push_back({std::move(body), received, std::exchange(done, nullptr)});
        }
    }
    if (done) return done(false);
    changed_.notify_one();
}

bool Inbox::is_healthy() const {
    const Clock::time_point now = Clock::now();
    const Clock::time_point began = began_;
    return has_succeeded_ && (began > now || now - began < too_long);
}

void Inbox::run(const std::stop_token& stop) {
    for (;;) {
        std::vector<Entry> entries;
        {
            std::unique_lock lock{mutex_};
            changed_.wait_for(lock, stop, between_checks, [&] { return !entries_.empty(); });
            if (stop.stop_requested() && entries_.empty()) return;
            entries.swap(entries_);
            bytes_ = 0;
        }
        began_ = Clock::now();
        commit(entries);
        began_ = Clock::time_point::max();
    }
}

void Inbox::commit(const std::vector<Entry>& entries) {
    bool succeeded = false;
    try {
        std::vector<Message> messages;
        for (const Entry& entry : entries)
            messages.push_back({0, entry.received, sealer_.seal(entry.body, body_purpose)});
        messages.empty() ? store_.check() : store_.append(messages);
        succeeded = true;
    } catch (const std::exception& error) {
        log({"error=store thread=inbox what=\"", error.what(), "\""});
        metrics_.add("receiver_store_errors_total", "thread", "inbox");
    }
    has_succeeded_ = succeeded;
    for (const Entry& entry : entries)
        entry.done(succeeded);
    if (!succeeded || entries.empty()) return;
    metrics_.add("receiver_commits_total");
    committed_();
}

}  // namespace receiver
