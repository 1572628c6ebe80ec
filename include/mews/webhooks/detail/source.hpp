/// @file
/// What the fast path and the exact walk read from.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/detail/wire_types.hpp>
#include <mews/webhooks/options.hpp>
#include <mews/webhooks/reflect.hpp>

namespace mews::webhooks::detail {

inline constexpr std::size_t largest_body =
    (std::min<std::uint64_t>)((std::numeric_limits<std::size_t>::max)() / 4, 0xFFFF'0000);

/// A body, and the memory that reading it takes.
struct Source {
    std::string_view text;  ///< Without a byte order mark; `text_padding` zeros follow it.
    char* scratch;          ///< Room for unescaped strings: for as many bytes, padding included.
    std::byte* elements;    ///< Room for `elements_size` bytes, for the elements of lists, aligned.
    Contract contract;
    std::size_t max_depth;
};

/// The alternative of a tagged object for the tags that are not documented.
template <wire::Tagged T>
using UnknownOf = std::variant_alternative_t<std::variant_size_v<T> - 1, T>;

/// Makes a T without clearing it first: value-initialization, which is what emplace does without an
/// argument, sets all its bytes to zero, which takes as long as some bodies take to read.
template <class T>
struct MakeUncleared {
    operator T() const noexcept {  // NOLINT(google-explicit-constructor): for emplacement
        T made;
        return made;
    }
};

/// Whether a body has more bytes than are read: simdjson counts in 32 bits.
[[nodiscard]] constexpr bool is_too_large(std::string_view body,
                                          const ParseOptions& options) noexcept {
    return body.size() > options.max_body_bytes || body.size() > largest_body;
}

/// How many bytes of UTF-8 byte order mark a body begins with.
[[nodiscard]] constexpr std::size_t byte_order_mark_size(std::string_view body) noexcept {
    return body.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

/// The fewest bytes of JSON that a value of a type takes.
template <class T>
consteval std::size_t least_text() {
    if constexpr (wire::is_optional<T>) {
        return least_text<typename wire::Unwrap<T>::type>();
    } else if constexpr (wire::Tagged<T>) {
        using Description = wire::Description<T>;
        return Description::tag.size() + Description::content.size() +
               std::string_view{R"({"":"","":{}})"}.size();
    } else if constexpr (wire::Object<T>) {
        std::size_t size = 1;
        wire::for_each_property<T>([&](auto property) {
            size += property.name.size() + std::string_view{R"("":,)"}.size() +
                    least_text<typename decltype(property)::Value>();
        });
        return size < 2 ? 2 : size;
    } else if constexpr (wire::List<T>) {
        return 2;
    } else {
        return wire::Type<T>::kind == wire::Kind::string ? 2 : 1;
    }
}

/// How many bytes the elements of all lists in a text of `text_size` bytes take at most.
template <class T>
[[nodiscard]] constexpr std::size_t elements_size(std::size_t text_size) noexcept {
    std::size_t size = 0;
    if constexpr (wire::Families<T>) {
        wire::for_each_alternative<T>([&]<class Family>(std::type_identity<Family>) {
            size =
                size < elements_size<Family>(text_size) ? elements_size<Family>(text_size) : size;
        });
    } else if constexpr (wire::Object<T>) {
        wire::for_each_property<T>([&](auto property) {
            using Value = typename decltype(property)::Value;
            if constexpr (wire::List<Value>) {
                using Element = wire::ElementOf<Value>;
                // Each with the comma or bracket behind it, and one more that is refused.
                const std::size_t count = text_size / (least_text<Element>() + 1) + 1;
                size += count * sizeof(Element);
            }
        });
    }
    return size;
}

}  // namespace mews::webhooks::detail
