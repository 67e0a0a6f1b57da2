// SPDX-License-Identifier: Apache-2.0
#include "sealed_stream.hpp"

#include <algorithm>

#include "registry/error.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "TOMONI BACKUP 1\n";
constexpr std::string_view kAnyVersion = "TOMONI BACKUP ";
constexpr std::size_t kChunk = 65536;
constexpr std::size_t kNameBytes = 8;
constexpr std::size_t kSealedBytes = crypto_box_SEALBYTES + std::tuple_size_v<sealing::Key>;
constexpr std::size_t kMostReaders = 255;

using Number = std::array<unsigned char, 8>;

/// Least significant byte first.
Number to_bytes(std::uint64_t number) {
  Number bytes{};
  for (unsigned char& byte : bytes) {
    byte = static_cast<unsigned char>(number & 0xFFU);
    number >>= 8U;
  }
  return bytes;
}

std::uint64_t from_bytes(std::span<const unsigned char> bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) {
    number = (number << 8U) | bytes[i - 1];
  }
  return number;
}

std::span<const unsigned char> bytes_of(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

void append(sealing::Bytes& to, std::span<const unsigned char> bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

std::span<const unsigned char> first_bytes(const sealing::Key& key) {
  return std::span(key).first<kNameBytes>();
}

/// The key of the stream from the boxes of its readers: (name, sealed key) one after another.
sealing::Key stream_key(const sealing::Bytes& boxes, const PaperKey& key, const std::string& file) {
  std::string names;
  const std::span<const unsigned char> all(boxes);
  for (std::size_t at = 0; at < all.size(); at += kNameBytes + kSealedBytes) {
    if (const auto opened = sealing::unseal(all.subspan(at + kNameBytes, kSealedBytes), key)) {
      return *opened;
    }
    names += (names.empty() ? "" : ", ") + sealing::to_hex(all.subspan(at, kNameBytes));
  }
  throw InputError("この鍵では開けない控えです: " + file + "。開ける鍵は " + names +
                   "、入れた鍵は " + key_name(key.public_key()) + " です。");
}

}  // namespace

SealedWriter::SealedWriter(const fs::path& file, const std::vector<PublicKey>& readers)
    : out_(file) {
  sealing::need_sodium();
  TOMONI_EXPECT(!readers.empty() && readers.size() <= kMostReaders);
  sealing::Key key{};
  crypto_secretstream_xchacha20poly1305_keygen(key.data());
  sealing::Bytes header;
  append(header, bytes_of(kMagic));
  header.push_back(static_cast<unsigned char>(readers.size()));
  for (const PublicKey& reader : readers) {
    append(header, first_bytes(sealing::hash(reader)));
    append(header, sealing::seal(key, reader));
  }
  std::array<unsigned char, crypto_secretstream_xchacha20poly1305_HEADERBYTES> nonce{};
  crypto_secretstream_xchacha20poly1305_init_push(&state_, nonce.data(), key.data());
  sodium_memzero(key.data(), key.size());
  append(header, nonce);
  header_hash_ = sealing::hash(header);
  out_.write(header);
}

SealedWriter::~SealedWriter() {
  sodium_memzero(&state_, sizeof(state_));
}

void SealedWriter::push(bool last) {
  sealing::Bytes box(chunk_.size() + crypto_secretstream_xchacha20poly1305_ABYTES);
  // The first chunk vouches for the header.
  crypto_secretstream_xchacha20poly1305_push(
      &state_, box.data(), nullptr, chunk_.data(), chunk_.size(),
      first_ ? header_hash_.data() : nullptr, first_ ? header_hash_.size() : 0,
      last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
  first_ = false;
  const Number length = to_bytes(box.size());
  out_.write(std::span(length).first<4>());
  out_.write(box);
  chunk_.clear();
}

void SealedWriter::write(std::span<const unsigned char> bytes) {
  while (!bytes.empty()) {
    const std::size_t part = std::min(bytes.size(), kChunk - chunk_.size());
    append(chunk_, bytes.first(part));
    bytes = bytes.subspan(part);
    if (chunk_.size() == kChunk) {
      push(false);
    }
  }
}

void SealedWriter::write(std::string_view text) {
  write(bytes_of(text));
}

void SealedWriter::write_number(std::uint64_t number) {
  write(to_bytes(number));
}

std::uintmax_t SealedWriter::finish() {
  push(true);
  out_.keep();
  return out_.size();
}

SealedReader::SealedReader(const fs::path& file, const PaperKey& key)
    : name_(file.string()), in_(file, std::ios::binary) {
  sealing::need_sodium();
  if (!in_) {
    throw InputError("控えのファイルを読めません: " + name_ + "。場所と権限を確かめてください。");
  }
  std::string magic(kMagic.size(), '\0');
  in_.read(magic.data(), static_cast<std::streamsize>(magic.size()));
  if (!in_ || magic != kMagic) {
    throw InputError(magic.starts_with(kAnyVersion)
                         ? "控えは別の版のプログラムで作られています: " + name_ +
                               "。プログラムを新しくしてください。"
                         : "台帳の控えではありません: " + name_ + "。");
  }
  const sealing::Bytes count = raw(1);
  const sealing::Bytes boxes = raw(count[0] * (kNameBytes + kSealedBytes));
  const sealing::Bytes nonce = raw(crypto_secretstream_xchacha20poly1305_HEADERBYTES);
  sealing::Key opened = stream_key(boxes, key, name_);
  crypto_secretstream_xchacha20poly1305_init_pull(&state_, nonce.data(), opened.data());
  sodium_memzero(opened.data(), opened.size());
  sealing::Bytes header;
  append(header, bytes_of(magic));
  append(header, count);
  append(header, boxes);
  append(header, nonce);
  header_hash_ = sealing::hash(header);
}

SealedReader::~SealedReader() {
  sodium_memzero(&state_, sizeof(state_));
}

sealing::Bytes SealedReader::raw(std::size_t length) {
  sealing::Bytes bytes(length);
  in_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(length));
  if (in_.bad() || static_cast<std::size_t>(in_.gcount()) != length) {
    throw InputError("控えが途中で切れています: " + name_ +
                     "。写し直すか、ほかの控えを使ってください。");
  }
  return bytes;
}

void SealedReader::pull() {
  const auto damaged = [this] {
    throw InputError("控えが壊れています: " + name_ + "。ほかの控えを使ってください。");
  };
  const std::uint64_t length = from_bytes(raw(4));
  if (length < crypto_secretstream_xchacha20poly1305_ABYTES ||
      length > kChunk + crypto_secretstream_xchacha20poly1305_ABYTES) {
    damaged();
  }
  const sealing::Bytes box = raw(length);
  chunk_.resize(length - crypto_secretstream_xchacha20poly1305_ABYTES);
  unsigned char tag = 0;
  const int result = crypto_secretstream_xchacha20poly1305_pull(
      &state_, chunk_.data(), nullptr, &tag, box.data(), box.size(),
      first_ ? header_hash_.data() : nullptr, first_ ? header_hash_.size() : 0);
  if (result != 0) {
    damaged();
  }
  first_ = false;
  used_ = 0;
  last_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
}

void SealedReader::read(std::span<unsigned char> bytes) {
  while (!bytes.empty()) {
    if (used_ == chunk_.size()) {
      if (last_) {
        throw InputError("控えの中身が足りません: " + name_ + "。ほかの控えを使ってください。");
      }
      pull();
      continue;
    }
    const std::size_t part = std::min(bytes.size(), chunk_.size() - used_);
    std::copy_n(chunk_.begin() + static_cast<std::ptrdiff_t>(used_), part, bytes.begin());
    used_ += part;
    bytes = bytes.subspan(part);
  }
}

std::string SealedReader::read_text(std::size_t length) {
  std::string text(length, '\0');
  read(std::span(reinterpret_cast<unsigned char*>(text.data()), text.size()));
  return text;
}

std::uint64_t SealedReader::read_number() {
  Number bytes{};
  read(bytes);
  return from_bytes(bytes);
}

void SealedReader::finish() {
  if (used_ == chunk_.size() && !last_) {
    pull();  // an empty last chunk, where the content ended with a whole one
  }
  if (!last_ || used_ != chunk_.size() || in_.peek() != std::ifstream::traits_type::eof()) {
    throw InputError("控えの終わりに余分なものがあります: " + name_ +
                     "。ほかの控えを使ってください。");
  }
}

}  // namespace registry
