// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "registry/area.hpp"

namespace datagen {

/// One feature of polygons: closed rings, even-odd rule.
struct Feature {
  nlohmann::ordered_json properties;
  std::vector<std::vector<registry::Position>> rings;
};

/// RFC 7946 text, one feature per line, coordinates with 7 decimals at most.
[[nodiscard]] std::string feature_collection(const std::vector<Feature>& features);

}  // namespace datagen
