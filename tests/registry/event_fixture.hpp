// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "handover_fixture.hpp"
#include "registry/event_desk.hpp"
#include "registry/safety_desk.hpp"

namespace registry {

inline constexpr std::int64_t kMinute = 60'000;

/// The window of contradictions is 30 minutes, as in data/rules/event.toml.
inline SafetyRules safety_rules() {
  return {.contradiction_ms = 30 * kMinute,
          .clock_ahead_ms = 5 * kMinute,
          .before_start_ms = 60 * kMinute};
}

/// A registry with a disaster in it.
class EventTest : public HandoverTest {
 protected:
  static DisasterEvent typhoon(bool drill = false) {
    DisasterEvent event;
    event.name = drill ? "令和8年度水害訓練" : "令和8年台風第9号";
    event.kind = HazardKind::Flood;
    event.phase = EventPhase::Occurred;
    event.whole_city = true;
    event.is_drill = drill;
    return event;
  }

  /// Nobody has to be reached.
  static EventClosing closing(std::optional<Date> recall_due = {}) {
    return {.recall_due = recall_due, .unreached_reason = "試験", .safety = safety_rules()};
  }

  EventDesk events() { return EventDesk(*session_); }
  SafetyDesk safety() { return {*session_, safety_rules()}; }
  ShelterDesk shelters() { return ShelterDesk(*session_); }

  /// Declared by the tester, confirmed by somebody else.
  EventId declared(const DisasterEvent& event) {
    const EventId id = events().declare(event);
    Session second = as("second");
    EventDesk(second).confirm(id);
    return id;
  }

  void add_areas() {
    AreaFile file;
    const auto area = [&](AreaLevel level, const std::string& code, const std::string& parent) {
      Area& made = file.areas.emplace_back();
      made.level = level;
      made.code = code;
      made.name = code;
      made.parent = parent;
      made.rings = {{{35, 139}, {35, 140}, {36, 140}, {35, 139}}};
    };
    area(AreaLevel::SchoolDistrict, "S1", "");
    area(AreaLevel::Town, "T1", "S1");
    area(AreaLevel::Town, "T2", "S1");
    area(AreaLevel::Town, "T9", "");
    session_->import_areas(file);
  }

  [[nodiscard]] SafetyRow row(const std::string& uuid, const PersonId& person, SafetyStatus status,
                              std::int64_t minutes_ago = 0) {
    SafetyRow row;
    row.report.uuid = uuid;
    row.report.subject = person;
    row.report.status = status;
    row.report.reporter = "支援者";
    row.report.device = "端末1";
    row.report.device_time = {now().milliseconds - minutes_ago * kMinute};
    row.report.channel = "端末";
    return row;
  }

  [[nodiscard]] PersonSafety state(const EventId& event, const PersonId& person) {
    for (const BoardPerson& each : safety().board(event).people) {
      if (each.person == person) {
        return each.safety;
      }
    }
    return {};
  }
};

}  // namespace registry
