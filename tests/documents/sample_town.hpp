// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/plan_form.hpp"

namespace documents_test {

/// A hillside quarter of 8 x 6 streets with a main road, a bridge, a stairway and hazards.
[[nodiscard]] route::RoadGraph sample_roads();
[[nodiscard]] route::HazardMap sample_hazards();

/// An invented person with certificates, contacts and two supporters.
[[nodiscard]] registry::PlanSubject sample_subject();
/// The way of that person through the sample quarter.
[[nodiscard]] registry::EvacuationPlan sample_plan();
[[nodiscard]] registry::LocalPlan sample_city();

/// Everything a form needs, alterable before it is drawn.
struct Sample {
  route::RoadGraph graph = sample_roads();
  route::HazardMap hazards = sample_hazards();
  registry::PlanSubject subject = sample_subject();
  registry::EvacuationPlan plan = sample_plan();
  registry::LocalPlan city = sample_city();
  std::vector<route::MobilityProfile> profiles;

  Sample();
  [[nodiscard]] documents::PlanForm form() const;
  registry::Person& person() { return subject.registrant.person; }
};

}  // namespace documents_test
