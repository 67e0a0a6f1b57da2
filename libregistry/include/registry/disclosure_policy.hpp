// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace registry {

/// 平常, 訓練, おそれ, 発生. A drill is never a disaster.
enum class Phase : std::uint8_t { Normal, Drill, Threat, Occurred };

/// 名簿情報 (49条の11) and 個別避難計画情報 (49条の15).
enum class DataKind : std::uint8_t { Roster, Plan };

/// Who receives. `Internal`: sections of the city; `PlanSupporter`: the 避難支援等実施者 of one
/// person; `Unlisted`: 自衛隊, DMAT, other cities, volunteers: whoever the 地域防災計画 does not
/// name.
enum class RecipientKind : std::uint8_t {
  Internal,
  Fire,
  Police,
  Minsei,
  Shakyo,
  Jishubo,
  OtherListed,
  PlanSupporter,
  WelfareShelter,
  Unlisted
};
inline constexpr std::size_t kRecipientKinds = 10;

/// What the city's ordinance makes of consent (49条の11②, 49条の15②: 条例に特別の定め); one per
/// kind of data.
enum class OrdinanceMode : std::uint8_t {
  Statute,               ///< only an expressed consent counts
  OptOut,                ///< a refusal or withdrawal blocks, nothing else
  PresumedAfterInquiry,  ///< silence counts as consent once the person was asked in writing
  NoConsent              ///< not asked for
};

[[nodiscard]] std::string_view to_text(Phase phase);
[[nodiscard]] std::string_view to_text(DataKind data);
[[nodiscard]] std::string_view to_text(RecipientKind kind);  ///< 消防, 警察, 民生委員, ...
[[nodiscard]] std::optional<RecipientKind> parse_recipient_kind(std::string_view text);

// The words of tables for policy officers: INTERNAL, OTHER_LISTED, PRESUMED_AFTER_INQUIRY, ...
[[nodiscard]] std::string_view to_word(DataKind data);
[[nodiscard]] std::string_view to_word(RecipientKind kind);
[[nodiscard]] std::string_view to_word(OrdinanceMode mode);
[[nodiscard]] std::optional<DataKind> parse_data_word(std::string_view text);
[[nodiscard]] std::optional<RecipientKind> parse_recipient_word(std::string_view text);
[[nodiscard]] std::optional<OrdinanceMode> parse_ordinance_word(std::string_view text);

/// A kind of 避難支援等関係者 that the 地域防災計画 names, and where.
struct ListedRecipient {
  RecipientKind kind = RecipientKind::Fire;
  std::string clause;
  friend bool operator==(const ListedRecipient&, const ListedRecipient&) = default;
};

/// What the city's ordinance and 地域防災計画 fix about handing data over. As it stands here it is
/// the statute alone: consent is asked for, and listed are those whom 49条の11② itself names and
/// the supporters of a person's own plan.
struct DisclosurePolicy {
  OrdinanceMode roster_ordinance = OrdinanceMode::Statute;
  OrdinanceMode plan_ordinance = OrdinanceMode::Statute;
  std::string ordinance_clause;  ///< e.g. 条例第3条; never empty when a mode is not `Statute`
  std::vector<ListedRecipient> listed = {
      {RecipientKind::Fire, "災害対策基本法第49条の11第2項"},
      {RecipientKind::Police, "災害対策基本法第49条の11第2項"},
      {RecipientKind::Minsei, "災害対策基本法第49条の11第2項"},
      {RecipientKind::Shakyo, "災害対策基本法第49条の11第2項"},
      {RecipientKind::Jishubo, "災害対策基本法第49条の11第2項"},
      {RecipientKind::PlanSupporter, "災害対策基本法第49条の15第2項"}};
  /// Kinds that receive in peacetime only under a valid agreement and after training.
  std::vector<RecipientKind> agreement_for = {RecipientKind::Shakyo, RecipientKind::Jishubo,
                                              RecipientKind::OtherListed,
                                              RecipientKind::WelfareShelter};
  int training_months = 36;  ///< how long a training counts
  /// Under `OptOut`: a supporter who refuses is left out of the plan instead of blocking it.
  bool leave_out_refusing_supporter = false;

  [[nodiscard]] OrdinanceMode mode(DataKind data) const {
    return data == DataKind::Roster ? roster_ordinance : plan_ordinance;
  }
  [[nodiscard]] bool lists(RecipientKind kind) const;
  [[nodiscard]] bool asks_agreement_of(RecipientKind kind) const;
};

}  // namespace registry
