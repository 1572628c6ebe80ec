/// @file
/// What no reader can be faster than.

#include <cstring>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <simdjson.h>

#include <mews/webhooks.hpp>

#include "subject.hpp"

namespace {

namespace wire = mews::webhooks::wire;

/// The copy of the body, which this library's parser has to make.
class Memcpy final : public bench::Reader {
  public:
    void read(std::string_view body) override {
        if (copy_.size() < body.size()) copy_.resize(body.size());
        std::memcpy(copy_.data(), body.data(), body.size());
        bench::keep(*copy_.data());
    }

  private:
    std::vector<char> copy_;
};

/// What simdjson does to find where values begin, before anything is read. Without a copy.
class StageOne final : public bench::Reader {
  public:
    void read(std::string_view body) override {
        if (body_.data() != body.data()) {
            body_ = body;
            padded_ = simdjson::padded_string{bench::without_byte_order_mark(body)};
        }
        auto document = parser_.iterate(padded_);
        bench::keep(document);
    }

  private:
    simdjson::ondemand::parser parser_;
    std::string_view body_;
    simdjson::padded_string padded_;
};

/// Making and freeing, one by one, the strings of what is read that no small string holds, and the
/// list.
class LongStrings final : public bench::Reader {
  public:
    void read(std::string_view body) override {
        if (body_.data() != body.data()) find(body);
        if (elements_ != 0) {
            std::vector<mews::webhooks::GeneralEvent> list;
            list.reserve(elements_);
            bench::keep(list);
        }
        for (const std::string_view text : texts_) {
            std::string owned{text};
            bench::keep(owned);
        }
    }

  private:
    void find(std::string_view body) {
        body_ = body;
        texts_.clear();
        elements_ = 0;
        if (const auto read = parser_.parse_webhook_view(body)) collect(*read);
    }

    template <class T>
    void collect(const T& value) {
        if constexpr (requires { value.reveal(); }) {
            collect(value.reveal());
        } else if constexpr (wire::is_optional<T>) {
            if (value) collect(*value);
        } else if constexpr (std::is_same_v<T, std::string_view>) {
            if (value.size() > std::string{}.capacity()) texts_.push_back(value);
        } else if constexpr (wire::Object<T>) {
            wire::for_each_property<T>([&](auto property) { collect(value.*property.member); });
        } else if constexpr (wire::List<T>) {
            elements_ = value.size();
            for (const auto& element : value)
                collect(element);
        } else if constexpr (wire::Described<T>) {
            std::visit([this](const auto& alternative) { this->collect(alternative); }, value);
        }
    }

    mews::webhooks::Parser parser_;
    std::string_view body_;
    std::vector<std::string_view> texts_;
    std::size_t elements_ = 0;
};

template <class Floor>
void add(const char* name) {
    bench::subjects().push_back({.name = name,
                                 .reader = [](bench::Family) -> std::unique_ptr<bench::Reader> {
                                     return std::make_unique<Floor>();
                                 },
                                 .has_answer = false});
}

const bool added = [] {
    add<Memcpy>("memcpy/-");
    add<StageOne>("simdjson stage 1/-");
    add<LongStrings>("long strings/-");
    return true;
}();

}  // namespace
