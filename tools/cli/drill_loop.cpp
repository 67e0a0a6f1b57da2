// SPDX-License-Identifier: Apache-2.0
// What a drill that was held says of the plans: `tomoni drill sheet` and `import`.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/drill_loop.hpp"
#include "cli/files.hpp"
#include "cli/plan_inputs.hpp"
#include "cli/report.hpp"
#include "cli/table_file.hpp"
#include "documents/drill_report.hpp"
#include "registry/drill_desk.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

// ---- sheet ----

struct SheetOptions {
  std::string dir;
  std::string pdf;
  std::string csv;
};

/// Everybody who agreed to take part, with the place the plan leads to.
std::vector<documents::DrillSheetEntry> participants(registry::Session& session,
                                                     std::vector<registry::PersonId>& ids) {
  const auto consents = registry::DrillDesk(session).consents(now());
  std::vector<documents::DrillSheetEntry> entries;
  for (const registry::PlanSubject& subject : session.registrants()) {
    const registry::Person& person = subject.registrant.person;
    const auto consent = consents.find(person.id);
    if (person.is_protected() || consent == consents.end() || !consent->second.takes_part) {
      continue;
    }
    documents::DrillSheetEntry entry{.id = person.id.value, .name = person.name, .shelter = {}};
    if (const auto plan = session.plan_of(person.id)) {
      for (const registry::PlanLeg& leg : plan->main_course().legs) {
        if (leg.kind == registry::LegKind::Evacuate) {
          entry.shelter = leg.shelter_name;
        }
      }
    }
    ids.push_back(person.id);
    entries.push_back(std::move(entry));
  }
  return entries;
}

registry::Table blank_results(const std::vector<documents::DrillSheetEntry>& entries) {
  registry::Table table;
  table.header = {"対象者ID", "情報の受取方法", "連絡",     "支援者到着", "準備",    "移動1",
                  "移動2",    "移動3",          "援護人数", "移動手段",   "留意事項"};
  for (const documents::DrillSheetEntry& entry : entries) {
    std::vector<std::string> row(table.header.size());
    row[0] = entry.id;
    table.rows.push_back(std::move(row));
  }
  return table;
}

Json sheets(const SheetOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kDrillPurpose));
  std::vector<registry::PersonId> ids;
  const auto entries = participants(session, ids);
  if (entries.empty()) {
    throw registry::InputError(
        "訓練参加に同意した人がいません。tomoni consent record --scope 訓練参加 で同意を記録して"
        "ください。");
  }
  if (!context.dry_run) {
    session.record_output("drill_sheet", ids);
    if (!options.pdf.empty()) {
      write_file(options.pdf,
                 documents::drill_sheets(entries, registry::to_iso(registry::tokyo_date(now()))));
    }
    if (!options.csv.empty()) {
      (void)write_table(options.csv, "訓練の記録", blank_results(entries));
    }
  }
  return {{"participants", entries.size()}, {"pdf", options.pdf}, {"csv", options.csv}};
}

void add_sheet(CLI::App& drill, Context& context) {
  const auto options = std::make_shared<SheetOptions>();
  CLI::App* command =
      drill.add_subcommand("sheet", "訓練の記録用紙と記入用の表 (sheets to fill in)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--pdf", options->pdf, "記録用紙の PDF (PDF)");
  command->add_option("--csv", options->csv, "記入用の CSV か .xlsx (table to fill in)");
  command->callback([options, &context] {
    const Json document = sheets(*options, context);
    if (context.json) {
      print_json(document);
    } else {
      std::cout << context.say("訓練に参加する人 ", "Participants ") << document["participants"]
                << '\n';
    }
  });
}

// ---- import ----

struct ResultOptions {
  std::string dir;
  std::string file;
  std::string name;
  std::string held_on;
  std::string hazard;
  std::string proposal;
};

