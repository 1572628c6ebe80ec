/// @file
/// Which fault of a body is reported, and where. A `^` marks the place of the fault in the text; it
/// is not part of the body.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "families.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using namespace std::string_view_literals;
using results::check_equal;
using results::marked;
using results::under;
using enum ErrorCode;

namespace {

struct Row {
    std::string_view text;
    ErrorCode code;
    std::string_view pointer;
};

/// In a text, `I` stands for an Integration that is as it should be, `EVENT` for an event of a
/// General Webhook and `IDS` for the ids of one.
std::string spelled_out(std::string_view text) {
    constexpr std::string_view integration = R"({"Id":"i","Name":"n"})";
    std::string body = results::replaced(std::string{text}, ":I", ":" + std::string{integration});
    body = results::replaced(std::move(body), ":^I", ":^" + std::string{integration});
    body = results::replaced(std::move(body), "IDS", R"("EnterpriseId":"e","IntegrationId":"i")");
    return results::replaced(std::move(body), "EVENT",
                             R"({"Discriminator":"MessageAdded","Value":{"Id":"m"}})");
}

template <class View>
void check_fault(std::string_view body, const Error& expected, const ParseOptions& options) {
    check_equal<families::Owned<View>>(families::read<View>(body, options), expected);
    Parser parser{options};
    check_equal<View>(families::read_view<View>(parser, body), expected);
    // A byte order mark is no fault, but counts.
    const Error behind_mark{expected.code, expected.pointer, expected.offset + 3};
    check_equal<View>(families::read_view<View>(parser, "\xEF\xBB\xBF" + std::string{body}),
                      behind_mark);
}

/// Checks bodies of a family, read as that and as one of either.
template <class View = EventView, std::size_t Size>
void check_faults(const Row (&rows)[Size]) {
    for (const Row& row : rows) {
        INFO(row.text);
        const auto [body, offset] = marked(spelled_out(row.text));
        const Error expected{row.code, std::string{row.pointer}, offset};
        for (const Contract contract : results::contracts) {
            check_fault<View>(body, expected, under(contract));
            check_fault<WebhookView>(body, expected, under(contract));
        }
    }
}

}  // namespace

TEST_CASE("of several contract faults the first in the document is reported") {
    check_faults({
        // Inside one object, in whatever order its properties stand.
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":^1,"Name":2}}})", wrong_type,
         "/Data/Integration/Id"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Name":^2,"Id":1}}})", wrong_type,
         "/Data/Integration/Name"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Name":^null,"Id":1}}})",
         unexpected_null, "/Data/Integration/Name"},
        {R"({"Action":"IntegrationDeleted","Data":{"Integration":{"Id":^0,"Name":"n"},"DeletedUtc":""}})",
         wrong_type, "/Data/Integration/Id"},
        {R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":^"","Integration":{"Id":0,"Name":"n"}}})",
         invalid_timestamp, "/Data/DeletedUtc"},
        {R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":^"now","Integration":[]}})",
         invalid_timestamp, "/Data/DeletedUtc"},
        // A missing property stands at its object's opening brace: before all that is inside.
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":^{"Id":1}}})", missing_property,
         "/Data/Integration/Name"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":^{"Name":null}}})",
         missing_property, "/Data/Integration/Id"},
        {R"({"Action":"IntegrationDeleted","Data":^{"Integration":{"Id":1,"Id":2}}})",
         missing_property, "/Data/DeletedUtc"},
        {R"({"Action":"IntegrationDeleted","Data":^{"DeletedUtc":"now"}})", missing_property,
         "/Data/Integration"},
        {R"({"Action":"IntegrationApiKeyCreated","Data":^{"ApiKey":1,"ApiKey":2}})",
         missing_property, "/Data/Integration"},
        {R"(^{"Data":{"Integration":{}},"Extra":1})", missing_property, "/Action"},
        {R"( ^{"Data":null})", missing_property, "/Action"},
        {R"(^{"Action":null})", missing_property, "/Data"},
        {R"(^{"Action":1,"Action":2})", missing_property, "/Data"},
        // Of several missing ones, the first in the table.
        {R"(^{})", missing_property, "/Action"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":^{}}})", missing_property,
         "/Data/Integration/Id"},
        {R"({"Action":"IntegrationCreated","Data":^{}})", missing_property, "/Data/Enterprise"},
        {R"({"Action":"IntegrationCreated","Data":^{"Integration":I,"Enterprise":{},"Requestor":null}})",
         missing_property, "/Data/AccessToken"},
        {R"({"Action":"IntegrationDeleted","Data":^{}})", missing_property, "/Data/DeletedUtc"},
        {R"({"Action":"IntegrationApiKeyCreated","Data":^{}})", missing_property,
         "/Data/Integration"},
        // In different objects.
        {R"({"Action":"IntegrationCreated","Data":^{"Enterprise":{"Id":1,"Name":2},"IsEnabled":"no","Requestor":1}})",
         missing_property, "/Data/AccessToken"},
        {R"({"Action":^null,"Data":null})", unexpected_null, "/Action"},
        {R"({"Data":^null,"Action":null})", unexpected_null, "/Data"},
        {R"({"Action":^1,"Data":[]})", wrong_type, "/Action"},
        {R"({"Data":^[],"Action":1})", wrong_type, "/Data"},
        {R"({"Data":{"Integration":{"Id":^1,"Name":"n"}},"Action":"IntegrationEnabled","Action":1})",
         wrong_type, "/Data/Integration/Id"},
        {R"({"Action":"IntegrationEnabled","Action":^1,"Data":{"Integration":{}}})",
         duplicate_property, "/Action"},
    });
}

