// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the columns of a GIS road file mean: its texts become words of the OpenStreetMap tags and
// are judged like those, so that both kinds of files follow the same rules of access.

#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "gdal_handles.hpp"
#include "osm_tags.hpp"
#include "route/gis_import.hpp"

namespace route {

/// Whether a word stands in the vocabulary of the attribute (`class`, `width`, ...). "" is
/// "unknown" and belongs to every vocabulary.
[[nodiscard]] bool is_word_of(std::string_view attribute, std::string_view word);
[[nodiscard]] bool is_attribute(std::string_view attribute);

/// What the columns of a feature say.
struct GisRoad {
  Road road;
  std::string name;
};

/// Reads the attributes of a layer's features. Keeps count of what it did not understand.
class GisColumnReader {
 public:
  /// Throws `InputError` when the layer has none of the mapped columns.
  GisColumnReader(OGRLayerH layer, const GisColumns& columns);

  /// `number` is that of the feature in the file, from 1.
  [[nodiscard]] std::variant<GisRoad, DroppedWay> read(OGRFeatureH feature, std::size_t number);
  /// Adds what was not understood.
  void complete(BuildReport& report) const;
  [[nodiscard]] bool has_ids() const { return fields_.contains("id"); }

 private:
  struct Remark {
    std::size_t features = 0;
    std::size_t first = 0;
  };
  [[nodiscard]] std::string text_of(OGRFeatureH feature, const std::string& attribute) const;
  [[nodiscard]] std::string word_of(OGRFeatureH feature, const std::string& attribute,
                                    std::size_t number);
  [[nodiscard]] std::int64_t id_of(OGRFeatureH feature, std::size_t number);
  void remark(const std::string& what, std::size_t number);

  const GisColumns& columns_;
  std::map<std::string, std::vector<int>, std::less<>> fields_;  // attributes with a column here
  std::map<std::string, Remark> remarks_;
  std::string missing_;  // attributes whose columns are not there
  std::size_t features_ = 0;
};

}  // namespace route
