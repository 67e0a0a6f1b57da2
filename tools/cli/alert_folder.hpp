// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "registry/alert_desk.hpp"

namespace cli {

/// What became of one file of the watched folder.
struct FiledAlert {
  std::string file;  ///< name
  registry::AlertIntake intake;
  std::filesystem::path place;  ///< where it lies now; empty: where it was
};

/// A folder that another program fills with alerts. Taken files go to `done`, all others, and those
/// that hold something nobody has understood, to `quarantine` with the reason beside them.
class AlertFolder {
 public:
  /// Throws `registry::InputError` when there is no such folder.
  explicit AlertFolder(std::filesystem::path folder);

  /// Files that lie there and are no longer written to, by name. Hidden files, links and names that
  /// end in `.tmp` or `.part` are left alone.
  [[nodiscard]] std::vector<std::filesystem::path> waiting() const;

  /// Moves a judged file to its place; what lies there under its name stays.
  [[nodiscard]] std::filesystem::path put_away(const std::filesystem::path& file,
                                               const registry::AlertIntake& intake) const;

 private:
  std::filesystem::path folder_;
};

/// At most `most` + 1 bytes of a file: enough to see that it is too large.
[[nodiscard]] std::string read_at_most(const std::filesystem::path& file, std::size_t most);

}  // namespace cli
