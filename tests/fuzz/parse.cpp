// Fuzz target: a body, under any options, must get one right answer whichever way it is read: as
// either family, and as one of any.
//
// The input is the body. A byte FF, which no body that is JSON can hold, and three more at its end
// choose the options (see options.hpp).

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks.hpp>

#include "options.hpp"
#include "oracle.hpp"
#include "reference_reader.hpp"
#include "target.hpp"
#include "vocabulary.hpp"

namespace fuzz {
namespace {

using webhooks::Contract;
using webhooks::Error;
using webhooks::ErrorCode;
using webhooks::EventView;
using webhooks::GeneralWebhookView;
using webhooks::ParseOptions;
using webhooks::Result;
using webhooks::WebhookView;
using webhooks::detail::Owned;

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

template <class View>
Result<View> parse_view(webhooks::Parser& parser, std::string_view body) {
    if constexpr (std::is_same_v<View, EventView>) {
        return parser.parse_view(body);
    } else if constexpr (std::is_same_v<View, GeneralWebhookView>) {
        return parser.parse_general_view(body);
    } else {
        return parser.parse_webhook_view(body);
    }
}

template <class View>
Result<Owned<View>> parse_owned(std::string_view body, const ParseOptions& options) {
    if constexpr (std::is_same_v<View, EventView>) {
        return webhooks::parse(body, options);
    } else if constexpr (std::is_same_v<View, GeneralWebhookView>) {
        return webhooks::parse_general(body, options);
    } else {
        return webhooks::parse_webhook(body, options);
    }
}

/// Changes what must not be shown.
template <class T>
void change_hidden(T& value) {
    if constexpr (wire::is_optional<T>) {
        if (value) change_hidden(*value);
    } else if constexpr (wire::List<T>) {
        for (auto& element : value)
            change_hidden(element);
    } else if constexpr (wire::Object<T>) {
        wire::for_each_property<T>([&](auto property) {
            if constexpr (property.visibility == wire::open) {
                change_hidden(value.*property.member);
            } else {
                value.*property.member = typename decltype(property)::Value{"another"};
            }
        });
    } else if constexpr (wire::Described<T>) {
        std::visit([](auto& alternative) { change_hidden(alternative); }, value);
    }
}

/// Collects what was taken of unknown contents, as JSON texts.
template <class T>
void collect_taken(const T& value, std::vector<std::string>& taken) {
    if constexpr (wire::UnknownObject<T>) {
        webhooks::detail::write(taken.emplace_back(), value.*wire::PropertyAt<T, 1>::member);
    } else if constexpr (wire::List<T>) {
        for (const auto& element : value)
            collect_taken(element, taken);
    } else if constexpr (wire::Object<T>) {
        wire::for_each_property<T>(
            [&](auto property) { collect_taken(value.*property.member, taken); });
    } else if constexpr (wire::Described<T>) {
        std::visit([&](const auto& alternative) { collect_taken(alternative, taken); }, value);
    }
}

/// An input, and what others say of it.
struct Input {
    std::string_view input;
    std::string_view body;
    std::size_t skipped;  ///< The size of the byte order mark before the text.
    std::string_view text;
    ParseOptions options;
    bool is_json;  ///< By other parsers.

    explicit Input(std::string_view whole)
        : input(whole),
          body(body_of(whole)),
          skipped(body.starts_with("\xEF\xBB\xBF") ? 3 : 0),
          text(body.substr(skipped)),
          options(options_from(whole)),
          is_json(is_json_by_nlohmann(text)) {
        const std::optional<bool> second_opinion = is_json_by_rapidjson(text);
        if (second_opinion && is_json != *second_opinion) {
            fail("the two oracles agree", input, is_json ? "RapidJSON refuses" : "it accepts");
        }
    }
};

/// Checks of one way to read a body.
template <class View>
class Check {
  public:
    explicit Check(const Input& input)
        : input_(input.input),
          body_(input.body),
          text_(input.text),
          skipped_(input.skipped),
          options_(input.options) {
        if (input.is_json && body_.size() <= options_.max_body_bytes &&
            find_too_deep(text_, options_.max_depth) == text_.size()) {
            expected_ =
                read_by_reference(text_, family(), options_.contract == Contract::documented);
        }
    }

