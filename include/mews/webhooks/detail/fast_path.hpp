/// @file
/// The fast path: reads a body with simdjson's On-Demand API. It answers only where it is sure that
/// the body keeps to the contract; all others are for the exact walk (walk.hpp). Without it, no
/// answer would change.
///
/// Its speed depends on simdjson's iterator staying in registers. It does as long as no value,
/// object or document is passed to a function that is not inlined, not even on a path that is never
/// taken. So whatever takes one is `simdjson_inline`, and whatever is not gets characters.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/detail/key.hpp>
#include <mews/webhooks/detail/simdjson.hpp>
#include <mews/webhooks/detail/source.hpp>
#include <mews/webhooks/detail/wire_types.hpp>
#include <mews/webhooks/reflect.hpp>

namespace mews::webhooks::detail {

/// How many levels of objects and lists the contract's own values have.
template <class T>
consteval std::size_t depth_of() {
    std::size_t inside = 0;
    const auto deepest = [&](std::size_t depth) { inside = depth > inside ? depth : inside; };
    if constexpr (wire::Tagged<T>) {
        wire::for_each_alternative<T>(
            [&]<class Struct>(std::type_identity<Struct>) { deepest(depth_of<Struct>()); });
    } else if constexpr (wire::Object<T>) {
        wire::for_each_property<T>(
            [&](auto property) { deepest(depth_of<typename decltype(property)::Value>()); });
    } else if constexpr (wire::List<T>) {
        deepest(depth_of<wire::ElementOf<T>>());
    } else {
        return 0;
    }
    return inside + 1;
}

/// A property's name.
template <class Property>
inline constexpr Key key_of{Property::name};

/// The names of a tagged object's properties, and its documented tags.
template <wire::Tagged T>
inline constexpr Key tag_key{wire::Description<T>::tag};
template <wire::Tagged T>
inline constexpr Key content_key{wire::Description<T>::content};
template <wire::Tagged T, std::size_t Index>
inline constexpr Key tag_value{wire::tags<T>[Index]};

/// The first key of a body, behind its opening quote; null if there is none.
/// @param text followed by padding
[[nodiscard]] simdjson_inline const char* first_key(std::string_view text) noexcept {
    const char* const brace = skip_white_space(text.data());
    if (*brace != '{') return nullptr;
    const char* const quote = skip_white_space(brace + 1);
    return *quote == '"' ? quote + 1 : nullptr;
}

/// Whether a key, or null, is one of T's, spelled without escape sequences.
template <class T>
[[nodiscard]] simdjson_inline bool is_property_of(const char* key) noexcept {
    if (key == nullptr) return false;
    if constexpr (wire::Tagged<T>) {
        return tag_key<T>.is_at(key) || content_key<T>.is_at(key);
    } else {
        return wire::any_property<T>(
            [&](auto property) { return key_of<decltype(property)>.is_at(key); });
    }
}

/// Whether a property stands in the object that is read into a struct: of an unknown alternative,
/// only the one that is taken.
template <wire::Object Struct>
consteval bool stands_inside(std::size_t index) {
    return !wire::UnknownObject<Struct> || index == 1;
}

/// The bits of the properties that must be there.
template <wire::Object Struct>
consteval std::uint32_t mandatory(Contract contract) {
    std::uint32_t bits = 0;
    wire::for_each_property<Struct>([&](auto property) {
        if (stands_inside<Struct>(property.index) && property.presence(contract) != wire::optional)
            bits |= 1U << property.index;
    });
    return bits;
}

/// A list of types, each once.
template <class... Listed>
struct Types {
    /// The list with one more; `void` is none.
    template <class T>
    constexpr auto operator+(std::type_identity<T>) const noexcept {
        if constexpr ((std::is_void_v<T> || ... || std::is_same_v<T, Listed>)) {
            return Types{};
        } else {
            return Types<Listed..., T>{};
        }
    }

