// SPDX-License-Identifier: Apache-2.0
#include "route/drill_totals.hpp"

#include <algorithm>
#include <concepts>
#include <iterator>

#include "route/error.hpp"

namespace route {
namespace {

template <class T>
void add_each(std::vector<T>& sum, const std::vector<T>& more) {
  sum.resize(std::max(sum.size(), more.size()));
  for (std::size_t i = 0; i < more.size(); ++i) {
    sum[i] += more[i];
  }
}

template <class T, std::size_t kSize>
void add_each(std::array<T, kSize>& sum, const std::array<T, kSize>& more) {
  for (std::size_t i = 0; i < kSize; ++i) {
    sum[i] += more[i];
  }
}

void merge_into(PersonTotals& sum, const PersonTotals& more) {
  add_each(sum.outcomes, more.outcomes);
  add_each(sum.causes, more.causes);
  sum.diverted += more.diverted;
  sum.detoured += more.detoured;
  sum.transferred += more.transferred;
  sum.inside += more.inside;
  sum.preparation_ms += more.preparation_ms;
  sum.start_ms += more.start_ms;
  sum.movement_ms += more.movement_ms;
  sum.queued_ms += more.queued_ms;
  sum.safe_ms += more.safe_ms;
  sum.safe_ms_max = std::max(sum.safe_ms_max, more.safe_ms_max);
}

void merge_into(SupporterTotals& sum, const SupporterTotals& more) {
  sum.present += more.present;
  sum.trips += more.trips;
  sum.vain += more.vain;
  sum.declined += more.declined;
  sum.busy_ms += more.busy_ms;
  sum.last_return_max = std::max(sum.last_return_max, more.last_return_max);
  sum.violations += more.violations;
  sum.overtaken += more.overtaken;
}

void merge_into(ShelterTotals& sum, const ShelterTotals& more) {
  sum.turned_away += more.turned_away;
  sum.full_runs += more.full_runs;
  add_each(sum.taken, more.taken);
  add_each(sum.missed, more.missed);
  add_each(sum.missed_runs, more.missed_runs);
  add_each(sum.occupancy, more.occupancy);
  sum.most.resize(std::max(sum.most.size(), more.most.size()));
  for (std::size_t i = 0; i < more.most.size(); ++i) {
    sum.most[i] = std::max(sum.most[i], more.most[i]);
  }
  sum.longest_wait_max = std::max(sum.longest_wait_max, more.longest_wait_max);
}

template <class Totals>
void merge_lists(std::vector<Totals>& sum, const std::vector<Totals>& more) {
  sum.resize(std::max(sum.size(), more.size()));
  for (std::size_t i = 0; i < more.size(); ++i) {
    merge_into(sum[i], more[i]);
  }
}

void merge_arcs(std::vector<ArcTotals>& sum, const std::vector<ArcTotals>& more) {
  std::vector<ArcTotals> both;
  both.reserve(sum.size() + more.size());
  std::ranges::merge(sum, more, std::back_inserter(both), {}, &ArcTotals::arc, &ArcTotals::arc);
  sum.clear();
  for (const ArcTotals& each : both) {
    if (sum.empty() || sum.back().arc != each.arc) {
      sum.push_back(each);
      continue;
    }
    ArcTotals& of = sum.back();
    of.runs_delayed += each.runs_delayed;
    of.runs_blocked += each.runs_blocked;
    of.delayed += each.delayed;
    of.queue_ms += each.queue_ms;
    of.blocked += each.blocked;
  }
}

PersonTotals totals_of(const DrillScene& scene, std::size_t person, const PersonRun& run) {
  PersonTotals totals;
  totals.outcomes[static_cast<std::size_t>(run.outcome)] = 1;
  totals.causes[static_cast<std::size_t>(run.cause)] = 1;
  totals.diverted = run.diversions > 0 ? 1 : 0;
  totals.detoured = run.detours > 0 ? 1 : 0;
  totals.transferred = run.transferred < kInfinity ? 1 : 0;
  totals.queued_ms = run.queued;
  if (run.safe < kInfinity) {
    const DrillPhases phases = phases_of(scene, person, run);
    totals.inside = 1;
    totals.preparation_ms = phases.preparation;
    totals.start_ms = phases.start;
    totals.movement_ms = phases.movement;
    totals.safe_ms = run.safe;
    totals.safe_ms_max = run.safe;
  }
  return totals;
}

SupporterTotals totals_of(const SupporterRun& run) {
  return {.present = run.present ? 1U : 0U,
          .trips = run.trips,
          .vain = run.vain,
          .declined = run.declined,
          .busy_ms = run.busy,
          .last_return_max = run.last_return,
          .violations = run.violations,
          .overtaken = run.overtaken};
}

ShelterTotals totals_of(const ShelterRun& run) {
  ShelterTotals totals{.turned_away = run.turned_away,
                       .full_runs = run.turned_away > 0 ? 1U : 0U,
                       .longest_wait_max = run.longest_wait};
  totals.taken.assign(run.taken.begin(), run.taken.end());
  totals.missed.assign(run.missed.begin(), run.missed.end());
  for (const std::uint32_t missed : run.missed) {
    totals.missed_runs.push_back(missed > 0 ? 1 : 0);
  }
  const std::size_t minutes = run.entered.size() / std::max<std::size_t>(run.taken.size(), 1);
  std::uint32_t inside = 0;
  totals.most.reserve(run.entered.size());
  for (std::size_t i = 0; i < run.entered.size(); ++i) {
    inside = i % minutes == 0 ? 0 : inside;
    inside += run.entered[i];
    inside -= run.moved_on[i];
    totals.most.push_back(inside);
  }
  totals.occupancy.assign(totals.most.begin(), totals.most.end());
  return totals;
}

template <class T>
void accumulate_minutes(std::vector<T>& counts) {
  for (std::size_t minute = 1; minute < counts.size(); ++minute) {
    counts[minute] += counts[minute - 1];
  }
}

// One walk over all numbers serves writing and reading.

class Writer {
 public:
  template <std::integral T>
  void operator()(const T& number) {
    words.push_back(number);
  }
  std::size_t size(std::size_t of_list) {
    words.push_back(of_list);
    return of_list;
  }
  std::vector<std::uint64_t> words;
};

class Reader {
 public:
  explicit Reader(std::span<const std::uint64_t> words) : words_(words) {}

