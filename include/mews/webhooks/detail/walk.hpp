/// @file
/// The exact walk: reads a body along the contract table from its characters alone, checks that it
/// is well-formed on the way, and tells a sink what it finds.
///
/// Every fault that reaches a user is found here. That is why a body gets the same answer whatever
/// version of simdjson, and whichever of its CPU implementations, stands behind the fast path.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/detail/source.hpp>
#include <mews/webhooks/detail/wire_types.hpp>
#include <mews/webhooks/error.hpp>
#include <mews/webhooks/reflect.hpp>
#include <mews/webhooks/result.hpp>

namespace mews::webhooks::detail {

/// The names and indices that lead to a value, the innermost first. Lives on the stack of the walk.
struct Path {
    const Path* parent = nullptr;  ///< Null for the body itself.
    std::string_view name{};       ///< A property's name; no data for an element of a list.
    std::size_t index = 0;         ///< An element's index.

    /// As a JSON Pointer.
    [[nodiscard]] std::string pointer() const {
        if (parent == nullptr) return {};
        std::string text = parent->pointer() + '/';
        if (name.data() == nullptr) return text + std::to_string(index);
        for (const char c : name) {
            if (c == '~' || c == '/') {
                text.append(c == '~' ? "~0" : "~1");
            } else {
                text += c;
            }
        }
        return text;
    }
};

/// A value of the contract that has its declared type.
struct Found {
    std::string_view name;        ///< The property's.
    wire::Visibility visibility;  ///< The property's.
    std::string_view text;        ///< The content of a string, else the value itself.
    const char* begin;            ///< The value in the body.
    const char* end;
    const Path& path;
};

/// A sink that wants to know nothing; the others derive from it.
struct Sink {
    /// Whether the elements of a list are kept, or each takes the place of the one before.
    static constexpr bool keeps_elements = true;
    /// Whether `found` is of interest.
    static constexpr bool wants_values = false;

    void restart() noexcept {}  ///< The body is read once more, as another family.
    void fault(ErrorCode, const char* /*at*/, const Path&) noexcept {}
    void found(const Found&) noexcept {}
    void only_observed(const char* /*at*/, const Path&) noexcept {}  ///< A fault if documented.
    void unknown_property(const char* /*at*/, const Path&) noexcept {}
    template <wire::Tagged>
    void unknown_tag(const char* /*at*/, const Path&) noexcept {}
};

/// Keeps the fault that comes first in the document, where a missing property stands at the opening
/// brace of the object that lacks it.
struct FirstFault : Sink {
    ErrorCode code{};
    const char* at = nullptr;
    std::string pointer{};

    [[nodiscard]] bool has_fault() const noexcept { return at != nullptr; }
    void restart() noexcept { *this = {}; }
    void fault(ErrorCode fault_code, const char* fault_at, const Path& path) {
        if (has_fault() && at <= fault_at) return;
        pointer = path.pointer();
        code = fault_code;
        at = fault_at;
    }
};

/// Knows whether there was a fault.
struct AnyFault : Sink {
    bool seen = false;

    [[nodiscard]] bool has_fault() const noexcept { return seen; }
    void fault(ErrorCode, const char*, const Path&) noexcept { seen = true; }
};

/// The walk. What reads a value gets its first byte and returns the byte behind it, or null if the
/// text is not well-formed: `malformed_` then says why.
template <class Sink>
class Walk {
  public:
    Walk(const Source& source, Sink& sink) noexcept : source_(source), sink_(sink) {}

    /// Reads the whole text.
    /// @return why it is not well-formed, if it is not; then nothing else that was found counts.
    template <class T>
    [[nodiscard]] Scan read(T& out) {
        const char* const first = skip_white_space(begin(), end());
        if (first == end()) return {begin(), ErrorCode::empty_body};
        Scan scan = body(first, out);
        if (scan.ok()) {
            scan.at = skip_white_space(scan.at, end());
            if (scan.at != end()) scan.fault = ErrorCode::trailing_content;
        }
        // Bytes that are not UTF-8 are that first of all, wherever they stand.
        const char* const not_utf8 = find_invalid_utf8(begin(), end());
        if (not_utf8 != end() && not_utf8 <= scan.at) return {not_utf8, ErrorCode::invalid_utf8};
        return scan;
    }

