// Fuzz target: inspect agrees with parse_webhook, redacting a body changes no verdict, and shows
// nothing that the contract does not call open.
//
// The input is the body. A byte FF and three more at its end choose the options (see options.hpp).

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "options.hpp"
#include "target.hpp"

namespace fuzz {
namespace {

using webhooks::Error;
using webhooks::ErrorCode;
using webhooks::Inspection;
using webhooks::ParseOptions;
using webhooks::Result;
using webhooks::Webhook;

using Findings = std::vector<std::pair<ErrorCode, std::string>>;

Findings findings_of(const Inspection& inspection) {
    Findings found;
    for (const Error& violation : inspection.violations)
        found.emplace_back(violation.code, violation.pointer);
    return found;
}

std::string shown(const Inspection& inspection) {
    std::string text;
    for (const Error& violation : inspection.violations)
        text += violation.message() + '\n';
    return text;
}

/// A string or a number of a body, and the names that lead to it; `*` for an element.
struct Place {
    std::size_t begin;
    std::size_t end;
    std::string path;
};

/// Finds the strings and numbers of a body that is well-formed.
class Places {
  public:
    explicit Places(std::string_view body) : buffer_(body.size()), body_(buffer_.assign(body)) {
        std::vector<Level> levels;
        for (std::size_t at = 0; at != body.size(); ++at) {
            const char c = body[at];
            if (c == '{' || c == '[') {
                std::string path = value_path(levels);
                levels.push_back({c == '[', std::move(path), {}});
            } else if (c == '}' || c == ']') {
                levels.pop_back();
            } else if (c == '"') {
                const std::string text = string_at(at);
                const std::size_t end = at_;
                const std::size_t behind = body.find_first_not_of(" \t\r\n", end);
                if (behind != std::string_view::npos && body[behind] == ':') {
                    levels.back().name = text;
                } else {
                    found.push_back({at, end, value_path(levels)});
                }
                at = end - 1;
            } else if (c == '-' || (c >= '0' && c <= '9')) {
                const std::size_t end = std::min(body.find_first_of(" \t\r\n,]}", at), body.size());
                found.push_back({at, end, value_path(levels)});
                at = end - 1;
            }
        }
    }

    std::vector<Place> found;

  private:
    struct Level {
        bool is_list;
        std::string path;
        std::string name;
    };

    static std::string value_path(const std::vector<Level>& levels) {
        if (levels.empty()) return {};
        const Level& level = levels.back();
        // What is nested deeper is open nowhere.
        if (levels.size() > 5) return "/deep";
        return level.path + '/' + (level.is_list ? "*" : level.name);
    }

    std::string string_at(std::size_t at) {
        char* scratch = buffer_.scratch();
        const webhooks::detail::String read = webhooks::detail::read_string(
            body_.data() + at + 1, body_.data() + body_.size(), scratch);
        at_ = static_cast<std::size_t>(read.scan.at - body_.data());
        return std::string{read.text};
    }

    webhooks::detail::BodyBuffer buffer_;
    std::string_view body_;
    std::size_t at_ = 0;
};

/// Where a text that is no timestamp can be open, in a body of either family.
bool can_be_open(std::string_view path) {
    static constexpr std::array<std::string_view, 11> open{"/Action",
                                                           "/Data/Enterprise/Id",
                                                           "/Data/Enterprise/Name",
                                                           "/Data/Service/Id",
                                                           "/Data/Service/Name",
                                                           "/Data/Integration/Id",
                                                           "/EnterpriseId",
                                                           "/Data/Integration/Name",
                                                           "/IntegrationId",
                                                           "/Events/*/Value/Id",
                                                           "/Events/*/Discriminator"};
    return std::find(open.begin(), open.end(), path) != open.end();
}

class Check {
  public:
    explicit Check(std::string_view input)
        : input_(input), body_(body_of(input)), options_(options_from(input)) {}

