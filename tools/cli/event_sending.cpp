// SPDX-License-Identifier: Apache-2.0
// `event dispatch|send`: who could go to whom, and who was sent.
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/event_board.hpp"
#include "cli/report.hpp"
#include "cli/share_options.hpp"
#include "planner/event_dispatch.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using registry::SendStep;

constexpr const char* kEventSendingPurpose = "支援者の派遣";

struct EventSendingOptions : EventChoice {
  std::string person;
  std::string supporter;
  bool back = false;
  bool cannot = false;
  bool can = false;
  std::string at;
  std::string note;
  std::string uuid;
};

/// Everybody a suggestion may name: people and the supporters they have.
struct Names {
  explicit Names(const std::vector<registry::PlanSubject>& subjects) {
    for (const registry::PlanSubject& subject : subjects) {
      const registry::Person& person = subject.registrant.person;
      people[person.id] = &person;
      for (const registry::AssignedSupporter& each : subject.supporters) {
        supporters[each.supporter.id] = &each.supporter;
      }
    }
  }
  std::map<registry::PersonId, const registry::Person*> people;
  std::map<registry::SupporterId, const registry::Supporter*> supporters;
};

void print_calls(const Json& calls, const Context& context) {
  for (const Json& call : calls) {
    std::cout << call["registrant"].get<std::string>() << ' ' << call["name"].get<std::string>()
              << ' ' << call["address"].get<std::string>() << ' '
              << call["phone"].get<std::string>() << '\n';
    for (const Json& one : call["send"]) {
      std::cout << "  → " << one["supporter"].get<std::string>() << ' '
                << one["name"].get<std::string>() << ' ' << one["phone"].get<std::string>() << ' '
                << whole_minutes(one["travel_s"].get<double>()) << context.say(" 分", " min")
                << (one["agreed"].get<bool>() ? context.say(" 約束済", " agreed") : "")
                << (one["vehicle"].get<bool>() ? context.say(" 車両", " vehicle") : "") << '\n';
    }
    const auto reason = call["reason"].get<std::string>();
    if (!reason.empty()) {
      std::cout << "  " << reason << '\n';
    }
  }
  std::cout << (calls.empty()
                    ? context.say("待っている人はいません。\n", "Nobody waits for help.\n")
                    : context.say("電話して、行くことになったら tomoni event send で記録して"
                                  "ください。\n",
                                  "Call them; who goes is recorded by tomoni event send.\n"));
}

void dispatch(const EventSendingOptions& options, const Context& context) {
  EventRoom room(options, kEventSendingPurpose);
  const EventBoard board(room);
  const auto roads = room.city.roads();
  const planner::PlanRequest request = board.plan.request();
  const planner::PlanWorld world{.roads = *roads,
                                 .request = request,
                                 .subjects = {},
                                 .demands = {},
                                 .shelters = {},
                                 .stored = {}};
  const Names names(board.subjects);
  Json calls = Json::array();
  for (const planner::Dispatch& each : dispatch_for(world, board.inputs(), board.people)) {
    Json sent = Json::array();
    for (const planner::Sent& one : each.sent) {
      const registry::Supporter& supporter = *names.supporters.at(one.supporter);
      sent.push_back({{"supporter", one.supporter.value},
                      {"name", supporter.name},
                      {"phone", supporter.phone},
                      {"travel_s", one.travel_s},
                      {"agreed", one.trusted},
                      {"vehicle", one.with_vehicle}});
    }
    const registry::Person& person = *names.people.at(each.person);
    calls.push_back({{"registrant", each.person.value},
                     {"name", person.name},
                     {"address", person.full_address()},
                     {"phone", person.phone},
                     {"send", std::move(sent)},
                     {"hands_missing", each.hands_missing},
                     {"vehicle_missing", each.vehicle_missing},
                     {"reason", each.reason}});
  }
  const Json notes = notes_json(board, context);
  if (context.json) {
    print_json({{"calls", std::move(calls)}, {"notes", notes}});
    return;
  }
  print_notes(notes);
  print_calls(calls, context);
}

SendStep step_of(const EventSendingOptions& options) {
  return options.back     ? SendStep::Back
         : options.cannot ? SendStep::Cannot
         : options.can    ? SendStep::Can
                          : SendStep::Sent;
}

registry::SendEntry entry_of(const EventSendingOptions& options) {
  registry::SendEntry entry;
  entry.uuid =
      options.uuid.empty() ? registry::make_ulid(now(), surroundings().random) : options.uuid;
  entry.step = step_of(options);
  entry.supporter.value = options.supporter;
  if (entry.step == SendStep::Sent || entry.step == SendStep::Cannot) {
    entry.person.value = options.person;
  }
  entry.at = options.at.empty() ? now() : moment_option("--at", options.at);
  entry.note = options.note;
  return entry;
}

void send(const EventSendingOptions& options, const Context& context) {
  const registry::SendEntry entry = entry_of(options);
  if (entry.step == SendStep::Sent && entry.person.empty()) {
    throw CLI::RequiredError("--person");
  }
  registry::SendDone done;
  EventRoom room(options, kEventSendingPurpose);
  if (!context.dry_run) {
    const auto rules = registry::parse_safety_rules(room.city.rules("event.toml"));
    done = registry::SendingDesk(room.session, rules).record(room.event.id, entry);
  }
  const bool in_danger = entry.step == SendStep::Sent && done.level == registry::EvacLevel::L5;
  if (context.json) {
    print_json({{"record", entry.uuid},
                {"step", to_text(entry.step)},
                {"supporter", entry.supporter.value},
                {"registrant", entry.person.value},
                {"stored", done.stored},
                {"into_level_5", in_danger}});
    return;
  }
  std::cout << to_text(entry.step)
            << (done.stored || context.dry_run
                    ? context.say("を記録しました: ", " recorded: ")
                    : context.say("はすでに記録されています: ", " is on record already: "))
            << entry.supporter.value << '\n';
  if (in_danger) {
    std::cout << context.say(
        "【注意】緊急安全確保の区域です。支援者の安全を確かめ、救助は消防に引き継いでください。\n",
        "[CAUTION] Level 5 there: see that the supporter is safe and hand over to the rescue "
        "services.\n");
  }
}

}  // namespace

void add_event_sending(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventSendingOptions>();
  CLI::App* suggest =
      event.add_subcommand("dispatch", "だれに行ってもらうかの候補 (whom to send; suggestions)");
  add_event_choice(*suggest, *options);
  suggest->callback([options, &context] { dispatch(*options, context); });
  CLI::App* record = event.add_subcommand(
      "send", "派遣・戻り・行けないを記録する (who was sent, is back, cannot go)");
  add_event_choice(*record, *options);
  record->add_option("--supporter", options->supporter, "支援者の ID (supporter)")->required();
  record->add_option("--person", options->person, "だれのところへ: 登載者の ID (registrant)");
  CLI::Option* back =
      record->add_flag("--back,--release", options->back, "戻った (is done or has turned back)");
  CLI::Option* cannot = record->add_flag(
      "--cannot", options->cannot, "行けない。--person があればその人のところだけ (cannot go)");
  record->add_flag("--can", options->can, "行ける: 行けないを取り消す (can go after all)")
      ->excludes(back)
      ->excludes(cannot);
  cannot->excludes(back);
  record->add_option("--at", options->at, "時刻。既定はいま (time)");
  record->add_option("--note", options->note, "備考 (note)");
  record->add_option("--uuid", options->uuid, "記録の番号。同じ番号は一度だけ (uuid)");
  record->callback([options, &context] { send(*options, context); });
}

}  // namespace cli
