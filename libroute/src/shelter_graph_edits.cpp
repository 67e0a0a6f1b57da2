// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "route/error.hpp"
#include "shelter_graph.hpp"

// Each edit as changes of single arcs, each followed by one shortest path.

namespace route {

/// A new seat wanted: the cheapest chain from it to a free seat, or to somebody outside.
void ShelterGraph::insert(std::uint32_t unit) {
  const Unit& entering = units_[unit];
  clear_labels();
  label_[ground_] = entering.outside;
  via_[ground_] = {kStart, kNobody};
  for (std::size_t shelter = 0; shelter < problem_.shelters(); ++shelter) {
    const Cost enter = cost(entering, shelter);
    if (enter < kNever) {
      const std::size_t at = node(entering.layer, shelter);
      label_[at] = enter + price_[at];
      via_[at] = {kStart, kNobody};
      if (at < problem_.shelters() && has_room(at)) {  // nobody need move on
        relax_arc(at, ground_);
      }
    }
  }
  search(ground_, kUnreached);
  update_prices(label_[ground_]);
  const std::size_t begin = shift_along(ground_);
  sit(unit, begin == ground_ ? outside() : begin % problem_.shelters());
}

/// The place for the need falls free first, while the seat still counts as taken; then the seat.
void ShelterGraph::remove(std::uint32_t unit) {
  const std::size_t layer = units_[unit].layer;
  const std::size_t shelter = units_[unit].place;
  leave(unit);
  if (shelter == outside()) {
    return;
  }
  if (layer > 0) {
    ++used_[shelter];
    fill(node(0, shelter), node(layer, shelter));
    --used_[shelter];
  }
  fill(ground_, node(0, shelter));
}

/// One unit too many in `source`, one too few in `target`.
void ShelterGraph::push(std::size_t source, std::size_t target) {
  clear_labels();
  label_[source] = 0;
  via_[source] = {kStart, kNobody};
  search(target, kUnreached);
  update_prices(label_[target]);
  shift_along(target);
}

/// The arc target -> source, without cost, has become usable. True when that changed the seating.
bool ShelterGraph::fill(std::size_t source, std::size_t target) {
  const Cost gain = price_[target] - price_[source];
  if (gain <= 0) {
    return false;
  }
  clear_labels();
  label_[source] = 0;
  via_[source] = {kStart, kNobody};
  search(target, gain);
  const bool better = label_[target] < gain;
  update_prices(std::min(label_[target], gain));
  if (better) {
    shift_along(target);
  }
  return better;
}

std::size_t ShelterGraph::add_person(std::span<const Weight> costs, const Party& party) {
  TOMONI_EXPECT(costs.size() == problem_.shelters() && party.seats > 0);
  problem_.costs.insert(problem_.costs.end(), costs.begin(), costs.end());
  problem_.parties.push_back(party);
  add_units(problem_.people() - 1);
  return problem_.people() - 1;
}

void ShelterGraph::remove_person(std::size_t person) {
  TOMONI_EXPECT(person < problem_.people());
  for (const Unit& unit : units_of(person)) {
    remove(static_cast<std::uint32_t>(&unit - units_.data()));
  }
  problem_.parties[person].seats = 0;
}

void ShelterGraph::set_costs(std::size_t person, std::span<const Weight> costs) {
  TOMONI_EXPECT(person < problem_.people() && costs.size() == problem_.shelters());
  for (const Unit& unit : units_of(person)) {
    remove(static_cast<std::uint32_t>(&unit - units_.data()));
  }
  std::ranges::copy(costs,
                    problem_.costs.begin() + static_cast<std::ptrdiff_t>(person * costs.size()));
  for (const Unit& unit : units_of(person)) {
    insert(static_cast<std::uint32_t>(&unit - units_.data()));
  }
}

void ShelterGraph::set_capacity(std::size_t shelter, std::uint32_t seats) {
  TOMONI_EXPECT(shelter < problem_.shelters());
  std::uint32_t& capacity = problem_.capacity[shelter];
  while (capacity < seats) {
    const bool was_full = used_[shelter] == capacity;
    ++capacity;
    if (!was_full || !fill(ground_, node(0, shelter))) {
      capacity = seats;  // a seat nobody wants: nor the others
    }
  }
  capacity = seats;
  while (used_[shelter] > capacity) {
    push(node(0, shelter), ground_);
  }
}

void ShelterGraph::set_places(std::size_t shelter, std::uint8_t need, std::uint32_t places) {
  TOMONI_EXPECT(shelter < problem_.shelters() && need > 0 && need < layers_.size());
  for (NeedLimit& limit : problem_.limits) {
    limit.places = limit.shelter == shelter && limit.need == need ? places : limit.places;
  }
  Layer& layer = layers_[need];
  while (layer.limit[shelter] < places) {
    const bool was_full = members(need, shelter) == layer.limit[shelter];
    ++layer.limit[shelter];
    if (!was_full || !fill(node(0, shelter), node(need, shelter))) {
      layer.limit[shelter] = places;
    }
  }
  layer.limit[shelter] = places;
  while (members(need, shelter) > places) {
    push(node(need, shelter), node(0, shelter));
  }
}

void ShelterGraph::force(std::size_t person, std::size_t shelter) {
  TOMONI_EXPECT(person < problem_.people() && problem_.parties[person].seats == 1);
  std::vector<Weight> only(problem_.shelters(), kInfinity);
  only[shelter] = problem_.cost(person, shelter);
  Unit& unit = units_[first_unit_[person]];
  remove(static_cast<std::uint32_t>(first_unit_[person]));
  unit.outside = kForced;
  std::ranges::copy(only,
                    problem_.costs.begin() + static_cast<std::ptrdiff_t>(person * only.size()));
  insert(static_cast<std::uint32_t>(first_unit_[person]));
}

}  // namespace route
