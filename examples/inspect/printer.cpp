#include "printer.hpp"

#include <algorithm>
#include <iomanip>
#include <variant>

namespace webhooks = mews::webhooks;

namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

/// A byte of a text as editors count: from 1, and columns in bytes.
struct Position {
    std::size_t line;
    std::size_t column;
};

Position position_of(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto line_feeds = std::count(before.begin(), before.end(), '\n');
    // Without a line feed, npos + 1 is 0: the line starts where the text does.
    const std::size_t line_start = before.rfind('\n') + 1;
    return {static_cast<std::size_t>(line_feeds) + 1, before.size() - line_start + 1};
}

template <class Key>
std::size_t total(const std::map<Key, std::size_t>& counts) {
    std::size_t sum = 0;
    for (const auto& [key, count] : counts)
        sum += count;
    return sum;
}

}  // namespace

void Printer::print(const Place& place, std::string_view body) {
    if (const auto event = parser_.parse_view(body)) {
        ++events_[action_of(*event)];
        if (!arguments_.quiet) print(place, *event);
    } else {
        ++errors_[event.error().code];
        print(place, body, event.error());
    }
}

void Printer::print(const Place& place, const webhooks::EventView& event) {
    out_ << colours_.place << visible(place.input);
    if (place.line != 0) out_ << ':' << place.line;
    out_ << ": " << colours_.off;

    const auto headline = [&]() -> std::ostream& {
        return out_ << colours_.event << action_of(event) << colours_.off;
    };
    std::visit(
        Overloaded{
            [&](const webhooks::IntegrationCreatedView& created) {
                headline() << " at " << webhooks::to_iso8601(created.created_utc)
                           << (created.is_enabled ? ", enabled: " : ", disabled: ")
                           << created.integration << "\n    " << created.enterprise;
                if (created.service) out_ << "\n    " << *created.service;
                if (created.requestor) out_ << "\n    " << *created.requestor;
                out_ << "\n    AccessToken " << created.access_token;
            },
            [&](const webhooks::IntegrationDeletedView& deleted) {
                headline() << " at "
                           << (deleted.deleted_utc ? webhooks::to_iso8601(*deleted.deleted_utc)
                                                   : "an unknown time")
                           << ": " << deleted.integration;
            },
            [&](const webhooks::IntegrationApiKeyCreatedView& renewed) {
                headline() << ": " << renewed.integration << "\n    ApiKey " << renewed.api_key;
            },
            [&](const webhooks::UnknownEventView& unknown) {
                out_ << colours_.event << unknown << colours_.off;
            },
            [&](const auto& other) { headline() << ": " << other.integration; },
        },
        event);
    out_ << '\n';
}

void Printer::print(const Place& place, std::string_view body, const webhooks::Error& error) {
    Position at = position_of(body, error.offset);
    if (place.line != 0) at.line = place.line;
    out_ << colours_.place << visible(place.input) << ':' << at.line << ':' << at.column << ": "
         << colours_.error << "error: " << colours_.off << error << '\n';
}

void Printer::print_summary(std::size_t inputs_not_readable) {
    const std::size_t accepted = total(events_);
    const std::size_t refused = total(errors_);
    if (refused != 0 || (accepted != 0 && !arguments_.quiet)) out_ << '\n';
    out_ << "bodies: " << accepted + refused << "\naccepted: " << accepted << '\n';
    for (const auto& [action, count] : events_)
        out_ << std::setw(8) << count << "  " << action << '\n';
    out_ << "refused: " << refused << '\n';
    for (const auto& [code, count] : errors_)
        out_ << std::setw(8) << count << "  " << code << advice(code) << '\n';
    if (inputs_not_readable != 0) out_ << "not readable: " << inputs_not_readable << '\n';
}

/// What may help if a body was refused because of how this program was called.
std::string Printer::advice(webhooks::ErrorCode code) const {
    if (code == webhooks::ErrorCode::body_too_large) {
        return " (more than " + std::to_string(arguments_.parsing.max_body_bytes) +
               " bytes: see --max-bytes)";
    }
    if (code == webhooks::ErrorCode::trailing_content && !arguments_.lines) {
        return " (one body a line? see --lines)";
    }
    return {};
}
