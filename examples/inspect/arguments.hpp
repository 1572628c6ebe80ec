/// @file
/// The command line.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mews/webhooks.hpp>

extern const std::string_view help;

struct Arguments {
    mews::webhooks::ParseOptions parsing;
    bool lines = false;
    bool quiet = false;
    bool report = false;
    bool redact = false;
    bool json = false;
    bool help = false;
    bool version = false;
    std::vector<std::string> inputs;  ///< Files, directories, and "-" for standard input.
};

/// Reads the command line. Nothing if it is wrong, which standard error has been told then.
std::optional<Arguments> read_arguments(int count, char** words);
