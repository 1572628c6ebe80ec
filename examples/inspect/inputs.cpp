#include "inputs.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

namespace fs = std::filesystem;

namespace {

/// The files in a directory and below it, and the directories that can't be read there, by name.
/// Links to directories are not followed.
std::vector<Input> find_below(const std::string& top, bool lines) {
    std::vector<Input> found;
    std::vector<fs::path> directories{top};
    while (!directories.empty()) {
        const fs::path directory = std::move(directories.back());
        directories.pop_back();
        std::error_code failure;
        for (fs::directory_iterator at(directory, failure), end; !failure && at != end;
             at.increment(failure)) {
            std::error_code ignored;  // reading it will tell why
            const fs::path extension = at->path().extension();
            const bool fits =
                lines ? extension == ".ndjson" || extension == ".jsonl" : extension == ".json";
            if (at->is_directory(ignored)) {
                if (!at->is_symlink(ignored)) directories.push_back(at->path());
            } else if (fits) {
                // Opening a FIFO waits for its other end, which nobody has asked for here.
                found.push_back({at->path().generic_string(),
                                 at->is_other(ignored) ? "not a regular file" : ""});
            }
        }
        if (failure) found.push_back({directory.generic_string(), failure.message()});
    }
    std::sort(found.begin(), found.end(),
              [](const Input& a, const Input& b) { return a.name < b.name; });
    return found;
}

}  // namespace

std::vector<Input> find_inputs(const std::vector<std::string>& names, bool lines) {
    std::vector<Input> inputs;
    for (const std::string& name : names) {
        std::error_code failure;
        if (name == "-" || !fs::is_directory(name, failure)) {
            inputs.push_back({name});
            continue;
        }
        std::vector<Input> found = find_below(name, lines);
        if (found.empty()) {
            found.push_back({name, lines ? "a directory without .ndjson or .jsonl files"
                                         : "a directory without .json files"});
        }
        std::move(found.begin(), found.end(), std::back_inserter(inputs));
    }
    return inputs;
}

std::uintmax_t size_of(const std::vector<Input>& inputs) {
    std::uintmax_t sum = 0;
    for (const Input& input : inputs) {
        if (!input.fault.empty()) continue;
        std::error_code failure;
        const std::uintmax_t size = fs::file_size(input.name, failure);
        if (failure) return 0;
        sum += size;
    }
    return sum;
}

std::string read_body(std::istream& in, std::size_t limit) {
    std::string body;
    char piece[16 << 10];
    while (in && body.size() <= limit) {
        in.read(piece, sizeof piece);
        body.append(piece, static_cast<std::size_t>(in.gcount()));
    }
    return body;
}

std::size_t read_line(std::istream& in, std::string& line, std::size_t limit) {
    char piece[4 << 10];
    std::size_t bytes = 0;
    line.clear();
    do {
        // A line that does not fit into the piece is a failure to getline; it can be read on.
        in.clear(in.rdstate() & ~std::ios::failbit);
        in.getline(piece, sizeof piece);
        const auto count = static_cast<std::size_t>(in.gcount());
        bytes += count;
        if (line.size() <= limit) line.append(piece, in.good() ? count - 1 : count);
    } while (in.rdstate() == std::ios::failbit);
    return bytes;
}
