// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/batch_report.hpp"
#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/import_people.hpp"
#include "cli/report.hpp"
#include "registry/error.hpp"
#include "route/elevation.hpp"
#include "route/gis_import.hpp"
#include "route/graph_builder.hpp"
#include "route/osm_import.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using registry::ImportKind;
using registry::ImportReport;
using registry::Session;

struct ImportOptions {
  std::string file;
  std::string dir;
  std::string columns;
  PeopleOptions people;
  std::string attribution = "© OpenStreetMap contributors (ODbL 1.0)";
};

/// One import: where from, where to, and in which manner.
struct Job {
  const ImportOptions& options;
  const Context& context;
  CityFolder city;
  std::string kind;
};

void report_rejected(Job& job, const std::string& kind, const ImportReport& report,
                     Json& document) {
  if (report.rejected.empty() || job.context.dry_run) {
    return;
  }
  const auto file =
      job.city.imports() / (std::to_string(now().milliseconds) + "_" + kind + "_errors.csv");
  write_file(file, registry::write_csv(error_table(report), registry::CsvEncoding::Utf8Bom).bytes);
  document["error_csv"] = file.string();
}

/// Stores parsed rows (unless it is a dry run) and returns what came of it.
template <class Rows>
Json store_rows(Job& job, const std::string& kind, const Rows& rows,
                ImportReport (Session::*store)(const Rows&)) {
  ImportReport report = rows.report;
  if (!job.context.dry_run) {
    auto registry = job.city.open_registry();
    Session session = registry.session(actor("名簿の作成・更新（49条の10）"));
    report = (session.*store)(rows);
  }
  Json document = to_json(report);
  report_rejected(job, kind, report, document);
  return document;
}

Json import_areas(Job& job) {
  const auto areas = registry::parse_areas(read_file(job.options.file));
  ImportReport report;
  report.rows_read = areas.areas.size();
  report.notes = areas.notes;
  if (!job.context.dry_run) {
    auto registry = job.city.open_registry();
    Session session = registry.session(actor("区域の登録"));
    report = session.import_areas(areas);
  }
  return to_json(report);
}

template <registry::ImportKind kKind>
Json import_people_file(Job& job) {
  ImportReport report;
  Json document =
      import_people(kKind, job.options.file, job.options.people, job.city, job.context, report);
  report_rejected(job, job.kind, report, document);
  return document;
}

Json import_supporters(Job& job) {
  const auto rows = registry::parse_supporters(read_table(job.options.file, job.options.people));
  return store_rows(job, "supporters", rows, &Session::import_supporters);
}

bool looks_like_json(const std::string& bytes) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string::npos && bytes[first] == '{';
}

Json import_shelters(Job& job) {
  const std::string bytes = read_file(job.options.file);
  const registry::LocalPlan plan = job.city.local_plan();
  const auto rows = looks_like_json(bytes)
                        ? registry::parse_gsi_shelters(bytes, plan)
                        : registry::parse_shelters(registry::read_csv(bytes), plan);
  return store_rows(job, "shelters", rows, &Session::import_shelters);
}

/// Extensions of OpenStreetMap files; every other file is read by its columns.
bool is_osm(const std::string& file) {
  return file.ends_with(".osm") || file.ends_with(".pbf") || file.ends_with(".osm.gz") ||
         file.ends_with(".osm.bz2");
}

route::RoadImport read_roads(const Job& job) {
  const std::string& file = job.options.file;
  if (is_osm(file)) {
    if (!job.options.columns.empty()) {
      throw registry::InputError("--columns は OpenStreetMap のファイルには使いません: " + file);
    }
    return route::import_osm(file, progress_line());
  }
  const std::string columns = job.options.columns.empty() ? job.city.rules("road_columns.toml")
                                                          : read_file(job.options.columns);
  return route::import_gis(file, route::parse_gis_columns(columns), progress_line());
}

Json import_roads(Job& job) {
  const auto roads = read_roads(job);
  const auto turns = is_osm(job.options.file) ? route::import_turn_restrictions(
                                                    job.options.file, roads.graph, progress_line())
                                              : route::TurnImport{};
  if (!job.context.dry_run) {
    write_file(job.city.graph_file(), roads.graph.image());
    write_file(job.city.turns_file(), turns_text(roads.graph, turns.bans));
    write_file(job.city.attribution_file(), job.options.attribution);
  }
  Json document = to_json(roads.report);
  document.update(to_json(turns.report));
  return document;
}