TEST_CASE("Data of an action that cannot be read must be an object, no more") {
    check_faults({
        {R"(^{"Data":{"Integration":5}})", missing_property, "/Action"},
        {R"({"Data":{"Integration":5},"Action":^null})", unexpected_null, "/Action"},
        {R"({"Data":{"Integration":5,"Integration":5},"Action":^5})", wrong_type, "/Action"},
        {R"({"Data":{"Integration":5},"Action":^{"Action":"IntegrationEnabled"}})", wrong_type,
         "/Action"},
        {R"({"Data":^5,"Action":true})", wrong_type, "/Data"},
        {R"({"Data":^null,"Action":[]})", unexpected_null, "/Data"},
    });
}

TEST_CASE("Data of an unknown action must be an object, no more") {
    check_faults({
        {R"({"Action":"IntegrationPinged","Data":^null})", unexpected_null, "/Data"},
        {R"({"Data":^null,"Action":"IntegrationPinged"})", unexpected_null, "/Data"},
        {R"({"Action":"IntegrationPinged","Data":^[]})", wrong_type, "/Data"},
        {R"({"Data":^"","Action":"IntegrationPinged"})", wrong_type, "/Data"},
        {R"({"Action":"IntegrationPinged","Data":^0})", wrong_type, "/Data"},
        {R"({"Action":"IntegrationPinged","Data":^false})", wrong_type, "/Data"},
        {R"(^{"Action":"IntegrationPinged"})", missing_property, "/Data"},
        {R"(^{"Action":"IntegrationPinged","data":{}})", missing_property, "/Data"},
        {R"({"Action":"IntegrationPinged","Data":{},"Data":^{}})", duplicate_property, "/Data"},
        {R"({"Action":"IntegrationPinged","Data":{},"Action":^"IntegrationPinged"})",
         duplicate_property, "/Action"},
        {R"({"Data":{},"Action":"IntegrationPinged","Action":^"IntegrationPinged"})",
         duplicate_property, "/Action"},
    });
}

