/// @file
/// RapidJSON as its documentation advises for speed: in place, with pool allocators in memory that
/// was set aside once.

#include <rapidjson/document.h>
#include <rapidjson/rapidjson.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "subject.hpp"
#include "tree.hpp"

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

    template <class Read>
    bool read_elements(Read&& read) const {
        return value_ != nullptr && value_->IsArray() &&
               std::all_of(value_->Begin(), value_->End(),
                           [&](const Value& element) { return read(Node{&element}); });
    }

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

template <class Shape>
class ReadsRapidjson {
  public:
    const Shape* read(std::string_view body) {
        body = bench::without_byte_order_mark(body);
        if (copy_.size() <= body.size()) copy_.resize(2 * body.size() + 1);
        std::memcpy(copy_.data(), body.data(), body.size());
        copy_[body.size()] = '\0';

        Pool values(value_memory_.data(), value_memory_.size());
        Pool stack(stack_memory_.data(), stack_memory_.size());
        rapidjson::GenericDocument<rapidjson::UTF8<>, Pool, Pool> document(
            &values, stack_memory_.size() / 2, &stack);
        document.ParseInsitu<flags>(copy_.data());
        return document.HasParseError() ? nullptr : read_.read(Node{&document});
    }

  private:
    using Pool = rapidjson::MemoryPoolAllocator<>;

    // Without the first it takes any bytes for UTF-8. Numbers stay text: some that are ignored fit
    // into no type, and none is asked for.
    static constexpr unsigned flags =
        rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;

    std::vector<char> copy_;
    std::vector<char> value_memory_ = std::vector<char>(1024 * 1024);
    std::vector<char> stack_memory_ = std::vector<char>(64 * 1024);
    bench::Tree<Node, Shape> read_;
};

const bool added = bench::add_both<ReadsRapidjson>({
    .name = "RapidJSON",
    .version = RAPIDJSON_VERSION_STRING,
    .keeps_unknown_text = false,
    .differences = {{"unknown-event-two-integrations", "a name that stands twice is not noticed"},
                    {"integration-enabled-extra-properties",
                     "refuses an exponent that no double has"}},
});

}  // namespace
