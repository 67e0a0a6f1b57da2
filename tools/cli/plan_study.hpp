// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/plan_inputs.hpp"
#include "planner/plan_world.hpp"

namespace cli {

/// What every question about the computation of plans is asked with.
struct StudyOptions {
  std::string dir;
  std::vector<std::string> hazards;
};

/// Everything a question about the computation starts from, read once. Nothing is stored.
struct PlanStudy {
  explicit PlanStudy(const StudyOptions& options,
                     const std::string& purpose = "個別避難計画の検討（49条の14）");
  PlanStudy(const PlanStudy&) = delete;
  PlanStudy& operator=(const PlanStudy&) = delete;
  PlanStudy(PlanStudy&&) = delete;  // the world refers to the roads and to the request
  PlanStudy& operator=(PlanStudy&&) = delete;
  ~PlanStudy() = default;

  CityFolder city;
  PlanInputs inputs;
  std::unique_ptr<planner::CityRoads> roads;
  registry::Registry registry;
  registry::Session session;
  planner::PlanRequest request;  ///< the world looks at it: may be changed before computing
  planner::PlanWorld world;
};

/// One question: a subcommand of `plan` whose answer is a document, printed as it is or in words.
struct StudyCommand {
  const char* name;
  const char* description;
  std::function<nlohmann::ordered_json()> run;
  std::function<void(const nlohmann::ordered_json&, const Context&)> print;
};

/// Adds the subcommand with `--dir` and `--hazard`; the caller adds its own options.
CLI::App& add_study(CLI::App& plan, Context& context, StudyOptions& options, StudyCommand study);

}  // namespace cli