  private:
    template <class>
    friend class Walk;

    /// What is known of a value besides its type.
    struct Facts {
        std::string_view name{};
        wire::Visibility visibility{};
    };

    [[nodiscard]] const char* begin() const noexcept { return source_.text.data(); }
    [[nodiscard]] const char* end() const noexcept { return begin() + source_.text.size(); }

    const char* malformed(const char* at, ErrorCode code = ErrorCode::malformed_json) noexcept {
        malformed_ = {at, code};
        return nullptr;
    }

    // ── the body ────────────────────────────────────────────────────────────────────────────────

    template <class T>
    Scan body(const char* at, T& out) {
        const char* const behind = value(at, out, Facts{}, Path{}, 0);
        return behind == nullptr ? malformed_ : Scan{behind};
    }

    /// A body of one of several families.
    ///
    /// The first of their names that it has decides. As a rule that one stands at the front and is
    /// the only one. If one that comes before it in the table turns up later, the body is read once
    /// more, as that family.
    template <wire::Families T>
    Scan body(const char* at, T& out) {
        families_ = wire::Description<T>::families;
        family_ = first_family(at);
        const Source source = source_;
        for (;;) {
            const std::size_t chosen = family_;
            Scan scan{};
            std::size_t index = 0;
            wire::for_each_alternative<T>([&]<class Family>(std::type_identity<Family>) {
                if (index++ == chosen) scan = body(at, out.template emplace<Family>());
            });
            if (family_ == chosen) return scan;
            source_ = source;
            sink_.restart();
        }
    }

    /// The family of the first property that is one's name; the first family if none is.
    std::size_t first_family(const char* at) {
        std::size_t family = families_.size();
        if (*at == '{') {
            members(at, 0, [&](std::string_view name, const char* value_at, std::size_t depth) {
                family = index_of_family(name);
                return family != families_.size() ? nullptr : skip(value_at, depth);
            });
        }
        return family % families_.size();
    }

    [[nodiscard]] std::size_t index_of_family(std::string_view name) const noexcept {
        std::size_t index = 0;
        while (index != families_.size() && families_[index] != name)
            ++index;
        return index;
    }

    // ── values ──────────────────────────────────────────────────────────────────────────────────

    /// Reads a value that nothing is known of.
    const char* skip(const char* at, std::size_t depth) noexcept {
        const Scan scan = scan_value(at, end(), source_.scratch, source_.max_depth - depth);
        return scan.ok() ? scan.at : malformed(scan.at, scan.fault);
    }

    const char* refuse(ErrorCode code, const char* at, const Path& path, std::size_t depth) {
        sink_.fault(code, at, path);
        return skip(at, depth);
    }

    template <class T>
    const char* value(const char* at, std::optional<T>& out, const Facts& facts, const Path& path,
                      std::size_t depth) {
        return value(at, out.emplace(), facts, path, depth);
    }

    template <wire::Scalar T>
    const char* value(const char* at, T& out, const Facts& facts, const Path& path,
                      std::size_t depth) {
        using Type = wire::Type<T>;
        if (wire::kind_at(*at) != Type::kind) {
            return refuse(ErrorCode::wrong_type, at, path, depth);
        }
        String read{};
        if constexpr (Type::kind == wire::Kind::string) {
            read = read_string(at + 1, end(), source_.scratch);
        } else {
            read.scan = scan_scalar(at, end());
            read.text = {at, static_cast<std::size_t>(read.scan.at - at)};
        }
        if (!read.scan.ok()) return malformed(read.scan.at);
        if (Type::read(read.text, out)) {
            sink_.found({facts.name, facts.visibility, read.text, at, read.scan.at, path});
        } else {
            sink_.fault(Type::unreadable, at, path);
        }
        return read.scan.at;
    }

