// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/anonymous_demand.hpp"
#include "planner/holidays.hpp"
#include "registry/safety_desk.hpp"
#include "registry/sending.hpp"
#include "route/mobility_profile.hpp"

namespace planner {

/// Figures of `data/rules/event.toml` that the board works with.
struct EventRules {
  std::int64_t furthest_s = 0;                ///< nobody is sent to help who travels longer
  int day_from_hour = 0;                      ///< 平日昼 begins, Asia/Tokyo
  int day_to_hour = 0;                        ///< and ends before this hour
  std::vector<std::string> vehicle_profiles;  ///< people who cannot be fetched on foot
};
/// Throws `registry::InputError` naming the key for anything unknown, missing or out of range.
[[nodiscard]] EventRules parse_event_rules(std::string_view toml);

/// Somebody who was sent to a person and is not back.
struct UnderWay {
  registry::SupporterId supporter;
  registry::Instant since;
  bool with_vehicle = false;
};

/// One person of an event with what help takes. Borrows the subject.
struct EventPerson {
  const registry::PlanSubject* subject = nullptr;
  std::vector<registry::AreaRef> areas;
  std::optional<registry::EvacLevel> level;  ///< the highest order in force at the home
  registry::PersonSafety safety;
  std::string profile;
  std::optional<route::LatLon> home;
  int hands = 0;  ///< helpers on the way
  bool vehicle = false;
  std::vector<UnderWay> coming;  ///< in the order of the supporters' ids

  [[nodiscard]] const registry::PersonId& id() const { return subject->registrant.person.id; }
  /// Calls for help, or has to leave, cannot alone, and nobody has reached the person; and not
  /// everybody it takes is on the way.
  [[nodiscard]] bool waits_for_hands() const {
    return (safety.needs_help || (!safety.reached && level && hands > 0)) &&
           (hands_wanted() > 0 || vehicle_wanted());
  }
  /// A call for help takes one pair of hands at least; without those on the way.
  [[nodiscard]] int hands_wanted() const;
  [[nodiscard]] bool vehicle_wanted() const;
};

/// What is joined. Borrowed for one call.
struct EventInputs {
  const std::vector<registry::PlanSubject>& subjects;
  const registry::SafetyBoard& board;
  const std::vector<registry::EvacOrder>& orders;
  const std::vector<registry::Area>& areas;
  const std::vector<route::MobilityProfile>& profiles;
  const MobilityRules& mobility;
  const PlanningRules& planning;
  const EventRules& rules;
  const Holidays& holidays;
  const std::vector<registry::SupporterDay>& days;  ///< who was sent, and who cannot go
  int companions = 0;
  registry::Instant at;
};

/// Everybody on the board whom the account may see, unreached people first (the highest order, then
/// those nobody has tried), then calls for help, contradictions and the rest; by id among equals.
[[nodiscard]] std::vector<EventPerson> event_people(const EventInputs& inputs);

/// Supporters of these people who are usually there at this hour (on a holiday by their holidays),
/// or have said that they can go; who are with nobody, have not said that they cannot, and are not
/// in an area of 緊急安全確保 themselves. In the order of their ids.
[[nodiscard]] std::vector<const registry::Supporter*> free_supporters(const EventInputs& inputs);

/// Where help is short in one area.
struct AreaHelp {
  registry::AreaRef area;
  std::string name;
  std::size_t people = 0;  ///< waiting for hands
  int hands = 0;           ///< they want
  std::size_t free = 0;    ///< supporters who live there and are free

  [[nodiscard]] int missing() const {
    const int there = static_cast<int>(free);
    return hands > there ? hands - there : 0;
  }
};

/// By the areas of one level, the shortest of help first; areas where nobody waits are left out.
[[nodiscard]] std::vector<AreaHelp> help_by_area(const EventInputs& inputs,
                                                 const std::vector<EventPerson>& people,
                                                 registry::AreaLevel level);

}  // namespace planner
