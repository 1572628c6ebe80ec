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
/// personal data and escapes control characters. Of a refused body it shows no text, but in a
/// report the names of properties that are not known.
class Printer {
  public:
    /// Keeps references to the arguments and the output.
    Printer(const Arguments& arguments, Output& output, const Colours& colours)
        : arguments_(arguments),
          output_(output),
          out_(output.out()),
          colours_(colours),
          parser_(arguments.parsing) {}

    void print(const Place& place, std::string_view body);

    /// Where the output is for people.
    void print_summary(std::size_t inputs_not_readable);

    [[nodiscard]] bool all_accepted() const { return errors_.empty(); }

  private:
    void print_redacted(const Place& place, std::string_view body);
    void print(const Place& place, const mews::webhooks::WebhookView& webhook);
    void print(const mews::webhooks::EventView& event);
    void print(const mews::webhooks::GeneralWebhookView& webhook);
    void print(const Place& place, std::string_view body,
               const mews::webhooks::Inspection& inspection);
    void print_json(const Place& place, std::string_view body,
                    const mews::webhooks::Inspection& inspection);
    [[nodiscard]] std::string advice(mews::webhooks::ErrorCode code) const;

    const Arguments& arguments_;
    Output& output_;
    std::ostream& out_;
    Colours colours_;
    mews::webhooks::Parser parser_;
    std::map<mews::webhooks::Action, std::size_t> events_;
    std::size_t general_webhooks_ = 0;
    std::map<mews::webhooks::ErrorCode, std::size_t> errors_;
    std::map<mews::webhooks::NoticeCode, std::size_t> notices_;
};