Json import_dem(Job& job) {
  if (!std::filesystem::exists(job.city.graph_file())) {
    throw registry::Error(
        "道路がまだありません。先に import roads をしてから import dem をしてください。");
  }
  const auto graph = route::RoadGraph::map(job.city.graph_file());
  const auto slopes = route::slopes_from_dem(graph, job.options.file);
  if (!job.context.dry_run) {
    write_file(job.city.graph_file(), with_slopes(graph, slopes.permille).image());
  }
  return {{"edges", slopes.report.edges},
          {"edges_without_height", slopes.report.edges_without_height},
          {"edges_levelled", slopes.report.edges_levelled},
          {"steepest_permille", slopes.report.steepest_permille}};
}

Json import_hazards(Job& job) {
  const auto hazards = route::import_hazards(job.options.file);
  if (!job.context.dry_run) {
    write_file(job.city.hazards_file(), hazards_geojson(hazards.map));
  }
  return to_json(hazards.report);
}

/// A closure for a profile nobody has would close the road to nobody.
void expect_known_profiles(const Job& job, const std::vector<route::Closure>& closures) {
  const auto profiles = route::parse_profiles(job.city.rules("profiles.toml"));
  for (const route::Closure& closure : closures) {
    for (const std::string& name : closure.profiles) {
      static_cast<void>(profile_named(profiles, name));
    }
  }
}

/// What the closures do to the roads, in lines for people.
Json effect_notes(const Job& job, const std::vector<route::Closure>& closures, Json& document) {
  if (!std::filesystem::exists(job.city.graph_file())) {
    return {"道路がまだないので、どの道が閉じるかは確かめていない"};
  }
  const auto graph = route::RoadGraph::map(job.city.graph_file());
  const auto effect = closure_effect(graph, closures);
  std::set<route::EdgeId> closed;
  Json notes = Json::array();
  for (std::size_t i = 0; i < closures.size(); ++i) {
    closed.insert(effect.edges[i].begin(), effect.edges[i].end());
    if (effect.edges[i].empty()) {
      notes.push_back(
          std::to_string(i + 1) +
          "番目の通行止め: どの道にもかからない。場所、緯度と経度の順を確かめてください");
    }
  }
  for (const std::int64_t way : effect.unknown_ways) {
    notes.push_back("道の番号 " + std::to_string(way) + " は道路データにない");
  }
  document["unknown_ways"] = effect.unknown_ways;
  document["edges_closed"] = closed.size();
  return notes;
}

Json import_closures(Job& job) {
  const auto closures = route::import_closures(job.options.file);
  expect_known_profiles(job, closures.closures);
  Json document = to_json(closures.report);
  document["notes"] = effect_notes(job, closures.closures, document);
  if (!job.context.dry_run) {
    write_file(job.city.closures_file(), closures_geojson(closures.closures));
  }
  return document;
}

const std::map<std::string, Json (*)(Job&)>& importers() {
  static const std::map<std::string, Json (*)(Job&)> importers_by_kind{
      {"areas", import_areas},
      {"residents", import_people_file<ImportKind::Residents>},
      {"care", import_people_file<ImportKind::Care>},
      {"disability", import_people_file<ImportKind::Disability>},
      {"intractable", import_people_file<ImportKind::Intractable>},
      {"voluntary", import_people_file<ImportKind::Voluntary>},
      {"supporters", import_supporters},
      {"shelters", import_shelters},
      {"roads", import_roads},
      {"dem", import_dem},
      {"hazards", import_hazards},
      {"closures", import_closures}};
  return importers_by_kind;
}

/// Files that are imported as a diff.
bool is_about_people(const std::string& kind) {
  return kind == "residents" || kind == "care" || kind == "disability" || kind == "intractable" ||
         kind == "voluntary";
}