TEST_CASE("the second of two is the duplicate, whatever they are") {
    check_faults({
        {R"({"Action":"IntegrationEnabled","Action":^"IntegrationEnabled","Data":{"Integration":I}})",
         duplicate_property, "/Action"},
        {R"({"Action":"IntegrationEnabled","Action":^null,"Data":{"Integration":I}})",
         duplicate_property, "/Action"},
        {R"({"Action":"IntegrationEnabled","Action":^{},"Action":7,"Data":{"Integration":I}})",
         duplicate_property, "/Action"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":I},"Action":^"IntegrationPinged"})",
         duplicate_property, "/Action"},
        {R"({"Action":^null,"Action":"IntegrationEnabled","Data":{"Integration":I}})",
         unexpected_null, "/Action"},
        {R"({"Action":^1,"Action":"IntegrationEnabled","Data":{"Integration":I}})", wrong_type,
         "/Action"},
        // The first Action says what the first Data is.
        {R"({"Action":"IntegrationEnabled","Data":^{},"Action":"IntegrationPinged","Data":{}})",
         missing_property, "/Data/Integration"},
        {R"({"Action":"IntegrationPinged","Data":{},"Action":^"IntegrationEnabled","Data":{}})",
         duplicate_property, "/Action"},
        {R"({"Data":{"Integration":I},"Data":^{},"Action":"IntegrationEnabled"})",
         duplicate_property, "/Data"},
        {R"({"Data":^{},"Data":{"Integration":I},"Action":"IntegrationEnabled"})", missing_property,
         "/Data/Integration"},
        {R"({"Data":{"Integration":I},"Action":"IntegrationEnabled","Data":^{"Integration":I}})",
         duplicate_property, "/Data"},
        {R"({"Action":"IntegrationEnabled","Data":^null,"Data":{"Integration":I}})",
         unexpected_null, "/Data"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":I},"Data":^null})",
         duplicate_property, "/Data"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":I,"Integration":^I}})",
         duplicate_property, "/Data/Integration"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":I,"Integration":^{"Id":5}}})",
         duplicate_property, "/Data/Integration"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"a","Id":^"b","Name":"n"}}})",
         duplicate_property, "/Data/Integration/Id"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"a","Id":^"a","Id":"a","Name":"n"}}})",
         duplicate_property, "/Data/Integration/Id"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":^{"Id":"a","Id":"b"}}})",
         missing_property, "/Data/Integration/Name"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":^1,"Id":"b","Name":"n"}}})",
         wrong_type, "/Data/Integration/Id"},
        {R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":^"","DeletedUtc":"2025-11-05T23:59:59Z","Integration":I}})",
         invalid_timestamp, "/Data/DeletedUtc"},
        {R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":"2025-11-05T23:59:59Z","DeletedUtc":^"","Integration":I}})",
         duplicate_property, "/Data/DeletedUtc"},
    });
}

TEST_CASE("duplicates are found however they are spelled") {
    check_faults({
        {R"({"Action":"IntegrationEnabled","\u0041ction":^"IntegrationEnabled","Data":{"Integration":I}})",
         duplicate_property, "/Action"},
        {R"({"\u0041ction":"IntegrationEnabled","Action":^"IntegrationEnabled","Data":{"Integration":I}})",
         duplicate_property, "/Action"},
        {R"({"Act\u0069on":"IntegrationEnabled","Actio\u006E":^"","Data":{"Integration":I}})",
         duplicate_property, "/Action"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":I},"Dat\u0061":^{}})",
         duplicate_property, "/Data"},
        {R"({"\u0044\u0061\u0074\u0061":{"Integration":I},"Data":^{},"Action":"IntegrationEnabled"})",
         duplicate_property, "/Data"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":I,"\u0049ntegration":^I}})",
         duplicate_property, "/Data/Integration"},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"\u0049d":"a","I\u0064":^"b","Name":"n"}}})",
         duplicate_property, "/Data/Integration/Id"},
    });
}

