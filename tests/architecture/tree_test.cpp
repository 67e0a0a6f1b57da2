// SPDX-License-Identifier: Apache-2.0
// The rules of source_rules.hpp applied to the whole project.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "architecture/source_rules.hpp"

namespace architecture {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

bool is_foreign(const fs::path& folder) {
  const std::set<std::string> foreign = {".git", "build", "node_modules"};
  return foreign.contains(folder.filename().string());
}

SourceFile read(const fs::path& root, const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {file.lexically_relative(root).generic_string(),
          std::string(std::istreambuf_iterator<char>(in), {})};
}

/// Every file a person writes, in the order of the paths.
const std::vector<SourceFile>& tree() {
  static const std::vector<SourceFile> files = [] {
    const fs::path root = TOMONI_SOURCE_DIR;
    std::vector<SourceFile> found;
    for (fs::recursive_directory_iterator at(root), end; at != end; ++at) {
      if (at->is_directory() && is_foreign(at->path())) {
        at.disable_recursion_pending();
      } else if (at->is_regular_file()) {
        found.push_back(read(root, at->path()));
      }
    }
    std::ranges::sort(found, {}, &SourceFile::path);
    return found;
  }();
  return files;
}

bool ends_with_any(const std::string& path, const std::vector<std::string>& endings) {
  return std::ranges::any_of(endings,
                             [&path](const std::string& end) { return path.ends_with(end); });
}

/// The rules and their tests name what they forbid.
bool is_example(const std::string& path) {
  return path.starts_with("tests/architecture/source_rules");
}

Violations check_all(Violations (*rule)(const SourceFile&),
                     const std::vector<std::string>& endings) {
  Violations found;
  for (const SourceFile& file : tree()) {
    if (ends_with_any(file.path, endings) && !is_example(file.path)) {
      const Violations here = rule(file);
      found.insert(found.end(), here.begin(), here.end());
    }
  }
  return found;
}

const std::vector<std::string> kCpp = {".cpp", ".hpp"};

TEST(Tree, IsReadAtAll) {
  const auto count = std::ranges::count_if(
      tree(), [](const SourceFile& file) { return ends_with_any(file.path, kCpp); });
  EXPECT_GT(count, 60);
}

TEST(Tree, IncludesPointDownTheFloors) {
  EXPECT_THAT(check_all(check_include_floors, kCpp), IsEmpty());
}

TEST(Tree, EveryCppFileIsListedInACMakeFile) {
  EXPECT_THAT(check_sources_are_listed(tree()), IsEmpty());
}

TEST(Tree, NoFileIsLongerThanTheCap) {
  EXPECT_THAT(check_all(check_length, kCpp), IsEmpty());
}

TEST(Tree, EverySourceFileNamesItsLicence) {
  EXPECT_THAT(
      check_all(check_licence_line, {".cpp", ".hpp", ".sh", ".ci/run", ".toml", "CMakeLists.txt"}),
      IsEmpty());
}

TEST(Tree, NamesNoMachine) {
  EXPECT_THAT(check_all(check_no_machine_paths,
                        {".cpp", ".hpp", ".md", ".sh", ".ci/run", ".toml", ".txt", ".json"}),
              IsEmpty());
}

TEST(Tree, HeadersOpenNoNamespaces) {
  EXPECT_THAT(check_all(check_headers_are_polite, kCpp), IsEmpty());
}

TEST(Tree, LibrariesAreQuiet) {
  EXPECT_THAT(check_all(check_libraries_are_quiet, kCpp), IsEmpty());
}

TEST(Tree, UsesOnlyWhatThePlatformHas) {
  EXPECT_THAT(check_all(check_banned_features, kCpp), IsEmpty());
}

TEST(Tree, EverySilencedCheckHasItsReason) {
  EXPECT_THAT(check_all(check_suppressions_have_reasons, kCpp), IsEmpty());
}

TEST(Tree, NoTestIsSwitchedOff) {
  EXPECT_THAT(check_all(check_no_test_is_switched_off, kCpp), IsEmpty());
}

TEST(Tree, TheTopLevelIsWhatTheReadmeShows) {
  const std::set<std::string> wanted = {
      "CMakeLists.txt", "CMakePresets.json", "LICENSE",  "README.md", "data",
      "docs",           "libregistry",       "libroute", "tests",     "tools"};
  std::set<std::string> unexpected;
  for (const SourceFile& file : tree()) {
    const std::string top = file.path.substr(0, file.path.find('/'));
    if (!top.starts_with('.') && !wanted.contains(top)) {
      unexpected.insert(top);
    }
  }
  EXPECT_THAT(unexpected, IsEmpty());
}

}  // namespace
}  // namespace architecture
