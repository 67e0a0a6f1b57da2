// SPDX-License-Identifier: Apache-2.0
#include "chain_search.hpp"

#include <algorithm>
#include <cmath>

#include "chain_neighbours.hpp"

// One iteration: take strings of consecutive people out of the routes around one person, put them
// (and those left behind) back one by one where they cost least, accept or take back.
//
// A plan that leaves less behind is accepted always, one that leaves more never; among equals the
// supporters' total work decides, with simulated annealing: less work is room for somebody else.
// (Absence counters, usual for fleets, left a fifth more people behind here.)
// Trap: whoever was left behind before fits nowhere but in routes that the ruin has opened; looking
// only there makes iterations with many people left behind several times cheaper.

namespace route {
namespace {

constexpr double kRemovedOnAverage = 10;
constexpr std::size_t kLongestString = 10;
constexpr double kBlink = 0.01;
constexpr double kWild = 0.1;         // iterations that overlook much and open whole routes:
constexpr double kWildBlink = 0.3;    // without them a few people on few routes stay as they are
constexpr double kScattered = 0.5;    // ruins around nobody
constexpr double kHot = 0.05;         // start of the annealing, as a share of one person's work
constexpr double kCold = 0.0005;      // and its end
constexpr double kAbsentTeam = 0.25;  // how often a person with several hands is tried again

}  // namespace

ChainSearch::ChainSearch(const ChainModel& model, std::uint64_t seed)
    : model_(model),
      random_(seed),
      table_(model),
      inserter_(model, table_, random_),
      size_(model.people, 0),
      is_opened_(model.supporters, 0) {
  for (Person person = 0; person < model.people; ++person) {
    if (model.hopeless[person]) {
      hopeless_weight_ += model.problem.people[person].weight;
      continue;
    }
    hopeful_.push_back(person);
    ChainSeconds travel = kNeverInChain;
    for (std::uint32_t shelter = 0; shelter < model.shelters; ++shelter) {
      travel = std::min(travel, model.from(shelter, person));
    }
    size_[person] = model.service[person] + travel;
  }
  best_value_ = table_.value();
  best_ = table_.snapshot();
  neighbours_ = find_neighbours(model, hopeful_);
}

void ChainSearch::schedule(const std::vector<Person>& order) {
  table_.restore({std::vector<std::vector<Person>>(model_.supporters),
                  std::vector<std::vector<Helper>>(model_.people)});
  inserter_.set_blink(0);
  for (const Person person : order) {
    if (!model_.hopeless[person]) {
      place(person, model_.eligible[person], ChainAim::Sum);
    }
  }
  table_.keep();
  note_if_best();
}

void ChainSearch::place(Person person, const std::vector<Helper>& helpers, ChainAim aim) {
  const ChainInsertion found = inserter_.best(person, helpers, aim);
  if (found.possible()) {
    table_.insert(person, found.used());
  }
}

void ChainSearch::note_if_best() {
  const ChainValue value = table_.value();
  if (value < best_value_) {
    best_value_ = value;
    best_ = table_.snapshot();
  }
}

const ChainTimetable& ChainSearch::best() {
  table_.set_limit(kNeverInChain);
  table_.restore(best_);
  return table_;
}

void ChainSearch::fix_deadlines() {
  table_.set_limit(kNeverInChain);
  table_.restore(best_);
  for (const Person person : hopeful_) {
    const ChainSeconds deadline = model_.problem.people[person].deadline;
    if (table_.served(person) && table_.stop(person).delivered <= deadline) {
      table_.set_deadline(person, deadline);
    }
  }
}

void ChainSearch::collect_absent() {
  absent_.clear();
  std::ranges::copy_if(hopeful_, std::back_inserter(absent_),
                       [this](Person person) { return !table_.served(person); });
}

std::uint64_t ChainSearch::absent_weight() const {
  std::uint64_t weight = hopeless_weight_;
  for (const Person person : absent_) {
    weight += model_.problem.people[person].weight;
  }
  return weight;
}

void ChainSearch::ruin_around(Person person, std::size_t most) {
  if (!table_.served(person)) {
    return;
  }
  const std::vector<Helper>& team = table_.team(person);
  if (std::ranges::any_of(team, [this](Helper helper) { return is_opened_[helper] != 0; })) {
    return;
  }
  const Helper helper = team[random_.below(team.size())];
  is_opened_[helper] = 1;
  opened_.push_back(helper);
  const std::vector<Person>& route = table_.route(helper);
  const std::size_t length = 1 + random_.below(std::min(route.size(), most));
  const auto at = static_cast<std::size_t>(std::ranges::find(route, person) - route.begin());
  const std::size_t first = at + 1 < length ? 0 : at + 1 - length;
  const std::size_t last = std::min(at, route.size() - length);
  const std::size_t from = first + random_.below(last - first + 1);
  removed_.insert(removed_.end(), route.begin() + static_cast<std::ptrdiff_t>(from),
                  route.begin() + static_cast<std::ptrdiff_t>(from + length));
}

void ChainSearch::ruin() {
  std::size_t used = 0;
  for (Helper helper = 0; helper < model_.supporters; ++helper) {
    used += table_.route(helper).empty() ? 0U : 1U;
  }
  removed_.clear();
  opened_.clear();
  wild_ = random_.chance(kWild);
  if (used > 0) {
    const auto served = static_cast<double>(hopeful_.size() - absent_.size());
    const double mean = served / static_cast<double>(used);
    const double longest = std::max(1.0, std::min<double>(kLongestString, mean));
    const double most = 4 * kRemovedOnAverage / (1 + longest) - 1;
    const auto strings = static_cast<std::size_t>(1 + random_.unit() * most);
    const Person seed = hopeful_[random_.below(hopeful_.size())];
    const bool scattered = random_.chance(kScattered);
    const std::vector<Person>& pool = scattered ? hopeful_ : neighbours_[seed];
    const auto length = wild_ ? kLongestString : static_cast<std::size_t>(std::lround(longest));
    for (std::size_t i = 0; i < pool.size() && opened_.size() < strings; ++i) {
      ruin_around(scattered ? pool[random_.below(pool.size())] : pool[i], length);
    }
  }
  for (const Helper helper : opened_) {
    is_opened_[helper] = 0;
  }
  std::ranges::sort(removed_);
  removed_.erase(std::unique(removed_.begin(), removed_.end()), removed_.end());
  table_.remove(removed_);
  table_.put_out_the_late();
}

/// At random, or the largest, the most pressing or the quickest first.
void ChainSearch::order_for_recreation() {
  random_.shuffle(absent_);
  const double draw = random_.unit();
  if (draw < 0.35) {
    return;
  }
  if (draw < 0.75) {
    std::ranges::stable_sort(absent_, std::greater<>(), [this](Person p) { return size_[p]; });
  } else if (draw < 0.9) {
    std::ranges::stable_sort(absent_, {}, [this](Person p) {
      return std::min(model_.deadline[p], kNeverInChain) - model_.earliest[p];
    });
  } else {
    std::ranges::stable_sort(absent_, {}, [this](Person p) { return size_[p]; });
  }
}

void ChainSearch::recreate(ChainAim aim) {
  std::vector<std::uint8_t> was_absent(model_.people, 0);
  for (const Person person : absent_) {
    was_absent[person] = 1;
  }
  opened_ = table_.changed();
  collect_absent();
  order_for_recreation();
  inserter_.set_blink(wild_ ? kWildBlink : kBlink);
  std::vector<std::uint8_t> open(model_.supporters, 0);
  for (const Helper helper : opened_) {
    open[helper] = 1;
  }
  std::vector<Helper> some;
  for (const Person person : absent_) {
    if (was_absent[person] == 0) {
      place(person, model_.eligible[person], aim);
    } else if (model_.problem.people[person].hands > 1) {
      if (random_.chance(kAbsentTeam)) {
        place(person, model_.eligible[person], aim);
      }
    } else {
      some.clear();
      std::ranges::copy_if(opened_, std::back_inserter(some), [&](Helper helper) {
        return model_.to(helper, person) < kNeverInChain;
      });
      place(person, some, aim);
    }
  }
  collect_absent();
}

bool ChainSearch::pack(ChainSeconds limit, std::uint64_t weight, std::uint64_t iterations) {
  table_.set_limit(limit);
  table_.restore(best_);
  collect_absent();
  order_for_recreation();
  inserter_.set_blink(0);
  for (const Person person : absent_) {
    place(person, model_.eligible[person], ChainAim::Work);
  }
  table_.keep();
  collect_absent();
  const double mean =
      std::max(1.0, static_cast<double>(table_.work()) /
                        static_cast<double>(std::max<std::size_t>(1, hopeful_.size())));
  Cooling cooling(kHot * mean, kCold * mean, iterations);
  std::uint64_t least = absent_weight();
  note_if_best();
  // Not `least`: a plan as good in that may be worse in people late, and so not the best.
  const auto reached = [&] { return best_value_.unserved <= weight && best_value_.last <= limit; };
  for (std::uint64_t i = 0; i < iterations && !reached(); ++i, ++used_) {
    const std::vector<Person> before = absent_;
    const std::uint64_t weight_before = absent_weight();
    const auto work_before = static_cast<double>(table_.work());
    ruin();
    recreate(ChainAim::Work);
    const std::uint64_t now = absent_weight();
    const double allowed = cooling.step(random_);
    const bool accept =
        now < weight_before ||
        (now == weight_before && static_cast<double>(table_.work()) < work_before + allowed);
    if (!accept) {
      table_.take_back();
      absent_ = before;
      continue;
    }
    table_.keep();
    if (now <= least) {
      least = now;
      note_if_best();
    }
  }
  return reached();
}

void ChainSearch::polish(ChainSeconds limit, std::uint64_t iterations) {
  table_.set_limit(limit);
  table_.restore(best_);
  table_.keep();
  collect_absent();
  const std::uint64_t weight = best_value_.unserved;
  const auto cost = [this] {
    return static_cast<double>(table_.sum()) + kLateCost * static_cast<double>(table_.late());
  };
  const double mean = static_cast<double>(table_.sum()) /
                      static_cast<double>(std::max<std::size_t>(1, hopeful_.size()));
  Cooling cooling(kHot * mean + 1, kCold * mean + 0.01, iterations);
  double now = cost();
  double least = now;
  for (std::uint64_t i = 0; i < iterations; ++i, ++used_) {
    const std::vector<Person> before = absent_;
    ruin();
    recreate(ChainAim::Sum);
    const double next = cost();
    const double allowed = cooling.step(random_);
    if (absent_weight() > weight || next >= now + allowed) {
      table_.take_back();
      absent_ = before;
      continue;
    }
    table_.keep();
    now = next;
    if (now < least) {
      least = now;
      note_if_best();
    }
  }
}

}  // namespace route
