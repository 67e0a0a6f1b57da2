// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "registry/city_import.hpp"
#include "store/city_files.hpp"

namespace {

TEST(RegistryBench, AQuickRunGivesRightAnswersAndEveryFigure) {
  const std::string folder = testing::TempDir() + "registry_bench";
  const std::string out = folder + ".json";
  const std::string command = std::string(TOMONI_REGISTRY_BENCH) + " --quick --folder '" + folder +
                              "' > '" + out + "' 2> /dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c): our own program
  std::ifstream in(out);
  const auto document = nlohmann::json::parse(in);
  for (const char* figure :
       {"import_first_s", "import_second_s", "import_care_s", "import_peak_mib", "eligibility_s",
        "search_p50_ms", "search_p99_ms", "list_s", "audit_verify_s", "single_writes_per_s",
        "group_writes_per_s"}) {
    EXPECT_GT(document.at(figure), 0) << figure;
  }
  EXPECT_EQ(document.at("audit_rows").get<int>() >= 5000, true);
  EXPECT_GT(document.at("list_persons"), 50);
  EXPECT_GT(document.at("search_found_share"), 0.9);
  std::filesystem::remove_all(folder);
}

TEST(CityFiles, EveryRowIsReadAndTheSameSeedGivesTheSameBytes) {
  const bench::CityFiles city(500, 3);
  const registry::Date day{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(21)};
  const auto rows = registry::parse_residents(registry::read_csv(city.residents_csv(100)), day);
  EXPECT_TRUE(rows.report.rejected.empty());
  EXPECT_EQ(rows.rows.size(), 500U);
  EXPECT_EQ(city.residents_csv(0), bench::CityFiles(500, 3).residents_csv(0));
  EXPECT_NE(city.residents_csv(0), city.residents_csv(100));
}

}  // namespace
