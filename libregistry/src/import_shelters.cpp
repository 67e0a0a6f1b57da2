// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "city_code.hpp"
#include "import_row.hpp"
#include "registry/city_import.hpp"
#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"
#include "shelter_defaults.hpp"

namespace registry {
namespace {

constexpr std::string_view kHazardPrefix = "災害種別_";

std::vector<ColumnRule> shelter_columns() {
  std::vector<ColumnRule> columns{{"名称", true},
                                  {"緯度", true},
                                  {"経度", true},
                                  {"ID"},
                                  {"共通ID"},
                                  {"NO"},
                                  {"名称_カナ"},
                                  {"所在地_連結表記"},
                                  {"所在地_都道府県"},
                                  {"所在地_市区町村"},
                                  {"所在地_町字"},
                                  {"所在地_番地以下"},
                                  {"建物名等(方書)"},
                                  {"住所"},
                                  {"方書"},
                                  {"電話番号"},
                                  {"指定避難所との重複"},
                                  {"想定収容人数"},
                                  {"施設種別"},
                                  {"受入対象者"},
                                  {"到着区分"},
                                  {"非常用電源"},
                                  {"ベッド"},
                                  {"オストメイト"},
                                  {"段差なし"},
                                  {"受入上限_電源"},
                                  {"受入上限_ストレッチャー"},
                                  {"受入上限_車いす"},
                                  {"同伴者上限"},
                                  {"開設まで_分"},
                                  {"全国地方公共団体コード"}};
  return columns;
}

/// Column names with the prefix of the open data set, kept alive for the rules that view them.
const std::vector<std::string>& hazard_columns() {
  static const std::vector<std::string> names_of_all = [] {
    std::vector<std::string> names;
    names.reserve(kHazardColumns.size());
    for (const std::string_view kind : kHazardColumns) {
      names.push_back(std::string(kHazardPrefix) + std::string(kind));
    }
    return names;
  }();
  return names_of_all;
}

std::vector<ColumnRule> all_columns() {
  std::vector<ColumnRule> columns = shelter_columns();
  for (const std::string& name : hazard_columns()) {
    columns.push_back({name});
  }
  return columns;
}

/// Parts between semicolons, half or full width, as they stand; empty ones are left out.
std::vector<std::string> split(std::string text) {
  constexpr std::string_view kFullWidth = "；";
  for (std::size_t at = text.find(kFullWidth); at != std::string::npos;
       at = text.find(kFullWidth, at)) {
    text.replace(at, kFullWidth.size(), ";");
  }
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    std::string part = text.substr(begin, end - begin);
    if (!normalized_code(part).empty()) {
      parts.push_back(std::move(part));
    }
    begin = end + 1;
  }
  return parts;
}

std::string first_of(const RowReader& row, std::initializer_list<std::string_view> columns) {
  for (const std::string_view column : columns) {
    std::string text = row.text(column);
    if (!text.empty()) {
      return text;
    }
  }
  return {};
}

std::string read_address(const RowReader& row) {
  std::string address = first_of(row, {"所在地_連結表記", "住所"});
  if (address.empty()) {
    for (const std::string_view column :
         {"所在地_都道府県", "所在地_市区町村", "所在地_町字", "所在地_番地以下"}) {
      address += row.text(column);
    }
  }
  const std::string building = first_of(row, {"建物名等(方書)", "方書"});
  return building.empty() ? address : address + " " + building;
}

void read_hazards(RowReader& row, const Sheet& sheet, Shelter& shelter) {
  for (std::size_t i = 0; i < kHazardKinds; ++i) {
    const std::string& column = hazard_columns()[i];
    if (sheet.has(column)) {
      shelter.rated = true;
      shelter.suited[i] = row.flag(column, false);
    }
  }
}

void set_kind(RowReader& row, std::string_view text, ShelterKinds& kinds) {
  if (text == "指定緊急避難場所") {
    kinds.emergency_site = true;
  } else if (text == "指定避難所") {
    kinds.shelter = true;
  } else if (text == "指定福祉避難所") {
    kinds.designated_welfare = true;
  } else if (text == "協定福祉避難所") {
    kinds.agreement_welfare = true;
  } else if (text == "一時集合場所") {
    kinds.gathering_point = true;
  } else {
    row.reject(
        "施設種別", "SHELTER_KIND_UNKNOWN",
        "知らない施設種別です。指定緊急避難場所、指定避難所、指定福祉避難所、協定福祉避難所、"
        "一時集合場所を ; で区切って書いてください。");
  }
}

/// What the place is: as stated; otherwise a list with hazard columns is one of emergency sites,
/// and one without is a list of shelters.
void read_kinds(RowReader& row, Shelter& shelter) {
  const std::vector<std::string> stated = split(row.text("施設種別"));
  for (const std::string& kind : stated) {
    set_kind(row, normalized_code(kind), shelter.kinds);
  }
  const bool also_shelter = row.flag("指定避難所との重複", false);
  if (!stated.empty()) {
    return;
  }
  if (!shelter.acceptance.empty() && is_welfare_group(row.text("受入対象者"))) {
    shelter.kinds.designated_welfare = true;
    return;
  }
  shelter.kinds.emergency_site = shelter.rated;
  shelter.kinds.shelter = also_shelter || !shelter.rated;
}

void read_arrival(RowReader& row, const LocalPlan& plan, Shelter& shelter) {
  const std::string text = row.code("到着区分");
  if (text == to_text(ArrivalPolicy::Direct)) {
    shelter.arrival = ArrivalPolicy::Direct;
  } else if (text == to_text(ArrivalPolicy::Secondary)) {
    shelter.arrival = ArrivalPolicy::Secondary;
  } else if (text.empty()) {
    shelter.arrival = default_arrival(shelter.kinds, plan);
  } else {
    row.reject("到着区分", "ARRIVAL_UNKNOWN", "「直接避難」か「二次避難」に直してください。");
  }
}

/// A plain number of persons, with or without thousands separators and 人. Anything else (split
/// into indoors and outdoors, say) is not guessed at.
void read_capacity(RowReader& row, Shelter& shelter) {
  std::string code = row.code("想定収容人数");
  if (code.empty() || code == "-") {
    return;
  }
  std::erase(code, ',');
  constexpr std::string_view kPersons = "人";
  if (code.ends_with(kPersons)) {
    code.erase(code.size() - kPersons.size());
  }
  const auto number = parse_number(code);
  const bool whole = number && *number >= 0 && *number <= std::numeric_limits<int>::max() &&
                     *number == static_cast<double>(static_cast<int>(*number));
  if (!whole) {
    row.note("想定収容人数", "人数として読めないため、公表されていないものとして扱いました");
    return;
  }
  shelter.capacity = static_cast<int>(*number);
  if (*shelter.capacity == 0) {
    row.note("想定収容人数", "0人とあります。だれも割り当てられません");
  }
}

/// A whole number up to `most`; an empty cell says nothing, anything else is refused.
std::optional<int> read_limit(RowReader& row, std::string_view column, int most) {
  const std::string code = row.code(column);
  if (code.empty()) {
    return std::nullopt;
  }
  const auto number = parse_number(code);
  if (!number || *number < 0 || *number > most ||
      *number != static_cast<double>(static_cast<int>(*number))) {
    row.reject(column, "LIMIT_INVALID",
               std::string(column) + shown(code) + "を0～" + std::to_string(most) +
                   "の整数で書いてください。分からないときは空にしてください。");
    return std::nullopt;
  }
  return static_cast<int>(*number);
}

/// What the place is equipped with; an empty cell means that nobody has said.
void read_equipment(RowReader& row, Shelter& shelter) {
  constexpr int kMostPeople = 100'000;
  constexpr int kMostCompanions = 10;
  constexpr int kMostMinutes = 7 * 24 * 60;
  constexpr std::array<std::string_view, kEquipmentKinds> kColumns = {"非常用電源", "ベッド",
                                                                      "オストメイト", "段差なし"};
  for (std::size_t i = 0; i < kEquipmentKinds; ++i) {
    if (!row.code(kColumns.at(i)).empty()) {
      shelter.equipment.at(i) = row.flag(kColumns.at(i), false);
    }
  }
  const auto limit = [&](NeedClass need) -> std::optional<int>& {
    return shelter.need_limit.at(static_cast<std::size_t>(need));
  };
  limit(NeedClass::Power) = read_limit(row, "受入上限_電源", kMostPeople);
  limit(NeedClass::Stretcher) = read_limit(row, "受入上限_ストレッチャー", kMostPeople);
  limit(NeedClass::Wheelchair) = read_limit(row, "受入上限_車いす", kMostPeople);
  shelter.companion_limit = read_limit(row, "同伴者上限", kMostCompanions);
  shelter.opens_after_min = read_limit(row, "開設まで_分", kMostMinutes);
}

void note_city_code(RowReader& row) {
  const std::string code = row.code("全国地方公共団体コード");
  if (code.size() == 5 && is_city_code("0" + code)) {
    row.note("全国地方公共団体コード", "先頭の0を補いました");
  } else if (!code.empty() && !is_city_code(code)) {
    row.note("全国地方公共団体コード", "検査数字が合いません");
  }
}

Shelter read_shelter(RowReader& row, const Sheet& sheet, const LocalPlan& plan) {
  Shelter shelter;
  shelter.common_id = first_of(row, {"共通ID", "ID", "NO"});
  shelter.name = row.name("名称");
  shelter.name_kana = row.text("名称_カナ");
  shelter.address = read_address(row);
  shelter.phone = row.phone("電話番号");
  shelter.acceptance = split(row.text("受入対象者"));
  if (const auto place = row.position()) {
    shelter.position = *place;
  } else if (!row.rejected()) {
    row.reject("緯度", "POSITION_MISSING",
               "緯度と経度が空です。場所の分からない避難先は使えません。");
  }
  read_hazards(row, sheet, shelter);
  read_kinds(row, shelter);
  read_arrival(row, plan, shelter);
  read_capacity(row, shelter);
  read_equipment(row, shelter);
  note_city_code(row);
  return shelter;
}

}  // namespace

ParsedRows<ShelterRow> parse_shelters(const Table& table, const LocalPlan& plan) {
  const Sheet sheet(table, "避難場所・避難所", all_columns());
  ImportLog log(sheet.encoding());
  const bool rated = std::ranges::any_of(
      hazard_columns(), [&](const std::string& column) { return sheet.has(column); });
  if (!rated && !sheet.has("施設種別")) {
    log.note("災害種別の列も施設種別の列もないため、指定避難所の一覧として読みました。");
  }
  ParsedRows<ShelterRow> parsed;
  for_each_row(sheet, log, About::Places, [&](RowReader& row) {
    ShelterRow result{row.line(), read_shelter(row, sheet, plan)};
    if (!row.rejected()) {
      parsed.rows.push_back(std::move(result));
    }
  });
  parsed.report = std::move(log).finish();
  return parsed;
}

}  // namespace registry
