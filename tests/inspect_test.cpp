/// @file
/// What inspect finds in a body: all of it, in order, and where.
///
/// In the bodies here a `^` marks the place of a violation, a `?` that of a notice; neither is part
/// of the body, and two things found at one place have two marks. `@G` stands for a GUID in quotes,
/// `@I` for an Integration with that id, `@T` for a token that begins with it.

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"
#include "payloads.hpp"
#include "results.hpp"

using namespace mews::webhooks;
using namespace std::string_view_literals;
using results::replaced;
using results::under;
using enum ErrorCode;
using enum NoticeCode;

namespace {

struct Violation {
    ErrorCode code;
    std::string pointer;
};

struct Remark {
    NoticeCode code;
    std::string pointer;
};

struct Row {
    std::string text;
    std::vector<Violation> violations{};
    std::vector<Remark> notices{};
};

std::string spelled_out(std::string_view text) {
    std::string body = replaced(std::string{text}, "@I", R"({"Id":@G,"Name":"n"})");
    body = replaced(std::move(body), "@G", R"("9e5e84e9-974d-4f16-9662-ab2200f27cb1")");
    return replaced(std::move(body), "@T", R"("9E5E84E9974D4F169662AB2200F27CB1-INVENTED")");
}

/// The body of a row, and what must be found in it.
std::pair<std::string, Inspection> expected_of(const Row& row) {
    std::pair<std::string, Inspection> expected;
    auto& [body, inspection] = expected;
    auto violation = row.violations.begin();
    auto notice = row.notices.begin();
    for (const char c : spelled_out(row.text)) {
        if (c == '^') {
            REQUIRE(violation != row.violations.end());
            inspection.violations.push_back({violation->code, violation->pointer, body.size()});
            ++violation;
        } else if (c == '?') {
            REQUIRE(notice != row.notices.end());
            inspection.notices.push_back({notice->code, notice->pointer, body.size()});
            ++notice;
        } else {
            body += c;
        }
    }
    REQUIRE(violation == row.violations.end());
    REQUIRE(notice == row.notices.end());
    return expected;
}

/// What a failing test shows of an inspection.
std::string shown(const Inspection& inspection) {
    std::ostringstream text;
    for (const Error& violation : inspection.violations)
        text << violation << '\n';
    for (const Notice& notice : inspection.notices)
        text << notice << '\n';
    return text.str();
}

/// What holds of every inspection: it agrees with parse_webhook and Parser::inspect, and is in
/// order.
void check_agreement(std::string_view body, const ParseOptions& options,
                     const Inspection& inspection) {
    const Result<Webhook> webhook = parse_webhook(body, options);
    CHECK(webhook.has_value() == inspection.violations.empty());
    if (!webhook && !inspection.violations.empty()) {
        CHECK((webhook.error() == inspection.violations.front()));
    }
    Parser parser{options};
    const InspectedView inspected = parser.inspect(body);
    CHECK((inspected.inspection == inspection));
    CHECK((inspected.webhook.transform([](const WebhookView& view) { return to_owned(view); }) ==
           webhook));
    const auto in_order = [](const auto& left, const auto& right) {
        return left.offset < right.offset;
    };
    CHECK(std::is_sorted(inspection.violations.begin(), inspection.violations.end(), in_order));
    CHECK(std::is_sorted(inspection.notices.begin(), inspection.notices.end(), in_order));
}

void check_inspection(std::string_view body, const Inspection& expected,
                      const ParseOptions& options = {}) {
    const Inspection inspection = inspect(body, options);
    CHECK(shown(inspection) == shown(expected));
    if (shown(inspection) == shown(expected)) CHECK((inspection == expected));
    check_agreement(body, options, inspection);
}

void check_rows(const std::vector<Row>& rows, Contract contract) {
    for (const Row& row : rows) {
        INFO(row.text);
        auto [body, expected] = expected_of(row);
        check_inspection(body, expected, under(contract));

        // A byte order mark is a notice, and counts.
        for (Error& violation : expected.violations)
            violation.offset += 3;
        for (Notice& notice : expected.notices)
            notice.offset += 3;
        expected.notices.insert(expected.notices.begin(), {byte_order_mark, "", 0});
        check_inspection("\xEF\xBB\xBF" + body, expected, under(contract));
    }
}

void check_rows(const std::vector<Row>& rows) {
    for (const Contract contract : results::contracts)
        check_rows(rows, contract);
}

/// A body that has this one fault, and nothing else that is told.
void check_fault(std::string_view text, ErrorCode code, const ParseOptions& options = {}) {
    INFO(text);
    const auto [body, offset] = results::marked(spelled_out(text));
    check_inspection(body, {{{code, "", offset}}, {}}, options);
}

/// `text` over and over, with a comma between.
std::string list_of(std::size_t count, std::string_view text) {
    std::string list{text};
    while (--count != 0)
        list.append(",").append(text);
    return list;
}

}  // namespace

