// How libFuzzer changes inputs that are bodies: most of the time as JSON, sometimes as bytes.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "json_mutator.hpp"

namespace {

std::string_view input_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// The changed body, followed by the choices of the input it was made from.
std::string with_choices(std::string body, std::string_view input) {
    return body.append(input.substr(fuzz::body_of(input).size()));
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed) {
    fuzz::JsonMutator mutator{seed};
    if (mutator.one_in(5)) return LLVMFuzzerMutate(data, size, max_size);
    const std::string_view input = input_of(data, size);
    const std::optional<std::string> body = mutator.change(fuzz::body_of(input));
    if (!body) return LLVMFuzzerMutate(data, size, max_size);
    std::string changed = with_choices(*body, input);
    if (mutator.one_in(4)) mutator.change_choices(changed);
    return fuzz::hand_over(changed, data, max_size);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data, std::size_t size,
                                                 const std::uint8_t* other, std::size_t other_size,
                                                 std::uint8_t* out, std::size_t max_size,
                                                 unsigned int seed) {
    fuzz::JsonMutator mutator{seed};
    const std::string_view input = input_of(data, size);
    const std::string_view donor = fuzz::body_of(input_of(other, other_size));
    const std::optional<std::string> body = mutator.change(fuzz::body_of(input), donor);
    return fuzz::hand_over(body ? with_choices(*body, input) : std::string{input}, out, max_size);
}
