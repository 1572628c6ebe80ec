#include "inputs.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace fs = std::filesystem;

namespace {

/// The files that a directory stands for, by name. If some can't be found, `failure` says why.
std::vector<std::string> files_below(const std::string& directory, bool lines,
                                     std::error_code& failure) {
    std::vector<std::string> files;
    for (fs::recursive_directory_iterator at(directory, failure), end; !failure && at != end;
         at.increment(failure)) {
        const fs::path extension = at->path().extension();
        const bool fits =
            lines ? extension == ".ndjson" || extension == ".jsonl" : extension == ".json";
        std::error_code ignored;
        if (fits && !at->is_directory(ignored)) files.push_back(at->path().generic_string());
    }
    std::sort(files.begin(), files.end());
    return files;
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
        const std::vector<std::string> found = files_below(name, lines, failure);
        for (const std::string& file : found)
            inputs.push_back({file});
        if (failure) {
            inputs.push_back({name, failure.message()});
        } else if (found.empty()) {
            inputs.push_back({name, lines ? "a directory without .ndjson or .jsonl files"
                                          : "a directory without .json files"});
        }
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
