#include "terminal.hpp"

#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <system_error>
#include <utility>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

#include <mews/webhooks.hpp>

namespace {

constexpr std::string_view erase_line = "\r\033[K";

}  // namespace

Terminals find_terminals() {
#if __has_include(<unistd.h>)
    constexpr Colours colours{"\033[1m", "\033[1;32m", "\033[1;31m", "\033[1;33m", "\033[0m"};
    const auto variable = [](const char* name) -> std::string_view {
        const char* const value = std::getenv(name);
        return value == nullptr ? "" : value;
    };
    const bool is_dumb = variable("TERM").empty() || variable("TERM") == "dumb";
    const bool has_colours = isatty(STDOUT_FILENO) == 1 && !is_dumb && variable("NO_COLOR").empty();
    return {
        .input = isatty(STDIN_FILENO) == 1,
        .progress = isatty(STDERR_FILENO) == 1 && !is_dumb,
        .colours = has_colours ? colours : Colours{},
    };
#else
    return {};
#endif
}

std::string visible(std::string_view name) {
    const std::string quoted = mews::webhooks::escaped(name);
    return quoted.substr(1, quoted.size() - 2);
}

std::string last_system_error() {
    return errno == 0 ? "unknown error" : std::generic_category().message(errno);
}

void Output::flush() {
    if (buffer_.tellp() <= 0) return;
    clear_progress();
    errno = 0;
    if (std::cout && !(std::cout << buffer_.str() << std::flush)) failure_ = last_system_error();
    buffer_.str({});
}

void Output::complain(std::string_view what) {
    flush();
    clear_progress();
    std::cerr << "inspect: " << what << '\n';
}

void Output::advance(std::uintmax_t bytes) {
    constexpr std::uintmax_t step = 4 << 20;
    bytes_read_ += bytes;
    const bool is_time = bytes_read_ / step != (bytes_read_ - bytes) / step;
    if (!is_time && buffer_.tellp() < (64 << 10)) return;
    flush();
    if (bytes_read_ >= step) show_progress();
}

void Output::finish() {
    flush();
    clear_progress();
}

void Output::show_progress() {
    if (!has_progress_) return;
    std::ostringstream line;
    line << erase_line << "inspect: read " << (bytes_read_ >> 20);
    if (bytes_expected_ != 0) line << " of " << (bytes_expected_ >> 20);
    line << " MiB";
    std::cerr << line.str();
    progress_is_shown_ = true;
}

void Output::clear_progress() {
    if (std::exchange(progress_is_shown_, false)) std::cerr << erase_line;
}
