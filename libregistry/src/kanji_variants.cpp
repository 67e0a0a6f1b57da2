// SPDX-License-Identifier: Apache-2.0
#include "kanji_variants.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace registry {
namespace {

// Forms that occur in names of people and places; the first of each group stands for it. Forms are
// in one group when registers and their bearers use them for the same name: new and old forms
// (広廣), forms of the family register (辺邊邉), and the four 斎, which people mix up. Different
// names stay apart: 坂 and 阪, 杉 and 椙, 岩 and 巌. NFKC has already folded compatibility forms.
constexpr auto kGroups = std::to_array<std::u32string_view>(
    {U"高髙",     U"崎﨑嵜碕", U"浜濱濵", U"徳德悳惪", U"瀬瀨",     U"辺邊邉", U"斎齋斉齊斋齐",
     U"沢澤",     U"広廣",     U"桜櫻",   U"国國圀",   U"島嶋嶌陦", U"富冨",   U"吉𠮷",
     U"竜龍",     U"滝瀧",     U"関關",   U"恵惠",     U"真眞",     U"亀龜",   U"塩鹽",
     U"蔵藏",     U"条條",     U"桧檜",   U"栄榮",     U"豊豐",     U"万萬",   U"実實",
     U"学學",     U"円圓",     U"宝寶寳", U"寿壽",     U"応應",     U"鉄鐵銕", U"気氣气",
     U"黒黑",     U"黄黃",     U"横橫",   U"緑綠",     U"渋澁澀",   U"薮藪籔", U"館舘",
     U"曽曾",     U"増增",     U"会會",   U"経經",     U"県縣",     U"顕顯",   U"芦蘆",
     U"蛍螢",     U"焼燒",     U"暁曉",   U"尭堯",     U"戸戶户",   U"帰歸",   U"弥彌",
     U"弁辯辨瓣", U"当當",     U"断斷",   U"伝傳",     U"転轉",     U"稲稻",   U"穂穗",
     U"穏穩",     U"隠隱",     U"為爲",   U"壱壹弌",   U"衛衞",     U"園薗",   U"縁緣",
     U"艶艷",     U"奥奧",     U"欧歐",   U"鴎鷗",     U"温溫",     U"画畫",   U"拡擴",
     U"覚覺",     U"岳嶽",     U"楽樂",   U"巻卷",     U"寛寬",     U"歓歡",   U"観觀",
     U"喜㐂",     U"挙擧",     U"峡峽",   U"狭狹",     U"郷鄕",     U"区區",   U"駆驅",
     U"勲勳",     U"薫薰",     U"径徑",   U"継繼",     U"茎莖",     U"渓溪",   U"軽輕",
     U"芸藝",     U"献獻",     U"研硏",   U"厳嚴",     U"巌巖",     U"恒恆",   U"鉱鑛",
     U"号號",     U"済濟",     U"桟棧",   U"児兒",     U"釈釋",     U"従從",   U"粛肅",
     U"将將",     U"渉涉",     U"奨奬",   U"証證",     U"縄繩",     U"浄淨",   U"乗乘",
     U"畳疊",     U"嬢孃",     U"譲讓",   U"醸釀",     U"慎愼",     U"晋晉",   U"尽盡",
     U"図圖",     U"粋粹",     U"枢樞",   U"数數",     U"声聲",     U"静靜",   U"専專",
     U"浅淺",     U"戦戰",     U"潜潛濳", U"双雙",     U"壮壯",     U"荘莊",   U"巣巢",
     U"装裝",     U"騒騷",     U"即卽",   U"属屬",     U"続續",     U"対對",   U"体體",
     U"帯帶",     U"台臺",     U"択擇",   U"担擔",     U"単單",     U"団團",   U"弾彈",
     U"遅遲",     U"昼晝",     U"虫蟲",   U"鋳鑄",     U"庁廳",     U"聴聽",   U"勅敕",
     U"鎮鎭",     U"点點",     U"灯燈",   U"独獨",     U"読讀",     U"拝拜",   U"売賣",
     U"麦麥",     U"発發",     U"髪髮",   U"抜拔",     U"秘祕",     U"仏佛",   U"並竝",
     U"変變",     U"舗舖",     U"歩步",   U"槙槇",     U"毎每",     U"満滿",   U"麺麵",
     U"訳譯",     U"薬藥",     U"与與",   U"予豫",     U"余餘",     U"誉譽",   U"揺搖",
     U"様樣",     U"謡謠",     U"遥遙",   U"来來",     U"頼賴",     U"両兩",   U"励勵",
     U"礼禮",     U"霊靈",     U"齢齡",   U"歴歷",     U"恋戀",     U"労勞",   U"楼樓",
     U"禄祿",     U"録錄",     U"湾灣",   U"桑桒",     U"松枩",     U"梅楳",   U"柏栢",
     U"船舩",     U"峰峯",     U"裏裡",   U"群羣",     U"淵渕渊",   U"凛凜",   U"頴穎",
     U"頬頰",     U"祷禱",     U"篭籠",   U"鴬鶯",     U"壷壺",     U"莱萊",   U"麹麴",
     U"迩邇",     U"竈竃",     U"野埜",   U"秋穐龝",   U"村邨",     U"土圡",   U"橋槗𣘺",
     U"柳栁",     U"卯夘",     U"祢禰",   U"脇𦚰",     U"穣穰",     U"斗㪷",   U"蝋蠟",
     U"砺礪",     U"蛎蠣",     U"総總",   U"絵繪",     U"岡崗",     U"沖冲",   U"権權",
     U"峨峩",     U"嵯嵳",     U"堺畍",   U"糸絲",     U"場塲",     U"達逹",   U"猪豬",
     U"鶴寉",     U"本夲",     U"桝枡",   U"綿緜",     U"留畄",     U"彦彥",   U"別别",
     U"宮宫",     U"多夛",     U"泉湶"});

struct Fold {
  char32_t from = 0;
  char32_t to = 0;
};

consteval std::size_t fold_count() {
  std::size_t count = 0;
  for (const std::u32string_view group : kGroups) {
    count += group.size() - 1;
  }
  return count;
}

consteval auto sorted_folds() {
  std::array<Fold, fold_count()> folds{};
  std::size_t at = 0;
  for (const std::u32string_view group : kGroups) {
    for (const char32_t form : group.substr(1)) {
      folds[at++] = {form, group.front()};
    }
  }
  std::sort(folds.begin(), folds.end(),
            [](const Fold& a, const Fold& b) { return a.from < b.from; });
  return folds;
}

constexpr auto kFolds = sorted_folds();

consteval bool every_form_once() {
  for (std::size_t i = 1; i < kFolds.size(); ++i) {
    if (kFolds[i - 1].from == kFolds[i].from) {
      return false;
    }
  }
  return true;
}
static_assert(every_form_once(), "a form must not belong to two groups");

}  // namespace

char32_t folded_kanji(char32_t c) {
  const Fold* const fold = std::lower_bound(kFolds.begin(), kFolds.end(), c,
                                            [](const Fold& a, char32_t b) { return a.from < b; });
  return fold != kFolds.end() && fold->from == c ? fold->to : c;
}

}  // namespace registry
