// SPDX-License-Identifier: Apache-2.0
#include "registry/import_desk.hpp"

#include <algorithm>

#include "import_batch.hpp"
#include "import_counts.hpp"
#include "plan_review.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

Action action_of(ImportKind kind) {
  switch (kind) {
    case ImportKind::Residents:
      return Action::ImportResidents;
    case ImportKind::Care:
      return Action::ImportCare;
    case ImportKind::Disability:
      return Action::ImportDisability;
    case ImportKind::Intractable:
      return Action::ImportIntractable;
    case ImportKind::Voluntary:
      return Action::ImportVoluntary;
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

std::string detail_of(const ImportReport& report) {
  return counts(report) + (report.queued == 0 ? "" : " queued=" + std::to_string(report.queued));
}

std::string detail_of(const BatchId& batch, const Ripple& ripple) {
  return "batch=" + batch.value + " stale_plans=" + std::to_string(ripple.plans.size()) +
         " stale_lists=" + std::to_string(ripple.lists.size()) +
         " stale_copies=" + std::to_string(ripple.copies.size());
}

BatchSummary new_batch(const Database& store, const Actor& actor, ImportKind kind,
                       const ImportManner& manner) {
  const Instant now = store.now();
  BatchSummary batch;
  batch.id = {store.new_id(now)};
  batch.kind = kind;
  batch.mapping = manner.mapping;
  batch.full = manner.full;
  batch.on = manner.on.value_or(tokyo_date(now));
  batch.previewed_at = now;
  batch.previewed_by = actor.name;
  return batch;
}

/// Compares the file and keeps the changes; those of `Keeping::Applied` are written at once.
template <class Row>
ImportReport compare_into(Database& store, const BatchSummary& batch, const ParsedRows<Row>& rows,
                          Keeping keeping) {
  insert_batch(store, batch);
  const auto target = import_target(store, batch.kind);
  QuestionBook questions(store, batch.id, batch.kind);
  ChangeWriter writer(store, batch.id, keeping);
  ImportReport report =
      compare(rows, Comparison{.database = store,
                               .target = *target,
                               .questions = questions,
                               .kind = batch.kind,
                               .full = batch.full,
                               .on = batch.on,
                               .found = [&](const FoundChange& change) {
                                 writer.add(change);
                                 if (keeping == Keeping::Applied && change.before != change.after) {
                                   target->put(change.person, change.after);
                                 }
                               }});
  target->finish();
  store_report(store.sql(), batch.id, report);
  return report;
}

template <class Row>
BatchId preview_rows(Session& session, ImportKind kind, const ParsedRows<Row>& rows,
                     const ImportManner& manner) {
  Database& store = SessionInside::store(session);
  const Actor& actor = SessionInside::actor(session);
  return store.audited(actor, Action::PreviewImport, [&](AuditNote& note) {
    const BatchSummary batch = new_batch(store, actor, kind, manner);
    const ImportReport report = compare_into(store, batch, rows, Keeping::ForApproval);
    note.detail = "batch=" + batch.id.value + " " + detail_of(report);
    return batch.id;
  });
}

/// Marks the batch as applied and follows what that makes false.
void finish_applied(Database& store, const Actor& actor, BatchSummary& batch,
                    AppliedBatch& applied) {
  batch.state = BatchState::Applied;
  batch.applied_at = store.now();
  batch.applied_by = actor.name;
  update_state(store.sql(), batch);
  const ImportDiff diff = load_diff(store.sql(), batch);
  if (!diff.changes.empty()) {
    applied.ripple = ripple_from_import(diff, registry_view(store.sql()));
    store_ripple(store.sql(), batch.id, applied.ripple);
    applied.plans_to_review = mark_for_review(store, applied.ripple.plans);
  }
}

template <class Row>
AppliedBatch import_rows(Session& session, ImportKind kind, const ParsedRows<Row>& rows,
                         const ImportManner& manner) {
  Database& store = SessionInside::store(session);
  const Actor& actor = SessionInside::actor(session);
  return store.audited(actor, action_of(kind), [&](AuditNote& note) {
    BatchSummary batch = new_batch(store, actor, kind, manner);
    AppliedBatch applied;
    applied.id = batch.id;
    applied.report = compare_into(store, batch, rows, Keeping::Applied);
    batch.approved_at = batch.previewed_at;
    batch.approved_by = actor.name;
    finish_applied(store, actor, batch, applied);
    note.detail = detail_of(applied.report);
    return applied;
  });
}

void expect_state(const BatchSummary& batch, std::initializer_list<BatchState> states) {
  if (std::ranges::find(states, batch.state) == states.end()) {
    throw InputError("この取り込みは「" + std::string(to_text(batch.state)) +
                     "」なので、この操作はできません。tomoni review show で状態を確かめて"
                     "ください。");
  }
}

/// The batch, which must be in one of the states.
BatchSummary batch_in(Database& store, const BatchId& id,
                      std::initializer_list<BatchState> states) {
  BatchSummary batch = load_batch(store.sql(), id);
  expect_state(batch, states);
  return batch;
}

bool is_written(const StoredChange& change) {
  return change.change.excluded_by.empty() &&
         change.change.kinds != std::vector{ChangeKind::Missing};
}

/// The images a batch would have written are not needed any more.
void forget_after_images(soci::session& sql, const BatchId& batch) {
  sql << "UPDATE import_change SET after_image = '' WHERE batch = :batch AND after_image <> ''",
      soci::use(batch, "batch");
}

[[noreturn]] void refuse_changed(std::size_t people, const char* remedy) {
  throw InputError("対象の人のうち " + std::to_string(people) +
                   " 人の記録が、その後に変わっています。何も変えていません。" + remedy);
}

}  // namespace

std::string_view to_text(BatchState state) {
  switch (state) {
    case BatchState::Previewed:
      return "承認待ち";
    case BatchState::Approved:
      return "承認済み";
    case BatchState::Applied:
      return "反映済み";
    case BatchState::Reverted:
      return "取消済み";
    case BatchState::Dropped:
      return "破棄";
  }
  contract_violated("state is an enumerator", __FILE__, __LINE__);
}

std::map<ChangeKind, std::size_t> BatchDetail::counts() const {
  std::map<ChangeKind, std::size_t> result;
  for (const BatchChange& change : changes) {
    for (const ChangeKind kind : change.kinds) {
      result[kind] += change.excluded_by.empty() ? 1U : 0U;
    }
  }
  return result;
}

BatchId ImportDesk::preview(const ParsedRows<ResidentRow>& rows, const ImportManner& manner) {
  return preview_rows(*session_, ImportKind::Residents, rows, manner);
}

BatchId ImportDesk::preview(ImportKind kind, const ParsedRows<CertificateRow>& rows,
                            const ImportManner& manner) {
  TOMONI_EXPECT(kind != ImportKind::Residents && kind != ImportKind::Voluntary);
  return preview_rows(*session_, kind, rows, manner);
}

BatchId ImportDesk::preview(const ParsedRows<VoluntaryRow>& rows, const ImportManner& manner) {
  return preview_rows(*session_, ImportKind::Voluntary, rows, manner);
}

AppliedBatch ImportDesk::import_now(const ParsedRows<ResidentRow>& rows,
                                    const ImportManner& manner) {
  return import_rows(*session_, ImportKind::Residents, rows, manner);
}

AppliedBatch ImportDesk::import_now(ImportKind kind, const ParsedRows<CertificateRow>& rows,
                                    const ImportManner& manner) {
  TOMONI_EXPECT(kind != ImportKind::Residents && kind != ImportKind::Voluntary);
  return import_rows(*session_, kind, rows, manner);
}

AppliedBatch ImportDesk::import_now(const ParsedRows<VoluntaryRow>& rows,
                                    const ImportManner& manner) {
  return import_rows(*session_, ImportKind::Voluntary, rows, manner);
}

std::vector<BatchSummary> ImportDesk::batches() {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ListImports, [&](AuditNote& note) {
    auto batches = load_batches(store.sql());
    note.detail = "batches=" + std::to_string(batches.size());
    return batches;
  });
}

