// SPDX-License-Identifier: Apache-2.0
#include "registry/key_ring.hpp"

#include <sodium.h>

#include <utility>

#include "database.hpp"
#include "durable_file.hpp"
#include "registry/error.hpp"
#include "ring_file.hpp"
#include "store_copy.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;

StoreKey random_key() {
  sealing::need_sodium();
  StoreKey key{};
  randombytes_buf(key.data(), key.size());
  return key;
}

void tell(const KeyRing::Steps& steps, std::string_view step) {
  if (steps) {
    steps(step);
  }
}

void write_key_file(const fs::path& file, const StoreKey& machine) {
  std::string text = to_text(KeyFile{.plain = false, .key = machine});
  write_durably(file, text);
  sodium_memzero(text.data(), text.size());
}

/// The data keys of a ring, each opened by `open`; nothing when one of them does not open.
template <class Open>
std::optional<std::vector<StoreKey>> open_slots(const RingFile& ring, Open open) {
  std::vector<StoreKey> keys;
  for (const RingSlot& slot : ring.slots) {
    const std::optional<StoreKey> key = open(slot);
    if (!key) {
      return std::nullopt;
    }
    keys.push_back(*key);
  }
  return keys;
}

void check_seal(const RingFile& ring, const StoreKey& data, const fs::path& file) {
  if (ring.seal != ring.expected_seal(data)) {
    throw Error("鍵束のファイルが書き換えられています: " + file.string() +
                "。保管してある控えから戻してください。");
  }
}

std::optional<StoreKey> opened_by_machine(const RingSlot& slot, const StoreKey& machine) {
  for (const sealing::Bytes& box : slot.machines) {
    if (const auto key = sealing::unwrap(box, machine)) {
      return key;
    }
  }
  return std::nullopt;
}

}  // namespace

StoreFiles StoreFiles::in(const fs::path& folder) {
  return {folder / "registry.db", folder / "registry.key", folder / "registry.ring",
          folder / "registry.postgres"};
}

StoreLocation StoreFiles::location() const {
  if (!connection.empty() && fs::exists(connection)) {
    return PostgresLocation(connection);
  }
  return store;
}

void StoreFiles::require_file(std::string_view what) const {
  if (location().postgres() != nullptr) {
    throw Error("PostgreSQL の台帳では、" + std::string(what) +
                "はできません。サーバーの管理者が行ってください（控えは pg_dump、暗号化は"
                "サーバーの記憶領域）。");
  }
}

KeyRing KeyRing::create(const StoreFiles& files) {
  return create(files, random_key(), std::nullopt);
}

KeyRing KeyRing::create(const StoreFiles& files, const StoreKey& data,
                        const std::optional<PublicKey>& recovery) {
  if (fs::exists(files.key) || fs::exists(files.ring)) {
    throw Error("鍵は既にあります: " + files.key.string() + "。上書きしません。");
  }
  KeyRing ring(files);
  ring.machine_ = random_key();
  ring.data_ = {data};
  ring.recovery_ = recovery;
  ring.write_ring({ring.machine_});
  write_key_file(files.key, ring.machine_);
  return ring;
}

KeyRing KeyRing::open(const StoreFiles& files) {
  sealing::need_sodium();
  const KeyFile key = read_key_file(files.key);
  KeyRing ring(files);
  ring.plain_ = key.plain;
  if (key.plain) {
    ring.data_ = {key.key};
    return ring;
  }
  const RingFile file = read_ring_file(files.ring);
  auto data =
      open_slots(file, [&](const RingSlot& slot) { return opened_by_machine(slot, key.key); });
  if (!data) {
    throw Error("鍵ファイルと鍵束の組合せが違います: " + files.key.string() +
                "。同じ市の、同じ時の控えから両方を戻すか、紙の復旧用の鍵で tomoni key recover を"
                "実行してください。");
  }
  check_seal(file, data->front(), files.ring);
  ring.machine_ = key.key;
  ring.data_ = std::move(*data);
  ring.recovery_ = file.recovery;
  return ring;
}

