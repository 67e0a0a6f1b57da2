// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "registry/registry.hpp"

namespace faults {

/// The writes of a fault test: number 1, 2, 3 … in their order, each one transaction that leaves
/// its number in the audit log, and every tenth also a new resident. What is found afterwards tells
/// lost, doubled and half-done ones apart.
void write_numbered(registry::Session& session, std::int64_t number);
/// The same as part of a transaction that is under way (a job of a group).
void write_numbered_part(registry::Session& session, std::int64_t number);

/// What a store holds of them.
struct Found {
  std::int64_t last = 0;  ///< 1 to `last` are there, once each, whole
  std::string fault;      ///< what is wrong instead; empty when nothing is
};

/// Reads everything: pages, tables against indexes, audit chain, numbers, residents. Never throws
/// for a damaged store: that is a fault.
[[nodiscard]] Found inspect(const std::filesystem::path& file);

/// Whether the long form of the tests was asked for (TOMONI_LONG=1 in the environment).
[[nodiscard]] bool long_form();

/// `few` per push, `many` in the long form.
[[nodiscard]] int rounds(int few, int many);

}  // namespace faults
