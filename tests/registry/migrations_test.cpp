// SPDX-License-Identifier: Apache-2.0
// Every older store becomes a new one, also when the power fails in the middle of a step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "database.hpp"
#include "digest.hpp"
#include "registry/error.hpp"
#include "schema.hpp"
#include "support/child_process.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;
using support::in_child;
using support::test_key;

/// Rows as the first version of the program wrote them; they name the columns of that version only.
constexpr const char* kOldRows = R"sql(
  INSERT INTO person (
    id, resident_no, household_no, name, name_kana, name_alias, birth_date, birth_text, sex,
    relation_to_head, postcode, town_code, address, address_number, building, actual_residence,
    phone, emergency_contacts, residency, living_place, stated_living_place, expect_return,
    protective_measure, protective_until, mobility, lat, lon, household_size,
    name_key, kana_key, address_key, content_hash)
  VALUES
    ('P1', '1', 'H', '髙橋 見本', 'タカハシ', '', '1931-12-31', '昭和6年12月31日', 'female', '',
     '', '', '見本町', '1', '', '', '', '[]', 'resident', 'home', 'home', 0, 'none', NULL,
     'unknown', 35.7283951, 139.54612299999999, 1, 'k', 'k', 'k', 'h1'),
    ('P2', '2', 'H', '齋藤 見本', 'サイトウ', '', NULL, '不詳', 'male', '', '', '', '見本町', '2',
     '', '', '', '[]', 'resident', 'home', 'home', 0, 'active', '2026-03-31', 'unknown', NULL,
     NULL, 2, 'k', 'k', 'k', 'h2');
  INSERT INTO certificate (person, source, ordinal, kind, scheme, grade, parts, issued_on, valid_to)
  VALUES ('P1', 'care', 0, 'care_level', '', '要介護3', '[]', NULL, '2026-09-30');
  INSERT INTO register_entry (kind, person, joined_on, left_on, rule_set, clauses)
  VALUES ('statutory', 'P1', '2026-01-01', NULL, 'r', '["ア"]');
  INSERT INTO supporter (
    id, supporter_no, name, name_kana, organisation, address, phone, mail, weekday_day,
    weekday_night, holiday, max_persons, has_vehicle, lat, lon, name_key, content_hash)
  VALUES ('S1', 'A', '支援 見本', '', '', '', '000', '', 1, 1, 0, 2, 1, NULL, NULL, 'k', 'h');
  INSERT INTO supporter_link (supporter, person, relation, role) VALUES ('S1', 'P1', '近所', '同行');
  INSERT INTO shelter (
    id, common_id, name, name_kana, address, phone, lat, lon, emergency_site, shelter,
    designated_welfare, agreement_welfare, suited, rated, arrival, acceptance, capacity)
  VALUES ('T1', '', '見本小', '', '', '', 35.7, 139.5, 1, 0, 0, 0, '10000000', 1, 'direct', '[]',
          NULL);
  INSERT INTO area (level, code, name, parent, rings, population)
  VALUES ('town', '1', '中町', '', '[]', 1234);
  INSERT INTO plan (id, subject, kind) VALUES ('L1', 'P1', 'individual');
  INSERT INTO plan_rev (plan, rev, status, hazard, gap, home_hazard, created_at, next_review,
                        content_hash)
  VALUES ('L1', 1, 'draft', 'flood', 'none', '', 1777000000123, NULL, 'h'),
         ('L1', 2, 'active', 'flood', 'none', '', 1777000000456, '2027-05-01', 'i');
  INSERT INTO plan_leg (
    plan, rev, ordinal, shelter, shelter_name, shelter_address, arrival, profile, duration_s,
    length_m, steps_met, unverified_m, steepest_up_permille, steepest_down_permille, hazards_met,
    route, home_to_road_m, road_to_shelter_m)
  VALUES ('L1', 2, 0, 'T1', '見本小', '', 'direct', 'walks', 600, 700.5, 0, 0, 1, -1, '[]', '', 1,
          2.25);
)sql";

/// Tables of the first version with the columns by which their rows are compared.
const std::vector<std::pair<std::string, std::vector<std::string>>>& old_columns() {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> kColumns = {
      {"person",
       {"id", "resident_no", "name", "birth_date", "birth_text", "protective_measure",
        "protective_until", "lat", "lon", "content_hash"}},
      {"certificate", {"person", "source", "ordinal", "kind", "grade", "valid_to"}},
      {"register_entry", {"number", "kind", "person", "joined_on", "left_on", "clauses"}},
      {"supporter", {"id", "supporter_no", "name", "phone", "max_persons", "has_vehicle"}},
      {"supporter_link", {"number", "supporter", "person", "relation", "role"}},
      {"shelter", {"id", "name", "lat", "lon", "suited", "capacity"}},
      {"area", {"level", "code", "name", "population"}},
      {"plan", {"id", "subject", "kind"}},
      {"plan_rev", {"plan", "rev", "status", "created_at", "next_review", "content_hash"}},
      {"plan_leg", {"plan", "rev", "ordinal", "shelter_name", "length_m", "road_to_shelter_m"}},
      {"audit_log", {"number", "at", "actor", "purpose", "action", "detail", "hash"}}};
  return kColumns;
}

