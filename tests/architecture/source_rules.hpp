// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace architecture {

/// A file of the project: its path from the root, with forward slashes, and its text.
struct SourceFile {
  std::string path;
  std::string text;
};

/// What a rule found, one line each, "path:line: what is wrong". Empty = the file keeps the rule.
using Violations = std::vector<std::string>;

/// The rules that hold for one file. All are pure: they read no disk.
[[nodiscard]] Violations check_length(const SourceFile& file);
[[nodiscard]] Violations check_licence_line(const SourceFile& file);
[[nodiscard]] Violations check_no_machine_paths(const SourceFile& file);
[[nodiscard]] Violations check_headers_are_polite(const SourceFile& file);
[[nodiscard]] Violations check_libraries_are_quiet(const SourceFile& file);
[[nodiscard]] Violations check_banned_features(const SourceFile& file);
[[nodiscard]] Violations check_suppressions_have_reasons(const SourceFile& file);
[[nodiscard]] Violations check_no_test_is_switched_off(const SourceFile& file);

/// The floors: which headers a folder may include (`docs/architecture.md`).
[[nodiscard]] Violations check_include_floors(const SourceFile& file);

/// Every C++ file stands in some CMakeLists.txt: one that does not is compiled by nobody.
[[nodiscard]] Violations check_sources_are_listed(const std::vector<SourceFile>& tree);

/// The text with comments blanked out; strings and lines stay where they are.
[[nodiscard]] std::string without_comments(std::string_view text);

/// Names in the `#include` lines of a file, with their quotes or angle brackets.
[[nodiscard]] std::vector<std::string> includes_of(std::string_view text);

}  // namespace architecture
