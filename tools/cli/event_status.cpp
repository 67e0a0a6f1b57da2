// SPDX-License-Identifier: Apache-2.0
// `event status`: the live board: who is not reached, where help is short, who is under way.
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/event_board.hpp"
#include "cli/report.hpp"
#include "registry/consent_book.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using planner::EventPerson;

constexpr const char* kEventStatusPurpose = "災害対応の状況の確認";

struct EventStatusOptions : EventChoice {
  std::string level = "自治会";
};

std::string status_word(const registry::PersonSafety& safety) {
  return safety.status ? std::string(to_text(*safety.status)) : std::string("未確認");
}

/// Who was sent to a person, by name where the account sees the supporter.
Json coming_json(const EventPerson& person, const EventBoard& board) {
  Json list = Json::array();
  for (const planner::UnderWay& each : person.coming) {
    list.push_back({{"supporter", each.supporter.value},
                    {"name", supporter_name(board, each.supporter)},
                    {"since", to_iso(each.since)}});
  }
  return list;
}

Json person_json(const EventPerson& person, const EventBoard& board) {
  const registry::Person& who = person.subject->registrant.person;
  return {{"registrant", who.id.value},
          {"name", who.name},
          {"address", who.full_address()},
          {"phone", who.phone},
          {"status", status_word(person.safety)},
          {"level", person.level ? static_cast<int>(*person.level) + 3 : 0},
          {"hands", person.hands},
          {"needs", person.safety.needs},
          {"place", person.safety.place},
          {"conflict", person.safety.conflict},
          {"coming", coming_json(person, board)},
          {"tries", person.safety.reached ? 0 : person.safety.reports}};
}

Json counts_of(const std::vector<EventPerson>& people) {
  std::size_t reached = 0;
  std::size_t help = 0;
  std::size_t conflicts = 0;
  std::map<std::string, std::size_t> states;
  for (const EventPerson& person : people) {
    ++states[status_word(person.safety)];
    reached += person.safety.reached ? 1U : 0U;
    help += person.safety.needs_help ? 1U : 0U;
    conflicts += person.safety.conflict ? 1U : 0U;
  }
  return {
      {"total", people.size()}, {"reached", reached},     {"unreached", people.size() - reached},
      {"needs_help", help},     {"conflicts", conflicts}, {"by_state", states}};
}

Json people_where(const EventBoard& board, bool (*wanted)(const EventPerson&)) {
  Json list = Json::array();
  for (const EventPerson& person : board.people) {
    if (wanted(person)) {
      list.push_back(person_json(person, board));
    }
  }
  return list;
}

/// Supporters who are out, and those who have said that they cannot go.
Json sent_json(const EventBoard& board) {
  Json list = Json::array();
  for (const registry::SupporterDay& day : board.days) {
    if (!day.since && !day.cannot && day.cannot_to.empty()) {
      continue;
    }
    Json row = {{"supporter", day.supporter.value},
                {"name", supporter_name(board, day.supporter)},
                {"cannot", day.cannot},
                {"registrant", day.person.value}};
    row["since"] = day.since ? Json(to_iso(*day.since)) : Json();
    row["cannot_to"] = Json::array();
    for (const registry::PersonId& person : day.cannot_to) {
      row["cannot_to"].push_back(person.value);
    }
    list.push_back(std::move(row));
  }
  return list;
}

Json help_json(const EventBoard& board, registry::AreaLevel level) {
  Json list = Json::array();
  for (const planner::AreaHelp& each : help_by_area(board.inputs(), board.people, level)) {
    list.push_back({{"area", std::string(to_text(each.area.level)) + ":" + each.area.code},
                    {"name", each.name},
                    {"people", each.people},
                    {"hands", each.hands},
                    {"free_supporters", each.free},
                    {"missing", each.missing()}});
  }
  return list;
}

registry::AreaLevel level_of(const EventStatusOptions& options) {
  const auto level = registry::parse_area_level(options.level);
  if (!level) {
    throw CLI::ValidationError("--level", "圏域、小学校区、町丁目、自治会 などの区分です");
  }
  return *level;
}

Json status_json(EventRoom& room, const EventBoard& board, registry::AreaLevel level,
                 const Context& context) {
  Json orders = Json::array();
  for (const registry::EvacOrder& order : board.orders) {
    orders.push_back(to_json(order));
  }
  return {{"event", to_json(room.event)},
          {"notes", notes_json(board, context)},
          {"orders", std::move(orders)},
          {"people", counts_of(board.people)},
          {"protected_people", registry::statistics_cell(board.board.protected_people)},
          {"unreached", people_where(board,
                                     [](const EventPerson& person) {
                                       return !person.safety.reached && !person.safety.needs_help;
                                     })},
          {"needs_help",
           people_where(board, [](const EventPerson& person) { return person.safety.needs_help; })},
          {"supporters", sent_json(board)},
          {"help_short", help_json(board, level)},
          {"shelters", shelters_json(room)}};
}

