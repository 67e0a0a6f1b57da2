// SPDX-License-Identifier: Apache-2.0
#include "import_columns.hpp"

#include "registry/error.hpp"

namespace registry {
namespace {

constexpr std::string_view kProtectionWhy =
    "支援措置区分の列がないファイルは受け付けません。列がないことを「支援措置の対象者がいない」と"
    "読むと、DV等支援措置の対象者の住所が漏れるおそれがあります。住民記録から支援措置区分と"
    "支援措置期限を付けて書き出してください（対象者がいなくても列は必要です）。";

const std::vector<ColumnRule>& resident_columns() {
  static const std::vector<ColumnRule> columns{
      {"宛名番号", true},
      {"世帯番号", true},
      {"氏名", true},
      {"氏名カナ", true},
      {"通称名"},
      {"生年月日", true},
      {"生年月日不詳"},
      {"性別", true},
      {"続柄"},
      {"郵便番号"},
      {"町字ID"},
      {"住所", true},
      {"番地"},
      {"方書"},
      {"居所"},
      {"電話"},
      {"住民区分", true},
      {"支援措置区分", true, kProtectionWhy},
      {"支援措置期限", true},
      {"緊急連絡先氏名"},
      {"緊急連絡先続柄"},
      {"緊急連絡先電話"},
      {"緯度"},
      {"経度"},
      {"入所区分"},
      {"帰宅見込"},
  };
  return columns;
}

const std::vector<ColumnRule>& care_columns() {
  static const std::vector<ColumnRule> columns{{"宛名番号", true}, {"要介護状態区分", true},
                                               {"認定日"},         {"有効期限", true},
                                               {"入所区分"},       {"移動手段"},
                                               {"氏名"},           {"氏名カナ"},
                                               {"生年月日"},       {"住所"},
                                               {"番地"},           {"方書"}};
  return columns;
}

const std::vector<ColumnRule>& disability_columns() {
  static const std::vector<ColumnRule> columns{
      {"宛名番号", true}, {"制度区分", true}, {"等級", true}, {"部位"},     {"部位等級"},
      {"種別"},           {"交付日"},         {"有効期限"},   {"移動手段"}, {"氏名"},
      {"氏名カナ"},       {"生年月日"},       {"住所"},       {"番地"},     {"方書"}};
  return columns;
}

const std::vector<ColumnRule>& intractable_columns() {
  static const std::vector<ColumnRule> columns{
      {"宛名番号"},       {"疾病名", true}, {"告示番号"}, {"制度区分"}, {"交付日"},
      {"有効期限", true}, {"移動手段"},     {"氏名"},     {"氏名カナ"}, {"生年月日"},
      {"住所"},           {"番地"},         {"方書"}};
  return columns;
}

const std::vector<ColumnRule>& voluntary_columns() {
  static const std::vector<ColumnRule> columns{
      {"宛名番号"}, {"申請日", true}, {"登録区分"}, {"申請事由"}, {"氏名"},
      {"氏名カナ"}, {"生年月日"},     {"住所"},     {"番地"},     {"方書"}};
  return columns;
}

}  // namespace

const std::vector<ColumnRule>& import_columns(ImportKind kind) {
  switch (kind) {
    case ImportKind::Residents:
      return resident_columns();
    case ImportKind::Care:
      return care_columns();
    case ImportKind::Disability:
      return disability_columns();
    case ImportKind::Intractable:
      return intractable_columns();
    case ImportKind::Voluntary:
      return voluntary_columns();
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

}  // namespace registry