TEST_CASE("a body that is not JSON gives that fault, whatever the contract says of it") {
    check_faults({
        {R"({"Action":1,"Data":2,^})", malformed_json, ""},
        {R"([1]^x)", trailing_content, ""},
        {R"({"Action":1,"Data":{"Integration":null}}^,)", trailing_content, ""},
        {R"({"Action":null,"Action":null,"X":tru^th})", malformed_json, ""},
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":1,"Name":"^)",
         malformed_json, ""},
        {R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":"now"}^)", malformed_json, ""},
        {"{\"Action\":null,\"Data\":\"^\xFF\"}", invalid_utf8, ""},
        {"{}^\xFF", invalid_utf8, ""},
        {"{} ^{}\xFF", trailing_content, ""},
        {"{\"a\":^x,\"b\":\"\xFF\"}", malformed_json, ""},
        {"{\"a\":\"^\xFF\",\"b\":x}", invalid_utf8, ""},
    });
}

TEST_CASE("of several faults of a General Webhook the first in the document is reported") {
    check_faults<GeneralWebhookView>({
        // Before a list, in it, and behind it.
        {R"({"EnterpriseId":^1,"IntegrationId":2,"Events":[3]})", wrong_type, "/EnterpriseId"},
        {R"({"EnterpriseId":"e","IntegrationId":^null,"Events":[null]})", unexpected_null,
         "/IntegrationId"},
        {R"({"Events":[EVENT,^null],"IntegrationId":2,"EnterpriseId":1})", unexpected_null,
         "/Events/1"},
        {R"({"Events":[EVENT,{"Discriminator":"MessageAdded","Value":{"Id":^[]}}],"IntegrationId":2,"EnterpriseId":1})",
         wrong_type, "/Events/1/Value/Id"},
        {R"({"Events":[EVENT,EVENT],"IntegrationId":^2,"EnterpriseId":1})", wrong_type,
         "/IntegrationId"},
        {R"({IDS,"Events":[EVENT,EVENT],"EnterpriseId":^1})", duplicate_property, "/EnterpriseId"},
        // A missing property stands at its object's opening brace: before all that is inside.
        {R"(^{"IntegrationId":2,"Events":[3]})", missing_property, "/EnterpriseId"},
        {R"(^{"EnterpriseId":"e","Events":[null]})", missing_property, "/IntegrationId"},
        {R"({IDS,"Events":[^{"Value":{"Id":1}}]})", missing_property, "/Events/0/Discriminator"},
        {R"({IDS,"Events":[^{"Discriminator":7}]})", missing_property, "/Events/0/Value"},
        {R"({IDS,"Events":[^{"Discriminator":"MessageAdded","Discriminator":"MessageAdded"}]})",
         missing_property, "/Events/0/Value"},
        {R"({IDS,"Events":[EVENT,^{},{}]})", missing_property, "/Events/1/Discriminator"},
        {R"({IDS,"Events":[{"Discriminator":"MessageAdded","Value":^{"id":1}},null]})",
         missing_property, "/Events/0/Value/Id"},
        // Of two elements, the one before, though its fault is found later.
        {R"({IDS,"Events":[{"Value":{"Id":^1},"Discriminator":"MessageAdded"},null]})", wrong_type,
         "/Events/0/Value/Id"},
        {R"({IDS,"Events":[{"Value":^null,"Discriminator":null},7]})", unexpected_null,
         "/Events/0/Value"},
        {R"({IDS,"Events":[{"Value":{"Id":^7},"Discriminator":"MessageAdded","Discriminator":7}]})",
         wrong_type, "/Events/0/Value/Id"},
        // The second list is the duplicate, whatever is in it.
        {R"({IDS,"Events":[],"Events":^[]})", duplicate_property, "/Events"},
        {R"({IDS,"Events":[EVENT],"Events":^[null]})", duplicate_property, "/Events"},
        {R"({IDS,"Events":[^null],"Events":[EVENT]})", unexpected_null, "/Events/0"},
        {R"({IDS,"Events":^null,"Events":[EVENT]})", unexpected_null, "/Events"},
        {R"({IDS,"Events":[EVENT],"Event\u0073":^null})", duplicate_property, "/Events"},
    });
}

