// The version has one home, version.hpp, and says the same wherever else it stands.

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include <mews/webhooks.hpp>

#include "catch2.hpp"

namespace {

const std::string version = std::to_string(MEWS_WEBHOOKS_VERSION_MAJOR) + '.' +
                            std::to_string(MEWS_WEBHOOKS_VERSION_MINOR) + '.' +
                            std::to_string(MEWS_WEBHOOKS_VERSION_PATCH);

/// Whatever the group of a pattern matches in a file of the project.
std::set<std::string> stated(const std::string& path, const char* pattern) {
    std::ifstream file{path};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const std::regex expression{pattern};
    std::set<std::string> found;
    for (std::sregex_iterator match{text.begin(), text.end(), expression}, end; match != end;
         ++match) {
        found.insert(match->str(1));
    }
    return found;
}

const std::string checkout = MEWS_WEBHOOKS_CHECKOUT;
const std::set<std::string> this_one{version};

}  // namespace

TEST_CASE("CMake says the version of the headers") {
    CHECK(MEWS_WEBHOOKS_CMAKE_VERSION == version);
}

TEST_CASE("the single header says the version of the headers") {
    const char* const pattern = "^// mews-webhooks (\\S+):";
    CHECK(stated(checkout + "/single_include/mews/webhooks.hpp", pattern) == this_one);
    CHECK(stated(checkout + "/single_include/mews/webhooks/std_error_code.hpp", pattern) ==
          this_one);
}

TEST_CASE("the changelog's newest entry is this version") {
    std::ifstream changelog{checkout + "/CHANGELOG.md"};
    if (!changelog) return;
    std::string newest;
    for (std::string line; newest.empty() && std::getline(changelog, line);) {
        std::smatch match;
        if (std::regex_search(line, match, std::regex{"^## \\[(\\d\\S*)\\]"})) newest = match[1];
    }
    CHECK(newest == version);
}

TEST_CASE("the README shows how to get this version") {
    CHECK(stated(checkout + "/README.md", "GIT_TAG v(\\d[^\\s)]*)") == this_one);
    const std::set<std::string> major{std::to_string(MEWS_WEBHOOKS_VERSION_MAJOR)};
    CHECK(stated(checkout + "/README.md", "find_package\\(mews-webhooks (\\d+)\\)") == major);
}
