// SPDX-License-Identifier: Apache-2.0
// The whole truth about every profile the project ships, drawn: one row per thing a road can be,
// one column per profile, and in each cell the speed in m/s or why the profile cannot pass. The
// figures are worked out by hand from data/rules/profiles.toml; whoever changes a figure there sees
// here what it does.
#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "profiles_fixture.hpp"

namespace {

using route::Ban;
using route::Barrier;
using route::Road;
using route::RoadClass;
using route::Smoothness;
using route::Surface;
using route::Tri;

constexpr std::array<std::string_view, 9> kProfiles{
    "walk",      "assisted",      "rollator", "wheelchair_self", "wheelchair", "wheelchair_power",
    "stretcher", "stretcher_two", "vehicle"};

// Columns in the order of kProfiles.
constexpr std::string_view kTruth = R"(
                            |   walk assist rollat c.self c.push c.powr bear 4 bear 2 vehicl
plain street                |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350  3.000
at night                    |  0.800  0.400  0.456  0.552  0.800  0.712  0.400  0.280  2.400
in rain                     |  0.900  0.450  0.513  0.621  0.900  0.801  0.450  0.315  2.700
5 % up                      |  0.825  0.412  0.474  0.414  0.765  0.801  0.425  0.283  3.000
8 % up                      |  0.750  0.375  0.426  0.241  0.643  0.694  0.380  0.239  3.000
9 % up                      |  0.725  0.362  0.415  steep  0.613  0.659  0.365  0.225  3.000
12 % up                     |  0.580  0.290  0.382  steep  steep  steep  0.290  0.168  3.000
5 % down                    |  0.975  0.475  0.488  0.552  0.800  0.801  0.475  0.327  3.000
12 % down                   |  0.790  0.330  0.382  steep  steep  steep  0.310  0.182  3.000
14 % up                     |  0.460  0.230  steep  steep  steep  steep  0.230  0.126  3.000
30 % up                     |  0.400  0.200  steep  steep  steep  steep  steep  steep  steep
slope unknown               |  1.000  0.450  0.484  0.552  0.800  0.712  0.450  0.315  2.700
stairs                      |  0.500  0.250  0.200  steps  steps  steps  0.250  0.150  steps
stairs with a ramp          |  0.500  0.250  0.200  steps  steps  steps  0.250  0.150  steps
0.6 m wide                  |  1.000  0.500 narrow narrow narrow narrow narrow narrow narrow
0.8 m wide                  |  1.000  0.500  0.570 narrow narrow narrow narrow  0.350 narrow
0.9 m wide                  |  1.000  0.500  0.570  0.690  1.000  0.890 narrow  0.350 narrow
1.5 m wide                  |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350 narrow
width unknown               |  1.000  0.500  0.484  0.552  0.800  0.712  0.450  0.315  2.700
no width, wheelchair=yes    |  1.000  0.500  0.484  0.690  1.000  0.890  0.450  0.315  2.700
cobbles                     |  0.900  0.400  0.399  0.345  0.600  0.623  0.450  0.315  2.400
fine gravel                 |  1.000  0.450  0.456  0.483  0.800  0.801  0.500  0.350  2.700
gravel                      |  0.750  0.300  0.228  rough  0.400  0.445  0.375  0.262  2.100
earth                       |  0.750  0.300  0.228  rough  0.400  0.445  0.375  0.262  1.800
sand                        |  0.500  0.200  rough  rough  rough  rough  0.250  0.175  rough
surface unknown             |  1.000  0.450  0.484  0.552  0.800  0.712  0.450  0.315  2.700
bad smoothness              |  1.000  0.500  0.570  rough  rough  rough  0.500  0.350  3.000
very bad smoothness         |  1.000  0.500  rough  rough  rough  rough  0.500  0.350  rough
motorway                    |   kind   kind   kind   kind   kind   kind   kind   kind   kind
trunk road                  |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350  3.000
footway                     |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350   kind
bridleway                   |  1.000   kind   kind   kind   kind   kind   kind   kind   kind
farm track                  |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350   kind
lift                        |   kind   kind   kind   kind   kind   kind   kind   kind   kind
foot=no                     | access access access access access access access access  3.000
vehicle=no                  |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350 access
wheelchair=no               |  1.000  0.500  0.570 access access access  0.500  0.350  3.000
against a one-way street    |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350 oneway
against a one-way passage   | oneway oneway oneway oneway oneway oneway oneway oneway  3.000
raised kerb                 |  1.000  0.500  0.484 barred  0.800 barred  0.500  0.350  3.000
bollard                     |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350 barred
gate                        |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350 barred
gate, vehicle=yes           |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350  3.000
cycle barrier               |  1.000  0.500  0.570  0.690  1.000  0.890  0.500  0.350 barred
cycle barrier, width unknown|  1.000  0.500 barred barred barred barred barred barred barred
stile                       |  1.000  0.500 barred barred barred barred barred barred barred
wall                        | barred barred barred barred barred barred barred barred barred
ford                        |  water  water  water  water  water  water  water  water  water
)";

