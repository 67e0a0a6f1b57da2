// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "faults/memory_disk.hpp"

namespace faults {

/// What a disk may hold after a power cut. What was synced is there. Of the rest each sector holds
/// any one of the versions it had since, independent of all others; the length of a file and
/// whether a new or deleted name is there are open too.
class PowerCuts {
 public:
  /// Follows what a disk logged, from its start. The random numbers decide what a failed sync kept.
  PowerCuts(const MemoryDisk& disk, std::size_t sector_bytes, std::mt19937& random);

  /// Goes on to just before a step of the log; never back.
  void advance(std::size_t step);
  /// A disk after a cut here.
  [[nodiscard]] DiskImage cut() const;
  /// Number of the last mark passed; 0 before the first.
  [[nodiscard]] std::int64_t last_mark() const { return last_mark_; }

 private:
  struct State {
    bool named = false;                    ///< its name is on the disk
    bool deleted = false;                  ///< since the folder was last synced
    std::string durable;                   ///< content at the last sync
    std::string comes_back;                ///< if the deletion is lost
    std::vector<const DiskStep*> pending;  ///< since the last sync
  };

  void apply(const DiskStep& step);
  void sync_folder();
  [[nodiscard]] std::string mixed(const State& file) const;
  [[nodiscard]] bool coin() const { return (random_() & 1U) != 0; }

  const std::vector<DiskStep>& log_;
  std::vector<std::string> names_;
  std::vector<State> files_;
  std::size_t sector_bytes_;
  std::mt19937& random_;
  std::size_t at_ = 0;
  std::int64_t last_mark_ = 0;
};

}  // namespace faults
