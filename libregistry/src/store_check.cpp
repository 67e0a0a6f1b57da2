// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "audit_check.hpp"
#include "database.hpp"
#include "registry/backup.hpp"
#include "registry/error.hpp"
#include "store_copy.hpp"
#include "temporary_copy.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;

/// Runs one check; what it throws becomes a fault. Whether it passed.
template <class Work>
bool checked(StoreCheck& result, Work work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    result.faults.emplace_back(error.what());
    return false;
  }
}

void check_audit(StoreCheck& result, Database& store) {
  const AuditVerification found = store.read([&] { return check_audit_log(store.sql(), {}); });
  result.audit_entries = found.rows;
  if (found.fault != AuditFault::None) {
    result.faults.push_back("監査記録が " + std::to_string(found.first_bad.value_or(0)) +
                            " 行目で書き換えられています。控えと見比べてください。");
  }
}

void check_room(StoreCheck& result, const StoreFiles& files) {
  if (files.location().postgres() != nullptr) {
    return;  // its administrator looks after the room
  }
  std::error_code failure;
  result.store_bytes = fs::file_size(files.store, failure);
  const fs::space_info space = fs::space(files.store, failure);
  if (failure) {
    result.faults.push_back("台帳が見つかりません: " + files.store.string() + "。");
    return;
  }
  result.free_bytes = space.available;
  // A backup and a change of the data key need a whole copy for a while.
  if (result.free_bytes < 2 * result.store_bytes) {
    result.faults.push_back("記憶装置の空きが足りません（" +
                            std::to_string(result.free_bytes >> 20U) +
                            " MiB）。台帳の 2 倍の空きを作ってください。");
  }
}

/// What a backup that was killed has left: as large as the store, and encrypted like it.
void check_copies(StoreCheck& result, const StoreFiles& files) {
  for (const fs::path& copy : abandoned_copies(files.store)) {
    result.faults.push_back("途中で止まった控えの写しが残っています: " + copy.string() +
                            "。次の tomoni backup が消します。");
  }
}

}  // namespace

StoreCheck check_store(const StoreFiles& files, const Surroundings& surroundings) {
  StoreCheck result;
  StoreKey key{};
  const bool keys = checked(result, [&] {
    const KeyRing ring = KeyRing::open(files);
    key = ring.data_key();
    result.recovery_key = ring.recovery_public().has_value();
  });
  check_room(result, files);
  const bool is_file = files.location().postgres() == nullptr;
  if (is_file) {
    check_copies(result, files);
  }
  if (keys && (!is_file || result.store_bytes > 0)) {
    const bool opened = checked(result, [&] {
      Database store(files.location(), key, surroundings, Database::Mode::Open);
      check_audit(result, store);
    });
    if (opened && is_file) {
      checked(result, [&] { check_pages({files.store, key}); });
    }
  }
  return result;
}

}  // namespace registry
