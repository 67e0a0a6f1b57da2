// SPDX-License-Identifier: Apache-2.0
#include "registry/error.hpp"

#include <string_view>

namespace registry {

// Not a registry::Error: callers that recover from broken input must not swallow a bug. Thrown,
// not aborted, so that a server can end one request and go on.
void contract_violated(const char* condition, const char* file, int line) {
  std::string_view name = file;
  if (const auto slash = name.find_last_of('/'); slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  throw std::logic_error("contract violated: " + std::string(condition) + " (" + std::string(name) +
                         ":" + std::to_string(line) + ")");
}

}  // namespace registry
