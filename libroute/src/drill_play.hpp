// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <vector>

#include "drill_detour.hpp"
#include "drill_parts.hpp"
#include "drill_rubble.hpp"

// One run as a sequence of events. Everybody who moves is a *mover*: people first, then supporters
// (alone), then vehicles. The class is spread over files by what happens: drill_play (clock,
// orders, people), drill_travel (on the road), drill_help (supporters), drill_doors (shelters),
// drill_transfers (second stage), drill_verdict (who is where in the end, and why).

namespace route {

class DrillPlayer {
 public:
  explicit DrillPlayer(const DrillSimulator& simulator);

  [[nodiscard]] DrillRun play(std::uint64_t seed, std::uint32_t run, DrillSimulator::Trace trace);

 private:
  using Parts = DrillSimulator::Parts;

  /// In the order in which events of one moment happen.
  enum class Happens : std::uint8_t {
    Step,        ///< a mover reaches a stop or the end of its way
    Inside,      ///< a person gets through a door
    Absent,      ///< a supporter who cannot come is missed
    FreeNow,     ///< a supporter is ready to go
    AskNext,     ///< the next supporter of a person is asked
    SetsOut,     ///< a person leaves home, alone or with all helpers
    LeavesDoor,  ///< a helper can wait no longer
    VehicleReady,
    SecondStage  ///< a shelter of the second stage opens
  };
  struct Event {
    std::uint64_t key = 0;  // time, kind, id: the order of events
    std::uint32_t other = 0;
    friend bool operator<(const Event& a, const Event& b) {
      return a.key != b.key ? a.key < b.key : a.other < b.other;
    }
  };

  struct Mover {
    const DrillWay* way = nullptr;
    std::uint32_t stop = 0;      ///< next of the way's stops
    std::uint32_t blocked = 0;   ///< next of them on a road with rubble
    std::uint32_t from_arc = 0;  ///< where the current move began, for the trace
    Weight base = 0;             ///< when the way would have begun without stops
    Weight moves_from = 0;       ///< when the current move began
    std::uint32_t mode = 0;
    std::uint32_t heads = 0;
    std::uint32_t place = kNoIndex;    ///< where to
    std::uint32_t shelter = kNoIndex;  ///< that stands there
    std::vector<ShutRoad> hopeless;    ///< roads that close before the queue has passed
  };
  struct Person {
    PersonDraw draw = {};
    Weight ready = kInfinity;
    std::uint32_t coming = 0;  ///< helpers asked who have not failed, those at the door included
    std::uint32_t asked = 0;   ///< of the backups
    std::vector<std::uint32_t> helpers;  ///< at the door, or under way with the person
    std::vector<std::uint32_t> tried;    ///< shelters that turned the person away
    bool leaving = false;                ///< the moment is fixed
    bool given_up = false;
    bool inside = false;
    DrillCause trouble = DrillCause::None;  ///< what went wrong last
  };
  struct Supporter {
    SupporterDraw draw = {};
    Weight ready = kInfinity;
    std::uint32_t place = kNoIndex;  ///< where the supporter is, or else
    NodeId node = {};                ///< there
    std::vector<std::uint32_t> tasks;
    std::uint32_t next = 0;
    std::uint32_t person = kNoIndex;  ///< whom the supporter goes to or is with
    bool up = false;                  ///< ready
    Weight first_left = kInfinity;
    Weight began = 0;      ///< the way to the person
    std::size_t trip = 0;  ///< among the run's trips, when under way together
  };
  struct Shelter {
    std::vector<std::uint32_t> taken;  ///< as the seats; those in the queue have theirs
    Gate door;
    std::uint32_t queue = 0;
    std::vector<std::uint32_t> waiting;  ///< people for the second stage
  };
  struct Vehicle {
    std::uint32_t place = kNoIndex;
    enum class Does : std::uint8_t { Nothing, Waits, Fetches, Boards, Carries };
    Does does = Does::Nothing;
    std::uint32_t from = kNoIndex;  ///< shelter where the load waits
    std::uint32_t to = kNoIndex;
    std::vector<std::uint32_t> load;
  };
  struct Narrow {
    Gate gate;
    ArcRun sums;
  };

