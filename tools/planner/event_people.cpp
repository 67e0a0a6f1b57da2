// SPDX-License-Identifier: Apache-2.0
#include "planner/event_people.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <tuple>

#include "planner/helper_plan.hpp"
#include "planner/toml_reader.hpp"

namespace planner {
namespace {

using registry::EvacLevel;

constexpr std::int64_t kMinutesADay = 1440;

int rank_of(const EventPerson& person) {
  if (!person.safety.reached && !person.safety.needs_help) {
    return 0;
  }
  if (person.safety.needs_help) {
    return 1;
  }
  return person.safety.conflict ? 2 : 3;
}

auto order_of(const EventPerson& person) {
  const int level = person.level ? static_cast<int>(*person.level) + 1 : 0;
  return std::tuple(rank_of(person), -level, person.safety.reports > 0, person.id());
}

std::vector<registry::AreaRef> areas_at(const std::vector<registry::Area>& areas,
                                        registry::Position place) {
  std::vector<registry::AreaRef> at;
  for (const registry::Area& area : areas) {
    if (contains(area, place)) {
      at.push_back({area.level, area.code});
    }
  }
  return at;
}

bool is_usually_there(const registry::Availability& available, const EventInputs& inputs) {
  const EventRules& rules = inputs.rules;
  if (inputs.holidays.is_holiday(registry::tokyo_date(inputs.at))) {
    return available.holiday;
  }
  const auto local = std::chrono::sys_time<std::chrono::milliseconds>(
                         std::chrono::milliseconds(inputs.at.milliseconds)) +
                     std::chrono::hours(9);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto hour = std::chrono::duration_cast<std::chrono::hours>(local - day).count();
  return hour >= rules.day_from_hour && hour < rules.day_to_hour ? available.weekday_day
                                                                 : available.weekday_night;
}

std::map<registry::SupporterId, const registry::Supporter*> all_supporters(
    const EventInputs& inputs) {
  std::map<registry::SupporterId, const registry::Supporter*> all;
  for (const registry::PlanSubject& subject : inputs.subjects) {
    for (const registry::AssignedSupporter& each : subject.supporters) {
      all.emplace(each.supporter.id, &each.supporter);
    }
  }
  return all;
}

std::map<registry::PersonId, std::vector<UnderWay>> under_way(const EventInputs& inputs) {
  const auto supporters = all_supporters(inputs);
  std::map<registry::PersonId, std::vector<UnderWay>> coming;
  for (const registry::SupporterDay& day : inputs.days) {
    if (day.since && !day.person.empty()) {
      const auto known = supporters.find(day.supporter);
      coming[day.person].push_back(
          {.supporter = day.supporter,
           .since = *day.since,
           .with_vehicle = known != supporters.end() && known->second->has_vehicle});
    }
  }
  return coming;
}

}  // namespace

int EventPerson::hands_wanted() const {
  return std::max(0, std::max(hands, 1) - static_cast<int>(coming.size()));
}

bool EventPerson::vehicle_wanted() const {
  return vehicle && std::ranges::none_of(coming, &UnderWay::with_vehicle);
}

EventRules parse_event_rules(std::string_view toml) {
  const toml::table file = parse_toml(toml, "event.toml");
  const TomlReader dispatch = TomlReader(file, "event.toml").table("dispatch");
  dispatch.allow_only(
      {"furthest_minutes", "day_from_hour", "day_to_hour", "vehicle_profiles", "source"});
  EventRules rules;
  rules.furthest_s = dispatch.integer("furthest_minutes", 1, kMinutesADay) * 60;
  rules.day_from_hour = static_cast<int>(dispatch.integer("day_from_hour", 0, 23));
  rules.day_to_hour =
      static_cast<int>(dispatch.integer("day_to_hour", rules.day_from_hour + 1, 24));
  rules.vehicle_profiles = dispatch.texts("vehicle_profiles");
  return rules;
}

std::vector<EventPerson> event_people(const EventInputs& inputs) {
  std::map<registry::PersonId, const registry::BoardPerson*> on_board;
  for (const registry::BoardPerson& person : inputs.board.people) {
    on_board.emplace(person.person, &person);
  }
  auto coming = under_way(inputs);
  std::vector<EventPerson> people;
  for (std::size_t i = 0; i < inputs.subjects.size(); ++i) {
    const registry::PlanSubject& subject = inputs.subjects[i];
    const auto found = on_board.find(subject.registrant.person.id);
    if (found == on_board.end()) {
      continue;
    }
    const AnonymousDemand demand =
        anonymous_demand(subject, i, {inputs.mobility, inputs.planning}, inputs.companions,
                         registry::tokyo_date(inputs.at));
    EventPerson& person = people.emplace_back();
    person.subject = &subject;
    person.areas = found->second->areas;
    person.level = level_at(inputs.orders, person.areas, inputs.at);
    person.safety = found->second->safety;
    person.profile = demand.profile;
    person.home = demand.home;
    person.hands = hands_needed(demand, inputs.profiles);
    person.coming = std::move(coming[person.id()]);
    person.vehicle = std::ranges::find(inputs.rules.vehicle_profiles, demand.profile) !=
                     inputs.rules.vehicle_profiles.end();
  }
  std::ranges::sort(
      people, [](const EventPerson& a, const EventPerson& b) { return order_of(a) < order_of(b); });
  return people;
}

std::vector<const registry::Supporter*> free_supporters(const EventInputs& inputs) {
  std::map<registry::SupporterId, const registry::SupporterDay*> days;
  for (const registry::SupporterDay& day : inputs.days) {
    days.emplace(day.supporter, &day);
  }
  std::vector<const registry::Supporter*> free;
  for (const auto& [id, supporter] : all_supporters(inputs)) {
    const auto day = days.find(id);
    const bool known = day != days.end();
    if ((known && (day->second->since || day->second->cannot)) ||
        !((known && day->second->said_can) || is_usually_there(supporter->available, inputs))) {
      continue;
    }
    const auto areas = supporter->position ? areas_at(inputs.areas, *supporter->position)
                                           : std::vector<registry::AreaRef>();
    if (level_at(inputs.orders, areas, inputs.at) != EvacLevel::L5) {
      free.push_back(supporter);
    }
  }
  return free;
}

std::vector<AreaHelp> help_by_area(const EventInputs& inputs,
                                   const std::vector<EventPerson>& people,
                                   registry::AreaLevel level) {
  const auto free = free_supporters(inputs);
  std::vector<AreaHelp> help;
  for (const registry::Area& area : inputs.areas) {
    if (area.level != level) {
      continue;
    }
    AreaHelp here{.area = {area.level, area.code}, .name = area.name};
    for (const EventPerson& person : people) {
      if (person.waits_for_hands() &&
          std::ranges::find(person.areas, here.area) != person.areas.end()) {
        ++here.people;
        here.hands += person.hands_wanted();
      }
    }
    if (here.people == 0) {
      continue;
    }
    here.free = static_cast<std::size_t>(std::ranges::count_if(free, [&](const auto* supporter) {
      return supporter->position && contains(area, *supporter->position);
    }));
    help.push_back(std::move(here));
  }
  std::ranges::stable_sort(help, std::ranges::greater(), &AreaHelp::missing);
  return help;
}

}  // namespace planner
