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

/// A sink that wants to know nothing; the others derive from it. Each has `restart()`, which
/// forgets everything: the body is read once more, as another family.
struct Sink {
    /// Whether the elements of a list are kept, or each takes the place of the one before.
    static constexpr bool keeps_elements = true;
    /// Whether `found` is of interest.
    static constexpr bool wants_values = false;

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

    void restart() noexcept { *this = {}; }
    void fault(ErrorCode fault_code, const char* fault_at, const Path& path) {
        if (at != nullptr && at <= fault_at) return;
        pointer = path.pointer();
        code = fault_code;
        at = fault_at;
    }
};

/// Reads a text token by token, checking that it is well-formed. What reads a value gets its first
/// byte and returns the byte behind it, or null if the text is not well-formed: `malformed_` then
/// says why.
class TextReader {
  protected:
    explicit TextReader(const Source& source) noexcept : source_(source) {}

    /// A member of an object.
    struct Member {
        std::string_view name;  ///< Valid until another string is read.
        const char* value;      ///< Null if there is none.
        const char* end;        ///< If there is none: the byte behind the object.
    };

    [[nodiscard]] const char* begin() const noexcept { return source_.text.data(); }
    [[nodiscard]] const char* end() const noexcept { return begin() + source_.text.size(); }

    const char* malformed(const char* at, ErrorCode code = ErrorCode::malformed_json) noexcept {
        malformed_ = {at, code};
        return nullptr;
    }

    /// Reads a value that nothing is known of.
    const char* skip(const char* at, std::size_t depth) noexcept {
        const Scan scan = scan_value(at, end(), source_.scratch, source_.max_depth - depth);
        return scan.ok() ? scan.at : malformed(scan.at, scan.fault);
    }

    /// Reads an object up to the value of its first member.
    Member first_member(const char* at, std::size_t depth) noexcept {
        if (depth == source_.max_depth) {
            return {{}, nullptr, malformed(at, ErrorCode::nesting_too_deep)};
        }
        at = skip_white_space(at + 1, end());
        if (at != end() && *at == '}') return {{}, nullptr, at + 1};
        return member(at);
    }

    /// Reads an object from behind the value of a member up to the value of the next one.
    Member next_member(const char* at) noexcept {
        at = skip_white_space(at, end());
        if (at == end()) return {{}, nullptr, malformed(at)};
        if (*at == '}') return {{}, nullptr, at + 1};
        if (*at != ',') return {{}, nullptr, malformed(at)};
        return member(skip_white_space(at + 1, end()));
    }

    /// Reads a list up to its first element.
    /// @return that; the byte behind the list if it is empty.
    const char* first_element(const char* at, std::size_t depth, bool& is_empty) noexcept {
        if (depth == source_.max_depth) return malformed(at, ErrorCode::nesting_too_deep);
        at = skip_white_space(at + 1, end());
        if (at == end()) return malformed(at);
        is_empty = *at == ']';
        return is_empty ? at + 1 : at;
    }

    /// Reads a list from behind an element up to the next one.
    /// @return that; the byte behind the list if there is none.
    const char* next_element(const char* at, bool& is_last) noexcept {
        at = skip_white_space(at, end());
        if (at == end()) return malformed(at);
        is_last = *at == ']';
        if (is_last) return at + 1;
        if (*at != ',') return malformed(at);
        at = skip_white_space(at + 1, end());
        return at == end() ? malformed(at) : at;
    }

    /// The content of a string, or the text of another value that is neither an object nor a list.
    String scalar(const char* at) noexcept {
        if (*at == '"') return read_string(at + 1, end(), source_.scratch);
        const Scan scan = scan_scalar(at, end());
        return {{at, static_cast<std::size_t>(scan.at - at)}, scan};
    }

    Source source_;
    Scan malformed_{};

  private:
    Member member(const char* at) noexcept {
        if (at == end() || *at != '"') return {{}, nullptr, malformed(at)};
        char* scratch = source_.scratch;  // Not moved on: the name is not kept.
        const String name = read_string(at + 1, end(), scratch);
        if (!name.scan.ok()) return {{}, nullptr, malformed(name.scan.at)};
        at = skip_white_space(name.scan.at, end());
        if (at == end() || *at != ':') return {{}, nullptr, malformed(at)};
        at = skip_white_space(at + 1, end());
        if (at == end()) return {{}, nullptr, malformed(at)};
        return {name.text, at, nullptr};
    }
};

/// The walk along the contract table.
template <class Sink>
class Walk : TextReader {
  public:
    Walk(const Source& source, Sink& sink) noexcept : TextReader(source), sink_(sink) {}

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

