// SPDX-License-Identifier: Apache-2.0
// `tomoni event`: a disaster, or a drill that plays one, from its declaration to its close.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/decision_options.hpp"
#include "cli/event_common.hpp"
#include "cli/event_messages.hpp"
#include "cli/report.hpp"
#include "cli/share_options.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kEventPurpose = "災害対応";

struct EventOptions : EventChoice {
  std::string name;
  std::string kind;
  std::string phase = "発生";
  std::string started;
  bool drill = false;
  bool whole_city = false;
  std::vector<std::string> areas;
  std::string level;
  std::string at;
  std::string text;
  std::string order;
  DecisionOptions decided;
  std::string recall_due;
  std::string unreached;
};

registry::EventPhase phase_of(const std::string& text) {
  const auto phase = registry::parse_event_phase(text);
  if (!phase) {
    throw CLI::ValidationError("--phase", "平常, おそれ, 発生, 収束 のどれかです");
  }
  return *phase;
}

registry::DisasterEvent event_of(const EventOptions& options) {
  registry::DisasterEvent event;
  event.name = options.name;
  if (options.kind != "その他") {
    event.kind = registry::parse_hazard_kind(options.kind);
    if (!event.kind) {
      throw CLI::ValidationError("--kind", "災害種別の名前か「その他」です。例: 洪水, 地震");
    }
  }
  event.phase = phase_of(options.phase);
  event.started = moment_option("--started", options.started);
  event.is_drill = options.drill;
  event.whole_city = options.whole_city;
  event.areas = area_options(options.areas);
  return event;
}

void declare(const EventOptions& options, const Context& context) {
  const registry::DisasterEvent event = event_of(options);
  std::string id;
  if (!context.dry_run) {
    const CityFolder city(options.dir);
    auto registry = city.open_registry();
    registry::Session session = registry.session(actor(kEventPurpose));
    id = registry::EventDesk(session).declare(event).value;
  }
  print_done(context, "event", id,
             context.say("宣言を記録しました。1 時間以内に別の担当者が確認するまで、赤(無効)です:",
                         "Declared; red until somebody else confirms within the hour:"));
}

/// Runs `work(room)` unless nothing may be written.
template <class Work>
void with_room(const EventOptions& options, const Context& context, Work work) {
  if (!context.dry_run) {
    EventRoom room(options, kEventPurpose);
    work(room);
  }
}

void confirm(const EventOptions& options, const Context& context) {
  std::string id;
  with_room(options, context, [&](EventRoom& room) {
    id = room.event.id.value;
    room.desk.confirm(room.event.id);
  });
  print_done(context, "event", id, context.say("宣言を確認しました:", "Confirmed:"));
}

void set_phase(const EventOptions& options, const Context& context) {
  const registry::EventPhase phase = phase_of(options.phase);
  std::string id;
  with_room(options, context, [&](EventRoom& room) {
    id = room.event.id.value;
    room.desk.set_phase(room.event.id, phase);
  });
  print_done(context, "event", id, context.say("段階を記録しました:", "Phase recorded:"));
}

void issue(const EventOptions& options, const Context& context) {
  registry::EvacOrder order;
  const auto level = registry::parse_evac_level(options.level);
  if (!level) {
    throw CLI::ValidationError("--level", "L3(高齢者等避難), L4(避難指示), L5(緊急安全確保) です");
  }
  order.level = *level;
  order.whole_city = options.whole_city;
  order.areas = area_options(options.areas);
  order.issued = moment_option("--at", options.at);
  order.text = options.text;
  std::string id;
  with_room(options, context, [&](EventRoom& room) {
    order.event = room.event.id;
    id = room.desk.issue(order).value;
  });
  print_done(context, "order", id, context.say("発令を記録しました:", "Order recorded:"));
}

void lift(const EventOptions& options, const Context& context) {
  const registry::Instant at = moment_option("--at", options.at);
  with_room(options, context, [&](EventRoom& room) { room.desk.lift({options.order}, at); });
  print_done(context, "order", options.order, context.say("解除を記録しました:", "Lifted:"));
}