TEST_CASE("a body that keeps to the contract in all that is looked at") {
    check_rows({
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":@I}})"},
        {R"({"Data":{"Integration":@I},"Action":"IntegrationEnabled"})"},
        {R"({"Action":"IntegrationCreated","Data":{"Enterprise":{"Id":@G,"Name":""},"Service":null,
             "Requestor":null,"AccessToken":@T,"CreatedUtc":"2024-02-29T08:15:30Z","IsEnabled":true,
             "Integration":@I}})"},
        {R"({"Action":"IntegrationApiKeyCreated","Data":{"ApiKey":@T,"Integration":@I}})"},
        {R"({"EnterpriseId":@G,"IntegrationId":@G,"Events":[]})"},
        {R"({"EnterpriseId":@G,"IntegrationId":@G,"Events":[
             {"Discriminator":"ServiceOrderUpdated","Value":{"Id":@G}},
             {"Value":{"Id":@G},"Discriminator":"PaymentUpdated"}]})"},
    });
}

TEST_CASE("every violation of an Integration Webhook is found") {
    check_rows({
        {"^^{}", {{missing_property, "/Action"}, {missing_property, "/Data"}}},
        {"^[]", {{wrong_type, ""}}},
        {" \n^null", {{wrong_type, ""}}},
        {R"({"Action":^1,"Data":^2})", {{wrong_type, "/Action"}, {wrong_type, "/Data"}}},
        {R"({"Data":^null,"Action":^null})",
         {{unexpected_null, "/Data"}, {unexpected_null, "/Action"}}},
        {R"({"Action":"IntegrationEnabled","Action":^0,"Data":{"Integration":@I},"Data":^{}})",
         {{duplicate_property, "/Action"}, {duplicate_property, "/Data"}}},
        // Missing, wrong, null and twice together.
        {R"({"Action":"IntegrationCreated","Data":^{"Enterprise":^{"Id":^1},"Service":^"s",
             "Requestor":{"Name":^null,"Email":^[],"Name":^"twice"},"AccessToken":^{},
             "CreatedUtc":^"now","IsEnabled":^"true","AccessToken":^null}})",
         {{missing_property, "/Data/Integration"},
          {missing_property, "/Data/Enterprise/Name"},
          {wrong_type, "/Data/Enterprise/Id"},
          {wrong_type, "/Data/Service"},
          {unexpected_null, "/Data/Requestor/Name"},
          {wrong_type, "/Data/Requestor/Email"},
          {duplicate_property, "/Data/Requestor/Name"},
          {wrong_type, "/Data/AccessToken"},
          {invalid_timestamp, "/Data/CreatedUtc"},
          {wrong_type, "/Data/IsEnabled"},
          {duplicate_property, "/Data/AccessToken"}}},
        // Several of one object are told in the order of the contract.
        {R"({"Action":"IntegrationApiKeyCreated","Data":^^{}})",
         {{missing_property, "/Data/Integration"}, {missing_property, "/Data/ApiKey"}}},
        // The order of the body, whichever of the two stands first.
        {R"({"Data":^{"Integration":{"Id":^7,"Name":^null}},"Action":"IntegrationDeleted",
             "Action":^""})",
         {{missing_property, "/Data/DeletedUtc"},
          {wrong_type, "/Data/Integration/Id"},
          {unexpected_null, "/Data/Integration/Name"},
          {duplicate_property, "/Action"}}},
        // Escaped names are the contract's, too.
        {R"({"\u0041ction":"IntegrationEnabled","Data":{"Integr\u0061tion":^0,"Integration":^1}})",
         {{wrong_type, "/Data/Integration"}, {duplicate_property, "/Data/Integration"}}},
    });
}

