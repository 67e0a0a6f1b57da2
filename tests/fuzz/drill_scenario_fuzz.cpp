// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "fuzz_target.hpp"
#include "planner/drill_scenario.hpp"
#include "planner/scenario_json.hpp"
#include "registry/error.hpp"

namespace {

/// A city of two districts and a school.
class SmallCity {
 public:
  SmallCity()
      : rules_(planner::parse_drill_rules(
            fuzz::read_file(std::string(TOMONI_SOURCE_DIR) + "/data/rules/drill.toml"))) {
    for (const auto& [code, name] :
         {std::pair("1", "第一小学校区"), std::pair("2", "第二小学校区")}) {
      registry::Area area;
      area.code = code;
      area.level = registry::AreaLevel::SchoolDistrict;
      area.name = name;
      areas_.push_back(area);
    }
    registry::Shelter school;
    school.id = {"S1"};
    school.name = "見本小学校";
    shelters_ = {school};
  }
  [[nodiscard]] planner::ScenarioWorld world() const { return {areas_, shelters_, rules_, 10}; }

 private:
  planner::DrillRules rules_;
  std::vector<registry::Area> areas_;
  std::vector<registry::Shelter> shelters_;
};

void check(const planner::DrillScenario& scenario) {
  using fuzz::require;
  require(scenario.horizon_s > 0 && scenario.step_s > 0, "a drill takes time");
  require(scenario.at_home >= 0 && scenario.at_home <= 1, "shares lie between 0 and 1");
  std::int64_t before = 0;
  for (const planner::DrillOrder& order : scenario.orders) {
    require(order.at_s >= before, "orders stand in the order of their times");
    before = order.at_s;
    for (const std::size_t area : order.areas) {
      require(area < 2, "areas are those of the city");
    }
  }
  for (const planner::ShelterHours& hours : scenario.shelters) {
    require(!hours.closes_s || *hours.closes_s > hours.opens_s, "what closes was open");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SmallCity city;
  const auto text = fuzz::text_of(data, size);
  fuzz::accepts<registry::InputError>(
      [&] { check(parse_drill_scenario(text, "s.toml", city.world())); });
  fuzz::accepts<registry::InputError>([&] {
    check(parse_drill_scenario(planner::scenario_toml(text, "s.json"), "s.json", city.world()));
  });
  return 0;
}

fuzz::Material fuzz::material() {
  const SmallCity city;
  return {{scenario_text(registry::HazardKind::Flood, "2026-11-21T21:30", city.world()),
           scenario_text(registry::HazardKind::Earthquake, "2026-11-21T09:00", city.world()),
           "name = \"試し\"\nhazard = \"洪水\"\nstart = \"2026-11-21T21:30\"\n"
           "horizon_min = 240\nstep_min = 5\n[[order]]\nlevel = 3\nat_min = 10\n"
           "areas = [\"第一小学校区\"]\n[[order]]\nlevel = 4\nat_min = 60\n[[shelter]]\n"
           "name = \"見本小学校\"\nopens_min = 20\ncloses_min = 90\ncapacity = 40\n",
           R"({"name": "試し", "hazard": "洪水", "start": "2026-11-21T21:30", "horizon_min": 240,
"step_min": 5, "order": [{"level": 3, "at_min": 10, "areas": ["第一小学校区"]},
{"level": 4, "at_min": 60}], "shelter": [{"name": "見本小学校", "opens_min": 20, "closes_min": 90,
"capacity": 40}]})"},
          {"[[order]]", "[[shelter]]", "[[hazard_step]]", "level = ", "at_min = ", "-1", "1e400",
           "nan", "9223372036854775807", "\"\"\"", "\xff", "closes_min = 0", "capacity = -1",
           "第二小学校区", "name = ", "true", "{", "]", "horizon_min = 0"}};
}
