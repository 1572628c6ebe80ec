/// @file
/// The fast way from characters to an event: one walk with simdjson's On-Demand API.
///
/// It says yes or no, never why: read_body.hpp finds that out for the bodies that are refused.
///
/// Its speed hangs on one thing: simdjson's iterator must stay in registers. It does as long as no
/// value, object or document is passed to a function that is not inlined, not even on a path that
/// is never taken. So whatever takes one is `simdjson_inline`, and whatever is not gets characters.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/detail/members.hpp>
#include <mews/webhooks/detail/simdjson.hpp>
#include <mews/webhooks/detail/spelling.hpp>
#include <mews/webhooks/detail/table.hpp>
#include <mews/webhooks/events.hpp>

namespace mews::webhooks::detail {

/// A body that lies in a buffer which simdjson may read beyond.
struct Source {
    const char* begin;
    const char* end;
    char* scratch;     ///< Room for as many bytes as the body has, and some more, for texts with
                       ///< escapes.
    bool has_escapes;  ///< Whether a backslash stands anywhere in the body.
    Contract contract;
    std::size_t max_depth;
};

/// How many levels the contract's own objects have: body, `Data`, entity.
inline constexpr std::size_t contract_depth = 3;

/// The walk. A template over simdjson's parser for the reason that stands with Backend.
template <class Backend>
class Decoder {
    using Document = simdjson::ondemand::document;
    using Object = simdjson::ondemand::object;
    using Field = simdjson::ondemand::field;
    using Value = simdjson::ondemand::value;

  public:
    /// Reads a body.
    /// @return whether it is a contract's event; then `body` holds what it says.
#if defined(__GNUC__)
    // What simdjson leaves to the compiler's judgement is inlined as well: it takes the iterator
    // too.
    [[gnu::flatten]]
#endif
    [[nodiscard]] static simdjson_never_inline bool
    decode(Backend& backend, const Source& source, BodyMembers& body) noexcept {
        const auto length = static_cast<std::size_t>(source.end - source.begin);
        Document document;
        if (backend
                .iterate(simdjson::padded_string_view(source.begin, length,
                                                      length + simdjson::SIMDJSON_PADDING))
                .get(document) != simdjson::SUCCESS) {
            return false;
        }
        // Twice at most. A loop, so that the code is there once.
        Verdict verdict = Verdict::data_first;
        for (bool has_action = false; verdict == Verdict::data_first; has_action = true) {
            if (has_action) document.rewind();
            verdict = read_root(document, source, has_action, body);
        }
        return verdict == Verdict::accepted;
    }

  private:
    enum class Verdict : std::uint8_t {
        accepted,
        refused,
        data_first,  ///< `Data` stands before `Action`: read again, now that the action is known.
    };

    /// The source, in local variables that no call can change.
    struct Reading {
        const char* end;
        bool has_escapes;
        Contract contract;
        std::size_t max_depth;
        char*& scratch;
    };

    /// What has been read of an object so far.
    struct Progress {
        const Rules& rules;
        std::uint32_t seen = 0;  ///< A bit for each property that has stood in the object.
        bool is_spoilt = false;  ///< Tolerated something that is not as it should be.

        [[nodiscard]] simdjson_inline bool is_complete() const noexcept {
            return (seen & rules.mandatory) == rules.mandatory;
        }
    };

    // These are not inlined, and so get characters only.

    /// Whether a name that was not found, `at` behind its opening quote, is well-formed and none of
    /// the table's in disguise.
    [[nodiscard]] static simdjson_never_inline bool is_other_name(const char* at, const char* end,
                                                                  char* scratch) noexcept {
        // Every string has its end here: simdjson has found it.
        if (*skip_plain_characters(at, end) == '"') return true;
        const StringText name = read_string(at, end, scratch);
        return name.end != nullptr && !is_documented_name(name.text);
    }

