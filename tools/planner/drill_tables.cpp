// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_tables.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "planner/drill_bound.hpp"
#include "registry/error.hpp"

namespace planner {
namespace {

using registry::ResultTable;
using route::kDrillCauses;
using route::kDrillOutcomes;

using Whole = std::vector<std::int64_t>;
using Real = std::vector<double>;
using Text = std::vector<std::string>;

constexpr double kMillisecond = 1000;

/// Fills a table column by column; every column sees the same rows.
template <class Row>
class TableMaker {
 public:
  TableMaker(std::string name, const std::vector<Row>& rows)
      : rows_(rows), table_{.name = std::move(name), .columns = {}} {}

  template <class Value>
  TableMaker& whole(const std::string& name, Value value) {
    return add<Whole>(name, value);
  }
  template <class Value>
  TableMaker& real(const std::string& name, Value value) {
    return add<Real>(name, value);
  }
  template <class Value>
  TableMaker& text(const std::string& name, Value value) {
    return add<Text>(name, value);
  }
  [[nodiscard]] ResultTable take() { return std::move(table_); }

 private:
  template <class List, class Value>
  TableMaker& add(const std::string& name, Value value) {
    List list;
    list.reserve(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      list.push_back(static_cast<typename List::value_type>(value(rows_[i], i)));
    }
    table_.columns.push_back({.name = name, .values = std::move(list)});
    return *this;
  }

