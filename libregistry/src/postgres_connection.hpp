// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace registry {

/// What libpq is to be told: the words of the connection file, checked, with our time limits. It
/// holds the password: never to be shown. Throws `InputError` for a file that others can read,
/// that cannot be understood, or that would send personal data over a network unencrypted.
[[nodiscard]] std::string read_connection(const std::filesystem::path& file,
                                          std::chrono::milliseconds patience);

/// Why the server of this connection cannot be reached, and what to do; without its own words.
[[nodiscard]] std::string unreachable_text(const std::filesystem::path& file,
                                           const std::string& connection);

}  // namespace registry
