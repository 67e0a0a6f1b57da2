// SPDX-License-Identifier: Apache-2.0
// `event summary`: the report on an event, as PDF and JSON.
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/event_board.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "documents/event_report.hpp"
#include "registry/handover_desk.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kEventSummaryPurpose = "災害対応の記録";
constexpr std::size_t kCurvePoints = 48;

struct EventSummaryOptions : EventChoice {
  std::string out;
};

/// Decisions of the event and what went out on them.
void add_decisions(EventRoom& room, documents::EventRecord& record) {
  registry::EmergencyDesk desk(room.session);
  const auto unreviewed = desk.unreviewed();
  const auto ledger =
      registry::HandoverDesk(room.session, room.city.local_plan().disclosure).ledger();
  for (const registry::EmergencyDecision& decision : desk.decisions()) {
    if (decision.event != room.event.name || decision.at < room.event.declared_at) {
      continue;
    }
    documents::DecisionLine& line = record.decisions.emplace_back();
    line.decided = decision.role + " " + decision.decided_by + " " + tokyo_time(decision.at);
    record.timeline.push_back({decision.at, "提供の決定（" + decision.role + "）"});
    if (decision.confirmed_at) {
      line.confirmed = decision.confirmed_by + " " + tokyo_time(*decision.confirmed_at);
      record.timeline.push_back({*decision.confirmed_at, "提供の決定の確認"});
    }
    line.ended = tokyo_time(decision.revoked_at.value_or(decision.ends_at));
    for (const registry::Handover& copy : ledger) {
      if (copy.decision != decision.id) {
        continue;
      }
      ++line.copies;
      line.returned += copy.closed_at ? 1U : 0U;
      line.reviewed +=
          std::ranges::find(unreviewed, copy.id, &registry::Handover::id) == unreviewed.end() ? 1U
                                                                                              : 0U;
      record.timeline.push_back(
          {copy.issued_at, "提供 " + copy.serial + " " + copy.recipient_name});
    }
  }
}

void add_orders(EventRoom& room, documents::EventRecord& record) {
  record.orders = room.desk.orders(room.event.id);
  for (const registry::EvacOrder& order : record.orders) {
    const std::string what =
        std::string(to_text(order.level)) + "（" + areas_text(order.whole_city, order.areas) + "）";
    record.timeline.push_back({order.issued, what + "の発令"});
    if (order.lifted) {
      record.timeline.push_back({*order.lifted, what + "の解除"});
    }
  }
}

void add_shelters(EventRoom& room, documents::EventRecord& record) {
  registry::ShelterDesk desk(room.session);
  const auto shelters = room.session.shelters();
  const auto name_of = [&](const registry::ShelterId& id) {
    const auto found = std::ranges::find(shelters, id, &registry::Shelter::id);
    return found == shelters.end() ? id.value : found->name;
  };
  for (const registry::ShelterOpening& each : desk.board(room.event.id)) {
    record.shelters.push_back({.name = name_of(each.shelter),
                               .opened = tokyo_time(each.opened_at),
                               .closed = each.closed_at ? tokyo_time(*each.closed_at) : "",
                               .most_heads = each.most_heads,
                               .capacity = each.capacity ? std::to_string(*each.capacity) : ""});
  }
  for (const registry::ShelterEntry& entry : desk.book(room.event.id)) {
    std::string what = name_of(entry.shelter) + " " + std::string(to_text(entry.step));
    if (entry.heads > 0) {
      what += " " + std::to_string(entry.heads) + "人";
    }
    if (!entry.to.empty()) {
      what += " → " + name_of(entry.to);
    }
    record.timeline.push_back({entry.at, std::move(what)});
  }
}

