// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/report.hpp"
#include "cli/share_command.hpp"
#include "cli/share_options.hpp"
#include "registry/error.hpp"
#include "registry/handover_desk.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct ShareRecipientOptions {
  std::string dir;
  std::string revise;
  std::string kind;
  std::string name;
  std::string clause;
  std::vector<std::string> areas;
  std::string agreement;
  std::string signed_on;
  std::string expires_on;
  std::string manager;
  std::string storage;
  std::vector<std::string> viewers;
  std::string trained_on;
  std::string inspection_due;
  std::string supporter;
  std::string shelter;
};

registry::RecipientOrg org_of(const ShareRecipientOptions& options) {
  registry::RecipientOrg org;
  org.kind = kind_option(options.kind);
  org.name = options.name;
  org.listed = !options.clause.empty();
  org.plan_clause = options.clause;
  org.areas = area_options(options.areas);
  org.agreement_no = options.agreement;
  org.agreement_signed_on = optional_day("--signed-on", options.signed_on);
  org.agreement_expires_on = optional_day("--expires-on", options.expires_on);
  org.manager = options.manager;
  org.storage_place = options.storage;
  org.viewers = options.viewers;
  org.training_done_on = optional_day("--trained-on", options.trained_on);
  org.inspection_due_on = optional_day("--inspection-due", options.inspection_due);
  org.supporter.value = options.supporter;
  org.shelter.value = options.shelter;
  return org;
}

/// Gives the recipient's id.
std::string stored(const ShareRecipientOptions& options, registry::RecipientOrg org) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("提供先の管理"));
  registry::RecipientBook book(session);
  if (options.revise.empty()) {
    return book.add(std::move(org)).value;
  }
  for (const registry::RecipientOrg& old : book.list()) {
    if (old.id.value == options.revise) {
      org.id = old.id;
      org.rev = old.rev;
      book.revise(org);
      return options.revise;
    }
  }
  throw registry::InputError("その ID の提供先は登録されていません。");
}

void add(const ShareRecipientOptions& options, const Context& context) {
  const registry::RecipientOrg org = org_of(options);
  if (const auto fault = fault_of(org)) {
    throw registry::InputError(*fault);
  }
  const std::string id = context.dry_run ? std::string() : stored(options, org);
  if (context.json) {
    print_json({{"recipient", id}, {"stored", !context.dry_run}});
  } else {
    std::cout << context.say("提供先を記録しました: ", "Recipient recorded: ") << id << '\n';
  }
}

Json json_of(const registry::RecipientOrg& org, bool valid) {
  const auto day = [](const std::optional<registry::Date>& date) {
    return date ? Json(registry::to_iso(*date)) : Json();
  };
  Json areas = Json::array();
  for (const registry::AreaRef& area : org.areas) {
    areas.push_back(std::string(to_text(area.level)) + ":" + area.code);
  }
  return {{"recipient", org.id.value},
          {"rev", org.rev},
          {"kind", std::string(to_word(org.kind))},
          {"name", org.name},
          {"listed", org.listed},
          {"plan_clause", org.plan_clause},
          {"areas", areas},
          {"agreement", org.agreement_no},
          {"agreement_expires_on", day(org.agreement_expires_on)},
          {"training_done_on", day(org.training_done_on)},
          {"inspection_due_on", day(org.inspection_due_on)},
          {"agreement_valid", valid}};
}

void list(const ShareRecipientOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const auto policy = city.local_plan().disclosure;
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("提供先の管理"));
  Json rows = Json::array();
  for (const registry::RecipientOrg& org : registry::RecipientBook(session).list()) {
    const bool valid = agreement_valid(org, policy, registry::tokyo_date(now()));
    rows.push_back(json_of(org, valid));
    if (!context.json) {
      std::cout << org.id.value << ' ' << to_text(org.kind) << ' ' << org.name
                << (valid ? context.say(" 協定・研修 有効", " agreement and training valid")
                          : context.say(" 協定・研修 なし", " no valid agreement or training"))
                << '\n';
    }
  }
  if (context.json) {
    print_json({{"recipients", std::move(rows)}});
  }
}

}  // namespace

void add_share_recipient(CLI::App& share, Context& context) {
  const auto options = std::make_shared<ShareRecipientOptions>();
  CLI::App* recipient = share.add_subcommand("recipient", "提供先の登録と一覧 (recipients)");
  recipient->require_subcommand(1);
  recipient->fallthrough();
  CLI::App* command = recipient->add_subcommand("add", "提供先を加える・改める (add or revise)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--revise", options->revise, "改める提供先の ID (revise this one)");
  command->add_option("--kind", options->kind, "種別: 消防, 自主防災組織, ... (kind)")->required();
  command->add_option("--name", options->name, "名称 (name)")->required();
  command->add_option("--clause", options->clause,
                      "地域防災計画の条項。無ければ「定めなし」 (clause of the local plan)");
  command->add_option("--area", options->areas, "担当区域「自治会:コード」 (areas)");
  command->add_option("--agreement", options->agreement, "協定の番号 (agreement)");
  command->add_option("--signed-on", options->signed_on, "協定の締結日 (signed on)");
  command->add_option("--expires-on", options->expires_on, "協定の期限 (expires on)");
  command->add_option("--manager", options->manager, "名簿管理者 (manager)");
  command->add_option("--storage", options->storage, "保管場所 (storage place)");
  command->add_option("--viewer", options->viewers, "閲覧者 (viewers)");
  command->add_option("--trained-on", options->trained_on, "研修の日 (training)");
  command->add_option("--inspection-due", options->inspection_due, "次の点検 (inspection due)");
  command->add_option("--supporter", options->supporter, "個人支援者の支援者 ID (supporter)");
  command->add_option("--shelter", options->shelter, "福祉避難所の避難所 ID (shelter)");
  command->callback([options, &context] { add(*options, context); });
  CLI::App* all = recipient->add_subcommand("list", "提供先の一覧 (list)");
  all->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  all->callback([options, &context] { list(*options, context); });
}

}  // namespace cli
