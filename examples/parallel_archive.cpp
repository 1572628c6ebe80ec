// A whole archive of bodies, one a line, over all cores: each thread has a Parser of its own, and
// takes the next piece of the archive until there is none left.
//
// parallel_archive [FILE]
//
// Without a file, an archive is made up. What its bodies tell goes to standard output; how long it
// took with one thread, and with more, to standard error.

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <mews/webhooks.hpp>

namespace webhooks = mews::webhooks;

namespace {

constexpr std::size_t action_count = static_cast<std::size_t>(webhooks::Action::unknown) + 1;

struct Fault {
    std::size_t line_offset;  // in the archive
    webhooks::Error error;

    bool operator==(const Fault&) const = default;
};

/// What the bodies of an archive, or of a part of it, tell.
struct Findings {
    std::array<std::size_t, action_count> events{};
    std::vector<Fault> faults;

    bool operator==(const Findings&) const = default;

    void add(Findings other) {
        for (std::size_t i = 0; i != action_count; ++i)
            events[i] += other.events[i];
        std::move(other.faults.begin(), other.faults.end(), std::back_inserter(faults));
    }
};

/// Cuts an archive into pieces that end where a line does: each can be parsed by itself.
std::vector<std::string_view> pieces_of(std::string_view archive) {
    // Large, so that it does not matter what it costs to take one. Small, so that all threads have
    // something to do until the end.
    constexpr std::size_t size = 256 << 10;
    std::vector<std::string_view> pieces;
    while (!archive.empty()) {
        const std::size_t line_feed = archive.find('\n', std::min(size, archive.size()) - 1);
        // Without a line feed, npos + 1 is 0: the last piece is all that is left.
        const std::size_t end = line_feed + 1 == 0 ? archive.size() : line_feed + 1;
        pieces.push_back(archive.substr(0, end));
        archive.remove_prefix(end);
    }
    return pieces;
}

Findings read_archive(std::string_view archive, unsigned thread_count) {
    const std::vector<std::string_view> pieces = pieces_of(archive);
    std::atomic<std::size_t> next_piece = 0;

    const auto work = [&](Findings& result) {
        webhooks::Parser parser;
        Findings found;  // of this thread's own: threads that write side by side slow one another
        for (std::size_t i = next_piece++; i < pieces.size(); i = next_piece++) {
            const auto piece_offset = static_cast<std::size_t>(pieces[i].data() - archive.data());
            parse_lines(parser, pieces[i], [&](const webhooks::Line& line) {
                if (line.result) {
                    ++found.events[static_cast<std::size_t>(action_of(*line.result))];
                } else {
                    found.faults.push_back({piece_offset + line.offset, line.result.error()});
                }
            });
        }
        result = std::move(found);
    };

    std::vector<Findings> results(thread_count);
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < results.size(); ++i)
        threads.emplace_back(work, std::ref(results[i]));
    work(results[0]);
    for (std::thread& thread : threads)
        thread.join();

    Findings all;
    for (Findings& result : results)
        all.add(std::move(result));
    // Which thread took which piece is chance.
    std::sort(all.faults.begin(), all.faults.end(), [](const Fault& left, const Fault& right) {
        return left.line_offset < right.line_offset;
    });
    return all;
}

std::string made_up_archive() {
    const webhooks::Integration integration{.id = "e2a94c70-3b1d-4f68-95ce-b1c200e4a903",
                                            .name = "Door Locks"};
    const webhooks::Event events[] = {
        webhooks::IntegrationCreated{
            .enterprise = {.id = "5d0f3c1a-77b2-4e0b-9a41-b1c200e4a901", .name = "Invented Arms"},
            .service = {{.id = "c6b1a8d4-0f5e-4c37-8d2f-b1c200e4a902", .name = "Lodging"}},
            .access_token = webhooks::Secret{"INVENTED-TOKEN-4B1D0E2A94C70F6"},
            .created_utc = std::chrono::sys_days{std::chrono::year{2024} / 2 / 29},
            .is_enabled = true,
            .integration = integration,
        },
        webhooks::IntegrationEnabled{integration},
        webhooks::IntegrationDisabled{integration},
        webhooks::IntegrationDeleted{{}, integration},
        webhooks::IntegrationApiKeyCreated{integration, webhooks::Secret{"INVENTED-KEY"}},
    };
    std::string archive;
    for (int number = 0; number != 6'000; ++number) {
        for (const webhooks::Event& event : events)
            archive += to_json(event) += '\n';
        if (number % 2'000 == 1'000) archive += "{\"Action\":\"Integr\n";
    }
    return archive;
}

/// The shortest of some runs: the others were disturbed.
std::chrono::duration<double> time_to_read(std::string_view archive, unsigned thread_count) {
    auto shortest = std::chrono::duration<double>::max();
    for (int run = 0; run != 3; ++run) {
        const auto start = std::chrono::steady_clock::now();
        read_archive(archive, thread_count);
        const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
        shortest = std::min(shortest, time);
    }
    return shortest;
}

}  // namespace

int main(int count, char** arguments) {
    std::string archive;
    if (count < 2) {
        archive = made_up_archive();
    } else if (std::ifstream file{arguments[1], std::ios::binary}) {
        archive.assign(std::istreambuf_iterator<char>{file}, {});
    } else {
        std::cerr << "cannot read " << arguments[1] << '\n';
        return 2;
    }

    // What is found is the same with any number of threads.
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const Findings found = read_archive(archive, cores);
    if (found != read_archive(archive, 1) || found != read_archive(archive, 3)) {
        std::cerr << "threads make a difference\n";
        return 1;
    }
    for (std::size_t i = 0; i != action_count; ++i) {
        if (found.events[i] != 0) {
            std::cout << static_cast<webhooks::Action>(i) << ": " << found.events[i] << '\n';
        }
    }
    for (const auto& [line_offset, error] : found.faults)
        std::cout << "the line from byte " << line_offset << " on: " << error << '\n';

    std::cerr << std::fixed << std::setprecision(2);
    const auto time_of_one = time_to_read(archive, 1);
    for (unsigned threads = 1; threads <= cores; threads *= 2) {
        const auto time = threads == 1 ? time_of_one : time_to_read(archive, threads);
        std::cerr << threads << (threads == 1 ? " thread: " : " threads: ")
                  << static_cast<double>(archive.size()) / time.count() / 1e6 << " MB/s, "
                  << time_of_one / time << " times as fast as one\n";
    }
}
