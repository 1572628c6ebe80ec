/// @file
/// Finding the inputs, and reading bodies from them in bounded memory.

#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <vector>

/// A file, or standard input, whose name is "-".
struct Input {
    std::string name;
    std::string fault{};  ///< Why it can't be read, where that is known before it is opened.
};

/// The inputs that names stand for, in the order of the names. A directory stands for the .json
/// files in it and below it, or with `lines` for its .ndjson and .jsonl files, in alphabetical
/// order. What can't be read there stands among them, with its fault.
std::vector<Input> find_inputs(const std::vector<std::string>& names, bool lines);

/// How many bytes the inputs have; 0 if that is not known.
std::uintmax_t size_of(const std::vector<Input>& inputs);

/// Reads to the end, or a little further than `limit`: the parser refuses that anyway.
std::string read_body(std::istream& in, std::size_t limit);

/// Reads a line without its end; of one that is longer than `limit`, a little more than that.
/// @return how many bytes it has with its end: none where the input is over.
std::size_t read_line(std::istream& in, std::string& line, std::size_t limit);
