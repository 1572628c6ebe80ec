// What the same adds that checks nothing.
#include "subjects/simdjson_walk.hpp"

bool parse_one(bench::SimdjsonWalk<mews::webhooks::EventView>& walk, std::string_view body) {
    return walk.read(body) != nullptr;
}
