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
#include <set>

#include "cli/event_board.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "planner/event_advice.hpp"
#include "planner/what_if.hpp"
#include "registry/error.hpp"
#include "registry/event_ways.hpp"
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

/// A change with what the person's order leaves of it.
struct Change {
  planner::CourseChange course;
  const registry::PlanSubject* subject = nullptr;  ///< null: not on this account's board
};

std::vector<Change> changes_of(const planner::PlanReport& report, const EventBoard& board,
                               const planner::CityRoads& roads) {
  std::vector<Change> changes;
  for (planner::CourseChange& each : planner::changes_between(report.before, report.plans)) {
    const auto subject = std::ranges::find_if(board.subjects, [&](const auto& other) {
      return other.registrant.person.id == each.subject;
    });
    Change& change = changes.emplace_back();
    change.course = std::move(each);
    if (subject == board.subjects.end()) {
      continue;
    }
    change.subject = &*subject;
    const auto demand =
        planner::anonymous_demand(*subject, 0, {board.plan.mobility, board.plan.rules},
                                  board.plan.local_plan.companions, registry::tokyo_date(board.at));
    change.course.after = planner::course_under(
        board.level_for(change.course.subject), std::move(change.course.after),
        planner::stay_advice(change.course.hazard, roads.hazards, demand, subject->needs.dwelling,
                             board.plan.rules));
  }
  return changes;
}

Json to_json(const Change& change) {
  return {{"registrant", change.course.subject.value},
          {"hazard", to_text(change.course.hazard)},
          {"before", side(change.course.before)},
          {"after", side(change.course.after)},
          {"tell", change.subject == nullptr ? Json::array() : supporters_json(*change.subject)}};
}

registry::LiveWay way_of(const registry::PersonId& person, const registry::PlanCourse& course) {
  const registry::PlanLeg* leg = leg_of(course, registry::LegKind::Evacuate);
  registry::LiveWay way{.person = person, .hazard = course.hazard, .stay = course.stay};
  if (leg != nullptr) {
    way.shelter = leg->shelter;
    way.shelter_name = leg->shelter_name;
  }
  way.travel_s = course.timing.travel_s;
  return way;
}

/// What is different today, and for plans people have settled what no longer is: mails say it.
std::vector<registry::LiveWay> ways_of(const std::vector<Change>& changes,
                                       const planner::PlanReport& report,
                                       const std::vector<registry::LiveWay>& before) {
  std::vector<registry::LiveWay> ways;
  std::set<std::pair<registry::PersonId, registry::HazardKind>> changed;
  for (const Change& change : changes) {
    ways.push_back(way_of(change.course.subject, change.course.after));
    changed.emplace(change.course.subject, change.course.hazard);
  }
  for (const registry::LiveWay& old : before) {
    const auto plan =
        std::ranges::find(report.before, old.person, &registry::EvacuationPlan::subject);
    if (old.as_planned || changed.contains({old.person, old.hazard}) ||
        plan == report.before.end() || !registry::is_settled(plan->status)) {
      continue;
    }
    const auto course = std::ranges::find(plan->courses, old.hazard, &registry::PlanCourse::hazard);
    if (course != plan->courses.end()) {
      ways.push_back(way_of(old.person, *course));
      ways.back().as_planned = true;
    }
  }
  return ways;
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
  if (document["to_tell"] > 0) {
    std::cout << context.say("メールで伝えるには: tomoni event notify --purpose 経路変更\n",
                             "To tell them by mail: tomoni event notify --purpose 経路変更\n");
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
    CityFolder::write_live(
        what == Live::Water ? room.city.live_water_file() : room.city.live_closures_file(),
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
  const std::vector<Change> found = changes_of(report, board, *roads);
  std::size_t news = 0;
  if (stores) {
    registry::EventWayDesk desk(room.session);
    news = desk.record(room.event.id, ways_of(found, report, desk.newest(room.event.id)));
  }
  Json changes = Json::array();
  for (const Change& change : found) {
    changes.push_back(to_json(change));
  }
  mark_settled(report, changes);
  const Json document = {{"event", room.event.id.value},     {"closures", read.closures.size()},
                         {"dropped", read.report.dropped},   {"stored", stores},
                         {"revised", report.stored.revised}, {"kept", report.stored.kept},
                         {"seconds", took.count()},          {"to_tell", news},
                         {"changes", std::move(changes)}};
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
