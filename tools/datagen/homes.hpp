// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "datagen/quarters.hpp"
#include "datagen/random.hpp"
#include "datagen/streets.hpp"
#include "registry/area.hpp"

namespace datagen {

/// Where a household lives.
struct Home {
  int area = 0;  ///< quarter, or number of the given area
  std::string postcode;
  std::string town_code;
  std::string address;   ///< 住所: ひかり市ひがし町五丁目
  std::string number;    ///< 番地: 5番12号
  std::string building;  ///< 方書
  registry::Position position;
};

/// Finds homes for households, one after the other.
class HomeFinder {
 public:
  HomeFinder() = default;
  HomeFinder(const HomeFinder&) = delete;
  HomeFinder(HomeFinder&&) = delete;
  HomeFinder& operator=(const HomeFinder&) = delete;
  HomeFinder& operator=(HomeFinder&&) = delete;
  virtual ~HomeFinder() = default;
  virtual Home next(Random& random) = 0;
};

/// Homes beside the streets of the town, 4 to 19 m from the middle of the nearest one, a third of
/// them flats that share their buildings.
class TownHomes : public HomeFinder {
 public:
  TownHomes(const TownPlan& plan, const Streets& streets, const TownDivision& division, int people,
            std::uint64_t seed);
  Home next(Random& random) override;
  /// A home at a place; its address is that of the block.
  [[nodiscard]] Home at(Point plan) const;

 private:
  Home beside_street(Random& random) const;

  const TownPlan& plan_;
  const Streets& streets_;
  const TownDivision& division_;
  StretchIndex index_;
  std::vector<double> sums_;         ///< running total of the stretches' weights
  std::vector<std::size_t> blocks_;  ///< first block of each quarter
  std::vector<Home> buildings_;
};

/// Homes anywhere inside given areas, each area drawn in proportion to its population.
class AreaHomes : public HomeFinder {
 public:
  /// Throws `std::runtime_error` when no area has people.
  explicit AreaHomes(const std::vector<registry::Area>& areas);
  Home next(Random& random) override;

 private:
  const std::vector<registry::Area>& areas_;
  std::vector<double> sums_;  ///< running total of the populations
};

/// The name of a block of flats, without the room.
[[nodiscard]] std::string building_name(Random& random);
/// 203号室
[[nodiscard]] std::string room(Random& random);

}  // namespace datagen
