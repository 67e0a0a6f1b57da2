// SPDX-License-Identifier: Apache-2.0
#include "route/error.hpp"

#include <string_view>

namespace route {

// Not a route::Error: callers that recover from broken input must not swallow a bug.
void contract_violated(const char* condition, const char* file, int line) {
  std::string_view name = file;
  if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  throw std::logic_error("contract violated: " + std::string(condition) + " (" + std::string(name) +
                         ":" + std::to_string(line) + ")");
}

}  // namespace route
