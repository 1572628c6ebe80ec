// inspect: what do these webhook bodies tell?
//
// For each body, read from files or from standard input, it shows what happened to which
// integration of which enterprise, and when; or why the body was refused, and where.
// `inspect --help` says how to call it.

#include <cerrno>
#include <cstddef>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mews/webhooks.hpp>

#include "arguments.hpp"
#include "inputs.hpp"
#include "printer.hpp"
#include "terminal.hpp"

namespace {

enum ExitStatus : int { all_accepted = 0, some_refused = 1, trouble = 2 };

class Inspector {
  public:
    explicit Inspector(const Arguments& arguments) : arguments_(arguments) {}

    ExitStatus run() {
        const std::vector<Input> inputs = find_inputs(arguments_.inputs, arguments_.lines);
        output_.expect(size_of(inputs));
        for (const Input& input : inputs) {
            if (!output_.failure()) inspect(input);
        }
        printer_.print_summary(not_readable_);
        output_.finish();
        if (output_.failure()) {
            output_.complain("cannot write: " + *output_.failure());
            return trouble;
        }
        if (not_readable_ != 0) return trouble;
        return printer_.all_accepted() ? all_accepted : some_refused;
    }

  private:
    void inspect(const Input& input) {
        if (!input.fault.empty()) return not_readable(input.name, input.fault);
        if (input.name == "-") {
            if (terminals_.input) output_.complain("reading from the terminal");
            return inspect_stream(std::cin, "<stdin>");
        }
        errno = 0;
        std::ifstream stream(input.name, std::ios::binary);
        if (!stream) return not_readable(input.name, last_system_error());
        inspect_stream(stream, input.name);
    }

    void inspect_stream(std::istream& in, std::string_view name) {
        errno = 0;
        if (arguments_.lines) {
            inspect_lines(in, name);
        } else {
            const std::string body = read_body(in, arguments_.parsing.max_body_bytes);
            if (!in.bad()) printer_.print({name}, body);
            output_.advance(body.size());
        }
        if (in.bad()) not_readable(name, last_system_error());
    }

    void inspect_lines(std::istream& in, std::string_view name) {
        std::string line;
        for (std::size_t number = 1; !output_.failure(); ++number) {
            // Whoever waits for the next line should not wait for what the last one told.
            if (in.rdbuf()->in_avail() <= 0) output_.flush();
            const std::size_t bytes = read_line(in, line, arguments_.parsing.max_body_bytes);
            if (bytes == 0 || in.bad()) return;
            const bool is_blank = line.find_first_not_of(" \t\r") == std::string::npos;
            if (!is_blank) printer_.print({name, number}, line);
            output_.advance(bytes);
        }
    }

    void not_readable(std::string_view name, std::string_view why) {
        ++not_readable_;
        output_.complain(
            std::string{"cannot read "}.append(visible(name)).append(": ").append(why));
    }

    const Arguments& arguments_;
    Terminals terminals_ = find_terminals();
    Output output_{terminals_.progress};
    Printer printer_{arguments_, output_, terminals_.colours};
    std::size_t not_readable_ = 0;
};

}  // namespace

int main(int count, char** words) {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);

    const std::optional<Arguments> arguments = read_arguments(count, words);
    if (!arguments) return trouble;
    if (arguments->help) {
        std::cout << help;
    } else if (arguments->version) {
        std::cout << "inspect (mews-webhooks) " << MEWS_WEBHOOKS_VERSION_MAJOR << '.'
                  << MEWS_WEBHOOKS_VERSION_MINOR << '.' << MEWS_WEBHOOKS_VERSION_PATCH << '\n';
    } else {
        return Inspector{*arguments}.run();
    }
    return std::cout.flush() ? all_accepted : trouble;
}
