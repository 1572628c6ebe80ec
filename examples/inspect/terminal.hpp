/// @file
/// Standard output and standard error, and what differs where one of them is a terminal.

#pragma once

#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

/// Escape sequences that start a colour, or end it.
struct Colours {
    std::string_view place, event, error, notice, off;
};

/// What depends on standard streams being terminals: nothing, where that can't be told.
struct Terminals {
    bool input = false;     ///< Standard input is one.
    bool progress = false;  ///< Standard error is one that can erase a line.
    Colours colours{};      ///< For standard output; empty if it is none, or they are not wanted.
};

Terminals find_terminals();

/// A file's name, or an argument, as it may be shown: it can hold whatever a body can, and is
/// escaped in the same way. One without control characters, quotes and backslashes stays as it is.
std::string visible(std::string_view name);

/// What `errno` says.
std::string last_system_error();

/// Buffered standard output. Below it, on a terminal and if there is much to read, one line shows
/// the progress.
class Output {
  public:
    explicit Output(bool has_progress) : has_progress_(has_progress) {}

    /// How many bytes there will be to read; 0 if that is not known.
    void expect(std::uintmax_t bytes) { bytes_expected_ = bytes; }

    /// What is written here is kept until `flush`.
    std::ostream& out() { return buffer_; }

    void flush();

    /// Why standard output takes nothing any more: the disk is full, the reader has gone.
    [[nodiscard]] const std::optional<std::string>& failure() const { return failure_; }

    /// Writes a line to standard error.
    void complain(std::string_view what);

    /// Counts what has been read; flushes and shows the progress from time to time.
    void advance(std::uintmax_t bytes);

    /// Flushes, and removes the progress.
    void finish();

  private:
    void show_progress();
    void clear_progress();

    bool has_progress_;
    std::uintmax_t bytes_expected_ = 0;
    std::uintmax_t bytes_read_ = 0;
    std::ostringstream buffer_;
    bool progress_is_shown_ = false;
    std::optional<std::string> failure_;
};
