/// @file
/// From the bytes of a body to an event.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>

#include <mews/webhooks/detail/body_buffer.hpp>
#include <mews/webhooks/detail/decode.hpp>
#include <mews/webhooks/detail/members.hpp>
#include <mews/webhooks/detail/read_body.hpp>
#include <mews/webhooks/detail/simdjson.hpp>
#include <mews/webhooks/error.hpp>
#include <mews/webhooks/events.hpp>
#include <mews/webhooks/options.hpp>
#include <mews/webhooks/result.hpp>

namespace mews::webhooks {

template <class Backend>
class BasicParser;

namespace detail {

template <class Backend>
class ThreadParser;

}  // namespace detail

/// Parses bodies one after the other, keeping its buffers: once it has seen a body of some size,
/// bodies up to that size cost no allocation. Use one in each thread; for the occasional body the
/// free function `parse` is as good.
///
/// A Parser is good for any number of bodies, whatever became of those before.
template <class Backend>
class BasicParser {
  public:
    /// A parser that has no buffers yet: the first body makes them.
    explicit BasicParser(const ParseOptions& options = {}) noexcept : options_(options) {}

    /// @{
    /// Moves the buffers. Events that borrow from either parser are no longer valid. The one that
    /// was moved from may be used again.
    BasicParser(BasicParser&&) noexcept = default;
    BasicParser& operator=(BasicParser&&) noexcept = default;
    /// @}

    BasicParser(const BasicParser&) = delete;
    BasicParser& operator=(const BasicParser&) = delete;
    ~BasicParser() = default;

    /// Parses one body into an event that owns its texts.
    /// @throws std::bad_alloc if there is no memory for a text of the event or of the error.
    Result<Event> parse(std::string_view body) {
        Result<EventView> view = parse_view(body);
        if (!view) return std::move(view).error();
        return Result<Event>{std::in_place, detail::MakeOwned<EventView>{*view}};
    }

    /// Parses one body into an event that borrows its texts from this Parser: they are valid until
    /// its next call, its move or its end.
    /// @throws std::bad_alloc if there is no memory for a text of the error.
    Result<EventView> parse_view(std::string_view body) {
        if (body.size() > options_.max_body_bytes || body.size() > largest_body) {
            return Error{ErrorCode::body_too_large, {}, 0};
        }
        const std::size_t offset = byte_order_mark_size(body);
        body.remove_prefix(offset);
        if (!reserve(body.size())) return Error{ErrorCode::out_of_memory, {}, 0};
        // In the body itself: what has just been copied is still on its way to memory, and slower
        // to read.
        const bool has_escapes =
            !body.empty() && std::memchr(body.data(), '\\', body.size()) != nullptr;
        const std::string_view text = buffer_.assign(body);

        detail::BodyMembers members;
        if (decode(text, has_escapes, members)) {
            return detail::event_of(members, wire::Table<std::string_view>::Events{});
        }
        return detail::read_body(text, offset, buffer_.scratch(), options_.contract,
                                 options_.max_depth);
    }

  private:
    template <class>
    friend class detail::ThreadParser;

    /// simdjson counts in 32 bits.
    static constexpr std::size_t largest_body =
        (std::min<std::uint64_t>)((std::numeric_limits<std::size_t>::max)() / 4, 0xFFFF'0000);

    static constexpr std::size_t smallest_capacity = 1024;

    [[nodiscard]] static std::size_t byte_order_mark_size(std::string_view body) noexcept {
        return body.size() >= 3 && body[0] == '\xEF' && body[1] == '\xBB' && body[2] == '\xBF' ? 3
                                                                                               : 0;
    }

    [[nodiscard]] bool reserve(std::size_t size) noexcept {
        if ((std::max<std::size_t>)(size, 1) <= buffer_.capacity()) return true;
        // Twice as much as before, so that bodies which grow bit by bit do not each cost a new one.
        const std::size_t limit = (std::min)(options_.max_body_bytes, largest_body);
        const std::size_t wanted = (std::max)({size, 2 * buffer_.capacity(), smallest_capacity});
        const std::size_t capacity = (std::max)(size, (std::min)(wanted, limit));
        backend_ = Backend{};
        return backend_.allocate(capacity) == simdjson::SUCCESS && buffer_.reset(capacity);
    }

    [[nodiscard]] bool decode(std::string_view text, bool has_escapes,
                              detail::BodyMembers& body) noexcept {
        // Too shallow for the contract's own objects: whether that is a fault, read_body finds out.
        if (options_.max_depth < detail::contract_depth) return false;
        // simdjson may skip a byte order mark, so a second one must not get that far.
        if (text.empty() || text.front() == '\xEF') return false;
        const detail::Source source{
            text.data(), text.data() + text.size(), buffer_.scratch(),
            has_escapes, options_.contract,         options_.max_depth,
        };
        return detail::Decoder<Backend>::decode(backend_, source, body);
    }

    ParseOptions options_;
    Backend backend_;
    detail::BodyBuffer buffer_;
};

/// Parses bodies, keeping its buffers. `BasicParser` is a template only so that translation units
/// compiled for different instruction sets or build modes do not take one another's for their own:
/// they may be linked into one program.
using Parser = BasicParser<detail::Backend>;

namespace detail {

/// The parser that the free function `parse` uses on a thread.
template <class Backend>
class ThreadParser {
  public:
    static Result<Event> parse(std::string_view body, const ParseOptions& options) {
        if (!is_over) {
            static thread_local Owner owner;
            return owner.parse(body, options);
        }
        return BasicParser<Backend>{options}.parse(body);
    }

  private:
    struct Owner {
        BasicParser<Backend> parser;

        Owner() = default;
        Owner(const Owner&) = delete;
        Owner& operator=(const Owner&) = delete;
        ~Owner() { is_over = true; }

        Result<Event> parse(std::string_view body, const ParseOptions& options) {
            // What an earlier call allowed to be kept, this one may not.
            if (parser.buffer_.capacity() >
                (std::max)(options.max_body_bytes, parser.smallest_capacity)) {
                parser = BasicParser<Backend>{options};
            }
            parser.options_ = options;
            return parser.parse(body);
        }
    };

    // Outlives the owner, having no destructor: whatever is destroyed after it on a thread that
    // ends may still parse.
    static constinit inline thread_local bool is_over = false;
};

}  // namespace detail

/// Parses one body into an event that owns its texts.
///
/// The body is any text: it needs no padding and no terminator, and is copied. A UTF-8 byte order
/// mark before it is skipped. May be called from any number of threads at once; each keeps buffers
/// of its own, as a Parser does. Not from the destructors of static objects, once main has
/// returned: simdjson's own may have ended before.
///
/// @code
/// const auto event = mews::webhooks::parse(body);
/// if (!event) return reply(400, event.error().message());
/// if (const auto* created = std::get_if<mews::webhooks::IntegrationCreated>(&*event)) {
///     onboard(created->enterprise.id, created->access_token);
/// }
/// @endcode
///
/// @throws std::bad_alloc if there is no memory for a text of the event or of the error. Nothing
/// else.
template <class Backend = detail::Backend>
[[nodiscard]] Result<Event> parse(std::string_view body, const ParseOptions& options = {}) {
    return detail::ThreadParser<Backend>::parse(body, options);
}

}  // namespace mews::webhooks
