// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_alternatives.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "planner/drill_tables.hpp"
#include "planner/drill_world.hpp"
#include "planner/section_text.hpp"
#include "planner/small_counts.hpp"

namespace planner {
namespace {

using registry::LegKind;

struct Rows {
  const registry::ResultTable& people;
  const registry::ResultTable& other;

  [[nodiscard]] bool known(std::size_t i) const { return other.whole("way_known")[i] != 0; }
  [[nodiscard]] bool no_way(std::size_t i) const {
    return known(i) && other.whole("second_way")[i] == 0;
  }
  /// Who has no first shelter has no second one either and is not counted here.
  [[nodiscard]] bool no_shelter(std::size_t i) const {
    return !people.text("shelter")[i].empty() && other.text("second_shelter")[i].empty();
  }
  /// How little there is to fall back on.
  [[nodiscard]] double weakness(std::size_t i) const {
    const double shared = known(i) ? other.real("way_shared")[i] : 0;
    return (no_way(i) ? 2 : shared) + (no_shelter(i) ? 1 : 0);
  }
};

DrillSection by_district(const Rows& rows) {
  struct Counts {
    std::size_t people = 0;
    std::size_t known = 0;
    std::size_t no_way = 0;
    std::size_t no_shelter = 0;
  };
  std::map<std::string, Counts> areas;
  for (std::size_t i = 0; i < rows.people.rows(); ++i) {
    Counts& counts = areas[rows.people.text("area")[i]];
    ++counts.people;
    counts.known += rows.known(i) ? 1U : 0U;
    counts.no_way += rows.no_way(i) ? 1U : 0U;
    counts.no_shelter += rows.no_shelter(i) ? 1U : 0U;
  }
  DrillSection section =
      section_of("代替経路（地区別）",
                 "第二経路は、訓練に同意した人では有効な計画にあるもの、仮の人では tomoni drill "
                 "improve で調べたものです。5人未満の数と、引き算でそれが分かる数は「*」です。",
                 {"地区", "人", "第二の避難所のない人", "経路を調べた人", "第二経路のない人"});
  for (const auto& [name, counts] : areas) {
    section.table.rows.push_back({name});
  }
  for (const auto member :
       {&Counts::people, &Counts::no_shelter, &Counts::known, &Counts::no_way}) {
    std::vector<std::size_t> column;
    column.reserve(areas.size());
    for (const auto& [name, counts] : areas) {
      column.push_back(counts.*member);
    }
    const auto cells = shown_counts(column, true);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      section.table.rows[i].push_back(cells[i]);
    }
  }
  return section;
}

std::string minutes(std::int64_t seconds) {
  return "+" + people_text(static_cast<double>(seconds) / 60) + "分";
}

DrillSection weakest(const Rows& rows, std::size_t most) {
  DrillSection section = section_of(
      "代替経路の弱い人",
      "第二経路か第二の避難所がない人、第二経路の多くが第一経路と同じ道の人から。人は番号で"
      "す。「—」は調べていません。",
      {"人", "第二経路", "余分の時間", "第一経路と同じ道", "第二の避難所", "余分の時間"});
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < rows.people.rows(); ++i) {
    if (rows.weakness(i) > 0) {
      order.emplace_back(-rows.weakness(i), i);
    }
  }
  std::ranges::sort(order);
  order.resize(std::min(order.size(), most));
  for (const auto& [weakness, i] : order) {
    const bool has_way = rows.known(i) && !rows.no_way(i);
    const std::string& shelter = rows.other.text("second_shelter")[i];
    section.table.rows.push_back(
        {rows.people.text("key")[i], has_way ? "ある" : (rows.known(i) ? "ない" : "—"),
         has_way ? minutes(rows.other.whole("way_extra_s")[i]) : "",
         has_way ? std::to_string(std::lround(100 * rows.other.real("way_shared")[i])) + "%" : "",
         rows.no_shelter(i) ? "ない" : shelter,
         shelter.empty() ? "" : minutes(rows.other.whole("shelter_extra_s")[i])});
  }
  return section;
}

}  // namespace

DrillAlternative alternative_of(const registry::PlanCourse& played,
                                const registry::EvacuationPlan* stored, bool looked_for) {
  DrillAlternative found;
  const registry::PlanLeg* leg = leg_of(played, LegKind::Evacuate);
  if (leg == nullptr) {
    return found;
  }
  const registry::PlanCourse* course = looked_for ? &played : nullptr;
  if (stored != nullptr) {
    const auto same =
        std::ranges::find(stored->courses, played.hazard, &registry::PlanCourse::hazard);
    course = same != stored->courses.end() && same->legs == played.legs ? &*same : course;
  }
  if (course == nullptr) {
    return found;
  }
  found.way_known = true;
  found.has_way = !course->second.route.empty();
  found.way_extra_s = course->second.extra_s;
  if (found.has_way && leg->length_m > 0) {
    found.way_shared = std::clamp(course->second.shared_m / leg->length_m, 0.0, 1.0);
  }
  return found;
}

registry::ResultTable alternative_table(const DrillWorld& world) {
  std::vector<std::string> key;
  std::vector<std::string> shelter;
  std::vector<std::int64_t> known;
  std::vector<std::int64_t> has_way;
  std::vector<std::int64_t> way_extra;
  std::vector<std::int64_t> shelter_extra;
  std::vector<double> shared;
  for (std::size_t i = 0; i < world.people.size(); ++i) {
    const DrillAlternative& each = world.people[i].alternative;
    const auto& shelters = world.scene.people[i].shelters;
    const bool second = shelters.size() > 1;
    key.push_back(world.people[i].key);
    known.push_back(each.way_known ? 1 : 0);
    has_way.push_back(each.has_way ? 1 : 0);
    way_extra.push_back(each.has_way ? each.way_extra_s : -1);
    shared.push_back(each.has_way ? each.way_shared : -1);
    shelter.push_back(second ? world.shelters[shelters[1]].name : std::string());
    shelter_extra.push_back(second ? each.shelter_extra_s : -1);
  }
  return {.name = "alternative",
          .columns = {{"key", std::move(key)},
                      {"way_known", std::move(known)},
                      {"second_way", std::move(has_way)},
                      {"way_extra_s", std::move(way_extra)},
                      {"way_shared", std::move(shared)},
                      {"second_shelter", std::move(shelter)},
                      {"shelter_extra_s", std::move(shelter_extra)}}};
}

std::vector<DrillSection> alternative_sections(const registry::ResultFile& results) {
  const registry::ResultTable* other = results.find("alternative");
  if (other == nullptr) {
    return {};
  }
  const Rows rows{results.table("person"), *other};
  return {by_district(rows), weakest(rows, std::stoul(meta_of(results, "most")))};
}

}  // namespace planner
