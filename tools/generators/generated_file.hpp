/// @file
/// Putting a generated file right, or saying where it is not. For the programs that write such
/// files.

#pragma once

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

namespace generated {

[[noreturn]] inline void give_up(const std::string& why) {
    std::cerr << why << '\n';
    std::exit(EXIT_FAILURE);
}

inline std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) give_up(path + ": cannot be read");
    return text;
}

/// Writes the text into the file; or, if it is only to be checked, says where the file differs.
/// @param tool what writes the file.
/// @return whether the file holds the text now.
inline bool settle(const std::string& path, const std::string& text, bool only_check,
                   std::string_view tool) {
    if (!only_check) {
        std::ofstream out(path, std::ios::binary);
        if (!(out << text << std::flush)) give_up(path + ": cannot be written");
        return true;
    }
    const std::string found = read_file(path);
    if (found == text) return true;
    const auto differs = std::mismatch(found.begin(), found.end(), text.begin(), text.end()).first;
    std::cerr << path << ':' << 1 + std::count(found.begin(), differs, '\n')
              << ": is not what the contract table says. Run " << tool << ".\n";
    return false;
}

}  // namespace generated
