/// @file
/// Encryption of what is kept and may hold a credential, with keys from a file.

#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

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
    explicit Sealer(const std::filesystem::path& key_file) {
        start_sodium();
        std::ifstream file{key_file};
        for (std::string line; std::getline(file, line);) {
            std::size_t size = 0;
            Key& key = keys_.emplace_back();
            sodium_hex2bin(key.data(), key.size(), line.data(), line.size(), nullptr, &size,
                           nullptr);
            if (size != key.size() || line.size() != 2 * key.size())
                throw std::runtime_error{"not a key in each line of " + key_file.string()};
        }
        if (keys_.empty()) throw std::runtime_error{"no key in " + key_file.string()};
    }

    /// Makes a file with a new key that only its owner may read.
    /// @throws std::runtime_error if it can't be written, or is there
    static void make_key_file(const std::filesystem::path& key_file) {
        start_sodium();
        Key key{};
        crypto_aead_xchacha20poly1305_ietf_keygen(key.data());
        std::string line(2 * key.size() + 1, '\n');
        sodium_bin2hex(line.data(), line.size(), key.data(), key.size());
        line.back() = '\n';
        const int file = ::open(key_file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        const auto size = static_cast<ssize_t>(line.size());
        const bool is_written =
            file >= 0 && ::write(file, line.data(), line.size()) == size && ::fsync(file) == 0;
        if (file >= 0) ::close(file);
        if (!is_written) throw std::runtime_error{"can't write a new file " + key_file.string()};
    }

    [[nodiscard]] std::string seal(std::string_view text, std::string_view purpose) const {
        std::string sealed(text.size() + overhead, '\0');
        randombytes_buf(sealed.data(), nonce_size);
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            bytes_of(sealed) + nonce_size, nullptr, bytes_of(text), text.size(), bytes_of(purpose),
            purpose.size(), nullptr, bytes_of(sealed), keys_.front().data());
        return sealed;
    }

    /// Nothing if none of the keys is the right one, or the text was changed.
    [[nodiscard]] std::optional<std::string> open(std::string_view sealed,
                                                  std::string_view purpose) const {
        if (sealed.size() < overhead) return std::nullopt;
        std::string text(sealed.size() - overhead, '\0');
        for (const Key& key : keys_) {
            if (crypto_aead_xchacha20poly1305_ietf_decrypt(
                    bytes_of(text), nullptr, nullptr, bytes_of(sealed) + nonce_size,
                    sealed.size() - nonce_size, bytes_of(purpose), purpose.size(), bytes_of(sealed),
                    key.data()) == 0) {
                return text;
            }
        }
        return std::nullopt;
    }

  private:
    using Key = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_KEYBYTES>;
    static constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    static constexpr std::size_t overhead = nonce_size + crypto_aead_xchacha20poly1305_ietf_ABYTES;

    static void start_sodium() {
        if (sodium_init() < 0) throw std::runtime_error{"libsodium can't be used here"};
    }

    static const unsigned char* bytes_of(std::string_view text) {
        return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: libsodium's bytes
    }
    static unsigned char* bytes_of(std::string& text) {
        return reinterpret_cast<unsigned char*>(text.data());  // NOLINT: libsodium's bytes
    }

    std::vector<Key> keys_;
};

}  // namespace receiver
