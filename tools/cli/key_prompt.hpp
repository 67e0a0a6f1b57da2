// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/commands.hpp"
#include "registry/paper_key.hpp"

namespace cli {

/// A key people keep: from a file, or typed at the prompt (not shown on a terminal) when `file` is
/// empty. Never from the command line, which other users of the machine can see.
[[nodiscard]] registry::PaperKey ask_paper_key(const std::string& file, registry::PaperKeyUse use,
                                               const Context& context);

/// One line typed at the prompt and not shown. On a terminal it is asked for twice; throws
/// `registry::InputError` when the two differ.
[[nodiscard]] std::string ask_secret(const std::string& prompt, const std::string& again);

}  // namespace cli
