// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_candidates.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace planner {
namespace {

using route::DrillCause;
using route::kNoIndex;

constexpr route::Weight kMinute = 60'000;
/// Help was missing.
constexpr DrillCause kHelp[] = {DrillCause::NoSupporter, DrillCause::SupporterAbsent,
                                DrillCause::SupporterRetreated};
/// Faster, or earlier, would have done.
constexpr DrillCause kTime[] = {DrillCause::OutOfTime, DrillCause::ClosedByWater,
                                DrillCause::SupporterRetreated};
constexpr DrillCause kStart[] = {DrillCause::OutOfTime, DrillCause::ClosedByWater,
                                 DrillCause::SupporterRetreated, DrillCause::LateStart};

template <class Candidate>
void keep_most(std::vector<Candidate>& all, std::size_t most, double Candidate::*by) {
  std::ranges::stable_sort(all, std::ranges::greater(), by);
  all.resize(std::min(all.size(), most));
}

route::Weight minus(route::Weight time, std::int64_t seconds) {
  return time - static_cast<route::Weight>(std::min<std::int64_t>(time, seconds * 1000));
}

class Finder {
 public:
  Finder(const DrillWorld& world, const route::DrillTotals& totals, const ActionMeans& means)
      : world_(world), scene_(world.scene), totals_(totals), means_(means) {}

  [[nodiscard]] std::vector<DrillAction> run() {
    find_supporters();
    find_shelters();
    find_vehicles();
    find_roads();
    find_orders();
    return std::move(found_);
  }

 private:
  /// Share of the runs that a person is lost for one of these causes.
  [[nodiscard]] double lost(std::size_t person, std::span<const DrillCause> causes) const {
    double runs = 0;
    for (const DrillCause cause : causes) {
      runs += totals_.people[person].causes.at(static_cast<std::size_t>(cause));
    }
    return per_run(runs);
  }
  [[nodiscard]] double per_run(double sum) const {
    return sum / static_cast<double>(std::max<std::uint64_t>(totals_.runs, 1));
  }
  void take(std::vector<DrillAction>& candidates) {
    std::erase_if(candidates, [](const DrillAction& each) { return each.loss <= 0; });
    keep_most(candidates, means_.rules.most, &DrillAction::loss);
    std::ranges::move(candidates, std::back_inserter(found_));
  }

  /// Somebody beside a supporter whose people were left, who begins with the last of them; or for
  /// a person to whom fewer come than are needed.
  void find_supporters() {
    std::vector<DrillAction> beside;
    std::vector<DrillAction> alone;
    std::vector<std::uint32_t> planned(scene_.people.size());
    for (std::uint32_t i = 0; i < scene_.supporters.size(); ++i) {
      DrillAction action{.kind = ActionKind::AddSupporter,
                         .what = world_.supporters[i] + " と組む人を 1 人",
                         .target = i};
      action.people = scene_.supporters[i].people;
      std::ranges::reverse(action.people);
      for (const std::uint32_t person : action.people) {
        ++planned[person];
        action.loss += lost(person, kHelp);
      }
      beside.push_back(std::move(action));
    }
    for (std::uint32_t i = 0; i < scene_.people.size(); ++i) {
      const route::DrillPerson& person = scene_.people[i];
      if (person.shared && planned[i] < person.hands) {
        const std::uint32_t missing = person.hands - planned[i];
        alone.push_back(
            {.kind = ActionKind::AddSupporter,
             .what = world_.people[i].key + " を迎えに行く人を " + std::to_string(missing) + " 人",
             .loss = lost(i, kHelp) / missing,  // one who saves alone first
             .people = {i},
             .helpers = missing});
      }
    }
    take(beside);
    take(alone);
  }

