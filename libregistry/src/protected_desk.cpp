// SPDX-License-Identifier: Apache-2.0
#include "registry/protected_desk.hpp"

#include "database.hpp"
#include "registry/error.hpp"
#include "sql_types.hpp"

namespace registry {
namespace {

constexpr std::int64_t kHour = 3'600'000;

bool is_protected(soci::session& sql, const PersonId& person) {
  int count = 0;
  sql << "SELECT COUNT(*) FROM person WHERE id = :person AND protective_measure <> 'none'",
      soci::into(count), soci::use(person, "person");
  return count > 0;
}

Opening stored_opening(soci::session& sql, const std::string& id) {
  Opening opening;
  sql << "SELECT id, person, account, reason, asked_at FROM opening WHERE id = :id",
      soci::into(opening.id), soci::into(opening.person), soci::into(opening.account),
      soci::into(opening.reason), soci::into(opening.asked_at), soci::use(id, "id");
  if (!sql.got_data()) {
    throw InputError("その番号の閲覧申請はありません。tomoni protected list で確かめてください。");
  }
  return opening;
}

}  // namespace

ProtectedDesk::ProtectedDesk(Session& session) : session_(&session) {}

std::string ProtectedDesk::request(const PersonId& person, std::string_view reason) {
  if (reason.empty()) {
    throw InputError("支援措置対象者の閲覧には理由が必要です。");
  }
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::RequestOpening, [&](AuditNote& note) {
    if (!is_protected(store.sql(), person)) {
      throw InputError("その番号の支援措置対象者はいません。番号を確かめてください。");
    }
    const Instant at = store.now();
    std::string id = store.new_id(at);
    const std::string why(reason);
    store.sql() << R"sql(
      INSERT INTO opening (id, person, account, reason, asked_at)
      VALUES (:id, :person, :account, :reason, :asked_at)
    )sql",
        soci::use(id, "id"), soci::use(person, "person"), soci::use(actor.name, "account"),
        soci::use(why, "reason"), soci::use(at, "asked_at");
    note.subject = person.value;
    note.detail = "opening=" + id;
    return id;
  });
}

void ProtectedDesk::approve(const std::string& request, int hours) {
  if (hours < 1 || hours > kMostHours) {
    throw InputError("承認の期間は 1 時間から 72 時間までです。");
  }
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::ApproveOpening, [&](AuditNote& note) {
    const Opening opening = stored_opening(store.sql(), request);
    if (opening.account == actor.name) {
      throw AccessRefused(AccessRefusal::SecondPersonNeeded);
    }
    const Instant at = store.now();
    const Instant until{at.milliseconds + hours * kHour};
    int approved = 0;
    store.sql() << "SELECT COUNT(*) FROM opening_approval WHERE opening = :opening",
        soci::into(approved), soci::use(request, "opening");
    if (approved > 0) {
      throw InputError("その閲覧申請は承認済みです。続ける場合は、もう一度申請してください。");
    }
    store.sql() << R"sql(
      INSERT INTO opening_approval (opening, account, approved_at, expires_at)
      VALUES (:opening, :account, :approved_at, :expires_at)
    )sql",
        soci::use(request, "opening"), soci::use(actor.name, "account"),
        soci::use(at, "approved_at"), soci::use(until, "expires_at");
    note.subject = opening.person.value;
    note.detail =
        "opening=" + opening.id + " for=" + opening.account + " hours=" + std::to_string(hours);
    return true;
  });
}

std::vector<Opening> ProtectedDesk::openings() {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ListOpenings, [&](AuditNote& note) {
    std::vector<Opening> openings;
    Opening opening;
    soci::statement rows =
        (store.sql().prepare << R"sql(
            SELECT o.id, o.person, o.account, o.reason, o.asked_at, COALESCE(a.account, ''),
                   COALESCE(a.expires_at, 0)
            FROM opening o LEFT JOIN opening_approval a ON a.opening = o.id ORDER BY o.id
          )sql",
         soci::into(opening.id), soci::into(opening.person), soci::into(opening.account),
         soci::into(opening.reason), soci::into(opening.asked_at), soci::into(opening.approved_by),
         soci::into(opening.expires_at));
    rows.execute();
    while (rows.fetch()) {
      openings.push_back(opening);
    }
    note.detail = "openings=" + std::to_string(openings.size());
    return openings;
  });
}

}  // namespace registry
