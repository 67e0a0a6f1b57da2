// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace cli {

/// The whole file. Throws `registry::InputError` when it is not there or cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// Writes the whole file or leaves what was there: a temporary file beside it, synced, then
/// renamed. Readable by the owner only. Throws `registry::Error`, e.g. for a full disk.
void write_file(const std::filesystem::path& file, std::string_view bytes);
void write_file(const std::filesystem::path& file, std::span<const std::byte> bytes);

}  // namespace cli
