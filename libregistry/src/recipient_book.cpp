// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "database.hpp"
#include "list_text.hpp"
#include "recipient_record.hpp"
#include "registry/error.hpp"
#include "registry/handover_desk.hpp"

namespace registry {
namespace {

struct OrgRecord {
  RecipientOrg org;
  std::string areas;
  std::string viewers;
  Instant at;
  std::string actor;
};

template <class Record, class Field>
void org_fields(Record& record, Field field) {
  auto& org = record.org;
  field("id", org.id);
  field("rev", org.rev);
  field("kind", org.kind);
  field("name", org.name);
  field("listed", org.listed);
  field("plan_clause", org.plan_clause);
  field("areas", record.areas);
  field("agreement_no", org.agreement_no);
  field("agreement_signed_on", org.agreement_signed_on);
  field("agreement_expires_on", org.agreement_expires_on);
  field("manager", org.manager);
  field("storage_place", org.storage_place);
  field("viewers", record.viewers);
  field("training_done_on", org.training_done_on);
  field("inspection_due_on", org.inspection_due_on);
  field("supporter", org.supporter);
  field("shelter", org.shelter);
  field("ended_on", org.ended_on);
  field("recorded_at", record.at);
  field("recorded_by", record.actor);
}

constexpr const char* kQuery = R"sql(
  SELECT o.id, o.rev, o.kind, o.name, o.listed, o.plan_clause, o.areas, o.agreement_no,
         o.agreement_signed_on, o.agreement_expires_on, o.manager, o.storage_place, o.viewers,
         o.training_done_on, o.inspection_due_on, o.supporter, o.shelter, o.ended_on,
         o.recorded_at, o.recorded_by
  FROM recipient_org o
  WHERE o.rev = (SELECT max(n.rev) FROM recipient_org n WHERE n.id = o.id)
  ORDER BY o.id
)sql";

void insert(soci::session& sql, const RecipientOrg& org, Instant at, const std::string& actor) {
  const OrgRecord record{.org = org,
                         .areas = areas_to_json(org.areas),
                         .viewers = to_json(org.viewers),
                         .at = at,
                         .actor = actor};
  prepared(sql, R"sql(
    INSERT INTO recipient_org (id, rev, kind, name, listed, plan_clause, areas, agreement_no,
      agreement_signed_on, agreement_expires_on, manager, storage_place, viewers,
      training_done_on, inspection_due_on, supporter, shelter, ended_on, recorded_at, recorded_by)
    VALUES (:id, :rev, :kind, :name, :listed, :plan_clause, :areas, :agreement_no,
      :agreement_signed_on, :agreement_expires_on, :manager, :storage_place, :viewers,
      :training_done_on, :inspection_due_on, :supporter, :shelter, :ended_on, :recorded_at,
      :recorded_by)
  )sql",
           [&](soci::statement& statement) { org_fields(record, binder(statement)); })
      .execute(true);
}

bool needs_areas(RecipientKind kind) {
  return kind == RecipientKind::Minsei || kind == RecipientKind::Jishubo;
}

}  // namespace

std::optional<std::string> fault_of(const RecipientOrg& org) {
  if (org.name.empty()) {
    return "提供先の名称がありません。";
  }
  if (org.listed && org.plan_clause.empty()) {
    return "地域防災計画に定めのある提供先には、その条項が必要です。";
  }
  if (org.listed && org.kind == RecipientKind::Unlisted) {
    return "「計画に定めのない者」を地域防災計画の提供先にはできません。種別を確かめてください。";
  }
  if (needs_areas(org.kind) && org.areas.empty()) {
    return "民生委員と自主防災組織には担当区域が必要です(区域の住民だけを提供します)。";
  }
  if (org.kind == RecipientKind::PlanSupporter && org.supporter.empty()) {
    return "個人支援者には支援者の ID が必要です(本人が担当する人だけを提供します)。";
  }
  if (org.kind == RecipientKind::WelfareShelter && org.shelter.empty()) {
    return "福祉避難所には避難所の ID が必要です(受け入れる予定の人だけを提供します)。";
  }
  if (org.agreement_signed_on.has_value() == org.agreement_no.empty()) {
    return "協定は番号と締結日の両方を書いてください。";
  }
  if (org.agreement_expires_on &&
      (!org.agreement_signed_on || *org.agreement_expires_on < *org.agreement_signed_on)) {
    return "協定の期限が締結日より前です。";
  }
  return std::nullopt;
}

