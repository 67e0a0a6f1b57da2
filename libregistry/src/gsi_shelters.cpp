// SPDX-License-Identifier: Apache-2.0
// National lists of 国土地理院 (domain §8.2). File names and their `_1` / `_2` mislead, so each
// feature is told by its properties: 受入対象者 stands in the list of 指定避難所 only, 洪水 in that
// of 指定緊急避難場所 only.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "import_row.hpp"
#include "registry/city_import.hpp"
#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"
#include "shelter_defaults.hpp"

namespace registry {
namespace {

constexpr std::string_view kAcceptance = "受入対象者";
constexpr std::string_view kFile = "国土地理院の避難場所・避難所の GeoJSON";

const nlohmann::json& member(const nlohmann::json& object, std::string_view key) {
  static const nlohmann::json null_value;
  if (!object.is_object()) {
    return null_value;
  }
  const auto found = object.find(key);
  return found == object.end() ? null_value : *found;
}

/// Text of a property; numbers come as numbers or as text, and absent values as null or "".
std::string text_of(const nlohmann::json& properties, std::string_view key) {
  const nlohmann::json& value = member(properties, key);
  if (value.is_string()) {
    return value.get<std::string>();
  }
  return value.is_number() ? value.dump() : std::string();
}

nlohmann::json parse_features(std::string_view geojson) {
  nlohmann::json root = nlohmann::json::parse(geojson, nullptr, false);
  if (root.is_discarded()) {
    throw InputError(std::string(kFile) +
                     "が JSON として読めません。ファイルが途中で切れていないか確かめてください。");
  }
  if (!member(root, "features").is_array() || root["features"].empty()) {
    throw InputError(std::string(kFile) +
                     "に features がありません。指定緊急避難場所か指定避難所の GeoJSON を選んで"
                     "ください。");
  }
  return std::move(root["features"]);
}

enum class ListKind { Unknown, EmergencySites, Shelters };

ListKind list_kind(const nlohmann::json& properties) {
  if (properties.is_object() && properties.contains(kHazardColumns.front())) {
    return ListKind::EmergencySites;
  }
  if (properties.is_object() && properties.contains(kAcceptance)) {
    return ListKind::Shelters;
  }
  return ListKind::Unknown;
}

[[noreturn]] void throw_unknown_list(const nlohmann::json& properties) {
  std::string found;
  if (properties.is_object()) {
    for (const auto& [key, value] : properties.items()) {
      found += (found.empty() ? "" : ", ") + key;
    }
  }
  throw InputError(
      std::string(kFile) +
      "ではありません: 災害種別（洪水など）も受入対象者もありません。見つかった項目: " + found);
}

/// Reads one feature; faults go to the log.
class FeatureReader {
 public:
  FeatureReader(const nlohmann::json& feature, std::size_t number, ImportLog& log)
      : feature_(&feature),
        properties_(&member(feature, "properties")),
        number_(number),
        log_(&log) {}

  [[nodiscard]] std::optional<Shelter> read(const LocalPlan& plan) {
    Shelter shelter;
    shelter.common_id = text_of(*properties_, "共通ID");
    shelter.name = text_of(*properties_, "施設・場所名");
    shelter.address = text_of(*properties_, "住所");
    if (normalized_code(shelter.name).empty()) {
      reject("施設・場所名", "NAME_MISSING", "施設・場所名が空です。");
    }
    read_position(shelter);
    switch (list_kind(*properties_)) {
      case ListKind::EmergencySites:
        read_hazards(shelter);
        break;
      case ListKind::Shelters:
        read_acceptance(shelter);
        break;
      case ListKind::Unknown:
        reject(kAcceptance, "LIST_UNKNOWN", "災害種別も受入対象者もない地物です。");
        break;
    }
    shelter.arrival = default_arrival(shelter.kinds, plan);
    return rejected_ ? std::nullopt : std::optional(std::move(shelter));
  }

 private:
  void reject(std::string_view column, std::string_view code, std::string message) {
    rejected_ = true;
    log_->reject({number_, std::string(column), std::string(code), std::move(message)});
  }

  void read_position(Shelter& shelter) {
    const nlohmann::json& geometry = member(*feature_, "geometry");
    const nlohmann::json& at = member(geometry, "coordinates");
    if (member(geometry, "type") != "Point" || !at.is_array() || at.size() < 2 ||
        !at[0].is_number() || !at[1].is_number()) {
      reject("geometry", "POSITION_MISSING",
             "場所（点）がありません。場所の分からない避難先は使えません。");
      return;
    }
    shelter.position = {at[1].get<double>(), at[0].get<double>()};
    if (const auto fault = fault_of(shelter.position)) {
      reject("geometry", fault->code, std::string(fault->words));
    }
  }

  void read_hazards(Shelter& shelter) {
    shelter.kinds.emergency_site = true;
    shelter.rated = true;
    for (std::size_t i = 0; i < kHazardKinds; ++i) {
      const std::string value = normalized_code(text_of(*properties_, kHazardColumns[i]));
      if (!value.empty() && value != "0" && value != "1") {
        reject(kHazardColumns[i], "FLAG_UNKNOWN", "値が 1 でも空でもありません。");
      }
      shelter.suited[i] = value == "1";
    }
  }

  /// The text is kept as published: who belongs to the group is decided where people are assigned.
  void read_acceptance(Shelter& shelter) {
    const std::string acceptance = text_of(*properties_, kAcceptance);
    if (normalized_code(acceptance).empty()) {
      shelter.kinds.shelter = true;
      return;
    }
    shelter.acceptance.push_back(acceptance);
    shelter.kinds.designated_welfare = is_welfare_group(acceptance);
    shelter.kinds.shelter = !shelter.kinds.designated_welfare;
  }

  const nlohmann::json* feature_;
  const nlohmann::json* properties_;
  std::size_t number_;
  ImportLog* log_;
  bool rejected_ = false;
};

}  // namespace

ParsedRows<ShelterRow> parse_gsi_shelters(std::string_view geojson, const LocalPlan& plan) {
  const Decoded decoded = decode_text(geojson);
  const nlohmann::json features = parse_features(decoded.text);
  const bool known = std::ranges::any_of(features, [](const nlohmann::json& feature) {
    return list_kind(member(feature, "properties")) != ListKind::Unknown;
  });
  if (!known) {
    throw_unknown_list(member(features.front(), "properties"));
  }
  ImportLog log(decoded.encoding);
  ParsedRows<ShelterRow> parsed;
  std::size_t number = 0;
  for (const nlohmann::json& feature : features) {
    ++number;
    log.count_row();
    FeatureReader reader(feature, number, log);
    if (auto shelter = reader.read(plan)) {
      parsed.rows.push_back({number, std::move(*shelter)});
    }
  }
  parsed.report = std::move(log).finish();
  return parsed;
}

}  // namespace registry
