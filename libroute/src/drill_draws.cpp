// SPDX-License-Identifier: Apache-2.0
#include "drill_draws.hpp"

#include <algorithm>
#include <cmath>

namespace route {
namespace {

std::uint64_t in_32_bits(double share) {
  return static_cast<std::uint64_t>(std::llround(share * static_cast<double>(kCertain)));
}

/// When the first channel that reaches somebody does. Two numbers per channel: a block of four
/// serves two of them.
Weight first_channel(const BehaviourTable& behaviour, CountedRandom random, std::uint32_t number) {
  Weight first = kInfinity;
  std::array<std::uint32_t, 4> four{};
  for (std::size_t i = 0; i < behaviour.channels.size(); ++i) {
    if (i % 2 == 0) {
      random.part = static_cast<std::uint32_t>(i / 2);
      four = random.four(number);
    }
    const BehaviourTable::Channel& channel = behaviour.channels[i];
    if (four[i % 2 * 2] < channel.reach) {
      first = std::min(first, channel.delay(four[i % 2 * 2 + 1]));
    }
  }
  return first;
}

}  // namespace

DelayTable::DelayTable(const DrillDelay& delay) {
  points_.reserve(delay.size());
  for (const DelayPoint& point : delay) {
    points_.push_back({in_32_bits(point.share), point.delay});
  }
}

Weight DelayTable::operator()(std::uint32_t share) const {
  if (points_.empty()) {
    return 0;
  }
  const auto above =
      std::ranges::find_if(points_, [share](const Point& point) { return point.share > share; });
  if (above == points_.begin()) {
    return above->delay;
  }
  const Point& low = *(above - 1);
  if (above == points_.end()) {
    return low.delay;
  }
  const std::uint64_t rise = above->delay - low.delay;
  return low.delay + static_cast<Weight>(rise * (share - low.share) / (above->share - low.share));
}

BehaviourTable::BehaviourTable(const DrillBehaviour& behaviour)
    : refuses(in_32_bits(behaviour.refuses)),
      starts_late(in_32_bits(behaviour.starts_late)),
      at_home(in_32_bits(behaviour.at_home)),
      available(in_32_bits(behaviour.available)),
      late_by(behaviour.late_by),
      preparation(behaviour.preparation),
      loading(behaviour.loading) {
  channels.reserve(behaviour.channels.size());
  for (const DrillChannel& channel : behaviour.channels) {
    channels.push_back({in_32_bits(channel.reach), DelayTable(channel.delay)});
  }
}

PersonDraw RunNumbers::person(const BehaviourTable& behaviour, std::uint32_t number) const {
  PersonDraw draw;
  draw.hears = first_channel(behaviour, {seed, run, Chance::PersonHears}, number);
  const auto acts = CountedRandom{seed, run, Chance::PersonActs}.four(number);
  draw.refuses = acts[0] < behaviour.refuses;
  draw.late = acts[1] < behaviour.starts_late;
  draw.getting_ready =
      add(draw.late ? behaviour.late_by(acts[2]) : 0, behaviour.preparation(acts[3]));
  draw.loading = behaviour.loading(CountedRandom{seed, run, Chance::PersonBoards}(number));
  draw.away = behaviour.at_home < kCertain &&
              CountedRandom{seed, run, Chance::PersonIsHome}(number) >= behaviour.at_home;
  return draw;
}

SupporterDraw RunNumbers::supporter(const BehaviourTable& behaviour, std::uint32_t number) const {
  SupporterDraw draw;
  draw.available = CountedRandom{seed, run, Chance::SupporterIsThere}(number) < behaviour.available;
  draw.hears = first_channel(behaviour, {seed, run, Chance::SupporterHears}, number);
  const auto acts = CountedRandom{seed, run, Chance::SupporterActs}.four(number);
  const bool late = acts[1] < behaviour.starts_late;
  draw.getting_ready = add(late ? behaviour.late_by(acts[2]) : 0, behaviour.preparation(acts[3]));
  return draw;
}

}  // namespace route
