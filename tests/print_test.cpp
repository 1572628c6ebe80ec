// What events and errors look like in a log: the exact text, and that it can do no harm there.

#include <cstddef>
#include <iomanip>
#include <ios>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <version>

#if defined(__cpp_lib_format)
#include <format>
#endif

#include <mews/webhooks.hpp>

#include "catch2.hpp"

using namespace mews::webhooks;
using namespace std::string_view_literals;

namespace {

template <class T>
std::string printed(const T& value) {
    std::ostringstream stream;
    stream << value;
#if defined(__cpp_lib_format)
    CHECK(std::format("{}", value) == stream.str());
#endif
    return stream.str();
}

/// A name as it is printed, without its quotes.
std::string printed_name(std::string_view name) {
    constexpr std::string_view before = R"(Integration {Id: "", Name: ")";
    constexpr std::string_view after = "\"}";
    const std::string text = printed(IntegrationView{"", name});
    CHECK(text.substr(0, before.size()) == before);
    REQUIRE(text.size() >= before.size() + after.size());
    CHECK(text.substr(text.size() - after.size()) == after);
    return text.substr(before.size(), text.size() - before.size() - after.size());
}

constexpr Timestamp instant = *timestamp_from_iso8601("2031-05-06T07:08:09.25Z");

/// An event of either ownership.
template <class Text>
BasicIntegrationCreated<Text> created() {
    return {{"e-1", "Lodge"},
            BasicService<Text>{"s-1", "Stay"},
            BasicRequestor<Text>{"Robin", "r@lodge.example"},
            BasicSecret<Text>{"TOKEN-1"},
            instant,
            true,
            {"i-1", "Desk"}};
}

