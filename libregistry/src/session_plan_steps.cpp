// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"
#include "person_gate.hpp"
#include "plan_record.hpp"
#include "plan_review.hpp"
#include "plan_revision.hpp"
#include "register_record.hpp"
#include "registry/error.hpp"
#include "registry/plan_check.hpp"
#include "registry/plan_state.hpp"

namespace registry {
namespace {

std::optional<StepRefusal> refusal_of(const std::optional<Newest>& newest, const PlanStep& step) {
  const int revision = newest ? newest->revision : 0;
  if (revision != step.seen_revision) {
    return StepRefusal{StepFault::RevisionChanged,
                       "計画は第" + std::to_string(revision) +
                           "版です。見ていた版のあとに変わったので、内容を確かめてから、もう一度"
                           "進めてください。"};
  }
  const bool allowed =
      newest ? may_follow(newest->status, step.to) : step.to == PlanStatus::Candidate;
  if (!allowed) {
    const std::string from = newest ? std::string(to_text(newest->status)) : "計画なし";
    return StepRefusal{
        StepFault::NotAllowed,
        "「" + from + "」から「" + std::string(to_text(step.to)) + "」へは進めません。"};
  }
  return std::nullopt;
}

/// 確定 is for plans that hold what the law asks; a supporter may still be 未定.
std::optional<StepRefusal> incomplete(soci::session& sql, const PlanStep& step) {
  const auto subjects = stored_subjects(sql, step.subject.value);
  if (subjects.empty()) {
    return StepRefusal{StepFault::NoSuchPerson,
                       "名簿に載っていない人の計画は確定できません（49条の14①）。"};
  }
  for (const EvacuationPlan& plan : newest_plans(sql, step.subject.value)) {
    if (plan.kind != step.kind) {
      continue;
    }
    const PlanCheck check =
        check_legal_completeness(plan, subjects.front().registrant, subjects.front().supporters);
    if (!check.missing.empty()) {
      std::string reason = "計画に足りない項目があります:";
      for (const std::string& item : check.missing) {
        reason += " " + item;
      }
      return StepRefusal{StepFault::Incomplete, reason};
    }
  }
  return std::nullopt;
}

Newest begin_plan(Database& database, const PlanStep& step) {
  Newest first{.plan = {database.new_id(database.now())}, .subject = step.subject, .revision = 1};
  database.sql() << "INSERT INTO plan (id, subject, kind) VALUES (:id, :subject, :kind)",
      soci::use(first.plan, "id"), soci::use(first.subject, "subject"),
      soci::use(step.kind, "kind");
  const Instant at = database.now();
  database.sql() << R"sql(
    INSERT INTO plan_rev (plan, rev, status, created_at, next_review, content_hash)
    VALUES (:plan, 1, :status, :at, :next_review, :hash)
  )sql",
      soci::use(first.plan, "plan"), soci::use(first.status, "status"), soci::use(at, "at"),
      soci::use(step.next_review, "next_review"), soci::use(first.plan.value, "hash");
  return first;
}

bool is_known(soci::session& sql, const PersonId& person) {
  int known = 0;
  sql << "SELECT count(*) FROM person WHERE id = :id", soci::use(person, "id"), soci::into(known);
  return known > 0;
}

void keep_step(Database& database, const Newest& revision, const PlanStep& step,
               const Actor& actor) {
  const Instant at = database.now();
  database.sql() << R"sql(
    INSERT INTO plan_step (plan, rev, status, taken_by, note, at)
    VALUES (:plan, :rev, :status, :taken_by, :note, :at)
  )sql",
      soci::use(revision.plan, "plan"), soci::use(revision.revision, "rev"),
      soci::use(step.to, "status"), soci::use(actor.name, "taken_by"), soci::use(step.note, "note"),
      soci::use(at, "at");
  freeze_subject(database, revision);
}

