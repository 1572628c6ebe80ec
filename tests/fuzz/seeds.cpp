// Writes what fuzzing starts from into a directory: a complete body for each tag of the
// contract, all of them in one file, one a line; and into a file, what bodies are made of.

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>

#include "vocabulary.hpp"

namespace {

void write_bodies(const std::string& directory) {
    std::ofstream lines{directory + "/all.ndjson", std::ios::binary};
    for (std::size_t i = 0; i != fuzz::vocabulary().bodies.size(); ++i) {
        const std::string& body = fuzz::vocabulary().bodies[i];
        std::ofstream file{directory + '/' + fuzz::vocabulary().tags[i] + ".json",
                           std::ios::binary};
        file << body;
        lines << body << '\n';
    }
}

/// An entry of a dictionary, in libFuzzer's spelling.
std::string entry(std::string_view word) {
    std::string line = "\"";
    for (const char c : word) {
        if (c == '"' || c == '\\') line += '\\';
        line += c;
    }
    return line + "\"\n";
}

bool write_dictionary(const std::string& path) {
    std::ofstream file{path, std::ios::binary};
    for (const std::string& name : fuzz::vocabulary().names)
        file << entry('"' + name + "\":");
    for (const std::string& tag : fuzz::vocabulary().tags)
        file << entry('"' + tag + '"');
    for (const std::string_view word : {"null", "true", "false", "{", "}", "[", "]", ":", ",",
                                        "\"\"", "\\u0041", "\\ud83d\\ude00", "\\ud800", "1e999",
                                        "-0.1", "Z\"", "+00:00", "\"2021-03-04T05:06:07Z\""})
        file << entry(word);
    return static_cast<bool>(file.flush());
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fputs("usage: seeds DIRECTORY DICTIONARY\n", stderr);
        return 2;
    }
    write_bodies(arguments[1]);
    return write_dictionary(arguments[2]) ? 0 : 1;
}
