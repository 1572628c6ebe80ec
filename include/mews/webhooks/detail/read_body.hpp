/// @file
/// Reading a body from its characters alone, with no JSON library: slow, and always right.
///
/// The fast way (decode.hpp) only ever says "accepted" or "not accepted". What it did not accept is
/// read here, and so every error is made here. That is why a body gets the same answer whatever
/// version of simdjson, and whichever of its CPU implementations, stands behind the fast way.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/json_text.hpp>
#include <mews/webhooks/detail/table.hpp>
#include <mews/webhooks/error.hpp>
#include <mews/webhooks/events.hpp>
#include <mews/webhooks/result.hpp>

namespace mews::webhooks::detail {

/// The names that lead to a value.
struct Path {
    /// Body, `Data`, entity, property: no documented name lies deeper.
    std::array<std::string_view, 3> names{};
    std::size_t size = 0;

    [[nodiscard]] constexpr Path operator/(std::string_view name) const noexcept {
        Path longer = *this;
        longer.names[longer.size++] = name;
        return longer;
    }

    /// As a JSON Pointer. The table sees to it that no name needs an escape.
    [[nodiscard]] std::string pointer() const {
        std::string text;
        for (std::size_t i = 0; i != size; ++i)
            text.append("/").append(names[i]);
        return text;
    }
};

struct Fault {
    ErrorCode code;
    const char* at;
    Path path;
};

/// Holds a text that is known to be well-formed against the contract table.
///
/// Keeps the fault that comes first in the document, where a missing property stands at the opening
/// brace of the object that lacks it.
class ContractReader {
  public:
    /// @param scratch room for as many bytes as the text has, for texts with escapes.
    ContractReader(const char* end, char* scratch, Contract contract) noexcept
        : end_(end), scratch_(scratch), contract_(contract) {}

    /// Reads the whole body, `at` its first byte that is not white space.
    void body(const char* at, EventView& event) noexcept {
        using Table = wire::Table<std::string_view>;
        const Path root;
        if (*at != '{') return report(ErrorCode::wrong_type, at, root);

        const char* action = nullptr;
        const char* data = nullptr;
        const auto first_of = [&](const char*& first, const char* value, std::string_view name) {
            if (first == nullptr) {
                first = value;
            } else {
                report(ErrorCode::duplicate_property, value, root / name);
            }
        };
        for_each_member(at, [&](std::string_view name, const char* value) noexcept {
            if (name == Table::action) first_of(action, value, Table::action);
            if (name == Table::data) first_of(data, value, Table::data);
        });

        std::string_view action_text;
        const bool has_action = body_property(at, action, Table::action, [&](const Path& path) {
            return read(action, action_text, path);
        });
        const bool has_data = body_property(at, data, Table::data, [&](const Path& path) {
            if (*data != '{') report(ErrorCode::wrong_type, data, path);
            return *data == '{';
        });
        if (has_action && has_data) event_data(data, action_text, event);
    }

    /// Reads the `Data` of an action that the table does not have.
    void unknown(const char* at, std::string_view action, UnknownEventView& event) noexcept {
        constexpr std::string_view integration = object_of<IntegrationView>::name;
        const char* found = nullptr;
        bool twice = false;
        const char* const end =
            for_each_member(at, [&](std::string_view name, const char* value) noexcept {
                if (name != integration) return;
                twice = found != nullptr;
                found = value;
            });
        event.action = action;
        event.data = SecretView{{at, static_cast<std::size_t>(end - at)}};
        if (found == nullptr || twice) return;

        // Nothing is promised of this Data, so that what is wrong in it is no fault of the body.
        const std::optional<Fault> outer = std::exchange(first_, std::nullopt);
        IntegrationView candidate;
        read(found, candidate, Path{});
        if (!first_) event.integration = candidate;
        first_ = outer;
    }

    /// The first fault that was found.
    [[nodiscard]] const std::optional<Fault>& fault() const noexcept { return first_; }

  private:
    void report(ErrorCode code, const char* at, const Path& path) noexcept {
        if (!first_ || at < first_->at) first_ = Fault{code, at, path};
    }

    /// Calls `visit(name, value)` for each member of the object at `at`.
    /// @return the end of the object.
    template <class Visitor>
    const char* for_each_member(const char* at, Visitor&& visit) noexcept {
        at = skip_white_space(at + 1, end_);
        while (*at != '}') {
            const StringText name = read_string(at + 1, end_, scratch_);
            const char* const value = skip_white_space(skip_white_space(name.end, end_) + 1, end_);
            const char* const value_end =
                scan_value(value, end_, scratch_, (std::numeric_limits<std::size_t>::max)()).at;
            visit(name.text, value);
            at = skip_white_space(value_end, end_);
            if (*at == ',') at = skip_white_space(at + 1, end_);
        }
        return at + 1;
    }

