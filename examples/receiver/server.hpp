/// @file
/// HTTP: who may send, how much and how slowly, and what is answered.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>
#include <mews/webhooks.hpp>

#include "metrics.hpp"

namespace receiver {

/// Runs on one thread, that of the io_context. Every connection is a coroutine.
class Server {
  public:
    virtual ~Server() = default;

    /// @param address as in `127.0.0.1:8080` or `[::1]:8080`; port 0 lets the system choose
    /// @return the address that it listens on
    /// @throws std::exception if it can't
    virtual std::string listen(const std::string& address) = 0;

    /// From now on, these count.
    virtual void set_tokens(mews::webhooks::UrlTokens tokens) = 0;

    /// Accepts nothing more, and closes each connection when what it has begun is answered. Then
    /// the io_context has nothing to do, and its `run` returns.
    virtual void stop() = 0;
};

/// Keeps a body that may be answered with success, and then calls `done`, on any thread.
using Keep = std::function<void(std::string body, mews::webhooks::Timestamp received,
                                std::function<void(bool kept)> done)>;

std::unique_ptr<Server> make_server(boost::asio::io_context& context,
                                    mews::webhooks::UrlTokens tokens, Metrics& metrics, Keep keep,
                                    std::function<bool()> is_healthy);

}  // namespace receiver