TEST_CASE("an element of Events that is no event") {
    check_faults<GeneralWebhookView>({
        {R"({IDS,"Events":[^null]})", unexpected_null, "/Events/0"},
        {R"({IDS,"Events":[EVENT,EVENT, ^null ]})", unexpected_null, "/Events/2"},
        {R"({IDS,"Events":[^1e9999]})", wrong_type, "/Events/0"},
        {R"({IDS,"Events":[^false]})", wrong_type, "/Events/0"},
        {R"({IDS,"Events":[^""]})", wrong_type, "/Events/0"},
        {R"({IDS,"Events":[^[]]})", wrong_type, "/Events/0"},
        {R"({IDS,"Events":[^[EVENT]]})", wrong_type, "/Events/0"},
        {R"({IDS,"Events":[EVENT,^[{"Discriminator":null}],null]})", wrong_type, "/Events/1"},
    });
}

TEST_CASE("a discriminator that cannot be read, or is unknown, and what then stands in Value") {
    check_faults<GeneralWebhookView>({
        {R"({IDS,"Events":[{"Discriminator":^null,"Value":{"Id":5}}]})", unexpected_null,
         "/Events/0/Discriminator"},
        {R"({IDS,"Events":[{"Value":{"Id":5,"Id":5},"Discriminator":^5}]})", wrong_type,
         "/Events/0/Discriminator"},
        {R"({IDS,"Events":[{"Value":^[],"Discriminator":{}}]})", wrong_type, "/Events/0/Value"},
        {R"({IDS,"Events":[{"Discriminator":"ProductUpdated","Value":^[]}]})", wrong_type,
         "/Events/0/Value"},
        {R"({IDS,"Events":[{"Value":^null,"Discriminator":"ProductUpdated"}]})", unexpected_null,
         "/Events/0/Value"},
        {R"({IDS,"Events":[^{"Discriminator":"ProductUpdated","value":{}}]})", missing_property,
         "/Events/0/Value"},
        {R"({IDS,"Events":[{"Discriminator":"ProductUpdated","Value":{},"Value":^{}}]})",
         duplicate_property, "/Events/0/Value"},
        {R"({IDS,"Events":[{"Value":{},"Discriminator":"ProductUpdated","Discriminator":^"MessageAdded"}]})",
         duplicate_property, "/Events/0/Discriminator"},
        // What an unknown one holds is no fault; what follows it is.
        {R"({IDS,"Events":[{"Discriminator":"ProductUpdated","Value":{"Id":5}},^null]})",
         unexpected_null, "/Events/1"},
        {R"({IDS,"Events":[{"Value":{"Id":null,"Id":null},"Discriminator":"ProductUpdated"},EVENT,{"Discriminator":"MessageAdded","Value":{"Id":^5}}]})",
         wrong_type, "/Events/2/Value/Id"},
    });
}

TEST_CASE("a General Webhook that is not JSON gives that fault, wherever it stands") {
    check_faults<GeneralWebhookView>({
        {R"({"EnterpriseId":1,"Events":[null,{"Value":{"Id":[^}]}}]})", malformed_json, ""},
        {R"({IDS,"Events":[EVENT^;EVENT]})", malformed_json, ""},
        {R"({IDS,"Events":[EVENT,^]})", malformed_json, ""},
        {R"({IDS,"Events":[^,EVENT]})", malformed_json, ""},
        {R"({IDS,"Events":[EVENT^}})", malformed_json, ""},
        {R"({IDS,"Events":[EVENT]^]})", malformed_json, ""},
        {R"({IDS,"Events":[^)", malformed_json, ""},
        {R"({IDS,"Events":[EVENT^)", malformed_json, ""},
        {R"({IDS,"Events":[EVENT,^)", malformed_json, ""},
        {R"({IDS,"Events":[EVENT]^)", malformed_json, ""},
        {R"({IDS,"Events":[null],"Entities":{"ServiceOrders":[{"Number":0^1}]}})", malformed_json,
         ""},
        {R"({IDS,"Entities":{"Customers":[{"Name":"\^x"}]},"Events":null})", malformed_json, ""},
        {R"({IDS,"Events":[{"Discriminator":"ProductUpdated","Value":{"Id":tru^}}]})",
         malformed_json, ""},
        {"{IDS,\"Events\":[EVENT,{\"Value\":{\"Id\":\"^\xFF\"}}]}", invalid_utf8, ""},
        {"{IDS,\"Events\":[null],\"Entities\":\"^\xFF\"}", invalid_utf8, ""},
        {R"({IDS,"Events":[null]}^])", trailing_content, ""},
    });
}

