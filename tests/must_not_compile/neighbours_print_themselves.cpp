// Printing is for our types. Those of others keep what they have, and get
// nothing from us: not even where all of our names are in scope.
//
// 1: no match for|invalid operands
// 2: no match for|invalid operands

#include <ostream>
#include <string>

#include <mews/webhooks/print.hpp>

namespace hotel {

struct Room {
    int number;
};
std::string describe(const Room& room) {
    return std::to_string(room.number);
}

struct Decision {
    operator mews::webhooks::Action() const { return mews::webhooks::Action::unknown; }
};

struct Guest {
    virtual ~Guest() = default;
    virtual void arrive() = 0;
};

template <class T>
struct Handle {
    T* target = nullptr;
};

template <class T>
std::ostream& operator<<(std::ostream& out, const Handle<T>& handle) {
    return out << (handle.target != nullptr);
}

}  // namespace hotel

using namespace mews::webhooks;

void print(std::ostream& out) {
#if MUST_NOT_COMPILE == 1
    out << hotel::Room{101};
#elif MUST_NOT_COMPILE == 2
    out << hotel::Decision{};
#endif
    out << Action{} << Integration{} << hotel::Handle<void>{} << hotel::Handle<hotel::Guest>{};
}

#if defined(__cpp_lib_format)
template <class T>
struct std::formatter<hotel::Handle<T>> : std::formatter<bool> {
    auto format(const hotel::Handle<T>& handle, std::format_context& context) const {
        return std::formatter<bool>::format(handle.target != nullptr, context);
    }
};

std::string formatted() {
    return std::format("{} {} {}", Action{}, hotel::Handle<void>{}, hotel::Handle<hotel::Guest>{});
}
#endif
