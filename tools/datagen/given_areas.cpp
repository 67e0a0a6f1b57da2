// SPDX-License-Identifier: Apache-2.0
#include "datagen/given_areas.hpp"

#include "datagen/geojson.hpp"

namespace datagen {

std::string given_areas_text(const std::vector<registry::Area>& areas) {
  std::vector<Feature> features;
  for (const registry::Area& area : areas) {
    Feature feature{
        {{"区分", "町丁目"}, {"コード", area.code}, {"名称", area.name}, {"親コード", area.parent}},
        area.rings};
    if (area.population) {
      feature.properties["population"] = std::to_string(*area.population);
    }
    features.push_back(std::move(feature));
  }
  return feature_collection(features);
}

}  // namespace datagen
