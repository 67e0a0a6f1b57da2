// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "registry/city_import.hpp"
#include "registry/consent.hpp"
#include "registry/disclosure.hpp"
#include "registry/disclosure_policy.hpp"

namespace registry {

class Session;
using RoundId = TextId<struct ConsentRoundTag>;

/// Letters to many people at once that ask for the same consents.
struct ConsentRound {
  RoundId id;  ///< given by the store
  std::string name;
  RegisterKind register_kind = RegisterKind::Statutory;
  std::vector<ConsentScope> scopes;
  ConsentRecipients recipients;
  std::string leaflet_version;
  std::string explained_by;     ///< section that answers questions (49条の14②)
  bool silence_notice = false;  ///< the letter says that silence is taken as consent
  Date answer_by{};
};

/// Who gets a letter. Only residents on the register; never a protected person: a letter list with
/// their address must not exist, so they are left to the section in charge.
struct RoundChoice {
  std::vector<PersonId> persons;  ///< empty = everybody on the register
  std::optional<AreaRef> area;    ///< only those who live there
  bool only_unanswered = false;   ///< whoever has not answered every scope yet
};

struct NewRound {
  RoundId id;
  std::size_t letters = 0;
  std::size_t by_hand = 0;   ///< protected: left to the section in charge
  std::size_t left_out = 0;  ///< not resident, or has answered already
};

/// One letter as it will be printed.
struct ConsentLetter {
  std::string code;
  std::string mark;  ///< four characters that only this code, name and address give
  PersonId person;
  std::string name;
  std::string postcode;
  std::string address;
  bool posted = false;
  int reminders = 0;
};

struct LetterSet {
  ConsentRound round;
  std::vector<ConsentLetter> letters;
};

/// A line of an answer list that came in.
struct LetterAnswer {
  std::size_t line = 0;
  std::string code;                   ///< as typed or scanned
  std::optional<ConsentScope> scope;  ///< nothing = every scope of the round
  Answer answer = Answer::Granted;    ///< Granted or Refused
  Date answered_on{};
  ConsentMethod method = ConsentMethod::WrittenSelf;
  ConsentAgent agent;
  std::string evidence_file;
};

/// Where a round stands. `silent`: posted and not answered.
struct RoundStatus {
  ConsentRound round;
  std::size_t letters = 0;
  std::size_t posted = 0;
  std::map<ConsentScope, std::map<Answer, std::size_t>> answers;
  /// What silence amounts to under the city's ordinance: consent or not.
  std::map<ConsentScope, bool> silence_counts;
};

/// 同意の記録: statements, and rounds of letters. A desk of a session.
class ConsentBook {
 public:
  explicit ConsentBook(Session& session) : session_(&session) {}

  /// Adds a statement. Throws `InputError` for one that cannot stand (see `fault_of`) and for an
  /// unknown person or supporter.
  ConsentId record(ConsentStatement statement);
  /// Everything said by and about one person, oldest first.
  [[nodiscard]] std::vector<ConsentStatement> statements(const PersonId& person);
  [[nodiscard]] PartyConsent effective(const PersonId& person, const ConsentQuestion& question);

  /// Throws `InputError` when the round asks for nothing, or nobody is to be asked.
  NewRound new_round(ConsentRound round, const RoundChoice& choice);
  [[nodiscard]] std::vector<ConsentRound> rounds();
  /// The letters of a round for printing; the audit log names everybody in it. `reminders`: only
  /// those posted and not answered.
  [[nodiscard]] LetterSet letters(const RoundId& id, bool reminders);
  /// Compares a list about to be printed (columns コード, 照合記号, 氏名, 住所) with the registry:
  /// a list sorted in one column only puts letters into wrong envelopes.
  [[nodiscard]] std::vector<Rejected> mismatches(const RoundId& id, const Table& list);
  /// The letters have gone to the post: records the inquiry, once per person and scope, and each
  /// later time a reminder for whoever has not answered.
  std::size_t post(const RoundId& id, Instant at, bool reminder);
  /// Records answers. A mistyped or unknown code, one of another round or of a letter that was not
  /// posted, and a second answer are rejected, never guessed; the others stay.
  ImportReport answer(const RoundId& id, const std::vector<LetterAnswer>& answers);
  [[nodiscard]] RoundStatus status(const RoundId& id, const DisclosurePolicy& policy);

 private:
  Session* session_;
};

/// Reads an answer list: コード, 回答 (同意/不同意), 回答日, and where wanted 範囲, 方法,
/// 代理人氏名, 代理人続柄, 代理の根拠, 証拠ファイル.
[[nodiscard]] ParsedRows<LetterAnswer> parse_letter_answers(const Table& table);

/// A count of people for statistics: below 5 it is `*`.
[[nodiscard]] std::string statistics_cell(std::size_t count);

}  // namespace registry
