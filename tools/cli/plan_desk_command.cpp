// SPDX-License-Identifier: Apache-2.0
// `tomoni plan queue|step|history|gaps`: the desk where plans are made one by one.
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_file.hpp"
#include "planner/plan_queue.hpp"
#include "registry/error.hpp"
#include "registry/plan_check.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using registry::PlanKind;
using registry::PlanStatus;

constexpr const char* kPlanDeskPurpose = "個別避難計画の作成（49条の14）";

struct PlanDeskOptions {
  std::string dir;
  std::size_t limit = 50;
  std::string out;
  std::string registrant;
  std::string to;
  std::string note;
  std::string next_review;
  int seen_revision = 0;
  bool medical = false;

  [[nodiscard]] PlanKind kind() const {
    return medical ? PlanKind::MedicalSupport : PlanKind::Individual;
  }
};

std::string status_words(const std::optional<PlanStatus>& status) {
  return status ? std::string(to_text(*status)) : "計画なし";
}

PlanStatus status_of(const std::string& word) {
  for (int i = 0; i <= static_cast<int>(PlanStatus::Withdrawn); ++i) {
    if (to_text(static_cast<PlanStatus>(i)) == word) {
      return static_cast<PlanStatus>(i);
    }
  }
  throw CLI::ValidationError(
      "--to",
      "候補、打診中、作成同意済、聞取中、案、調整会議済、確定、要見直し、同意なし、対象外、"
      "撤回 のどれかを指定してください。");
}

Json json_of(const planner::QueueEntry& entry, std::size_t place) {
  Json reasons = Json::array();
  for (const registry::PriorityReason& reason : entry.priority.reasons) {
    reasons.push_back(
        {{"group", reason.group}, {"title", reason.title}, {"points", reason.points}});
  }
  return {{"place", place},
          {"registrant", entry.person.value},
          {"points", entry.priority.points},
          {"status", status_words(entry.status)},
          {"reasons", reasons}};
}

/// A list of people leaves the registry: the audit log says so.
void write_queue(const Json& queue, registry::Session& session, const PlanDeskOptions& options,
                 const Context& context) {
  if (context.dry_run) {
    return;
  }
  Json rows = queue;
  std::vector<registry::PersonId> people;
  people.reserve(rows.size());
  for (Json& row : rows) {
    people.push_back({row["registrant"].get<std::string>()});
    Json titles = Json::array();
    for (const Json& reason : row["reasons"]) {
      titles.push_back(reason["title"]);
    }
    row["reasons"] = std::move(titles);
  }
  session.record_output("plan_queue", people);
  write_table(options.out, "計画を作る順番",
              table_of(rows, {{"順番", "place"},
                              {"名簿登載者ID", "registrant"},
                              {"点", "points"},
                              {"計画の状態", "status"},
                              {"理由", "reasons"}}));
}

void show_queue(const PlanDeskOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const auto rules = registry::parse_priority_rules(city.rules("plan_priority.toml"));
  const auto roads = city.roads();
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kPlanDeskPurpose));
  const auto queue =
      planner::plan_queue(session, roads->hazards, rules, registry::tokyo_date(now()));
  Json document{{"rules", rules.id}, {"waiting", queue.size()}, {"queue", Json::array()}};
  for (std::size_t i = 0; i < std::min(queue.size(), options.limit); ++i) {
    document["queue"].push_back(json_of(queue[i], i + 1));
  }
  if (!options.out.empty()) {
    write_queue(document["queue"], session, options, context);
  }
  if (context.json) {
    print_json(document);
    return;
  }
  std::cout << context.say("計画を待つ人 ", "Waiting for a plan ") << queue.size() << '\n';
  for (const Json& entry : document["queue"]) {
    std::cout << entry["place"] << "  " << entry["registrant"].get<std::string>() << "  "
              << entry["points"] << context.say("点  ", " points  ")
              << entry["status"].get<std::string>() << '\n';
    for (const Json& reason : entry["reasons"]) {
      std::cout << "      " << reason["points"] << "  " << reason["title"].get<std::string>()
                << '\n';
    }
  }
}

registry::Date next_review(const PlanDeskOptions& options) {
  if (options.next_review.empty()) {
    return {};
  }
  const auto date = registry::parse_iso_date(options.next_review);
  if (!date) {
    throw CLI::ValidationError("--next-review", "2027-04-01 の形の日付を指定してください。");
  }
  return *date;
}

void take_step(const PlanDeskOptions& options, const Context& context) {
  const registry::PlanStep step{.subject = {options.registrant},
                                .kind = options.kind(),
                                .seen_revision = options.seen_revision,
                                .to = status_of(options.to),
                                .note = options.note,
                                .next_review = next_review(options)};
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  const registry::StepResult result =
      registry.session(actor(kPlanDeskPurpose)).take_plan_step(step);
  if (const auto* refusal = std::get_if<registry::StepRefusal>(&result)) {
    throw Refused(refusal->reason);
  }
  const int revision = std::get<int>(result);
  if (context.json) {
    print_json(
        {{"registrant", options.registrant}, {"revision", revision}, {"status", options.to}});
    return;
  }
  std::cout << context.say("計画を進めました: 第", "Done: revision ") << revision
            << context.say("版 ", " ") << options.to << '\n';
}

