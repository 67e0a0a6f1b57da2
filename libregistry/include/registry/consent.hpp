// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/calendar.hpp"
#include "registry/disclosure_policy.hpp"
#include "registry/ids.hpp"
#include "registry/registrant.hpp"

namespace registry {

using ConsentId = TextId<struct ConsentTag>;
using OrgId = TextId<struct OrgTag>;

/// What one statement is about. To consent to one is to consent to nothing else.
enum class ConsentScope : std::uint8_t {
  ProvideRoster,  ///< 名簿提供 (49条の11②)
  CreatePlan,     ///< 計画作成 (49条の14①)
  ProvidePlan,    ///< 計画提供 (49条の15②)
  JoinDrill,      ///< 訓練参加
  ProvideMedical  ///< 医療情報提供
};
inline constexpr std::size_t kConsentScopes = 5;

/// 未照会, 未回答, 同意, 不同意, 撤回.
enum class Answer : std::uint8_t { NotAsked, NoReply, Granted, Refused, Withdrawn };

/// 書面(自署), 書面(代筆), 電子, 口頭(記録); an inquiry without an answer has none.
enum class ConsentMethod : std::uint8_t { None, WrittenSelf, WrittenByScribe, Electronic, Oral };

/// On what ground somebody answered in the person's place.
enum class AgentBasis : std::uint8_t { None, LegalRepresentative, AdultGuardian, Family };

[[nodiscard]] std::string_view to_text(ConsentScope scope);
[[nodiscard]] std::string_view to_text(Answer answer);
[[nodiscard]] std::string_view to_text(ConsentMethod method);
[[nodiscard]] std::string_view to_text(AgentBasis basis);
[[nodiscard]] std::optional<ConsentScope> parse_consent_scope(std::string_view text);
[[nodiscard]] std::optional<Answer> parse_answer(std::string_view text);
[[nodiscard]] std::optional<ConsentMethod> parse_consent_method(std::string_view text);
[[nodiscard]] std::optional<AgentBasis> parse_agent_basis(std::string_view text);

/// The scope a hand-over of this kind of data needs.
[[nodiscard]] ConsentScope scope_of(DataKind data);

/// 代理人: who answered in the person's place.
struct ConsentAgent {
  std::string name;
  std::string relation;
  AgentBasis basis = AgentBasis::None;  ///< `None` = the person answered
};

/// To whom a statement speaks: to every listed recipient, or to the kinds and organisations named.
struct ConsentRecipients {
  bool all = true;
  std::vector<RecipientKind> kinds;
  std::vector<OrgId> orgs;

  [[nodiscard]] bool cover(RecipientKind kind, const OrgId& org) const;
};

/// One statement of a person on the register, or of a supporter of his or hers; never changed.
/// `NoReply` records an inquiry: when it was made and whether the notice said what silence means.
struct ConsentStatement {
  ConsentId id;           ///< given by the store
  PersonId person;        ///< the registrant; empty for a supporter who speaks of every plan
  SupporterId supporter;  ///< who speaks, when it is not the registrant
  RegisterKind register_kind = RegisterKind::Statutory;
  ConsentScope scope = ConsentScope::ProvideRoster;
  ConsentRecipients recipients;
  Answer answer = Answer::NoReply;
  ConsentMethod method = ConsentMethod::None;
  ConsentAgent agent;
  std::optional<Instant> asked_at;
  std::optional<Instant> notice_sent_at;  ///< the written notice that silence is taken as consent
  std::optional<Instant> explained_at;    ///< 49条の14②: before asking
  std::string explained_by;
  std::optional<Instant> answered_at;
  std::string leaflet_version;
  std::string evidence_file;  ///< where the signed paper or record is kept
  std::optional<Date> valid_until;
  std::string letter;       ///< code of the letter that was answered or sent; may be empty
  Instant recorded_at;      ///< given by the store
  std::string recorded_by;  ///< given by the store
  std::int64_t number = 0;  ///< given by the store; later statements have greater ones
};

/// Why a statement cannot be recorded, in Japanese without personal data; nothing when it can.
/// Asked for: a speaker, an answer or an inquiry with its moments in order, a method for every
/// answer, name and ground of an agent, the explanation before consent to a plan is asked
/// (49条の14②), a recipient.
[[nodiscard]] std::optional<std::string> fault_of(const ConsentStatement& statement, Instant now);

/// What is asked of the statements on record.
struct ConsentQuestion {
  RegisterKind register_kind = RegisterKind::Statutory;
  ConsentScope scope = ConsentScope::ProvideRoster;
  RecipientKind recipient = RecipientKind::Fire;
  OrgId org;
  Instant at;
};

/// Where one party stands.
struct PartyConsent {
  Answer answer = Answer::NotAsked;
  bool inquired = false;  ///< asked, with the written notice of what silence means
  ConsentId evidence;     ///< the statement it rests on; empty for `NotAsked`
};

/// The newest answer that covers scope and recipient at that moment. An inquiry never replaces an
/// answer. A consent that has run out counts no more, but lets an older refusal stand. The
/// statements are one party's, in any order.
[[nodiscard]] PartyConsent effective_consent(std::span<const ConsentStatement> statements,
                                             const ConsentQuestion& question);

/// Whether the party counts as consenting under the ordinance (domain: ordinance modes).
[[nodiscard]] bool counts_as_consent(const PartyConsent& party, OrdinanceMode mode);

}  // namespace registry
