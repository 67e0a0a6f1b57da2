// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "registry/backup.hpp"

namespace cli {
namespace {

struct DoctorOptions {
  std::string dir;
  bool renew = false;
};

void run(const DoctorOptions& options, Context& context) {
  const CityFolder city(options.dir);
  if (options.renew && !context.dry_run) {
    registry::KeyRing::open(city.store_files()).renew_store();
  }
  const registry::StoreCheck check = registry::check_store(city.store_files(), surroundings());
  context.exit = check.faults.empty() ? Exit::Done : Exit::Failed;
  if (context.json) {
    print_json({{"ok", check.faults.empty()},
                {"faults", check.faults},
                {"store_bytes", check.store_bytes},
                {"free_bytes", check.free_bytes},
                {"audit_entries", check.audit_entries},
                {"recovery_key", check.recovery_key}});
    return;
  }
  for (const std::string& fault : check.faults) {
    std::cout << context.say("異常: ", "FAULT: ") << fault << '\n';
  }
  if (check.faults.empty()) {
    std::cout << context.say("異常はありません。監査記録 ", "No faults. Audit entries: ")
              << check.audit_entries << '\n';
  }
  if (!check.recovery_key) {
    std::cout << context.say(
        "復旧用の鍵がまだありません。tomoni key recovery で作り、紙で保管して"
        "ください。\n",
        "There is no recovery key yet: make one with tomoni key recovery.\n");
  }
}

}  // namespace

void add_doctor(CLI::App& app, Context& context) {
  const auto options = std::make_shared<DoctorOptions>();
  CLI::App* command =
      app.add_subcommand("doctor", "鍵・台帳・監査記録・空きを点検する (check keys and store)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_flag("--renew", options->renew,
                    "先に台帳を新しいファイルへ書き直す (write the store anew first)");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace cli
