#include "worker.hpp"

#include <chrono>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks.hpp>

#include "log.hpp"
#include "saved_state.hpp"

namespace receiver {

namespace {

using namespace mews::webhooks;

constexpr std::size_t messages_at_once = 100;
constexpr std::chrono::milliseconds short_rest{20};
constexpr std::chrono::seconds long_rest{1};

using Clock = std::chrono::steady_clock;

/// A database's text has no NUL, and an index no long values. Ids have 36 characters.
bool can_be_key(std::string_view text) {
    return text.size() <= 256 && text.find('\0') == std::string_view::npos;
}

void apply(IntegrationState& state, const Event& event, Timestamp received) {
    state.apply(event, received);
}

void apply(IntegrationState& state, const GeneralWebhook& webhook, Timestamp received) {
    IntegrationState told;
    for (const GeneralEvent& event : webhook.events) {
        match(
            event,
            [&](const EntityEvent& e) {
                told.entities[std::string{to_string(e.discriminator)}].emplace(e.id, received);
            },
            [&](const UnknownEntityEvent& e) {
                told.entities[e.discriminator].emplace(e.id.value_or(""), received);
            });
    }
    state.merge(told);
}

/// Which integration it is about: an empty name for none.
std::string about(const Webhook& webhook) {
    return match(
        webhook,
        [](const Event& event) {
            const auto* integration = integration_of(event);
            return integration == nullptr ? std::string{} : integration->id;
        },
        [](const GeneralWebhook& general) { return general.integration_id; });
}

bool has_usable_names(const std::string& integration, const IntegrationState& told) {
    bool usable = can_be_key(integration);
    for (const auto& [kind, ids] : told.entities) {
        usable = usable && can_be_key(kind);
        for (const auto& [id, received] : ids)
            usable = usable && can_be_key(id);
    }
    return usable;
}

/// What is wrong with a body and what is worth knowing of it, a line each.
std::string findings_in(std::string_view body) {
    std::string lines;
    const Inspection inspection = inspect(body);
    for (const Error& violation : inspection.violations)
        lines.append(violation.message()).append("\n");
    for (const Notice& notice : inspection.notices)
        lines.append(notice.message()).append("\n");
    return lines;
}

}  // namespace

void Worker::wake() {
    {
        const std::lock_guard lock{mutex_};
        woken_ = true;
    }
    changed_.notify_one();
}

void Worker::run(const std::stop_token& stop) {
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

std::size_t Worker::apply_some() {
    Transaction all = store_.transaction();
    const std::vector<Message> messages = store_.take(messages_at_once);

    std::vector<Outcome> outcomes;
    /// What these messages tell, by integration.
    std::map<std::string, IntegrationState> told;
    for (const Message& message : messages) {
        Outcome& outcome = outcomes.emplace_back(Outcome{.id = message.id});
        const std::optional<std::string> body = sealer_.open(message.sealed, body_purpose);
        if (!body) {
            outcome.findings = "none of the keys opens the body\n";
            continue;
        }
        if (Result<std::string> form = redact(*body)) outcome.redacted = *std::move(form);
        const Result<Webhook> webhook = parse_webhook(*body);
        if (!webhook) {
            outcome.findings = findings_in(*body);
            continue;
        }
        const std::string integration = about(*webhook);
        IntegrationState news;
        match(*webhook,
              [&](const auto& of_its_family) { apply(news, of_its_family, message.received); });
        if (!has_usable_names(integration, news)) {
            outcome.findings = "an id or a name of a kind can't be a key of the database\n";
        } else if (!integration.empty()) {
            told[integration].merge(news);
        }
    }

    std::vector<std::string> integrations;
    for (const auto& [integration, news] : told)
        integrations.push_back(integration);
    const auto states = store_.lock_states(integrations);
    for (std::size_t i = 0; i != integrations.size(); ++i) {
        const std::string& integration = integrations[i];
        IntegrationState state;
        if (states[i]) {
            const auto text = sealer_.open(*states[i], state_purpose(integration));
            if (!text) throw std::runtime_error{"none of the keys opens a state"};
            state = state_from(*text);
        }
        state.merge(told.at(integration));
        if (state.summary().is_deleted) store_.forget_entities(integration);
        store_.add_entities(integration, state.entities);
        store_.save_state(integration, sealer_.seal(saved(state), state_purpose(integration)));
    }
    store_.finish(outcomes);
    all.commit();

    for (const Outcome& outcome : outcomes)
        metrics_.add(outcome.findings ? "receiver_set_aside_total" : "receiver_applied_total");
    return messages.size();
}

}  // namespace receiver
