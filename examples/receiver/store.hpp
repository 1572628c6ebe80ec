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
#include <vector>

#include <mews/webhooks.hpp>
#include "database.hpp"

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
    std::optional<std::string>
        redacted{};  ///< Its body as it may be shown, unless that is not known.
    std::optional<std::string>
        findings{};  ///< Why it was set aside, a line each; else it is applied.
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
    void append(std::span<const Message> messages);

    /// Whether `append` would work is found out by a commit.
    void check();

    /// For what follows, until its commit.
    [[nodiscard]] Transaction transaction() { return Transaction{*database_}; }

    /// The first waiting messages, which no other store gets until the transaction ends.
    std::vector<Message> take(std::size_t most);

    /// The sealed states of the integrations, nothing for a new one. No other store reads or writes
    /// them until the transaction ends.
    /// @param integrations in ascending order: if each locks in the same order, no two wait for one
    ///        another
    std::vector<std::optional<std::string>> lock_states(std::span<const std::string> integrations);
    void save_state(const std::string& integration, std::string sealed);

    using Entities = decltype(mews::webhooks::IntegrationState::entities);
    /// Adds to the entities to look up, or moves their receipts forward.
    void add_entities(const std::string& integration, const Entities& entities);
    void forget_entities(const std::string& integration);

    /// Of a message that was applied, only the redacted form remains. One that was set aside keeps
    /// its sealed body, which may hold a credential that came nowhere else.
    void finish(std::span<const Outcome> outcomes);

    /// Makes those that were set aside wait again, after a new version of the program for instance.
    void retry_set_aside();

    /// @{
    /// For people.
    Counts counts();
    std::map<std::string, std::string> states();
    Entities entities(const std::string& integration);
    /// @}

    /// Replaces each sealed text by what `reseal` makes of it and its purpose.
    void reseal(
        const std::function<std::string(std::string_view sealed, std::string purpose)>& reseal);

  private:
    std::unique_ptr<Database> database_;
};

}  // namespace receiver