    /// @return the error, if it is the text's: whatever the family, it must be the same.
    Error all(const Input& input) const {
        implementations().use(0);
        webhooks::Parser fresh{options_};
        const Result<View> answer = parse_view<View>(fresh, body_);
        every_way_agrees(answer);
        the_oracles_agree(answer, input.is_json);
        if (answer) {
            accepted(*answer);
            return {};
        }
        refused(answer.error());
        return is_fault_of_the_text(answer.error().code) ? answer.error() : Error{};
    }

  private:
    void require(bool holds, std::string_view property, const std::string& seen = {}) const {
        if (!holds) fail(property, input_, seen);
    }

    [[nodiscard]] Family family() const {
        if constexpr (std::is_same_v<View, EventView>) return Family::integration;
        if constexpr (std::is_same_v<View, GeneralWebhookView>) return Family::general;
        return family_by_reference(text_);
    }

    void every_way_agrees(const Result<View>& answer) const {
        const auto same = [&](const auto& other, std::string_view way) {
            if (answer != other) {
                fail(way, input_, shown(answer) + "\n  other: " + shown(other));
            }
        };
        const auto own = [](const View& view) { return webhooks::to_owned(view); };
        const Result<Owned<View>> owned = parse_owned<View>(body_, options_);
        if (answer.transform(own) != owned) {
            fail("owned and borrowed agree", input_, shown(answer) + "\n  other: " + shown(owned));
        }
        if (body_.size() > options_.max_body_bytes) return;

        for (std::size_t i = 0; i != Implementations::count; ++i) {
            implementations().use(i);
            webhooks::Parser& warm = warm_parser(options_, i);
            same(parse_view<View>(warm, body_),
                 "a warm Parser and a fresh one agree, whatever the implementation");
            same(parse_view<View>(warm, body_), "a Parser gives the same answer twice");
        }
        implementations().use(0);

        // All memory is exactly as large as promised to be enough, so that a sanitizer sees a byte
        // too many.
        const Memory memory{text_};
        Result<View> exact{std::in_place};
        webhooks::detail::read_exactly(source(memory), skipped_, exact);
        same(exact, "the exact walk agrees");
        if constexpr (!std::is_same_v<View, WebhookView>) the_fast_path_agrees(exact);
    }

    struct Memory {
        std::unique_ptr<char[]> text;
        std::unique_ptr<char[]> scratch;
        std::unique_ptr<std::byte[]> elements;

        explicit Memory(std::string_view copied)
            : text(new char[copied.size() + webhooks::detail::text_padding]{}),
              scratch(new char[copied.size() + webhooks::detail::text_padding]),
              elements(new std::byte[webhooks::detail::elements_size<View>(copied.size())]) {
            std::ranges::copy(copied, text.get());
        }
    };

    [[nodiscard]] webhooks::detail::Source source(const Memory& memory) const {
        return {{memory.text.get(), text_.size()},
                memory.scratch.get(),
                memory.elements.get(),
                options_.contract,
                options_.max_depth};
    }

    void the_fast_path_agrees(const Result<View>& exact) const {
        static webhooks::detail::Backend backend;
        const Memory memory{text_};
        const bool has_escapes = text_.find('\\') != std::string_view::npos;
        View view;
        bool ignores_some = false;
        const bool is_read = webhooks::detail::FastPath<webhooks::detail::Backend, View>::read(
            backend, source(memory), has_escapes, {}, ignores_some, view);
        if (is_read) {
            require(exact.has_value(), "the fast path accepts only what is right", shown(exact));
            require(view == *exact, "the fast path and the exact walk agree", to_json(view));
        }
        // What is rare may be left to the exact walk.
        const bool is_common = expected_ && expected_->is_common && !has_escapes &&
                               options_.max_depth >= webhooks::detail::depth_of<View>();
        require(is_read || !exact || !is_common, "the fast path accepts what is common");
    }

