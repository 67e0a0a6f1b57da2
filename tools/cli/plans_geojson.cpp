// SPDX-License-Identifier: Apache-2.0
#include "cli/plans_geojson.hpp"

#include <nlohmann/json.hpp>

namespace cli {

using Json = nlohmann::ordered_json;

Json line_string(const route::Polyline& shape) {
  Json coordinates = Json::array();
  for (const route::LatLon point : shape) {
    coordinates.push_back({point.lon(), point.lat()});
  }
  return {{"type", "LineString"}, {"coordinates", coordinates}};
}

namespace {

Json feature_of(const registry::EvacuationPlan& plan, const registry::PlanCourse& course,
                const registry::PlanLeg& leg) {
  route::Polyline shape;
  shape.reserve(leg.route.size());
  for (const registry::Position& point : leg.route) {
    shape.push_back(route::from_degrees(point.lat, point.lon));
  }
  return {{"type", "Feature"},
          {"geometry", line_string(shape)},
          {"properties",
           {{"plan", plan.id.value},
            {"revision", plan.revision},
            {"registrant", plan.subject.value},
            {"hazard", registry::to_text(course.hazard)},
            {"leg", registry::to_text(leg.kind)},
            {"shelter", leg.shelter_name},
            {"profile", leg.profile},
            {"duration_s", leg.duration_s},
            {"length_m", leg.length_m},
            {"steps_met", leg.steps_met},
            {"hazards_met", leg.hazards_met},
            {"verdict", registry::to_text(course.verdict)}}}};
}

}  // namespace

Json plans_geojson(const std::vector<registry::EvacuationPlan>& plans,
                   const std::set<registry::PersonId>& protected_persons) {
  Json features = Json::array();
  for (const registry::EvacuationPlan& plan : plans) {
    if (protected_persons.contains(plan.subject)) {
      continue;
    }
    for (const registry::PlanCourse& course : plan.courses) {
      for (const registry::PlanLeg& leg : course.legs) {
        features.push_back(feature_of(plan, course, leg));
      }
    }
  }
  return {{"type", "FeatureCollection"}, {"features", features}};
}

}  // namespace cli
