/// @file
/// From the bytes of a body to an event.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>
#include <variant>

#include <mews/webhooks/detail/body_buffer.hpp>
#include <mews/webhooks/detail/fast_path.hpp>
#include <mews/webhooks/detail/own.hpp>
#include <mews/webhooks/detail/simdjson.hpp>
#include <mews/webhooks/detail/source.hpp>
#include <mews/webhooks/detail/walk.hpp>
#include <mews/webhooks/error.hpp>
#include <mews/webhooks/events.hpp>
#include <mews/webhooks/inspect.hpp>
#include <mews/webhooks/options.hpp>
#include <mews/webhooks/result.hpp>

namespace mews::webhooks {

template <class Backend>
class BasicParser;

/// A body that was inspected: what `Parser::inspect` gives.
struct InspectedView {
    Result<WebhookView> webhook;  ///< As `Parser::parse_webhook_view` gives it.
    Inspection inspection;        ///< As the free function `inspect` gives it.
};

namespace detail {

template <class Backend>
class ThreadParser;

/// A value that costs little to make: a body's takes its place. (The first alternative of an event
/// is the one with the most members.)
template <class View>
[[nodiscard]] Result<View> cheapest_value() noexcept {
    if constexpr (requires { std::variant_size<View>::value; }) {
        return Result<View>{std::in_place, std::in_place_index<std::variant_size_v<View> - 1>};
    } else {
        return Result<View>{std::in_place};
    }
}

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

    /// @{
    /// Parses one body into a value that owns its strings: of an Integration Webhook, of a General
    /// Webhook, or of either.
    /// @throws std::bad_alloc if there is no memory for the value, or for the error's pointer.
    Result<Event> parse(std::string_view body) { return owned<EventView>(body); }
    Result<GeneralWebhook> parse_general(std::string_view body) {
        return owned<GeneralWebhookView>(body);
    }
    Result<Webhook> parse_webhook(std::string_view body) { return owned<WebhookView>(body); }
    /// @}

    /// @{
    /// Parses one body into a value that borrows its strings from this Parser: they are valid until
    /// its next call, its move or its end.
    /// @tparam View an EventView, a GeneralWebhookView or a WebhookView.
    /// @throws std::bad_alloc if there is no memory for the error's pointer.
    template <class View = EventView>
    Result<View> parse_view(std::string_view body) & {
        bool ignores_some = false;
        return read<View>(body, options_.contract, ignores_some);
    }
    Result<GeneralWebhookView> parse_general_view(std::string_view body) & {
        return parse_view<GeneralWebhookView>(body);
    }
    Result<WebhookView> parse_webhook_view(std::string_view body) & {
        return parse_view<WebhookView>(body);
    }
    /// @}

    /// Parses a body of either family and finds all that there is to tell of it. Where that is
    /// nothing, and the body is as the vendor writes it, it takes not much longer than
    /// parse_webhook_view. The value borrows from this Parser.
    /// @throws std::bad_alloc if there is no memory for what is found.
    InspectedView inspect(std::string_view body) & {
        bool ignores_some = detail::byte_order_mark_size(body) != 0;
        // What keeps to the documented contract keeps to the observed one.
        Result<WebhookView> webhook = read<WebhookView>(body, Contract::documented, ignores_some);
        if (webhook && !ignores_some && detail::is_usual(*webhook)) return {std::move(webhook), {}};
        if (!webhook) webhook = parse_webhook_view(body);
        return {std::move(webhook), webhooks::inspect(body, options_)};
    }

    /// @{
    /// Does not compile: the view would outlive what it borrows from.
    template <class View = EventView, class Body>
    Result<View> parse_view(const Body& body) && {
        return refuse_temporary<Result<View>>(body);
    }
    template <class Body>
    Result<GeneralWebhookView> parse_general_view(const Body& body) && {
        return refuse_temporary<Result<GeneralWebhookView>>(body);
    }
    template <class Body>
    Result<WebhookView> parse_webhook_view(const Body& body) && {
        return refuse_temporary<Result<WebhookView>>(body);
    }
    template <class Body>
    InspectedView inspect(const Body& body) && {
        return refuse_temporary<InspectedView>(body);
    }
    /// @}

  private:
    template <class>
    friend class detail::ThreadParser;

