// SPDX-License-Identifier: Apache-2.0
#include "consent_record.hpp"

#include "list_text.hpp"

namespace registry {
namespace {

constexpr const char* kInsert = R"sql(
  INSERT INTO consent (
    id, person, supporter, register_kind, scope, to_all, to_kinds, to_orgs, answer, method,
    agent_name, agent_relation, agent_basis, asked_at, notice_sent_at, explained_at, explained_by,
    answered_at, leaflet_version, evidence_file, valid_until, letter, recorded_at, recorded_by)
  VALUES (
    :id, :person, :supporter, :register_kind, :scope, :to_all, :to_kinds, :to_orgs, :answer,
    :method, :agent_name, :agent_relation, :agent_basis, :asked_at, :notice_sent_at,
    :explained_at, :explained_by, :answered_at, :leaflet_version, :evidence_file, :valid_until,
    :letter, :recorded_at, :recorded_by)
)sql";

/// Midnight in Tokyo at the beginning of the day.
Instant begin_of(Date day) {
  constexpr std::int64_t kTokyoMs = std::int64_t{9} * 3'600'000;
  const auto since = std::chrono::sys_days(day).time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count() - kTokyoMs};
}

void add_applications(soci::session& sql, const std::string& only, ConsentFile& file) {
  std::string query =
      "SELECT person, joined_on FROM register_entry WHERE kind = 'voluntary' AND left_on IS NULL";
  if (!only.empty()) {
    query += " AND person = :person";
  }
  PersonId person;
  Date joined;
  soci::statement rows = prepared(sql, query, [&](soci::statement& statement) {
    const auto receive = receiver(statement);
    receive("person", person);
    receive("joined_on", joined);
    if (!only.empty()) {
      statement.exchange(soci::use(only, "person"));
    }
  });
  rows.execute();
  while (rows.fetch()) {
    ConsentStatement applied;
    applied.person = person;
    applied.register_kind = RegisterKind::Voluntary;
    applied.scope = ConsentScope::ProvideRoster;
    applied.answer = Answer::Granted;
    applied.answered_at = begin_of(joined);
    file.subjects[person].push_back(applied);
  }
}

}  // namespace

std::string kinds_to_json(const std::vector<RecipientKind>& kinds) {
  std::vector<std::string> words;
  words.reserve(kinds.size());
  for (const RecipientKind kind : kinds) {
    words.emplace_back(to_code(kind));
  }
  return to_json(words);
}

std::vector<RecipientKind> kinds_from_json(const std::string& json) {
  std::vector<RecipientKind> kinds;
  for (const std::string& word : texts_from_json(json)) {
    kinds.push_back(from_code<RecipientKind>(word));
  }
  return kinds;
}

std::string orgs_to_json(const std::vector<OrgId>& orgs) {
  std::vector<std::string> texts;
  texts.reserve(orgs.size());
  for (const OrgId& org : orgs) {
    texts.push_back(org.value);
  }
  return to_json(texts);
}

std::vector<OrgId> orgs_from_json(const std::string& json) {
  std::vector<OrgId> orgs;
  for (std::string& text : texts_from_json(json)) {
    orgs.push_back({std::move(text)});
  }
  return orgs;
}

ConsentRecord to_record(const ConsentStatement& statement) {
  ConsentRecord record;
  record.statement = statement;
  if (!statement.person.empty()) {
    record.person = statement.person;
  }
  if (!statement.supporter.empty()) {
    record.supporter = statement.supporter;
  }
  record.kinds = kinds_to_json(statement.recipients.kinds);
  record.orgs = orgs_to_json(statement.recipients.orgs);
  return record;
}

ConsentStatement to_statement(const ConsentRecord& record) {
  ConsentStatement statement = record.statement;
  statement.person = record.person.value_or(PersonId{});
  statement.supporter = record.supporter.value_or(SupporterId{});
  statement.recipients.kinds = kinds_from_json(record.kinds);
  statement.recipients.orgs = orgs_from_json(record.orgs);
  return statement;
}

ConsentWriter::ConsentWriter(soci::session& sql)
    : insert_(prepared(sql, kInsert, [this](soci::statement& statement) {
        consent_fields(std::as_const(record_), binder(statement));
      })) {}

void ConsentWriter::write(const ConsentStatement& statement) {
  record_ = to_record(statement);
  insert_.execute(true);
}

std::vector<ConsentStatement> ConsentFile::of_supporter(const SupporterId& supporter,
                                                        const PersonId& person) const {
  std::vector<ConsentStatement> about;
  const auto said = supporters.find(supporter);
  if (said == supporters.end()) {
    return about;
  }
  for (const ConsentStatement& each : said->second) {
    if (each.person.empty() || each.person == person) {
      about.push_back(each);
    }
  }
  return about;
}

ConsentFile stored_consents(soci::session& sql, const std::string& person) {
  ConsentFile file;
  add_applications(sql, person, file);
  std::string query = std::string("SELECT number, ") + kConsentColumns + " FROM consent";
  if (!person.empty()) {
    query += R"sql(
      WHERE person = :person OR (person IS NULL AND supporter IN
        (SELECT supporter FROM supporter_link WHERE person = :helped))
    )sql";
  }
  query += " ORDER BY number";
  ConsentRecord record;
  long long number = 0;
  soci::statement rows = prepared(sql, query, [&](soci::statement& statement) {
    statement.exchange(soci::into(number));
    consent_fields(record, receiver(statement));
    if (!person.empty()) {
      statement.exchange(soci::use(person, "person"));
      statement.exchange(soci::use(person, "helped"));
    }
  });
  rows.execute();
  while (rows.fetch()) {
    ConsentStatement statement = to_statement(record);
    statement.number = number;
    if (statement.supporter.empty()) {
      file.subjects[statement.person].push_back(std::move(statement));
    } else {
      file.supporters[statement.supporter].push_back(std::move(statement));
    }
  }
  return file;
}

}  // namespace registry
