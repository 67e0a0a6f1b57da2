// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace faults {

/// The database's memory, which can be made to run out. Must be set up before anything opens a
/// store.
void use_failing_memory();

/// The n-th request for memory from now is refused, and with `all_after` every later one too; -1
/// ends it.
void refuse_memory(std::int64_t nth, bool all_after);

/// Whether a request has been refused since `refuse_memory`.
[[nodiscard]] bool memory_was_refused();

}  // namespace faults
