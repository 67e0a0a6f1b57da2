// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "registry/registry.hpp"
#include "support/program.hpp"

namespace support {

/// Cities that are made once for all tests (which must ask for the fixture `ready_cities`).
enum class ReadyCity { SampleTown, People, Plans };

/// A city made by `tomoni init` from the sample town's local plan, in a folder of the test's own.
class City {
 public:
  explicit City(const std::string& name);
  /// The same with its registry in the PostgreSQL database this connection file names.
  City(const std::string& name, const std::filesystem::path& connection);
  /// A copy of a ready one.
  City(const std::string& name, ReadyCity ready);

  [[nodiscard]] std::filesystem::path dir() const { return dir_; }
  /// `tomoni WORDS --dir ...`.
  [[nodiscard]] Run run(std::vector<std::string> words) const;
  /// The same with `--json`; must succeed, and returns the document.
  nlohmann::json ask(std::vector<std::string> words) const;
  /// `tomoni import KIND FILE --dir ... --json`.
  [[nodiscard]] Run import(const std::string& kind, const std::filesystem::path& file,
                           unsigned file_limit_kib = 0) const;
  /// The same; fails the test when it does not succeed, and returns the report.
  nlohmann::json must_import(const std::string& kind, const std::filesystem::path& file) const;
  /// Imports everything the sample town has.
  void import_sample_files() const;
  /// `tomoni plan --json`, which must succeed.
  [[nodiscard]] nlohmann::json plan() const;
  /// The store, opened with the city's key.
  [[nodiscard]] registry::Registry open() const;
  /// Keeps a copy that other tests begin with.
  void keep_as(ReadyCity ready) const;

 private:
  std::filesystem::path dir_;
};

/// A file of the sample town (the test must ask for the fixture `sample_town`).
[[nodiscard]] std::filesystem::path sample_file(const std::string& name);

}  // namespace support
