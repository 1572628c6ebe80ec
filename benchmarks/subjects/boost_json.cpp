/// @file
/// Boost.JSON as its documentation advises for speed: a parser that is kept, and a monotonic
/// resource over memory that was set aside once. Its library is compiled here, from its headers.

#include <boost/json/src.hpp>
#include <boost/version.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "subject.hpp"
#include "tree.hpp"

namespace {

namespace json = boost::json;

class Members;

class Node {
  public:
    explicit Node(const json::value* value) : value_(value) {}

    bool is_missing() const { return value_ == nullptr; }
    bool is_null() const { return value_ != nullptr && value_->is_null(); }
    bool is_object() const { return value_ != nullptr && value_->is_object(); }

    template <class Text>
    bool read(Text& text) const {
        const json::string* const string = value_ != nullptr ? value_->if_string() : nullptr;
        if (string == nullptr) return false;
        text = Text{string->data(), string->size()};
        return true;
    }

    bool read(bool& flag) const {
        const bool* const boolean = value_ != nullptr ? value_->if_bool() : nullptr;
        if (boolean != nullptr) flag = *boolean;
        return boolean != nullptr;
    }

    Members members() const;

    template <class Read>
    bool read_elements(Read&& read) const {
        const json::array* const list = value_ != nullptr ? value_->if_array() : nullptr;
        return list != nullptr &&
               std::all_of(list->begin(), list->end(),
                           [&](const json::value& element) { return read(Node{&element}); });
    }

  private:
    const json::value* value_;
};

class Members {
  public:
    explicit Members(const json::object& object) : object_(object) {}

    Node find(std::string_view name) const {
        return Node{object_.if_contains({name.data(), name.size()})};
    }

  private:
    const json::object& object_;
};

Members Node::members() const {
    return Members{value_->get_object()};
}

template <class Shape>
class ReadsBoostJson {
  public:
    const Shape* read(std::string_view body) {
        body = bench::without_byte_order_mark(body);
        tree_.reset();
        resource_.release();
        parser_.reset(&resource_);
        json::error_code failure;
        parser_.write(body.data(), body.size(), failure);
        if (failure) return nullptr;
        tree_.emplace(parser_.release());
        return read_.read(Node{&*tree_});
    }

  private:
    static json::parse_options options() {
        json::parse_options options;
        options.max_depth = 64;  // As deep as this library goes.
        return options;
    }

    std::vector<unsigned char> memory_ = std::vector<unsigned char>(1024 * 1024);
    std::vector<unsigned char> stack_ = std::vector<unsigned char>(64 * 1024);
    json::monotonic_resource resource_{memory_.data(), memory_.size()};
    json::parser parser_{json::storage_ptr{}, options(), stack_.data(), stack_.size()};
    std::optional<json::value> tree_;  // Kept: texts are borrowed from it.
    bench::Tree<Node, Shape> read_;
};

const bool added = bench::add_both<ReadsBoostJson>({
    .name = "Boost.JSON",
    .version = std::to_string(BOOST_VERSION / 100000) + "." +
               std::to_string(BOOST_VERSION / 100 % 1000) + "." +
               std::to_string(BOOST_VERSION % 100),
    .keeps_unknown_text = false,
    .differences = {{"unknown-event-two-integrations", "of a name that stands twice it keeps one"}},
});

}  // namespace
