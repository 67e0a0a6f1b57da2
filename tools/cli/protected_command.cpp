// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "registry/protected_desk.hpp"

namespace cli {
namespace {

constexpr const char* kProtectedPurpose = "支援措置対象者の閲覧の申請・承認";

struct ProtectedOptions {
  std::string dir;
  std::string id;
  std::string reason;
  int hours = 8;
};

void ask(const ProtectedOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  std::string opening;
  if (!context.dry_run) {
    auto registry = city.open_registry();
    auto session = registry.session(actor(kProtectedPurpose));
    opening = registry::ProtectedDesk(session).request({options.id}, options.reason);
  }
  if (context.json) {
    print_json({{"opening", opening}});
  } else {
    std::cout << opening << '\n'
              << context.say("別の担当者が tomoni protected approve で承認すると開きます。\n",
                             "Opens once another account has run: tomoni protected approve.\n");
  }
}

void approve(const ProtectedOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  if (!context.dry_run) {
    auto registry = city.open_registry();
    auto session = registry.session(actor(kProtectedPurpose));
    registry::ProtectedDesk(session).approve(options.id, options.hours);
  }
  if (context.json) {
    print_json({{"opening", options.id}, {"hours", options.hours}, {"approved", !context.dry_run}});
  } else {
    std::cout << options.id << '\n';
  }
}

void list(const ProtectedOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  auto session = registry.session(actor(kProtectedPurpose));
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const registry::Opening& opening : registry::ProtectedDesk(session).openings()) {
    const bool approved = !opening.approved_by.empty();
    rows.push_back({{"opening", opening.id},
                    {"account", opening.account},
                    {"asked_at", to_iso(opening.asked_at)},
                    {"approved_by", opening.approved_by},
                    {"expires_at", approved ? to_iso(opening.expires_at) : std::string()}});
  }
  if (context.json) {
    print_json({{"openings", rows}});
    return;
  }
  for (const auto& row : rows) {
    std::cout << row["opening"].get<std::string>() << '\t' << row["account"].get<std::string>()
              << '\t' << row["approved_by"].get<std::string>() << '\t'
              << row["expires_at"].get<std::string>() << '\n';
  }
}

}  // namespace

void add_protected(CLI::App& app, Context& context) {
  const auto options = std::make_shared<ProtectedOptions>();
  CLI::App* command = app.add_subcommand(
      "protected", "支援措置対象者の閲覧: 申請と承認は別の人 (opening a protected person's data)");
  command->require_subcommand(1);
  command->fallthrough();
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();

  CLI::App* request = command->add_subcommand("request", "閲覧を申請する (ask to see)");
  request->add_option("--registrant", options->id, "名簿の番号 (registrant)")->required();
  request->add_option("--reason", options->reason, "理由 (reason)")->required();
  request->callback([options, &context] { ask(*options, context); });

  CLI::App* answer = command->add_subcommand("approve", "閲覧を承認する (approve)");
  answer->add_option("opening", options->id, "申請の番号 (request)")->required();
  answer->add_option("--hours", options->hours, "時間 1-72 (hours)")->capture_default_str();
  answer->callback([options, &context] { approve(*options, context); });

  command->add_subcommand("list", "申請の一覧 (requests)")->callback([options, &context] {
    list(*options, context);
  });
}

}  // namespace cli
