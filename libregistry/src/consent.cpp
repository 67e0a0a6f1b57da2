// SPDX-License-Identifier: Apache-2.0
#include "registry/consent.hpp"

#include <algorithm>
#include <array>

#include "registry/error.hpp"

namespace registry {
namespace {

constexpr std::array<std::string_view, kConsentScopes> kScopeTexts = {
    "名簿提供", "計画作成", "計画提供", "訓練参加", "医療情報提供"};
constexpr std::array<std::string_view, 5> kAnswerTexts = {"未照会", "未回答", "同意", "不同意",
                                                          "撤回"};
constexpr std::array<std::string_view, 5> kMethodTexts = {"", "書面(自署)", "書面(代筆)", "電子",
                                                          "口頭(記録)"};
constexpr std::array<std::string_view, 4> kBasisTexts = {"", "法定代理人", "成年後見人", "家族"};

template <class Enum, class Texts>
std::string_view text_of(const Texts& texts, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  TOMONI_EXPECT(index < texts.size());
  return texts[index];
}

template <class Enum, class Texts>
std::optional<Enum> value_of(const Texts& texts, std::string_view text) {
  const auto found = std::ranges::find(texts, text);
  if (found == texts.end()) {
    return std::nullopt;
  }
  return static_cast<Enum>(found - texts.begin());
}

bool is_answer(Answer answer) {
  return answer == Answer::Granted || answer == Answer::Refused || answer == Answer::Withdrawn;
}

bool speaks_to(const ConsentStatement& statement, const ConsentQuestion& question) {
  return statement.scope == question.scope && statement.register_kind == question.register_kind &&
         statement.recipients.cover(question.recipient, question.org);
}

/// When the statement takes effect.
Instant moment_of(const ConsentStatement& statement) {
  if (is_answer(statement.answer)) {
    return statement.answered_at.value_or(statement.recorded_at);
  }
  return statement.asked_at.value_or(statement.recorded_at);
}

std::optional<std::string> fault_of_inquiry(const ConsentStatement& statement) {
  if (!statement.asked_at) {
    return "照会の日時がありません。いつ尋ねたかを記録してください。";
  }
  if (statement.method != ConsentMethod::None || statement.answered_at) {
    return "未回答の記録に回答の方法や日時は書けません。";
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_answer(const ConsentStatement& statement) {
  if (!statement.answered_at) {
    return "回答の日時がありません。";
  }
  if (statement.method == ConsentMethod::None) {
    return "回答の方法がありません。書面(自署)、書面(代筆)、電子、口頭(記録)のどれかを選んで"
           "ください。";
  }
  if (statement.asked_at && *statement.answered_at < *statement.asked_at) {
    return "回答の日時が照会の日時より前です。日時を確かめてください。";
  }
  if (statement.valid_until && *statement.valid_until < tokyo_date(*statement.answered_at)) {
    return "同意の期限が回答の日より前です。期限を確かめてください。";
  }
  const bool about_plan =
      statement.scope == ConsentScope::CreatePlan || statement.scope == ConsentScope::ProvidePlan;
  if (statement.answer == Answer::Granted && about_plan && !statement.explained_at) {
    return "計画についての同意を求める前の説明(災害対策基本法第49条の14第2項)の日時がありません。";
  }
  if (statement.explained_at && *statement.explained_at > *statement.answered_at) {
    return "説明の日時が回答より後です(説明は同意を求める前に行います)。";
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_agent(const ConsentStatement& statement) {
  const ConsentAgent& agent = statement.agent;
  const bool named = !agent.name.empty();
  if (named != (agent.basis != AgentBasis::None)) {
    return "代理人は氏名と根拠(法定代理人、成年後見人、家族)の両方を記録してください。";
  }
  if (statement.method == ConsentMethod::WrittenByScribe && !named) {
    return "代筆による書面には、代筆した人の氏名、続柄、根拠が必要です。";
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_text(ConsentScope scope) {
  return text_of(kScopeTexts, scope);
}
std::string_view to_text(Answer answer) {
  return text_of(kAnswerTexts, answer);
}
std::string_view to_text(ConsentMethod method) {
  return text_of(kMethodTexts, method);
}
std::string_view to_text(AgentBasis basis) {
  return text_of(kBasisTexts, basis);
}
std::optional<ConsentScope> parse_consent_scope(std::string_view text) {
  return value_of<ConsentScope>(kScopeTexts, text);
}
std::optional<Answer> parse_answer(std::string_view text) {
  return value_of<Answer>(kAnswerTexts, text);
}
std::optional<ConsentMethod> parse_consent_method(std::string_view text) {
  return value_of<ConsentMethod>(kMethodTexts, text);
}
std::optional<AgentBasis> parse_agent_basis(std::string_view text) {
  return value_of<AgentBasis>(kBasisTexts, text);
}

ConsentScope scope_of(DataKind data) {
  return data == DataKind::Roster ? ConsentScope::ProvideRoster : ConsentScope::ProvidePlan;
}

bool ConsentRecipients::cover(RecipientKind kind, const OrgId& org) const {
  return all || std::ranges::find(kinds, kind) != kinds.end() ||
         (!org.empty() && std::ranges::find(orgs, org) != orgs.end());
}

std::optional<std::string> fault_of(const ConsentStatement& statement, Instant now) {
  if (statement.person.empty() && statement.supporter.empty()) {
    return "だれの意思かがありません。本人か支援者を指定してください。";
  }
  const ConsentRecipients& to = statement.recipients;
  if (!to.all && to.kinds.empty() && to.orgs.empty()) {
    return "提供先がありません。すべての関係者、種別、団体のどれかを指定してください。";
  }
  if (statement.answer == Answer::NotAsked) {
    return "「未照会」は記録が無い状態です。記録するのは照会か回答です。";
  }
  for (const auto& moment : {statement.asked_at, statement.notice_sent_at, statement.explained_at,
                             statement.answered_at}) {
    if (moment && *moment > now) {
      return "未来の日時は記録できません。";
    }
  }
  if (auto fault =
          is_answer(statement.answer) ? fault_of_answer(statement) : fault_of_inquiry(statement)) {
    return fault;
  }
  return fault_of_agent(statement);
}

PartyConsent effective_consent(std::span<const ConsentStatement> statements,
                               const ConsentQuestion& question) {
  std::vector<const ConsentStatement*> answers;
  PartyConsent party;
  const ConsentStatement* inquiry = nullptr;
  for (const ConsentStatement& each : statements) {
    if (!speaks_to(each, question) || moment_of(each) > question.at) {
      continue;
    }
    if (is_answer(each.answer)) {
      answers.push_back(&each);
    } else if (each.answer == Answer::NoReply) {
      party.inquired = party.inquired || (each.asked_at && each.notice_sent_at);
      if (inquiry == nullptr || inquiry->number < each.number) {
        inquiry = &each;
      }
    }
  }
  std::ranges::sort(answers, [](const ConsentStatement* a, const ConsentStatement* b) {
    return std::pair(moment_of(*b), b->number) < std::pair(moment_of(*a), a->number);
  });
  const Date today = tokyo_date(question.at);
  bool lapsed = false;  // a newer consent has run out: older ones do not come back to life
  for (const ConsentStatement* each : answers) {
    const bool granted = each->answer == Answer::Granted;
    if (granted && (lapsed || (each->valid_until && *each->valid_until < today))) {
      lapsed = true;
      continue;
    }
    party.answer = each->answer;
    party.evidence = each->id;
    return party;
  }
  if (inquiry != nullptr) {
    party.answer = Answer::NoReply;
    party.evidence = inquiry->id;
  }
  return party;
}

bool counts_as_consent(const PartyConsent& party, OrdinanceMode mode) {
  switch (mode) {
    case OrdinanceMode::Statute:
      return party.answer == Answer::Granted;
    case OrdinanceMode::OptOut:
      return party.answer != Answer::Refused && party.answer != Answer::Withdrawn;
    case OrdinanceMode::PresumedAfterInquiry:
      return party.answer == Answer::Granted || (party.answer == Answer::NoReply && party.inquired);
    case OrdinanceMode::NoConsent:
      return true;
  }
  return false;
}

}  // namespace registry
