// inspect: what do these webhook bodies tell?
//
// For each body, read from files or from standard input, it shows what happened to which
// integration of which enterprise, and when; or why the body was refused, and where.
// `inspect --help` says how to call it.
//
// Whatever it shows of a body goes through the library's `<<`, which redacts credentials, masks
// personal data and escapes control characters. Of a refused body it shows no text at all.

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

#include <mews/webhooks.hpp>

namespace webhooks = mews::webhooks;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view help = R"(Usage: inspect [OPTION]... [FILE | DIRECTORY | -]...

Shows what the bodies of Mews integration webhooks tell, or what is wrong with
them. A file holds one body. A directory stands for the .json files in it and
below it. Without a file, or where it is -, standard input is read.

  --lines        one body a line; blank lines are skipped. A directory then
                 stands for its .ndjson and .jsonl files
  --documented   accept only what is documented, not also what Mews is known
                 to have sent all the same
  --max-bytes=N  refuse bodies of more than N bytes; 1048576 unless given
  --quiet        show errors and the summary, but not the events
  --help         show this
  --version      show the version

Errors have the form FILE:LINE:COLUMN: error: CODE at POINTER (byte N): MEANING.
Lines and columns count from 1, and a column is a byte. N counts from 0, from
the start of the body: with --lines, from the start of its line.

Credentials and personal data are never shown, nor any text of a body that is
refused.

Exit status: 0 if all bodies were accepted, 1 if some were refused, 2 if the
arguments are wrong or something could not be read or written.
)";

static_assert(webhooks::ParseOptions{}.max_body_bytes == 1048576, "the help says so");

enum ExitStatus : int { all_accepted = 0, some_refused = 1, trouble = 2 };

// ── what was asked for ──────────────────────────────────────────────────────────────────────────

struct Request {
    webhooks::ParseOptions parsing;
    bool lines = false;
    bool quiet = false;
    bool help = false;
    bool version = false;
    std::vector<std::string> inputs;
};

/// Reads the command line. Nothing if it is wrong, which has been said then.
std::optional<Request> read_arguments(int count, char** arguments) {
    constexpr std::string_view max_bytes = "--max-bytes=";
    const auto wrong = [](std::string_view what, std::string_view argument) {
        std::cerr << "inspect: " << what << ": " << argument << "\nTry inspect --help.\n";
        return std::nullopt;
    };

    Request request;
    bool options_are_over = false;
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        if (options_are_over || argument == "-" || !argument.starts_with('-')) {
            request.inputs.emplace_back(argument);
        } else if (argument == "--") {
            options_are_over = true;
        } else if (argument == "--lines") {
            request.lines = true;
        } else if (argument == "--documented") {
            request.parsing.contract = webhooks::Contract::documented;
        } else if (argument == "--quiet") {
            request.quiet = true;
        } else if (argument == "--help") {
            request.help = true;
        } else if (argument == "--version") {
            request.version = true;
        } else if (argument.starts_with(max_bytes)) {
            const char* const end = argument.data() + argument.size();
            const auto [stop, failure] = std::from_chars(argument.data() + max_bytes.size(), end,
                                                         request.parsing.max_body_bytes);
            if (failure != std::errc{} || stop != end) {
                return wrong("not a number of bytes", argument);
            }
        } else {
            return wrong("unknown option", argument);
        }
    }
    if (request.inputs.empty()) request.inputs.emplace_back("-");
    return request;
}

std::string last_system_error() {
    return errno == 0 ? "unknown error" : std::generic_category().message(errno);
}

// ── the terminal ────────────────────────────────────────────────────────────────────────────────

/// Where a person looks on or types. If that can't be told, everything stays plain.
struct Terminals {
    bool input = false;
    bool colours = false;
    bool progress = false;
};

