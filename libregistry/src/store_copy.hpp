// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "registry/registry.hpp"

namespace registry {

/// A store file and the key that opens it.
struct KeyedFile {
  std::filesystem::path file;
  StoreKey key;
};

/// Copies the store as it is at one moment, page by page, into a new file under another (or the
/// same) key; others may go on writing. The copy is on the device when this returns; on any error
/// nothing of it is left.
void copy_store(const KeyedFile& from, const KeyedFile& to);

/// Removes a store file with the logs beside it, where they are. Asks for no memory: that may be
/// what has run out.
void remove_with_logs(const std::filesystem::path& file) noexcept;

/// Puts a verified copy of the store, under `new_key`, in the place of the store. Nobody else may
/// have it open (throws `Error` when somebody has). A crash at any moment leaves the old or the new
/// file in its place, each complete.
void replace_by_copy(const KeyedFile& store, const StoreKey& new_key);

/// Whether the key opens the file. Throws `Error` when it cannot be read at all.
[[nodiscard]] bool key_fits(const KeyedFile& store);

/// Throws `Error` unless every page of the file is authentic and the tables and indexes agree.
void check_pages(const KeyedFile& store);

}  // namespace registry
