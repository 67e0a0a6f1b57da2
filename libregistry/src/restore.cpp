// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <nlohmann/json.hpp>

#include "audit_check.hpp"
#include "city_files.hpp"
#include "database.hpp"
#include "registry/backup.hpp"
#include "registry/error.hpp"
#include "sealed_stream.hpp"
#include "store_copy.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 65536;
constexpr std::uint64_t kLongestName = 4096;
constexpr std::uint64_t kLongestManifest = 65536;
constexpr const char* kStore = "registry.db";

[[noreturn]] void throw_foreign() {
  throw InputError("控えの中身が決まりに合いません。このプログラムの控えを指定してください。");
}

/// The folder the backup is unpacked to; removed unless everything was well.
class Draft {
 public:
  Draft(const Draft&) = delete;
  Draft(Draft&&) = delete;
  Draft& operator=(const Draft&) = delete;
  Draft& operator=(Draft&&) = delete;
  explicit Draft(const fs::path& target) {
    const fs::path whole = fs::absolute(target).lexically_normal();
    target_ = whole.has_filename() ? whole : whole.parent_path();
    if (fs::exists(target_) && !(fs::is_directory(target_) && fs::is_empty(target_))) {
      throw InputError("すでに使われている場所です: " + target.string() +
                       "。まだ無いフォルダ名を指定してください。何も変えていません。");
    }
    std::array<unsigned char, 6> random{};
    randombytes_buf(random.data(), random.size());
    folder_ = target_.string() + ".draft-" + sealing::to_hex(random);
    std::error_code failure;
    fs::create_directories(folder_, failure);
    if (failure) {
      throw Error("フォルダを作れません: " + target_.string() + "。置き場所を確かめてください。");
    }
    fs::permissions(folder_, fs::perms::owner_all);
  }
  ~Draft() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  [[nodiscard]] const fs::path& folder() const { return folder_; }
  void keep() const { rename_durably(folder_, target_); }

 private:
  fs::path target_;
  fs::path folder_;
};

struct Manifest {
  StoreKey data{};
  std::optional<PublicKey> recovery;
};

Manifest read_manifest(SealedReader& in) {
  if (in.read_number() != std::string_view("manifest").size() || in.read_text(8) != "manifest") {
    throw_foreign();
  }
  const std::uint64_t size = in.read_number();
  if (size > kLongestManifest) {
    throw_foreign();
  }
  const std::string text = in.read_text(size);
  try {
    const auto json = nlohmann::json::parse(text);
    const auto recovery = json.at("recovery_key").get<std::string>();
    return {.data = sealing::key_from_hex(json.at("data_key").get<std::string>()).value(),
            .recovery = recovery.empty() ? std::nullopt : sealing::key_from_hex(recovery)};
  } catch (const std::exception&) {
    throw_foreign();
  }
}

void unpack_file(SealedReader& in, const fs::path& file, std::uint64_t size) {
  fs::create_directories(file.parent_path());
  DurableFile out(file);
  sealing::Bytes piece(kPiece);
  for (std::uint64_t rest = size; rest > 0;) {
    const auto part = std::span(piece).first(std::min<std::uint64_t>(rest, kPiece));
    in.read(part);
    out.write(part);
    rest -= part.size();
  }
  out.keep();
}

void unpack(SealedReader& in, const fs::path& folder, BackupReport& report) {
  std::set<std::string> seen;
  for (std::uint64_t length = in.read_number(); length > 0; length = in.read_number()) {
    if (length > kLongestName) {
      throw_foreign();
    }
    const std::string name = in.read_text(length);
    const std::uint64_t size = in.read_number();
    if (!(name == kStore || is_safe_name(name)) || !seen.insert(name).second) {
      throw_foreign();
    }
    unpack_file(in, folder / name, size);
    (name == kStore ? report.store_bytes : report.bytes) += size;
    report.files += name == kStore ? 0U : 1U;
  }
  if (in.read_number() != 0 || !seen.contains(kStore)) {
    throw_foreign();
  }
  in.finish();
}

/// Opens the unpacked store, checks its chain and adds the row that says it was restored.
std::int64_t check_and_say(const RestoreRequest& request, const StoreFiles& files,
                           const StoreKey& data) {
  check_pages({files.store, data});
  // Who holds the key may restore: accounts are those of the store, not of this machine.
  Database store(files.store, data, request.surroundings, Database::Mode::Open);
  const AuditVerification found = store.read([&] { return check_audit_log(store.sql(), {}); });
  if (found.fault != AuditFault::None) {
    throw InputError("控えの監査記録が途中で書き換えられています（" +
                     std::to_string(found.first_bad.value_or(0)) +
                     " 行目）。ほかの控えを使ってください。");
  }
  store.write([&] {
    store.append_audit(request.actor, {.action = Action::Restore,
                                       .subject = {},
                                       .detail = "key " + key_name(request.key.public_key())});
  });
  return found.rows + 1;
}

}  // namespace

BackupReport restore_backup(const RestoreRequest& request) {
  SealedReader in(request.from, request.key);
  const Draft draft(request.folder);
  BackupReport report;
  const Manifest manifest = read_manifest(in);
  unpack(in, draft.folder(), report);
  const StoreFiles files = StoreFiles::in(draft.folder());
  KeyRing::create(files, manifest.data, manifest.recovery);
  report.audit_entries = check_and_say(request, files, manifest.data);
  report.bytes = fs::file_size(request.from);
  report.keys = {key_name(request.key.public_key())};
  draft.keep();
  return report;
}

}  // namespace registry
