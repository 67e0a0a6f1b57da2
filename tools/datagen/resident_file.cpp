// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "datagen/resident.hpp"
#include "datagen/text.hpp"

namespace datagen {
namespace {

void protect_household(People& people, std::size_t home, const std::string& until) {
  for (Resident& resident : people.residents) {
    if (resident.home == home) {
      resident.is_protected = true;
      resident.protected_until = until;
    }
  }
}

/// A few households under protective measures, the first of them with a candidate; the measure of
/// the second has run out and nobody has looked at it yet.
void protect(People& people, Random& random) {
  const std::size_t count = 2 + people.residents.size() / 700;
  const auto first = std::find_if(people.residents.begin(), people.residents.end(),
                                  [](const Resident& each) { return each.candidate; });
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t home = i == 0 && first != people.residents.end()
                                 ? first->home
                                 : people.residents[random.index(people.residents.size())].home;
    const registry::Date until = day_before(i == 1 ? 17 : -random.whole(60, 360));
    protect_household(people, home, registry::to_iso(until));
  }
}

void move_or_die(People& people, Random& random) {
  const std::size_t count = 2 + people.residents.size() / 300;
  for (std::size_t i = 0; i < count; ++i) {
    Resident& resident = people.residents[random.index(people.residents.size())];
    if (resident.is_protected) {
      continue;
    }
    const bool died = i % 2 == 0;
    resident.residency = died ? "死亡" : "転出";
    resident.moved_why = died ? "死亡届" : "転出届";
    resident.moved_on = written_date(day_before(random.whole(1, 60)), random);
  }
}

/// The home of one candidate is not on the address map: the plan has to say so.
void unmap_one(People& people) {
  for (auto each = people.residents.rbegin(); each != people.residents.rend(); ++each) {
    if (each->candidate && !each->is_protected && each->residency == "住民") {
      people.mapped[each->home] = false;
      return;
    }
  }
}

}  // namespace

std::string written_date(registry::Date date, Random& random) {
  std::string iso = registry::to_iso(date);
  constexpr double kUnusual = 0.05;
  if (!random.chance(kUnusual)) {
    return iso;
  }
  switch (random.whole(0, 3)) {
    case 0:
      return registry::to_wareki(date);
    case 1:
      return full_width(registry::to_wareki(date));
    case 2:
      return std::to_string(static_cast<int>(date.year())) + "/" +
             std::to_string(static_cast<unsigned>(date.month())) + "/" +
             std::to_string(static_cast<unsigned>(date.day()));
    default:
      return full_width(iso);
  }
}

void disturb(People& people, std::uint64_t seed) {
  constexpr std::size_t kTooSmall = 50;  // a hamlet has nothing unusual
  if (people.residents.size() < kTooSmall) {
    return;
  }
  Random random(seed, "disturbances");
  protect(people, random);
  move_or_die(people, random);
  unmap_one(people);
  for (std::size_t i = 0; i < 1 + people.residents.size() / 1500; ++i) {
    Resident& resident = people.residents[random.index(people.residents.size())];
    resident.birth_text = std::to_string(static_cast<int>(resident.birth.year())) + "年不詳";
  }
  for (std::size_t i = 0; i < 1 + people.residents.size() / 800; ++i) {
    const Home& other = people.homes[random.index(people.homes.size())];
    people.residents[random.index(people.residents.size())].staying_at =
        other.address + other.number;
  }
}

registry::Table resident_table(const People& people, std::uint64_t seed) {
  Random random(seed, "resident file");
  registry::Table table;
  table.header = {"宛名番号",     "世帯番号",       "氏名",           "氏名カナ",
                  "通称名",       "生年月日",       "生年月日不詳",   "性別",
                  "続柄",         "郵便番号",       "町字ID",         "住所",
                  "番地",         "方書",           "居所",           "電話",
                  "住民区分",     "異動事由",       "異動日",         "支援措置区分",
                  "支援措置期限", "緊急連絡先氏名", "緊急連絡先続柄", "緊急連絡先電話",
                  "緯度",         "経度",           "入所区分",       "帰宅見込"};
  for (const Resident& each : people.residents) {
    const Home& home = people.homes[each.home];
    const bool mapped = people.mapped[each.home];
    // What the care office knows stands in its file only.
    const bool hospital = each.living_place == "長期入院";
    const bool wide = random.chance(0.02);
    table.rows.push_back(
        {each.number,
         each.household,
         each.name,
         each.kana,
         each.alias,
         each.birth_text.empty() ? written_date(each.birth, random) : each.birth_text,
         each.birth_text.empty() ? "" : "1",
         each.male ? "男" : "女",
         each.relation,
         home.postcode,
         home.town_code,
         home.address,
         wide ? full_width(home.number) : home.number,
         home.building,
         each.staying_at,
         each.phone,
         each.residency,
         each.moved_why,
         each.moved_on,
         each.is_protected ? "1" : "",
         each.protected_until,
         each.contact_name,
         each.contact_relation,
         each.contact_phone,
         mapped ? degrees_text(home.position.lat) : "",
         mapped ? degrees_text(home.position.lon) : "",
         hospital ? each.living_place : "",
         each.expect_return ? "1" : ""});
  }
  return table;
}

}  // namespace datagen