    template <class T>
    static consteval std::size_t index_of() {
        std::size_t index = 0;
        static_cast<void>(((std::is_same_v<T, Listed> || (++index, false)) || ...));
        return index;
    }
};

/// The types of the objects in the structs, behind those of a list.
template <class Struct, class... Rest, class List>
constexpr auto objects_in(List list) {
    const auto more = [&]<std::size_t... I>(std::index_sequence<I...>) {
        return (list + ... +
                std::type_identity<
                    std::conditional_t<wire::Object<typename wire::PropertyAt<Struct, I>::Value>,
                                       typename wire::PropertyAt<Struct, I>::Value, void>>{});
    }(std::make_index_sequence<wire::property_count<Struct>>{});
    if constexpr (sizeof...(Rest) == 0) {
        return more;
    } else {
        return objects_in<Rest...>(more);
    }
}

/// The documented alternatives of a tagged object.
template <class... Alternatives>
constexpr auto documented_types(std::type_identity<std::variant<Alternatives...>>) {
    return (Types<>{} + ... +
            std::type_identity<
                std::conditional_t<wire::UnknownObject<Alternatives>, void, Alternatives>>{});
}

/// The fast path to a body of type T. A template over simdjson's parser for the reason that stands
/// with Backend.
template <class Backend, class T>
class FastPath {
    using Document = simdjson::ondemand::document;
    using JsonObject = simdjson::ondemand::object;
    using Field = simdjson::ondemand::field;
    using Value = simdjson::ondemand::value;

  public:
    /// Reads a body.
    /// @param has_escapes  whether a backslash stands anywhere in it.
    /// @param other_family the name that would make it a body of another family; or empty.
    /// @param ignores_some becomes true if a property is ignored that the contract does not have.
    /// @return whether it keeps to the contract; then `out` holds it.
    [[nodiscard]] static simdjson_inline bool read(Backend& backend, const Source& source,
                                                   bool has_escapes, std::string_view other_family,
                                                   bool& ignores_some, T& out) noexcept {
        static_assert(text_padding >= simdjson::SIMDJSON_PADDING);
        if (source.max_depth < depth_of<T>()) return false;
        // simdjson may skip a byte order mark, so a second one must not get that far.
        if (source.text.empty() || source.text.front() == '\xEF') return false;
        const std::size_t size = source.text.size();
        Document document;
        if (backend
                .iterate(simdjson::padded_string_view(source.text.data(), size,
                                                      size + simdjson::SIMDJSON_PADDING))
                .get(document) != simdjson::SUCCESS) {
            return false;
        }
        char* scratch = source.scratch;
        std::byte* elements = source.elements;
        const Reading reading{document,        source.text.data() + size, other_family, has_escapes,
                              source.contract, source.max_depth,          scratch,      elements,
                              ignores_some};
        auto root = document.get_object();
        if (root.error() != simdjson::SUCCESS) return false;
        JsonObject&& object = std::move(root).value_unsafe();
        if constexpr (wire::Tagged<T>) {
            if (!read_tagged<1>(object, reading, out)) return false;
        } else {
            if (!read_members<1>(object, reading, Types<T>{}, 0, &out)) return false;
        }
        const char* rest = nullptr;
        return document.current_location().get(rest) != simdjson::SUCCESS;
    }

  private:
    /// The source, in local variables that no call can change.
    struct Reading {
        Document& document;
        const char* end;
        std::string_view other_family;
        bool has_escapes;
        Contract contract;
        std::size_t max_depth;
        char*& scratch;
        std::byte*& elements;
        bool& ignores_some;
    };

    // These are not inlined, and so get characters only.

    /// Whether a value is well-formed: up to and with what must follow it, since simdjson takes
    /// `1x` for one token and does not look inside.
    [[nodiscard]] static simdjson_never_inline bool is_well_formed(const char* at, const char* end,
                                                                   char* levels,
                                                                   std::size_t max_depth) noexcept {
        const Scan value = *at == '{' || *at == '[' ? scan_value(at, end, levels, max_depth)
                                                    : scan_scalar(at, end);
        if (!value.ok()) return false;
        const char next = *skip_white_space(value.at);
        return next == ',' || next == '}';
    }

    /// A string that may hold escape sequences, `at` behind its opening quote; no data if it is not
    /// well-formed.
    [[nodiscard]] static simdjson_never_inline std::string_view read_escaped(
        const char* at, const char* end, char*& scratch) noexcept {
        const String string = read_string(at, end, scratch);
        return string.scan.ok() ? string.text : std::string_view{};
    }

    // These get simdjson's types, and so are inlined.

    /// Whether a member that the contract does not have is well-formed.
    template <std::size_t Depth>
    static simdjson_inline bool ignore(const char* key, Value& value,
                                       const Reading& reading) noexcept {
        reading.ignores_some = true;
        if (Depth == 1 && !reading.other_family.empty() &&
            std::memcmp(key, reading.other_family.data(), reading.other_family.size()) == 0) {
            return false;
        }
        // Perhaps a name of the contract, spelled with escape sequences.
        if (reading.has_escapes && *skip_plain_characters(key) != '"') return false;
        const char* const at = value.raw_json_token().data();
        if (*at == '"' && !reading.has_escapes) {
            // Whatever else may be wrong with a string, simdjson has seen to. It is read and not
            // skipped: skipping takes a string before a colon for a name.
            simdjson::ondemand::raw_json_string raw;
            return value.get_raw_json_string().get(raw) == simdjson::SUCCESS;
        }
        return is_well_formed(at, reading.end, reading.scratch, reading.max_depth - Depth);
    }

