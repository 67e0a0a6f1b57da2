// SPDX-License-Identifier: Apache-2.0
#include "datagen/random.hpp"

#include <numeric>

namespace datagen {

Random::Random(std::uint64_t seed, std::string_view purpose) : state_(seed) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : purpose) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  state_ = next() ^ hash;
}

std::uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

double Random::unit() {
  return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

double Random::real(double low, double high) {
  return low + (high - low) * unit();
}

int Random::whole(int low, int high) {
  return low + static_cast<int>(index(static_cast<std::size_t>(high - low) + 1));
}

std::size_t Random::index(std::size_t count) {
  // The bias of the modulus is count / 2^64: nothing for a town.
  return static_cast<std::size_t>(next() % count);
}

bool Random::chance(double share) {
  return unit() < share;
}

std::size_t Random::weighted(std::span<const double> weights) {
  double left = unit() * std::accumulate(weights.begin(), weights.end(), 0.0);
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0) {
      continue;
    }
    last = i;
    if (left < weights[i]) {
      return i;
    }
    left -= weights[i];
  }
  return last;
}

}  // namespace datagen
