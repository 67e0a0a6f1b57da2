// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <string>

#include "datagen/names.hpp"
#include "datagen/resident.hpp"
#include "datagen/text.hpp"

namespace datagen {
namespace {

constexpr double kNeighbour = 400;  // metres
constexpr std::array<const char*, 8> kOrganisations = {
    "あおぞら訪問介護事業所",       "ひだまりデイサービス",   "社会福祉協議会ともしび支部",
    "民生委員児童委員協議会",       "けやき相談支援センター", "消防団第三分団",
    "かわせみ訪問看護ステーション", "福祉作業所みちくさ"};

/// Somebody who helps, with the cells that are the same in all of his or her rows.
struct Helper {
  std::string number;
  std::vector<std::string> who;   ///< 氏名 to メール
  std::vector<std::string> when;  ///< 平日昼 to 経度
  int left = 1;                   ///< how many more people
};

class SupporterDrawing {
 public:
  SupporterDrawing(const People& people, std::uint64_t seed)
      : people_(people), random_(seed, "supporters") {
    for (std::size_t i = 0; i < people.residents.size(); ++i) {
      if (can_help(people.residents[i])) {
        able_.push_back(i);
        cells_[cell_of(place(i))].push_back(i);
      }
    }
    table_.header = {"支援者番号", "氏名",         "氏名カナ", "団体名", "住所",   "電話",
                     "メール",     "対象宛名番号", "関係",     "役割",   "平日昼", "平日夜",
                     "休日",       "受持上限",     "車両",     "緯度",   "経度"};
  }

  registry::Table run() {
    if (able_.empty()) {
      return table_;
    }
    for (std::size_t i = 0; i < 1 + people_.residents.size() / 400; ++i) {
      organisations_.push_back(organisation(i));
    }
    static constexpr std::array<double, 4> kHowMany = {0.2, 0.37, 0.28, 0.15};
    for (std::size_t i = 0; i < people_.residents.size(); ++i) {
      const Resident& person = people_.residents[i];
      // Nobody but the city knows where protected people live.
      if (person.candidate && !person.is_protected && person.residency == "住民") {
        find_helpers(i, random_.weighted(kHowMany));
      }
    }
    return std::move(table_);
  }

 private:
  using Cell = std::pair<long, long>;

  bool can_help(const Resident& each) const {
    return each.age >= 20 && each.age <= 72 && !each.candidate && !each.is_protected &&
           each.residency == "住民" && people_.mapped[each.home] && fits_cp932(each.name);
  }

  /// Metres in a flat picture of the city: one scale for all, or the picture is sheared.
  Point place(std::size_t resident) const {
    constexpr double kMetresPerDegree = 111'000;
    const registry::Position p = people_.homes[people_.residents[resident].home].position;
    const double shrink = std::cos(people_.homes.front().position.lat * std::numbers::pi / 180);
    return {p.lon * kMetresPerDegree * shrink, p.lat * kMetresPerDegree};
  }
  static Cell cell_of(Point p) {
    return {std::lround(std::floor(p.x / kNeighbour)), std::lround(std::floor(p.y / kNeighbour))};
  }

  void find_helpers(std::size_t person, std::size_t count) {
    std::vector<std::string> taken;
    for (std::size_t i = 0; i < count; ++i) {
      constexpr double kByOrganisation = 0.22;
      Helper* helper = random_.chance(kByOrganisation) ? free_organisation() : neighbour(person);
      const bool again =
          helper == nullptr || std::find(taken.begin(), taken.end(), helper->number) != taken.end();
      if (again) {
        continue;
      }
      taken.push_back(helper->number);
      add_row(*helper, person);
    }
  }

  Helper* free_organisation() {
    Helper& helper = organisations_[random_.index(organisations_.size())];
    return helper.left > 0 ? &helper : nullptr;
  }

