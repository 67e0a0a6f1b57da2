// SPDX-License-Identifier: Apache-2.0
#include "message_recipients.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "consent_record.hpp"
#include "event_store.hpp"
#include "event_way_store.hpp"
#include "message_destination.hpp"
#include "needs_store.hpp"
#include "plan_record.hpp"
#include "recipient_record.hpp"
#include "safety_store.hpp"
#include "shelter_record.hpp"
#include "supporter_record.hpp"

namespace registry {
namespace {

struct Member {
  PersonId id;
  std::string name;
  std::optional<double> lat;
  std::optional<double> lon;
  bool closed = false;  ///< 支援措置

  [[nodiscard]] std::optional<Position> home() const {
    return lat && lon ? std::optional(Position{*lat, *lon}) : std::nullopt;
  }
};

/// Whether the mail has its reader go to somebody, or somebody go.
bool sets_moving(MessagePurpose purpose) {
  switch (purpose) {
    case MessagePurpose::ElderlyEvacuation:
    case MessagePurpose::Evacuation:
    case MessagePurpose::AskSafety:
    case MessagePurpose::RouteChanged:
    case MessagePurpose::ShelterOpened:
      return true;
    case MessagePurpose::EmergencySafety:
    case MessagePurpose::EventOver:
      return false;
  }
  contract_violated("purpose is an enumerator", __FILE__, __LINE__);
}

bool wants(const MessageRequest& request, Audience audience) {
  return std::ranges::find(request.audiences, audience) != request.audiences.end();
}

bool is_over(PlanStatus status) {
  return status == PlanStatus::Refused || status == PlanStatus::OutOfScope ||
         status == PlanStatus::Withdrawn;
}

/// The course for the hazard, else one of its family; null = the plan has neither.
const PlanCourse* course_for(const EvacuationPlan& plan, HazardKind hazard) {
  const PlanCourse* same_family = nullptr;
  for (const PlanCourse& course : plan.courses) {
    if (course.hazard == hazard) {
      return &course;
    }
    if (same_family == nullptr && family_of(course.hazard) == family_of(hazard)) {
      same_family = &course;
    }
  }
  return same_family;
}

/// Everything it takes, read in one go.
class Source {
 public:
  Source(Database& store, const MessageRequest& request)
      : request_(request),
        now_(store.now()),
        consents_(stored_consents(store.sql(), {})),
        decisions_(stored_decisions(store.sql())),
        links_(accepted_links(store.sql(), {})),
        shelters_(stored_shelters(store.sql(), {})),
        board_(shelter_board(stored_book(store.sql(), request.event), shelters_)),
        ways_(stored_ways(store.sql(), request.event)) {
    read_areas(store.sql());
    read_safety(store.sql());
    read_members(store.sql());
    read_plans(store.sql());
  }

  /// People left out because they are accounted for.
  [[nodiscard]] std::size_t accounted_for() const { return accounted_for_; }
  /// The newest change of the person's ways; 0 = none.
  [[nodiscard]] int change_of(const PersonId& person) const {
    int newest = 0;
    for (auto way = ways_.lower_bound({person, HazardKind{}});
         way != ways_.end() && way->first.first == person; ++way) {
      newest = std::max(newest, way->second.run);
    }
    return newest;
  }

  /// Residents on a register in the areas asked for.
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  [[nodiscard]] const std::vector<AssignedSupporter>& supporters(const PersonId& person) const {
    static const std::vector<AssignedSupporter> nobody;
    const auto found = links_.find(person);
    return found == links_.end() ? nobody : found->second;
  }
  [[nodiscard]] SupportedPerson spoken_of(const Member& member) const {
    const auto plan = planned_.find(member.id);
    const std::optional<PlannedShelter> planned =
        plan == planned_.end() ? std::nullopt : plan->second.shelter;
    const LiveWay* today = nullptr;
    const auto hazard = plan == planned_.end() ? request_.hazard : plan->second.hazard;
    if (hazard) {
      const auto way = ways_.find({member.id, *hazard});
      today = way == ways_.end() ? nullptr : &way->second;
    }
    return {member.id, member.name,
            destination_words(planned, today, member.home(),
                              {.shelters = shelters_,
                               .board = board_,
                               .hazard = request_.hazard ? request_.hazard : hazard})};
  }

