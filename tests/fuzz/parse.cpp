// Fuzz target: a body, under any options, must get one right answer whichever way it is read.
//
// The input is the body. A byte FF, which no body that is JSON can hold, and three more at its end
// choose the options (see options.hpp).

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <mews/webhooks.hpp>

#include "json_mutator.hpp"
#include "options.hpp"
#include "oracle.hpp"
#include "target.hpp"
#include "vocabulary.hpp"

namespace fuzz {
namespace {

using webhooks::Contract;
using webhooks::Error;
using webhooks::ErrorCode;
using webhooks::Event;
using webhooks::EventView;
using webhooks::ParseOptions;
using webhooks::Result;

template <class T>
std::string shown(const Result<T>& result) {
    return result ? "accepted: " + to_json(*result) : result.error().message();
}

bool is_fault_of_the_text(ErrorCode code) {
    return code >= ErrorCode::empty_body && code <= ErrorCode::trailing_content;
}

/// The implementations of simdjson that this machine runs, to be tried against each other.
class Implementations {
  public:
    static constexpr std::size_t count = 2;

    Implementations() {
        const auto& all = simdjson::get_available_implementations();
        best_ = all.detect_best_supported();
        plain_ = all["fallback"] != nullptr ? all["fallback"] : best_;
    }

    /// What simdjson allocates from now on is this implementation's.
    void use(std::size_t index) const {
        simdjson::get_active_implementation() = index == 0 ? best_ : plain_;
    }

  private:
    const simdjson::implementation* best_ = nullptr;
    const simdjson::implementation* plain_ = nullptr;
};

const Implementations& implementations() {
    static const Implementations all;
    return all;
}

/// Parsers that have seen other inputs before.
webhooks::Parser& warm_parser(const ParseOptions& options, std::size_t implementation) {
    using Key = std::tuple<Contract, std::size_t, std::size_t>;
    static std::map<Key, webhooks::Parser> parsers;
    ParseOptions unbounded = options;
    unbounded.max_body_bytes = std::numeric_limits<std::size_t>::max();
    return parsers.try_emplace(Key{options.contract, options.max_depth, implementation}, unbounded)
        .first->second;
}

class Check {
  public:
    Check(std::string_view input, const ParseOptions& options)
        : input_(input), body_(body_of(input)), options_(options) {
        if (body_.starts_with("\xEF\xBB\xBF")) skipped_ = 3;
        text_ = body_.substr(skipped_);
    }

    void all() const {
        implementations().use(0);
        webhooks::Parser fresh{options_};
        const Result<EventView> answer = fresh.parse_view(body_);
        every_way_agrees(answer);
        the_oracles_agree(answer);
        if (answer) {
            accepted(*answer);
        } else {
            refused(answer.error());
        }
    }

  private:
    void require(bool holds, std::string_view property, const std::string& seen = {}) const {
        if (!holds) fail(property, input_, seen);
    }

    void every_way_agrees(const Result<EventView>& answer) const {
        const auto same = [&](const auto& other, std::string_view way) {
            if (answer != other) {
                fail(way, input_, shown(answer) + "\n  other: " + shown(other));
            }
        };
        const auto same_owned = [&](const Result<Event>& other, std::string_view way) {
            const Result<Event> owned = answer.transform(webhooks::to_owned);
            if (owned != other) fail(way, input_, shown(owned) + "\n  other: " + shown(other));
        };
        same_owned(webhooks::parse(body_, options_), "parse and parse_view agree");
        if (body_.size() > options_.max_body_bytes) return;

        for (std::size_t i = 0; i != Implementations::count; ++i) {
            implementations().use(i);
            webhooks::Parser& warm = warm_parser(options_, i);
            const Result<EventView> once = warm.parse_view(body_);
            same(once, "a warm Parser and a fresh one agree, whatever the implementation");
            if (once) {
                const Result<Event> owned = webhooks::to_owned(*once);
                same_owned(warm.parse(body_), "a Parser gives the same answer twice");
            }
        }
        implementations().use(0);

        // Exactly as large as promised to be enough, so that a sanitizer sees a byte too many.
        const std::unique_ptr<char[]> text{new char[text_.size()]};
        const std::unique_ptr<char[]> scratch{new char[text_.size()]};
        if (!text_.empty()) std::memcpy(text.get(), text_.data(), text_.size());
        const Result<EventView> slow =
            webhooks::detail::read_body({text.get(), text_.size()}, skipped_, scratch.get(),
                                        options_.contract, options_.max_depth);
        same(slow, "the fast way and the slow way agree");
        const bool is_fast = can_be_fast() && is_accepted_the_fast_way();
        require(!is_fast || slow.has_value(), "only what is right is accepted the fast way");
        require(is_fast || !slow || !should_be_fast(*slow),
                "a body of the contract is accepted the fast way");
    }