  template <std::integral T>
  void operator()(T& number) {
    const std::uint64_t word = next();
    number = static_cast<T>(word);
    if (number != word) {
      damaged();
    }
  }
  /// Every entry of a list takes at least one word.
  std::size_t size(std::size_t) {
    const std::uint64_t word = next();
    if (word > words_.size()) {
      damaged();
    }
    return word;
  }
  void end() const {
    if (!words_.empty()) {
      damaged();
    }
  }

 private:
  [[noreturn]] static void damaged() {
    throw InputError("訓練の集計が壊れています。集計をもう一度作成してください。");
  }
  std::uint64_t next() {
    if (words_.empty()) {
      damaged();
    }
    const std::uint64_t word = words_.front();
    words_ = words_.subspan(1);
    return word;
  }

  std::span<const std::uint64_t> words_;
};

template <class Visitor, std::integral T>
void walk(Visitor& visit, T& number) {
  visit(number);
}
template <class Visitor, class Array>
void walk_array(Visitor& visit, Array& array) {
  for (auto& each : array) {
    visit(each);
  }
}
template <class Visitor, class List>
void walk_list(Visitor& visit, List& list) {
  const std::size_t size = visit.size(list.size());
  if constexpr (!std::is_const_v<List>) {
    list.resize(size);
  }
  for (auto& each : list) {
    walk(visit, each);
  }
}
template <class Visitor, class... Numbers>
void walk_all(Visitor& visit, Numbers&... numbers) {
  (visit(numbers), ...);
}

template <class T, class Of>
concept Is = std::same_as<std::remove_const_t<T>, Of>;

void walk(auto& visit, Is<std::vector<std::uint64_t>> auto& list) {
  walk_list(visit, list);
}
void walk(auto& visit, Is<PersonTotals> auto& of) {
  walk_array(visit, of.outcomes);
  walk_array(visit, of.causes);
  walk_all(visit, of.diverted, of.detoured, of.transferred, of.inside, of.preparation_ms,
           of.start_ms, of.movement_ms, of.queued_ms, of.safe_ms, of.safe_ms_max);
}
void walk(auto& visit, Is<SupporterTotals> auto& of) {
  walk_all(visit, of.present, of.trips, of.vain, of.declined, of.busy_ms, of.last_return_max,
           of.violations, of.overtaken);
}
void walk(auto& visit, Is<ShelterTotals> auto& of) {
  walk_all(visit, of.turned_away, of.full_runs, of.longest_wait_max);
  walk_list(visit, of.taken);
  walk_list(visit, of.missed);
  walk_list(visit, of.missed_runs);
  walk_list(visit, of.occupancy);
  walk_list(visit, of.most);
}
void walk(auto& visit, Is<ArcTotals> auto& of) {
  walk_all(visit, of.arc.value, of.runs_delayed, of.runs_blocked, of.delayed, of.queue_ms,
           of.blocked);
}
void walk(auto& visit, Is<RunSummary> auto& of) {
  visit(of.run);
  walk_array(visit, of.outcomes);
  walk_array(visit, of.causes);
  walk_list(visit, of.inside_by_minute);
}
void walk(auto& visit, Is<DrillTotals> auto& of) {
  visit(of.runs);
  walk_list(visit, of.people);
  walk_list(visit, of.supporters);
  walk_list(visit, of.shelters);
  walk_list(visit, of.arcs);
  walk_list(visit, of.inside_by_minute);
  walk_list(visit, of.each);
}

}  // namespace

void DrillTotals::add(const DrillScene& scene, const DrillRun& run) {
  DrillTotals one;
  one.runs = 1;
  RunSummary& summary = one.each.emplace_back();
  summary.run = run.run;
  const std::size_t minutes = scene.horizon / 60'000 + 1;
  summary.inside_by_minute.resize(minutes);
  one.people.reserve(run.people.size());
  for (std::size_t i = 0; i < run.people.size(); ++i) {
    const PersonRun& person = run.people[i];
    one.people.push_back(totals_of(scene, i, person));
    ++summary.outcomes[static_cast<std::size_t>(person.outcome)];
    ++summary.causes[static_cast<std::size_t>(person.cause)];
    const std::uint32_t group = scene.people[i].group;
    if (group >= one.inside_by_minute.size()) {
      one.inside_by_minute.resize(group + std::size_t{1}, std::vector<std::uint64_t>(minutes));
    }
    if (person.safe < kInfinity) {
      ++one.inside_by_minute[group][person.safe / 60'000];
      ++summary.inside_by_minute[person.safe / 60'000];
    }
  }
  accumulate_minutes(summary.inside_by_minute);
  for (auto& of_group : one.inside_by_minute) {
    accumulate_minutes(of_group);
  }
  one.supporters.reserve(run.supporters.size());
  for (const SupporterRun& supporter : run.supporters) {
    one.supporters.push_back(totals_of(supporter));
  }
  one.shelters.reserve(run.shelters.size());
  for (const ShelterRun& shelter : run.shelters) {
    one.shelters.push_back(totals_of(shelter));
  }
  one.arcs.reserve(run.arcs.size());
  for (const ArcRun& arc : run.arcs) {
    one.arcs.push_back({.arc = arc.arc,
                        .runs_delayed = arc.delayed > 0 ? 1U : 0U,
                        .runs_blocked = arc.blocked > 0 ? 1U : 0U,
                        .delayed = arc.delayed,
                        .queue_ms = arc.queue_ms,
                        .blocked = arc.blocked});
  }
  merge(one);
}

void DrillTotals::merge(const DrillTotals& other) {
  runs += other.runs;
  merge_lists(people, other.people);
  merge_lists(supporters, other.supporters);
  merge_lists(shelters, other.shelters);
  merge_arcs(arcs, other.arcs);
  inside_by_minute.resize(std::max(inside_by_minute.size(), other.inside_by_minute.size()));
  for (std::size_t group = 0; group < other.inside_by_minute.size(); ++group) {
    add_each(inside_by_minute[group], other.inside_by_minute[group]);
  }
  const auto middle = static_cast<std::ptrdiff_t>(each.size());
  each.insert(each.end(), other.each.begin(), other.each.end());
  std::ranges::inplace_merge(each, each.begin() + middle, {}, &RunSummary::run);
}

std::vector<std::uint64_t> DrillTotals::words() const {
  Writer writer;
  walk(writer, *this);
  return std::move(writer.words);
}

DrillTotals DrillTotals::from_words(std::span<const std::uint64_t> words) {
  Reader reader(words);
  DrillTotals totals;
  walk(reader, totals);
  reader.end();
  return totals;
}

}  // namespace route
