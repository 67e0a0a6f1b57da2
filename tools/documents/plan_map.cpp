// SPDX-License-Identifier: Apache-2.0
#include "documents/plan_map.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "documents/text_block.hpp"

namespace documents {
namespace {

constexpr double kSurroundingsM = 250;  // each way from the home
constexpr double kLeastMarginM = 60;    // so that marks at the ends keep room for labels
constexpr double kMarginShare = 0.12;
constexpr double kWorthDrawingM = 5;           // between a door and its road
constexpr double kE7PerMetre = 1e7 / 111'200;  // along a meridian, near enough for a margin

route::LatLon place_of(registry::Position position) {
  return route::from_degrees(position.lat, position.lon);
}

void widen(route::Box& box, double metres) {
  const double latitude = (box.low.lat() + box.high.lat()) / 2;
  const double narrowing = std::max(0.1, std::cos(latitude * std::numbers::pi / 180));
  const auto lat = static_cast<std::int32_t>(metres * kE7PerMetre);
  const auto lon = static_cast<std::int32_t>(metres * kE7PerMetre / narrowing);
  box.low = {box.low.lat_e7 - lat, box.low.lon_e7 - lon};
  box.high = {box.high.lat_e7 + lat, box.high.lon_e7 + lon};
}

/// Legs that end at one place share its mark: two names on each other could not be read.
void mark_once(MapContent& content, MapMark mark) {
  const bool there = std::ranges::any_of(content.marks, [&](const MapMark& other) {
    return other.place == mark.place && other.label == mark.label;
  });
  if (!there) {
    content.marks.push_back(std::move(mark));
  }
}

}  // namespace

std::optional<MapContent> plan_map(const PlanFormInput& input, const registry::PlanCourse& course) {
  MapContent content{
      .graph = input.graph, .hazards = &input.hazards, .box = {}, .attribution = input.attribution};
  const auto& home = input.subject.registrant.person.position;
  std::optional<route::LatLon> start;
  if (home) {
    start = place_of(*home);
    content.box.add(*start);
  }
  for (const registry::PlanLeg& leg : course.legs) {
    if (leg.route.empty()) {
      continue;
    }
    route::Polyline way;
    for (const registry::Position& position : leg.route) {
      way.push_back(place_of(position));
      content.box.add(way.back());
    }
    if (!start) {
      start = way.front();
    }
    mark_once(content, {way.back(), MapMark::Kind::Shelter, leg.shelter_name});
    content.routes.push_back(std::move(way));
  }
  route::Polyline second;
  for (const registry::Position& position : course.second.route) {
    second.push_back(place_of(position));
    content.box.add(second.back());
  }
  if (second.size() >= 2) {
    content.second_ways.push_back(std::move(second));
  }
  if (!start) {
    return std::nullopt;
  }
  content.marks.insert(content.marks.begin(), {*start, MapMark::Kind::Home, "自宅"});
  if (content.routes.empty()) {
    widen(content.box, kSurroundingsM);
    return content;
  }
  const route::LatLon road = content.routes.front().front();
  if (distance_m(*start, road) >= kWorthDrawingM) {
    content.off_road.push_back({*start, road});
  }
  widen(content.box,
        std::max(kLeastMarginM, kMarginShare * distance_m(content.box.low, content.box.high)));
  return content;
}

void draw_course_map(cairo_t* cairo, FontBook& fonts, const Frame& frame,
                     const PlanFormInput& input, const registry::PlanCourse& course) {
  if (const auto content = plan_map(input, course)) {
    draw_map(cairo, frame, *content);
    return;
  }
  cairo_rectangle(cairo, frame.x, frame.y, frame.width, frame.height);
  cairo_set_source_rgb(cairo, 0.55, 0.55, 0.55);
  cairo_set_line_width(cairo, 0.8);
  cairo_stroke(cairo);
  const TextBlock text(fonts, "自宅の位置が未確認のため、地図を示せません。",
                       {.size = 10, .align = Align::Centre}, frame.width - 20);
  text.draw(cairo, frame.x + 10, frame.y + (frame.height - text.height()) / 2);
}

}  // namespace documents
