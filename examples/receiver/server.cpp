#include "server.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "log.hpp"

namespace receiver {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using mews::webhooks::ErrorKind;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds idle_limit{75};     // longer than proxies keep a connection
constexpr std::chrono::seconds request_limit{10};  // from the first byte of a request to its last
constexpr std::chrono::seconds commit_limit{4};    // Mews waits for 5 seconds
constexpr std::chrono::seconds linger_limit{1};
constexpr std::size_t header_limit = 8 * 1024;
constexpr std::size_t body_limit = mews::webhooks::ParseOptions{}.max_body_bytes;
constexpr std::size_t linger_bytes = 64 * 1024;

using Request = http::request<http::string_body>;
using Parser = http::request_parser<http::string_body>;

/// What is answered, and what the log says of the request.
struct Answer {
    http::status status{};
    std::string text{};
    std::string about{};
};

/// Completes an operation with an error code instead of an exception.
auto into(error_code& error) {
    return asio::redirect_error(asio::use_awaitable, error);
}

template <class Event>
constexpr std::string_view name_of(const Event& event) {
    if constexpr (requires { event.discriminator; }) {
        using Kind = std::decay_t<decltype(event.discriminator)>;
        if constexpr (std::is_same_v<Kind, mews::webhooks::Discriminator>)
            return to_string(event.discriminator);
    }
    return "unknown";
}

}  // namespace

class Server::Implementation {
  public:
    Implementation(asio::io_context& context, mews::webhooks::UrlTokens tokens, Metrics& metrics,
                   Keep keep, std::function<bool()> is_healthy)
        : context_(context),
          acceptor_(context),
          tokens_(std::move(tokens)),
          metrics_(metrics),
          keep_(std::move(keep)),
          is_healthy_(std::move(is_healthy)) {}

