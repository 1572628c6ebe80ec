/// @file
/// yyjson as its documentation advises for speed: in place, in memory that was set aside once, and
/// an iterator for names that are asked for in the order in which they mostly stand.

#include <yyjson.h>

#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "subject.hpp"
#include "tree.hpp"

namespace {

class Members;

class Node {
  public:
    explicit Node(yyjson_val* value) : value_(value) {}

    bool is_missing() const { return value_ == nullptr; }
    bool is_null() const { return yyjson_is_null(value_); }
    bool is_object() const { return yyjson_is_obj(value_); }

    template <class Text>
    bool read(Text& text) const {
        if (!yyjson_is_str(value_)) return false;
        text = Text{yyjson_get_str(value_), yyjson_get_len(value_)};
        return true;
    }

    bool read(bool& flag) const {
        if (!yyjson_is_bool(value_)) return false;
        flag = yyjson_get_bool(value_);
        return true;
    }

    Members members() const;

    template <class Read>
    bool read_elements(Read&& read) const {
        if (!yyjson_is_arr(value_)) return false;
        yyjson_arr_iter next = yyjson_arr_iter_with(value_);
        while (yyjson_val* const element = yyjson_arr_iter_next(&next)) {
            if (!read(Node{element})) return false;
        }
        return true;
    }

  private:
    yyjson_val* value_;
};

class Members {
  public:
    explicit Members(yyjson_val* object) : next_(yyjson_obj_iter_with(object)) {}

    Node find(std::string_view name) {
        return Node{yyjson_obj_iter_getn(&next_, name.data(), name.size())};
    }

  private:
    yyjson_obj_iter next_;
};

Members Node::members() const {
    return Members{value_};
}

template <class Shape>
class ReadsYyjson {
  public:
    const Shape* read(std::string_view body) {
        body = bench::without_byte_order_mark(body);
        make_room(body.size());
        std::memcpy(copy_.data(), body.data(), body.size());
        std::memset(copy_.data() + body.size(), 0, YYJSON_PADDING_SIZE);
        yyjson_doc* const document =
            yyjson_read_opts(copy_.data(), body.size(), flags, &allocator_, nullptr);
        if (document == nullptr) return nullptr;
        const Shape* const shape = read_.read(Node{yyjson_doc_get_root(document)});
        yyjson_doc_free(document);
        return shape;
    }

  private:
    // Numbers stay text: some that are ignored fit into no type, and none is asked for.
    static constexpr yyjson_read_flag flags = YYJSON_READ_INSITU | YYJSON_READ_NUMBER_AS_RAW;

    void make_room(std::size_t size) {
        if (size + YYJSON_PADDING_SIZE <= copy_.size()) return;
        copy_.resize(size + YYJSON_PADDING_SIZE);
        pool_.resize(yyjson_read_max_memory_usage(size, flags));
        yyjson_alc_pool_init(&allocator_, pool_.data(), pool_.size());
    }

    std::vector<char> copy_;
    std::vector<char> pool_;
    yyjson_alc allocator_{};
    bench::Tree<Node, Shape> read_;
};

const bool added = bench::add_both<ReadsYyjson>({
    .name = "yyjson",
    .version = YYJSON_VERSION_STRING,
    .keeps_unknown_text = false,
    .differences = {{"unknown-event-two-integrations", "a name that stands twice is not noticed"}},
});

}  // namespace
