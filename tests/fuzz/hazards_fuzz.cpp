// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.hpp"
#include "route/error.hpp"
#include "route/hazard.hpp"
#include "route/random_roads.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::InputFile file(".geojson");
  static const fuzz::InputFile written(".again.geojson");
  static const route::RoadGraph roads = support::random_roads(1, 10, 20);
  file.fill(fuzz::text_of(data, size));
  fuzz::accepts<route::InputError>([] {
    const auto hazards = route::import_hazards(file.path());
    static_cast<void>(hazards_on_edges(roads, hazards.map));
    for (const auto& zone : hazards.map.zones) {
      static_cast<void>(hazards.map.at(zone.box.low, zone.kind));
    }
    written.fill(hazards_geojson(hazards.map));
    const auto again = route::import_hazards(written.path());
    fuzz::require(again.map.zones.size() == hazards.map.zones.size() &&
                      hazards_geojson(again.map) == hazards_geojson(hazards.map),
                  "hazards are read as they were written");
  });
  return 0;
}

fuzz::Material fuzz::material() {
  return {
      {R"({"type": "FeatureCollection", "name": "zones", "features": [
{"type": "Feature", "properties": {"kind": "flood", "rank": 3, "arrival_min": 20},
 "geometry": {"type": "Polygon", "coordinates": [[[139.5, 35.7], [139.5002, 35.7],
 [139.5002, 35.7015], [139.5, 35.7015], [139.5, 35.7]], [[139.5001, 35.7005], [139.50015, 35.7005],
 [139.50015, 35.701], [139.5001, 35.7005]]]}},
{"type": "Feature", "properties": {"kind": "landslide", "rank": 2},
 "geometry": {"type": "MultiPolygon", "coordinates": [[[[139.501, 35.7], [139.502, 35.7],
 [139.502, 35.701], [139.501, 35.7]]]]}}]})",
       R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"A31a_205": 4},
 "geometry": {"type": "Polygon", "coordinates": [[[139.5, 35.7], [139.502, 35.7],
 [139.502, 35.7015], [139.5, 35.7]]]}},
{"type": "Feature", "properties": {"A33_001": "1", "A33_002": "2"},
 "geometry": {"type": "Polygon", "coordinates": [[[139.5, 35.7], [139.501, 35.7],
 [139.501, 35.7015], [139.5, 35.7]]]}}]})"},
      {"\"GeometryCollection\"", "\"geometries\"", "\"Point\"", "null", "[[", "]]", "{}",
       "\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"EPSG:6677\"}},", "\"tsunami\"",
       "\"fire\"", "\"rank\": -1", "1e400", "\\u0000", "[]", "\xff", "\"kind\"", "NaN"}};
}
