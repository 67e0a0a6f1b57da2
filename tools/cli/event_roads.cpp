// SPDX-License-Identifier: Apache-2.0
// `event close-roads|water`: what is closed or flooded now, who has to go another way, and whom to
// tell. Plans people have settled stay as they are.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/event_board.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "planner/event_advice.hpp"
#include "planner/what_if.hpp"
#include "registry/error.hpp"
#include "route/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options : EventChoice {
  std::string file;
  std::vector<std::string> hazards;
};

enum class Live { Roads, Water };

/// Drawn water closes the roads it covers: by a hazard map's columns, or as plain closures.
route::ClosureImport water_closures(const std::filesystem::path& file) {
  try {
    const route::HazardImport water = route::import_hazards(file);
    route::ClosureImport closures;
    closures.report = {.features_read = water.report.features_read,
                       .closures = water.map.zones.size(),
                       .dropped = water.report.dropped,
                       .repaired = water.report.repaired};
    for (const route::HazardZone& zone : water.map.zones) {
      route::Closure& closure = closures.closures.emplace_back();
      closure.areas.push_back({zone.rings});
      closure.reason = "浸水";
    }
    return closures;
  } catch (const route::InputError&) {
    return route::import_closures(file);
  }
}

route::ClosureImport read_live(Live what, const std::string& file) {
  route::ClosureImport read =
      what == Live::Water ? water_closures(file) : route::import_closures(file);
  for (route::Closure& closure : read.closures) {
    if (closure.reason.empty()) {
      closure.reason = what == Live::Water ? "浸水" : "災害による通行止め";
    }
  }
  return read;
}

/// A drill closes nothing but in its own computation.
void add_to(planner::CityRoads& roads, const std::vector<route::Closure>& closures) {
  roads.closures.insert(roads.closures.end(), closures.begin(), closures.end());
  roads.closure_effect = route::closure_effect(roads.graph, roads.closures);
}

Json supporters_json(const registry::PlanSubject& subject) {
  Json list = Json::array();
  for (const registry::AssignedSupporter& each : subject.supporters) {
    list.push_back({{"supporter", each.supporter.id.value},
                    {"name", each.supporter.name},
                    {"phone", each.supporter.phone}});
  }
  return list;
}

Json side(const registry::PlanCourse& course) {
  return {{"shelter", course.legs.empty() ? "" : course.legs.back().shelter_name},
          {"travel_s", course.timing.travel_s},
          {"stay", to_text(course.stay)},
          {"reason", course.legs.empty() ? course.stay_reason : std::string()},
          {"cause", course.cause}};
}

Json change_json(const planner::CourseChange& change, const EventBoard& board,
                 const planner::CityRoads& roads) {
  const auto subject = std::ranges::find_if(board.subjects, [&](const auto& each) {
    return each.registrant.person.id == change.subject;
  });
  registry::PlanCourse after = change.after;
  Json supporters = Json::array();
  if (subject != board.subjects.end()) {
    const auto demand =
        planner::anonymous_demand(*subject, 0, {board.plan.mobility, board.plan.rules},
                                  board.plan.local_plan.companions, registry::tokyo_date(board.at));
    after = planner::course_under(board.level_for(change.subject), std::move(after),
                                  planner::stay_advice(change.hazard, roads.hazards, demand,
                                                       subject->needs.dwelling, board.plan.rules));
    supporters = supporters_json(*subject);
  }
  return {{"registrant", change.subject.value},
          {"hazard", to_text(change.hazard)},
          {"before", side(change.before)},
          {"after", side(after)},
          {"tell", std::move(supporters)}};
}

/// A plan that people have settled is another way today: somebody has to say so, paper does not.
void mark_settled(const planner::PlanReport& report, Json& changes) {
  std::map<std::string, bool> settled;
  for (const registry::EvacuationPlan& plan : report.before) {
    settled[plan.subject.value] = registry::is_settled(plan.status);
  }
  for (Json& change : changes) {
    change["settled_plan_kept"] = settled[change["registrant"].get<std::string>()];
  }
}

void print_words(const Json& document, const Context& context) {
  std::cout << context.say("通行止め・浸水 ", "Closures ") << document["closures"]
            << context.say("、道の変わる人 ", ", people whose way changes ")
            << document["changes"].size() << context.say("、計算 ", ", computed in ")
            << document["seconds"] << context.say(" 秒\n", " s\n");
  for (const Json& change : document["changes"]) {
    const Json& after = change["after"];
    const auto shelter = after["shelter"].get<std::string>();
    std::cout << "  " << change["registrant"].get<std::string>() << ' '
              << change["hazard"].get<std::string>() << " → "
              << (shelter.empty()
                      ? after["stay"].get<std::string>() + " " +
                            after["reason"].get<std::string>() + after["cause"].get<std::string>()
                      : shelter)
              << (change["settled_plan_kept"].get<bool>()
                      ? context.say(" (確定した計画はそのまま)", " (settled plan kept)")
                      : "")
              << '\n';
    for (const Json& one : change["tell"]) {
      std::cout << context.say("    伝える: ", "    tell: ") << one["name"].get<std::string>()
                << ' ' << one["phone"].get<std::string>() << '\n';
    }
  }
}

void run(Live what, const Options& options, Context& context) {
  const route::ClosureImport read = read_live(what, options.file);
  if (!read.report.dropped.empty()) {
    context.exit = Exit::InputRejected;  // a closure left out sends people into a closed road
  }
  EventRoom room(options, "災害時の道の変更");
  if (state_of(room.event, now()) != registry::EventState::Open) {
    throw Refused("この災害の宣言は確認されていないか、終わっています。");
  }
  const bool stores = !room.event.is_drill && !context.dry_run;
  if (stores) {
    write_file(what == Live::Water ? room.city.live_water_file() : room.city.live_closures_file(),
               route::closures_geojson(read.closures));
  }
  const EventBoard board(room);
  const auto roads = room.city.roads();
  if (!stores) {
    add_to(*roads, read.closures);
  }
  const auto begin = std::chrono::steady_clock::now();
  planner::PlanRequest request = board.plan.request();
  request.store = stores;
  request.only_affected = true;
  request.second_ways = false;
  const planner::PlanReport report =
      planner::make_plans(room.session, *roads, request, progress_line());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  Json changes = Json::array();
  for (const planner::CourseChange& change :
       planner::changes_between(report.before, report.plans)) {
    changes.push_back(change_json(change, board, *roads));
  }
  mark_settled(report, changes);
  const Json document = {{"event", room.event.id.value},     {"closures", read.closures.size()},
                         {"dropped", read.report.dropped},   {"stored", stores},
                         {"revised", report.stored.revised}, {"kept", report.stored.kept},
                         {"seconds", took.count()},          {"changes", std::move(changes)}};
  if (context.json) {
    print_json(document);
  } else {
    print_words(document, context);
  }
}

void add(CLI::App& event, Live what, const char* name, const char* help, Context& context) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = event.add_subcommand(name, help);
  add_event_choice(*command, *options);
  command->add_option("file", options->file, "いまのすべて: GeoJSON など (everything as it is now)")
      ->required();
  command->callback([options, what, &context] { run(what, *options, context); });
}

}  // namespace

void add_event_roads(CLI::App& event, Context& context) {
  add(event, Live::Roads, "close-roads",
      "いまの通行止めを入れ、道の変わる人と伝える支援者を示す (closures now, whom to tell)",
      context);
  add(event, Live::Water, "water",
      "いまの浸水を入れ、道の変わる人と伝える支援者を示す (water now, whom to tell)", context);
}

}  // namespace cli
