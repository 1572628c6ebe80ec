#include "server.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "log.hpp"

namespace receiver {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using namespace mews::webhooks;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Stream = beast::tcp_stream;
using RequestParser = http::request_parser<http::string_body>;
template <class T>
using Awaitable = asio::awaitable<T>;

constexpr std::chrono::seconds idle_limit{75};     // longer than proxies keep a connection
constexpr std::chrono::seconds request_limit{10};  // from the first byte of a request to its last
constexpr std::chrono::seconds commit_limit{4};    // Mews waits for 5 seconds
constexpr std::chrono::seconds linger_limit{1};
constexpr std::size_t linger_bytes = std::size_t{64} << 10;
constexpr std::size_t header_limit = std::size_t{8} << 10;
constexpr std::size_t body_limit = ParseOptions{}.max_body_bytes;

struct Answer {
    http::status status{};
    std::string text{};   ///< The body, or the methods that are allowed.
    std::string about{};  ///< For the log.
};

/// Completes an operation with an error code instead of an exception.
auto into(error_code& error) {
    return asio::redirect_error(asio::use_awaitable, error);
}

/// The answer to a request that could not be read to its end; none if nobody is there to get it.
std::optional<Answer> answer_to(const error_code& error) {
    if (error == http::error::body_limit) return Answer{http::status::payload_too_large};
    const error_code of_http = http::error::bad_method;
    if (error.category() != of_http.category() || error == http::error::end_of_stream ||
        error == http::error::partial_message) {
        return std::nullopt;
    }
    return Answer{http::status::bad_request};
}

http::status status_for(const Error& fault) {
    switch (kind_of(fault.code)) {
        case ErrorKind::contract:
            return http::status::no_content;  // It would be the same again: it is set aside.
        case ErrorKind::limit:
            return http::status::payload_too_large;
        case ErrorKind::resource:
            return http::status::service_unavailable;
        case ErrorKind::malformed:
            break;
    }
    return http::status::bad_request;
}

bool is_for_monitors(std::string_view target) {
    return target == "/healthz" || target == "/metrics";
}

std::string_view target_of(const RequestParser& parser) {
    return {parser.get().target().data(), parser.get().target().size()};
}

class HttpServer final : public Server {
  public:
    HttpServer(asio::io_context& context, UrlTokens tokens, Metrics& metrics, Keep keep,
               std::function<bool()> is_healthy)
        : context_(context),
          tokens_(std::move(tokens)),
          metrics_(metrics),
          keep_(std::move(keep)),
          is_healthy_(std::move(is_healthy)) {}

    std::string listen(const std::string& address) override {
        const std::size_t colon = address.rfind(':');
        if (colon == std::string::npos) throw std::runtime_error{"not ADDRESS:PORT: " + address};
        std::string host = address.substr(0, colon);
        if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
        acceptor_ = tcp::acceptor{
            context_, *tcp::resolver{context_}.resolve(host, address.substr(colon + 1)).begin()};
        asio::co_spawn(context_, accept(), asio::detached);
        return address.substr(0, colon + 1) + std::to_string(acceptor_.local_endpoint().port());
    }

    void set_tokens(UrlTokens tokens) override { tokens_ = std::move(tokens); }

    void stop() override {
        stopping_ = true;
        error_code ignored;
        acceptor_.close(ignored);
        for (Stream* stream : idle_)
            stream->cancel();
    }

  private:
    Awaitable<void> accept() {
        while (!stopping_) {
            error_code error;
            tcp::socket socket = co_await acceptor_.async_accept(into(error));
            if (!error) {
                socket.set_option(tcp::no_delay{true}, error);
                asio::co_spawn(context_, serve(Stream{std::move(socket)}), asio::detached);
            } else if (!stopping_) {
                // No file descriptor is left, perhaps: some connections have to end first.
                asio::steady_timer timer{context_, std::chrono::milliseconds{100}};
                co_await timer.async_wait(into(error));
            }
        }
    }

