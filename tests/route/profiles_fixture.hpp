// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "route/mobility_profile.hpp"

namespace support {

inline std::string text_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The profiles the project ships.
inline const std::vector<route::MobilityProfile>& shipped_profiles() {
  static const auto profiles =
      route::parse_profiles(text_of(std::string(TOMONI_SOURCE_DIR) + "/data/rules/profiles.toml"));
  return profiles;
}

inline const route::MobilityProfile& shipped(std::string_view name) {
  return route::profile_named(shipped_profiles(), name);
}

}  // namespace support