  const std::vector<Row>& rows_;
  ResultTable table_;
};

template <class Row>
TableMaker(std::string, const std::vector<Row>&) -> TableMaker<Row>;

/// Columns for every outcome and every cause.
template <class Maker>
void add_counts(Maker& maker) {
  for (std::size_t i = 0; i < kDrillOutcomes; ++i) {
    maker.whole(std::string(code_of(static_cast<route::DrillOutcome>(i))),
                [i](const auto& row, std::size_t) { return row.outcomes.at(i); });
  }
  for (std::size_t i = 1; i < kDrillCauses; ++i) {
    maker.whole("cause_" + std::string(code_of(static_cast<route::DrillCause>(i))),
                [i](const auto& row, std::size_t) { return row.causes.at(i); });
  }
}

ResultTable meta_table(const DrillMeta& meta) {
  return TableMaker("meta", meta)
      .text("key", [](const auto& row, std::size_t) { return row.first; })
      .text("value", [](const auto& row, std::size_t) { return row.second; })
      .take();
}

/// Minutes until nine in ten of those who get inside are inside; -1 = nobody gets inside.
std::int64_t ninety_minutes(const route::RunSummary& run) {
  if (run.inside_by_minute.empty() || run.inside_by_minute.back() == 0) {
    return -1;
  }
  const std::uint32_t enough = (run.inside_by_minute.back() * 9 + 9) / 10;
  return std::ranges::lower_bound(run.inside_by_minute, enough) - run.inside_by_minute.begin();
}

ResultTable run_table(const route::DrillTotals& totals) {
  TableMaker maker("run", totals.each);
  maker.whole("run", [](const auto& row, std::size_t) { return row.run; });
  maker.whole("ninety_min", [](const auto& row, std::size_t) { return ninety_minutes(row); });
  add_counts(maker);
  return maker.take();
}

/// Nearest rank; 0 of nothing.
template <class Number>
Number percentile(const std::vector<Number>& sorted, unsigned percent) {
  if (sorted.empty()) {
    return 0;
  }
  const std::size_t rank = (sorted.size() * percent + 99) / 100;
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

/// People who were at home in a run.
std::uint32_t at_home(const route::RunSummary& run) {
  std::uint32_t people = 0;
  for (const std::uint32_t each : run.outcomes) {
    people += each;
  }
  return people - run.outcomes.at(static_cast<std::size_t>(route::DrillOutcome::Away));
}

/// Percent of those at home who are inside after a minute, in each of the runs in which somebody
/// was at home; sorted.
std::vector<double> percents_inside(const route::DrillTotals& totals, std::size_t minute) {
  constexpr double kPercent = 100;
  std::vector<double> percents;
  percents.reserve(totals.each.size());
  for (const route::RunSummary& run : totals.each) {
    if (const std::uint32_t people = at_home(run); people > 0) {
      percents.push_back(kPercent * run.inside_by_minute[minute] / people);
    }
  }
  std::ranges::sort(percents);
  return percents;
}

std::size_t minutes_of(const route::DrillTotals& totals) {
  return totals.each.empty() ? 0 : totals.each.front().inside_by_minute.size();
}

ResultTable completion_table(const route::DrillTotals& totals) {
  Whole minute;
  Whole p10;
  Whole p50;
  Whole p90;
  Real mean;
  std::array<Real, 3> percents;
  std::vector<std::uint32_t> sorted(totals.each.size());
  for (std::size_t i = 0; i < minutes_of(totals); ++i) {
    double sum = 0;
    for (std::size_t run = 0; run < sorted.size(); ++run) {
      sorted[run] = totals.each[run].inside_by_minute[i];
      sum += sorted[run];
    }
    std::ranges::sort(sorted);
    minute.push_back(static_cast<std::int64_t>(i));
    mean.push_back(sum / static_cast<double>(sorted.size()));
    p10.push_back(percentile(sorted, 10));
    p50.push_back(percentile(sorted, 50));
    p90.push_back(percentile(sorted, 90));
    const std::vector<double> shares = percents_inside(totals, i);
    percents[0].push_back(percentile(shares, 10));
    percents[1].push_back(percentile(shares, 50));
    percents[2].push_back(percentile(shares, 90));
  }
  return {.name = "completion",
          .columns = {{"minute", minute},
                      {"mean", mean},
                      {"p10", p10},
                      {"p50", p50},
                      {"p90", p90},
                      {"percent_p10", percents[0]},
                      {"percent_p50", percents[1]},
                      {"percent_p90", percents[2]}}};
}

/// Mean completion by district and way of moving, step by step.
ResultTable group_table(const DrillWorld& world, const DrillScenario& scenario,
                        const route::DrillTotals& totals) {
  std::map<std::uint32_t, std::int64_t> people;
  std::map<std::uint32_t, double> runs_at_home;
  for (std::size_t i = 0; i < world.scene.people.size(); ++i) {
    const std::uint32_t group = world.scene.people[i].group;
    ++people[group];
    runs_at_home[group] += totals.people.at(i).at_home(totals.runs);
  }
  Text area;
  Text profile;
  Whole count;
  Whole minute;
  Real mean;
  Real percent;
  const auto step = static_cast<std::size_t>(scenario.step_s / 60);
  const std::size_t modes = world.scene.modes.size();
  for (const auto& [group, size] : people) {
    const auto& inside = totals.inside_by_minute.at(group);
    for (std::size_t i = 0; i < inside.size(); i += step) {
      area.push_back(world.areas[group / modes]);
      profile.push_back(world.roads[group % modes]->profile->label_ja);
      count.push_back(size);
      minute.push_back(static_cast<std::int64_t>(i));
      mean.push_back(static_cast<double>(inside[i]) / static_cast<double>(totals.runs));
      percent.push_back(100 * static_cast<double>(inside[i]) /
                        std::max(runs_at_home.at(group), 1.0));
    }
  }
  return {.name = "group_completion",
          .columns = {{"area", area},
                      {"profile", profile},
                      {"people", count},
                      {"minute", minute},
                      {"mean", mean},
                      {"percent", percent}}};
}

/// Mean over the runs in which the person got inside, in seconds; -1 = in none.
double mean_s(std::uint64_t sum_ms, std::uint32_t inside) {
  return inside == 0 ? -1 : static_cast<double>(sum_ms) / inside / kMillisecond;
}

std::int64_t seconds_or_none(route::Weight weight) {
  return weight >= route::kInfinity ? -1 : static_cast<std::int64_t>(weight / 1000);
}

ResultTable person_table(const DrillWorld& world, const route::DrillTotals& totals) {
  TableMaker maker("person", totals.people);
  const auto facts = [&](std::size_t i) -> const DrillPersonFacts& { return world.people[i]; };
  const auto actor = [&](std::size_t i) -> const route::DrillPerson& {
    return world.scene.people[i];
  };
  maker.text("key", [&](const auto&, std::size_t i) { return facts(i).key; });
  maker.text("registrant", [&](const auto&, std::size_t i) { return facts(i).registrant.value; });
  maker.text("profile", [&](const auto&, std::size_t i) {
    return world.roads[actor(i).mode]->profile->label_ja;
  });
  maker.text("area", [&](const auto&, std::size_t i) { return world.areas[facts(i).area]; });
  maker.whole("hands", [&](const auto&, std::size_t i) { return actor(i).hands; });
  maker.whole("seats", [&](const auto&, std::size_t i) { return actor(i).seats; });
  maker.text("shelter", [&](const auto&, std::size_t i) {
    const auto& shelters = actor(i).shelters;
    return shelters.empty() ? std::string() : world.shelters[shelters.front()].name;
  });
  maker.text("gap", [&](const auto&, std::size_t i) { return facts(i).gap; });
  maker.whole("deadline_s",
              [&](const auto&, std::size_t i) { return seconds_or_none(actor(i).deadline); });
  maker.whole("planned_s", [&](const auto&, std::size_t i) { return facts(i).planned_s; });
  maker.real("way_m", [&](const auto&, std::size_t i) { return facts(i).way_m; });
  add_counts(maker);
  maker.whole("diverted", [](const auto& row, std::size_t) { return row.diverted; });
  maker.whole("detoured", [](const auto& row, std::size_t) { return row.detoured; });
  maker.whole("transferred", [](const auto& row, std::size_t) { return row.transferred; });
  maker.whole("inside", [](const auto& row, std::size_t) { return row.inside; });
  const auto mean = [&maker](const char* name, std::uint64_t route::PersonTotals::*sum) {
    maker.real(name, [sum](const auto& row, std::size_t) { return mean_s(row.*sum, row.inside); });
  };
  mean("preparation_s", &route::PersonTotals::preparation_ms);
  mean("start_s", &route::PersonTotals::start_ms);
  mean("movement_s", &route::PersonTotals::movement_ms);
  mean("queued_s", &route::PersonTotals::queued_ms);
  mean("safe_s", &route::PersonTotals::safe_ms);
  maker.whole("safe_last_s", [](const auto& row, std::size_t) {
    return row.inside == 0 ? -1 : static_cast<std::int64_t>(row.safe_ms_max / 1000);
  });
  return maker.take();
}

ResultTable supporter_table(const DrillWorld& world, const route::DrillTotals& totals) {
  TableMaker maker("supporter", totals.supporters);
  const double runs = static_cast<double>(std::max<std::uint64_t>(totals.runs, 1));
  maker.text("key", [&](const auto&, std::size_t i) { return world.supporters[i]; });
  maker.whole("planned",
              [&](const auto&, std::size_t i) { return world.scene.supporters[i].people.size(); });
  maker.whole("retreat_s", [&](const auto&, std::size_t i) {
    return seconds_or_none(world.scene.supporters[i].retreat);
  });
  maker.whole("present", [](const auto& row, std::size_t) { return row.present; });
  const auto mean = [&](const char* name, std::uint64_t route::SupporterTotals::*sum) {
    maker.real(name, [sum, runs](const auto& row, std::size_t) {
      return static_cast<double>(row.*sum) / runs;
    });
  };
  mean("trips", &route::SupporterTotals::trips);
  mean("vain", &route::SupporterTotals::vain);
  mean("declined", &route::SupporterTotals::declined);
  mean("busy_ms", &route::SupporterTotals::busy_ms);
  maker.whole("last_return_s", [](const auto& row, std::size_t) {
    return row.last_return_max / static_cast<std::uint64_t>(kMillisecond);
  });
  maker.whole("violations", [](const auto& row, std::size_t) { return row.violations; });
  maker.whole("overtaken", [](const auto& row, std::size_t) { return row.overtaken; });
  return maker.take();
}

ResultTable shelter_table(const DrillWorld& world, const route::DrillTotals& totals) {
  TableMaker maker("shelter", totals.shelters);
  const double runs = static_cast<double>(std::max<std::uint64_t>(totals.runs, 1));
  const auto facts = [&](std::size_t i) -> const DrillShelterFacts& { return world.shelters[i]; };
  maker.text("id", [&](const auto&, std::size_t i) { return facts(i).id.value; });
  maker.text("name", [&](const auto&, std::size_t i) { return facts(i).name; });
  maker.whole("seats", [&](const auto&, std::size_t i) { return facts(i).seats; });
  maker.whole("second_stage", [&](const auto&, std::size_t i) { return facts(i).second_stage; });
  maker.real("seat_price_s", [&](const auto&, std::size_t i) { return facts(i).price_s; });
  maker.whole("opens_s", [&](const auto&, std::size_t i) {
    return seconds_or_none(world.scene.shelters[i].opens);
  });
  maker.real("taken", [runs](const auto& row, std::size_t) {
    return static_cast<double>(row.taken.front()) / runs;
  });
  maker.whole("full_runs", [](const auto& row, std::size_t) { return row.full_runs; });
  maker.real("turned_away", [runs](const auto& row, std::size_t) {
    return static_cast<double>(row.turned_away) / runs;
  });
  maker.whole("longest_wait_s",
              [](const auto& row, std::size_t) { return row.longest_wait_max / 1000; });
  maker.real("lat", [&](const auto&, std::size_t i) { return facts(i).position.lat; });
  maker.real("lon", [&](const auto&, std::size_t i) { return facts(i).position.lon; });
  return maker.take();
}

/// A need for which a shelter has a number of places of its own.
struct NeedPlaces {
  std::size_t shelter = 0;
  std::size_t need = 0;
  std::uint32_t places = 0;
};

std::vector<NeedPlaces> need_places(const DrillWorld& world) {
  std::vector<NeedPlaces> all;
  for (std::size_t shelter = 0; shelter < world.scene.shelters.size(); ++shelter) {
    const auto& seats = world.scene.shelters[shelter].seats;
    for (std::size_t need = 1; need < seats.size(); ++need) {
      if (seats[need] != route::kNoLimit) {
        all.push_back({shelter, need, seats[need]});
      }
    }
  }
  return all;
}

std::string need_text(std::size_t need) {
  return std::string(registry::to_text(static_cast<registry::NeedClass>(need)));
}

ResultTable need_table(const DrillWorld& world, const route::DrillTotals& totals) {
  const std::vector<NeedPlaces> rows = need_places(world);
  TableMaker maker("shelter_need", rows);
  const double runs = static_cast<double>(std::max<std::uint64_t>(totals.runs, 1));
  const auto of = [&](const NeedPlaces& row) -> const route::ShelterTotals& {
    return totals.shelters.at(row.shelter);
  };
  const auto facts = [&](const NeedPlaces& row) -> const DrillShelterFacts& {
    return world.shelters[row.shelter];
  };
  maker.text("id", [&](const auto& row, std::size_t) { return facts(row).id.value; });
  maker.text("shelter", [&](const auto& row, std::size_t) { return facts(row).name; });
  maker.text("need", [](const auto& row, std::size_t) { return need_text(row.need); });
  maker.whole("places", [](const auto& row, std::size_t) { return row.places; });
  maker.real("taken", [&](const auto& row, std::size_t) {
    return static_cast<double>(of(row).taken.at(row.need)) / runs;
  });
  maker.real("missed", [&](const auto& row, std::size_t) {
    return static_cast<double>(of(row).missed.at(row.need)) / runs;
  });
  maker.whole("missed_runs",
              [&](const auto& row, std::size_t) { return of(row).missed_runs.at(row.need); });
  return maker.take();
}

/// A moment at which it is told how full the seats of a shelter are (need 0), or its places for a
/// need.
struct UseStep {
  std::size_t shelter = 0;
  std::size_t need = 0;
  std::size_t minute = 0;
};

std::vector<UseStep> use_steps(const std::vector<NeedPlaces>& places, const DrillScenario& scenario,
                               const route::DrillTotals& totals) {
  const auto step = static_cast<std::size_t>(scenario.step_s / 60);
  std::vector<UseStep> steps;
  for (const NeedPlaces& each : places) {
    for (std::size_t minute = 0; minute < minutes_of(totals); minute += step) {
      steps.push_back({.shelter = each.shelter, .need = each.need, .minute = minute});
    }
  }
  return steps;
}

template <class Maker>
void add_use(Maker& maker, const route::DrillTotals& totals) {
  const std::size_t minutes = minutes_of(totals);
  maker.whole("minute", [](const UseStep& row, std::size_t) { return row.minute; });
  maker.real("mean", [&](const UseStep& row, std::size_t) {
    const auto& taken = totals.shelters.at(row.shelter).occupancy;
    return static_cast<double>(taken.at(row.need * minutes + row.minute)) /
           static_cast<double>(totals.runs);
  });
  maker.whole("most", [&](const UseStep& row, std::size_t) {
    return totals.shelters.at(row.shelter).most.at(row.need * minutes + row.minute);
  });
}

ResultTable use_table(const DrillWorld& world, const DrillScenario& scenario,
                      const route::DrillTotals& totals) {
  std::vector<NeedPlaces> seats;
  for (std::size_t shelter = 0; shelter < world.shelters.size(); ++shelter) {
    seats.push_back({.shelter = shelter});
  }
  const std::vector<UseStep> rows = use_steps(seats, scenario, totals);
  TableMaker maker("shelter_use", rows);
  maker.text("shelter",
             [&](const auto& row, std::size_t) { return world.shelters[row.shelter].name; });
  add_use(maker, totals);
  return maker.take();
}

ResultTable need_use_table(const DrillWorld& world, const DrillScenario& scenario,
                           const route::DrillTotals& totals) {
  const std::vector<UseStep> rows = use_steps(need_places(world), scenario, totals);
  TableMaker maker("need_use", rows);
  maker.text("shelter",
             [&](const auto& row, std::size_t) { return world.shelters[row.shelter].name; });
  maker.text("need", [](const auto& row, std::size_t) { return need_text(row.need); });
  add_use(maker, totals);
  return maker.take();
}

ResultTable road_table(const DrillWorld& world, const route::DrillTotals& totals) {
  const route::RoadGraph& graph = *world.scene.graph;
  std::vector<route::ArcTotals> arcs = totals.arcs;
  std::ranges::stable_sort(arcs, [](const auto& a, const auto& b) {
    return std::pair(b.blocked + b.delayed, b.queue_ms) <
           std::pair(a.blocked + a.delayed, a.queue_ms);
  });
  TableMaker maker("road", arcs);
  const double runs = static_cast<double>(std::max<std::uint64_t>(totals.runs, 1));
  const auto middle = [&](const route::ArcTotals& row) {
    const auto shape = graph.shape(graph.edge(row.arc));
    return shape[shape.size() / 2];
  };
  maker.whole("way_id",
              [&](const auto& row, std::size_t) { return graph.road(graph.edge(row.arc)).way_id; });
  maker.text("name", [&](const auto& row, std::size_t) {
    return std::string(graph.name(graph.edge(row.arc)));
  });
  maker.real("lat", [&](const auto& row, std::size_t) { return middle(row).lat(); });
  maker.real("lon", [&](const auto& row, std::size_t) { return middle(row).lon(); });
  maker.whole("runs_delayed", [](const auto& row, std::size_t) { return row.runs_delayed; });
  maker.whole("runs_blocked", [](const auto& row, std::size_t) { return row.runs_blocked; });
  maker.real("delayed", [runs](const auto& row, std::size_t) {
    return static_cast<double>(row.delayed) / runs;
  });
  maker.real("person_minutes", [runs](const auto& row, std::size_t) {
    return static_cast<double>(row.queue_ms) / kMillisecond / 60 / runs;
  });
  maker.real("blocked", [runs](const auto& row, std::size_t) {
    return static_cast<double>(row.blocked) / runs;
  });
  return maker.take();
}

}  // namespace

registry::ResultFile drill_tables(const DrillWorld& world, const DrillScenario& scenario,
                                  const route::DrillTotals& totals, const DrillMeta& meta) {
  return {.version = kDrillResultVersion,
          .tables = {meta_table(meta), run_table(totals), completion_table(totals),
                     group_table(world, scenario, totals), person_table(world, totals),
                     supporter_table(world, totals), shelter_table(world, totals),
                     use_table(world, scenario, totals), need_table(world, totals),
                     need_use_table(world, scenario, totals), road_table(world, totals),
                     alternative_table(world), bound_table(world.scene)}};
}

std::string meta_of(const registry::ResultFile& results, std::string_view key) {
  const ResultTable& meta = results.table("meta");
  const auto& keys = meta.text("key");
  const auto found = std::ranges::find(keys, key);
  if (found == keys.end()) {
    throw registry::InputError("結果ファイルに " + std::string(key) +
                               " が記録されていません。作り直してください。");
  }
  return meta.text("value").at(static_cast<std::size_t>(found - keys.begin()));
}

}  // namespace planner
