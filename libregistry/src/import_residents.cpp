// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "import_columns.hpp"
#include "import_row.hpp"
#include "registry/city_import.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

constexpr std::array<Word<Sex>, 8> kSexes{{{"", Sex::NotStated},
                                           {"男", Sex::Male},
                                           {"男性", Sex::Male},
                                           {"1", Sex::Male},
                                           {"女", Sex::Female},
                                           {"女性", Sex::Female},
                                           {"2", Sex::Female},
                                           {"その他", Sex::Other}}};

constexpr std::array<Word<Residency>, 5> kResidencies{{{"", Residency::Resident},
                                                       {"住民", Residency::Resident},
                                                       {"転出", Residency::MovedOut},
                                                       {"死亡", Residency::Died},
                                                       {"職権消除", Residency::Deleted}}};

constexpr std::array<Word<bool>, 5> kMeasures{
    {{"", false}, {"0", false}, {"なし", false}, {"1", true}, {"あり", true}}};

/// What has to be known of the whole file before one row can be read.
struct FileCounts {
  std::map<std::string, std::vector<std::size_t>, std::less<>> lines_of;  ///< by 宛名番号
  std::size_t longest_town = 0;                                           ///< digits of 町字ID
};

/// Digits of a 町字ID of the address base register.
constexpr std::size_t kTownDigits = 7;

FileCounts count_file(const Sheet& sheet) {
  FileCounts counts;
  for (std::size_t row = 0; row < sheet.size(); ++row) {
    const std::string number = normalized_code(sheet.cell(row, "宛名番号"));
    if (!number.empty()) {
      counts.lines_of[number].push_back(sheet.line(row));
    }
    counts.longest_town = std::max(counts.longest_town, sheet.cell(row, "町字ID").size());
  }
  return counts;
}

/// Numbers of unequal length are the trace of a spreadsheet that dropped leading zeros; which ones
/// it was cannot be known, so they are only reported.
void note_uneven_numbers(const FileCounts& counts, ImportLog& log) {
  std::map<std::size_t, std::size_t> lengths;
  for (const auto& [number, lines] : counts.lines_of) {
    if (number.find_first_not_of("0123456789") == std::string::npos) {
      ++lengths[number.size()];
    }
  }
  if (lengths.size() > 1) {
    std::string found;
    for (const auto& [length, count] : lengths) {
      found += (found.empty() ? "" : ", ") + std::to_string(length) + "桁" + std::to_string(count) +
               "件";
    }
    log.note("宛名番号: 桁数がそろっていません（" + found +
             "）。表計算ソフトで先頭の0が失われていないか確かめてください。");
  }
}

void read_number(RowReader& row, const FileCounts& counts, Person& person) {
  person.resident_no = row.required_key("宛名番号", "RESIDENT_NO_MISSING");
  const auto lines = counts.lines_of.find(person.resident_no);
  if (lines != counts.lines_of.end() && lines->second.size() > 1) {
    // Which row is right cannot be known, so none is taken.
    row.reject("宛名番号", "RESIDENT_NO_DUPLICATE",
               "同じ宛名番号が" + line_list(lines->second) +
                   "行目にあります。正しい1行だけを残してください。");
  }
}

void read_household(RowReader& row, Person& person) {
  person.household_no = row.key("世帯番号");
  if (person.household_no.empty() && person.residency == Residency::Resident) {
    row.note("世帯番号", "空のため一人世帯として数えました");
  }
}

void read_names(RowReader& row, Person& person) {
  person.name = row.name("氏名");
  person.name_kana = row.text("氏名カナ");
  person.name_alias = row.text("通称名");
  if (looks_garbled(person.name_kana)) {
    row.reject("氏名カナ", "NAME_GARBLED",
               "氏名カナに文字化け（?、〓、■、●など）があります。元のデータの文字を"
               "確かめてください。");
  }
}

void check_birth_range(RowReader& row, Date birth, Date as_of) {
  constexpr int kOldest = 130;
  if (birth > as_of) {
    row.reject("生年月日", "BIRTH_DATE_IN_FUTURE",
               "生年月日が基準日より後です。元号と年を確かめてください。");
  } else if (legal_age(birth, as_of) > kOldest) {
    row.reject("生年月日", "BIRTH_DATE_IMPLAUSIBLE",
               "130歳を超える生年月日です。元号と年を確かめてください。");
  }
}

/// A 不詳 date is kept as text, and as a date when it is complete (みなし生年月日).
void read_birth(RowReader& row, Date as_of, Person& person) {
  person.birth_text = row.text("生年月日");
  const bool unknown = row.flag("生年月日不詳", false);
  if (unknown) {
    if (person.birth_text.empty()) {
      person.birth_text = "不詳";
    }
    person.birth_date = parse_written_date(person.birth_text).date;
  } else if (row.code("生年月日").empty()) {
    row.reject("生年月日", "BIRTH_DATE_MISSING",
               "生年月日が空です。分からないときは生年月日不詳に1を入れてください。");
  } else {
    person.birth_date = row.date("生年月日", "BIRTH_DATE");
  }
  if (person.birth_date) {
    check_birth_range(row, *person.birth_date, as_of);
  }
}