    /// Reads the content of a tagged object, with which the text begins.
    /// @param depth how many objects and lists are open around it.
    /// @return whether it is well-formed, and what stands behind it can do so.
    template <wire::Tagged T>
    [[nodiscard]] bool read_content(std::string_view tag, T& out, std::size_t depth) {
        if (*begin() != '{') return false;
        const char* at = content(begin(), tag, out, Path{}, depth);
        if (at == nullptr) return false;
        at = skip_white_space(at, end());
        return at != end() && (*at == ',' || *at == '}');
    }

    /// What is left of the memory for unescaped strings.
    [[nodiscard]] char* scratch() const noexcept { return source_.scratch; }

  private:
    struct Entry;

    /// The type of a value, as the walk takes it. Not as a template parameter: a function for each
    /// type would be several times the code, and no faster.
    struct ValueType {
        wire::Kind kind;
        ErrorCode unreadable{};                                  ///< Of a scalar.
        bool (*assign)(void* value, std::string_view text){};    ///< Of a scalar.
        std::span<const Entry> properties{};                     ///< Of an object.
        const char* (*read)(Walk&, const char* at, void* value,  ///< Of a list or a tagged object.
                            const Entry&, const Path&, std::size_t depth){};
    };

    /// A property.
    struct Entry {
        std::string_view name{};
        wire::Visibility visibility{};
        wire::Presence documented{};
        wire::Presence observed{};
        void* (*member)(void* object){};  ///< Where the value goes.
        const ValueType& (*type)() noexcept {};

        [[nodiscard]] wire::Presence presence(Contract contract) const noexcept {
            return contract == Contract::documented ? documented : observed;
        }
    };

    template <class Property, class Struct>
    static void* member_of(void* object) {
        auto& member = static_cast<Struct*>(object)->*Property::member;
        if constexpr (wire::is_optional<typename Property::Type>) {
            return &member.emplace();
        } else {
            return &member;
        }
    }

    template <wire::Scalar T>
    static bool assign(void* value, std::string_view text) {
        return wire::Type<T>::read(text, *static_cast<T*>(value));
    }

    template <class T>
    static const char* read_as(Walk& walk, const char* at, void* value, const Entry& entry,
                               const Path& path, std::size_t depth) {
        return walk.read(at, *static_cast<T*>(value), entry, path, depth);
    }

    template <class Struct, class Property>
    static constexpr Entry entry_of() noexcept {
        return {Property::name,
                Property::visibility,
                Property::presence(Contract::documented),
                Property::presence(Contract::observed),
                &member_of<Property, Struct>,
                &type_of<typename Property::Value>};
    }

    template <class T>
    static const ValueType& type_of() noexcept {
        if constexpr (wire::Scalar<T>) {
            static constexpr ValueType scalar{.kind = wire::Type<T>::kind,
                                              .unreadable = wire::Type<T>::unreadable,
                                              .assign = &assign<T>};
            return scalar;
        } else if constexpr (wire::Object<T>) {
            static constexpr auto entries = []<std::size_t... I>(std::index_sequence<I...>) {
                return std::array{entry_of<T, wire::PropertyAt<T, I>>()...};
            }(std::make_index_sequence<wire::property_count<T>>{});
            static constexpr ValueType object{.kind = wire::Kind::object, .properties = entries};
            return object;
        } else {
            static constexpr ValueType other{
                .kind = wire::List<T> ? wire::Kind::array : wire::Kind::object,
                .read = &read_as<T>};
            return other;
        }
    }

    // ── the body ────────────────────────────────────────────────────────────────────────────────