TEST_CASE("a fault in a long list has its element's number") {
    // The last of many, so that a message is not half taken.
    const auto body = [](std::size_t good, std::string_view last, std::string_view behind) {
        std::string text = R"({IDS,"Events":[)";
        for (std::size_t i = 0; i != good; ++i)
            text += "EVENT,";
        return spelled_out(text.append(last).append("]").append(behind).append("}"));
    };
    struct Fault {
        std::string_view element;
        ErrorCode code;
        std::string_view below;  ///< Behind the element's pointer.
    };
    static constexpr Fault faults[] = {
        {"^null", unexpected_null, ""},
        {"^7", wrong_type, ""},
        {"^{}", missing_property, "/Discriminator"},
        {R"({"Discriminator":"CustomerAdded","Value":^null})", unexpected_null, "/Value"},
        {R"({"Discriminator":"CustomerAdded","Value":^{}})", missing_property, "/Value/Id"},
        {R"({"Value":{"Id":^7},"Discriminator":"CustomerAdded"})", wrong_type, "/Value/Id"},
        {R"({"Discriminator":"CustomerAdded","Value":{"Id":"c","Id":^"c"}})", duplicate_property,
         "/Value/Id"},
    };
    for (const std::size_t good : {9U, 10U, 999U, 5'000U}) {
        for (const Fault& fault : faults) {
            // What is wrong behind the list, or behind the element, comes second.
            for (const std::string_view behind : {"", R"(,"EnterpriseId":null)"}) {
                INFO(good << " elements before " << fault.element);
                const auto [text, offset] =
                    marked(body(good, std::string{fault.element} + ",null", behind));
                const Error expected{fault.code,
                                     "/Events/" + std::to_string(good) + std::string{fault.below},
                                     offset};
                check_fault<GeneralWebhookView>(text, expected, {});
                check_fault<WebhookView>(text, expected, {});
            }
        }
        const auto [text, offset] = marked(body(good, "EVENT", R"(,"IntegrationId":^"i")"));
        check_fault<GeneralWebhookView>(text, {duplicate_property, "/IntegrationId", offset}, {});
        const auto [cut, end] = marked(body(good, R"({"Discriminator":"CustomerAdded"^])", ""));
        check_fault<GeneralWebhookView>(cut, {malformed_json, "", end}, {});
    }
}

TEST_CASE("a Discriminator is compared whole, after its escapes are replaced") {
    const auto body = [](std::string_view discriminator) {
        return spelled_out(R"({IDS,"Events":[{"Discriminator":")" + std::string{discriminator} +
                           R"(","Value":{"Id":"c"}},EVENT]})");
    };
    const auto webhook = [](GeneralEvent first) {
        return GeneralWebhook{
            "e", "i", {std::move(first), EntityEvent{Discriminator::message_added, "m"}}};
    };
    for (const std::string_view known :
         {"CustomerAdded", "\\u0043ustomerAdded", "Customer\\u0041dde\\u0064"}) {
        INFO(known);
        check_equal<GeneralWebhook>(parse_general(body(known)),
                                    webhook(EntityEvent{Discriminator::customer_added, "c"}));
    }
    struct Unknown {
        std::string_view spelled;
        std::string_view discriminator;
    };
    static constexpr Unknown unknown[] = {
        {"CustomerAdde", "CustomerAdde"},
        {"CustomerAddedX", "CustomerAddedX"},
        {"CustomerAdded ", "CustomerAdded "},
        {"customerAdded", "customerAdded"},
        {"CUSTOMERADDED", "CUSTOMERADDED"},
        {"CustomerAdded\\u0000", "CustomerAdded\0"sv},
        {"CustomerAdded\\\"", "CustomerAdded\""},
        {"CustomerDeleted", "CustomerDeleted"},
        {"ReservationUpdated", "ReservationUpdated"},
        {"Unknown", "Unknown"},
        {"", ""},
    };
    for (const Unknown& row : unknown) {
        INFO(row.spelled);
        const GeneralWebhook expected = webhook(
            UnknownEntityEvent{std::string{row.discriminator}, "c", Secret{R"({"Id":"c"})"}});
        check_equal<GeneralWebhook>(parse_general(body(row.spelled)), expected);
        check_equal<GeneralWebhook>(parse_general(to_json(expected)), expected);
    }
}