void show_history(const PlanDeskOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  const auto revisions =
      registry.session(actor(kPlanDeskPurpose)).plan_history({options.registrant}, options.kind());
  Json document{{"registrant", options.registrant}, {"revisions", Json::array()}};
  for (const registry::PlanRevision& one : revisions) {
    document["revisions"].push_back({{"revision", one.revision},
                                     {"status", to_text(one.status)},
                                     {"on", registry::to_iso(registry::tokyo_date(one.at))},
                                     {"by", one.taken_by},
                                     {"note", one.note},
                                     {"no_longer_true", one.stale}});
  }
  if (context.json) {
    print_json(document);
    return;
  }
  for (const Json& one : document["revisions"]) {
    std::cout << context.say("第", "Revision ") << one["revision"] << context.say("版  ", "  ")
              << one["on"].get<std::string>() << "  " << one["status"].get<std::string>() << "  "
              << one["by"].get<std::string>() << "  " << one["note"].get<std::string>() << '\n';
    for (const Json& reason : one["no_longer_true"]) {
      std::cout << "      ! " << reason.get<std::string>() << '\n';
    }
  }
}

void show_gaps(const PlanDeskOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kPlanDeskPurpose));
  std::map<registry::PersonId, registry::EvacuationPlan> plans;
  for (registry::EvacuationPlan& plan : session.plans()) {
    plans.emplace(plan.subject, std::move(plan));
  }
  std::size_t complete = 0;
  std::size_t undecided = 0;
  std::size_t none = 0;
  std::map<std::string, std::vector<std::string>> people_by_item;
  for (const registry::PlanSubject& subject : session.registrants()) {
    const auto plan = plans.find(subject.registrant.person.id);
    if (plan == plans.end()) {
      ++none;
      continue;
    }
    const auto check =
        registry::check_legal_completeness(plan->second, subject.registrant, subject.supporters);
    if (check.complete()) {
      ++complete;
    } else if (check.missing.empty()) {
      ++undecided;
    }
    for (const std::string& item : check.missing) {
      people_by_item[item].push_back(subject.registrant.person.id.value);
    }
  }
  const Json document{{"complete", complete},
                      {"supporter_undecided", undecided},
                      {"without_plan", none},
                      {"missing", people_by_item}};
  if (context.json) {
    print_json(document);
    return;
  }
  std::cout << context.say("法定の項目がそろった計画 ", "Complete plans ") << complete
            << context.say("、支援者だけ未定 ", ", only the supporter open ") << undecided
            << context.say("、計画なし ", ", without plan ") << none << '\n';
  for (const auto& [item, people] : people_by_item) {
    std::cout << "  " << item << ": " << people.size() << '\n';
  }
}

CLI::App* add_one(CLI::App& plan, const std::shared_ptr<PlanDeskOptions>& options, const char* name,
                  const char* words) {
  CLI::App* command = plan.add_subcommand(name, words);
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  return command;
}

void add_person(CLI::App* command, const std::shared_ptr<PlanDeskOptions>& options) {
  command->add_option("--registrant", options->registrant, "対象者の ID (registrant)")->required();
  command->add_flag("--medical", options->medical, "災害時個別支援計画 (medical support plan)");
}

}  // namespace

void add_plan_desk(CLI::App& plan, Context& context) {
  const auto options = std::make_shared<PlanDeskOptions>();
  CLI::App* queue = add_one(plan, options, "queue", "計画を作る順番と理由 (priority queue)");
  queue->add_option("--limit", options->limit, "人数 (how many)")->check(CLI::PositiveNumber);
  queue->add_option("--out", options->out, "一覧の CSV または XLSX (write the list)");
  queue->callback([options, &context] { show_queue(*options, context); });

  CLI::App* gaps = add_one(plan, options, "gaps", "法定の項目で足りないもの (what plans lack)");
  gaps->callback([options, &context] { show_gaps(*options, context); });

  CLI::App* history = add_one(plan, options, "history", "計画の版の一覧 (revisions of a plan)");
  add_person(history, options);
  history->callback([options, &context] { show_history(*options, context); });

  CLI::App* step = add_one(plan, options, "step", "計画を次の段階へ進める (take a step)");
  add_person(step, options);
  step->add_option("--to", options->to, "候補、打診中、作成同意済、…、確定 (new status)")
      ->required();
  step->add_option("--seen", options->seen_revision, "見ていた版。計画なしは 0 (revision seen)")
      ->required();
  step->add_option("--note", options->note, "記録 (note)");
  step->add_option("--next-review", options->next_review, "次の見直し (next review)");
  step->callback([options, &context] { take_step(*options, context); });
}

}  // namespace cli
