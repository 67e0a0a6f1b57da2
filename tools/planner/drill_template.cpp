// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>

#include "planner/drill_scenario.hpp"

namespace planner {
namespace {

/// A name as it may stand between quotation marks.
std::string literal(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    result += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return result + '"';
}

void write_hazard(std::ostream& out, registry::HazardKind hazard, const ScenarioWorld& world) {
  out << "# 取り込んだ災害想定を使うか\ncity_hazards = true\n\n";
  if (family_of(hazard) == registry::HazardFamily::Earthquake) {
    out << "# 沿道の家のうち倒れる割合（％）。道のふさがる割合は rules/blockage.toml "
           "の表から決まります\n"
           "collapse_percent = "
        << world.collapse_percent << "\n\n";
  }
  out << "# 時刻ごとの災害の区域（GeoJSON など、tomoni import hazards と同じ列）。\n"
         "# arrival_min のない区域は at_min に来ます。水の災害では、その時刻の浸水深（m）の\n"
         "# ラスター（.tif、.asc）でもかまいません。\n"
         "# [[hazard_step]]\n# file = \"flood_60.geojson\"\n# at_min = 60\n\n";
}

void write_orders(std::ostream& out, registry::HazardKind hazard, const ScenarioWorld& world) {
  out << "# 避難情報: level 3 高齢者等避難、4 避難指示、5 "
         "緊急安全確保。時刻の早い順に、同じ地区では\n"
         "# レベルの上がる順に書きます。areas がないと市の全域。名前かコードで書けます:\n";
  for (const registry::Area& area : world.areas) {
    if (area.level <= registry::AreaLevel::SchoolDistrict) {
      out << "#   " << registry::to_text(area.level) << ' ' << area.code << ' ' << area.name
          << '\n';
    }
  }
  if (family_of(hazard) == registry::HazardFamily::WindAndFlood) {
    out << "[[order]]\nlevel = 3\nat_min = 0\n\n[[order]]\nlevel = 4\nat_min = 120\n\n";
  } else {
    out << "# 地震と火災は、書かなければ揺れ・延焼の知らせで動き出します。\n"
           "# [[order]]\n# level = 4\n# at_min = 30\n# areas = []\n\n";
  }
}

void write_shelters(std::ostream& out, const ScenarioWorld& world) {
  out << "# 避難所の開設（書かない避難所は台帳のとおり）。例:\n"
         "# [[shelter]]\n# name = \"避難所の名前か共通ID\"\n# opens_min = 20\n# closes_min = 300\n"
         "# capacity = 150\n# 台帳の避難所:\n";
  for (const registry::Shelter& shelter : world.shelters) {
    out << "#   " << literal(shelter.name)
        << (shelter.capacity ? "（" + std::to_string(*shelter.capacity) + " 人）" : "") << '\n';
  }
}

}  // namespace

std::string scenario_text(registry::HazardKind hazard, const std::string& start,
                          const ScenarioWorld& world) {
  std::ostringstream out;
  out << "# 避難訓練のシナリオ。tomoni drill run --scenario このファイル\n"
         "# 時刻はすべて、始まり（start）からの分です。\n\n"
         "name = "
      << literal(std::string(registry::to_text(hazard)) + "の訓練")
      << "\nhazard = " << literal(std::string(registry::to_text(hazard)))
      << "\n# 日本時間\nstart = " << literal(start)
      << "\n# 訓練の長さと、曲線・再生の刻み\nhorizon_min = 360\nstep_min = 5\n\n"
         "# 夜かどうか。書かなければ start の時刻から決めます\n# night = true\nrain = false\n\n"
         "# 自宅にいる人と、来られる支援者の割合（％）。書かなければ rules/drill.toml\n"
         "# at_home_percent = 90\n# supporters_percent = 80\n\n"
         "# "
         "計画を支援者に渡す同意（計画提供）のない人の支援者は来ません。全員が同意したらどうなるか"
         "を\n"
         "# 試すときは true にします\nassume_shared = false\n\n"
         "# 市の通行止め（tomoni import closures）を使うか。ほかに地図に描いたものがあれば "
         "closures に\n"
         "city_closures = true\n# closures = \"closures.geojson\"\n\n";
  write_hazard(out, hazard, world);
  write_orders(out, hazard, world);
  write_shelters(out, world);
  return out.str();
}

}  // namespace planner
