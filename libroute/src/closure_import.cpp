// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "gdal_handles.hpp"
#include "polygon.hpp"
#include "route/closure.hpp"
#include "route/error.hpp"

// A closure that is misread sends people into a closed road. So whatever is doubtful closes more
// rather than less, and a shape with a point that is nowhere is left out as a whole and named.

namespace route {
namespace {

std::optional<double> parse_number(const std::string& text) {
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::vector<std::string> words_of(const std::string& text, const char* separators) {
  std::vector<std::string> words;
  std::size_t first = text.find_first_not_of(separators);
  while (first != std::string::npos) {
    const std::size_t end = std::min(text.find_first_of(separators, first), text.size());
    words.push_back(text.substr(first, end - first));
    first = text.find_first_not_of(separators, end);
  }
  return words;
}

/// The columns of one feature.
class Columns {
 public:
  explicit Columns(OGRFeatureH feature) : feature_(feature) {}

  [[nodiscard]] std::string text(const char* name) const {
    const int index = place_of(name);
    return index < 0 ? std::string() : OGR_F_GetFieldAsString(feature_, index);
  }

  /// A list of texts, or one text with separators.
  [[nodiscard]] std::vector<std::string> words(const char* name) const {
    const int index = place_of(name);
    if (index < 0) {
      return {};
    }
    if (type_at(index) != OFTStringList) {
      return words_of(OGR_F_GetFieldAsString(feature_, index), " ,;[]\"");
    }
    std::vector<std::string> words;
    for (char** word = OGR_F_GetFieldAsStringList(feature_, index);
         word != nullptr && *word != nullptr; ++word) {
      words.emplace_back(*word);
    }
    return words;
  }

  /// Whole numbers, as a number, a list or a text; nothing if something else is among them.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> numbers(const char* name) const {
    const int index = place_of(name);
    if (index < 0) {
      return std::vector<std::int64_t>();
    }
    int count = 0;
    if (type_at(index) == OFTIntegerList) {
      const int* first = OGR_F_GetFieldAsIntegerList(feature_, index, &count);
      return std::vector<std::int64_t>(first, first + count);
    }
    if (type_at(index) == OFTInteger64List) {
      const GIntBig* first = OGR_F_GetFieldAsInteger64List(feature_, index, &count);
      return std::vector<std::int64_t>(first, first + count);
    }
    std::vector<std::int64_t> numbers;
    for (const std::string& word : words(name)) {
      std::int64_t value = 0;
      const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), value);
      if (fault != std::errc() || end != word.data() + word.size()) {
        return std::nullopt;
      }
      numbers.push_back(value);
    }
    return numbers;
  }

 private:
  /// Below 0 when there is no such column or nothing in it.
  [[nodiscard]] int place_of(const char* name) const {
    const int index = OGR_F_GetFieldIndex(feature_, name);
    return index >= 0 && OGR_F_IsFieldSetAndNotNull(feature_, index) != 0 ? index : -1;
  }
  [[nodiscard]] OGRFieldType type_at(int index) const {
    return OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature_, index));
  }

  OGRFeatureH feature_;
};

struct Extent {
  double east = 0;
  double north = 0;
};

/// Largest absolute values of the coordinates, without regard to those that are no number.
void extend(OGRGeometryH geometry, Extent& extent) {
  for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i) {
    extend(OGR_G_GetGeometryRef(geometry, i), extent);
  }
  if (OGR_G_GetGeometryCount(geometry) == 0) {
    for (int i = 0; i < OGR_G_GetPointCount(geometry); ++i) {
      extent.east = std::fmax(extent.east, std::abs(OGR_G_GetX(geometry, i)));
      extent.north = std::fmax(extent.north, std::abs(OGR_G_GetY(geometry, i)));
    }
  }
}

class ClosureImporter {
 public:
  ClosureImporter(OGRLayerH layer, ClosureImport& result) : layer_(layer), result_(result) {}

  void import_all() {
    OGR_L_ResetReading(layer_);
    while (const FeatureHandle feature{OGR_L_GetNextFeature(layer_)}) {
      ++result_.report.features_read;
      closure_ = {};
      notes_.clear();
      fault_.clear();
      import(feature.get());
      finish(std::to_string(result_.report.features_read) + "番目の図形: ");
    }
  }

 private:
  void finish(const std::string& feature_name) {
    if (!fault_.empty()) {
      result_.report.dropped.push_back(feature_name + fault_);
      return;
    }
    result_.closures.push_back(std::move(closure_));
    for (const std::string& note : notes_) {
      result_.report.repaired.push_back(feature_name + note);
    }
  }

  /// The feature cannot be used; of several faults the first is told.
  void refuse(const std::string& reason) { fault_ = fault_.empty() ? reason : fault_; }

  void import(OGRFeatureH feature) {
    const Columns columns(feature);
    closure_.reason = columns.text("reason");
    closure_.profiles = columns.words("profiles");
    read_times(columns);
    const std::string kind = columns.text("kind");
    if (!kind.empty() && kind != "area" && kind != "line" && kind != "way") {
      refuse("列 kind が area, line, way のどれでもない");
      return;
    }
    if (kind.empty() || kind == "way") {
      read_ways(columns);
    }
    if (kind != "way") {
      read_shape(OGR_F_GetGeometryRef(feature));
    }
    expect_what_is_said(kind);
  }

  void read_times(const Columns& columns) {
    closure_.from_s = minutes(columns.text("from_min"), "from_min が分でないため、初めから閉じる");
    closure_.until_s =
        minutes(columns.text("until_min"), "until_min が分でないため、終わりまで閉じる");
    if (closure_.until_s.has_value() && *closure_.until_s <= closure_.from_s.value_or(0)) {
      closure_.until_s.reset();
      notes_.emplace_back("until_min が from_min より後でないため、終わりまで閉じる");
    }
  }

