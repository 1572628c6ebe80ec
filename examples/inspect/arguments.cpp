#include "arguments.hpp"

#include <charconv>
#include <iostream>
#include <system_error>

#include "terminal.hpp"

namespace webhooks = mews::webhooks;

const std::string_view help = R"(Usage: inspect [OPTION]... [FILE | DIRECTORY | -]...

Shows what the bodies of Mews webhooks tell, or what is wrong with them. A file
holds one body, of an Integration Webhook or of a General one. A directory
stands for the .json files in it and below it. Without a file, or where it is
-, standard input is read.

  --lines        one body a line; blank lines are skipped. A directory then
                 stands for its .ndjson and .jsonl files
  --documented   accept only what is documented, not also what Mews is known
                 to have sent all the same
  --max-bytes=N  refuse bodies of more than N bytes; 1048576 unless given
  --quiet        show errors, notices and the summary, but not the events
  --report       show all errors of a body, not only the first, and notices:
                 what is worth knowing, but no error
  --format=json  instead of text, a JSON object for each body
  --redact       write the bodies themselves, fit to be shown to others: all
                 strings and numbers masked that are not known to be harmless
  --help         show this
  --version      show the version

Errors have the form FILE:LINE:COLUMN: error: CODE at POINTER (byte N): MEANING.
Lines and columns count from 1, and a column is a byte. N counts from 0, from
the start of the body: with --lines, from the start of its line. Notices have
the same form, with "notice" in the place of "error". A notice of a property
that is not known tells its name.

With --format=json there is no summary. Each object stands on a line of its own
and has this form; later versions may add properties, but keep these:

  {"file": "FILE", "line": LINE, "verdict": "accepted" or "refused",
   "violations": [{"code": "CODE", "pointer": "POINTER", "offset": N,
                   "line": LINE, "column": COLUMN}, ...],
   "notices": [the same, ...]}

"line" of the body is where it begins. Without --report there is one violation
at most, and no notice. With --quiet, objects without either are left out.

With --redact nothing but bodies is written to standard output; a line feed is
added to one that does not end with it. Bodies that are not well-formed JSON
are left out: standard error tells why. Names of properties stay as they are.

Credentials and personal data are never shown, nor any text of a body that is
refused, but for what --report and --redact say of names.

Exit status: 0 if all bodies were accepted, 1 if some were refused (with
--redact: left out), 2 if the arguments are wrong or something could not be
read or written.
)";

static_assert(webhooks::ParseOptions{}.max_body_bytes == 1048576, "the help says so");

std::optional<Arguments> read_arguments(int count, char** words) {
    constexpr std::string_view max_bytes = "--max-bytes=";
    const auto wrong = [](std::string_view what, std::string_view word) {
        std::cerr << "inspect: " << what << ": " << visible(word) << "\nTry inspect --help.\n";
        return std::nullopt;
    };

    Arguments arguments;
    bool options_are_over = false;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (options_are_over || word == "-" || !word.starts_with('-')) {
            arguments.inputs.emplace_back(word);
        } else if (word == "--") {
            options_are_over = true;
        } else if (word == "--lines") {
            arguments.lines = true;
        } else if (word == "--documented") {
            arguments.parsing.contract = webhooks::Contract::documented;
        } else if (word == "--quiet") {
            arguments.quiet = true;
        } else if (word == "--report") {
            arguments.report = true;
        } else if (word == "--redact") {
            arguments.redact = true;
        } else if (word == "--format=json") {
            arguments.json = true;
        } else if (word == "--help") {
            arguments.help = true;
        } else if (word == "--version") {
            arguments.version = true;
        } else if (word.starts_with(max_bytes)) {
            const char* const end = word.data() + word.size();
            const auto [stop, failure] = std::from_chars(word.data() + max_bytes.size(), end,
                                                         arguments.parsing.max_body_bytes);
            if (failure != std::errc{} || stop != end) return wrong("not a number of bytes", word);
        } else {
            return wrong("unknown option", word);
        }
    }
    if (arguments.redact && (arguments.report || arguments.json)) {
        return wrong("not together with --redact", arguments.report ? "--report" : "--format=json");
    }
    if (arguments.inputs.empty()) arguments.inputs.emplace_back("-");
    return arguments;
}
