// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include "database.hpp"
#include "person_gate.hpp"
#include "plan_record.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

/// A person has one plan of each kind; what it plans for may change from revision to revision.
using PlanKey = std::pair<PersonId, PlanKind>;

struct NewestRevision {
  PlanId plan;
  int revision = 0;
  PlanStatus status = PlanStatus::Draft;
  std::string hash;
  std::string changed_by;
  Instant changed_at;
};

constexpr const char* kInsertRevision = R"sql(
  INSERT INTO plan_rev (plan, rev, created_at, next_review, status, content_hash, changed_by,
                        changed_at)
  VALUES (:plan, :rev, :created_at, :next_review, :status, :content_hash, :changed_by,
          :changed_at)
)sql";

constexpr const char* kInsertCourse = R"sql(
  INSERT INTO plan_course (
    plan, rev, course, hazard, gap, home_hazard, second_route, second_extra_s, second_shared_m,
    stay, stay_reason, notify_s, supporter_s, preparation_s, travel_s, total_p90_s, limit_s,
    limit_cause, latest_start_s, verdict, cause, risks)
  VALUES (
    :plan, :rev, :course, :hazard, :gap, :home_hazard, :second_route, :second_extra_s,
    :second_shared_m, :stay, :stay_reason, :notify_s, :supporter_s, :preparation_s, :travel_s,
    :total_p90_s, :limit_s, :limit_cause, :latest_start_s, :verdict, :cause, :risks)
)sql";

constexpr const char* kInsertLeg = R"sql(
  INSERT INTO plan_leg (
    plan, rev, ordinal, course, kind, shelter, shelter_name, shelter_address, arrival, profile,
    duration_s, length_m, steps_met, unverified_m, steepest_up_permille, steepest_down_permille,
    hazards_met, route, home_to_road_m, road_to_shelter_m)
  VALUES (
    :plan, :rev, :ordinal, :course, :kind, :shelter, :shelter_name, :shelter_address, :arrival,
    :profile, :duration_s, :length_m, :steps_met, :unverified_m, :steepest_up_permille,
    :steepest_down_permille, :hazards_met, :route, :home_to_road_m, :road_to_shelter_m)
)sql";

constexpr const char* kInsertHelper = R"sql(
  INSERT INTO plan_helper (plan, rev, ordinal, course, supporter, backup, trip, arrives_s)
  VALUES (:plan, :rev, :ordinal, :course, :supporter, :backup, :trip, :arrives_s)
)sql";

class PlanWriter : Pinned {
 public:
  PlanWriter(Database& database, const Actor& actor)
      : database_(database),
        at_(database.now()),
        account_(actor.name),
        insert_plan_(prepared(database.sql(),
                              "INSERT INTO plan (id, subject, kind) VALUES (:id, :subject, :kind)",
                              [this](soci::statement& statement) {
                                const auto bind = binder(statement);
                                bind("id", plan_.id);
                                bind("subject", plan_.subject);
                                bind("kind", plan_.kind);
                              })),
        insert_revision_(prepared(database.sql(), kInsertRevision,
                                  [this](soci::statement& statement) {
                                    const auto bind = binder(statement);
                                    bind("plan", plan_.id);
                                    bind("rev", plan_.revision);
                                    bind("created_at", plan_.created_at);
                                    bind("next_review", plan_.next_review);
                                    bind("status", plan_.status);
                                    bind("content_hash", hash_);
                                    bind("changed_by", account_);
                                    bind("changed_at", at_);
                                  })),
        insert_course_(prepared(database.sql(), kInsertCourse,
                                [this](soci::statement& statement) {
                                  const auto bind = binder(statement);
                                  bind("plan", plan_.id);
                                  bind("rev", plan_.revision);
                                  course_fields(std::as_const(course_), bind);
                                })),
        insert_leg_(prepared(database.sql(), kInsertLeg,
                             [this](soci::statement& statement) {
                               const auto bind = binder(statement);
                               bind("plan", plan_.id);
                               bind("rev", plan_.revision);
                               bind("ordinal", leg_number_);
                               leg_fields(std::as_const(leg_), bind);
                             })),
        insert_helper_(prepared(database.sql(), kInsertHelper, [this](soci::statement& statement) {
          const auto bind = binder(statement);
          bind("plan", plan_.id);
          bind("rev", plan_.revision);
          bind("ordinal", helper_number_);
          helper_fields(std::as_const(helper_), bind);
        })) {
    load_newest();
    load_persons();
  }

  /// Where the plan of this person and kind stands.
  [[nodiscard]] const NewestRevision& newest(const EvacuationPlan& plan) {
    return newest_[{plan.subject, plan.kind}];
  }

  void write(const EvacuationPlan& plan, StoredPlans& done) {
    if (!persons_.contains(plan.subject)) {
      throw InputError(
          "台帳にいない人の計画は保存できません。何も保存していません。台帳と計画の組合せを"
          "確かめてください。");
    }
    NewestRevision& newest = newest_[{plan.subject, plan.kind}];
    const bool is_new = newest.revision == 0;
    if (!is_new && is_settled(newest.status)) {
      ++done.kept;
      return;
    }
    plan_ = plan;
    if (!is_new) {
      plan_.status = newest.status;  // how far people have come is not for a computation to say
    }
    hash_ = content_hash(plan_);
    if (newest.hash == hash_) {
      ++done.unchanged;
      return;
    }
    if (is_new) {
      newest.plan.value = database_.new_id(at_);
      plan_.id = newest.plan;
      insert_plan_.execute(true);
      ++done.added;
    } else {
      ++done.revised;
    }
    newest.hash = hash_;
    newest.changed_by = account_;
    newest.changed_at = at_;
    ++newest.revision;
    write_revision(newest);
  }

