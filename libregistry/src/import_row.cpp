// SPDX-License-Identifier: Apache-2.0
#include "import_row.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "digits.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

constexpr std::array<Word<bool>, 15> kFlags{{{"1", true},
                                             {"1.0", true},
                                             {"○", true},
                                             {"〇", true},
                                             {"◯", true},
                                             {"あり", true},
                                             {"有", true},
                                             {"可", true},
                                             {"0", false},
                                             {"0.0", false},
                                             {"×", false},
                                             {"なし", false},
                                             {"無", false},
                                             {"不可", false},
                                             {"-", false}}};

constexpr std::array<Word<LivingPlace>, 4> kLivingPlaces{{{"在宅", LivingPlace::Home},
                                                          {"施設入所", LivingPlace::Facility},
                                                          {"長期入院", LivingPlace::Hospital},
                                                          {"一時不在", LivingPlace::AwayForNow}}};

constexpr std::array<Word<Mobility>, 15> kMobilities{{
    {"独歩", Mobility::Walks},
    {"杖", Mobility::WalksWithStick},
    {"歩行器", Mobility::WalksWithRollator},
    {"シルバーカー", Mobility::WalksWithRollator},
    {"シルバーカー・歩行器", Mobility::WalksWithRollator},
    {"介助歩行", Mobility::WalksWithHelp},
    {"車いす自走", Mobility::WheelchairSelf},
    {"車いす(自走)", Mobility::WheelchairSelf},
    {"車いす介助", Mobility::WheelchairPushed},
    {"車いす(介助)", Mobility::WheelchairPushed},
    {"電動車いす", Mobility::WheelchairPower},
    {"ストレッチャー", Mobility::Stretcher},
    {"寝たきり", Mobility::Stretcher},
    {"ストレッチャー・寝たきり", Mobility::Stretcher},
    {"不明", Mobility::Unknown},
}};