StepResult take(Database& database, const PlanStep& step, const Actor& actor) {
  soci::session& sql = database.sql();
  if (!is_known(sql, step.subject)) {
    return StepRefusal{StepFault::NoSuchPerson, "この ID の人は台帳にいません。"};
  }
  PersonGate(database, actor, Action::TakePlanStep).require(step.subject);
  const auto newest = newest_revision(sql, step.subject, step.kind);
  if (const auto refusal = refusal_of(newest, step)) {
    return *refusal;
  }
  if (step.to == PlanStatus::Active) {
    if (const auto refusal = incomplete(sql, step)) {
      return *refusal;
    }
  }
  Newest revision = newest ? *newest : begin_plan(database, step);
  if (newest) {
    revision.revision = add_revision(database, *newest, step.to, step.next_review);
  }
  keep_step(database, revision, step, actor);
  return revision.revision;
}

std::vector<std::string> stale_reasons(soci::session& sql, const PlanId& plan, int revision) {
  StaleReason reason{};
  std::vector<std::string> words;
  soci::statement rows = (sql.prepare << "SELECT reason FROM plan_stale WHERE plan = :plan AND "
                                         "rev = :rev ORDER BY reason",
                          soci::use(plan, "plan"), soci::use(revision, "rev"), soci::into(reason));
  rows.execute();
  while (rows.fetch()) {
    words.emplace_back(to_text(reason));
  }
  return words;
}

std::vector<PlanRevision> history(soci::session& sql, const Newest& newest) {
  std::vector<PlanRevision> revisions;
  PlanRevision revision;
  soci::statement rows =
      (sql.prepare << R"sql(
      SELECT r.rev, r.status, r.created_at, coalesce(s.taken_by, ''), coalesce(s.note, '')
      FROM plan_rev r LEFT JOIN plan_step s ON s.plan = r.plan AND s.rev = r.rev
      WHERE r.plan = :plan ORDER BY r.rev
    )sql",
       soci::use(newest.plan, "plan"), soci::into(revision.revision), soci::into(revision.status),
       soci::into(revision.at), soci::into(revision.taken_by), soci::into(revision.note));
  rows.execute();
  while (rows.fetch()) {
    revisions.push_back(revision);
  }
  for (PlanRevision& one : revisions) {
    one.stale = stale_reasons(sql, newest.plan, one.revision);
  }
  return revisions;
}

}  // namespace

StepResult Session::take_plan_step(const PlanStep& step) {
  return store_->audited(actor_, Action::TakePlanStep, [&](AuditNote& note) {
    if (is_known(store_->sql(), step.subject)) {
      PersonGate(*store_, actor_, Action::TakePlanStep).require(step.subject);
    }
    StepResult result = take(*store_, step, actor_);
    const bool taken = std::holds_alternative<int>(result);
    // What was typed in vain may be a name: only ids of ours reach the log.
    note.subject = taken ? step.subject.value : std::string();
    note.detail = "to=" + std::string(to_code(step.to)) + " taken=" + (taken ? "1" : "0");
    return result;
  });
}

std::size_t Session::mark_plans_for_review(const std::vector<Invalidation>& invalidations) {
  return store_->audited(actor_, Action::StorePlans, [&](AuditNote& note) {
    PersonGate gate(*store_, actor_, Action::StorePlans);
    for (const Invalidation& each : invalidations) {
      gate.require(each.subject);
      if (note.people.empty() || note.people.back() != each.subject) {
        note.people.push_back(each.subject);
      }
    }
    const std::size_t marked = mark_for_review(*store_, invalidations);
    note.detail = "review=" + std::to_string(marked);
    return marked;
  });
}

std::vector<PlanRevision> Session::plan_history(const PersonId& subject, PlanKind kind) {
  return store_->audited(actor_, Action::ShowPlan, [&](AuditNote& note) {
    const auto newest = newest_revision(store_->sql(), subject, kind);
    if (newest) {
      PersonGate(*store_, actor_, Action::ShowPlan).require(subject);
    }
    note.subject = newest ? subject.value : std::string();
    note.detail = newest ? "history=1" : "found=0";
    return newest ? history(store_->sql(), *newest) : std::vector<PlanRevision>{};
  });
}

}  // namespace registry
