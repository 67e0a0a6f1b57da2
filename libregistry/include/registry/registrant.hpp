// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/area.hpp"
#include "registry/calendar.hpp"
#include "registry/ids.hpp"

namespace registry {

/// 避難行動要支援者名簿 (49条の10) and 災害時要援護者登録名簿 (on application).
enum class RegisterKind : std::uint8_t { Statutory, Voluntary };

enum class Sex : std::uint8_t { NotStated, Male, Female, Other };

/// 住民区分: whether the person lives in the city.
enum class Residency : std::uint8_t { Resident, MovedOut, Died, Deleted };

enum class LivingPlace : std::uint8_t { Home, Facility, Hospital, AwayForNow };

/// 支援措置 (DV等). `ExpiredUnreviewed` counts as active until a person has looked at it.
enum class ProtectiveMeasure : std::uint8_t { None, Active, ExpiredUnreviewed };

/// How a person moves (domain: 移動). `Unknown` = nobody has asked yet.
enum class Mobility : std::uint8_t {
  Unknown,
  Walks,
  WalksWithStick,
  WalksWithRollator,
  WalksWithHelp,
  WheelchairSelf,
  WheelchairPushed,
  WheelchairPower,
  Stretcher
};

[[nodiscard]] std::string_view to_text(Sex sex);  ///< 男性, 女性, その他, 未記載
[[nodiscard]] std::string_view to_text(Residency residency);  ///< 住民, 転出, 死亡, 職権消除
[[nodiscard]] std::string_view to_text(LivingPlace place);  ///< 在宅, 施設入所, 長期入院, 一時不在
[[nodiscard]] std::string_view to_text(Mobility mobility);  ///< 独歩, 杖, ...

struct Contact {
  std::string name;
  std::string relation;  ///< 続柄
  std::string phone;
};

/// One person of the resident file. Names and addresses are kept byte for byte as received.
struct Person {
  PersonId id;
  std::string resident_no;  ///< 宛名番号: joins city files, never printed
  std::string household_no;
  std::string name;
  std::string name_kana;
  std::string name_alias;  ///< 通称名
  std::optional<Date> birth_date;
  std::string birth_text;  ///< as received; the only source when the date is 不詳
  Sex sex = Sex::NotStated;
  std::string relation_to_head;
  std::string postcode;
  std::string town_code;         ///< 町字ID
  std::string address;           ///< 住所
  std::string address_number;    ///< 番地
  std::string building;          ///< 方書
  std::string actual_residence;  ///< 居所, when not the address
  std::string phone;
  std::vector<Contact> emergency_contacts;
  Residency residency = Residency::Resident;
  LivingPlace living_place = LivingPlace::Home;
  bool expect_return = false;  ///< from hospital or facility
  ProtectiveMeasure protective_measure = ProtectiveMeasure::None;
  std::optional<Date> protective_until;
  Mobility mobility = Mobility::Unknown;
  std::optional<Position> position;  ///< confirmed or from the city's address map
  int household_size = 1;            ///< residents under one 世帯番号, counted by the store

  [[nodiscard]] bool is_protected() const { return protective_measure != ProtectiveMeasure::None; }
  /// Address in one line: 住所 + 番地 + 方書.
  [[nodiscard]] std::string full_address() const;
};

/// Kind of certificate that shows a need of support (domain §4.2).
enum class CertificateKind : std::uint8_t {
  CareLevel,        ///< 要介護・要支援認定
  Physical,         ///< 身体障害者手帳
  Intellectual,     ///< 愛の手帳・療育手帳
  Mental,           ///< 精神障害者保健福祉手帳
  SupportCategory,  ///< 障害支援区分
  IntractableDisease
};
[[nodiscard]] std::string_view to_text(CertificateKind kind);

/// 障害部位 with its own grade, independent of the overall grade of the card.
struct BodyPart {
  std::string part;  ///< 視覚, 聴覚, 平衡, 音声・言語・そしゃく, 上肢, 下肢, 体幹, 心臓, ...
  int grade = 0;  ///< 1-7
  friend bool operator==(const BodyPart&, const BodyPart&) = default;
};

struct Certificate {
  CertificateKind kind = CertificateKind::CareLevel;
  std::string scheme;           ///< Intellectual: 愛の手帳, 療育手帳
  std::string grade;            ///< 要介護3, 2級, 1度, A, 4, disease name
  std::vector<BodyPart> parts;  ///< Physical only
  std::optional<Date> issued_on;
  std::optional<Date> valid_to;
  std::string card_class = {};  ///< Physical: 第1種 or 第2種; empty = not stated
  friend bool operator==(const Certificate&, const Certificate&) = default;
};

/// A person with what makes the person a candidate for a register.
struct Registrant {
  Person person;
  std::vector<Certificate> certificates;
  RegisterKind register_kind = RegisterKind::Statutory;
  std::vector<std::string> clauses;  ///< ids of the criteria that put the person on the register
};

}  // namespace registry
