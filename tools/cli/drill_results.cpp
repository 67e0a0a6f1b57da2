// SPDX-License-Identifier: Apache-2.0
// `tomoni drill compare` and `tomoni drill report`: from result files; the registry only
// for what held drills have shown, where a city is named.
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/drill_loop.hpp"
#include "cli/drill_run.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "documents/cell_width.hpp"
#include "documents/drill_data.hpp"
#include "documents/drill_report.hpp"
#include "planner/drill_compare.hpp"
#include "planner/drill_follow_up.hpp"
#include "planner/drill_measured.hpp"
#include "planner/drill_tables.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

registry::ResultFile read(const std::string& file) {
  return registry::read_result_file(file, planner::kDrillResultVersion);
}

double confidence_of(const registry::ResultFile& results) {
  return std::stod(planner::meta_of(results, "confidence"));
}

// ---- compare ----

Json json_of(const planner::Estimate& estimate) {
  return {{"difference", estimate.value},
          {"low", estimate.low},
          {"high", estimate.high},
          {"significant", estimate.excludes(0)}};
}

Json json_of(const std::vector<planner::ChangedFate>& fates) {
  Json rows = Json::array();
  for (const planner::ChangedFate& fate : fates) {
    rows.push_back({{"person", fate.key}, {"before", fate.before}, {"after", fate.after}});
  }
  return rows;
}

Json compare(const std::string& before, const std::string& after) {
  const registry::ResultFile a = read(before);
  const registry::ResultFile b = read(after);
  const auto found = planner::compare_drills(a, b, confidence_of(b));
  return {{"runs", found.runs},
          {"confidence", found.confidence},
          {"safe_before", found.mean_before},
          {"safe_after", found.mean_after},
          {"safe", json_of(found.safe)},
          {"ninety_percent_min", json_of(found.last_safe)},
          {"better", json_of(found.better)},
          {"worse", json_of(found.worse)},
          {"unchanged", found.unchanged},
          {"only_before", found.only_before},
          {"only_after", found.only_after},
          {"notes", found.notes}};
}

void print_comparison(const Json& document, const Context& context) {
  const auto number = [](const Json& value) {
    return value.is_null() ? std::string("-") : planner::people_text(value.get<double>());
  };
  const Json& safe = document["safe"];
  std::cout << context.say("時間内に避難できる人 ", "Safe in time ")
            << number(document["safe_before"]) << " → " << number(document["safe_after"])
            << context.say("（差 ", " (difference ") << number(safe["difference"])
            << context.say("、区間 ", ", interval ") << number(safe["low"]) << "～"
            << number(safe["high"]) << context.say("、", ", ")
            << (safe["significant"].get<bool>()
                    ? context.say("差がある）\n", "significant)\n")
                    : context.say("差があるとはいえない）\n", "not significant)\n"))
            << context.say("良くなる人 ", "Better off ") << document["better"].size()
            << context.say("、悪くなる人 ", ", worse off ") << document["worse"].size()
            << context.say("、変わらない人 ", ", unchanged ") << document["unchanged"] << '\n';
  for (const Json& note : document["notes"]) {
    std::cout << "  " << note.get<std::string>() << '\n';
  }
}

void add_compare(CLI::App& drill, Context& context) {
  struct Options {
    std::string before;
    std::string after;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      drill.add_subcommand("compare", "前と後を同じ乱数で比べる (before and after)");
  command->add_option("before", options->before, "前の結果ファイル (result before)")->required();
  command->add_option("after", options->after, "後の結果ファイル (result after)")->required();
  command->callback([options, &context] {
    const Json document = compare(options->before, options->after);
    if (context.json) {
      print_json(document);
    } else {
      print_comparison(document, context);
    }
  });
}

// ---- report ----

struct ReportOptions {
  std::string dir;
  std::string result;
  std::string before;
  std::string pdf;
  std::string html;
  std::string csv;
  std::string netcdf;
};

Json json_of(const planner::DrillSection& section) {
  Json rows = Json::array();
  for (const auto& row : section.table.rows) {
    rows.push_back(row);
  }
  return {{"title", section.title},
          {"note", section.note},
          {"columns", section.table.header},
          {"rows", rows}};
}

/// What drills that were held have shown and left to be done; result files know nothing of it.
void add_held_drills(const std::string& dir, planner::DrillReport& made) {
  const CityFolder city(dir);
  const auto rules = planner::parse_drill_rules(city.rules("drill.toml"));
  const auto moves = route::parse_profiles(city.rules("profiles.toml"));
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kDrillPurpose));
  const auto profiles =
      planner::calibrate(registry::DrillDesk(session).results({}), moves,
                         planner::parse_planning_rules(city.rules("planning.toml")), rules);
  const auto roads = road_residuals(city, session, {});
  for (planner::DrillSection& section :
       planner::measured_sections({.profiles = profiles, .moves = moves, .roads = roads}, rules)) {
    made.sections.push_back(std::move(section));
  }
  made.sections.push_back(planner::findings_section(registry::FindingBook(session).findings(),
                                                    registry::tokyo_date(now())));
}

