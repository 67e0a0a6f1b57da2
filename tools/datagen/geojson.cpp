// SPDX-License-Identifier: Apache-2.0
#include "datagen/geojson.hpp"

#include "registry/area.hpp"

namespace datagen {
namespace {

using Ring = std::vector<registry::Position>;
using nlohmann::ordered_json;

bool inside(const Ring& inner, const Ring& outer) {
  registry::Area area;
  area.rings = {outer};
  return registry::contains(area, inner.front());
}

ordered_json coordinates(const Ring& ring) {
  ordered_json points = ordered_json::array();
  for (const registry::Position p : ring) {
    points.push_back(ordered_json::array({p.lon, p.lat}));
  }
  return points;
}

/// Polygons with their holes: a ring inside an odd number of others is a hole of one of them.
ordered_json polygons(const std::vector<Ring>& rings) {
  ordered_json result = ordered_json::array();
  std::vector<std::size_t> outer;  // ring of each polygon
  std::vector<std::size_t> holes;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    int around = 0;
    for (std::size_t k = 0; k < rings.size(); ++k) {
      around += k != i && inside(rings[i], rings[k]) ? 1 : 0;
    }
    if (around % 2 == 1) {
      holes.push_back(i);
    } else {
      outer.push_back(i);
      result.push_back(ordered_json::array({coordinates(rings[i])}));
    }
  }
  for (const std::size_t hole : holes) {
    for (std::size_t k = 0; k < outer.size(); ++k) {
      if (inside(rings[hole], rings[outer[k]])) {
        result[k].push_back(coordinates(rings[hole]));
        break;
      }
    }
  }
  return result;
}

}  // namespace

std::string feature_collection(const std::vector<Feature>& features) {
  std::string text = "{\"type\":\"FeatureCollection\",\"features\":[\n";
  for (std::size_t i = 0; i < features.size(); ++i) {
    ordered_json shapes = polygons(features[i].rings);
    const bool single = shapes.size() == 1;
    ordered_json feature;
    feature["type"] = "Feature";
    feature["properties"] = features[i].properties;
    feature["geometry"]["type"] = single ? "Polygon" : "MultiPolygon";
    feature["geometry"]["coordinates"] = single ? shapes[0] : std::move(shapes);
    text += feature.dump();
    text += i + 1 < features.size() ? ",\n" : "\n";
  }
  return text + "]}\n";
}

}  // namespace datagen
