// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_sections.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "planner/drill_disclosure.hpp"
#include "planner/drill_place_sections.hpp"
#include "planner/drill_tables.hpp"
#include "planner/section_text.hpp"
#include "planner/small_counts.hpp"
#include "registry/consent_book.hpp"

namespace planner {
namespace {

DrillSection assumptions(const DrillSource& source) {
  DrillSection result = section_of(
      "前提", "同じシナリオ、規則、データ、種からは、いつでも同じ結果が出ます。", {"項目", "値"});
  const auto add = [&](const char* name, const std::string& value) {
    result.table.rows.push_back({name, value});
  };
  add("災害", source.meta("hazard"));
  add("始まり（日本時間）", source.meta("start"));
  add("長さ（分）", source.meta("horizon_min"));
  add("夜・雨", (source.meta("night") == "1" ? std::string("夜") : std::string("昼")) +
                    (source.meta("rain") == "1" ? "、雨" : ""));
  add("回数と種", source.meta("runs") + " 回、" + source.meta("seed"));
  add("訓練に出る人", source.meta("players"));
  const auto kinds =
      shown_counts({std::stoul(source.meta("real")), std::stoul(source.meta("stand_ins"))}, true);
  add("うち訓練参加に同意した人", kinds[0]);
  add("うち仮の人（同意のない人の代わり）", kinds[1]);
  add("訓練に出ない人（支援措置、位置不明、少なすぎる組）",
      registry::statistics_cell(std::stoul(source.meta("left_out"))));
  add("1回あたり自宅にいない人（割合の分母に入れません）", people_text(source.mean("run", "away")));
  add("支援者", source.meta("supporters"));
  add("シナリオの指紋", source.meta("scenario_hash"));
  add("規則の指紋", source.meta("rules_hash"));
  add("計画と道路の指紋", source.meta("data_hash"));
  return result;
}

/// Minutes until a share of those who ever get inside are inside.
std::string minutes_until(const std::vector<std::int64_t>& curve, double share) {
  if (curve.empty() || curve.back() == 0) {
    return "—";
  }
  const auto enough =
      static_cast<std::int64_t>(std::ceil(share * static_cast<double>(curve.back())));
  return std::to_string(std::ranges::lower_bound(curve, enough) - curve.begin());
}

DrillSection completion(const DrillSource& source) {
  DrillSection result =
      section_of("完了の時刻",
                 "人は1回に入れた人、割合は自宅にいた人のうち。避難所に入れた人のう"
                 "ち 50%、90%、全員が入るまでの分。10 回に 1 回はこれより悪く"
                 "（P10）、10 回に 1 回はこれより良く（P90）なります。",
                 {"", "入れた人", "割合", "50%", "90%", "100%"});
  const auto& table = source.table("completion");
  for (const auto& [name, column] :
       {std::pair("P10", "p10"), std::pair("P50", "p50"), std::pair("P90", "p90")}) {
    const auto& curve = table.whole(column);
    const auto& percents = table.real("percent_" + std::string(column));
    result.table.rows.push_back({name, curve.empty() ? "0" : std::to_string(curve.back()),
                                 percents.empty() ? "—" : percent_text(percents.back() / 100),
                                 minutes_until(curve, 0.5), minutes_until(curve, 0.9),
                                 minutes_until(curve, 1)});
  }
  return result;
}

DrillSection districts(const DrillSource& source) {
  DrillSection result = section_of(
      "地区別の完了",
      "自宅にいた人のうち、時間内に避難できた人の割合。5人未満の地区と、引き算でその人数が"
      "分かる地区は「*」です。",
      {"地区", "人", "間に合う割合"});
  const auto& people = source.table("person");
  struct Sums {
    std::size_t people = 0;
    double safe = 0;  // runs of people
    double at_home = 0;
  };
  std::map<std::string, Sums> areas;
  for (std::size_t i = 0; i < people.rows(); ++i) {
    Sums& sums = areas[people.text("area")[i]];
    ++sums.people;
    sums.safe += static_cast<double>(people.whole("safe")[i]);
    sums.at_home += source.at_home(i);
  }
  std::vector<std::size_t> counts;
  counts.reserve(areas.size());
  for (const auto& [name, sums] : areas) {
    counts.push_back(sums.people);
  }
  const auto cells = shown_counts(counts, true);  // their sum is the people of the drill
  for (const auto& [name, sums] : areas) {
    const std::string& cell = cells[result.table.rows.size()];
    const std::string share = sums.at_home == 0 ? "—" : percent_text(sums.safe / sums.at_home);
    result.table.rows.push_back({name, cell, cell == kHiddenCount ? cell : share});
  }
  return result;
}

DrillSection left_behind(const DrillSource& source) {
  DrillSection result =
      section_of("取り残しの理由", "1回あたり、時間内に避難できない人の数。理由は一人に一つです。",
                 {"理由", "人", "改善案"});
  std::vector<std::pair<double, route::DrillCause>> causes;
  for (std::size_t i = 1; i < route::kDrillCauses; ++i) {
    const auto cause = static_cast<route::DrillCause>(i);
    causes.emplace_back(source.mean("run", "cause_" + std::string(code_of(cause))), cause);
  }
  std::ranges::stable_sort(causes, [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [people, cause] : causes) {
    if (people > 0) {
      result.table.rows.push_back(
          {std::string(words_of(cause)), people_text(people), std::string(remedy_of(cause))});
    }
  }
  return result;
}

DrillSection phases(const DrillSource& source) {
  DrillSection result = section_of(
      "四段階の時間",
      "避難所に入れた回の平均の分。準備は避難情報から支度が済むまで、開始は支援者がそろって"
      "出るまで、余裕は期限まで。5人未満の組と、引き算でその人数が分かる組は「*」です。",
      {"移動のしかた", "人", "準備", "開始", "移動", "余裕"});
  const auto& people = source.table("person");
  struct Sums {
    double people = 0;
    double preparation = 0;
    double start = 0;
    double movement = 0;
    double spare = 0;
    double with_deadline = 0;
  };
  std::map<std::string, Sums> profiles;
  for (std::size_t i = 0; i < people.rows(); ++i) {
    if (people.whole("inside")[i] == 0) {
      continue;
    }
    Sums& sums = profiles[people.text("profile")[i]];
    ++sums.people;
    sums.preparation += people.real("preparation_s")[i];
    sums.start += people.real("start_s")[i];
    sums.movement += people.real("movement_s")[i];
    if (const auto deadline = people.whole("deadline_s")[i]; deadline >= 0) {
      ++sums.with_deadline;
      sums.spare += static_cast<double>(deadline) - people.real("safe_s")[i];
    }
  }
  std::vector<std::size_t> counts;
  counts.reserve(profiles.size());
  for (const auto& [name, sums] : profiles) {
    counts.push_back(static_cast<std::size_t>(sums.people));
  }
  const auto cells = shown_counts(counts, true);
  for (const auto& [name, sums] : profiles) {
    const std::string& cell = cells[result.table.rows.size()];
    if (cell == kHiddenCount) {
      result.table.rows.push_back({name, cell, cell, cell, cell, cell});
      continue;
    }
    result.table.rows.push_back(
        {name, cell, minutes_text(sums.preparation / sums.people),
         minutes_text(sums.start / sums.people), minutes_text(sums.movement / sums.people),
         sums.with_deadline == 0 ? "—" : people_text(sums.spare / sums.with_deadline / 60)});
  }
  return result;
}

/// Rows of a table in the order of a weight, heaviest first.
template <class Weight>
std::vector<std::size_t> heaviest(std::size_t rows, std::size_t most, Weight weight) {
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
  std::erase_if(order, [&](std::size_t i) { return weight(i) <= 0; });
  order.resize(std::min(order.size(), most));
  return order;
}

DrillSection supporters(const DrillSource& source) {
  DrillSection result = section_of(
      "支援者の負荷", "1回あたり。退避違反は、終わらないと分かっていて始めた支援で、必ず 0 です。",
      {"支援者", "受け持ち", "運んだ人", "無駄足", "退避で断念", "分", "退避違反"});
  const auto& all = source.table("supporter");
  const auto order =
      heaviest(all.rows(), source.most(), [&](std::size_t i) { return all.real("busy_ms")[i]; });
  for (const std::size_t i : order) {
    result.table.rows.push_back(
        {all.text("key")[i], std::to_string(all.whole("planned")[i]),
         people_text(all.real("trips")[i]), people_text(all.real("vain")[i]),
         people_text(all.real("declined")[i]), minutes_text(all.real("busy_ms")[i] / 1000),
         std::to_string(all.whole("violations")[i])});
  }
  return result;
}

DrillSection latest_starts(const DrillSource& source) {
  DrillSection result =
      section_of("出発の期限",
                 "期限から平均の移動時間を引いた、最後の出発の目安（始まりからの分）。早い人から。",
                 {"人", "地区", "出発の期限", "平均の移動", "期限"});
  const auto& people = source.table("person");
  const ShownPlaces places = shown_places(people);
  std::vector<std::pair<double, std::size_t>> starts;
  for (std::size_t i = 0; i < people.rows(); ++i) {
    if (people.whole("deadline_s")[i] >= 0 && people.whole("inside")[i] > 0) {
      starts.emplace_back(
          static_cast<double>(people.whole("deadline_s")[i]) - people.real("movement_s")[i], i);
    }
  }
  std::ranges::sort(starts);
  starts.resize(std::min(starts.size(), source.most()));
  for (const auto& [start, i] : starts) {
    result.table.rows.push_back({people.text("key")[i], places.area[i], people_text(start / 60),
                                 minutes_text(people.real("movement_s")[i]),
                                 minutes_text(static_cast<double>(people.whole("deadline_s")[i]))});
  }
  return result;
}

/// The cause that befell a person most often.
route::DrillCause main_cause(const registry::ResultTable& people, std::size_t person) {
  auto best = route::DrillCause::None;
  std::int64_t most = 0;
  for (std::size_t i = 1; i < route::kDrillCauses; ++i) {
    const auto cause = static_cast<route::DrillCause>(i);
    const auto runs = people.whole("cause_" + std::string(code_of(cause)))[person];
    if (runs > most) {
      most = runs;
      best = cause;
    }
  }
  return best;
}

DrillSection weakest(const DrillSource& source) {
  DrillSection result = section_of(
      "弱い計画の順位",
      "自宅にいた回のうち、時間内に避難できない割合の高い人から。人は番号で、名前はありません。",
      {"人", "地区", "移動のしかた", "避難先", "間に合わない割合", "主な理由", "改善案"});
  const auto& people = source.table("person");
  const ShownPlaces places = shown_places(people);
  const auto order =
      heaviest(people.rows(), source.most(), [&](std::size_t i) { return source.unsafe_share(i); });
  for (const std::size_t i : order) {
    const auto cause = main_cause(people, i);
    result.table.rows.push_back(
        {people.text("key")[i], places.area[i], places.profile[i],
         people.text("shelter")[i].empty() ? people.text("gap")[i] : people.text("shelter")[i],
         percent_text(source.unsafe_share(i)), std::string(words_of(cause)),
         std::string(remedy_of(cause))});
  }
  return result;
}

DrillSection too_far(const DrillSource& source) {
  const double limit_m = std::stod(source.meta("walking_limit_m"));
  DrillSection result = section_of(
      "歩く距離が長い人", "避難先までが " + source.meta("walking_limit_m") + " m を超える人。",
      {"人", "地区", "移動のしかた", "距離（m）"});
  const auto& people = source.table("person");
  const ShownPlaces places = shown_places(people);
  const auto order = heaviest(people.rows(), source.most(),
                              [&](std::size_t i) { return people.real("way_m")[i] - limit_m; });
  for (const std::size_t i : order) {
    result.table.rows.push_back({people.text("key")[i], places.area[i], places.profile[i],
                                 std::to_string(std::lround(people.real("way_m")[i]))});
  }
  return result;
}

}  // namespace

std::string DrillSource::meta(std::string_view key) const {
  return meta_of(results_, key);
}

double DrillSource::runs() const {
  return static_cast<double>(std::max<std::size_t>(table("run").rows(), 1));
}

double DrillSource::at_home(std::size_t person) const {
  return runs() - static_cast<double>(table("person").whole("away")[person]);
}

double DrillSource::unsafe_share(std::size_t person) const {
  const double home = at_home(person);
  return home <= 0 ? 0 : 1 - static_cast<double>(table("person").whole("safe")[person]) / home;
}

std::size_t DrillSource::most() const {
  return std::stoul(meta("most"));
}

double DrillSource::mean(std::string_view table_name, std::string_view column) const {
  const auto& values = table(table_name).whole(column);
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

std::vector<DrillSection> drill_sections(const DrillSource& source) {
  return {assumptions(source),     completion(source),
          left_behind(source),     districts(source),
          phases(source),          supporters(source),
          shelter_section(source), shelter_hours_section(source),
          road_section(source),    latest_starts(source),
          weakest(source),         too_far(source)};
}

DrillSection difference_section(const DrillComparison& difference) {
  constexpr std::size_t kMostNamed = 10;  // who fare better, and who fare worse
  DrillSection result = section_of(
      "前回との比較",
      "同じ乱数で前と後を試した差です。区間が 0 をまたぐときは、差があるとはいえません。人の番号の"
      "行は、変わり方の大きい人の、間に合う回の割合です。",
      {"項目", "前", "後", "差", "区間", "判定"});
  const auto add = [&](const char* name, const std::string& before, const std::string& after,
                       const Estimate& estimate) {
    const bool known = std::isfinite(estimate.low);
    result.table.rows.push_back(
        {name, before, after, people_text(estimate.value),
         known ? people_text(estimate.low) + "～" + people_text(estimate.high) : "—",
         known && estimate.excludes(0) ? "差がある" : "差があるとはいえない"});
  };
  add("時間内に避難できる人", people_text(difference.mean_before),
      people_text(difference.mean_after), difference.safe);
  add("90%が入るまでの分", "", "", difference.last_safe);
  const auto count = [&](const char* name, std::size_t people) {
    result.table.rows.push_back({name, "", "", std::to_string(people), "", ""});
  };
  count("良くなる人", difference.better.size());
  count("悪くなる人", difference.worse.size());
  count("変わらない人", difference.unchanged);
  count("前だけにいる人", difference.only_before.size());
  count("後だけにいる人", difference.only_after.size());
  const auto name_most = [&](const char* words, const std::vector<ChangedFate>& fates) {
    for (std::size_t i = 0; i < std::min(fates.size(), kMostNamed); ++i) {
      const ChangedFate& fate = fates[i];
      result.table.rows.push_back(
          {fate.key, percent_text(fate.before), percent_text(fate.after), "", "", words});
    }
  };
  name_most("悪くなる", difference.worse);
  name_most("良くなる", difference.better);
  for (const std::string& note : difference.notes) {
    result.note += " " + note + "。";
  }
  return result;
}

}  // namespace planner
