// SPDX-License-Identifier: Apache-2.0
#include "support/registry_fixture.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "registry/protected_desk.hpp"
#include "support/fake_clock.hpp"

namespace support {

namespace fs = std::filesystem;
using namespace registry;  // NOLINT(google-build-using-namespace): everything here is about it

Surroundings test_surroundings() {
  static std::uint64_t series = 0;
  return test_surroundings(series++);
}

Surroundings test_surroundings(std::uint64_t series) {
  // A server may need a moment to notice that a program was killed; a file is free at once.
  const std::chrono::milliseconds patience(tests_use_postgres() ? 5000 : 0);
  return {.clock = ticking_clock(), .random = counting_random(series << 40U), .patience = patience};
}

StoreKey test_key(unsigned char first) {
  StoreKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    key.at(i) = static_cast<unsigned char>(first + 7 * i);
  }
  return key;
}

Date test_day() {
  return {std::chrono::year(2026), std::chrono::month(5), std::chrono::day(1)};
}

ResidentRow resident(const std::string& number) {
  ResidentRow row;
  Person& person = row.person;
  person.resident_no = number;
  person.household_no = "H" + number;
  person.name = "見本 " + number;
  person.name_kana = "ミホン " + number;
  person.birth_date = Date{std::chrono::year(1940), std::chrono::month(2), std::chrono::day(29)};
  person.birth_text = "昭和15年2月29日";
  person.sex = Sex::Female;
  person.address = "見本市中町一丁目";
  person.address_number = number;
  person.position = Position{.lat = 35.7283951, .lon = 139.5461238};
  return row;
}

ParsedRows<ResidentRow> residents(std::initializer_list<const char*> numbers) {
  std::vector<ResidentRow> rows;
  for (const char* number : numbers) {
    rows.push_back(resident(number));
  }
  return parsed(std::move(rows));
}

CertificateRow care(const std::string& number, const std::string& grade) {
  CertificateRow row;
  row.resident_no = number;
  row.certificate.kind = CertificateKind::CareLevel;
  row.certificate.grade = grade;
  row.certificate.valid_to = test_day();
  return row;
}

SupporterRow supporter(const std::string& number, const std::string& helps) {
  SupporterRow row;
  row.supporter.supporter_no = number;
  row.supporter.name = "支援 " + number;
  row.supporter.address = "見本市東町二丁目";
  row.supporter.phone = "000-0000-" + number;
  row.person_resident_no = helps;
  row.relation = "近所";
  row.role = "同行";
  return row;
}

ShelterRow shelter(const std::string& name, Position position) {
  ShelterRow row;
  row.shelter.name = name;
  row.shelter.position = position;
  row.shelter.kinds.emergency_site = true;
  return row;
}

RuleSet care_rules() {
  RuleSet rules;
  rules.id = "test-rules";
  rules.effective_from = test_day();
  Condition condition;
  condition.attribute = "care_level";
  condition.any_of = {"要介護3", "要介護4", "要介護5"};
  Clause clause;
  clause.id = "ア";
  clause.title = "要介護3以上";
  clause.all_of = {condition};
  rules.clauses = {clause};
  return rules;
}

bool tests_use_postgres() {
  const char* store = std::getenv("TOMONI_TEST_STORE");
  return store != nullptr && std::string_view(store) == "postgresql";
}

namespace {

std::unique_ptr<PostgresServer> own_server;
fs::path own_server_folder;

}  // namespace

fs::path postgres_folder() {
  const char* folder = std::getenv("TOMONI_TEST_POSTGRES");
  return folder != nullptr && !own_server ? fs::path(folder) : own_server_folder;
}

namespace {

/// A test program that is run by hand has no server from ctest: it starts one of its own.
class PostgresOfTheRun : public testing::Environment {
 public:
  void SetUp() override {
    if (!tests_use_postgres() || fs::exists(postgres_folder() / "port")) {
      return;
    }
    if (!PostgresServer::installed()) {
      GTEST_SKIP() << "[  SKIPPED ] PostgreSQL 15 is not installed: apt-get install postgresql-15";
    }
    own_server_folder = testing::TempDir() + "tomoni-postgres-" + std::to_string(::getpid());
    own_server = std::make_unique<PostgresServer>(own_server_folder);
  }
  void TearDown() override { own_server.reset(); }
};

// GoogleTest owns it.
[[maybe_unused]] const auto* const kPostgresOfTheRun =
    testing::AddGlobalTestEnvironment(new PostgresOfTheRun);

}  // namespace

fs::path write_connection(const fs::path& file, const PostgresDatabase& database) {
  std::ofstream(file) << database.connection() << '\n';
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  return file;
}

RegistryTest::RegistryTest(Where where) {
  std::string pattern = testing::TempDir() + "registry_XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("no folder for the test: " + pattern);
  }
  folder_ = pattern;
  if (where == Where::AsTheRunSays && tests_use_postgres()) {
    database_ = std::make_unique<PostgresDatabase>(postgres_folder());
    write_connection(folder_ / "connection", *database_);
  }
}

TestStore RegistryTest::file() const {
  const fs::path file = folder_ / "city.tomoni";
  return database_ ? TestStore(file, PostgresLocation(folder_ / "connection")) : TestStore(file);
}

RegistryTest::~RegistryTest() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Registry RegistryTest::create() const {
  Registry registry = Registry::create(file(), test_key(), test_surroundings());
  registry.appoint_first_admin("tester");
  return registry;
}

Registry RegistryTest::open() const {
  return Registry::open(file(), test_key(), test_surroundings());
}

Registry RegistryTest::open(std::uint64_t series) const {
  return Registry::open(file(), test_key(), test_surroundings(series));
}

Session RegistryTest::session(Registry& registry) {
  return registry.session({.name = "tester", .purpose = "試験"});
}

void RegistryTest::open_protected(Registry& registry, const PersonId& person) {
  Session first = session(registry);
  Account second;
  second.name = "second";
  second.role = Role::Admin;
  StaffDesk(first).add(second);
  const std::string opening = ProtectedDesk(first).request(person, "試験");
  Session other = registry.session({.name = "second", .purpose = "試験"});
  ProtectedDesk(other).approve(opening, 1);
}

void RegistryTest::register_all(Session& session, const ParsedRows<ResidentRow>& rows) {
  std::vector<CertificateRow> certificates;
  for (const ResidentRow& row : rows.rows) {
    certificates.push_back(care(row.person.resident_no, "要介護3"));
  }
  ASSERT_TRUE(session.import_residents(rows).rejected.empty());
  ASSERT_TRUE(session.import_care(parsed(std::move(certificates))).rejected.empty());
  ASSERT_GT(session.run_eligibility(care_rules(), test_day()).eligible, 0U);
}

}  // namespace support