TEST_CASE("what is of the wrong type hides only what would be in it") {
    check_rows({
        {R"({"Action":"IntegrationDeleted","Data":{"Integration":^[{"Id":1}],"DeletedUtc":^7}})",
         {{wrong_type, "/Data/Integration"}, {wrong_type, "/Data/DeletedUtc"}}},
        {R"({"Action":^7,"Data":{"Integration":7,"Other":1},"Data":^7,"Other":?7})",
         {{wrong_type, "/Action"}, {duplicate_property, "/Data"}},
         {{unknown_property, "/Other"}}},
        {R"(^{"Data":{"Integration":7,"Other":1}})", {{missing_property, "/Action"}}},
    });
}

TEST_CASE("every violation of a General Webhook is found, in every element") {
    check_rows({
        {R"(^^{"Events":[]})",
         {{missing_property, "/EnterpriseId"}, {missing_property, "/IntegrationId"}}},
        {R"({"EnterpriseId":@G,"IntegrationId":^1,"Events":^{}})",
         {{wrong_type, "/IntegrationId"}, {wrong_type, "/Events"}}},
        {R"({"EnterpriseId":@G,"IntegrationId":@G,"Events":^null})",
         {{unexpected_null, "/Events"}}},
        {R"(^{"EnterpriseId":^null,"Events":[^null,^7,^^{},{"Discriminator":^1,"Value":{"Id":1}},
             {"Discriminator":"MessageAdded","Value":^{}},
             {"Value":{"Id":^2},"Discriminator":"CustomerAdded"},
             {"Discriminator":?"ResourceDeleted","Value":^"v"},
             {"Discriminator":"ResourceUpdated","Value":{"Id":@G,"Id":^@G}}],"Events":^[1]})",
         {{missing_property, "/IntegrationId"},
          {unexpected_null, "/EnterpriseId"},
          {unexpected_null, "/Events/0"},
          {wrong_type, "/Events/1"},
          {missing_property, "/Events/2/Discriminator"},
          {missing_property, "/Events/2/Value"},
          {wrong_type, "/Events/3/Discriminator"},
          {missing_property, "/Events/4/Value/Id"},
          {wrong_type, "/Events/5/Value/Id"},
          {wrong_type, "/Events/6/Value"},
          {duplicate_property, "/Events/7/Value/Id"},
          {duplicate_property, "/Events"}},
         {{unknown_discriminator, "/Events/6/Discriminator"}}},
    });
}

TEST_CASE("Action at the top makes it an Integration Webhook, wherever it stands") {
    check_rows({
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":@I},"Events":?[1]})",
         {},
         {{unknown_property, "/Events"}}},
        {R"({"Events":?[1],"IntegrationId":?1,"Action":"IntegrationEnabled","Data":{"Integration":@I}})",
         {},
         {{unknown_property, "/Events"}, {unknown_property, "/IntegrationId"}}},
        {R"(^{"Events":?[1],"\u0041ction":^7})",
         {{missing_property, "/Data"}, {wrong_type, "/Action"}},
         {{unknown_property, "/Events"}}},
        // In a property it makes nothing of the body.
        {R"({"Entities":?{"Action":1},"Events":[],"EnterpriseId":@G,"IntegrationId":@G})",
         {},
         {{unknown_property, "/Entities"}}},
        // Neither of the two.
        {R"(^^{"EnterpriseId":?1,"Type":?2})",
         {{missing_property, "/Action"}, {missing_property, "/Data"}},
         {{unknown_property, "/EnterpriseId"}, {unknown_property, "/Type"}}},
    });
}

TEST_CASE("an unknown action or discriminator is a notice, and nothing in its content a fault") {
    check_rows({
        {R"({"Action":?"IntegrationRenamed","Data":{}})", {}, {{unknown_action, "/Action"}}},
        {R"({"Data":{"Other":[1]},"Action":?""})", {}, {{unknown_action, "/Action"}}},
        {R"({"Action":?"New","Data":^[]})", {{wrong_type, "/Data"}}, {{unknown_action, "/Action"}}},
        // What the library takes from it is looked at.
        {R"({"Action":?"New","Data":{"AccessToken":"t","Integration":{"Id":?"i","Name":"n"}}})",
         {},
         {{unknown_action, "/Action"}, {id_is_no_guid, "/Data/Integration/Id"}}},
        {R"({"Action":?"New","Data":{"Type":1,"Integration":{"Id":@G,"Type":?1,"Name":"n"}}})",
         {},
         {{unknown_action, "/Action"}, {unknown_property, "/Data/Integration/Type"}}},
        {R"({"Action":?"New","Data":{"Integration":{"Id":"i"}}})",
         {},
         {{unknown_action, "/Action"}}},
        {R"({"Action":?"New","Data":{"Integration":{"Id":"i","Name":"n"},"Integration":null}})",
         {},
         {{unknown_action, "/Action"}}},
        {R"({"EnterpriseId":@G,"IntegrationId":@G,"Events":[
             {"Discriminator":?"New","Value":{"Id":7}},{"Value":{},"Discriminator":?"New"},
             {"Discriminator":?"New","Value":{"Id":?"i","Other":{"Id":"i"}}},
             {"Discriminator":?"New","Value":{"Id":"i","Id":"i"}}]})",
         {},
         {{unknown_discriminator, "/Events/0/Discriminator"},
          {unknown_discriminator, "/Events/1/Discriminator"},
          {unknown_discriminator, "/Events/2/Discriminator"},
          {id_is_no_guid, "/Events/2/Value/Id"},
          {unknown_discriminator, "/Events/3/Discriminator"}}},
    });
}

