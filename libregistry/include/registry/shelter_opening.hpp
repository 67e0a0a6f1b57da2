// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/event.hpp"

namespace registry {

enum class ShelterStep : std::uint8_t {
  Open,     ///< 開設
  Close,    ///< 閉鎖
  In,       ///< 入所
  Out,      ///< 退所
  Transfer  ///< 移送 to another opened shelter
};
inline constexpr std::size_t kShelterSteps = 5;
[[nodiscard]] std::string_view to_text(ShelterStep step);

/// One line of a shelter's book. Lines are only added.
struct ShelterEntry {
  ShelterStep step = ShelterStep::Open;
  ShelterId shelter{};
  ShelterId to{};  ///< `Transfer`
  Instant at{};
  int heads = 0;                     ///< `In`, `Out`, `Transfer`: people
  std::optional<int> capacity{};     ///< `Open`: seats on the day; nothing = those of the shelter
  std::vector<std::string> needs{};  ///< `Open`: which needs it takes today
  std::string note{};
  std::string recorded_by{};  ///< account, given by the store
};

/// How a shelter stands after its book.
struct ShelterOpening {
  ShelterId shelter;
  bool open = false;
  Instant opened_at;
  std::optional<Instant> closed_at;
  std::optional<int> capacity;  ///< nothing = not known
  std::vector<std::string> needs;
  int heads = 0;
  int most_heads = 0;  ///< at any time

  /// Never below 0; nothing when the capacity is not known.
  [[nodiscard]] std::optional<int> remaining() const {
    return capacity ? std::optional(*capacity > heads ? *capacity - heads : 0) : std::nullopt;
  }
};

/// Every shelter that was ever opened, in the order of the first opening.
[[nodiscard]] std::vector<ShelterOpening> shelter_board(const std::vector<ShelterEntry>& book,
                                                        const std::vector<Shelter>& shelters);

/// Why a line cannot follow the book, in Japanese; nothing when it can. Refused: an unknown
/// shelter; a time before the event, in the future or before an earlier line of the shelter;
/// opening twice; closing, counting or transferring what is not open (closed before it was opened);
/// closing with people in it; counts below 1; more going out than are in; arrivals at a shelter of
/// second stage (`Secondary`) other than by transfer; a transfer beyond the room there is.
[[nodiscard]] std::optional<std::string> fault_of(const ShelterEntry& entry,
                                                  const std::vector<ShelterEntry>& book,
                                                  const std::vector<Shelter>& shelters,
                                                  const DisasterEvent& event, Instant now);

}  // namespace registry
