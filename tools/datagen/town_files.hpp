// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "datagen/streets.hpp"
#include "datagen/town_plan.hpp"

namespace datagen {

/// The streets as OpenStreetMap PBF, with railway and river, without metadata.
void write_roads(const std::filesystem::path& file, const TownPlan& plan, const StreetNet& net,
                 std::uint64_t seed);

/// Heights as GeoTIFF: EPSG:6668, 0.2 seconds (about 5 m), float32, steps of a centimetre.
void write_terrain(const std::filesystem::path& file, const TownPlan& plan);

/// Flood and landslide zones as GeoJSON with `kind`, `rank`, `arrival_min`.
[[nodiscard]] std::string hazards_text(const TownPlan& plan);

/// Writes the bytes. Throws `std::runtime_error` naming the file when it cannot.
void write_file(const std::filesystem::path& file, std::string_view bytes);
/// Throws `std::runtime_error` naming the file when it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

}  // namespace datagen
