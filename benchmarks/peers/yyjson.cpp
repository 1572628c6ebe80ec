/// @file
/// yyjson as its documentation advises for speed: in place, in memory that was set aside once, and
/// an iterator for names that are asked for in the order in which they mostly stand.

#include <yyjson.h>

#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "byte_order_mark.hpp"
#include "subject.hpp"
#include "typed_tree.hpp"

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

template <class Text>
class Reader {
  public:
    bool read(std::string_view body) {
        body = bench::without_byte_order_mark(body);
        make_room(body.size());
        std::memcpy(copy_.data(), body.data(), body.size());
        std::memset(copy_.data() + body.size(), 0, YYJSON_PADDING_SIZE);
        yyjson_doc* const document =
            yyjson_read_opts(copy_.data(), body.size(), flags, &allocator_, nullptr);
        const bool is_read =
            document != nullptr &&
            bench::TypedTree<Node, Text>::read(Node{yyjson_doc_get_root(document)}, event_);
        yyjson_doc_free(document);
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
    mews::webhooks::BasicEvent<Text> event_;
};

template <class Text>
bool add(bench::Texts texts) {
    return bench::add<Reader<Text>>({
        .name = "yyjson",
        .version = YYJSON_VERSION_STRING,
        .texts = texts,
        .keeps_unknown_data = false,
        .known_differences = {{"documented/unknown-event-two-integrations",
                               "a name that stands twice is not noticed"}},
    });
}

const bool borrowing = add<std::string_view>(bench::Texts::borrowed);
const bool owning = add<std::string>(bench::Texts::owned);

}  // namespace
