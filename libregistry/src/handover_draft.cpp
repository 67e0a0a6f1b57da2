// SPDX-License-Identifier: Apache-2.0
#include "handover_draft.hpp"

#include <algorithm>

#include "consent_record.hpp"
#include "handover_rows.hpp"
#include "list_text.hpp"
#include "person_record.hpp"
#include "plan_record.hpp"
#include "recipient_record.hpp"
#include "registry/error.hpp"
#include "supporter_record.hpp"

namespace registry {
namespace {

constexpr std::int64_t kApprovalLastsMs = std::int64_t{30} * 86'400'000;

/// Plans that are no longer, or not at all, somebody's plan.
bool is_plan(const EvacuationPlan& plan) {
  return plan.kind == PlanKind::Individual && plan.status != PlanStatus::Refused &&
         plan.status != PlanStatus::OutOfScope && plan.status != PlanStatus::Withdrawn &&
         plan.status != PlanStatus::Candidate && plan.status != PlanStatus::Approached;
}

/// Everything a list is made from, read in one go.
class ListSource {
 public:
  ListSource(soci::session& sql, RegisterKind kind)
      : consents_(stored_consents(sql, {})), plans_(newest_plans(sql, {})) {
    certificates_ = stored_certificates(sql, {});
    links_ = accepted_links(sql, {});
    read_areas(sql);
    read_people(sql, kind);
    for (const EvacuationPlan& plan : plans_) {
      if (is_plan(plan)) {
        plan_of_[plan.subject] = &plan;
      }
    }
  }

  struct Member {
    Person person;
    std::vector<std::string> clauses;
  };
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  [[nodiscard]] const ConsentFile& consents() const { return consents_; }
  [[nodiscard]] std::vector<AreaRef> areas(const PersonId& person) const {
    return of(areas_, person);
  }
  /// The 自治会 in which the home lies, or else its 町丁目, for the headings of a list.
  [[nodiscard]] std::string area_name(const PersonId& person) const {
    const std::string group = of(group_, person);
    const std::string town = group.empty() ? of(town_, person) : group;
    return town.empty() ? "区域の分からない人" : town;
  }
  [[nodiscard]] std::vector<AssignedSupporter> supporters(const PersonId& person) const {
    return of(links_, person);
  }
  [[nodiscard]] const EvacuationPlan* plan(const PersonId& person) const {
    return of(plan_of_, person);
  }

  [[nodiscard]] ListPerson list_person(const Member& member) const {
    const PersonId& id = member.person.id;
    return {.person = member.person,
            .certificates = of(certificates_, id),
            .clauses = member.clauses,
            .supporters = supporters(id),
            .plan = plan(id),
            .group = of(group_, id)};
  }

 private:
  template <class Map>
  static typename Map::mapped_type of(const Map& map, const PersonId& person) {
    const auto found = map.find(person);
    return found == map.end() ? typename Map::mapped_type{} : found->second;
  }

  void read_areas(soci::session& sql) {
    PersonId person;
    AreaRef area;
    std::optional<std::string> name;
    soci::statement rows = prepared(sql, R"sql(
        SELECT p.person, p.level, p.code, a.name FROM person_area p
        LEFT JOIN area a ON a.level = p.level AND a.code = p.code
      )sql",
                                    [&](soci::statement& statement) {
                                      const auto receive = receiver(statement);
                                      receive("person", person);
                                      receive("level", area.level);
                                      receive("code", area.code);
                                      statement.exchange(soci::into(name));
                                    });
    rows.execute();
    while (rows.fetch()) {
      areas_[person].push_back(area);
      if (area.level == AreaLevel::Neighbourhood) {
        group_[person] = name.value_or(area.code);
      } else if (area.level == AreaLevel::Town) {
        town_[person] = name.value_or(area.code);
      }
    }
  }

  void read_people(soci::session& sql, RegisterKind kind) {
    PersonRecord record;
    std::string clauses;
    soci::statement rows =
        prepared(sql,
                 std::string("SELECT ") + kPersonColumns +
                     ", e.clauses FROM register_entry e JOIN person p ON p.id = e.person "
                     "WHERE e.left_on IS NULL AND e.kind = :kind ORDER BY p.id",
                 [&](soci::statement& statement) {
                   const auto receive = receiver(statement);
                   receive("id", record.person.id);
                   person_columns(record, receive);
                   receive("clauses", clauses);
                   statement.exchange(soci::use(kind, "kind"));
                 });
    rows.execute();
    while (rows.fetch()) {
      members_.push_back({to_person(record), texts_from_json(clauses)});
    }
  }

