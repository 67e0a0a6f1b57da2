// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "route/drill_run.hpp"
#include "route/drill_totals.hpp"

// How to use it: fill a `DrillScene` (places joined per mode by `RoadIndex`, metrics made without
// hazards, `closing_times` per profile, `DrillMode::blocked` from `blockage_percent`), make one
// `DrillSimulator`, call `run` for a single play (with a trace for the map) or `simulate_drills`
// for many. Split runs over processes by range, send `DrillTotals::words()`, `merge` in any order.
// Compare two plans by playing both with the same seed and the same `number`s: then everybody
// behaves alike in both, run by run, and `RunSummary`s can be paired.
//
// What people know: what is closed when the drill begins, and nothing else. They go the planned way
// until they stand before a road that is blocked, or that closes before they are through; then they
// know all roads and all times at which roads close and reopen, which is more than people would,
// and take the quickest way: one that is open, or one with waiting for a road that reopens where
// that is quicker still. They go to another of their shelters where the meant one cannot be
// reached, or only with waiting and later. Who waits at a narrow road sees how long the queue
// takes. Nobody knows before coming there that the planned shelter is full; who must look for
// another one is told which have room.
//
// Why that is sound: who enters a road later never leaves it earlier, waiting included (FIFO), so
// the earliest arrival at a node is the best to go on from, and a way searched anew before a closed
// road is the rest of the one found before it.
//
// Who is away from home is drawn per run. Nobody knows it before standing at the door: the first
// helper has come in vain and goes on to the next person, and so do those who were already on their
// way; who had not set out yet is told and goes to the next person at once.

namespace route {

/// A scene made ready: every planned way is found once. Const and thread-safe afterwards. Keeps a
/// copy of the scene and references to its roads.
class DrillSimulator {
 public:
  /// Throws `InputError` as `check_scene` does.
  explicit DrillSimulator(DrillScene scene);
  DrillSimulator(const DrillSimulator&) = delete;
  DrillSimulator& operator=(const DrillSimulator&) = delete;
  DrillSimulator(DrillSimulator&&) noexcept;
  DrillSimulator& operator=(DrillSimulator&&) noexcept;
  ~DrillSimulator();

  [[nodiscard]] const DrillScene& scene() const;

  enum class Trace : std::uint8_t { No, Yes };
  /// One play: a function of scene, seed and number alone.
  [[nodiscard]] DrillRun run(std::uint64_t seed, std::uint32_t run, Trace trace = Trace::No) const;

 private:
  friend class DrillPlayer;
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

/// One play of a scene: who is told when, who sets out with whom, where they queue, turn back or
/// are turned away, and when they are inside (避難訓練の模擬). Discrete events in whole
/// milliseconds; equal times are ordered by kind and index.
[[nodiscard]] DrillRun simulate_drill(const DrillScene& scene, std::uint64_t seed,
                                      std::uint32_t run);

struct DrillSeries {
  std::uint64_t seed = 0;
  std::uint32_t first_run = 0;
  std::uint32_t runs = 0;
  unsigned threads = 1;  ///< at least 1; has no bearing on the result
};

/// Gets every run, in order of number, one at a time; from any of the threads.
using DrillSink = std::function<void(const DrillRun&)>;

/// Many plays with numbers that are counted, not streamed (Monte Carlo): the first runs of a longer
/// series are those of a shorter one. The sink may be empty.
[[nodiscard]] DrillTotals simulate_drills(const DrillSimulator& simulator,
                                          const DrillSeries& series, const DrillSink& sink = {});

}  // namespace route
