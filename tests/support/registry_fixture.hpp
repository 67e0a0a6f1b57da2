// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/registry.hpp"
#include "support/postgres_server.hpp"

namespace support {

/// A clock that ticks and ids that count: a new series of ids with every call, or the one given
/// (a forked process, which would repeat the series of its parent, names its own).
[[nodiscard]] registry::Surroundings test_surroundings();
[[nodiscard]] registry::Surroundings test_surroundings(std::uint64_t series);

[[nodiscard]] registry::StoreKey test_key(unsigned char first = 1);

/// A day on which every certificate of the fixtures is valid.
[[nodiscard]] registry::Date test_day();

template <class Row>
[[nodiscard]] registry::ParsedRows<Row> parsed(std::vector<Row> rows) {
  registry::ParsedRows<Row> result;
  result.report.encoding = "UTF-8";
  result.report.rows_read = rows.size();
  result.rows = std::move(rows);
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    result.rows[i].line = i + 2;  // below the header
  }
  return result;
}

/// An invented resident with nothing special about him or her.
[[nodiscard]] registry::ResidentRow resident(const std::string& number);
[[nodiscard]] registry::ParsedRows<registry::ResidentRow> residents(
    std::initializer_list<const char*> numbers);

[[nodiscard]] registry::CertificateRow care(const std::string& number, const std::string& grade);
[[nodiscard]] registry::SupporterRow supporter(const std::string& number, const std::string& helps);
[[nodiscard]] registry::ShelterRow shelter(const std::string& name, registry::Position position);

/// One criterion ア: 要介護3 or more.
[[nodiscard]] registry::RuleSet care_rules();

/// Which database the stores of this run lie in: PostgreSQL with TOMONI_TEST_STORE=postgresql in
/// the environment. ctest runs every test of a RegistryTest on both.
[[nodiscard]] bool tests_use_postgres();

/// Folder of the run's PostgreSQL server. Only when `tests_use_postgres` or the test asks ctest for
/// the fixture `postgres_server`.
[[nodiscard]] std::filesystem::path postgres_folder();

/// Writes what libpq needs to reach the database, readable by its owner only; returns the file.
std::filesystem::path write_connection(const std::filesystem::path& file,
                                       const PostgresDatabase& database);

/// Where a test's store is: in the test's folder, or in a database of its own.
class TestStore {
 public:
  explicit TestStore(std::filesystem::path file) : file_(std::move(file)) {}
  TestStore(std::filesystem::path file, registry::PostgresLocation database)
      : file_(std::move(file)), database_(std::move(database)) {}

  // NOLINTNEXTLINE(google-explicit-constructor): takes the place of a path in every test
  operator registry::StoreLocation() const {
    return database_ ? registry::StoreLocation(*database_) : registry::StoreLocation(file_);
  }
  /// The file, which is not there when the store is in a database.
  // NOLINTNEXTLINE(google-explicit-constructor): as above
  operator const std::filesystem::path&() const { return file_; }

 private:
  std::filesystem::path file_;
  std::optional<registry::PostgresLocation> database_;
};

/// A folder of its own per test, removed afterwards, with a store in it.
class RegistryTest : public testing::Test {
 protected:
  enum class Where { AsTheRunSays, InAFile };
  explicit RegistryTest(Where where = Where::AsTheRunSays);
  RegistryTest(const RegistryTest&) = delete;
  RegistryTest& operator=(const RegistryTest&) = delete;
  ~RegistryTest() override;

  /// Where the store is; in tests that look at the file itself, the file.
  [[nodiscard]] TestStore file() const;
  /// Nothing when the store is in a file.
  [[nodiscard]] const PostgresDatabase* database() const { return database_.get(); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] registry::Registry create() const;
  [[nodiscard]] registry::Registry open() const;
  [[nodiscard]] registry::Registry open(std::uint64_t series) const;
  [[nodiscard]] static registry::Session session(registry::Registry& registry);

  /// A second admin lets "tester" see a protected person.
  static void open_protected(registry::Registry& registry, const registry::PersonId& person);

  /// Stores the residents and puts them on the register with 要介護3.
  static void register_all(registry::Session& session,
                           const registry::ParsedRows<registry::ResidentRow>& rows);

 private:
  std::filesystem::path folder_;
  std::unique_ptr<PostgresDatabase> database_;
};

/// Tests about the encrypted file itself, whatever the run says. Suites with "File" in their name
/// are not run a second time for PostgreSQL.
class RegistryFileTest : public RegistryTest {
 protected:
  RegistryFileTest() : RegistryTest(Where::InAFile) {}
};

}  // namespace support
