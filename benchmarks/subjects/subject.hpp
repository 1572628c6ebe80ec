/// @file
/// What is measured: a way to read a body. Each is compiled by itself and adds itself, so that one
/// whose library is missing is not built, and none changes what the compiler makes of another.

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mews/webhooks/events.hpp>

namespace bench {

using mews::webhooks::BasicEvent;
using mews::webhooks::BasicGeneralWebhook;
using mews::webhooks::Webhook;

enum class Family { integration, general };

/// Reads one body after the other, keeping its buffers.
class Reader {
  public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    virtual void read(std::string_view body) = 0;  ///< What is measured.

    /// What is read; nothing if the body is refused.
    virtual std::optional<Webhook> answer(std::string_view) { return std::nullopt; }
};

struct Subject {
    std::string name{};     ///< `yyjson/borrowed`: what its texts are stands last.
    std::string version{};  ///< Of its library; empty for this one.
    std::unique_ptr<Reader> (*reader)(Family){};
    bool has_answer = true;
    bool keeps_unknown_text = true;  ///< The exact text of a Data or Value that is not known.
    /// How the names of golden bodies end that it reads differently, and why it can't do better.
    std::map<std::string, std::string> differences{};
};

/// All subjects of this program.
inline std::vector<Subject>& subjects() {
    static std::vector<Subject> all;
    return all;
}

/// To the compiler, something looks at all of a value.
template <class T>
inline void keep(T& value) {
    asm volatile("" : : "r"(&value) : "memory");
}

/// A reader by what `reads.read(body)` gives: a Result, or a pointer that is null if the body is
/// refused.
template <class Reads>
class ReaderOf final : public Reader {
  public:
    void read(std::string_view body) override {
        auto read = reads_.read(body);
        keep(read);
    }
    std::optional<Webhook> answer(std::string_view body) override {
        const auto read = reads_.read(body);
        if (!read) return std::nullopt;
        return to_owned(*read);
    }

  private:
    Reads reads_;
};

/// Adds a subject. `Reads` is a template over what it reads: an event or a general webhook. It
/// needs a name of its own: an unnamed namespace does not keep g++ from taking two for one here.
template <template <class> class Reads, class Text>
void add(Subject subject) {
    subject.reader = [](Family family) -> std::unique_ptr<Reader> {
        if (family == Family::general) {
            return std::make_unique<ReaderOf<Reads<BasicGeneralWebhook<Text>>>>();
        }
        return std::make_unique<ReaderOf<Reads<BasicEvent<Text>>>>();
    };
    subjects().push_back(std::move(subject));
}

/// Adds a library's two subjects: one borrows its texts, one owns them.
template <template <class> class Reads>
bool add_both(Subject subject) {
    const std::string library = subject.name;
    subject.name = library + "/borrowed";
    add<Reads, std::string_view>(subject);
    subject.name = library + "/owned";
    add<Reads, std::string>(std::move(subject));
    return true;
}

/// No library but ours skips a byte order mark everywhere.
inline std::string_view without_byte_order_mark(std::string_view body) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (body.starts_with(mark)) body.remove_prefix(mark.size());
    return body;
}

}  // namespace bench