documents::EventRecord record_of(EventRoom& room) {
  documents::EventRecord record;
  const registry::DisasterEvent& event = room.event;
  record.event = event;
  record.timeline = {{event.declared_at, "宣言"}};
  if (event.confirmed_at) {
    record.timeline.push_back({*event.confirmed_at, "別の担当者の確認"});
  }
  if (event.closed_at) {
    record.timeline.push_back({*event.closed_at, "終了"});
  }
  add_orders(room, record);
  add_shelters(room, record);
  add_decisions(room, record);
  std::ranges::stable_sort(record.timeline, {}, &planner::TimelineEntry::at);
  const auto rules = registry::parse_safety_rules(room.city.rules("event.toml"));
  registry::SafetyDesk safety(room.session, rules);
  const registry::SafetyBoard board = safety.board(event.id);
  for (const registry::BoardPerson& person : board.people) {
    ++record.states[person.safety.status ? std::string(to_text(*person.safety.status))
                                         : std::string("未確認")];
  }
  auto reports = safety.all_reports(event.id);
  std::erase_if(reports, [&](const registry::SafetyReport& report) {
    return std::ranges::find(board.people, report.subject, &registry::BoardPerson::person) ==
           board.people.end();
  });
  record.curve = planner::reached_curve(reports, board.people.size(), event.started,
                                        event.closed_at.value_or(now()), kCurvePoints);
  record.help = planner::help_given(reports, rules);
  if (const auto unreached = room.desk.unreached_at_end(event.id)) {
    record.unreached_at_end = unreached->people;
    record.unreached_reason = unreached->reason;
  }
  return record;
}

Json json_of(const documents::EventRecord& record) {
  Json timeline = Json::array();
  for (const planner::TimelineEntry& entry : record.timeline) {
    timeline.push_back({{"at", to_iso(entry.at)}, {"what", entry.what}});
  }
  Json orders = Json::array();
  for (const registry::EvacOrder& order : record.orders) {
    orders.push_back(to_json(order));
  }
  Json curve = Json::array();
  for (const planner::CurvePoint& point : record.curve) {
    curve.push_back(
        {{"at", to_iso(point.at)}, {"reached", point.reached}, {"unreached", point.unreached}});
  }
  Json shelters = Json::array();
  for (const documents::ShelterLine& line : record.shelters) {
    shelters.push_back({{"name", line.name},
                        {"opened", line.opened},
                        {"closed", line.closed},
                        {"most_heads", line.most_heads},
                        {"capacity", line.capacity}});
  }
  Json decisions = Json::array();
  for (const documents::DecisionLine& line : record.decisions) {
    decisions.push_back({{"decided", line.decided},
                         {"confirmed", line.confirmed},
                         {"ended", line.ended},
                         {"copies", line.copies},
                         {"reviewed", line.reviewed},
                         {"returned", line.returned}});
  }
  return {{"event", to_json(record.event)},
          {"timeline", std::move(timeline)},
          {"orders", std::move(orders)},
          {"states", record.states},
          {"curve", std::move(curve)},
          {"help", {{"called", record.help.called}, {"answered", record.help.answered}}},
          {"unreached_at_end", record.unreached_at_end},
          {"unreached_reason", record.unreached_reason},
          {"shelters", std::move(shelters)},
          {"decisions", std::move(decisions)}};
}

void summary(const EventSummaryOptions& options, const Context& context) {
  EventRoom room(options, kEventSummaryPurpose);
  const documents::EventRecord record = record_of(room);
  if (!options.out.empty() && !context.dry_run) {
    write_file(options.out,
               documents::event_pdf(record, room.city.local_plan(), registry::tokyo_date(now())));
  }
  if (context.json) {
    print_json(json_of(record));
    return;
  }
  for (const documents::ReportTable& each : documents::event_tables(record)) {
    std::cout << each.title << '\n';
    for (const auto& row : each.table.rows) {
      for (const std::string& cell : row) {
        std::cout << "  " << cell;
      }
      std::cout << '\n';
    }
  }
}

}  // namespace

void add_event_summary(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventSummaryOptions>();
  CLI::App* command =
      event.add_subcommand("summary", "災害対応の記録 (report on the event: PDF, JSON)");
  add_event_choice(*command, *options);
  command->add_option("--out", options->out, "記録の .pdf (report)");
  command->callback([options, &context] { summary(*options, context); });
}

}  // namespace cli
