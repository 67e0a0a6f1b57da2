// SPDX-License-Identifier: Apache-2.0
#include "tag_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

namespace route {
namespace {

template <class Value>
struct Entry {
  std::string_view text;
  Value value;
};

template <class Value, std::size_t N>
std::optional<Value> look_up(const std::array<Entry<Value>, N>& table, std::string_view text) {
  const auto* const found =
      std::ranges::find_if(table, [text](const Entry<Value>& entry) { return entry.text == text; });
  return found == table.end() ? std::nullopt : std::optional(found->value);
}

constexpr auto kClasses = std::to_array<Entry<RoadClass>>({
    {"motorway", RoadClass::Motorway},
    {"motorway_link", RoadClass::Motorway},
    {"trunk", RoadClass::Trunk},
    {"trunk_link", RoadClass::Trunk},
    {"primary", RoadClass::Primary},
    {"primary_link", RoadClass::Primary},
    {"secondary", RoadClass::Secondary},
    {"secondary_link", RoadClass::Secondary},
    {"tertiary", RoadClass::Tertiary},
    {"tertiary_link", RoadClass::Tertiary},
    {"unclassified", RoadClass::Unclassified},
    {"residential", RoadClass::Residential},
    {"living_street", RoadClass::LivingStreet},
    {"service", RoadClass::Service},
    {"track", RoadClass::Track},
    {"pedestrian", RoadClass::Pedestrian},
    {"footway", RoadClass::Footway},
    {"path", RoadClass::Path},
    {"cycleway", RoadClass::Cycleway},
    {"bridleway", RoadClass::Bridleway},
    {"corridor", RoadClass::Corridor},
    {"steps", RoadClass::Steps},
    {"elevator", RoadClass::Elevator},
    {"road", RoadClass::Unknown},
});

// "discouraged" is left unknown on purpose.
constexpr auto kAccess = std::to_array<Entry<Tri>>({
    {"yes", Tri::Yes},
    {"designated", Tri::Yes},
    {"official", Tri::Yes},
    {"permissive", Tri::Yes},
    {"public", Tri::Yes},
    {"destination", Tri::Yes},
    {"customers", Tri::Yes},
    {"no", Tri::No},
    {"private", Tri::No},
    {"use_sidepath", Tri::No},
    {"agricultural", Tri::No},
    {"forestry", Tri::No},
    {"delivery", Tri::No},
    {"permit", Tri::No},
    {"residents", Tri::No},
    {"employees", Tri::No},
    {"military", Tri::No},
    {"emergency", Tri::No},
});

constexpr auto kSurfaces = std::to_array<Entry<Surface>>({
    {"paved", Surface::Paved},
    {"asphalt", Surface::Paved},
    {"chipseal", Surface::Paved},
    {"concrete", Surface::Paved},
    {"concrete:lanes", Surface::Paved},
    {"concrete:plates", Surface::Paved},
    {"paving_stones", Surface::Paved},
    {"bricks", Surface::Paved},
    {"tiles", Surface::Paved},
    {"metal", Surface::Paved},
    {"wood", Surface::Paved},
    {"rubber", Surface::Paved},
    {"sett", Surface::Cobbled},
    {"cobblestone", Surface::Cobbled},
    {"cobblestone:flattened", Surface::Cobbled},
    {"unhewn_cobblestone", Surface::Cobbled},
    {"grass_paver", Surface::Cobbled},
    {"metal_grid", Surface::Cobbled},
    {"compacted", Surface::Compacted},
    {"fine_gravel", Surface::Compacted},
    {"gravel", Surface::Gravel},
    {"pebblestone", Surface::Gravel},
    {"rock", Surface::Gravel},
    {"stone", Surface::Gravel},
    {"ground", Surface::Ground},
    {"dirt", Surface::Ground},
    {"earth", Surface::Ground},
    {"grass", Surface::Ground},
    {"unpaved", Surface::Ground},
    {"clay", Surface::Ground},
    {"woodchips", Surface::Ground},
    {"mud", Surface::Soft},
    {"sand", Surface::Soft},
    {"snow", Surface::Soft},
    {"ice", Surface::Soft},
});

constexpr auto kSmoothness = std::to_array<Entry<Smoothness>>({
    {"excellent", Smoothness::Good},
    {"good", Smoothness::Good},
    {"intermediate", Smoothness::Intermediate},
    {"bad", Smoothness::Bad},
    {"very_bad", Smoothness::VeryBad},
    {"horrible", Smoothness::Impassable},
    {"very_horrible", Smoothness::Impassable},
    {"impassable", Smoothness::Impassable},
});

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

struct Quantity {
  double number = 0;
  std::string_view unit;
};

// A number with its unit. A comma with one or two digits behind it is a decimal comma.
std::optional<Quantity> quantity_of(std::string_view text) {
  text = trimmed(text);
  const auto end = std::min(text.find_first_not_of("+-.,0123456789"), text.size());
  std::string number(text.substr(0, end));
  if (number.starts_with('+')) {
    number.erase(0, 1);  // from_chars does not take it
  }
  if (const auto comma = number.find(','); comma != std::string::npos) {
    if (number.size() - comma > 3) {
      return std::nullopt;
    }
    number[comma] = '.';
  }
  Quantity quantity{0, trimmed(text.substr(end))};
  const char* const last = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), last, quantity.number);
  if (error != std::errc() || stop != last) {
    return std::nullopt;
  }
  return quantity;
}

}  // namespace

