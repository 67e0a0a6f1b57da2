// SPDX-License-Identifier: Apache-2.0
#include "datagen/synthetic_city.hpp"

#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "datagen/city_texts.hpp"
#include "datagen/given_areas.hpp"
#include "datagen/quarters.hpp"
#include "datagen/resident.hpp"
#include "datagen/shelters.hpp"
#include "datagen/streets.hpp"
#include "datagen/town_files.hpp"
#include "registry/area.hpp"
#include "registry/error.hpp"
#include "registry/table_io.hpp"

namespace datagen {
namespace {

using Progress = std::function<void(std::string_view step)>;
using registry::CsvEncoding;

void write_table(const std::filesystem::path& file, const registry::Table& table,
                 CsvEncoding encoding) {
  const registry::CsvOutput output = registry::write_csv(table, encoding);
  if (!output.substitutions.empty()) {
    throw std::runtime_error(file.filename().string() +
                             " holds characters outside CP932: " + output.substitutions.front());
  }
  write_file(file, output.bytes);
}

/// People and everything that is about them, in either kind of town.
People write_people(const std::filesystem::path& dir, const SampleRequest& request,
                    HomeFinder& finder, const Progress& progress) {
  progress("住民");
  People people = settle(finder, request.people, request.seed);
  progress("介護認定と障害者手帳");
  const NeedTables needs = certify(people, request.seed);
  disturb(people, request.seed);
  write_table(dir / "residents.csv", resident_table(people, request.seed), CsvEncoding::Utf8Bom);
  write_table(dir / "care.csv", needs.care, CsvEncoding::Cp932);
  write_table(dir / "disability.csv", needs.disability, CsvEncoding::Cp932);
  progress("避難支援等実施者");
  write_table(dir / "supporters.csv", supporter_table(people, request.seed), CsvEncoding::Cp932);
  return people;
}

void write_town(const std::filesystem::path& dir, const SampleRequest& request,
                const Progress& progress) {
  const TownPlan plan(request.seed);
  progress("道路");
  const Streets streets = draw_streets(plan, request.seed);
  write_roads(dir / "roads.osm.pbf", plan, streets.net, request.seed);
  progress("標高");
  write_terrain(dir / "dem.tif", plan);
  progress("危険区域");
  write_file(dir / "hazards.geojson", hazards_text(plan));
  const TownDivision division = divide_town();
  TownHomes homes(plan, streets, division, request.people, request.seed);
  const People people = write_people(dir, request, homes, progress);
  progress("区域と避難所");
  std::vector<int> count(division.quarters.size(), 0);
  for (const Resident& resident : people.residents) {
    ++count[static_cast<std::size_t>(people.homes[resident.home].area)];
  }
  write_file(dir / "areas.geojson", areas_text(plan, division, count));
  const ShelterTables shelters =
      build_shelters(plan, streets, division, homes, people, request.seed);
  write_table(dir / "shelters.csv", shelters.general, CsvEncoding::Utf8Bom);
  write_table(dir / "welfare_shelters.csv", shelters.welfare, CsvEncoding::Utf8Bom);
}

void write_on_areas(const std::filesystem::path& dir, const SampleRequest& request,
                    const Progress& progress) {
  progress("区域");
  std::vector<registry::Area> areas;
  try {
    areas = registry::parse_areas(read_file(*request.areas)).areas;
  } catch (const registry::Error& error) {
    throw std::runtime_error(request.areas->string() + ": " + error.what());
  }
  AreaHomes homes(areas);
  static_cast<void>(write_people(dir, request, homes, progress));
  write_file(dir / "areas.geojson", given_areas_text(areas));
}

}  // namespace

void write_sample(const std::filesystem::path& dir, const SampleRequest& request,
                  const std::function<void(std::string_view step)>& progress) {
  constexpr int kMost = 1'000'000;
  if (request.people < 1 || request.people > kMost) {
    throw std::invalid_argument("people is " + std::to_string(request.people) +
                                "; it must be from 1 to 1000000");
  }
  std::error_code failed;
  std::filesystem::create_directories(dir, failed);
  if (failed) {
    throw std::runtime_error(dir.string() + " could not be made: " + failed.message());
  }
  const Progress report = progress ? progress : [](std::string_view) {};
  if (request.areas) {
    write_on_areas(dir, request, report);
  } else {
    write_town(dir, request, report);
  }
  write_file(dir / "local_plan.toml", local_plan_text(request.areas ? kAreaCityName : kCityName));
  write_file(dir / "README.txt", readme_text(request));
}

}  // namespace datagen
