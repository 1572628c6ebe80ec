/// @file
/// What is printed for a body, and at the end for all of them.

#pragma once

#include <cstddef>
#include <map>
#include <ostream>
#include <string>
#include <string_view>

#include <mews/webhooks.hpp>

#include "arguments.hpp"
#include "terminal.hpp"

/// Where a body stands.
struct Place {
    std::string_view input;
    std::size_t line = 0;  ///< 0 if the body is the whole input.
};

/// Prints what each body tells, or why it was refused; and at the end, how many of which there
/// were.
///
/// What it shows of an event goes through the library's `<<`, which redacts credentials, masks
/// personal data and escapes control characters. Of a refused body it shows no text at all.
class Printer {
  public:
    /// Keeps references to the arguments and the stream.
    Printer(const Arguments& arguments, std::ostream& out, const Colours& colours)
        : arguments_(arguments), out_(out), colours_(colours), parser_(arguments.parsing) {}

    void print(const Place& place, std::string_view body);
    void print_summary(std::size_t inputs_not_readable);

    [[nodiscard]] bool all_accepted() const { return errors_.empty(); }

  private:
    void print(const Place& place, const mews::webhooks::EventView& event);
    void print(const Place& place, std::string_view body, const mews::webhooks::Error& error);
    [[nodiscard]] std::string advice(mews::webhooks::ErrorCode code) const;

    const Arguments& arguments_;
    std::ostream& out_;
    Colours colours_;
    mews::webhooks::Parser parser_;
    std::map<mews::webhooks::Action, std::size_t> events_;
    std::map<mews::webhooks::ErrorCode, std::size_t> errors_;
};
