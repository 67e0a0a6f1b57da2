// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/plans_geojson.hpp"
#include "cli/report.hpp"
#include "documents/map_picture.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;

struct ExportOptions {
  std::string dir;
  std::string out;
};

documents::MapContent town_map(const planner::CityRoads& roads,
                               const std::vector<registry::Shelter>& shelters,
                               const std::vector<registry::EvacuationPlan>& plans,
                               const std::set<registry::PersonId>& hidden) {
  documents::MapContent map{.graph = roads.graph,
                            .hazards = &roads.hazards,
                            .routes = {},
                            .marks = {},
                            .box = roads.graph.bounds(),
                            .attribution = {}};
  for (const registry::Shelter& shelter : shelters) {
    const auto place = route::from_degrees(shelter.position.lat, shelter.position.lon);
    if (map.box.contains(place)) {
      map.marks.push_back({place,
                           shelter.kinds.welfare() ? documents::MapMark::Kind::WelfareShelter
                                                   : documents::MapMark::Kind::Shelter,
                           shelter.name});
    }
  }
  for (const registry::EvacuationPlan& plan : plans) {
    if (hidden.contains(plan.subject)) {
      continue;
    }
    for (const registry::PlanLeg& leg : plan.main_course().legs) {
      route::Polyline shape;
      for (const registry::Position& point : leg.route) {
        shape.push_back(route::from_degrees(point.lat, point.lon));
      }
      map.routes.push_back(std::move(shape));
    }
  }
  return map;
}

void run(const ExportOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const auto roads = city.roads();
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("個別避難計画の地図の作成"));
  const auto plans = session.plans();
  std::set<registry::PersonId> hidden;
  std::vector<registry::PersonId> shown;
  for (const registry::PlanSubject& subject : session.registrants()) {
    const registry::Person& person = subject.registrant.person;
    if (person.is_protected()) {
      hidden.insert(person.id);
    } else {
      shown.push_back(person.id);
    }
  }
  session.record_output("plans_geojson", shown);
  auto map = town_map(*roads, session.shelters(), plans, hidden);
  map.attribution = city.attribution();
  const fs::path out(options.out);
  if (!context.dry_run) {
    fs::create_directories(out);
    write_file(out / "plans.geojson", plans_geojson(plans, hidden).dump() + "\n");
    write_file(out / "map.pdf",
               documents::town_map_pdf(map, city.local_plan().city_name + " 避難経路図"));
  }
  if (context.json) {
    print_json({{"geojson", (out / "plans.geojson").string()},
                {"map", (out / "map.pdf").string()},
                {"protected_left_out", hidden.size()}});
  } else {
    std::cout << (out / "plans.geojson").string() << '\n' << (out / "map.pdf").string() << '\n';
  }
}

}  // namespace

void add_export(CLI::App& app, Context& context) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* command = app.add_subcommand(
      "export", "計画を GeoJSON と地図 PDF に書き出す (plans as GeoJSON and a map)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--out", options->out, "書き出すフォルダ (output folder)")->required();
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace cli
