// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/event.hpp"
#include "registry/handover.hpp"
#include "registry/shelter_opening.hpp"

namespace registry {

class Session;

/// What stands in the way of closing an event.
struct EventLoose {
  std::size_t unreviewed = 0;            ///< copies under its decisions nobody has looked at since
  std::size_t standing_orders = 0;       ///< not lifted
  std::vector<std::string> live_copies;  ///< serials, still out and not recalled
};

/// What closing did.
struct EventClosed {
  std::size_t decisions_ended = 0;
  std::size_t copies_recalled = 0;
};

/// 災害対応: declaration, phase, orders, decision, close. A desk of a session. Everything that
/// changes an event throws `InputError` for an unknown one and `DisclosureRefused` for one that is
/// closed or has lapsed.
class EventDesk {
 public:
  explicit EventDesk(Session& session) : session_(&session) {}

  /// Stored as the session's account declares it. Throws `InputError` without name or areas, for an
  /// unknown area, a start in the future, or a name that an open event bears.
  EventId declare(DisasterEvent event);
  /// Throws `DisclosureRefused` for the account that declared it, or after the hour.
  void confirm(const EventId& id);
  /// `Over` and back are allowed: water may rise again.
  void set_phase(const EventId& id, EventPhase phase);

  /// Throws `InputError` with `fault_of`; `DisclosureRefused` before a second person has confirmed.
  OrderId issue(EvacOrder order);
  void lift(const OrderId& id, Instant at);

  /// 49条の11③ for this event: fills in name and phase and declares at the `EmergencyDesk`; a
  /// second account confirms there. Throws `DisclosureRefused` for a drill (peacetime), and
  /// `InputError` for areas outside the event.
  DecisionId decide(const EventId& id, EmergencyDecision decision);

  [[nodiscard]] std::vector<DisasterEvent> events();  ///< oldest first
  /// By id, or by name the newest one of it. Throws `InputError` for an unknown one.
  [[nodiscard]] DisasterEvent event(const std::string& id_or_name);
  [[nodiscard]] std::vector<EvacOrder> orders(const EventId& id);  ///< in the order of their times

  [[nodiscard]] EventLoose loose_ends(const EventId& id);
  /// Ends the event and its decisions. Copies still out are recalled by `recall_due`; without that
  /// day, throws `DisclosureRefused` while there are any, and always while copies wait for review
  /// or an order stands.
  EventClosed close(const EventId& id, std::optional<Date> recall_due);

 private:
  Session* session_;
};

/// The shelters' book of an event. A desk of a session.
class ShelterDesk {
 public:
  explicit ShelterDesk(Session& session) : session_(&session) {}
  /// Throws `InputError` with `fault_of`; `DisclosureRefused` for an event that is not open.
  void record(const EventId& event, ShelterEntry entry);
  [[nodiscard]] std::vector<ShelterEntry> book(const EventId& event);
  [[nodiscard]] std::vector<ShelterOpening> board(const EventId& event);

 private:
  Session* session_;
};

}  // namespace registry