Terminals find_terminals() {
#if __has_include(<unistd.h>)
    const auto variable = [](const char* name) -> std::string_view {
        const char* const value = std::getenv(name);
        return value == nullptr ? "" : value;
    };
    const bool is_dumb = variable("TERM").empty() || variable("TERM") == "dumb";
    return {
        .input = isatty(STDIN_FILENO) == 1,
        .colours = isatty(STDOUT_FILENO) == 1 && !is_dumb && variable("NO_COLOR").empty(),
        .progress = isatty(STDERR_FILENO) == 1 && !is_dumb,
    };
#else
    return {};
#endif
}

struct Colours {
    std::string_view place, event, error, off;
};

constexpr Colours no_colours{};
constexpr Colours all_colours{"\033[1m", "\033[1;32m", "\033[1;31m", "\033[0m"};

/// Standard output, and below it, on a terminal and if there is much to read, one line that says
/// how far we are.
class Screen {
  public:
    explicit Screen(bool has_progress) : has_progress_(has_progress) {}

    /// How much there will be to read, where that is known.
    void expect(std::uintmax_t bytes) { bytes_expected_ = bytes; }

    /// What is written here waits until `show`.
    std::ostream& out() { return waiting_; }

    void show() {
        if (waiting_.tellp() <= 0) return;
        clear_progress();
        errno = 0;
        if (std::cout && !(std::cout << waiting_.str() << std::flush)) {
            why_not_writable_ = last_system_error();
        }
        waiting_.str({});
    }

    /// Why standard output takes nothing any more: the disk is full, the reader has gone.
    const std::optional<std::string>& why_not_writable() const { return why_not_writable_; }

    /// Says something that is not about a body.
    void complain(std::string_view what) {
        show();
        clear_progress();
        std::cerr << "inspect: " << what << '\n';
    }

    /// Counts what has been read, and shows what there is to show from time to time.
    void advance(std::uintmax_t bytes) {
        constexpr std::uintmax_t step = 4 << 20;
        bytes_read_ += bytes;
        const bool is_time = bytes_read_ / step != (bytes_read_ - bytes) / step;
        if (!is_time && waiting_.tellp() < (64 << 10)) return;
        show();
        if (bytes_read_ >= step) show_progress();
    }

    void finish() {
        show();
        clear_progress();
    }

  private:
    void show_progress() {
        if (!has_progress_) return;
        std::ostringstream line;
        line << erase << "inspect: read " << (bytes_read_ >> 20);
        if (bytes_expected_ != 0) line << " of " << (bytes_expected_ >> 20);
        line << " MiB";
        std::cerr << line.str();
        progress_is_shown_ = true;
    }

    void clear_progress() {
        if (std::exchange(progress_is_shown_, false)) std::cerr << erase;
    }

    static constexpr std::string_view erase = "\r\033[K";

    bool has_progress_;
    std::uintmax_t bytes_expected_ = 0;  // 0: not known
    std::uintmax_t bytes_read_ = 0;
    std::ostringstream waiting_;
    bool progress_is_shown_ = false;
    std::optional<std::string> why_not_writable_;
};

// ── telling ─────────────────────────────────────────────────────────────────────────────────────

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

/// Tells what happened, when, and to which integration.
void tell(std::ostream& out, const webhooks::EventView& event, const Colours& colours) {
    const auto headline = [&]() -> std::ostream& {
        return out << colours.event << action_of(event) << colours.off;
    };
    std::visit(
        Overloaded{
            [&](const webhooks::IntegrationCreatedView& created) {
                headline() << " at " << webhooks::to_iso8601(created.created_utc)
                           << (created.is_enabled ? ", enabled: " : ", disabled: ")
                           << created.integration << "\n    " << created.enterprise;
                if (created.service) out << "\n    " << *created.service;
                if (created.requestor) out << "\n    " << *created.requestor;
                out << "\n    AccessToken " << created.access_token;
            },
            [&](const webhooks::IntegrationDeletedView& deleted) {
                headline() << " at "
                           << (deleted.deleted_utc ? webhooks::to_iso8601(*deleted.deleted_utc)
                                                   : "an unknown time")
                           << ": " << deleted.integration;
            },
            [&](const webhooks::IntegrationApiKeyCreatedView& renewed) {
                headline() << ": " << renewed.integration << "\n    ApiKey " << renewed.api_key;
            },
            [&](const webhooks::UnknownEventView& unknown) {
                out << colours.event << unknown << colours.off;
            },
            [&](const auto& other) { headline() << ": " << other.integration; },
        },
        event);
    out << '\n';
}

