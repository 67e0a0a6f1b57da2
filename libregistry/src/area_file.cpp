// SPDX-License-Identifier: Apache-2.0
// Areas from GeoJSON (RFC 7946). One bad feature is left out with a note; notes name the feature by
// its number, never by its content.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "registry/area.hpp"
#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

using nlohmann::json;
using Ring = std::vector<Position>;

constexpr std::size_t kLeastPoints = 4;  // three corners and the first again

const json* member(const json& object, const char* name) {
  const auto it = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && it != object.end() ? &*it : nullptr;
}

/// First of the names that has a text or a whole number (codes are often written as numbers).
std::string text_of(const json& properties, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const json* const value = member(properties, name);
    if (value == nullptr) {
      continue;
    }
    if (value->is_number_integer()) {
      return std::to_string(value->get<std::int64_t>());
    }
    if (value->is_string() && !normalized_code(value->get_ref<const std::string&>()).empty()) {
      return normalized_code(value->get_ref<const std::string&>());
    }
  }
  return {};
}

/// The census numbers its small areas by addresses: `.../S13229022001`, parent
/// `.../C13229-20010121`.
std::string census_code(const std::string& address, char kind) {
  const std::size_t begin = address.rfind('/') + 1;  // npos + 1 = 0
  if (begin >= address.size() || address[begin] != kind) {
    return {};
  }
  const std::string code = address.substr(begin + 1, address.find('-', begin) - begin - 1);
  const bool digits =
      std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? code : std::string();
}

void collect(const json& polygon, std::vector<const json*>& lines) {
  for (const json& line : polygon) {
    lines.push_back(&line);
  }
}

std::optional<int> whole_number(const std::string& text) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end && value >= 0 ? std::optional<int>(value)
                                                           : std::nullopt;
}

class FileReader {
 public:
  AreaFile read(const json& file) {
    const json* const features = member(file, "features");
    if (features == nullptr || !features->is_array()) {
      throw InputError(
          "GeoJSON の FeatureCollection ではありません（features の配列がない）。"
          "区域のポリゴンを FeatureCollection として書き出してください。");
    }
    for (const json& feature : *features) {
      ++number_;
      if (auto area = area_of(feature)) {
        add(*std::move(area));
      }
    }
    if (result_.areas.empty()) {
      throw InputError("使える区域が 1 つもありません（地物 " + std::to_string(number_) +
                       " 個）。" + (result_.notes.empty() ? std::string() : result_.notes.front()));
    }
    return std::move(result_);
  }

 private:
  void note(const std::string& what) {
    result_.notes.push_back("地物 " + std::to_string(number_) + ": " + what);
  }

  std::nullopt_t left_out(const std::string& reason) {
    note(reason + "。この地物は読みませんでした。");
    return std::nullopt;
  }

  std::optional<Area> area_of(const json& feature) {
    const json* const properties = member(feature, "properties");
    if (properties == nullptr || !properties->is_object()) {
      return left_out("properties がありません");
    }
    Area area;
    const std::string level = text_of(*properties, {"区分", "level"});
    if (const auto known = parse_area_level(level)) {
      area.level = *known;
    } else if (!level.empty()) {
      return left_out(
          "区分が 圏域・中学校区・小学校区・町丁目・自治会・民生委員担当区 のどれでもありません");
    }
    area.code = text_of(*properties, {"コード", "code", "KEY_CODE", "key"});
    if (area.code.empty()) {
      area.code = census_code(text_of(feature, {"id"}), 'S');
    }
    if (area.code.empty()) {
      return left_out("コードがありません（コード、code、KEY_CODE、key のどれか）");
    }
    area.name =
        text_of(*properties, {"名称", "name", "S_NAME", "MOJI", "moji", "label", "CITY_NAME"});
    area.parent = text_of(*properties, {"親コード", "parent"});
    if (const std::string parent = census_code(area.parent, 'C'); !parent.empty()) {
      area.parent = parent;
    }
    const std::string population = text_of(*properties, {"population", "人口", "JINKO"});
    area.population = whole_number(population);
    if (!population.empty() && !area.population) {
      note("人口が 0 以上の整数ではないため、不明としました。");
    }
    auto rings = rings_of(feature);
    if (!rings) {
      return std::nullopt;
    }
    area.rings = *std::move(rings);
    return area;
  }

