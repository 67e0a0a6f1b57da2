// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace registry {

// What every reader of tables asks of a file, whatever its format. Throw `InputError`.

/// Two columns of one name: nobody could say which is meant.
void refuse_duplicates(const std::vector<std::string>& header);

/// Cuts or fills a row to the width of the header; refuses cells beyond it that are not empty.
void fit_to_header(std::vector<std::string>& cells, std::size_t width, std::size_t line);

}  // namespace registry
