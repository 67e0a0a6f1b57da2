// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/key_prompt.hpp"
#include "cli/report.hpp"
#include "registry/error.hpp"
#include "registry/key_ring.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;
using registry::KeyRing;

struct KeyOptions {
  std::string dir;
  std::string file;
  std::string what = "machine";
};

void say_in_log(const CityFolder& city, const char* what) {
  auto registry = city.open_registry();
  auto session = registry.session(actor("鍵の管理"));
  registry::record_key_change(session, what);
}

void done(const Context& context, const char* change, const std::string& words) {
  if (context.json) {
    print_json({{"change", change}, {"done", !context.dry_run}});
    return;
  }
  std::cout << words << '\n';
}

void rotate(const KeyOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  KeyRing ring = KeyRing::open(city.store_files());
  const bool data = options.what == "data";
  if (!context.dry_run) {
    say_in_log(city, data ? "data" : "machine");
    data ? ring.rotate_data_key() : ring.rotate_machine_key();
  }
  done(context, data ? "data" : "machine",
       data ? context.say("台帳を新しい鍵で書き直しました。",
                          "The store has been written anew under a new key.")
            : context.say("機械の鍵 registry.key を替えました。古い写しは廃棄してください。",
                          "Changed the machine key registry.key. Destroy old copies of it."));
}

void recovery(const KeyOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  KeyRing ring = KeyRing::open(city.store_files());
  if (context.dry_run) {
    done(context, "recovery", context.say("何も変えていません。", "Nothing changed."));
    return;
  }
  say_in_log(city, "recovery");
  const registry::PaperKey key = ring.rotate_recovery_key();
  const std::string name = registry::key_name(key.public_key());
  if (context.json) {
    print_json({{"change", "recovery"}, {"name", name}, {"key", registry::to_text(key)}});
    return;
  }
  std::cout << context.say(
                   "復旧用の鍵（この画面に一度だけ出します。紙に写し、金庫に保管して"
                   "ください）\n\n",
                   "Recovery key (shown only this once: write it down, keep it in a safe)"
                   "\n\n")
            << registry::to_text(key) << '\n'
            << context.say("鍵の名前: ", "Name of the key: ") << name << '\n'
            << context.say("前の復旧用の鍵では、もう開けません。\n",
                           "An older recovery key opens nothing any more.\n");
}

void recover(const KeyOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const auto key = ask_paper_key(options.file, registry::PaperKeyUse::Recovery, context);
  if (!context.dry_run) {
    KeyRing::recover(city.store_files(), key);
    registry::record_recovery(city.store_files(), actor("鍵の復旧"), surroundings());
  }
  done(context, "recover",
       context.say("新しい機械の鍵 registry.key を作りました。台帳を開けます。",
                   "Made a new machine key registry.key. The store opens again."));
}

/// The secret half goes to a file off the machine, the public one into the folder.
void backup(const KeyOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const fs::path secret = fs::weakly_canonical(options.file);
  const fs::path inside = secret.lexically_relative(fs::weakly_canonical(city.path()));
  if (!inside.empty() && *inside.begin() != "..") {
    throw registry::InputError(
        "控え用の鍵は市のフォルダの外（USB メモリーなど）に置いてください: " + options.file + "。");
  }
  if (fs::exists(secret)) {
    throw registry::InputError("既にファイルがあります: " + options.file +
                               "。別の名前にしてください。上書きしません。");
  }
  const registry::PaperKey key = registry::make_paper_key(registry::PaperKeyUse::Backup);
  const std::string name = registry::key_name(key.public_key());
  if (!context.dry_run) {
    say_in_log(city, "backup");
    write_file(secret, registry::to_text(key));
    write_file(city.backup_key_file(), registry::public_key_text(key.public_key()));
  }
  if (context.json) {
    print_json({{"change", "backup"}, {"name", name}, {"secret", options.file}});
    return;
  }
  std::cout << context.say("控え用の鍵を作りました: ", "Made a backup key: ") << name << '\n'
            << context.say(
                   "秘密の半分はこの機械から外して保管してください。無くすと控えを開けません: ",
                   "Keep the secret half off this machine. Without it no backup opens: ")
            << options.file << '\n';
}

using Work = void (*)(const KeyOptions&, const Context&);

CLI::App* add(CLI::App& group, const char* name, const char* help, Work work, Context& context,
              const std::shared_ptr<KeyOptions>& options) {
  CLI::App* command = group.add_subcommand(name, help);
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->callback([options, work, &context] { work(*options, context); });
  return command;
}

}  // namespace

void add_key(CLI::App& app, Context& context) {
  const auto options = std::make_shared<KeyOptions>();
  CLI::App* group = app.add_subcommand("key", "鍵を替える・作る (keys of the store)");
  group->require_subcommand(1);
  add(*group, "rotate", "鍵を替える (replace a key)", rotate, context, options)
      ->add_option("--what", options->what,
                   "machine: 機械の鍵 / data: 台帳を書き直す (rewrites the store)")
      ->check(CLI::IsMember({"machine", "data"}));
  add(*group, "recovery", "紙の復旧用の鍵を作る (make the paper recovery key)", recovery, context,
      options);
  add(*group, "recover", "無くした機械の鍵を紙の鍵から作り直す (use the paper recovery key)",
      recover, context, options)
      ->add_option("--key-file", options->file,
                   "鍵を書いたファイル。無ければ打ち込む (file with the key; else typed)");
  add(*group, "backup", "控え用の鍵を作る (make the key backups are sealed to)", backup, context,
      options)
      ->add_option("--secret", options->file, "秘密の半分の置き場所 (where the secret half goes)")
      ->required();
}

}  // namespace cli
