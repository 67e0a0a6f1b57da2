// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "registry/evacuation_plan.hpp"
#include "registry/local_plan.hpp"
#include "registry/registry.hpp"
#include "route/hazard.hpp"
#include "route/mobility_profile.hpp"
#include "route/road_graph.hpp"

namespace documents {

/// Everything one form is drawn from. Borrowed for one call.
struct PlanFormInput {
  const registry::PlanSubject& subject;
  const registry::EvacuationPlan& plan;
  const registry::LocalPlan& local_plan;
  const route::RoadGraph& graph;
  const route::HazardMap& hazards;
  registry::Date printed_on;
  std::string attribution;
  /// For the Japanese label of the profile a way was computed for; without it its name is printed.
  std::span<const route::MobilityProfile> profiles = {};
};

struct PlanForm {
  std::string pdf;                    ///< A4 pages; same input, same bytes
  std::vector<std::string> warnings;  ///< characters no installed font has
};

/// The 個別避難計画 of one person: the items of 49条の10② and 49条の14③, what is still missing, the
/// destination, the way drawn on the roads, a QR code that names plan and revision and nothing
/// about the person, and the sentence that supporters bear no legal liability; then a page for each
/// course, and an appendix where a text or list does not fit.
[[nodiscard]] PlanForm plan_form(const PlanFormInput& input);

/// Text in the QR code: `TOMONI:PLAN:<plan id>:<revision>:<first 8 hex digits of a digest>`.
[[nodiscard]] std::string plan_qr_text(const registry::EvacuationPlan& plan);

}  // namespace documents
