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

Json plans_geojson(const std::vector<registry::EvacuationPlan>& plans,
                   const std::set<registry::PersonId>& protected_persons) {
  Json features = Json::array();
  for (const registry::EvacuationPlan& plan : plans) {
    if (protected_persons.contains(plan.subject)) {
      continue;
    }
    for (const registry::PlanLeg& leg : plan.legs) {
      route::Polyline shape;
      for (const registry::Position& point : leg.route) {
        shape.push_back(route::from_degrees(point.lat, point.lon));
      }
      features.push_back({{"type", "Feature"},
                          {"geometry", line_string(shape)},
                          {"properties",
                           {{"plan", plan.id.value},
                            {"revision", plan.revision},
                            {"registrant", plan.subject.value},
                            {"shelter", leg.shelter_name},
                            {"profile", leg.profile},
                            {"duration_s", leg.duration_s},
                            {"length_m", leg.length_m},
                            {"steps_met", leg.steps_met},
                            {"hazards_met", leg.hazards_met}}}});
    }
  }
  return {{"type", "FeatureCollection"}, {"features", features}};
}

}  // namespace cli
