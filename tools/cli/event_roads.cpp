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

#include "cli/event_common.hpp"
#include "cli/files.hpp"
#include "cli/plan_inputs.hpp"
#include "cli/report.hpp"
#include "planner/event_advice.hpp"
#include "planner/plan_storing.hpp"
#include "planner/stay_advice.hpp"
#include "planner/what_if.hpp"
#include "registry/error.hpp"
#include "registry/event_ways.hpp"
#include "registry/safety_desk.hpp"
#include "route/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct EventRoadsOptions : EventChoice {
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

/// What the orders of the event leave of a course. Who lives where is looked up only when
/// 緊急安全確保 stands somewhere: no other order changes where people go.
class StandingOrders {
 public:
  explicit StandingOrders(EventRoom& room) : orders_(room.desk.orders(room.event.id)), at_(now()) {
    if (std::ranges::any_of(orders_, [this](const registry::EvacOrder& order) {
          return order.level == registry::EvacLevel::L5 && order.issued <= at_ &&
                 (!order.lifted || at_ < *order.lifted);
        })) {
      const auto rules = registry::parse_safety_rules(room.city.rules("event.toml"));
      board_ = registry::SafetyDesk(room.session, rules).board(room.event.id);
    }
  }

  /// Also when the account may not know where the person lives.
  [[nodiscard]] bool keep_indoors(const registry::PersonId& person) const {
    if (!board_) {
      return false;
    }
    const auto found = std::ranges::find(board_->people, person, &registry::BoardPerson::person);
    return found == board_->people.end() ||
           level_at(orders_, found->areas, at_) == registry::EvacLevel::L5;
  }

  /// `subject` is the place of the person in the world.
  [[nodiscard]] registry::PlanCourse apply(const planner::PlanWorld& world, std::size_t subject,
                                           registry::PlanCourse course) const {
    const registry::PlanSubject& who = world.subjects[subject];
    if (!keep_indoors(who.registrant.person.id)) {
      return course;
    }
    const planner::StayDecision stay =
        planner::stay_advice(course.hazard, world.roads.hazards, world.demands[subject],
                             who.needs.dwelling, world.request.rules);
    return planner::course_under(registry::EvacLevel::L5, std::move(course), stay);
  }

 private:
  std::vector<registry::EvacOrder> orders_;
  registry::Instant at_;
  std::optional<registry::SafetyBoard> board_;
};

/// Everything a computation had before it and gave; lists by person.
struct Computed {
  const planner::PlanWorld& world;
  const planner::PlanReport& report;
  const StandingOrders& orders;
  std::map<registry::PersonId, std::size_t> place;  ///< in these lists
};

Computed computed(const planner::PlanWorld& world, const planner::PlanReport& report,
                  const StandingOrders& orders) {
  Computed all{world, report, orders, {}};
  for (std::size_t i = 0; i < world.subjects.size(); ++i) {
    all.place.emplace(world.subjects[i].registrant.person.id, i);
  }
  return all;
}

/// A change with what the person's order leaves of it.
struct Change {
  planner::CourseChange course;
  std::size_t subject = 0;  ///< place in the world
};

std::vector<Change> changes_of(const Computed& all) {
  std::vector<Change> changes;
  for (planner::CourseChange& each :
       planner::changes_between(all.report.before, all.report.plans)) {
    const std::size_t subject = all.place.at(each.subject);
    each.after = all.orders.apply(all.world, subject, std::move(each.after));
    changes.push_back({std::move(each), subject});
  }
  return changes;
}

/// A plan that people have settled is another way today: somebody has to say so, paper does not.
Json json_of(const Change& change, const Computed& all) {
  return {{"registrant", change.course.subject.value},
          {"hazard", to_text(change.course.hazard)},
          {"before", side(change.course.before)},
          {"after", side(change.course.after)},
          {"tell", supporters_json(all.world.subjects[change.subject])},
          {"settled_plan_kept", registry::is_settled(all.report.before[change.subject].status)}};
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

bool leads_alike(const registry::LiveWay& a, const registry::LiveWay& b) {
  return a.shelter == b.shelter && a.stay == b.stay && a.travel_s == b.travel_s;
}

/// What is no longer different for somebody, now that the roads or the orders are others.
std::optional<registry::LiveWay> back_to_plan(const registry::LiveWay& old, const Computed& all) {
  const auto place = all.place.find(old.person);
  if (old.as_planned || place == all.place.end()) {
    return std::nullopt;
  }
  const registry::EvacuationPlan& plan = all.report.before[place->second];
  const auto course = std::ranges::find(plan.courses, old.hazard, &registry::PlanCourse::hazard);
  if (course == plan.courses.end()) {
    return std::nullopt;
  }
  registry::LiveWay way = way_of(old.person, all.orders.apply(all.world, place->second, *course));
  way.as_planned = !all.orders.keep_indoors(old.person);
  const bool changed_itself = !registry::is_settled(plan.status) && leads_alike(way, old);
  return changed_itself ? std::nullopt : std::optional(way);
}

/// What is different today, and what no longer is: mails say it. A plan that nobody has settled
/// changed itself with the way; one that somebody has says what it said before.
std::vector<registry::LiveWay> ways_of(const std::vector<Change>& changes, const Computed& all,
                                       const std::vector<registry::LiveWay>& before) {
  std::vector<registry::LiveWay> ways;
  std::set<std::pair<registry::PersonId, registry::HazardKind>> changed;
  for (const Change& change : changes) {
    ways.push_back(way_of(change.course.subject, change.course.after));
    changed.emplace(change.course.subject, change.course.hazard);
  }
  for (const registry::LiveWay& old : before) {
    if (!changed.contains({old.person, old.hazard})) {
      if (const auto way = back_to_plan(old, all)) {
        ways.push_back(*way);
      }
    }
  }
  return ways;
}

void print_event_roads(const Json& document, const Context& context) {
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

void run(Live what, const EventRoadsOptions& options, Context& context) {
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
  const auto roads = room.city.roads();
  if (!stores) {
    add_to(*roads, read.closures);
  }
  const auto begin = std::chrono::steady_clock::now();
  const PlanInputs inputs(room.city, {});
  planner::PlanRequest request = inputs.request();
  request.store = stores;
  request.only_affected = true;
  request.second_ways = false;
  const planner::PlanWorld world = planner::plan_world(room.session, *roads, request);
  const auto progress = progress_line();
  planner::PlanReport report = planner::compute_plans(world, progress);
  if (stores) {
    planner::store_report(room.session, world, report);
  }
  progress("完了", 1);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const StandingOrders orders(room);
  const Computed all = computed(world, report, orders);
  const std::vector<Change> found = changes_of(all);
  std::size_t news = 0;
  if (stores) {
    registry::EventWayDesk desk(room.session);
    news = desk.record(room.event.id, ways_of(found, all, desk.newest(room.event.id)));
  }
  Json changes = Json::array();
  for (const Change& change : found) {
    changes.push_back(json_of(change, all));
  }
  const Json document = {{"event", room.event.id.value},     {"closures", read.closures.size()},
                         {"dropped", read.report.dropped},   {"stored", stores},
                         {"revised", report.stored.revised}, {"kept", report.stored.kept},
                         {"seconds", took.count()},          {"to_tell", news},
                         {"changes", std::move(changes)}};
  if (context.json) {
    print_json(document);
  } else {
    print_event_roads(document, context);
  }
}

void add(CLI::App& event, Live what, const char* name, const char* help, Context& context) {
  const auto options = std::make_shared<EventRoadsOptions>();
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
