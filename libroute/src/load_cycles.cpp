// SPDX-License-Identifier: Apache-2.0
#include "load_cycles.hpp"

#include <algorithm>
#include <set>

namespace route {

LoadCycles::LoadCycles(HouseholdSeating& seating)
    : seating_(seating), table_(seating), loads_(table_.loads()) {}

bool LoadCycles::on_path(std::size_t place, std::size_t depth, std::uint32_t at) const {
  for (std::size_t back = depth + 1; back-- > 0; at = labels_[back][at].before) {
    if (place_of(at) == place) {
      return true;
    }
  }
  return false;
}

void LoadCycles::clear(std::size_t most_moves) {
  labels_.resize(most_moves, std::vector<Label>(loads_.size() * (seating_.outside() + 1)));
  frontier_.resize(most_moves);
  for (std::size_t depth = 0; depth < most_moves; ++depth) {
    for (const std::uint32_t at : frontier_[depth]) {
      labels_[depth][at] = {};
    }
    frontier_[depth].clear();
  }
}

void LoadCycles::reach(std::size_t depth, std::uint32_t at, const Label& label) {
  if (labels_[depth][at].cost == kNever) {
    frontier_[depth].push_back(at);
  }
  labels_[depth][at] = label;
}

/// The last load fits in, or a load goes back to where the first has left.
void LoadCycles::close(const Start& start, std::size_t depth, std::uint32_t at, End& best) const {
  const std::size_t place = place_of(at);
  const std::uint32_t carried = loads_[at % loads_.size()];
  const std::uint32_t free = seating_.free(place);
  const Cost so_far = labels_[depth][at].cost;
  if (carried <= free && so_far < best.cost) {
    best = {so_far, depth + 1, at, loads_.size()};
  }
  for (std::size_t load = 0; load < loads_.size(); ++load) {
    const Cost extra = table_.extra(place, load)[start.place];
    if (extra < kNever && carried <= free + loads_[load] &&
        loads_[load] <= seating_.free(start.place) + start.seats && so_far + extra < best.cost) {
      best = {so_far + extra, depth + 1, at, load};
    }
  }
}

void LoadCycles::extend_from(const Start& start, std::size_t depth, std::uint32_t at, End& best) {
  const std::size_t place = place_of(at);
  const std::uint32_t carried = loads_[at % loads_.size()];
  const Cost so_far = labels_[depth][at].cost;
  close(start, depth, at, best);
  if (depth + 1 >= labels_.size()) {
    return;
  }
  for (std::size_t load = 0; load < loads_.size(); ++load) {
    if (carried > seating_.free(place) + loads_[load]) {
      continue;
    }
    const Cost* const extra = table_.extra(place, load);
    steps_ += seating_.outside() + 1;
    for (std::size_t to = 0; to <= seating_.outside(); ++to) {
      const Cost through = so_far + extra[to];
      if (through < start.below && through < labels_[depth + 1][state(to, load)].cost &&
          to != start.place && !on_path(to, depth, at)) {
        reach(depth + 1, state(to, load), {through, at});
      }
    }
  }
}

void LoadCycles::extend(const Start& start, End& best) {
  for (std::size_t depth = 0; depth < labels_.size(); ++depth) {
    for (const std::uint32_t at : frontier_[depth]) {
      extend_from(start, depth, at, best);
    }
  }
}

std::vector<std::uint32_t> LoadCycles::path_to(const End& end) const {
  std::vector<std::uint32_t> path;
  std::uint32_t at = end.state;
  for (std::size_t depth = end.moves; depth-- > 0; at = labels_[depth][at].before) {
    path.push_back(at);
  }
  std::ranges::reverse(path);
  return path;
}

void LoadCycles::add_bundle(std::size_t from, std::size_t load, std::size_t to,
                            std::vector<HouseholdMove>& moves) const {
  const Bundle& bundle = table_.bundle(from, load, to);
  for (const std::uint32_t person : {bundle.first, bundle.second}) {
    if (person != Bundle::kNobody) {
      moves.push_back({person, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
    }
  }
}

/// The moves along the path from the start, whose first one the caller may already have.
std::vector<HouseholdMove> LoadCycles::moves_of(std::size_t start, const End& end,
                                                std::vector<HouseholdMove> moves) const {
  const bool has_first = !moves.empty();
  std::size_t from = start;
  for (const std::uint32_t at : path_to(end)) {
    if (from != start || !has_first) {
      add_bundle(from, at % loads_.size(), place_of(at), moves);
    }
    from = place_of(at);
  }
  if (end.closing_load < loads_.size()) {
    add_bundle(from, end.closing_load, start, moves);
  }
  return moves;
}

void LoadCycles::carry_out(const std::vector<HouseholdMove>& moves) {
  std::set<std::size_t> touched;
  bool needs_change = false;
  const auto note_need = [&](const HouseholdMove& move) {
    needs_change = needs_change || !seating_.has_place(move.person, move.from) ||
                   !seating_.has_place(move.person, move.to);
  };
  for (const HouseholdMove& move : moves) {
    note_need(move);  // a full place that is left
    seating_.move(move.person, move.to);
    note_need(move);  // a place taken that was the last
    touched.insert({move.from, move.to});
  }
  for (std::size_t place = 0; place <= seating_.outside(); ++place) {
    if (needs_change || touched.contains(place)) {
      table_.refresh(seating_, place);
      steps_ += (seating_.members(place).size() + loads_.size()) * (seating_.outside() + 1);
    }
  }
}

bool LoadCycles::improve(std::size_t start, std::size_t most_moves) {
  End best;
  std::vector<HouseholdMove> moves;
  for (std::size_t load = 0; load < loads_.size(); ++load) {
    clear(most_moves);
    const Cost* const extra = table_.extra(start, load);
    for (std::size_t to = 0; to <= seating_.outside(); ++to) {
      if (extra[to] < 0) {
        reach(0, state(to, load), {extra[to], kNone});
      }
    }
    const Cost before = best.cost;
    extend({start, loads_[load], 0}, best);
    if (best.cost < before) {
      moves = moves_of(start, best, {});
    }
  }
  carry_out(moves);
  return !moves.empty();
}

std::optional<LoadCycle> LoadCycles::cheapest_with(std::uint32_t person, std::size_t to,
                                                   std::size_t most_moves) {
  const std::size_t from = seating_.place_of(person);
  const Cost there = seating_.cost(person, to);
  if (there == kNever || !seating_.has_place(person, to)) {
    return std::nullopt;
  }
  clear(most_moves);
  const std::uint32_t seats = seating_.seats(person);
  const auto load = std::ranges::find(loads_, seats) - loads_.begin();
  reach(0, state(to, static_cast<std::size_t>(load)), {there - seating_.cost(person, from), kNone});
  End best{.cost = kNever};
  extend({from, seats, kNever / 2}, best);
  if (best.state == kNone) {
    return std::nullopt;
  }
  const HouseholdMove first{person, static_cast<std::uint32_t>(from),
                            static_cast<std::uint32_t>(to)};
  return LoadCycle{best.cost, moves_of(from, best, {first})};
}

}  // namespace route