    template <wire::List T>
    const char* value(const char* at, T& out, const Facts& facts, const Path& path,
                      std::size_t depth) {
        using Element = std::ranges::range_value_t<T>;
        static_assert(std::is_trivially_destructible_v<Element>);
        if (*at != '[') return refuse(ErrorCode::wrong_type, at, path, depth);
        if (depth == source_.max_depth) return malformed(at, ErrorCode::nesting_too_deep);
        auto* const elements = reinterpret_cast<Element*>(source_.elements);
        Path element{&path};
        at = skip_white_space(at + 1, end());
        if (at != end() && *at == ']') return at + 1;
        for (;; ++element.index) {
            if (at == end()) return malformed(at);
            // Without a fault, an element has taken as much text as there is room for it.
            auto* const slot = std::construct_at(reinterpret_cast<Element*>(source_.elements));
            at = *at == 'n' ? refuse(ErrorCode::unexpected_null, at, element, depth + 1)
                            : value(at, *slot, facts, element, depth + 1);
            if (at == nullptr) return nullptr;
            if constexpr (Sink::keeps_elements) {
                if (!sink_.has_fault()) source_.elements += sizeof(Element);
            }
            at = skip_white_space(at, end());
            if (at == end()) return malformed(at);
            if (*at == ']') break;
            if (*at != ',') return malformed(at);
            at = skip_white_space(at + 1, end());
        }
        if constexpr (Sink::keeps_elements) {
            out = T{elements, reinterpret_cast<Element*>(source_.elements)};
        }
        return at + 1;
    }

    // ── objects ─────────────────────────────────────────────────────────────────────────────────

    /// Reads an object, handing its members to `on_member(name, at, depth)`, which reads the value.
    /// The name is valid until another string is read.
    template <class OnMember>
    const char* members(const char* at, std::size_t depth, OnMember&& on_member) {
        if (depth == source_.max_depth) return malformed(at, ErrorCode::nesting_too_deep);
        at = skip_white_space(at + 1, end());
        if (at != end() && *at == '}') return at + 1;
        for (;;) {
            if (at == end() || *at != '"') return malformed(at);
            char* scratch = source_.scratch;
            const String name = read_string(at + 1, end(), scratch);
            if (!name.scan.ok()) return malformed(name.scan.at);
            at = skip_white_space(name.scan.at, end());
            if (at == end() || *at != ':') return malformed(at);
            at = skip_white_space(at + 1, end());
            if (at == end()) return malformed(at);
            at = on_member(name.text, at, depth + 1);
            if (at == nullptr) return nullptr;
            at = skip_white_space(at, end());
            if (at == end()) return malformed(at);
            if (*at == '}') return at + 1;
            if (*at != ',') return malformed(at);
            at = skip_white_space(at + 1, end());
        }
    }

    const char* unknown_property(std::string_view name, const char* at, const Path& parent,
                                 std::size_t depth) {
        if (parent.parent == nullptr && index_of_family(name) < family_) {
            family_ = index_of_family(name);
        }
        sink_.unknown_property(at, Path{&parent, name});
        return skip(at, depth);
    }

    template <wire::Object T>
    const char* value(const char* at, T& out, const Facts&, const Path& path, std::size_t depth) {
        if (*at != '{') return refuse(ErrorCode::wrong_type, at, path, depth);
        std::uint32_t seen = 0;
        const char* const behind =
            members(at, depth, [&](std::string_view name, const char* value_at, std::size_t inner) {
                const char* value_end = nullptr;
                const bool is_known = wire::any_property<T>([&](auto property) {
                    if (name != property.name) return false;
                    value_end = member(property, value_at, out, seen, path, inner);
                    return true;
                });
                return is_known ? value_end : unknown_property(name, value_at, path, inner);
            });
        if (behind == nullptr) return nullptr;
        wire::for_each_property<T>([&](auto property) {
            using enum wire::Presence;
            if ((seen >> property.index & 1U) != 0) return;
            if (property.presence(source_.contract) != optional) {
                sink_.fault(ErrorCode::missing_property, at, Path{&path, property.name});
            } else if (property.presence(Contract::documented) != optional) {
                sink_.only_observed(at, Path{&path, property.name});
            }
        });
        return behind;
    }