  // drill_play
  void begin(std::uint64_t seed, std::uint32_t run);
  void drop_rubble(std::uint64_t seed, std::uint32_t run);
  void begin_person(std::uint32_t person, const RunNumbers& numbers);
  void begin_supporter(std::uint32_t supporter, const RunNumbers& numbers);
  void schedule(Weight at, Happens what, std::uint32_t id, std::uint32_t other = 0);
  void happen(Happens what, std::uint32_t id, std::uint32_t other);
  void tell(std::uint32_t person, Weight at);
  void set_out(std::uint32_t person);
  /// 0 where no order is given.
  [[nodiscard]] Weight order_time(std::uint32_t order) const;
  [[nodiscard]] std::size_t minute() const { return now_ / 60'000; }

  // drill_travel
  void travel(std::uint32_t mover, const DrillWay& way);
  void proceed(std::uint32_t mover);
  /// The first stop from the mover's next on that lies on a road with rubble.
  [[nodiscard]] std::uint32_t next_blocked(const Mover& mover) const;
  [[nodiscard]] DrillCause obstacle(const Mover& mover, const DrillStop& stop, Weight at) const;
  /// False when the road closes before the mover's turn.
  [[nodiscard]] bool queue_up(std::uint32_t mover, const DrillStop& stop);
  void turn(std::uint32_t mover, const DrillStop& stop, DrillCause cause);
  void count_turn(std::uint32_t mover, const DrillStop& stop, const DrillWay* other);
  void arrive(std::uint32_t mover);
  void lose(std::uint32_t mover, const DetourStart& start, DrillCause cause);
  void record(std::uint32_t mover, std::size_t to_arc, Weight until);
  [[nodiscard]] RoadsOfRun roads_of_run(std::uint32_t mode) const {
    const BlockedEdges& blocked = blocked_[mode];
    return {*parts_.roads[mode], &rubble_, blocked.size() == 0 ? nullptr : &blocked};
  }
  /// The way that can be travelled now, or null.
  const DrillWay* detour(std::uint32_t mover, const DetourStart& start, std::uint32_t place,
                         std::uint32_t shelter);

  // drill_help
  void next_task(std::uint32_t supporter);
  [[nodiscard]] const DrillWay* way_to(std::uint32_t supporter, std::uint32_t place);
  void at_home_of(std::uint32_t supporter);
  void together(std::uint32_t person);
  void retreat(std::uint32_t supporter, std::uint32_t person);
  void fail(std::uint32_t person, DrillCause cause);
  void ask_next(std::uint32_t person);
  /// Others take over from the helpers of somebody who is stranded.
  void replace_helpers(std::uint32_t person, DrillCause cause);
  void give_up(std::uint32_t person, DrillCause cause);
  void free_helpers(std::uint32_t person, std::uint32_t place, bool brought);
  [[nodiscard]] bool in_time(std::uint32_t supporter, std::uint64_t end) const {
    const Weight retreat = scene_.supporters[supporter].retreat;
    return retreat >= kInfinity || end <= retreat;
  }

  // drill_doors
  void at_shelter(std::uint32_t person);
  void inside(std::uint32_t person);
  void turn_away(std::uint32_t person);
  /// What of `DrillShelter::seats` is missing for a person; `kNoIndex` = nothing.
  [[nodiscard]] std::uint32_t short_of(std::uint32_t shelter, std::uint32_t person) const;
  [[nodiscard]] bool has_room(std::uint32_t shelter, std::uint32_t person) const {
    return short_of(shelter, person) == kNoIndex;
  }
  /// The need of a person where the shelter counts places for it; 0 = it does not.
  [[nodiscard]] std::uint32_t counted_need(std::uint32_t shelter, std::uint32_t person) const;
  void take_seats(std::uint32_t shelter, std::uint32_t person);
  void give_back_seats(std::uint32_t shelter, std::uint32_t person);
  /// Notes in a list by class and minute what a person takes or frees now.
  void note_seats(std::vector<std::uint32_t>& list, std::uint32_t shelter, std::uint32_t person);
  struct Option {
    Weight duration = kInfinity;
    std::uint32_t shelter = kNoIndex;
  };
  /// Shelters with room that have not turned the person away, the nearest on open roads first.
  [[nodiscard]] std::vector<Option> options(std::uint32_t person, const DetourStart& start) const;
  [[nodiscard]] bool helpers_in_time(std::uint32_t person, const DrillWay& way) const;
  /// On the road, another shelter than the one that was meant, where the person can be sooner than
  /// after `within`: the nearest that needs no waiting, or else that of the earliest arrival.
  struct OtherShelter {
    std::uint32_t shelter = kNoIndex;
    const DrillWay* way = nullptr;  ///< null = there is none
  };
  [[nodiscard]] OtherShelter other_shelter(std::uint32_t person, const DetourStart& start,
                                           Weight within = kInfinity);
  void head_for(std::uint32_t person, std::uint32_t shelter, const DrillWay& way);

  // drill_transfers
  void dispatch_idle();
  void dispatch(std::uint32_t vehicle);
  [[nodiscard]] std::uint32_t second_shelter(std::uint32_t person, std::uint32_t vehicle,
                                             std::uint32_t from);
  void load_up(std::uint32_t vehicle);
  void vehicle_ready(std::uint32_t vehicle);
  void vehicle_arrives(std::uint32_t vehicle);
  [[nodiscard]] bool second_stage_open() const;

  // drill_verdict
  void judge(std::uint32_t person);
  [[nodiscard]] DrillCause cause_at_home(std::uint32_t person) const;
  [[nodiscard]] DrillCause cause_on_the_way(std::uint32_t person) const;
  [[nodiscard]] DrillRun finish();

  [[nodiscard]] std::uint32_t mover_of_supporter(std::uint32_t supporter) const {
    return static_cast<std::uint32_t>(scene_.people.size()) + supporter;
  }
  [[nodiscard]] std::uint32_t mover_of_vehicle(std::uint32_t vehicle) const {
    return static_cast<std::uint32_t>(scene_.people.size() + scene_.supporters.size()) + vehicle;
  }

  const Parts& parts_;
  const DrillScene& scene_;
  WayBook book_;
  DetourSearch detours_;
  std::deque<RubbleWays> around_rubble_;  // by mode
  std::vector<BlockedEdges> blocked_;     // by mode; empty = none
  Rubble rubble_;
  std::deque<DrillWay> detour_ways_;  // of this run
  QuadHeap<Event> events_;
  Weight now_ = 0;
  bool trace_ = false;
  DrillRun run_;
  std::vector<Mover> movers_;
  std::vector<Person> people_;
  std::vector<Supporter> supporters_;
  std::vector<Shelter> shelters_;
  std::vector<Vehicle> vehicles_;
  std::vector<Narrow> narrow_;  // as `DrillScene::narrow`
  std::vector<ArcRun> turned_;  // arcs before which somebody turned back, unsorted
};

}  // namespace route
