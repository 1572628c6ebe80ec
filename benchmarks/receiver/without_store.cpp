// The receiver's server, which answers 204 and stores nothing: what storing is compared with.
//
//     without_store TOKEN
//
// Prints its port, and ends with its input.

#include <functional>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <mews/webhooks.hpp>

#include "metrics.hpp"
#include "server.hpp"

int main(int argc, char** argv) {
    using namespace mews::webhooks;
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    boost::asio::io_context context{1};
    receiver::Metrics metrics;
    const auto server = receiver::make_server(
        context, UrlTokens{{Secret{arguments.at(0)}}}, metrics,
        [](const std::string&, Timestamp, const std::function<void(bool)>& done) { done(true); },
        [] { return true; });
    boost::asio::signal_set signals{context, SIGTERM};
    signals.async_wait([&](boost::system::error_code, int) { server->stop(); });
    std::cout << "listening on " << server->listen("127.0.0.1:0") << std::endl;
    context.run();
}
