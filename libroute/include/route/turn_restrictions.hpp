// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "route/osm_import.hpp"
#include "route/road_graph.hpp"

namespace route {

/// A turn that vehicles must not make: out of `from` into `to`, which begins where `from` ends.
struct TurnRestriction {
  ArcId from;
  ArcId to;

  friend constexpr auto operator<=>(const TurnRestriction&,
                                    const TurnRestriction&) =
      default;  // NOLINT(modernize-use-nullptr): tool bug
};

/// The banned turns of a town. Turning round is a turn like any other: allowed unless it is banned.
class TurnBans {
 public:
  TurnBans() = default;
  /// In any order; repeated ones count once.
  explicit TurnBans(std::vector<TurnRestriction> bans);

  [[nodiscard]] bool empty() const { return bans_.empty(); }
  /// In ascending order.
  [[nodiscard]] std::span<const TurnRestriction> all() const { return bans_; }
  /// Those out of one arc.
  [[nodiscard]] std::span<const TurnRestriction> out_of(ArcId from) const;
  [[nodiscard]] bool contains(ArcId from, ArcId to) const;

  friend bool operator==(const TurnBans&, const TurnBans&) = default;

 private:
  std::vector<TurnRestriction> bans_;
};

/// What became of the turn restrictions of a road file. Nothing is dropped silently.
struct TurnReport {
  std::size_t relations_read = 0;  ///< `type=restriction`
  std::size_t relations_used = 0;
  std::map<std::string, std::size_t> relations_dropped;  ///< reason -> count
  std::size_t turns_banned = 0;
};

struct TurnImport {
  TurnBans bans;
  TurnReport report;
};

/// Reads what ordinary motor vehicles must obey (`restriction`, and before it
/// `restriction:vehicle`,
/// `:motor_vehicle`, `:motorcar`; `except` is respected) from the OSM file the graph was made of:
/// <https://wiki.openstreetmap.org/wiki/Relation:restriction>. A mandatory turn (`only_...`) bans
/// all others at the place, turning round included. Left out and counted: restrictions under
/// conditions, over whole ways (`via` is a way), and those whose roads or direction are not
/// certain. Throws `InputError` for a file that is not OSM.
[[nodiscard]] TurnImport import_turn_restrictions(const std::filesystem::path& file,
                                                  const RoadGraph& graph,
                                                  const Progress& progress = {});

/// The bans as lines of text with a checksum (`docs/file_formats.md`).
[[nodiscard]] std::string turns_text(const RoadGraph& graph, const TurnBans& bans);
/// Reads them back. Throws `InputError` for a text that is damaged or speaks of other roads.
[[nodiscard]] TurnBans parse_turns(std::string_view text, const RoadGraph& graph);

}  // namespace route