  /// What a supporter's own account would be granted for somebody assigned to it.
  [[nodiscard]] bool may_tell_supporters(const Member& member) const {
    AccessRequest asked;
    asked.role = Role::Supporter;
    asked.action = Action::ShowPlan;
    asked.assigned = true;
    asked.consent = agreed(member.id, ConsentScope::ProvidePlan);
    asked.open_event = !request_.facts.drill && decided(member.id);
    asked.protection = member.closed ? Protection::Closed : Protection::None;
    return std::holds_alternative<AccessGrant>(decide_access(asked)) && may_play(member.id);
  }
  /// Whether the person may stand in a message at all: a drill is for those who agreed to it.
  [[nodiscard]] bool may_play(const PersonId& person) const {
    return !request_.facts.drill || agreed(person, ConsentScope::JoinDrill);
  }

 private:
  [[nodiscard]] bool agreed(const PersonId& person, ConsentScope scope) const {
    const auto said = consents_.subjects.find(person);
    if (said == consents_.subjects.end()) {
      return false;
    }
    const ConsentQuestion question{.register_kind = RegisterKind::Statutory,
                                   .scope = scope,
                                   .recipient = RecipientKind::PlanSupporter,
                                   .org = {},
                                   .at = now_};
    return effective_consent(said->second, question).answer == Answer::Granted;
  }

  /// A decision of two people is in force for supporters and the plans of the person's area.
  [[nodiscard]] bool decided(const PersonId& person) const {
    DisclosureRequest asked;
    asked.data = DataKind::Plan;
    asked.recipient = RecipientKind::PlanSupporter;
    asked.at = now_;
    const auto areas = areas_.find(person);
    if (areas != areas_.end()) {
      asked.person_areas = areas->second;
    }
    return std::ranges::any_of(decisions_, [&](const EmergencyDecision& decision) {
      asked.phase = decision.phase;
      return covers(decision, asked);
    });
  }

  [[nodiscard]] bool is_asked_for(const PersonId& person) const {
    if (request_.only_rerouted) {
      return change_of(person) > 0;
    }
    if (request_.whole_city) {
      return true;
    }
    const auto areas = areas_.find(person);
    return areas != areas_.end() && std::ranges::any_of(areas->second, [&](const AreaRef& area) {
             return std::ranges::find(request_.areas, area) != request_.areas.end();
           });
  }

  void read_areas(soci::session& sql) {
    PersonId person;
    AreaRef area;
    soci::statement rows = prepared(sql, "SELECT person, level, code FROM person_area",
                                    [&](soci::statement& statement) {
                                      const auto receive = receiver(statement);
                                      receive("person", person);
                                      receive("level", area.level);
                                      receive("code", area.code);
                                    });
    rows.execute();
    while (rows.fetch()) {
      areas_[person].push_back(area);
    }
  }

  void read_members(soci::session& sql) {
    Member member;
    ProtectiveMeasure measure = ProtectiveMeasure::None;
    soci::statement rows = prepared(sql, R"sql(
      SELECT p.id, p.name, p.lat, p.lon, p.protective_measure FROM person p
      WHERE p.residency = 'resident'
        AND EXISTS (SELECT 1 FROM register_entry e WHERE e.person = p.id AND e.left_on IS NULL)
      ORDER BY p.id
    )sql",
                                    [&](soci::statement& statement) {
                                      const auto receive = receiver(statement);
                                      receive("id", member.id);
                                      receive("name", member.name);
                                      receive("lat", member.lat);
                                      receive("lon", member.lon);
                                      receive("protective_measure", measure);
                                    });
    rows.execute();
    while (rows.fetch()) {
      member.closed = measure != ProtectiveMeasure::None;
      if (!is_asked_for(member.id)) {
        continue;
      }
      if (safe_.contains(member.id)) {
        ++accounted_for_;
        continue;
      }
      members_.push_back(member);
    }
  }

  /// Since when the highest order in force at the home has stood.
  [[nodiscard]] std::optional<Instant> ordered_at(const std::vector<EvacOrder>& orders,
                                                  const PersonId& person) const {
    const auto areas = areas_.find(person);
    const std::vector<AreaRef> own = areas == areas_.end() ? std::vector<AreaRef>() : areas->second;
    std::optional<EvacLevel> highest;
    std::optional<Instant> since;
    for (const EvacOrder& order : orders) {
      const auto level = level_at({order}, own, now_);
      if (level && (!highest || *highest <= *level)) {
        highest = level;
        since = order.issued;
      }
    }
    return since;
  }

  void read_safety(soci::session& sql) {
    if (!sets_moving(request_.purpose)) {
      return;
    }
    const auto orders = stored_orders(sql, request_.event);
    std::map<PersonId, std::vector<SafetyReport>> reports;
    for (SafetyReport& report : stored_reports(sql, request_.event, {})) {
      reports[report.subject].push_back(std::move(report));
    }
    for (const auto& [person, own] : reports) {
      const PersonSafety safety = fold(own, request_.safety);
      const auto since = ordered_at(orders, person);
      const bool moves_still =
          safety.status == SafetyStatus::Safe && since && safety.seen && *safety.seen < *since;
      if (is_accounted_for(safety) && !moves_still) {
        safe_.insert(person);
      }
    }
  }

