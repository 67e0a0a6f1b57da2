// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_times.hpp"

#include <algorithm>
#include <array>

namespace planner {
namespace {

route::Weight weight_of(std::int64_t seconds) {
  constexpr std::int64_t kPerSecond = 1000;
  return static_cast<route::Weight>(
      std::clamp<std::int64_t>(seconds * kPerSecond, 0, route::kInfinity - 1));
}

/// The districts people know: school districts, else what larger or smaller areas there are.
std::vector<const registry::Area*> districts_of(std::span<const registry::Area> areas) {
  using registry::AreaLevel;
  std::vector<const registry::Area*> found;
  for (const AreaLevel level : {AreaLevel::SchoolDistrict, AreaLevel::JuniorHighDistrict,
                                AreaLevel::WelfareDistrict, AreaLevel::Town}) {
    for (const registry::Area& area : areas) {
      if (area.level == level) {
        found.push_back(&area);
      }
    }
    if (!found.empty()) {
      break;
    }
  }
  return found;
}

/// The day of a scenario's start.
registry::Date day_of(const std::string& start) {
  return registry::parse_iso_date(start.substr(0, 10)).value_or(registry::Date{});
}

}  // namespace

route::DrillDelay delay_of(Spread spread) {
  const std::int64_t rise = spread.p90_s - spread.p50_s;
  constexpr double kMedian = 0.5;
  constexpr double kNineInTen = 0.9;
  // Beyond the 90th percentile as steep as before it, below the median not faster than half of it.
  return {{0, weight_of(std::max(spread.p50_s / 2, spread.p50_s - rise))},
          {kMedian, weight_of(spread.p50_s)},
          {kNineInTen, weight_of(spread.p90_s)},
          {1, weight_of(spread.p90_s + rise / 4)}};
}

DrillTimes::DrillTimes(const DrillRequest& request)
    : request_(request),
      districts_(districts_of(request.areas)),
      holiday_(request.holidays.is_holiday(day_of(request.scenario.start))) {}

std::int64_t DrillTimes::signal_s() const {
  const auto& orders = request_.scenario.orders;
  return orders.empty() ? 0 : orders.front().at_s;
}

std::vector<route::DrillOrder> DrillTimes::orders() const {
  std::vector<route::DrillOrder> all;
  for (const DrillOrder& order : request_.scenario.orders) {
    all.push_back({.at = weight_of(order.at_s)});
  }
  if (all.empty()) {
    all.push_back({.at = 0});
  }
  return all;
}

bool DrillTimes::holds(const DrillOrder& order, registry::Position place) const {
  return order.areas.empty() || std::ranges::any_of(order.areas, [&](std::size_t area) {
           return contains(request_.areas[area], place);
         });
}

AreaTimes DrillTimes::at(registry::Position place,
                         const std::optional<std::int64_t>& limit_s) const {
  AreaTimes times{.order = route::kNoIndex, .deadline_s = std::nullopt, .area = districts_.size()};
  for (std::size_t i = 0; i < districts_.size(); ++i) {
    if (contains(*districts_[i], place)) {
      times.area = i;
      break;
    }
  }
  const auto& orders = request_.scenario.orders;
  if (orders.empty()) {
    times.order = 0;
    times.deadline_s = limit_s;
    return times;
  }
  constexpr int kTooLate = 5;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (!holds(orders[i], place)) {
      continue;
    }
    if (times.order != route::kNoIndex) {
      times.deadline_s = orders[i].at_s;  // the next level
      return times;
    }
    if (orders[i].level >= kTooLate) {
      return times;
    }
    times.order = static_cast<std::uint32_t>(i);
    times.deadline_s = limit_s ? std::optional(orders[i].at_s + *limit_s) : std::nullopt;
  }
  return times;
}

std::vector<std::string> DrillTimes::area_names() const {
  std::vector<std::string> names;
  names.reserve(districts_.size() + 1);
  for (const registry::Area* area : districts_) {
    names.push_back(area->name);
  }
  names.emplace_back("その他");
  return names;
}

OpenHours DrillTimes::hours_of(const registry::Shelter& shelter) const {
  const auto& stated = request_.scenario.shelters;
  const auto found = std::ranges::find(stated, shelter.id, &ShelterHours::shelter);
  if (found != stated.end()) {
    return {.opens_s = found->opens_s, .closes_s = found->closes_s, .seats = found->seats};
  }
  OpenHours hours;
  if (shelter.opens_after_min) {
    hours.opens_s = signal_s() + std::int64_t{*shelter.opens_after_min} * 60;
  }
  return hours;
}

bool DrillTimes::second_stage_opens(const registry::Shelter& shelter) const {
  const auto& stated = request_.scenario.shelters;
  const bool known = shelter.opens_after_min ||
                     std::ranges::find(stated, shelter.id, &ShelterHours::shelter) != stated.end();
  return known && hours_of(shelter).opens_s < request_.scenario.horizon_s;
}

bool DrillTimes::usually_there(const registry::Availability& available) const {
  if (holiday_) {
    return available.holiday;
  }
  return request_.scenario.night ? available.weekday_night : available.weekday_day;
}

std::vector<route::DrillChannel> DrillTimes::channels() const {
  std::vector<route::DrillChannel> all;
  for (const NotificationChannel& channel : request_.rules.channels) {
    all.push_back({.reach = request_.scenario.night ? channel.reach_night : channel.reach_day,
                   .delay = delay_of(channel.delay)});
  }
  return all;
}

route::DrillBehaviour DrillTimes::person(Spread preparation) const {
  const StartShares& start = request_.rules.start;
  const std::int64_t later =
      request_.scenario.night ? request_.rules.night_start_delay_s : std::int64_t{0};
  route::DrillBehaviour behaviour;
  behaviour.channels = channels();
  behaviour.at_home = request_.scenario.at_home;
  behaviour.refuses = start.late * start.refuses;
  const double willing = 1 - behaviour.refuses;
  const double late = start.late - behaviour.refuses;
  const double delayed = start.after_errand + late;
  behaviour.starts_late = willing > 0 ? delayed / willing : 0;
  const double errands = delayed > 0 ? start.after_errand / delayed : 1;
  for (const route::DelayPoint& point : delay_of(start.errand)) {
    behaviour.late_by.push_back({point.share * errands, point.delay});
  }
  if (errands < 1) {
    for (const route::DelayPoint& point : delay_of(start.late_after)) {
      if (point.share > 0) {
        behaviour.late_by.push_back({errands + point.share * (1 - errands),
                                     std::max(point.delay, behaviour.late_by.back().delay)});
      }
    }
  }
  behaviour.preparation =
      delay_of({.p50_s = preparation.p50_s + later, .p90_s = preparation.p90_s + later});
  behaviour.loading = {{0.5, weight_of(request_.rules.loading_s)}};
  return behaviour;
}

route::DrillBehaviour DrillTimes::supporter(Spread ready, bool usually_there) const {
  route::DrillBehaviour behaviour;
  behaviour.channels = channels();
  behaviour.preparation = delay_of(ready);
  behaviour.available = usually_there ? request_.scenario.supporters_available : 0;
  return behaviour;
}

}  // namespace planner