/// Prints each type, owning or borrowing.
template <class Text>
void check_printed() {
    const BasicIntegration<Text> integration{"i-1", "Desk"};
    CHECK(printed(BasicEnterprise<Text>{"e-1", "Lodge"}) ==
          R"(Enterprise {Id: "e-1", Name: "Lodge"})");
    CHECK(printed(BasicService<Text>{"s-1", "Stay"}) == R"(Service {Id: "s-1", Name: "Stay"})");
    CHECK(printed(BasicRequestor<Text>{"Robin", "r@lodge.example"}) ==
          "Requestor {Name: [masked], Email: [masked]}");
    CHECK(printed(integration) == R"(Integration {Id: "i-1", Name: "Desk"})");
    CHECK(printed(BasicSecret<Text>{"TOKEN-1"}) == "[redacted]");
    CHECK(printed(BasicSecret<Text>{}) == "[redacted]");

    const auto both = [](const auto& event, std::string_view expected) {
        CHECK(printed(event) == expected);
        CHECK(printed(BasicEvent<Text>{event}) == expected);
        CHECK(printed(BasicWebhook<Text>{BasicEvent<Text>{event}}) == expected);
    };
    both(created<Text>(),
         R"(IntegrationCreated {Enterprise: {Id: "e-1", Name: "Lodge"}, )"
         R"(Service: {Id: "s-1", Name: "Stay"}, )"
         R"(Requestor: {Name: [masked], Email: [masked]}, AccessToken: [redacted], )"
         R"(CreatedUtc: 2031-05-06T07:08:09.25Z, IsEnabled: true, )"
         R"(Integration: {Id: "i-1", Name: "Desk"}})");
    auto less = created<Text>();
    less.service.reset();
    less.requestor.reset();
    less.access_token = BasicSecret<Text>{};
    less.is_enabled = false;
    both(less, R"(IntegrationCreated {Enterprise: {Id: "e-1", Name: "Lodge"}, )"
               R"(Service: null, Requestor: null, AccessToken: [redacted], )"
               R"(CreatedUtc: 2031-05-06T07:08:09.25Z, IsEnabled: false, )"
               R"(Integration: {Id: "i-1", Name: "Desk"}})");
    both(BasicIntegrationEnabled<Text>{integration},
         R"(IntegrationEnabled {Integration: {Id: "i-1", Name: "Desk"}})");
    both(BasicIntegrationDisabled<Text>{integration},
         R"(IntegrationDisabled {Integration: {Id: "i-1", Name: "Desk"}})");
    both(BasicIntegrationCanceled<Text>{integration},
         R"(IntegrationCanceled {Integration: {Id: "i-1", Name: "Desk"}})");
    both(BasicIntegrationReinstated<Text>{integration},
         R"(IntegrationReinstated {Integration: {Id: "i-1", Name: "Desk"}})");
    both(BasicIntegrationDeleted<Text>{instant, integration},
         R"(IntegrationDeleted {DeletedUtc: 2031-05-06T07:08:09.25Z, )"
         R"(Integration: {Id: "i-1", Name: "Desk"}})");
    both(BasicIntegrationDeleted<Text>{std::nullopt, integration},
         R"(IntegrationDeleted {DeletedUtc: null, Integration: {Id: "i-1", Name: "Desk"}})");
    both(
        BasicIntegrationApiKeyCreated<Text>{integration, BasicSecret<Text>{"KEY-1"}},
        R"(IntegrationApiKeyCreated {Integration: {Id: "i-1", Name: "Desk"}, ApiKey: [redacted]})");
    both(BasicUnknownEvent<Text>{"Integration\nMoved", integration, BasicSecret<Text>{"{\"a\":1}"}},
         R"(UnknownEvent {Action: "Integration\u000aMoved", )"
         R"(Integration: {Id: "i-1", Name: "Desk"}, Data: [redacted]})");
    both(BasicUnknownEvent<Text>{"", std::nullopt, BasicSecret<Text>{"{}"}},
         R"(UnknownEvent {Action: "", Integration: null, Data: [redacted]})");

    const BasicEntityEvent<Text> entity{Discriminator::message_added, "m-1"};
    CHECK(printed(entity) == R"(MessageAdded {Id: "m-1"})");
    CHECK(printed(BasicGeneralEvent<Text>{entity}) == R"(MessageAdded {Id: "m-1"})");
    const BasicUnknownEntityEvent<Text> unknown{"Room\nGone", "r-1",
                                                BasicSecret<Text>{"{\"Id\":\"r-1\"}"}};
    CHECK(printed(unknown) ==
          R"(UnknownEntityEvent {Discriminator: "Room\u000aGone", Id: "r-1", Value: [redacted]})");
    CHECK(printed(BasicUnknownEntityEvent<Text>{"", std::nullopt, BasicSecret<Text>{"{}"}}) ==
          R"(UnknownEntityEvent {Discriminator: "", Id: null, Value: [redacted]})");
    const BasicGeneralEvent<Text> events[] = {entity, unknown};
    const auto webhook = [](auto first, auto last) {
        return BasicGeneralWebhook<Text>{"e-1", "i-1", {first, last}};
    };
    const BasicGeneralWebhook<Text> both_events = webhook(std::begin(events), std::end(events));
    constexpr std::string_view expected =
        R"(GeneralWebhook {EnterpriseId: "e-1", IntegrationId: "i-1", )"
        R"(Events: [MessageAdded {Id: "m-1"}, )"
        R"(UnknownEntityEvent {Discriminator: "Room\u000aGone", Id: "r-1", Value: [redacted]}]})";
    CHECK(printed(both_events) == expected);
    CHECK(printed(BasicWebhook<Text>{both_events}) == expected);
    CHECK(printed(webhook(std::begin(events), std::begin(events))) ==
          R"(GeneralWebhook {EnterpriseId: "e-1", IntegrationId: "i-1", Events: []})");
}

}  // namespace

TEST_CASE("each type that owns its strings, as it is printed") {
    check_printed<std::string>();
}

TEST_CASE("each type that borrows its strings, as it is printed") {
    check_printed<std::string_view>();
}

TEST_CASE("actions are printed by their names on the wire") {
    CHECK(printed(Action::integration_created) == "IntegrationCreated");
    CHECK(printed(Action::integration_enabled) == "IntegrationEnabled");
    CHECK(printed(Action::integration_disabled) == "IntegrationDisabled");
    CHECK(printed(Action::integration_canceled) == "IntegrationCanceled");
    CHECK(printed(Action::integration_reinstated) == "IntegrationReinstated");
    CHECK(printed(Action::integration_deleted) == "IntegrationDeleted");
    CHECK(printed(Action::integration_api_key_created) == "IntegrationApiKeyCreated");
    CHECK(printed(Action::unknown) == "Unknown");
    CHECK(printed(static_cast<Action>(255)) == "Unknown");
}

