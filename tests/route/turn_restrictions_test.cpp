// SPDX-License-Identifier: Apache-2.0
#include "route/turn_restrictions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <optional>

#include "route/error.hpp"
#include "support/scratch_folder.hpp"

namespace route {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

/// A crossing of four streets at node 5, one of them one-way towards it, and a street (20) that
/// runs on through node 8:
///
///          2               way 12: 2 -> 5 (one-way)
///          |
///     1----5----3----8     ways 11: 1-5, 13: 5-3
///          |    |          way 14: 5-4
///          4    7----      way 20: 3 - 8 - 9, way 21: 8-10
std::string town() {
  std::string xml;
  const auto node = [&xml](int id, int row, int column) {
    xml += "<node id=\"" + std::to_string(id) + "\" lat=\"32.8" + std::to_string(row) +
           "\" lon=\"130.7" + std::to_string(column) + "\"/>\n";
  };
  const auto way = [&xml](int id, const std::vector<int>& members, const std::string& more = "") {
    xml += "<way id=\"" + std::to_string(id) + "\">";
    for (const int member : members) {
      xml += "<nd ref=\"" + std::to_string(member) + "\"/>";
    }
    xml += "<tag k=\"highway\" v=\"residential\"/>" + more + "</way>\n";
  };
  node(1, 3, 1);
  node(2, 4, 2);
  node(3, 3, 3);
  node(4, 2, 2);
  node(5, 3, 2);
  node(8, 3, 4);
  node(9, 3, 5);
  node(10, 4, 4);
  way(11, {1, 5});
  way(12, {2, 5}, "<tag k=\"oneway\" v=\"yes\"/>");
  way(13, {5, 3});
  way(14, {5, 4});
  way(20, {3, 8, 9});
  way(21, {8, 10});
  return xml;
}

struct Member {
  std::string role;
  int ref = 0;
  std::string type = "way";
};

std::string relation(int id, const std::vector<Member>& members,
                     const std::vector<std::pair<std::string, std::string>>& tags) {
  std::string xml = "<relation id=\"" + std::to_string(id) + "\">";
  for (const Member& member : members) {
    xml += "<member type=\"" + member.type + "\" ref=\"" + std::to_string(member.ref) +
           "\" role=\"" + member.role + "\"/>";
  }
  xml += "<tag k=\"type\" v=\"restriction\"/>";
  for (const auto& [key, value] : tags) {
    xml += "<tag k=\"" + key + "\" v=\"" + value + "\"/>";
  }
  return xml + "</relation>\n";
}

/// From way 11 over the crossing into way `to`.
std::string restriction(const std::vector<std::pair<std::string, std::string>>& tags, int to = 14) {
  return relation(1, {{"from", 11}, {"via", 5, "node"}, {"to", to}}, tags);
}

struct Imported {
  RoadGraph graph;
  TurnImport turns;
};

Imported import(const std::string& relations) {
  const support::ScratchFolder folder;
  const auto file = folder / "town.osm";
  std::ofstream(file, std::ios::binary)
      << "<?xml version=\"1.0\"?><osm version=\"0.6\">" << town() << relations << "</osm>";
  Imported result{import_osm(file).graph, {}};
  result.turns = import_turn_restrictions(file, result.graph);
  return result;
}

using Turn = std::array<std::int64_t, 3>;

/// Bans as nodes of the file: where from, over which, where to.
std::vector<Turn> turns_of(const Imported& imported) {
  std::vector<Turn> turns;
  const RoadGraph& graph = imported.graph;
  for (const TurnRestriction& ban : imported.turns.bans.all()) {
    EXPECT_EQ(graph.head(ban.from), graph.tail(ban.to));
    turns.push_back({graph.source_id(graph.tail(ban.from)), graph.source_id(graph.head(ban.from)),
                     graph.source_id(graph.head(ban.to))});
  }
  return turns;
}

std::vector<Turn> turns_under(const std::string& relations) {
  return turns_of(import(relations));
}

/// The reason why the only relation was left out.
std::string reason_for(const std::string& relations) {
  const auto turns = import(relations).turns;
  EXPECT_THAT(turns.bans.all(), IsEmpty());
  EXPECT_EQ(turns.report.relations_read, 1U);
  EXPECT_EQ(turns.report.relations_used, 0U);
  return turns.report.relations_dropped.size() == 1 ? turns.report.relations_dropped.begin()->first
                                                    : "";
}

const Turn kRight{1, 5, 4};

TEST(TurnImport, AProhibitionBansOneTurnInOneDirection) {
  for (const char* value : {"no_right_turn", "no_left_turn", "no_straight_on"}) {
    EXPECT_THAT(turns_under(restriction({{"restriction", value}})), ElementsAre(kRight)) << value;
  }
}

TEST(TurnImport, AMandatoryTurnBansAllOthersAndTurningRound) {
  EXPECT_THAT(turns_under(restriction({{"restriction", "only_right_turn"}})),
              UnorderedElementsAre(Turn{1, 5, 1}, Turn{1, 5, 2}, Turn{1, 5, 3}));
}

TEST(TurnImport, TurningRoundIsBannedOnlyWhereItSaysSo) {
  const auto round =
      relation(1, {{"from", 11}, {"via", 5, "node"}, {"to", 11}}, {{"restriction", "no_u_turn"}});
  EXPECT_THAT(turns_under(round), ElementsAre(Turn{1, 5, 1}));
  // On a way that runs on beyond the place, in both directions.
  const auto through =
      relation(1, {{"from", 20}, {"via", 8, "node"}, {"to", 20}}, {{"restriction", "no_u_turn"}});
  EXPECT_THAT(turns_under(through), UnorderedElementsAre(Turn{3, 8, 3}, Turn{9, 8, 9}));
  // Between the two carriageways of a road it is a turn like any other.
  EXPECT_THAT(turns_under(restriction({{"restriction", "no_u_turn"}})), ElementsAre(kRight));
}

TEST(TurnImport, NoEntryAndNoExitMayNameSeveralRoads) {
  const auto entry = relation(1, {{"from", 11}, {"from", 13}, {"via", 5, "node"}, {"to", 14}},
                              {{"restriction", "no_entry"}});
  EXPECT_THAT(turns_under(entry), UnorderedElementsAre(kRight, Turn{3, 5, 4}));
  const auto exit = relation(1, {{"from", 11}, {"via", 5, "node"}, {"to", 13}, {"to", 14}},
                             {{"restriction", "no_exit"}});
  EXPECT_THAT(turns_under(exit), UnorderedElementsAre(kRight, Turn{1, 5, 3}));
  const auto turn = relation(1, {{"from", 11}, {"from", 13}, {"via", 5, "node"}, {"to", 14}},
                             {{"restriction", "no_left_turn"}});
  EXPECT_THAT(reason_for(turn), HasSubstr("そろっていない"));
}

TEST(TurnImport, TheRuleForMotorcarsStandsInForTheGeneralOne) {
  EXPECT_THAT(turns_under(restriction({{"restriction:motorcar", "no_left_turn"}})),
              ElementsAre(kRight));
  EXPECT_THAT(turns_under(restriction({{"restriction", "only_right_turn"},
                                       {"restriction:motor_vehicle", "no_right_turn"}})),
              ElementsAre(kRight));
  EXPECT_THAT(reason_for(restriction({{"restriction:hgv", "no_right_turn"}})),
              HasSubstr("ほかの種類の車両"));
}

TEST(TurnImport, ExceptionsCountOnlyForOrdinaryCars) {
  EXPECT_THAT(
      turns_under(restriction({{"restriction", "no_right_turn"}, {"except", "psv;bicycle;taxi"}})),
      ElementsAre(kRight));
  EXPECT_THAT(
      reason_for(restriction({{"restriction", "no_right_turn"}, {"except", "psv; motorcar"}})),
      HasSubstr("except"));
}

TEST(TurnImport, WhatIsNotUnderstoodIsCountedWithItsReason) {
  EXPECT_THAT(
      reason_for(restriction({{"restriction:conditional", "no_right_turn @ (07:00-09:00)"}})),
      HasSubstr("条件"));
  EXPECT_THAT(reason_for(restriction({{"restriction", "no_right_turn"}, {"hour_on", "7"}})),
              HasSubstr("条件"));
  EXPECT_THAT(reason_for(restriction({{"restriction", "no_right_turn_on_red"}})),
              HasSubstr("知らない種類"));
  EXPECT_THAT(reason_for(restriction({})), HasSubstr("知らない種類"));
  EXPECT_THAT(reason_for(relation(1, {{"from", 11}, {"via", 13}, {"to", 20}},
                                  {{"restriction", "no_u_turn"}})),
              HasSubstr("via が way"));
  EXPECT_THAT(reason_for(relation(1, {{"from", 11}, {"to", 14}}, {{"restriction", "no_u_turn"}})),
              HasSubstr("そろっていない"));
  EXPECT_THAT(reason_for(restriction({{"restriction", "only_straight_on"}}, 99)),
              HasSubstr("道路網にない"));
  EXPECT_THAT(reason_for(relation(1, {{"from", 11}, {"via", 6, "node"}, {"to", 14}},
                                  {{"restriction", "no_u_turn"}})),
              HasSubstr("道路網にない"));
}

TEST(TurnImport, OnewayStreetsDecideTheDirectionOrMakeTheRuleIdle) {
  EXPECT_THAT(turns_under(relation(1, {{"from", 12}, {"via", 5, "node"}, {"to", 11}},
                                   {{"restriction", "no_right_turn"}})),
              ElementsAre(Turn{2, 5, 1}));
  EXPECT_THAT(reason_for(restriction({{"restriction", "no_left_turn"}}, 12)),
              HasSubstr("もともと通れない"));
}

TEST(TurnImport, AWayThatRunsOnBeyondThePlaceIsNotGuessedAt) {
  EXPECT_THAT(reason_for(relation(1, {{"from", 20}, {"via", 8, "node"}, {"to", 21}},
                                  {{"restriction", "no_left_turn"}})),
              HasSubstr("向きが決まらない"));
}

TEST(TurnImport, ARepeatedRelationCountsOnce) {
  const auto one = restriction({{"restriction", "no_right_turn"}});
  const auto turns = import(one + one).turns;
  EXPECT_EQ(turns.report.relations_used, 1U);
  EXPECT_EQ(turns.report.turns_banned, 1U);
  EXPECT_THAT(turns.report.relations_dropped, ElementsAre(Pair(HasSubstr("重複"), 1U)));
}

TEST(TurnImport, AFileWithoutRestrictionsGivesNone) {
  const auto turns = import("<relation id=\"4\"><tag k=\"type\" v=\"route\"/></relation>").turns;
  EXPECT_EQ(turns.report.relations_read, 0U);
  EXPECT_TRUE(turns.bans.empty());
}

TEST(TurnImport, AFileThatIsNotThereOrNotOsmIsRefused) {
  const auto graph = import("").graph;
  const support::ScratchFolder folder;
  EXPECT_THROW(static_cast<void>(import_turn_restrictions(folder / "none.osm", graph)), InputError);
  std::ofstream(folder / "text.osm") << "not a map";
  EXPECT_THROW(static_cast<void>(import_turn_restrictions(folder / "text.osm", graph)), InputError);
}

/// What refuses a saved text, or "" if nothing does.
std::string refusal(const std::string& text, const RoadGraph& graph) {
  try {
    static_cast<void>(parse_turns(text, graph));
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(SavedTurns, ComeBackAsTheyWere) {
  const auto [graph, turns] = import(restriction({{"restriction", "only_right_turn"}}));
  const auto text = turns_text(graph, turns.bans);
  EXPECT_EQ(parse_turns(text, graph), turns.bans);
  EXPECT_EQ(parse_turns(turns_text(graph, {}), graph), TurnBans());
}

TEST(SavedTurns, EveryChangedByteIsFound) {
  const auto [graph, turns] = import(restriction({{"restriction", "only_right_turn"}}));
  const auto text = turns_text(graph, turns.bans);
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const int bit : {1, 8, 64}) {
      std::string damaged = text;
      damaged[i] = static_cast<char>(damaged[i] ^ bit);
      EXPECT_NE(refusal(damaged, graph), "") << i << " " << bit;
    }
    EXPECT_NE(refusal(text.substr(0, i), graph), "") << i;
  }
}

TEST(SavedTurns, OfOtherRoadsAreRefused) {
  const auto [graph, turns] = import(restriction({{"restriction", "no_right_turn"}}));
  const auto text = turns_text(graph, turns.bans);
  const auto bigger =
      import("<way id=\"30\"><nd ref=\"1\"/><nd ref=\"2\"/><tag k=\"highway\" v=\"path\"/></way>");
  EXPECT_THAT(refusal(text, bigger.graph), HasSubstr("別の道路データ"));
  EXPECT_THAT(refusal("", graph), HasSubstr("切れて"));
  EXPECT_THAT(refusal("roads 1\n", graph), HasSubstr("別の種類"));
  std::string newer = text;
  newer.replace(newer.find(" 1 "), 3, " 2 ");
  EXPECT_THAT(refusal(newer, graph), HasSubstr("版"));
}

}  // namespace
}  // namespace route