std::optional<RoadClass> road_class_of(std::string_view highway) {
  return look_up(kClasses, highway);
}

Tri access_of(std::string_view value) {
  return look_up(kAccess, value).value_or(Tri::Unknown);
}

std::uint16_t width_cm_of(std::string_view width) {
  const auto quantity = quantity_of(width);
  if (!quantity) {
    return 0;
  }
  double cm = quantity->number;
  if (quantity->unit.empty() || quantity->unit == "m") {
    cm *= 100;
  } else if (quantity->unit != "cm") {
    return 0;
  }
  constexpr double kWidestCm = 10'000;
  return cm > 0 && cm <= kWidestCm ? static_cast<std::uint16_t>(std::floor(cm + 1e-6)) : 0;
}

std::uint16_t yh_width_cm_of(std::string_view width) {
  const auto lower_end = width.find('m');
  if (lower_end == std::string_view::npos) {
    return 0;
  }
  const std::string_view rest = width.substr(lower_end + 1);
  // Wave dash, full-width tilde and plain tilde are all in use.
  for (const std::string_view mark : {"以上", "〜", "～", "~"}) {
    if (rest.starts_with(mark)) {
      return width_cm_of(width.substr(0, lower_end));
    }
  }
  return 0;
}

Surface surface_of(std::string_view surface) {
  Surface worst = Surface::Unknown;
  while (!surface.empty()) {
    const auto end = std::min(surface.find(';'), surface.size());
    const auto value = look_up(kSurfaces, lower(trimmed(surface.substr(0, end))));
    if (!value) {
      return Surface::Unknown;
    }
    worst = std::max(worst, *value);
    surface.remove_prefix(std::min(end + 1, surface.size()));
  }
  return worst;
}

Smoothness smoothness_of(std::string_view smoothness) {
  return look_up(kSmoothness, smoothness).value_or(Smoothness::Unknown);
}

std::int16_t incline_permille_of(std::string_view incline) {
  constexpr double kSteepest = 1000;
  const auto quantity = quantity_of(incline);
  if (!quantity) {
    return Road::kUnknownIncline;
  }
  double permille = quantity->number * 10;
  if (quantity->unit == "°") {
    permille = std::tan(quantity->number * std::numbers::pi / 180) * 1000;
  } else if (quantity->unit == "‰") {
    permille = quantity->number;
  } else if (quantity->unit.starts_with(':')) {
    const auto run = quantity_of(quantity->unit.substr(1));
    permille = run && run->unit.empty() ? quantity->number / run->number * 1000 : 2 * kSteepest;
  } else if (!quantity->unit.empty() && quantity->unit != "%") {
    return Road::kUnknownIncline;
  }
  // Written so that NaN from 0:0 fails as well.
  if (!(std::abs(permille) <= kSteepest)) {
    return Road::kUnknownIncline;
  }
  return static_cast<std::int16_t>(std::lround(permille));
}

Tri lit_of(std::string_view lit) {
  constexpr std::array<std::string_view, 5> kLit{"yes", "24/7", "automatic", "sunset-sunrise",
                                                 "dusk-dawn"};
  if (std::ranges::find(kLit, lit) != kLit.end()) {
    return Tri::Yes;
  }
  return lit == "no" || lit == "disused" ? Tri::No : Tri::Unknown;
}

bool is_set(std::string_view value) {
  return !value.empty() && value != "no";
}

int integer_of(std::string_view value, int low, int high, int otherwise) {
  int number = 0;
  value = trimmed(value);
  const char* const last = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), last, number);
  const bool whole = error == std::errc() && stop == last;
  return whole && number >= low && number <= high ? number : otherwise;
}

}  // namespace route