/// What the rows of the table say of a road and of the hour.
struct Scene {
  Road road;
  route::Conditions conditions;
};

using Change = std::function<void(Scene&)>;

template <class Value>
Change set(Value Road::*member, Value value) {
  return [member, value](Scene& scene) { scene.road.*member = value; };
}

Change both(const Change& first, const Change& second) {
  return [first, second](Scene& scene) {
    first(scene);
    second(scene);
  };
}

Change slope(int permille) {
  return set(&Road::slope_permille, static_cast<std::int16_t>(permille));
}

Change width(int cm) {
  return set(&Road::width_cm, static_cast<std::uint16_t>(cm));
}

Change one(std::uint8_t Road::*member, int value) {
  return set(member, static_cast<std::uint8_t>(value));
}

const std::map<std::string, Change, std::less<>>& changes() {
  static const std::map<std::string, Change, std::less<>> by_row{
      {"plain street", [](Scene&) {}},
      {"at night", [](Scene& scene) { scene.conditions.night = true; }},
      {"in rain", [](Scene& scene) { scene.conditions.rain = true; }},
      {"5 % up", slope(50)},
      {"8 % up", slope(80)},
      {"9 % up", slope(90)},
      {"12 % up", slope(120)},
      {"5 % down", slope(-50)},
      {"12 % down", slope(-120)},
      {"14 % up", slope(140)},
      {"30 % up", slope(300)},
      {"slope unknown", slope(Road::kUnknownIncline)},
      {"stairs", set(&Road::road_class, RoadClass::Steps)},
      {"stairs with a ramp",
       both(set(&Road::road_class, RoadClass::Steps), set(&Road::wheelchair, Tri::Yes))},
      {"0.6 m wide", width(60)},
      {"0.8 m wide", width(80)},
      {"0.9 m wide", width(90)},
      {"1.5 m wide", width(150)},
      {"width unknown", width(0)},
      {"no width, wheelchair=yes", both(width(0), set(&Road::wheelchair, Tri::Yes))},
      {"cobbles", set(&Road::surface, Surface::Cobbled)},
      {"fine gravel", set(&Road::surface, Surface::Compacted)},
      {"gravel", set(&Road::surface, Surface::Gravel)},
      {"earth", set(&Road::surface, Surface::Ground)},
      {"sand", set(&Road::surface, Surface::Soft)},
      {"surface unknown", set(&Road::surface, Surface::Unknown)},
      {"bad smoothness", set(&Road::smoothness, Smoothness::Bad)},
      {"very bad smoothness", set(&Road::smoothness, Smoothness::VeryBad)},
      {"motorway", set(&Road::road_class, RoadClass::Motorway)},
      {"trunk road", set(&Road::road_class, RoadClass::Trunk)},
      {"footway", set(&Road::road_class, RoadClass::Footway)},
      {"bridleway", set(&Road::road_class, RoadClass::Bridleway)},
      {"farm track", set(&Road::road_class, RoadClass::Track)},
      {"lift", set(&Road::road_class, RoadClass::Elevator)},
      {"foot=no", set(&Road::foot, Tri::No)},
      {"vehicle=no", set(&Road::vehicle, Tri::No)},
      {"wheelchair=no", set(&Road::wheelchair, Tri::No)},
      {"against a one-way street", one(&Road::oneway_vehicle, 2)},
      {"against a one-way passage", one(&Road::oneway_foot, 2)},
      {"raised kerb", set(&Road::barrier, Barrier::Kerb)},
      {"bollard", set(&Road::barrier, Barrier::Bollard)},
      {"gate", set(&Road::barrier, Barrier::Gate)},
      {"gate, vehicle=yes",
       both(set(&Road::barrier, Barrier::Gate), set(&Road::vehicle, Tri::Yes))},
      {"cycle barrier", set(&Road::barrier, Barrier::CycleBarrier)},
      {"cycle barrier, width unknown", both(set(&Road::barrier, Barrier::CycleBarrier), width(0))},
      {"stile", set(&Road::barrier, Barrier::Stile)},
      {"wall", set(&Road::barrier, Barrier::Wall)},
      {"ford", one(&Road::ford, 1)},
  };
  return by_row;
}

