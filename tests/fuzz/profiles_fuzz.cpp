// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "fuzz_target.hpp"
#include "route/error.hpp"
#include "route/mobility_profile.hpp"
#include "route/random_roads.hpp"

namespace {

/// Whatever a file says, somebody moves at a speed that is a speed, or does not move.
void use(const route::MobilityProfile& profile) {
  for (std::uint8_t kind = 0; kind <= static_cast<std::uint8_t>(route::RoadClass::Unknown);
       ++kind) {
    for (const std::int16_t slope : {std::int16_t{-32767}, std::int16_t{-80}, std::int16_t{0},
                                     std::int16_t{55}, std::int16_t{32767}}) {
      route::Road road;
      road.road_class = static_cast<route::RoadClass>(kind);
      road.slope_permille = slope;
      for (const bool bad : {false, true}) {
        const auto pace = route::pace(profile, road, true, {bad, bad});
        fuzz::require(
            pace.ban != route::Ban::None || (std::isfinite(pace.speed_mps) && pace.speed_mps > 0),
            "a speed is positive");
      }
    }
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::accepts<route::InputError>([&] {
    for (const auto& profile : route::parse_profiles(fuzz::text_of(data, size))) {
      use(profile);
    }
  });
  return 0;
}

fuzz::Material fuzz::material() {
  std::string all = read_file(std::string(TOMONI_SOURCE_DIR) + "/data/rules/profiles.toml");
  const std::size_t first = all.find("[[profile]]");
  const std::size_t second = all.find("[[profile]]", first + 1);
  return {{all, all.substr(first, second - first)},
          {"value = ",
           "source = \"x\"",
           "[[profile]]",
           "nan",
           "inf",
           "-0.0",
           "0x7fffffffffffffff",
           "[[",
           "]]",
           "{",
           "}",
           "\"none\"",
           "\"\"\"",
           "1979-05-27T07:32:00Z",
           "\\u0000",
           "= 1e308",
           "\"banned\"",
           "\"with_helpers\"",
           "true",
           "\xff"}};
}