    void the_oracles_agree(const Result<View>& answer, bool is_json) const {
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
        if (!is_json) {
            require(!answer && is_fault_of_the_text(answer.error().code),
                    "what is not JSON is refused as such", shown(answer));
            return;
        }
        if (!expected_) {
            const std::size_t too_deep = find_too_deep(text_, options_.max_depth);
            require(answer == Error{ErrorCode::nesting_too_deep, "", skipped_ + too_deep},
                    "the bracket that is one too many is reported", shown(answer));
            return;
        }
        const std::string expected =
            expected_->code.empty() ? expected_->json
                                    : expected_->code + " at " + expected_->pointer + " byte " +
                                          std::to_string(skipped_ + expected_->offset);
        const std::string seen = answer ? to_json(*answer)
                                        : std::string{to_string(answer.error().code)} + " at " +
                                              answer.error().pointer + " byte " +
                                              std::to_string(answer.error().offset);
        require(seen == expected, "the answer is that of the reference",
                seen + "\n  reference: " + expected);
    }

    void accepted(const View& view) const {
        const std::string json = to_json(view);
        ParseOptions same_contract = options_;
        same_contract.max_body_bytes = json.size();
        const Owned<View> owned = webhooks::to_owned(view);
        require(to_json(owned) == json, "to_json is the same for both ownerships", json);
        const Result<Owned<View>> again = parse_owned<View>(json, same_contract);
        require(again == owned, "parse(to_json(value)) == value",
                json + "\n  gives: " + shown(again));
        std::vector<std::string> taken;
        collect_taken(view, taken);
        require(taken == expected_->taken, "of unknown contents that is taken which is right",
                json);
        if constexpr (std::is_same_v<View, WebhookView>) {
            require(view.index() == static_cast<std::size_t>(family()), "the family is right");
        }
        printing(owned, view);
    }

    void printing(const Owned<View>& owned, const View& view) const {
        std::ostringstream stream;
        stream << owned;
        const std::string line = stream.str();
        require(line == webhooks::detail::printed(view), "printing is the same for both", line);
        require(!has_control(line), "what is printed acts on no terminal", line);
        require(is_json_by_nlohmann(json_string(line)), "what is printed is UTF-8", line);
        Owned<View> other = owned;
        change_hidden(other);
        require(webhooks::detail::printed(other) == line, "printing does not look at secrets",
                webhooks::detail::printed(other));
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

    static std::string json_string(std::string_view line) {
        std::string text = "\"";
        for (const char c : line) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        return text + '"';
    }

    void refused(const Error& error) const {
        require(error.message().find(planted) == std::string::npos, "no message tells a secret");
        require(error.message() == webhooks::ParseException{error}.what(), "one message");
        require(!is_fault_of_the_text(error.code) || error.pointer.empty(),
                "a fault of the text is the whole body's");
        if (std::is_same_v<View, EventView> && is_fault_of_the_text(error.code)) {
            fault_of_the_text(error);
        }
    }

    /// Nothing before the offset can be at fault, and nothing behind it is needed to see the fault.
    void fault_of_the_text(const Error& error) const {
        if (error.code == ErrorCode::body_too_large || error.code == ErrorCode::empty_body) return;
        const auto before = parse_owned<View>(body_.substr(0, error.offset), options_);
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
        const auto with = parse_owned<View>(body_.substr(0, behind), options_);
        require(with == error, "the character at the offset is the fault",
                error.message() + "\n  with it: " + shown(with));
    }

    std::string_view input_;
    std::string_view body_;
    std::string_view text_;
    std::size_t skipped_;
    ParseOptions options_;
    std::optional<Expected> expected_;  ///< Of a body whose text is at no fault.
};

void check(std::string_view whole) {
    const Input input{whole};
    const Error error = Check<EventView>{input}.all(input);
    if (Check<GeneralWebhookView>{input}.all(input) != error ||
        Check<WebhookView>{input}.all(input) != error) {
        fail("a fault of the text is the same for all families", whole, error.message());
    }
}

}  // namespace
}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
