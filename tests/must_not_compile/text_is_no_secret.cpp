// A text does not become a secret by accident, nor is it taken for one.
//
// 1: conversion from|no viable conversion
// 2: could not convert|no viable conversion
// 3: no match for|invalid operands
// 4: no match for|invalid operands

#include <string>

#include <mews/webhooks/actions.hpp>
#include <mews/webhooks/secret.hpp>

using mews::webhooks::Secret;

bool is_token(const Secret& secret, const std::string& text) {
#if MUST_NOT_COMPILE == 1
    Secret other = text;
    return secret == other;
#elif MUST_NOT_COMPILE == 2
    const mews::webhooks::IntegrationApiKeyCreated created{{"id", "name"}, text};
    return secret == created.api_key;
#elif MUST_NOT_COMPILE == 3
    return secret == text;
#elif MUST_NOT_COMPILE == 4
    return secret == "token";
#else
    Secret other{text};
    const mews::webhooks::IntegrationApiKeyCreated created{{"id", "name"}, Secret{text}};
    return secret == other && secret == created.api_key && secret == Secret{"token"};
#endif
}
