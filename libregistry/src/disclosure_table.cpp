// SPDX-License-Identifier: Apache-2.0
#include "registry/disclosure_table.hpp"

#include <algorithm>
#include <array>

#include "registry/disclosure.hpp"
#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

constexpr std::array<std::string_view, 7> kColumns = {
    "phase", "data", "recipient", "subject_consent", "supporter_consent", "ordinance", "protected"};
constexpr std::array<std::string_view, 4> kAnswers = {"verdict", "basis", "reason", "profile"};
enum Column : std::size_t {
  ColumnPhase,
  ColumnData,
  ColumnRecipient,
  ColumnSubject,
  ColumnSupporters,
  ColumnOrdinance,
  ColumnProtected
};

constexpr std::array<std::string_view, 4> kPhases = {"NORMAL", "DRILL", "OCCURRED_NO_DECISION",
                                                     "OCCURRED_DECIDED"};
constexpr std::array<std::string_view, 5> kSubjects = {"NOT_ASKED", "NO_REPLY", "GRANTED",
                                                       "REFUSED", "WITHDRAWN"};
constexpr std::array<std::string_view, 5> kSupporterWords = {"ALL", "SOME", "NONE", "NO_SUPPORTERS",
                                                             "-"};
constexpr std::array<std::string_view, 2> kFlags = {"0", "1"};

/// A word that is not in its list.
struct UnknownWord {
  Column column;
  std::string known;
};

template <std::size_t N>
std::size_t index_in(const std::array<std::string_view, N>& words, const std::string& word,
                     Column column) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) {
    std::string known;
    for (const std::string_view each : words) {
      known += (known.empty() ? "" : ", ") + std::string(each);
    }
    throw UnknownWord{column, known};
  }
  return static_cast<std::size_t>(found - words.begin());
}

/// The spellings of an enumeration, in its order.
template <class Enum, std::size_t N>
std::array<std::string_view, N> words_of() {
  std::array<std::string_view, N> words{};
  for (std::size_t i = 0; i < N; ++i) {
    words.at(i) = to_word(static_cast<Enum>(i));
  }
  return words;
}

std::vector<PartyConsent> supporters_saying(const std::string& word) {
  const PartyConsent yes{.answer = Answer::Granted, .inquired = true, .evidence = {}};
  const PartyConsent no{.answer = Answer::Refused, .inquired = true, .evidence = {}};
  if (word == "ALL") {
    return {yes};
  }
  if (word == "SOME") {
    return {yes, no};
  }
  return word == "NO_SUPPORTERS" ? std::vector<PartyConsent>{} : std::vector<PartyConsent>{no};
}

EmergencyDecision decision_for_everybody() {
  EmergencyDecision decision;
  decision.decided_by = "a";
  decision.confirmed_by = "b";
  decision.confirmed_at = Instant{0};
  decision.whole_city = true;
  decision.ends_at = Instant{kDecisionLastsMs};
  decision.data = {DataKind::Roster, DataKind::Plan};
  for (std::size_t i = 0; i < kRecipientKinds; ++i) {
    decision.kinds.push_back(static_cast<RecipientKind>(i));
  }
  return decision;
}

DisclosureDecision decide(const std::array<std::string, kColumns.size()>& words) {
  const auto recipients = words_of<RecipientKind, kRecipientKinds>();
  const auto modes = words_of<OrdinanceMode, 4>();
  const auto data = words_of<DataKind, 2>();
  const std::size_t phase = index_in(kPhases, words[ColumnPhase], ColumnPhase);
  DisclosureRequest request;
  request.phase = phase == 0 ? Phase::Normal : phase == 1 ? Phase::Drill : Phase::Occurred;
  request.data = static_cast<DataKind>(index_in(data, words[ColumnData], ColumnData));
  request.recipient =
      static_cast<RecipientKind>(index_in(recipients, words[ColumnRecipient], ColumnRecipient));
  ConsentView view;
  view.subject.answer =
      static_cast<Answer>(index_in(kSubjects, words[ColumnSubject], ColumnSubject));
  view.subject.inquired = true;
  static_cast<void>(index_in(kSupporterWords, words[ColumnSupporters], ColumnSupporters));
  view.supporters = supporters_saying(words[ColumnSupporters]);
  DisclosurePolicy policy;
  policy.roster_ordinance =
      static_cast<OrdinanceMode>(index_in(modes, words[ColumnOrdinance], ColumnOrdinance));
  policy.plan_ordinance = policy.roster_ordinance;
  policy.listed.push_back({RecipientKind::OtherListed, {}});
  request.protected_person = index_in(kFlags, words[ColumnProtected], ColumnProtected) == 1;
  const EmergencyDecision decision = decision_for_everybody();
  return decide_disclosure(request, policy, view, phase == 3 ? &decision : nullptr);
}

std::array<std::size_t, kColumns.size()> find_columns(const Table& cases) {
  std::array<std::size_t, kColumns.size()> at{};
  std::string missing;
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const auto column = cases.column(kColumns.at(i));
    if (!column) {
      missing += (missing.empty() ? "" : ", ") + std::string(kColumns.at(i));
    }
    at.at(i) = column.value_or(0);
  }
  if (!missing.empty()) {
    throw InputError("必要な列がありません(1 行目の見出し): " + missing +
                     "。見出しを直してください。");
  }
  for (const std::string_view answer : kAnswers) {
    if (cases.column(answer)) {
      throw InputError("入力に結果の列 " + std::string(answer) +
                       " があります。取り除いてから実行してください。");
    }
  }
  return at;
}

}  // namespace

DecidedTable decide_table(const Table& cases) {
  const auto at = find_columns(cases);
  DecidedTable decided;
  decided.table.header = cases.header;
  decided.table.header.insert(decided.table.header.end(), kAnswers.begin(), kAnswers.end());
  decided.table.encoding = cases.encoding;
  for (std::size_t i = 0; i < cases.rows.size(); ++i) {
    std::array<std::string, kColumns.size()> words;
    for (std::size_t column = 0; column < words.size(); ++column) {
      words.at(column) = normalized_code(cases.rows[i].at(at.at(column)));
    }
    try {
      const DisclosureDecision decision = decide(words);
      std::vector<std::string> row = cases.rows[i];
      row.resize(cases.header.size());
      row.emplace_back(to_word(decision.verdict));
      row.emplace_back(decision.basis);
      row.emplace_back(to_word(decision.reason));
      row.emplace_back(to_word(decision.profile));
      decided.table.rows.push_back(std::move(row));
      decided.table.lines.push_back(cases.lines[i]);
    } catch (const UnknownWord& unknown) {
      // The word itself is not repeated: a cell shifted by a spreadsheet may hold anything.
      decided.rejected.push_back({.line = cases.lines[i],
                                  .column = std::string(kColumns.at(unknown.column)),
                                  .code = "UNKNOWN_WORD",
                                  .message = "知らない値です。使える値: " + unknown.known});
    }
  }
  return decided;
}

}  // namespace registry