void read_sex_and_residency(RowReader& row, Person& person) {
  const std::string sex_text = row.code("性別");
  const auto sex = value_of(kSexes, sex_text);
  if (!sex) {
    row.reject("性別", "SEX_UNKNOWN",
               "値" + shown(sex_text) +
                   "が分かりません。男、女、その他、1、2 のどれかにするか、空にしてください。");
  }
  person.sex = sex.value_or(Sex::NotStated);
  const std::string residency_text = row.code("住民区分");
  const auto residency = value_of(kResidencies, residency_text);
  if (!residency) {
    row.reject("住民区分", "RESIDENCY_UNKNOWN",
               "値" + shown(residency_text) +
                   "が分かりません。住民、転出、死亡、職権消除のどれかに直してください。");
  }
  person.residency = residency.value_or(Residency::Resident);
}

/// In a file with 町字ID of seven digits a shorter number lost its zeros.
void read_town(RowReader& row, const FileCounts& counts, Person& person) {
  person.town_code = row.key("町字ID");
  const bool digits = !person.town_code.empty() &&
                      person.town_code.find_first_not_of("0123456789") == std::string::npos;
  if (digits && counts.longest_town == kTownDigits && person.town_code.size() < kTownDigits) {
    person.town_code.insert(0, kTownDigits - person.town_code.size(), '0');
    row.note("町字ID", "先頭の0を補いました");
  }
}

void read_addresses(RowReader& row, Person& person) {
  person.postcode = row.postcode("郵便番号");
  person.address = row.text("住所");
  person.address_number = row.text("番地");
  person.building = row.text("方書");
  person.actual_residence = row.text("居所");
  if (person.residency == Residency::Resident && row.code("住所").empty() &&
      row.code("居所").empty()) {
    row.reject("住所", "ADDRESS_MISSING", "住所も居所も空です。どちらかを入力してください。");
  }
}

void read_contacts(RowReader& row, Person& person) {
  person.phone = row.phone("電話");
  Contact contact{row.text("緊急連絡先氏名"), row.text("緊急連絡先続柄"),
                  row.phone("緊急連絡先電話")};
  if (!contact.name.empty() || !contact.phone.empty()) {
    person.emergency_contacts.push_back(std::move(contact));
  }
}

/// How long after its end a measure that the file no longer marks counts until somebody has looked
/// (domain §6.6). A measure that the file does mark counts, however long ago it ended.
constexpr std::chrono::days kReviewPeriod{90};

ProtectiveMeasure protective_measure(RowReader& row, bool marked, std::optional<Date> until,
                                     Date as_of) {
  const bool running = !until || *until >= as_of;
  if (marked) {
    if (running) {
      return ProtectiveMeasure::Active;
    }
    row.note("支援措置期限",
             "期限が過ぎています。確認するまで支援措置が続いているものとして扱います");
    return ProtectiveMeasure::ExpiredUnreviewed;
  }
  const bool ended_lately =
      until && std::chrono::sys_days(as_of) - std::chrono::sys_days(*until) <= kReviewPeriod;
  if (ended_lately) {
    row.note(
        "支援措置区分",
        "区分は「なし」ですが、期限がこれからか90日以内に過ぎたばかりです。確認するまで支援措置が"
        "続いているものとして扱います");
    return ProtectiveMeasure::ExpiredUnreviewed;
  }
  return ProtectiveMeasure::None;
}

void read_protection(RowReader& row, Date as_of, Person& person) {
  const std::string text = row.code("支援措置区分");
  const auto marked = value_of(kMeasures, text);
  if (!marked) {
    row.reject(
        "支援措置区分", "PROTECTIVE_MEASURE_UNKNOWN",
        "値" + shown(text) +
            "が分かりません。0（なし）か 1（あり）に直してください。分からないまま「なし」とは"
            "読みません。");
    return;
  }
  person.protective_until = row.date("支援措置期限", "PROTECTIVE_UNTIL");
  if (!row.rejected()) {
    person.protective_measure = protective_measure(row, *marked, person.protective_until, as_of);
  }
}

void read_place(RowReader& row, Person& person) {
  person.living_place = row.living_place().value_or(LivingPlace::Home);
  person.expect_return = row.flag("帰宅見込", false);
  person.position = row.position();
}

}  // namespace

ParsedRows<ResidentRow> parse_residents(const Table& table, Date as_of) {
  const Sheet sheet(table, "住民記録", import_columns(ImportKind::Residents));
  const FileCounts counts = count_file(sheet);
  ImportLog log(sheet.encoding());
  note_uneven_numbers(counts, log);
  ParsedRows<ResidentRow> parsed;
  for_each_row(sheet, log, About::People, [&](RowReader& row) {
    ResidentRow resident{row.line(), {}};
    Person& person = resident.person;
    read_number(row, counts, person);
    read_names(row, person);
    read_birth(row, as_of, person);
    read_sex_and_residency(row, person);
    read_household(row, person);
    person.relation_to_head = row.text("続柄");
    read_town(row, counts, person);
    read_addresses(row, person);
    read_contacts(row, person);
    read_protection(row, as_of, person);
    read_place(row, person);
    if (!row.rejected()) {
      parsed.rows.push_back(std::move(resident));
    }
  });
  parsed.report = std::move(log).finish();
  return parsed;
}

}  // namespace registry
