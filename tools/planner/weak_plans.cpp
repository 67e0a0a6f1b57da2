// SPDX-License-Identifier: Apache-2.0
#include "planner/weak_plans.hpp"

#include <algorithm>
#include <cmath>

namespace planner {
namespace {

using registry::Gap;
using registry::PlanVerdict;

bool is_likely(double share, const WeaknessScore& score) {
  return share > 0 && 100 * share >= score.likely_percent;
}

Fix fix_for(Gap gap) {
  switch (gap) {
    case Gap::NoPosition:
      return Fix::LocateHome;
    case Gap::OffTheRoads:
    case Gap::RoadsClosed:
      return Fix::OpenRoad;
    case Gap::SheltersFull:
      return Fix::MoreSeats;
    case Gap::None:
    case Gap::NoPermittedShelter:
      break;
  }
  return Fix::DesignateShelter;
}

void fix_helpers(const WeaknessFacts& facts, std::vector<FixProposal>& fixes) {
  const auto coming =
      std::ranges::count(facts.course.helpers, false, &registry::PlannedHelper::backup);
  if (facts.hands > coming) {
    fixes.push_back({Fix::FindSupporter, {}, 0});
  } else if (facts.hands > 0 && facts.supporters < static_cast<std::size_t>(std::max(
                                                       facts.enough_supporters, facts.hands))) {
    fixes.push_back({Fix::SecondSupporter, {}, 0});
  }
}

void fix_time(const WeaknessFacts& facts, std::vector<FixProposal>& fixes) {
  const registry::PlanTiming& timing = facts.course.timing;
  if (timing.limit_s && timing.total_p90_s > *timing.limit_s) {
    if (facts.nearer) {
      fixes.push_back({Fix::NearerShelter, facts.nearer->name, facts.nearer->saves_s});
    } else {
      fixes.push_back({Fix::SaveTime, {}, 0});
    }
  }
  if (facts.battery_s && *facts.battery_s < timing.total_p90_s) {
    fixes.push_back({Fix::SparePower, {}, 0});
  }
}

void fix_roads(const WeaknessFacts& facts, const WeaknessScore& score,
               std::vector<FixProposal>& fixes) {
  if (facts.exposure && is_likely(facts.exposure->no_way, score)) {
    fixes.push_back({Fix::SecondShelter, {}, 0});
  }
  if (facts.exposure && is_likely(facts.exposure->cut, score)) {
    const bool none = facts.course.second.route.empty();
    fixes.push_back({none ? Fix::SecondWay : Fix::PractiseSecondWay, {}, 0});
  }
}

}  // namespace

std::string_view to_text(Fix fix) {
  switch (fix) {
    case Fix::LocateHome:
      return "自宅の位置を確かめる";
    case Fix::OpenRoad:
      return "通れる道を確かめる、または通行止めを解く";
    case Fix::DesignateShelter:
      return "受け入れる避難先を決める";
    case Fix::MoreSeats:
      return "避難先の席を増やす";
    case Fix::FindSupporter:
      return "支援者を見つける";
    case Fix::SecondSupporter:
      return "代わりの支援者を見つける（時間帯も見る）";
    case Fix::NearerShelter:
      return "より近い避難先に席を作る";
    case Fix::SaveTime:
      return "車両を使う、または早く出る";
    case Fix::SparePower:
      return "予備の電源を用意する";
    case Fix::ConfirmEquipment:
      return "避難先の設備を確かめる";
    case Fix::SecondShelter:
      return "道がふさがったときの別の避難先を決める";
    case Fix::SecondWay:
      return "別の経路を探して計画に書く";
    case Fix::PractiseSecondWay:
      return "計画にある別の経路を訓練する";
  }
  return {};
}

std::optional<WeaknessPoints> weakness_of(const WeaknessFacts& facts, const WeaknessScore& score) {
  WeaknessPoints points;
  bool weak = false;
  if (facts.course.verdict == PlanVerdict::NotExecutable) {
    points.verdict = score.not_executable;
    weak = true;
  } else if (facts.course.verdict == PlanVerdict::AtRisk) {
    points.verdict = score.at_risk;
    weak = true;
  }
  if (facts.exposure) {
    points.way_cut = static_cast<int>(std::lround(score.way_cut * facts.exposure->cut));
    points.no_way = static_cast<int>(std::lround(score.no_way * facts.exposure->no_way));
    weak = weak || is_likely(facts.exposure->cut, score);
  }
  points.priority = facts.priority;
  return weak ? std::optional(points) : std::nullopt;
}

std::vector<FixProposal> fixes_for(const WeaknessFacts& facts, const WeaknessScore& score) {
  std::vector<FixProposal> fixes;
  if (facts.course.gap != Gap::None) {
    fixes.push_back({fix_for(facts.course.gap), {}, 0});
    return fixes;
  }
  fix_helpers(facts, fixes);
  fix_time(facts, fixes);
  if (facts.equipment_unconfirmed) {
    fixes.push_back({Fix::ConfirmEquipment, {}, 0});
  }
  if (fixes.empty() && facts.hands > 0 && facts.course.verdict == PlanVerdict::AtRisk) {
    // Enough supporters, in time, equipped: what is left are hours at which too few can come.
    fixes.push_back({Fix::SecondSupporter, {}, 0});
  }
  fix_roads(facts, score, fixes);
  return fixes;
}

}  // namespace planner
