/// @file
/// What the library says of texts, for a comparison with what the schema says of them.
///
///     print_verdicts bodies        of each body in tests/payloads, under both contracts, as JSON
///     print_verdicts dates         which days exist: a line for each year from 0000 to 9999, in it
///                                  1 or 0 for each day from 00 to 32 of each month from 00 to 13

#include <iostream>
#include <string>
#include <string_view>

#include <mews/webhooks.hpp>

#include "../payloads.hpp"

namespace {

namespace webhooks = mews::webhooks;

void print_bodies() {
    // Folders, files, codes and pointers are plain ASCII without quotes: they need no escapes.
    std::string_view separator = "[\n";
    for (const payloads::Payload& payload : payloads::all()) {
        for (const auto contract : {webhooks::Contract::observed, webhooks::Contract::documented}) {
            webhooks::ParseOptions options;
            options.contract = contract;
            const auto event = webhooks::parse(payload.body, options);
            const bool observed = contract == webhooks::Contract::observed;
            std::cout << separator << R"({"body": ")" << payload.label() << R"(", "contract": ")"
                      << (observed ? "observed" : "documented") << '"';
            if (!event) {
                std::cout << R"(, "code": ")" << to_string(event.error().code)
                          << R"(", "pointer": ")" << event.error().pointer << '"';
            }
            std::cout << '}';
            separator = ",\n";
        }
    }
    std::cout << "\n]\n";
}

void write_digits(char* at, int count, int number) {
    for (; count != 0; number /= 10)
        at[--count] = static_cast<char>('0' + number % 10);
}

void print_dates() {
    for (int year = 0; year <= 9999; ++year) {
        std::string line;
        for (int month = 0; month <= 13; ++month) {
            for (int day = 0; day <= 32; ++day) {
                std::string text = "YYYY-MM-DDT00:00:00Z";
                write_digits(&text[0], 4, year);
                write_digits(&text[5], 2, month);
                write_digits(&text[8], 2, day);
                line += webhooks::timestamp_from_iso8601(text) ? '1' : '0';
            }
        }
        std::cout << line << '\n';
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc == 2 ? argv[1] : "";
    if (what == "bodies") print_bodies();
    if (what == "dates") print_dates();
    return (what == "bodies" || what == "dates") && std::cout.flush() ? 0 : 1;
}
