// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/city_import.hpp"

namespace registry {

// What is known of a person beyond the city's own files: how to reach, to tell, to move and to care
// for him or her (避難時配慮・能力). Every value 0 of an enumeration means that nobody has asked.

enum class ContactKind : std::uint8_t { HomePhone, Mobile, Fax, Mail, Other };
enum class Stairs : std::uint8_t { Unknown, Alone, OneHelper, TwoHelpers, Impossible };
/// 避難時に配慮しなくてはならない事項.
enum class Consideration : std::uint8_t {
  CannotStandOrWalk,
  HardOfHearing,
  HardOfSeeing,
  HardToUnderstand,
  CannotJudgeDanger,
  CannotRecognisePeople,
  Other
};
enum class Communication : std::uint8_t {
  Voice,
  Writing,
  SignLanguage,
  SummaryWriting,
  Braille,
  PictureCards,
  SlowSpeech,
  PlainJapanese,
  FamilySpeaks
};
enum class MedicalCare : std::uint8_t {
  Ventilator,
  Suction,
  Oxygen,
  TubeFeeding,
  Dialysis,
  Stoma,
  Other
};
/// 補装具・用具.
enum class Aid : std::uint8_t {
  Wheelchair,
  WhiteCane,
  HearingAid,
  GuideDog,
  HearingDog,
  Diapers,
  SpecialFood
};
enum class CareRole : std::uint8_t {
  Doctor,
  VisitingNurse,
  CareManager,
  Counsellor,
  Facility,
  Other
};
enum class Transport : std::uint8_t {
  OnFoot,
  OwnCar,
  WelfareVehicle,
  Ambulance,
  TaxiAgreement,
  FacilityBus
};
enum class HouseholdType : std::uint8_t {
  Unknown,
  Alone,
  AgedOnly,
  AloneByDay,
  DisabledOnly,
  FamilyCanHelp,
  FamilyCannotHelp,
  Other
};
enum class BuildingKind : std::uint8_t { Unknown, House, Apartment };
enum class Structure : std::uint8_t { Unknown, Wood, Steel, Concrete };
/// Reasons for support that no certificate shows (domain: その他).
enum class OtherReason : std::uint8_t {
  Pregnant,
  Infant,
  Dementia,
  LittleJapanese,
  AloneByDay,
  NamedByNeighbourhood
};

struct OwnContact {
  ContactKind kind = ContactKind::HomePhone;
  std::string value;
  bool preferred = false;
  bool accepts_sms = false;
  std::string note;
  friend bool operator==(const OwnContact&, const OwnContact&) = default;
};

struct Dwelling {
  BuildingKind kind = BuildingKind::Unknown;
  Structure structure = Structure::Unknown;
  std::optional<int> built_year;  ///< before 1981: the older earthquake standard
  std::optional<int> floors;
  std::optional<int> home_floor;
  std::optional<bool> lift;
  std::string entrance;
  std::string bedroom;
  std::string day_room;  ///< 日中活動場所
  friend bool operator==(const Dwelling&, const Dwelling&) = default;
};

struct Device {
  std::string kind;
  std::optional<int> power_w;
  std::optional<int> battery_minutes;  ///< how long it runs without mains
  bool spare_battery = false;
  std::string consumables;
  std::string vendor_phone;
  friend bool operator==(const Device&, const Device&) = default;
};

struct Medication {
  std::string notebook_place;  ///< お薬手帳の場所
  std::string essential;
  std::optional<int> longest_gap_hours;  ///< 中断不可時間
  std::string allergies;
  friend bool operator==(const Medication&, const Medication&) = default;
};

struct CareTeamMember {
  CareRole role = CareRole::Doctor;
  std::string name;
  std::string phone;
  friend bool operator==(const CareTeamMember&, const CareTeamMember&) = default;
};

/// Somebody the person opens the door to.
struct TrustedContact {
  std::string name;
  std::string relation;
  std::string phone;
  friend bool operator==(const TrustedContact&, const TrustedContact&) = default;
};

struct Needs {
  // how to reach
  std::vector<OwnContact> contacts;
  std::vector<TrustedContact> trusted;
  std::string refuses_help_by;
  // home
  HouseholdType household = HouseholdType::Unknown;
  Dwelling dwelling;
  // how to help
  std::string language;
  std::vector<Communication> communication;
  std::vector<Consideration> considerations;
  std::string other_consideration;
  Stairs stairs = Stairs::Unknown;
  std::optional<int> hands;          ///< how many helpers
  std::optional<int> wheelchair_kg;  ///< of a power wheelchair
  bool may_be_carried = false;       ///< 背負い・抱きかかえ可
  std::vector<Aid> aids;
  std::vector<Transport> transport;
  std::string vehicle_needs;
  std::string pets;
  // care
  std::vector<OtherReason> other_reasons;
  std::vector<MedicalCare> medical_care;
  bool power_loss_endangers_life = false;
  std::vector<Device> devices;
  Medication medication;
  std::vector<CareTeamMember> care_team;
  std::string note;
  friend bool operator==(const Needs&, const Needs&) = default;
};

/// Why a cell cannot be used: stable code and a sentence that does not repeat the cell.
struct FieldFault {
  std::string code;
  std::string message;
};

/// Columns of the file, without 宛名番号; docs/file_formats.md describes them.
[[nodiscard]] const std::vector<std::string_view>& needs_columns();

/// Puts one cell into `needs`; an empty cell empties the field. Lists are written with `;`, parts
/// of one entry with `|`.
[[nodiscard]] std::optional<FieldFault> set_needs_cell(Needs& needs, std::string_view column,
                                                       std::string_view cell);
/// The cell that `set_needs_cell` would read back.
[[nodiscard]] std::string needs_cell(const Needs& needs, std::string_view column);

/// What one row says: only the columns the file has.
struct NeedsRow {
  std::size_t line = 0;
  std::string resident_no;
  std::vector<std::pair<std::string, std::string>> cells;
};
[[nodiscard]] ParsedRows<NeedsRow> parse_needs(const Table& table);

}  // namespace registry
