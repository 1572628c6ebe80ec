/// @file
/// From the messages that are stored to the states of the integrations.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "log.hpp"
#include "metrics.hpp"
#include "saved_state.hpp"
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
    void wake() {
        {
            const std::lock_guard lock{mutex_};
            woken_ = true;
        }
        changed_.notify_one();
    }

  private:
    using Clock = std::chrono::steady_clock;
    using State = mews::webhooks::IntegrationState;
    static constexpr std::size_t messages_at_once = 32;
    static constexpr std::chrono::milliseconds short_rest{20};
    static constexpr std::chrono::seconds long_rest{1};

    void run(const std::stop_token& stop) {
        Clock::time_point counted{};
        while (!stop.stop_requested()) {
            const Clock::time_point started = Clock::now();
            Clock::duration rest = long_rest;
            bool is_more = false;
            try {
                is_more = apply_some() == messages_at_once;
                // The answers come first: most of the time, the database is the inbox's.
                rest = is_more ? 3 * (Clock::now() - started) : short_rest;
                if (started - counted > long_rest) {
                    const Counts counts = store_.counts();
                    metrics_.set_gauge("receiver_messages_waiting", counts.waiting);
                    metrics_.set_gauge("receiver_messages_set_aside", counts.set_aside);
                    counted = started;
                }
            } catch (const std::exception& error) {
                log({"error=store thread=worker what=\"", error.what(), "\""});
                metrics_.add("receiver_store_errors_total", "thread", "worker");
            }
            std::unique_lock lock{mutex_};
            changed_.wait_for(lock, stop, rest, [] { return false; });
            // Those of another receiver that has ended wake nobody.
            if (!is_more) changed_.wait_for(lock, stop, long_rest, [&] { return woken_; });
            woken_ = false;
        }
    }

    std::size_t apply_some() {
        Transaction all = store_.transaction();
        std::vector<Outcome> outcomes;
        std::map<std::string, State> told;  // by integration, in ascending order
        for (const Message& message : store_.take(messages_at_once))
            outcomes.push_back(read(message, told));

        for (const auto& [integration, news] : told)
            update(integration, news);
        store_.finish(outcomes);
        all.commit();

        for (const Outcome& outcome : outcomes)
            metrics_.add(outcome.findings ? "receiver_set_aside_total" : "receiver_applied_total");
        return outcomes.size();
    }

    /// Adds what the message tells.
    Outcome read(const Message& message, std::map<std::string, State>& told) {
        Outcome outcome{.id = message.id};
        const std::optional<std::string> body = sealer_.open(message.sealed, body_purpose);
        if (!body) {
            outcome.findings = "none of the keys opens the body\n";
            return outcome;
        }
        if (const auto form = mews::webhooks::redact(*body)) outcome.redacted = *form;
        const auto webhook = parser_.parse_webhook(*body);
        if (!webhook) {
            outcome.findings = findings_in(*body);
            return outcome;
        }
        State news;
        const std::string integration = mews::webhooks::match(
            *webhook, [&](const auto& event) { return apply(news, event, message.received); });
        if (!has_usable_names(integration, news)) {
            outcome.findings = "an id or the name of a kind can't be a key of the database\n";
        } else if (!integration.empty()) {
            told[integration].merge(news);
        }
        return outcome;
    }

    void update(const std::string& integration, const State& news) {
        const std::string purpose = state_purpose(integration);
        State state;
        if (const auto sealed = store_.lock_state(integration)) {
            const std::optional<std::string> text = sealer_.open(*sealed, purpose);
            if (!text) throw std::runtime_error{"none of the keys opens a state"};
            state = state_from(*text);
        }
        state.merge(news);
        if (state.summary().is_deleted) store_.forget_entities(integration);
        store_.add_entities(integration, state.entities);
        store_.save_state(integration, sealer_.seal(saved(state), purpose));
    }

    /// @{
    /// Applies what came to an empty state. Returns which integration it is about: an empty name
    /// for none.
    static std::string apply(State& news, const mews::webhooks::Event& event, Timestamp received) {
        news.apply(event, received);
        const auto* integration = integration_of(event);
        return integration == nullptr ? std::string{} : integration->id;
    }
    static std::string apply(State& news, const mews::webhooks::GeneralWebhook& general,
                             Timestamp received) {
        using namespace mews::webhooks;
        for (const GeneralEvent& event : general.events) {
            if (const auto* known = std::get_if<EntityEvent>(&event)) {
                news.entities[std::string{to_string(known->discriminator)}][known->id] = received;
            } else if (const auto* unknown = std::get_if<UnknownEntityEvent>(&event)) {
                news.entities[unknown->discriminator][unknown->id.value_or("")] = received;
            }
        }
        return general.integration_id;
    }
    /// @}

    /// A database's text has no NUL, and an index no long values. Ids have 36 characters.
    static bool has_usable_names(std::string_view integration, const State& news) {
        const auto is_usable = [](std::string_view name) {
            return name.size() <= 256 && name.find('\0') == std::string_view::npos;
        };
        bool are_usable = is_usable(integration);
        for (const auto& [kind, ids] : news.entities) {
            are_usable = are_usable && is_usable(kind);
            for (const auto& [id, received] : ids)
                are_usable = are_usable && is_usable(id);
        }
        return are_usable;
    }

    /// What is wrong with a body and what is worth knowing of it, a line each.
    static std::string findings_in(std::string_view body) {
        const mews::webhooks::Inspection inspection = mews::webhooks::inspect(body);
        std::string lines;
        for (const auto& violation : inspection.violations)
            lines.append(violation.message()).append("\n");
        for (const auto& notice : inspection.notices)
            lines.append(notice.message()).append("\n");
        return lines;
    }

    Store store_;
    const Sealer& sealer_;
    Metrics& metrics_;
    mews::webhooks::Parser parser_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool woken_ = false;
    std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};
};

}  // namespace receiver
