// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_columns.hpp"

#include <algorithm>
#include <array>

#include "planner/drill_tables.hpp"

namespace planner {
namespace {

/// No table: the column means the same in all that have it and are not named themselves.
struct Entry {
  std::string_view table;
  std::string_view column;
  std::string_view japanese;
  std::string_view english;
  std::string_view units = {};
};

constexpr auto kEntries = std::to_array<Entry>({
    {"", "area", "地区", "district"},
    {"", "high", "区間の上端", "upper end of the interval"},
    {"", "id", "避難所ID", "id of the shelter"},
    {"", "key", "番号", "number in place of a name"},
    {"", "kind", "種類の符号", "code of the kind"},
    {"", "lat", "緯度", "latitude", "degrees_north"},
    {"", "lon", "経度", "longitude", "degrees_east"},
    {"", "low", "区間の下端", "lower end of the interval"},
    {"", "mean", "人（平均）", "people, mean"},
    {"", "minute", "始まりからの時間", "since the start", "min"},
    {"", "most", "人（最も多い回）", "people, the most of any run"},
    {"", "name", "名前", "name"},
    {"", "need", "必要とするもの", "special need"},
    {"", "people", "人", "people"},
    {"", "profile", "移動のしかた", "way of moving"},
    {"", "shelter", "避難所", "shelter"},
    {"", "taken", "入った人（1回あたり）", "places taken, per run"},
    {"", "what", "どれ", "which one"},
    {"", "words", "種類", "kind"},
    {"", "worse", "悪くなる人", "people worse off"},

    {"", "safe", "時間内に避難", "inside a shelter by the deadline"},
    {"", "late", "期限の後に避難", "inside, but after the deadline"},
    {"", "at_door", "避難所の前で待つ", "waits before a shelter"},
    {"", "under_way", "移動の途中", "on the road when the drill ends"},
    {"", "stranded", "道がなく動けない", "on the road, and no way is open"},
    {"", "left_behind", "自宅に残る", "still at home"},
    {"", "away", "自宅にいない", "was not at home"},

    {"meta", "", "条件", "what decides the result"},
    {"meta", "key", "項目", "item"},
    {"meta", "value", "値", "value"},

    {"run", "", "回ごと。数は人", "run by run; counts are people"},
    {"run", "run", "回", "run"},
    {"run", "ninety_min", "入れた人の90%が入るまで", "until 90 % of who gets inside is", "min"},

    {"completion", "", "完了率曲線", "people inside by minute, over the runs"},
    {"completion", "p10", "人（P10）", "people, 10th percentile"},
    {"completion", "p50", "人（P50）", "people, median"},
    {"completion", "p90", "人（P90）", "people, 90th percentile"},
    {"completion", "percent_p10", "自宅にいた人のうち（P10）", "of those at home, 10th percentile",
     "percent"},
    {"completion", "percent_p50", "自宅にいた人のうち（P50）", "of those at home, median",
     "percent"},
    {"completion", "percent_p90", "自宅にいた人のうち（P90）", "of those at home, 90th percentile",
     "percent"},

    {"group_completion", "", "地区と移動のしかた別の完了", "people inside by district and way"},
    {"group_completion", "percent", "自宅にいた人のうち", "of those at home", "percent"},

    {"person", "", "人ごと。数は回", "person by person; counts are runs"},
    {"person", "registrant", "対象者ID（同意した人だけ）", "registrant, of who agreed only"},
    {"person", "hands", "必要な支援者", "helpers needed"},
    {"person", "seats", "必要な席", "seats needed, companions included"},
    {"person", "gap", "避難先のない理由", "why there is no shelter"},
    {"person", "deadline_s", "期限", "deadline", "s"},
    {"person", "planned_s", "計画の所要時間（0 = 経路なし）", "planned time; 0 = no way", "s"},
    {"person", "way_m", "計画の経路の長さ", "length of the planned way", "m"},
    {"person", "diverted", "避難先を変えた", "turned away and sent on"},
    {"person", "detoured", "回り道をした", "took another way"},
    {"person", "transferred", "二次避難をした", "taken on to a second shelter"},
    {"person", "inside", "避難所に入れた", "got inside a shelter"},
    {"person", "preparation_s", "準備（平均）", "preparation, mean", "s"},
    {"person", "start_s", "開始（平均）", "ready until leaving, mean", "s"},
    {"person", "movement_s", "移動（平均）", "leaving until inside, mean", "s"},
    {"person", "queued_s", "待ち（平均）", "waiting on the way, mean", "s"},
    {"person", "safe_s", "入れた時刻（平均）", "inside after the start, mean", "s"},
    {"person", "safe_last_s", "入れた時刻（最も遅い回）", "inside after the start, latest", "s"},

    {"supporter", "", "支援者ごと", "supporter by supporter"},
    {"supporter", "planned", "受け持ちの人", "people in his or her charge"},
    {"supporter", "retreat_s", "退避の時刻", "time to retreat", "s"},
    {"supporter", "present", "来られた回", "runs in which present"},
    {"supporter", "trips", "運んだ人（1回あたり）", "people brought, per run"},
    {"supporter", "vain", "無駄足（1回あたり）", "ways in vain, per run"},
    {"supporter", "declined", "退避で断念（1回あたり）",
     "not begun because of the retreat, per run"},
    {"supporter", "busy_ms", "動いた時間（1回あたり）", "time at work, per run", "ms"},
    {"supporter", "last_return_s", "最後に戻った時刻", "last return of any run", "s"},
    {"supporter", "violations", "退避違反", "trips begun that could not end in time"},
    {"supporter", "overtaken", "混雑や通行止めで退避に遅れた支援",
     "trips held up past the retreat"},

    {"shelter", "", "避難所ごと", "shelter by shelter"},
    {"shelter", "seats", "席", "seats"},
    {"shelter", "second_stage", "二次避難だけ（1 = はい）", "second stage only; 1 = yes"},
    {"shelter", "seat_price_s", "席が一つ増えると全員で減る時間", "what one more seat saves all",
     "s"},
    {"shelter", "opens_s", "開く時刻", "opens", "s"},
    {"shelter", "full_runs", "入れない人が出た回", "runs in which somebody was turned away"},
    {"shelter", "turned_away", "入れなかった人（1回あたり）", "people turned away, per run"},
    {"shelter", "longest_wait_s", "最も長い待ち", "longest wait of any run", "s"},

    {"shelter_use", "", "避難所の席（時間ごと）", "seats taken by time"},

    {"shelter_need", "", "避難所の設備ごと", "places for special needs"},
    {"shelter_need", "places", "数", "places"},
    {"shelter_need", "missed", "足りなかった人（1回あたり）", "people who missed one, per run"},
    {"shelter_need", "missed_runs", "足りなかった回", "runs in which somebody missed one"},

    {"need_use", "", "避難所の設備（時間ごと）", "places for special needs by time"},

    {"road", "", "人を待たせた道", "roads that held people up"},
    {"road", "way_id", "地図の道路ID", "way id of the map"},
    {"road", "runs_delayed", "待った人のいる回", "runs in which somebody waited"},
    {"road", "runs_blocked", "引き返した人のいる回", "runs in which somebody turned back"},
    {"road", "delayed", "待った人（1回あたり）", "people who waited, per run"},
    {"road", "person_minutes", "待ち時間の合計（1回あたり）", "waiting of all people, per run",
     "min"},
    {"road", "blocked", "引き返した人（1回あたり）", "people who turned back, per run"},

    {"alternative", "", "第二の経路と避難所", "second ways and shelters"},
    {"alternative", "way_known", "経路を調べた（1 = はい）",
     "a second way was looked for; 1 = yes"},
    {"alternative", "second_way", "第二経路がある（1 = はい）", "there is a second way; 1 = yes"},
    {"alternative", "way_extra_s", "第二経路の余分の時間", "what the second way takes more", "s"},
    {"alternative", "way_shared", "第一経路と同じ道の割合（0〜1）", "share of the first way in it"},
    {"alternative", "second_shelter", "第二の避難所", "second shelter"},
    {"alternative", "shelter_extra_s", "第二の避難所の余分の時間",
     "what the second shelter takes more", "s"},

    {"bound", "", "完了の上限", "bound for any run"},
    {"bound", "most", "入れる人の上限", "the most people any run can have inside"},

    {"district", "", "地区の孤立", "districts cut off"},
    {"district", "cut_off_runs", "孤立した回", "runs in which it was cut off"},

    {"action", "", "改善案", "actions tried"},
    {"action", "saved", "助かる人（1回あたり）", "people saved, per run"},
    {"action", "helps", "効果がある（1 = はい）", "the interval lies above 0; 1 = yes"},
    {"action", "better", "良くなる人", "people better off"},

    {"single_point", "", "単一障害点", "single points of failure"},
    {"single_point", "load", "使う人（1回あたり）", "people who use it, per run"},
    {"single_point", "lost", "失う人（1回あたり）", "people lost, per run"},
    {"single_point", "costs", "損失がある（1 = はい）", "the interval lies above 0; 1 = yes"},
});

const Entry* entry_of(std::string_view table, std::string_view column) {
  const auto* const found = std::ranges::find_if(
      kEntries, [&](const Entry& entry) { return entry.table == table && entry.column == column; });
  return found == kEntries.end() ? nullptr : found;
}

ColumnWords words(std::string_view japanese, std::string_view english, std::string_view units) {
  return {.long_name = std::string(japanese) + " (" + std::string(english) + ")",
          .units = std::string(units)};
}

/// `cause_no_seat`: the code is the English.
ColumnWords cause_words(std::string_view column) {
  for (std::size_t i = 1; i < route::kDrillCauses; ++i) {
    const auto cause = static_cast<route::DrillCause>(i);
    std::string code(code_of(cause));
    if (column == "cause_" + code) {
      std::ranges::replace(code, '_', ' ');
      return words("理由: " + std::string(words_of(cause)), "cause: " + code, {});
    }
  }
  return {};
}

}  // namespace

ColumnWords column_words(std::string_view table, std::string_view column) {
  const Entry* entry = entry_of(table, column);
  if (entry == nullptr) {
    entry = entry_of({}, column);
  }
  return entry == nullptr ? cause_words(column)
                          : words(entry->japanese, entry->english, entry->units);
}

}  // namespace planner