std::vector<std::string> texts(Database& store, const std::string& query) {
  return store.read([&] {
    std::vector<std::string> all;
    std::string text;
    soci::statement rows = (store.sql().prepare << query, soci::into(text));
    rows.execute();
    while (rows.fetch()) {
      all.push_back(text);
    }
    return all;
  });
}

std::vector<std::string> old_content(Database& store) {
  std::vector<std::string> content;
  for (const auto& [table, columns] : old_columns()) {
    std::string line = "'" + table + "'";
    std::string order;
    for (const std::string& column : columns) {
      line += " || '|' || coalesce(CAST(" + column + " AS TEXT), '-')";
      order += (order.empty() ? "" : ", ") + column;
    }
    std::string query = "SELECT ";
    query.append(line).append(" FROM ").append(table).append(" ORDER BY ").append(order);
    for (std::string& row : texts(store, query)) {
      content.push_back(std::move(row));
    }
  }
  return content;
}

/// Everything the database knows of the tables, in its own words.
std::vector<std::string> shape(Database& store) {
  if (store.backend().dialect() == Dialect::Sqlite) {
    return texts(store,
                 "SELECT name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY name");
  }
  std::vector<std::string> all;
  for (const char* query :
       {"SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' "
        "|| coalesce(column_default, '') FROM information_schema.columns "
        "WHERE table_schema = 'public' ORDER BY 1",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
        "SELECT CAST(CAST(conrelid AS regclass) AS text) || ' ' || pg_get_constraintdef(oid) "
        "FROM pg_constraint WHERE connamespace = CAST('public' AS regnamespace) ORDER BY 1"}) {
    for (std::string& row : texts(store, query)) {
      all.push_back(std::move(row));
    }
  }
  return all;
}

/// A store's place of its own: a folder, and a database where the run says so.
struct Place {
  support::TestStore store;
  std::unique_ptr<support::PostgresDatabase> database;
};

class Migrations : public support::RegistryTest {
 protected:
  static Surroundings surroundings() {
    Surroundings patient = support::test_surroundings();
    patient.patience = std::chrono::seconds(10);
    return patient;
  }

  static std::unique_ptr<Database> database_at(const StoreLocation& where, int version) {
    return std::make_unique<Database>(where, test_key(), surroundings(),
                                      Database::Opening(OpenMode::Open, version));
  }

  /// Begun by the first version and left by that one.
  std::vector<std::string> make_old_store(int version) const {
    write_first_store();
    return old_content(*database_at(file(), version));
  }

  void write_first_store() const {
    Database old(file(), test_key(), surroundings(), Database::Opening(OpenMode::Create, 1));
    old.run_script(kOldRows);
    AuditHash previous{};
    for (std::int64_t number = 1; number <= 3; ++number) {
      const AuditEntry entry{.number = number,
                             .at = Instant{1'777'593'600'000 + number},
                             .actor = "tester",
                             .purpose = "試験",
                             .action = "import_residents",
                             .subject = "",
                             .detail = "added=2"};
      previous = chain_hash(previous, entry);
      old.run_script(("INSERT INTO audit_log (number, at, actor, purpose, action, subject, detail, "
                      "hash) VALUES (" +
                      std::to_string(number) + ", " + std::to_string(entry.at.milliseconds) +
                      ", 'tester', '試験', 'import_residents', '', 'added=2', '" +
                      to_hex(previous) + "')")
                         .c_str());
    }
  }

  Place copy() const {
    static int number = 0;
    const fs::path place = folder() / ("copy" + std::to_string(++number));
    if (database() != nullptr) {
      auto copied = std::make_unique<support::PostgresDatabase>(*database());
      const PostgresLocation where(support::write_connection(place, *copied));
      return {.store = support::TestStore(place, where), .database = std::move(copied)};
    }
    fs::copy_file(folder() / "city.tomoni", place);
    return {.store = support::TestStore(place), .database = {}};
  }