TEST_CASE("discriminators are printed by their names on the wire, contracts by their own") {
    CHECK(printed(Discriminator::service_order_updated) == "ServiceOrderUpdated");
    CHECK(printed(Discriminator::resource_updated) == "ResourceUpdated");
    CHECK(printed(Discriminator::message_added) == "MessageAdded");
    CHECK(printed(Discriminator::resource_block_updated) == "ResourceBlockUpdated");
    CHECK(printed(Discriminator::customer_added) == "CustomerAdded");
    CHECK(printed(Discriminator::customer_updated) == "CustomerUpdated");
    CHECK(printed(Discriminator::payment_updated) == "PaymentUpdated");
    CHECK(printed(Discriminator::unknown) == "Unknown");
    CHECK(printed(static_cast<Discriminator>(255)) == "Unknown");
    CHECK(printed(Contract::observed) == "observed");
    CHECK(printed(Contract::documented) == "documented");
    static_assert(to_string(Discriminator::message_added) == "MessageAdded");
    static_assert(to_string(Contract::documented) == "documented");
}

TEST_CASE("optional values and instants, as they are printed") {
    const auto streamed = [](const auto& value) {
        std::ostringstream stream;
        stream << value;
        return stream.str();
    };
    CHECK(streamed(std::optional{Service{"s-1", "Stay"}}) ==
          R"(Service {Id: "s-1", Name: "Stay"})");
    CHECK(streamed(std::optional{RequestorView{"Robin", "r@lodge.example"}}) ==
          "Requestor {Name: [masked], Email: [masked]}");
    CHECK(streamed(std::optional{Secret{"TOKEN-1"}}) == "[redacted]");
    CHECK(streamed(std::optional<Service>{}) == "null");
    CHECK(streamed(std::optional<Secret>{}) == "null");
    CHECK(streamed(instant) == "2031-05-06T07:08:09.25Z");
    CHECK(streamed(std::optional{instant}) == "2031-05-06T07:08:09.25Z");
    CHECK(streamed(std::optional<Timestamp>{}) == "null");
}

TEST_CASE("errors and their codes, as they are printed") {
    struct Row {
        ErrorCode code;
        std::string_view name;
        std::string_view meaning;
    };
    const Row rows[] = {
        {ErrorCode::empty_body, "empty_body", "the body is empty"},
        {ErrorCode::body_too_large, "body_too_large", "the body is larger than allowed"},
        {ErrorCode::invalid_utf8, "invalid_utf8", "the body is not UTF-8"},
        {ErrorCode::malformed_json, "malformed_json", "the body is not well-formed JSON"},
        {ErrorCode::nesting_too_deep, "nesting_too_deep", "the body is nested deeper than allowed"},
        {ErrorCode::trailing_content, "trailing_content",
         "something follows the end of the JSON text"},
        {ErrorCode::wrong_type, "wrong_type", "the value has another type than documented"},
        {ErrorCode::missing_property, "missing_property", "a required property is missing"},
        {ErrorCode::unexpected_null, "unexpected_null", "the value must not be null"},
        {ErrorCode::duplicate_property, "duplicate_property",
         "the property stands twice in its object"},
        {ErrorCode::invalid_timestamp, "invalid_timestamp",
         "the value is not an existing instant as ISO 8601 in UTC"},
        {ErrorCode::out_of_memory, "out_of_memory", "the parser's buffers could not be allocated"},
    };
    int number = 0;
    for (const Row& row : rows) {
        CAPTURE(row.name);
        CHECK(static_cast<int>(row.code) == ++number);
        CHECK(printed(row.code) == row.name);
        CHECK(to_string(row.code) == row.name);
        const std::string name{row.name};
        const std::string meaning{row.meaning};
        CHECK(printed(Error{row.code, "/Data/Integration/Id", 57}) ==
              name + " at /Data/Integration/Id (byte 57): " + meaning);
        CHECK(printed(Error{row.code, "", 0}) == name + " (byte 0): " + meaning);
        CHECK(Error{row.code, "/Data", 1'234'567}.message() ==
              name + " at /Data (byte 1234567): " + meaning);
    }
    INFO("add a row for each code to `rows` above");
    CHECK(printed(ErrorCode{}) == "");
    CHECK(printed(static_cast<ErrorCode>(number + 1)) == "");
    CHECK(printed(static_cast<ErrorCode>(255)) == "");
}

