// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "registry/registry.hpp"

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

/// A folder of its own per test, removed afterwards, with a store in it.
class RegistryTest : public testing::Test {
 protected:
  RegistryTest();
  RegistryTest(const RegistryTest&) = delete;
  RegistryTest& operator=(const RegistryTest&) = delete;
  ~RegistryTest() override;

  [[nodiscard]] std::filesystem::path file() const { return folder_ / "city.tomoni"; }
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
};

}  // namespace support