bool agreement_valid(const RecipientOrg& org, const DisclosurePolicy& policy, Date on) {
  if (!org.agreement_signed_on || on < *org.agreement_signed_on ||
      (org.agreement_expires_on && *org.agreement_expires_on < on)) {
    return false;
  }
  if (!org.training_done_on || on < *org.training_done_on || org.manager.empty() ||
      org.storage_place.empty()) {
    return false;
  }
  Date until = *org.training_done_on + std::chrono::months(policy.training_months);
  if (!until.ok()) {  // the 31st of a shorter month
    until = until.year() / until.month() / std::chrono::last;
  }
  return on <= until;
}

std::string areas_to_json(const std::vector<AreaRef>& areas) {
  std::vector<std::string> texts;
  texts.reserve(areas.size());
  for (const AreaRef& area : areas) {
    texts.push_back(std::string(to_code(area.level)) + "/" + area.code);
  }
  return to_json(texts);
}

std::vector<AreaRef> areas_from_json(const std::string& json) {
  std::vector<AreaRef> areas;
  for (const std::string& text : texts_from_json(json)) {
    const std::size_t slash = text.find('/');
    areas.push_back({from_code<AreaLevel>(text.substr(0, slash)), text.substr(slash + 1)});
  }
  return areas;
}

std::vector<RecipientOrg> stored_recipients(soci::session& sql) {
  OrgRecord record;
  soci::statement rows = prepared(
      sql, kQuery, [&](soci::statement& statement) { org_fields(record, receiver(statement)); });
  std::vector<RecipientOrg> orgs;
  rows.execute();
  while (rows.fetch()) {
    RecipientOrg org = record.org;
    org.areas = areas_from_json(record.areas);
    org.viewers = texts_from_json(record.viewers);
    orgs.push_back(std::move(org));
  }
  return orgs;
}

RecipientOrg stored_recipient(soci::session& sql, const OrgId& id) {
  for (RecipientOrg& org : stored_recipients(sql)) {
    if (org.id == id) {
      return std::move(org);
    }
  }
  throw InputError(
      "その提供先は登録されていません。tomoni share recipient list で確かめてください。");
}

OrgId RecipientBook::add(RecipientOrg org) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ManageRecipients, [&](AuditNote& note) {
    if (const auto fault = fault_of(org)) {
      throw InputError(*fault);
    }
    const Instant at = store.now();
    org.id.value = store.new_id(at);
    org.rev = 1;
    insert(store.sql(), org, at, actor.name);
    note.detail = "kind=" + std::string(to_code(org.kind)) + " rev=1";
    return org.id;
  });
}

void RecipientBook::revise(const RecipientOrg& org) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::ManageRecipients, [&](AuditNote& note) {
    if (const auto fault = fault_of(org)) {
      throw InputError(*fault);
    }
    if (stored_recipient(store.sql(), org.id).rev != org.rev) {
      throw Error(
          "この提供先は、読み込んだ後に別の人が変更しています。読み直してから変更して"
          "ください。");
    }
    RecipientOrg next = org;
    ++next.rev;
    insert(store.sql(), next, store.now(), actor.name);
    note.detail = "kind=" + std::string(to_code(org.kind)) + " rev=" + std::to_string(next.rev);
    return true;
  });
}

std::vector<RecipientOrg> RecipientBook::list() {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ListRecipients,
                       [&](AuditNote& note) {
                         auto orgs = stored_recipients(store.sql());
                         note.detail = "recipients=" + std::to_string(orgs.size());
                         return orgs;
                       });
}

}  // namespace registry