  void find_shelters() {
    std::vector<DrillAction> earlier;
    std::vector<DrillAction> seats;
    std::vector<DrillAction> reception;
    for (std::uint32_t i = 0; i < scene_.shelters.size(); ++i) {
      const route::DrillShelter& shelter = scene_.shelters[i];
      const route::ShelterTotals& sums = totals_.shelters[i];
      if (shelter.second_stage) {
        continue;
      }
      const double wait_min = static_cast<double>(sums.longest_wait_max) / kMinute;
      const bool waits = wait_min * 60 >= static_cast<double>(means_.rules.door_wait_s);
      const std::string& name = world_.shelters[i].name;
      if (waits && shelter.opens > 0) {
        const route::Weight opens = minus(shelter.opens, means_.rules.earlier_s) / kMinute;
        earlier.push_back({.kind = ActionKind::OpenEarlier,
                           .what = name + " を " + std::to_string(opens) + " 分に開ける",
                           .loss = wait_min,
                           .target = i});
      }
      if (waits && shelter.people_per_minute > 0) {
        reception.push_back({.kind = ActionKind::MoreReception,
                             .what = name + " の受付を " + factor() + " 倍にする",
                             .loss = wait_min,
                             .target = i});
      }
      if (sums.turned_away > 0 && !sums.missed.empty()) {
        const std::size_t missed_most = scarcest(i);
        seats.push_back({.kind = ActionKind::MoreSeats,
                         .what = name + more_of(missed_most),
                         .loss = per_run(static_cast<double>(sums.turned_away)),
                         .target = i,
                         .seat_class = missed_most});
      }
    }
    take(earlier);
    take(seats);
    take(reception);
  }
  [[nodiscard]] std::string more_of(std::size_t need) const {
    const std::string number = " に " + std::to_string(means_.rules.more_seats);
    return need == 0
               ? number + " 席"
               : number + " 人分の" + std::string(to_text(static_cast<registry::NeedClass>(need)));
  }
  [[nodiscard]] std::string factor() const {
    return std::to_string(std::lround(means_.rules.reception_factor));
  }
  /// What people missed most: seats, or the places for a need.
  [[nodiscard]] std::size_t scarcest(std::size_t shelter) const {
    const auto& missed = totals_.shelters[shelter].missed;
    return static_cast<std::size_t>(std::ranges::max_element(missed) - missed.begin());
  }

  /// Whether a vehicle can stop where the person lives.
  [[nodiscard]] bool can_board(const route::DrillPerson& person) const {
    const auto& at = scene_.places[person.home].at;
    if (at[means_.vehicle_mode]) {
      return true;
    }
    const auto& weights = scene_.modes[means_.vehicle_mode].metric->weights;
    return at[person.mode] &&
           std::min(weights[scene_.graph->forward_arc(at[person.mode]->edge)],
                    weights[scene_.graph->backward_arc(at[person.mode]->edge)]) < route::kInfinity;
  }

  /// A vehicle at a shelter that fetches those who would be too slow on their own.
  void find_vehicles() {
    if (means_.vehicle_mode == kNoIndex) {
      return;
    }
    std::map<std::uint32_t, std::vector<std::pair<double, std::uint32_t>>> by_shelter;
    for (std::uint32_t i = 0; i < scene_.people.size(); ++i) {
      const route::DrillPerson& person = scene_.people[i];
      const double loss = lost(i, kTime);
      if (loss > 0 && person.shared && !person.shelters.empty() &&
          person.mode != means_.vehicle_mode && can_board(person)) {
        by_shelter[person.shelters.front()].emplace_back(-loss, i);
      }
    }
    std::vector<DrillAction> candidates;
    for (auto& [shelter, slow] : by_shelter) {
      if (!scene_.places[scene_.shelters[shelter].place].at[means_.vehicle_mode]) {
        continue;
      }
      std::ranges::sort(slow);
      slow.resize(std::min(slow.size(), means_.rules.vehicle_people));
      DrillAction action{.kind = ActionKind::Vehicle,
                         .what = world_.shelters[shelter].name + " へ",
                         .target = shelter};
      for (const auto& [loss, person] : slow) {
        action.loss -= loss;
        action.what += " " + world_.people[person].key;
        action.people.push_back(person);
      }
      candidates.push_back(std::move(action));
    }
    take(candidates);
  }

