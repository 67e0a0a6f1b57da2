// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_place_sections.hpp"

#include <algorithm>
#include <map>

#include "planner/section_text.hpp"

namespace planner {
namespace {

using Row = std::vector<std::string>;

constexpr double kShown = 0.05;  // people per run; less reads 0.0

/// The places for needs that a shelter has beside its seats.
void add_needs(const DrillSource& source, const std::string& id, std::vector<Row>& rows) {
  const auto& needs = source.table("shelter_need");
  for (std::size_t i = 0; i < needs.rows(); ++i) {
    if (needs.text("id")[i] != id) {
      continue;
    }
    const auto places = needs.whole("places")[i];
    const double taken = needs.real("taken")[i];
    rows.push_back({needs.text("shelter")[i] + "（" + needs.text("need")[i] + "）",
                    std::to_string(places), people_text(taken),
                    places > 0 ? percent_text(taken / static_cast<double>(places)) : "—",
                    people_text(needs.real("missed")[i]),
                    std::to_string(needs.whole("missed_runs")[i]), "—", "—"});
  }
}

}  // namespace

DrillSection shelter_section(const DrillSource& source) {
  DrillSection result = section_of(
      "避難所の過不足",
      "席と、1回あたりの平均で埋まる席、断られる人。席の値打ちは、もう1組分の席があれば全員の移動が"
      "合わせて何分減るか（計画の割り当ての双対値）。（車いす）などは、その人が席のほかに一つ使う"
      "場所で、同伴者は使いません。受け入れ上限のある避難所だけに数があります。",
      {"避難所", "席", "埋まる席", "埋まる割合", "断られる人", "満員の回", "戸口の待ち最長（分）",
       "席の値打ち（分）"});
  const auto& all = source.table("shelter");
  for (std::size_t i = 0; i < all.rows(); ++i) {
    const auto seats = all.whole("seats")[i];
    result.table.rows.push_back(
        {all.text("name")[i], std::to_string(seats), people_text(all.real("taken")[i]),
         seats > 0 ? percent_text(all.real("taken")[i] / static_cast<double>(seats)) : "—",
         people_text(all.real("turned_away")[i]), std::to_string(all.whole("full_runs")[i]),
         minutes_text(static_cast<double>(all.whole("longest_wait_s")[i])),
         minutes_text(all.real("seat_price_s")[i])});
    add_needs(source, all.text("id")[i], result.table.rows);
  }
  return result;
}

DrillSection shelter_hours_section(const DrillSource& source) {
  DrillSection result = section_of("避難所の席（時間ごと）",
                                   "平均で埋まっている席。「—」は記録の間隔（step_min）がそれより"
                                   "長い時間です。",
                                   {"避難所"});
  constexpr std::int64_t kHour = 60;
  std::map<std::string, std::map<std::int64_t, double>> by_hour;
  std::vector<std::string> names;
  std::int64_t last = 0;
  const auto add = [&](const registry::ResultTable& use, std::size_t i, const std::string& name) {
    if (!by_hour.contains(name)) {
      names.push_back(name);
    }
    const std::int64_t hour = (use.whole("minute")[i] + kHour - 1) / kHour;
    by_hour[name][hour] = use.real("mean")[i];
    last = std::max(last, hour);
  };
  const auto& seats = source.table("shelter_use");
  for (std::size_t i = 0; i < seats.rows(); ++i) {
    add(seats, i, seats.text("shelter")[i]);
  }
  const auto& needs = source.table("need_use");
  for (std::size_t i = 0; i < needs.rows(); ++i) {
    add(needs, i, needs.text("shelter")[i] + "（" + needs.text("need")[i] + "）");
  }
  last = std::min<std::int64_t>(last, 12);
  for (std::int64_t hour = 1; hour <= last; ++hour) {
    result.table.header.push_back(std::to_string(hour) + "時間後");
  }
  for (const std::string& name : names) {
    Row row = {name};
    const auto& hours = by_hour.at(name);
    for (std::int64_t hour = 1; hour <= last; ++hour) {
      const auto found = hours.find(hour);
      row.push_back(found == hours.end() ? "—" : people_text(found->second));
    }
    result.table.rows.push_back(std::move(row));
  }
  return result;
}

DrillSection road_section(const DrillSource& source) {
  DrillSection result = section_of(
      "ボトルネック道路", "1回あたり。行列は狭い道で待った人。回は、いちばん多い区間のもの。",
      {"道", "名前", "引き返す人", "行列の人", "人・分", "回"});
  struct Sums {
    std::string name;
    double blocked = 0;
    double delayed = 0;
    double minutes = 0;
    std::int64_t runs = 0;
  };
  std::map<std::int64_t, Sums> ways;
  const auto& all = source.table("road");
  for (std::size_t i = 0; i < all.rows(); ++i) {
    Sums& sums = ways[all.whole("way_id")[i]];
    sums.name = all.text("name")[i];
    sums.blocked += all.real("blocked")[i];
    sums.delayed += all.real("delayed")[i];
    sums.minutes += all.real("person_minutes")[i];
    sums.runs = std::max({sums.runs, all.whole("runs_blocked")[i], all.whole("runs_delayed")[i]});
  }
  std::vector<std::pair<std::int64_t, Sums>> most(ways.begin(), ways.end());
  std::erase_if(most,
                [](const auto& way) { return way.second.blocked + way.second.delayed < kShown; });
  std::ranges::stable_sort(most, std::ranges::greater(), [](const auto& way) {
    return std::pair(way.second.blocked + way.second.delayed, way.second.minutes);
  });
  most.resize(std::min(most.size(), source.most()));
  for (const auto& [way, sums] : most) {
    result.table.rows.push_back({std::to_string(way), sums.name, people_text(sums.blocked),
                                 people_text(sums.delayed), people_text(sums.minutes),
                                 std::to_string(sums.runs)});
  }
  return result;
}

}  // namespace planner
