// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

/// A few roads with everything the importer looks at, as OSM XML.
[[nodiscard]] std::string small_town_xml();

/// Keys and values that mean something.
[[nodiscard]] std::vector<std::string> osm_words();

/// Imports roads and turn restrictions and uses them.
void import_town(std::string_view bytes, const std::string& ending);

}  // namespace fuzz