    // ── objects ─────────────────────────────────────────────────────────────────────────────────

    enum class Member { ignored, refused, read, object };

    /// Reads an object into one of several structs. With all structs of a level in one function,
    /// the code that goes through the members is there once a level: once a struct would be three
    /// times the code.
    template <std::size_t Depth, class... Structs>
    static simdjson_inline bool read_members(JsonObject& object, const Reading& reading,
                                             Types<Structs...>, std::size_t which,
                                             void* out) noexcept {
        using Objects = decltype(objects_in<Structs...>(Types<>{}));
        // By contract, in the order of its enumerators, and by struct.
        static constexpr std::array needed{std::array{mandatory<Structs>(Contract::observed)...},
                                           std::array{mandatory<Structs>(Contract::documented)...}};
        std::uint32_t seen = 0;
        for (auto item : object) {
            if (item.error() != simdjson::SUCCESS) return false;
            Field&& field = std::move(item).value_unsafe();
            const char* const key = field.key().raw();
            Value& value = field.value();
            Member member = Member::ignored;
            std::size_t type = 0;  // Of an object that is still to be read.
            void* place = nullptr;
            std::size_t index = 0;
            static_cast<void>(
                ((index++ == which &&
                  (member = read_member<Depth, Objects, 0>(
                       key, value, reading, *static_cast<Structs*>(out), seen, type, place),
                   true)) ||
                 ...));
            if (member == Member::refused) return false;
            if (member == Member::ignored && !ignore<Depth>(key, value, reading)) return false;
            if constexpr (!std::is_same_v<Objects, Types<>>) {
                if (member == Member::object &&
                    !read_object<Depth>(value, reading, Objects{}, type, place)) {
                    return false;
                }
            }
        }
        const std::uint32_t bits = needed[static_cast<std::size_t>(reading.contract)][which];
        return (seen & bits) == bits;
    }

    /// Reads the member of a struct that a key names, if it is the property at Index or behind; of
    /// an object only what it is and where it goes.
    template <std::size_t Depth, class Objects, std::size_t Index, wire::Object Struct>
    static simdjson_inline Member read_member(const char* key, Value& value, const Reading& reading,
                                              Struct& out, std::uint32_t& seen, std::size_t& type,
                                              void*& place) noexcept {
        if constexpr (Index == wire::property_count<Struct>) {
            return Member::ignored;
        } else if constexpr (!stands_inside<Struct>(Index)) {
            return read_member<Depth, Objects, Index + 1>(key, value, reading, out, seen, type,
                                                          place);
        } else {
            using Property = wire::PropertyAt<Struct, Index>;
            using Content = typename Property::Value;
            if (!key_of<Property>.is_at(key)) {
                return read_member<Depth, Objects, Index + 1>(key, value, reading, out, seen, type,
                                                              place);
            }
            constexpr std::uint32_t bit = 1U << Index;
            if ((seen & bit) != 0) return Member::refused;
            seen |= bit;
            auto& member = out.*Property::member;
            Content* content = nullptr;
            if constexpr (!wire::is_optional<typename Property::Type>) {
                content = &member;
            } else if (*value.raw_json_token().data() == 'n') {
                bool is_null = false;
                return Property::presence(reading.contract) != wire::required &&
                               value.is_null().get(is_null) == simdjson::SUCCESS && is_null
                           ? Member::read
                           : Member::refused;
            } else {
                content = &member.emplace(MakeUncleared<Content>{});
            }
            if constexpr (wire::Object<Content>) {
                type = Objects::template index_of<Content>();
                place = content;
                return Member::object;
            } else {
                return read_value<Depth>(value, reading, *content) ? Member::read : Member::refused;
            }
        }
    }

    // ── values ──────────────────────────────────────────────────────────────────────────────────