  /// Whole roads as the map knows them: a stretch cleared between two closed ones helps nobody.
  void find_roads() {
    const route::RoadGraph& graph = *scene_.graph;
    std::map<std::pair<std::int64_t, std::uint32_t>, double> losses;
    const auto road_of = [&](route::EdgeId edge) {
      const std::int64_t way = graph.road(edge).way_id;
      return std::pair(way, way == 0 ? edge.value : 0);
    };
    for (const route::ArcTotals& arc : totals_.arcs) {
      losses[road_of(graph.edge(arc.arc))] +=
          per_run(static_cast<double>(arc.blocked + arc.delayed));
    }
    std::vector<std::pair<double, std::pair<std::int64_t, std::uint32_t>>> worst;
    worst.reserve(losses.size());
    for (const auto& [road, loss] : losses) {
      worst.emplace_back(-loss, road);
    }
    std::ranges::sort(worst);
    worst.resize(std::min(worst.size(), means_.rules.most));
    std::vector<DrillAction> candidates;
    for (const auto& [loss, road] : worst) {
      DrillAction action{
          .kind = ActionKind::ClearRoad, .what = "道 " + std::to_string(road.first), .loss = -loss};
      for (const route::EdgeId edge : graph.edges()) {
        if (road_of(edge) == road) {
          action.road.push_back(edge);
        }
      }
      const std::string_view name = graph.name(action.road.front());
      action.what += name.empty() ? "" : " " + std::string(name);
      candidates.push_back(std::move(action));
    }
    take(candidates);
  }

  void find_orders() {
    struct District {
      double loss = 0;
      std::vector<std::uint32_t> people;
    };
    std::map<std::pair<std::size_t, std::uint32_t>, District> districts;
    for (std::uint32_t i = 0; i < scene_.people.size(); ++i) {
      const std::uint32_t order = scene_.people[i].order;
      if (order != kNoIndex && scene_.orders[order].at > 0) {
        District& district = districts[{world_.people[i].area, order}];
        district.loss += lost(i, kStart);
        district.people.push_back(i);
      }
    }
    std::vector<DrillAction> candidates;
    for (const auto& [key, district] : districts) {
      if (district.people.size() < means_.least_group) {
        continue;
      }
      const route::Weight at = minus(scene_.orders[key.second].at, means_.rules.earlier_s);
      candidates.push_back(
          {.kind = ActionKind::EarlierOrder,
           .what = world_.areas[key.first] + " に " + std::to_string(at / kMinute) + " 分に出す",
           .loss = district.loss,
           .people = district.people,
           .target = key.second});
    }
    take(candidates);
  }

  const DrillWorld& world_;
  const route::DrillScene& scene_;
  const route::DrillTotals& totals_;
  const ActionMeans& means_;
  std::vector<DrillAction> found_;
};

std::vector<SinglePoint> road_points(const route::DrillScene& scene, const route::DrillRun& traced,
                                     std::size_t most) {
  const route::RoadGraph& graph = *scene.graph;
  std::map<std::uint32_t, std::set<std::uint32_t>> users;  // people by edge
  for (const route::DrillMove& move : traced.moves) {
    if (move.kind == route::DrillMover::Person) {
      for (const route::ArcId arc : move.arcs) {
        users[graph.edge(arc).value].insert(move.who);
      }
    }
  }
  std::map<std::int64_t, SinglePoint> by_road;
  std::int64_t nameless = 0;
  for (const auto& [edge, people] : users) {
    const route::EdgeId id{edge};
    const std::int64_t way = graph.road(id).way_id;
    SinglePoint& point = by_road[way == 0 ? --nameless : way];
    if (static_cast<double>(people.size()) > point.load) {
      point = {.kind = PointKind::Road,
               .what = "道 " + std::to_string(way),
               .load = static_cast<double>(people.size()),
               .road = id};
      const std::string_view name = graph.name(id);
      point.what += name.empty() ? "" : " " + std::string(name);
    }
  }
  std::vector<SinglePoint> points;
  points.reserve(by_road.size());
  for (auto& [way, point] : by_road) {
    points.push_back(std::move(point));
  }
  keep_most(points, most, &SinglePoint::load);
  return points;
}

/// The way of behaving of supporters who usually can come; of nobody else.
std::uint32_t helper_behaviour(const route::DrillScene& scene) {
  std::vector<std::uint8_t> of_people(scene.behaviours.size());
  for (const route::DrillPerson& person : scene.people) {
    of_people[person.behaviour] = 1;
  }
  std::uint32_t best = 0;
  bool found = false;
  for (std::uint32_t i = 0; i < scene.behaviours.size(); ++i) {
    const bool better = !found || scene.behaviours[i].available > scene.behaviours[best].available;
    if (of_people[i] == 0 && better) {
      best = i;
      found = true;
    }
  }
  return best;
}

}  // namespace

