// A line of the contract table that cannot be right is refused where it stands.
//
// 1: a property that may be absent or null needs a std::optional member
// 2: a property that may be absent or null needs a std::optional member
// 3: a property that may be absent or null needs a std::optional member
// 4: a name stands in JSON texts and JSON Pointers as it is
// 5: a name stands in JSON texts and JSON Pointers as it is
// 6: a name stands in JSON texts and JSON Pointers as it is

#include <optional>
#include <string>

#include <mews/webhooks/contract.hpp>

using namespace mews::webhooks;
using enum wire::Presence;

struct Room {
    std::string number;
    std::optional<std::string> floor;
};

#if MUST_NOT_COMPILE == 1
using Line = wire::Property<"Number", &Room::number, nullable>;
#elif MUST_NOT_COMPILE == 2
using Line = wire::Property<"Number", &Room::number, optional>;
#elif MUST_NOT_COMPILE == 3
using Line = wire::Property<"Number", &Room::number, required, nullable>;
#elif MUST_NOT_COMPILE == 4
using Line = wire::Property<"Room/Floor", &Room::floor, nullable>;
#elif MUST_NOT_COMPILE == 5
using Line = wire::Property<"Room~Floor", &Room::floor, nullable>;
#elif MUST_NOT_COMPILE == 6
using Line = wire::Property<"\"Floor\"", &Room::floor, nullable>;
#else
using Line = wire::Property<"Floor", &Room::floor, required, nullable>;
#endif

wire::Presence presence() {
    return Line::presence(Contract::observed);
}
