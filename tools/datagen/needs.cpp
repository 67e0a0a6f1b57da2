// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>
#include <span>
#include <string>

#include "datagen/names.hpp"
#include "datagen/resident.hpp"
#include "datagen/text.hpp"

namespace datagen {
namespace {

struct CareLevel {
  const char* label;
  const char* code;  ///< national interface code
  double weight;
  bool counts;  ///< puts people on the register
  std::array<const char*, 4> moves;
};
constexpr std::array<CareLevel, 8> kCareLevels = {{
    {"事業対象者", "06", 0.02, false, {"独歩", "杖", "", ""}},
    {"要支援1", "12", 0.11, false, {"独歩", "杖", "", ""}},
    {"要支援2", "13", 0.11, false, {"杖", "歩行器", "", ""}},
    {"要介護1", "21", 0.17, false, {"杖", "歩行器", "介助歩行", ""}},
    {"要介護2", "22", 0.14, false, {"歩行器", "介助歩行", "", ""}},
    {"要介護3", "23", 0.18, true, {"介助歩行", "車いす自走", "車いす介助", ""}},
    {"要介護4", "24", 0.16, true, {"車いす介助", "車いす介助", "介助歩行", ""}},
    {"要介護5", "25", 0.11, true, {"ストレッチャー", "車いす介助", "車いす介助", ""}},
}};

struct Part {
  const char* name;
  int grade;
};
struct Card {
  int grade;  ///< of the whole card
  std::array<Part, 2> parts;
  int weight;
  bool counts;
  const char* moves;
};
// 身体障害者福祉法施行規則別表第5号: only grades that exist for the part.
constexpr std::array<Card, 26> kCards = {{
    {1, {{{"視覚", 1}, {}}}, 5, true, "介助歩行"},
    {2, {{{"視覚", 2}, {}}}, 4, true, ""},
    {5, {{{"視覚", 5}, {}}}, 3, false, "独歩"},
    {2, {{{"聴覚", 2}, {}}}, 4, true, "独歩"},
    {4, {{{"聴覚", 4}, {}}}, 4, false, "独歩"},
    {6, {{{"聴覚", 6}, {}}}, 5, false, ""},
    {1, {{{"聴覚", 2}, {"音声・言語・そしゃく", 3}}}, 1, true, "独歩"},
    {3, {{{"平衡", 3}, {}}}, 1, false, "杖"},
    {3, {{{"音声・言語・そしゃく", 3}, {}}}, 2, false, ""},
    {1, {{{"上肢", 2}, {"下肢", 2}}}, 4, true, "車いす介助"},
    {2, {{{"上肢", 2}, {}}}, 4, true, "独歩"},
    {4, {{{"上肢", 4}, {}}}, 4, false, ""},
    {1, {{{"下肢", 1}, {}}}, 5, true, "電動車いす"},
    {2, {{{"下肢", 2}, {}}}, 6, true, "車いす自走"},
    {3, {{{"下肢", 3}, {}}}, 6, false, "杖"},
    {4, {{{"下肢", 4}, {}}}, 7, false, "杖"},
    {2, {{{"下肢", 3}, {"体幹", 5}}}, 1, false, "歩行器"},
    {1, {{{"体幹", 1}, {}}}, 5, true, "ストレッチャー"},
    {2, {{{"体幹", 2}, {}}}, 5, true, "車いす介助"},
    {1, {{{"脳原性運動", 1}, {}}}, 2, true, "電動車いす"},
    {1, {{{"心臓", 1}, {}}}, 8, false, ""},
    {4, {{{"心臓", 4}, {}}}, 3, false, ""},
    {1, {{{"じん臓", 1}, {}}}, 6, false, ""},
    {3, {{{"呼吸器", 3}, {}}}, 3, false, ""},
    {4, {{{"ぼうこう・直腸", 4}, {}}}, 4, false, "独歩"},
    {2, {{{"免疫", 2}, {}}}, 1, false, ""},
}};

/// One bound of an age and the share of people below it who hold a certificate.
struct ByAge {
  int below;
  double share;
};
constexpr std::array<ByAge, 6> kCareShares = {
    {{40, 0}, {65, 0.004}, {75, 0.07}, {85, 0.3}, {90, 0.6}, {200, 0.8}}};
constexpr std::array<ByAge, 4> kCardShares = {{{18, 0.004}, {65, 0.022}, {75, 0.07}, {200, 0.12}}};
constexpr std::array<ByAge, 3> kMentalShares = {{{18, 0}, {75, 0.012}, {200, 0.003}}};
constexpr std::array<ByAge, 3> kIntellectualShares = {{{3, 0}, {50, 0.013}, {200, 0.005}}};

double share_at(std::span<const ByAge> shares, int age) {
  for (const ByAge& step : shares) {
    if (age < step.below) {
      return step.share;
    }
  }
  return 0;
}

/// Days of issue and expiry as the files write them. A few have expired.
struct Validity {
  std::string from, to;
};
Validity draw_validity(Random& random) {
  constexpr double kExpired = 0.03;
  if (random.chance(kExpired)) {
    return {written_date(day_before(random.whole(400, 900)), random),
            written_date(day_before(random.whole(20, 300)), random)};
  }
  return {written_date(day_before(random.whole(10, 330)), random),
          written_date(day_before(-random.whole(120, 1000)), random)};
}

class Certifier {
 public:
  Certifier(People& people, std::uint64_t seed) : people_(people), random_(seed, "needs") {
    tables_.care.header = {"宛名番号", "要介護状態区分", "認定日",
                           "有効期限", "入所区分",       "移動手段"};
    tables_.disability.header = {"宛名番号", "制度区分", "等級",     "部位",    "部位等級",
                                 "種別",     "交付日",   "有効期限", "移動手段"};
  }

