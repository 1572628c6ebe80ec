#include "printer.hpp"

#include <algorithm>
#include <iomanip>
#include <utility>
#include <variant>

namespace webhooks = mews::webhooks;

namespace {

/// A byte of a text as editors count: from 1, and columns in bytes.
struct Position {
    std::size_t line;
    std::size_t column;
};

/// The positions of bytes of a body, asked for from its start to its end.
class Positions {
  public:
    Positions(const Place& place, std::string_view body)
        : body_(body), line_((std::max)(place.line, std::size_t{1})) {}

    Position of(std::size_t offset) {
        const std::string_view passed = body_.substr(seen_, offset - seen_);
        line_ += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
        if (const std::size_t last = passed.rfind('\n'); last != std::string_view::npos) {
            line_start_ = seen_ + last + 1;
        }
        seen_ = offset;
        return {line_, offset - line_start_ + 1};
    }

  private:
    std::string_view body_;
    std::size_t line_;
    std::size_t line_start_ = 0;
    std::size_t seen_ = 0;
};

template <class Key>
std::size_t total(const std::map<Key, std::size_t>& counts) {
    std::size_t sum = 0;
    for (const auto& [key, count] : counts)
        sum += count;
    return sum;
}

/// `escaped` makes JSON strings, but of bytes that are not UTF-8.
std::string json_string(std::string_view text) {
    std::string out = webhooks::escaped(text);
    for (std::size_t at = 0; (at = out.find('\\', at)) != std::string::npos; at += 2) {
        if (out[at + 1] == 'x') out.replace(at, 4, "\\ufffd");
    }
    return out;
}

/// Violations or notices, as a JSON array.
template <class Findings>
void write_json(std::ostream& out, Positions positions, const Findings& findings) {
    std::string_view separator = "[";
    for (const auto& finding : findings) {
        const Position at = positions.of(finding.offset);
        out << std::exchange(separator, ",") << R"({"code":")" << to_string(finding.code)
            << R"(","pointer":)" << json_string(finding.pointer) << ",\"offset\":" << finding.offset
            << ",\"line\":" << at.line << ",\"column\":" << at.column << '}';
    }
    out << (findings.empty() ? "[]" : "]");
}

}  // namespace

void Printer::print(const Place& place, std::string_view body) {
    if (arguments_.redact) return print_redacted(place, body);

    auto [webhook, inspection] =
        arguments_.report ? parser_.inspect(body)
                          : webhooks::InspectedView{parser_.parse_webhook_view(body), {}};
    if (!webhook && inspection.violations.empty()) {
        inspection.violations.push_back(webhook.error());
    }

    if (!webhook) {
        ++errors_[webhook.error().code];
    } else if (const auto* const event = std::get_if<webhooks::EventView>(&*webhook)) {
        ++events_[action_of(*event)];
    } else {
        ++general_webhooks_;
    }
    for (const webhooks::Notice& notice : inspection.notices)
        ++notices_[notice.code];

    if (arguments_.json) return print_json(place, body, inspection);
    if (webhook && !arguments_.quiet) print(place, *webhook);
    print(place, body, inspection);
}

void Printer::print_redacted(const Place& place, std::string_view body) {
    const auto redacted = webhooks::redact(body, arguments_.parsing);
    if (redacted) {
        out_ << *redacted << (redacted->ends_with('\n') ? "" : "\n");
        return;
    }
    ++errors_[redacted.error().code];
    const Position at = Positions{place, body}.of(redacted.error().offset);
    output_.complain(visible(place.input) + ':' + std::to_string(at.line) + ':' +
                     std::to_string(at.column) + ": error: " + redacted.error().message() +
                     advice(redacted.error().code));
}

void Printer::print(const Place& place, const webhooks::WebhookView& webhook) {
    out_ << colours_.place << visible(place.input);
    if (place.line != 0) out_ << ':' << place.line;
    out_ << ": " << colours_.off;
    match(webhook, [this](const auto& of_a_family) { print(of_a_family); });
    out_ << '\n';
}

void Printer::print(const webhooks::EventView& event) {
    const auto headline = [&]() -> std::ostream& {
        return out_ << colours_.event << action_of(event) << colours_.off;
    };
    match(
        event,
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
        [&](const auto& other) { headline() << ": " << other.integration; });
}

void Printer::print(const webhooks::GeneralWebhookView& webhook) {
    std::map<webhooks::Discriminator, std::size_t> known;
    std::map<std::string_view, std::size_t> unknown;
    for (const webhooks::GeneralEventView& event : webhook.events) {
        match(
            event, [&](const webhooks::EntityEventView& entity) { ++known[entity.discriminator]; },
            [&](const webhooks::UnknownEntityEventView& entity) {
                ++unknown[entity.discriminator];
            });
    }
    out_ << colours_.event << "GeneralWebhook" << colours_.off << ": EnterpriseId "
         << webhooks::escaped(webhook.enterprise_id) << ", IntegrationId "
         << webhooks::escaped(webhook.integration_id) << ", events: " << webhook.events.size();
    for (const auto& [discriminator, count] : known)
        out_ << ", " << discriminator << ": " << count;
    for (const auto& [discriminator, count] : unknown)
        out_ << ", unknown " << webhooks::escaped(discriminator) << ": " << count;
}

void Printer::print(const Place& place, std::string_view body,
                    const webhooks::Inspection& inspection) {
    const auto print_all = [&](const auto& findings, std::string_view colour,
                               std::string_view what) {
        Positions positions{place, body};
        for (const auto& finding : findings) {
            const Position at = positions.of(finding.offset);
            out_ << colours_.place << visible(place.input) << ':' << at.line << ':' << at.column
                 << ": " << colour << what << colours_.off << finding << '\n';
        }
    };
    print_all(inspection.violations, colours_.error, "error: ");
    print_all(inspection.notices, colours_.notice, "notice: ");
}

void Printer::print_json(const Place& place, std::string_view body,
                         const webhooks::Inspection& inspection) {
    const bool is_accepted = inspection.violations.empty();
    if (arguments_.quiet && is_accepted && inspection.notices.empty()) return;
    const Positions positions{place, body};
    out_ << "{\"file\":" << json_string(place.input)
         << ",\"line\":" << Positions{positions}.of(0).line << R"(,"verdict":")"
         << (is_accepted ? "accepted" : "refused") << R"(","violations":)";
    write_json(out_, positions, inspection.violations);
    out_ << ",\"notices\":";
    write_json(out_, positions, inspection.notices);
    out_ << "}\n";
}

void Printer::print_summary(std::size_t inputs_not_readable) {
    if (arguments_.redact || arguments_.json) return;
    const std::size_t accepted = total(events_) + general_webhooks_;
    const std::size_t refused = total(errors_);
    if (refused != 0 || !notices_.empty() || (accepted != 0 && !arguments_.quiet)) out_ << '\n';
    out_ << "bodies: " << accepted + refused << "\naccepted: " << accepted << '\n';
    for (const auto& [action, count] : events_)
        out_ << std::setw(8) << count << "  " << action << '\n';
    if (general_webhooks_ != 0) out_ << std::setw(8) << general_webhooks_ << "  GeneralWebhook\n";
    out_ << "refused: " << refused << '\n';
    for (const auto& [code, count] : errors_)
        out_ << std::setw(8) << count << "  " << code << advice(code) << '\n';
    if (arguments_.report) out_ << "notices: " << total(notices_) << '\n';
    for (const auto& [code, count] : notices_)
        out_ << std::setw(8) << count << "  " << to_string(code) << '\n';
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
