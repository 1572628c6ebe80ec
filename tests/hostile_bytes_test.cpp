/// @file
/// Golden bodies cut short at every byte, and with every byte replaced by hostile ones: no crash,
/// one answer whichever way it is asked for, and whatever is accepted is written and read again.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using results::check_equal;

namespace {

/// Bytes that end, open or escape something, that are no JSON, no UTF-8 or no ASCII, or that make
/// another number, literal, digit or name of what they stand in.
constexpr std::string_view hostile{
    "\"\\{}[]:,/-+.0129eEtfnuaAZ_ \t\n\r\x00\x01\x1F\x7F\x80\xBF\xC0"
    "\xC3\xE2\xED\xEF\xF0\xF4\xF5\xFE\xFF",
    47};

/// How much of a body that holds one thing over and over is worth the time.
constexpr std::size_t longest = 700;

/// Parses bodies in all ways, and says what is wrong with the answers.
class Prober {
  public:
    explicit Prober(Contract contract) : options_(results::under(contract)), reused_(options_) {}

    /// What is wrong with the answers to this body; nothing, if all is well. Not a CHECK for each:
    /// there are a million of them.
    std::string probe(std::string_view body) {
        const Result<Event> event = reused_.parse(body);
        const Result<EventView> view = viewing_.parse_view(body);
        if (event.has_value() != view.has_value()) return "parse and parse_view disagree";
        if (!(Parser{options_}.parse(body) == event)) return "a new Parser disagrees";
        if (!event) {
            ++refused;
            if (!(event.error() == view.error())) return "parse and parse_view disagree";
            if (event.error().offset > body.size()) return "the offset lies behind the body";
            return {};
        }
        ++accepted;
        if (!(to_owned(*view) == *event)) return "parse and parse_view disagree";
        const std::string json = to_json(*event);
        if (json != to_json(*view)) return "an event and its view are written differently";
        // Written, what only the observed contract accepts is still that.
        if (!(observing_.parse(json) == event)) return "what was written is not what was read";
        return {};
    }

    std::size_t accepted = 0;
    std::size_t refused = 0;

  private:
    ParseOptions options_;
    Parser reused_;
    Parser viewing_{options_};
    Parser observing_{};
};

}  // namespace

TEST_CASE("a body that ends too early is refused, wherever it ends") {
    for (const Contract contract : results::contracts) {
        Parser parser{results::under(contract)};
        Prober prober{contract};
        for (const payloads::Payload& payload : payloads::golden()) {
            INFO(payload.label());
            const std::string_view body = payload.body;
            const std::size_t end = body.find_last_of('}');
            for (std::size_t size = 0; size <= end; ++size) {
                const Result<Event> result = parser.parse(body.substr(0, size));
                const std::string wrong = prober.probe(body.substr(0, size));
                if (!result.has_value() && result.error().offset <= size && wrong.empty()) continue;
                INFO("cut to " << size << " bytes: " << wrong);
                CHECK_FALSE(result.has_value());
                CHECK(wrong.empty());
            }
        }
        CHECK(prober.accepted == 0);
    }
}

TEST_CASE("where a body ends too early is where the fault is, if nothing else is wrong") {
    const std::string& body = payloads::body("documented/integration-created-compact");
    for (std::size_t size = 1; size != body.size(); ++size) {
        INFO(size);
        check_equal<Event>(parse(std::string_view{body}.substr(0, size)),
                           Error{ErrorCode::malformed_json, "", size});
    }
}

TEST_CASE("each byte of each body replaced by hostile ones") {
    for (const Contract contract : results::contracts) {
        Prober prober{contract};
        for (const payloads::Payload& payload : payloads::golden()) {
            if (payload.body.size() > longest) continue;
            INFO(payload.label());
            std::string body = payload.body;
            for (std::size_t at = 0; at != body.size(); ++at) {
                for (const char byte : hostile) {
                    if (byte == payload.body[at]) continue;
                    body[at] = byte;
                    const std::string wrong = prober.probe(body);
                    if (wrong.empty()) continue;
                    INFO("byte " << at << " is " << static_cast<int>(byte) << ": " << wrong);
                    CHECK(wrong.empty());
                }
                body[at] = payload.body[at];
            }
        }
        // Bytes of texts may be others: much is accepted. Most is not.
        CHECK(prober.accepted > 50'000);
        CHECK(prober.refused > 100'000);
    }
}

TEST_CASE("each byte of each body left out, or standing twice") {
    for (const Contract contract : results::contracts) {
        Prober prober{contract};
        for (const payloads::Payload& payload : payloads::all()) {
            if (payload.body.size() > longest) continue;
            INFO(payload.label());
            for (std::size_t at = 0; at != payload.body.size(); ++at) {
                std::string shorter = payload.body;
                shorter.erase(at, 1);
                std::string longer = payload.body;
                longer.insert(at, 1, longer[at]);
                const std::string wrong = prober.probe(shorter) + prober.probe(longer);
                if (wrong.empty()) continue;
                INFO("byte " << at << ": " << wrong);
                CHECK(wrong.empty());
            }
        }
        CHECK(prober.accepted > 10'000);
        CHECK(prober.refused > 10'000);
    }
}

TEST_CASE("a hostile byte put between any two") {
    Prober prober{Contract::observed};
    for (const std::string_view label :
         {"documented/integration-created-compact", "documented/integration-enabled-escaped-names",
          "documented/unknown-event-white-space-in-data",
          "observed/integration-deleted-date-null-data-before-action"}) {
        INFO(label);
        const std::string& golden = payloads::body(label);
        for (std::size_t at = 0; at <= golden.size(); ++at) {
            for (const char byte : hostile) {
                std::string body = golden;
                body.insert(at, 1, byte);
                const std::string wrong = prober.probe(body);
                if (wrong.empty()) continue;
                INFO("byte " << at << " is " << static_cast<int>(byte) << ": " << wrong);
                CHECK(wrong.empty());
            }
        }
    }
    CHECK(prober.accepted > 1'000);
    CHECK(prober.refused > 1'000);
}

TEST_CASE("what the fast way accepts, the slow way reads alike") {
    // Errors all come from the slow way, read_body. That the fast way accepts nothing else and
    // makes nothing else of it can only be seen by asking both.
    Parser parser;
    std::size_t compared = 0;
    const auto compare = [&](const std::string& body) {
        const Result<EventView> fast = parser.parse_view(body);
        if (body.starts_with("\xEF\xBB\xBF")) return true;
        std::string scratch(body.size() + 64, '\0');
        const Result<EventView> slow =
            detail::read_body(body, 0, scratch.data(), Contract::observed, 64);
        ++compared;
        return fast.has_value() ? slow.has_value() && *slow == *fast : !slow.has_value();
    };
    for (const payloads::Payload& payload : payloads::all()) {
        INFO(payload.label());
        CHECK(compare(payload.body));
        if (payload.folder == "broken" || payload.body.size() > longest) continue;
        std::string body = payload.body;
        for (std::size_t at = 0; at != body.size(); ++at) {
            for (const char byte : hostile) {
                body[at] = byte;
                if (compare(body)) continue;
                INFO("byte " << at << " is " << static_cast<int>(byte));
                CHECK(compare(body));
            }
            body[at] = payload.body[at];
        }
    }
    CHECK(compared > 100'000);
}
