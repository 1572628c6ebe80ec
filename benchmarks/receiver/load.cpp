// Sends messages over many connections, one after the other on each, and measures the times to the
// answers.
//
//     load PORT TOKEN CONNECTIONS SECONDS
//
// Prints messages a second, then the median, the 99th percentile and the maximum of the times, in
// milliseconds. Anything but the answer 204 ends it.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <mews/webhooks.hpp>

namespace {

namespace asio = boost::asio;
using namespace mews::webhooks;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

/// A creation, an event without a time, and a message with ten events, for each of 1,000
/// integrations.
std::vector<std::string> bodies() {
    std::vector<std::string> all;
    for (int number = 1000; number != 2000; ++number) {
        const std::string id{std::to_string(number).append("aa96-f62d-4f9b-a912-ab2100f60f42")};
        const Integration integration{.id = id, .name = "Door Locks"};
        IntegrationCreated created;
        created.enterprise = {.id = id, .name = "The Invented Arms"};
        created.integration = integration;
        created.access_token = Secret{"INVENTED-9E5E84E9974D4F169662AB2200F27CB1-00B343A0DDA7"};
        created.created_utc = Timestamp{std::chrono::hours{480'000}};
        all.push_back(to_json(created));
        all.push_back(to_json(IntegrationEnabled{.integration = integration}));
        GeneralWebhook general{.enterprise_id = id, .integration_id = id};
        for (int event = 0; event != 10; ++event)
            general.events.push_back(EntityEvent{.discriminator = Discriminator::customer_updated,
                                                 .id = std::to_string(event).append(id)});
        all.push_back(to_json(general));
    }
    return all;
}

struct Load {
    std::vector<std::string> requests;
    Clock::time_point end;
    std::size_t next = 0;
    std::vector<Clock::duration> times;
};

asio::awaitable<void> send(tcp::socket socket, tcp::endpoint endpoint, Load& load) {
    co_await socket.async_connect(endpoint, asio::use_awaitable);
    socket.set_option(tcp::no_delay{true});
    std::string answer;
    while (Clock::now() < load.end) {
        const std::string& request = load.requests[load.next++ % load.requests.size()];
        const Clock::time_point started = Clock::now();
        co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
        answer.clear();
        co_await asio::async_read_until(socket, asio::dynamic_buffer(answer), "\r\n\r\n",
                                        asio::use_awaitable);
        load.times.push_back(Clock::now() - started);
        if (!answer.starts_with("HTTP/1.1 204 ")) throw std::runtime_error{"an answer is not 204"};
    }
}

void run(const std::vector<std::string>& arguments) {
    if (arguments.size() != 4)
        throw std::runtime_error{"usage: load PORT TOKEN CONNECTIONS SECONDS"};
    const tcp::endpoint endpoint{asio::ip::address_v4::loopback(),
                                 static_cast<asio::ip::port_type>(std::stoi(arguments[0]))};
    const int connections = std::stoi(arguments[2]);
    const std::chrono::seconds time{std::stoi(arguments[3])};

    Load load;
    for (const std::string& body : bodies()) {
        std::string& request = load.requests.emplace_back("POST /webhooks?Token=");
        request.append(arguments[1]).append(" HTTP/1.1\r\nHost: localhost\r\nContent-Length: ");
        request.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    }
    load.times.reserve(std::size_t{10'000'000});
    const Clock::time_point started = Clock::now();
    load.end = started + time;
    asio::io_context context{1};
    for (int i = 0; i != connections; ++i)
        asio::co_spawn(context, send(tcp::socket{context}, endpoint, load),
                       [](const std::exception_ptr& error) {
                           if (error) std::rethrow_exception(error);
                       });
    context.run();
    const std::chrono::duration<double> passed = Clock::now() - started;

    std::sort(load.times.begin(), load.times.end());
    const auto milliseconds = [&](std::size_t hundredth) {
        const std::size_t at = std::min(load.times.size() - 1, load.times.size() * hundredth / 100);
        return std::chrono::duration<double, std::milli>{load.times.at(at)}.count();
    };
    std::cout << static_cast<double>(load.times.size()) / passed.count() << ' ' << milliseconds(50)
              << ' ' << milliseconds(99) << ' ' << milliseconds(100) << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    try {
        run({argv + 1, argv + argc});
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::cerr << "load: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
