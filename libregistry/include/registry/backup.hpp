// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "registry/key_ring.hpp"
#include "registry/paper_key.hpp"
#include "registry/registry.hpp"

namespace registry {

/// A backup is one file with the whole city folder: the store as it was at one moment, its data
/// key, rules and settings. It is sealed to public keys; the machine that writes it cannot read it.
struct BackupRequest {
  std::filesystem::path folder;    ///< of the city, laid out as `StoreFiles::in` says
  std::filesystem::path to;        ///< outside of the folder
  std::vector<PublicKey> readers;  ///< beside the recovery key, which always opens it
  Actor actor;
  Surroundings surroundings;
};

struct RestoreRequest {
  std::filesystem::path from;
  std::filesystem::path folder;  ///< not there yet, or empty
  PaperKey key;                  ///< a backup key, or the recovery key
  Actor actor;
  Surroundings surroundings;
};

struct BackupReport {
  std::size_t files = 0;           ///< beside the store
  std::uintmax_t store_bytes = 0;  ///< of the store
  std::uintmax_t bytes = 0;        ///< of the backup
  std::int64_t audit_entries = 0;  ///< in the store; the last says who made the backup, or restored
  std::vector<std::string> keys;   ///< names of the keys that open it
};

/// Others may write meanwhile. The file appears whole or not at all. Throws `InputError` without
/// any key to seal to, or when `to` lies in the folder.
BackupReport write_backup(const BackupRequest& request);

/// Reads, decrypts and checks everything (pages, tables, audit chain) in a draft beside the folder,
/// then puts it in place with a new machine key; on any error nothing is left. Throws `InputError`
/// for what is no backup, damaged, cut short, sealed to other keys or of a newer program.
BackupReport restore_backup(const RestoreRequest& request);

/// State of a store for the people who run it.
struct StoreCheck {
  std::uintmax_t store_bytes = 0;
  std::uintmax_t free_bytes = 0;  ///< where the store lies
  std::int64_t audit_entries = 0;
  bool recovery_key = false;        ///< one has been made
  std::vector<std::string> faults;  ///< what is wrong and what to do; empty when all is well
};

/// Checks key files and their rights, every page, the tables and indexes, the audit chain and the
/// room on the device. A store that cannot be opened is a fault, not an exception.
[[nodiscard]] StoreCheck check_store(const StoreFiles& files, const Surroundings& surroundings);

}  // namespace registry
