/// @file
/// What is kept: the messages, the state of each integration, and the entities to look up.
///
/// A message is *waiting* until it is applied to the state, or *set aside* because it can't be.
/// What is sealed is encrypted: see seal.hpp.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "database.hpp"
#include "seal.hpp"

namespace receiver {

using mews::webhooks::Timestamp;

/// A message as it was received.
struct Message {
    std::int64_t id = 0;  ///< Chosen by the store.
    Timestamp received{};
    std::string sealed{};  ///< Its body.
};

/// What became of a message.
struct Outcome {
    std::int64_t id = 0;
    std::string redacted{};  ///< Its body as it may be shown; empty if not known.
    std::optional<std::string>
        findings{};  ///< Why it is set aside, a line each; else it is applied.
};

/// Of the messages, those that are not done.
struct Counts {
    std::int64_t waiting = 0;
    std::int64_t set_aside = 0;
};

/// For one thread; each has its own. All functions throw a DatabaseError if the database is away.
class Store {
  public:
    explicit Store(std::unique_ptr<Database> database) : database_(std::move(database)) {}

    /// Commits all of the messages or none.
    void append(std::span<const Message> messages) {
        std::vector<Row> rows;
        rows.reserve(messages.size());
        for (const Message& message : messages)
            rows.push_back({ticks(message.received), Bytes{message.sealed}});
        Transaction all{*database_};
        database_->execute("INSERT INTO message (received, body) VALUES ($1, $2)", rows);
        all.commit();
    }

    /// Finds out by a commit whether `append` would work.
    void check() {
        Transaction all{*database_};
        database_->execute(
            "INSERT INTO health (id, checks) VALUES (1, 1) "
            "ON CONFLICT (id) DO UPDATE SET checks = health.checks + 1");
        all.commit();
    }

    /// For what follows, until its commit.
    [[nodiscard]] Transaction transaction() { return Transaction{*database_}; }

    /// The first waiting messages, which no other store gets until the transaction ends.
    std::vector<Message> take(std::size_t most) {
        std::string sql{
            "SELECT id, received, body FROM message WHERE body IS NOT NULL AND findings IS NULL "
            "ORDER BY id LIMIT $1"};
        sql.append(database_->dialect().skip_locked);
        std::vector<Message> messages;
        for (Row& row : database_->execute(sql, Row{static_cast<std::int64_t>(most)}))
            messages.push_back({std::get<std::int64_t>(row[0]), time_of(row[1]),
                                std::move(std::get<Bytes>(row[2]).bytes)});
        return messages;
    }

    /// The integration's sealed state, nothing for a new one. No other store reads or writes it
    /// until the transaction ends. Who locks several does so in ascending order: then no two wait
    /// for each other.
    std::optional<std::string> lock_state(const std::string& integration) {
        // A row that is not there can't be locked.
        database_->execute(
            "INSERT INTO state (integration) VALUES ($1) ON CONFLICT (integration) DO NOTHING",
            Row{integration});
        std::string sql{"SELECT sealed FROM state WHERE integration = $1"};
        const auto rows =
            database_->execute(sql.append(database_->dialect().lock), Row{integration});
        const auto* sealed = std::get_if<Bytes>(&rows.front().front());
        return sealed == nullptr ? std::nullopt : std::optional{sealed->bytes};
    }

    void save_state(const std::string& integration, std::string sealed) {
        database_->execute("UPDATE state SET sealed = $1 WHERE integration = $2",
                           Row{Bytes{std::move(sealed)}, integration});
    }

    using Entities = decltype(mews::webhooks::IntegrationState::entities);
    /// Adds to the entities to look up, or moves their receipts forward.
    void add_entities(const std::string& integration, const Entities& entities) {
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

    void forget_entities(const std::string& integration) {
        database_->execute("DELETE FROM entity WHERE integration = $1", Row{integration});
    }

    /// Of a message that was applied, only the redacted form remains. One that was set aside keeps
    /// its sealed body, which may hold a credential that came nowhere else.
    void finish(std::span<const Outcome> outcomes) {
        std::vector<Row> rows;
        rows.reserve(outcomes.size());
        for (const Outcome& outcome : outcomes)
            rows.push_back({outcome.redacted, outcome.findings ? Value{*outcome.findings} : Value{},
                            outcome.id});
        database_->execute(
            "UPDATE message SET redacted = $1, findings = $2, "
            "body = CASE WHEN CAST($2 AS TEXT) IS NULL THEN NULL ELSE body END WHERE id = $3",
            rows);
    }

    /// Makes those that were set aside wait again, after a new version of the program for instance.
    void retry_set_aside() {
        database_->execute("UPDATE message SET findings = NULL WHERE findings IS NOT NULL");
    }

    /// Replaces each sealed text by what `reseal` makes of it and its purpose.
    void reseal(
        const std::function<std::string(std::string_view sealed, std::string purpose)>& reseal) {
        Transaction all{*database_};
        const auto locked = [&](std::string sql) {
            return database_->execute(sql.append(database_->dialect().lock));
        };
        for (const Row& row :
             locked("SELECT sealed, integration FROM state WHERE sealed IS NOT NULL")) {
            const auto& integration = std::get<std::string>(row[1]);
            save_state(integration,
                       reseal(std::get<Bytes>(row[0]).bytes, state_purpose(integration)));
        }
        for (const Row& row : locked("SELECT body, id FROM message WHERE body IS NOT NULL")) {
            const std::string purpose{body_purpose};
            database_->execute("UPDATE message SET body = $1 WHERE id = $2",
                               Row{Bytes{reseal(std::get<Bytes>(row[0]).bytes, purpose)}, row[1]});
        }
        all.commit();
    }

    /// @{
    /// For people.
    Counts counts() {
        const auto count = [&](std::string_view sql) {
            return std::get<std::int64_t>(database_->execute(sql).front().front());
        };
        return {count("SELECT count(*) FROM message WHERE body IS NOT NULL AND findings IS NULL"),
                count("SELECT count(*) FROM message WHERE findings IS NOT NULL")};
    }
    std::map<std::string, std::string> states() {
        std::map<std::string, std::string> states;
        for (const Row& row :
             database_->execute("SELECT integration, sealed FROM state WHERE sealed IS NOT NULL"))
            states.emplace(std::get<std::string>(row[0]), std::get<Bytes>(row[1]).bytes);
        return states;
    }
    Entities entities(const std::string& integration) {
        Entities entities;
        for (const Row& row : database_->execute(
                 "SELECT kind, id, received FROM entity WHERE integration = $1", Row{integration}))
            entities[std::get<std::string>(row[0])].emplace(std::get<std::string>(row[1]),
                                                            time_of(row[2]));
        return entities;
    }
    /// @}

  private:
    static std::int64_t ticks(Timestamp time) { return time.time_since_epoch().count(); }
    static Timestamp time_of(const Value& ticks) {
        return Timestamp{Timestamp::duration{std::get<std::int64_t>(ticks)}};
    }

    std::unique_ptr<Database> database_;
};

}  // namespace receiver