Json report(const ReportOptions& options, const Context& context) {
  const registry::ResultFile results = read(options.result);
  std::optional<planner::DrillComparison> difference;
  if (!options.before.empty()) {
    difference = planner::compare_drills(read(options.before), results, confidence_of(results));
  }
  planner::DrillReport made = planner::drill_report(results, difference);
  if (!options.dir.empty()) {
    add_held_drills(options.dir, made);
  }
  Json document = {{"title", made.title}, {"subtitle", made.subtitle}};
  const auto write = [&](const char* key, const std::string& file, auto bytes) {
    if (!file.empty() && !context.dry_run) {
      write_file(file, bytes());
      document[key] = file;
    }
  };
  write("pdf", options.pdf, [&] { return documents::drill_pdf(made); });
  write("html", options.html, [&] { return documents::drill_html(made); });
  write("csv", options.csv, [&] { return documents::drill_csv(results); });
  write("netcdf", options.netcdf, [&] { return documents::drill_netcdf(results); });
  Json sections = Json::array();
  for (const planner::DrillSection& section : made.sections) {
    sections.push_back(json_of(section));
  }
  document["sections"] = sections;
  return document;
}

/// A row on the screen, its cells in columns.
void print_row(const Json& cells, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto text = cells[i].get<std::string>();
    line += "  " + text + std::string(widths[i] - documents::cell_width(text), ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  if (!line.empty()) {  // not the rows to write on
    std::cout << line << '\n';
  }
}

void print_section(const Json& section) {
  std::vector<std::size_t> widths(section["columns"].size());
  const auto measure = [&](const Json& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      widths[i] = std::max(widths[i], documents::cell_width(cells[i].get<std::string>()));
    }
  };
  measure(section["columns"]);
  std::ranges::for_each(section["rows"], measure);
  std::cout << '\n' << section["title"].get<std::string>() << '\n';
  print_row(section["columns"], widths);
  for (const Json& row : section["rows"]) {
    print_row(row, widths);
  }
}

void print_report(const Json& document) {
  std::cout << document["title"].get<std::string>() << '\n'
            << document["subtitle"].get<std::string>() << '\n';
  for (const Json& section : document["sections"]) {
    print_section(section);
  }
}

void add_report(CLI::App& drill, Context& context) {
  const auto options = std::make_shared<ReportOptions>();
  CLI::App* command = drill.add_subcommand("report", "結果の報告書 (report of a result file)");
  command->add_option("result", options->result, "結果ファイル (result file)")->required();
  command->add_option("--before", options->before, "比べる前の結果ファイル (result before)");
  command->add_option("--dir", options->dir,
                      "市のフォルダ。実際の訓練との照合と「是正」も載せる (city, for held drills)");
  command->add_option("--pdf", options->pdf, "PDF の報告書 (PDF)");
  command->add_option("--html", options->html, "一つの HTML の報告書 (HTML)");
  command->add_option("--csv", options->csv, "表ごとの CSV を入れた ZIP (ZIP of CSV)");
  command->add_option("--netcdf", options->netcdf,
                      "すべての表の NetCDF。R、Python、QGIS、MATLAB で読める (NetCDF-4)");
  command->callback([options, &context] {
    const Json document = report(*options, context);
    if (context.json) {
      print_json(document);
    } else {
      print_report(document);
    }
  });
}

}  // namespace

void add_drill_results(CLI::App& drill, Context& context) {
  add_compare(drill, context);
  add_report(drill, context);
}

}  // namespace cli