    /// One connection, request after request. Those that are pipelined wait in the buffer.
    Awaitable<void> serve(Stream stream) {
        metrics_.set_gauge("receiver_connections", ++connections_);
        try {
            beast::flat_buffer buffer{2 * header_limit + linger_bytes};
            bool keep_alive = true;
            while (keep_alive && !stopping_) {
                keep_alive = co_await has_bytes(stream, buffer);
                if (keep_alive) keep_alive = co_await serve_one(stream, buffer);
            }
            co_await close(stream, buffer);
        } catch (const std::exception&) {
            // There is no memory for this connection: it ends here.
        }
        metrics_.set_gauge("receiver_connections", --connections_);
    }

    /// Waits for the first bytes of a request.
    Awaitable<bool> has_bytes(Stream& stream, beast::flat_buffer& buffer) {
        if (buffer.size() != 0) co_return true;
        error_code error;
        stream.expires_after(idle_limit);
        idle_.insert(&stream);
        buffer.commit(co_await stream.async_read_some(buffer.prepare(4096), into(error)));
        idle_.erase(&stream);
        co_return !error;
    }

    /// Returns whether another request may follow on this connection.
    Awaitable<bool> serve_one(Stream& stream, beast::flat_buffer& buffer) {
        const Clock::time_point started = Clock::now();
        stream.expires_after(request_limit);
        error_code error;
        RequestParser parser;
        parser.header_limit(header_limit);
        parser.body_limit(boost::none);  // It is not looked at before the token is.
        co_await http::async_read_header(stream, buffer, parser, into(error));

        std::optional<Answer> answer;
        if (!error) answer = answer_to_header(parser);
        if (!error && !answer) {
            if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
                http::response<http::empty_body> go_on{http::status::continue_, 11};
                co_await http::async_write(stream, go_on, into(error));
            }
            parser.body_limit(body_limit);
            co_await http::async_read(stream, buffer, parser, into(error));
            if (!error) answer = co_await answer_to_body(parser.get().body());
        }
        if (error) answer = answer_to(error);
        if (!answer) co_return false;

        // What was not read can't be told from the next request.
        const bool keep_alive = !error && parser.is_done() && parser.get().keep_alive() &&
                                answer->status != http::status::unauthorized && !stopping_;
        stream.expires_after(request_limit);
        co_await write(stream, parser, *answer, keep_alive, error);
        tell(parser, *answer, Clock::now() - started);
        co_return keep_alive && !error;
    }

    /// The answer for which the body need not be read.
    std::optional<Answer> answer_to_header(const RequestParser& parser) {
        const std::string_view target = target_of(parser);
        const http::verb method = parser.get().method();
        if (is_for_monitors(target)) {
            if (method != http::verb::get && method != http::verb::head)
                return Answer{http::status::method_not_allowed, "GET, HEAD"};
            if (target == "/metrics") return Answer{http::status::ok, metrics_.text()};
            if (is_healthy_()) return Answer{http::status::ok, "ok\n"};
            return Answer{http::status::service_unavailable};
        }
        const auto token = token_in(target);
        if (!token || !tokens_.accepts(token->reveal())) return Answer{http::status::unauthorized};
        if (method != http::verb::post) return Answer{http::status::method_not_allowed, "POST"};
        if (parser.content_length().value_or(0) > body_limit)
            return Answer{http::status::payload_too_large};
        return std::nullopt;
    }

    Awaitable<Answer> answer_to_body(std::string& body) {
        const Timestamp received = now();
        Answer answer{http::status::no_content};
        if (const auto webhook = parser_.parse_webhook_view(body)) {
            answer.about = count(*webhook);
        } else {
            const Error& fault = webhook.error();
            metrics_.add("receiver_faults_total", "error", to_string(fault.code));
            answer.status = status_for(fault);
            answer.about.append(" error=").append(to_string(fault.code));
            answer.about.append(" offset=").append(std::to_string(fault.offset));
            if (!fault.pointer.empty()) answer.about.append(" at=").append(fault.pointer);
        }
        answer.about.append(" bytes=").append(std::to_string(body.size()));
        if (answer.status == http::status::no_content &&
            !co_await is_kept(std::move(body), received))
            answer.status = http::status::service_unavailable;
        co_return answer;
    }

