// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "gdal_handles.hpp"
#include "route/hazard.hpp"

namespace route {

/// The wet cells of the first band as polygons with `kind` and `depth_cm`, in the raster's own
/// coordinates, as `import_hazards` reads them. Throws `InputError`.
[[nodiscard]] DatasetHandle depth_polygons(const std::filesystem::path& file, HazardKind kind);

}  // namespace route
