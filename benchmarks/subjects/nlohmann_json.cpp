/// @file
/// nlohmann::json as its documentation advises for speed: from memory that is in one piece, without
/// exceptions, and without copies of what was parsed: strings are looked at in place, or moved out.

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "subject.hpp"
#include "tree.hpp"

namespace {

using Json = nlohmann::json;

class Members;

class Node {
  public:
    explicit Node(Json* value) : value_(value) {}

    bool is_missing() const { return value_ == nullptr; }
    bool is_null() const { return value_ != nullptr && value_->is_null(); }
    bool is_object() const { return value_ != nullptr && value_->is_object(); }

    template <class Text>
    bool read(Text& text) const {
        auto* const string = value_ != nullptr ? value_->get_ptr<Json::string_t*>() : nullptr;
        if (string == nullptr) return false;
        if constexpr (std::is_same_v<Text, std::string>) {
            text = std::move(*string);
        } else {
            text = *string;
        }
        return true;
    }

    bool read(bool& flag) const {
        const auto* const boolean =
            value_ != nullptr ? value_->get_ptr<const Json::boolean_t*>() : nullptr;
        if (boolean != nullptr) flag = *boolean;
        return boolean != nullptr;
    }

    Members members() const;

    template <class Read>
    bool read_elements(Read&& read) const {
        return value_ != nullptr && value_->is_array() &&
               std::all_of(value_->begin(), value_->end(),
                           [&](Json& element) { return read(Node{&element}); });
    }

  private:
    Json* value_;
};

class Members {
  public:
    explicit Members(Json& object) : object_(object) {}

    Node find(const char* name) const {
        const auto found = object_.find(name);
        return Node{found == object_.end() ? nullptr : &*found};
    }

  private:
    Json& object_;
};

Members Node::members() const {
    return Members{*value_};
}

template <class Shape>
class ReadsNlohmannJson {
  public:
    const Shape* read(std::string_view body) {
        body = bench::without_byte_order_mark(body);
        tree_ = Json::parse(body.data(), body.data() + body.size(), nullptr, false);
        return read_.read(Node{&tree_});
    }

  private:
    Json tree_;  // Kept: texts are borrowed from it.
    bench::Tree<Node, Shape> read_;
};

const bool added = bench::add_both<ReadsNlohmannJson>({
    .name = "nlohmann::json",
    .version = std::to_string(NLOHMANN_JSON_VERSION_MAJOR) + "." +
               std::to_string(NLOHMANN_JSON_VERSION_MINOR) + "." +
               std::to_string(NLOHMANN_JSON_VERSION_PATCH),
    .keeps_unknown_text = false,
    .differences = {{"unknown-event-two-integrations", "of a name that stands twice it keeps one"}},
});

}  // namespace