    template <class Property, class Struct>
    const char* member(Property property, const char* at, Struct& out, std::uint32_t& seen,
                       const Path& parent, std::size_t depth) {
        using enum wire::Presence;
        const Path path{&parent, property.name};
        const std::uint32_t bit = 1U << property.index;
        if ((seen & bit) != 0) return refuse(ErrorCode::duplicate_property, at, path, depth);
        seen |= bit;
        if (*at != 'n') {
            return value(at, out.*property.member, Facts{property.name, property.visibility}, path,
                         depth);
        }
        if (property.presence(source_.contract) == required) {
            sink_.fault(ErrorCode::unexpected_null, at, path);
        } else if (property.presence(Contract::documented) == required) {
            sink_.only_observed(at, path);
        }
        return skip(at, depth);
    }

    // ── tagged objects ──────────────────────────────────────────────────────────────────────────

    template <wire::Tagged T>
    const char* value(const char* at, T& out, const Facts&, const Path& path, std::size_t depth) {
        if (*at != '{') return refuse(ErrorCode::wrong_type, at, path, depth);
        using Description = wire::Description<T>;
        const Path tag_path{&path, Description::tag};
        const Path content_path{&path, Description::content};
        const char* tag_at = nullptr;
        const char* content_at = nullptr;
        const char* pending = nullptr;  // The content, if it stands before its tag.
        std::optional<std::string_view> tag;
        const char* const behind =
            members(at, depth, [&](std::string_view name, const char* value_at, std::size_t inner) {
                const bool is_tag = name == Description::tag;
                if (!is_tag && name != Description::content) {
                    return unknown_property(name, value_at, path, inner);
                }
                const Path& value_path = is_tag ? tag_path : content_path;
                if (std::exchange(is_tag ? tag_at : content_at, value_at) != nullptr) {
                    return refuse(ErrorCode::duplicate_property, value_at, value_path, inner);
                }
                if (*value_at == 'n') {
                    return refuse(ErrorCode::unexpected_null, value_at, value_path, inner);
                }
                if (is_tag) return read_tag<T>(value_at, tag, tag_path, inner);
                if (*value_at != '{') {
                    return refuse(ErrorCode::wrong_type, value_at, content_path, inner);
                }
                if (tag) return content(value_at, *tag, out, content_path, inner);
                pending = value_at;
                return skip(value_at, inner);
            });
        if (behind == nullptr) return nullptr;
        if (tag_at == nullptr) sink_.fault(ErrorCode::missing_property, at, tag_path);
        if (content_at == nullptr) sink_.fault(ErrorCode::missing_property, at, content_path);
        if (tag && pending != nullptr) content(pending, *tag, out, content_path, depth + 1);
        return behind;
    }

    template <wire::Tagged T>
    const char* read_tag(const char* at, std::optional<std::string_view>& tag, const Path& path,
                         std::size_t depth) {
        std::string_view text;
        const char* const behind = value(at, text, Facts{path.name}, path, depth);
        if (behind == nullptr || *at != '"') return behind;
        tag = text;
        if (wire::index_of_tag<T>(text) == wire::tags<T>.size()) {
            sink_.template unknown_tag<T>(at, path);
        }
        return behind;
    }

    template <wire::Tagged T>
    const char* content(const char* at, std::string_view tag, T& out, const Path& path,
                        std::size_t depth) {
        const char* behind = nullptr;
        const std::size_t index = wire::index_of_tag<T>(tag);
        wire::visit_alternative<T>(index, [&]<class Struct>(std::type_identity<Struct>) {
            Struct& alternative = out.template emplace<Struct>();
            if constexpr (wire::UnknownObject<Struct>) {
                behind = unknown_content<T>(at, tag, alternative, path, depth);
            } else {
                wire::set_tag(alternative, index);
                behind = value(at, alternative, Facts{}, path, depth);
            }
        });
        return behind;
    }

