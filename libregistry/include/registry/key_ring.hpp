// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/paper_key.hpp"
#include "registry/registry.hpp"

namespace registry {

/// Where a store and its keys lie. The store is encrypted under a data key; the ring holds that
/// key wrapped by the machine key (the key file, its owner's only) and sealed to the recovery key
/// (on paper). The ring alone opens nothing.
struct StoreFiles {
  std::filesystem::path store;
  std::filesystem::path key;
  std::filesystem::path ring;
  std::filesystem::path connection;  ///< to a store in PostgreSQL; not there when it is a file

  /// registry.db, registry.key, registry.ring and registry.postgres of a folder.
  static StoreFiles in(const std::filesystem::path& folder);
  /// The database when there is a connection file, else the file.
  [[nodiscard]] StoreLocation location() const;
  /// Throws `Error` for a store in PostgreSQL: its administrator does that there.
  void require_file(std::string_view what) const;
};

/// The keys of one store. Every change is crash-safe: after a kill or power cut at any moment the
/// machine key that is in the key file opens the store. Files of the first version, with the data
/// key itself in the key file and no ring, open too and become a ring with the first change.
class KeyRing {
 public:
  /// Told before each step of a change, e.g. to show progress.
  using Steps = std::function<void(std::string_view step)>;

  /// Makes key file and ring for a new data key; the store is not touched. Throws `Error` when a
  /// key file is already there.
  static KeyRing create(const StoreFiles& files);
  /// The same for a given data key (a restored store), sealed to a recovery key where there is one.
  static KeyRing create(const StoreFiles& files, const StoreKey& data,
                        const std::optional<PublicKey>& recovery);
  /// Reads them. Throws `Error` for a missing, damaged or foreign file, and for a key file others
  /// may read.
  static KeyRing open(const StoreFiles& files);
  /// When the key file is lost: a new one from the recovery key. Throws `InputError` when the ring
  /// belongs to another recovery key.
  static KeyRing recover(const StoreFiles& files, const PaperKey& recovery,
                         const Steps& steps = {});

  /// The key the store is encrypted under. Tries the file when a change was cut short.
  [[nodiscard]] StoreKey data_key() const;
  /// What backups are also sealed to, when a recovery key has been made.
  [[nodiscard]] const std::optional<PublicKey>& recovery_public() const { return recovery_; }
  /// Whether the data key itself stands in the key file, as the first version kept it.
  [[nodiscard]] bool plain() const { return plain_; }

  /// A new machine key; the old key file opens nothing any more.
  void rotate_machine_key(const Steps& steps = {});
  /// A new recovery key, to be printed once; an older one opens nothing any more.
  [[nodiscard]] PaperKey rotate_recovery_key(const Steps& steps = {});
  /// A new data key: the store is written anew under it. Nobody else may have it open.
  void rotate_data_key(const Steps& steps = {});
  /// Writes the store anew under the same key, e.g. after the device failed to write. Nobody else
  /// may have it open.
  void renew_store();

 private:
  explicit KeyRing(StoreFiles files) : files_(std::move(files)) {}
  void upgrade(const Steps& steps);
  void change_machine_key(const Steps& steps);
  void write_ring(const std::vector<StoreKey>& machines) const;

  StoreFiles files_;
  bool plain_ = false;
  StoreKey machine_{};
  std::vector<StoreKey> data_;  ///< one; two while a rotation is under way, the older first
  std::optional<PublicKey> recovery_;
};

/// Says in the audit log that keys are changed; to be called before. Throws `AccessRefused` for
/// whoever may not.
void record_key_change(Session& session, std::string_view what);
/// The same after a recovery: who holds the paper needs no account.
void record_recovery(const StoreFiles& files, const Actor& actor, Surroundings surroundings);

/// Opens the store with the keys that lie beside it.
[[nodiscard]] Registry open_with_keys(const StoreFiles& files, Surroundings surroundings);

/// Makes a store and its keys in an existing folder.
Registry create_with_keys(const StoreFiles& files, Surroundings surroundings);

}  // namespace registry