    [[nodiscard]] bool can_be_fast() const {
        return options_.max_depth >= webhooks::detail::contract_depth && !text_.empty() &&
               text_.front() != '\xEF';
    }

    /// What is rare may take the slow way.
    [[nodiscard]] bool should_be_fast(const EventView& event) const {
        return can_be_fast() && text_.find('\\') == std::string_view::npos &&
               webhooks::action_of(event) != webhooks::Action::unknown;
    }

    [[nodiscard]] bool is_accepted_the_fast_way() const {
        using Decoder = webhooks::detail::Decoder<webhooks::detail::Backend>;
        static webhooks::detail::Backend backend;
        std::string padded{text_};
        padded.append(simdjson::SIMDJSON_PADDING, '\0');
        std::string scratch(padded.size(), '\0');
        const webhooks::detail::Source source{
            padded.data(),     padded.data() + text_.size(),
            scratch.data(),    text_.find('\\') != std::string_view::npos,
            options_.contract, options_.max_depth};
        webhooks::detail::BodyMembers members;
        return Decoder::decode(backend, source, members);
    }

    void the_oracles_agree(const Result<EventView>& answer) const {
        if (body_.size() > options_.max_body_bytes) {
            require(answer == Error{ErrorCode::body_too_large, "", 0}, "a large body is too large",
                    shown(answer));
            return;
        }
        if (text_.find_first_not_of(" \t\r\n") == std::string_view::npos) {
            require(answer == Error{ErrorCode::empty_body, "", 0}, "white space is an empty body",
                    shown(answer));
            return;
        }
        const bool is_json = is_json_by_nlohmann(text_);
        const std::optional<bool> second_opinion = is_json_by_rapidjson(text_);
        require(!second_opinion || is_json == *second_opinion, "the two oracles agree",
                is_json ? "RapidJSON refuses" : "nlohmann/json refuses");
        const bool is_refused_as_text = !answer && is_fault_of_the_text(answer.error().code);
        if (!is_json) {
            require(is_refused_as_text, "what is not JSON is refused as such", shown(answer));
            return;
        }
        const std::size_t too_deep = find_too_deep(text_, options_.max_depth);
        if (too_deep == text_.size()) {
            require(!is_refused_as_text, "what is JSON is not refused as text", shown(answer));
        } else {
            require(answer == Error{ErrorCode::nesting_too_deep, "", skipped_ + too_deep},
                    "the bracket that is one too many is reported", shown(answer));
        }
    }

    void accepted(const EventView& view) const {
        const std::string json = webhooks::to_json(view);
        ParseOptions same_contract;
        same_contract.contract = options_.contract;
        same_contract.max_depth = options_.max_depth;
        same_contract.max_body_bytes = json.size();
        const Event event = webhooks::to_owned(view);
        require(webhooks::to_json(event) == json, "to_json is the same for both ownerships", json);
        const Result<Event> again = webhooks::parse(json, same_contract);
        require(again == event, "parse(to_json(event)) == event",
                json + "\n  gives: " + shown(again));
        require(is_json_by_nlohmann(json), "to_json writes JSON", json);
        require(webhooks::action_of(event) == webhooks::action_of(view), "one action");
        printing(event, view);
    }

    void printing(const Event& event, const EventView& view) const {
        std::ostringstream stream;
        stream << event;
        const std::string line = stream.str();
        require(line == webhooks::detail::describe(view), "printing is the same for both", line);
        require(!has_control(line), "what is printed acts on no terminal", line);
        require(is_json_by_nlohmann('"' + escaped(line) + '"'), "what is printed is UTF-8", line);
        // With other secrets and another person it must print the same.
        Event other = event;
        std::visit([](auto& happened) { replace_secrets(happened); }, other);
        require(webhooks::detail::describe(other) == line, "printing does not look at secrets",
                webhooks::detail::describe(other));
    }

