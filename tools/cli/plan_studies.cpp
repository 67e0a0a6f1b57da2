// SPDX-License-Identifier: Apache-2.0
// `tomoni plan whatif|explain`: questions about the computation; nothing is stored.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/plan_changes.hpp"
#include "cli/plan_study.hpp"
#include "cli/report.hpp"
#include "planner/plan_explanation.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

// ---- what if ----

struct WhatIfOptions {
  StudyOptions study;
  std::vector<std::string> lost;
  std::vector<std::string> beds;
  std::vector<std::string> absent;
  std::vector<std::int64_t> closed_ways;
};

/// `SHELTER=NUMBER`
std::pair<registry::ShelterId, int> parse_beds(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  try {
    std::size_t used = 0;
    const std::string number = equals == std::string::npos ? "" : text.substr(equals + 1);
    const int beds = std::stoi(number, &used);
    if (used == number.size()) {
      return {registry::ShelterId{text.substr(0, equals)}, beds};
    }
  } catch (const std::exception&) {
    // said below
  }
  throw CLI::ValidationError("--beds", "避難先のID=増やす席数 の形で書いてください。例: ID=20");
}

planner::Supposition supposition_of(const WhatIfOptions& options) {
  planner::Supposition supposition;
  for (const std::string& id : options.lost) {
    supposition.lost.insert(registry::ShelterId{id});
  }
  for (const std::string& text : options.beds) {
    supposition.more_beds.insert(parse_beds(text));
  }
  for (const std::string& id : options.absent) {
    supposition.absent.insert(registry::SupporterId{id});
  }
  return supposition;
}

/// Closes the ways from the start of the event.
void close_ways(planner::CityRoads& roads, const std::vector<std::int64_t>& ways) {
  if (ways.empty()) {
    return;
  }
  route::Closure closure;
  closure.ways = ways;
  closure.reason = "仮の通行止め";
  roads.closures.push_back(closure);
  roads.closure_effect = route::closure_effect(roads.graph, roads.closures);
  if (!roads.closure_effect.unknown_ways.empty()) {
    throw CLI::ValidationError(
        "--close-way",
        "この番号の道はありません: " + std::to_string(roads.closure_effect.unknown_ways.front()));
  }
}

Json courses_json(const planner::PlanReport& report) {
  Json courses = Json::array();
  for (const planner::CourseReport& course : report.courses) {
    courses.push_back(to_json(course));
  }
  return courses;
}

Json what_if(const WhatIfOptions& options) {
  const planner::Supposition supposition = supposition_of(options);
  PlanStudy study(options.study);
  study.request.second_ways = false;
  const planner::PlanReport before = compute_plans(study.world, progress_line());
  close_ways(*study.roads, options.closed_ways);
  const planner::PlanReport after =
      compute_plans(suppose(study.world, supposition), progress_line());
  return {{"registrants", before.registrants},
          {"executable_before", before.executable()},
          {"executable_after", after.executable()},
          {"before", courses_json(before)},
          {"after", courses_json(after)},
          {"changes", to_json(planner::changes_between(before.plans, after.plans))}};
}

void print_what_if(const Json& document, const Context& context) {
  std::cout << context.say("どの災害でも実行できる計画 ", "Executable in every hazard ")
            << document["executable_before"] << " → " << document["executable_after"]
            << context.say("、変わる計画 ", ", plans that change ") << document["changes"].size()
            << '\n';
  for (std::size_t i = 0; i < document["before"].size(); ++i) {
    const Json& before = document["before"][i];
    const Json& after = document["after"][i];
    std::cout << before["hazard"].get<std::string>() << context.say(": 避難先あり ", ": planned ")
              << before["planned"] << " → " << after["planned"]
              << context.say("、平均所要 ", ", mean duration ")
              << whole_minutes(before["mean_duration_s"].get<double>()) << " → "
              << whole_minutes(after["mean_duration_s"].get<double>())
              << context.say(" 分\n", " min\n");
  }
  print_changes(document["changes"]);
}

void add_what_if(CLI::App& plan, Context& context) {
  const auto options = std::make_shared<WhatIfOptions>();
  CLI::App& command =
      add_study(plan, context, options->study,
                {.name = "whatif",
                 .description = "避難先・席・支援者・道がこうだったら (what if; nothing is stored)",
                 .run = [options] { return what_if(*options); },
                 .print = print_what_if});
  command.add_option("--lose-shelter", options->lost, "使えない避難先の ID (shelter lost)");
  command.add_option("--beds", options->beds, "席を増やす: ID=数、減らすときは負の数 (beds)");
  command.add_option("--absent", options->absent, "来られない支援者の ID (supporter absent)");
  command.add_option("--close-way", options->closed_ways, "通れない道の番号 (way closed)");
}