TEST_CASE("strings from outside are printed so that nothing else can be taken for them") {
    CHECK(printed_name("") == "");
    CHECK(printed_name("a b/c") == "a b/c");
    CHECK(printed_name("a\"b") == R"(a\"b)");
    CHECK(printed_name("a\\b") == R"(a\\b)");
    CHECK(printed_name(R"(\u0041)") == R"(\\u0041)");
    CHECK(printed_name("\"}, Name: \"x") == R"(\"}, Name: \"x)");
    CHECK(printed_name("[redacted]") == "[redacted]");
    CHECK(printed_name("H\xC3\xB4tel \xE5\xAE\xBF \xF0\x9F\x8F\xA8") ==
          "H\xC3\xB4tel \xE5\xAE\xBF \xF0\x9F\x8F\xA8");
    // An escape sequence of a terminal, a forged line of a log, a carriage return that hides one.
    CHECK(printed_name("\x1B[2J\x1B]0;x\x07") == R"(\u001b[2J\u001b]0;x\u0007)");
    CHECK(printed_name("a\nERROR b\r\n") == R"(a\u000aERROR b\u000d\u000a)");
    CHECK(printed_name("\0\t\b"sv) == R"(\u0000\u0009\u0008)");
    CHECK(printed_name("\x7F\xC2\x80\xC2\x9B\xC2\x9F\xC2\xA0") ==
          "\\u007f\\u0080\\u009b\\u009f\xC2\xA0");
    // What changes the direction of writing.
    CHECK(printed_name("\xE2\x80\xAEgpj.exe\xE2\x80\xAC") == R"(\u202egpj.exe\u202c)");
    CHECK(printed_name("\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F\xE2\x81\xA6\xE2\x81\xA9") ==
          R"(\u061c\u200e\u200f\u2066\u2069)");
    // What some programs take for the end of a line.
    CHECK(printed_name("a\xE2\x80\xA8"
                       "b\xE2\x80\xA9") == R"(a\u2028b\u2029)");
}

TEST_CASE("escaped puts a string from outside in quotes, as it stands in an event") {
    for (const std::string_view text : {"", "Desk", "a\"b\\", "\x1B[2J\n", "\xFF\xE2\x80\xAE"}) {
        CHECK(escaped(text) == '"' + printed_name(text) + '"');
    }
    CHECK(escaped("a\nb") == R"("a\u000ab")");
}

TEST_CASE("the code points that are escaped, of all there are") {
    std::string found;
    for (unsigned code_point = 0; code_point != 0x110000; ++code_point) {
        if (code_point >= 0xD800 && code_point < 0xE000) continue;
        char bytes[4];
        const std::string_view text{
            bytes, static_cast<std::size_t>(detail::append_utf8(bytes, code_point) - bytes)};
        const std::string out = escaped(text);
        if (out.size() == text.size() + 2 && out.substr(1, text.size()) == text) continue;
        found += out.substr(1, out.size() - 2) + ' ';
    }
    std::string expected;
    const auto range = [&](int first, int last) {
        for (int code_point = first; code_point <= last; ++code_point) {
            expected += code_point == '"' ? "\\\"" : code_point == '\\' ? "\\\\" : "\\u";
            if (code_point == '"' || code_point == '\\') {
                expected += ' ';
                continue;
            }
            for (int shift = 12; shift >= 0; shift -= 4)
                expected += "0123456789abcdef"[code_point >> shift & 0xF];
            expected += ' ';
        }
    };
    range(0x00, 0x1F);
    range('"', '"');
    range('\\', '\\');
    range(0x7F, 0x9F);
    range(0x061C, 0x061C);
    range(0x200E, 0x200F);
    range(0x2028, 0x202E);
    range(0x2066, 0x2069);
    CHECK(found == expected);
}

TEST_CASE("bytes that are not UTF-8 are printed by their numbers") {
    CHECK(printed_name("\x80") == R"(\x80)");
    CHECK(printed_name("H\xF4tel") == R"(H\xf4tel)");
    CHECK(printed_name("\xC3") == R"(\xc3)");
    CHECK(printed_name("\xC3\x1B[0m") == R"(\xc3\u001b[0m)");
    CHECK(printed_name("\xE2\x80") == R"(\xe2\x80)");
    CHECK(printed_name("\xC0\x9B") == R"(\xc0\x9b)");
    CHECK(printed_name("\xED\xA0\x80") == R"(\xed\xa0\x80)");
    CHECK(printed_name("\xF4\x90\x80\x80") == R"(\xf4\x90\x80\x80)");
    CHECK(printed_name("\xFF\xC3\xA9") == "\\xff\xC3\xA9");
    CHECK(printed(UnknownEventView{"\xFF\n", {}, {}}) ==
          R"(UnknownEvent {Action: "\xff\u000a", Integration: null, Data: [redacted]})");
}