    std::string listen(const std::string& address) {
        const std::size_t colon = address.rfind(':');
        if (colon == std::string::npos) throw std::runtime_error{"not ADDRESS:PORT: " + address};
        std::string host = address.substr(0, colon);
        if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
        tcp::resolver resolver{context_};
        const tcp::endpoint endpoint =
            *resolver.resolve(host, address.substr(colon + 1), tcp::resolver::passive).begin();
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address{true});
        acceptor_.bind(endpoint);
        acceptor_.listen();
        asio::co_spawn(context_, accept(), asio::detached);
        const tcp::endpoint bound = acceptor_.local_endpoint();
        return address.substr(0, colon + 1) + std::to_string(bound.port());
    }

    void set_tokens(mews::webhooks::UrlTokens tokens) { tokens_ = std::move(tokens); }

    void stop() {
        stopping_ = true;
        error_code ignored;
        acceptor_.close(ignored);
        for (beast::tcp_stream* stream : idle_)
            stream->cancel();
    }

  private:
    asio::awaitable<void> accept() {
        while (!stopping_) {
            error_code error;
            tcp::socket socket = co_await acceptor_.async_accept(into(error));
            if (!error) {
                socket.set_option(tcp::no_delay{true}, error);
                asio::co_spawn(context_, serve(beast::tcp_stream{std::move(socket)}),
                               asio::detached);
            } else if (!stopping_) {
                // No file descriptor is left, perhaps: some connections have to end first.
                asio::steady_timer timer{context_, std::chrono::milliseconds{100}};
                co_await timer.async_wait(into(error));
            }
        }
    }

    /// One connection, request after request. Those that are pipelined wait in the buffer.
    asio::awaitable<void> serve(beast::tcp_stream stream) {
        metrics_.set("receiver_connections", ++connections_);
        beast::flat_buffer buffer{2 * header_limit + linger_bytes};
        bool keep_alive = true;
        error_code error;
        try {
            while (keep_alive && !stopping_) {
                if (buffer.size() == 0 && !co_await has_bytes(stream, buffer)) break;
                keep_alive = co_await serve_one(stream, buffer);
            }
            co_await close(stream, buffer);
        } catch (const std::exception&) {
            // There is no memory for this connection: it ends here.
        }
        metrics_.set("receiver_connections", --connections_);
    }

    /// Waits for the first bytes of a request.
    asio::awaitable<bool> has_bytes(beast::tcp_stream& stream, beast::flat_buffer& buffer) {
        error_code error;
        stream.expires_after(idle_limit);
        idle_.insert(&stream);
        const std::size_t size = co_await stream.async_read_some(buffer.prepare(4096), into(error));
        idle_.erase(&stream);
        buffer.commit(size);
        co_return !error;
    }

    /// Returns whether another request may follow on this connection.
    asio::awaitable<bool> serve_one(beast::tcp_stream& stream, beast::flat_buffer& buffer) {
        const Clock::time_point started = Clock::now();
        stream.expires_after(request_limit);
        Parser parser;
        parser.header_limit(header_limit);
        // It is not looked at before the token is.
        parser.body_limit(boost::none);
        error_code error;
        co_await http::async_read_header(stream, buffer, parser, into(error));

        std::optional<Answer> answer;
        if (error == http::error::header_limit) {
            answer = Answer{http::status::request_header_fields_too_large};
        } else if (error.category() == http::make_error_code(http::error::bad_method).category() &&
                   error != http::error::end_of_stream && error != http::error::partial_message) {
            answer = Answer{http::status::bad_request};
        } else if (error) {
            co_return false;
        } else {
            answer = answer_to_header(parser);
        }

        if (!answer) {
            if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
                http::response<http::empty_body> response{http::status::continue_, 11};
                co_await http::async_write(stream, response, into(error));
            }
            parser.body_limit(body_limit);
            if (!error) co_await http::async_read(stream, buffer, parser, into(error));
            if (error == http::error::body_limit) {
                answer = Answer{http::status::payload_too_large};
            } else if (error && error != beast::error::timeout &&
                       error.category() ==
                           http::make_error_code(http::error::bad_chunk).category() &&
                       error != http::error::partial_message) {
                answer = Answer{http::status::bad_request};
            } else if (error) {
                co_return false;
            }
        }
        const std::size_t size = parser.get().body().size();
        if (!answer) answer = co_await answer_to_body(std::move(parser.get().body()));

        // What was not read can't be told from the next request.
        const bool keep_alive =
            !error && parser.is_done() && parser.get().keep_alive() && !stopping_;
        http::response<http::string_body> response{answer->status, parser.get().version()};
        response.keep_alive(keep_alive);
        if (answer->status == http::status::method_not_allowed)
            response.set(http::field::allow, answer->text);
        if (answer->status == http::status::service_unavailable)
            response.set(http::field::retry_after, "60");
        if (answer->status == http::status::ok) {
            response.set(http::field::content_type, "text/plain; version=0.0.4");
            response.body() = std::move(answer->text);
        }
        response.prepare_payload();
        if (parser.get().method() == http::verb::head) response.body().clear();
        stream.expires_after(request_limit);
        co_await http::async_write(stream, response, into(error));

        tell(parser.get(), *answer, size, Clock::now() - started);
        co_return keep_alive && !error;
    }

    /// The answer for which the body need not be read.
    std::optional<Answer> answer_to_header(const Parser& parser) {
        const Request& request = parser.get();
        const std::string_view target{request.target().data(), request.target().size()};
        if (target == "/healthz" || target == "/metrics") {
            if (request.method() != http::verb::get && request.method() != http::verb::head)
                return Answer{http::status::method_not_allowed, "GET, HEAD"};
            if (target == "/metrics") return Answer{http::status::ok, metrics_.text()};
            if (is_healthy_()) return Answer{http::status::ok, "ok\n"};
            return Answer{http::status::service_unavailable};
        }
        const auto token = mews::webhooks::token_in(target);
        if (!token || !tokens_.accepts(token->reveal())) return Answer{http::status::unauthorized};
        if (request.method() != http::verb::post)
            return Answer{http::status::method_not_allowed, "POST"};
        if (parser.content_length().value_or(0) > body_limit)
            return Answer{http::status::payload_too_large};
        return std::nullopt;
    }

    asio::awaitable<Answer> answer_to_body(std::string body) {
        const mews::webhooks::Timestamp received = now();
        const auto webhook = parser_.parse_webhook_view(body);
        Answer answer{http::status::no_content};
        if (webhook) {
            answer.about = count(*webhook);
        } else {
            const mews::webhooks::Error& fault = webhook.error();
            answer.about.append(" error=").append(to_string(fault.code));
            answer.about.append(" offset=").append(std::to_string(fault.offset));
            if (!fault.pointer.empty()) answer.about.append(" at=").append(fault.pointer);
            metrics_.add("receiver_faults_total", "error", to_string(fault.code));
            switch (kind_of(fault.code)) {
                case ErrorKind::contract:
                    break;  // It would be the same again. It is kept, and set aside.
                case ErrorKind::limit:
                    answer.status = http::status::payload_too_large;
                    break;
                case ErrorKind::malformed:
                    answer.status = http::status::bad_request;
                    break;
                case ErrorKind::resource:
                    answer.status = http::status::service_unavailable;
                    break;
            }
        }
        if (answer.status == http::status::no_content &&
            !co_await is_kept(std::move(body), received))
            answer.status = http::status::service_unavailable;
        co_return answer;
    }

    /// Whether the body was kept, and in time. If it was only too late, it comes twice.
    asio::awaitable<bool> is_kept(std::string body, mews::webhooks::Timestamp received) {
        struct Outcome {
            asio::steady_timer over;
            bool kept = false;
        };
        const auto outcome =
            std::make_shared<Outcome>(Outcome{asio::steady_timer{context_, commit_limit}, false});
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

    std::string count(const mews::webhooks::WebhookView& webhook) {
        using namespace mews::webhooks;
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
                    const std::string_view name =
                        std::visit([](const auto& e) { return name_of(e); }, event);
                    metrics_.add("receiver_general_events_total", "discriminator", name);
                }
                return std::string{" general_events="}.append(
                    std::to_string(general.events.size()));
            });
    }

    void tell(const Request& request, const Answer& answer, std::size_t size,
              Clock::duration time) {
        const std::string status = std::to_string(static_cast<unsigned>(answer.status));
        const http::verb method = request.method();
        const bool is_monitoring = request.target() == "/healthz" || request.target() == "/metrics";
        metrics_.add("receiver_requests_total", "status", status);
        if (!is_monitoring) metrics_.answered_in(time);
        const auto name = http::to_string(method);
        log({"method=",
             method == http::verb::unknown ? "other" : std::string_view{name.data(), name.size()},
             " status=", status, " bytes=", std::to_string(size), " us=",
             std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(time).count()),
             answer.about});
    }

    /// Closing while bytes are unread would make TCP throw away the answer on its way. So for a
    /// moment some more are read, and dropped.
    static asio::awaitable<void> close(beast::tcp_stream& stream, beast::flat_buffer& buffer) {
        error_code error;
        stream.socket().shutdown(tcp::socket::shutdown_send, error);
        stream.expires_after(linger_limit);
        for (std::size_t dropped = 0; !error && dropped < linger_bytes;) {
            buffer.clear();
            dropped += co_await stream.async_read_some(buffer.prepare(4096), into(error));
        }
    }

    asio::io_context& context_;
    tcp::acceptor acceptor_;
    mews::webhooks::UrlTokens tokens_;
    Metrics& metrics_;
    Keep keep_;
    std::function<bool()> is_healthy_;
    mews::webhooks::Parser parser_;
    std::set<beast::tcp_stream*> idle_;
    std::int64_t connections_ = 0;
    bool stopping_ = false;
};

Server::Server(asio::io_context& context, mews::webhooks::UrlTokens tokens, Metrics& metrics,
               Keep keep, std::function<bool()> is_healthy)
    : implementation_(std::make_unique<Implementation>(context, std::move(tokens), metrics,
                                                       std::move(keep), std::move(is_healthy))) {}
Server::~Server() = default;

std::string Server::listen(const std::string& address) {
    return implementation_->listen(address);
}

void Server::set_tokens(mews::webhooks::UrlTokens tokens) {
    implementation_->set_tokens(std::move(tokens));
}

void Server::stop() {
    implementation_->stop();
}

}  // namespace receiver
