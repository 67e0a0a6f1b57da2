// SPDX-License-Identifier: Apache-2.0
// `tomoni plan weak`: where today's plans would break; nothing is stored.
#include <cmath>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "cli/commands.hpp"
#include "cli/plan_study.hpp"
#include "cli/report.hpp"
#include "planner/plan_queue.hpp"
#include "planner/weak_points.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct PlanWeakOptions {
  StudyOptions study;
  std::uint32_t scenarios = 1000;
  std::optional<double> collapse;
  std::uint64_t seed = 1;
};

/// Points of everybody by the rules of the queue, whether or not a plan is already in force.
std::map<registry::PersonId, int> priorities(PlanStudy& study) {
  const planner::PlanWorld& world = study.world;
  const auto rules = registry::parse_priority_rules(study.city.rules("plan_priority.toml"));
  const registry::Date today = registry::tokyo_date(world.request.now);
  auto circumstances = study.session.circumstances(today);
  std::map<registry::PersonId, int> points;
  for (const registry::PlanSubject& subject : world.subjects) {
    const registry::PersonId& id = subject.registrant.person.id;
    const auto plan = world.stored.find(id);
    points.emplace(id, planner::priority_of(subject.registrant,
                                            plan == world.stored.end() ? nullptr : &plan->second,
                                            circumstances[id], {world.roads.hazards, rules, today})
                           .points);
  }
  return points;
}

// ---- as JSON ----

Json json_of(const planner::WeakRoad& road) {
  return {{"way", road.way_id},
          {"name", road.name},
          {"lat", road.point.lat},
          {"lon", road.point.lon},
          {"stranded", road.loss.stranded},
          {"users", road.loss.users},
          {"living_on_it", road.loss.at_start},
          {"shelter_on_it", road.loss.at_target}};
}

Json json_of(const route::CountSpread& spread) {
  return {{"mean", spread.mean}, {"p10", spread.p10}, {"p50", spread.p50}, {"p90", spread.p90}};
}

Json json_of(const std::vector<planner::WeakRoad>& roads) {
  Json rows = Json::array();
  for (const planner::WeakRoad& road : roads) {
    rows.push_back(json_of(road));
  }
  return rows;
}

Json json_of(const planner::CourseWeakness& course) {
  Json row = {{"hazard", registry::to_text(course.hazard)},
              {"with_way", course.with_way},
              {"late", course.late},
              {"protected_left_out", course.protected_left_out},
              {"roads", json_of(course.roads)},
              {"through_roads", json_of(course.through_roads)},
              {"blockage", nullptr}};
  if (course.blockage) {
    row["blockage"] = {{"way_cut", json_of(course.blockage->cut)},
                       {"no_way", json_of(course.blockage->no_way)}};
  }
  return row;
}

Json json_of(const planner::WeakPlan& plan) {
  Json fixes = Json::array();
  for (const planner::FixProposal& fix : plan.fixes) {
    Json row = {{"fix", to_text(fix.fix)}};
    if (fix.fix == planner::Fix::NearerShelter) {
      row["shelter"] = fix.shelter;
      row["saves_s"] = fix.saves_s;
    }
    fixes.push_back(row);
  }
  return {{"registrant", plan.person.value},
          {"hazard", registry::to_text(plan.hazard)},
          {"verdict", registry::to_text(plan.verdict)},
          {"cause", plan.cause},
          {"points", plan.points.total()},
          {"points_from",
           {{"verdict", plan.points.verdict},
            {"priority", plan.points.priority},
            {"way_cut", plan.points.way_cut},
            {"no_way", plan.points.no_way}}},
          {"share_way_cut", plan.exposure ? Json(plan.exposure->cut) : Json()},
          {"share_no_way", plan.exposure ? Json(plan.exposure->no_way) : Json()},
          {"fixes", fixes}};
}

Json run(const PlanWeakOptions& options) {
  PlanStudy study(options.study, "個別避難計画の弱点の検討（49条の14）");
  const auto rules = planner::parse_weakness_rules(study.city.rules("blockage.toml"));
  const auto priority = priorities(study);
  const planner::WeaknessRequest question{
      .rules = rules,
      .priority = priority,
      .collapse_percent = options.collapse.value_or(rules.collapse_percent),
      .seed = options.seed,
      .scenarios = options.scenarios,
      .threads = std::max(1U, std::thread::hardware_concurrency())};
  const planner::WeakPoints found = weak_points(study.world, question, progress_line());
  Json courses = Json::array();
  for (const planner::CourseWeakness& course : found.courses) {
    courses.push_back(json_of(course));
  }
  Json plans = Json::array();
  for (const planner::WeakPlan& plan : found.plans) {
    plans.push_back(json_of(plan));
  }
  return {{"registrants", found.registrants},
          {"scenarios", options.scenarios},
          {"seed", options.seed},
          {"collapse_percent", question.collapse_percent},
          {"courses", courses},
          {"weak", found.weak},
          {"plans", plans}};
}

// ---- in words ----

