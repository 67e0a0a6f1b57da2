// SPDX-License-Identifier: Apache-2.0
#include "docs/markdown.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace docs {
namespace {

constexpr std::string_view kFence = "```";
constexpr std::string_view kMark = "<!-- run";
constexpr std::string_view kMarkEnd = "-->";

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string::npos ? ""
                                    : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The text without fenced blocks and `inline code`.
std::string prose_of(std::string_view markdown) {
  std::string prose;
  bool fenced = false;
  for (const std::string& line : lines_of(markdown)) {
    if (trimmed(line).starts_with(kFence)) {
      fenced = !fenced;
      continue;
    }
    bool code = false;
    for (const char c : fenced ? std::string() : line) {
      code = c == '`' ? !code : code;
      if (!code) {
        prose += c;
      }
    }
    prose += '\n';
  }
  return prose;
}

bool is_elsewhere(std::string_view target) {
  return target.empty() || target.starts_with('#') ||
         target.find("://") != std::string_view::npos || target.starts_with("mailto:");
}

}  // namespace

std::vector<RunnableBlock> runnable_blocks(std::string_view markdown) {
  std::vector<RunnableBlock> blocks;
  const std::vector<std::string> lines = lines_of(markdown);
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const std::string mark = trimmed(lines[i]);
    if (!mark.starts_with(kMark) || !mark.ends_with(kMarkEnd) || lines[i + 1] != "```sh") {
      continue;
    }
    RunnableBlock block;
    block.line = i + 2;
    block.need = trimmed(mark.substr(kMark.size(), mark.size() - kMark.size() - kMarkEnd.size()));
    for (i += 2; i < lines.size() && lines[i] != kFence; ++i) {
      block.script += lines[i] + '\n';
    }
    blocks.push_back(block);
  }
  return blocks;
}

std::vector<std::string> relative_links(std::string_view markdown) {
  const std::string prose = prose_of(markdown);
  std::vector<std::string> links;
  for (std::size_t at = prose.find("]("); at != std::string::npos; at = prose.find("](", at + 1)) {
    const std::size_t end = prose.find_first_of(") \n", at + 2);
    if (end == std::string::npos) {
      break;
    }
    const std::string target = prose.substr(at + 2, end - at - 2);
    if (!is_elsewhere(target)) {
      links.push_back(target.substr(0, target.find('#')));
    }
  }
  return links;
}

std::set<std::string> setup_commands(std::string_view markdown) {
  constexpr std::string_view kCall = "tools/setup.sh ";
  std::set<std::string> found;
  for (std::size_t at = markdown.find(kCall); at != std::string_view::npos;
       at = markdown.find(kCall, at + 1)) {
    const std::string_view rest = markdown.substr(at + kCall.size());
    const auto* const end =
        std::ranges::find_if_not(rest, [](char c) { return c >= 'a' && c <= 'z'; });
    if (end != rest.begin()) {
      found.emplace(rest.begin(), end);
    }
  }
  return found;
}

std::set<std::string> commands_in_help(std::string_view help) {
  std::set<std::string> found;
  for (const std::string& line : lines_of(help)) {
    if (line.starts_with("  ")) {
      found.insert(line.substr(2, line.find(' ', 2) - 2));
    }
  }
  return found;
}

}  // namespace docs
