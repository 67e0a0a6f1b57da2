// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <sodium.h>

#include "durable_file.hpp"
#include "sealing.hpp"

namespace registry {

/// Writes a stream only the owners of some paper keys can read (docs/file_formats.md): a stream key
/// sealed to each of them, then chunks encrypted and authenticated in their order, the last marked.
class SealedWriter {
 public:
  SealedWriter(const SealedWriter&) = delete;
  SealedWriter(SealedWriter&&) = delete;
  SealedWriter& operator=(const SealedWriter&) = delete;
  SealedWriter& operator=(SealedWriter&&) = delete;
  SealedWriter(const std::filesystem::path& file, const std::vector<PublicKey>& readers);
  ~SealedWriter();

  void write(std::span<const unsigned char> bytes);
  void write(std::string_view text);
  void write_number(std::uint64_t number);
  /// Ends the stream; only now does the file appear in its place. Its size.
  std::uintmax_t finish();

 private:
  void push(bool last);

  DurableFile out_;
  crypto_secretstream_xchacha20poly1305_state state_{};
  sealing::Bytes chunk_;
  sealing::Key header_hash_{};
  bool first_ = true;
};

/// Reads it. Every fault has its own `InputError`: not a backup, of a newer program, sealed to
/// other keys, damaged (and where), cut short.
class SealedReader {
 public:
  SealedReader(const SealedReader&) = delete;
  SealedReader(SealedReader&&) = delete;
  SealedReader& operator=(const SealedReader&) = delete;
  SealedReader& operator=(SealedReader&&) = delete;
  SealedReader(const std::filesystem::path& file, const PaperKey& key);
  ~SealedReader();

  /// Fills the whole of `bytes`.
  void read(std::span<unsigned char> bytes);
  [[nodiscard]] std::string read_text(std::size_t length);
  [[nodiscard]] std::uint64_t read_number();
  /// The last chunk must have been read to its end, and nothing may follow it.
  void finish();

 private:
  [[nodiscard]] sealing::Bytes raw(std::size_t length);
  void pull();

  std::string name_;
  std::ifstream in_;
  crypto_secretstream_xchacha20poly1305_state state_{};
  sealing::Bytes chunk_;
  std::size_t used_ = 0;
  sealing::Key header_hash_{};
  bool first_ = true;
  bool last_ = false;
};

}  // namespace registry
