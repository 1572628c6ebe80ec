/// @file
/// This library, simdjson On-Demand without it, and the floors.

#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <mews/webhooks.hpp>

#include "padded_copy.hpp"
#include "simdjson_walk.hpp"
#include "subject.hpp"

namespace {

using bench::Event;
using bench::Role;
using bench::Texts;
using mews::webhooks::EventView;
using mews::webhooks::ParseOptions;
using mews::webhooks::Parser;

// Some bodies are as large as the default allows; none is to be refused for that.
constexpr ParseOptions roomy{.max_body_bytes = std::size_t{1} << 30};

struct WarmView {
    Parser parser{roomy};

    void read(std::string_view body) {
        auto event = parser.parse_view(body);
        benchmark::DoNotOptimize(event);
    }
    std::optional<Event> answer(std::string_view body) {
        const auto event = parser.parse_view(body);
        return event ? std::optional{to_owned(*event)} : std::nullopt;
    }
};

template <class Parse>
struct Owning {
    Parse parse;

    void read(std::string_view body) {
        auto event = parse(body);
        benchmark::DoNotOptimize(event);
    }
    std::optional<Event> answer(std::string_view body) {
        auto event = parse(body);
        return event ? std::optional{*std::move(event)} : std::nullopt;
    }
};

struct WarmParser {
    Parser parser{roomy};
    auto operator()(std::string_view body) { return parser.parse(body); }
};

struct ColdParser {
    auto operator()(std::string_view body) {
        Parser parser{roomy};
        return parser.parse(body);
    }
};

struct FreeFunction {
    auto operator()(std::string_view body) { return mews::webhooks::parse(body, roomy); }
};

struct Walk {
    bench::SimdjsonWalk walk;
    EventView event;

    void read(std::string_view body) {
        bool is_read = walk.read(body, event);
        benchmark::DoNotOptimize(is_read);
        benchmark::DoNotOptimize(event);
    }
    std::optional<Event> answer(std::string_view body) {
        return walk.read(body, event) ? std::optional{to_owned(event)} : std::nullopt;
    }
};

/// What a copy of the body costs, which this library's parser has to make.
struct Memcpy {
    std::vector<char> copy;

    void read(std::string_view body) {
        if (copy.size() < body.size()) copy.resize(body.size());
        std::memcpy(copy.data(), body.data(), body.size());
        benchmark::DoNotOptimize(copy.data());
    }
};

/// What simdjson needs to find where values begin, before anything is read. Without the copy.
struct StageOne {
    simdjson::ondemand::parser parser;
    bench::PaddedCopy copy;
    std::string_view copied;
    simdjson::padded_string_view padded;

    void read(std::string_view body) {
        if (copied.data() != body.data()) {
            padded = copy.of(body);
            copied = body;
        }
        auto document = parser.iterate(padded);
        benchmark::DoNotOptimize(document);
    }
};

/// What allocating, filling and freeing the texts of an event costs that no small string holds.
struct LongTexts {
    Parser parser{roomy};
    std::string_view source;
    std::vector<std::string_view> texts;

    void read(std::string_view body) {
        if (source.data() != body.data()) find(body);
        for (const std::string_view text : texts) {
            std::string owned{text};
            benchmark::DoNotOptimize(owned);
        }
    }

    void find(std::string_view body) {
        source = body;
        texts.clear();
        const auto event = parser.parse_view(body);
        if (!event) return;
        std::visit([this](const auto& alternative) { collect(alternative); }, *event);
    }

    template <class Struct>
    void collect(const Struct& value) {
        if constexpr (mews::webhooks::wire::Object<Struct>) {
            mews::webhooks::wire::for_each_property<Struct>(
                [&](auto property) { collect(value.*property.member); });
        }
    }
    void collect(std::string_view text) {
        if (text.size() > std::string{}.capacity()) texts.push_back(text);
    }
    void collect(const mews::webhooks::SecretView& secret) { collect(secret.reveal()); }
    template <class T>
    void collect(const std::optional<T>& value) {
        if (value) collect(*value);
    }
};

const std::string simdjson_version = std::to_string(simdjson::SIMDJSON_VERSION_MAJOR) + "." +
                                     std::to_string(simdjson::SIMDJSON_VERSION_MINOR) + "." +
                                     std::to_string(simdjson::SIMDJSON_VERSION_REVISION);

const bool added[]{
    bench::add<WarmView>({.name = "mews", .role = Role::ours, .texts = Texts::borrowed}),
    bench::add<Owning<WarmParser>>({.name = "mews", .role = Role::ours, .texts = Texts::owned}),
    bench::add<Owning<FreeFunction>>(
        {.name = "mews, free function", .role = Role::ours, .texts = Texts::owned}),
    bench::add<Owning<ColdParser>>(
        {.name = "mews, cold Parser", .role = Role::ours, .texts = Texts::owned}),
    bench::add<Walk>({.name = "simdjson walk",
                      .version = simdjson_version,
                      .role = Role::walk,
                      .texts = Texts::borrowed,
                      .known_differences = {{"documented/integration-enabled-escaped-names",
                                             "names spelled with escapes are not found"},
                                            {"documented/unknown-event-white-space-in-data",
                                             "names spelled with escapes are not found"},
                                            {"documented/unknown-event-two-integrations",
                                             "a name that stands twice is not noticed"}}}),
    bench::add<Memcpy>({.name = "memcpy", .role = Role::floor}),
    bench::add<StageOne>(
        {.name = "simdjson stage 1", .version = simdjson_version, .role = Role::floor}),
    bench::add<LongTexts>({.name = "long texts", .role = Role::floor}),
};

}  // namespace
