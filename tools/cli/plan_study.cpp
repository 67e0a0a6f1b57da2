// SPDX-License-Identifier: Apache-2.0
#include "cli/plan_study.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "cli/report.hpp"

namespace cli {

PlanStudy::PlanStudy(const StudyOptions& options, const std::string& purpose)
    : city(options.dir),
      inputs(city, options.hazards),
      roads(city.roads()),
      registry(city.open_registry()),
      session(registry.session(actor(purpose))),
      request(inputs.request()),
      world(plan_world(session, *roads, request)) {
  request.store = false;
}

CLI::App& add_study(CLI::App& plan, Context& context, StudyOptions& options, StudyCommand study) {
  CLI::App* command = plan.add_subcommand(study.name, study.description);
  add_plan_inputs(*command, options.dir, options.hazards);
  command->get_option("--dir")->required();
  command->callback([study = std::move(study), &context] {
    const nlohmann::ordered_json document = study.run();
    if (context.json) {
      print_json(document);
    } else {
      study.print(document, context);
    }
  });
  return *command;
}

}  // namespace cli