// ── reading ─────────────────────────────────────────────────────────────────────────────────────

/// Reads to the end, or until there is more than `limit` allows: the parser refuses that anyway.
std::string read_body(std::istream& in, std::size_t limit) {
    std::string body;
    char piece[16 << 10];
    while (in && body.size() <= limit) {
        in.read(piece, sizeof piece);
        body.append(piece, static_cast<std::size_t>(in.gcount()));
    }
    return body;
}

/// Reads a line without its end; of one that is longer than `limit`, not much more than that.
/// @return how many bytes it has with its end: none where the input is over.
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

/// How many bytes the files have; 0 if that is not known.
std::uintmax_t size_of(const std::vector<std::string>& files) {
    std::uintmax_t sum = 0;
    for (const std::string& file : files) {
        std::error_code failure;
        const std::uintmax_t size = fs::file_size(file, failure);
        if (failure) return 0;
        sum += size;
    }
    return sum;
}

/// A file's name as it may be shown: it can hold whatever a body can.
std::string visible(std::string name) {
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
    std::replace_if(name.begin(), name.end(), is_control, '?');
    return name;
}

// ── inspecting ──────────────────────────────────────────────────────────────────────────────────

/// A byte of a text as editors count: from 1, and columns in bytes.
struct Position {
    std::size_t line;
    std::size_t column;
};

Position position_of(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto line_feeds = std::count(before.begin(), before.end(), '\n');
    // Without a line feed, npos + 1 is 0: the line starts where the text does.
    const std::size_t line_start = before.rfind('\n') + 1;
    return {static_cast<std::size_t>(line_feeds) + 1, before.size() - line_start + 1};
}

/// Where a body comes from.
struct Source {
    std::string_view name;
    std::size_t line = 0;  // 0 if the body is the whole of it
};

class Inspector {
  public:
    explicit Inspector(const Request& request) : request_(request), parser_(request.parsing) {}

    ExitStatus inspect_all() {
        const std::vector<std::string> files = find_files();
        screen_.expect(size_of(files));
        for (const std::string& file : files) {
            if (!screen_.why_not_writable()) inspect_file(file);
        }
        const ExitStatus status = summarize();
        screen_.finish();
        if (!screen_.why_not_writable()) return status;
        screen_.complain("cannot write: " + *screen_.why_not_writable());
        return trouble;
    }

  private:
    std::vector<std::string> find_files() {
        std::vector<std::string> files;
        for (const std::string& input : request_.inputs) {
            std::error_code failure;
            if (input == "-" || !fs::is_directory(input, failure)) {
                files.push_back(input);
                continue;
            }
            const std::vector<std::string> found = files_below(input, request_.lines, failure);
            files.insert(files.end(), found.begin(), found.end());
            if (failure) {
                not_readable(visible(input), failure.message());
            } else if (found.empty()) {
                not_readable(visible(input), request_.lines
                                                 ? "a directory without .ndjson or .jsonl files"
                                                 : "a directory without .json files");
            }
        }
        return files;
    }

    void inspect_file(const std::string& file) {
        if (file == "-") {
            if (terminals_.input) screen_.complain("reading from the terminal");
            return inspect_stream(std::cin, "<stdin>");
        }
        errno = 0;
        std::ifstream stream(file, std::ios::binary);
        if (!stream) return not_readable(visible(file), last_system_error());
        inspect_stream(stream, visible(file));
    }

    void inspect_stream(std::istream& in, std::string_view name) {
        errno = 0;
        if (request_.lines) {
            inspect_lines(in, name);
        } else {
            const std::string body = read_body(in, request_.parsing.max_body_bytes);
            if (!in.bad()) inspect({name}, body);
            screen_.advance(body.size());
        }
        if (in.bad()) not_readable(name, last_system_error());
    }

