// SPDX-License-Identifier: Apache-2.0
#include "support/chain_check.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "route/draw.hpp"

namespace support {
namespace {

using route::ChainPerson;
using route::ChainPlan;
using route::ChainProblem;
using route::ChainSeconds;
using route::ChainSupporter;
using route::ChainValue;
using route::ChainVisit;

class Check {
 public:
  Check(const ChainProblem& problem, const ChainPlan& plan) : problem_(problem), plan_(plan) {}

  std::vector<std::string> run() {
    if (plan_.visits.size() != problem_.supporters.size() ||
        plan_.supporters_of.size() != problem_.people.size()) {
      return {"wrong size"};
    }
    for (std::uint32_t helper = 0; helper < plan_.visits.size(); ++helper) {
      check_helper(helper);
    }
    for (std::uint32_t person = 0; person < problem_.people.size(); ++person) {
      check_person(person);
    }
    check_value();
    return found_;
  }

 private:
  void expect(bool holds, const std::string& what, std::size_t index) {
    if (!holds) {
      found_.push_back(what + " " + std::to_string(index));
    }
  }

  void check_helper(std::uint32_t helper) {
    const ChainSupporter& supporter = problem_.supporters[helper];
    const std::size_t people = problem_.people.size();
    expect(plan_.visits[helper].size() <= supporter.most_people, "too many people", helper);
    ChainSeconds free_from = supporter.ready;
    const ChainSeconds* way = problem_.to_person.data() + helper * people;
    for (const ChainVisit& visit : plan_.visits[helper]) {
      const ChainPerson& person = problem_.people[visit.person];
      expect(problem_.to_person[helper * people + visit.person] < route::kNeverInChain,
             "not eligible", helper);
      expect(visit.arrival == free_from + way[visit.person], "arrival of helper", helper);
      expect(visit.start >= visit.arrival, "started before arrival", helper);
      expect(visit.delivered == visit.start + person.prepare + person.trip, "times", helper);
      expect(visit.delivered <= supporter.retreat, "after the retreat time", helper);
      free_from = visit.delivered;
      way = problem_.from_shelter.data() + person.shelter * people;
      team_[visit.person].push_back(helper);
      visits_[visit.person].push_back(visit);
    }
  }

  void check_person(std::uint32_t index) {
    const ChainPerson& person = problem_.people[index];
    const auto unserved = std::ranges::find(plan_.unserved, index, &route::UnservedPerson::person);
    expect((unserved == plan_.unserved.end()) == !team_[index].empty(), "served and not", index);
    expect(plan_.supporters_of[index] == team_[index], "team", index);
    if (team_[index].empty()) {
      value_.unserved += person.weight;
      return;
    }
    std::uint32_t hands = 0;
    bool vehicle = person.vehicle_seats == 0;
    ChainSeconds complete = 0;
    for (std::size_t i = 0; i < team_[index].size(); ++i) {
      const ChainSupporter& supporter = problem_.supporters[team_[index][i]];
      hands += supporter.hands;
      vehicle = vehicle || supporter.vehicle_seats >= person.vehicle_seats;
      complete = std::max(complete, visits_[index][i].arrival);
      expect(i == 0 || team_[index][i - 1] != team_[index][i], "twice by one helper", index);
    }
    for (const std::uint32_t spare : team_[index]) {
      expect(!enough(person, team_[index], spare), "more helpers than needed", index);
    }
    for (const ChainVisit& visit : visits_[index]) {
      expect(visit.start == complete, "not together", index);
    }
    const ChainSeconds delivered = visits_[index].front().delivered;
    expect(hands >= person.hands, "too few hands", index);
    expect(vehicle, "no vehicle", index);
    expect(delivered <= person.deadline || problem_.deadlines == route::ChainDeadlines::Soft,
           "after the deadline", index);
    value_.late += delivered > person.deadline ? 1U : 0U;
    value_.last = std::max(value_.last, delivered);
    value_.sum += delivered;
  }

