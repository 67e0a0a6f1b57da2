// SPDX-License-Identifier: Apache-2.0
#include "registry/backup.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "audit_rows.hpp"
#include "city_files.hpp"
#include "database.hpp"
#include "registry/error.hpp"
#include "sealed_stream.hpp"
#include "store_copy.hpp"
#include "temporary_copy.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 65536;
constexpr const char* kStore = "registry.db";

/// An entry is its name, its size and its bytes; one without a name ends the backup.
void add_name(SealedWriter& out, const std::string& name, std::uintmax_t size) {
  out.write_number(name.size());
  out.write(name);
  out.write_number(size);
}

void add_text(SealedWriter& out, const std::string& name, const std::string& text) {
  add_name(out, name, text.size());
  out.write(text);
}

std::uintmax_t add_file(SealedWriter& out, const std::string& name, const fs::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  const std::streamoff size = in ? std::streamoff(in.tellg()) : -1;
  if (size < 0 || !in.seekg(0)) {
    throw Error("控えに入れるファイルを読めません: " + file.string() + "。");
  }
  add_name(out, name, static_cast<std::uintmax_t>(size));
  sealing::Bytes piece(kPiece);
  for (std::streamoff rest = size; rest > 0;) {
    const auto wanted = std::min(rest, static_cast<std::streamoff>(kPiece));
    if (!in.read(reinterpret_cast<char*>(piece.data()), wanted)) {
      throw Error("控えを作る間にファイルが変わりました: " + file.string() +
                  "。もう一度実行してください。");
    }
    out.write(std::span(piece).first(static_cast<std::size_t>(wanted)));
    rest -= wanted;
  }
  return static_cast<std::uintmax_t>(size);
}

/// Writes the audit row of the backup, so that the backup itself holds it.
std::int64_t say_so(const BackupRequest& request, const StoreFiles& files, const StoreKey& key,
                    const std::string& keys) {
  Registry registry = Registry::open(files.store, key, request.surroundings);
  Session session = registry.session(request.actor);
  Database& store = SessionInside::store(session);
  store.audited(SessionInside::actor(session), Action::Backup, [&](AuditNote& note) {
    note.detail = "keys " + keys;
    return true;
  });
  return store.read([&] { return audit_tip(store.sql()).number; });
}

void check_target(const BackupRequest& request) {
  const fs::path folder = fs::weakly_canonical(request.folder);
  const fs::path to = fs::weakly_canonical(request.to);
  const auto inside = to.lexically_relative(folder);
  if (!inside.empty() && *inside.begin() != "..") {
    throw InputError("控えは市のフォルダの外に置いてください: " + request.to.string() + "。");
  }
}

}  // namespace

BackupReport write_backup(const BackupRequest& request) {
  StoreFiles::in(request.folder).require_file("控えの作成");
  check_target(request);
  const StoreFiles files = StoreFiles::in(request.folder);
  const KeyRing ring = KeyRing::open(files);
  std::vector<PublicKey> readers = request.readers;
  if (ring.recovery_public()) {
    readers.push_back(*ring.recovery_public());
  }
  if (readers.empty()) {
    throw InputError(
        "控えを封じる鍵がありません。先に tomoni backup-key か tomoni key recovery を実行して"
        "ください。");
  }
  BackupReport report;
  std::string names;
  for (const PublicKey& reader : readers) {
    report.keys.push_back(key_name(reader));
    names += (names.empty() ? "" : " ") + report.keys.back();
  }
  const StoreKey key = ring.data_key();
  report.audit_entries = say_so(request, files, key, names);
  const TemporaryCopy copy(files.store);
  copy_store({files.store, key}, {copy.file(), key});

  SealedWriter out(request.to, readers);
  const nlohmann::ordered_json manifest = {
      {"made_at", request.surroundings.clock().milliseconds},
      {"data_key", sealing::to_hex(key)},
      {"recovery_key",
       ring.recovery_public() ? sealing::to_hex(*ring.recovery_public()) : std::string()}};
  add_text(out, "manifest", manifest.dump());
  report.store_bytes = add_file(out, kStore, copy.file());
  for (const std::string& name : city_files(request.folder)) {
    add_file(out, name, request.folder / name);
    ++report.files;
  }
  add_name(out, "", 0);
  report.bytes = out.finish();
  return report;
}

}  // namespace registry
