// SPDX-License-Identifier: Apache-2.0
#include "registry/consent.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "registry/letter_code.hpp"
#include "support/fake_clock.hpp"

namespace registry {
namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kStart = 1'777'593'600'000;  // 2026-05-01T00:00:00Z

Instant day(std::int64_t number) {
  return {kStart + number * kDay};
}

/// An answer given on a day, to everybody.
ConsentStatement said(Answer answer, std::int64_t on) {
  static std::int64_t number = 0;
  ConsentStatement statement;
  statement.number = ++number;
  statement.id = {"C" + std::to_string(number)};
  statement.person = {"P"};
  statement.answer = answer;
  statement.method = ConsentMethod::WrittenSelf;
  statement.answered_at = day(on);
  return statement;
}

ConsentStatement asked(std::int64_t on, bool notice) {
  ConsentStatement statement = said(Answer::NoReply, on);
  statement.answered_at.reset();
  statement.method = ConsentMethod::None;
  statement.asked_at = day(on);
  if (notice) {
    statement.notice_sent_at = day(on);
  }
  return statement;
}

ConsentQuestion question(RecipientKind kind = RecipientKind::Fire, std::int64_t on = 100) {
  return {.register_kind = RegisterKind::Statutory,
          .scope = ConsentScope::ProvideRoster,
          .recipient = kind,
          .org = {"ORG"},
          .at = day(on)};
}

Answer answer_of(const std::vector<ConsentStatement>& statements,
                 const ConsentQuestion& asked_for = question()) {
  return effective_consent(statements, asked_for).answer;
}

TEST(EffectiveConsent, WithoutAStatementNobodyWasAsked) {
  const PartyConsent party = effective_consent({}, question());
  EXPECT_EQ(party.answer, Answer::NotAsked);
  EXPECT_TRUE(party.evidence.empty());
}

TEST(EffectiveConsent, TheNewestAnswerCountsAndIsTheEvidence) {
  const auto yes = said(Answer::Granted, 1);
  const auto no = said(Answer::Withdrawn, 2);
  const auto again = said(Answer::Granted, 3);
  EXPECT_EQ(answer_of({yes, no}), Answer::Withdrawn);
  EXPECT_EQ(answer_of({no, yes}), Answer::Withdrawn);  // in any order
  EXPECT_EQ(effective_consent(std::vector{yes, no, again}, question()).evidence, again.id);
}

TEST(EffectiveConsent, OfTwoAnswersOfOneMomentTheLaterRecordedCounts) {
  EXPECT_EQ(answer_of({said(Answer::Granted, 1), said(Answer::Refused, 1)}), Answer::Refused);
}

TEST(EffectiveConsent, AnAnswerCountsFromItsOwnMoment) {
  const auto yes = said(Answer::Granted, 10);
  EXPECT_EQ(answer_of({yes}, question(RecipientKind::Fire, 9)), Answer::NotAsked);
  EXPECT_EQ(answer_of({yes}, question(RecipientKind::Fire, 10)), Answer::Granted);
}

TEST(EffectiveConsent, ANewInquiryDoesNotUndoAnAnswer) {
  EXPECT_EQ(answer_of({said(Answer::Granted, 1), asked(2, true)}), Answer::Granted);
  EXPECT_EQ(answer_of({said(Answer::Refused, 1), asked(2, true)}), Answer::Refused);
}

TEST(EffectiveConsent, SilenceIsPresumedOnlyAfterAWrittenNotice) {
  const PartyConsent without = effective_consent(std::vector{asked(1, false)}, question());
  EXPECT_EQ(without.answer, Answer::NoReply);
  EXPECT_FALSE(counts_as_consent(without, OrdinanceMode::PresumedAfterInquiry));
  EXPECT_TRUE(counts_as_consent(without, OrdinanceMode::OptOut));
  EXPECT_FALSE(counts_as_consent(without, OrdinanceMode::Statute));
  const PartyConsent with = effective_consent(std::vector{asked(1, true)}, question());
  EXPECT_TRUE(counts_as_consent(with, OrdinanceMode::PresumedAfterInquiry));
  EXPECT_FALSE(counts_as_consent(with, OrdinanceMode::Statute));
}

TEST(EffectiveConsent, ScopesAndRegistersAreApart) {
  auto yes = said(Answer::Granted, 1);
  yes.scope = ConsentScope::CreatePlan;
  EXPECT_EQ(answer_of({yes}), Answer::NotAsked);
  yes.scope = ConsentScope::ProvideRoster;
  yes.register_kind = RegisterKind::Voluntary;
  EXPECT_EQ(answer_of({yes}), Answer::NotAsked);
}

TEST(EffectiveConsent, ARefusalForOneKindLeavesTheOthers) {
  auto no = said(Answer::Refused, 2);
  no.recipients = {.all = false, .kinds = {RecipientKind::Police}, .orgs = {}};
  const std::vector<ConsentStatement> both = {said(Answer::Granted, 1), no};
  EXPECT_EQ(answer_of(both, question(RecipientKind::Police)), Answer::Refused);
  EXPECT_EQ(answer_of(both, question(RecipientKind::Fire)), Answer::Granted);
}

TEST(EffectiveConsent, AStatementMayNameOneOrganisation) {
  auto yes = said(Answer::Granted, 1);
  yes.recipients = {.all = false, .kinds = {}, .orgs = {{"ORG"}}};
  EXPECT_EQ(answer_of({yes}), Answer::Granted);
  ConsentQuestion other = question();
  other.org = {"OTHER"};
  EXPECT_EQ(answer_of({yes}, other), Answer::NotAsked);
}

TEST(EffectiveConsent, AConsentThatRanOutCountsNoMoreAndAnOlderRefusalStands) {
  auto limited = said(Answer::Granted, 2);
  limited.valid_until = tokyo_date(day(50));
  EXPECT_EQ(answer_of({limited}, question(RecipientKind::Fire, 50)), Answer::Granted);
  EXPECT_EQ(answer_of({limited}, question(RecipientKind::Fire, 51)), Answer::NotAsked);
  EXPECT_EQ(answer_of({said(Answer::Refused, 1), limited}), Answer::Refused);
  EXPECT_EQ(answer_of({said(Answer::Granted, 1), limited}), Answer::NotAsked);
  EXPECT_EQ(answer_of({limited, asked(60, true)}), Answer::NoReply);
}

TEST(ConsentFault, EveryFieldThatMustNotBeMissingIsAskedFor) {
  ConsentStatement good = said(Answer::Granted, 1);
  EXPECT_EQ(fault_of(good, day(2)), std::nullopt);
  const auto faulty = [&](auto change) {
    ConsentStatement changed = good;
    change(changed);
    return fault_of(changed, day(2)).has_value();
  };
  EXPECT_TRUE(faulty([](auto& s) { s.person = {}; }));
  EXPECT_TRUE(faulty([](auto& s) { s.recipients.all = false; }));
  EXPECT_TRUE(faulty([](auto& s) { s.answer = Answer::NotAsked; }));
  EXPECT_TRUE(faulty([](auto& s) { s.answered_at.reset(); }));
  EXPECT_TRUE(faulty([](auto& s) { s.answered_at = day(3); }));  // the future
  EXPECT_TRUE(faulty([](auto& s) { s.method = ConsentMethod::None; }));
  EXPECT_TRUE(faulty([](auto& s) { s.asked_at = day(2); }));  // asked after the answer
  EXPECT_TRUE(faulty([](auto& s) { s.valid_until = tokyo_date(day(-5)); }));
  EXPECT_TRUE(faulty([](auto& s) { s.agent.name = "代理"; }));
  EXPECT_TRUE(faulty([](auto& s) { s.agent.basis = AgentBasis::Family; }));
  EXPECT_TRUE(faulty([](auto& s) { s.method = ConsentMethod::WrittenByScribe; }));
  EXPECT_FALSE(faulty([](auto& s) {
    s.method = ConsentMethod::WrittenByScribe;
    s.agent = {.name = "代理", .relation = "長女", .basis = AgentBasis::Family};
  }));
}

TEST(ConsentFault, ConsentToAPlanNeedsTheExplanationBefore) {
  for (const ConsentScope scope : {ConsentScope::CreatePlan, ConsentScope::ProvidePlan}) {
    ConsentStatement statement = said(Answer::Granted, 1);
    statement.scope = scope;
    EXPECT_THAT(fault_of(statement, day(2)).value_or(""), testing::HasSubstr("49条の14"));
    statement.explained_at = day(2);
    EXPECT_TRUE(fault_of(statement, day(2)));
    statement.explained_at = day(1);
    EXPECT_FALSE(fault_of(statement, day(2)));
    statement.explained_at.reset();
    statement.answer = Answer::Refused;  // a refusal needs no explanation to count
    EXPECT_FALSE(fault_of(statement, day(2)));
  }
}

TEST(ConsentFault, AnInquiryHasItsMomentAndNoAnswer) {
  EXPECT_FALSE(fault_of(asked(1, true), day(2)));
  auto silent = asked(1, true);
  silent.asked_at.reset();
  EXPECT_TRUE(fault_of(silent, day(2)));
  silent = asked(1, true);
  silent.method = ConsentMethod::Oral;
  EXPECT_TRUE(fault_of(silent, day(2)));
}

TEST(LetterCode, EverySlipAndEverySwapOfTwoCharactersIsNoticed) {
  std::mt19937 random(20260501);
  const auto source = [&](std::array<std::uint8_t, 10>& block) {
    for (auto& byte : block) {
      byte = static_cast<std::uint8_t>(random());
    }
  };
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXY";
  for (int round = 0; round < 50; ++round) {
    const std::string code = make_letter_code(source);
    ASSERT_EQ(parse_letter_code(code), code);
    for (std::size_t i = 0; i < code.size(); ++i) {
      for (const char other : kAlphabet) {
        std::string slip = code;
        slip[i] = other;
        EXPECT_EQ(parse_letter_code(slip).has_value(), slip == code) << slip;
      }
      for (std::size_t j = 0; j < i; ++j) {
        std::string swapped = code;
        std::swap(swapped[i], swapped[j]);
        if (code[i] != '-' && code[j] != '-' && swapped != code) {
          EXPECT_FALSE(parse_letter_code(swapped)) << swapped;
        }
      }
    }
  }
}

TEST(LetterCode, TypingHabitsAreForgiven) {
  const std::string code = make_letter_code(support::counting_random(123456789));
  std::string plain = code;
  std::erase(plain, '-');
  EXPECT_EQ(parse_letter_code(plain), code);
  std::string lower = " " + code + " ";
  for (char& c : lower) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  EXPECT_EQ(parse_letter_code(lower), code);
  EXPECT_FALSE(parse_letter_code(""));
  EXPECT_FALSE(parse_letter_code(code + "A"));
}

}  // namespace
}  // namespace registry
