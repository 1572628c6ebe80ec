// A secret becomes a string by reveal() alone, and a string a secret only where that is written.
//
// 1: cannot convert|conversion from|no viable conversion
// 2: conversion from|no viable conversion
// 3: no matching function|no matching constructor
// 4: no match for|invalid operands
// 5: no matching function|no matching member function
// 6: no matching function|no matching constructor
// 7: conversion from|no viable conversion
// 8: could not convert|no viable conversion
// 9: a Secret compares with a Secret: write secret == SecretView.string.
// 10: a Secret compares with a Secret
// 11: a Secret compares with a Secret
// 12: a Secret compares with a Secret

#include <string>
#include <string_view>

#include <mews/webhooks/integration_events.hpp>

using namespace mews::webhooks;

std::size_t length_of(const Secret& secret) {
#if MUST_NOT_COMPILE == 1
    std::string_view text = secret;
#elif MUST_NOT_COMPILE == 2
    std::string text = secret;
#elif MUST_NOT_COMPILE == 3
    std::string text{secret};
#elif MUST_NOT_COMPILE == 4
    std::string text = "token: " + secret;
#elif MUST_NOT_COMPILE == 5
    std::string text;
    text.append(secret);
#elif MUST_NOT_COMPILE == 6
    std::string_view text{SecretView{secret.reveal()}};
#else
    std::string_view text = secret.reveal();
#endif
    return text.size();
}

bool is_token(const Secret& secret, const std::string& text) {
#if MUST_NOT_COMPILE == 7
    const Secret other = text;
#else
    const Secret other{text};
#endif
#if MUST_NOT_COMPILE == 8
    const IntegrationApiKeyCreated created{{"id", "name"}, text};
#else
    const IntegrationApiKeyCreated created{{"id", "name"}, Secret{text}};
#endif
#if MUST_NOT_COMPILE == 9
    return secret == text;
#elif MUST_NOT_COMPILE == 10
    return secret == "token";
#elif MUST_NOT_COMPILE == 11
    return "token" != secret;
#elif MUST_NOT_COMPILE == 12
    return SecretView{text} == std::string_view{"token"};
#endif
    return secret == other && secret == created.api_key && secret == SecretView{text};
}
