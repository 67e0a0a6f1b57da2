// SPDX-License-Identifier: Apache-2.0
#include "safety_store.hpp"

#include <utility>

#include "digest.hpp"
#include "list_text.hpp"

namespace registry {
namespace {

/// A report in the form of the table `safety_report`, which quarantine shares.
struct ReportRecord {
  SafetyReport report;
  std::string needs;
  std::string settles;
};

/// Calls `field(column, member)` for every column of `kColumns`, in its order.
template <class Report, class Text, class Field>
void report_fields(Report& report, Text& needs, Text& settles, Field field) {
  field("uuid", report.uuid);
  field("subject", report.subject);
  field("status", report.status);
  field("needs", needs);
  field("place", report.place);
  field("note", report.note);
  field("reporter", report.reporter);
  field("device", report.device);
  field("counter", report.counter);
  field("device_time", report.device_time);
  field("channel", report.channel);
  field("settles", settles);
}

constexpr const char* kColumns =
    "uuid, subject, status, needs, place, note, reporter, device, counter, device_time, channel, "
    "settles";
constexpr const char* kValues =
    ":uuid, :subject, :status, :needs, :place, :note, :reporter, :device, :counter, :device_time, "
    ":channel, :settles";

SafetyReport to_report(const ReportRecord& record) {
  SafetyReport report = record.report;
  report.needs = texts_from_json(record.needs);
  report.settles = texts_from_json(record.settles);
  return report;
}

}  // namespace

std::vector<SafetyReport> stored_reports(soci::session& sql, const EventId& event,
                                         const std::string& person) {
  ReportRecord record;
  std::string query =
      std::string("SELECT ") + kColumns + " FROM safety_report WHERE event = :of_event";
  if (!person.empty()) {
    query += " AND subject = :of_person";
  }
  query += " ORDER BY device_time, device, counter, uuid";
  soci::statement rows = prepared(sql, query, [&](soci::statement& statement) {
    report_fields(record.report, record.needs, record.settles, receiver(statement));
    statement.exchange(soci::use(event, "of_event"));
    if (!person.empty()) {
      statement.exchange(soci::use(person, "of_person"));
    }
  });
  std::vector<SafetyReport> reports;
  rows.execute();
  while (rows.fetch()) {
    reports.push_back(to_report(record));
  }
  return reports;
}

std::vector<QuarantinedReport> stored_quarantine(soci::session& sql, const EventId& event) {
  ReportRecord record;
  QuarantinedReport aside;
  std::optional<std::string> seen_by;
  std::optional<std::string> note;
  soci::statement rows =
      prepared(sql,
               std::string("SELECT ") + kColumns +
                   ", reason, received_at, reviewed_by, review_note "
                   "FROM safety_quarantine q LEFT JOIN (SELECT event AS r_event, content_hash AS "
                   "r_hash, reviewed_by, note AS review_note FROM safety_quarantine_review) r ON "
                   "r_event = q.event AND r_hash = q.content_hash WHERE q.event = :of_event "
                   "ORDER BY received_at, content_hash",
               [&](soci::statement& statement) {
                 const auto receive = receiver(statement);
                 report_fields(record.report, record.needs, record.settles, receive);
                 receive("reason", aside.reason);
                 receive("received_at", aside.received);
                 receive("reviewed_by", seen_by);
                 receive("review_note", note);
                 statement.exchange(soci::use(event, "of_event"));
               });
  std::vector<QuarantinedReport> all;
  rows.execute();
  while (rows.fetch()) {
    aside.report = to_report(record);
    aside.seen_by = seen_by.value_or("");
    aside.note = note.value_or("");
    all.push_back(aside);
  }
  return all;
}

std::size_t write_quarantine_review(soci::session& sql, const EventId& event,
                                    const std::string& uuid, const QuarantineReview& review) {
  soci::statement insert = prepared(sql, R"sql(
    INSERT INTO safety_quarantine_review (event, content_hash, note, reviewed_by, at)
    SELECT q.event, q.content_hash, :note, :reviewed_by, :at FROM safety_quarantine q
    WHERE q.event = :event AND q.uuid = :uuid AND NOT EXISTS
      (SELECT 1 FROM safety_quarantine_review r
       WHERE r.event = q.event AND r.content_hash = q.content_hash)
  )sql",
                                    [&](soci::statement& statement) {
                                      const auto bind = binder(statement);
                                      statement.exchange(soci::use(review.note, "note"));
                                      statement.exchange(soci::use(review.by, "reviewed_by"));
                                      bind("at", review.at);
                                      bind("event", event);
                                      statement.exchange(soci::use(uuid, "uuid"));
                                    });
  insert.execute(true);
  return static_cast<std::size_t>(insert.get_affected_rows());
}

