// SPDX-License-Identifier: Apache-2.0
#include "message_recipients.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "consent_record.hpp"
#include "needs_store.hpp"
#include "plan_record.hpp"
#include "recipient_record.hpp"
#include "supporter_record.hpp"

namespace registry {
namespace {

struct Member {
  PersonId id;
  std::string name;
  bool closed = false;  ///< 支援措置
};

bool wants(const MessageRequest& request, Audience audience) {
  return std::ranges::find(request.audiences, audience) != request.audiences.end();
}

bool is_over(PlanStatus status) {
  return status == PlanStatus::Refused || status == PlanStatus::OutOfScope ||
         status == PlanStatus::Withdrawn;
}

/// Everything it takes, read in one go.
class Source {
 public:
  Source(Database& store, const MessageRequest& request)
      : request_(request),
        now_(store.now()),
        consents_(stored_consents(store.sql(), {})),
        decisions_(stored_decisions(store.sql())),
        links_(stored_links(store.sql(), {})) {
    read_areas(store.sql());
    read_members(store.sql());
    read_shelters(store.sql());
  }

  /// Residents on a register in the areas asked for.
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  [[nodiscard]] const std::vector<AssignedSupporter>& supporters(const PersonId& person) const {
    static const std::vector<AssignedSupporter> nobody;
    const auto found = links_.find(person);
    return found == links_.end() ? nobody : found->second;
  }
  [[nodiscard]] SupportedPerson spoken_of(const Member& member) const {
    const auto shelter = shelters_.find(member.id);
    return {member.id, member.name, shelter == shelters_.end() ? std::string() : shelter->second};
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
      SELECT p.id, p.name, p.protective_measure FROM person p
      WHERE p.residency = 'resident'
        AND EXISTS (SELECT 1 FROM register_entry e WHERE e.person = p.id AND e.left_on IS NULL)
      ORDER BY p.id
    )sql",
                                    [&](soci::statement& statement) {
                                      const auto receive = receiver(statement);
                                      receive("id", member.id);
                                      receive("name", member.name);
                                      receive("protective_measure", measure);
                                    });
    rows.execute();
    while (rows.fetch()) {
      member.closed = measure != ProtectiveMeasure::None;
      if (is_asked_for(member.id)) {
        members_.push_back(member);
      }
    }
  }

  /// Where the course for the hazard first leads.
  void read_shelters(soci::session& sql) {
    for (const EvacuationPlan& plan : newest_plans(sql, {})) {
      if (plan.kind != PlanKind::Individual || is_over(plan.status) || plan.courses.empty()) {
        continue;
      }
      const PlanCourse* course = &plan.courses.front();
      if (request_.hazard) {
        const auto found = std::ranges::find_if(plan.courses, [&](const PlanCourse& each) {
          return family_of(each.hazard) == family_of(*request_.hazard);
        });
        course = found == plan.courses.end() ? nullptr : &*found;
      }
      if (course == nullptr) {
        continue;
      }
      const auto leg = std::ranges::find(course->legs, LegKind::Evacuate, &PlanLeg::kind);
      if (leg != course->legs.end()) {
        shelters_[plan.subject] = leg->shelter_name;
      }
    }
  }

  const MessageRequest& request_;
  Instant now_;
  ConsentFile consents_;
  std::vector<EmergencyDecision> decisions_;
  std::map<PersonId, std::vector<AssignedSupporter>> links_;
  std::map<PersonId, std::vector<AreaRef>> areas_;
  std::map<PersonId, std::string> shelters_;
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
      found.list.push_back(
          {Audience::Registrant, member.id.value, address, {source.spoken_of(member)}});
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
  return found;
}

}  // namespace registry
