// SPDX-License-Identifier: Apache-2.0
#include "shelter_graph.hpp"

#include <algorithm>
#include <utility>

#include "route/error.hpp"

namespace route {

ShelterGraph::ShelterGraph(SeatingProblem problem) : problem_(std::move(problem)) {
  const std::size_t shelters = problem_.shelters();
  const std::size_t places = shelters + 1;
  layers_.resize(problem_.limited_needs() + 1U);
  for (Layer& layer : layers_) {
    layer.limit.assign(shelters, kUnlimited);
    layer.members.resize(places);
    layer.extra.assign(places * places, kNever);
    layer.mover.assign(places * places, kNobody);
  }
  for (const NeedLimit& limit : problem_.limits) {
    TOMONI_EXPECT(limit.need > 0 && limit.shelter < shelters);
    layers_[limit.need].limit[limit.shelter] = limit.places;
  }
  ground_ = layers_.size() * shelters;
  used_.assign(shelters, 0);
  price_.assign(ground_ + 1, 0);
  label_.assign(ground_ + 1, kUnreached);
  via_.assign(ground_ + 1, {kStart, kNobody});
  settled_.assign(ground_ + 1, 0);
  for (std::size_t person = 0; person < problem_.people(); ++person) {
    add_units(person);
  }
}

void ShelterGraph::add_units(std::size_t person) {
  constexpr std::size_t kMostNodes = std::size_t{1} << 16;  // keeps all sums below kForced
  TOMONI_EXPECT(ground_ < kMostNodes);
  const Party& party = problem_.parties[person];
  const Cost without = (Cost{party.precedence} + 1) * (static_cast<Cost>(ground_) + 2) * kInfinity;
  first_unit_.push_back(units_.size());
  for (std::uint32_t seat = 0; seat < party.seats; ++seat) {
    const std::uint32_t layer = seat == 0 && party.need < layers_.size() ? party.need : 0;
    units_.push_back({static_cast<std::uint32_t>(person), layer, kNobody, 0, without});
    insert(static_cast<std::uint32_t>(units_.size() - 1));
  }
}

Cost ShelterGraph::cost(const Unit& unit, std::size_t place) const {
  if (place == outside()) {
    return unit.outside;
  }
  const Weight weight = problem_.cost(unit.person, place);
  return weight < kInfinity ? Cost{weight} : kNever;
}

void ShelterGraph::consider(Layer& layer, std::size_t place, const Member& member, std::size_t to) {
  const Cost there =
      to == outside() ? units_[member.unit].outside : Cost{problem_.cost(member.person, to)};
  const Cost more = there - member.now;
  const std::size_t entry = place * (problem_.shelters() + 1) + to;
  Cost& least = layer.extra[entry];
  if (there != kInfinity && to != place &&
      (more < least || (more == least && member.unit < layer.mover[entry]))) {
    least = more;
    layer.mover[entry] = member.unit;
  }
}

void ShelterGraph::sit(std::uint32_t unit, std::size_t place) {
  Unit& sitting = units_[unit];
  Layer& layer = layers_[sitting.layer];
  auto& members = layer.members[place];
  sitting.place = static_cast<std::uint32_t>(place);
  sitting.slot = static_cast<std::uint32_t>(members.size());
  members.push_back({unit, sitting.person, cost(sitting, place)});
  if (place != outside()) {
    ++used_[place];
  }
  for (std::size_t to = 0; to <= problem_.shelters(); ++to) {
    consider(layer, place, members.back(), to);
  }
}

void ShelterGraph::leave(std::uint32_t unit) {
  Unit& leaving = units_[unit];
  Layer& layer = layers_[leaving.layer];
  const std::size_t place = std::exchange(leaving.place, kNobody);
  auto& members = layer.members[place];
  units_[members.back().unit].slot = leaving.slot;
  members[leaving.slot] = members.back();
  members.pop_back();
  if (place != outside()) {
    --used_[place];
  }
  const std::uint32_t twin = twin_of(leaving, place);
  columns_.clear();
  const std::size_t row = place * (problem_.shelters() + 1);
  for (std::size_t to = 0; to <= problem_.shelters(); ++to) {
    if (layer.mover[row + to] == unit) {
      layer.mover[row + to] = twin;
      columns_.push_back(static_cast<std::uint32_t>(to));
    }
  }
  if (twin == kNobody) {
    find_movers(layer, place);
  }
}

/// Another seat of the same person at the same place: as good a mover.
std::uint32_t ShelterGraph::twin_of(const Unit& one, std::size_t place) const {
  const std::size_t first = first_unit_[one.person];
  const std::size_t end = std::min(first + problem_.parties[one.person].seats, units_.size());
  for (std::size_t other = first; other < end; ++other) {
    if (units_[other].layer == one.layer && units_[other].place == place) {
      return static_cast<std::uint32_t>(other);
    }
  }
  return kNobody;
}

/// The cheapest movers from a place, anew, to the destinations in `columns_`.
void ShelterGraph::find_movers(Layer& layer, std::size_t place) {
  for (const std::uint32_t to : columns_) {
    layer.extra[place * (problem_.shelters() + 1) + to] = kNever;
  }
  for (const Member& member : layer.members[place]) {
    for (const std::uint32_t to : columns_) {
      consider(layer, place, member, to);
    }
  }
}

void ShelterGraph::clear_labels() {
  std::ranges::fill(label_, kUnreached);
}

/// Dijkstra from the labels set so far until the target is settled or nothing below the limit is
/// left. The target is taken first among equals, so that nobody moves for nothing.
void ShelterGraph::search(std::size_t target, Cost limit) {
  std::ranges::fill(settled_, std::uint8_t{0});
  while (true) {
    std::size_t next = target;
    Cost least = std::min(label_[target], limit);
    for (std::size_t at = 0; at < label_.size(); ++at) {
      if (label_[at] < least && settled_[at] == 0) {
        least = label_[at];
        next = at;
      }
    }
    if (next == target) {
      return;
    }
    settled_[next] = 1;
    relax(next);
  }
}

void ShelterGraph::relax(std::size_t from) {
  const std::size_t shelters = problem_.shelters();
  if (from == ground_) {
    for (const Layer& layer : layers_) {
      relax_moves(from, layer, shelters);
    }
    for (std::size_t shelter = 0; shelter < shelters; ++shelter) {
      relax_arc(from, node(0, shelter));
    }
    return;
  }
  const std::size_t layer = from / shelters;
  const std::size_t shelter = from % shelters;
  relax_moves(from, layers_[layer], shelter);
  if (layer > 0) {
    if (members(layer, shelter) < places(layer, shelter)) {
      relax_arc(from, node(0, shelter));
    }
    return;
  }
  if (has_room(shelter)) {
    relax_arc(from, ground_);
  }
  for (std::size_t need = 1; need < layers_.size(); ++need) {
    if (members(need, shelter) > 0) {
      relax_arc(from, node(need, shelter));
    }
  }
}

void ShelterGraph::relax_moves(std::size_t from, const Layer& layer, std::size_t place) {
  const std::size_t shelters = problem_.shelters();
  const std::size_t first = static_cast<std::size_t>(&layer - layers_.data()) * shelters;
  const std::size_t row = place * (shelters + 1);
  const Cost base = label_[from] - price_[from];
  for (std::size_t to = 0; to < shelters; ++to) {
    const Cost through = base + layer.extra[row + to] + price_[first + to];
    if (through < label_[first + to]) {
      label_[first + to] = through;
      via_[first + to] = {static_cast<std::uint32_t>(from), layer.mover[row + to]};
    }
  }
  const Cost through = base + layer.extra[row + shelters];
  if (through < label_[ground_]) {
    label_[ground_] = through;
    via_[ground_] = {static_cast<std::uint32_t>(from), layer.mover[row + shelters]};
  }
}

void ShelterGraph::relax_arc(std::size_t from, std::size_t to) {
  const Cost through = label_[from] - price_[from] + price_[to];
  if (through < label_[to]) {
    label_[to] = through;
    via_[to] = {static_cast<std::uint32_t>(from), kNobody};
  }
}

/// Labels beyond the distance need not be final: they count as the distance.
void ShelterGraph::update_prices(Cost distance) {
  const Cost ground = std::min(label_[ground_], distance);
  for (std::size_t at = 0; at < price_.size(); ++at) {
    price_[at] += ground - std::min(label_[at], distance);
  }
}

/// Moves everybody on the path that ends here; returns where it begins.
std::size_t ShelterGraph::shift_along(std::size_t end) {
  std::vector<std::pair<std::uint32_t, std::size_t>> moves;
  std::size_t at = end;
  for (; via_[at].from != kStart; at = via_[at].from) {
    if (via_[at].unit != kNobody) {
      moves.emplace_back(via_[at].unit, at == ground_ ? outside() : at % problem_.shelters());
    }
  }
  for (const auto& [unit, place] : moves) {
    leave(unit);
    sit(unit, place);
  }
  return at;
}

}  // namespace route
