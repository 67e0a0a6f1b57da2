// SPDX-License-Identifier: Apache-2.0
#include "cli/share_sheets.hpp"

#include <vector>

#include "documents/supporter_sheet.hpp"
#include "registry/error.hpp"
#include "registry/person_desk.hpp"

namespace cli {
namespace {

/// What the desks know of one person; where they know nothing, nothing.
struct Known {
  registry::PlanSubject subject;
  registry::EvacuationPlan plan;
  registry::Needs needs;
};

Known known_of(const registry::PersonId& id, registry::Session& session) {
  Known known;
  if (auto subject = session.registrant(id)) {
    known.subject = std::move(*subject);
  }
  known.subject.registrant.person.id = id;
  if (auto plan = session.plan_of(id)) {
    known.plan = std::move(*plan);
  }
  known.plan.subject = id;
  if (auto view = registry::PersonDesk(session).show(id); view && !view->closed) {
    known.needs = std::move(view->needs);
  }
  return known;
}

}  // namespace

void check_sheets(registry::Profile profile, registry::DataKind data) {
  const bool supporters = profile == registry::Profile::Action && data == registry::DataKind::Plan;
  if (!supporters && profile != registry::Profile::Intake) {
    throw registry::InputError(
        "一人一枚の票は、支援者・自主防災組織への計画情報（--data PLAN）と福祉避難所への提供で作り"
        "ます。この提供先では --out を使ってください。");
  }
}

documents::SheetFile sheets_of(const CopySource& source) {
  std::vector<Known> known;
  known.reserve(source.list.people().size());
  for (const registry::PersonId& id : source.list.people()) {
    known.push_back(known_of(id, source.session));
    if (source.adapt) {
      source.adapt(known.back().subject, known.back().plan);
    }
  }
  std::vector<documents::SheetPerson> people;
  people.reserve(known.size());
  for (const Known& each : known) {
    people.push_back({each.subject, each.plan, each.needs});
  }
  const documents::RosterPrint print{source.list, source.local_plan};
  if (source.list.handover().profile == registry::Profile::Intake) {
    return documents::intake_sheets(print, people);
  }
  const auto read = source.roads == nullptr ? source.city.roads() : nullptr;
  const planner::CityRoads& roads = source.roads == nullptr ? *read : *source.roads;
  return documents::supporter_sheets(
      print, {roads.graph, roads.hazards, source.city.attribution(), roads.profiles}, people);
}

}  // namespace cli
