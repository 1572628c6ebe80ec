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
#include <mews/webhooks/detail/body_buffer.hpp>
#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/detail/key.hpp>
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

    const char* body = nullptr;  ///< Where the body begins that is walked through.

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

/// Reads a text, checking that it is well-formed. What reads a value gets its first byte and
/// returns the byte behind it, or null if the text is not well-formed: `malformed_` then says why.
class TextReader {
  protected:
    explicit TextReader(const Source& source) noexcept : source_(source) {}

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

    /// Reads an object.
    /// @param expected    points to the name that the next member has as a rule.
    /// @param read_member `(name, at)`, reads the value of a member. The name is valid until then.
    ///                    If it is the expected one, it is that very view.
    template <class ReadMember>
    const char* members(const char* at, std::size_t depth, const Key* const& expected,
                        ReadMember&& read_member) {
        if (depth == source_.max_depth) return malformed(at, ErrorCode::nesting_too_deep);
        at = skip_white_space(at + 1);
        if (*at == '}') return at + 1;
        for (;;) {
            if (*at++ != '"') return malformed(at - 1);
            std::string_view name = expected->name;
            at = expected->is_at(at) ? at + name.size() + 1 : other_name(at, name);
            if (at == nullptr) return nullptr;
            at = skip_white_space(at);
            if (*at != ':') return malformed(at);
            at = read_member(name, skip_white_space(at + 1));
            if (at == nullptr) return nullptr;
            at = skip_white_space(at);
            if (*at == '}') return at + 1;
            if (*at != ',') return malformed(at);
            at = skip_white_space(at + 1);
        }
    }

    /// Reads a list.
    /// @param read_element `(at)`, reads an element.
    template <class ReadElement>
    const char* elements(const char* at, std::size_t depth, ReadElement&& read_element) {
        if (depth == source_.max_depth) return malformed(at, ErrorCode::nesting_too_deep);
        at = skip_white_space(at + 1);
        if (*at == ']') return at + 1;
        for (;;) {
            at = read_element(at);
            if (at == nullptr) return nullptr;
            at = skip_white_space(at);
            if (*at == ']') return at + 1;
            if (*at != ',') return malformed(at);
            at = skip_white_space(at + 1);
        }
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
    const char* other_name(const char* at, std::string_view& name) noexcept {
        char* scratch = source_.scratch;  // Not moved on: the name is not kept.
        const String read = read_string(at, end(), scratch);
        name = read.text;
        return read.scan.ok() ? read.scan.at : malformed(read.scan.at);
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
        const char* const first = skip_white_space(begin());
        if (first == end()) return {begin(), ErrorCode::empty_body};
        Scan scan = body(first, out);
        if (scan.ok()) {
            scan.at = skip_white_space(scan.at);
            if (scan.at != end()) scan.fault = ErrorCode::trailing_content;
        }
        // Bytes that are not UTF-8 are that first of all, wherever they stand.
        const char* const not_utf8 = find_invalid_utf8(begin(), end());
        if (not_utf8 != end() && not_utf8 <= scan.at) return {not_utf8, ErrorCode::invalid_utf8};
        return scan;
    }

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
        Key key{};
        wire::Visibility visibility{};
        wire::Presence documented{};
        wire::Presence observed{};
        void* (*member)(void* object){};  ///< Where the value goes.
        const ValueType* type{};

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
        return {Key{Property::name},
                Property::visibility,
                Property::presence(Contract::documented),
                Property::presence(Contract::observed),
                &member_of<Property, Struct>,
                &type_of<typename Property::Value>};
    }

