/// @file
/// glaze as its documentation advises for speed: into structs that mirror the JSON, texts as views,
/// buffer and context kept. `Action` and the extent of `Data` are read first, then `Data` by type.

#include <glaze/glaze.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "byte_order_mark.hpp"
#include "subject.hpp"

// Not in a namespace without a name: glaze could not see the members' names.
namespace glaze_peer {

template <class Text>
struct Named {
    Text Id;
    Text Name;
};

template <class Text>
struct Person {
    Text Name;
    Text Email;
};

template <class Text>
struct Created {
    Named<Text> Enterprise;
    std::optional<Named<Text>> Service;
    std::optional<Person<Text>> Requestor;
    Text AccessToken;
    Text CreatedUtc;
    bool IsEnabled;
    Named<Text> Integration;
};

template <class Text>
struct OnlyIntegration {
    Named<Text> Integration;
};

template <class Text>
struct Deleted {
    std::optional<Text> DeletedUtc;
    Named<Text> Integration;
};

template <class Text>
struct ApiKeyCreated {
    Named<Text> Integration;
    Text ApiKey;
};

template <class Text>
struct Body {
    Text Action;
    glz::raw_json_view Data;
};

template <class Text>
class Reader {
  public:
    bool read(std::string_view body) {
        buffer_ = bench::without_byte_order_mark(body);
        context_.error = glz::error_code::none;  // What went wrong before would stop this.
        const bool is_read = read();
        benchmark::DoNotOptimize(event_);
        return is_read;
    }

    std::optional<bench::Event> answer(std::string_view body) {
        if (!read(body)) return std::nullopt;
        if constexpr (std::is_same_v<Text, std::string>) {
            return event_;
        } else {
            return to_owned(event_);
        }
    }

  private:
    static constexpr glz::opts whole{.error_on_unknown_keys = false, .error_on_missing_keys = true};
    static constexpr glz::opts part{
        .null_terminated = false, .error_on_unknown_keys = false, .error_on_missing_keys = true};

    bool read() {
        using namespace mews::webhooks;
        Body<Text> body;
        if (glz::read<whole>(body, buffer_, context_)) return false;
        const std::string_view data = body.Data.str;
        if (data.empty() || data.front() != '{') return false;
        const std::string_view action = body.Action;
        if (action == "IntegrationCreated") {
            Created<Text> wire;
            if (glz::read<part>(wire, data, context_)) return false;
            const auto created_utc = timestamp_from_iso8601(wire.CreatedUtc);
            if (!created_utc) return false;
            auto& created = event_.template emplace<BasicIntegrationCreated<Text>>();
            created.enterprise = moved<BasicEnterprise<Text>>(wire.Enterprise);
            if (wire.Service) created.service = moved<BasicService<Text>>(*wire.Service);
            if (wire.Requestor) {
                created.requestor.emplace(std::move(wire.Requestor->Name),
                                          std::move(wire.Requestor->Email));
            }
            created.access_token = BasicSecret<Text>{std::move(wire.AccessToken)};
            created.created_utc = *created_utc;
            created.is_enabled = wire.IsEnabled;
            created.integration = moved<BasicIntegration<Text>>(wire.Integration);
            return true;
        }
        if (action == "IntegrationEnabled") return read_as<BasicIntegrationEnabled<Text>>(data);
        if (action == "IntegrationDisabled") return read_as<BasicIntegrationDisabled<Text>>(data);
        if (action == "IntegrationCanceled") return read_as<BasicIntegrationCanceled<Text>>(data);
        if (action == "IntegrationReinstated") {
            return read_as<BasicIntegrationReinstated<Text>>(data);
        }
        if (action == "IntegrationDeleted") {
            Deleted<Text> wire;
            if (glz::read<part>(wire, data, context_)) return false;
            auto& deleted = event_.template emplace<BasicIntegrationDeleted<Text>>();
            if (wire.DeletedUtc) {
                deleted.deleted_utc = timestamp_from_iso8601(*wire.DeletedUtc);
                if (!deleted.deleted_utc) return false;
            }
            deleted.integration = moved<BasicIntegration<Text>>(wire.Integration);
            return true;
        }
        if (action == "IntegrationApiKeyCreated") {
            ApiKeyCreated<Text> wire;
            if (glz::read<part>(wire, data, context_)) return false;
            auto& created = event_.template emplace<BasicIntegrationApiKeyCreated<Text>>();
            created.integration = moved<BasicIntegration<Text>>(wire.Integration);
            created.api_key = BasicSecret<Text>{std::move(wire.ApiKey)};
            return true;
        }
        OnlyIntegration<Text> wire;
        auto& unknown = event_.template emplace<BasicUnknownEvent<Text>>();
        unknown.data = BasicSecret<Text>{Text{data}};
        if (!glz::read<part>(wire, data, context_)) {
            unknown.integration = moved<BasicIntegration<Text>>(wire.Integration);
        }
        unknown.action = std::move(body.Action);
        return true;
    }

    template <class Alternative>
    bool read_as(std::string_view data) {
        OnlyIntegration<Text> wire;
        if (glz::read<part>(wire, data, context_)) return false;
        event_.template emplace<Alternative>().integration =
            moved<mews::webhooks::BasicIntegration<Text>>(wire.Integration);
        return true;
    }

    template <class Entity>
    static Entity moved(Named<Text>& named) {
        return {std::move(named.Id), std::move(named.Name)};
    }

    std::string buffer_;
    glz::context context_;
    mews::webhooks::BasicEvent<Text> event_;
};

template <class Text>
bool add(bench::Texts texts) {
    const std::string no_escapes = "names spelled with escapes are not found";
    bench::Subject subject{
        .name = "glaze",
        .version = std::to_string(glz::version.major) + "." + std::to_string(glz::version.minor) +
                   "." + std::to_string(glz::version.patch),
        .texts = texts,
        .known_differences = {{"documented/integration-enabled-escaped-names", no_escapes},
                              {"documented/unknown-event-two-integrations",
                               "a name that stands twice is not noticed"},
                              {"documented/unknown-event-white-space-in-data", no_escapes}},
    };
    if (texts == bench::Texts::borrowed) {
        for (const char* const body : {"documented/integration-canceled-control-characters",
                                       "documented/integration-deleted-escaped-date",
                                       "documented/integration-reinstated-escapes"}) {
            subject.known_differences.push_back({body, "escapes are left in borrowed texts"});
        }
    }
    return bench::add<Reader<Text>>(std::move(subject));
}

const bool borrowing = add<std::string_view>(bench::Texts::borrowed);
const bool owning = add<std::string>(bench::Texts::owned);

}  // namespace glaze_peer
