// SPDX-License-Identifier: Apache-2.0
// `tomoni drill findings`: what drills showed, and what is done about it until the next one.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/drill_loop.hpp"
#include "cli/report.hpp"
#include "cli/table_file.hpp"
#include "planner/drill_tables.hpp"
#include "registry/drill_findings.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kNoNames =
    "個人の名前・住所・IDは書かず、担当は課や役割で書いてください。書いたものはそのまま保存され、"
    "報告書に印刷されます。";

registry::Date date_of(const char* option, const std::string& text) {
  const auto day = registry::parse_iso_date(text);
  if (!day) {
    throw CLI::ValidationError(option, "日付は 2026-11-21 のように書いてください。");
  }
  return *day;
}

std::string with_day(const std::string& name, registry::Date day) {
  return name + "（" + registry::to_iso(day) + "）";
}

Json json_of(const registry::FindingRecord& record) {
  return {{"state", registry::to_text(record.state)},
          {"owner", record.owner},
          {"due", registry::to_iso(record.due)},
          {"note", record.note},
          {"checked_at", record.checked},
          {"recorded_at", registry::tokyo_time(record.recorded_at)},
          {"recorded_by", record.recorded_by}};
}

Json json_of(const registry::DrillFinding& finding, registry::Date today) {
  Json history = Json::array();
  for (const registry::FindingRecord& record : finding.history) {
    history.push_back(json_of(record));
  }
  const registry::FindingRecord& now = finding.now();
  return {{"number", finding.number},
          {"state", registry::to_text(now.state)},
          {"overdue", finding.is_overdue(today)},
          {"due", registry::to_iso(now.due)},
          {"finding", finding.said.finding},
          {"action", finding.said.action},
          {"owner", now.owner},
          {"drill", with_day(finding.said.drill_name, finding.said.drill_day)},
          {"on_the_desk", !finding.said.drill.has_value()},
          {"checked_at", now.checked},
          {"note", now.note},
          {"history", history}};
}

// ---- add ----

struct AddOptions {
  std::string dir;
  DrillName drill;
  std::string result;
  std::string finding;
  std::string action;
  std::string owner;
  std::string due;
};

/// The drill it comes from: one that was held, or a result file of one played on the desk.
void name_drill(const AddOptions& options, registry::Session& session,
                registry::NewFinding& finding) {
  if (options.result.empty()) {
    const registry::HeldDrill held = held_drill(session, options.drill);
    finding.drill = held.id;
    finding.drill_name = held.name;
    finding.drill_day = held.held_on;
    return;
  }
  const auto results = registry::read_result_file(options.result, planner::kDrillResultVersion);
  finding.drill_name = planner::meta_of(results, "name");
  const auto day = registry::parse_iso_date(planner::meta_of(results, "start").substr(0, 10));
  if (!day) {
    throw registry::InputError("結果ファイルの始まりの日付が読めません: " + options.result +
                               "。tomoni drill run で作ったファイルを指定してください。");
  }
  finding.drill_day = *day;
}

Json add_finding(const AddOptions& options, const Context& context) {
  registry::NewFinding finding{.drill = {},
                               .drill_name = {},
                               .drill_day = {},
                               .finding = options.finding,
                               .action = options.action,
                               .owner = options.owner,
                               .due = date_of("--due", options.due)};
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kDrillPurpose));
  name_drill(options, session, finding);
  Json document = {{"number", nullptr}, {"drill", with_day(finding.drill_name, finding.drill_day)}};
  if (!context.dry_run) {
    document["number"] = registry::FindingBook(session).add(finding);
  }
  return document;
}

void add_add(CLI::App& findings, Context& context) {
  const auto options = std::make_shared<AddOptions>();
  CLI::App* command = findings.add_subcommand("add", "指摘を加える (add a finding)");
  command->footer(kNoNames);
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  add_drill_name(*command, options->drill, false);
  command
      ->add_option("--result", options->result,
                   "机上の訓練なら、その結果ファイル (result of a drill that was played)")
      ->excludes("--name");
  command->add_option("--finding", options->finding, "指摘 (what the drill showed)")->required();
  command->add_option("--action", options->action, "改善の内容 (what is to be done)")->required();
  command->add_option("--owner", options->owner, "担当の課・役割。人の名前は書かない (office)")
      ->required();
  command->add_option("--due", options->due, "期限、2027-03-31 (until when)")->required();
  command->callback([options, &context] {
    const Json document = add_finding(*options, context);
    if (context.json) {
      print_json(document);
      return;
    }
    std::cout << document["drill"].get<std::string>();
    if (document["number"].is_null()) {
      std::cout << context.say("の指摘として書けます（保存していません）。\n",
                               ": could be added (nothing stored).\n");
      return;
    }
    std::cout << context.say("の指摘を是正の ", ": added as finding ") << document["number"]
              << context.say(" 番として加えました。次の訓練まで引き継ぎます。\n",
                             ". It is carried to the next drill.\n");
  });
}

// ---- list ----

struct ListOptions {
  std::string dir;
  std::string csv;
  bool all = false;
};

Json findings_of(const CityFolder& city, bool closed_too) {
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kDrillPurpose));
  const registry::Date today = registry::tokyo_date(now());
  Json rows = Json::array();
  for (const auto& finding : registry::FindingBook(session).findings(closed_too)) {
    rows.push_back(json_of(finding, today));
  }
  return rows;
}

