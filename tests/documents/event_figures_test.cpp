// SPDX-License-Identifier: Apache-2.0
// No count of people that the report on an event hides can be computed from those it shows: every
// way of filling the hidden cells that agrees with everything shown is tried.
#include "documents/event_figures.hpp"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <random>
#include <set>

#include "planner/small_counts.hpp"

namespace documents {
namespace {

using planner::hide_small_counts;
using planner::kSmallestCount;

constexpr std::int64_t kMinute = 60'000;

/// A record in which so many people are in each state at the end, and had been reached before.
EventRecord record_of(const std::map<std::string, std::size_t>& states, std::size_t halfway) {
  EventRecord record;
  record.states = states;
  std::size_t reached = 0;
  std::size_t total = 0;
  for (const auto& [name, count] : states) {
    total += count;
    reached += name == "未確認" || name == "不在" ? 0 : count;
  }
  halfway = std::min(halfway, reached);
  record.curve = {{{0}, 0, total},
                  {{kMinute}, halfway, total - halfway},
                  {{2 * kMinute}, reached, total - reached}};
  return record;
}

/// What a reader of the report knows.
struct Known {
  std::vector<std::optional<std::size_t>> cells;
  std::vector<bool> is_reached;
  std::optional<std::size_t> total;
  std::set<std::size_t> reached_rows;  ///< shown in the curve; the last may be the end
};

Known known_from(const EventFigures& figures) {
  Known known;
  for (const auto& [name, text] : figures.states) {
    known.cells.push_back(text == "*" ? std::nullopt
                                      : std::optional<std::size_t>(std::stoul(text)));
    known.is_reached.push_back(name != "未確認" && name != "不在");
  }
  for (const EventFigures::Row& row : figures.curve) {
    EXPECT_EQ(row.reached == "*", row.unreached == "*");
    if (row.reached != "*") {
      known.total = std::stoul(row.reached) + std::stoul(row.unreached);
      known.reached_rows.insert(std::stoul(row.reached));
    }
  }
  return known;
}

/// Every value each cell can have. `end_is_shown`: the last row of the curve is the end.
class Reader {
 public:
  Reader(const Known& known, bool end_is_shown, std::size_t most)
      : known_(known), end_is_shown_(end_is_shown), most_(known.total.value_or(most)) {
    values_.resize(known.cells.size());
    std::vector<std::size_t> filled;
    fill(filled, 0, 0);
  }
  [[nodiscard]] const std::vector<std::set<std::size_t>>& values() const { return values_; }
  [[nodiscard]] const std::set<std::size_t>& hidden_sums() const { return sums_; }

 private:
  void fill(std::vector<std::size_t>& filled, std::size_t reached, std::size_t sum) {
    if (sum > most_) {
      return;
    }
    const std::size_t cell = filled.size();
    if (cell == known_.cells.size()) {
      check(filled, reached, sum);
      return;
    }
    const std::size_t from = known_.cells[cell].value_or(0);
    const std::size_t to = known_.cells[cell].value_or(most_ - sum);
    for (std::size_t value = from; value <= to; ++value) {
      filled.push_back(value);
      fill(filled, reached + (known_.is_reached[cell] ? value : 0), sum + value);
      filled.pop_back();
    }
  }
  void check(const std::vector<std::size_t>& filled, std::size_t reached, std::size_t sum) {
    if (known_.total && sum != *known_.total) {
      return;
    }
    if (end_is_shown_ && !known_.reached_rows.empty() && reached != *known_.reached_rows.rbegin()) {
      return;
    }
    std::size_t hidden = 0;
    for (std::size_t i = 0; i < filled.size(); ++i) {
      values_[i].insert(filled[i]);
      hidden += known_.cells[i] ? 0 : filled[i];
    }
    sums_.insert(hidden);
  }

