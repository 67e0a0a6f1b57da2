// SPDX-License-Identifier: Apache-2.0
// `share emergency`: the decision of two people that opens data in a disaster.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/decision_options.hpp"
#include "cli/report.hpp"
#include "cli/share_command.hpp"
#include "registry/error.hpp"
#include "registry/handover_desk.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct ShareEmergencyOptions {
  std::string dir;
  std::string event;
  std::string phase = "occurred";
  DecisionOptions decided;
  std::string decision;
  std::string serial;
  std::string finding;
};

registry::EmergencyDecision declared(const ShareEmergencyOptions& options) {
  registry::EmergencyDecision decision = decision_of(options.decided);
  decision.event = options.event;
  decision.phase = options.phase == "threat" ? registry::Phase::Threat : registry::Phase::Occurred;
  return decision;
}

/// Runs `work(desk)` with the city open, unless nothing may be written.
template <class Work>
void with_desk(const ShareEmergencyOptions& options, const Context& context, Work work) {
  if (context.dry_run) {
    return;
  }
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("災害時の提供の決定"));
  registry::EmergencyDesk desk(session);
  work(desk);
}

void done(const Context& context, const char* what, const std::string& words,
          const std::string& id) {
  if (context.json) {
    print_json({{what, id}, {"stored", !context.dry_run}});
  } else {
    std::cout << words << ' ' << id << '\n';
  }
}

void declare(const ShareEmergencyOptions& options, const Context& context) {
  std::string id;
  const registry::EmergencyDecision decision = declared(options);
  with_desk(options, context, [&](auto& desk) { id = desk.declare(decision).value; });
  done(context, "decision",
       context.say("決定を記録しました。1 時間以内に別の担当者が確認するまで効力はありません:",
                   "Declared; not in force until somebody else confirms within the hour:"),
       id);
}

void confirm(const ShareEmergencyOptions& options, const Context& context) {
  with_desk(options, context, [&](auto& desk) { desk.confirm({options.decision}); });
  done(context, "decision", context.say("決定を確認しました:", "Confirmed:"), options.decision);
}

void revoke(const ShareEmergencyOptions& options, const Context& context) {
  with_desk(options, context, [&](auto& desk) { desk.revoke({options.decision}); });
  done(context, "decision", context.say("決定を終えました:", "Ended:"), options.decision);
}

void review(const ShareEmergencyOptions& options, const Context& context) {
  with_desk(options, context, [&](auto& desk) {
    for (const registry::Handover& copy : desk.unreviewed()) {
      if (copy.serial == options.serial) {
        desk.review(copy.id, options.finding);
        return;
      }
    }
    throw registry::InputError("事後確認を待っている提供に、その管理番号はありません。");
  });
  done(context, "serial", context.say("事後確認を記録しました:", "Reviewed:"), options.serial);
}

void close(const ShareEmergencyOptions& options, const Context& context) {
  with_desk(options, context, [&](auto& desk) { desk.close_event(options.event); });
  done(context, "event", context.say("災害時の提供を終えました:", "Closed:"), options.event);
}

void list(const ShareEmergencyOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("災害時の提供の決定"));
  registry::EmergencyDesk desk(session);
  Json decisions = Json::array();
  for (const registry::EmergencyDecision& each : desk.decisions()) {
    const bool in_force = is_effective(each, now());
    decisions.push_back({{"decision", each.id.value},
                         {"event", each.event},
                         {"decided_by", each.decided_by},
                         {"confirmed_by", each.confirmed_by},
                         {"at", to_iso(each.at)},
                         {"ends_at", to_iso(each.ends_at)},
                         {"in_force", in_force}});
    if (!context.json) {
      std::cout << each.id.value << ' ' << each.event << ' ' << registry::tokyo_time(each.at)
                << (in_force ? context.say(" 有効", " in force")
                    : each.confirmed_by.empty()
                        ? context.say(" 一人だけの決定(無効)", " ONE PERSON ONLY, not in force")
                        : context.say(" 終了", " ended"))
                << '\n';
    }
  }
  Json waiting = Json::array();
  for (const registry::Handover& copy : desk.unreviewed()) {
    waiting.push_back(copy.serial);
    if (!context.json) {
      std::cout << context.say("事後確認待ち ", "Awaiting review ") << copy.serial << '\n';
    }
  }
  if (context.json) {
    print_json({{"decisions", std::move(decisions)}, {"unreviewed", std::move(waiting)}});
  }
}

}  // namespace

void add_share_emergency(CLI::App& share, Context& context) {
  const auto options = std::make_shared<ShareEmergencyOptions>();
  CLI::App* emergency =
      share.add_subcommand("emergency", "災害時の提供の決定 (decisions in a disaster)");
  emergency->require_subcommand(1);
  emergency->fallthrough();
  const auto add = [&](const char* name, const char* help, auto run) {
    CLI::App* command = emergency->add_subcommand(name, help);
    command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
    command->callback([options, run, &context] { run(*options, context); });
    return command;
  };
  CLI::App* first = add("declare", "提供を決定する (declare)", declare);
  first->add_option("--event", options->event, "災害の名称 (event)")->required();
  first->add_option("--phase", options->phase, "threat | occurred (phase)")
      ->check(CLI::IsMember({"threat", "occurred"}));
  add_decision_options(*first, options->decided);
  for (CLI::App* command : {add("confirm", "別の担当者が確認する (confirm)", confirm),
                            add("revoke", "決定を終える (revoke)", revoke)}) {
    command->add_option("--decision", options->decision, "決定の ID (decision)")->required();
  }
  CLI::App* look = add("review", "提供を事後に確認する (review a copy)", review);
  look->add_option("--serial", options->serial, "管理番号 (serial)")->required();
  look->add_option("--finding", options->finding, "確認の結果 (finding)")->required();
  add("close", "災害の決定をすべて終える (close an event)", close)
      ->add_option("--event", options->event, "災害の名称 (event)")
      ->required();
  add("list", "決定と事後確認待ち (decisions and reviews due)", list);
}

}  // namespace cli
