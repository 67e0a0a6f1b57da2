// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace docs {

/// The project's root, as the documents see it.
[[nodiscard]] std::filesystem::path project_root();
/// The folder of real data beside the project; need not exist.
[[nodiscard]] std::filesystem::path shared_data();

[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// Every Markdown file of the project, from its root, in order.
[[nodiscard]] std::vector<std::filesystem::path> documents();

/// What a command did.
struct Outcome {
  int exit_code = 0;
  std::string output;  ///< stdout and stderr
};

/// A folder that looks to the commands in a document like a checkout with a finished build:
/// data/ and build/release/tomoni are there, real data is beside it. Removed at the end.
class Workspace {
 public:
  explicit Workspace(const std::string& name);
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  Workspace(Workspace&&) = delete;
  Workspace& operator=(Workspace&&) = delete;

  /// Runs a script as `sh -eu`, in the folder, without input.
  [[nodiscard]] Outcome run(const std::string& script) const;

 private:
  std::filesystem::path root_;
};

/// Runs the marked blocks of every document that have this need, those of one document in one
/// workspace; each that fails is a test failure. Returns how many there were.
std::size_t run_documents(const std::string& need);

}  // namespace docs
