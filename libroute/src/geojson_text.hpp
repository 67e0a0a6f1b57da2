// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "route/geo.hpp"

namespace route {

// Pieces of GeoJSON (RFC 7946), longitude first, with all seven decimals so that a place is read
// back as the same place.

/// `[[lon,lat],[lon,lat],...]`
void append_line(std::string& text, const Polyline& line);

/// Minutes as the shortest number that gives the same seconds again.
void append_minutes(std::string& text, std::uint32_t seconds);

/// The text in quotes, with what JSON does not allow inside escaped.
void append_quoted(std::string& text, std::string_view value);

}  // namespace route
