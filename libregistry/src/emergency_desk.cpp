// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "consent_record.hpp"
#include "database.hpp"
#include "event_store.hpp"
#include "handover_record.hpp"
#include "list_text.hpp"
#include "recipient_record.hpp"
#include "registry/error.hpp"
#include "registry/handover_desk.hpp"

namespace registry {
namespace {

struct DecisionRecord {
  EmergencyDecision decision;
  std::string areas;
  std::string kinds;
  std::string orgs;
  std::string data;
  std::optional<std::string> confirmed_by;
};

template <class Record, class Field>
void decision_fields(Record& record, Field field) {
  auto& decision = record.decision;
  field("id", decision.id);
  field("event", decision.event);
  field("phase", decision.phase);
  field("decided_by", decision.decided_by);
  field("role", decision.role);
  field("necessity", decision.necessity);
  field("whole_city", decision.whole_city);
  field("areas", record.areas);
  field("to_kinds", record.kinds);
  field("to_orgs", record.orgs);
  field("data", record.data);
  field("at", decision.at);
  field("ends_at", decision.ends_at);
}

void insert(soci::session& sql, const EmergencyDecision& decision) {
  std::vector<std::string> data;
  for (const DataKind kind : decision.data) {
    data.emplace_back(to_code(kind));
  }
  const DecisionRecord record{.decision = decision,
                              .areas = areas_to_json(decision.areas),
                              .kinds = kinds_to_json(decision.kinds),
                              .orgs = orgs_to_json(decision.orgs),
                              .data = to_json(data),
                              .confirmed_by = {}};
  prepared(sql, R"sql(
    INSERT INTO emergency_decision (id, event, phase, decided_by, role, necessity, whole_city,
      areas, to_kinds, to_orgs, data, at, ends_at)
    VALUES (:id, :event, :phase, :decided_by, :role, :necessity, :whole_city, :areas, :to_kinds,
      :to_orgs, :data, :at, :ends_at)
  )sql",
           [&](soci::statement& statement) { decision_fields(record, binder(statement)); })
      .execute(true);
}

void require_complete(const EmergencyDecision& decision) {
  if (decision.event.empty() || decision.role.empty() || decision.necessity.empty()) {
    throw InputError("災害の名称、決定者の職、特に必要と認める理由を書いてください。");
  }
  if (decision.phase != Phase::Threat && decision.phase != Phase::Occurred) {
    throw InputError("提供の決定ができるのは、災害のおそれがあるときと発生したときだけです。");
  }
  if (!decision.whole_city && decision.areas.empty()) {
    throw InputError("対象の区域(または市全域)を書いてください。");
  }
  if ((decision.kinds.empty() && decision.orgs.empty()) || decision.data.empty()) {
    throw InputError("提供先と、提供する情報の種類を書いてください。");
  }
  if (decision.ends_at <= decision.at ||
      decision.ends_at.milliseconds - decision.at.milliseconds > kDecisionLastsMs) {
    throw InputError("決定の期間は 72 時間以内です。続けるときは改めて決定してください。");
  }
}

void write_mark(soci::session& sql, const char* query, const DecisionId& id,
                const std::string& actor, Instant at) {
  prepared(sql, query, [&](soci::statement& statement) {
    const auto bind = binder(statement);
    bind("decision", id);
    bind("actor", actor);
    bind("at", at);
  }).execute(true);
}

void write_end(soci::session& sql, const DecisionId& id, const std::string& actor, Instant at) {
  write_mark(sql,
             "INSERT INTO emergency_end (decision, ended_by, at) VALUES (:decision, :actor, :at)",
             id, actor, at);
}

std::vector<Handover> waiting(soci::session& sql) {
  std::vector<Handover> copies = stored_handovers(sql,
                                                  "WHERE h.decision IS NOT NULL AND h.id NOT "
                                                  "IN (SELECT handover FROM emergency_review)");
  return copies;
}

}  // namespace

