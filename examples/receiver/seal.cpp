#include "seal.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace receiver {

namespace {

using Key = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_KEYBYTES>;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t overhead = nonce_size + crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: libsodium's bytes
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());  // NOLINT: libsodium's bytes
}

void start_sodium() {
    if (sodium_init() < 0) throw std::runtime_error{"libsodium can't be used here"};
}

}  // namespace

Sealer::Sealer(const std::filesystem::path& key_file) {
    start_sodium();
    std::ifstream file{key_file};
    for (std::string line; std::getline(file, line);) {
        Key key{};
        std::size_t size = 0;
        if (sodium_hex2bin(key.data(), key.size(), line.data(), line.size(), nullptr, &size,
                           nullptr) != 0 ||
            size != key.size()) {
            throw std::runtime_error{"not a key of 64 hexadecimal digits in " + key_file.string()};
        }
        keys_.push_back(key);
    }
    if (keys_.empty()) throw std::runtime_error{"no key in " + key_file.string()};
}

void Sealer::make_key_file(const std::filesystem::path& key_file) {
    start_sodium();
    Key key{};
    crypto_aead_xchacha20poly1305_ietf_keygen(key.data());
    std::string line(2 * key.size() + 1, '\0');
    sodium_bin2hex(line.data(), line.size(), key.data(), key.size());
    line.back() = '\n';
    const int file = ::open(key_file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool written =
        file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!written) throw std::runtime_error{"can't write a new file " + key_file.string()};
}

std::string Sealer::seal(std::string_view text, std::string_view purpose) const {
    std::string sealed(text.size() + overhead, '\0');
    randombytes_buf(sealed.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        bytes_of(sealed) + nonce_size, nullptr, bytes_of(text), text.size(), bytes_of(purpose),
        purpose.size(), nullptr, bytes_of(sealed), keys_.front().data());
    return sealed;
}

std::optional<std::string> Sealer::open(std::string_view sealed, std::string_view purpose) const {
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

}  // namespace receiver