/// `1.23457E+11`: a spreadsheet took a long number for a quantity; the digits are gone.
bool is_scientific(std::string_view code) {
  const std::size_t e = code.find_first_of("Ee");
  if (e == std::string_view::npos || e == 0 || e + 2 > code.size()) {
    return false;
  }
  const std::string_view mantissa = code.substr(0, e);
  std::string_view exponent = code.substr(e + 1);
  if (exponent.front() == '+' || exponent.front() == '-') {
    exponent.remove_prefix(1);
  }
  return all_digits(exponent) && is_digit(mantissa.front()) &&
         std::ranges::all_of(mantissa, [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

bool is_my_number(std::string_view text) {
  if (text.size() != 12 || !all_digits(text)) {
    return false;
  }
  // P(n): n-th digit from the right without the check digit; Q(n) = n + 1 up to 6, then n - 5.
  int sum = 0;
  for (int n = 1; n <= 11; ++n) {
    const int digit = text[static_cast<std::size_t>(11 - n)] - '0';
    sum += digit * (n <= 6 ? n + 1 : n - 5);
  }
  const int remainder = sum % 11;
  const int check = remainder <= 1 ? 0 : 11 - remainder;
  return text[11] - '0' == check;
}

std::optional<double> parse_number(std::string_view code) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(code.data(), code.data() + code.size(), value, std::chars_format::fixed);
  // from_chars also reads "nan" and "inf".
  if (error != std::errc() || end != code.data() + code.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<PositionFault> fault_of(Position place) {
  // Bounds of the Japanese islands with their outliers (沖ノ鳥島, 与那国島, 南鳥島, 択捉島).
  const auto is_lat = [](double degrees) { return degrees >= 20 && degrees <= 46; };
  const auto is_lon = [](double degrees) { return degrees >= 122 && degrees <= 154; };
  if (is_lat(place.lat) && is_lon(place.lon)) {
    return std::nullopt;
  }
  if (is_lat(place.lon) && is_lon(place.lat)) {
    return PositionFault{"POSITION_SWAPPED", "緯度と経度が入れ替わっています。"};
  }
  return PositionFault{"POSITION_OUTSIDE_JAPAN",
                       "緯度・経度が日本の範囲（緯度20～46度、経度122～154度）にありません。"};
}

RepairedPhone repair_phone(std::string_view code) {
  if (is_scientific(code)) {
    return {{}, false, true};
  }
  // Japanese numbers have 10 or 11 digits and begin with 0; 9 or 10 digits without it lost it.
  if (all_digits(code) && code.front() != '0' && (code.size() == 9 || code.size() == 10)) {
    return {"0" + std::string(code), true, false};
  }
  return {std::string(code), false, false};
}

std::string shown(std::string_view code) {
  const bool plain = !code.empty() && code.size() <= 4 && std::ranges::all_of(code, [](char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-';
  });
  return plain ? "「" + std::string(code) + "」" : std::string();
}

RowReader::RowReader(const Sheet& sheet, std::size_t row, ImportLog& log)
    : sheet_(&sheet), row_(row), log_(&log) {}

void RowReader::refuse_my_numbers() {
  for (const auto& [column, place] : sheet_->columns()) {
    const std::string_view cell = sheet_->cell(row_, column);
    // 12 digits in full width are 36 bytes; anything shorter or longer is not worth normalising.
    if (cell.size() >= 12 && cell.size() <= 40 && is_my_number(normalized_code(cell))) {
      reject(column, "MY_NUMBER_SUSPECTED",
             "個人番号（マイナンバー）の形の12桁の数字です。個人番号は保存できません。"
             "宛名番号などの別の番号に直すか、偶然の一致であることを確かめてください。");
    }
  }
}

void RowReader::refuse_faults(std::vector<CellFault>::const_iterator& next) {
  const auto end = sheet_->faults().end();
  while (next != end && next->row < row_) {
    ++next;
  }
  for (; next != end && next->row == row_; ++next) {
    reject(next->column, next->code, next->message);
  }
}

void RowReader::reject(std::string_view column, std::string_view code, std::string message) {
  rejected_ = true;
  log_->reject({line(), std::string(column), std::string(code), std::move(message)});
}

std::string RowReader::text(std::string_view column) const {
  return std::string(sheet_->cell(row_, column));
}

std::string RowReader::code(std::string_view column) const {
  const std::string_view cell = sheet_->cell(row_, column);
  return cell.empty() ? std::string() : normalized_code(cell);
}

std::string RowReader::key(std::string_view column) {
  std::string value = code(column);
  if (is_scientific(value)) {
    reject(column, "NUMBER_SPOILT",
           "表計算ソフトが番号を 1.2E+11 のような数に変えています。元のデータから文字列として"
           "書き出してください。");
  }
  return value;
}

std::string RowReader::required_key(std::string_view column, std::string_view fault) {
  std::string value = key(column);
  if (value.empty()) {
    reject(column, fault, std::string(column) + "が空です。入力してください。");
  }
  return value;
}

std::string RowReader::name(std::string_view column) {
  std::string value = text(column);
  if (normalized_code(value).empty()) {
    reject(column, "NAME_MISSING", std::string(column) + "が空です。入力してください。");
  } else if (looks_garbled(value)) {
    reject(column, "NAME_GARBLED",
           std::string(column) +
               "に文字化け（?、〓、■、●など）があります。元のデータの文字を確かめてください。");
  }
  return value;
}

std::string RowReader::phone(std::string_view column) {
  RepairedPhone phone = repair_phone(code(column));
  if (phone.spoilt) {
    note(column, "表計算ソフトで桁が失われた番号を読み込みませんでした");
  } else if (phone.repaired) {
    note(column, "先頭の0を補いました");
  }
  return phone.text;
}

std::string RowReader::postcode(std::string_view column) {
  std::string value = code(column);
  // Seven digits; those of Hokkaido and Tohoku begin with 0 or 00.
  if (all_digits(value) && (value.size() == 5 || value.size() == 6)) {
    value.insert(0, 7 - value.size(), '0');
    note(column, "先頭の0を補いました");
  }
  if (all_digits(value) && value.size() == 7) {
    value.insert(3, "-");
  }
  return value;
}

std::optional<Date> RowReader::date(std::string_view column, std::string_view fault) {
  const std::string written = text(column);
  if (normalized_code(written).empty()) {
    return std::nullopt;
  }
  const ParsedDate parsed = parse_written_date(written);
  if (parsed.date) {
    return parsed.date;
  }
  switch (parsed.fault) {
    case DateFault::NotADate:
      reject(column, std::string(fault) + "_NOT_A_DATE",
             std::string(column) +
                 "を日付として読めません。2026-01-09 や 令和8年1月9日 の形に"
                 "直してください。");
      break;
    case DateFault::NoSuchDay:
      reject(column, std::string(fault) + "_NO_SUCH_DAY",
             std::string(column) + "に、暦にない日が書かれています。正しい日に直してください。");
      break;
    case DateFault::EraDoesNotFit:
      reject(column, std::string(fault) + "_ERA_MISMATCH",
             std::string(column) +
                 "の元号と年月日が合いません（例: 昭和64年は1月7日まで）。"
                 "元号を確かめてください。");
      break;
  }
  return std::nullopt;
}

bool RowReader::flag(std::string_view column, bool when_empty) {
  const std::string value = code(column);
  if (value.empty()) {
    return when_empty;
  }
  const auto flag = value_of(kFlags, value);
  if (!flag) {
    reject(
        column, "FLAG_UNKNOWN",
        std::string(column) + "の値" + shown(value) + "が分かりません。1 か 0 に直してください。");
  }
  return flag.value_or(when_empty);
}

std::optional<Position> RowReader::position() {
  const std::string lat = code("緯度");
  const std::string lon = code("経度");
  if (lat.empty() && lon.empty()) {
    return std::nullopt;
  }
  if (lat.empty() || lon.empty()) {
    reject(lat.empty() ? "緯度" : "経度", "POSITION_INCOMPLETE",
           "緯度と経度の片方だけがあります。両方を書くか、両方を空にしてください。");
    return std::nullopt;
  }
  const auto north = parse_number(lat);
  const auto east = parse_number(lon);
  if (!north || !east) {
    reject(north ? "経度" : "緯度", "POSITION_NOT_A_NUMBER",
           "度を10進数（例: 35.7256）で書いてください。");
    return std::nullopt;
  }
  const Position place{*north, *east};
  if (const auto fault = fault_of(place)) {
    reject("緯度", fault->code, std::string(fault->words) + "値を確かめてください。");
    return std::nullopt;
  }
  return place;
}

std::optional<LivingPlace> RowReader::living_place() {
  const std::string value = code("入所区分");
  const auto place = value_of(kLivingPlaces, value);
  if (!place && !value.empty()) {
    reject("入所区分", "LIVING_PLACE_UNKNOWN",
           "値" + shown(value) +
               "が分かりません。在宅、施設入所、長期入院、一時不在のどれかに直してください。");
  }
  return place;
}

std::optional<Mobility> RowReader::mobility() {
  const std::string value = code("移動手段");
  const auto mobility = value_of(kMobilities, value);
  if (!mobility && !value.empty()) {
    reject("移動手段", "MOBILITY_UNKNOWN",
           "値" + shown(value) +
               "が分かりません。独歩、杖、歩行器、介助歩行、車いす自走、車いす介助、電動車いす、"
               "ストレッチャーのどれかに直してください。");
  }
  return mobility;
}

StatedIdentity RowReader::identity() {
  StatedIdentity identity;
  identity.name = text("氏名");
  identity.name_kana = text("氏名カナ");
  if (looks_garbled(identity.name) || looks_garbled(identity.name_kana)) {
    reject("氏名", "NAME_GARBLED",
           "氏名か氏名カナに文字化け（?、〓、■、●など）があります。元のデータの文字を"
           "確かめてください。");
  }
  identity.birth_date = date("生年月日", "BIRTH_DATE");
  identity.address = text("住所") + text("番地") + text("方書");
  return identity;
}

std::string RowReader::number_or_identity(const StatedIdentity& identity) {
  std::string number = key("宛名番号");
  if (number.empty() && !identity.usable() && !rejected()) {
    reject("宛名番号", "RESIDENT_NO_MISSING",
           "宛名番号が空です。宛名番号を入れるか、氏名カナと生年月日を入れてください。");
  }
  return number;
}

}  // namespace registry
