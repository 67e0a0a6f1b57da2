// SPDX-License-Identifier: Apache-2.0
#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <utility>

#include "route/error.hpp"
#include "route/mobility_profile.hpp"

// Shape of a profile: `name`, `label_ja`, `on_wheels` and `is_vehicle` say what it is; everything
// else is a figure, `key = {value = ..., source = "..."}`, and a figure without its source is
// refused. Nothing has a default: a limit that is left out must not read as "no limit".

namespace route {
namespace {

constexpr std::array<std::string_view, 19> kClassNames{
    "motorway",      "trunk",    "primary", "secondary",  "tertiary", "unclassified", "residential",
    "living_street", "service",  "track",   "pedestrian", "footway",  "path",         "cycleway",
    "bridleway",     "corridor", "steps",   "elevator",   "unknown"};
constexpr std::array<std::string_view, 7> kSurfaceNames{"unknown", "paved",  "cobbled", "compacted",
                                                        "gravel",  "ground", "soft"};
constexpr std::array<std::string_view, 6> kSmoothnessNames{"unknown", "good",     "intermediate",
                                                           "bad",     "very_bad", "impassable"};
constexpr std::array<std::string_view, 3> kPassageNames{"free", "with_helpers", "banned"};

template <std::size_t N>
std::string joined(const std::array<std::string_view, N>& names) {
  std::string text;
  for (const std::string_view name : names) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
}

struct Range {
  double low;
  double high;
};
constexpr Range kSpeed{0.01, 40};  // m/s
constexpr Range kFactor{0.01, 2};
constexpr Range kFactorOrBan{0, 2};
constexpr Range kPermille{-1000, 1000};
constexpr Range kCentimetres{0, 2000};

/// The keys of one table; remembers which were read, so that the others can be named as unknown.
class Reader {
 public:
  Reader(const toml::table& table, std::string where) : table_(table), where_(std::move(where)) {}

  [[noreturn]] void fail(const std::string& what) const { throw InputError(where_ + ": " + what); }

  const toml::node& required(std::string_view key) {
    const toml::node* node = optional(key);
    if (node == nullptr) {
      fail("「" + std::string(key) + "」がありません");
    }
    return *node;
  }

  const toml::node* optional(std::string_view key) {
    known_.emplace(key);
    return table_.get(key);
  }

  std::string text(std::string_view key) {
    const auto value = required(key).value_exact<std::string>();
    if (!value.has_value() || value->empty()) {
      fail("「" + std::string(key) + "」には空でない文字列が必要です");
    }
    return *value;
  }

  bool flag(std::string_view key) {
    const auto value = required(key).value_exact<bool>();
    if (!value.has_value()) {
      fail("「" + std::string(key) + "」は true か false です");
    }
    return *value;
  }

  template <class Integer>
  Integer integer(std::string_view key, Range range) {
    if (!required(key).is_integer()) {
      fail("「" + std::string(key) + "」には整数が必要です");
    }
    return static_cast<Integer>(number(key, range));
  }

  double number(std::string_view key, Range range) { return number_in(required(key), key, range); }

  [[nodiscard]] double number_in(const toml::node& node, std::string_view key, Range range) const {
    const bool is_number = node.is_integer() || node.is_floating_point();
    const double value = is_number ? *node.value<double>() : 0;
    if (!is_number || !(value >= range.low && value <= range.high)) {
      fail("「" + std::string(key) + "」は " + std::to_string(range.low) + " から " +
           std::to_string(range.high) + " までの数です");
    }
    return value;
  }

  template <std::size_t N>
  std::size_t choice(const toml::node& node, std::string_view key,
                     const std::array<std::string_view, N>& names) const {
    const auto value = node.value_exact<std::string>();
    const auto* found =
        value.has_value() ? std::find(names.begin(), names.end(), *value) : names.end();
    if (found == names.end()) {
      fail("「" + std::string(key) + "」は次のどれかです: " + joined(names));
    }
    return static_cast<std::size_t>(found - names.begin());
  }

  const toml::array& array(std::string_view key) {
    const toml::array* array = required(key).as_array();
    if (array == nullptr) {
      fail("「" + std::string(key) + "」は並び [ ] で書いてください");
    }
    return *array;
  }