  /// Where the course for the hazard first leads.
  void read_plans(soci::session& sql) {
    for (const EvacuationPlan& plan : newest_plans(sql, {})) {
      if (plan.kind != PlanKind::Individual || is_over(plan.status) || plan.courses.empty()) {
        continue;
      }
      const PlanCourse* course =
          request_.hazard ? course_for(plan, *request_.hazard) : &plan.courses.front();
      if (course == nullptr) {
        continue;
      }
      Planned& planned = planned_[plan.subject];
      planned.hazard = course->hazard;
      const auto leg = std::ranges::find(course->legs, LegKind::Evacuate, &PlanLeg::kind);
      if (leg != course->legs.end()) {
        planned.shelter = PlannedShelter{leg->shelter, leg->shelter_name};
      }
    }
  }

  const MessageRequest& request_;
  Instant now_;
  ConsentFile consents_;
  std::vector<EmergencyDecision> decisions_;
  std::map<PersonId, std::vector<AssignedSupporter>> links_;
  std::map<PersonId, std::vector<AreaRef>> areas_;
  std::vector<Shelter> shelters_;
  std::vector<ShelterOpening> board_;
  LiveWays ways_;
  struct Planned {
    HazardKind hazard = HazardKind::Flood;
    std::optional<PlannedShelter> shelter;
  };
  std::map<PersonId, Planned> planned_;
  std::set<PersonId> safe_;
  std::size_t accounted_for_ = 0;
  std::vector<Member> members_;
};

void add_supporters(const Source& source, MessageRecipients& found, std::set<PersonId>& people) {
  std::map<SupporterId, MessageRecipient> mails;
  std::set<SupporterId> silent;
  for (const Member& member : source.members()) {
    const auto& supporters = source.supporters(member.id);
    if (member.closed || supporters.empty()) {
      continue;
    }
    if (!source.may_tell_supporters(member)) {
      ++found.counts.without_consent;
      continue;
    }
    for (const AssignedSupporter& each : supporters) {
      if (!is_mail_address(each.supporter.mail)) {
        silent.insert(each.supporter.id);
        continue;
      }
      MessageRecipient& mail = mails[each.supporter.id];
      mail.audience = Audience::Supporter;
      mail.id = each.supporter.id.value;
      mail.address = each.supporter.mail;
      mail.people.push_back(source.spoken_of(member));
      mail.change = std::max(mail.change, source.change_of(member.id));
      people.insert(member.id);
    }
  }
  found.counts.supporters = mails.size();
  found.counts.without_address = silent.size();
  for (auto& [id, mail] : mails) {
    found.list.push_back(std::move(mail));
  }
}

void add_registrants(soci::session& sql, const Source& source, MessageRecipients& found,
                     std::set<PersonId>& people) {
  const auto needs = stored_needs(sql);
  for (const Member& member : source.members()) {
    if (member.closed || !source.may_play(member.id)) {
      continue;
    }
    std::set<std::string> addresses;
    const auto known = needs.find(member.id.value);
    if (known != needs.end()) {
      for (const OwnContact& contact : known->second.contacts) {
        if (contact.kind == ContactKind::Mail && is_mail_address(contact.value)) {
          addresses.insert(contact.value);
        }
      }
    }
    found.counts.unreachable += addresses.empty() ? 1U : 0U;
    for (const std::string& address : addresses) {
      found.list.push_back({Audience::Registrant,
                            member.id.value,
                            address,
                            {source.spoken_of(member)},
                            source.change_of(member.id)});
      ++found.counts.registrants;
      people.insert(member.id);
    }
  }
}

}  // namespace

MessageRecipients recipients_of(Database& store, const MessageRequest& request) {
  const Source source(store, request);
  MessageRecipients found;
  std::set<PersonId> people;
  found.counts.protected_people = static_cast<std::size_t>(
      std::ranges::count_if(source.members(), [](const Member& each) { return each.closed; }));
  if (wants(request, Audience::Supporter)) {
    add_supporters(source, found, people);
  }
  if (wants(request, Audience::Registrant)) {
    add_registrants(store.sql(), source, found, people);
  }
  found.counts.people = people.size();
  found.counts.accounted_for = source.accounted_for();
  return found;
}

}  // namespace registry
