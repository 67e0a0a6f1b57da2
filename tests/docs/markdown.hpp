// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace docs {

/// A fenced `sh` block with a mark above it: `<!-- run -->` or `<!-- run realdata -->`.
struct RunnableBlock {
  std::size_t line = 0;  ///< of the opening fence, from 1
  std::string need;      ///< what follows `run`: empty or `realdata`
  std::string script;
};

[[nodiscard]] std::vector<RunnableBlock> runnable_blocks(std::string_view markdown);

/// Targets of links and pictures that name a file of the project, without their #anchor.
/// Code, web addresses and links within the page do not count.
[[nodiscard]] std::vector<std::string> relative_links(std::string_view markdown);

/// Words that follow `tools/setup.sh ` anywhere in the text.
[[nodiscard]] std::set<std::string> setup_commands(std::string_view markdown);

/// The first words of the indented lines of the script's help: its commands.
[[nodiscard]] std::set<std::string> commands_in_help(std::string_view help);

}  // namespace docs