/// A street about which nothing is unknown and which everybody passes at full speed.
Scene plain_street() {
  Scene scene;
  scene.road.length_mm = 100'000;
  scene.road.width_cm = 400;
  scene.road.slope_permille = 0;
  scene.road.road_class = RoadClass::Residential;
  scene.road.surface = Surface::Paved;
  scene.road.smoothness = Smoothness::Good;
  return scene;
}

std::string_view word_for(Ban ban) {
  switch (ban) {
    case Ban::None:
      return "none";
    case Ban::NoAccess:
      return "access";
    case Ban::RoadKind:
      return "kind";
    case Ban::AgainstOneway:
      return "oneway";
    case Ban::Steps:
      return "steps";
    case Ban::TooSteep:
      return "steep";
    case Ban::TooNarrow:
      return "narrow";
    case Ban::Surface:
      return "rough";
    case Ban::Barrier:
      return "barred";
    case Ban::Water:
      return "water";
    case Ban::Closed:
      return "closed";
  }
  return "?";
}

/// Whether the pace is what the cell says: a speed to three decimals, or the word of the ban.
bool agrees(const route::Pace& pace, const std::string& cell) {
  double speed = 0;
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), speed);
  if (fault != std::errc() || end != cell.data() + cell.size()) {
    return pace.ban != Ban::None && pace.speed_mps == 0 && word_for(pace.ban) == cell;
  }
  return pace.ban == Ban::None && std::abs(pace.speed_mps - speed) < 0.00051;
}

TEST(ProfileTruth, EveryProfilePassesEveryRoadAsDrawn) {
  std::istringstream rows{std::string(kTruth)};
  std::size_t rows_read = 0;
  for (std::string row; std::getline(rows, row);) {
    const std::string name = row.substr(0, row.find_last_not_of(' ', row.find('|') - 1) + 1);
    if (row.find('|') == std::string::npos || row.front() == ' ') {
      continue;  // the heading
    }
    ++rows_read;
    ASSERT_TRUE(changes().contains(name)) << name;
    Scene scene = plain_street();
    changes().at(name)(scene);
    std::istringstream cells(row.substr(row.find('|') + 1));
    for (const std::string_view profile : kProfiles) {
      std::string cell;
      ASSERT_TRUE(cells >> cell) << name << ", " << profile;
      const auto pace = route::pace(support::shipped(profile), scene.road, true, scene.conditions);
      EXPECT_TRUE(agrees(pace, cell)) << name << ", " << profile << ": drawn " << cell << ", found "
                                      << pace.speed_mps << ' ' << word_for(pace.ban);
    }
  }
  EXPECT_EQ(rows_read, changes().size());
}

TEST(ProfileTruth, TheTableHasAColumnForEveryProfile) {
  ASSERT_EQ(support::shipped_profiles().size(), kProfiles.size());
  for (std::size_t i = 0; i < kProfiles.size(); ++i) {
    EXPECT_EQ(support::shipped_profiles()[i].name, kProfiles.at(i));
  }
}

}  // namespace
