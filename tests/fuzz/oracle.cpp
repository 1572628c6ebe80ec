// Both parsers are strict in general; where they are not, or are more than strict, it is set right
// here:
//
// - Both take a NUL byte for the end of the text, and refuse numbers that no double can hold.
// - nlohmann/json skips a byte order mark.
// - RapidJSON takes an escaped low surrogate that no high one precedes for a character.
//
// A unit of its own, to be compiled without sanitizers: RapidJSON adds offsets to null pointers.

#include "oracle.hpp"

#include <string>

#include <rapidjson/reader.h>
#include <nlohmann/json.hpp>

namespace fuzz {
namespace {

/// The text with every run of digits outside strings cut to two: as well-formed as before, and no
/// number is beyond any range.
std::string with_short_numbers(std::string_view text) {
    std::string shorter;
    shorter.reserve(text.size());
    bool in_string = false;
    std::size_t digits = 0;
    for (std::size_t i = 0; i != text.size(); ++i) {
        const char c = text[i];
        if (in_string && c == '\\' && i + 1 != text.size()) {
            shorter.append({c, text[++i]});
            continue;
        }
        if (c == '"') in_string = !in_string;
        digits = !in_string && c >= '0' && c <= '9' ? digits + 1 : 0;
        if (digits <= 2) shorter += c;
    }
    return shorter;
}

}  // namespace

bool is_json_by_nlohmann(std::string_view text) {
    if (text.find('\0') != std::string_view::npos || text.starts_with('\xEF')) return false;
    return nlohmann::json::accept(with_short_numbers(text));
}

std::optional<bool> is_json_by_rapidjson(std::string_view text) {
    if (text.find('\0') != std::string_view::npos || text.starts_with('\xEF')) return false;
    const std::string json = with_short_numbers(text);
    rapidjson::StringStream stream{json.c_str()};
    rapidjson::Reader reader;
    rapidjson::BaseReaderHandler<> ignore;
    constexpr unsigned flags =
        rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag;
    if (reader.Parse<flags>(stream, ignore).IsError()) return false;
    // An escape that could name a low surrogate.
    if (text.find("\\ud") != std::string_view::npos || text.find("\\uD") != std::string_view::npos)
        return std::nullopt;
    return true;
}

std::size_t find_too_deep(std::string_view text, std::size_t max_depth) {
    bool in_string = false;
    std::size_t depth = 0;
    for (std::size_t i = 0; i != text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > max_depth) return i;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return text.size();
}

}  // namespace fuzz