void decide(const EventOptions& options, const Context& context) {
  const registry::EmergencyDecision decision = decision_of(options.decided);
  std::string id;
  with_room(options, context,
            [&](EventRoom& room) { id = room.desk.decide(room.event.id, decision).value; });
  print_done(context, "decision", id,
             context.say("提供の決定を記録しました。別の担当者が tomoni share emergency confirm で"
                         "確認するまで効力はありません:",
                         "Decision recorded; somebody else confirms it by tomoni share emergency "
                         "confirm:"));
}

/// What is closed and flooded belongs to all disasters that are open; a drill closes nothing.
bool is_last_disaster(registry::EventDesk& desk, const registry::DisasterEvent& closed) {
  const auto events = desk.events();
  return !closed.is_drill &&
         std::ranges::none_of(events, [&](const registry::DisasterEvent& other) {
           return !other.is_drill && other.id != closed.id &&
                  state_of(other, now()) == registry::EventState::Open;
         });
}

/// What the event closed and flooded is no longer so; its files stay under its id.
void put_away(const CityFolder& city, const registry::EventId& event) {
  for (const auto& live : {city.live_closures_file(), city.live_water_file()}) {
    if (std::filesystem::exists(live)) {
      std::filesystem::rename(live, live.parent_path() / (live.stem().string() + "-" + event.value +
                                                          live.extension().string()));
    }
  }
}

Json loose_json(const registry::EventLoose& loose) {
  Json shelters = Json::array();
  for (const auto& shelter : loose.open_shelters) {
    shelters.push_back({{"name", shelter.name}, {"heads", shelter.heads}});
  }
  return {{"unreviewed", loose.unreviewed},
          {"standing_orders", loose.standing_orders},
          {"live_copies", loose.live_copies},
          {"open_shelters", std::move(shelters)},
          {"supporters_out", loose.supporters_out},
          {"calls", loose.calls},
          {"contradictions", loose.contradictions},
          {"quarantined", loose.quarantined},
          {"unreached", loose.unreached}};
}

void close(const EventOptions& options, const Context& context) {
  registry::EventClosing closing;
  closing.recall_due = optional_day("--recall-due", options.recall_due);
  closing.unreached_reason = options.unreached;
  EventRoom room(options, kEventPurpose);
  closing.safety = registry::parse_safety_rules(room.city.rules("event.toml"));
  const registry::EventLoose loose = room.desk.loose_ends(room.event.id, closing.safety);
  registry::EventClosed closed;
  if (!context.dry_run) {
    closed = room.desk.close(room.event.id, closing);
    if (is_last_disaster(room.desk, room.event)) {
      put_away(room.city, room.event.id);
    }
  }
  if (context.json) {
    Json document = {{"event", room.event.id.value}, {"stored", !context.dry_run}};
    document.update(loose_json(loose));
    document["decisions_ended"] = closed.decisions_ended;
    document["copies_recalled"] = closed.copies_recalled;
    print_json(document);
    return;
  }
  if (context.dry_run) {
    const std::string left = describe(loose, closing);
    std::cout << (left.empty() ? context.say("残っていることはありません。", "Nothing is left.")
                               : left)
              << '\n';
    return;
  }
  std::cout << context.say("災害対応を終えました: ", "Closed: ") << room.event.name << '\n'
            << context.say("終えた決定 ", "Decisions ended ") << closed.decisions_ended
            << context.say("、回収を求めた写し ", ", copies recalled ") << closed.copies_recalled
            << context.say("、確認できないままの人 ", ", people not reached ") << loose.unreached
            << '\n';
}

void list(const EventOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kEventPurpose));
  Json events = Json::array();
  for (const registry::DisasterEvent& event : registry::EventDesk(session).events()) {
    events.push_back(to_json(event));
  }
  if (context.json) {
    print_json({{"events", std::move(events)}});
    return;
  }
  for (const Json& event : events) {
    std::cout << event["event"].get<std::string>() << ' ' << event["name"].get<std::string>() << ' '
              << event["kind"].get<std::string>() << ' ' << event["phase"].get<std::string>() << ' '
              << event["state"].get<std::string>()
              << (event["drill"].get<bool>() ? context.say(" 訓練", " drill") : "") << '\n';
  }
}