BatchDetail ImportDesk::show(const BatchId& batch) {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ShowImport, [&](AuditNote& note) {
    BatchDetail detail;
    detail.summary = load_batch(store.sql(), batch);
    detail.report = load_report(store.sql(), batch);
    for_each_change(store.sql(), batch, Direction::Forward,
                    [&](const StoredChange& stored) { detail.changes.push_back(stored.change); });
    const BatchState state = detail.summary.state;
    detail.ripple =
        state == BatchState::Previewed || state == BatchState::Approved
            ? ripple_from_import(load_diff(store.sql(), detail.summary), registry_view(store.sql()))
            : load_ripple(store.sql(), batch);
    note.detail = "batch=" + batch.value + " changes=" + std::to_string(detail.changes.size());
    return detail;
  });
}

void ImportDesk::exclude(const BatchId& batch, const PersonId& person) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::ExcludeFromImport, [&](AuditNote& note) {
    batch_in(store, batch, {BatchState::Previewed});
    soci::statement update =
        (store.sql().prepare << "UPDATE import_change SET excluded_by = :who "
                                "WHERE batch = :batch AND person = :person",
         soci::use(actor.name, "who"), soci::use(batch, "batch"), soci::use(person, "person"));
    update.execute(true);
    if (update.get_affected_rows() == 0) {
      throw InputError("この人は、この取り込みの変更にいません。番号を確かめてください。");
    }
    note.subject = person.value;
    note.detail = "batch=" + batch.value;
    return true;
  });
}

