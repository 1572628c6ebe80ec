// Testing the code that receives webhooks, without recorded bodies and without a sender: build the
// event that a test needs as a value, and let to_json write the body that Mews would send.

#include <chrono>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <variant>

#include <mews/webhooks.hpp>

namespace webhooks = mews::webhooks;

namespace {

// ── the code under test ─────────────────────────────────────────────────────────────────────────

/// Knows the access token of each integration.
class Tokens {
  public:
    /// Receives one body. Returns whether to answer with success; errors.cpp has the statuses.
    bool receive(std::string_view body) {
        const auto event = webhooks::parse(body);
        // What breaks the contract would come again as it is: a receiver sets it aside.
        if (!event) return kind_of(event.error().code) == webhooks::ErrorKind::contract;
        if (const auto* created = std::get_if<webhooks::IntegrationCreated>(&*event)) {
            tokens_.insert_or_assign(created->integration.id, created->access_token);
        } else if (const auto* renewed = std::get_if<webhooks::IntegrationApiKeyCreated>(&*event)) {
            tokens_.insert_or_assign(renewed->integration.id, renewed->api_key);
        } else if (const auto* deleted = std::get_if<webhooks::IntegrationDeleted>(&*event)) {
            tokens_.erase(deleted->integration.id);
        }
        return true;
    }

    /// Empty for an integration that is not known.
    [[nodiscard]] webhooks::Secret token_of(const std::string& integration_id) const {
        const auto found = tokens_.find(integration_id);
        return found == tokens_.end() ? webhooks::Secret{} : found->second;
    }

  private:
    std::map<std::string, webhooks::Secret> tokens_;
};

// ── its tests ───────────────────────────────────────────────────────────────────────────────────

bool all_passed = true;

void check(bool passed, std::string_view what) {
    std::cout << (passed ? "passed  " : "FAILED  ") << what << '\n';
    all_passed = all_passed && passed;
}

const webhooks::Integration door_locks{.id = "int-1", .name = "Door Locks"};

/// A whole event; a test changes the member that it is about.
webhooks::IntegrationCreated created() {
    using namespace std::chrono_literals;
    return {
        .enterprise = {.id = "ent-1", .name = "The Invented Arms"},
        .access_token = webhooks::Secret{"INVENTED-TOKEN"},
        .created_utc = std::chrono::sys_days{2024y / 2 / 29} + 8h + 15min,
        .is_enabled = true,
        .integration = door_locks,
    };
}

}  // namespace

int main() {
    Tokens tokens;
    check(tokens.receive(to_json(created())), "a new integration is accepted");
    check(tokens.token_of("int-1") == webhooks::Secret{"INVENTED-TOKEN"}, "its token is kept");

    const webhooks::IntegrationApiKeyCreated renewed{door_locks, webhooks::Secret{"INVENTED-KEY"}};
    check(tokens.receive(to_json(renewed)), "a new key is accepted");
    check(tokens.token_of("int-1") == webhooks::Secret{"INVENTED-KEY"}, "it replaces the token");

    const webhooks::UnknownEvent unknown{.action = "IntegrationRenamed",
                                         .integration = door_locks,
                                         .data = webhooks::Secret{R"({"Integration":{}})"}};
    check(tokens.receive(to_json(unknown)), "an event that is not known is accepted");

    check(tokens.receive(to_json(webhooks::IntegrationDeleted{{}, door_locks})),
          "a deletion is accepted, also without its time");
    check(tokens.token_of("int-1") == webhooks::Secret{}, "the key is forgotten");

    // Bodies that no Event can be written as come from breaking one that is right.
    std::string cut_short = to_json(created());
    cut_short.resize(cut_short.size() / 2);
    check(!tokens.receive(cut_short), "half a body is refused");
    const std::size_t limit = webhooks::ParseOptions{}.max_body_bytes;
    check(!tokens.receive(std::string(limit + 1, ' ')), "too large a body is refused");

    return all_passed ? 0 : 1;
}