 private:
  void write_revision(const NewestRevision& newest) {
    plan_.id = newest.plan;
    plan_.revision = newest.revision;
    insert_revision_.execute(true);
    leg_number_ = 0;
    helper_number_ = 0;
    for_each_record(
        plan_,
        [this](const CourseRecord& record) {
          course_ = record;
          insert_course_.execute(true);
        },
        [this](const LegRecord& record) {
          leg_ = record;
          insert_leg_.execute(true);
          ++leg_number_;
        },
        [this](const HelperRecord& record) {
          helper_ = record;
          insert_helper_.execute(true);
          ++helper_number_;
        });
  }

  void load_newest() {
    PlanKey key;
    NewestRevision newest;
    soci::statement rows =
        (database_.sql().prepare << R"sql(
        SELECT p.subject, p.kind, p.id, r.rev, r.status, r.content_hash, r.changed_by, r.changed_at
        FROM plan p JOIN plan_rev r ON r.plan = p.id
        WHERE r.rev = (SELECT max(rev) FROM plan_rev WHERE plan = p.id)
      )sql",
         soci::into(key.first), soci::into(key.second), soci::into(newest.plan),
         soci::into(newest.revision), soci::into(newest.status), soci::into(newest.hash),
         soci::into(newest.changed_by), soci::into(newest.changed_at));
    rows.execute();
    while (rows.fetch()) {
      newest_.emplace(key, newest);
    }
  }

  void load_persons() {
    PersonId id;
    soci::statement rows =
        (database_.sql().prepare << "SELECT id FROM person ORDER BY id", soci::into(id));
    rows.execute();
    while (rows.fetch()) {
      persons_.insert(persons_.end(), id);
    }
  }

  Database& database_;
  Instant at_;
  std::string account_;
  EvacuationPlan plan_;
  CourseRecord course_;
  LegRecord leg_;
  int leg_number_ = 0;
  HelperRecord helper_;
  int helper_number_ = 0;
  std::string hash_;
  soci::statement insert_plan_;
  soci::statement insert_revision_;
  soci::statement insert_course_;
  soci::statement insert_leg_;
  soci::statement insert_helper_;
  std::map<PlanKey, NewestRevision> newest_;
  std::set<PersonId> persons_;
};

}  // namespace

StoredPlans Session::store_plans(const std::vector<EvacuationPlan>& plans) {
  return store_->audited(actor_, Action::StorePlans, [&](AuditNote& note) {
    PlanWriter writer(*store_, actor_);
    StoredPlans done;
    PersonGate gate(*store_, actor_, Action::StorePlans);
    for (const EvacuationPlan& plan : plans) {
      // Who cannot see where a protected person lives has computed nothing worth keeping.
      const AccessDecision decision = gate.decide(plan.subject);
      const auto* refusal = std::get_if<AccessRefusal>(&decision);
      if (refusal != nullptr && *refusal == AccessRefusal::Protected) {
        ++done.unchanged;
        continue;
      }
      writer.write(plan, done);
    }
    note.detail = "added=" + std::to_string(done.added) +
                  " revised=" + std::to_string(done.revised) +
                  " unchanged=" + std::to_string(done.unchanged);
    return done;
  });
}

EditResult Session::store_plan(const EvacuationPlan& plan, int revision) {
  return store_->audited(actor_, Action::StorePlans, [&](AuditNote& note) -> EditResult {
    PersonGate(*store_, actor_, Action::StorePlans).require(plan.subject);
    PlanWriter writer(*store_, actor_);
    const NewestRevision& newest = writer.newest(plan);
    if (newest.revision != revision) {
      note.detail = "conflict=1";
      return EditConflict{.revision = newest.revision,
                          .changed_by = newest.changed_by,
                          .changed_at = newest.changed_at};
    }
    StoredPlans done;
    writer.write(plan, done);
    note.subject = plan.subject.value;
    note.detail = "rev=" + std::to_string(newest.revision);
    return NewRevision{newest.revision};
  });
}

std::optional<EvacuationPlan> Session::plan_of(const PersonId& id) {
  return store_->audited(actor_, Action::ShowPlan, [&](AuditNote& note) {
    std::optional<EvacuationPlan> found;
    if (!id.empty()) {
      std::vector<EvacuationPlan> plans = newest_plans(store_->sql(), id.value);
      if (!plans.empty()) {
        PersonGate(*store_, actor_, Action::ShowPlan).require(id);
        found = std::move(plans.front());  // the individual plan, before the medical one
      }
    }
    note.subject = found ? id.value : std::string();
    note.detail = found ? "found=1" : "found=0";
    return found;
  });
}

std::vector<EvacuationPlan> Session::plans() {
  return store_->audited(actor_, Action::ListPlans, [&](AuditNote& note) {
    std::vector<EvacuationPlan> plans = newest_plans(store_->sql(), {});
    PersonGate gate(*store_, actor_, Action::ListPlans);
    std::erase_if(plans, [&](const EvacuationPlan& plan) { return !gate.fields(plan.subject); });
    for (const EvacuationPlan& plan : plans) {
      note.people.push_back(plan.subject);
    }
    note.detail = "plans=" + std::to_string(plans.size());
    return plans;
  });
}

}  // namespace registry
