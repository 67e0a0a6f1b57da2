// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/commands.hpp"

namespace cli {

/// Where the passphrase of a package comes from and goes to. Never from the command line, which
/// other users of the machine can see.
struct PassphraseOptions {
  std::string file;  ///< read from the first line of it
  bool ask = false;  ///< typed at the prompt
  std::string out;   ///< written there, readable by the owner only, instead of being shown
};

/// 24 characters of 32 that are hard to confuse (Crockford's base 32), in six groups: 120 random
/// bits, to be read over the telephone.
[[nodiscard]] std::string new_passphrase();

/// From the file, from the prompt, or else a new one. Throws `registry::InputError` for one that is
/// shorter than 16 characters or holds others than printable ASCII, which programs encode each in
/// their own way.
[[nodiscard]] std::string passphrase_for(const PassphraseOptions& options, const Context& context);

}  // namespace cli
