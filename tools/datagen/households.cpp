// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <chrono>

#include "datagen/names.hpp"
#include "datagen/resident.hpp"
#include "datagen/text.hpp"

namespace datagen {
namespace {

/// Someone of a household before there is a name: ages are drawn first.
struct Member {
  int age;
  bool male;
  const char* relation;
};
using Members = std::vector<Member>;

enum class Kind { OldAlone, OldCouple, Alone, Couple, Family, OneParent, Three, OldWithChild };
// Shares chosen so that 29 % of the people are 65 or older and households are 2.1 people.
constexpr std::array<double, 8> kShares = {0.18, 0.19, 0.22, 0.09, 0.215, 0.03, 0.03, 0.045};

int old_age(Random& random) {
  constexpr double kOver84 = 0.15;
  if (!random.chance(kOver84)) {
    return random.whole(65, 84);
  }
  const double share = random.unit();
  return 85 + static_cast<int>(17 * share * share);
}

void add_couple(Members& members, int age, Random& random) {
  members.push_back({age, true, members.empty() ? "世帯主" : "子"});
  const bool first = members.size() == 1;
  members.push_back({std::max(20, age - random.whole(-3, 6)), false, first ? "妻" : "子の妻"});
}

void add_children(Members& members, int parent_age, const char* relation, Random& random) {
  static constexpr std::array<double, 4> kNumbers = {0.42, 0.44, 0.12, 0.02};
  const auto children = static_cast<int>(random.weighted(kNumbers)) + 1;
  const int oldest = std::clamp(parent_age - random.whole(24, 36), 0, 28);
  for (int i = 0; i < children; ++i) {
    members.push_back(
        {std::max(0, oldest - 2 * i - random.whole(0, 1)), random.chance(0.51), relation});
  }
}

Members draw_members(Random& random) {
  Members members;
  switch (static_cast<Kind>(random.weighted(kShares))) {
    case Kind::OldAlone:
      members.push_back({std::min(old_age(random) + 2, 102), random.chance(0.33), "世帯主"});
      break;
    case Kind::OldCouple: {
      const int age = old_age(random);
      members.push_back({age, true, "世帯主"});
      members.push_back({std::max(60, age - random.whole(-2, 6)), false, "妻"});
      break;
    }
    case Kind::Alone:
      members.push_back({random.whole(19, 64), random.chance(0.55), "世帯主"});
      break;
    case Kind::Couple:
      add_couple(members, random.whole(27, 66), random);
      break;
    case Kind::Family: {
      const int age = random.whole(28, 58);
      add_couple(members, age, random);
      add_children(members, age, "子", random);
      break;
    }
    case Kind::OneParent: {
      const int age = random.whole(26, 55);
      members.push_back({age, random.chance(0.2), "世帯主"});
      add_children(members, age, "子", random);
      break;
    }
    case Kind::Three: {
      const int age = random.whole(66, 88);
      members.push_back({age, random.chance(0.5), "世帯主"});
      add_couple(members, age - random.whole(26, 34), random);
      add_children(members, members[1].age, "子の子", random);
      break;
    }
    case Kind::OldWithChild: {
      const int age = random.whole(72, 90);
      members.push_back({age, random.chance(0.3), "世帯主"});
      members.push_back({age - random.whole(23, 34), random.chance(0.65), "子"});
      break;
    }
  }
  constexpr std::size_t kLargest = 6;
  members.resize(std::min(members.size(), kLargest));
  return members;
}

registry::Date birthday(int age, Random& random) {
  // The age rises within the year before the day, and never on it.
  return day_before(age * 365 + age / 4 + random.whole(2, 363));
}

Resident make_resident(const Member& member, const NamePart& surname, Random& random) {
  Resident resident;
  resident.birth = birthday(member.age, random);
  resident.age = registry::legal_age(resident.birth, kAsOf);
  resident.male = member.male;
  resident.relation = member.relation;
  const auto year = static_cast<int>(resident.birth.year());
  const FullName name = full_name(surname, draw_given(random, member.male, year));
  resident.name = name.text;
  resident.kana = name.kana;
  return resident;
}

/// A resident from abroad: the legal name in letters, a Japanese one in daily life.
void name_foreigner(Resident& resident, std::size_t which) {
  struct Foreigner {
    const char *name, *kana, *alias;
  };
  static constexpr std::array<Foreigner, 6> kForeigners = {{
      {"KIM　JIWOO", "キム　ジウ", "金本　智宇"},
      {"NGUYEN　THI　LAN", "グエン　ティ　ラン", ""},
      {"SILVA　ANA　PAULA", "シルバ　アナ　パウラ", ""},
      {"王　小明", "オウ　ショウメイ", "大山　明"},
      {"SANTOS　MARIA", "サントス　マリア", "鈴木　マリア"},
      {"SHRESTHA　BINOD", "シュレスタ　ビノド", ""},
  }};
  const Foreigner& foreigner = kForeigners.at(which % kForeigners.size());
  resident.name = foreigner.name;
  resident.kana = foreigner.kana;
  resident.alias = foreigner.alias;
}

}  // namespace

std::string landline(Random& random) {
  return "042-000-" + digits(random.whole(0, 9999), 4);
}

std::string mobile(Random& random) {
  return "090-0000-" + digits(random.whole(0, 9999), 4);
}

registry::Date day_before(int days) {
  return registry::Date{std::chrono::sys_days(kAsOf) - std::chrono::days(days)};
}

People settle(HomeFinder& finder, int people, std::uint64_t seed) {
  Random random(seed, "households");
  Random places(seed, "homes");
  const auto wanted = static_cast<std::size_t>(people);
  constexpr double kUnmapped = 0.01;
  constexpr double kFromAbroad = 0.012;
  constexpr std::size_t kFirstRare = 2;  // every unusual form of a name occurs early
  People town;
  while (town.residents.size() < wanted) {
    Members members = draw_members(random);
    members.resize(std::min(members.size(), wanted - town.residents.size()), Member{0, true, ""});
    const std::size_t household = town.homes.size();
    const bool rare = household >= kFirstRare && household < kFirstRare + rare_surnames().size();
    const NamePart& surname = rare ? rare_surnames()[household - kFirstRare] : draw_surname(random);
    const bool abroad =
        members.size() == 1 && members[0].age < 65 && !rare && random.chance(kFromAbroad * 4);
    const std::string phone = random.chance(0.6) ? landline(random) : mobile(random);
    for (const Member& member : members) {
      Resident resident = make_resident(member, surname, random);
      resident.number = digits(1000003 + 7 * static_cast<long>(town.residents.size()), 10);
      resident.household = digits(200001 + static_cast<long>(household), 8);
      resident.home = household;
      resident.household_size = static_cast<int>(members.size());
      if (resident.age >= 15) {
        resident.phone = resident.relation == "世帯主" ? phone : mobile(random);
      }
      if (abroad) {
        name_foreigner(resident, household);
      }
      town.residents.push_back(std::move(resident));
    }
    town.homes.push_back(finder.next(places));
    town.mapped.push_back(!places.chance(kUnmapped));
  }
  return town;
}

}  // namespace datagen
