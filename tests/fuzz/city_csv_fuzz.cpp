// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.hpp"
#include "registry/city_import.hpp"
#include "registry/error.hpp"

namespace {

using registry::InputError;
using registry::Table;

const registry::LocalPlan& plan() {
  static const registry::LocalPlan read = registry::parse_local_plan(
      fuzz::read_file(std::string(TOMONI_SOURCE_DIR) + "/data/rules/local_plan_sample.toml"));
  return read;
}

/// Every reader of tables gets every table: a wrong file is an ordinary mistake.
void read_as_everything(const Table& table) {
  const registry::Date today{std::chrono::year{2026}, std::chrono::June, std::chrono::day{1}};
  const auto refused = [](const registry::ImportReport& report) {
    static_cast<void>(write_csv(error_table(report), registry::CsvEncoding::Cp932));
  };
  fuzz::accepts<InputError>([&] { refused(parse_residents(table, today).report); });
  fuzz::accepts<InputError>([&] { refused(registry::parse_care(table).report); });
  fuzz::accepts<InputError>([&] { refused(registry::parse_disability(table).report); });
  fuzz::accepts<InputError>([&] { refused(registry::parse_supporters(table).report); });
  fuzz::accepts<InputError>([&] { refused(parse_shelters(table, plan()).report); });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Table table;
  if (fuzz::accepts<InputError>([&] { table = registry::read_csv(fuzz::text_of(data, size)); })) {
    read_as_everything(table);
  }
  return 0;
}

fuzz::Material fuzz::material() {
  const std::vector<std::string> texts{
      "宛名番号,世帯番号,氏名,氏名カナ,生年月日,生年月日不詳,性別,続柄,郵便番号,町字ID,住所,番地,"
      "方書,"
      "電話,住民区分,支援措置区分,支援措置期限,緯度,経度\r\n"
      "0001000003,00200001,鈴木　達郎,スズキ　タツロウ,1941-07-06,,男,世帯主,000-0017,0002002,"
      "ひかり市花園二丁目,31番15号,\"コーポ\"\"ひ\"\"\r\n101\",042-000-8858,住民,,,35.72,139.44\r\n"
      "0001000010,00200001,鈴木　悦子,スズキ　エツコ,昭和14年8月14日,日不詳,女,妻,000-0017,0002002,"
      "ひかり市花園二丁目,31番15号,,,住民,,,,\r\n",
      "宛名番号,要介護状態区分,認定日,有効期限,申請区分,移動手段\r\n"
      "0001000150,要介護3,2024-11-16,2026-05-06,,車いす介助\r\n"
      "0001000234,要支援2,令和8年6月18日,2028-11-22,,\r\n",
      "宛名番号,制度区分,等級,部位,部位別等級,種別,交付日,有効期限,移動手段\r\n"
      "0001000185,身体障害者手帳,2級,視覚,2,第1種,2013-03-18,,独歩\r\n",
      "支援者番号,氏名,氏名カナ,住所,電話,対象宛名番号,関係,支援内容,同意日,順位,緯度,経度\r\n"
      "H000003,安田　雄,ヤスダ　ユウ,ひかり市ひかり一丁目19番1号,090-0000-9940,0001000185,友人,"
      "歩行,,1,35.7332653,139.4293372\r\n",
      "ID,名称,所在地_連結表記,緯度,経度,想定収容人数\r\n"
      "1399980001,南小学校,東京都ひかり市みなみ町二丁目38番1号,35.7239139,139.4187949,60\r\n"};
  Material made{texts,
                {",",
                 "\"",
                 "\r\n",
                 "\t",
                 "\xEF\xBB\xBF",
                 "\xFF\xFE",
                 "令和元年5月1日",
                 "昭和64年1月7日",
                 "2026-02-30",
                 "〜",
                 "\xF0\xA0\xAE\xB7",
                 "葛\xF3\xA0\x84\x80",
                 "=cmd()",
                 "123456789012",
                 "不明",
                 "\x81",
                 "０１２",
                 "-",
                 "N",
                 std::string(1, '\0')}};
  for (const std::string& text : texts) {
    made.seeds.push_back(write_csv(registry::read_csv(text), registry::CsvEncoding::Cp932).bytes);
  }
  return made;
}