  ConsentFile consents_;
  std::vector<EvacuationPlan> plans_;
  std::map<PersonId, const EvacuationPlan*> plan_of_;
  std::map<PersonId, std::vector<Certificate>> certificates_;
  std::map<PersonId, std::vector<AssignedSupporter>> links_;
  std::map<PersonId, std::vector<AreaRef>> areas_;
  std::map<PersonId, std::string> group_;
  std::map<PersonId, std::string> town_;
  std::vector<Member> members_;
};

bool shares_area(const std::vector<AreaRef>& a, const std::vector<AreaRef>& b) {
  return std::ranges::any_of(
      a, [&](const AreaRef& area) { return std::ranges::find(b, area) != b.end(); });
}

/// Works through the register, person by person.
class Drafting {
 public:
  Drafting(Database& store, const HandoverRequest& request, const DisclosurePolicy& policy)
      : request_(request),
        policy_(policy),
        at_(store.now()),
        source_(store.sql(), request.register_kind) {}

  void use_decision(EmergencyDecision decision) { decision_ = std::move(decision); }
  void use_approvals(const std::vector<StoredApproval>& approvals, const std::string& issuer) {
    for (const StoredApproval& each : approvals) {
      if (each.approved_by != issuer &&
          at_.milliseconds - each.at.milliseconds < kApprovalLastsMs) {
        approvals_[each.person] = each.id;
      }
    }
  }

  void fill(HandoverDraft& draft) {
    org_ = &draft.org;
    const Profile profile = profile_for(draft.org.kind, request_.data);
    draft.rows.header = list_header(profile, request_.data);
    for (const ListSource::Member& member : source_.members()) {
      add(member, draft);
    }
  }

 private:
  void add(const ListSource::Member& member, HandoverDraft& draft) {
    const Person& person = member.person;
    const ConsentView view = consents_of(person.id);
    const DisclosureRequest asked = request_for(person);
    const GrantOrDenial result =
        grant_disclosure(person.id, asked, policy_, view, decision_ ? &*decision_ : nullptr);
    Excluded excluded{person.id, result.decision.verdict, result.decision.reason, {}};
    excluded.note = obstacle(person, result.decision);
    if (!result.grant || !excluded.note.empty()) {
      draft.excluded.push_back(std::move(excluded));
      return;
    }
    ListPerson row = source_.list_person(member);
    if (result.decision.leave_out_refusing_supporters) {
      leave_out_refusing(row, view);
    }
    draft.rows.rows.push_back(list_row(result.decision.profile, request_.data, row));
    draft.areas.push_back(source_.area_name(person.id));
    draft.grants.push_back(*result.grant);
    const auto approval = approvals_.find(person.id);
    if (approval != approvals_.end()) {
      draft.approvals.insert(*approval);
    }
  }

  [[nodiscard]] ConsentQuestion question(ConsentScope scope) const {
    return {.register_kind =
                request_.data == DataKind::Plan ? RegisterKind::Statutory : request_.register_kind,
            .scope = scope,
            .recipient = org_->kind,
            .org = org_->id,
            .at = at_};
  }

  [[nodiscard]] PartyConsent subject(const PersonId& person, ConsentScope scope) const {
    const auto said = source_.consents().subjects.find(person);
    if (said == source_.consents().subjects.end()) {
      return {};
    }
    return effective_consent(said->second, question(scope));
  }

  [[nodiscard]] ConsentView consents_of(const PersonId& person) const {
    const ConsentScope scope = scope_of(request_.data);
    ConsentView view;
    view.subject = subject(person, scope);
    if (request_.data == DataKind::Plan) {
      for (const AssignedSupporter& each : source_.supporters(person)) {
        view.supporters.push_back(effective_consent(
            source_.consents().of_supporter(each.supporter.id, person), question(scope)));
      }
    }
    return view;
  }

  [[nodiscard]] DisclosureRequest request_for(const Person& person) const {
    DisclosureRequest asked;
    asked.phase = request_.phase;
    asked.data = request_.data;
    asked.register_kind = request_.register_kind;
    asked.recipient = org_->kind;
    asked.org = org_->id;
    asked.at = at_;
    asked.person_areas = source_.areas(person.id);
    asked.org_listed = org_->listed;
    asked.belongs = belongs(person.id, asked.person_areas);
    asked.agreement_valid = agreement_valid(*org_, policy_, tokyo_date(at_));
    asked.protected_person = person.is_protected();
    asked.approved = approvals_.contains(person.id);
    return asked;
  }

  [[nodiscard]] bool belongs(const PersonId& person, const std::vector<AreaRef>& areas) const {
    switch (org_->kind) {
      case RecipientKind::PlanSupporter: {
        const auto linked = source_.supporters(person);
        return std::ranges::any_of(linked, [&](const AssignedSupporter& each) {
          return each.supporter.id == org_->supporter;
        });
      }
      case RecipientKind::WelfareShelter: {
        const EvacuationPlan* plan = source_.plan(person);
        return plan != nullptr && leads_to(*plan, org_->shelter);
      }
      case RecipientKind::Minsei:
      case RecipientKind::Jishubo:
        return shares_area(areas, org_->areas);
      case RecipientKind::Internal:
      case RecipientKind::Fire:
      case RecipientKind::Police:
      case RecipientKind::Shakyo:
      case RecipientKind::OtherListed:
      case RecipientKind::Unlisted:
        return org_->areas.empty() || shares_area(areas, org_->areas);
    }
    return false;
  }

