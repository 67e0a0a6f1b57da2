// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/disclosure.hpp"
#include "registry/evacuation_plan.hpp"
#include "registry/registrant.hpp"
#include "registry/supporter.hpp"

namespace registry {

/// What the store knows of one person when a list is made.
struct ListPerson {
  Person person;
  std::vector<Certificate> certificates;
  std::vector<std::string> clauses;  ///< why the person is on the register
  std::vector<AssignedSupporter> supporters;
  const EvacuationPlan* plan = nullptr;
  std::string group;  ///< 自治会
};

/// Column names of a profile for a kind of data. A profile never shows more than the kind of data
/// holds: no destination, no supporter when the roster is handed over.
[[nodiscard]] std::vector<std::string> list_header(Profile profile, DataKind data);
[[nodiscard]] std::vector<std::string> list_row(Profile profile, DataKind data,
                                                const ListPerson& person);

}  // namespace registry
