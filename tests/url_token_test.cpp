// The token in the endpoint's URL: which are accepted, and how one is found in a request target.

#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <mews/webhooks.hpp>

#include "catch2.hpp"

namespace {

using namespace mews::webhooks;
using namespace std::string_view_literals;

UrlTokens tokens(const std::vector<std::string>& texts) {
    std::vector<Secret> accepted;
    for (const std::string& text : texts)
        accepted.emplace_back(text);
    return UrlTokens{accepted};
}

TEST_CASE("a token is accepted if it is one of those that are, byte for byte") {
    const UrlTokens one = tokens({"INVENTED-1"});
    const UrlTokens changing = tokens({"INVENTED-1", "INVENTED-2", "INVENTED-LONGER"});
    struct Row {
        std::string_view candidate;
        bool by_one;
        bool while_changing;
    };
    const Row rows[] = {
        {"INVENTED-1", true, true},        {"INVENTED-2", false, true},
        {"INVENTED-LONGER", false, true},  {"INVENTED-3", false, false},
        {"JNVENTED-1", false, false},      {"invented-1", false, false},
        {"INVENTED-", false, false},       {"INVENTED-11", false, false},
        {" INVENTED-1", false, false},     {"INVENTED-1\0"sv, false, false},
        {"INVENTED-\xB1"sv, false, false}, {"", false, false},
    };
    for (const Row& row : rows) {
        INFO(row.candidate);
        CHECK(one.accepts(row.candidate) == row.by_one);
        CHECK(changing.accepts(row.candidate) == row.while_changing);
    }
    CHECK(tokens({std::string{"a\0b"sv}}).accepts("a\0b"sv));
}

TEST_CASE("an empty token never matches, and no token refuses everything") {
    for (const UrlTokens& none : {tokens({}), tokens({""}), tokens({"", ""})}) {
        CHECK_FALSE(none.accepts(""));
        CHECK_FALSE(none.accepts({}));
        CHECK_FALSE(none.accepts("a"));
        CHECK_FALSE(none.accepts("\0"sv));
    }
    CHECK_FALSE(tokens({"", "a"}).accepts(""));
    CHECK(tokens({"", "a", ""}).accepts("a"));
}

TEST_CASE("the token is what one parameter of the query holds") {
    struct Row {
        std::string_view target;
        std::optional<std::string_view> token;
    };
    const auto nothing = std::nullopt;
    const Row rows[] = {
        {"/hooks?Token=a%2Bb", "a+b"},
        {"/hooks?Token=a+b", "a+b"},
        {"/hooks?Token=a%2bb%7e%7E", "a+b~~"},
        {"?Token=a", "a"},
        {"https://host/hooks?Token=x", "x"},
        {"https://host:8443?Token=x", "x"},
        // Among others.
        {"/hooks?a=b&Token=x&c=d", "x"},
        {"/hooks?&&Token=x&&", "x"},
        {"/hooks?flag&Token=x&=&=y", "x"},
        {"/hooks?bad=%&%=bad&Token=x", "x"},
        {"/hooks?Token2=a&token=b&TOKEN=c&Token=x", "x"},
        {"/hooks?a=Token=y&Token=x", "x"},
        {"/Token=y/hooks?Token=x", "x"},
        // Names are decoded.
        {"/hooks?%54oken=x", "x"},
        {"/hooks?%54%6f%6B%65%6E=x", "x"},
        {"/hooks?Token%00=x", nothing},
        {"/hooks?Token%=x", nothing},
        {"/hooks?Tok+en=x", nothing},
        // What belongs to the value.
        {"/hooks?Token=a=b=", "a=b="},
        {"/hooks?Token=a?b", "a?b"},
        {"/hooks?Token=a;Token=b", "a;Token=b"},
        {"/hooks?Token=a/b", "a/b"},
        {"/hooks?Token=a%26b%23c%3Dd%25e", "a&b#c=d%e"},
        {"/hooks?Token=%2541", "%41"},
        {"/hooks?Token=a%00b", "a\0b"sv},
        {"/hooks?Token=%FF", "\xFF"},
        {"/hooks?Token=x ", "x "},
        // What does not.
        {"/hooks?Token=x#Token=y", "x"},
        {"/hooks?Token=x#", "x"},
        {"/hooks??Token=x", nothing},
        {"/hooks?x?Token=x", nothing},
        // Empty.
        {"/hooks?Token=", ""},
        {"/hooks?Token", ""},
        {"/hooks?Token&a=b", ""},
        // Absent.
        {"", nothing},
        {"*", nothing},
        {"/", nothing},
        {"/hooks", nothing},
        {"/hooks?", nothing},
        {"/hooks?&", nothing},
        {"/hooks?=Token", nothing},
        {"/hooks?token=x", nothing},
        {"/hooks?xToken=x", nothing},
        {"/hooks?a=b;Token=x", nothing},
        {"/hooks#?Token=x", nothing},
        {"/hooks&Token=x", nothing},
        {"/hooks%3FToken=x", nothing},
        // Twice.
        {"/hooks?Token=x&Token=y", nothing},
        {"/hooks?Token=x&Token=x", nothing},
        {"/hooks?Token=x&%54oken=x", nothing},
        {"/hooks?Token=x&Token=", nothing},
        {"/hooks?Token&Token=x", nothing},
        {"/hooks?Token=%&Token=x", nothing},
        {"/hooks?Token=x&Token=x&Token=x", nothing},
        // Badly encoded.
        {"/hooks?Token=%", nothing},
        {"/hooks?Token=%2", nothing},
        {"/hooks?Token=x%2", nothing},
        {"/hooks?Token=%2&a=b", nothing},
        {"/hooks?Token=%2G", nothing},
        {"/hooks?Token=%G2", nothing},
        {"/hooks?Token=%%41", nothing},
        {"/hooks?Token=% 1", nothing},
        {"/hooks?Token=%-1", nothing},
        {"/hooks?Token=%2/", nothing},
        {"/hooks?Token=%2:", nothing},
        {"/hooks?Token=%2@", nothing},
        {"/hooks?Token=%2`", nothing},
        {"/hooks?Token=%2g", nothing},
        {"/hooks?Token=%21"sv.substr(0, 15), nothing},
        {"/hooks?Token=%u0041", nothing},
    };
    for (const Row& row : rows) {
        INFO(row.target);
        const std::optional<Secret> token = token_in(row.target);
        REQUIRE(token.has_value() == row.token.has_value());
        if (token) CHECK(token->reveal() == *row.token);
    }
}

TEST_CASE("the parameter may have any name") {
    CHECK(token_in("/hooks?Token=a&key=b", "key") == Secret{"b"});
    CHECK(token_in("/hooks?a%26b=c", "a&b") == Secret{"c"});
    CHECK(token_in("/hooks?a+b=c", "a+b") == Secret{"c"});
    CHECK(token_in("/hooks?&&=a&&", "") == Secret{"a"});
    CHECK_FALSE(token_in("/hooks?Token=a", "key"));
    CHECK_FALSE(token_in("/hooks?a%2Bb=c", "a%2Bb"));
}

TEST_CASE("a request without the token is refused, whatever else it has") {
    const UrlTokens accepted = tokens({"a+b", ""});
    const auto lets_in = [&](std::string_view target) {
        const std::optional<Secret> token = token_in(target);
        return token && accepted.accepts(token->reveal());
    };
    CHECK(lets_in("/hooks?Token=a%2Bb"));
    CHECK_FALSE(lets_in("/hooks"));
    CHECK_FALSE(lets_in("/hooks?Token="));
    CHECK_FALSE(lets_in("/hooks?Token=a%20b"));
    CHECK_FALSE(lets_in("/hooks?Token=a%2Bb%00"));
    CHECK_FALSE(lets_in("/hooks?Token=a%2Bb&Token=a%2Bb"));
}

/// Encodes what has to be, and of the rest what the dice say.
std::string percent_encoded(std::string_view text, std::mt19937& random) {
    std::string encoded;
    for (const char c : text) {
        if ("%&#"sv.find(c) == std::string_view::npos && random() % 2 == 0) {
            encoded += c;
            continue;
        }
        const std::string_view digits =
            random() % 2 == 0 ? "0123456789abcdef"sv : "0123456789ABCDEF"sv;
        const unsigned byte = static_cast<unsigned char>(c);
        encoded += {'%', digits[byte / 16], digits[byte % 16]};
    }
    return encoded;
}

std::string random_text(std::mt19937& random) {
    std::string text(random() % 12, '\0');
    for (char& c : text)
        c = random() % 2 == 0 ? static_cast<char>(random() % 256) : "%&#=?+;/Token"[random() % 13];
    return text;
}

TEST_CASE("what was encoded is found again, among other parameters and wherever it stands") {
    std::mt19937 random{20191213};
    for (int round = 0; round != 5000; ++round) {
        const std::string token = random_text(random);
        const std::size_t parameters = random() % 4;
        const std::size_t place = random() % (parameters + 1);
        std::string target = "/hooks?";
        for (std::size_t i = 0; i <= parameters; ++i) {
            if (i == place) {
                target += percent_encoded("Token", random) + '=' + percent_encoded(token, random);
            } else {
                target.append("x=").append(percent_encoded(random_text(random), random));
            }
            target += '&';
        }
        INFO(target);
        CHECK(token_in(target) == Secret{token});
        CHECK_FALSE(token_in(target + percent_encoded("Token", random)));
    }
}

}  // namespace
