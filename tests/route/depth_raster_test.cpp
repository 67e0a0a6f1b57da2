// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "draw.hpp"
#include "route/error.hpp"
#include "route/graph_builder.hpp"
#include "route/hazard.hpp"
#include "scratch_file.hpp"

namespace {

using route::HazardKind;
using route::import_depth_raster;
using route::LatLon;
using support::ScratchFile;
using testing::HasSubstr;

constexpr std::size_t kColumns = 24;
constexpr std::size_t kRows = 18;
constexpr double kWest = 130.70;
constexpr double kSouth = 32.80;
constexpr double kCell = 0.0005;
constexpr const char* kDegrees =
    R"(GEOGCS["JGD2011",DATUM["JGD2011",SPHEROID["GRS 1980",6378137,298.257222101]],)"
    R"(PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]])";

/// What a cell says, and the depth a zone is to say for it.
struct Depth {
  const char* text;
  int class_cm;
};
constexpr std::array<Depth, 9> kDepths{{{"0", 0},
                                        {"-9999", 0},
                                        {"-0.2", 0},
                                        {"0.05", 10},
                                        {"0.3", 30},
                                        {"0.31", 40},
                                        {"0.95", 100},
                                        {"1.2", 200},
                                        {"7", 700}}};

using Grid = std::vector<std::size_t>;  // into `kDepths`, row by row from the north

std::string text_of(const Grid& grid) {
  std::string text = "ncols " + std::to_string(kColumns) + "\nnrows " + std::to_string(kRows) +
                     "\nxllcorner 130.70\nyllcorner 32.80\ncellsize 0.0005\nNODATA_value -9999\n";
  for (std::size_t i = 0; i < grid.size(); ++i) {
    text += kDepths.at(grid[i]).text;
    text += (i + 1) % kColumns == 0 ? '\n' : ' ';
  }
  return text;
}

LatLon centre(std::size_t column, std::size_t row) {
  return route::from_degrees(kSouth + (static_cast<double>(kRows - row) - 0.5) * kCell,
                             kWest + (static_cast<double>(column) + 0.5) * kCell);
}

route::HazardMap read(const Grid& grid) {
  const ScratchFile file("depth.asc", text_of(grid));
  file.add("depth.prj", kDegrees);
  return import_depth_raster(file.path(), HazardKind::Flood).map;
}

TEST(DepthRaster, EveryCellLiesInTheZoneOfItsDepthAndNoDryOneInAny) {
  support::Draw draw(3);
  Grid grid(kColumns * kRows);
  for (std::size_t& cell : grid) {
    cell = draw(kDepths.size());
  }
  const route::HazardMap map = read(grid);
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const auto* zone = map.at(centre(i % kColumns, i / kColumns), HazardKind::Flood);
    ASSERT_EQ(zone == nullptr ? 0 : zone->depth_cm, kDepths.at(grid[i]).class_cm)
        << kDepths.at(grid[i]).text << " in cell " << i;
  }
}

/// Roads along the middles of all rows and columns, cell by cell.
struct Streets {
  std::vector<std::array<std::size_t, 2>> cells;  ///< by edge, the two it joins
  route::RoadGraph graph;
};
Streets streets() {
  route::GraphBuilder builder;
  for (std::size_t i = 0; i < kColumns * kRows; ++i) {
    builder.add_node(centre(i % kColumns, i / kColumns));
  }
  std::vector<std::array<std::size_t, 2>> cells;
  const auto join = [&](std::size_t a, std::size_t b) {
    builder.add_edge(route::NodeId(static_cast<std::uint32_t>(a)),
                     route::NodeId(static_cast<std::uint32_t>(b)), route::Road{});
    cells.push_back({a, b});
  };
  for (std::size_t i = 0; i < kColumns * kRows; ++i) {
    if (i % kColumns + 1 < kColumns) {
      join(i, i + 1);
    }
    if (i + kColumns < kColumns * kRows) {
      join(i, i + kColumns);
    }
  }
  return {std::move(cells), builder.build()};
}

TEST(DepthRaster, RastersOfTimeStepsReachEveryRoadWhenACellOfItIsFirstThatDeep) {
  constexpr std::array<std::uint32_t, 3> kStepsS{600, 1200, 3000};
  support::Draw draw(5);
  std::vector<Grid> steps(kStepsS.size(), Grid(kColumns * kRows, 0));
  route::HazardMap map;
  for (std::size_t step = 0; step < steps.size(); ++step) {
    for (std::size_t& cell : steps[step]) {
      cell = draw(3) == 0 ? 3 + draw(kDepths.size() - 3) : 0;
    }
    for (route::HazardZone& zone : read(steps[step]).zones) {
      zone.arrival_s = kStepsS.at(step);
      map.zones.push_back(std::move(zone));
    }
  }
  const Streets town = streets();
  const auto hazards = hazards_on_edges(town.graph, map);
  for (std::size_t edge = 0; edge < town.cells.size(); ++edge) {
    for (const int limit_cm : {10, 30, 40, 100, 700}) {
      std::optional<std::uint32_t> expected;
      for (std::size_t step = 0; step < steps.size() && !expected; ++step) {
        for (const std::size_t cell : town.cells[edge]) {
          if (kDepths.at(steps[step][cell]).class_cm >= limit_cm) {
            expected = kStepsS.at(step);
          }
        }
      }
      std::optional<std::uint32_t> found;
      for (const route::EdgeHazard& each :
           hazards[route::EdgeId(static_cast<std::uint32_t>(edge))]) {
        if (water_depth_cm(each) >= limit_cm && (!found || *each.arrival_s < *found)) {
          found = each.arrival_s;
        }
      }
      ASSERT_EQ(found, expected) << "edge " << edge << ", " << limit_cm << " cm";
    }
  }
}

TEST(DepthRaster, WhatIsNoRasterOfDepthsIsRefusedWithTheReason) {
  const auto fault = [](const ScratchFile& file, HazardKind kind) -> std::string {
    try {
      static_cast<void>(import_depth_raster(file.path(), kind));
    } catch (const route::InputError& error) {
      return error.what();
    }
    return "accepted";
  };
  const Grid dry(kColumns * kRows, 0);
  const Grid wet(kColumns * kRows, 4);
  const ScratchFile placed("a.asc", text_of(wet));
  placed.add("a.prj", kDegrees);
  EXPECT_EQ(fault(placed, HazardKind::Tsunami), "accepted");
  EXPECT_THAT(fault(placed, HazardKind::Fire), HasSubstr("水の災害"));
  EXPECT_THAT(fault(ScratchFile("b.asc", text_of(wet)), HazardKind::Flood), HasSubstr("座標系"));
  const ScratchFile nothing("c.asc", text_of(dry));
  nothing.add("c.prj", kDegrees);
  EXPECT_THAT(fault(nothing, HazardKind::Flood), HasSubstr("危険区域がありません"));
  std::string deep = text_of(wet);
  deep.replace(deep.rfind("0.3"), 3, "700");
  const ScratchFile centimetres("d.asc", deep);
  centimetres.add("d.prj", kDegrees);
  EXPECT_THAT(fault(centimetres, HazardKind::Flood), HasSubstr("メートル"));
  EXPECT_THAT(fault(ScratchFile("e.tif", "no raster"), HazardKind::Flood), HasSubstr("GeoTIFF"));
}

}  // namespace
