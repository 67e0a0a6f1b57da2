// SPDX-License-Identifier: Apache-2.0
#include "support/city.hpp"

#include <gtest/gtest.h>

#include "registry/key_ring.hpp"

namespace support {
namespace fs = std::filesystem;

namespace {

fs::path ready_folder(ReadyCity ready) {
  switch (ready) {
    case ReadyCity::SampleTown:
      return fs::path(TOMONI_READY_CITIES) / "town";
    case ReadyCity::People:
      return fs::path(TOMONI_READY_CITIES) / "people";
    case ReadyCity::Plans:
      return fs::path(TOMONI_READY_CITIES) / "plans";
  }
  return {};
}

}  // namespace

fs::path sample_file(const std::string& name) {
  return fs::path(TOMONI_SAMPLE_TOWN) / name;
}

City::City(const std::string& name) : City(name, fs::path()) {}

City::City(const std::string& name, const fs::path& connection)
    : dir_(fresh_folder(name) / "city") {
  std::vector<std::string> arguments = {"init", "--dir", dir_.string(), "--local-plan",
                                        sample_file("local_plan.toml").string()};
  if (!connection.empty()) {
    arguments.insert(arguments.end(), {"--postgres", connection.string()});
  }
  const Run run = tomoni(arguments);
  EXPECT_EQ(run.exit_code, 0) << run.err;
}

City::City(const std::string& name, ReadyCity ready) : dir_(fresh_folder(name) / "city") {
  fs::copy(ready_folder(ready), dir_, fs::copy_options::recursive);
}

void City::keep_as(ReadyCity ready) const {
  const fs::path folder = ready_folder(ready);
  fs::remove_all(folder);
  fs::create_directories(folder.parent_path());
  fs::copy(dir_, folder, fs::copy_options::recursive);
}

Run City::import(const std::string& kind, const fs::path& file, unsigned file_limit_kib) const {
  return tomoni({"import", kind, file.string(), "--dir", dir_.string(), "--json"}, file_limit_kib);
}

nlohmann::json City::must_import(const std::string& kind, const fs::path& file) const {
  const Run run = import(kind, file);
  EXPECT_EQ(run.exit_code, 0) << kind << ": " << run.err << run.out;
  return run.exit_code == 0 ? nlohmann::json::parse(run.out) : nlohmann::json();
}

void City::import_sample_files() const {
  must_import("areas", sample_file("areas.geojson"));
  must_import("residents", sample_file("residents.csv"));
  must_import("care", sample_file("care.csv"));
  must_import("disability", sample_file("disability.csv"));
  must_import("supporters", sample_file("supporters.csv"));
  must_import("shelters", sample_file("shelters.csv"));
  must_import("shelters", sample_file("welfare_shelters.csv"));
  must_import("roads", sample_file("roads.osm.pbf"));
  must_import("dem", sample_file("dem.tif"));
  must_import("hazards", sample_file("hazards.geojson"));
}

nlohmann::json City::plan() const {
  const Run run = tomoni({"plan", "--dir", dir_.string(), "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return run.exit_code == 0 ? nlohmann::json::parse(run.out) : nlohmann::json();
}

Run City::run(std::vector<std::string> words) const {
  words.insert(words.end(), {"--dir", dir_.string()});
  return tomoni(words);
}

nlohmann::json City::ask(std::vector<std::string> words) const {
  words.emplace_back("--json");
  const Run answer = run(std::move(words));
  EXPECT_EQ(answer.exit_code, 0) << answer.err << answer.out;
  return answer.exit_code == 0 ? nlohmann::json::parse(answer.out) : nlohmann::json::object();
}

registry::Registry City::open() const {
  auto registry = registry::open_with_keys(
      registry::StoreFiles::in(dir_), {[] { return registry::Instant{1'800'000'000'000}; },
                                       [](std::array<std::uint8_t, 10>& bytes) { bytes.fill(7); }});
  try {
    static_cast<void>(registry.session({"test", "test"}));
  } catch (const registry::AccessRefused&) {  // not in this city yet
    const Run run =
        tomoni({"user", "add", "test", "--role", "admin", "--dir", dir_.string(), "--json"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
  }
  return registry;
}

}  // namespace support
