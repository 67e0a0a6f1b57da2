// SPDX-License-Identifier: Apache-2.0
#include "import_matching.hpp"

#include <algorithm>

#include "digest.hpp"
#include "list_text.hpp"
#include "person_record.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

std::string texts_of(const std::vector<PersonId>& ids) {
  std::vector<std::string> texts;
  texts.reserve(ids.size());
  for (const PersonId& id : ids) {
    texts.push_back(id.value);
  }
  return to_json(texts);
}

}  // namespace

std::string match_key(ImportKind kind, const std::string& resident_no,
                      const StatedIdentity& identity) {
  // Certificates and applications ask the same question: who is this?
  const bool resident = kind == ImportKind::Residents;
  Digest digest;
  digest.add(std::string_view(resident ? "resident" : "welfare"));
  digest.add(std::string_view(resident_no));
  digest.add(std::string_view(resident ? identity.name : search_key(identity.name)));
  digest.add(std::string_view(search_key(identity.name_kana)));
  digest.add(std::string_view(identity.birth_date ? to_iso(*identity.birth_date) : ""));
  digest.add(std::string_view(resident ? "" : search_key(identity.address)));
  return to_hex(digest.finish());
}

QuestionBook::QuestionBook(Database& database, BatchId batch, ImportKind kind)
    : batch_(std::move(batch)),
      kind_(kind),
      insert_(prepared(database.sql(), R"sql(
        INSERT INTO review_queue (batch, kind, line, reason, match_key, proposed, candidates,
                                  decision, person, decided_by)
        VALUES (:batch, :kind, :line, :reason, :match_key, :proposed, :candidates, 'open', '', '')
        ON CONFLICT (match_key) DO NOTHING
      )sql",
                       [this](soci::statement& statement) {
                         const auto bind = binder(statement);
                         bind("batch", batch_);
                         bind("kind", kind_);
                         bind("line", line_);
                         bind("reason", question_.reason);
                         bind("match_key", question_.match_key);
                         bind("proposed", question_.proposed);
                         bind("candidates", candidates_);
                       })) {
  std::string key;
  Answer answer;
  soci::statement rows =
      (database.sql().prepare << "SELECT match_key, decision, person FROM review_queue "
                                 "WHERE decision <> 'open'",
       soci::into(key), soci::into(answer.decision), soci::into(answer.person));
  rows.execute();
  while (rows.fetch()) {
    answers_.emplace(key, answer);
  }
}

std::optional<QuestionBook::Answer> QuestionBook::answer(const std::string& match_key) const {
  const auto found = answers_.find(match_key);
  return found == answers_.end() ? std::nullopt : std::optional(found->second);
}

void QuestionBook::ask(const Question& question) {
  question_ = question;
  line_ = static_cast<long long>(question.line);
  candidates_ = texts_of(question.candidates);
  insert_.execute(true);
  ++asked_;
}

SimilarPeople::SimilarPeople(Database& database)
    : query_((database.sql().prepare << R"sql(
        SELECT id, resident_no, name_key, address_key FROM person
        WHERE kana_key = :kana_key AND birth_date = :birth_date ORDER BY id
      )sql",
              soci::into(found_.person), soci::into(found_.resident_no),
              soci::into(found_.name_key), soci::into(found_.address_key),
              soci::use(kana_key_, "kana_key"), soci::use(birth_date_, "birth_date"))) {}

std::vector<SimilarPeople::Similar> SimilarPeople::find(const std::string& name_kana,
                                                        Date birth_date) {
  kana_key_ = search_key(name_kana);
  birth_date_ = birth_date;
  std::vector<Similar> people;
  if (kana_key_.empty()) {
    return people;
  }
  query_.execute();
  while (query_.fetch()) {
    people.push_back(found_);
  }
  return people;
}

PersonMatcher::PersonMatcher(Database& database, QuestionBook& questions)
    : questions_(questions),
      similar_(database),
      ids_(person_ids(database.sql())),
      digits_(common_digits(ids_)),
      birth_((database.sql().prepare << "SELECT birth_date FROM person WHERE id = :id",
              soci::into(birth_date_), soci::use(id_, "id"))) {}

PersonMatcher::Match PersonMatcher::find(std::size_t line, const std::string& resident_no,
                                         const StatedIdentity& identity) {
  Match match;
  const auto known = by_number(resident_no, match.restored);
  const bool doubtful = known && contradicts(*known, identity);
  if (known && !doubtful) {
    match.person = known;
    return match;
  }
  if (!identity.usable() && !doubtful) {
    return match;
  }
  const std::string key = match_key(questions_.kind(), resident_no, identity);
  if (const auto answer = questions_.answer(key)) {
    if (answer->decision == QueueDecision::Same) {
      match.person = answer->person;
    }
    return match;
  }
  Question asked = question(identity);
  if (doubtful) {
    asked.reason = QueueReason::NumberContradicts;
    asked.proposed = {};
    asked.candidates.insert(asked.candidates.begin(), *known);
  }
  if (asked.candidates.empty()) {
    return match;
  }
  asked.match_key = key;
  asked.line = line;
  questions_.ask(asked);
  match.asked = true;
  return match;
}

std::optional<PersonId> PersonMatcher::by_number(const std::string& number, bool& restored) const {
  if (number.empty()) {
    return std::nullopt;
  }
  auto found = ids_.find(number);
  if (found == ids_.end()) {
    if (const auto whole = with_zeros(number, digits_)) {
      found = ids_.find(*whole);
      restored = found != ids_.end();
    }
  }
  return found == ids_.end() ? std::nullopt : std::optional(found->second);
}

bool PersonMatcher::contradicts(const PersonId& person, const StatedIdentity& identity) {
  if (!identity.birth_date) {
    return false;
  }
  id_ = person.value;
  birth_.execute();
  return birth_.fetch() && birth_date_ && *birth_date_ != *identity.birth_date;
}

Question PersonMatcher::question(const StatedIdentity& identity) {
  const std::string name = search_key(identity.name);
  const std::string address = search_key(identity.address);
  Question asked;
  std::vector<PersonId> strong;
  for (const SimilarPeople::Similar& person :
       similar_.find(identity.name_kana, *identity.birth_date)) {
    asked.candidates.push_back(person.person);
    if (!address.empty() && person.address_key == address &&
        (name.empty() || person.name_key == name)) {
      strong.push_back(person.person);
    }
  }
  if (strong.size() == 1) {
    asked.proposed = strong.front();
  }
  asked.reason = asked.candidates.size() > 1 ? QueueReason::SeveralPeople
                 : strong.empty()            ? QueueReason::OtherAddress
                                             : QueueReason::UnknownNumber;
  return asked;
}

std::optional<std::string> with_zeros(const std::string& number, std::size_t digits) {
  if (number.empty() || number.size() >= digits ||
      number.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  return std::string(digits - number.size(), '0') + number;
}

}  // namespace registry