    template <std::size_t Depth, wire::Scalar U>
    static simdjson_inline bool read_value(Value& value, const Reading& reading, U& out) noexcept {
        if constexpr (wire::Type<U>::kind == wire::Kind::string) {
            std::string_view text;
            return read_text(value, reading, text) && wire::Type<U>::read(text, out);
        } else if constexpr (wire::Type<U>::kind == wire::Kind::boolean) {
            bool flag = false;
            return value.get_bool().get(flag) == simdjson::SUCCESS &&
                   wire::Type<U>::read(flag ? std::string_view{"true"} : "false", out);
        } else {
            const char* const at = value.raw_json_token().data();
            if (wire::kind_at(*at) != wire::Type<U>::kind) return false;
            const std::size_t size = scalar_size(at, reading.end);
            return size != 0 && wire::Type<U>::read(std::string_view{at, size}, out);
        }
    }

    template <std::size_t Depth, class Structs>
    static simdjson_inline bool read_object(Value& value, const Reading& reading, Structs structs,
                                            std::size_t which, void* out) noexcept {
        auto started = value.get_object();
        if (started.error() != simdjson::SUCCESS) return false;
        JsonObject&& object = std::move(started).value_unsafe();
        return read_members<Depth + 1>(object, reading, structs, which, out);
    }

    template <std::size_t Depth, wire::List U>
    static simdjson_inline bool read_value(Value& value, const Reading& reading, U& out) noexcept {
        using Element = wire::ElementOf<U>;
        auto started = value.get_array();
        if (started.error() != simdjson::SUCCESS) return false;
        auto* const first = reinterpret_cast<Element*>(reading.elements);
        auto* last = first;
        simdjson::ondemand::array&& array = std::move(started).value_unsafe();
        for (auto item : array) {
            if (item.error() != simdjson::SUCCESS) return false;
            Value&& element = std::move(item).value_unsafe();
            if (!read_element<Depth + 1>(element, reading, *std::construct_at(last++))) {
                return false;
            }
        }
        reading.elements = reinterpret_cast<std::byte*>(last);
        out = U{first, last};
        return true;
    }

    template <std::size_t Depth, wire::Tagged U>
    static simdjson_inline bool read_element(Value& value, const Reading& reading,
                                             U& out) noexcept {
        auto started = value.get_object();
        if (started.error() != simdjson::SUCCESS) return false;
        JsonObject&& object = std::move(started).value_unsafe();
        return read_tagged<Depth + 1>(object, reading, out);
    }

    template <std::size_t Depth, wire::Object U>
    static simdjson_inline bool read_element(Value& value, const Reading& reading,
                                             U& out) noexcept {
        return read_object<Depth>(value, reading, Types<U>{}, 0, &out);
    }

    /// The size of a value that is neither a string, an object nor a list; zero if it is not
    /// well-formed.
    [[nodiscard]] static simdjson_never_inline std::size_t scalar_size(const char* at,
                                                                       const char* end) noexcept {
        const Scan value = scan_scalar(at, end);
        if (!value.ok()) return 0;
        const char next = *skip_white_space(value.at);
        if (next != ',' && next != '}' && next != ']') return 0;
        return static_cast<std::size_t>(value.at - at);
    }

    /// Reads a string, into a text that stands in the body itself or in the scratch.
    static simdjson_inline bool read_text(Value& value, const Reading& reading,
                                          std::string_view& out) noexcept {
        const std::string_view token = value.raw_json_token();
        simdjson::ondemand::raw_json_string raw;
        if (value.get_raw_json_string().get(raw) != simdjson::SUCCESS) return false;
        if (reading.has_escapes && std::memchr(token.data(), '\\', token.size()) != nullptr) {
            out = read_escaped(token.data() + 1, reading.end, reading.scratch);
            return out.data() != nullptr;
        }
        // The token goes on to the next one: behind the closing quote there is only white space.
        std::size_t size = token.size();
        while (token[size - 1] != '"')
            --size;
        out = {token.data() + 1, size - 2};
        return true;
    }

    // ── tagged objects ──────────────────────────────────────────────────────────────────────────