  /// What stands in the way although no rule of disclosure does.
  [[nodiscard]] std::string obstacle(const Person& person,
                                     const DisclosureDecision& decision) const {
    if (decision.verdict != Verdict::Allow) {
      return {};
    }
    if (person.residency != Residency::Resident) {
      return "住民ではない(転出・死亡など)";
    }
    if (request_.data == DataKind::Plan && source_.plan(person.id) == nullptr) {
      return "計画がない(第49条の15第4項の配慮の対象)";
    }
    if (request_.phase != Phase::Drill) {
      return {};
    }
    // A drill runs on expressed consent only, also where the ordinance asks for none.
    const Answer drill = subject(person.id, ConsentScope::JoinDrill).answer;
    if (!decision.by_consent || drill == Answer::Refused || drill == Answer::Withdrawn) {
      return "訓練での利用に同意していない";
    }
    return {};
  }

  static void leave_out_refusing(ListPerson& row, const ConsentView& view) {
    std::vector<AssignedSupporter> kept;
    for (std::size_t i = 0; i < row.supporters.size(); ++i) {
      const Answer answer = view.supporters.at(i).answer;
      if (answer != Answer::Refused && answer != Answer::Withdrawn) {
        kept.push_back(row.supporters[i]);
      }
    }
    row.supporters = std::move(kept);
  }

  const HandoverRequest& request_;
  const DisclosurePolicy& policy_;
  Instant at_;
  ListSource source_;
  const RecipientOrg* org_ = nullptr;
  std::optional<EmergencyDecision> decision_;
  std::map<PersonId, ApprovalId> approvals_;
};

EmergencyDecision decision_in_force(Database& store, const HandoverRequest& request,
                                    const RecipientOrg& org) {
  if (request.decision.empty()) {
    throw DisclosureRefused(
        "災害時の提供には、二人で行った提供の決定が必要です(第49条の11第3項・第49条の15第3項)。"
        "tomoni share emergency declare と confirm で決定してください。");
  }
  EmergencyDecision decision = stored_decision(store.sql(), request.decision);
  if (!is_effective(decision, store.now())) {
    throw DisclosureRefused(
        decision.confirmed_by.empty()
            ? "提供の決定がまだ一人だけです。別の担当者が確認するまで提供できません。"
            : "提供の決定は終わっています。必要なら改めて決定してください。");
  }
  const bool names_recipient =
      std::ranges::find(decision.kinds, org.kind) != decision.kinds.end() ||
      std::ranges::find(decision.orgs, org.id) != decision.orgs.end();
  if (!names_recipient || std::ranges::find(decision.data, request.data) == decision.data.end()) {
    throw DisclosureRefused("提供の決定に、この提供先またはこの種類の情報が含まれていません。");
  }
  return decision;
}

std::string code_of(const HandoverRequest& request, const HandoverDraft& draft) {
  Digest digest;
  digest.add(draft.org.id.value);
  digest.add(std::int64_t{draft.org.rev});
  digest.add(to_code(request.register_kind));
  digest.add(to_code(request.data));
  digest.add(to_code(request.phase));
  digest.add(request.decision.value);
  digest.add(draft.compared_with.value);
  for (const Grant& grant : draft.grants) {
    digest.add(grant.person().value);
  }
  return to_hex(digest.finish()).substr(0, 8);
}

}  // namespace

HandoverDraft draft_handover(Database& store, const Actor& actor, const HandoverRequest& request,
                             const DisclosurePolicy& policy) {
  const Date today = tokyo_date(store.now());
  if (!request.return_due.ok() || request.return_due < today || request.medium.empty()) {
    throw InputError("返却期限(今日以降)と媒体を指定してください。");
  }
  if (request.data == DataKind::Plan && request.register_kind != RegisterKind::Statutory) {
    throw InputError("計画情報は避難行動要支援者名簿の人についてだけ提供します。");
  }
  HandoverDraft draft;
  draft.org = stored_recipient(store.sql(), request.recipient);
  if (draft.org.ended_on && *draft.org.ended_on <= today) {
    throw DisclosureRefused("この提供先は終了しています。");
  }
  Drafting drafting(store, request, policy);
  if (request.phase == Phase::Threat || request.phase == Phase::Occurred) {
    drafting.use_decision(decision_in_force(store, request, draft.org));
  }
  drafting.use_approvals(unused_approvals(store.sql(), request.recipient, request.data),
                         actor.name);
  drafting.fill(draft);
  for (const Handover& copy : stored_handovers(store.sql(), "WHERE h.closed_at IS NULL")) {
    if (copy.recipient == request.recipient && copy.data == request.data &&
        copy.register_kind == request.register_kind) {
      draft.live.push_back(copy.id);
    }
  }
  if (!draft.live.empty()) {
    draft.compared_with = draft.live.front();
    draft.before = persons_of(store.sql(), draft.compared_with);
  }
  draft.code = code_of(request, draft);
  return draft;
}

}  // namespace registry