Json list(const ListOptions& options, const Context& context) {
  const Json rows = findings_of(CityFolder(options.dir), options.all);
  if (!options.csv.empty() && !context.dry_run) {
    (void)write_table(options.csv, "是正",
                      table_of(rows, {{"番号", "number"},
                                      {"状態", "state"},
                                      {"期限切れ", "overdue"},
                                      {"期限", "due"},
                                      {"指摘", "finding"},
                                      {"改善の内容", "action"},
                                      {"担当", "owner"},
                                      {"訓練", "drill"},
                                      {"確かめた訓練", "checked_at"},
                                      {"備考", "note"}}));
  }
  return {{"findings", rows}};
}

void add_list(CLI::App& findings, Context& context) {
  const auto options = std::make_shared<ListOptions>();
  CLI::App* command =
      findings.add_subcommand("list", "終わっていない指摘、期限の早い順 (open findings)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_flag("--all", options->all, "終わったものも (closed ones too)");
  command->add_option("--csv", options->csv, "CSV か .xlsx (list)");
  command->callback([options, &context] {
    const Json document = list(*options, context);
    if (context.json) {
      print_json(document);
      return;
    }
    if (document["findings"].empty()) {
      std::cout << context.say("終わっていない指摘はありません。\n", "No open findings.\n");
    }
    print_findings(document["findings"], context);
  });
}

// ---- close, extend ----

struct StepOptions {
  std::string dir;
  int number = 0;
  std::string state = "完了";
  std::string note;
  std::string owner;
  std::string due;
  std::string checked;
};

void take_step(const StepOptions& options, registry::FindingState state, const Context& context) {
  registry::FindingStep step{
      .state = state, .due = {}, .owner = options.owner, .note = options.note, .checked = {}};
  if (!options.due.empty()) {
    step.due = date_of("--due", options.due);
  }
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kDrillPurpose));
  if (!options.checked.empty()) {
    step.checked = held_drill(session, {.name = options.checked, .held_on = {}}).id;
  }
  if (!context.dry_run) {
    registry::FindingBook(session).take_step(options.number, step);
  }
  if (context.json) {
    print_json({{"number", options.number}, {"state", registry::to_text(state)}});
    return;
  }
  std::cout << context.say("是正の ", "Finding ") << options.number << context.say(" 番: ", ": ")
            << registry::to_text(state)
            << (context.dry_run ? context.say("（保存していません）\n", " (nothing stored)\n")
                                : "\n");
}

CLI::App* add_step(CLI::App& findings, const char* name, const char* help, StepOptions& options) {
  CLI::App* command = findings.add_subcommand(name, help);
  command->footer(kNoNames);
  command->add_option("number", options.number, "是正の番号 (number)")->required();
  command->add_option("--dir", options.dir, "市のフォルダ (city folder)")->required();
  command->add_option("--note", options.note, "どう確かめたか、またはその理由 (how or why)")
      ->required();
  command->add_option("--checked", options.checked,
                      "確かめた訓練の名前 (drill at which it was checked)");
  return command;
}

void add_close(CLI::App& findings, Context& context) {
  const auto options = std::make_shared<StepOptions>();
  CLI::App* command = add_step(findings, "close", "指摘を終える (close a finding)", *options);
  command->add_option("--state", options->state, "完了 か 取りやめ (done or dropped)");
  command->callback([options, &context] {
    const auto state = registry::parse_finding_state(options->state);
    if (!state || *state == registry::FindingState::Open) {
      throw CLI::ValidationError(
          "--state",
          "完了 か 取りやめ を書いてください。続けるなら tomoni drill findings extend。");
    }
    take_step(*options, *state, context);
  });
}

void add_extend(CLI::App& findings, Context& context) {
  const auto options = std::make_shared<StepOptions>();
  CLI::App* command = add_step(
      findings, "extend", "続ける: 期限や担当を改める (keep open, new date or owner)", *options);
  command->add_option("--due", options->due, "新しい期限、2027-03-31 (new date)");
  command->add_option("--owner", options->owner, "新しい担当の課・役割 (new office)");
  command->callback(
      [options, &context] { take_step(*options, registry::FindingState::Open, context); });
}

}  // namespace

Json open_findings(const CityFolder& city) {
  return findings_of(city, false);
}

void print_findings(const Json& findings, const Context& context) {
  for (const Json& row : findings) {
    std::cout << "  " << row["number"] << context.say(" 番 ", ". ")
              << (row["overdue"].get<bool>() ? context.say("期限切れ", "overdue")
                                             : row["state"].get<std::string>())
              << context.say("、期限 ", ", due ") << row["due"].get<std::string>() << "  "
              << row["finding"].get<std::string>() << " → " << row["action"].get<std::string>()
              << context.say("  担当 ", "  by ") << row["owner"].get<std::string>() << "  "
              << row["drill"].get<std::string>();
    if (!row["checked_at"].get<std::string>().empty()) {
      std::cout << context.say("  確かめた訓練 ", "  checked at ")
                << row["checked_at"].get<std::string>();
    }
    if (!row["note"].get<std::string>().empty()) {
      std::cout << "  " << row["note"].get<std::string>();
    }
    std::cout << '\n';
  }
}

void add_drill_findings(CLI::App& drill, Context& context) {
  CLI::App* findings = drill.add_subcommand(
      "findings", "是正: 訓練の指摘を次の訓練まで引き継ぐ (findings and improvement plan)");
  findings->require_subcommand(1);
  findings->footer(kNoNames);
  add_add(*findings, context);
  add_list(*findings, context);
  add_close(*findings, context);
  add_extend(*findings, context);
}

}  // namespace cli