    static void replace(webhooks::Secret& secret) { secret = webhooks::Secret{"another"}; }
    static void replace(std::optional<webhooks::Requestor>& person) {
        if (person) *person = {"someone", "else"};
    }
    template <class T>
    static void replace(T&) {}

    template <class Struct>
    static void replace_secrets(Struct& happened) {
        if constexpr (webhooks::detail::Described<Struct>) {
            webhooks::detail::for_each_property<Struct>(
                [&]<class Property>(Property) { replace(happened.*Property::member); });
        } else {
            replace(happened.data);
        }
    }

    static bool has_control(std::string_view line) {
        for (std::size_t i = 0; i != line.size(); ++i) {
            const auto byte = static_cast<unsigned char>(line[i]);
            if (byte < 0x20 || byte == 0x7F) return true;
            const bool is_c1 = byte == 0xC2 && i + 1 != line.size() &&
                               static_cast<unsigned char>(line[i + 1]) < 0xA0;
            if (is_c1) return true;
        }
        return false;
    }

    static std::string escaped(std::string_view line) {
        std::string text;
        for (const char c : line) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        return text;
    }

    void refused(const Error& error) const {
        require(error.offset <= body_.size(), "an offset lies in the body", error.message());
        require(vocabulary().pointers.contains(error.pointer),
                "a pointer is made of the contract's names", error.pointer);
        require(!webhooks::to_string(error.code).empty(), "an error has a code");
        require(error.message().find(planted) == std::string::npos, "no message tells a secret");
        require(error.message() == webhooks::ParseException{error}.what(), "one message");
        if (is_fault_of_the_text(error.code)) {
            require(error.pointer.empty(), "a fault of the text is the whole body's");
            fault_of_the_text(error);
        } else {
            fault_of_the_contract(error);
        }
    }

    /// Nothing before the offset can be at fault, and nothing behind it is needed to see the fault.
    void fault_of_the_text(const Error& error) const {
        if (error.code == ErrorCode::body_too_large || error.code == ErrorCode::empty_body) return;
        const Result<Event> before = webhooks::parse(body_.substr(0, error.offset), options_);
        if (!before) {
            const ErrorCode code = before.error().code;
            require(
                !is_fault_of_the_text(code) || code == ErrorCode::empty_body ||
                    (code == ErrorCode::malformed_json && before.error().offset == error.offset),
                "all before the offset can be part of a body",
                error.message() + "\n  before: " + before.error().message());
        }
        // Half a surrogate pair shows at its end only, but is reported at its start.
        if (error.offset == body_.size() || body_[error.offset] == '\\') return;
        std::size_t behind = error.offset + 1;
        while (behind != body_.size() && (body_[behind] & 0xC0) == 0x80)
            ++behind;
        const Result<Event> with = webhooks::parse(body_.substr(0, behind), options_);
        require(with == error, "the character at the offset is the fault",
                error.message() + "\n  with it: " + shown(with));
    }

    void fault_of_the_contract(const Error& error) const {
        require(error.offset < body_.size(), "a value lies in the body", error.message());
        const std::string_view value = body_.substr(error.offset);
        switch (error.code) {
            case ErrorCode::missing_property:
                return require(value.front() == '{', "what lacks a property is an object",
                               error.message());
            case ErrorCode::unexpected_null:
                return require(value.starts_with("null"), "what is null is null", error.message());
            case ErrorCode::invalid_timestamp:
                return require(value.front() == '"', "what is no instant is a string",
                               error.message());
            default:
                return require(std::string_view{"{[\"tfn-0123456789"}.find(value.front()) !=
                                   std::string_view::npos,
                               "an offset is the start of a value", error.message());
        }
    }

    std::string_view input_;
    std::string_view body_;
    std::string_view text_;
    std::size_t skipped_ = 0;
    ParseOptions options_;
};

}  // namespace
}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    fuzz::Check{input, fuzz::options_from(input)}.all();
    return 0;
}
