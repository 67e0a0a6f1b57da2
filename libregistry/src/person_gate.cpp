// SPDX-License-Identifier: Apache-2.0
#include "person_gate.hpp"

#include <algorithm>

#include "consent_record.hpp"
#include "needs_fields.hpp"
#include "recipient_record.hpp"
#include "supporter_record.hpp"

namespace registry {
namespace {

/// Born so long ago that age alone makes the elder section responsible for people without papers.
constexpr int kAged = 65;

constexpr const char* kFacts = R"sql(
  SELECT
    CASE WHEN p.protective_measure <> 'none' THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (
      SELECT 1 FROM opening o JOIN opening_approval a ON a.opening = o.id
      WHERE o.person = p.id AND o.account = :account AND a.expires_at > :now) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (
      SELECT 1 FROM person_area pa
      JOIN account_scope s ON s.level = pa.level AND s.code = pa.code
      WHERE pa.person = p.id AND s.account = :account) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (SELECT 1 FROM certificate c WHERE c.person = p.id AND c.source = :source)
           OR (p.birth_date <= :aged
               AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.person = p.id))
         THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (
      SELECT 1 FROM supporter_link l JOIN supporter s ON s.id = l.supporter
      WHERE l.person = p.id AND s.supporter_no = :supporter_no)
    OR EXISTS (
      SELECT 1 FROM handover_item i JOIN handover h ON h.id = i.handover
      WHERE i.person = p.id AND h.closed_at IS NULL AND h.recipient = :agency)
    THEN 1 ELSE 0 END
  FROM person p WHERE p.id = :person
)sql";

/// Newest revision of the recipient an agency's account is named after; nothing when there is none.
std::optional<RecipientOrg> own_agency(soci::session& sql, const Account& account) {
  std::optional<RecipientOrg> found;
  if (account.role == Role::Agency) {
    for (RecipientOrg& org : stored_recipients(sql)) {
      if (org.name == account.agency) {
        found = std::move(org);
      }
    }
  }
  return found;
}

bool is_outsider(Role role) {
  return role == Role::Supporter || role == Role::Agency;
}

std::string own_source(Role role) {
  if (role == Role::ElderSection) {
    return "care";
  }
  return role == Role::DisabilitySection ? "disability" : "";
}

std::string aged_limit(Role role, Instant now) {
  if (role != Role::ElderSection) {
    return {};
  }
  const Date today = tokyo_date(now);
  return to_iso(Date{today.year() - std::chrono::years(kAged), today.month(), today.day()});
}

}  // namespace

PersonGate::PersonGate(Database& store, const Actor& actor, Action action)
    : sql_(store.sql()),
      account_(actor.name),
      supporter_no_(actor.account.supporter_no),
      source_(own_source(actor.account.role)),
      aged_(aged_limit(actor.account.role, store.now())),
      now_(store.now()),
      facts_(prepared(store.sql(), kFacts, [this](soci::statement& statement) {
        for (int* fact : {&protected_, &opened_, &in_scope_, &own_class_, &assigned_}) {
          statement.exchange(soci::into(*fact));
        }
        const auto bind = binder(statement);
        bind("account", std::as_const(account_));
        bind("now", std::as_const(now_));
        bind("source", std::as_const(source_));
        bind("aged", std::as_const(aged_));
        bind("supporter_no", std::as_const(supporter_no_));
        bind("agency", std::as_const(agency_));
        bind("person", std::as_const(person_));
      })) {
  request_.role = actor.account.role;
  request_.action = action;
  recipient_.phase = Phase::Occurred;
  recipient_.recipient = RecipientKind::PlanSupporter;
  recipient_.at = now_;
  if (const auto org = own_agency(sql_, actor.account)) {
    agency_ = org->id.value;
    recipient_.recipient = org->kind;
    recipient_.org = org->id;
  }
  if (is_outsider(request_.role)) {
    decisions_ = stored_decisions(sql_);
  }
}

