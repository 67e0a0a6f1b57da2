// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_study_sections.hpp"

#include <algorithm>

#include "planner/drill_tables.hpp"
#include "planner/section_text.hpp"

namespace planner {
namespace {

std::string signed_text(double people) {
  const std::string text = people_text(people);
  return people > 0 && text != "0.0" ? "+" + text : text;
}

std::string interval_text(double low, double high) {
  return signed_text(low) + "～" + signed_text(high);
}

/// How sure the intervals of a list are.
std::string together(const std::string& confidence) {
  return "区間は、この表のどれにも " + percent_text(std::stod(confidence)) +
         "の確かさで同時に当てはまるように広くとってあります（ボンフェローニ）。";
}

DrillSection actions(const registry::ResultTable& all, const std::string& confidence) {
  DrillSection section = section_of(
      "改善案",
      "一つずつ変えて、同じ乱数でもう一度試した結果です。助かる人は1回あたり。" +
          together(confidence) +
          "区間が 0 より上の案だけを「効果がある」とします。良くなる人・悪くなる人は、間に合う回が"
          "増える人・減る人です。",
      {"案", "内容", "助かる人", "区間", "良くなる人", "悪くなる人", "判定"});
  for (std::size_t i = 0; i < all.rows(); ++i) {
    section.table.rows.push_back(
        {all.text("words")[i], all.text("what")[i], signed_text(all.real("saved")[i]),
         interval_text(all.real("low")[i], all.real("high")[i]),
         std::to_string(all.whole("better")[i]), std::to_string(all.whole("worse")[i]),
         all.whole("helps")[i] != 0 ? "効果がある" : "効果があるとはいえない"});
  }
  return section;
}

DrillSection single_points(const registry::ResultTable& all, const std::string& confidence) {
  DrillSection section = section_of(
      "単一障害点",
      "一つだけが使えないと、時間内に避難できない人が1回あたり何人増えるか。使う人は1回あたり運ぶ"
      "人、入る席、通る人。" +
          together(confidence) + "計画だけを見る順位は tomoni plan weak にあります。",
      {"何が", "どれ", "使う人", "失う人", "区間", "判定"});
  for (std::size_t i = 0; i < all.rows(); ++i) {
    section.table.rows.push_back(
        {all.text("words")[i], all.text("what")[i], people_text(all.real("load")[i]),
         signed_text(all.real("lost")[i]), interval_text(all.real("low")[i], all.real("high")[i]),
         all.whole("costs")[i] != 0 ? "人を失う" : "失うとはいえない"});
  }
  return section;
}

}  // namespace

std::vector<DrillSection> study_sections(const registry::ResultFile& results) {
  std::vector<DrillSection> sections;
  for (const registry::ResultTable& table : results.tables) {
    if (table.name == "action") {
      sections.push_back(actions(table, meta_of(results, "confidence")));
    } else if (table.name == "single_point") {
      sections.push_back(single_points(table, meta_of(results, "confidence")));
    }
  }
  return sections;
}

}  // namespace planner
