// SPDX-License-Identifier: Apache-2.0
#include "sealing.hpp"

#include <sodium.h>

#include <algorithm>

#include "registry/error.hpp"

namespace registry::sealing {

void need_sodium() {
  if (sodium_init() < 0) {
    throw Error("暗号ライブラリー libsodium を使えません。入れ直してください。");
  }
}

Key hash(std::span<const unsigned char> bytes) {
  Key result{};
  crypto_generichash(result.data(), result.size(), bytes.data(), bytes.size(), nullptr, 0);
  return result;
}

Key keyed_hash(const Key& key, std::string_view text) {
  Key result{};
  crypto_generichash(result.data(), result.size(),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.data(),
                     key.size());
  return result;
}

Bytes wrap(const Key& inner, const Key& outer) {
  constexpr std::size_t kNonce = crypto_secretbox_NONCEBYTES;
  Bytes box(kNonce + crypto_secretbox_MACBYTES + inner.size());
  randombytes_buf(box.data(), kNonce);
  crypto_secretbox_easy(box.data() + kNonce, inner.data(), inner.size(), box.data(), outer.data());
  return box;
}

std::optional<Key> unwrap(std::span<const unsigned char> box, const Key& outer) {
  constexpr std::size_t kNonce = crypto_secretbox_NONCEBYTES;
  Key inner{};
  if (box.size() != kNonce + crypto_secretbox_MACBYTES + inner.size() ||
      crypto_secretbox_open_easy(inner.data(), box.data() + kNonce, box.size() - kNonce, box.data(),
                                 outer.data()) != 0) {
    return std::nullopt;
  }
  return inner;
}

Bytes seal(const Key& inner, const PublicKey& to) {
  Bytes box(crypto_box_SEALBYTES + inner.size());
  if (crypto_box_seal(box.data(), inner.data(), inner.size(), to.data()) != 0) {
    throw Error("公開鍵が壊れています。鍵を作り直してください。");
  }
  return box;
}

std::optional<Key> unseal(std::span<const unsigned char> box, const PaperKey& key) {
  Key inner{};
  if (box.size() != crypto_box_SEALBYTES + inner.size()) {
    return std::nullopt;
  }
  PublicKey open_key{};
  std::array<unsigned char, crypto_box_SECRETKEYBYTES> secret{};
  crypto_box_seed_keypair(open_key.data(), secret.data(), key.secret.data());
  const int result =
      crypto_box_seal_open(inner.data(), box.data(), box.size(), open_key.data(), secret.data());
  sodium_memzero(secret.data(), secret.size());
  return result == 0 ? std::optional(inner) : std::nullopt;
}

std::string to_hex(std::span<const unsigned char> bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
  Bytes bytes(text.size() / 2);
  if (bytes.empty()) {  // libsodium must not be given a null pointer
    return text.empty() ? std::optional(bytes) : std::nullopt;
  }
  std::size_t length = 0;
  const int result = sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr,
                                    &length, nullptr);
  if (result != 0 || 2 * length != text.size()) {
    return std::nullopt;
  }
  return bytes;
}

std::optional<Key> key_from_hex(std::string_view text) {
  const auto bytes = from_hex(text);
  Key key{};
  if (!bytes || bytes->size() != key.size()) {
    return std::nullopt;
  }
  std::ranges::copy(*bytes, key.begin());
  return key;
}

}  // namespace registry::sealing