    template <class Borrowed, class Body>
    static Borrowed refuse_temporary(const Body&) {
        static_assert(std::is_void_v<Body>,
                      "the view borrows from the Parser, which ends first: name the Parser, as in "
                      "`Parser parser; auto view = parser.parse_view(body);`");
        return {};
    }

    static constexpr std::size_t smallest_capacity = 1024;

    template <class View>
    Result<detail::Owned<View>> owned(std::string_view body) {
        Result<View> view = parse_view<View>(body);
        if (!view) return std::move(view).error();
        return Result<detail::Owned<View>>{std::in_place, detail::MakeOwned<View>{*view}};
    }

    /// @param ignores_some becomes true if a property was ignored, or the exact walk has read.
    template <class View>
#if defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__)
    // The fast path is inlined here, and by g++ also what simdjson leaves to the compiler: a call
    // in between takes up to a tenth of the time of a small body. Under g++'s AddressSanitizer,
    // such a function takes minutes to compile.
    [[gnu::flatten]]
#endif
    simdjson_never_inline Result<View> read(std::string_view body, Contract contract,
                                            bool& ignores_some) {
        // The only variable that is returned: so it is made in its place.
        Result<View> result = detail::cheapest_value<View>();
        if (detail::is_too_large(body, options_)) {
            result = Error{ErrorCode::body_too_large, {}, 0};
            return result;
        }
        const std::size_t offset = detail::byte_order_mark_size(body);
        body.remove_prefix(offset);
        // As a rule there is room, and no need to call reserve, which looks more closely.
        constexpr bool has_lists = detail::elements_size<View>(1) != 0;
        const bool has_room =
            body.size() < buffer_.capacity() && (!has_lists || elements_ != nullptr);
        if (!has_room && !reserve(body.size(), has_lists)) {
            result = Error{ErrorCode::out_of_memory, {}, 0};
            return result;
        }
        // In the body itself: what has just been copied is still on its way to memory, and slower
        // to read.
        const bool has_escapes =
            !body.empty() && std::memchr(body.data(), '\\', body.size()) != nullptr;
        const detail::Source source{buffer_.assign(body), buffer_.scratch(), elements_.get(),
                                    contract, options_.max_depth};
        if (!read_fast(source, has_escapes, ignores_some, *result)) {
            ignores_some = true;
            read_exactly(source, offset, result);
        }
        return result;
    }

    template <class View>
    simdjson_inline bool read_fast(const detail::Source& source, bool has_escapes,
                                   bool& ignores_some, View& view) noexcept {
        return detail::FastPath<Backend, View>::read(backend_, source, has_escapes, {},
                                                     ignores_some, view);
    }

    /// Which family a body is of, its first property tells as a rule.
    simdjson_inline bool read_fast(const detail::Source& source, bool has_escapes,
                                   bool& ignores_some, WebhookView& view) noexcept {
        using detail::FastPath;
        constexpr auto families = wire::Description<WebhookView>::families;
        const char* const key = detail::first_key(source.text);
        if (!detail::is_property_of<GeneralWebhookView>(key)) {
            if (FastPath<Backend, EventView>::read(
                    backend_, source, has_escapes, {}, ignores_some,
                    view.template emplace<EventView>(std::in_place_type<UnknownEventView>))) {
                return true;
            }
            if (detail::is_property_of<EventView>(key)) return false;
        }
        return FastPath<Backend, GeneralWebhookView>::read(
            backend_, source, has_escapes, families[0], ignores_some,
            view.template emplace<GeneralWebhookView>());
    }

    // These are not inlined into `read`.

    template <class View>
    static simdjson_never_inline void read_exactly(const detail::Source& source, std::size_t offset,
                                                   Result<View>& result) {
        detail::read_exactly(source, offset, result);
    }

    [[nodiscard]] simdjson_never_inline bool reserve(std::size_t size,
                                                     bool with_elements) noexcept {
        if ((std::max<std::size_t>)(size, 1) > buffer_.capacity()) {
            // Twice as much as before, so that bodies which grow bit by bit do not each cost a new
            // one.
            const std::size_t limit = (std::min)(options_.max_body_bytes, detail::largest_body);
            const std::size_t wanted =
                (std::max)({size, 2 * buffer_.capacity(), smallest_capacity});
            const std::size_t capacity = (std::max)(size, (std::min)(wanted, limit));
            backend_ = Backend{};
            elements_.reset();
            if (backend_.allocate(capacity) != simdjson::SUCCESS || !buffer_.reset(capacity)) {
                return false;
            }
        }
        if (with_elements && elements_ == nullptr) {
            elements_.reset(new (std::nothrow)
                                std::byte[detail::elements_size<WebhookView>(buffer_.capacity())]);
        }
        return !with_elements || elements_ != nullptr;
    }

