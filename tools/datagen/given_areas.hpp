// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/area.hpp"

namespace datagen {

/// The areas as GeoJSON with the property names of docs/file_formats.md, all of them 町丁目.
[[nodiscard]] std::string given_areas_text(const std::vector<registry::Area>& areas);

}  // namespace datagen
