/// @file
/// simdjson On-Demand without this library.

#include "simdjson_walk.hpp"

#include "subject.hpp"

namespace {

const std::string no_escapes = "names spelled with escapes are not found";

const bool added =
    (bench::add<bench::SimdjsonWalk, std::string_view>(
         {.name = "simdjson walk/borrowed",
          .version = std::to_string(simdjson::SIMDJSON_VERSION_MAJOR) + "." +
                     std::to_string(simdjson::SIMDJSON_VERSION_MINOR) + "." +
                     std::to_string(simdjson::SIMDJSON_VERSION_REVISION),
          .differences = {{"enabled-escaped-names", no_escapes},
                          {"unknown-event-white-space-in-data", no_escapes},
                          {"two-integrations", "a name that stands twice is not noticed"}}}),
     true);

}  // namespace