std::vector<EmergencyDecision> stored_decisions(soci::session& sql) {
  DecisionRecord record;
  soci::statement rows = prepared(sql, R"sql(
      SELECT d.id, d.event, d.phase, d.decided_by, d.role, d.necessity, d.whole_city, d.areas,
             d.to_kinds, d.to_orgs, d.data, d.at, d.ends_at, c.confirmed_by, c.at, e.at
      FROM emergency_decision d
      LEFT JOIN emergency_confirmation c ON c.decision = d.id
      LEFT JOIN emergency_end e ON e.decision = d.id
      ORDER BY d.at, d.id
    )sql",
                                  [&](soci::statement& statement) {
                                    const auto receive = receiver(statement);
                                    decision_fields(record, receive);
                                    statement.exchange(soci::into(record.confirmed_by));
                                    receive("", record.decision.confirmed_at);
                                    receive("", record.decision.revoked_at);
                                  });
  std::vector<EmergencyDecision> decisions;
  rows.execute();
  while (rows.fetch()) {
    EmergencyDecision decision = record.decision;
    decision.areas = areas_from_json(record.areas);
    decision.kinds = kinds_from_json(record.kinds);
    decision.orgs = orgs_from_json(record.orgs);
    decision.data.clear();
    for (const std::string& code : texts_from_json(record.data)) {
      decision.data.push_back(from_code<DataKind>(code));
    }
    decision.confirmed_by = record.confirmed_by.value_or("");
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

EmergencyDecision stored_decision(soci::session& sql, const DecisionId& id) {
  for (EmergencyDecision& decision : stored_decisions(sql)) {
    if (decision.id == id) {
      return std::move(decision);
    }
  }
  throw InputError("その提供の決定はありません。tomoni share emergency list で確かめてください。");
}

DecisionId EmergencyDesk::declare(EmergencyDecision decision) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::DeclareEmergency, [&](AuditNote& note) {
    decision.at = store.now();
    decision.decided_by = actor.name;
    if (decision.ends_at == Instant{}) {
      decision.ends_at = {decision.at.milliseconds + kDecisionLastsMs};
    }
    require_complete(decision);
    if (is_name_of_drill(store.sql(), decision.event)) {
      throw DisclosureRefused("訓練は災害ではありません。提供の決定はできません(49条の11第3項)。");
    }
    decision.id.value = store.new_id(decision.at);
    insert(store.sql(), decision);
    note.detail = "declared phase=" + std::string(to_code(decision.phase));
    return decision.id;
  });
}

void EmergencyDesk::confirm(const DecisionId& id) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::DeclareEmergency, [&](AuditNote& note) {
    const EmergencyDecision decision = stored_decision(store.sql(), id);
    const Instant at = store.now();
    if (decision.decided_by == actor.name) {
      throw DisclosureRefused("決定した本人は確認できません。別の担当者が確認してください。");
    }
    if (!decision.confirmed_by.empty() || decision.revoked_at) {
      throw DisclosureRefused("この決定はすでに確認されたか、取り消されています。");
    }
    if (at.milliseconds > decision.at.milliseconds + kConfirmWithinMs) {
      throw DisclosureRefused("決定から 1 時間を過ぎました。改めて決定してください。");
    }
    write_mark(store.sql(),
               "INSERT INTO emergency_confirmation (decision, confirmed_by, at) "
               "VALUES (:decision, :actor, :at)",
               id, actor.name, at);
    note.detail = "confirmed";
    return true;
  });
}

void EmergencyDesk::revoke(const DecisionId& id) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::DeclareEmergency, [&](AuditNote& note) {
    if (stored_decision(store.sql(), id).revoked_at) {
      throw InputError("この決定はすでに終わっています。");
    }
    write_end(store.sql(), id, actor.name, store.now());
    note.detail = "revoked";
    return true;
  });
}

std::vector<EmergencyDecision> EmergencyDesk::decisions() {
  Database& store = SessionInside::store(*session_);
  return store.read([&] { return stored_decisions(store.sql()); });
}

std::vector<Handover> EmergencyDesk::unreviewed() {
  Database& store = SessionInside::store(*session_);
  return store.read([&] { return waiting(store.sql()); });
}

void EmergencyDesk::review(const HandoverId& handover, const std::string& finding) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  if (finding.empty()) {
    throw InputError("確認の結果を書いてください。");
  }
  store.audited(actor, Action::ReviewEmergency, [&](AuditNote& note) {
    const auto copies = waiting(store.sql());
    const auto copy = std::ranges::find(copies, handover, &Handover::id);
    if (copy == copies.end()) {
      throw InputError("事後確認を待っている提供ではありません。");
    }
    if (copy->issued_by == actor.name) {
      throw DisclosureRefused("提供した本人は事後確認できません。別の担当者が確認してください。");
    }
    const Instant at = store.now();
    prepared(store.sql(),
             "INSERT INTO emergency_review (handover, reviewed_by, finding, at) "
             "VALUES (:handover, :actor, :finding, :at)",
             [&](soci::statement& statement) {
               const auto bind = binder(statement);
               bind("handover", handover);
               bind("actor", actor.name);
               bind("finding", finding);
               bind("at", at);
             })
        .execute(true);
    note.detail = "serial=" + copy->serial;
    return true;
  });
}

void EmergencyDesk::close_event(const std::string& event) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::ReviewEmergency, [&](AuditNote& note) {
    std::size_t ended = 0;
    bool known = false;
    const auto copies = waiting(store.sql());
    for (const EmergencyDecision& decision : stored_decisions(store.sql())) {
      if (decision.event != event) {
        continue;
      }
      known = true;
      if (std::ranges::find(copies, decision.id, &Handover::decision) != copies.end()) {
        throw DisclosureRefused(
            "事後確認の済んでいない提供があります。すべて確認してから終了してください。");
      }
      if (!decision.revoked_at) {
        write_end(store.sql(), decision.id, actor.name, store.now());
        ++ended;
      }
    }
    if (!known) {
      throw InputError("その名称の災害についての決定はありません。");
    }
    note.detail = "closed decisions=" + std::to_string(ended);
    return true;
  });
}

}  // namespace registry
