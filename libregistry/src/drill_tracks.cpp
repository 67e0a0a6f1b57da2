// SPDX-License-Identifier: Apache-2.0
#include "registry/drill_tracks.hpp"

#include <set>

#include "database.hpp"
#include "drill_road_store.hpp"
#include "person_gate.hpp"
#include "registry/error.hpp"
#include "stored_rows.hpp"

namespace registry {
namespace {

std::set<PersonId> people_in(soci::session& sql, const char* query, const DrillId& drill) {
  std::set<PersonId> people;
  PersonId person;
  soci::statement rows = (sql.prepare << query, soci::use(drill, "drill"), soci::into(person));
  rows.execute();
  while (rows.fetch()) {
    people.insert(person);
  }
  return people;
}

void require_known(soci::session& sql, const DrillId& drill) {
  int known = 0;
  sql << "SELECT count(*) FROM drill WHERE id = :drill", soci::use(drill, "drill"),
      soci::into(known);
  if (known == 0) {
    throw InputError(
        "その訓練は台帳にありません。先に tomoni drill import で結果を取り込んで"
        "ください。");
  }
}

void insert(soci::session& sql, const DrillId& drill, const TrackRoads& track) {
  long long ordinal = 0;
  for (const RoadTime& road : track.roads) {
    const long long way = road.way;
    const long long measured = road.measured_ms;
    const std::optional<long long> planned =
        road.planned_ms ? std::optional<long long>(*road.planned_ms) : std::nullopt;
    prepared(sql, R"sql(
      INSERT INTO drill_road (drill, person, ordinal, way, name, length_m, measured_ms, planned_ms)
      VALUES (:drill, :person, :ordinal, :way, :name, :length_m, :measured_ms, :planned_ms)
    )sql",
             [&](soci::statement& statement) {
               const auto bind = binder(statement);
               bind("drill", drill);
               bind("person", track.person);
               bind("ordinal", ordinal);
               bind("way", way);
               bind("name", road.name);
               bind("length_m", road.length_m);
               bind("measured_ms", measured);
               bind("planned_ms", planned);
             })
        .execute(true);
    ++ordinal;
  }
}

/// Takes tracks of one drill, within a transaction.
class TrackBook {
 public:
  TrackBook(Database& store, const Actor& actor, const DrillId& drill)
      : sql_(store.sql()),
        drill_(drill),
        gate_(store, actor, Action::RecordDrill),
        measured_(people_in(sql_, "SELECT person FROM drill_result WHERE drill = :drill", drill)),
        tracked_(people_in(sql_, "SELECT DISTINCT person FROM drill_road WHERE drill = :drill",
                           drill)) {}

  /// Nothing when it was recorded.
  std::optional<TrackRefusal> take(const TrackRoads& track) {
    const auto refusal = [&](const char* code, const char* message) {
      return TrackRefusal{.file = track.file, .line = 0, .code = code, .message = message};
    };
    if (!measured_.contains(track.person)) {
      return refusal("NO_RESULT",
                     "この訓練の結果にない人の軌跡です。ファイルの ID と、取り込んだ結果の表を"
                     "確かめてください。");
    }
    if (!gate_.fields(track.person)) {
      return refusal("NOT_PERMITTED",
                     "この人の軌跡は記録できません（支援措置の対象か、担当外です）。");
    }
    if (!tracked_.insert(track.person).second) {
      return refusal("SECOND_TRACK",
                     "この人のこの訓練の軌跡はすでにあります。正しい方だけを残してください。");
    }
    insert(sql_, drill_, track);
    return std::nullopt;
  }

 private:
  soci::session& sql_;
  const DrillId& drill_;
  PersonGate gate_;
  std::set<PersonId> measured_;
  std::set<PersonId> tracked_;
};

}  // namespace

std::vector<WalkedRoad> stored_roads(soci::session& sql, const DrillId& drill) {
  WalkedRoad walked;
  long long way = 0;
  long long measured = 0;
  std::optional<long long> planned;
  return stored_rows(
      sql, R"sql(
    SELECT drill, person, way, name, length_m, measured_ms, planned_ms FROM drill_road
    WHERE :every = '' OR drill = :drill ORDER BY drill, person, ordinal
  )sql",
      [&](soci::statement& statement) {
        const auto receive = receiver(statement);
        receive("drill", walked.drill);
        receive("person", walked.person);
        receive("way", way);
        receive("name", walked.road.name);
        receive("length_m", walked.road.length_m);
        receive("measured_ms", measured);
        receive("planned_ms", planned);
        const auto bind = binder(statement);
        bind("every", drill);
        bind("drill", drill);
      },
      [&] {
        walked.road.way = way;
        walked.road.measured_ms = measured;
        walked.road.planned_ms = planned;
        return walked;
      });
}

TrackImport DrillTracks::record(const DrillId& drill, const std::vector<TrackRoads>& tracks) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::RecordDrill, [&](AuditNote& note) {
    require_known(store.sql(), drill);
    TrackImport result;
    TrackBook book(store, actor, drill);
    for (const TrackRoads& track : tracks) {
      if (auto refused = book.take(track)) {
        result.refused.push_back(std::move(*refused));
        continue;
      }
      ++result.tracks;
      result.roads += track.roads.size();
      note.people.push_back(track.person);
    }
    note.detail = "tracks=" + std::to_string(result.tracks) +
                  " roads=" + std::to_string(result.roads) +
                  " refused=" + std::to_string(result.refused.size());
    return result;
  });
}

std::vector<WalkedRoad> DrillTracks::roads(const DrillId& drill) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ShowDrills, [&](AuditNote& note) {
    PersonGate gate(store, actor, Action::ShowDrills);
    std::vector<WalkedRoad> shown = stored_roads(store.sql(), drill);
    std::map<PersonId, bool> seen;
    std::erase_if(shown, [&](const WalkedRoad& walked) {
      const auto [place, is_new] = seen.try_emplace(walked.person, false);
      if (is_new) {
        place->second = gate.fields(walked.person).has_value();
      }
      return !place->second;
    });
    for (const auto& [person, visible] : seen) {
      if (visible) {
        note.people.push_back(person);
      }
    }
    note.detail = "roads=" + std::to_string(shown.size());
    return shown;
  });
}

}  // namespace registry