    /// Reads the content of a tag that the table does not have. Nothing is promised of it, so that
    /// what is wrong in it is no fault of the body.
    template <wire::Tagged T, wire::UnknownObject Struct>
    const char* unknown_content(const char* at, std::string_view tag, Struct& out, const Path& path,
                                std::size_t depth) {
        using Tag = wire::PropertyAt<Struct, 0>;
        using Taken = wire::PropertyAt<Struct, 1>;
        using Content = wire::PropertyAt<Struct, 2>;
        static_assert(wire::property_count<Struct> == 3 && Tag::name == wire::Description<T>::tag &&
                          Content::name == wire::Description<T>::content,
                      "an unknown alternative has the tag, what is taken, and the content");
        auto& taken = out.*Taken::member;
        const char* taken_at = nullptr;
        char* const scratch = source_.scratch;
        const char* const behind =
            members(at, depth, [&](std::string_view name, const char* value_at, std::size_t inner) {
                if (name != Taken::name) return skip(value_at, inner);
                if (std::exchange(taken_at, value_at) != nullptr) {
                    taken.reset();
                    return skip(value_at, inner);
                }
                AnyFault faults;
                Walk<AnyFault> probe{source_, faults};
                const char* const end = probe.value(value_at, taken, {}, Path{}, inner);
                source_.scratch = probe.source_.scratch;
                if (end == nullptr) return malformed(probe.malformed_.at, probe.malformed_.fault);
                if (faults.seen) taken.reset();
                return end;
            });
        if (behind == nullptr) return nullptr;
        out.*Tag::member = tag;
        out.*Content::member = SecretView{{at, static_cast<std::size_t>(behind - at)}};
        if constexpr (Sink::wants_values) {
            // Once more, now that it is known to be taken.
            if (taken) {
                source_.scratch = scratch;
                value(taken_at, taken, Facts{Taken::name, Taken::visibility},
                      Path{&path, Taken::name}, depth + 1);
            }
        }
        return behind;
    }

    Source source_;
    Sink& sink_;
    Scan malformed_{};
    std::span<const std::string_view> families_{};  ///< What tells the body's family.
    std::size_t family_ = 0;                        ///< Which one it is read as.
};

/// The error that a text is not well-formed.
/// @param offset how many bytes of the body stand before the text.
[[nodiscard]] inline Error error_of(const Scan& scan, std::string_view text, std::size_t offset) {
    // What is empty has no place; a byte order mark before it does not count.
    if (scan.fault == ErrorCode::empty_body) return {scan.fault, {}, 0};
    return {scan.fault, {}, offset + static_cast<std::size_t>(scan.at - text.data())};
}

/// Reads a body exactly.
/// @param offset how many bytes of the body stand before the text.
/// @param result holds a value, which the body's takes the place of.
/// @throws std::bad_alloc if there is no memory for an error's pointer.
template <class T>
void read_exactly(const Source& source, std::size_t offset, Result<T>& result) {
    FirstFault first;
    const Scan scan = Walk<FirstFault>{source, first}.read(*result);
    if (!scan.ok()) {
        result = error_of(scan, source.text, offset);
    } else if (first.has_fault()) {
        result = Error{first.code, std::move(first.pointer),
                       offset + static_cast<std::size_t>(first.at - source.text.data())};
    }
}

/// Walks through a body of either family for a sink that keeps no elements.
/// @param scratch holds the strings that had escape sequences: `out` and the sink borrow them.
/// @return why the body cannot be walked through, if it cannot.
/// @throws std::bad_alloc if there is no memory.
template <class Sink>
[[nodiscard]] std::optional<Error> walk_through(std::string_view body, const ParseOptions& options,
                                                Sink& sink, std::string& scratch,
                                                WebhookView& out) {
    static_assert(!Sink::keeps_elements);
    if (is_too_large(body, options)) return Error{ErrorCode::body_too_large, {}, 0};
    const std::size_t offset = byte_order_mark_size(body);
    body.remove_prefix(offset);
    scratch.resize(body.size());
    alignas(std::max_align_t) std::array<std::byte, elements_size<WebhookView>(0)> element;
    const Source source{body, scratch.data(), element.data(), options.contract, options.max_depth};
    const Scan scan = Walk<Sink>{source, sink}.read(out);
    if (scan.ok()) return std::nullopt;
    return error_of(scan, body, offset);
}

}  // namespace mews::webhooks::detail