  /// A neighbour with time left, from the cells around; nothing when a number of tries fail.
  Helper* neighbour(std::size_t person) {
    constexpr int kTries = 60;
    const Point home = place(person);
    const Cell middle = cell_of(home);
    for (int i = 0; i < kTries; ++i) {
      const auto cell =
          cells_.find({middle.first + random_.whole(-1, 1), middle.second + random_.whole(-1, 1)});
      if (cell == cells_.end()) {
        continue;
      }
      const std::size_t other = cell->second[random_.index(cell->second.size())];
      const bool same_home = people_.residents[other].home == people_.residents[person].home;
      if (same_home || distance(home, place(other)) > kNeighbour) {
        continue;
      }
      const auto found = neighbours_.find(other);
      if (found == neighbours_.end()) {
        return &neighbours_.emplace(other, make_neighbour(other)).first->second;
      }
      if (found->second.left > 0) {
        return &found->second;
      }
    }
    return nullptr;
  }

  std::string next_number() { return "H" + digits(++helpers_, 6); }

  Helper make_neighbour(std::size_t resident) {
    const Resident& each = people_.residents[resident];
    const Home& home = people_.homes[each.home];
    Helper helper;
    helper.number = next_number();
    helper.left = random_.whole(1, 3);
    helper.who = {
        each.name,  each.kana,
        "",         home.address + home.number + home.building,
        each.phone, random_.chance(0.4) ? "s" + helper.number.substr(1) + "@example.jp" : ""};
    const bool works = each.age < 62 && random_.chance(0.6);
    helper.when = {works ? "0" : "1",
                   "1",
                   random_.chance(0.85) ? "1" : "0",
                   std::to_string(helper.left),
                   random_.chance(0.35) ? "1" : "0",
                   degrees_text(home.position.lat),
                   degrees_text(home.position.lon)};
    return helper;
  }

  Helper organisation(std::size_t which) {
    const Resident& head = people_.residents[able_[random_.index(able_.size())]];
    const Home& place = people_.homes[people_.residents[able_[random_.index(able_.size())]].home];
    Helper helper;
    helper.number = next_number();
    helper.left = random_.whole(6, 20);
    std::string name = kOrganisations.at(which % kOrganisations.size());
    if (which >= kOrganisations.size()) {
      name += "第" + std::to_string(which / kOrganisations.size() + 1);
    }
    helper.who = {head.name,
                  head.kana,
                  name,
                  place.address + place.number,
                  landline(random_),
                  "o" + helper.number.substr(1) + "@example.jp"};
    helper.when = {"1",
                   random_.chance(0.3) ? "1" : "0",
                   random_.chance(0.5) ? "1" : "0",
                   std::to_string(helper.left),
                   "1",
                   degrees_text(place.position.lat),
                   degrees_text(place.position.lon)};
    return helper;
  }

  void add_row(Helper& helper, std::size_t person) {
    static constexpr std::array<const char*, 4> kRelations = {"近所", "近所", "友人", "自治会役員"};
    static constexpr std::array<const char*, 4> kRoles = {"情報伝達、安否確認", "安否確認、同行",
                                                          "同行", "同行、搬送"};
    const bool organisation = !helper.who[2].empty();
    --helper.left;
    std::vector<std::string> row = {helper.number};
    row.insert(row.end(), helper.who.begin(), helper.who.end());
    row.push_back(people_.residents[person].number);
    row.emplace_back(organisation ? "支援団体" : kRelations.at(random_.index(kRelations.size())));
    row.emplace_back(organisation ? "同行、車両" : kRoles.at(random_.index(kRoles.size())));
    row.insert(row.end(), helper.when.begin(), helper.when.end());
    table_.rows.push_back(std::move(row));
  }

  const People& people_;
  Random random_;
  std::vector<std::size_t> able_;
  std::map<Cell, std::vector<std::size_t>> cells_;
  std::map<std::size_t, Helper> neighbours_;  // by resident
  std::vector<Helper> organisations_;
  int helpers_ = 0;
  registry::Table table_;
};

}  // namespace

registry::Table supporter_table(const People& people, std::uint64_t seed) {
  return SupporterDrawing(people, seed).run();
}

}  // namespace datagen
