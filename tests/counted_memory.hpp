/// @file
/// Counts what a program takes from the heap, and refuses it when asked to. Replaces the operators
/// new and delete, which simdjson uses as well: to be included by one source file of a program.

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <new>

namespace memory {

inline constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

/// Whether `new` may be refused as well, or `new (std::nothrow)` only.
enum class Refuse { all, nothrow_only };

// Threads that are not measured may use the operators meanwhile.
inline std::atomic<std::size_t> blocks{0};  ///< How many blocks have been asked for so far.
inline std::atomic<std::size_t> bytes{0};   ///< How many bytes are held.
inline std::size_t left = unlimited;        ///< How many more blocks will be given.
inline Refuse kind = Refuse::nothrow_only;
inline bool refused = false;

/// Gives so many blocks during a call, and then no more.
/// @return whether one was refused.
template <class Call>
bool with_blocks(std::size_t count, Refuse what, Call&& call) {
    struct Unlimited {
        ~Unlimited() { left = unlimited; }
    } in_the_end;
    refused = false;
    kind = what;
    left = count;
    call();
    return refused;
}

/// How many blocks a call asks for.
template <class Call>
std::size_t blocks_for(Call&& call) {
    const std::size_t before = blocks;
    call();
    return blocks - before;
}

namespace detail {

// In front of each block stands its size.
inline constexpr std::size_t header = alignof(std::max_align_t);

inline void* take(std::size_t size, bool may_be_refused) noexcept {
    if (may_be_refused && left != unlimited) {
        if (left == 0) {
            refused = true;
            return nullptr;
        }
        --left;
    }
    void* const block = std::malloc(header + size);
    if (block == nullptr) return nullptr;
    ++blocks;
    bytes += size;
    *static_cast<std::size_t*>(block) = size;
    return static_cast<char*>(block) + header;
}

inline void* take_or_throw(std::size_t size) {
    void* const pointer = take(size, kind == Refuse::all);
    if (pointer != nullptr) return pointer;
#if defined(__cpp_exceptions)
    throw std::bad_alloc{};
#else
    std::abort();
#endif
}

inline void give(void* pointer) noexcept {
    if (pointer == nullptr) return;
    void* const block = static_cast<char*>(pointer) - header;
    bytes -= *static_cast<std::size_t*>(block);
    std::free(block);
}

}  // namespace detail
}  // namespace memory

void* operator new(std::size_t size) {
    return memory::detail::take_or_throw(size);
}
void* operator new[](std::size_t size) {
    return memory::detail::take_or_throw(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return memory::detail::take(size, true);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return memory::detail::take(size, true);
}
void operator delete(void* pointer) noexcept {
    memory::detail::give(pointer);
}
void operator delete[](void* pointer) noexcept {
    memory::detail::give(pointer);
}
void operator delete(void* pointer, std::size_t) noexcept {
    memory::detail::give(pointer);
}
void operator delete[](void* pointer, std::size_t) noexcept {
    memory::detail::give(pointer);
}
void operator delete(void* pointer, const std::nothrow_t&) noexcept {
    memory::detail::give(pointer);
}
void operator delete[](void* pointer, const std::nothrow_t&) noexcept {
    memory::detail::give(pointer);
}
