// SPDX-License-Identifier: Apache-2.0
#include "registry/alert_desk.hpp"

#include "database.hpp"
#include "digest.hpp"
#include "list_text.hpp"
#include "registry/error.hpp"
#include "stored_rows.hpp"

namespace registry {
namespace {

/// A notice in the form of the table `alert_notice`.
struct NoticeRecord {
  AlertNotice notice;
  std::string document;
  std::string areas;
};

template <class Record, class Field>
void notice_fields(Record& record, Field field) {
  auto& notice = record.notice;
  field("id", notice.id);
  field("document", record.document);
  field("level", notice.level);
  field("hazard", notice.hazard);
  field("whole_city", notice.whole_city);
  field("areas", record.areas);
  field("status", notice.status);
  field("title", notice.title);
  field("ordered", notice.order);
}

/// Code and name by turns.
std::string areas_text(const std::vector<AlertArea>& areas) {
  std::vector<std::string> words;
  words.reserve(2 * areas.size());
  for (const AlertArea& area : areas) {
    words.push_back(area.code);
    words.push_back(area.name);
  }
  return to_json(words);
}

std::vector<AlertArea> areas_of(const std::string& json) {
  const std::vector<std::string> words = texts_from_json(json);
  std::vector<AlertArea> areas;
  areas.reserve(words.size() / 2);
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    areas.push_back({words[i], words[i + 1]});
  }
  return areas;
}

bool holds(soci::session& sql, const std::string& query, const std::string& value) {
  int rows = 0;
  sql << query, soci::use(value, "value"), soci::into(rows);
  return rows > 0;
}

bool was_taken(soci::session& sql, const std::string& digest) {
  return holds(sql, "SELECT count(*) FROM alert_file WHERE digest = :value AND reason = ''",
               digest);
}

void write_file(soci::session& sql, const std::string& digest, const std::string& reason,
                const std::vector<std::string>& doubts, const Actor& actor, Instant at) {
  const std::string doubt_list = to_json(doubts);
  prepared(sql,
           "INSERT INTO alert_file (digest, reason, doubts, taken_at, taken_by) "
           "VALUES (:digest, :reason, :doubts, :taken_at, :taken_by)",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             bind("digest", digest);
             bind("reason", reason);
             bind("doubts", doubt_list);
             bind("taken_at", at);
             bind("taken_by", actor.name);
           })
      .execute(true);
}

void write_document(soci::session& sql, const AlertDocument& document) {
  const bool doubtful = !document.doubts.empty();
  prepared(sql,
           "INSERT INTO alert_document (id, series, issuer, title, issued, doubtful) "
           "VALUES (:id, :series, :issuer, :title, :issued, :doubtful)",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             bind("id", document.id);
             bind("series", document.series);
             bind("issuer", document.issuer);
             bind("title", document.title);
             bind("issued", document.issued);
             bind("doubtful", doubtful);
           })
      .execute(true);
  for (const AlertNotice& notice : document.notices) {
    const NoticeRecord record{
        .notice = notice, .document = document.id, .areas = areas_text(notice.areas)};
    prepared(sql, R"sql(
      INSERT INTO alert_notice (id, document, level, hazard, whole_city, areas, status, title,
        ordered)
      VALUES (:id, :document, :level, :hazard, :whole_city, :areas, :status, :title, :ordered)
    )sql",
             [&](soci::statement& statement) { notice_fields(record, binder(statement)); })
        .execute(true);
  }
}

std::vector<AlertNotice> stored_notices(soci::session& sql, const AlertDocument& document) {
  NoticeRecord record;
  return stored_rows(
      sql,
      "SELECT id, document, level, hazard, whole_city, areas, status, title, ordered "
      "FROM alert_notice WHERE document = :of ORDER BY id",
      [&](soci::statement& statement) {
        notice_fields(record, receiver(statement));
        statement.exchange(soci::use(document.id, "of"));
      },
      [&] {
        AlertNotice notice = record.notice;
        notice.issuer = document.issuer;
        notice.issued = document.issued;
        notice.areas = areas_of(record.areas);
        return notice;
      });
}

/// Documents issued since, with their notices.
std::vector<AlertDocument> stored_documents(soci::session& sql, Instant from) {
  AlertDocument document;
  bool doubtful = false;
  auto documents = stored_rows(
      sql,
      "SELECT id, series, issuer, title, issued, doubtful FROM alert_document "
      "WHERE issued >= :from ORDER BY issued, id",
      [&](soci::statement& statement) {
        const auto receive = receiver(statement);
        receive("id", document.id);
        receive("series", document.series);
        receive("issuer", document.issuer);
        receive("title", document.title);
        receive("issued", document.issued);
        receive("doubtful", doubtful);
        statement.exchange(soci::use(from, "from"));
      },
      [&] {
        AlertDocument stored = document;
        if (doubtful) {
          stored.doubts.emplace_back("?");  // which ones stands in `alert_file`
        }
        return stored;
      });
  for (AlertDocument& each : documents) {
    each.notices = stored_notices(sql, each);
  }
  return documents;
}

}  // namespace

AlertIntake AlertDesk::take(std::string_view xml, const AlertRules& rules,
                            const std::string& city_code) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::TakeAlerts, [&](AuditNote& note) {
    AlertIntake intake;
    Digest sum;
    sum.add(xml);
    const std::string digest = to_hex(sum.finish());
    if (was_taken(store.sql(), digest)) {
      intake.outcome = AlertOutcome::Known;
      note.detail = "known";
      return intake;
    }
    const Instant now = store.now();
    try {
      intake.document = read_alert(xml, rules, {.city_code = city_code, .now = now});
      if (holds(store.sql(), "SELECT count(*) FROM alert_document WHERE id = :value",
                intake.document.id)) {
        throw InputError("同じ番号の電文を、違う内容ですでに受け取っています。");
      }
      intake.outcome = AlertOutcome::Taken;
    } catch (const InputError& error) {
      intake.reason = error.what();
    }
    write_file(store.sql(), digest, intake.reason, intake.document.doubts, actor, now);
    if (intake.outcome == AlertOutcome::Taken) {
      write_document(store.sql(), intake.document);
    }
    note.detail = intake.outcome == AlertOutcome::Taken
                      ? "taken notices=" + std::to_string(intake.document.notices.size()) +
                            " doubts=" + std::to_string(intake.document.doubts.size())
                      : "refused";
    return intake;
  });
}

std::vector<AlertNotice> AlertDesk::in_force(Instant from) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ListAlerts, [&](AuditNote& note) {
    std::vector<AlertNotice> notices = alerts_in_force(stored_documents(store.sql(), from));
    note.detail = "in force=" + std::to_string(notices.size());
    return notices;
  });
}

}  // namespace registry
