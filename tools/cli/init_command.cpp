// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"

namespace cli {
namespace {

struct InitOptions {
  std::string dir;
  std::string local_plan;
  std::string postgres;
};

void run(const InitOptions& options, const Context& context) {
  if (context.dry_run) {
    static_cast<void>(registry::parse_local_plan(read_file(options.local_plan)));
  } else {
    CityFolder::create(options.dir, options.local_plan, options.postgres);
  }
  if (context.json) {
    print_json({{"dir", options.dir}, {"created", !context.dry_run}});
    return;
  }
  if (options.postgres.empty()) {
    std::cout << context.say("暗号化した台帳を作りました: ", "Created an encrypted registry: ");
  } else {
    std::cout << context.say(
        "PostgreSQL に台帳を作りました。サーバーの記憶領域の暗号化と控えは、その管理者が行います: ",
        "Created a registry in PostgreSQL, whose administrator encrypts and backs up its volume: ");
  }
  std::cout
      << options.dir << '\n'
      << context.say(
             "鍵 registry.key と audit.key の控えを、この機械の外に安全に保管してください。\n",
             "Keep copies of registry.key and audit.key in a safe place off this machine.\n")
      << context.say("管理者: ", "Admin: ") << actor("台帳の開設").name << '\n';
}

}  // namespace

void add_init(CLI::App& app, Context& context) {
  const auto options = std::make_shared<InitOptions>();
  CLI::App* command =
      app.add_subcommand("init", "市の台帳（暗号化）を作る (create a city's registry)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--local-plan", options->local_plan, "地域防災計画の設定 TOML (local plan)")
      ->required();
  command->add_option("--postgres", options->postgres,
                      "台帳を PostgreSQL に置くときの接続ファイル (connection file of a database)");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace cli