TEST_CASE("properties that the contract does not have are told by their names") {
    check_rows({
        {R"({"Version":?1,"Action":"IntegrationEnabled",
             "Data":{"Integration":{"Id":@G,"Type":?{"Id":1,"Other":[]},"Name":"n"},"Token":?"t"}})",
         {},
         {{unknown_property, "/Version"},
          {unknown_property, "/Data/Integration/Type"},
          {unknown_property, "/Data/Token"}}},
        {R"({"EnterpriseId":@G,"IntegrationId":@G,"Entities":?{},"Events":[
             {"Discriminator":"MessageAdded","Value":{"Id":@G,"ThreadId":?"t"},"Type":?1}]})",
         {},
         {{unknown_property, "/Entities"},
          {unknown_property, "/Events/0/Value/ThreadId"},
          {unknown_property, "/Events/0/Type"}}},
        // As often as they stand there, in other case, unescaped, and as a pointer has them.
        {R"({"Action":"IntegrationEnabled","Data":{"Integration":@I},"a":?1,"a":?null,"action":?2,
             "":?3,"a/b~c":?4,"\u00e9\u001b\"":?5,"0":?6})",
         {},
         {{unknown_property, "/a"},
          {unknown_property, "/a"},
          {unknown_property, "/action"},
          {unknown_property, "/"},
          {unknown_property, "/a~1b~0c"},
          {unknown_property, "/\xC3\xA9\x1B\""},
          {unknown_property, "/0"}}},
    });
}

TEST_CASE("a name of more than 128 bytes is represented by its object") {
    const std::string name(127, 'x');
    const auto body_with = [&](std::string_view last) {
        return R"({"Action":"IntegrationEnabled","Data":{"Integration":@I,")" + name +
               std::string{last} + R"(":?1},")" + name + std::string{last} + R"(":?2})";
    };
    for (const std::string_view last : {"y"sv, "\\u0079"sv}) {
        check_rows(
            {{body_with(last),
              {},
              {{unknown_property, "/Data/" + name + 'y'}, {unknown_property, '/' + name + 'y'}}}});
    }
    for (const std::string_view last : {"yz"sv, "\xC3\xA9"sv, "\\u00e9"sv}) {
        check_rows({{body_with(last), {}, {{unknown_property, "/Data"}, {unknown_property, ""}}}});
    }
}

TEST_CASE("what only the observed contract accepts is a notice there, and a violation else") {
    struct Difference {
        std::string_view text;
        ErrorCode code;
        std::string_view pointer;
    };
    const Difference differences[] = {
        {R"({"Action":"IntegrationDeleted","Data":{"DeletedUtc":?null,"Integration":@I}})",
         unexpected_null, "/Data/DeletedUtc"},
        {R"({"Data":?{"Enterprise":{"Id":@G,"Name":""},"AccessToken":@T,"IsEnabled":false,
             "CreatedUtc":"2024-02-29T08:15:30Z","Integration":@I},"Action":"IntegrationCreated"})",
         missing_property, "/Data/Requestor"},
    };
    for (const auto& [text, code, pointer] : differences) {
        check_rows({{std::string{text}, {}, {{only_observed, std::string{pointer}}}}},
                   Contract::observed);
        check_rows({{replaced(std::string{text}, "?", "^"), {{code, std::string{pointer}}}}},
                   Contract::documented);
    }
}