void print_weak_roads(const Json& roads, const Context& context) {
  std::size_t place = 0;
  for (const Json& road : roads) {
    std::cout << "  " << ++place << context.say(". 道 ", ". way ") << road["way"] << ' '
              << road["name"].get<std::string>() << " (" << road["lat"] << ", " << road["lon"]
              << ")  " << road["stranded"] << context.say("人", " people");
    if (road["shelter_on_it"] > 0) {
      std::cout << context.say("（避難先の前の道）", " (the shelter stands on it)");
    } else if (road["living_on_it"] > 0) {
      std::cout << context.say("（うち沿道に住む人 ", " (living on it: ") << road["living_on_it"]
                << context.say("）", ")");
    }
    std::cout << '\n';
  }
  if (roads.empty()) {
    std::cout << context.say("  なし\n", "  none\n");
  }
}

void print_weak_course(const Json& course, const Context& context) {
  std::cout << course["hazard"].get<std::string>()
            << context.say(": 経路のある人 ", ": with a way ") << course["with_way"];
  if (course["late"] > 0) {
    std::cout << context.say("、もともと間に合わない人 ", ", late anyway ") << course["late"];
  }
  if (course["protected_left_out"] > 0) {
    std::cout << context.say("、道の順位に数えない支援措置対象者 ",
                             ", protected persons not counted at the roads ")
              << course["protected_left_out"];
  }
  std::cout << context.say("\n  通り抜けられないと困る道（孤立する人の多い順）\n",
                           "\n  Roads nobody must fail to get through, most stranded first\n");
  print_weak_roads(course["through_roads"], context);
  std::cout << context.say("  まるごと失うと困る道（沿道の人と避難先も孤立する）\n",
                           "  Roads whose loss as a whole strands most people\n");
  print_weak_roads(course["roads"], context);
}

void print_spread(const Json& spread, const Context& context) {
  std::cout << context.say("平均 ", "mean ") << std::lround(spread["mean"].get<double>())
            << " (P10 " << spread["p10"] << ", P50 " << spread["p50"] << ", P90 " << spread["p90"]
            << context.say(") 人\n", ") people\n");
}

void print_blockage(const Json& document, const Json& course, const Context& context) {
  if (course["blockage"].is_null()) {
    return;
  }
  std::cout << context.say("  道がふさがる場合 ", "  Roads blocked at random, ")
            << document["scenarios"] << context.say(" 通り（倒れる家 ", " scenarios (houses down ")
            << document["collapse_percent"] << context.say("％、乱数の種 ", " %, seed ")
            << document["seed"] << context.say("）\n", ")\n")
            << context.say("    計画の経路がふさがる人: ", "    Planned way blocked: ");
  print_spread(course["blockage"]["way_cut"], context);
  std::cout << context.say("    避難先への道が残らない人: ", "    No way to the shelter open: ");
  print_spread(course["blockage"]["no_way"], context);
}

long percent(const Json& share) {
  return std::lround(100 * share.get<double>());
}

void print_plans(const Json& document, const Context& context) {
  std::cout << context.say("弱い計画 ", "Weak plans ") << document["weak"]
            << context.say(" 件、先に直すもの\n", ", those to fix first\n");
  for (const Json& plan : document["plans"]) {
    const Json& from = plan["points_from"];
    std::cout << "  " << plan["registrant"].get<std::string>() << "  " << plan["points"]
              << context.say("点（判定 ", " points (verdict ") << from["verdict"]
              << context.say("、順番 ", ", priority ") << from["priority"]
              << context.say("、経路 ", ", way ") << from["way_cut"]
              << context.say("、道なし ", ", no way ") << from["no_way"]
              << context.say("）  ", ")  ") << plan["hazard"].get<std::string>() << ' '
              << plan["verdict"].get<std::string>() << "  " << plan["cause"].get<std::string>()
              << '\n';
    if (!plan["share_way_cut"].is_null()) {
      std::cout << context.say("      経路がふさがる ", "      way blocked ")
                << percent(plan["share_way_cut"]) << context.say("％、道なし ", " %, no way ")
                << percent(plan["share_no_way"]) << context.say("％\n", " %\n");
    }
    for (const Json& fix : plan["fixes"]) {
      std::cout << "      → " << fix["fix"].get<std::string>();
      if (fix.contains("saves_s")) {
        std::cout << ' ' << fix["shelter"].get<std::string>() << " −"
                  << whole_minutes(fix["saves_s"].get<double>()) << context.say("分", " min");
      }
      std::cout << '\n';
    }
  }
}

void print_plan_weak(const Json& document, const Context& context) {
  for (const Json& course : document["courses"]) {
    print_weak_course(course, context);
    print_blockage(document, course, context);
  }
  print_plans(document, context);
}

}  // namespace

void add_plan_weak(CLI::App& plan, Context& context) {
  const auto options = std::make_shared<PlanWeakOptions>();
  CLI::App& command = add_study(
      plan, context, options->study,
      {.name = "weak",
       .description = "計画の弱いところ: 失うと困る道、ふさがる道、先に直す計画 (weak points)",
       .run = [options] { return run(*options); },
       .print = print_plan_weak});
  command
      .add_option("--scenarios", options->scenarios,
                  "道がふさがる場合を何通り試すか。既定は 1000 (scenarios)")
      ->check(CLI::Range(1U, 1'000'000U));
  command
      .add_option("--collapse", options->collapse,
                  "沿道の家のうち倒れる割合 ％。既定は rules/blockage.toml (houses down)")
      ->check(CLI::Range(0.0, 100.0));
  command.add_option("--seed", options->seed, "乱数の種。同じ種なら同じ結果。既定は 1 (seed)");
}

}  // namespace cli
