// The library after macros that the headers of other systems and frameworks are known to define.

// What cannot stand them comes first: the standard library and simdjson.
#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <functional>
#include <iosfwd>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <ostream>
#include <ranges>
#include <ratio>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>
#include <version>
#if __has_include(<format>)
#include <format>
#endif

#include <simdjson.h>

// Windows
#define min(left, right) ((left) < (right) ? (left) : (right))
#define max(left, right) ((left) > (right) ? (left) : (right))
#define near
#define far
#define small char
#define interface struct
#define IN
#define OUT
#define OPTIONAL
#define CALLBACK
#define CONST const
#define VOID void
#define TRUE 1
#define FALSE 0
#define ERROR 0
#define DELETE 0x00010000L
#define NO_ERROR 0L
#define STRICT 1
#define GetObject GetObjectW
#define GetMessage GetMessageW
#define GetCurrentTime() 0
#define ReportEvent ReportEventW
#define CreateEvent CreateEventW
#define SendMessage SendMessageW
#define Yield()
#define STATUS int
#define BOOL int
#define BYTE unsigned char
#define TEXT(text) L##text
#define ABSOLUTE 1
#define RELATIVE 2
#define TRANSPARENT 1
// X11
#define Bool int
#define None 0L
#define Status int
#define Success 0
#define Always 2
#define Unsorted 0
#define True 1
#define False 0
// Qt
#define signals public
#define slots
#define emit
#define foreach(variable, container) for (variable : container)
#define forever for (;;)
// macOS and POSIX
#define check(assertion)
#define verify(assertion)
#define require(assertion, label)
#define nil 0
#undef major
#define major(device) 0
#undef minor
#define minor(device) 0
#undef linux
#define linux 1
#undef unix
#define unix 1
// Test and logging frameworks
#define CHECK(condition)
#define REQUIRE(condition)
#define FAIL() 0
#define SECTION(name)
#define ASSERT(condition)
#define DEBUG 1
#define LOG(severity)
#define VERSION "0"

#include "exercise.hpp"

UnitReport report_of_hostile_unit() {
    return exercise();
}
