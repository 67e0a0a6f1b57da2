// SPDX-License-Identifier: Apache-2.0
#include "registry/review_queue.hpp"

#include "database.hpp"
#include "import_targets.hpp"
#include "list_text.hpp"
#include "registry/error.hpp"
#include "sql_types.hpp"

namespace registry {
namespace {

std::vector<QueueItem> load_open(soci::session& sql) {
  QueueItem item;
  long long line = 0;
  std::string candidates;
  soci::statement rows =
      (sql.prepare << R"sql(
      SELECT number, batch, kind, line, reason, proposed, candidates, decision, person, decided_by
      FROM review_queue WHERE decision = 'open' ORDER BY number
    )sql",
       soci::into(item.number), soci::into(item.batch), soci::into(item.kind), soci::into(line),
       soci::into(item.reason), soci::into(item.proposed), soci::into(candidates),
       soci::into(item.decision), soci::into(item.person), soci::into(item.decided_by));
  std::vector<QueueItem> items;
  rows.execute();
  while (rows.fetch()) {
    item.line = static_cast<std::size_t>(line);
    item.candidates.clear();
    for (const std::string& candidate : texts_from_json(candidates)) {
      item.candidates.push_back({candidate});
    }
    items.push_back(item);
  }
  return items;
}

struct Verdict {
  long long number = 0;
  QueueDecision decision = QueueDecision::Open;
  PersonId person;
};

void decide(Database& store, const Actor& actor, const Verdict& verdict) {
  const Instant now = store.now();
  soci::statement update =
      (store.sql().prepare << R"sql(
         UPDATE review_queue SET decision = :decision, person = :person, decided_at = :decided_at,
                                 decided_by = :decided_by
         WHERE number = :number AND decision = 'open'
       )sql",
       soci::use(verdict.decision, "decision"), soci::use(verdict.person, "person"),
       soci::use(now, "decided_at"), soci::use(actor.name, "decided_by"),
       soci::use(verdict.number, "number"));
  update.execute(true);
  if (update.get_affected_rows() == 0) {
    throw InputError(
        "この番号の確認待ちはないか、もう決まっています。tomoni review queue で番号を確かめて"
        "ください。");
  }
}

void expect_person(soci::session& sql, const PersonId& person) {
  int found = 0;
  sql << "SELECT count(*) FROM person WHERE id = :id", soci::into(found), soci::use(person, "id");
  if (found == 0) {
    throw InputError("この人は台帳にいません。候補の番号を確かめてください。");
  }
}

}  // namespace

std::string_view to_text(QueueReason reason) {
  switch (reason) {
    case QueueReason::UnknownNumber:
      return "宛名番号がないか台帳にない。カナ・生年月日・住所の合う人が一人いる";
    case QueueReason::SeveralPeople:
      return "カナと生年月日の合う人が何人もいる";
    case QueueReason::OtherAddress:
      return "カナと生年月日は合うが、住所が違う";
    case QueueReason::NumberContradicts:
      return "宛名番号の人と生年月日が違う";
    case QueueReason::NumberChanged:
      return "別の宛名番号で台帳にいる人と、氏名・カナ・生年月日が同じ";
    case QueueReason::NameVariant:
      return "氏名が文字の正規化か異体字セレクターだけ違う";
  }
  contract_violated("reason is an enumerator", __FILE__, __LINE__);
}

std::vector<QueueItem> ReviewQueue::open_items() {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ShowReviewQueue,
                       [&](AuditNote& note) {
                         auto items = load_open(store.sql());
                         note.detail = "open=" + std::to_string(items.size());
                         return items;
                       });
}

std::map<PersonId, Candidate> ReviewQueue::candidates() {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ShowImportNames, [&](AuditNote& note) {
    const auto people = import_target(store, ImportKind::Residents);
    std::map<PersonId, Candidate> shown;
    for (const QueueItem& item : load_open(store.sql())) {
      for (const PersonId& id : item.candidates) {
        const std::string image = people->image(id);
        const bool known = image.empty() || shown.contains(id);
        const Person person = known ? Person() : person_from_image(image).record.person;
        if (!known && !person.is_protected()) {
          shown[id] = {person.name, person.name_kana, person.birth_date, person.full_address()};
        }
      }
    }
    note.detail = "queue persons=" + std::to_string(shown.size());
    return shown;
  });
}

void ReviewQueue::decide_same(long long number, const PersonId& person) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::DecideReviewQueue, [&](AuditNote& note) {
    expect_person(store.sql(), person);
    decide(store, actor, {number, QueueDecision::Same, person});
    note.subject = person.value;
    note.detail = "item=" + std::to_string(number) + " decision=same";
    return true;
  });
}

void ReviewQueue::decide_different(long long number) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::DecideReviewQueue, [&](AuditNote& note) {
    decide(store, actor, {number, QueueDecision::Different, {}});
    note.detail = "item=" + std::to_string(number) + " decision=different";
    return true;
  });
}

std::size_t ReviewQueue::accept_proposed(const BatchId& batch) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::DecideReviewQueue, [&](AuditNote& note) {
    std::size_t accepted = 0;
    for (const QueueItem& item : load_open(store.sql())) {
      if (item.batch == batch && !item.proposed.empty()) {
        decide(store, actor, {item.number, QueueDecision::Same, item.proposed});
        ++accepted;
      }
    }
    note.detail = "batch=" + batch.value + " accepted=" + std::to_string(accepted);
    return accepted;
  });
}

}  // namespace registry