  [[nodiscard]] bool enough(const ChainPerson& person, const std::vector<std::uint32_t>& team,
                            std::uint32_t without) const {
    std::uint32_t hands = 0;
    std::uint32_t seats = 0;
    for (const std::uint32_t helper : team) {
      if (helper != without) {
        hands += problem_.supporters[helper].hands;
        seats = std::max(seats, problem_.supporters[helper].vehicle_seats);
      }
    }
    return hands >= person.hands && seats >= person.vehicle_seats;
  }

  void check_value() {
    expect(value_ == plan_.value, "value", 0);
    expect(plan_.lower_bound.unserved <= plan_.value.unserved, "bound of unserved", 0);
    expect(plan_.lower_bound.late <= plan_.value.late, "bound of late", 0);
    expect(plan_.lower_bound.last <= plan_.value.last, "bound of last", 0);
    expect(plan_.lower_bound.sum <= plan_.value.sum, "bound of sum", 0);
  }

  const ChainProblem& problem_;
  const ChainPlan& plan_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> team_;
  std::map<std::uint32_t, std::vector<ChainVisit>> visits_;
  ChainValue value_;
  std::vector<std::string> found_;
};

/// Appends people one by one to the routes of every possible team: every plan arises so, because
/// people can be sorted by the start of their preparation.
class TryAll {
 public:
  explicit TryAll(const ChainProblem& problem)
      : problem_(problem),
        free_from_(problem.supporters.size()),
        at_(free_from_.size(), -1),
        fetched_(free_from_.size(), 0),
        done_(problem.people.size(), false) {
    for (std::size_t helper = 0; helper < free_from_.size(); ++helper) {
      free_from_[helper] = problem.supporters[helper].ready;
    }
    for (const ChainPerson& person : problem.people) {
      now_.unserved += person.weight;
    }
    best_ = now_;
  }

  ChainValue run() {
    go_on();
    return best_;
  }

 private:
  void go_on() {
    best_ = std::min(best_, now_);
    for (std::size_t person = 0; person < done_.size(); ++person) {
      for (std::uint32_t team = 1; !done_[person] && team < 1U << free_from_.size(); ++team) {
        try_team(person, team);
      }
    }
  }

  void try_team(std::size_t person, std::uint32_t team) {
    const ChainPerson& who = problem_.people[person];
    const std::size_t people = problem_.people.size();
    std::uint32_t hands = 0;
    bool vehicle = who.vehicle_seats == 0;
    ChainSeconds start = 0;
    ChainSeconds limit =
        problem_.deadlines == route::ChainDeadlines::Hard ? who.deadline : route::kNeverInChain;
    for (std::size_t helper = 0; helper < free_from_.size(); ++helper) {
      if ((team >> helper & 1U) == 0) {
        continue;
      }
      const ChainSupporter& supporter = problem_.supporters[helper];
      const ChainSeconds from_home = problem_.to_person[helper * people + person];
      if (from_home >= route::kNeverInChain || fetched_[helper] >= supporter.most_people) {
        return;
      }
      const ChainSeconds way =
          at_[helper] < 0
              ? from_home
              : problem_.from_shelter[static_cast<std::size_t>(at_[helper]) * people + person];
      start = std::max(start, free_from_[helper] + way);
      limit = std::min(limit, supporter.retreat);
      hands += supporter.hands;
      vehicle = vehicle || supporter.vehicle_seats >= who.vehicle_seats;
    }
    const ChainSeconds delivered = start + who.prepare + who.trip;
    if (hands < who.hands || !vehicle || delivered > limit || has_spare(who, team)) {
      return;
    }
    const auto before = std::tuple(free_from_, at_, now_);
    for (std::size_t helper = 0; helper < free_from_.size(); ++helper) {
      if ((team >> helper & 1U) != 0) {
        free_from_[helper] = delivered;
        at_[helper] = static_cast<int>(who.shelter);
        ++fetched_[helper];
      }
    }
    done_[person] = true;
    now_.unserved -= who.weight;
    now_.late += delivered > who.deadline ? 1U : 0U;
    now_.last = std::max(now_.last, delivered);
    now_.sum += delivered;
    go_on();
    done_[person] = false;
    std::tie(free_from_, at_, now_) = before;
    for (std::size_t helper = 0; helper < free_from_.size(); ++helper) {
      fetched_[helper] -= team >> helper & 1U;
    }
  }

