// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "area_store.hpp"
#include "database.hpp"
#include "import_counts.hpp"
#include "list_text.hpp"
#include "people_index.hpp"
#include "sql_types.hpp"

namespace registry {
namespace {

/// An area in the form of the table `area`.
struct AreaRecord {
  Area area;
  std::string rings;
};

/// Calls `field(column, member)` for every column, in the order of the query below.
template <class Record, class Field>
void area_fields(Record& record, Field field) {
  field("level", record.area.level);
  field("code", record.area.code);
  field("name", record.area.name);
  field("parent", record.area.parent);
  field("rings", record.rings);
  field("population", record.area.population);
}

std::vector<AreaRecord> stored_areas(soci::session& sql) {
  AreaRecord record;
  soci::statement rows =
      prepared(sql, "SELECT level, code, name, parent, rings, population FROM area",
               [&](soci::statement& statement) { area_fields(record, receiver(statement)); });
  std::vector<AreaRecord> records;
  rows.execute();
  while (rows.fetch()) {
    records.push_back(record);
  }
  // From large to small; the table itself is in the order of the words.
  std::ranges::sort(records, {}, [](const AreaRecord& each) {
    return std::pair(each.area.level, std::string_view(each.area.code));
  });
  return records;
}

bool same_content(const AreaRecord& a, const AreaRecord& b) {
  return a.area.name == b.area.name && a.area.parent == b.area.parent && a.rings == b.rings &&
         a.area.population == b.area.population;
}

ImportReport store_areas(soci::session& sql, const AreaFile& file) {
  std::map<std::pair<AreaLevel, std::string>, AreaRecord> stored;
  for (AreaRecord& record : stored_areas(sql)) {
    stored.emplace(std::pair(record.area.level, record.area.code), record);
  }
  AreaRecord record;
  soci::statement upsert = prepared(
      sql,
      R"sql(
        INSERT INTO area (level, code, name, parent, rings, population)
        VALUES (:level, :code, :name, :parent, :rings, :population)
        ON CONFLICT (level, code) DO UPDATE SET name = excluded.name, parent = excluded.parent,
          rings = excluded.rings, population = excluded.population
      )sql",
      [&](soci::statement& statement) { area_fields(std::as_const(record), binder(statement)); });
  ImportReport report;
  report.rows_read = file.areas.size();
  report.notes = file.notes;
  for (const Area& area : file.areas) {
    record = {.area = area, .rings = to_json(area.rings)};
    const auto [before, is_new] = stored.try_emplace(std::pair(area.level, area.code), record);
    if (!is_new && same_content(before->second, record)) {
      count(report, Change::Unchanged);
      continue;
    }
    before->second = record;
    upsert.execute(true);
    count(report, is_new ? Change::Added : Change::Changed);
  }
  return report;
}

}  // namespace

std::vector<Area> stored_area_list(soci::session& sql) {
  std::vector<Area> areas;
  for (AreaRecord& record : stored_areas(sql)) {
    record.area.rings = rings_from_json(record.rings);
    areas.push_back(std::move(record.area));
  }
  return areas;
}

ImportReport Session::import_areas(const AreaFile& areas) {
  return store_->audited(actor_, Action::ImportAreas, [&](AuditNote& note) {
    ImportReport report = store_areas(store_->sql(), areas);
    check_area_tree(stored_area_list(store_->sql()));
    if (report.added + report.changed > 0) {
      const std::size_t outside = refresh_areas(*store_);
      if (outside > 0) {
        report.notes.push_back("どの区域にも入らない住所地が " + std::to_string(outside) +
                               " 人分あります。区域の図形か位置を確かめてください。");
      }
    }
    note.detail = counts(report);
    return report;
  });
}

std::vector<Area> Session::areas() {
  return store_->read([&] { return stored_area_list(store_->sql()); });
}

}  // namespace registry
