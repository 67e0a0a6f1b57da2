// SPDX-License-Identifier: Apache-2.0

// From the members of a restriction to arcs: ways were cut at the place, so "out of way A at node
// V" is the one arc of A that ends at V and may be driven. Where a way runs on beyond V there are
// two of them and nobody can tell which is meant: such a restriction is left out, not guessed.

#include <algorithm>
#include <array>
#include <optional>
#include <osmium/osm/relation.hpp>
#include <set>
#include <utility>

#include "osm_pass.hpp"
#include "route/turn_restrictions.hpp"

namespace route {
namespace {

enum class Rule : std::uint8_t { Banned, RoundBanned, Mandatory };

/// A restriction as it stands in the file.
struct SourceTurn {
  Rule rule = Rule::Banned;
  std::vector<std::int64_t> from;  // ways
  std::vector<std::int64_t> to;    // ways
  std::int64_t via = 0;            // node
};

/// Why a relation bans nothing.
using Reason = const char*;

constexpr Reason kConditional = "時間帯などの条件つき";
constexpr Reason kOtherVehicles = "ほかの種類の車両だけの規制";
constexpr Reason kExcepted = "自動車は除外（except）";
constexpr Reason kUnknownRule = "知らない種類の規制";
constexpr Reason kViaWay = "via が way（未対応）";
constexpr Reason kMembers = "from・via・to がそろっていない";
constexpr Reason kNotInGraph = "道路網にない道か交差点";
constexpr Reason kNoEffect = "もともと通れない向き";
constexpr Reason kAmbiguous = "from か to の向きが決まらない";
constexpr Reason kRepeated = "同じ番号のrelationの重複";

/// Most special first: the narrower rule stands in for the wider one.
constexpr std::array<const char*, 4> kOurKeys{"restriction:motorcar", "restriction:motor_vehicle",
                                              "restriction:vehicle", "restriction"};

bool starts_with(const char* text, std::string_view prefix) {
  return std::string_view(text).starts_with(prefix);
}

const char* our_restriction(const osmium::TagList& tags) {
  for (const char* key : kOurKeys) {
    if (const char* value = tags.get_value_by_key(key)) {
      return value;
    }
  }
  return nullptr;
}

/// No rule of ours: is it one under conditions, or for others?
Reason reason_without_rule(const osmium::TagList& tags) {
  for (const char* key : kOurKeys) {
    if (tags.has_key((std::string(key) + ":conditional").c_str())) {
      return kConditional;
    }
  }
  const bool others = std::any_of(tags.begin(), tags.end(), [](const osmium::Tag& tag) {
    return starts_with(tag.key(), "restriction:");
  });
  return others ? kOtherVehicles : kUnknownRule;
}

bool excepts_us(const char* except) {
  constexpr std::array<std::string_view, 3> kUs{"motorcar", "motor_vehicle", "vehicle"};
  std::string_view rest = except == nullptr ? "" : except;
  while (!rest.empty()) {
    std::string_view word = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    while (word.starts_with(' ')) {
      word.remove_prefix(1);
    }
    while (word.ends_with(' ')) {
      word.remove_suffix(1);
    }
    if (std::ranges::find(kUs, word) != kUs.end()) {
      return true;
    }
  }
  return false;
}

std::optional<Rule> rule_named(std::string_view value) {
  constexpr std::array<std::string_view, 5> kBans{"no_left_turn", "no_right_turn", "no_straight_on",
                                                  "no_entry", "no_exit"};
  constexpr std::array<std::string_view, 4> kMandatory{"only_left_turn", "only_right_turn",
                                                       "only_straight_on", "only_u_turn"};
  if (value == "no_u_turn") {
    return Rule::RoundBanned;
  }
  if (std::ranges::find(kBans, value) != kBans.end()) {
    return Rule::Banned;
  }
  const bool mandatory = std::ranges::find(kMandatory, value) != kMandatory.end();
  return mandatory ? std::optional(Rule::Mandatory) : std::nullopt;
}

/// The rule for ordinary motor vehicles, or why there is none.
Reason read_rule(const osmium::TagList& tags, Rule& rule) {
  const char* value = our_restriction(tags);
  if (value == nullptr) {
    return reason_without_rule(tags);
  }
  // The older way to write hours.
  for (const char* key : {"day_on", "day_off", "hour_on", "hour_off"}) {
    if (tags.has_key(key)) {
      return kConditional;
    }
  }
  if (excepts_us(tags.get_value_by_key("except"))) {
    return kExcepted;
  }
  const auto known = rule_named(value);
  if (!known) {
    return kUnknownRule;
  }
  rule = *known;
  return nullptr;
}

Reason read_members(const osmium::Relation& relation, SourceTurn& turn) {
  std::size_t places = 0;
  bool via_way = false;
  for (const osmium::RelationMember& member : relation.members()) {
    const std::string_view role = member.role();
    const bool way = member.type() == osmium::item_type::way;
    if (role == "from" && way) {
      turn.from.push_back(member.ref());
    } else if (role == "to" && way) {
      turn.to.push_back(member.ref());
    } else if (role == "via" && way) {
      via_way = true;
    } else if (role == "via" && member.type() == osmium::item_type::node) {
      turn.via = member.ref();
      ++places;
    }
  }
  if (via_way) {
    return kViaWay;
  }
  // Only "no entry" and "no exit" speak of several roads at once.
  const std::string_view value = our_restriction(relation.tags());
  const bool one_from = turn.from.size() == 1 || (value == "no_entry" && !turn.from.empty());
  const bool one_to = turn.to.size() == 1 || (value == "no_exit" && !turn.to.empty());
  return places == 1 && one_from && one_to ? nullptr : kMembers;
}

/// Finds the arcs of restrictions.
class Resolver {
 public:
  explicit Resolver(const RoadGraph& graph) : graph_(graph) {
    for (const NodeId node : graph.nodes()) {
      if (graph.source_id(node) != 0) {
        nodes_.emplace_back(graph.source_id(node), node);
      }
    }
    std::ranges::sort(nodes_);
  }

