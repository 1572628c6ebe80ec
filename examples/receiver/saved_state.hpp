/// @file
/// An IntegrationState as text and back. The text holds credentials in the clear.

#pragma once

#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks.hpp>

namespace receiver {

namespace saved_state {

using namespace mews::webhooks;

/// Writes numbers and texts, one behind the other.
struct Writer {
    void number(std::int64_t& value) { out.append(std::to_string(value)).append(" "); }
    void text(std::string& value) {
        auto size = static_cast<std::int64_t>(value.size());
        number(size);
        out.append(value);
    }

    std::string out{};
};

/// Reads them.
struct Reader {
    void number(std::int64_t& value) {
        const std::string_view digits = take(in.find(' '));
        if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc{})
            throw std::runtime_error{"a saved state is damaged"};
        take(1);
    }
    void text(std::string& value) {
        std::int64_t size = 0;
        number(size);
        value = take(static_cast<std::size_t>(size));
    }
    std::string_view take(std::size_t size) {
        if (size > in.size()) throw std::runtime_error{"a saved state is damaged"};
        const std::string_view taken = in.substr(0, size);
        in.remove_prefix(size);
        return taken;
    }

    std::string_view in;
};

/// @{
/// Writes a value, or reads it: what both do, in one place.
void transfer(auto& archive, std::string& value) {
    archive.text(value);
}
void transfer(auto& archive, bool& value) {
    auto number = std::int64_t{value};
    archive.number(number);
    value = number != 0;
}
void transfer(auto& archive, Timestamp& value) {
    std::int64_t ticks = value.time_since_epoch().count();
    archive.number(ticks);
    value = Timestamp{Timestamp::duration{ticks}};
}
void transfer(auto& archive, Secret& value) {
    std::string text = value.reveal();
    archive.text(text);
    value = Secret{std::move(text)};
}
void transfer(auto& archive, IntegrationCreated& value) {
    // As the sender writes it: what a later version adds to the struct is no trouble then.
    std::string json = to_json(value);
    archive.text(json);
    value = std::get<IntegrationCreated>(parse(json).value());
}
void transfer(auto& archive, Enterprise& value) {
    transfer(archive, value.id);
    transfer(archive, value.name);
}
void transfer(auto& archive, std::pair<std::string, Timestamp>& value) {
    transfer(archive, value.first);
    transfer(archive, value.second);
}
template <class T>
void transfer(auto& archive, FirstReceived<T>& value) {
    transfer(archive, value.value);
    transfer(archive, value.received);
}
template <class T>
void transfer(auto& archive, std::optional<T>& value) {
    bool has_value = value.has_value();
    transfer(archive, has_value);
    if (!has_value) return;
    if (!value) value.emplace();
    transfer(archive, *value);
}
void transfer(auto& archive, VendorAnswer& value) {
    transfer(archive, value.asked);
    transfer(archive, value.enterprise);
    transfer(archive, value.is_enabled);
    transfer(archive, value.is_canceled);
    transfer(archive, value.credential);
}
template <class T>
void transfer(auto& archive, std::vector<T>& values) {
    auto size = static_cast<std::int64_t>(values.size());
    archive.number(size);
    values.resize(static_cast<std::size_t>(size));
    for (T& value : values)
        transfer(archive, value);
}
void transfer(auto& archive, LastReceived& values) {
    std::vector<std::pair<std::string, Timestamp>> list(values.begin(), values.end());
    transfer(archive, list);
    values = {list.begin(), list.end()};
}
void transfer(auto& archive, IntegrationState& state) {
    std::int64_t version = 1;
    archive.number(version);
    if (version != 1) throw std::runtime_error{"a state that another version saved"};
    transfer(archive, state.created);
    transfer(archive, state.api_keys);
    transfer(archive, state.actions);
    transfer(archive, state.deleted_utc);
    transfer(archive, state.answers);
}
/// @}

}  // namespace saved_state

/// All members but the entities, which have a table of their own: there can be many.
inline std::string saved(mews::webhooks::IntegrationState state) {
    saved_state::Writer writer;
    saved_state::transfer(writer, state);
    return std::move(writer.out);
}

/// @throws std::runtime_error if that is not what `saved` wrote
inline mews::webhooks::IntegrationState state_from(std::string_view saved) {
    mews::webhooks::IntegrationState state;
    saved_state::Reader reader{saved};
    saved_state::transfer(reader, state);
    return state;
}

}  // namespace receiver
