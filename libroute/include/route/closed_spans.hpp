// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "route/closure.hpp"

namespace route {

/// A time in which an edge is closed to a profile, seconds after the start of the event.
struct ClosedSpan {
  EdgeId edge;
  std::uint32_t from_s = 0;
  std::optional<std::uint32_t> until_s;  ///< nothing = for good
  friend bool operator==(const ClosedSpan&, const ClosedSpan&) = default;
};

/// When each edge is closed to a profile, by edge and time; closures that touch or overlap are one.
/// An edge closed until a time before its closure begins is never closed.
[[nodiscard]] std::vector<ClosedSpan> closed_spans(std::span<const Closure> closures,
                                                   const ClosureEffect& effect,
                                                   std::string_view profile);

}  // namespace route