    template <class T>
    Scan body(const char* at, T& out) {
        const char* const behind = value(at, type_of<T>(), &out, Entry{}, Path{}, 0);
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
            has_fault_ = false;
            sink_.restart();
        }
    }

    /// The family of the first property that is one's name; the first family if none is.
    std::size_t first_family(const char* at) noexcept {
        if (*at != '{') return 0;
        for (Member found = first_member(at, 0); found.value != nullptr;) {
            const std::size_t family = index_of_family(found.name);
            if (family != families_.size()) return family;
            const char* const behind = skip(found.value, 1);
            if (behind == nullptr) return 0;
            found = next_member(behind);
        }
        return 0;
    }

    [[nodiscard]] std::size_t index_of_family(std::string_view name) const noexcept {
        std::size_t index = 0;
        while (index != families_.size() && families_[index] != name)
            ++index;
        return index;
    }

    // ── values ──────────────────────────────────────────────────────────────────────────────────

    void fault(ErrorCode code, const char* at, const Path& path) {
        has_fault_ = true;
        if (!is_trying_) sink_.fault(code, at, path);
    }

    const char* refuse(ErrorCode code, const char* at, const Path& path, std::size_t depth) {
        fault(code, at, path);
        return skip(at, depth);
    }

    /// @param entry the property that holds the value, or whose list does
    const char* value(const char* at, const ValueType& type, void* out, const Entry& entry,
                      const Path& path, std::size_t depth) {
        if (wire::kind_at(*at) != type.kind) return refuse(ErrorCode::wrong_type, at, path, depth);
        if (type.read != nullptr) return type.read(*this, at, out, entry, path, depth);
        if (type.kind == wire::Kind::object) return object(at, out, type.properties, path, depth);
        const String read = scalar(at);
        if (!read.scan.ok()) return malformed(read.scan.at);
        if (type.assign(out, read.text)) {
            if (!is_trying_)
                sink_.found({entry.name, entry.visibility, read.text, at, read.scan.at, path});
        } else {
            fault(type.unreadable, at, path);
        }
        return read.scan.at;
    }

    template <wire::List T>
    const char* read(const char* at, T& out, const Entry& entry, const Path& path,
                     std::size_t depth) {
        using Element = wire::ElementOf<T>;
        static_assert(std::is_trivially_destructible_v<Element>);
        auto* const elements = reinterpret_cast<Element*>(source_.elements);
        Path element{&path};
        bool is_over = false;
        at = first_element(at, depth, is_over);
        for (; at != nullptr && !is_over; ++element.index) {
            // Without a fault, an element has taken as much text as there is room for it.
            auto* const slot = std::construct_at(reinterpret_cast<Element*>(source_.elements));
            at = *at == 'n' ? refuse(ErrorCode::unexpected_null, at, element, depth + 1)
                            : value(at, type_of<Element>(), slot, entry, element, depth + 1);
            if (at == nullptr) return nullptr;
            if constexpr (Sink::keeps_elements) {
                if (!has_fault_) source_.elements += sizeof(Element);
            }
            at = next_element(at, is_over);
        }
        if constexpr (Sink::keeps_elements) {
            out = T{elements, reinterpret_cast<Element*>(source_.elements)};
        }
        return at;
    }

    // ── objects ─────────────────────────────────────────────────────────────────────────────────

    const char* unknown_property(const Member& found, const Path& parent, std::size_t depth) {
        if (parent.parent == nullptr && index_of_family(found.name) < family_) {
            family_ = index_of_family(found.name);
        }
        if (!is_trying_) sink_.unknown_property(found.value, Path{&parent, found.name});
        return skip(found.value, depth);
    }

    const char* object(const char* at, void* out, std::span<const Entry> entries, const Path& path,
                       std::size_t depth) {
        using enum wire::Presence;
        std::uint32_t seen = 0;
        std::size_t next = 0;  // As a rule they come in the documented order.
        Member found = first_member(at, depth);
        while (found.value != nullptr) {
            std::size_t index = next;
            std::size_t left = entries.size();
            for (; left != 0 && entries[index].name != found.name; --left)
                index = index + 1 == entries.size() ? 0 : index + 1;
            const char* const behind = left == 0
                                           ? unknown_property(found, path, depth + 1)
                                           : member(entries[index], found.value, out,
                                                    (seen >> index & 1U) != 0, path, depth + 1);
            if (behind == nullptr) return nullptr;
            if (left != 0) {
                seen |= 1U << index;
                next = index + 1 == entries.size() ? 0 : index + 1;
            }
            found = next_member(behind);
        }
        if (found.end == nullptr) return nullptr;
        for (const Entry& entry : entries) {
            const bool is_there = (seen & 1U) != 0;
            seen >>= 1;
            if (is_there || entry.documented == optional) continue;
            const Path missing{&path, entry.name};
            if (entry.presence(source_.contract) != optional) {
                fault(ErrorCode::missing_property, at, missing);
            } else if (!is_trying_) {
                sink_.only_observed(at, missing);
            }
        }
        return found.end;
    }

    const char* member(const Entry& entry, const char* at, void* object, bool is_duplicate,
                       const Path& parent, std::size_t depth) {
        using enum wire::Presence;
        const Path path{&parent, entry.name};
        if (is_duplicate) return refuse(ErrorCode::duplicate_property, at, path, depth);
        if (*at != 'n') return value(at, entry.type(), entry.member(object), entry, path, depth);
        if (entry.presence(source_.contract) == required) {
            return refuse(ErrorCode::unexpected_null, at, path, depth);
        }
        if (entry.documented == required && !is_trying_) sink_.only_observed(at, path);
        return skip(at, depth);
    }

    // ── tagged objects ──────────────────────────────────────────────────────────────────────────

    template <wire::Tagged T>
    const char* read(const char* at, T& out, const Entry&, const Path& path, std::size_t depth) {
        using Description = wire::Description<T>;
        const Path tag_path{&path, Description::tag};
        const Path content_path{&path, Description::content};
        const char* tag_at = nullptr;
        const char* content_at = nullptr;
        const char* pending = nullptr;  // The content, if it stands before its tag.
        std::optional<std::string_view> tag;
        Member found = first_member(at, depth);
        while (found.value != nullptr) {
            const char* behind = found.value;
            const bool is_tag = found.name == Description::tag;
            if (!is_tag && found.name != Description::content) {
                behind = unknown_property(found, path, depth + 1);
            } else if (std::exchange(is_tag ? tag_at : content_at, behind) != nullptr) {
                behind = refuse(ErrorCode::duplicate_property, behind,
                                is_tag ? tag_path : content_path, depth + 1);
            } else if (*behind == 'n') {
                behind = refuse(ErrorCode::unexpected_null, behind,
                                is_tag ? tag_path : content_path, depth + 1);
            } else if (is_tag) {
                behind = read_tag<T>(behind, tag, tag_path, depth + 1);
            } else if (*behind != '{') {
                behind = refuse(ErrorCode::wrong_type, behind, content_path, depth + 1);
            } else if (tag) {
                behind = content(behind, *tag, out, content_path, depth + 1);
            } else {
                pending = behind;
                behind = skip(behind, depth + 1);
            }
            if (behind == nullptr) return nullptr;
            found = next_member(behind);
        }
        if (found.end == nullptr) return nullptr;
        if (tag_at == nullptr) fault(ErrorCode::missing_property, at, tag_path);
        if (content_at == nullptr) fault(ErrorCode::missing_property, at, content_path);
        if (tag && pending != nullptr) content(pending, *tag, out, content_path, depth + 1);
        return found.end;
    }

    template <wire::Tagged T>
    const char* read_tag(const char* at, std::optional<std::string_view>& tag, const Path& path,
                         std::size_t depth) {
        std::string_view text;
        const Entry entry{path.name};
        const char* const behind =
            value(at, type_of<std::string_view>(), &text, entry, path, depth);
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
        const std::size_t index = wire::index_of_tag<T>(tag);
        if (index == wire::tags<T>.size()) {
            using Unknown = std::variant_alternative_t<std::variant_size_v<T> - 1, T>;
            return unknown_content<T>(at, tag, out.template emplace<Unknown>(), path, depth);
        }
        void* alternative = nullptr;
        std::span<const Entry> properties;
        wire::visit_alternative<T>(index, [&]<class Struct>(std::type_identity<Struct>) {
            Struct& made = out.template emplace<Struct>();
            wire::set_tag(made, index);
            alternative = &made;
            properties = type_of<Struct>().properties;
        });
        return object(at, alternative, properties, path, depth);
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
        Member found = first_member(at, depth);
        while (found.value != nullptr) {
            const char* behind = nullptr;
            if (found.name != Taken::name) {
                behind = skip(found.value, depth + 1);
            } else if (std::exchange(taken_at, found.value) != nullptr) {
                taken.reset();
                behind = skip(found.value, depth + 1);
            } else {
                const bool had_fault = std::exchange(has_fault_, false);
                const bool was_trying = std::exchange(is_trying_, true);
                behind = value(found.value, type_of<typename Taken::Value>(), &taken.emplace(),
                               Entry{}, path, depth + 1);
                if (has_fault_) taken.reset();
                has_fault_ = had_fault;
                is_trying_ = was_trying;
            }
            if (behind == nullptr) return nullptr;
            found = next_member(behind);
        }
        if (found.end == nullptr) return nullptr;
        out.*Tag::member = tag;
        out.*Content::member = SecretView{{at, static_cast<std::size_t>(found.end - at)}};
        if constexpr (Sink::wants_values) {
            if (taken) {  // Once more, now that it is known to be taken.
                source_.scratch = scratch;
                value(taken_at, type_of<typename Taken::Value>(), &*taken,
                      entry_of<Struct, Taken>(), Path{&path, Taken::name}, depth + 1);
            }
        }
        return found.end;
    }

    Sink& sink_;
    std::span<const std::string_view> families_{};  ///< What tells the body's family.
    std::size_t family_ = 0;                        ///< Which one it is read as.
    bool has_fault_ = false;
    bool is_trying_ = false;  ///< What is wrong is no fault of the body: the sink is not told.
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
    } else if (first.at != nullptr) {
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
