/// @file
/// HTTP: who may send, how much and how slowly, and what is answered.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mews/webhooks.hpp>

#include "metrics.hpp"

namespace receiver {

/// What is done with a body that is no malformed JSON: keep it, then call `done`, on any thread.
using Keep = std::function<void(std::string body, mews::webhooks::Timestamp received,
                                std::function<void(bool kept)> done)>;

/// Runs on one thread, that of the io_context. Every connection is a coroutine.
class Server {
  public:
    Server(boost::asio::io_context& context, mews::webhooks::UrlTokens tokens, Metrics& metrics,
           Keep keep, std::function<bool()> is_healthy);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    /// @param address as in `127.0.0.1:8080` or `[::1]:8080`; port 0 lets the system choose
    /// @return the address that it listens on
    /// @throws std::exception if it can't
    std::string listen(const std::string& address);

    /// From now on, these count.
    void set_tokens(mews::webhooks::UrlTokens tokens);

    /// Accepts nothing more, and closes each connection when what it has begun is answered. Then
    /// the io_context has nothing to do, and its `run` returns.
    void stop();

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace receiver