void ImportDesk::approve(const BatchId& batch) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::ApproveImport, [&](AuditNote& note) {
    BatchSummary summary = batch_in(store, batch, {BatchState::Previewed});
    summary.state = BatchState::Approved;
    summary.approved_at = store.now();
    summary.approved_by = actor.name;
    update_state(store.sql(), summary);
    note.detail = "batch=" + batch.value;
    return true;
  });
}

AppliedBatch ImportDesk::apply(const BatchId& batch) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  const ImportKind kind = store.read([&] { return load_batch(store.sql(), batch).kind; });
  return store.audited(actor, action_of(kind), [&](AuditNote& note) {
    BatchSummary summary = batch_in(store, batch, {BatchState::Approved});
    const auto target = import_target(store, kind);
    std::size_t changed = 0;
    for_each_change(store.sql(), batch, Direction::Forward, [&](const StoredChange& stored) {
      if (!is_written(stored)) {
        return;
      }
      if (target->conflicts(stored.change.person, stored.before, stored.after)) {
        ++changed;
      } else if (changed == 0) {
        target->put(stored.change.person, stored.after);
      }
    });
    if (changed > 0) {
      refuse_changed(changed, "もう一度プレビューしてください。");
    }
    target->finish();
    AppliedBatch applied;
    applied.id = batch;
    applied.report = load_report(store.sql(), batch);
    finish_applied(store, actor, summary, applied);
    forget_after_images(store.sql(), batch);
    note.detail = detail_of(batch, applied.ripple);
    return applied;
  });
}

void ImportDesk::revert(const BatchId& batch) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::RevertImport, [&](AuditNote& note) {
    BatchSummary summary = batch_in(store, batch, {BatchState::Applied});
    const auto target = import_target(store, summary.kind);
    std::size_t changed = 0;
    for_each_change(store.sql(), batch, Direction::Backward, [&](const StoredChange& stored) {
      if (!is_written(stored)) {
        return;
      }
      const PersonId& person = stored.change.person;
      if (image_hash(target->image(person)) != stored.after_hash) {
        ++changed;
      } else if (changed == 0) {
        target->put(person, stored.before);
      }
    });
    if (changed > 0) {
      refuse_changed(changed, "後の取り込みを先に取り消してください。");
    }
    target->finish();
    summary.state = BatchState::Reverted;
    summary.reverted_at = store.now();
    summary.reverted_by = actor.name;
    update_state(store.sql(), summary);
    note.detail = "batch=" + batch.value;
    return true;
  });
}

void ImportDesk::drop(const BatchId& batch) {
  Database& store = SessionInside::store(*session_);
  store.audited(SessionInside::actor(*session_), Action::DropImport, [&](AuditNote& note) {
    BatchSummary summary = batch_in(store, batch, {BatchState::Previewed, BatchState::Approved});
    summary.state = BatchState::Dropped;
    update_state(store.sql(), summary);
    store.sql() << "DELETE FROM import_change WHERE batch = :batch", soci::use(batch, "batch");
    note.detail = "batch=" + batch.value;
    return true;
  });
}

std::map<PersonId, std::string> ImportDesk::names(const BatchId& batch) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ShowImportNames, [&](AuditNote& note) {
    const BatchSummary summary = load_batch(store.sql(), batch);
    const auto people = import_target(store, ImportKind::Residents);
    std::map<PersonId, std::string> names;
    for_each_change(store.sql(), batch, Direction::Forward, [&](const StoredChange& stored) {
      const PersonId& id = stored.change.person;
      const std::string now = people->image(id);
      const bool resident_file = summary.kind == ImportKind::Residents;
      // Protected before or after the change: not on anybody's screen.
      bool hidden = false;
      std::string name;
      for (const std::string& image : {now, resident_file ? stored.after : std::string()}) {
        if (!image.empty()) {
          const Person person = person_from_image(image).record.person;
          hidden = hidden || person.is_protected();
          name = person.name;
        }
      }
      if (!hidden && !name.empty()) {
        names.emplace(id, name);
      }
    });
    note.detail = "batch=" + batch.value + " persons=" + std::to_string(names.size());
    return names;
  });
}

}  // namespace registry