  const Known& known_;
  bool end_is_shown_;
  std::size_t most_;
  std::vector<std::set<std::size_t>> values_;
  std::set<std::size_t> sums_;
};

TEST(EventFigures, NoHiddenCountFollowsFromTheShownOnes) {
  std::mt19937 random(11);
  const std::vector<std::string> names = {"無事", "避難済", "負傷", "未確認", "不在"};
  std::size_t hidden = 0;
  for (int round = 0; round < 400; ++round) {
    std::map<std::string, std::size_t> states;
    for (const std::string& name : names) {
      if (random() % 4 != 0) {
        states[name] = random() % (random() % 2 == 0 ? 4 : 14);
      }
    }
    const EventRecord record = record_of(states, random() % 20);
    const EventFigures figures = event_figures(record);
    const Known known = known_from(figures);
    const std::size_t reached = record.curve.back().reached;
    const bool end_is_shown = known.reached_rows.contains(reached);
    const Reader reader(known, end_is_shown, record.curve.back().unreached + reached + 3);
    for (std::size_t i = 0; i < known.cells.size(); ++i) {
      const std::size_t truth = record.states.at(figures.states[i].first);
      ASSERT_TRUE(reader.values()[i].contains(truth)) << "round " << round;
      if (!known.cells[i]) {
        ++hidden;
        ASSERT_GT(reader.values()[i].size(), 1U)
            << "round " << round << ' ' << figures.states[i].first;
      } else {
        ASSERT_GE(*known.cells[i], kSmallestCount);
      }
    }
    // Nor how many people the hidden ones are together, where they are few.
    if (reader.hidden_sums().size() == 1 && *reader.hidden_sums().begin() > 0) {
      ASSERT_GE(*reader.hidden_sums().begin(), kSmallestCount) << "round " << round;
    }
    // Nor how many were reached between two rows.
    std::optional<std::size_t> before;
    for (const std::size_t row : known.reached_rows) {
      ASSERT_TRUE(!before || row - *before >= kSmallestCount) << "round " << round;
      before = row;
    }
  }
  EXPECT_GT(hidden, 300U);
}

TEST(EventFigures, WhatIsLargeStaysAndCallsAreNotSubtracted) {
  EventRecord record = record_of({{"無事", 40}, {"避難済", 30}, {"未確認", 20}, {"不在", 7}}, 35);
  record.help = {.called = 12, .answered = 12};
  EventFigures figures = event_figures(record);
  for (const auto& [name, text] : figures.states) {
    EXPECT_NE(text, "*") << name;
  }
  EXPECT_EQ(figures.curve.back().reached, "70");
  EXPECT_EQ(figures.answered, "12");
  record.help.answered = 10;  // two wait: that is nobody's business
  figures = event_figures(record);
  EXPECT_EQ(figures.called, "12");
  EXPECT_EQ(figures.answered, "*");
  record = record_of({{"無事", 40}, {"避難済", 30}, {"負傷", 2}, {"未確認", 20}}, 35);
  figures = event_figures(record);
  EXPECT_EQ(figures.curve.back().reached, "72");
  const std::map<std::string, std::string> shown(figures.states.begin(), figures.states.end());
  EXPECT_EQ(shown.at("負傷"), "*");
  EXPECT_EQ(shown.at("避難済"), "*");  // or else 72 - 40 - 30 would say it
  EXPECT_EQ(shown.at("無事"), "40");
  record = record_of({{"無事", 40}, {"避難済", 30}, {"未確認", 2}}, 35);
  EXPECT_EQ(event_figures(record).curve.back().reached, "*");
}

TEST(SmallCounts, HidesASecondOneOrSaysThatTheSumIsTooMuch) {
  using Counts = std::vector<std::size_t>;
  const auto hidden = [](const Counts& counts) { return hide_small_counts(counts).hidden; };
  EXPECT_EQ(hidden({10, 3, 7}), (std::vector<char>{0, 1, 1}));
  EXPECT_EQ(hidden({10, 20}), (std::vector<char>{0, 0}));
  EXPECT_EQ(hidden({1, 1, 10, 9}), (std::vector<char>{1, 1, 0, 1}));
  EXPECT_TRUE(hide_small_counts(Counts{3}).sum_too);
  EXPECT_TRUE(hide_small_counts(Counts{1, 2}).sum_too);
  EXPECT_FALSE(hide_small_counts(Counts{}).sum_too);
}

}  // namespace
}  // namespace documents
