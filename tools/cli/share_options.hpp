// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "registry/city_import.hpp"
#include "registry/disclosure.hpp"

namespace cli {

// Words of the command line. Each throws `CLI::ValidationError` naming the option.

[[nodiscard]] registry::Date day_option(const std::string& option, const std::string& text);
[[nodiscard]] std::optional<registry::Date> optional_day(const std::string& option,
                                                         const std::string& text);
/// 消防, 警察, ... or FIRE, POLICE, ...
[[nodiscard]] registry::RecipientKind kind_option(const std::string& text);
[[nodiscard]] std::vector<registry::RecipientKind> kind_options(
    const std::vector<std::string>& texts);
/// `自治会:N1`: level and code.
[[nodiscard]] registry::AreaRef area_option(const std::string& text);
[[nodiscard]] std::vector<registry::AreaRef> area_options(const std::vector<std::string>& texts);
/// ROSTER or PLAN.
[[nodiscard]] registry::DataKind data_option(const std::string& text);

/// Prints rejected rows with an error CSV beside `input` and sets the exit code.
void report_rejected(const std::vector<registry::Rejected>& rejected, const std::string& error_file,
                     Context& context);

}  // namespace cli
