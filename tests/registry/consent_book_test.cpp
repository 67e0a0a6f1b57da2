// SPDX-License-Identifier: Apache-2.0
#include "registry/consent_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/error.hpp"
#include "share_fixture.hpp"

namespace registry {
namespace {

using testing::HasSubstr;

class ConsentBookTest : public ShareTest {
 protected:
  static ConsentRound round(bool silence_notice = false) {
    ConsentRound round;
    round.name = "令和8年度";
    round.scopes = {ConsentScope::ProvideRoster};
    round.leaflet_version = "2026-04";
    round.explained_by = "危機管理課";
    round.silence_notice = silence_notice;
    round.answer_by = support::test_day();
    return round;
  }

  static LetterAnswer answer(const std::string& code, Answer what = Answer::Granted) {
    LetterAnswer answer;
    answer.line = 2;
    answer.code = code;
    answer.answer = what;
    answer.answered_on = support::test_day();
    return answer;
  }

  PartyConsent effective(const PersonId& person) {
    return ConsentBook(*session_).effective(person, {.register_kind = RegisterKind::Statutory,
                                                     .scope = ConsentScope::ProvideRoster,
                                                     .recipient = RecipientKind::Fire,
                                                     .org = {},
                                                     .at = now()});
  }
};

TEST_F(ConsentBookTest, AStatementComesBackWithEveryField) {
  people({"1"});
  ConsentStatement written;
  written.person = ids_[0];
  written.scope = ConsentScope::ProvidePlan;
  written.recipients = {
      .all = false, .kinds = {RecipientKind::Minsei, RecipientKind::Fire}, .orgs = {{"ORG"}}};
  written.answer = Answer::Granted;
  written.method = ConsentMethod::WrittenByScribe;
  written.agent = {.name = "見本 代子", .relation = "長女", .basis = AgentBasis::Family};
  written.asked_at = now();
  written.notice_sent_at = now();
  written.explained_at = now();
  written.explained_by = "担当";
  written.answered_at = now();
  written.leaflet_version = "2026-04";
  written.evidence_file = "box-1/0001.pdf";
  written.valid_until = Date{std::chrono::year(2027), std::chrono::month(3), std::chrono::day(31)};
  const ConsentId id = ConsentBook(*session_).record(written);
  const auto stored = ConsentBook(*session_).statements(ids_[0]);
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_EQ(stored[0].id, id);
  EXPECT_EQ(stored[0].scope, written.scope);
  EXPECT_EQ(stored[0].recipients.kinds, written.recipients.kinds);
  EXPECT_EQ(stored[0].recipients.orgs, written.recipients.orgs);
  EXPECT_FALSE(stored[0].recipients.all);
  EXPECT_EQ(stored[0].agent.name, written.agent.name);
  EXPECT_EQ(stored[0].agent.basis, AgentBasis::Family);
  EXPECT_EQ(stored[0].method, written.method);
  EXPECT_EQ(stored[0].asked_at, written.asked_at);
  EXPECT_EQ(stored[0].notice_sent_at, written.notice_sent_at);
  EXPECT_EQ(stored[0].explained_at, written.explained_at);
  EXPECT_EQ(stored[0].answered_at, written.answered_at);
  EXPECT_EQ(stored[0].valid_until, written.valid_until);
  EXPECT_EQ(stored[0].evidence_file, written.evidence_file);
  EXPECT_EQ(stored[0].recorded_by, "tester");
}

TEST_F(ConsentBookTest, AStatementIsNeverChangedOrDeleted) {
  people({"1"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  EXPECT_ANY_THROW(sql() << "UPDATE consent SET answer = 'refused'");
  EXPECT_ANY_THROW(sql() << "DELETE FROM consent");
  say(ids_[0], Answer::Withdrawn, ConsentScope::ProvideRoster);
  EXPECT_EQ(count("SELECT count(*) FROM consent"), 2U);
  EXPECT_EQ(effective(ids_[0]).answer, Answer::Withdrawn);
}

TEST_F(ConsentBookTest, AFaultyStatementOrAnUnknownPersonLeavesNothingBehind) {
  people({"1"});
  ConsentStatement statement;
  statement.person = {"nobody"};
  statement.answer = Answer::Granted;
  statement.method = ConsentMethod::Oral;
  statement.answered_at = now();
  EXPECT_THROW(ConsentBook(*session_).record(statement), InputError);
  statement.person = ids_[0];
  statement.method = ConsentMethod::None;
  EXPECT_THROW(ConsentBook(*session_).record(statement), InputError);
  EXPECT_EQ(count("SELECT count(*) FROM consent"), 0U);
}

TEST_F(ConsentBookTest, RecordingAndShowingStandInTheAuditLog) {
  people({"1"});
  say(ids_[0], Answer::Granted, ConsentScope::ProvideRoster);
  (void)ConsentBook(*session_).statements(ids_[0]);
  (void)ConsentBook(*session_).statements({"見本 太郎"});
  const auto log = session_->audit_log();
  ASSERT_GE(log.size(), 3U);
  EXPECT_EQ(log[log.size() - 3].action, "record_consent");
  EXPECT_EQ(log[log.size() - 3].subject, ids_[0].value);
  EXPECT_EQ(log[log.size() - 2].action, "show_consents");
  EXPECT_EQ(log.back().subject, "");  // what was typed may be a name
}

TEST_F(ConsentBookTest, ARoundWritesOneLetterPerResidentAndNoneToTheProtected) {
  auto rows = support::residents({"1", "2", "3"});
  rows.rows[1].person.protective_measure = ProtectiveMeasure::Active;
  register_people(rows);
  ConsentBook book(*session_);
  const NewRound opened = book.new_round(round(), {});
  EXPECT_EQ(opened.letters, 2U);
  EXPECT_EQ(opened.by_hand, 1U);
  const LetterSet set = book.letters(opened.id, false);
  ASSERT_EQ(set.letters.size(), 2U);
  for (const ConsentLetter& letter : set.letters) {
    EXPECT_NE(letter.person, ids_[1]);
    EXPECT_EQ(letter.mark.size(), 4U);
    EXPECT_THAT(letter.address, HasSubstr("見本市中町一丁目"));
  }
  EXPECT_EQ(set.letters[0].code.find(ids_[0].value), std::string::npos);
}

TEST_F(ConsentBookTest, OnlyThoseWhoHaveNotAnsweredOrLiveThereCanBeChosen) {
  people({"1", "2", "3"});
  say(ids_[0], Answer::Refused, ConsentScope::ProvideRoster);
  put_in_area(ids_[0], AreaLevel::Town, "T");
  put_in_area(ids_[1], AreaLevel::Town, "T");
  RoundChoice choice;
  choice.only_unanswered = true;
  EXPECT_EQ(ConsentBook(*session_).new_round(round(), choice).letters, 2U);
  choice.area = AreaRef{AreaLevel::Town, "T"};
  EXPECT_EQ(ConsentBook(*session_).new_round(round(), choice).letters, 1U);
  choice = {};
  choice.persons = {ids_[2]};
  EXPECT_EQ(ConsentBook(*session_).new_round(round(), choice).letters, 1U);
  choice.persons = {{"nobody"}};
  EXPECT_THROW(ConsentBook(*session_).new_round(round(), choice), InputError);
}

TEST_F(ConsentBookTest, ARoundNeedsScopeLeafletAndDate) {
  people({"1"});
  ConsentRound bad = round();
  bad.leaflet_version.clear();
  EXPECT_THROW(ConsentBook(*session_).new_round(bad, {}), InputError);
  bad = round();
  bad.scopes.clear();
  EXPECT_THROW(ConsentBook(*session_).new_round(bad, {}), InputError);
  bad = round();
  bad.answer_by = {};
  EXPECT_THROW(ConsentBook(*session_).new_round(bad, {}), InputError);
}

TEST_F(ConsentBookTest, PostingRecordsTheInquiryAndAnAnswerTakesItsPlace) {
  people({"1", "2"});
  ConsentBook book(*session_);
  const RoundId id = book.new_round(round(true), {}).id;
  EXPECT_EQ(effective(ids_[0]).answer, Answer::NotAsked);
  EXPECT_EQ(book.post(id, now(), false), 2U);
  EXPECT_EQ(book.post(id, now(), false), 0U);  // once only
  const PartyConsent silent = effective(ids_[0]);
  EXPECT_EQ(silent.answer, Answer::NoReply);
  EXPECT_TRUE(silent.inquired);
  const LetterSet set = book.letters(id, false);
  const ImportReport report = book.answer(id, {answer(set.letters[0].code)});
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(effective(set.letters[0].person).answer, Answer::Granted);
  EXPECT_EQ(effective(set.letters[1].person).answer, Answer::NoReply);
}

TEST_F(ConsentBookTest, WhatCannotBeMatchedIsReportedAndNeverGuessed) {
  people({"1", "2", "3"});
  ConsentBook book(*session_);
  const RoundId id = book.new_round(round(), {}).id;
  const RoundId other = book.new_round(round(), {}).id;
  book.post(id, now(), false);
  const auto mine = book.letters(id, false).letters;
  const auto theirs = book.letters(other, false).letters;
  std::string mistyped = mine[0].code;
  mistyped[0] = mistyped[0] == 'A' ? 'B' : 'A';
  const std::string unknown = "0000-0000-000";  // fits its check character, was never given out
  LetterAnswer unasked = answer(mine[2].code);
  unasked.scope = ConsentScope::JoinDrill;
  const ImportReport report = book.answer(
      id, {answer(mine[0].code), answer(mine[0].code), answer(mistyped), answer(unknown),
           answer(theirs[0].code), unasked, answer(mine[1].code, Answer::Refused)});
  EXPECT_EQ(report.added, 2U);
  std::vector<std::string> codes;
  for (const Rejected& rejected : report.rejected) {
    codes.push_back(rejected.code);
    EXPECT_THAT(rejected.message, testing::Not(HasSubstr("見本")));
  }
  EXPECT_EQ(codes, (std::vector<std::string>{"SECOND_ANSWER", "CODE_MISTYPED", "UNKNOWN_CODE",
                                             "OTHER_ROUND", "SCOPE_NOT_ASKED"}));
  EXPECT_EQ(effective(mine[0].person).answer, Answer::Granted);
  EXPECT_EQ(effective(mine[1].person).answer, Answer::Refused);
  EXPECT_EQ(book.answer(other, {answer(theirs[0].code)}).rejected.at(0).code, "NOT_POSTED");
}

TEST_F(ConsentBookTest, RemindersGoToThoseWhoAreSilent) {
  people({"1", "2"});
  ConsentBook book(*session_);
  const RoundId id = book.new_round(round(), {}).id;
  EXPECT_TRUE(book.letters(id, true).letters.empty());  // nothing was posted yet
  book.post(id, now(), false);
  const auto letters = book.letters(id, false).letters;
  book.answer(id, {answer(letters[0].code)});
  const auto silent = book.letters(id, true).letters;
  ASSERT_EQ(silent.size(), 1U);
  EXPECT_EQ(silent[0].code, letters[1].code);
  EXPECT_EQ(book.post(id, now(), true), 1U);
  EXPECT_EQ(book.letters(id, true).letters[0].reminders, 1);
  EXPECT_EQ(count("SELECT count(*) FROM consent WHERE answer = 'no_reply'"), 2U);
}

TEST_F(ConsentBookTest, WhatSilenceMeansFollowsTheOrdinanceOfEachKindOfData) {
  people({"1"});
  ConsentBook book(*session_);
  ConsentRound asks = round(true);
  asks.scopes = {ConsentScope::ProvideRoster, ConsentScope::ProvidePlan, ConsentScope::CreatePlan};
  const RoundId with_notice = book.new_round(asks, {}).id;
  asks.silence_notice = false;
  const RoundId without = book.new_round(asks, {}).id;
  DisclosurePolicy policy;
  policy.roster_ordinance = OrdinanceMode::PresumedAfterInquiry;
  policy.plan_ordinance = OrdinanceMode::OptOut;
  auto counts = book.status(with_notice, policy).silence_counts;
  EXPECT_TRUE(counts[ConsentScope::ProvideRoster]);
  EXPECT_TRUE(counts[ConsentScope::ProvidePlan]);
  EXPECT_FALSE(counts[ConsentScope::CreatePlan]);  // no ordinance makes a plan for the silent
  counts = book.status(without, policy).silence_counts;
  EXPECT_FALSE(counts[ConsentScope::ProvideRoster]);
  EXPECT_TRUE(counts[ConsentScope::ProvidePlan]);
  counts = book.status(with_notice, {}).silence_counts;
  EXPECT_FALSE(counts[ConsentScope::ProvideRoster]);
}

TEST_F(ConsentBookTest, StatusCountsAnswersByScope) {
  people({"1", "2", "3"});
  ConsentBook book(*session_);
  const RoundId id = book.new_round(round(), {}).id;
  book.post(id, now(), false);
  const auto letters = book.letters(id, false).letters;
  book.answer(id, {answer(letters[0].code), answer(letters[1].code, Answer::Refused)});
  RoundStatus status = book.status(id, {});
  auto& answers = status.answers[ConsentScope::ProvideRoster];
  EXPECT_EQ(status.letters, 3U);
  EXPECT_EQ(status.posted, 3U);
  EXPECT_EQ(answers[Answer::Granted], 1U);
  EXPECT_EQ(answers[Answer::Refused], 1U);
  EXPECT_EQ(answers[Answer::NoReply], 1U);
}

TEST_F(ConsentBookTest, AListSortedInOneColumnOnlyIsCaughtBeforeItIsPrinted) {
  people({"1", "2"});
  ConsentBook book(*session_);
  const RoundId id = book.new_round(round(), {}).id;
  const auto letters = book.letters(id, false).letters;
  Table list;
  list.header = {"コード", "照合記号", "氏名", "住所"};
  for (const ConsentLetter& letter : letters) {
    list.rows.push_back({letter.code, letter.mark, letter.name, letter.address});
    list.lines.push_back(list.rows.size() + 1);
  }
  EXPECT_TRUE(book.mismatches(id, list).empty());
  std::swap(list.rows[0][2], list.rows[1][2]);  // the names, and nothing else
  const auto faults = book.mismatches(id, list);
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0].code, "LETTER_MISMATCH");
  EXPECT_EQ(faults[0].line, 2U);
  EXPECT_THAT(faults[0].message, testing::Not(HasSubstr("見本")));
  std::swap(list.rows[0][2], list.rows[1][2]);
  list.rows[1] = list.rows[0];
  EXPECT_EQ(book.mismatches(id, list).at(0).code, "CODE_TWICE");
  list.header[1] = "記号";
  EXPECT_THROW((void)book.mismatches(id, list), InputError);
}

TEST_F(ConsentBookTest, WhoeverMovedSinceThePrintIsCaught) {
  people({"1"});
  ConsentBook book(*session_);
  const RoundId id = book.new_round(round(), {}).id;
  const auto letter = book.letters(id, false).letters.at(0);
  Table list;
  list.header = {"コード", "照合記号", "氏名", "住所"};
  list.rows = {{letter.code, letter.mark, letter.name, letter.address}};
  list.lines = {2};
  auto moved = support::residents({"1"});
  moved.rows[0].person.address = "見本市西町三丁目";
  session_->import_residents(moved);
  EXPECT_EQ(book.mismatches(id, list).at(0).code, "LETTER_MISMATCH");
}

TEST(LetterAnswers, AreReadLineByLine) {
  const Table table = read_csv(
      "コード,回答,回答日,範囲,方法,代理人氏名,代理人続柄,代理の根拠\n"
      "ABCD,同意,令和8年5月1日,,,,,\n"
      "ABCD,たぶん,2026-05-01,,,,,\n"
      "ABCD,不同意,5月,,,,,\n"
      "ABCD,不同意,2026-05-01,全部,,,,\n"
      "ABCD,不同意,2026-05-01,計画提供,書面（代筆）,髙橋 代,子,家族\n"
      "ABCD,不同意,2026-05-01,,手紙,,,\n");
  const auto parsed = parse_letter_answers(table);
  ASSERT_EQ(parsed.rows.size(), 2U);
  EXPECT_EQ(parsed.rows[0].answered_on, support::test_day());
  EXPECT_EQ(parsed.rows[1].scope, ConsentScope::ProvidePlan);
  EXPECT_EQ(parsed.rows[1].agent.name, "髙橋 代");
  EXPECT_EQ(parsed.rows[1].method, ConsentMethod::WrittenByScribe);
  std::vector<std::string> codes;
  for (const Rejected& each : parsed.report.rejected) {
    codes.push_back(each.code);
  }
  EXPECT_EQ(codes, (std::vector<std::string>{"ANSWER_UNKNOWN", "DATE_UNREADABLE", "SCOPE_UNKNOWN",
                                             "METHOD_UNKNOWN"}));
  EXPECT_THROW((void)parse_letter_answers(read_csv("コード,回答\nA,同意\n")), InputError);
}

TEST(Statistics, CellsBelowFiveAreHidden) {
  EXPECT_EQ(statistics_cell(0), "*");
  EXPECT_EQ(statistics_cell(4), "*");
  EXPECT_EQ(statistics_cell(5), "5");
}

}  // namespace
}  // namespace registry
