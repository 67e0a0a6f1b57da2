// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

namespace datagen {

struct SampleRequest {
  int people = 3000;  ///< residents, 1 to 1,000,000
  std::uint64_t seed = 1;
  /// GeoJSON of real small areas with population: people (only) are invented on these polygons
  /// in proportion to it, instead of on a fictional town.
  std::optional<std::filesystem::path> areas;
};

/// Writes a fictional town (or, on given areas, its people) as the files a city would bring.
/// Same request, same bytes. Nobody in it exists. Throws `std::invalid_argument` for a request out
/// of range and `std::runtime_error` when a file cannot be read or written.
void write_sample(const std::filesystem::path& dir, const SampleRequest& request,
                  const std::function<void(std::string_view step)>& progress);

}  // namespace datagen
