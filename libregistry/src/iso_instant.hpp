// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "registry/calendar.hpp"

namespace registry {

/// `2026-11-21T12:04:05+09:00`, also with `Z` or parts of a second (dropped). Nothing for a moment
/// that does not exist or is written without its distance from UTC.
[[nodiscard]] std::optional<Instant> parse_iso_instant(std::string_view text);

}  // namespace registry
