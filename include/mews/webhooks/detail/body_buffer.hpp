/// @file
/// The memory that a Parser keeps for bodies.

#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include <mews/webhooks/detail/json_text.hpp>

namespace mews::webhooks::detail {

/// A copy of a body, or of another text, with the padding behind it that reading it takes, which no
/// caller should have to care for.
class BodyBuffer {
  public:
    /// Has room for texts of up to `capacity` bytes.
    /// @throws std::bad_alloc if there is no memory.
    explicit BodyBuffer(std::size_t capacity)
        : bytes_(std::make_unique<char[]>(2 * (capacity + text_padding))), capacity_(capacity) {}

    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

    /// Makes room for bodies of up to `capacity` bytes, giving up what was held.
    /// @return false if there is no memory.
    [[nodiscard]] bool reset(std::size_t capacity) noexcept {
        capacity_ = 0;
        bytes_.reset();
        bytes_.reset(new (std::nothrow) char[2 * (capacity + text_padding)]());
        if (bytes_ != nullptr) capacity_ = capacity;
        return bytes_ != nullptr;
    }

    /// Copies a body that there is room for. What is returned is followed by padding.
    [[nodiscard]] std::string_view assign(std::string_view body) noexcept {
        // Not memcpy: the body may be a text of an event that was read from this buffer.
        if (!body.empty()) std::memmove(bytes_.get(), body.data(), body.size());
        // All of it: what lies beyond the end must not depend on the bodies before this one.
        std::memset(bytes_.get() + body.size(), 0, text_padding);
        return {bytes_.get(), body.size()};
    }

    /// Room for as many bytes as the body has, and the padding, for texts with escapes.
    [[nodiscard]] char* scratch() const noexcept { return bytes_.get() + capacity_ + text_padding; }

    BodyBuffer() = default;
    BodyBuffer(BodyBuffer&& other) noexcept
        : bytes_(std::move(other.bytes_)), capacity_(std::exchange(other.capacity_, 0)) {}
    BodyBuffer& operator=(BodyBuffer&& other) noexcept {
        bytes_ = std::move(other.bytes_);
        capacity_ = std::exchange(other.capacity_, 0);
        return *this;
    }
    ~BodyBuffer() = default;

  private:
    std::unique_ptr<char[]> bytes_;
    std::size_t capacity_ = 0;
};

}  // namespace mews::webhooks::detail