/// A decision of two people that is in force and names the person's area and this recipient.
bool PersonGate::event_open(const PersonId& person) {
  recipient_.person_areas.clear();
  AreaRef area;
  soci::statement rows =
      (sql_.prepare << "SELECT level, code FROM person_area WHERE person = :person",
       soci::into(area.level), soci::into(area.code), soci::use(person, "person"));
  rows.execute();
  while (rows.fetch()) {
    recipient_.person_areas.push_back(area);
  }
  return std::ranges::any_of(decisions_, [this](const EmergencyDecision& decision) {
    recipient_.phase = decision.phase;
    return covers(decision, recipient_);
  });
}

/// The person agreed, in so many words, that supporters receive the plan. An ordinance that asks
/// for no consent opens lists and packages, not accounts.
bool PersonGate::agreed(const PersonId& person) const {
  const ConsentFile file = stored_consents(sql_, person.value);
  const auto statements = file.subjects.find(person);
  if (statements == file.subjects.end()) {
    return false;
  }
  const ConsentQuestion question{.register_kind = RegisterKind::Statutory,
                                 .scope = ConsentScope::ProvidePlan,
                                 .recipient = recipient_.recipient,
                                 .org = recipient_.org,
                                 .at = now_};
  return effective_consent(statements->second, question).answer == Answer::Granted;
}

/// The person wants no help from the supporter whose account this is.
bool PersonGate::refused(const PersonId& person) const {
  const auto links = accepted_links(sql_, person.value);
  const auto own = links.find(person);
  return own == links.end() ||
         std::ranges::none_of(own->second, [this](const AssignedSupporter& each) {
           return each.supporter.supporter_no == supporter_no_;
         });
}

AccessDecision PersonGate::decide(const PersonId& person) {
  person_ = person;
  if (!facts_.execute(true)) {
    return AccessRefusal::NotAssigned;
  }
  request_.in_scope = in_scope_ != 0;
  request_.own_class = own_class_ != 0;
  const bool is_supporter = request_.role == Role::Supporter;
  request_.assigned = assigned_ != 0 && !(is_supporter && refused(person));
  request_.consent = is_supporter && request_.assigned && agreed(person);
  request_.open_event = is_outsider(request_.role) && event_open(person);
  request_.protection = protected_ == 0 ? Protection::None
                        : opened_ == 0  ? Protection::Closed
                                        : Protection::Opened;
  return decide_access(request_);
}

std::optional<FieldSet> PersonGate::fields(const PersonId& person) {
  const AccessDecision decision = decide(person);
  const auto* grant = std::get_if<AccessGrant>(&decision);
  return grant == nullptr ? std::nullopt : std::optional(grant->fields);
}

AccessGrant PersonGate::require(const PersonId& person) {
  const AccessDecision decision = decide(person);
  if (const auto* refusal = std::get_if<AccessRefusal>(&decision)) {
    throw AccessRefused(*refusal, person.value);
  }
  return std::get<AccessGrant>(decision);
}

void keep_only(FieldSet fields, Person& person) {
  const auto blank = [&](Field field, auto&... members) {
    if (!fields.contains(field)) {
      ((members = {}), ...);
    }
  };
  blank(Field::Name, person.name);
  blank(Field::Identity, person.name_kana, person.name_alias, person.birth_date, person.birth_text,
        person.sex);
  blank(Field::Place, person.postcode, person.town_code, person.address, person.address_number,
        person.building, person.actual_residence, person.position);
  blank(Field::Contacts, person.phone, person.emergency_contacts);
  blank(Field::HowToHelp, person.mobility);
  blank(Field::CareData, person.living_place, person.expect_return);
  blank(Field::Household, person.relation_to_head, person.household_size);
  blank(Field::Numbers, person.resident_no, person.household_no);
}

void keep_only(FieldSet fields, PlanSubject& subject) {
  keep_only(fields, subject.registrant.person);
  if (!fields.contains(Field::CareData)) {
    subject.registrant.certificates.clear();
  }
  if (!fields.contains(Field::Reasons)) {
    subject.registrant.clauses.clear();
  }
  if (!fields.contains(Field::Helpers)) {
    subject.supporters.clear();
  }
  keep_only(fields, subject.needs);
}

Person protected_row(const PersonId& id) {
  Person person;
  person.id = id;
  person.name = kProtectedNotice;
  person.protective_measure = ProtectiveMeasure::Active;
  return person;
}

}  // namespace registry