    template <class T>
    static constexpr auto entries_of = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array{entry_of<T, wire::PropertyAt<T, I>>()...};
    }(std::make_index_sequence<wire::property_count<T>>{});

    template <class T>
    static consteval ValueType make_type() {
        if constexpr (wire::Scalar<T>) {
            return {.kind = wire::Type<T>::kind,
                    .unreadable = wire::Type<T>::unreadable,
                    .assign = &assign<T>};
        } else if constexpr (wire::Object<T>) {
            return {.kind = wire::Kind::object, .properties = entries_of<T>};
        } else {
            return {.kind = wire::List<T> ? wire::Kind::array : wire::Kind::object,
                    .read = &read_as<T>};
        }
    }
    template <class T>
    static constexpr ValueType type_of = make_type<T>();

    // ── the body ────────────────────────────────────────────────────────────────────────────────

    template <class T>
    Scan body(const char* at, T& out) {
        const char* const behind = value(at, type_of<T>, &out, Entry{}, Path{}, 0);
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
                if (index++ == chosen)
                    scan = body(at, out.template emplace<Family>(MakeUncleared<Family>{}));
            });
            if (family_ == chosen) return scan;
            source_ = source;
            has_fault_ = false;
            sink_.restart();
        }
    }

    /// The family of the first property that is one's name; the first family if none is.
    std::size_t first_family(const char* at) noexcept {
        std::size_t family = families_.size();
        if (*at == '{') {
            static constexpr Key none;
            members(at, 0, &none, [&](std::string_view name, const char* value) {
                family = index_of_family(name);
                return family != families_.size() ? nullptr : skip(value, 1);
            });
        }
        return family == families_.size() ? 0 : family;
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
        if (!type.assign(out, read.text)) {
            fault(type.unreadable, at, path);
        } else if (!is_trying_) {
            sink_.found({entry.key.name, entry.visibility, read.text, at, read.scan.at, path});
        }
        return read.scan.at;
    }

    template <wire::List T>
    const char* read(const char* at, T& out, const Entry& entry, const Path& path,
                     std::size_t depth) {
        using Element = wire::ElementOf<T>;
        static_assert(std::is_trivially_destructible_v<Element>);
        auto* const first = reinterpret_cast<Element*>(source_.elements);
        Path place{&path};
        at = elements(at, depth, [&](const char* element) {
            // Without a fault, an element has taken as much text as there is room for it.
            auto* const slot = std::construct_at(reinterpret_cast<Element*>(source_.elements));
            const char* const behind =
                *element == 'n' ? refuse(ErrorCode::unexpected_null, element, place, depth + 1)
                                : value(element, type_of<Element>, slot, entry, place, depth + 1);
            if constexpr (Sink::keeps_elements) {
                if (!has_fault_) source_.elements += sizeof(Element);
            }
            ++place.index;
            return behind;
        });
        if constexpr (Sink::keeps_elements) {
            out = T{first, reinterpret_cast<Element*>(source_.elements)};
        }
        return at;
    }

    // ── objects ─────────────────────────────────────────────────────────────────────────────────

    const char* unknown_property(std::string_view name, const char* at, const Path& parent,
                                 std::size_t depth) {
        if (parent.parent == nullptr && index_of_family(name) < family_) {
            family_ = index_of_family(name);
        }
        if (!is_trying_ && &parent != unknown_content_) {
            sink_.unknown_property(at, Path{&parent, name});
        }
        return skip(at, depth);
    }

    const char* object(const char* const at, void* out, std::span<const Entry> entries,
                       const Path& path, std::size_t depth) {
        using enum wire::Presence;
        std::uint32_t seen = 0;
        std::size_t next = 0;  // As a rule they come in the documented order.
        const Key* expected = &entries[0].key;
        const char* const behind =
            members(at, depth, expected, [&](std::string_view name, const char* value) {
                const std::size_t index =
                    name.data() == expected->name.data() ? next : index_of(name, entries);
                if (index == entries.size()) return unknown_property(name, value, path, depth + 1);
                const bool is_duplicate = (seen >> index & 1U) != 0;
                seen |= 1U << index;
                next = index + 1 == entries.size() ? 0 : index + 1;
                expected = &entries[next].key;
                return member(entries[index], value, out, is_duplicate, path, depth + 1);
            });
        if (behind == nullptr || seen + 1 == 1U << entries.size()) return behind;
        for (const Entry& entry : entries) {
            const bool is_there = (seen & 1U) != 0;
            seen >>= 1;
            if (is_there || entry.documented == optional) continue;
            const Path missing{&path, entry.key.name};
            if (entry.presence(source_.contract) != optional) {
                fault(ErrorCode::missing_property, at, missing);
            } else if (!is_trying_) {
                sink_.only_observed(at, missing);
            }
        }
        return behind;
    }

    [[nodiscard]] static std::size_t index_of(std::string_view name,
                                              std::span<const Entry> entries) noexcept {
        std::size_t index = 0;
        while (index != entries.size() && entries[index].key.name != name)
            ++index;
        return index;
    }

    const char* member(const Entry& entry, const char* at, void* object, bool is_duplicate,
                       const Path& parent, std::size_t depth) {
        using enum wire::Presence;
        const Path path{&parent, entry.key.name};
        if (is_duplicate) return refuse(ErrorCode::duplicate_property, at, path, depth);
        if (*at != 'n') return value(at, *entry.type, entry.member(object), entry, path, depth);
        if (entry.presence(source_.contract) == required) {
            return refuse(ErrorCode::unexpected_null, at, path, depth);
        }
        if (entry.documented == required && !is_trying_) sink_.only_observed(at, path);
        return skip(at, depth);
    }

    // ── tagged objects ──────────────────────────────────────────────────────────────────────────

    /// What has been read of a tagged object.
    template <wire::Tagged T>
    struct TaggedObject {
        T& out;
        std::string_view tag{};
        std::optional<std::size_t> index{};  ///< The tag's.
        const char* pending = nullptr;       ///< The content, if it stands before its tag.
    };

    template <wire::Tagged T>
    static const char* read_tag(Walk& walk, const char* at, void* object, const Entry& entry,
                                const Path& path, std::size_t depth) {
        auto& read = *static_cast<TaggedObject<T>*>(object);
        const char* const behind =
            walk.value(at, type_of<std::string_view>, &read.tag, entry, path, depth);
        if (behind == nullptr) return nullptr;
        read.index = wire::index_of_tag<T>(read.tag);
        if (*read.index == wire::tags<T>.size()) walk.sink_.template unknown_tag<T>(at, path);
        return behind;
    }

    template <wire::Tagged T>
    static const char* read_content(Walk& walk, const char* at, void* object, const Entry&,
                                    const Path& path, std::size_t depth) {
        auto& read = *static_cast<TaggedObject<T>*>(object);
        if (read.index) return walk.content(at, read, path, depth);
        read.pending = at;
        return walk.skip(at, depth);
    }

    template <wire::Tagged T>
    const char* read(const char* at, T& out, const Entry&, const Path& path, std::size_t depth) {
        using Description = wire::Description<T>;
        static constexpr auto itself = [](void* object) { return object; };
        static constexpr ValueType tag_type{.kind = wire::Kind::string, .read = &read_tag<T>};
        static constexpr ValueType content_type{.kind = wire::Kind::object,
                                                .read = &read_content<T>};
        static constexpr std::array<Entry, 2> entries{
            Entry{.key = Key{Description::tag}, .member = itself, .type = &tag_type},
            Entry{.key = Key{Description::content}, .member = itself, .type = &content_type}};
        TaggedObject<T> read{out};
        const char* const behind = object(at, &read, entries, path, depth);
        if (behind != nullptr && read.index && read.pending != nullptr) {
            content(read.pending, read, Path{&path, Description::content}, depth + 1);
        }
        return behind;
    }

    template <wire::Tagged T>
    const char* content(const char* at, const TaggedObject<T>& read, const Path& path,
                        std::size_t depth) {
        if (*read.index == wire::tags<T>.size()) {
            using Unknown = UnknownOf<T>;
            return unknown_content<T>(at, read.tag,
                                      read.out.template emplace<Unknown>(MakeUncleared<Unknown>{}),
                                      path, depth);
        }
        void* alternative = nullptr;
        std::span<const Entry> properties;
        wire::visit_alternative<T>(*read.index, [&]<class Struct>(std::type_identity<Struct>) {
            Struct& made = read.out.template emplace<Struct>(MakeUncleared<Struct>{});
            wire::set_tag(made, *read.index);
            alternative = &made;
            properties = type_of<Struct>.properties;
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
        static constexpr std::array taken{entry_of<Struct, Taken>()};
        const bool had_fault = std::exchange(has_fault_, false);
        char* const scratch = source_.scratch;
        is_trying_ = true;
        const char* const behind = object(at, &out, taken, path, depth);
        is_trying_ = false;
        if (has_fault_) (out.*Taken::member).reset();
        if constexpr (Sink::wants_values) {
            if (behind != nullptr && !has_fault_) {  // Once more, now that it is known to be taken.
                source_.scratch = scratch;
                unknown_content_ = &path;
                object(at, &out, taken, path, depth);
                unknown_content_ = nullptr;
            }
        }
        has_fault_ = had_fault;
        if (behind == nullptr) return nullptr;
        out.*Tag::member = tag;
        out.*Content::member = SecretView{{at, static_cast<std::size_t>(behind - at)}};
        return behind;
    }

    Sink& sink_;
    std::span<const std::string_view> families_{};  ///< What tells the body's family.
    std::size_t family_ = 0;                        ///< Which one it is read as.
    bool has_fault_ = false;
    bool is_trying_ = false;  ///< What is wrong is no fault of the body: the sink is not told.
    const Path* unknown_content_ = nullptr;  ///< Whose own properties it is not told, either.
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
/// @param buffer holds a copy of the body, which `out` and the sink borrow from.
/// @return why the body cannot be walked through, if it cannot.
/// @throws std::bad_alloc if there is no memory.
template <class Sink>
[[nodiscard]] std::optional<Error> walk_through(std::string_view body, const ParseOptions& options,
                                                Sink& sink, BodyBuffer& buffer, WebhookView& out) {
    static_assert(!Sink::keeps_elements);
    if (is_too_large(body, options)) return Error{ErrorCode::body_too_large, {}, 0};
    const std::size_t offset = byte_order_mark_size(body);
    buffer = BodyBuffer{body.size()};
    std::string_view text = buffer.assign(body);
    sink.body = text.data();
    text.remove_prefix(offset);
    alignas(std::max_align_t) std::array<std::byte, elements_size<WebhookView>(0)> element;
    const Source source{text, buffer.scratch(), element.data(), options.contract,
                        options.max_depth};
    const Scan scan = Walk<Sink>{source, sink}.read(out);
    if (scan.ok()) return std::nullopt;
    return error_of(scan, text, offset);
}

}  // namespace mews::webhooks::detail
