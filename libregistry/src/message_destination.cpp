// SPDX-License-Identifier: Apache-2.0
#include "message_destination.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace registry {
namespace {

constexpr std::size_t kMostNamed = 3;  // a mail is read in a hurry

const ShelterOpening* opening_of(const DestinationFacts& facts, const ShelterId& id) {
  const auto found = std::ranges::find(facts.board, id, &ShelterOpening::shelter);
  return found == facts.board.end() ? nullptr : &*found;
}

bool takes_everybody(const Shelter& shelter, const std::optional<HazardKind>& hazard) {
  const bool suited =
      !hazard || !shelter.rated || shelter.suited[static_cast<std::size_t>(*hazard)];
  return shelter.arrival == ArrivalPolicy::Direct && shelter.acceptance.empty() && suited;
}

/// Not a distance, but in the same order near one place.
double farness(Position a, Position b) {
  const double east = (a.lon - b.lon) * std::cos(a.lat * std::numbers::pi / 180);
  return east * east + (a.lat - b.lat) * (a.lat - b.lat);
}

std::vector<const Shelter*> opened(const DestinationFacts& facts,
                                   const std::optional<Position>& home) {
  std::vector<const Shelter*> open;
  for (const Shelter& shelter : facts.shelters) {
    const ShelterOpening* opening = opening_of(facts, shelter.id);
    if (opening != nullptr && opening->open && opening->remaining() != 0 &&
        takes_everybody(shelter, facts.hazard)) {
      open.push_back(&shelter);
    }
  }
  if (home) {
    std::ranges::stable_sort(
        open, {}, [&](const Shelter* shelter) { return farness(shelter->position, *home); });
  }
  open.resize(std::min(open.size(), kMostNamed));
  return open;
}

std::string staying_words(StayAdvice stay) {
  return stay == StayAdvice::None ? "行ける避難先がありません。移動せず、市へ連絡してください"
                                  : "移動しない（" + std::string(to_text(stay)) + "）";
}

}  // namespace

std::string destination_words(const std::optional<PlannedShelter>& planned, const LiveWay* today,
                              const std::optional<Position>& home, const DestinationFacts& facts) {
  std::optional<PlannedShelter> to = planned;
  if (today != nullptr && !today->as_planned) {
    if (today->shelter.empty()) {
      return staying_words(today->stay);
    }
    to = PlannedShelter{today->shelter, today->shelter_name};
  }
  const bool some_open =
      std::ranges::any_of(facts.board, [](const auto& opening) { return opening.open; });
  if (!to || !some_open) {
    return to ? to->name : std::string();
  }
  const ShelterOpening* opening = opening_of(facts, to->id);
  if (opening != nullptr && opening->open) {
    return to->name + "（開設中）";
  }
  const std::string state = opening != nullptr ? "閉じました" : "まだ開いていません";
  std::string names;
  for (const Shelter* shelter : opened(facts, home)) {
    names += (names.empty() ? "" : "、") + shelter->name;
  }
  return names.empty() ? to->name + "（" + state + "）"
                       : "開設中の " + names + "（予定の" + to->name + "は" + state + "）";
}

}  // namespace registry