TEST_CASE("width and fill are a stream's own, other flags change nothing") {
    const auto padded = [](const auto& value) {
        std::ostringstream stream;
        stream << std::setfill('.') << std::left << std::setw(40) << value << std::setw(3) << "x";
        return stream.str();
    };
    CHECK(padded(Action::integration_deleted) == "IntegrationDeleted......................x..");
    CHECK(padded(ErrorCode::wrong_type) == "wrong_type..............................x..");
    CHECK(padded(Secret{"TOKEN-1"}) == "[redacted]..............................x..");
    CHECK(padded(SecretView{"TOKEN-1"}) == "[redacted]..............................x..");
    CHECK(padded(Integration{"1", "2"}) == R"(Integration {Id: "1", Name: "2"}........x..)");
    CHECK(padded(Event{IntegrationEnabled{{"", ""}}}) ==
          R"(IntegrationEnabled {Integration: {Id: "", Name: ""}}x..)");
    CHECK(padded(Error{ErrorCode::empty_body, "", 0}) ==
          "empty_body (byte 0): the body is empty..x..");

    std::ostringstream stream;
    stream << std::hex << std::showbase << std::boolalpha << std::uppercase << std::setprecision(2)
           << Error{ErrorCode::empty_body, "", 255} << Event{created<std::string>()};
    CHECK(stream.str() ==
          "empty_body (byte 255): the body is empty" + printed(created<std::string>()));
    // Right-aligned, as streams are by themselves.
    std::ostringstream right;
    right << std::setw(12) << Secret{"TOKEN-1"};
    CHECK(right.str() == "  [redacted]");
}

TEST_CASE("printing can be chained, and prints nothing that is secret or personal") {
    const std::string token = "7C21F9A04D5E";
    std::ostringstream stream;
    auto event = created<std::string>();
    event.access_token = Secret{token};
    event.requestor = Requestor{"Quentin", "quentin@lodge.example"};
    const UnknownEvent unknown{"Other", {}, Secret{"{\"AccessToken\":\"" + token + "\"}"}};
    const IntegrationApiKeyCreated renewed{{"i-1", "Desk"}, Secret{token}};
    stream << event << Event{event} << *event.requestor << event.access_token << unknown
           << Event{unknown} << renewed << Event{renewed} << Secret{token} << SecretView{token};
    const std::string text = stream.str();
    for (const std::string_view hidden :
         {token.c_str(), "7C21", "Quentin", "quentin", "lodge.example", "{\"AccessToken"}) {
        CAPTURE(hidden);
        CHECK(text.find(hidden) == std::string::npos);
    }
    CHECK(text.find(redacted) != std::string::npos);
    CHECK(text.find(masked) != std::string::npos);
}

#if defined(__cpp_exceptions)
TEST_CASE("an event that an assignment left without a value is printed as such") {
    struct Throws {
        operator IntegrationEnabled() const { throw 0; }
    };
    Event event = IntegrationEnabled{{"i-1", "Desk"}};
    CHECK_THROWS_AS(event.emplace<IntegrationEnabled>(Throws{}), int);
    REQUIRE(event.valueless_by_exception());
    CHECK(printed(event) == "(no event)");
}
#endif

#if defined(__cpp_lib_format)
TEST_CASE("std::format takes the format specification of a string") {
    CHECK(std::format("{:>12}", Secret{"TOKEN-1"}) == "  [redacted]");
    CHECK(std::format("{:*^14}", SecretView{"TOKEN-1"}) == "**[redacted]**");
    CHECK(std::format("{:.4}", ErrorCode::wrong_type) == "wron");
    CHECK(std::format("{:<8}|", Action::unknown) == "Unknown |");
    CHECK(std::format("{0} {0:.11}", IntegrationView{"1", "2"}) ==
          R"(Integration {Id: "1", Name: "2"} Integration)");
    CHECK(std::format("{}, {}", Event{IntegrationEnabled{{"1", "2"}}},
                      Error{ErrorCode::empty_body, "", 0}) ==
          R"(IntegrationEnabled {Integration: {Id: "1", Name: "2"}}, )"
          "empty_body (byte 0): the body is empty");
    CHECK(std::format("{:.15}", Notice{NoticeCode::byte_order_mark, "", 0}) == "byte_order_mark");
}
#endif