  /// Adds what a restriction bans, or says why it bans nothing.
  [[nodiscard]] Reason add(const SourceTurn& turn, std::vector<TurnRestriction>& bans) const;

 private:
  using Arcs = std::vector<ArcId>;
  struct WayPair {
    Rule rule;
    std::int64_t from;
    std::int64_t to;
  };

  Reason add_pair(const WayPair& ways, NodeId node, std::vector<TurnRestriction>& bans) const;
  [[nodiscard]] NodeId node_at(std::int64_t source_id) const {
    const auto found =
        std::ranges::lower_bound(nodes_, source_id, {}, &std::pair<std::int64_t, NodeId>::first);
    return found != nodes_.end() && found->first == source_id ? found->second : NodeId{};
  }

  /// The arcs of a way at a place that vehicles may drive, out of `all`.
  template <class All>
  [[nodiscard]] Reason arcs_of(std::int64_t way, const All& all, Arcs& arcs) const {
    bool known = false;
    for (const ArcId arc : all) {
      const Road& road = graph_.road(graph_.edge(arc));
      known = known || road.way_id == way;
      const std::uint8_t against = graph_.is_forward(arc) ? 2 : 1;
      if (road.way_id == way && road.oneway_vehicle != against) {
        arcs.push_back(arc);
      }
    }
    return !known ? kNotInGraph : arcs.empty() ? kNoEffect : nullptr;
  }

  [[nodiscard]] static bool is_reverse(const RoadGraph& graph, ArcId from, ArcId to) {
    return from != to && graph.edge(from) == graph.edge(to);
  }
  static void ban_rounds(const RoadGraph& graph, const Arcs& from, const Arcs& to,
                         std::vector<TurnRestriction>& bans);

  const RoadGraph& graph_;
  std::vector<std::pair<std::int64_t, NodeId>> nodes_;
};

/// Turning round on one way is clear wherever on the way it is.
void Resolver::ban_rounds(const RoadGraph& graph, const Arcs& from, const Arcs& to,
                          std::vector<TurnRestriction>& bans) {
  for (const ArcId in : from) {
    for (const ArcId out : to) {
      if (is_reverse(graph, in, out)) {
        bans.push_back({in, out});
      }
    }
  }
}

/// What the restriction bans between one way and another at a node.
Reason Resolver::add_pair(const WayPair& ways, NodeId node,
                          std::vector<TurnRestriction>& bans) const {
  Arcs from;
  Arcs to;
  if (Reason reason = arcs_of(ways.from, graph_.arcs_in(node), from)) {
    return reason;
  }
  if (Reason reason = arcs_of(ways.to, graph_.arcs_out(node), to)) {
    return reason;
  }
  if (ways.rule == Rule::RoundBanned && ways.from == ways.to) {
    ban_rounds(graph_, from, to, bans);
    return nullptr;
  }
  if (from.size() > 1 || to.size() > 1) {
    return kAmbiguous;
  }
  if (ways.rule != Rule::Mandatory) {
    bans.push_back({from.front(), to.front()});
    return nullptr;
  }
  for (const ArcId other : graph_.arcs_out(node)) {
    if (other != to.front()) {
      bans.push_back({from.front(), other});
    }
  }
  return nullptr;
}

Reason Resolver::add(const SourceTurn& turn, std::vector<TurnRestriction>& bans) const {
  const NodeId node = node_at(turn.via);
  if (!node.valid()) {
    return kNotInGraph;
  }
  std::vector<TurnRestriction> found;
  for (const std::int64_t from : turn.from) {
    for (const std::int64_t to : turn.to) {
      if (Reason reason = add_pair({turn.rule, from, to}, node, found)) {
        return reason;
      }
    }
  }
  bans.insert(bans.end(), found.begin(), found.end());
  return nullptr;
}

}  // namespace

TurnImport import_turn_restrictions(const std::filesystem::path& file, const RoadGraph& graph,
                                    const Progress& progress) {
  expect_file(file);
  const Resolver resolver(graph);
  std::vector<TurnRestriction> bans;
  std::set<std::int64_t> seen;
  TurnReport report;
  const auto read = [&](const osmium::Relation& relation) -> Reason {
    if (!seen.insert(relation.id()).second) {
      return kRepeated;
    }
    SourceTurn turn;
    if (Reason reason = read_rule(relation.tags(), turn.rule)) {
      return reason;
    }
    if (Reason reason = read_members(relation, turn)) {
      return reason;
    }
    return resolver.add(turn, bans);
  };
  OsmPass pass(file, osmium::osm_entity_bits::relation, "右左折の規制の読み込み", progress);
  pass.for_each<osmium::Relation>([&](const osmium::Relation& relation) {
    if (!relation.tags().has_tag("type", "restriction")) {
      return;
    }
    ++report.relations_read;
    if (Reason reason = read(relation)) {
      ++report.relations_dropped[reason];
    } else {
      ++report.relations_used;
    }
  });
  TurnImport result{TurnBans(std::move(bans)), std::move(report)};
  result.report.turns_banned = result.bans.all().size();
  return result;
}

}  // namespace route
