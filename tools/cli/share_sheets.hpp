// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "cli/city_folder.hpp"
#include "documents/share_sheet.hpp"
#include "registry/disclosure_list.hpp"

namespace cli {

/// What a copy is made from. Borrowed for one call.
struct CopySource {
  const registry::DisclosureList& list;
  const registry::LocalPlan& local_plan;
  const CityFolder& city;
  registry::Session& session;
  const planner::CityRoads* roads = nullptr;  ///< null = those of the city are read
  /// What an order in force makes of a plan before it is printed; empty = nothing.
  std::function<void(const registry::PlanSubject&, registry::EvacuationPlan&)> adapt = {};
};

/// Whether one sheet per person is made of what a recipient gets: supporters' sheets of P-ACTION
/// with plans, intake sheets of P-INTAKE. Throws `registry::InputError` otherwise.
void check_sheets(registry::Profile profile, registry::DataKind data);

/// One sheet for each person on the list, with what is known of him or her beyond it.
[[nodiscard]] documents::SheetFile sheets_of(const CopySource& source);

}  // namespace cli
