/// @file
/// From the messages that are stored to the states of the integrations.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>

#include "metrics.hpp"
#include "seal.hpp"
#include "store.hpp"

namespace receiver {

/// Applies what is waiting, on a thread of its own: the states and the messages' marks in one
/// transaction, so that a crash repeats work and loses none.
class Worker {
  public:
    Worker(Store store, const Sealer& sealer, Metrics& metrics);
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    /// Ends the transaction that is under way. What is waiting goes on waiting.
    ~Worker();

    /// There may be something new.
    void wake();

  private:
    void run();
    std::size_t apply_some();

    Store store_;
    const Sealer& sealer_;
    Metrics& metrics_;

    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace receiver
