/// @file
/// What the library says of texts, for a comparison with what the schemas say of them.
///
///     print_verdicts bodies        of each body in tests/payloads, read as either family and as
///     one
///                                  of any, under both contracts, as JSON
///     print_verdicts dates         which days exist: a line for each year from 0000 to 9999, in it
///                                  1 or 0 for each day from 00 to 32 of each month from 00 to 13

#include <iostream>
#include <string>
#include <string_view>
#include <utility>

#include <mews/webhooks.hpp>

#include "../payloads.hpp"

namespace {

namespace webhooks = mews::webhooks;

void print_bodies() {
    std::string_view separator = "[\n";
    for (const payloads::Payload& payload : payloads::all()) {
        for (const auto contract : {webhooks::Contract::observed, webhooks::Contract::documented}) {
            webhooks::Parser parser{{.contract = contract}};
            const auto print = [&](std::string_view schema, const auto& result) {
                // Folders, files, codes and pointers are plain ASCII without quotes: they need no
                // escapes.
                std::cout << std::exchange(separator, ",\n") << R"({"body": ")" << payload.label()
                          << R"(", "schema": ")" << schema << R"(", "contract": ")"
                          << to_string(contract) << '"';
                if (!result) {
                    std::cout << R"(, "code": ")" << to_string(result.error().code)
                              << R"(", "pointer": ")" << result.error().pointer << '"';
                }
                std::cout << '}';
            };
            print("integration-webhook", parser.parse(payload.body));
            print("general-webhook", parser.parse_general(payload.body));
            print("webhook", parser.parse_webhook(payload.body));
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