// ---- explain ----

struct ExplainOptions {
  StudyOptions study;
  std::string registrant;
};

Json json_of(const planner::PlanExplanation& explanation) {
  Json shelters = Json::array();
  for (const planner::ShelterAnswer& answer : explanation.shelters) {
    Json moved = Json::array();
    for (const planner::Moved& each : answer.moved) {
      moved.push_back({{"registrant", each.person.value},
                       {"from", each.from},
                       {"to", each.to},
                       {"extra_s", each.extra_s}});
    }
    shelters.push_back({{"shelter", answer.shelter.value},
                        {"name", answer.name},
                        {"travel_s", answer.travel_s ? Json(*answer.travel_s) : Json()},
                        {"chosen", answer.chosen},
                        {"reason", answer.reason},
                        {"moved", moved},
                        {"extra_s", answer.extra_s},
                        {"price_of_one_more_place_s", answer.price_s}});
  }
  return {{"hazard", registry::to_text(explanation.hazard)},
          {"gap", explanation.gap},
          {"shelters", shelters}};
}

Json explain(const ExplainOptions& options) {
  const PlanStudy study(options.study);
  const planner::PlanWorld& world = study.world;
  const auto subject = std::ranges::find_if(world.subjects, [&](const auto& each) {
    return each.registrant.person.id.value == options.registrant;
  });
  if (subject == world.subjects.end()) {
    throw registry::InputError(
        "その ID の人は名簿にいません。tomoni plan --json の registrant を指定してください。");
  }
  const auto person = static_cast<std::size_t>(subject - world.subjects.begin());
  if (subject->registrant.person.is_protected()) {
    throw Refused("支援措置の対象者です。この端末では説明できません。担当窓口に連絡してください。");
  }
  Json courses = Json::array();
  for (const registry::HazardKind hazard : study.request.hazards) {
    courses.push_back(json_of(planner::explain(world, hazard, person)));
  }
  Json document = {{"registrant", options.registrant}, {"courses", courses}};
  const auto stored = world.stored.find(subject->registrant.person.id);
  if (stored != world.stored.end()) {
    Json plan = Json::array();
    for (const registry::PlanCourse& course : stored->second.courses) {
      plan.push_back(to_json(course));
    }
    document["plan"] = plan;
  }
  return document;
}

void print_explanation(const Json& document, const Context& context) {
  for (const Json& course : document["courses"]) {
    std::cout << course["hazard"].get<std::string>();
    if (!course["gap"].get<std::string>().empty()) {
      std::cout << context.say(": 避難先なし。", ": no destination: ")
                << course["gap"].get<std::string>();
    }
    std::cout << '\n';
    for (const Json& shelter : course["shelters"]) {
      std::cout << (shelter["chosen"].get<bool>() ? "  ◎ " : "    ");
      if (shelter["travel_s"].is_null()) {
        std::cout << context.say("（道なし） ", "(no way) ");
      } else {
        std::cout << whole_minutes(shelter["travel_s"].get<double>())
                  << context.say("分 ", " min ");
      }
      std::cout << shelter["name"].get<std::string>() << ": "
                << shelter["reason"].get<std::string>() << '\n';
    }
  }
  if (!document.contains("plan")) {
    return;
  }
  for (const Json& course : document["plan"]) {
    std::cout << context.say("計画の判定 ", "Verdict ") << course["hazard"].get<std::string>()
              << ": " << course["verdict"].get<std::string>() << "  "
              << course["cause"].get<std::string>() << '\n';
  }
}

void add_explain(CLI::App& plan, Context& context) {
  const auto options = std::make_shared<ExplainOptions>();
  add_study(plan, context, options->study,
            {.name = "explain",
             .description =
                 "なぜこの避難先か、なぜ近い所ではないか (why this shelter, why not the nearer)",
             .run = [options] { return explain(*options); },
             .print = print_explanation})
      .add_option("--registrant", options->registrant, "対象者の ID (registrant)")
      ->required();
}

}  // namespace

void add_plan_studies(CLI::App& plan, Context& context) {
  add_what_if(plan, context);
  add_explain(plan, context);
}

}  // namespace cli
