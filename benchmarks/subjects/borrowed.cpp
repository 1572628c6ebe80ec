/// @file
/// This library into views, with one Parser for all bodies.

#include <type_traits>

#include <mews/webhooks.hpp>

#include "subject.hpp"

namespace {

template <class View>
struct ParseView {
    mews::webhooks::Parser parser;

    auto read(std::string_view body) {
        if constexpr (std::is_same_v<View, mews::webhooks::EventView>) {
            return parser.parse_view(body);
        } else {
            return parser.parse_general_view(body);
        }
    }
};

const bool added = (bench::add<ParseView, std::string_view>({.name = "mews/borrowed"}), true);

}  // namespace
