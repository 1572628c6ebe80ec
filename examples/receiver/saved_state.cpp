#include "saved_state.hpp"

#include <charconv>
#include <cstdint>
#include <stdexcept>

#include <mews/webhooks.hpp>

namespace receiver {

namespace {

using namespace mews::webhooks;

// The text is a list of fields: `name ticks size`, a line end, and so many bytes. Bytes of any kind
// need no escapes, and a field that a later version adds does not move the others.

void write(std::string& out, std::string_view name, Timestamp time, std::string_view bytes) {
    out.append(name).append(" ").append(std::to_string(time.time_since_epoch().count()));
    out.append(" ").append(std::to_string(bytes.size())).append("\n").append(bytes);
}

struct Field {
    std::string_view name;
    Timestamp time;
    std::string_view bytes;
};

template <class Number>
Number number_in(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        throw std::runtime_error{"a saved state is damaged"};
    return number;
}

/// Takes the text up to the character, and the character.
std::string_view take_until(std::string_view& text, char end) {
    const std::string_view taken = text.substr(0, text.find(end));
    if (taken.size() == text.size()) throw std::runtime_error{"a saved state is damaged"};
    text.remove_prefix(taken.size() + 1);
    return taken;
}

template <class Handler>
void for_each_field(std::string_view text, Handler handle) {
    while (!text.empty()) {
        Field field;
        field.name = take_until(text, ' ');
        field.time = Timestamp{Timestamp::duration{number_in<std::int64_t>(take_until(text, ' '))}};
        const auto size = number_in<std::size_t>(take_until(text, '\n'));
        if (size > text.size()) throw std::runtime_error{"a saved state is damaged"};
        field.bytes = text.substr(0, size);
        text.remove_prefix(size);
        handle(field);
    }
}

std::string saved(const VendorAnswer& answer) {
    std::string out;
    const auto flag = [&](std::string_view name, const std::optional<bool>& value) {
        if (value) write(out, name, {}, *value ? "1" : "0");
    };
    if (answer.enterprise) {
        write(out, "enterprise_id", {}, answer.enterprise->id);
        write(out, "enterprise_name", {}, answer.enterprise->name);
    }
    flag("is_enabled", answer.is_enabled);
    flag("is_canceled", answer.is_canceled);
    if (answer.credential) write(out, "credential", {}, answer.credential->reveal());
    return out;
}

VendorAnswer answer_from(const Field& saved) {
    VendorAnswer answer{.asked = saved.time};
    for_each_field(saved.bytes, [&](const Field& field) {
        const std::string bytes{field.bytes};
        if (field.name == "enterprise_id") answer.enterprise = Enterprise{.id = bytes};
        if (field.name == "enterprise_name") answer.enterprise->name = bytes;
        if (field.name == "is_enabled") answer.is_enabled = bytes == "1";
        if (field.name == "is_canceled") answer.is_canceled = bytes == "1";
        if (field.name == "credential") answer.credential = Secret{bytes};
    });
    return answer;
}

}  // namespace

std::string saved(const IntegrationState& state) {
    std::string out;
    for (const auto& creation : state.created)
        write(out, "created", creation.received, to_json(creation.told));
    for (const auto& key : state.api_keys)
        write(out, "api_key", key.received, key.told.reveal());
    for (const auto& [action, received] : state.actions)
        write(out, "action", received, action);
    if (state.deleted_utc) write(out, "deleted", *state.deleted_utc, {});
    for (const VendorAnswer& answer : state.answers)
        write(out, "answer", answer.asked, saved(answer));
    return out;
}

IntegrationState state_from(std::string_view saved) {
    IntegrationState state;
    for_each_field(saved, [&](const Field& field) {
        const std::string bytes{field.bytes};
        if (field.name == "created")
            state.created.push_back(
                {std::get<IntegrationCreated>(parse(bytes).value()), field.time});
        if (field.name == "api_key") state.api_keys.push_back({Secret{bytes}, field.time});
        if (field.name == "action") state.actions.emplace(bytes, field.time);
        if (field.name == "deleted") state.deleted_utc = field.time;
        if (field.name == "answer") state.answers.push_back(answer_from(field));
    });
    return state;
}

}  // namespace receiver
