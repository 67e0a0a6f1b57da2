// SPDX-License-Identifier: Apache-2.0
#include "registry/disclosure_policy.hpp"

#include <algorithm>

#include "registry/error.hpp"

namespace registry {
namespace {

constexpr std::array<std::string_view, 2> kDataWords = {"ROSTER", "PLAN"};
constexpr std::array<std::string_view, kRecipientKinds> kRecipientWords = {
    "INTERNAL", "FIRE",         "POLICE",         "MINSEI",          "SHAKYO",
    "JISHUBO",  "OTHER_LISTED", "PLAN_SUPPORTER", "WELFARE_SHELTER", "UNLISTED"};
constexpr std::array<std::string_view, kRecipientKinds> kRecipientTexts = {
    "市内部",       "消防",         "警察",       "民生委員",   "社会福祉協議会",
    "自主防災組織", "その他関係者", "個人支援者", "福祉避難所", "計画に定めのない者"};
constexpr std::array<std::string_view, 4> kOrdinanceWords = {
    "STATUTE", "OPT_OUT", "PRESUMED_AFTER_INQUIRY", "NO_CONSENT"};
constexpr std::array<std::string_view, 4> kPhaseTexts = {"平常", "訓練", "おそれ", "発生"};
constexpr std::array<std::string_view, 2> kDataTexts = {"名簿情報", "個別避難計画情報"};

template <class Enum, class Words>
std::string_view word(const Words& words, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  TOMONI_EXPECT(index < words.size());
  return words[index];
}

template <class Enum, class Words>
std::optional<Enum> value_of(const Words& words, std::string_view text) {
  const auto found = std::ranges::find(words, text);
  if (found == words.end()) {
    return std::nullopt;
  }
  return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view to_text(Phase phase) {
  return word(kPhaseTexts, phase);
}
std::string_view to_text(DataKind data) {
  return word(kDataTexts, data);
}
std::string_view to_text(RecipientKind kind) {
  return word(kRecipientTexts, kind);
}
std::optional<RecipientKind> parse_recipient_kind(std::string_view text) {
  return value_of<RecipientKind>(kRecipientTexts, text);
}

std::string_view to_word(DataKind data) {
  return word(kDataWords, data);
}
std::string_view to_word(RecipientKind kind) {
  return word(kRecipientWords, kind);
}
std::string_view to_word(OrdinanceMode mode) {
  return word(kOrdinanceWords, mode);
}
std::optional<DataKind> parse_data_word(std::string_view text) {
  return value_of<DataKind>(kDataWords, text);
}
std::optional<RecipientKind> parse_recipient_word(std::string_view text) {
  return value_of<RecipientKind>(kRecipientWords, text);
}
std::optional<OrdinanceMode> parse_ordinance_word(std::string_view text) {
  return value_of<OrdinanceMode>(kOrdinanceWords, text);
}

bool DisclosurePolicy::lists(RecipientKind kind) const {
  return std::ranges::any_of(listed,
                             [&](const ListedRecipient& each) { return each.kind == kind; });
}

bool DisclosurePolicy::asks_agreement_of(RecipientKind kind) const {
  return std::ranges::find(agreement_for, kind) != agreement_for.end();
}

}  // namespace registry
