// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the values of single OpenStreetMap tags mean to us. Pure; an empty value is an absent tag.
// Meanings: <https://wiki.openstreetmap.org/wiki/Map_features>.

#include <cstdint>
#include <optional>
#include <string_view>

#include "route/road.hpp"

namespace route {

/// Class of a `highway` value; nothing if it is no road one can use today.
[[nodiscard]] std::optional<RoadClass> road_class_of(std::string_view highway);

/// Whether an access value lets the general public through. "private" does not; "destination" and
/// "customers" do, for they let in whoever has business there.
[[nodiscard]] Tri access_of(std::string_view value);

/// "4", "4.5 m", "3,5", "80 cm" in centimetres; 0 if not understood or above 100 m.
[[nodiscard]] std::uint16_t width_cm_of(std::string_view width);

/// Classes of `yh:WIDTH` ("3.0m〜5.5m", "13.0m以上", "1.5m未満") in centimetres. Only the lower
/// bound is certain, so that is the width; classes without one are unknown (0).
[[nodiscard]] std::uint16_t yh_width_cm_of(std::string_view width);

/// The worst among the values separated by semicolons; `Unknown` if any is not understood.
[[nodiscard]] Surface surface_of(std::string_view surface);

[[nodiscard]] Smoothness smoothness_of(std::string_view smoothness);

/// "10%", "-5 %", "5°", "1:12" and plain numbers (per cent); `Road::kUnknownIncline` for "up",
/// "down" and slopes of more than 45 degrees.
[[nodiscard]] std::int16_t incline_permille_of(std::string_view incline);

[[nodiscard]] Tri lit_of(std::string_view lit);

/// Any value but "no": `bridge=viaduct`, `ford=stepping_stones`.
[[nodiscard]] bool is_set(std::string_view value);

/// Whole number, or `otherwise` when it is none or out of range.
[[nodiscard]] int integer_of(std::string_view value, int low, int high, int otherwise);

}  // namespace route
