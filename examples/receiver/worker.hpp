/// @file
/// From the messages that are stored to the states of the integrations.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "metrics.hpp"
#include "seal.hpp"
#include "store.hpp"

namespace receiver {

/// Applies what is waiting, on a thread of its own: the states and the messages' marks in one
/// transaction, so that a crash repeats work and loses none. Its end waits for the transaction
/// that is under way; what is waiting goes on waiting.
class Worker {
  public:
    Worker(Store store, const Sealer& sealer, Metrics& metrics)
        : store_(std::move(store)), sealer_(sealer), metrics_(metrics) {}

    /// There may be something new. May be called from any thread.
    void wake();

  private:
    void run(const std::stop_token& stop);
    std::size_t apply_some();

    Store store_;
    const Sealer& sealer_;
    Metrics& metrics_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool woken_ = false;
    std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};
};

}  // namespace receiver
