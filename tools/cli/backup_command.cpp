// SPDX-License-Identifier: Apache-2.0
#include "registry/backup.hpp"

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/key_prompt.hpp"
#include "cli/report.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;

struct BackupOptions {
  std::string dir;
  std::string file;
  std::string key_file;
  bool recovery = false;
};

void print(const registry::BackupReport& report, const Context& context, const std::string& words) {
  if (context.json) {
    print_json({{"files", report.files},
                {"store_bytes", report.store_bytes},
                {"bytes", report.bytes},
                {"audit_entries", report.audit_entries},
                {"keys", report.keys}});
    return;
  }
  std::cout << words << '\n'
            << context.say("台帳 ", "Store ") << report.store_bytes
            << context.say(" バイト、設定などのファイル ", " bytes, settings and other files: ")
            << report.files << context.say("、監査記録 ", ", audit entries: ")
            << report.audit_entries << '\n'
            << context.say("開ける鍵:", "Keys that open it:");
  for (const std::string& key : report.keys) {
    std::cout << ' ' << key;
  }
  std::cout << '\n';
}

void back_up(const BackupOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  registry::BackupRequest request{.folder = city.path(),
                                  .to = options.file,
                                  .readers = {},
                                  .actor = actor("控えの作成"),
                                  .surroundings = surroundings()};
  if (fs::exists(city.backup_key_file())) {
    request.readers.push_back(registry::parse_public_key(read_file(city.backup_key_file())));
  }
  if (fs::exists(request.to)) {
    throw registry::InputError("既にファイルがあります: " + options.file +
                               "。別の名前にしてください。上書きしません。");
  }
  if (context.dry_run) {
    print({}, context, context.say("何も書いていません。", "Nothing written."));
    return;
  }
  print(registry::write_backup(request), context,
        context.say("控えを作りました: ", "Made a backup: ") + options.file);
}

void restore(const BackupOptions& options, const Context& context) {
  const auto use =
      options.recovery ? registry::PaperKeyUse::Recovery : registry::PaperKeyUse::Backup;
  const registry::RestoreRequest request{.from = options.file,
                                         .folder = options.dir,
                                         .key = ask_paper_key(options.key_file, use, context),
                                         .actor = actor("控えからの復旧"),
                                         .surroundings = surroundings()};
  if (context.dry_run) {
    throw registry::InputError(
        "restore は --dry-run では実行できません。空のフォルダ名を --dir "
        "に指定して試してください。");
  }
  print(registry::restore_backup(request), context,
        context.say("控えから戻しました: ", "Restored: ") + options.dir);
}

}  // namespace

void add_backup(CLI::App& app, Context& context) {
  const auto options = std::make_shared<BackupOptions>();
  CLI::App* command =
      app.add_subcommand("backup", "台帳の控えを作る（封をして） (sealed backup of the city)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--to", options->file, "控えのファイル (backup file)")->required();
  command->callback([options, &context] { back_up(*options, context); });
}

void add_restore(CLI::App& app, Context& context) {
  const auto options = std::make_shared<BackupOptions>();
  CLI::App* command =
      app.add_subcommand("restore", "控えから新しいフォルダへ戻す (restore into a new folder)");
  command->add_option("--from", options->file, "控えのファイル (backup file)")->required();
  command->add_option("--dir", options->dir, "新しいフォルダ (new folder)")->required();
  command->add_option("--key-file", options->key_file,
                      "控え用の鍵のファイル。無ければ打ち込む (file with the key; else typed)");
  command->add_flag("--recovery", options->recovery,
                    "紙の復旧用の鍵で開ける (open with the paper recovery key)");
  command->callback([options, &context] { restore(*options, context); });
}

}  // namespace cli
