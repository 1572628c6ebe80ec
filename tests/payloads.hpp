/// @file
/// The bodies of tests/payloads, by folder and name.

#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace payloads {

/// One file of tests/payloads.
struct Payload {
    std::string folder;  ///< Such as `documented`.
    std::string name;    ///< The file's name without `.json`.
    std::string body;    ///< Its bytes.

    /// What a failing test should show: never the body, which may hold what must not be shown.
    [[nodiscard]] std::string label() const { return folder + "/" + name; }
};

namespace detail {

/// Without bodies no test means anything, so that a suite which finds none must not go on.
[[noreturn]] inline void give_up(const std::string& what) {
    std::fprintf(stderr, "tests/payloads: %s\n", what.c_str());
    std::exit(EXIT_FAILURE);
}

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) give_up("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::vector<Payload> read_folder(const std::string& folder) {
    namespace fs = std::filesystem;
    std::vector<Payload> found;
    std::error_code failure;
    const fs::path path = fs::path(MEWS_WEBHOOKS_PAYLOADS) / folder;
    for (fs::directory_iterator at(path, failure), end; !failure && at != end;
         at.increment(failure)) {
        const fs::path& file = at->path();
        if (file.extension() != ".json") continue;
        found.push_back({folder, file.stem().string(), read_file(file)});
    }
    if (failure) give_up("cannot list " + path.string());
    if (found.empty()) give_up("no bodies in " + path.string());
    std::sort(found.begin(), found.end(),
              [](const Payload& left, const Payload& right) { return left.name < right.name; });
    return found;
}

}  // namespace detail

/// Integration Webhooks that both contracts accept, sorted by name.
inline const std::vector<Payload>& documented() {
    static const std::vector<Payload> bodies = detail::read_folder("documented");
    return bodies;
}

/// Integration Webhooks that only Contract::observed accepts, sorted by name.
inline const std::vector<Payload>& observed() {
    static const std::vector<Payload> bodies = detail::read_folder("observed");
    return bodies;
}

/// Integration Webhooks that both contracts refuse, sorted by name.
inline const std::vector<Payload>& broken() {
    static const std::vector<Payload> bodies = detail::read_folder("broken");
    return bodies;
}

/// General Webhooks that both contracts accept, sorted by name.
inline const std::vector<Payload>& general() {
    static const std::vector<Payload> bodies = detail::read_folder("general");
    return bodies;
}

/// General Webhooks that both contracts refuse, sorted by name.
inline const std::vector<Payload>& general_broken() {
    static const std::vector<Payload> bodies = detail::read_folder("general_broken");
    return bodies;
}

/// All bodies of some folders.
inline std::vector<Payload> together(std::initializer_list<const std::vector<Payload>*> folders) {
    std::vector<Payload> bodies;
    for (const std::vector<Payload>* folder : folders)
        bodies.insert(bodies.end(), folder->begin(), folder->end());
    return bodies;
}

/// The golden Integration Webhooks: those that are accepted by default.
inline const std::vector<Payload>& golden() {
    static const std::vector<Payload> bodies = together({&documented(), &observed()});
    return bodies;
}

/// All bodies of both families.
inline const std::vector<Payload>& all() {
    static const std::vector<Payload> bodies =
        together({&golden(), &broken(), &general(), &general_broken()});
    return bodies;
}

/// One of them by its label: `payload("documented/integration-deleted")`.
inline const Payload& payload(std::string_view label) {
    for (const Payload& candidate : all()) {
        if (candidate.label() == label) return candidate;
    }
    detail::give_up("there is no " + std::string(label));
}

/// The body of one by its label.
inline const std::string& body(std::string_view label) {
    return payload(label).body;
}

}  // namespace payloads
