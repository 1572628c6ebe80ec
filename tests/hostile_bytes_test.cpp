/// @file
/// Golden bodies cut short at every byte, and with every byte replaced by hostile ones: no crash,
/// one answer from every function that parses, and whatever is accepted is written and read again.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "families.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using results::check_equal;

namespace {

/// Bytes that end, open, separate or escape something, that are no JSON, no UTF-8 or no ASCII, or
/// that make another number, literal, digit or name of what they stand in.
constexpr std::string_view hostile{"\"\\{}[]:,-.0etuZ \n\x00\x1F\x80\xC3\xE2\xEF\xFF", 24};
static_assert(hostile.back() == '\xFF');

/// How much of a body that holds one thing over and over is worth the time.
constexpr std::size_t longest = 700;

/// Parses bodies with every function there is for a family, and compares the answers.
template <class View>
class Prober {
  public:
    explicit Prober(Contract contract) : options_(results::under(contract)), reused_(options_) {}

    /// What is wrong with the answers to this body; nothing, if all is well. Not a CHECK for each:
    /// there are a million of them.
    std::string probe(const std::string& body) {
        Parser fresh{options_};
        const Result<View> view = families::read_view<View>(reused_, body);
        const Result<Owned> owned = families::read<View>(fresh, body);
        if (owned.has_value() != view.has_value()) return "a used and a new Parser disagree";
        if (!owned) {
            ++refused;
            if (!(owned.error() == view.error())) return "a used and a new Parser disagree";
            if (owned.error().offset > body.size()) return "the offset lies behind the body";
            return {};
        }
        ++accepted;
        if (!(to_owned(*view) == *owned)) return "a used and a new Parser disagree";
        if (!is_read_alike(body, *view)) return "the fast path and the exact walk disagree";
        const std::string json = to_json(*owned);
        if (json != to_json(*view)) return "a value and its view are written differently";
        // Written, what only the observed contract accepts is still that.
        if (!(families::read<View>(reader_, json) == owned)) {
            return "what was written is not what was read";
        }
        return {};
    }

    std::size_t accepted = 0;
    std::size_t refused = 0;

  private:
    using Owned = families::Owned<View>;

    /// Every error comes from the exact walk. The fast path may accept nothing that the exact walk
    /// does not read as the same.
    bool is_read_alike(std::string_view body, const View& view) {
        const std::size_t mark = detail::byte_order_mark_size(body);
        detail::BodyBuffer buffer{body.size()};
        const auto elements =
            std::make_unique<std::byte[]>(detail::elements_size<View>(body.size()));
        const detail::Source source{buffer.assign(body).substr(mark), buffer.scratch(),
                                    elements.get(), options_.contract, options_.max_depth};
        Result<View> exact{std::in_place};
        detail::read_exactly(source, mark, exact);
        return exact == view;
    }

    ParseOptions options_;
    Parser reused_;
    Parser reader_{};
};

/// The bodies that are small enough to be tried with every hostile byte.
std::vector<const payloads::Payload*> small(const std::vector<payloads::Payload>& bodies) {
    std::vector<const payloads::Payload*> chosen;
    for (const payloads::Payload& payload : bodies) {
        if (payload.body.size() <= longest) chosen.push_back(&payload);
    }
    return chosen;
}

/// Replaces each byte of each body by each hostile byte.
template <class View>
void replace_bytes(const std::vector<const payloads::Payload*>& bodies, Prober<View>& prober) {
    for (const payloads::Payload* payload : bodies) {
        INFO(payload->label());
        std::string body = payload->body;
        for (std::size_t at = 0; at != body.size(); ++at) {
            for (const char byte : hostile) {
                if (byte == payload->body[at]) continue;
                body[at] = byte;
                const std::string wrong = prober.probe(body);
                if (wrong.empty()) continue;
                INFO("byte " << at << " is " << static_cast<int>(byte) << ": " << wrong);
                CHECK(wrong.empty());
            }
            body[at] = payload->body[at];
        }
    }
}

}  // namespace

TEMPLATE_TEST_CASE("a body that ends too early is refused, wherever it ends", "", EventView,
                   GeneralWebhookView, WebhookView) {
    for (const Contract contract : results::contracts) {
        Prober<TestType> prober{contract};
        for (const payloads::Payload& payload : families::golden<TestType>()) {
            INFO(payload.label());
            const std::size_t end = payload.body.find_last_of('}');
            // Long lists repeat themselves.
            const std::size_t step = payload.body.size() > 4'000 ? 97 : 1;
            for (std::size_t size = 0; size <= end; size += step) {
                const std::string wrong = prober.probe(payload.body.substr(0, size));
                if (wrong.empty()) continue;
                INFO("cut to " << size << " bytes: " << wrong);
                CHECK(wrong.empty());
            }
        }
        CHECK(prober.accepted == 0);
        CHECK(prober.refused > 10'000);
    }
}

TEST_CASE("where a body ends too early is where the fault is, if nothing else is wrong") {
    const std::string& body = payloads::body("documented/integration-created-compact");
    for (std::size_t size = 1; size != body.size(); ++size) {
        INFO(size);
        check_equal<Event>(parse(std::string_view{body}.substr(0, size)),
                           Error{ErrorCode::malformed_json, "", size});
    }
    const std::string& general = payloads::body("general/every-kind");
    for (std::size_t size = 1; size != general.size(); ++size) {
        INFO(size);
        const Error expected{ErrorCode::malformed_json, "", size};
        check_equal<GeneralWebhook>(parse_general(std::string_view{general}.substr(0, size)),
                                    expected);
        check_equal<Webhook>(parse_webhook(std::string_view{general}.substr(0, size)), expected);
    }
}

TEMPLATE_TEST_CASE("each byte of each body replaced by hostile ones", "", EventView,
                   GeneralWebhookView) {
    Prober<TestType> prober{Contract::observed};
    replace_bytes(small(families::golden<TestType>()), prober);
    // Bytes of texts may be others: much is accepted.
    CHECK(prober.accepted > 50'000);
    CHECK(prober.refused > 100'000);
}

TEST_CASE("each byte of bodies on which the contracts differ, under the documented one") {
    Prober<EventView> prober{Contract::documented};
    replace_bytes(small(payloads::observed()), prober);
    replace_bytes({&payloads::payload("documented/integration-created-requestor-null"),
                   &payloads::payload("documented/integration-deleted")},
                  prober);
    CHECK(prober.accepted > 1'000);
}

TEMPLATE_TEST_CASE("each byte of each body left out, or standing twice", "", EventView,
                   GeneralWebhookView, WebhookView) {
    Prober<TestType> prober{Contract::observed};
    for (const payloads::Payload* payload : small(payloads::all())) {
        INFO(payload->label());
        for (std::size_t at = 0; at != payload->body.size(); ++at) {
            std::string shorter = payload->body;
            shorter.erase(at, 1);
            std::string longer = payload->body;
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

TEMPLATE_TEST_CASE("a hostile byte put between any two", "", EventView, GeneralWebhookView,
                   WebhookView) {
    Prober<TestType> prober{Contract::observed};
    for (const std::string_view label :
         {"documented/integration-created-compact", "documented/integration-enabled-escaped-names",
          "documented/unknown-event-white-space-in-data", "documented/unknown-event-pretty-printed",
          "documented/integration-enabled-behind-events",
          "observed/integration-deleted-date-null-data-before-action",
          "general/value-before-discriminator", "general/escaped-names", "general/escapes",
          "general/unknown-white-space-in-value", "general/no-events"}) {
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
