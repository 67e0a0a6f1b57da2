// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/event.hpp"
#include "registry/handover.hpp"
#include "registry/safety_check.hpp"
#include "registry/shelter_opening.hpp"

namespace registry {

class Session;

/// What stands in the way of closing an event.
struct EventLoose {
  std::size_t unreviewed = 0;            ///< copies under its decisions nobody has looked at since
  std::size_t standing_orders = 0;       ///< not lifted
  std::vector<std::string> live_copies;  ///< serials, still out and not recalled
  struct OpenShelter {
    std::string name;
    int heads = 0;
  };
  std::vector<OpenShelter> open_shelters;
  std::size_t contradictions = 0;  ///< people whose reports nobody has settled
  std::size_t calls = 0;           ///< people whose call for help nothing has answered
  std::size_t quarantined = 0;     ///< reports put aside that nobody has looked at
  std::size_t supporters_out = 0;  ///< sent, not back
  std::size_t unreached = 0;       ///< people nobody has seen or spoken to
};

/// On what terms an event is closed.
struct EventClosing {
  std::optional<Date> recall_due{};  ///< copies still out are recalled by then
  std::string unreached_reason{};    ///< why it ends though people have not been reached
  SafetyRules safety{};
};

/// What has to be done before the event can be closed on these terms, a sentence a line; empty =
/// nothing.
[[nodiscard]] std::string describe(const EventLoose& loose, const EventClosing& closing);

/// People who had not been reached when an event ended.
struct UnreachedAtEnd {
  std::size_t people = 0;
  std::string reason;
  std::string said_by;  ///< account
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

  [[nodiscard]] EventLoose loose_ends(const EventId& id, const SafetyRules& rules);
  /// Ends the event and its decisions. Throws `DisclosureRefused`, naming everything that is left
  /// and what to do about it, while anything of `EventLoose` is: copies still out are recalled by
  /// `recall_due`, people who have not been reached are left with a reason, all else is to be done
  /// first.
  EventClosed close(const EventId& id, const EventClosing& closing);
  /// Nothing when everybody had been reached, or the event is not over.
  [[nodiscard]] std::optional<UnreachedAtEnd> unreached_at_end(const EventId& id);

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