registry::HeldDrill drill_to_record(const ResultOptions& options, const CityFolder& city) {
  registry::HeldDrill drill;
  drill.name = options.name;
  drill.hazard = city.local_plan().planning_hazards.front();
  if (!options.hazard.empty()) {
    const auto kind = registry::parse_hazard_kind(options.hazard);
    if (!kind) {
      throw CLI::ValidationError("--hazard", "災害種別の名前ではありません。例: 洪水, 地震");
    }
    drill.hazard = *kind;
  }
  const auto day = registry::parse_iso_date(options.held_on);
  if (!day) {
    throw CLI::ValidationError("--held", "日付は 2026-11-21 のように書いてください。");
  }
  if (std::chrono::sys_days(*day) > std::chrono::sys_days(registry::tokyo_date(now()))) {
    throw registry::InputError("訓練の日付 " + options.held_on +
                               " はまだ来ていません。日付を確かめてください。");
  }
  drill.held_on = *day;
  return drill;
}

Json import_results(const ResultOptions& options, Context& context) {
  const CityFolder city(options.dir);
  const registry::HeldDrill drill = drill_to_record(options, city);
  const auto rows = registry::parse_drill_rows(read_table(options.file));
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kDrillPurpose));
  registry::DrillImport done{.drill = {}, .report = rows.report};
  if (!context.dry_run) {
    done = registry::DrillDesk(session).record(drill, rows);
  }
  context.exit = done.report.rejected.empty() ? Exit::Done : Exit::InputRejected;
  Json document = {{"drill", done.drill.value},
                   {"readable", rows.rows.size()},
                   {"report", cli::to_json(done.report)},
                   {"late", done.late},
                   {"marked_for_review", done.marked_for_review}};
  document.update(
      calibration(city, session, {.proposal = options.proposal, .dry_run = context.dry_run}));
  return document;
}

void print_results(const Json& document, const Context& context) {
  if (context.dry_run) {
    std::cout << context.say("保存していません。読めた行 ", "Nothing stored. Rows read ")
              << document["readable"]
              << context.say("（同意と計画は、取り込むときに確かめます）\n",
                             " (consents and plans are looked at when they are recorded)\n");
    return;
  }
  std::cout << context.say("記録した結果 ", "Results recorded ") << document["report"]["added"]
            << context.say("、時間内に終わらなかった人 ", ", not in time ") << document["late"]
            << context.say("、要見直しにした計画 ", ", plans for review ")
            << document["marked_for_review"]
            << context.say("（有効な計画だけ）\n", " (of those in force)\n");
  for (const Json& row : document["report"]["rejected"]) {
    std::cout << "  " << row["line"] << context.say(" 行目: ", ": ")
              << row["message"].get<std::string>() << '\n';
  }
  print_calibration(document, context);
}

void add_results(CLI::App& drill, Context& context) {
  const auto options = std::make_shared<ResultOptions>();
  CLI::App* command = drill.add_subcommand(
      "import", "実際の訓練の結果を取り込み、計画と見直しの案に生かす (results of a drill held)");
  command->add_option("file", options->file, "結果の表、CSV か XLSX (table)")->required();
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--name", options->name, "訓練の名前 (name of the drill)")->required();
  command->add_option("--held", options->held_on, "訓練の日、2026-11-21 (day)")->required();
  command->add_option("--hazard", options->hazard,
                      "どの災害の計画を試したか。既定は地域防災計画の最初のもの (hazard)");
  command->add_option("--proposal", options->proposal,
                      "割合と速さを直す案を書き出すファイル (proposal of changed figures)");
  command->callback([options, &context] {
    const Json document = import_results(*options, context);
    if (context.json) {
      print_json(document);
    } else {
      print_results(document, context);
    }
  });
}

}  // namespace

void add_drill_loop(CLI::App& drill, Context& context) {
  add_sheet(drill, context);
  add_results(drill, context);
  add_drill_tracks(drill, context);
  add_drill_differences(drill, context);
  add_drill_findings(drill, context);
}

}  // namespace cli
