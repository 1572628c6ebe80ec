// Receives the webhooks of Mews, and keeps the state of each integration. README.md says how to run
// it.

#include <algorithm>
#include <csignal>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <mews/webhooks.hpp>

#include "inbox.hpp"
#include "log.hpp"
#include "metrics.hpp"
#include "saved_state.hpp"
#include "seal.hpp"
#include "server.hpp"
#include "store.hpp"
#include "worker.hpp"

namespace receiver {

namespace {

constexpr std::string_view usage = R"(usage:
    receiver --new-key FILE
        makes a key
    receiver --listen ADDRESS:PORT --tokens FILE --key FILE --store STORE
        receives until SIGTERM; SIGHUP reads the tokens again
    receiver --state --key FILE --store STORE
        prints what is known of each integration
    receiver --retry --key FILE --store STORE
        makes the messages that were set aside wait to be applied once more
    receiver --reseal --key FILE --store STORE
        encrypts all with the first key, so that the others can go

STORE   sqlite:PATH, or postgresql:FILE with a connection string in the file
tokens  one a line
key     64 hexadecimal digits a line: the first encrypts, each decrypts
)";

using Options = std::map<std::string, std::string, std::less<>>;

struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

Options options_in(const std::vector<std::string>& arguments) {
    Options options;
    for (std::size_t i = 0; i != arguments.size(); ++i) {
        const std::string& name = arguments[i];
        const bool is_flag = name == "--state" || name == "--retry" || name == "--reseal";
        const bool takes_value = name == "--new-key" || name == "--listen" || name == "--tokens" ||
                                 name == "--key" || name == "--store";
        if (!is_flag && !takes_value) throw UsageError{"unknown option: " + name};
        if (takes_value && i + 1 == arguments.size()) throw UsageError{name + " wants a value"};
        options.insert_or_assign(name, is_flag ? std::string{} : arguments[++i]);
    }
    return options;
}

const std::string& required(const Options& options, std::string_view name) {
    const auto found = options.find(name);
    if (found == options.end()) throw UsageError{"missing: " + std::string{name}};
    return found->second;
}

mews::webhooks::UrlTokens tokens_in(const std::string& path) {
    std::vector<mews::webhooks::Secret> tokens;
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (!line.empty()) tokens.emplace_back(std::move(line));
    }
    if (tokens.empty()) throw std::runtime_error{"no token in " + path};
    return mews::webhooks::UrlTokens{std::move(tokens)};
}

std::string opened(const Sealer& sealer, std::string_view sealed, const std::string& purpose) {
    std::optional<std::string> text = sealer.open(sealed, purpose);
    if (!text) throw std::runtime_error{"none of the keys opens what is in the store"};
    return *std::move(text);
}

void print_state(Store& store, const Sealer& sealer) {
    const Counts counts = store.counts();  // first: what is not waiting now is in the states then
    for (const auto& [integration, sealed] : store.states()) {
        const auto state = state_from(opened(sealer, sealed, state_purpose(integration)));
        std::cout << mews::webhooks::escaped(integration) << ": " << state << '\n';
        for (const auto& [kind, ids] : store.entities(integration))
            std::cout << "    to look up: " << ids.size() << ' ' << mews::webhooks::escaped(kind)
                      << '\n';
    }
    std::cout << counts.waiting << " messages waiting, " << counts.set_aside << " set aside\n";
}

void receive(const Options& options, const Sealer& sealer) {
    const std::string& store = required(options, "--store");
    const std::string& tokens = required(options, "--tokens");
    const std::string& address = required(options, "--listen");
    // With a wrong key, nothing could be applied: better to know it now.
    for (const auto& [integration, sealed] : Store{open_database(store, Commits::synced)}.states())
        opened(sealer, sealed, state_purpose(integration));

    Metrics metrics;
    boost::asio::io_context context{1};
    // If a crash of the system undoes some of the worker's commits, it does the same again.
    Worker worker{Store{open_database(store, Commits::later)}, sealer, metrics};
    Inbox inbox{Store{open_database(store, Commits::synced)}, sealer, metrics,
                [&] { worker.wake(); }};
    const auto server = make_server(
        context, tokens_in(tokens), metrics,
        [&](std::string body, Timestamp received, Inbox::Done done) {
            inbox.put(std::move(body), received, std::move(done));
        },
        [&] { return inbox.is_healthy(); });

    boost::asio::signal_set signals{context, SIGTERM, SIGINT, SIGHUP};
    const std::function<void()> wait_for_signal = [&] {
        signals.async_wait([&](boost::system::error_code error, int signal) {
            if (error) return;
            if (signal != SIGHUP) {
                log({"stopping"});
                server->stop();
                return;
            }
            try {
                server->set_tokens(tokens_in(tokens));
                log({"tokens read again"});
            } catch (const std::exception& problem) {
                log({"error=tokens, the old ones stay what=\"", problem.what(), "\""});
            }
            wait_for_signal();
        });
    };
    wait_for_signal();

    std::cout << "listening on " << server->listen(address) << std::endl;
    context.run();
}

int run(const std::vector<std::string>& arguments) {
    const Options options = options_in(arguments);
    if (options.contains("--new-key")) {
        Sealer::make_key_file(required(options, "--new-key"));
        return 0;
    }
    const Sealer sealer{required(options, "--key")};
    if (options.contains("--listen")) {
        receive(options, sealer);
        return 0;
    }
    Store store{open_database(required(options, "--store"), Commits::synced)};
    if (options.contains("--state")) {
        print_state(store, sealer);
    } else if (options.contains("--retry")) {
        store.retry_set_aside();
    } else if (options.contains("--reseal")) {
        store.reseal([&](std::string_view sealed, const std::string& purpose) {
            return sealer.seal(opened(sealer, sealed, purpose), purpose);
        });
    } else {
        throw UsageError{"nothing to do"};
    }
    return 0;
}

}  // namespace

std::unique_ptr<Database> open_database(std::string_view where, Commits commits) {
    const std::string_view kind = where.substr(0, where.find(':'));
    const std::string path{where.substr(std::min(where.size(), kind.size() + 1))};
    if (kind == "sqlite") return open_sqlite(path, commits);
    if (kind == "postgresql") return open_postgresql(path, commits);
    throw UsageError{"not a store: " + std::string{where}};
}

}  // namespace receiver

int main(int argc, char** argv) {
    // What the store writes is nobody else's.
    umask(077);
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    try {
        return receiver::run({argv + 1, argv + argc});
    } catch (const receiver::UsageError& error) {
        std::cerr << "receiver: " << error.what() << '\n' << receiver::usage;
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "receiver: " << error.what() << '\n';
        return 1;
    }
}
