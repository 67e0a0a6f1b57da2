// SPDX-License-Identifier: Apache-2.0
#include "gis_columns.hpp"

#include <cpl_string.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <osmium/builder/osm_object_builder.hpp>
#include <osmium/memory/buffer.hpp>
#include <osmium/osm/tag.hpp>
#include <utility>

#include "route/error.hpp"
#include "tag_values.hpp"

namespace route {
namespace {

constexpr std::string_view kDropped = "drop";

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_class(std::string_view word) {
  return word == kDropped || road_class_of(word).has_value();
}
bool is_width(std::string_view word) {
  return width_cm_of(word) != 0 || yh_width_cm_of(word) != 0;
}
bool is_surface(std::string_view word) {
  return surface_of(word) != Surface::Unknown;
}
bool is_smoothness(std::string_view word) {
  return smoothness_of(word) != Smoothness::Unknown;
}
bool is_incline(std::string_view word) {
  return incline_permille_of(word) != Road::kUnknownIncline;
}
bool is_oneway(std::string_view word) {
  return is_one_of(word, {"yes", "no", "-1", "reverse", "reversible", "alternating"});
}
bool is_access(std::string_view word) {
  return access_of(word) != Tri::Unknown;
}
bool is_wheelchair(std::string_view word) {
  return is_one_of(word, {"yes", "no", "designated", "limited"});
}
bool is_lit(std::string_view word) {
  return lit_of(word) != Tri::Unknown;
}
bool is_level(std::string_view word) {
  constexpr int kNone = 1000;
  return integer_of(word, -100, 100, kNone) != kNone;
}
bool is_count(std::string_view word) {
  return integer_of(word, 0, 10'000, -1) >= 0;
}
bool is_bridge(std::string_view word) {
  return is_one_of(word, {"yes", "no", "viaduct", "boardwalk", "covered", "aqueduct", "movable",
                          "cantilever", "trestle", "low_water_crossing"});
}
bool is_tunnel(std::string_view word) {
  return is_one_of(word,
                   {"yes", "no", "building_passage", "culvert", "covered", "avalanche_protector"});
}
bool is_ford(std::string_view word) {
  return is_one_of(word, {"yes", "no", "stepping_stones", "boat", "intermittent", "seasonal"});
}
bool is_crossing(std::string_view word) {
  return is_one_of(word, {"yes", "no", "marked", "unmarked", "uncontrolled", "zebra", "island",
                          "traffic_signals"});
}
bool is_sidewalk(std::string_view word) {
  return is_one_of(word, {"yes", "no", "none", "both", "left", "right", "separate"});
}
bool is_yes_or_no(std::string_view word) {
  return is_one_of(word, {"yes", "no"});
}
bool is_text(std::string_view /*word*/) {
  return true;
}

struct Attribute {
  std::string_view name;
  const char* tag;  // null: not a tag
  bool (*has_word)(std::string_view);
};

constexpr auto kAttributes = std::to_array<Attribute>({
    {"class", "highway", is_class},
    {"width", "width", is_width},
    {"surface", "surface", is_surface},
    {"smoothness", "smoothness", is_smoothness},
    {"incline", "incline", is_incline},
    {"oneway", "oneway", is_oneway},
    {"oneway_foot", "oneway:foot", is_oneway},
    {"access", "access", is_access},
    {"foot", "foot", is_access},
    {"motor_vehicle", "motor_vehicle", is_access},
    {"motorroad", "motorroad", is_yes_or_no},
    {"wheelchair", "wheelchair", is_wheelchair},
    {"steps", nullptr, is_yes_or_no},
    {"step_count", "step_count", is_count},
    {"lit", "lit", is_lit},
    {"layer", "layer", is_level},
    {"bridge", "bridge", is_bridge},
    {"tunnel", "tunnel", is_tunnel},
    {"ford", "ford", is_ford},
    {"crossing", "crossing", is_crossing},
    {"sidewalk", "sidewalk", is_sidewalk},
    {"name", nullptr, is_text},
    {"id", nullptr, is_text},
});

const Attribute* attribute_of(std::string_view name) {
  const auto* const found =
      std::ranges::find_if(kAttributes, [name](const Attribute& a) { return a.name == name; });
  return found == kAttributes.end() ? nullptr : found;
}

/// Yes and no as databases write them.
std::string_view yes_or_no(std::string_view word) {
  if (is_one_of(word, {"1", "T", "t", "true", "TRUE", "True", "Y", "y", "Yes", "YES"})) {
    return "yes";
  }
  return is_one_of(word, {"0", "F", "f", "false", "FALSE", "False", "N", "n", "No", "NO"}) ? "no"
                                                                                           : word;
}

std::string trimmed(const std::string& text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto first = text.find_first_not_of(kBlank);
  return first == std::string::npos ? std::string()
                                    : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool is_plain_number(std::string_view word) {
  return !word.empty() && word.find_first_not_of("+-.,0123456789") == std::string_view::npos;
}

std::string with_unit(std::string word, const std::string& unit) {
  if (!is_plain_number(word)) {
    return word;
  }
  if (unit == "cm" || unit == "m") {
    word += unit;
  } else if (unit == "permille") {
    word += "‰";
  } else if (unit == "degree") {
    word += "°";
  }
  return word;
}

}  // namespace

bool is_attribute(std::string_view attribute) {
  return attribute_of(attribute) != nullptr;
}

bool is_word_of(std::string_view attribute, std::string_view word) {
  const Attribute* const known = attribute_of(attribute);
  return known != nullptr && (word.empty() || known->has_word(word));
}

GisColumnReader::GisColumnReader(OGRLayerH layer, const GisColumns& columns) : columns_(columns) {
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
  bool wants_columns = false;
  for (const auto& [attribute, column] : columns.attributes) {
    std::vector<int> fields;
    for (const std::string& name : column.columns) {
      const int field = OGR_FD_GetFieldIndex(definition, name.c_str());
      if (field >= 0) {
        fields.push_back(field);
      }
    }
    wants_columns = wants_columns || !column.columns.empty();
    if (!fields.empty()) {
      fields_.emplace(attribute, std::move(fields));
    } else if (column.otherwise.empty()) {
      missing_ += (missing_.empty() ? "" : ", ") + attribute;
    }
  }
  if (wants_columns && fields_.empty()) {
    std::string there;
    for (int field = 0; field < OGR_FD_GetFieldCount(definition); ++field) {
      there += (there.empty() ? "" : ", ") +
               std::string(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, field)));
    }
    throw InputError(
        "対応表の列が一つもありません（ファイルの列: " + (there.empty() ? "なし" : there) +
        "）。列の対応表を、このファイルに合わせて書いてください");
  }
}

std::string GisColumnReader::text_of(OGRFeatureH feature, const std::string& attribute) const {
  const auto fields = fields_.find(attribute);
  if (fields == fields_.end()) {
    return {};
  }
  for (const int field : fields->second) {
    if (OGR_F_IsFieldSetAndNotNull(feature, field) != 0) {
      std::string text = trimmed(OGR_F_GetFieldAsString(feature, field));
      if (!text.empty()) {
        return text;
      }
    }
  }
  return {};
}

/// A word of the attribute's vocabulary, or nothing.
std::string GisColumnReader::word_of(OGRFeatureH feature, const std::string& attribute,
                                     std::size_t number) {
  const auto entry = columns_.attributes.find(attribute);
  if (entry == columns_.attributes.end()) {
    return {};
  }
  const GisColumn& column = entry->second;
  std::string word = text_of(feature, attribute);
  if (word.empty()) {
    return with_unit(column.otherwise, column.unit);
  }
  if (const auto translated = column.values.find(word); translated != column.values.end()) {
    word = translated->second;
  } else if (!is_word_of(attribute, word)) {
    word = yes_or_no(word);
  }
  // A width of nought is how tables write that nobody measured it.
  if (attribute == "width" && word.find_first_not_of("0.") == std::string::npos) {
    return {};
  }
  word = with_unit(word, column.unit);
  if (!is_word_of(attribute, word)) {
    remark("項目 " + attribute + " に分からない値（不明とした）", number);
    return {};
  }
  return word;
}

std::int64_t GisColumnReader::id_of(OGRFeatureH feature, std::size_t number) {
  if (!has_ids()) {
    return static_cast<std::int64_t>(number);
  }
  const std::string text = text_of(feature, "id");
  std::int64_t id = 0;
  const char* const last = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), last, id);
  if (error != std::errc() || stop != last) {
    remark("項目 id が整数でない（0とした）", number);
    return 0;
  }
  return id;
}