  NeedTables run() {
    for (Resident& resident : people_.residents) {
      if (random_.chance(share_at(kCareShares, resident.age))) {
        add_care(resident);
      }
      if (random_.chance(share_at(kCardShares, resident.age))) {
        add_card(resident);
      }
      if (random_.chance(share_at(kMentalShares, resident.age))) {
        add_mental(resident);
      }
      if (random_.chance(share_at(kIntellectualShares, resident.age))) {
        add_intellectual(resident);
      }
      if (resident.candidate) {
        add_circumstances(resident);
      }
    }
    return std::move(tables_);
  }

 private:
  void add_care(Resident& resident) {
    std::array<double, kCareLevels.size()> weights{};
    for (std::size_t i = 0; i < weights.size(); ++i) {
      weights.at(i) = kCareLevels.at(i).weight;
    }
    const CareLevel& level = kCareLevels.at(random_.weighted(weights));
    const Validity validity = draw_validity(random_);
    std::string grade = level.label;
    if (random_.chance(0.05)) {
      grade = level.code;
    } else if (random_.chance(0.05)) {
      grade = full_width(grade);
    }
    constexpr double kInFacility = 0.06;
    const bool in_facility = level.counts && random_.chance(kInFacility);
    tables_.care.rows.push_back({resident.number, grade, validity.from, validity.to,
                                 in_facility ? "施設入所" : "",
                                 level.moves.at(random_.index(level.moves.size()))});
    resident.candidate = resident.candidate || level.counts;
    if (in_facility) {
      resident.living_place = "施設入所";
    }
  }

  void add_card(Resident& resident) {
    std::array<double, kCards.size()> weights{};
    for (std::size_t i = 0; i < weights.size(); ++i) {
      weights.at(i) = kCards.at(i).weight;
    }
    const Card& card = kCards.at(random_.weighted(weights));
    const std::string issued = written_date(day_before(random_.whole(100, 6000)), random_);
    const std::string moves = random_.chance(0.7) ? card.moves : "";
    for (const Part& part : card.parts) {
      if (part.name != nullptr) {
        tables_.disability.rows.push_back(
            {resident.number, "身体障害者手帳", std::to_string(card.grade) + "級", part.name,
             std::to_string(part.grade), card.grade <= 2 ? "第1種" : "第2種", issued, "", moves});
      }
    }
    resident.candidate = resident.candidate || card.counts;
  }

  void add_simple(const Resident& resident, const char* scheme, const std::string& grade,
                  const Validity& validity) {
    tables_.disability.rows.push_back(
        {resident.number, scheme, grade, "", "", "", validity.from, validity.to, ""});
  }

  void add_mental(Resident& resident) {
    static constexpr std::array<double, 3> kGrades = {0.2, 0.5, 0.3};
    const auto grade = static_cast<int>(random_.weighted(kGrades)) + 1;
    add_simple(resident, "精神障害者保健福祉手帳", std::to_string(grade) + "級",
               draw_validity(random_));
    resident.candidate = resident.candidate || grade == 1;
  }

  void add_intellectual(Resident& resident) {
    const Validity since{written_date(day_before(random_.whole(100, 3000)), random_), ""};
    if (random_.chance(0.12)) {  // moved here from another prefecture
      const bool severe = random_.chance(0.4);
      add_simple(resident, "療育手帳", severe ? "A" : "B", since);
      resident.candidate = resident.candidate || severe;
    } else {
      static constexpr std::array<double, 4> kGrades = {0.15, 0.2, 0.25, 0.4};
      const auto grade = static_cast<int>(random_.weighted(kGrades)) + 1;
      add_simple(resident, "愛の手帳", std::to_string(grade) + "度", since);
      resident.candidate = resident.candidate || grade == 1;
      if (grade <= 2) {
        add_simple(resident, "障害支援区分", std::to_string(random_.whole(3, 6)),
                   draw_validity(random_));
      }
    }
  }

  void add_circumstances(Resident& resident) {
    constexpr double kInHospital = 0.02;
    if (resident.living_place.empty() && random_.chance(kInHospital)) {
      resident.living_place = "長期入院";
      resident.expect_return = random_.chance(0.5);
    }
    constexpr double kHasContact = 0.8;
    if (!random_.chance(kHasContact)) {
      return;
    }
    struct Relation {
      const char* name;
      bool male;
      int younger;
    };
    static constexpr std::array<Relation, 6> kOfOld = {{{"長男", true, 28},
                                                        {"長女", false, 27},
                                                        {"二男", true, 31},
                                                        {"妹", false, 4},
                                                        {"甥", true, 25},
                                                        {"長男の妻", false, 29}}};
    static constexpr std::array<Relation, 3> kOfYoung = {
        {{"母", false, -28}, {"父", true, -30}, {"姉", false, -3}}};
    const Relation relation = resident.age >= 60 ? kOfOld.at(random_.index(kOfOld.size()))
                                                 : kOfYoung.at(random_.index(kOfYoung.size()));
    const int year = static_cast<int>(resident.birth.year()) + relation.younger;
    const std::string surname = resident.name.substr(0, resident.name.find("　"));
    resident.contact_name = surname + "　" + draw_given(random_, relation.male, year).text;
    resident.contact_relation = relation.name;
    resident.contact_phone = mobile(random_);
  }

  People& people_;
  Random random_;
  NeedTables tables_;
};

}  // namespace

NeedTables certify(People& people, std::uint64_t seed) {
  return Certifier(people, seed).run();
}

}  // namespace datagen
