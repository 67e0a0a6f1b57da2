// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/drill_desk.hpp"

namespace registry {

/// What somebody needed on one road (a way of the map). Standing still on it counts.
struct RoadTime {
  std::int64_t way = 0;  ///< id of the way in the source of the roads
  std::string name;      ///< empty = it has none
  double length_m = 0;
  std::int64_t measured_ms = 0;
  /// What the plan's way of moving needs on the same length; nothing where it cannot pass.
  std::optional<std::int64_t> planned_ms;
};

/// A track of a drill after it has been laid on the roads; the track itself is not kept.
struct TrackRoads {
  std::string file;  ///< for the refusal only
  PersonId person;
  std::vector<RoadTime> roads;  ///< in the order they were walked
};

/// A track that was not taken. Says nothing of the person.
struct TrackRefusal {
  std::string file;
  std::size_t line = 0;  ///< 0 = the whole file
  std::string code;
  std::string message;
};

struct TrackImport {
  std::size_t tracks = 0;
  std::size_t roads = 0;
  std::vector<TrackRefusal> refused;
};

/// One road of one person in one drill.
struct WalkedRoad {
  DrillId drill;
  PersonId person;
  RoadTime road;
};

/// Tracks of drills that were held. A desk of a session.
class DrillTracks {
 public:
  explicit DrillTracks(Session& session) : session_(&session) {}

  /// Keeps the times per road. Tracks of people without a result of that drill, of whom the account
  /// may not see, and second tracks are refused; the others stay. Throws `InputError` for an
  /// unknown drill.
  TrackImport record(const DrillId& drill, const std::vector<TrackRoads>& tracks);

  /// Of one drill or (empty) of all, of those the account may see, by drill, person and order.
  [[nodiscard]] std::vector<WalkedRoad> roads(const DrillId& drill);

 private:
  Session* session_;
};

}  // namespace registry