    /// Reads a tagged object. If its content stands before its tag, it is read once more, with the
    /// tag known.
    template <std::size_t Depth, wire::Tagged U>
    static simdjson_inline bool read_tagged(JsonObject& object, const Reading& reading,
                                            U& out) noexcept {
        constexpr std::size_t not_read = wire::tags<U>.size() + 1;
        std::size_t tag = not_read;    // Which of the documented ones; their number: unknown.
        std::string_view unknown_tag;  // Not in a struct with it: that would take longer.
        for (;;) {
            bool tag_seen = false;
            bool content_seen = false;
            bool content_is_pending = false;
            for (auto item : object) {
                if (item.error() != simdjson::SUCCESS) return false;
                Field&& field = std::move(item).value_unsafe();
                const char* const key = field.key().raw();
                Value& value = field.value();
                if (tag_key<U>.is_at(key)) {
                    if (std::exchange(tag_seen, true)) return false;
                    const char* const at = value.raw_json_token().data();
                    simdjson::ondemand::raw_json_string raw;
                    if (value.get_raw_json_string().get(raw) != simdjson::SUCCESS) return false;
                    if (tag != not_read) continue;
                    if (!read_tag<U>(at + 1, reading, tag, unknown_tag)) return false;
                } else if (content_key<U>.is_at(key)) {
                    if (std::exchange(content_seen, true)) return false;
                    content_is_pending = tag == not_read;
                    if (content_is_pending) continue;
                    if (!read_content<Depth>(value, reading, tag, unknown_tag, out)) return false;
                } else if (!ignore<Depth>(key, value, reading)) {
                    return false;
                }
            }
            if (!tag_seen || !content_seen) return false;
            if (!content_is_pending) return true;
            if (object.reset().error() != simdjson::SUCCESS) return false;
        }
    }

    /// @param at behind its opening quote.
    template <wire::Tagged U>
    static simdjson_inline bool read_tag(const char* at, const Reading& reading, std::size_t& tag,
                                         std::string_view& unknown_tag) noexcept {
        tag = tag_at<U, 0>(at);
        if (tag == wire::tags<U>.size()) {
            unknown_tag = read_escaped(at, reading.end, reading.scratch);
            if (unknown_tag.data() == nullptr) return false;
            if (reading.has_escapes) tag = wire::index_of_tag<U>(unknown_tag);
        }
        return true;
    }

    template <std::size_t Depth, wire::Tagged U>
    static simdjson_inline bool read_content(Value& value, const Reading& reading, std::size_t tag,
                                             std::string_view unknown_tag, U& out) noexcept {
        constexpr auto documented = documented_types(std::type_identity<U>{});
        void* const alternative = emplace_alternative<0>(tag, out);
        if (tag != wire::tags<U>.size()) {
            return read_object<Depth>(value, reading, documented, out.index(), alternative);
        }
        // With the documented ones in one function, those would take longer.
        const char* const at = value.raw_json_token().data();
        const char* next = nullptr;
        if (!read_object<Depth>(value, reading, Types<UnknownOf<U>>{}, 0, alternative) ||
            reading.document.current_location().get(next) != simdjson::SUCCESS) {
            return false;
        }
        keep_unknown(unknown_tag, at, next, out);
        return true;
    }

    /// The index of the tag that stands at a place, behind its opening quote; their number if it is
    /// none, or spelled with escape sequences.
    template <class U, std::size_t Index>
    static simdjson_inline std::size_t tag_at(const char* at) noexcept {
        if constexpr (Index == wire::tags<U>.size()) {
            return Index;
        } else {
            return tag_value<U, Index>.is_at(at) ? Index : tag_at<U, Index + 1>(at);
        }
    }

    /// Keeps an unknown tag and its content's text, which stands before `next`.
    template <class U>
    static simdjson_never_inline void keep_unknown(std::string_view tag, const char* at,
                                                   const char* next, U& out) noexcept {
        using Unknown = UnknownOf<U>;
        Unknown& unknown = *std::get_if<Unknown>(&out);
        const std::string_view text{at, static_cast<std::size_t>(next - at)};
        unknown.*wire::PropertyAt<Unknown, 0>::member = tag;
        unknown.*wire::PropertyAt<Unknown, 2>::member =
            SecretView{text.substr(0, text.rfind('}') + 1)};  // Without white space behind it.
    }

    /// Makes the alternative of a tag, which is at Index or behind.
    template <std::size_t Index, class U>
    static simdjson_inline void* emplace_alternative(std::size_t tag, U& out,
                                                     std::size_t first_tag = 0) noexcept {
        using Struct = std::variant_alternative_t<Index, U>;
        constexpr std::size_t tag_count = wire::tags_of<Struct>().size();
        if constexpr (!wire::UnknownObject<Struct>) {
            if (tag >= first_tag + tag_count) {
                return emplace_alternative<Index + 1>(tag, out, first_tag + tag_count);
            }
        }
        Struct& alternative = out.template emplace<Index>(MakeUncleared<Struct>{});
        wire::set_tag(alternative, tag);
        return &alternative;
    }
};

}  // namespace mews::webhooks::detail
