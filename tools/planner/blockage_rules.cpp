// SPDX-License-Identifier: Apache-2.0
#include "planner/blockage_rules.hpp"

#include "planner/toml_reader.hpp"

namespace planner {
namespace {

constexpr std::string_view kFile = "blockage.toml";
constexpr std::int64_t kMostCm = 10'000;
constexpr double kMostPoints = 1000;

std::uint16_t centimetres(const TomlReader& table, std::string_view key) {
  return static_cast<std::uint16_t>(table.integer(key, 1, kMostCm));
}

void read_table(const TomlReader& table, route::BlockageRules& rules) {
  table.allow_only({"passable_cm", "no_houses_percent", "source", "width"});
  (void)table.text("source");
  rules.passable_cm = centimetres(table, "passable_cm");
  rules.no_houses_percent = table.number("no_houses_percent", 0, 100);
  for (const TomlReader& row : table.tables("width")) {
    row.allow_only({"below_cm", "slope", "intercept"});
    const route::BlockageClass next{centimetres(row, "below_cm"), row.number("slope", 0, 100),
                                    row.number("intercept", -100, 100)};
    if (!rules.classes.empty() && next.below_cm <= rules.classes.back().below_cm) {
      row.fail("below_cm", "は小さい順に書いてください。");
    }
    rules.classes.push_back(next);
  }
  if (rules.classes.empty()) {
    table.fail("width", "がありません。[[table.width]] を一つ以上書いてください。");
  }
}

void read_needed(const TomlReader& top, WeaknessRules& rules) {
  for (const TomlReader& table : top.tables("needed")) {
    table.allow_only({"profiles", "width_cm", "source"});
    (void)table.text("source");
    for (const std::string& profile : table.texts("profiles")) {
      if (!rules.needed_cm.emplace(profile, centimetres(table, "width_cm")).second) {
        table.fail("profiles", "の「" + profile + "」が重なっています。一度だけ書いてください。");
      }
    }
  }
}

void read_unknown_width(const TomlReader& table, route::BlockageRules& rules) {
  table.allow_only({"otherwise_cm", "class", "source"});
  (void)table.text("source");
  rules.unknown_width_cm.fill(centimetres(table, "otherwise_cm"));
  for (const TomlReader& row : table.tables("class")) {
    row.allow_only({"highways", "width_cm"});
    for (const std::string& name : row.texts("highways")) {
      const auto of = route::road_class_named(name);
      if (!of) {
        row.fail("highways", "の「" + name +
                                 "」は道の種類ではありません。OSM の highway の値を"
                                 "書いてください。例: residential");
      }
      rules.unknown_width_cm.at(static_cast<std::size_t>(*of)) = centimetres(row, "width_cm");
    }
  }
}

WeaknessScore read_score(const TomlReader& table) {
  table.allow_only({"not_executable", "at_risk", "way_cut", "no_way", "likely_percent", "source"});
  (void)table.text("source");
  return {.not_executable = static_cast<int>(table.integer("not_executable", 0, 1000)),
          .at_risk = static_cast<int>(table.integer("at_risk", 0, 1000)),
          .way_cut = table.number("way_cut", 0, kMostPoints),
          .no_way = table.number("no_way", 0, kMostPoints),
          .likely_percent = table.number("likely_percent", 0, 100)};
}

}  // namespace

std::uint16_t WeaknessRules::needed_by(const std::string& profile) const {
  const auto found = needed_cm.find(profile);
  return found == needed_cm.end() ? blockage.passable_cm : found->second;
}

WeaknessRules parse_weakness_rules(std::string_view toml) {
  const toml::table root = parse_toml(toml, kFile);
  const TomlReader top(root, kFile);
  top.allow_only({"event", "table", "needed", "unknown_width", "score"});
  WeaknessRules rules;
  const TomlReader event = top.table("event");
  event.allow_only({"collapse_percent", "source"});
  (void)event.text("source");
  rules.collapse_percent = event.number("collapse_percent", 0, 100);
  read_table(top.table("table"), rules.blockage);
  read_needed(top, rules);
  read_unknown_width(top.table("unknown_width"), rules.blockage);
  rules.score = read_score(top.table("score"));
  return rules;
}

}  // namespace planner
