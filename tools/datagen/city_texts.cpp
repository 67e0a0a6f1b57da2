// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "datagen/city_texts.hpp"
#include "datagen/quarters.hpp"

namespace datagen {

std::string local_plan_text(const std::string& city) {
  return "# SPDX-License-Identifier: Apache-2.0\n"
         "# 地域防災計画で市が決めている事項（架空の「" +
         city +
         "」）。\n"
         "# 自分の市に合わせて書き換えてください。どの項目も省けません。\n"
         "\n"
         "[city]\n"
         "# 様式に印刷する市の名前\n"
         "name = \"" +
         city +
         "\"\n"
         "# 全国地方公共団体コード6桁（13999 は実在しない番号、最後の1桁は検査数字）\n"
         "code = \"" +
         std::string(kCityCode) +
         "\"\n"
         "# 様式に印刷する担当課と電話番号（市内局番が 0 で始まる番号は実在しません）\n"
         "department = \"危機管理課\"\n"
         "phone = \"042-000-0000\"\n"
         "\n"
         "[planning]\n"
         "# 避難行動要支援者名簿に載せる人の基準。rules フォルダーの中のファイル名\n"
         "rule_set = \"eligibility_nishitokyo.toml\"\n"
         "# 何の災害について避難先を決めるか\n"
         "hazards = [\"洪水\", \"地震\", \"大規模な火事\"]\n"
         "# 本人と一緒に避難し、避難先で席がいる人の数\n"
         "companions = 1\n"
         "# 自宅から道路までの距離の限度（メートル）。これより遠い家は経路を計算しません\n"
         "snap_limit_m = 200\n"
         "# 個別避難計画を見直すまでの月数\n"
         "review_months = 12\n"
         "\n"
         "[shelters]\n"
         "# 福祉避難所へ直接行ってよいか。「直接避難」または「二次避難」。\n"
         "# 避難所の一覧に「到着区分」の列があれば、そちらが優先します。\n"
         "designated_welfare_arrival = \"二次避難\"\n"
         "agreement_welfare_arrival = \"二次避難\"\n"
         "# 収容人数が公表されていない避難所に仮に置く人数\n"
         "capacity_when_unknown = 100\n";
}

std::string readme_text(const SampleRequest& request) {
  std::string text =
      "この中の人、家、電話番号、メールアドレスはすべて作りものです。実在の人とは関係ありません。\n"
      "同じ人数と種からは、いつも同じファイルができます（人数 " +
      std::to_string(request.people) + "、種 " + std::to_string(request.seed) +
      "）。\n"
      "基準日は令和8年11月1日です。\n"
      "電話番号は、市内局番や 090 の次が 0 で始まる、つながらない番号です。郵便番号の 000 も"
      "使われていません。\n\n"
      "residents.csv         住民記録（UTF-8、BOM 付き。異体字、CP932 にない字、IVS を含む）\n"
      "care.csv              介護認定（CP932）\n"
      "disability.csv        障害者手帳など（CP932）\n"
      "supporters.csv        避難支援等実施者（CP932）\n"
      "areas.geojson         区域\n"
      "local_plan.toml       地域防災計画で市が決めている事項\n";
  if (request.areas) {
    return text + "\n家の位置は、与えられた区域の中から人口に比例して無作為に選びました。\n";
  }
  return text +
         "shelters.csv          指定緊急避難場所（自治体標準オープンデータセット no.03 "
         "の列、UTF-8）\n"
         "welfare_shelters.csv  福祉避難所（同じ列に施設種別、受入対象者、到着区分を加えたもの）\n"
         "roads.osm.pbf         道路、鉄道、川（OpenStreetMap の形式）\n"
         "dem.tif               標高（GeoTIFF、EPSG:6668、0.2秒間隔）\n"
         "hazards.geojson       洪水、内水、土砂災害の危険区域\n"
         "\n「ひかり市」は架空の町です。座標はその場所の実際の地形や道路とは関係ありません。\n";
}

}  // namespace datagen
