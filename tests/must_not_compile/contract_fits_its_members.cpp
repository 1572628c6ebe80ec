// An entry of the contract table that cannot be right does not compile.
//
// 1: a property that may be absent or null needs a std::optional member
// 2: a property that may be absent or null needs a std::optional member
// 3: a property that may be absent or null needs a std::optional member
// 4: a name stands in JSON texts and JSON Pointers as it is
// 5: a name stands in JSON texts and JSON Pointers as it is
// 6: a name stands in JSON texts and JSON Pointers as it is
// 7: the type of this member has no wire::Type
// 8: the table lists properties in the order of the struct's members
// 9: the table lists properties in the order of the struct's members

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include <mews/webhooks/events.hpp>

using namespace mews::webhooks;

template <class Text>
struct BasicRoom {
    Text number{};
    Text building{};
    std::optional<Text> floor{};
    long beds{};
};

template <class Text>
struct wire::Description<BasicRoom<Text>> {
    using Room = BasicRoom<Text>;
    static constexpr std::string_view name = "Room";
    static constexpr auto properties = std::tuple{
#if MUST_NOT_COMPILE == 1
        property("Number", &Room::number, nullable),
#elif MUST_NOT_COMPILE == 2
        property("Number", &Room::number, wire::optional),
#elif MUST_NOT_COMPILE == 3
        property("Number", &Room::number, {.documented = required, .observed = nullable}),
#elif MUST_NOT_COMPILE == 4
        property("Room/Number", &Room::number, required),
#elif MUST_NOT_COMPILE == 5
        property("Room~Number", &Room::number, required),
#elif MUST_NOT_COMPILE == 6
        property("\"Number\"", &Room::number, required),
#elif MUST_NOT_COMPILE == 7
        property("Beds", &Room::beds, required),
#elif MUST_NOT_COMPILE == 8
        property("Building", &Room::building, required),
        property("Number", &Room::number, required),
        property("Floor", &Room::floor, nullable),
#elif MUST_NOT_COMPILE == 9
        property("Floor", &Room::floor, nullable),
        property("Number", &Room::number, required),
        property("Building", &Room::building, required),
#else
        property("Number", &Room::number, required),
        property("Building", &Room::building, required),
        property("Floor", &Room::floor, {.documented = required, .observed = nullable}),
#endif
    };
};

BasicRoom<std::string> owned(const BasicRoom<std::string_view>& room) {
    return to_owned(room);
}
