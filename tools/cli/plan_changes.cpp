// SPDX-License-Identifier: Apache-2.0
#include "cli/plan_changes.hpp"

#include <iostream>
#include <nlohmann/json.hpp>

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

Json place_json(const registry::PlanCourse& course) {
  Json place = {{"verdict", registry::to_text(course.verdict)}, {"cause", course.cause}};
  place["shelter"] = course.legs.empty() ? "" : course.legs.back().shelter_name;
  place["travel_s"] = course.timing.travel_s;
  return place;
}

}  // namespace

Json to_json(const std::vector<planner::CourseChange>& changes) {
  Json list = Json::array();
  for (const planner::CourseChange& change : changes) {
    list.push_back({{"registrant", change.subject.value},
                    {"hazard", registry::to_text(change.hazard)},
                    {"before", place_json(change.before)},
                    {"after", place_json(change.after)}});
  }
  return list;
}

void print_changes(const Json& changes) {
  const auto side = [](const Json& place) {
    const auto shelter = place["shelter"].get<std::string>();
    return (shelter.empty() ? place["cause"].get<std::string>() : shelter) + " " +
           place["verdict"].get<std::string>();
  };
  for (const Json& change : changes) {
    std::cout << "  " << change["registrant"].get<std::string>() << "  "
              << change["hazard"].get<std::string>() << "  " << side(change["before"]) << " → "
              << side(change["after"]) << '\n';
  }
}

}  // namespace cli