    /// Whether the body was kept, and in time. If it was only too late, it comes twice.
    Awaitable<bool> is_kept(std::string body, Timestamp received) {
        struct Outcome {
            asio::steady_timer over;
            bool kept = false;
        };
        const auto outcome =
            std::make_shared<Outcome>(Outcome{asio::steady_timer{context_, commit_limit}});
        keep_(std::move(body), received, [outcome](bool kept) {
            asio::post(outcome->over.get_executor(), [outcome, kept] {
                outcome->kept = kept;
                outcome->over.cancel();
            });
        });
        error_code cancelled;
        co_await outcome->over.async_wait(into(cancelled));
        co_return outcome->kept;
    }

    /// Counts it in the metrics. What it is, for the log.
    std::string count(const WebhookView& webhook) {
        return match(
            webhook,
            [&](const EventView& event) {
                const Action action = action_of(event);
                const std::string_view name =
                    action == Action::unknown ? "unknown" : to_string(action);
                metrics_.add("receiver_events_total", "action", name);
                return std::string{" action="}.append(name);
            },
            [&](const GeneralWebhookView& general) {
                for (const GeneralEventView& event : general.events) {
                    const auto* known = std::get_if<EntityEventView>(&event);
                    metrics_.add("receiver_general_events_total", "discriminator",
                                 known == nullptr ? "unknown" : to_string(known->discriminator));
                }
                const std::string size = std::to_string(general.events.size());
                return std::string{" general_events="}.append(size);
            });
    }

    static Awaitable<void> write(Stream& stream, const RequestParser& request, Answer& answer,
                                 bool keep_alive, error_code& error) {
        http::response<http::string_body> response{answer.status, request.get().version()};
        response.keep_alive(keep_alive);
        if (answer.status == http::status::method_not_allowed)
            response.set(http::field::allow, answer.text);
        if (answer.status == http::status::service_unavailable)
            response.set(http::field::retry_after, "60");
        if (answer.status == http::status::ok) {
            response.set(http::field::content_type, "text/plain; version=0.0.4");
            response.body() = std::move(answer.text);
        }
        if (answer.status != http::status::no_content) response.prepare_payload();
        if (request.get().method() == http::verb::head) response.body().clear();
        co_await http::async_write(stream, response, into(error));
    }

    void tell(const RequestParser& request, const Answer& answer, Clock::duration time) {
        const std::string status = std::to_string(static_cast<unsigned>(answer.status));
        metrics_.add("receiver_requests_total", "status", status);
        if (!is_for_monitors(target_of(request))) metrics_.answered_in(time);
        const auto method = http::to_string(request.get().method());
        const auto us = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
        log({"method=",
             {method.data(), method.size()},
             " status=",
             status,
             answer.about,
             " us=",
             std::to_string(us)});
    }

    /// Closing while bytes are unread would make TCP throw away the answer on its way. So for a
    /// moment some more are read, and dropped.
    static Awaitable<void> close(Stream& stream, beast::flat_buffer& buffer) {
        error_code error;
        stream.socket().shutdown(tcp::socket::shutdown_send, error);
        stream.expires_after(linger_limit);
        for (std::size_t dropped = 0; !error && dropped < linger_bytes;) {
            buffer.clear();
            dropped += co_await stream.async_read_some(buffer.prepare(4096), into(error));
        }
    }

    asio::io_context& context_;
    tcp::acceptor acceptor_{context_};
    UrlTokens tokens_;
    Metrics& metrics_;
    Keep keep_;
    std::function<bool()> is_healthy_;
    Parser parser_;
    std::set<Stream*> idle_;
    std::int64_t connections_ = 0;
    bool stopping_ = false;
};

}  // namespace

std::unique_ptr<Server> make_server(asio::io_context& context, UrlTokens tokens, Metrics& metrics,
                                    Keep keep, std::function<bool()> is_healthy) {
    return std::make_unique<HttpServer>(context, std::move(tokens), metrics, std::move(keep),
                                        std::move(is_healthy));
}

}  // namespace receiver