std::size_t unseen_quarantine(soci::session& sql, const EventId& event) {
  long long reports = 0;
  sql << "SELECT count(*) FROM safety_quarantine q WHERE q.event = :event AND NOT EXISTS "
         "(SELECT 1 FROM safety_quarantine_review r WHERE r.event = q.event AND "
         "r.content_hash = q.content_hash)",
      soci::use(event, "event"), soci::into(reports);
  return static_cast<std::size_t>(reports);
}

std::string content_hash(const SafetyReport& report) {
  Digest digest;
  const std::string needs = to_json(report.needs);
  const std::string settles = to_json(report.settles);
  report_fields(report, needs, settles,
                [&](const char*, const auto& value) { add_stored(digest, value); });
  return to_hex(digest.finish());
}

std::unordered_map<std::string, std::string> known_reports(soci::session& sql,
                                                           const EventId& event) {
  std::string uuid;
  std::string hash;
  soci::statement rows =
      (sql.prepare << "SELECT uuid, content_hash FROM safety_report WHERE event = :event",
       soci::into(uuid), soci::into(hash), soci::use(event, "event"));
  std::unordered_map<std::string, std::string> known;
  rows.execute();
  while (rows.fetch()) {
    known.emplace(uuid, hash);
  }
  return known;
}

SafetyWriter::SafetyWriter(soci::session& sql, EventId event, Receipt receipt)
    : event_(std::move(event)),
      receipt_(std::move(receipt)),
      insert_(prepared(sql,
                       std::string("INSERT INTO safety_report (") + kColumns +
                           ", event, content_hash, received_at, received_by) VALUES (" + kValues +
                           ", :event, :content_hash, :received_at, :received_by) "
                           "ON CONFLICT (uuid) DO NOTHING",
                       [this](soci::statement& statement) {
                         const auto bind = binder(statement);
                         report_fields(std::as_const(report_), std::as_const(needs_),
                                       std::as_const(settles_), bind);
                         bind("event", std::as_const(event_));
                         bind("content_hash", std::as_const(hash_));
                         bind("received_at", std::as_const(receipt_.at));
                         bind("received_by", std::as_const(receipt_.by));
                       })),
      aside_(prepared(sql,
                      std::string("INSERT INTO safety_quarantine (") + kColumns +
                          ", event, content_hash, reason, received_at, received_by) VALUES (" +
                          kValues +
                          ", :event, :content_hash, :reason, :received_at, :received_by) "
                          "ON CONFLICT (event, content_hash) DO NOTHING",
                      [this](soci::statement& statement) {
                        const auto bind = binder(statement);
                        report_fields(std::as_const(report_), std::as_const(needs_),
                                      std::as_const(settles_), bind);
                        bind("event", std::as_const(event_));
                        bind("content_hash", std::as_const(hash_));
                        bind("reason", std::as_const(reason_));
                        bind("received_at", std::as_const(receipt_.at));
                        bind("received_by", std::as_const(receipt_.by));
                      })) {}

void SafetyWriter::set(const SafetyReport& report, const std::string& hash) {
  report_ = report;
  needs_ = to_json(report.needs);
  settles_ = to_json(report.settles);
  hash_ = hash;
}

bool SafetyWriter::write(const SafetyReport& report, const std::string& hash) {
  set(report, hash);
  insert_.execute(true);
  return insert_.get_affected_rows() > 0;
}

bool SafetyWriter::put_aside(const SafetyReport& report, const std::string& hash,
                             const std::string& reason) {
  set(report, hash);
  reason_ = reason;
  aside_.execute(true);
  return aside_.get_affected_rows() > 0;
}

}  // namespace registry
