// SPDX-License-Identifier: Apache-2.0
#include "faults/failing_memory.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace faults {
namespace {

/// State of the allocator; one thread uses it.
struct State {
  sqlite3_mem_methods real{};
  std::int64_t left = -1;
  bool all_after = false;
  bool refused = false;
};

State& state() {
  static State the_state;
  return the_state;
}

bool refuses() {
  State& now = state();
  if (now.left > 0) {
    --now.left;
    return false;
  }
  if (now.left < 0) {
    return false;
  }
  now.refused = true;
  if (!now.all_after) {
    now.left = -1;
  }
  return true;
}

void* allocate(int bytes) {
  return refuses() ? nullptr : state().real.xMalloc(bytes);
}

void* reallocate(void* block, int bytes) {
  return refuses() ? nullptr : state().real.xRealloc(block, bytes);
}

}  // namespace

void use_failing_memory() {
  State& now = state();
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &now.real) != SQLITE_OK ||
      now.real.xMalloc == nullptr) {
    throw std::runtime_error("the database is already in use");
  }
  sqlite3_mem_methods methods = now.real;
  methods.xMalloc = allocate;
  methods.xRealloc = reallocate;
  // Small blocks would otherwise come from a pool and never be refused.
  if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK ||
      sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK) {
    throw std::runtime_error("the database is already in use");
  }
}

void refuse_memory(std::int64_t nth, bool all_after) {
  state().left = nth;
  state().all_after = all_after;
  state().refused = false;
}

bool memory_was_refused() {
  return state().refused;
}

}  // namespace faults