void print_people(const Json& people, const Context& context) {
  for (const Json& person : people) {
    std::cout << "  " << person["registrant"].get<std::string>() << ' '
              << person["name"].get<std::string>() << ' ' << person["address"].get<std::string>()
              << ' ' << person["phone"].get<std::string>() << ' '
              << person["status"].get<std::string>();
    if (person["level"] != 0) {
      std::cout << " L" << person["level"];
    }
    std::cout << '\n';
    for (const Json& one : person["coming"]) {
      std::cout << context.say("    派遣中: ", "    under way: ") << one["name"].get<std::string>()
                << ' ' << time_words(one["since"]) << context.say(" から", "") << '\n';
    }
  }
}

void print_supporters(const Json& supporters, const Context& context) {
  for (const Json& each : supporters) {
    std::cout << context.say("支援者 ", "Supporter ") << each["supporter"].get<std::string>() << ' '
              << each["name"].get<std::string>();
    if (!each["since"].is_null()) {
      const auto person = each["registrant"].get<std::string>();
      std::cout << context.say(" 派遣中 ", " under way to ")
                << (person.empty() ? context.say("（見られない人）", "(not yours to see)") : person)
                << ' ' << time_words(each["since"]) << context.say(" から", "");
    }
    if (each["cannot"].get<bool>()) {
      std::cout << context.say(" 行けない", " cannot go");
    }
    for (const Json& person : each["cannot_to"]) {
      std::cout << context.say(" 行けない先 ", " cannot go to ") << person.get<std::string>();
    }
    std::cout << '\n';
  }
}

void print_event_status(const Json& board, const Context& context) {
  const Json& event = board["event"];
  std::cout << event["name"].get<std::string>() << ' ' << event["kind"].get<std::string>() << ' '
            << event["phase"].get<std::string>() << ' ' << event["state"].get<std::string>()
            << (event["drill"].get<bool>() ? context.say(" 訓練", " DRILL") : "") << '\n';
  print_notes(board["notes"]);
  if (!event["in_force"].get<bool>() && event["confirmed_by"].get<std::string>().empty()) {
    std::cout << context.say("【赤】一人だけの宣言です。別の担当者の確認を待っています。\n",
                             "[RED] One person alone; waiting for a second one.\n");
  }
  for (const Json& order : board["orders"]) {
    std::cout << "L" << order["level"] << ' ' << order["name"].get<std::string>() << ' '
              << order["areas"].get<std::string>() << ' ' << time_words(order["issued"])
              << (order["lifted"].is_null() ? "" : context.say(" 解除済", " lifted")) << '\n';
  }
  const Json& people = board["people"];
  std::cout << context.say("対象者 ", "People ") << people["total"]
            << context.say("、未確認 ", ", unreached ") << people["unreached"]
            << context.say("、助けが要る ", ", need help ") << people["needs_help"]
            << context.say("、食い違い ", ", contradictions ") << people["conflicts"]
            << context.say("、支援措置対象 ", ", protected ")
            << board["protected_people"].get<std::string>() << '\n';
  std::cout << context.say("未確認の人:\n", "Unreached:\n");
  print_people(board["unreached"], context);
  std::cout << context.say("助けが要る人:\n", "Calls for help:\n");
  print_people(board["needs_help"], context);
  print_supporters(board["supporters"], context);
  for (const Json& area : board["help_short"]) {
    std::cout << area["name"].get<std::string>() << context.say(": 待っている人 ", ": waiting ")
              << area["people"] << context.say("、要る手 ", ", hands ") << area["hands"]
              << context.say("、空いている支援者 ", ", free supporters ") << area["free_supporters"]
              << context.say("、不足 ", ", missing ") << area["missing"] << '\n';
  }
  print_shelters(board["shelters"], context);
}

void status(const EventStatusOptions& options, const Context& context) {
  const registry::AreaLevel level = level_of(options);
  EventRoom room(options, kEventStatusPurpose);
  const EventBoard board(room);
  const Json document = status_json(room, board, level, context);
  if (context.json) {
    print_json(document);
  } else {
    print_event_status(document, context);
  }
}

}  // namespace

void add_event_status(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventStatusOptions>();
  CLI::App* board = event.add_subcommand("status", "いまの状況の盤 (the live board)");
  add_event_choice(*board, *options);
  board->add_option("--level", options->level, "手の不足を数える区分 (areas)")
      ->capture_default_str();
  board->callback([options, &context] { status(*options, context); });
}

}  // namespace cli
