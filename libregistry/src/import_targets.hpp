// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "database.hpp"
#include "import_images.hpp"

namespace registry {

/// What one kind of file changes in the store, person by person, as images. Within the current
/// transaction.
class ImportTarget {
 public:
  ImportTarget() = default;
  ImportTarget(const ImportTarget&) = delete;
  ImportTarget(ImportTarget&&) = delete;
  ImportTarget& operator=(const ImportTarget&) = delete;
  ImportTarget& operator=(ImportTarget&&) = delete;
  virtual ~ImportTarget() = default;

  /// What stands there; empty = nothing.
  [[nodiscard]] virtual std::string image(const PersonId& person) = 0;
  /// Whether the store no longer is what a preview saw, so that its change must not be written.
  [[nodiscard]] virtual bool conflicts(const PersonId& person, const std::string& before,
                                       const std::string& after);
  /// Makes the store hold exactly this.
  virtual void put(const PersonId& person, const std::string& image) = 0;
  /// After the last `put`: brings up to date what is derived from it.
  virtual void finish() {}
};

[[nodiscard]] std::unique_ptr<ImportTarget> import_target(Database& database, ImportKind kind);

/// `source` of the table `certificate`.
[[nodiscard]] std::string certificate_source(ImportKind kind);

}  // namespace registry