  std::optional<std::uint32_t> minutes(const std::string& text, const char* otherwise) {
    constexpr double kLongestMin = 60.0 * 24 * 365;
    if (text.empty()) {
      return std::nullopt;
    }
    const auto value = parse_number(text);
    if (!value.has_value() || *value < 0 || *value > kLongestMin) {
      notes_.emplace_back(otherwise);
      return std::nullopt;
    }
    return static_cast<std::uint32_t>(std::round(*value * 60));
  }

  void read_ways(const Columns& columns) {
    const auto ways = columns.numbers("way");
    if (!ways.has_value() || std::find(ways->begin(), ways->end(), 0) != ways->end()) {
      refuse("列 way が道の番号でない");
      return;
    }
    closure_.ways = *ways;
  }

  void read_shape(OGRGeometryH geometry) {
    if (geometry == nullptr) {
      return;
    }
    if (to_degrees_ == nullptr) {
      OGRSpatialReferenceH srs = OGR_G_GetSpatialReference(geometry);
      srs = srs != nullptr ? srs : OGR_L_GetSpatialRef(layer_);
      to_degrees_ = to_lon_lat(srs);
      in_degrees_ = OSRIsGeographic(srs) != 0;
    }
    const GeometryHandle straight(OGR_G_GetLinearGeometry(geometry, 0, nullptr));
    Extent extent;
    extend(straight.get(), extent);
    turned_ = in_degrees_ && extent.north > 90 && extent.north <= 180 && extent.east <= 90;
    if (turned_) {
      notes_.emplace_back("緯度と経度が逆なので入れ替えた");
    }
    add_shape(straight.get());
  }

  void add_shape(OGRGeometryH geometry) {
    const OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry));
    if (type == wkbPolygon) {
      add_area(geometry);
    } else if (type == wkbLineString) {
      closure_.lines.push_back(places_of(geometry));
      if (closure_.lines.back().size() < 2) {
        refuse("2点に満たない線がある");
      }
    } else {
      for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i) {
        add_shape(OGR_G_GetGeometryRef(geometry, i));
      }
    }
  }

  void add_area(OGRGeometryH polygon) {
    ClosedArea area;
    for (int i = 0; i < OGR_G_GetGeometryCount(polygon); ++i) {
      Polyline ring = places_of(OGR_G_GetGeometryRef(polygon, i));
      const bool outline = i == 0;
      if (!close(ring)) {
        if (outline) {
          refuse("3点に満たない輪がある");
          return;
        }
        notes_.emplace_back("3点に満たない穴を除いた");
        continue;
      }
      if (outline && crosses_itself(ring)) {
        notes_.emplace_back("輪が自分自身と交わるため、囲まれた所をすべて閉じる");
      }
      area.rings.push_back(std::move(ring));
    }
    if (!area.rings.empty()) {
      closure_.areas.push_back(std::move(area));
    }
  }

  /// Makes the ring end where it begins; false when it has no area.
  bool close(Polyline& ring) {
    if (ring.size() > 1 && ring.front() == ring.back()) {
      ring.pop_back();
    } else if (ring.size() >= 3) {
      notes_.emplace_back("閉じていない輪を閉じた");
    }
    if (ring.size() < 3) {
      return false;
    }
    ring.push_back(ring.front());
    return true;
  }

  /// The points without repetitions.
  Polyline places_of(OGRGeometryH line) {
    Polyline places;
    for (int i = 0; i < OGR_G_GetPointCount(line); ++i) {
      double lon = turned_ ? OGR_G_GetY(line, i) : OGR_G_GetX(line, i);
      double lat = turned_ ? OGR_G_GetX(line, i) : OGR_G_GetY(line, i);
      if (!std::isfinite(lon) || !std::isfinite(lat) ||
          OCTTransform(to_degrees_.get(), 1, &lon, &lat, nullptr) == 0 ||
          !(std::abs(lat) <= 90 && std::abs(lon) <= 180)) {
        refuse("地球上にない点がある");
        return {};
      }
      const LatLon place = from_degrees(lat, lon);
      if (places.empty() || places.back() != place) {
        places.push_back(place);
      }
    }
    return places;
  }

  void expect_what_is_said(const std::string& kind) {
    if (kind == "area") {
      closure_.lines.clear();
    } else if (kind == "line") {
      closure_.areas.clear();
    }
    if (closure_.areas.empty() && closure_.lines.empty() && closure_.ways.empty()) {
      refuse(kind.empty() ? "面も線も列 way もない" : "列 kind が言う " + kind + " がない");
    }
  }

  OGRLayerH layer_;
  ClosureImport& result_;
  TransformHandle to_degrees_;
  bool in_degrees_ = false;
  bool turned_ = false;
  Closure closure_;
  std::vector<std::string> notes_;
  std::string fault_;
};

}  // namespace

ClosureImport import_closures(const std::filesystem::path& file) {
  const QuietGdal quiet;
  const DatasetHandle dataset = open_gdal(file, GdalContent::Polygons);
  ClosureImport result;
  for (int i = 0; i < GDALDatasetGetLayerCount(dataset.get()); ++i) {
    ClosureImporter(GDALDatasetGetLayer(dataset.get(), i), result).import_all();
  }
  result.report.closures = result.closures.size();
  if (result.closures.empty() && result.report.features_read > 0) {
    throw InputError(file.string() + " に使える通行止めがありません（" +
                     result.report.dropped.front() + "）");
  }
  return result;
}

}  // namespace route
