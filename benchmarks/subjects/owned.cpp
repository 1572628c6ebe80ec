/// @file
/// This library into values that own their strings: with one Parser for all bodies, by the free
/// functions, and with a Parser for each body.

#include <type_traits>

#include <mews/webhooks.hpp>

#include "subject.hpp"

namespace {

using mews::webhooks::Event;
using mews::webhooks::Parser;

template <class Owning>
auto parse(Parser& parser, std::string_view body) {
    if constexpr (std::is_same_v<Owning, Event>) {
        return parser.parse(body);
    } else {
        return parser.parse_general(body);
    }
}

template <class Owning>
struct OneParser {
    Parser parser;

    auto read(std::string_view body) { return parse<Owning>(parser, body); }
};

template <class Owning>
struct NewParser {
    auto read(std::string_view body) {
        Parser parser;
        return parse<Owning>(parser, body);
    }
};

template <class Owning>
struct FreeFunction {
    auto read(std::string_view body) {
        if constexpr (std::is_same_v<Owning, Event>) {
            return mews::webhooks::parse(body);
        } else {
            return mews::webhooks::parse_general(body);
        }
    }
};

const bool added = [] {
    bench::add<OneParser, std::string>({.name = "mews/owned"});
    bench::add<FreeFunction, std::string>({.name = "mews, free function/owned"});
    bench::add<NewParser, std::string>({.name = "mews, new Parser/owned"});
    return true;
}();

}  // namespace
