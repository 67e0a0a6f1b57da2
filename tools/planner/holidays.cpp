// SPDX-License-Identifier: Apache-2.0
#include "planner/holidays.hpp"

#include <chrono>

#include "planner/toml_reader.hpp"

namespace planner {
namespace {

registry::Date day_of(const TomlReader& reader, std::string_view key) {
  const auto day = registry::parse_iso_date(reader.text(key));
  if (!day) {
    reader.fail(key, "「2026-11-23」の形の、ある日付");
  }
  return *day;
}

}  // namespace

bool Holidays::is_holiday(registry::Date day) const {
  const std::chrono::weekday weekday{std::chrono::sys_days(day)};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday || days.contains(day);
}

Holidays parse_holidays(std::string_view toml) {
  constexpr const char* kFile = "holidays.toml";
  const toml::table table = parse_toml(toml, kFile);
  const TomlReader file(table, kFile);
  file.allow_only({"valid_until", "source", "holiday"});
  (void)file.text("source");
  Holidays holidays;
  holidays.valid_until = day_of(file, "valid_until");
  for (const TomlReader& each : file.tables("holiday")) {
    each.allow_only({"date", "name"});
    (void)each.text("name");
    const registry::Date day = day_of(each, "date");
    if (!holidays.covers(day) || !holidays.days.insert(day).second) {
      each.fail("date", "valid_until までの、一度だけ書かれた日付");
    }
  }
  return holidays;
}

}  // namespace planner
