// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "registry/capability.hpp"

namespace registry {

/// Words people read and write, in the order of the enumerators. They also stand in the stored
/// document: add at the end, never rename.
template <class Enum>
inline constexpr int kWords = 0;

template <>
inline constexpr std::array<std::string_view, 5> kWords<ContactKind> = {"自宅電話", "携帯", "FAX",
                                                                        "メール", "その他"};
template <>
inline constexpr std::array<std::string_view, 5> kWords<Stairs> = {"", "可", "介助1人", "介助2人",
                                                                   "不可"};
template <>
inline constexpr std::array<std::string_view, 7> kWords<Consideration> = {
    "立つことや歩行ができない",
    "音が聞こえない",
    "物が見えない",
    "言葉や文字の理解がむずかしい",
    "危険なことを判断できない",
    "顔を見ても知人や家族と分からない",
    "その他"};
template <>
inline constexpr std::array<std::string_view, 9> kWords<Communication> = {
    "音声",     "筆談",         "手話",           "要約筆記",  "点字",
    "絵カード", "ゆっくり話す", "やさしい日本語", "家族が代弁"};
template <>
inline constexpr std::array<std::string_view, 7> kWords<MedicalCare> = {
    "人工呼吸器", "吸引", "酸素", "経管栄養", "透析", "人工肛門・膀胱", "その他"};
template <>
inline constexpr std::array<std::string_view, 7> kWords<Aid> = {
    "車いす", "白杖", "補聴器", "盲導犬", "聴導犬", "おむつ", "特殊食"};
template <>
inline constexpr std::array<std::string_view, 6> kWords<CareRole> = {
    "かかりつけ医", "訪問看護", "ケアマネ", "相談支援", "利用施設", "その他"};
template <>
inline constexpr std::array<std::string_view, 6> kWords<Transport> = {
    "徒歩", "自家用車", "福祉車両", "救急要請", "タクシー協定", "施設送迎"};
template <>
inline constexpr std::array<std::string_view, 8> kWords<HouseholdType> = {"",
                                                                          "単身",
                                                                          "高齢者のみ",
                                                                          "日中独居",
                                                                          "障害者のみ",
                                                                          "家族同居(支援可)",
                                                                          "家族同居(支援不可)",
                                                                          "その他"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<BuildingKind> = {"", "戸建", "集合"};
template <>
inline constexpr std::array<std::string_view, 4> kWords<Structure> = {"", "木造", "鉄骨", "RC"};
template <>
inline constexpr std::array<std::string_view, 6> kWords<OtherReason> = {
    "妊産婦", "乳幼児", "認知症", "日本語困難", "日中独居", "自治会等が必要と認めた者"};

template <class Enum>
[[nodiscard]] std::string_view word_of(Enum value) {
  return kWords<Enum>.at(static_cast<std::size_t>(value));
}

template <class Enum>
[[nodiscard]] std::optional<Enum> value_of_word(std::string_view word) {
  for (std::size_t i = 0; i < kWords<Enum>.size(); ++i) {
    if (kWords<Enum>[i] == word) {
      return static_cast<Enum>(i);
    }
  }
  return std::nullopt;
}

}  // namespace registry
