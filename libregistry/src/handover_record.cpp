// SPDX-License-Identifier: Apache-2.0
#include "handover_record.hpp"

#include "consent_record.hpp"
#include "list_text.hpp"

namespace registry {
namespace {

constexpr const char* kColumns = R"sql(
  h.id, h.serial, h.recipient, o.kind, o.name, h.register_kind, h.data, h.phase, h.decision,
  h.legal_basis, h.profile, h.medium, h.content_hash, h.persons, h.return_due, h.issued_at,
  h.issued_by, h.closed_at,
  (SELECT count(*) FROM handover_event v WHERE v.handover = h.id AND v.kind = 'received'),
  (SELECT count(*) FROM recall_task t WHERE t.handover = h.id AND t.done_at IS NULL)
)sql";

/// A line of `handover_item` while it is written.
struct Item {
  HandoverId handover;
  PersonId person;
  std::string ground;
  std::string basis;
  Reason reason = Reason::Consent;
  std::optional<ConsentId> consent;
  std::optional<DecisionId> decision;
  std::optional<ApprovalId> approval;
  std::string evidence;
  bool address_secret = false;
};

std::string evidence_json(const std::vector<ConsentId>& evidence) {
  std::vector<std::string> ids;
  ids.reserve(evidence.size());
  for (const ConsentId& id : evidence) {
    ids.push_back(id.value);
  }
  return to_json(ids);
}

std::string ground_of(const Grant& grant, RegisterKind kind) {
  const DisclosureDecision& decision = grant.decision();
  if (decision.reason == Reason::InternalUse) {
    return "internal";
  }
  if (decision.emergency) {
    return "decision";
  }
  if (!decision.by_consent) {
    return "ordinance";
  }
  return kind == RegisterKind::Voluntary && decision.evidence.empty() ? "application" : "consent";
}

Item item_of(const LedgerInput& input, const Grant& grant) {
  const DisclosureDecision& decision = grant.decision();
  Item item;
  item.handover = input.handover.id;
  item.person = grant.person();
  item.ground = ground_of(grant, input.handover.register_kind);
  item.basis = decision.basis;
  item.reason = decision.reason;
  item.address_secret = decision.address_secret;
  item.evidence = evidence_json(decision.evidence);
  if (!decision.evidence.empty()) {
    item.consent = decision.evidence.front();
  }
  if (decision.emergency) {
    item.decision = input.handover.decision;
  }
  const auto approval = input.approvals.find(grant.person());
  if (approval != input.approvals.end()) {
    item.approval = approval->second;
  }
  return item;
}

void insert_items(soci::session& sql, const LedgerInput& input) {
  Item item;
  soci::statement insert = prepared(sql, R"sql(
        INSERT INTO handover_item (handover, person, ground, basis, reason, consent, decision,
          approval, evidence, address_secret)
        VALUES (:handover, :person, :ground, :basis, :reason, :consent, :decision, :approval,
          :evidence, :address_secret)
      )sql",
                                    [&](soci::statement& statement) {
                                      const auto bind = binder(statement);
                                      bind("handover", item.handover);
                                      bind("person", item.person);
                                      bind("ground", item.ground);
                                      bind("basis", item.basis);
                                      bind("reason", item.reason);
                                      bind("consent", item.consent);
                                      bind("decision", item.decision);
                                      bind("approval", item.approval);
                                      bind("evidence", item.evidence);
                                      bind("address_secret", item.address_secret);
                                    });
  for (const Grant& grant : input.grants) {
    item = item_of(input, grant);
    insert.execute(true);
  }
}

void insert_exclusions(soci::session& sql, const LedgerInput& input) {
  Excluded excluded;
  soci::statement insert = prepared(sql,
                                    "INSERT INTO handover_exclusion (handover, person, reason, "
                                    "note) VALUES (:handover, :person, :reason, :note)",
                                    [&](soci::statement& statement) {
                                      const auto bind = binder(statement);
                                      bind("handover", input.handover.id);
                                      bind("person", excluded.person);
                                      bind("reason", excluded.reason);
                                      bind("note", excluded.note);
                                    });
  for (const Excluded& each : input.excluded) {
    excluded = each;
    insert.execute(true);
  }
}

}  // namespace