TEST_CASE("an id that is no GUID is told, whose ever it is") {
    check_rows({
        {R"({"Action":"IntegrationCreated","Data":{"Enterprise":{"Id":@G,"Name":""},
             "Service":{"Id":?"1","Name":"n"},"Requestor":null,"AccessToken":@T,
             "CreatedUtc":"2024-02-29T08:15:30Z","IsEnabled":true,"Integration":@I}})",
         {},
         {{id_is_no_guid, "/Data/Service/Id"}}},
        {R"({"Action":"IntegrationCreated","Data":{"Enterprise":{"Id":?"","Name":"n"},
             "Service":{"Id":?"1","Name":"n"},"Requestor":{"Name":"","Email":""},
             "AccessToken":"no id to begin with","CreatedUtc":"2024-02-29T08:15:30Z",
             "IsEnabled":true,"Integration":{"Id":?"2","Name":"n"}}})",
         {},
         {{id_is_no_guid, "/Data/Enterprise/Id"},
          {id_is_no_guid, "/Data/Service/Id"},
          {id_is_no_guid, "/Data/Integration/Id"}}},
        {R"({"EnterpriseId":?"e","IntegrationId":?"i","Events":[
             {"Discriminator":"CustomerAdded","Value":{"Id":?"c"}}]})",
         {},
         {{id_is_no_guid, "/EnterpriseId"},
          {id_is_no_guid, "/IntegrationId"},
          {id_is_no_guid, "/Events/0/Value/Id"}}},
    });
    const auto body_with = [](std::string_view mark, std::string_view id) {
        return R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Name":"n","Id":)" +
               std::string{mark} + '"' + std::string{id} + R"("}}})";
    };
    for (const std::string_view id :
         {"00000000-0000-0000-0000-000000000000", "ABCDEFab-cdef-0123-4567-89ABCDEFabcd",
          "\\u0030123456\\u0037-89ab\\u002dcdef-0123-456789abcdef"}) {
        check_rows({{body_with("", id)}});
    }
    for (const std::string_view id :
         {"01234567-89ab-cdef-0123-456789abcde", "01234567-89ab-cdef-0123-456789abcdef0",
          "0123456789ab-cdef-0123-456789abcdef-", "01234567-89ab-cdef-0123-456789abcdeg",
          "0123456789abcdef0123456789abcdef", "{01234567-89ab-cdef-0123-456789abcdef}",
          "01234567_89ab_cdef_0123_456789abcdef", "01234567-89ab-cdef-0123-456789abcde\\u0000"}) {
        check_rows({{body_with("?", id), {}, {{id_is_no_guid, "/Data/Integration/Id"}}}});
    }
    // Each character counts, and the neighbours of digits in ASCII are none; nor is U+00AD, whose
    // last byte is a hyphen's but for the top bit.
    constexpr std::string_view guid = "01234567-89ab-cdef-0123-456789abcdef";
    for (std::size_t i = 0; i != guid.size(); ++i) {
        for (const std::string_view wrong : {"/", ":", "@", "G", "`", "g", "x", "\xC2\xAD"}) {
            std::string id{guid};
            id.replace(i, wrong.ends_with('\xAD') ? (std::min)(wrong.size(), guid.size() - i) : 1,
                       wrong);
            check_rows({{body_with("?", id), {}, {{id_is_no_guid, "/Data/Integration/Id"}}}});
        }
        std::string id{guid};
        id[i] = guid[i] == '-' ? '0' : '-';
        check_rows({{body_with("?", id), {}, {{id_is_no_guid, "/Data/Integration/Id"}}}});
    }
}