  std::optional<std::vector<Ring>> rings_of(const json& feature) {
    const json* const geometry = member(feature, "geometry");
    const json* const coordinates =
        geometry == nullptr ? nullptr : member(*geometry, "coordinates");
    const std::string type = geometry == nullptr ? "" : text_of(*geometry, {"type"});
    if (coordinates == nullptr || !coordinates->is_array() ||
        (type != "Polygon" && type != "MultiPolygon")) {
      return left_out("形が Polygon でも MultiPolygon でもありません");
    }
    std::vector<const json*> lines;
    if (type == "Polygon") {
      collect(*coordinates, lines);
    } else {
      for (const json& polygon : *coordinates) {
        collect(polygon, lines);
      }
    }
    std::vector<Ring> rings;
    for (const json* const line : lines) {
      auto ring = ring_of(*line);
      if (!ring) {
        return std::nullopt;
      }
      if (ring->size() >= kLeastPoints) {
        rings.push_back(*std::move(ring));
      } else {
        note("点が 3 個に満たない輪を除きました。");
      }
    }
    if (rings.empty()) {
      return left_out("面積のある輪がありません");
    }
    return rings;
  }

  std::optional<Ring> ring_of(const json& line) {
    Ring ring;
    for (const json& point : line) {
      if (!point.is_array() || point.size() < 2 || !point[0].is_number() || !point[1].is_number()) {
        return left_out("座標が [経度, 緯度] の数ではありません");
      }
      const Position place{point[1].get<double>(), point[0].get<double>()};
      if (std::abs(place.lat) > 90 || std::abs(place.lon) > 180) {
        return left_out(
            "座標が経度・緯度の範囲にありません（度を単位とする EPSG:6668 で書いてください）");
      }
      ring.push_back(place);
    }
    if (!ring.empty() && ring.front() != ring.back()) {
      ring.push_back(ring.front());
      note("輪が閉じていなかったので閉じました。");
    }
    return ring;
  }

  /// Areas in several pieces come as several features with one code.
  void add(Area area) {
    const auto [it, is_new] = index_.try_emplace({area.level, area.code}, result_.areas.size());
    if (is_new) {
      result_.areas.push_back(std::move(area));
      return;
    }
    Area& first = result_.areas[it->second];
    std::move(area.rings.begin(), area.rings.end(), std::back_inserter(first.rings));
    note("同じコードの地物が前にあるので、1 つの区域にまとめました。");
    merge_population(first, area.population);
  }

  void merge_population(Area& first, std::optional<int> other) {
    // The census repeats the number on every piece or gives it to one; it never splits it.
    if (first.population && other && *first.population != *other) {
      note("まとめた地物の人口が異なるので、大きいほうを採りました。");
    }
    if (other) {
      first.population = std::max(first.population.value_or(0), *other);
    }
  }

  AreaFile result_;
  std::map<std::pair<AreaLevel, std::string>, std::size_t> index_;
  std::size_t number_ = 0;  ///< of the feature being read, from 1
};

}  // namespace

AreaFile parse_areas(std::string_view geojson) {
  json file;
  try {
    file = json::parse(geojson);
  } catch (const json::parse_error& error) {
    // The parser's own text quotes the file, which may hold anything.
    throw InputError("JSON として読めません: " + std::to_string(error.byte) +
                     " バイト目付近に誤りがあります。UTF-8 の GeoJSON を指定してください。");
  } catch (const json::exception&) {
    throw InputError(
        "JSON として読めません: 扱えない大きさの数があります。座標は度で書いてください。");
  }
  return FileReader().read(file);
}

}  // namespace registry
