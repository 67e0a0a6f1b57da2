// SPDX-License-Identifier: Apache-2.0
#include "shelter_merge.hpp"

#include <cmath>
#include <numbers>

#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

constexpr double kSamePlaceM = 100;
constexpr double kMetresPerDegree = 111'195;  // of a great circle, mean Earth radius

/// Good to a few parts in a thousand over the distances compared here.
double distance_m(Position a, Position b) {
  const double middle = (a.lat + b.lat) / 2 * std::numbers::pi / 180;
  return kMetresPerDegree * std::hypot(a.lat - b.lat, (a.lon - b.lon) * std::cos(middle));
}

void take_text(std::string& stored, const std::string& row, bool replace) {
  if (!row.empty() && (replace || stored.empty())) {
    stored = row;
  }
}

/// What the row says counts; what it does not say stays.
template <class Value>
void take(std::optional<Value>& stored, const std::optional<Value>& row) {
  if (row) {
    stored = row;
  }
}

}  // namespace

std::optional<FoundShelter> find_shelter(const std::vector<Shelter>& stored, const Shelter& row) {
  const std::string name = normalized_code(row.name);
  std::optional<FoundShelter> best;
  double best_distance = kSamePlaceM;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const double distance = distance_m(stored[i].position, row.position);
    const bool same_number = !row.common_id.empty() && stored[i].common_id == row.common_id;
    const bool near = distance <= kSamePlaceM;
    if (!same_number && !near) {
      continue;
    }
    const bool same_name = normalized_code(stored[i].name) == name;
    if (same_number && (near || same_name)) {
      return FoundShelter{.index = i, .match = ShelterMatch::SameNumber};
    }
    if (same_name && distance <= best_distance) {
      best = FoundShelter{.index = i, .match = ShelterMatch::SameName};
      best_distance = distance;
    }
  }
  return best;
}

Shelter merged(const Shelter& stored, const Shelter& row, ShelterMatch match) {
  const bool replace = match == ShelterMatch::SameNumber;
  Shelter result = stored;
  take_text(result.common_id, row.common_id, replace);
  take_text(result.name, row.name, replace);
  take_text(result.name_kana, row.name_kana, replace);
  take_text(result.address, row.address, replace);
  take_text(result.phone, row.phone, replace);
  if (replace) {
    result.position = row.position;
  }
  result.kinds = {
      .emergency_site = stored.kinds.emergency_site || row.kinds.emergency_site,
      .shelter = stored.kinds.shelter || row.kinds.shelter,
      .designated_welfare = stored.kinds.designated_welfare || row.kinds.designated_welfare,
      .agreement_welfare = stored.kinds.agreement_welfare || row.kinds.agreement_welfare,
      .gathering_point = stored.kinds.gathering_point || row.kinds.gathering_point};
  if (row.rated) {
    result.suited = row.suited;
    result.rated = true;
  }
  if (row.kinds.welfare() || !stored.kinds.welfare()) {
    result.arrival = row.arrival;
  }
  if (!row.acceptance.empty()) {
    result.acceptance = row.acceptance;
  }
  take(result.capacity, row.capacity);
  for (std::size_t i = 0; i < kEquipmentKinds; ++i) {
    take(result.equipment.at(i), row.equipment.at(i));
  }
  for (std::size_t i = 0; i < kNeedClasses; ++i) {
    take(result.need_limit.at(i), row.need_limit.at(i));
  }
  take(result.companion_limit, row.companion_limit);
  take(result.opens_after_min, row.opens_after_min);
  return result;
}

bool same_content(const Shelter& a, const Shelter& b) {
  return a.common_id == b.common_id && a.name == b.name && a.name_kana == b.name_kana &&
         a.address == b.address && a.phone == b.phone && a.position == b.position &&
         a.kinds == b.kinds && a.suited == b.suited && a.rated == b.rated &&
         a.arrival == b.arrival && a.acceptance == b.acceptance && a.capacity == b.capacity &&
         a.equipment == b.equipment && a.need_limit == b.need_limit &&
         a.companion_limit == b.companion_limit && a.opens_after_min == b.opens_after_min;
}

}  // namespace registry