TEST_CASE("a credential that does not begin with the integration's id is told") {
    struct Credential {
        std::string_view text;
        bool is_usual;
    };
    const Credential credentials[] = {
        {"9E5E84E9974D4F169662AB2200F27CB1-INVENTED", true},
        {"9e5e84e9974d4f169662ab2200f27cb1-", true},
        {"\\u0039E5E84E9974D4F169662AB2200F27CB1\\u002dX", true},
        {"9E5E84E9974D4F169662AB2200F27CB1", false},
        {"9E5E84E9974D4F169662AB2200F27CB10-INVENTED", false},
        {"9E5E84E9974D4F169662AB2200F27CB2-INVENTED", false},
        {"9e5e84e9-974d-4f16-9662-ab2200f27cb1-INVENTED", false},
        {"-9E5E84E9974D4F169662AB2200F27CB1-INVENTED", false},
        {"", false},
    };
    for (const auto& [text, is_usual] : credentials) {
        const std::string credential =
            std::string{is_usual ? "" : "?"} + '"' + std::string{text} + '"';
        std::vector<Remark> expected;
        if (!is_usual) expected.push_back({unusual_credential, "/Data/ApiKey"});
        check_rows({
            {R"({"Action":"IntegrationApiKeyCreated","Data":{"Integration":@I,"ApiKey":)" +
                 credential + "}}",
             {},
             expected},
            {R"({"Data":{"ApiKey":)" + credential +
                 R"(,"Integration":@I},"Action":"IntegrationApiKeyCreated"})",
             {},
             expected},
        });
    }
    check_rows({
        // Beside a violation, too.
        {R"({"Action":"IntegrationCreated","Data":^^^{"AccessToken":?"t","Integration":@I,
             "Requestor":null}})",
         {{missing_property, "/Data/Enterprise"},
          {missing_property, "/Data/CreatedUtc"},
          {missing_property, "/Data/IsEnabled"}},
         {{unusual_credential, "/Data/AccessToken"}}},
        // Without a GUID there is nothing that it would begin with.
        {R"({"Action":"IntegrationApiKeyCreated","Data":{"Integration":{"Id":?"i","Name":"n"},
             "ApiKey":"k"}})",
         {},
         {{id_is_no_guid, "/Data/Integration/Id"}}},
        {R"({"Action":"IntegrationApiKeyCreated","Data":{"Integration":^7,"ApiKey":"k"}})",
         {{wrong_type, "/Data/Integration"}}},
    });
}

TEST_CASE("a body that is not well-formed has that one fault and nothing else") {
    check_fault("^", empty_body);
    check_fault("^ \n", empty_body);
    // Contract faults and notices before it, and behind it.
    check_fault(R"({"Action":1,"Other":2,"Data":^})", malformed_json);
    check_fault(R"({"Action":"New","Data":{"Integration":{"Id":0^1}},"Other":2})", malformed_json);
    check_fault(R"({"Action":"New","Data":{"Integration":{"Id":"\ud^"}}})", malformed_json);
    check_fault(R"({"Data":{"Integration":7},"Action":"IntegrationEnabled"^])", malformed_json);
    check_fault(R"({"Events":[{"Discriminator":7,"Value":{"Id":7}},^],"Action":7})",
                malformed_json);
    check_fault(R"({"Events":[7],"Action":7,"Data":"^)", malformed_json);
    check_fault(R"({"Action":7}^,)", trailing_content);
    check_fault("{\"Action\":7,\"Data\":\"^\xFF\"}", invalid_utf8);
    check_fault("{\"Action\":7}^\xC3(", invalid_utf8);
    check_fault("{\"Other\":[[^[]]],\"Action\":7}", nesting_too_deep,
                {Contract::observed, std::size_t{1} << 20, 3});
    check_fault("^{\"Action\":7}", body_too_large, {Contract::observed, 11, 64});
    check_inspection("{\"Action\":7}",
                     {{{missing_property, "/Data", 0}, {wrong_type, "/Action", 10}}, {}},
                     {Contract::observed, 12, 1});
    // A byte order mark counts; alone it is none.
    check_fault("\xEF\xBB\xBF{\"Action\":7^]", malformed_json);
    check_fault("^\xEF\xBB\xBF", empty_body);
}

TEST_CASE("the first violation of each body of tests/payloads is its error") {
    for (const Contract contract : results::contracts) {
        for (const payloads::Payload& payload : payloads::all()) {
            INFO(payload.label() << ", " << results::name_of(contract));
            const Inspection inspection = inspect(payload.body, under(contract));
            check_agreement(payload.body, under(contract), inspection);
            const bool tells_only_observed =
                std::any_of(inspection.notices.begin(), inspection.notices.end(),
                            [](const Notice& notice) { return notice.code == only_observed; });
            CHECK(tells_only_observed ==
                  (payload.folder == "observed" && contract == Contract::observed));
        }
    }
}