    /// Whether a value is well-formed: up to and with what must follow it, since simdjson takes
    /// `1x` for one token and does not look inside.
    [[nodiscard]] static simdjson_never_inline bool is_well_formed(const char* at, const char* end,
                                                                   char* levels,
                                                                   std::size_t max_depth) noexcept {
        const Scan value = *at == '{' || *at == '[' ? scan_value(at, end, levels, max_depth)
                                                    : scan_scalar(at, end);
        if (!value.ok()) return false;
        const char* const next = skip_white_space(value.at, end);
        return next != end && (*next == ',' || *next == '}');
    }

    /// A string that may hold escapes, `at` at its opening quote; no data if it is not well-formed.
    [[nodiscard]] static simdjson_never_inline std::string_view read_escaped(
        const char* at, const char* end, char*& scratch) noexcept {
        const StringText string = read_string(at + 1, end, scratch);
        return string.end == nullptr ? std::string_view{} : string.text;
    }

    // These get simdjson's types, and so are inlined.

    /// Reads the body's own members.
    ///
    /// A function of its own for g++'s sake: it keeps a struct in registers once all pointers to it
    /// are gone, which it finds out of the innermost function first, and of one level at a time.
    ///
    /// @param has_action whether `body.action.action` is known already.
    static simdjson_inline Verdict read_root(Document& document, const Source& source,
                                             bool has_action, BodyMembers& body) noexcept {
        auto root = document.get_object();
        if (root.error() != simdjson::SUCCESS) return Verdict::refused;
        Object&& object = std::move(root).value_unsafe();

        char* scratch = source.scratch;
        const Reading reading{source.end, source.has_escapes, source.contract, source.max_depth,
                              scratch};
        bool action_seen = false;
        bool data_seen = false;
        bool data_read = false;
        for (auto item : object) {
            if (item.error() != simdjson::SUCCESS) return Verdict::refused;
            Field&& field = std::move(item).value_unsafe();
            const char* const key = field.key().raw();
            Value& value = field.value();
            if (Spelling<ActionProperty>::quoted(key)) {
                if (action_seen || !read_text(value, reading, body.action.text))
                    return Verdict::refused;
                body.action.action =
                    action_spelled(body.action.text, wire::Table<std::string_view>::Events{});
                action_seen = has_action = true;
            } else if (Spelling<DataProperty>::quoted(key)) {
                if (data_seen) return Verdict::refused;
                data_seen = true;
                if (!has_action) continue;
                if (!read_data(document, value, reading, body)) return Verdict::refused;
                data_read = true;
            } else if (!ignore(key, value, reading, 1)) {
                return Verdict::refused;
            }
        }
        const char* rest = nullptr;
        if (document.current_location().get(rest) == simdjson::SUCCESS) return Verdict::refused;
        if (!action_seen || !data_seen) return Verdict::refused;
        return data_read ? Verdict::accepted : Verdict::data_first;
    }

    static simdjson_inline bool read_data(Document& document, Value& value, const Reading& reading,
                                          BodyMembers& body) noexcept {
        const Action action = body.action.action;
        const char* const begin = value.raw_json_token().data();
        DataLevel data{body.data};
        Progress progress{data_rules.of(reading.contract)[static_cast<std::size_t>(action)]};
        if (!read_object(value, reading, 2, progress, data) || !progress.is_complete())
            return false;
        if (action == Action::unknown) {
            // What an unknown event's Data holds is kept as it stands, up to its closing brace.
            const char* end = nullptr;
            if (document.current_location().get(end) != simdjson::SUCCESS) return false;
            while (end[-1] != '}')
                --end;
            body.unknown_data = {begin, static_cast<std::size_t>(end - begin)};
            body.has_unknown_integration = progress.seen != 0 && !progress.is_spoilt;
        }
        return true;
    }

    /// Whether a member that is not asked for is well-formed. One whose name is a property's after
    /// all, but for escapes, is so rare that read_body may have it.
    static simdjson_inline bool ignore(const char* key, Value& value, const Reading& reading,
                                       std::size_t depth) noexcept {
        if (reading.has_escapes && !is_other_name(key, reading.end, reading.scratch)) return false;
        const char* const at = value.raw_json_token().data();
        if (*at == '"' && !reading.has_escapes) {
            // Whatever else may be wrong with a string, simdjson has seen to. It is read and not
            // skipped: skipping takes a string before a colon for a name.
            simdjson::ondemand::raw_json_string raw;
            return value.get_raw_json_string().get(raw) == simdjson::SUCCESS;
        }
        return is_well_formed(at, reading.end, reading.scratch, reading.max_depth - depth);
    }

