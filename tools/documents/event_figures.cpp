// SPDX-License-Identifier: Apache-2.0
#include "documents/event_figures.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "planner/small_counts.hpp"

namespace documents {
namespace {

using planner::HiddenCounts;
using planner::hide_small_counts;
using planner::kSmallestCount;

constexpr const char* kHidden = planner::kHiddenCount;
constexpr std::array<std::string_view, 3> kUnreachedStates = {"未確認", "不在", "連絡不能"};
constexpr std::array<std::string_view, 2> kCalls = {"負傷", "要救助"};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// The states in two groups, those who were reached first.
struct States {
  std::vector<std::string> names;
  std::vector<std::size_t> counts;
  std::size_t reached = 0;  ///< so many of them
  std::vector<char> hidden;
  bool halves_hidden = false;     ///< how many were reached is not shown
  bool everybody_hidden = false;  ///< nor how many there are
};

void add_states(const EventRecord& record, bool reached, States& states) {
  for (const auto& [name, count] : record.states) {
    if (is_one_of(kUnreachedStates, name) != reached) {
      states.names.push_back(name);
      states.counts.push_back(count);
    }
  }
}

States states_of(const EventRecord& record) {
  States states;
  add_states(record, true, states);
  states.reached = states.names.size();
  add_states(record, false, states);
  const std::span<const std::size_t> all(states.counts);
  const HiddenCounts first = hide_small_counts(all.first(states.reached));
  const HiddenCounts second = hide_small_counts(all.subspan(states.reached));
  states.hidden = first.hidden;
  states.hidden.insert(states.hidden.end(), second.hidden.begin(), second.hidden.end());
  if (first.sum_too || second.sum_too) {
    states.halves_hidden = true;
    HiddenCounts both = hide_small_counts(all, states.hidden);
    states.hidden = std::move(both.hidden);
    states.everybody_hidden = both.sum_too;
  }
  return states;
}

bool is_shown(const planner::CurvePoint& point) {
  return point.reached >= kSmallestCount && point.unreached >= kSmallestCount;
}

/// Points that differ from each other by no small count; the last one stays, if it may be shown.
std::vector<planner::CurvePoint> thinned(const std::vector<planner::CurvePoint>& curve,
                                         const States& states) {
  std::vector<planner::CurvePoint> points;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const bool last = i + 1 == curve.size();
    if (!is_shown(curve[i]) || (last && states.halves_hidden)) {
      continue;
    }
    const auto too_near = [&] {
      const std::size_t more = curve[i].reached - points.back().reached;
      return more > 0 && more < kSmallestCount;
    };
    if (last) {
      while (!points.empty() && too_near()) {
        points.pop_back();
      }
    }
    if (points.empty() || curve[i].reached - points.back().reached >= kSmallestCount) {
      points.push_back(curve[i]);
    }
  }
  return points;
}

std::vector<EventFigures::Row> curve_of(const EventRecord& record, const States& states) {
  std::vector<EventFigures::Row> rows;
  if (record.curve.empty()) {
    return rows;
  }
  const auto hidden_row = [&](const planner::CurvePoint& point) {
    rows.push_back({.at = point.at, .reached = kHidden, .unreached = kHidden});
  };
  if (states.everybody_hidden) {
    hidden_row(record.curve.back());
    return rows;
  }
  const auto points = thinned(record.curve, states);
  if (points.empty() || record.curve.front().at < points.front().at) {
    hidden_row(record.curve.front());
  }
  for (const planner::CurvePoint& point : points) {
    rows.push_back({.at = point.at,
                    .reached = std::to_string(point.reached),
                    .unreached = std::to_string(point.unreached)});
  }
  const planner::CurvePoint& end = record.curve.back();
  if (!points.empty() && (states.halves_hidden || !is_shown(end))) {
    hidden_row(end);
  }
  return rows;
}

std::string shown(std::size_t count, bool may) {
  return may && count >= kSmallestCount ? std::to_string(count) : kHidden;
}

}  // namespace

EventFigures event_figures(const EventRecord& record) {
  const States states = states_of(record);
  EventFigures figures;
  bool calls_hidden = false;
  for (std::size_t i = 0; i < states.names.size(); ++i) {
    const bool hidden = states.hidden[i] != 0;
    figures.states.emplace_back(states.names[i], shown(states.counts[i], !hidden));
    calls_hidden = calls_hidden || (hidden && is_one_of(kCalls, states.names[i]));
  }
  figures.curve = curve_of(record, states);
  const std::size_t open = record.help.called - std::min(record.help.called, record.help.answered);
  figures.called = shown(record.help.called, true);
  figures.answered =
      shown(record.help.answered, !calls_hidden && record.help.called >= kSmallestCount &&
                                      (open == 0 || open >= kSmallestCount));
  figures.unreached_at_end = shown(record.unreached_at_end, !states.halves_hidden);
  return figures;
}

}  // namespace documents