  /// Opens the store as any program would and looks at everything.
  static void expect_whole(const StoreLocation& where, const std::vector<std::string>& content,
                           const std::vector<std::string>& newest_shape) {
    Database store(where, test_key(), surroundings(), OpenMode::Open);
    EXPECT_EQ(store.backend().version(), schema_version());
    EXPECT_EQ(old_content(store), content);
    EXPECT_EQ(shape(store), newest_shape);
    if (store.backend().dialect() == Dialect::Sqlite) {
      EXPECT_THAT(texts(store, "PRAGMA integrity_check"), testing::ElementsAre("ok"));
      EXPECT_THAT(texts(store, "SELECT 'x' FROM pragma_foreign_key_check"), testing::IsEmpty());
    }
    EXPECT_EQ(texts(store, "SELECT CAST(sum(rev) AS TEXT) FROM person"),
              std::vector<std::string>{"2"});
    store.run_script("UPDATE person SET phone = '1' WHERE id = 'P1'");
    EXPECT_EQ(texts(store, "SELECT CAST(rev AS TEXT) FROM person ORDER BY id"),
              (std::vector<std::string>{"2", "1"}));
    EXPECT_THROW(store.run_script("UPDATE audit_log SET actor = 'x'"), Error);
  }

  /// The shape of a store that was never older.
  std::vector<std::string> newest_shape() const {
    const fs::path place = folder() / "newest";
    if (database() != nullptr) {
      const support::PostgresDatabase fresh(support::postgres_folder());
      Database store(PostgresLocation(support::write_connection(place, fresh)), test_key(),
                     surroundings(), OpenMode::Create);
      return shape(store);
    }
    Database store(place, test_key(), surroundings(), OpenMode::Create);
    return shape(store);
  }

  /// How often a migration can be stopped: before each statement and before its commit.
  int stops_of(int from) const {
    const Place place = copy();
    int stops = 0;
    migrate(*database_at(place.store, from), from + 1, [&] { ++stops; });
    return stops;
  }
};

class MigrationsFrom : public Migrations, public testing::WithParamInterface<int> {};

TEST_P(MigrationsFrom, OlderStoreKeepsEverythingAndIsLikeANewOne) {
  const auto content = make_old_store(GetParam());
  expect_whole(file(), content, newest_shape());
}

TEST_P(MigrationsFrom, StepThatIsKilledAnywhereIsUndoneAndDoneAgain) {
  const int from = GetParam();
  const auto content = make_old_store(from);
  const auto wanted = newest_shape();
  const int stops = stops_of(from);
  for (const int stop : std::set<int>{0, 1, stops / 2, stops - 2, stops - 1, stops}) {
    if (stop < 0 || stop > stops) {
      continue;
    }
    SCOPED_TRACE("killed at " + std::to_string(stop) + " of " + std::to_string(stops));
    const Place place = copy();
    EXPECT_EQ(in_child([&] {
                const auto store = database_at(place.store, from);
                int passed = 0;
                migrate(*store, from + 1, [&] {
                  if (passed++ == stop) {
                    ::raise(SIGKILL);
                  }
                });
                ::raise(SIGKILL);  // after the last stop: it has just been acknowledged
                return 0;
              }),
              -SIGKILL);
    const int version = database_at(place.store, from)->backend().version();
    EXPECT_EQ(version, stop < stops ? from : from + 1);
    expect_whole(place.store, content, wanted);
  }
}

INSTANTIATE_TEST_SUITE_P(EveryVersion, MigrationsFrom, testing::Range(1, schema_version()));

TEST_F(Migrations, ProgramsThatOpenAnOldStoreAtOnceDoNotDisturbEachOther) {
  const auto content = make_old_store(1);
  std::array<int, 2> gate{};
  ASSERT_EQ(::pipe(gate.data()), 0);
  std::vector<pid_t> programs;
  for (int i = 0; i < 4; ++i) {
    programs.push_back(support::start_child([&] {
      ::close(gate[1]);
      char mark = 0;
      (void)!::read(gate[0], &mark, 1);  // until the parent opens the gate for all
      const Database store(file(), test_key(), surroundings(), OpenMode::Open);
      return 0;
    }));
  }
  ::close(gate[0]);
  ::close(gate[1]);
  for (const pid_t program : programs) {
    EXPECT_EQ(support::end_of(program), 0);
  }
  expect_whole(file(), content, newest_shape());
}

TEST_F(Migrations, CreationThatWasAcknowledgedSurvivesAKillAndIsNotRepeated) {
  const int code = in_child([&] {
    const Database store(file(), test_key(), surroundings(), OpenMode::Create);
    ::raise(SIGKILL);
    return 0;
  });
  EXPECT_EQ(code, -SIGKILL);
  Database store(file(), test_key(), surroundings(), OpenMode::Open);
  EXPECT_EQ(store.backend().version(), schema_version());
  EXPECT_THROW(Database(file(), test_key(), surroundings(), OpenMode::Create), Error);
}

}  // namespace
}  // namespace registry
