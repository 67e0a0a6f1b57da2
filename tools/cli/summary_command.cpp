// SPDX-License-Identifier: Apache-2.0
// `tomoni summary`: the state of planning in numbers that may be shown to a council.
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "cli/table_file.hpp"
#include "documents/council_report.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct SummaryOptions {
  std::string dir;
  std::string level = "自治会";
  std::string out;
};

registry::AreaLevel level_of(const SummaryOptions& options) {
  const auto level = registry::parse_area_level(options.level);
  if (!level) {
    throw CLI::ValidationError("--level",
                               "圏域、中学校区、小学校区、町丁目、自治会、民生委員担当区 の"
                               "どれかです");
  }
  return *level;
}

planner::CitySummary summary_of(registry::Session& session, registry::AreaLevel level) {
  const auto subjects = session.registrants();
  const auto plans = session.plans();
  const auto shelters = session.shelters();
  const auto areas = session.areas();
  return planner::city_summary(
      {.subjects = subjects, .plans = plans, .shelters = shelters, .areas = areas, .level = level});
}

Json json_of(const registry::Table& table) {
  Json rows = Json::array();
  for (const auto& cells : table.rows) {
    Json row = Json::object();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      row[table.header[i]] = cells[i];
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

void print_summary(const std::vector<documents::ReportTable>& tables) {
  for (const documents::ReportTable& each : tables) {
    std::cout << each.title << '\n';
    for (const auto& cells : each.table.rows) {
      std::cout << "  " << cells.front();
      for (std::size_t i = 1; i < cells.size(); ++i) {
        std::cout << "  " << each.table.header[i] << ' ' << cells[i];
      }
      std::cout << '\n';
    }
  }
}

void run(const SummaryOptions& options, const Context& context) {
  const registry::AreaLevel level = level_of(options);
  const std::filesystem::path out(options.out);
  if (!options.out.empty() && out.extension() != ".pdf" && !names_workbook(out)) {
    throw CLI::ValidationError("--out", "名前は .pdf か .xlsx で終わります");
  }
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("計画の状況の集計"));
  const auto tables = documents::council_tables(summary_of(session, level));
  const registry::LocalPlan local_plan = city.local_plan();
  const documents::CouncilPrint print{tables, local_plan, registry::tokyo_date(now())};
  if (!options.out.empty() && !context.dry_run) {
    write_file(out, names_workbook(out) ? documents::council_workbook(print)
                                        : documents::council_pdf(print));
  }
  if (context.json) {
    Json document = Json::object();
    for (const documents::ReportTable& each : tables) {
      document[each.title] = json_of(each.table);
    }
    print_json(document);
    return;
  }
  print_summary(tables);
}

}  // namespace

void add_summary(CLI::App& app, Context& context) {
  const auto options = std::make_shared<SummaryOptions>();
  CLI::App* command = app.add_subcommand(
      "summary", "計画の状況を数だけで集計する。5 人未満は * (numbers for the council)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--level", options->level, "地区の区分。既定は自治会 (areas)");
  command->add_option("--out", options->out, "PDF または XLSX (output)");
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace cli
