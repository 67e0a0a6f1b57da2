// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <utility>
#include <variant>

namespace registry {

/// A PostgreSQL 15 database that belongs to one city alone: made by the administrator with
/// `ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`, owned by the role we log in
/// as.
struct PostgresLocation {
  explicit PostgresLocation(std::filesystem::path file) : connection_file(std::move(file)) {}

  /// libpq's `host=... port=... dbname=... user=... password=... sslmode=...`, readable by its
  /// owner only. Read anew for every connection, so a changed password needs no restart.
  std::filesystem::path connection_file;
};

/// Where a registry lies: in an encrypted file, or in a PostgreSQL database.
class StoreLocation {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a path is a location
  StoreLocation(std::filesystem::path file) : place_(std::move(file)) {}
  // NOLINTNEXTLINE(google-explicit-constructor): so is a database
  StoreLocation(PostgresLocation database) : place_(std::move(database)) {}

  /// Nothing when it is a database.
  [[nodiscard]] const std::filesystem::path* file() const {
    return std::get_if<std::filesystem::path>(&place_);
  }
  /// Nothing when it is a file.
  [[nodiscard]] const PostgresLocation* postgres() const {
    return std::get_if<PostgresLocation>(&place_);
  }

 private:
  std::variant<std::filesystem::path, PostgresLocation> place_;
};

}  // namespace registry
