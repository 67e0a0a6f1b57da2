// SPDX-License-Identifier: Apache-2.0
#include "cli/city_folder.hpp"

#include <pwd.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <system_error>
#include <utility>

#include "cli/files.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;

fs::path local_plan_file(const fs::path& dir) {
  return dir / "local_plan.toml";
}

constexpr std::size_t kKeyDigits = 2 * std::tuple_size_v<registry::AuditKey>;

fs::path audit_key_file(const fs::path& dir) {
  return dir / "audit.key";
}

registry::AuditKey make_audit_key(const fs::path& file) {
  registry::AuditKey key{};
  randombytes_buf(key.data(), key.size());
  std::string hex(kKeyDigits + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), key.data(), key.size());
  hex.back() = '\n';
  write_file(file, hex);  // mkstemp makes it 0600
  sodium_memzero(hex.data(), hex.size());
  return key;
}

registry::AuditKey read_audit_key(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    throw registry::Error("鍵ファイルがありません: " + file.string() +
                          "。保管してある控えから戻してください。");
  }
  if ((status.st_mode & 077U) != 0) {
    throw registry::Error("鍵ファイルを本人以外も読めます: " + file.string() +
                          "。chmod 600 をしてから、もう一度実行してください。");
  }
  std::string hex = read_file(file);
  registry::AuditKey key{};
  std::size_t length = 0;
  const int result =
      sodium_hex2bin(key.data(), key.size(), hex.data(), hex.size(), "\n\r ", &length, nullptr);
  sodium_memzero(hex.data(), hex.size());
  if (result != 0 || length != key.size()) {
    throw registry::Error("鍵ファイルの中身が壊れています（64 桁の 16 進数が必要です）: " +
                          file.string() + "。保管してある控えから戻してください。");
  }
  return key;
}

void fill(const fs::path& dir, const std::string& local_plan, const std::string& connection) {
  write_file(local_plan_file(dir), local_plan);
  fs::create_directory(dir / "rules");
  for (const fs::directory_entry& entry :
       fs::directory_iterator(fs::path(TOMONI_DATA_DIR) / "rules")) {
    if (entry.path().extension() == ".toml") {
      write_file(dir / "rules" / entry.path().filename(), read_file(entry.path()));
    }
  }
  const registry::StoreFiles files = registry::StoreFiles::in(dir);
  if (!connection.empty()) {
    write_file(files.connection, connection);  // mkstemp makes it 0600
  }
  auto registry = registry::create_with_keys(files, surroundings());
  registry.sign_audit_with(make_audit_key(audit_key_file(dir)));
  registry.appoint_first_admin(actor("台帳の開設").name);
}

}  // namespace

CityFolder::CityFolder(fs::path dir) : dir_(std::move(dir)) {
  const registry::StoreFiles files = store_files();
  if (!fs::exists(files.store) && !fs::exists(files.connection)) {
    throw registry::InputError("市の台帳がありません: " + dir_.string() +
                               "。先に tomoni init --dir で作ってください。");
  }
}

void CityFolder::create(const fs::path& dir, const fs::path& local_plan,
                        const fs::path& connection) {
  if (fs::exists(dir) && !(fs::is_directory(dir) && fs::is_empty(dir))) {
    throw registry::Error(
        "すでに使われている場所です: " + dir.string() +
        "。まだ無いフォルダ名を指定してください。既存の台帳と鍵は変わっていません。");
  }
  const std::string text = read_file(local_plan);
  static_cast<void>(registry::parse_local_plan(text));  // refuse before anything is made
  const std::string words = connection.empty() ? std::string() : read_file(connection);
  const fs::path target = fs::absolute(dir).lexically_normal();
  const fs::path clean = target.has_filename() ? target : target.parent_path();
  const fs::path draft = clean.string() + ".draft-" + std::to_string(::getpid());
  try {
    fs::create_directories(draft);
    fs::permissions(draft, fs::perms::owner_all);
    fill(draft, text, words);
    fs::rename(draft, clean);  // replaces an empty folder
  } catch (const std::exception& error) {
    std::error_code ignored;
    fs::remove_all(draft, ignored);
    throw registry::Error(std::string("台帳を作れませんでした: ") + error.what());
  }
}

registry::Registry CityFolder::open_registry() const {
  auto registry = registry::open_with_keys(store_files(), surroundings());
  if (fs::exists(audit_key_file(dir_))) {
    registry.sign_audit_with(read_audit_key(audit_key_file(dir_)));
  }
  return registry;
}

registry::StoreFiles CityFolder::store_files() const {
  return registry::StoreFiles::in(dir_);
}

fs::path CityFolder::beside_the_store() const {
  const registry::StoreFiles files = store_files();
  std::error_code unknown;
  const fs::path store =
      fs::canonical(fs::exists(files.connection) ? files.connection : files.store, unknown);
  return unknown ? dir_ : store.parent_path();
}

void CityFolder::write_live(const fs::path& file, const std::string& text) {
  write_file(file, text);
  constexpr fs::perms kGroup = fs::perms::group_read | fs::perms::group_write;
  const fs::perms folder = fs::status(file.parent_path()).permissions();
  if ((folder & fs::perms::group_write) != fs::perms::none) {
    fs::permissions(file, kGroup, fs::perm_options::add);
  }
}

std::string CityFolder::audit_public_key() const {
  return fs::exists(audit_key_file(dir_))
             ? registry::public_key_of(read_audit_key(audit_key_file(dir_)))
             : std::string();
}

registry::LocalPlan CityFolder::local_plan() const {
  return registry::parse_local_plan(read_file(local_plan_file(dir_)));
}

std::string CityFolder::rules(const std::string& name) const {
  return read_file(dir_ / "rules" / name);
}

std::unique_ptr<planner::CityRoads> CityFolder::roads() const {
  if (!fs::exists(graph_file())) {
    throw registry::Error(
        "道路がまだありません。先に tomoni import roads で道路を取り込んでください。");
  }
  route::HazardMap hazards;
  if (fs::exists(hazards_file())) {
    hazards = route::import_hazards(hazards_file()).map;
  }
  std::vector<route::Closure> closures;
  if (fs::exists(closures_file())) {
    closures = route::import_closures(closures_file()).closures;
  }
  for (const fs::path& live : {live_closures_file(), live_water_file()}) {
    if (fs::exists(live)) {
      for (route::Closure& closure : route::import_closures(live).closures) {
        closures.push_back(std::move(closure));
      }
    }
  }
  auto roads = std::make_unique<planner::CityRoads>(
      route::RoadGraph::map(graph_file()), std::move(hazards),
      route::parse_profiles(rules("profiles.toml")), std::move(closures));
  if (fs::exists(turns_file())) {
    roads->turns = route::parse_turns(read_file(turns_file()), roads->graph);
  }
  return roads;
}

fs::path CityFolder::imports() const {
  fs::path folder = dir_ / "imports";
  fs::create_directory(folder);
  return folder;
}

std::string CityFolder::attribution() const {
  return fs::exists(attribution_file()) ? read_file(attribution_file()) : std::string{};
}

registry::Instant now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

registry::Surroundings surroundings() {
  if (sodium_init() < 0) {
    throw registry::Error("暗号ライブラリ libsodium を使えません。再インストールしてください。");
  }
  return {now,
          [](std::array<std::uint8_t, 10>& bytes) { randombytes_buf(bytes.data(), bytes.size()); }};
}

registry::Actor actor(std::string purpose) {
  const passwd* account = ::getpwuid(::getuid());
  return {account != nullptr ? account->pw_name : "uid" + std::to_string(::getuid()),
          std::move(purpose)};
}

}  // namespace cli
