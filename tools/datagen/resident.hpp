// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "datagen/homes.hpp"
#include "registry/calendar.hpp"
#include "registry/table_io.hpp"

namespace datagen {

/// The day the town is as its files say. Fixed: the files must not depend on the day they are made.
inline constexpr registry::Date kAsOf{std::chrono::year{2026}, std::chrono::month{11},
                                      std::chrono::day{1}};

/// One row of the resident file, and what the other files need to know.
struct Resident {
  std::string number;     ///< 宛名番号
  std::string household;  ///< 世帯番号
  std::string name, kana, alias;
  registry::Date birth{};
  std::string birth_text;  ///< instead of the date, when it is 不詳
  bool male = false;
  std::string relation;
  std::size_t home = 0;  ///< in `People::homes`
  std::string phone;
  std::string staying_at;  ///< 居所, when not the address
  std::string residency = "住民";
  std::string moved_why, moved_on;
  bool is_protected = false;
  std::string protected_until;
  std::string contact_name, contact_relation, contact_phone;
  std::string living_place;
  bool expect_return = false;
  int age = 0;
  int household_size = 1;
  bool candidate = false;  ///< holds a certificate that puts people on the register
};

struct People {
  std::vector<Home> homes;
  std::vector<bool> mapped;  ///< by home: the address map knows it
  std::vector<Resident> residents;
};

/// Households of one to six until the number of people is reached.
[[nodiscard]] People settle(HomeFinder& finder, int people, std::uint64_t seed);

/// Care levels and disability cards by age; marks the candidates and gives them contacts.
struct NeedTables {
  registry::Table care;
  registry::Table disability;
};
[[nodiscard]] NeedTables certify(People& people, std::uint64_t seed);

/// Moves, deaths, protective measures, stays in hospital: what a real file has beside the rule.
void disturb(People& people, std::uint64_t seed);

[[nodiscard]] registry::Table resident_table(const People& people, std::uint64_t seed);
[[nodiscard]] registry::Table supporter_table(const People& people, std::uint64_t seed);

/// Numbers nobody can be called by: no exchange and no mobile number begins with 0 after the
/// prefix.
[[nodiscard]] std::string landline(Random& random);
[[nodiscard]] std::string mobile(Random& random);

/// Days before `kAsOf` (negative: after it).
[[nodiscard]] registry::Date day_before(int days);
/// A date as files have it: mostly ISO, sometimes 和暦, with full-width digits or slashes.
[[nodiscard]] std::string written_date(registry::Date date, Random& random);

}  // namespace datagen
