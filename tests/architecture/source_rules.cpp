// SPDX-License-Identifier: Apache-2.0
#include "architecture/source_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace architecture {
namespace {

constexpr std::size_t kMaxLines = 500;

bool is_cpp(std::string_view path) {
  return path.ends_with(".cpp") || path.ends_with(".hpp");
}

bool is_library(std::string_view path) {
  return path.starts_with("libregistry/") || path.starts_with("libroute/");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

using LineRule = std::function<std::string(const std::string& line)>;

/// Applies a rule to each line; the rule answers with what is wrong, or nothing.
Violations each_line(const SourceFile& file, const std::string& text, const LineRule& rule) {
  Violations found;
  std::size_t number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    const std::string wrong = rule(line);
    if (!wrong.empty()) {
      found.push_back(file.path + ":" + std::to_string(number) + ": " + wrong);
    }
  }
  return found;
}

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Whether the line holds the words and not merely a longer word that ends in them.
bool holds(std::string_view line, std::string_view words) {
  for (std::size_t at = line.find(words); at != std::string_view::npos;
       at = line.find(words, at + 1)) {
    if (at == 0 || !is_word_character(line[at - 1])) {
      return true;
    }
  }
  return false;
}

template <std::size_t N>
Violations forbid(const SourceFile& file, const std::string& text,
                  const std::array<std::string_view, N>& words, std::string_view why) {
  return each_line(file, text, [&words, why](const std::string& line) {
    const auto found =
        std::ranges::find_if(words, [&line](std::string_view word) { return holds(line, word); });
    return found == words.end() ? std::string() : std::string(*found) + ": " + std::string(why);
  });
}

std::vector<std::string> cmake_words(const std::string& text) {
  std::vector<std::string> found;
  for (std::string line : lines_of(text)) {
    line = line.substr(0, line.find('#'));
    std::ranges::replace_if(
        line, [](char c) { return c == '(' || c == ')' || c == '"'; }, ' ');
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      found.push_back(word);
    }
  }
  return found;
}

}  // namespace

Violations check_length(const SourceFile& file) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(file.text, '\n'));
  if (!is_cpp(file.path) || lines <= kMaxLines) {
    return {};
  }
  return {file.path + ": " + std::to_string(lines) + " lines, the cap is " +
          std::to_string(kMaxLines) + "; split it by idea"};
}

Violations check_licence_line(const SourceFile& file) {
  const std::string mark = is_cpp(file.path) ? "//" : "#";
  const std::string wanted = mark + " SPDX-License-Identifier: Apache-2.0";
  const std::vector<std::string> lines = lines_of(file.text);
  const std::size_t first = !lines.empty() && lines[0].starts_with("#!") ? 1 : 0;
  if (lines.size() > first && lines[first] == wanted) {
    return {};
  }
  return {file.path + ": line " + std::to_string(first + 1) + " must be: " + wanted};
}

Violations check_no_machine_paths(const SourceFile& file) {
  constexpr std::array<std::string_view, 6> kPaths = {"/home/",
                                                      "/root/",
                                                      "/Users/",
                                                      "/tmp/",
                                                      "/wo"
                                                      "rk/",
                                                      "C:\\"};
  return each_line(file, file.text, [&kPaths](const std::string& line) {
    for (const std::string_view path : kPaths) {
      const std::size_t at = line.find(path);
      // "build/tmp/x" is a relative path: only a path that begins here names a machine.
      if (at != std::string::npos &&
          (at == 0 || (!is_word_character(line[at - 1]) && line[at - 1] != '.'))) {
        return "path of one machine: " + std::string(path);
      }
    }
    return std::string();
  });
}

Violations check_headers_are_polite(const SourceFile& file) {
  if (!file.path.ends_with(".hpp")) {
    return {};
  }
  constexpr std::array<std::string_view, 1> kWords = {"using namespace"};
  Violations found = forbid(file, without_comments(file.text), kWords,
                            "a header must not open a namespace for its readers");
  if (file.text.find("#pragma once") == std::string::npos) {
    found.push_back(file.path + ": has no #pragma once");
  }
  return found;
}

Violations check_libraries_are_quiet(const SourceFile& file) {
  if (!is_cpp(file.path) || !is_library(file.path)) {
    return {};
  }
  constexpr std::array<std::string_view, 11> kWords = {
      "std::cout",          "std::cerr",     "std::clog",    "printf(",
      "fprintf(",           "puts(",         "getenv(",      "system_clock::now(",
      "steady_clock::now(", "time(nullptr)", "random_device"};
  return forbid(file, without_comments(file.text), kWords,
                "a library neither prints nor reads the world; return a value or take a parameter");
}

Violations check_banned_features(const SourceFile& file) {
  if (!is_cpp(file.path)) {
    return {};
  }
  constexpr std::array<std::string_view, 4> kWords = {
      "std::views::", "std::ranges::views::", "std::format(", "std::expected<"};
  return forbid(file, without_comments(file.text), kWords,
                "the compiler or the checkers of this platform lack it (docs/contributing.md)");
}

Violations check_suppressions_have_reasons(const SourceFile& file) {
  const std::string mark =
      "NO"
      "LINT";
  if (!is_cpp(file.path)) {
    return {};
  }
  return each_line(file, file.text, [&mark](const std::string& line) -> std::string {
    const std::size_t at = line.find(mark);
    if (at == std::string::npos || line.find(mark + "END", at) == at) {
      return {};
    }
    const std::size_t open = line.find('(', at);
    const std::size_t close = line.find(')', at);
    if (open == std::string::npos || close == std::string::npos) {
      return "names no check; write the one it silences";
    }
    const auto letters = std::count_if(line.begin() + static_cast<std::ptrdiff_t>(close),
                                       line.end(), [](char c) { return is_word_character(c); });
    return letters >= 4 ? "" : "gives no reason on its line";
  });
}

Violations check_no_test_is_switched_off(const SourceFile& file) {
  if (!file.path.starts_with("tests/") || !file.path.ends_with(".cpp")) {
    return {};
  }
  const std::string disabled =
      "DIS"
      "ABLED_";
  return each_line(file, file.text, [&disabled](const std::string& line) -> std::string {
    const std::size_t comment = line.find("//");
    const std::size_t test = std::min(line.find("TEST("), line.find("TEST_F("));
    if (comment != std::string::npos && test != std::string::npos && comment < test) {
      return "a test in a comment: delete it or let it run";
    }
    return holds(line, disabled) ? "a switched-off test: delete it or let it run" : "";
  });
}

Violations check_sources_are_listed(const std::vector<SourceFile>& tree) {
  constexpr std::string_view kRoot = "${PROJECT_SOURCE_DIR}/";
  std::set<std::string> listed;
  for (const SourceFile& file : tree) {
    const std::filesystem::path path(file.path);
    if (path.filename() != "CMakeLists.txt") {
      continue;
    }
    for (const std::string& word : cmake_words(file.text)) {
      if (is_cpp(word)) {
        const std::filesystem::path named = word.starts_with(kRoot)
                                                ? std::filesystem::path(word.substr(kRoot.size()))
                                                : path.parent_path() / word;
        listed.insert(named.lexically_normal().generic_string());
      }
    }
  }
  Violations found;
  for (const SourceFile& file : tree) {
    // Headers other than the public ones need no line: the compiler finds them.
    const bool counts =
        file.path.ends_with(".cpp") ||
        (file.path.ends_with(".hpp") && file.path.find("/include/") != std::string::npos);
    if (counts && !listed.contains(file.path)) {
      found.push_back(file.path + ": stands in no CMakeLists.txt");
    }
  }
  return found;
}

}  // namespace architecture
