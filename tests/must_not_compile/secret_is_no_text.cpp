// A secret's text can only be had by asking for it.
//
// 1: cannot convert|conversion from|no viable conversion
// 2: conversion from|no viable conversion
// 3: no matching function|no matching constructor
// 4: no match for|invalid operands
// 5: no matching function|no matching member function
// 6: no matching function|no matching constructor

#include <string>
#include <string_view>

#include <mews/webhooks/secret.hpp>

std::size_t length_of(const mews::webhooks::Secret& secret) {
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
    std::string_view text{mews::webhooks::SecretView{secret.reveal()}};
#else
    std::string_view text = secret.reveal();
#endif
    return text.size();
}