ActionMeans means_of(const DrillWorld& world, const DrillRules& rules,
                     const PlanningRules& planning) {
  ActionMeans means{.rules = rules.study, .least_group = rules.least_group};
  means.helper_behaviour = helper_behaviour(world.scene);
  means.margin = static_cast<route::Weight>(planning.retreat_margin_s * 1000);
  for (std::uint32_t mode = 0; mode < world.roads.size(); ++mode) {
    const std::string& name = world.roads[mode]->profile->name;
    means.helper_mode = name == planning.supporter_profile ? mode : means.helper_mode;
    means.vehicle_mode = name == planning.transfer_vehicle ? mode : means.vehicle_mode;
  }
  return means;
}

std::vector<DrillAction> action_candidates(const DrillWorld& world,
                                           const route::DrillTotals& totals,
                                           const ActionMeans& means) {
  return Finder(world, totals, means).run();
}

std::vector<SinglePoint> point_candidates(const DrillWorld& world, const route::DrillTotals& totals,
                                          const route::DrillRun& traced, std::size_t most) {
  const double runs = static_cast<double>(std::max<std::uint64_t>(totals.runs, 1));
  std::vector<SinglePoint> supporters;
  for (std::uint32_t i = 0; i < world.scene.supporters.size(); ++i) {
    supporters.push_back({.kind = PointKind::Supporter,
                          .what = world.supporters[i],
                          .load = static_cast<double>(totals.supporters[i].trips) / runs,
                          .target = i});
  }
  std::vector<SinglePoint> shelters;
  for (std::uint32_t i = 0; i < world.scene.shelters.size(); ++i) {
    if (!world.scene.shelters[i].second_stage) {
      const auto& taken = totals.shelters[i].taken;
      shelters.push_back({.kind = PointKind::Shelter,
                          .what = world.shelters[i].name,
                          .load = taken.empty() ? 0 : static_cast<double>(taken.front()) / runs,
                          .target = i});
    }
  }
  keep_most(supporters, most, &SinglePoint::load);
  keep_most(shelters, most, &SinglePoint::load);
  std::vector<SinglePoint> all = road_points(world.scene, traced, most);
  all.insert(all.begin(), shelters.begin(), shelters.end());
  all.insert(all.begin(), supporters.begin(), supporters.end());
  std::erase_if(all, [](const SinglePoint& point) { return point.load <= 0; });
  return all;
}

SceneVariant variant_of(const DrillWorld& world, const DrillAction& action,
                        const ActionMeans& means) {
  const route::DrillScene& scene = world.scene;
  const StudyRules& rules = means.rules;
  NewHelper helper{.mode = means.helper_mode,
                   .behaviour = means.helper_behaviour,
                   .people = action.people,
                   .margin = means.margin};
  switch (action.kind) {
    case ActionKind::AddSupporter:
      helper.home = scene.people[action.people.front()].home;
      return with_supporters(scene, helper, action.helpers);
    case ActionKind::OpenEarlier:
      return with_opening(scene, action.target,
                          minus(scene.shelters[action.target].opens, rules.earlier_s));
    case ActionKind::MoreSeats:
      return with_seats(scene, action.target, action.seat_class, rules.more_seats);
    case ActionKind::MoreReception:
      return with_reception(scene, action.target, rules.reception_factor);
    case ActionKind::Vehicle:
      helper.home = scene.shelters[action.target].place;
      helper.mode = means.vehicle_mode;
      return with_vehicle(scene, helper);
    case ActionKind::ClearRoad:
      return with_clear_road(scene, action.road);
    case ActionKind::EarlierOrder:
      return with_order(scene, action.people,
                        minus(scene.orders[action.target].at, rules.earlier_s));
  }
  return {.scene = scene};
}

SceneVariant variant_of(const DrillWorld& world, const SinglePoint& point) {
  switch (point.kind) {
    case PointKind::Supporter:
      return without_supporter(world.scene, point.target);
    case PointKind::Shelter:
      return without_shelter(world.scene, point.target);
    case PointKind::Road:
      return without_road(world.scene, point.road);
  }
  return {.scene = world.scene};
}

}  // namespace planner