/// What a figure of a report is called in the user's language; other figures keep their key.
std::string label(const std::string& key, const Context& context) {
  static const std::map<std::string, const char*> japanese{
      {"encoding", "文字コード"},
      {"rows_read", "読んだ行"},
      {"added", "新規"},
      {"changed", "変更"},
      {"unchanged", "変更なし"},
      {"queued", "確認待ち"},
      {"plans_to_review", "要見直しになった計画"},
      {"error_csv", "不採用の一覧"},
      {"ways_read", "読んだ道"},
      {"ways_used", "使った道"},
      {"missing_nodes", "位置の無い点"},
      {"nodes", "交差点"},
      {"edges", "道路区間"},
      {"components", "つながりの数"},
      {"nodes_in_largest", "最大のつながりの交差点"},
      {"length_km", "延長 km"},
      {"turn_relations_read", "右左折の規制"},
      {"turn_relations_used", "守る規制"},
      {"turns_banned", "禁止される曲がり方"},
      {"edges_without_height", "標高の無い区間"},
      {"edges_levelled", "水平とした区間"},
      {"steepest_permille", "最大勾配 ‰"},
      {"features_read", "読んだ図形"},
      {"zones", "危険区域"},
      {"closures", "通行止め"},
      {"edges_closed", "閉じる道路区間"}};
  const auto found = japanese.find(key);
  return context.english || found == japanese.end() ? key : found->second;
}

void print_each(const Json& lines) {
  for (const Json& line : lines) {
    std::cout << "  " << line.get<std::string>() << '\n';
  }
}

void print_counts(const std::string& label, const Json& counts) {
  for (const auto& [reason, count] : counts.items()) {
    std::cout << "  " << label << reason << ": " << count << '\n';
  }
}

void print_import(const Json& report, const Context& context) {
  std::cout << report["kind"].get<std::string>() << ": " << report["file"].get<std::string>()
            << '\n';
  for (const auto& [key, value] : report.items()) {
    if (key == "turn_relations_dropped") {
      for (const auto& [reason, relations] : value.items()) {
        std::cout << "  " << context.say("使わなかった規制 ", "restrictions not used: ") << reason
                  << ": " << relations << '\n';
      }
    } else if (value.is_number()) {
      std::cout << "  " << label(key, context) << ": " << value << '\n';
    } else if (key == "encoding" || key == "error_csv") {
      std::cout << "  " << label(key, context) << ": " << value.get<std::string>() << '\n';
    } else if (key == "notes" || key == "dropped" || key == "repaired") {
      print_each(value);
    } else if (key == "ways_dropped") {
      print_counts(context.say("使わなかった道 ", "ways not used: "), value);
    } else if (key == "remarks") {
      print_counts(context.say("注意 ", "remark: "), value);
    }
  }
  if (report.contains("preview")) {
    print_batch(report["preview"], context);
  } else if (report.contains("ripple")) {
    print_ripple(report["ripple"], context);
  }
  for (const Json& row : report.value("rejected", Json::array())) {
    std::cout << "  " << context.say("不採用 行 ", "rejected line ") << row["line"] << " "
              << row["column"].get<std::string>() << ": " << row["message"].get<std::string>()
              << '\n';
  }
}

void run(const std::string& kind, const ImportOptions& options, Context& context) {
  Job job{options, context, CityFolder(options.dir), kind};
  Json report{{"kind", kind},
              {"file", options.file},
              {"stored", !context.dry_run && !options.people.preview}};
  report.update(importers().at(kind)(job));
  // A zone left out is a gap in a map; a closure left out sends people into a closed road.
  if (!report.value("rejected", Json::array()).empty() ||
      (kind == "closures" && !report["dropped"].empty())) {
    context.exit = Exit::InputRejected;
  }
  if (context.json) {
    print_json(report);
  } else {
    print_import(report, context);
  }
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("import", "市のファイルを取り込む (import a city's files)");
  command->require_subcommand(1);
  for (const auto& [kind, importer] : importers()) {
    const auto options = std::make_shared<ImportOptions>();
    CLI::App* sub = command->add_subcommand(kind, kind + " を取り込む");
    sub->add_option("file", options->file, "ファイル (file)")->required();
    sub->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
    if (is_about_people(kind)) {
      add_people_options(*sub, options->people);
    }
    if (kind == "roads") {
      sub->add_option("--columns", options->columns,
                      "OpenStreetMap でない道路の列の対応表 TOML (columns of GIS roads)");
      sub->add_option("--attribution", options->attribution,
                      "地図に印刷する出典 (printed under maps)")
          ->capture_default_str();
    }
    sub->callback([kind = kind, options, &context] { run(kind, *options, context); });
  }
}

}  // namespace cli
