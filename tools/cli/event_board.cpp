// SPDX-License-Identifier: Apache-2.0
#include "cli/event_board.hpp"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

namespace cli {

using Json = nlohmann::ordered_json;

EventBoard::EventBoard(EventRoom& room)
    : plan(room.city, {}),
      safety_rules(registry::parse_safety_rules(room.city.rules("event.toml"))),
      rules(planner::parse_event_rules(room.city.rules("event.toml"))),
      profiles(route::parse_profiles(room.city.rules("profiles.toml"))),
      holidays(planner::parse_holidays(room.city.rules("holidays.toml"))),
      subjects(room.session.registrants()),
      board(registry::SafetyDesk(room.session, safety_rules).board(room.event.id)),
      days(registry::SendingDesk(room.session, safety_rules).days(room.event.id)),
      orders(room.desk.orders(room.event.id)),
      areas(room.session.areas()),
      at(now()),
      people(event_people(inputs())) {}

planner::EventInputs EventBoard::inputs() const {
  return {.subjects = subjects,
          .board = board,
          .orders = orders,
          .areas = areas,
          .profiles = profiles,
          .mobility = plan.mobility,
          .planning = plan.rules,
          .rules = rules,
          .holidays = holidays,
          .days = days,
          .companions = plan.local_plan.companions,
          .at = at};
}

std::optional<registry::EvacLevel> EventBoard::level_for(const registry::PersonId& person) const {
  const auto found = std::ranges::find(board.people, person, &registry::BoardPerson::person);
  if (found != board.people.end()) {
    return level_at(orders, found->areas, at);
  }
  std::optional<registry::EvacLevel> highest;
  for (const registry::EvacOrder& order : orders) {
    if (order.issued <= at && (!order.lifted || at < *order.lifted)) {
      highest = std::max(highest.value_or(order.level), order.level);
    }
  }
  return highest;
}

Json notes_json(const EventBoard& board, const Context& context) {
  Json notes = Json::array();
  if (!board.holidays.covers(registry::tokyo_date(board.at))) {
    notes.push_back(
        context.say("祝日の表 (rules/holidays.toml) は ", "The list of holidays ends on ") +
        registry::to_iso(board.holidays.valid_until) +
        context.say(
            " までです。平日の祝日を平日とみなしています。内閣府の一覧で書き足してください。",
            "; holidays on weekdays count as weekdays. Complete rules/holidays.toml."));
  }
  return notes;
}

void print_notes(const Json& notes) {
  for (const Json& note : notes) {
    std::cout << note.get<std::string>() << '\n';
  }
}

std::string supporter_name(const EventBoard& board, const registry::SupporterId& supporter) {
  for (const registry::PlanSubject& subject : board.subjects) {
    for (const registry::AssignedSupporter& each : subject.supporters) {
      if (each.supporter.id == supporter) {
        return each.supporter.name;
      }
    }
  }
  return supporter.value;
}

Json shelters_json(EventRoom& room) {
  const auto shelters = room.session.shelters();
  Json list = Json::array();
  for (const registry::ShelterOpening& each :
       registry::ShelterDesk(room.session).board(room.event.id)) {
    const auto shelter = std::ranges::find(shelters, each.shelter, &registry::Shelter::id);
    Json row = {{"shelter", each.shelter.value},
                {"name", shelter == shelters.end() ? std::string() : shelter->name},
                {"open", each.open},
                {"opened", to_iso(each.opened_at)},
                {"heads", each.heads},
                {"most_heads", each.most_heads},
                {"needs", each.needs}};
    row["capacity"] = each.capacity ? Json(*each.capacity) : Json();
    row["remaining"] = each.remaining() ? Json(*each.remaining()) : Json();
    row["closed"] = each.closed_at ? Json(to_iso(*each.closed_at)) : Json();
    list.push_back(std::move(row));
  }
  return list;
}

void print_shelters(const Json& shelters, const Context& context) {
  for (const Json& shelter : shelters) {
    std::cout << shelter["name"].get<std::string>()
              << (shelter["open"].get<bool>() ? context.say(" 開設 ", " open ")
                                              : context.say(" 閉鎖 ", " closed "))
              << shelter["heads"] << context.say(" 人", " people");
    if (!shelter["remaining"].is_null()) {
      std::cout << context.say("、空き ", ", room for ") << shelter["remaining"];
    }
    std::cout << '\n';
  }
}

}  // namespace cli
