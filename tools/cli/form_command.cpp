// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "documents/plan_form.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;

struct FormOptions {
  std::string dir;
  std::string registrant;
  std::string out;
  bool all = false;
};

/// What came of a print run.
struct Printed {
  std::size_t forms = 0;
  std::size_t protected_persons = 0;  ///< not printed: 支援措置
  std::vector<std::string> warnings;
};

/// What every form of one run is drawn from.
struct Press {
  registry::LocalPlan local_plan;
  std::unique_ptr<planner::CityRoads> roads;
  registry::Date today;
  std::string attribution;
};

void print_form(const Press& press, const registry::PlanSubject& subject,
                const registry::EvacuationPlan& plan, const fs::path& file, Printed& printed) {
  const auto form = documents::plan_form({subject, plan, press.local_plan, press.roads->graph,
                                          press.roads->hazards, press.today, press.attribution,
                                          press.roads->profiles});
  write_file(file, form.pdf);
  ++printed.forms;
  for (const std::string& warning : form.warnings) {
    printed.warnings.push_back(plan.id.value + ": " + warning);
  }
}

void print_one(const Press& press, registry::Session& session, const FormOptions& options,
               Printed& printed) {
  const registry::PersonId id{options.registrant};
  const auto subject = session.registrant(id);
  if (!subject) {
    throw registry::InputError(
        "その ID の人は名簿にいません。tomoni plan --json の registrant を指定してください。");
  }
  if (subject->registrant.person.is_protected()) {
    throw Refused("支援措置の対象者です。この端末では印刷できません。担当窓口に連絡してください。");
  }
  const auto plan = session.plan_of(id);
  if (!plan) {
    throw registry::InputError("計画がまだありません。先に tomoni plan を実行してください。");
  }
  session.record_output("plan_form", {id});  // no audit, no paper
  print_form(press, *subject, *plan, options.out, printed);
}

void print_all(const Press& press, registry::Session& session, const FormOptions& options,
               Printed& printed) {
  const auto subjects = session.registrants();
  std::vector<registry::PersonId> ids;
  for (const registry::PlanSubject& subject : subjects) {
    if (!subject.registrant.person.is_protected()) {
      ids.push_back(subject.registrant.person.id);
    }
  }
  printed.protected_persons = subjects.size() - ids.size();
  session.record_output("plan_form", ids);
  std::map<registry::PersonId, registry::EvacuationPlan> plans;
  for (registry::EvacuationPlan& plan : session.plans()) {
    plans.emplace(plan.subject, std::move(plan));
  }
  fs::create_directories(options.out);
  const auto progress = progress_line();
  for (const registry::PlanSubject& subject : subjects) {
    const auto plan = plans.find(subject.registrant.person.id);
    if (plan != plans.end() && !subject.registrant.person.is_protected()) {
      print_form(press, subject, plan->second,
                 fs::path(options.out) / (plan->second.id.value + ".pdf"), printed);
      progress("様式", static_cast<double>(printed.forms) / static_cast<double>(ids.size()));
    }
  }
}

void run(const FormOptions& options, const Context& context) {
  if (options.all == !options.registrant.empty()) {
    throw CLI::ValidationError("form", "--registrant ID か --all のどちらか一つを指定してください");
  }
  const CityFolder city(options.dir);
  const Press press{city.local_plan(), city.roads(), registry::tokyo_date(now()),
                    city.attribution()};
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("個別避難計画の印刷"));
  Printed printed;
  if (options.all) {
    print_all(press, session, options, printed);
  } else {
    print_one(press, session, options, printed);
  }
  if (context.json) {
    print_json({{"forms", printed.forms},
                {"protected_not_printed", printed.protected_persons},
                {"warnings", printed.warnings},
                {"out", options.out}});
    return;
  }
  std::cout << context.say("様式 ", "Forms ") << printed.forms << " -> " << options.out << '\n';
  if (printed.protected_persons > 0) {
    std::cout << context.say("支援措置のため印刷しなかった人: ", "Protected, not printed: ")
              << printed.protected_persons << '\n';
  }
  for (const std::string& warning : printed.warnings) {
    std::cout << warning << '\n';
  }
}

}  // namespace

void add_form(CLI::App& app, Context& context) {
  const auto options = std::make_shared<FormOptions>();
  CLI::App* command =
      app.add_subcommand("form", "個別避難計画の様式 PDF を作る (print plan forms)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--registrant", options->registrant, "名簿登載者の ID (registrant id)");
  command->add_flag("--all", options->all, "全員分。--out はフォルダ (everybody)");
  command->add_option("--out", options->out, "PDF ファイル、または --all のフォルダ (output)")
      ->required();
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace cli
