/// @file
/// Encryption of what is kept and may hold a credential, with keys from a file.

#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace receiver {

/// @{
/// What a sealed text is for. It is authenticated with the text, so that nothing opens in the place
/// of another.
inline constexpr std::string_view body_purpose = "body";
inline std::string state_purpose(std::string_view integration) {
    return std::string{"state "}.append(integration);
}
/// @}

/// XChaCha20-Poly1305 by libsodium.
class Sealer {
  public:
    /// Reads the keys: 64 hexadecimal digits a line. The first one seals, each opens.
    /// @throws std::runtime_error if the file can't be read, or has another content
    explicit Sealer(const std::filesystem::path& key_file);

    /// Makes a file with a new key that only its owner may read.
    /// @throws std::runtime_error if it can't be written, or is there
    static void make_key_file(const std::filesystem::path& key_file);

    [[nodiscard]] std::string seal(std::string_view text, std::string_view purpose) const;

    /// Nothing if none of the keys is the right one, or the text was changed.
    [[nodiscard]] std::optional<std::string> open(std::string_view sealed,
                                                  std::string_view purpose) const;

  private:
    std::vector<std::array<unsigned char, 32>> keys_;
};

}  // namespace receiver
