// Runs a fuzz target without libFuzzer: on the files that are named, or lie in the directories that
// are named, and on some hundred changes of each. With any compiler, and always the same.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "json_mutator.hpp"
#include "target.hpp"

namespace {

namespace fs = std::filesystem;

constexpr unsigned changes_of_each = 100;

void run(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string changed(const std::string& input, unsigned seed) {
    fuzz::JsonMutator mutator{seed};
    std::string other{fuzz::body_of(input)};
    if (std::optional<std::string> body = mutator.change(other); body && !mutator.one_in(4)) {
        other = std::move(*body);
    } else if (!other.empty()) {
        other[mutator.at_random(other.size())] = static_cast<char>(mutator.at_random(256));
    }
    if (mutator.one_in(4)) mutator.change_choices(other);
    return other;
}

std::vector<fs::path> files_of(int count, char** names) {
    std::vector<fs::path> files;
    for (int i = 1; i < count; ++i) {
        if (fs::is_directory(names[i])) {
            for (const fs::directory_entry& entry : fs::recursive_directory_iterator{names[i]}) {
                if (entry.is_regular_file()) files.push_back(entry.path());
            }
        } else {
            files.emplace_back(names[i]);
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

int main(int count, char** names) {
    const std::vector<fs::path> files = files_of(count, names);
    std::size_t runs = 0;
    for (const fs::path& path : files) {
        std::ifstream file{path, std::ios::binary};
        const std::string input{std::istreambuf_iterator<char>{file}, {}};
        if (!file) {
            std::fprintf(stderr, "cannot read %s\n", path.string().c_str());
            return 1;
        }
        run(input);
        ++runs;
        for (unsigned seed = 1; seed <= changes_of_each; ++seed) {
            run(changed(input, seed));
            ++runs;
        }
    }
    std::printf("%zu files, %zu inputs\n", files.size(), runs);
    return files.empty() ? 1 : 0;
}
