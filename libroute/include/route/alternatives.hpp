// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "route/path.hpp"

namespace route {

/// A second way, in case the first is blocked.
struct Alternative {
  Path path;
  Weight extra = 0;            ///< how much longer it takes than the first way
  Weight shared_duration = 0;  ///< of it on stretches of the first way, in either direction
  double shared_length_m = 0;
};

/// The way from `from` to `to` that shares the least time with `first`, and among those the
/// fastest: exact, by a search for pairs (shared, total) in lexicographic order. A stretch is
/// shared when both ways run over the same part of the same edge, in whatever direction. Nothing
/// when every way runs along `first` from end to end, or there is none. It makes no turn that the
/// request bans. Requires that `first` is a
/// path of `find_path` between the same positions.
[[nodiscard]] std::optional<Alternative> find_alternative(const PathRequest& request,
                                                          const Path& first,
                                                          const RoadPosition& from,
                                                          const RoadPosition& to);

}  // namespace route
