/// @file
/// RapidJSON as its documentation advises for speed: in place, with pool allocators in memory that
/// was set aside once.

#include <rapidjson/document.h>
#include <rapidjson/rapidjson.h>

#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "byte_order_mark.hpp"
#include "subject.hpp"
#include "typed_tree.hpp"

namespace {

using Value = rapidjson::Value;

class Members;

class Node {
  public:
    explicit Node(const Value* value) : value_(value) {}

    bool is_missing() const { return value_ == nullptr; }
    bool is_null() const { return value_ != nullptr && value_->IsNull(); }
    bool is_object() const { return value_ != nullptr && value_->IsObject(); }

    template <class Text>
    bool read(Text& text) const {
        if (value_ == nullptr || !value_->IsString()) return false;
        text = Text{value_->GetString(), value_->GetStringLength()};
        return true;
    }

    bool read(bool& flag) const {
        if (value_ == nullptr || !value_->IsBool()) return false;
        flag = value_->GetBool();
        return true;
    }

    Members members() const;

  private:
    const Value* value_;
};

class Members {
  public:
    explicit Members(const Value& object) : object_(object) {}

    Node find(std::string_view name) const {
        const auto found = object_.FindMember(Value(
            rapidjson::StringRef(name.data(), static_cast<rapidjson::SizeType>(name.size()))));
        return Node{found == object_.MemberEnd() ? nullptr : &found->value};
    }

  private:
    const Value& object_;
};

Members Node::members() const {
    return Members{*value_};
}

template <class Text>
class Reader {
  public:
    bool read(std::string_view body) {
        body = bench::without_byte_order_mark(body);
        if (copy_.size() <= body.size()) copy_.resize(2 * body.size() + 1);
        std::memcpy(copy_.data(), body.data(), body.size());
        copy_[body.size()] = '\0';

        Pool values(value_memory_.data(), value_memory_.size());
        Pool stack(stack_memory_.data(), stack_memory_.size());
        rapidjson::GenericDocument<rapidjson::UTF8<>, Pool, Pool> document(
            &values, stack_memory_.size() / 2, &stack);
        document.ParseInsitu<flags>(copy_.data());
        const bool is_read = !document.HasParseError() &&
                             bench::TypedTree<Node, Text>::read(Node{&document}, event_);
        benchmark::DoNotOptimize(event_);
        return is_read;
    }

    std::optional<bench::Event> answer(std::string_view body) {
        if (!read(body)) return std::nullopt;
        if constexpr (std::is_same_v<Text, std::string>) {
            return event_;
        } else {
            return to_owned(event_);
        }
    }

  private:
    using Pool = rapidjson::MemoryPoolAllocator<>;

    // Without the first it takes any bytes for UTF-8. Numbers stay text: some that are ignored fit
    // into no type, and none is asked for.
    static constexpr unsigned flags =
        rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;

    std::vector<char> copy_;
    std::vector<char> value_memory_ = std::vector<char>(64 * 1024);
    std::vector<char> stack_memory_ = std::vector<char>(16 * 1024);
    mews::webhooks::BasicEvent<Text> event_;
};

template <class Text>
bool add(bench::Texts texts) {
    return bench::add<Reader<Text>>({
        .name = "RapidJSON",
        .version = RAPIDJSON_VERSION_STRING,
        .texts = texts,
        .keeps_unknown_data = false,
        .known_differences = {{"documented/unknown-event-two-integrations",
                               "a name that stands twice is not noticed"},
                              {"documented/integration-enabled-extra-properties",
                               "refuses an exponent that no double has"}},
    });
}

const bool borrowing = add<std::string_view>(bench::Texts::borrowed);
const bool owning = add<std::string>(bench::Texts::owned);

}  // namespace
