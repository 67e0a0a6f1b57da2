// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "documents/share_sheet.hpp"
#include "registry/capability.hpp"
#include "registry/registry.hpp"
#include "route/hazard.hpp"
#include "route/mobility_profile.hpp"
#include "route/road_graph.hpp"

namespace documents {

/// What is known of one person of a list beyond its row. Borrowed for one call.
struct SheetPerson {
  const registry::PlanSubject& subject;
  const registry::EvacuationPlan& plan;
  const registry::Needs& needs;
};

/// The roads under the maps. Borrowed for one call.
struct SheetRoads {
  const route::RoadGraph& graph;
  const route::HazardMap& hazards;
  std::string attribution;
  std::span<const route::MobilityProfile> profiles = {};
};

/// The 支援者用 sheets of a plan list with the profile P-ACTION, one for each person in the order
/// of the list: whom, where, how to help, when to begin, what to bring, the way in steps beside a
/// map. No certificate, no diagnosis and nobody else's data. Name, address and telephone come from
/// the list, which the rules of disclosure have made.
[[nodiscard]] SheetFile supporter_sheets(const RosterPrint& print, const SheetRoads& roads,
                                         std::span<const SheetPerson> people);

/// The 受入票 for a welfare shelter (profile P-INTAKE): who comes, with whom, which care, devices
/// and medication, with room for the notes of the reception.
[[nodiscard]] SheetFile intake_sheets(const RosterPrint& print,
                                      std::span<const SheetPerson> people);

}  // namespace documents