    /// Reads a string, into a text that stands in the body itself or in the scratch.
    static simdjson_inline bool read_text(Value& value, const Reading& reading,
                                          std::string_view& out) noexcept {
        const std::string_view token = value.raw_json_token();
        simdjson::ondemand::raw_json_string raw;
        if (value.get_raw_json_string().get(raw) != simdjson::SUCCESS) return false;
        if (reading.has_escapes && std::memchr(token.data(), '\\', token.size()) != nullptr) {
            out = read_escaped(token.data(), reading.end, reading.scratch);
            return out.data() != nullptr;
        }
        // The token goes on to the next one: behind the closing quote there is only white space.
        std::size_t size = token.size();
        while (token[size - 1] != '"')
            --size;
        out = {token.data() + 1, size - 2};
        return true;
    }

    static simdjson_inline bool read_scalar(Value& value, const Reading& reading,
                                            Scalar& out) noexcept {
        bool is_null = false;
        switch (*value.raw_json_token().data()) {
            case '"':
                out.kind = Scalar::Kind::text;
                return read_text(value, reading, out.text);
            case 't':
            case 'f':
                out.kind = Scalar::Kind::boolean;
                return value.get_bool().get(out.flag) == simdjson::SUCCESS;
            case 'n':
                out.kind = Scalar::Kind::null;
                return value.is_null().get(is_null) == simdjson::SUCCESS && is_null;
            default:
                return false;
        }
    }

    /// Reads the members of an object. Each kind of value is read in one place, and then goes where
    /// its name says: reading it at each name would be the same speed, and several times the code.
    template <class Level>
    static simdjson_inline bool read_object(Value& value, const Reading& reading, std::size_t depth,
                                            Progress& progress, Level& level) noexcept {
        auto started = value.get_object();
        if (started.error() != simdjson::SUCCESS) return false;
        Object&& object = std::move(started).value_unsafe();
        for (auto item : object) {
            if (item.error() != simdjson::SUCCESS) return false;
            Field&& field = std::move(item).value_unsafe();
            const char* const key = field.key().raw();
            Value& member = field.value();
            const std::size_t index = level.find(key);
            const std::uint32_t bit = 1U << index;
            if ((progress.rules.known & bit) == 0) {
                if (!ignore(key, member, reading, depth)) return false;
                continue;
            }
            const bool is_object = *member.raw_json_token().data() == '{';
            if ((progress.seen & bit) != 0 || (progress.rules.is_tolerant && !is_object)) {
                if (!progress.rules.is_tolerant) return false;
                progress.is_spoilt = true;
                if (!ignore(key, member, reading, depth)) return false;
                continue;
            }
            progress.seen |= bit;
            if (is_object) {
                if (!read_entity(member, reading, index, level, progress)) return false;
                continue;
            }
            Scalar scalar;
            if (!read_scalar(member, reading, scalar)) return false;
            if (scalar.kind == Scalar::Kind::null) {
                if ((progress.rules.nullable & bit) == 0) return false;
            } else if (!level.store(index, scalar)) {
                return false;
            }
        }
        return true;
    }

    static simdjson_inline bool read_entity(Value& value, const Reading& reading, std::size_t index,
                                            DataLevel& data, Progress& outer) noexcept {
        Progress progress{entity_rules.of(reading.contract)[index]};
        EntityLevel entity{data.members, index};
        if (!entity.start() || !read_object(value, reading, contract_depth, progress, entity)) {
            return false;
        }
        if (progress.is_complete()) return true;
        outer.is_spoilt = true;
        return outer.rules.is_tolerant;
    }

    /// No entity has an object in it.
    static simdjson_inline bool read_entity(Value&, const Reading&, std::size_t, EntityLevel&,
                                            Progress&) noexcept {
        return false;
    }
};

}  // namespace mews::webhooks::detail