  [[nodiscard]] bool has_spare(const ChainPerson& who, std::uint32_t team) const {
    for (std::size_t spare = 0; spare < free_from_.size(); ++spare) {
      std::uint32_t hands = 0;
      std::uint32_t seats = 0;
      for (std::size_t helper = 0; helper < free_from_.size(); ++helper) {
        if ((team >> helper & 1U) != 0 && helper != spare) {
          hands += problem_.supporters[helper].hands;
          seats = std::max(seats, problem_.supporters[helper].vehicle_seats);
        }
      }
      if ((team >> spare & 1U) != 0 && hands >= who.hands && seats >= who.vehicle_seats) {
        return true;
      }
    }
    return false;
  }

  const ChainProblem& problem_;
  std::vector<ChainSeconds> free_from_;
  std::vector<int> at_;  // shelter, or -1: at home
  std::vector<std::uint32_t> fetched_;
  std::vector<bool> done_;
  ChainValue now_;
  ChainValue best_;
};

}  // namespace

std::vector<std::string> violations(const ChainProblem& problem, const ChainPlan& plan) {
  return Check(problem, plan).run();
}

ChainValue best_of_all_chains(const ChainProblem& problem) {
  return TryAll(problem).run();
}

ChainProblem draw_chain_problem(std::uint32_t seed, const ChainDraw& size) {
  Draw random(seed);
  ChainProblem problem;
  problem.shelters = 2;
  problem.deadlines = size.deadlines;
  const auto limit = [&](std::uint32_t percent) {
    return size.horizon > 0 && random(100) < percent
               ? static_cast<ChainSeconds>(size.horizon / 2 + random(size.horizon))
               : route::kNeverInChain;
  };
  struct Place {
    double x;
    double y;
  };
  const auto place = [&random] {
    const auto x = static_cast<double>(random(20));
    return Place{x, static_cast<double>(random(20))};
  };
  std::vector<Place> homes(size.people);
  for (Place& home : homes) {
    home = place();
    problem.people.push_back({.shelter = random(2),
                              .hands = 1 + random(size.most_hands),
                              .vehicle_seats = random(5) == 0 ? 1 + random(2) : 0,
                              .prepare = random(5),
                              .trip = random(20),
                              .deadline = limit(70),
                              .weight = random(4) == 0 ? 3U : 1U});
  }
  const auto ways = [&](Place from, bool some_missing) {
    std::vector<ChainSeconds> row;
    row.reserve(homes.size());
    for (const Place& home : homes) {
      const double length = std::hypot(from.x - home.x, from.y - home.y);
      const auto in_plane = static_cast<ChainSeconds>(std::ceil(length));
      const ChainSeconds way = size.plane ? in_plane : random(20);
      row.push_back(some_missing && random(6) == 0 ? route::kNeverInChain : way);
    }
    return row;
  };
  for (std::size_t helper = 0; helper < size.supporters; ++helper) {
    problem.supporters.push_back({.ready = random(10),
                                  .retreat = limit(40),
                                  .hands = random(5) == 0 ? 2U : 1U,
                                  .vehicle_seats = random(2) == 0 ? 1 + random(2) : 0,
                                  .most_people = random(4) == 0 ? 1 + random(2) : 9});
    const auto row = ways(place(), true);
    problem.to_person.insert(problem.to_person.end(), row.begin(), row.end());
  }
  for (std::size_t shelter = 0; shelter < problem.shelters; ++shelter) {
    const auto row = ways(place(), false);
    problem.from_shelter.insert(problem.from_shelter.end(), row.begin(), row.end());
  }
  return problem;
}

}  // namespace support