std::variant<GisRoad, DroppedWay> GisColumnReader::read(OGRFeatureH feature, std::size_t number) {
  ++features_;
  constexpr std::size_t kFirstBytes = 1024;
  osmium::memory::Buffer buffer(kFirstBytes, osmium::memory::Buffer::auto_grow::yes);
  {
    osmium::builder::TagListBuilder tags(buffer);
    std::string road_class = word_of(feature, "class", number);
    if (road_class == kDropped) {
      return DroppedWay{"対応表で除いた区分"};
    }
    if (word_of(feature, "steps", number) == "yes") {
      road_class = "steps";
    }
    tags.add_tag("highway", road_class.empty() ? "road" : road_class);
    for (const Attribute& attribute : kAttributes) {
      if (attribute.tag == nullptr || attribute.name == "class") {
        continue;
      }
      const std::string word = word_of(feature, std::string(attribute.name), number);
      if (!word.empty()) {
        const bool is_range = attribute.name == "width" && width_cm_of(word) == 0;
        tags.add_tag(is_range ? "yh:WIDTH" : attribute.tag, word);
      }
    }
  }
  buffer.commit();
  auto judged = road_of(buffer.get<osmium::TagList>(0));
  if (auto* dropped = std::get_if<DroppedWay>(&judged)) {
    return std::move(*dropped);
  }
  GisRoad result{std::get<Road>(judged), text_of(feature, "name")};
  if (CPLIsUTF8(result.name.data(), static_cast<int>(result.name.size())) == 0) {
    remark("項目 name の文字コードが違う（名前なしとした。encoding を指定する）", number);
    result.name.clear();
  }
  result.road.way_id = id_of(feature, number);
  return result;
}

void GisColumnReader::remark(const std::string& what, std::size_t number) {
  Remark& entry = remarks_[what];
  ++entry.features;
  entry.first = entry.first == 0 ? number : entry.first;
}

void GisColumnReader::complete(BuildReport& report) const {
  for (const auto& [what, entry] : remarks_) {
    report.remarks[what + "。最初は" + std::to_string(entry.first) + "番目の図形"] +=
        entry.features;
  }
  if (!missing_.empty() && features_ > 0) {
    report.remarks["列がなく、不明のままの項目: " + missing_] += features_;
  }
}

}  // namespace route
