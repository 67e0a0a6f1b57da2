// SPDX-License-Identifier: Apache-2.0
#include "backend.hpp"

namespace registry {

bool Backend::undo_part() noexcept {
  try {
    run("ROLLBACK TO SAVEPOINT part");
    run("RELEASE SAVEPOINT part");
    return true;
  } catch (...) {  // the caller gives up the whole
    return false;
  }
}

}  // namespace registry