KeyRing KeyRing::recover(const StoreFiles& files, const PaperKey& recovery, const Steps& steps) {
  sealing::need_sodium();
  const RingFile file = read_ring_file(files.ring);
  auto data = open_slots(
      file, [&](const RingSlot& slot) { return sealing::unseal(slot.recovery, recovery); });
  if (!data) {
    throw InputError(file.recovery
                         ? "この復旧用の鍵では開けません。鍵束は別の復旧用の鍵 " +
                               key_name(*file.recovery) + " のものです（入れた鍵は " +
                               key_name(recovery.public_key()) + "）。新しい紙を探してください。"
                         : "この台帳には復旧用の鍵が作られていません。控えから戻してください。");
  }
  check_seal(file, data->front(), files.ring);
  KeyRing ring(files);
  ring.data_ = std::move(*data);
  ring.recovery_ = file.recovery;
  ring.machine_ = random_key();
  RingFile both = file;
  for (std::size_t i = 0; i < both.slots.size(); ++i) {
    both.slots[i].machines.push_back(sealing::wrap(ring.data_[i], ring.machine_));
  }
  both.seal = both.expected_seal(ring.data_.front());
  tell(steps, "ring for both");
  write_durably(files.ring, to_text(both));
  tell(steps, "key");
  write_key_file(files.key, ring.machine_);
  tell(steps, "ring for the new");
  ring.write_ring({ring.machine_});
  tell(steps, "done");
  return ring;
}

StoreKey KeyRing::data_key() const {
  // A rotation that was cut short leaves two keys; the file says which of them is its own.
  if (data_.size() > 1 && fs::exists(files_.store) && !key_fits({files_.store, data_.front()})) {
    return data_.back();
  }
  return data_.front();
}

void KeyRing::write_ring(const std::vector<StoreKey>& machines) const {
  RingFile file;
  file.recovery = recovery_;
  for (const StoreKey& data : data_) {
    RingSlot slot;
    for (const StoreKey& machine : machines) {
      slot.machines.push_back(sealing::wrap(data, machine));
    }
    if (recovery_) {
      slot.recovery = sealing::seal(data, *recovery_);
    }
    file.slots.push_back(std::move(slot));
  }
  file.seal = file.expected_seal(data_.front());
  write_durably(files_.ring, to_text(file));
}

/// The order of the files: first a ring that both machine keys open, then the key file, then a ring
/// for the new one alone. A plain key file opens the store without any ring.
void KeyRing::change_machine_key(const Steps& steps) {
  const StoreKey fresh = random_key();
  tell(steps, "ring for both");
  write_ring(plain_ ? std::vector{fresh} : std::vector{machine_, fresh});
  tell(steps, "key");
  write_key_file(files_.key, fresh);
  machine_ = fresh;
  plain_ = false;
  tell(steps, "ring for the new");
  write_ring({machine_});
  tell(steps, "done");
}

void KeyRing::upgrade(const Steps& steps) {
  if (plain_) {
    change_machine_key(steps);
  }
}

void KeyRing::rotate_machine_key(const Steps& steps) {
  data_ = {data_key()};  // ends a rotation of the data key that was cut short
  change_machine_key(steps);
}

PaperKey KeyRing::rotate_recovery_key(const Steps& steps) {
  upgrade(steps);
  const PaperKey key = make_paper_key(PaperKeyUse::Recovery);
  recovery_ = key.public_key();
  tell(steps, "ring");
  write_ring({machine_});
  tell(steps, "done");
  return key;
}

void KeyRing::rotate_data_key(const Steps& steps) {
  files_.require_file("台帳の鍵の交換");
  upgrade(steps);
  const StoreKey old = data_key();
  const StoreKey fresh = random_key();
  data_ = {old, fresh};
  tell(steps, "ring for both");
  write_ring({machine_});
  tell(steps, "store");
  replace_by_copy({files_.store, old}, fresh);
  tell(steps, "ring for the new");
  data_ = {fresh};
  write_ring({machine_});
  tell(steps, "done");
}

void KeyRing::renew_store() {
  files_.require_file("台帳の書き直し");
  const StoreKey key = data_key();
  replace_by_copy({files_.store, key}, key);
}

void record_key_change(Session& session, std::string_view what) {
  const Actor& actor = SessionInside::actor(session);
  SessionInside::store(session).audited(actor, Action::ChangeKeys, [&](AuditNote& note) {
    note.detail = std::string(what);
    return true;
  });
}

void record_recovery(const StoreFiles& files, const Actor& actor, Surroundings surroundings) {
  Database store(files.location(), KeyRing::open(files).data_key(), std::move(surroundings),
                 Database::Mode::Open);
  store.write([&] {
    store.append_audit(actor, {.action = Action::ChangeKeys, .subject = {}, .detail = "recover"});
  });
}

Registry open_with_keys(const StoreFiles& files, Surroundings surroundings) {
  return Registry::open(files.location(), KeyRing::open(files).data_key(), std::move(surroundings));
}

Registry create_with_keys(const StoreFiles& files, Surroundings surroundings) {
  return Registry::create(files.location(), KeyRing::create(files).data_key(),
                          std::move(surroundings));
}

}  // namespace registry
