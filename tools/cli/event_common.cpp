// SPDX-License-Identifier: Apache-2.0
#include "cli/event_common.hpp"

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/report.hpp"
#include "registry/error.hpp"

namespace cli {

using registry::DisasterEvent;
using registry::EventState;

void add_event_choice(CLI::App& command, EventChoice& choice) {
  command.add_option("--dir", choice.dir, "市のフォルダ (city folder)")->required();
  command.add_option("--event", choice.event,
                     "災害の名称か ID。対応中が一つなら省ける (event; default: the open one)");
}

DisasterEvent chosen_event(registry::EventDesk& desk, const std::string& name) {
  if (!name.empty()) {
    return desk.event(name);
  }
  std::optional<DisasterEvent> only;
  for (DisasterEvent& event : desk.events()) {
    const EventState state = state_of(event, now());
    if (state != EventState::Open && state != EventState::Unconfirmed) {
      continue;
    }
    if (only) {
      throw registry::InputError(
          "対応中の災害・訓練がいくつかあります。--event で名称か ID を指定してください。");
    }
    only = std::move(event);
  }
  if (!only) {
    throw registry::InputError(
        "対応中の災害・訓練がありません。tomoni event list で確かめ、--event で指定してください。");
  }
  return *only;
}

EventRoom::EventRoom(const EventChoice& choice, const char* purpose)
    : city(choice.dir),
      registry(city.open_registry()),
      session(registry.session(actor(purpose))),
      desk(session),
      event(chosen_event(desk, choice.event)) {}

registry::Instant moment_option(const std::string& option, const std::string& text) {
  if (text.empty()) {
    return {};
  }
  const auto moment = registry::parse_moment(text);
  if (!moment) {
    throw CLI::ValidationError(
        option, "時刻は「2026-11-21 12:04」(日本時間)か 2026-11-21T03:04Z の形で書いてください");
  }
  return *moment;
}

std::string areas_text(bool whole_city, const std::vector<registry::AreaRef>& areas) {
  std::string text = whole_city ? "市全域" : "";
  for (const registry::AreaRef& area : areas) {
    text += text.empty() ? "" : "、";
    text += std::string(to_text(area.level)) + ":" + area.code;
  }
  return text;
}

nlohmann::ordered_json to_json(const DisasterEvent& event) {
  const EventState state = state_of(event, now());
  return {{"event", event.id.value},
          {"name", event.name},
          {"kind", event.kind ? std::string(to_text(*event.kind)) : std::string("その他")},
          {"phase", to_text(event.phase)},
          {"drill", event.is_drill},
          {"areas", areas_text(event.whole_city, event.areas)},
          {"started", to_iso(event.started)},
          {"state", to_text(state)},
          {"in_force", state == EventState::Open},
          {"declared_by", event.declared_by},
          {"confirmed_by", event.confirmed_by}};
}

nlohmann::ordered_json to_json(const registry::EvacOrder& order) {
  nlohmann::ordered_json document = {
      {"order", order.id.value},        {"level", static_cast<int>(order.level) + 3},
      {"name", to_text(order.level)},   {"areas", areas_text(order.whole_city, order.areas)},
      {"issued", to_iso(order.issued)}, {"text", order.text}};
  document["lifted"] =
      order.lifted ? nlohmann::ordered_json(to_iso(*order.lifted)) : nlohmann::ordered_json();
  return document;
}

std::string time_words(const nlohmann::ordered_json& iso) {
  return registry::tokyo_time(*registry::parse_moment(iso.get<std::string>()));
}

void print_done(const Context& context, const char* key, const std::string& id,
                const std::string& words) {
  if (context.json) {
    print_json({{key, id}, {"stored", !context.dry_run}});
  } else {
    std::cout << words << ' ' << id << '\n';
  }
}

}  // namespace cli