TEST_CASE("a megabyte of elements, names or duplicates is told completely") {
    const auto check_count = [](const std::string& body, std::size_t violations,
                                std::size_t notices) {
        REQUIRE(body.size() <= ParseOptions{}.max_body_bytes);
        const Inspection inspection = inspect(body);
        CHECK(inspection.violations.size() == violations);
        CHECK(inspection.notices.size() == notices);
        check_agreement(body, {}, inspection);
        return inspection;
    };
    const std::string enabled =
        spelled_out(R"({"Action":"IntegrationEnabled","Data":{"Integration":@I})");
    const std::string events = spelled_out(R"({"EnterpriseId":@G,"IntegrationId":@G,"Events":[)");

    const Inspection elements = check_count(events + list_of(500'000, "0") + "]}", 500'000, 0);
    CHECK((elements.violations.back() ==
           Error{wrong_type, "/Events/499999", events.size() + 2 * 499'999}));
    check_count(enabled + ",\"a\":[" + list_of(500'000, "0") + "]}", 0, 1);
    check_count(enabled + ',' + list_of(170'000, "\"a\":0") + '}', 0, 170'000);
    check_count(enabled + ',' + list_of(90'000, "\"Action\":0") + '}', 90'000, 0);
    // An Action at the end of a General Webhook makes another kind of it.
    check_count(events + list_of(500'000, "0") + R"(],"Action":0})", 2, 3);
}

TEST_CASE("nesting costs no stack") {
    constexpr std::size_t depth = 100'000;
    const ParseOptions deep{Contract::observed, std::size_t{1} << 20, depth};
    const auto nested = [](std::size_t levels) {
        return std::string(levels, '[') + std::string(levels, ']');
    };
    const auto around = [&](std::string_view before, std::size_t levels, std::string_view after) {
        return spelled_out(before) + nested(levels) + std::string{after};
    };
    const auto check_depth = [&](std::string_view before, std::size_t levels,
                                 std::string_view after, std::size_t violations) {
        INFO(before);
        const std::string enough = around(before, levels, after);
        const Inspection inspection = inspect(enough, deep);
        CHECK(inspection.violations.size() == violations);
        check_agreement(enough, deep, inspection);
        const std::string one_more = around(before, levels + 1, after);
        check_inspection(one_more, {{{nesting_too_deep, "", one_more.find("[]")}}, {}}, deep);
    };
    check_depth("", depth, "", 1);
    check_depth(R"({"Action":"IntegrationEnabled","Data":{"Integration":@I},"x":)", depth - 1, "}",
                0);
    check_depth(R"({"Action":"New","Data":{"Integration":{"Id":"i","Name":)", depth - 3, "}}}", 0);
    check_depth(R"({"Data":{"Integration":)", depth - 2, R"(},"Action":"IntegrationEnabled"})", 1);
    check_depth(R"({"Events":[)", depth - 2, "]}", 3);
}

TEST_CASE("each notice has a name and a message, and no other number is one") {
    const std::pair<NoticeCode, std::string_view> codes[] = {
        {unknown_action, "unknown_action"},
        {unknown_discriminator, "unknown_discriminator"},
        {unknown_property, "unknown_property"},
        {only_observed, "only_observed"},
        {id_is_no_guid, "id_is_no_guid"},
        {byte_order_mark, "byte_order_mark"},
        {unusual_credential, "unusual_credential"},
    };
    std::set<std::string> messages;
    for (const auto& [code, name] : codes) {
        CHECK(to_string(code) == name);
        const std::string message = Notice{code, "/x", 7}.message();
        CHECK(message.starts_with(std::string{name} + " at /x (byte 7): "));
        messages.insert(message.substr(message.find("): ")));
    }
    CHECK(messages.size() == std::size(codes));
    for (unsigned number = 0; number != 256; ++number) {
        const bool is_one = number != 0 && number <= std::size(codes);
        CHECK(to_string(static_cast<NoticeCode>(number)).empty() != is_one);
    }
}

TEST_CASE("a notice is one line, whatever the name it tells") {
    const Inspection inspection =
        inspect(R"({"a\u001b[1m\n\u202e\"\\":1,"Action":"New","Data":{}})");
    REQUIRE(inspection.notices.size() == 2);
    std::ostringstream line;
    line << inspection.notices.front();
    CHECK(line.str() == inspection.notices.front().message());
    CHECK(line.str() == R"(unknown_property at /a\u001b[1m\u000a\u202e\"\\)"
                        " (byte 26): the contract does not have the property");
    CHECK(inspection.notices.back().message() ==
          "unknown_action at /Action (byte 37): this version does not know the action");
    CHECK(Notice{byte_order_mark, "", 0}.message() ==
          "byte_order_mark (byte 0): a byte order mark stands before the body");
}