    void inspect_lines(std::istream& in, std::string_view name) {
        std::string line;
        for (std::size_t number = 1; !screen_.why_not_writable(); ++number) {
            // Whoever waits for the next line should not wait for what the last one told.
            if (in.rdbuf()->in_avail() <= 0) screen_.show();
            const std::size_t bytes = read_line(in, line, request_.parsing.max_body_bytes);
            if (bytes == 0 || in.bad()) return;
            if (line.find_first_not_of(" \t\r") != std::string::npos) inspect({name, number}, line);
            screen_.advance(bytes);
        }
    }

    void inspect(const Source& source, std::string_view body) {
        if (const auto event = parser_.parse_view(body)) {
            ++events_[action_of(*event)];
            if (!request_.quiet) tell_event(source, *event);
        } else {
            ++errors_[event.error().code];
            tell_error(source, body, event.error());
        }
    }

    void tell_event(const Source& source, const webhooks::EventView& event) {
        std::ostream& out = screen_.out();
        out << colours_.place << source.name;
        if (source.line != 0) out << ':' << source.line;
        out << ": " << colours_.off;
        tell(out, event, colours_);
    }

    void tell_error(const Source& source, std::string_view body, const webhooks::Error& error) {
        Position at = position_of(body, error.offset);
        if (source.line != 0) at.line = source.line;
        screen_.out() << colours_.place << source.name << ':' << at.line << ':' << at.column << ": "
                      << colours_.error << "error: " << colours_.off << error << '\n';
    }

    void not_readable(std::string_view name, const std::string& why) {
        ++not_readable_;
        screen_.complain("cannot read " + std::string{name} + ": " + why);
    }

    ExitStatus summarize() {
        const std::size_t accepted = total(events_);
        const std::size_t refused = total(errors_);
        std::ostream& out = screen_.out();
        if (refused != 0 || (accepted != 0 && !request_.quiet)) out << '\n';
        out << "bodies: " << accepted + refused << "\naccepted: " << accepted << '\n';
        for (const auto& [action, count] : events_)
            out << std::setw(8) << count << "  " << action << '\n';
        out << "refused: " << refused << '\n';
        for (const auto& [code, count] : errors_)
            out << std::setw(8) << count << "  " << code << advice(code) << '\n';
        if (not_readable_ != 0) out << "not readable: " << not_readable_ << '\n';

        if (not_readable_ != 0) return trouble;
        return refused == 0 ? all_accepted : some_refused;
    }

    /// What may help if a body was refused because of how this program was called.
    [[nodiscard]] std::string advice(webhooks::ErrorCode code) const {
        if (code == webhooks::ErrorCode::body_too_large) {
            return " (more than " + std::to_string(request_.parsing.max_body_bytes) +
                   " bytes: see --max-bytes)";
        }
        if (code == webhooks::ErrorCode::trailing_content && !request_.lines) {
            return " (one body a line? see --lines)";
        }
        return {};
    }

    template <class Key>
    static std::size_t total(const std::map<Key, std::size_t>& counts) {
        std::size_t sum = 0;
        for (const auto& [key, count] : counts)
            sum += count;
        return sum;
    }

    const Request& request_;
    webhooks::Parser parser_;
    Terminals terminals_ = find_terminals();
    Screen screen_{terminals_.progress};
    Colours colours_ = terminals_.colours ? all_colours : no_colours;
    std::map<webhooks::Action, std::size_t> events_;
    std::map<webhooks::ErrorCode, std::size_t> errors_;
    std::size_t not_readable_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);

    const std::optional<Request> request = read_arguments(count, arguments);
    if (!request) return trouble;
    if (request->help) {
        std::cout << help;
    } else if (request->version) {
        std::cout << "inspect (mews-webhooks) " << MEWS_WEBHOOKS_VERSION_MAJOR << '.'
                  << MEWS_WEBHOOKS_VERSION_MINOR << '.' << MEWS_WEBHOOKS_VERSION_PATCH << '\n';
    } else {
        return Inspector{*request}.inspect_all();
    }
    return std::cout.flush() ? all_accepted : trouble;
}