    ParseOptions options_;
    Backend backend_;
    detail::BodyBuffer buffer_;
    std::unique_ptr<std::byte[]> elements_;  ///< For the lists of bodies that buffer_ has room for.
};

/// Parses bodies, keeping its buffers. `BasicParser` is a template only so that translation units
/// compiled for different instruction sets or build modes do not take one another's for their own:
/// they may be linked into one program.
using Parser = BasicParser<detail::Backend>;

namespace detail {

/// The parser that the free functions use on a thread.
template <class Backend>
class ThreadParser {
  public:
    /// Calls `parse_with(parser)`.
    template <class ParseWith>
    static auto parse(const ParseOptions& options, ParseWith&& parse_with) {
        if (!is_over) return parse_with(owner().parser_for(options));
        BasicParser<Backend> parser{options};
        return parse_with(parser);
    }

  private:
    struct Owner {
        BasicParser<Backend> parser;

        Owner() = default;
        Owner(const Owner&) = delete;
        Owner& operator=(const Owner&) = delete;
        ~Owner() { is_over = true; }

        BasicParser<Backend>& parser_for(const ParseOptions& options) noexcept {
            // What an earlier call allowed to be kept, this one may not.
            if (parser.buffer_.capacity() >
                (std::max)(options.max_body_bytes, parser.smallest_capacity)) {
                parser = BasicParser<Backend>{options};
            }
            parser.options_ = options;
            return parser;
        }
    };

    // One for all functions that parse: in a template there would be one for each.
    static Owner& owner() {
        static thread_local Owner kept;
        return kept;
    }

    // Outlives the owner, having no destructor: whatever is destroyed after it on a thread that
    // ends may still parse.
    static constinit inline thread_local bool is_over = false;
};

}  // namespace detail

/// Parses the body of an Integration Webhook into an event that owns its strings.
///
/// The body is any text: it needs no padding and no terminator, and is copied. A UTF-8 byte order
/// mark before it is skipped. May be called from any number of threads at once; each keeps buffers
/// of its own, as a Parser does. Not from the destructors of static objects, once main has
/// returned: simdjson's own may have ended before.
///
/// @code
/// const auto event = mews::webhooks::parse(body);
/// if (!event) return event.error().code == ErrorCode::out_of_memory ? 503 : set_aside(body);
/// if (const auto* created = std::get_if<mews::webhooks::IntegrationCreated>(&*event)) {
///     onboard(created->enterprise.id, created->access_token);
/// }
/// @endcode
///
/// @throws std::bad_alloc if there is no memory for the event or for the error's pointer. Nothing
/// else.
template <class Backend = detail::Backend>
[[nodiscard]] Result<Event> parse(std::string_view body, const ParseOptions& options = {}) {
    return detail::ThreadParser<Backend>::parse(
        options, [&](BasicParser<Backend>& parser) { return parser.parse(body); });
}

/// Parses the body of a General Webhook, otherwise as `parse` does.
template <class Backend = detail::Backend>
[[nodiscard]] Result<GeneralWebhook> parse_general(std::string_view body,
                                                   const ParseOptions& options = {}) {
    return detail::ThreadParser<Backend>::parse(
        options, [&](BasicParser<Backend>& parser) { return parser.parse_general(body); });
}

/// Parses a body of either family, otherwise as `parse` does: for an endpoint that is registered
/// for both. A property `Action` makes it an Integration Webhook, else `Events` a General one; with
/// neither, `Action` is missing.
template <class Backend = detail::Backend>
[[nodiscard]] Result<Webhook> parse_webhook(std::string_view body,
                                            const ParseOptions& options = {}) {
    return detail::ThreadParser<Backend>::parse(
        options, [&](BasicParser<Backend>& parser) { return parser.parse_webhook(body); });
}

}  // namespace mews::webhooks
