// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "database.hpp"
#include "registry/review_queue.hpp"
#include "sql_types.hpp"

namespace registry {

/// Digest over what a row says of a person: the same row of a later file has the same one.
[[nodiscard]] std::string match_key(ImportKind kind, const std::string& resident_no,
                                    const StatedIdentity& identity);

/// A question to a person, before it stands in the queue.
struct Question {
  std::string match_key;
  std::size_t line = 0;
  QueueReason reason = QueueReason::UnknownNumber;
  PersonId proposed;
  std::vector<PersonId> candidates;
};

/// Decisions so far, and new questions of one batch.
class QuestionBook : Pinned {
 public:
  QuestionBook(Database& database, BatchId batch, ImportKind kind);

  struct Answer {
    QueueDecision decision = QueueDecision::Open;
    PersonId person;
  };
  /// Nothing when nobody has decided.
  [[nodiscard]] std::optional<Answer> answer(const std::string& match_key) const;
  /// Adds the question unless it stands there already.
  void ask(const Question& question);
  [[nodiscard]] std::size_t asked() const { return asked_; }
  [[nodiscard]] ImportKind kind() const { return kind_; }

 private:
  BatchId batch_;
  ImportKind kind_;
  Question question_;
  long long line_ = 0;
  std::string candidates_;
  std::size_t asked_ = 0;
  soci::statement insert_;
  std::unordered_map<std::string, Answer> answers_;
};

/// People who agree in kana and birth date.
class SimilarPeople : Pinned {
 public:
  explicit SimilarPeople(Database& database);

  struct Similar {
    PersonId person;
    std::string resident_no;
    std::string name_key;
    std::string address_key;
  };
  [[nodiscard]] std::vector<Similar> find(const std::string& name_kana, Date birth_date);

 private:
  std::string kana_key_;
  Date birth_date_{};
  Similar found_;
  soci::statement query_;
};

/// Finds the person a welfare row speaks of: by 宛名番号, else by kana, birth date and address.
class PersonMatcher : Pinned {
 public:
  PersonMatcher(Database& database, QuestionBook& questions);

  struct Match {
    std::optional<PersonId> person;
    bool asked = false;     ///< waits for a decision
    bool restored = false;  ///< zeros in front of the number were put back
  };
  [[nodiscard]] Match find(std::size_t line, const std::string& resident_no,
                           const StatedIdentity& identity);

 private:
  [[nodiscard]] std::optional<PersonId> by_number(const std::string& number, bool& restored) const;
  [[nodiscard]] bool contradicts(const PersonId& person, const StatedIdentity& identity);
  [[nodiscard]] Question question(const StatedIdentity& identity);

  QuestionBook& questions_;
  SimilarPeople similar_;
  std::unordered_map<std::string, PersonId> ids_;
  std::size_t digits_;
  std::string id_;
  std::optional<Date> birth_date_;
  soci::statement birth_;
};

/// Number of digits that every 宛名番号 of the store has; 0 when they differ or are no digits.
template <class Numbers>
[[nodiscard]] std::size_t common_digits(const Numbers& numbers) {
  std::size_t digits = 0;
  for (const auto& [number, rest] : numbers) {
    if (number.find_first_not_of("0123456789") != std::string::npos ||
        (digits != 0 && number.size() != digits)) {
      return 0;
    }
    digits = number.size();
  }
  return digits;
}

/// The number with the zeros a spreadsheet took, when it is shorter than all numbers are.
[[nodiscard]] std::optional<std::string> with_zeros(const std::string& number, std::size_t digits);

}  // namespace registry
