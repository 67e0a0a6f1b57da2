// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace route {

/// Four random words as a pure function of a counter and a key: Philox 4x32 with ten rounds
/// (Salmon, Moraes, Dror and Shaw, Parallel Random Numbers: As Easy as 1, 2, 3, 2011). There is no
/// state, so whoever asks in whatever order, on however many threads, gets the same.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                                            std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t kFirst = 0xD2511F53;
  constexpr std::uint64_t kSecond = 0xCD9E8D57;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = kFirst * counter[0];
    const std::uint64_t b = kSecond * counter[2];
    counter = {
        static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
        static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key = {key[0] + 0x9E3779B9, key[1] + 0xBB67AE85};
  }
  return counter;
}

/// What a random number is about; numbers of different kinds have nothing to do with each other.
enum class Chance : std::uint32_t {
  RoadBlocked,       ///< whether a road is blocked
  RubblePlace,       ///< where on the road, as a share of its length
  PersonHears,       ///< whether and when the channels of warning reach a person
  PersonActs,        ///< refusal, late start and by how much, preparation
  PersonBoards,      ///< loading
  SupporterHears,    ///< as of people
  SupporterActs,     ///< late start and by how much, preparation
  SupporterIsThere,  ///< whether a supporter can come
  PersonIsHome       ///< whether a person is at home at all
};

/// The random numbers of one kind in one scenario, by id.
struct CountedRandom {
  std::uint64_t seed = 0;
  std::uint32_t scenario = 0;
  Chance kind = Chance::RoadBlocked;
  std::uint32_t part = 0;  ///< where four numbers for an id are too few

  /// Those of the ids 4 · block to 4 · block + 3.
  [[nodiscard]] constexpr std::array<std::uint32_t, 4> four(std::uint32_t block) const {
    return philox({block, static_cast<std::uint32_t>(kind), scenario, part},
                  {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
  }
  [[nodiscard]] constexpr std::uint32_t operator()(std::uint32_t id) const {
    return four(id / 4)[id % 4];
  }
};

}  // namespace route