    /// Reads a required property of the body itself, `value` null if it is missing.
    template <class Read>
    bool body_property(const char* object, const char* value, std::string_view name,
                       Read&& read_value) noexcept {
        const Path path = Path{} / name;
        if (value == nullptr) {
            report(ErrorCode::missing_property, object, path);
        } else if (*value == 'n') {
            report(ErrorCode::unexpected_null, value, path);
        } else {
            return read_value(path);
        }
        return false;
    }

    void event_data(const char* at, std::string_view action_text, EventView& event) noexcept {
        const Action action = action_named(action_text);
        if (action == Action::unknown) {
            return unknown(at, action_text, event.emplace<UnknownEventView>());
        }
        auto candidate = Action{};
        for_each(wire::Table<std::string_view>::Events{},
                 [&]<class Object>(std::type_identity<Object>) {
                     if (candidate == action) {
                         read(at, event.emplace<typename Object::Type>(),
                              Path{} / wire::Table<std::string_view>::data);
                     }
                     candidate = static_cast<Action>(static_cast<std::size_t>(candidate) + 1);
                 });
    }

    // One function for each type that a member may have. They return whether the value had it.

    bool read(const char* at, std::string_view& out, const Path& path) noexcept {
        if (*at != '"') {
            report(ErrorCode::wrong_type, at, path);
            return false;
        }
        out = read_string(at + 1, end_, scratch_).text;
        return true;
    }

    bool read(const char* at, SecretView& out, const Path& path) noexcept {
        std::string_view text;
        const bool is_text = read(at, text, path);
        out = SecretView{text};
        return is_text;
    }

    bool read(const char* at, Timestamp& out, const Path& path) noexcept {
        std::string_view text;
        if (!read(at, text, path)) return false;
        const std::optional<Timestamp> instant = timestamp_from_iso8601(text);
        if (!instant) report(ErrorCode::invalid_timestamp, at, path);
        out = instant.value_or(Timestamp{});
        return instant.has_value();
    }

    bool read(const char* at, bool& out, const Path& path) noexcept {
        out = *at == 't';
        const bool is_bool = *at == 't' || *at == 'f';
        if (!is_bool) report(ErrorCode::wrong_type, at, path);
        return is_bool;
    }

    template <class T>
    bool read(const char* at, std::optional<T>& out, const Path& path) noexcept {
        return read(at, out.emplace(), path);
    }

    template <Described Struct>
    bool read(const char* at, Struct& out, const Path& path) noexcept {
        if (*at != '{') {
            report(ErrorCode::wrong_type, at, path);
            return false;
        }
        std::uint32_t seen = 0;
        for_each_member(at, [&](std::string_view name, const char* value) noexcept {
            std::uint32_t bit = 1;
            for_each_property<Struct>([&]<class Property>(Property) {
                if (name == Property::name) {
                    member<Property>(value, out, (seen & bit) != 0, path / Property::name);
                    seen |= bit;
                }
                bit <<= 1;
            });
        });
        std::uint32_t bit = 1;
        for_each_property<Struct>([&]<class Property>(Property) {
            if ((seen & bit) == 0 && Property::presence(contract_) != wire::Presence::optional) {
                report(ErrorCode::missing_property, at, path / Property::name);
            }
            bit <<= 1;
        });
        return true;
    }

    template <class Property, class Struct>
    void member(const char* at, Struct& out, bool seen_before, const Path& path) noexcept {
        if (seen_before) {
            report(ErrorCode::duplicate_property, at, path);
        } else if (*at != 'n') {
            read(at, out.*Property::member, path);
        } else if (Property::presence(contract_) == wire::Presence::required) {
            report(ErrorCode::unexpected_null, at, path);
        }
    }

    const char* end_;
    char* scratch_;
    Contract contract_;
    std::optional<Fault> first_{};
};

/// Reads a body.
/// @param text      the body behind its byte order mark; views in the event point into it.
/// @param offset    how many bytes of the body stand before the text.
/// @param scratch   room for as many bytes as the text has, for texts with escapes.
[[nodiscard]] inline Result<EventView> read_body(std::string_view text, std::size_t offset,
                                                 char* scratch, Contract contract,
                                                 std::size_t max_depth) {
    const char* const end = text.data() + text.size();
    const char* const first = skip_white_space(text.data(), end);
    if (first == end) return Error{ErrorCode::empty_body, {}, 0};
    const auto offset_of = [&](const char* at) {
        return offset + static_cast<std::size_t>(at - text.data());
    };
    if (const Scan document = scan_document(text, scratch, max_depth); !document.ok()) {
        return Error{document.fault, {}, offset_of(document.at)};
    }

    Result<EventView> result;
    ContractReader reader{end, scratch, contract};
    reader.body(first, *result);
    if (const std::optional<Fault>& fault = reader.fault()) {
        return Error{fault->code, fault->path.pointer(), offset_of(fault->at)};
    }
    return result;
}

}  // namespace mews::webhooks::detail
