// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "planner/city_roads.hpp"
#include "registry/key_ring.hpp"
#include "registry/registry.hpp"

namespace cli {

/// The folder `tomoni init` makes for one city, and what lies where in it.
class CityFolder {
 public:
  /// Throws `registry::InputError` when the folder was not made by `tomoni init`.
  explicit CityFolder(std::filesystem::path dir);

  /// Makes the folder with key, store, rules and local plan, all or nothing. Throws
  /// `registry::Error` when something is already there. With a connection file the store is made
  /// in that PostgreSQL database, and the folder keeps a copy of the file.
  static void create(const std::filesystem::path& dir, const std::filesystem::path& local_plan,
                     const std::filesystem::path& connection = {});

  [[nodiscard]] registry::Registry open_registry() const;
  /// Of the key that signs the audit log, or empty when the key file is not there.
  [[nodiscard]] std::string audit_public_key() const;
  /// Where the store and its keys lie.
  [[nodiscard]] registry::StoreFiles store_files() const;
  [[nodiscard]] const std::filesystem::path& path() const { return dir_; }
  [[nodiscard]] registry::LocalPlan local_plan() const;
  /// A rule file of the city, e.g. `profiles.toml`.
  [[nodiscard]] std::string rules(const std::string& name) const;
  /// Roads, hazards, closures and profiles. Throws `registry::Error` when no roads have been
  /// imported yet.
  [[nodiscard]] std::unique_ptr<planner::CityRoads> roads() const;

  [[nodiscard]] std::filesystem::path graph_file() const { return dir_ / "roads.graph"; }
  [[nodiscard]] std::filesystem::path turns_file() const { return dir_ / "turns.txt"; }
  [[nodiscard]] std::filesystem::path hazards_file() const { return dir_ / "hazards.geojson"; }
  [[nodiscard]] std::filesystem::path closures_file() const { return dir_ / "closures.geojson"; }
  /// What an event has closed and where its water stands, beside what holds in peacetime. They lie
  /// beside the store itself: accounts that reach it through folders of their own share them.
  [[nodiscard]] std::filesystem::path live_closures_file() const {
    return beside_the_store() / "live_closures.geojson";
  }
  [[nodiscard]] std::filesystem::path live_water_file() const {
    return beside_the_store() / "live_water.geojson";
  }
  /// Replaces one of these files; who shares the folder may read and replace it too.
  static void write_live(const std::filesystem::path& file, const std::string& text);
  /// What backups are sealed to, one public key in hexadecimal digits.
  [[nodiscard]] std::filesystem::path backup_key_file() const { return dir_ / "backup.pub"; }
  [[nodiscard]] std::filesystem::path attribution_file() const { return dir_ / "attribution.txt"; }
  /// Where reports of imports and their error files go; made when missing.
  [[nodiscard]] std::filesystem::path imports() const;
  /// Whose data the roads are, to be printed under every map.
  [[nodiscard]] std::string attribution() const;

 private:
  [[nodiscard]] std::filesystem::path beside_the_store() const;

  std::filesystem::path dir_;
};

/// The operating system's clock and random numbers.
[[nodiscard]] registry::Surroundings surroundings();
[[nodiscard]] registry::Instant now();

/// The account that runs the program, with the purpose of what it does.
[[nodiscard]] registry::Actor actor(std::string purpose);

}  // namespace cli