  /// A figure is a table with `value` and `source`.
  Reader figure(std::string_view key) {
    const toml::table* table = required(key).as_table();
    if (table == nullptr) {
      fail("「" + std::string(key) + R"(」は {value = ..., source = "..."} の形で書いてください)");
    }
    Reader reader(*table, where_ + ", " + std::string(key));
    reader.text("source");
    return reader;
  }

  void expect_nothing_else() const {
    for (const auto& [key, node] : table_) {
      if (!known_.contains(std::string(key.str()))) {
        fail("「" + std::string(key.str()) + "」は知らない項目です。つづりを確かめてください");
      }
    }
  }

 private:
  const toml::table& table_;
  std::string where_;
  std::set<std::string> known_;
};

double figure_number(Reader& profile, std::string_view key, Range range) {
  Reader figure = profile.figure(key);
  const double value = figure.number("value", range);
  figure.expect_nothing_else();
  return value;
}

template <class Integer>
Integer figure_integer(Reader& profile, std::string_view key, Range range) {
  Reader figure = profile.figure(key);
  const auto value = figure.integer<Integer>("value", range);
  figure.expect_nothing_else();
  return value;
}

std::int16_t slope_limit(Reader& profile, std::string_view key) {
  if (profile.figure(key).required("value").value<std::string>() == "none") {
    return MobilityProfile{}.max_up_permille;
  }
  return figure_integer<std::int16_t>(profile, key, {0, kPermille.high});
}

std::vector<SlopePoint> slope_curve(Reader& profile) {
  Reader figure = profile.figure("slope_speed");
  std::vector<SlopePoint> curve;
  for (const toml::node& node : figure.array("value")) {
    const toml::array* pair = node.as_array();
    if (pair == nullptr || pair->size() != 2) {
      figure.fail("各点は [勾配 ‰, 平地の速さに対する倍率] で書いてください");
    }
    const double slope = figure.number_in(*pair->get(0), "slope", kPermille);
    const double factor = figure.number_in(*pair->get(1), "factor", kFactor);
    if (!curve.empty() && slope <= curve.back().slope_permille) {
      figure.fail("勾配は小さい順に書いてください");
    }
    curve.push_back({static_cast<std::int16_t>(slope), factor});
  }
  figure.expect_nothing_else();
  return curve;
}

void read_steps(Reader& profile, MobilityProfile& result) {
  Reader figure = profile.figure("steps");
  result.steps =
      static_cast<Passage>(figure.choice(figure.required("value"), "value", kPassageNames));
  if (result.steps != Passage::Banned) {
    result.steps_speed_mps = figure.number("speed_mps", kSpeed);
  }
  if (result.steps == Passage::WithHelpers && result.hands == 0) {
    figure.fail("with_helpers には「hands」が1以上必要です");
  }
  figure.expect_nothing_else();
}

Passage kerb_passage(Reader& profile, int hands) {
  Reader figure = profile.figure("raised_kerb");
  const auto passage =
      static_cast<Passage>(figure.choice(figure.required("value"), "value", kPassageNames));
  if (passage == Passage::WithHelpers && hands == 0) {
    figure.fail("with_helpers には「hands」が1以上必要です");
  }
  figure.expect_nothing_else();
  return passage;
}

void read_hazard_limits(Reader& profile, MobilityProfile& result) {
  result.max_flood_depth_cm =
      figure_integer<std::uint16_t>(profile, "max_flood_depth_cm", kCentimetres);
  Reader figure = profile.figure("max_hazard_rank");
  result.max_landslide_rank = figure.integer<std::uint8_t>("landslide", {0, 2});
  result.max_fire_rank = figure.integer<std::uint8_t>("fire", {0, 6});
  result.max_blockage_rank = figure.integer<std::uint8_t>("blockage", {0, 5});
  figure.expect_nothing_else();
  result.rubble_free_width_cm =
      figure_integer<std::uint16_t>(profile, "rubble_free_width_cm", {0, 10'000});
}

void read_surfaces(Reader& profile, MobilityProfile& result) {
  Reader figure = profile.figure("surface_factor");
  for (std::size_t surface = 1; surface < kSurfaceNames.size(); ++surface) {
    result.surface_factor.at(surface) = figure.number(kSurfaceNames.at(surface), kFactorOrBan);
  }
  figure.expect_nothing_else();

  Reader smoothness = profile.figure("worst_smoothness");
  result.worst_smoothness = static_cast<Smoothness>(
      smoothness.choice(smoothness.required("value"), "value", kSmoothnessNames));
  if (result.worst_smoothness == Smoothness::Unknown) {
    smoothness.fail("unknown は限度にならず、impassable は何も禁じません");
  }
  smoothness.expect_nothing_else();
}

void read_classes(Reader& profile, MobilityProfile& result) {
  Reader figure = profile.figure("allowed_classes");
  for (const toml::node& node : figure.array("value")) {
    const std::size_t index = figure.choice(node, "value", kClassNames);
    if (index == static_cast<std::size_t>(RoadClass::Steps)) {
      figure.fail("steps（階段）はこの並びではなく「steps」で決めます");
    }
    result.class_allowed.at(index) = true;
  }
  figure.expect_nothing_else();
  result.class_allowed.at(static_cast<std::size_t>(RoadClass::Steps)) =
      result.steps != Passage::Banned;

  if (profile.optional("class_speed_mps") == nullptr) {
    return;
  }
  Reader speeds = profile.figure("class_speed_mps");
  for (std::size_t index = 0; index < kClassNames.size(); ++index) {
    const toml::node* node = speeds.optional(kClassNames.at(index));
    if (node != nullptr) {
      result.class_speed_mps.at(index) = speeds.number_in(*node, kClassNames.at(index), kSpeed);
    }
  }
  speeds.expect_nothing_else();
}

MobilityProfile read_profile(const toml::table& table, const std::string& name) {
  Reader reader(table, "移動の種類「" + name + "」");
  MobilityProfile profile;
  profile.name = reader.text("name");
  profile.label_ja = reader.text("label_ja");
  profile.on_wheels = reader.flag("on_wheels");
  profile.is_vehicle = reader.flag("is_vehicle");
  profile.level_speed_mps = figure_number(reader, "level_speed_mps", kSpeed);
  profile.slope_speed = slope_curve(reader);
  profile.max_up_permille = slope_limit(reader, "max_up_permille");
  profile.max_down_permille = slope_limit(reader, "max_down_permille");
  profile.hands = figure_integer<int>(reader, "hands", {0, 8});
  read_steps(reader, profile);
  profile.raised_kerb = kerb_passage(reader, profile.hands);
  profile.min_width_cm = figure_integer<std::uint16_t>(reader, "min_width_cm", kCentimetres);
  profile.unknown_factor = figure_number(reader, "unknown_factor", {kFactor.low, 1});
  read_surfaces(reader, profile);
  read_classes(reader, profile);
  profile.night_factor = figure_number(reader, "night_factor", {kFactor.low, 1});
  profile.rain_factor = figure_number(reader, "rain_factor", {kFactor.low, 1});
  read_hazard_limits(reader, profile);
  reader.expect_nothing_else();
  return profile;
}

toml::table parse_toml(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw InputError("profiles.toml の " + std::to_string(error.source().begin.line) +
                     " 行目が TOML として読めません: " + std::string(error.description()));
  }
}

}  // namespace

std::vector<MobilityProfile> parse_profiles(std::string_view toml) {
  const toml::table root = parse_toml(toml);
  Reader reader(root, "profiles.toml");
  std::vector<MobilityProfile> profiles;
  for (const toml::node& node : reader.array("profile")) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      reader.fail("移動の種類は [[profile]] の形で書いてください");
    }
    const std::string number = std::to_string(profiles.size() + 1) + "番目";
    const std::string name =
        table->get("name") == nullptr ? number : table->get("name")->value_or(number);
    MobilityProfile profile = read_profile(*table, name);
    for (const MobilityProfile& other : profiles) {
      if (other.name == profile.name) {
        reader.fail("「" + profile.name + "」が二つあります");
      }
    }
    profiles.push_back(std::move(profile));
  }
  reader.expect_nothing_else();
  if (profiles.empty()) {
    reader.fail("[[profile]] が一つもありません");
  }
  return profiles;
}

}  // namespace route
