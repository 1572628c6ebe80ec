// What the same adds that checks nothing.
#include "simdjson_walk.hpp"

bool parse_one(bench::SimdjsonWalk& walk, std::string_view body, mews::webhooks::EventView& event) {
    return walk.read(body, event);
}