    void all() const {
        const Inspection inspection = webhooks::inspect(body_, options_);
        inspection_agrees(inspection);
        const Result<std::string> redacted = webhooks::redact(body_, options_);
        const bool is_walked = inspection.violations.empty() ||
                               (inspection.violations.front().code >= ErrorCode::wrong_type &&
                                inspection.violations.front().code <= ErrorCode::invalid_timestamp);
        require(redacted.has_value() == is_walked, "what is well-formed is redacted", body_);
        if (!redacted) {
            require(inspection.violations.size() == 1 && inspection.notices.empty() &&
                        redacted.error() == inspection.violations.front(),
                    "a body that is not well-formed has that one fault", shown(inspection));
            return;
        }
        const Inspection again = webhooks::inspect(*redacted, larger());
        require(findings_of(again) == findings_of(inspection), "redacting changes no verdict",
                *redacted + '\n' + shown(again));
        require(webhooks::redact(*redacted, larger()) == redacted,
                "redacting twice changes nothing", *redacted);
        nothing_planted_is_shown();
    }

  private:
    void require(bool holds, std::string_view property, std::string_view seen) const {
        if (!holds) fail(property, input_, seen);
    }

    [[nodiscard]] ParseOptions larger() const {
        ParseOptions options = options_;
        options.max_body_bytes = (std::numeric_limits<std::size_t>::max)();
        return options;
    }

    void inspection_agrees(const Inspection& inspection) const {
        const Result<Webhook> webhook = webhooks::parse_webhook(body_, options_);
        require(webhook.has_value() == inspection.violations.empty(),
                "there is a violation exactly if parse_webhook fails", shown(inspection));
        require(webhook || webhook.error() == inspection.violations.front(),
                "the first violation is the error of parse_webhook", shown(inspection));
        static webhooks::Parser parser;
        parser = webhooks::Parser{options_};
        const webhooks::InspectedView inspected = parser.inspect(body_);
        require(inspected.inspection == inspection &&
                    inspected.webhook.transform([](const webhooks::WebhookView& view) {
                        return to_owned(view);
                    }) == webhook,
                "Parser::inspect gives what inspect and parse_webhook give", shown(inspection));
        const auto in_order = [](const auto& left, const auto& right) {
            return left.offset < right.offset;
        };
        require(
            std::is_sorted(inspection.violations.begin(), inspection.violations.end(), in_order) &&
                std::is_sorted(inspection.notices.begin(), inspection.notices.end(), in_order),
            "findings are in order", shown(inspection));
        for (const webhooks::Notice& notice : inspection.notices)
            require(notice.offset <= body_.size() && !to_string(notice.code).empty() &&
                        notice.message().find('\n') == std::string::npos,
                    "a notice is one line, of a place in the body", notice.message());
    }

    /// A marker in the place of any string or number is shown only where that is open; in a body
    /// that is accepted, exactly if the event that is printed shows it, too.
    void nothing_planted_is_shown() const {
        constexpr std::string_view plain = "mArKeR-918273645";
        for (const std::string_view part : {"ArKeR", "918273645"})
            if (body_.find(part) != std::string_view::npos) return;
        const std::vector<Place> places = Places{body_}.found;
        if (places.empty()) return;
        const std::size_t chance = std::hash<std::string_view>{}(input_);
        const Place& place = places[chance % places.size()];
        std::string body{body_};
        const bool as_number = chance / places.size() % 4 == 0;
        const std::string marker = as_number                         ? "918273645"
                                   : chance / places.size() % 4 == 1 ? "\"\\u006dArKeR-918273645\""
                                                                     : "\"mArKeR-918273645\"";
        body.replace(place.begin, place.end - place.begin, marker);

        const Result<std::string> redacted = webhooks::redact(body, larger());
        require(redacted.has_value(), "what is well-formed is redacted", body);
        const bool is_shown = redacted->find(marker) != std::string::npos;
        require(!is_shown || (!as_number && can_be_open(place.path)),
                "a marker is shown only where the contract calls that open", body);
        require(is_shown || as_number || redacted->find("ArKeR") == std::string::npos,
                "no part of a marker is shown", *redacted);
        if (const Result<Webhook> webhook = webhooks::parse_webhook(body, larger()); webhook) {
            std::ostringstream printed;
            printed << *webhook;
            require(is_shown == (printed.str().find(plain) != std::string::npos),
                    "redact shows what printing shows", printed.str() + '\n' + *redacted);
        }
    }

    std::string_view input_;
    std::string_view body_;
    ParseOptions options_;
};

}  // namespace
}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Check{{reinterpret_cast<const char*>(data), size}}.all();
    return 0;
}