TEST_CASE("properties of other events are ignored, duplicates and all") {
    static constexpr std::string_view bodies[] = {
        R"({"Action":"IntegrationEnabled","Data":{"ApiKey":1,"ApiKey":null,"Integration":I,"ApiKey":{}}})",
        R"({"Action":"IntegrationEnabled","Data":{"DeletedUtc":"never","Integration":I}})",
        R"({"Action":"IntegrationEnabled","Data":{"Enterprise":{"Id":1},"Integration":I,"Service":[],"Requestor":0,"AccessToken":{},"CreatedUtc":"","IsEnabled":"?"}})",
        R"({"Data":{"Enterprise":{"Id":1,"Id":2},"Integration":I,"ApiKey":null},"Action":"IntegrationEnabled"})",
        R"({"Action":"IntegrationEnabled","Integration":7,"Id":[],"Data":{"Id":1,"Id":2,"Name":0,"Action":3,"Data":4,"Integration":I}})",
        R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Email":1,"Email":2,"Integration":3,"Action":4,"Data":5,"Id":"i","Name":"n"}}})",
    };
    for (const std::string_view text : bodies) {
        INFO(text);
        for (const Contract contract : results::contracts) {
            check_equal<Event>(parse(spelled_out(text), under(contract)),
                               Event{IntegrationEnabled{{"i", "n"}}});
        }
    }
}

TEST_CASE("an Action is compared whole, after its escapes are replaced") {
    const auto body = [](std::string_view action) {
        return R"({"Action":")" + std::string{action} + R"(","Data":{"Integration":)" +
               R"({"Id":"i","Name":"n"}}})";
    };
    const Integration integration{"i", "n"};
    for (const std::string_view action :
         {"IntegrationEnabled", "\\u0049ntegrationEnabled", "Integration\\u0045nable\\u0064"}) {
        INFO(action);
        check_equal<Event>(parse(body(action)), Event{IntegrationEnabled{integration}});
    }
    struct Unknown {
        std::string_view spelled;
        std::string_view action;
    };
    static constexpr Unknown unknown[] = {
        {"IntegrationEnable", "IntegrationEnable"},
        {"IntegrationEnabledX", "IntegrationEnabledX"},
        {"IntegrationEnabled ", "IntegrationEnabled "},
        {" IntegrationEnabled", " IntegrationEnabled"},
        {"integrationEnabled", "integrationEnabled"},
        {"INTEGRATIONENABLED", "INTEGRATIONENABLED"},
        {"IntegrationEnabled\\u0000", "IntegrationEnabled\0"sv},
        {"IntegrationEnabled\\\"", "IntegrationEnabled\""},
        {"IntegrationEnabled\\n", "IntegrationEnabled\n"},
        {"IntegrationEnabl\\u00e9d",
         "IntegrationEnabl\xC3\xA9"
         "d"},
        {"Unknown", "Unknown"},
        {"UnknownEvent", "UnknownEvent"},
        {"", ""},
        {"\\u0000", "\0"sv},
        {"Integration", "Integration"},
    };
    for (const Unknown& row : unknown) {
        INFO(row.spelled);
        const UnknownEvent expected{std::string{row.action}, integration,
                                    Secret{R"({"Integration":{"Id":"i","Name":"n"}})"}};
        check_equal<Event>(parse(body(row.spelled)), Event{expected});
        check_equal<Event>(parse(to_json(Event{expected})), Event{expected});
    }
}