using Run = void (*)(const EventOptions&, const Context&);

CLI::App* add(CLI::App& event, const char* name, const char* help, Run run, Context& context,
              const std::shared_ptr<EventOptions>& options) {
  CLI::App* command = event.add_subcommand(name, help);
  command->callback([options, run, &context] { run(*options, context); });
  return command;
}

void add_areas(CLI::App& command, EventOptions& options) {
  command.add_flag("--whole-city", options.whole_city, "市全域 (the whole city)");
  command.add_option("--area", options.areas, "区域「町丁目:コード」 (areas)");
}

void add_declaration(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventOptions>();
  CLI::App* declared =
      add(event, "declare", "災害(訓練)を宣言する (declare)", declare, context, options);
  declared->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  declared->add_option("--name", options->name, "災害の名称 (name)")->required();
  declared->add_option("--kind", options->kind, "災害種別 (hazard): 洪水, 地震, …, その他")
      ->required();
  declared->add_option("--phase", options->phase, "平常 | おそれ | 発生 | 収束 (phase)");
  declared->add_option("--started", options->started, "始まり。既定はいま (start)");
  declared->add_flag("--drill", options->drill,
                     "訓練: 名簿・計画の提供は平常時と同じ (a drill is peacetime)");
  add_areas(*declared, *options);
  CLI::App* events = add(event, "list", "災害と訓練の一覧 (events)", list, context, options);
  events->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  add_event_choice(
      *add(event, "confirm", "別の担当者が宣言を確認する (confirm)", confirm, context, options),
      *options);
  CLI::App* phase = add(event, "phase", "段階を改める (phase)", set_phase, context, options);
  add_event_choice(*phase, *options);
  phase->add_option("--phase", options->phase, "平常 | おそれ | 発生 | 収束 (phase)")->required();
}

void add_orders(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventOptions>();
  CLI::App* order =
      add(event, "order", "避難情報の発令を記録する (evacuation order)", issue, context, options);
  add_event_choice(*order, *options);
  order->add_option("--level", options->level, "L3 | L4 | L5 (level)")->required();
  order->add_option("--at", options->at, "発令の時刻。既定はいま (issued)");
  order->add_option("--text", options->text, "発令の文 (text)");
  add_areas(*order, *options);
  CLI::App* end = add(event, "lift", "避難情報を解除する (lift an order)", lift, context, options);
  add_event_choice(*end, *options);
  end->add_option("--order", options->order, "発令の ID (order)")->required();
  end->add_option("--at", options->at, "解除の時刻。既定はいま (lifted)");
}

void add_decision(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventOptions>();
  CLI::App* decision =
      add(event, "decide", "同意によらない提供を決定する 49条の11第3項 (emergency disclosure)",
          decide, context, options);
  add_event_choice(*decision, *options);
  options->decided.data = {"ROSTER", "PLAN"};
  add_decision_options(*decision, options->decided);
  CLI::App* end = add(event, "close", "災害対応を終える (close)", close, context, options);
  add_event_choice(*end, *options);
  end->add_option("--recall-due", options->recall_due,
                  "渡した写しの回収の期限 (copies are recalled by)");
  end->add_option("--unreached", options->unreached,
                  "安否を確認できないまま終える理由 (why it ends with people not reached)");
}

}  // namespace

void add_event(CLI::App& app, Context& context) {
  CLI::App* event =
      app.add_subcommand("event", "災害(訓練)の対応: 宣言から終了まで (a disaster or a drill)");
  event->require_subcommand(1);
  event->fallthrough();
  add_declaration(*event, context);
  add_orders(*event, context);
  add_decision(*event, context);
  add_event_status(*event, context);
  add_event_sending(*event, context);
  add_event_safety(*event, context);
  add_event_shelters(*event, context);
  add_event_roads(*event, context);
  add_event_alerts(*event, context);
  add_event_messages(*event, context);
  add_event_packets(*event, context);
  add_event_summary(*event, context);
  add_event_ledger(*event, context);
}

}  // namespace cli
