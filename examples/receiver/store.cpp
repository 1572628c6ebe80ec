#include "store.hpp"

#include <utility>

#include "seal.hpp"

namespace receiver {

namespace {

std::int64_t ticks(Timestamp time) {
    return time.time_since_epoch().count();
}

Timestamp time_of(const Value& ticks) {
    return Timestamp{Timestamp::duration{std::get<std::int64_t>(ticks)}};
}

Value text_or_null(const std::optional<std::string>& text) {
    return text ? Value{*text} : Value{};
}

}  // namespace

void Store::append(std::span<const Message> messages) {
    std::vector<Row> rows;
    for (const Message& message : messages)
        rows.push_back({ticks(message.received), Bytes{message.sealed}});
    Transaction all{*database_};
    database_->execute("INSERT INTO message (received, body) VALUES ($1, $2)", rows);
    all.commit();
}

void Store::check() {
    Transaction all{*database_};
    database_->execute(
        "INSERT INTO health (id, checked) VALUES (1, $1) "
        "ON CONFLICT (id) DO UPDATE SET checked = health.checked + 1",
        Row{std::int64_t{0}});
    all.commit();
}

std::vector<Message> Store::take(std::size_t most) {
    std::vector<Message> messages;
    const std::string sql =
        "SELECT id, received, body FROM message WHERE body IS NOT NULL AND findings IS NULL "
        "ORDER BY id LIMIT $1" +
        std::string{database_->dialect().skip_locked};
    for (Row& row : database_->execute(sql, Row{static_cast<std::int64_t>(most)}))
        messages.push_back({std::get<std::int64_t>(row[0]), time_of(row[1]),
                            std::move(std::get<Bytes>(row[2]).bytes)});
    return messages;
}

std::vector<std::optional<std::string>> Store::lock_states(
    std::span<const std::string> integrations) {
    std::vector<Row> ids;
    for (const std::string& integration : integrations)
        ids.push_back({integration});
    // A row that is not there can't be locked.
    database_->execute(
        "INSERT INTO state (integration) VALUES ($1) ON CONFLICT (integration) DO NOTHING", ids);
    std::vector<std::optional<std::string>> states;
    const std::string sql =
        "SELECT sealed FROM state WHERE integration = $1" + std::string{database_->dialect().lock};
    for (Row& row : database_->execute(sql, ids)) {
        auto* sealed = std::get_if<Bytes>(&row.front());
        states.push_back(sealed == nullptr ? std::nullopt
                                           : std::optional{std::move(sealed->bytes)});
    }
    return states;
}

void Store::save_state(const std::string& integration, std::string sealed) {
    database_->execute("UPDATE state SET sealed = $1 WHERE integration = $2",
                       Row{Bytes{std::move(sealed)}, integration});
}

void Store::add_entities(const std::string& integration, const Entities& entities) {
    std::vector<Row> rows;
    for (const auto& [kind, ids] : entities) {
        for (const auto& [id, received] : ids)
            rows.push_back({integration, kind, id, ticks(received)});
    }
    database_->execute(
        "INSERT INTO entity (integration, kind, id, received) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (integration, kind, id) DO UPDATE SET received = excluded.received "
        "WHERE excluded.received > entity.received",
        rows);
}

void Store::forget_entities(const std::string& integration) {
    database_->execute("DELETE FROM entity WHERE integration = $1", Row{integration});
}

void Store::finish(std::span<const Outcome> outcomes) {
    std::vector<Row> applied;
    std::vector<Row> set_aside;
    for (const Outcome& outcome : outcomes) {
        if (outcome.findings) {
            set_aside.push_back({text_or_null(outcome.redacted), *outcome.findings, outcome.id});
        } else {
            applied.push_back({text_or_null(outcome.redacted), outcome.id});
        }
    }
    database_->execute("UPDATE message SET body = NULL, redacted = $1 WHERE id = $2", applied);
    database_->execute("UPDATE message SET redacted = $1, findings = $2 WHERE id = $3", set_aside);
}

void Store::retry_set_aside() {
    database_->execute("UPDATE message SET findings = NULL WHERE findings IS NOT NULL");
}

Counts Store::counts() {
    const auto count = [&](std::string_view sql) {
        return std::get<std::int64_t>(database_->execute(sql).front().front());
    };
    return {count("SELECT count(*) FROM message WHERE body IS NOT NULL AND findings IS NULL"),
            count("SELECT count(*) FROM message WHERE findings IS NOT NULL")};
}

std::map<std::string, std::string> Store::states() {
    std::map<std::string, std::string> states;
    for (Row& row :
         database_->execute("SELECT integration, sealed FROM state WHERE sealed IS NOT NULL"))
        states.emplace(std::get<std::string>(row[0]), std::move(std::get<Bytes>(row[1]).bytes));
    return states;
}

Store::Entities Store::entities(const std::string& integration) {
    Entities entities;
    for (const Row& row : database_->execute(
             "SELECT kind, id, received FROM entity WHERE integration = $1", Row{integration}))
        entities[std::get<std::string>(row[0])].emplace(std::get<std::string>(row[1]),
                                                        time_of(row[2]));
    return entities;
}

void Store::reseal(
    const std::function<std::string(std::string_view sealed, std::string purpose)>& reseal) {
    Transaction all{*database_};
    const std::string lock{database_->dialect().lock};
    for (const Row& row : database_->execute(
             "SELECT sealed, integration FROM state WHERE sealed IS NOT NULL" + lock)) {
        const auto& integration = std::get<std::string>(row[1]);
        save_state(integration, reseal(std::get<Bytes>(row[0]).bytes, state_purpose(integration)));
    }
    for (const Row& row :
         database_->execute("SELECT body, id FROM message WHERE body IS NOT NULL" + lock)) {
        database_->execute(
            "UPDATE message SET body = $1 WHERE id = $2",
            Row{Bytes{reseal(std::get<Bytes>(row[0]).bytes, std::string{body_purpose})}, row[1]});
    }
    all.commit();
}

}  // namespace receiver