std::vector<Handover> stored_handovers(soci::session& sql, const char* where) {
  Handover copy;
  std::optional<DecisionId> decision;
  int persons = 0;
  int received = 0;
  int recalled = 0;
  const std::string query =
      std::string("SELECT ") + kColumns +
      " FROM handover h JOIN recipient_org o ON o.id = h.recipient AND o.rev = h.recipient_rev " +
      where + " ORDER BY h.number DESC";
  soci::statement rows = prepared(sql, query, [&](soci::statement& statement) {
    const auto receive = receiver(statement);
    receive("id", copy.id);
    receive("serial", copy.serial);
    receive("recipient", copy.recipient);
    receive("kind", copy.recipient_kind);
    receive("name", copy.recipient_name);
    receive("register_kind", copy.register_kind);
    receive("data", copy.data);
    receive("phase", copy.phase);
    receive("decision", decision);
    receive("legal_basis", copy.legal_basis);
    receive("profile", copy.profile);
    receive("medium", copy.medium);
    receive("content_hash", copy.content_hash);
    receive("persons", persons);
    receive("return_due", copy.return_due);
    receive("issued_at", copy.issued_at);
    receive("issued_by", copy.issued_by);
    receive("closed_at", copy.closed_at);
    receive("received", received);
    receive("recalled", recalled);
  });
  std::vector<Handover> copies;
  rows.execute();
  while (rows.fetch()) {
    copy.decision = decision.value_or(DecisionId{});
    copy.persons = static_cast<std::size_t>(persons);
    copy.received = received > 0;
    copy.recalled = recalled > 0;
    copies.push_back(copy);
  }
  return copies;
}

std::set<PersonId> persons_of(soci::session& sql, const HandoverId& id) {
  PersonId person;
  soci::statement rows =
      prepared(sql, "SELECT person FROM handover_item WHERE handover = :handover",
               [&](soci::statement& statement) {
                 receiver(statement)("person", person);
                 statement.exchange(soci::use(id, "handover"));
               });
  std::set<PersonId> people;
  rows.execute();
  while (rows.fetch()) {
    people.insert(person);
  }
  return people;
}

std::vector<StoredApproval> unused_approvals(soci::session& sql, const OrgId& recipient,
                                             DataKind data) {
  StoredApproval approval;
  soci::statement rows = prepared(sql, R"sql(
        SELECT a.id, a.person, a.approved_by, a.at FROM handover_approval a
        WHERE a.recipient = :recipient AND a.data = :data AND NOT EXISTS
          (SELECT 1 FROM handover_item i WHERE i.approval = a.id)
        ORDER BY a.at, a.id
      )sql",
                                  [&](soci::statement& statement) {
                                    const auto receive = receiver(statement);
                                    receive("id", approval.id);
                                    receive("person", approval.person);
                                    receive("approved_by", approval.approved_by);
                                    receive("at", approval.at);
                                    statement.exchange(soci::use(recipient, "recipient"));
                                    statement.exchange(soci::use(data, "data"));
                                  });
  std::vector<StoredApproval> approvals;
  rows.execute();
  while (rows.fetch()) {
    approvals.push_back(approval);
  }
  return approvals;
}

std::string next_serial(soci::session& sql, Date today) {
  int copies = 0;
  sql << "SELECT count(*) FROM handover", soci::into(copies);
  constexpr std::size_t kDigits = 5;
  std::string number = std::to_string(copies + 1);
  number.insert(0, number.size() < kDigits ? kDigits - number.size() : 0, '0');
  return std::to_string(static_cast<int>(today.year())) + "-" + number;
}

void insert_handover(soci::session& sql, const LedgerInput& input) {
  const Handover& copy = input.handover;
  const std::optional<DecisionId> decision =
      copy.decision.empty() ? std::nullopt : std::optional(copy.decision);
  const int persons = static_cast<int>(copy.persons);
  prepared(sql, R"sql(
    INSERT INTO handover (id, serial, recipient, recipient_rev, register_kind, data, phase,
      decision, legal_basis, ordinance, profile, medium, content_hash, persons, return_due,
      issued_at, issued_by)
    VALUES (:id, :serial, :recipient, :recipient_rev, :register_kind, :data, :phase, :decision,
      :legal_basis, :ordinance, :profile, :medium, :content_hash, :persons, :return_due,
      :issued_at, :issued_by)
  )sql",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             bind("id", copy.id);
             bind("serial", copy.serial);
             bind("recipient", copy.recipient);
             bind("recipient_rev", input.recipient_rev);
             bind("register_kind", copy.register_kind);
             bind("data", copy.data);
             bind("phase", copy.phase);
             bind("decision", decision);
             bind("legal_basis", copy.legal_basis);
             bind("ordinance", input.ordinance);
             bind("profile", copy.profile);
             bind("medium", copy.medium);
             bind("content_hash", copy.content_hash);
             bind("persons", persons);
             bind("return_due", copy.return_due);
             bind("issued_at", copy.issued_at);
             bind("issued_by", copy.issued_by);
           })
      .execute(true);
  insert_items(sql, input);
  insert_exclusions(sql, input);
}

void insert_recall(soci::session& sql, const HandoverId& handover, const std::string& why, Date due,
                   Instant at) {
  prepared(sql,
           "INSERT INTO recall_task (handover, why, due, created_at) "
           "VALUES (:handover, :why, :due, :at)",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             bind("handover", handover);
             bind("why", why);
             bind("due", due);
             bind("at", at);
           })
      .execute(true);
}

}  // namespace registry
