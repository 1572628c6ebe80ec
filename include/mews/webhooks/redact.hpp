/// @file
/// A body that may be shown to others: everything masked that the contract does not declare open.
/// Needs no JSON parser.

#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/detail/walk.hpp>
#include <mews/webhooks/events.hpp>
#include <mews/webhooks/options.hpp>
#include <mews/webhooks/print.hpp>
#include <mews/webhooks/result.hpp>

namespace mews::webhooks {

/// The body with its structure, white space, order and names, and of its values only those that the
/// contract declares open and that have their declared type. All other strings become
/// `"[redacted]"`, or `"[masked]"` where they are personal data; all other numbers become `0`;
/// true, false and null stay. What an unknown event holds is masked but for the `Integration`, or
/// the `Id`, that the library takes from it.
///
/// Nothing is known of names: a name that is a secret itself stays. The violations that `inspect`
/// finds in the result are those of the body, their offsets aside; the result can be longer than
/// the body, and so than ParseOptions::max_body_bytes. Takes time and memory in proportion to the
/// body's size.
///
/// @return the error of `inspect`, and no text, if the body is not well-formed.
/// @throws std::bad_alloc if there is no memory.
[[nodiscard]] inline Result<std::string> redact(std::string_view body,
                                                const ParseOptions& options = {});

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

/// Collects the values that may be shown, or are masked as personal data.
struct ShownValues : Sink {
    static constexpr bool keeps_elements = false;
    static constexpr bool wants_values = true;

    struct Value {
        const char* begin;
        wire::Visibility visibility;
    };

    void restart() noexcept { values.clear(); }
    void found(const Found& value) {
        if (value.visibility != wire::secret) values.push_back({value.begin, value.visibility});
    }

    std::vector<Value> values{};
};

}  // namespace detail

inline Result<std::string> redact(std::string_view body, const ParseOptions& options) {
    detail::ShownValues shown;
    detail::BodyBuffer buffer;
    WebhookView webhook;
    if (std::optional<Error> error = detail::walk_through(body, options, shown, buffer, webhook)) {
        return std::move(*error);
    }
    // They are found in another order where a tag stands behind its content.
    std::sort(shown.values.begin(), shown.values.end(),
              [](const auto& left, const auto& right) { return left.begin < right.begin; });

    std::string out;
    out.reserve(body.size());
    const char* copied = shown.body;  // Everything before it is in `out`.
    const char* const end = copied + body.size();
    auto next = shown.values.begin();
    for (const char* at = copied; at != end;) {
        const bool is_string = *at == '"';
        if (!is_string && *at != '-' && !detail::is_digit(*at)) {
            ++at;
            continue;
        }
        const char* const begin = at;
        at = is_string ? detail::scan_string(at + 1, end).at : detail::scan_number(at).at;
        if (is_string) {
            if (*detail::skip_white_space(at) == ':') continue;  // A name.
        }
        std::string_view mask = is_string ? "\"[redacted]\"" : "0";
        while (next != shown.values.end() && next->begin < begin)
            ++next;  // true, false or null, which stay in any case.
        if (next != shown.values.end() && next->begin == begin) {
            if (next->visibility == wire::open) continue;
            if (is_string) mask = "\"[masked]\"";
        }
        out.append(copied, begin).append(mask);
        copied = at;
    }
    return out.append(copied, end);
}

}  // namespace mews::webhooks
