// SPDX-License-Identifier: Apache-2.0
#include "consent_rounds.hpp"

#include <algorithm>

#include "consent_record.hpp"
#include "list_text.hpp"
#include "person_record.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

struct RoundRecord {
  ConsentRound round;
  std::string scopes;
  std::string kinds;
  std::string orgs;
  Instant at;
  std::string actor;
};

template <class Record, class Field>
void round_fields(Record& record, Field field) {
  auto& round = record.round;
  field("id", round.id);
  field("name", round.name);
  field("register_kind", round.register_kind);
  field("scopes", record.scopes);
  field("to_all", round.recipients.all);
  field("to_kinds", record.kinds);
  field("to_orgs", record.orgs);
  field("leaflet_version", round.leaflet_version);
  field("explained_by", round.explained_by);
  field("silence_notice", round.silence_notice);
  field("answer_by", round.answer_by);
  field("created_at", record.at);
  field("created_by", record.actor);
}

constexpr const char* kRoundQuery = R"sql(
  SELECT id, name, register_kind, scopes, to_all, to_kinds, to_orgs, leaflet_version,
         explained_by, silence_notice, answer_by, created_at, created_by
  FROM consent_round ORDER BY created_at, id
)sql";

void add_postings(soci::session& sql, const RoundId& round,
                  std::map<std::string, StoredLetter>& letters) {
  std::string code;
  bool reminder = false;
  Instant at;
  soci::statement rows = prepared(sql, R"sql(
      SELECT o.code, o.reminder, o.at FROM consent_posting o
      JOIN consent_letter l ON l.code = o.code WHERE l.round = :round ORDER BY o.number
    )sql",
                                  [&](soci::statement& statement) {
                                    const auto receive = receiver(statement);
                                    receive("code", code);
                                    receive("reminder", reminder);
                                    receive("at", at);
                                    statement.exchange(soci::use(round, "round"));
                                  });
  rows.execute();
  while (rows.fetch()) {
    StoredLetter& letter = letters.at(code);
    if (reminder) {
      ++letter.reminders;
    } else {
      letter.posted_at = at;
    }
  }
}

void add_answers(soci::session& sql, const RoundId& round,
                 std::map<std::string, StoredLetter>& letters) {
  std::string code;
  ConsentScope scope = ConsentScope::ProvideRoster;
  Answer answer = Answer::NotAsked;
  soci::statement rows = prepared(sql, R"sql(
      SELECT c.letter, c.scope, c.answer FROM consent c
      JOIN consent_letter l ON l.code = c.letter
      WHERE l.round = :round AND c.answer <> 'no_reply' ORDER BY c.number
    )sql",
                                  [&](soci::statement& statement) {
                                    const auto receive = receiver(statement);
                                    receive("letter", code);
                                    receive("scope", scope);
                                    receive("answer", answer);
                                    statement.exchange(soci::use(round, "round"));
                                  });
  rows.execute();
  while (rows.fetch()) {
    letters.at(code).answers[scope] = answer;
  }
}

}  // namespace

std::vector<ConsentRound> stored_rounds(soci::session& sql) {
  RoundRecord record;
  soci::statement rows = prepared(sql, kRoundQuery, [&](soci::statement& statement) {
    round_fields(record, receiver(statement));
  });
  std::vector<ConsentRound> rounds;
  rows.execute();
  while (rows.fetch()) {
    ConsentRound round = record.round;
    round.scopes.clear();
    for (const std::string& code : texts_from_json(record.scopes)) {
      round.scopes.push_back(from_code<ConsentScope>(code));
    }
    round.recipients.kinds = kinds_from_json(record.kinds);
    round.recipients.orgs = orgs_from_json(record.orgs);
    rounds.push_back(std::move(round));
  }
  return rounds;
}

ConsentRound stored_round(soci::session& sql, const RoundId& id) {
  for (ConsentRound& round : stored_rounds(sql)) {
    if (round.id == id) {
      return std::move(round);
    }
  }
  throw InputError(
      "その照会はありません。tomoni consent round status で照会の一覧を確かめてください。");
}

void insert_round(soci::session& sql, const ConsentRound& round, Instant at,
                  const std::string& actor) {
  RoundRecord record{.round = round,
                     .scopes = {},
                     .kinds = kinds_to_json(round.recipients.kinds),
                     .orgs = orgs_to_json(round.recipients.orgs),
                     .at = at,
                     .actor = actor};
  std::vector<std::string> scopes;
  for (const ConsentScope scope : round.scopes) {
    scopes.emplace_back(to_code(scope));
  }
  record.scopes = to_json(scopes);
  prepared(
      sql, R"sql(
    INSERT INTO consent_round (id, name, register_kind, scopes, to_all, to_kinds, to_orgs,
      leaflet_version, explained_by, silence_notice, answer_by, created_at, created_by)
    VALUES (:id, :name, :register_kind, :scopes, :to_all, :to_kinds, :to_orgs,
      :leaflet_version, :explained_by, :silence_notice, :answer_by, :created_at, :created_by)
  )sql",
      [&](soci::statement& statement) { round_fields(std::as_const(record), binder(statement)); })
      .execute(true);
}

std::map<std::string, StoredLetter> stored_letters(soci::session& sql, const RoundId& round) {
  std::map<std::string, StoredLetter> letters;
  std::string code;
  PersonRecord record;
  soci::statement rows = prepared(sql,
                                  std::string("SELECT l.code, ") + kPersonColumns +
                                      " FROM consent_letter l JOIN person p ON p.id = l.person "
                                      "WHERE l.round = :round ORDER BY l.code",
                                  [&](soci::statement& statement) {
                                    const auto receive = receiver(statement);
                                    receive("code", code);
                                    receive("id", record.person.id);
                                    person_columns(record, receive);
                                    statement.exchange(soci::use(round, "round"));
                                  });
  rows.execute();
  while (rows.fetch()) {
    const Person person = to_person(record);
    StoredLetter letter;
    letter.code = code;
    letter.person = person.id;
    letter.name = person.name;
    letter.postcode = person.postcode;
    letter.address = person.full_address();
    letter.reachable = person.residency == Residency::Resident && !person.is_protected();
    letters.emplace(code, std::move(letter));
  }
  add_postings(sql, round, letters);
  add_answers(sql, round, letters);
  return letters;
}

RoundId round_of(soci::session& sql, const std::string& code) {
  RoundId round;
  sql << "SELECT round FROM consent_letter WHERE code = :code", soci::use(code, "code"),
      soci::into(round.value);
  return sql.got_data() ? round : RoundId{};
}

std::string letter_mark(const std::string& code, const std::string& name,
                        const std::string& address) {
  constexpr std::string_view kLetters = "ABCDEFGHJKMNPQRSTVWXY3467";
  Digest digest;
  digest.add(code);
  digest.add(name);
  digest.add(address);
  const AuditHash hash = digest.finish();
  std::string mark;
  for (std::size_t i = 0; i < 4; ++i) {
    const unsigned value = hash.at(2 * i) * 256U + hash.at(2 * i + 1);
    mark += kLetters[value % kLetters.size()];
  }
  return mark;
}

bool answered(const StoredLetter& letter, const ConsentRound& round) {
  return std::ranges::all_of(round.scopes,
                             [&](ConsentScope scope) { return letter.answers.contains(scope); });
}

}  // namespace registry
