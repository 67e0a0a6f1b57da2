// SPDX-License-Identifier: Apache-2.0
#include "store/city_files.hpp"

#include <array>
#include <string_view>

namespace bench {
namespace {

struct Word {
  std::string_view kanji;
  std::string_view kana;
};

constexpr std::array<Word, 20> kSurnames{
    {{"髙橋", "タカハシ"}, {"齋藤", "サイトウ"}, {"渡邉", "ワタナベ"}, {"佐々木", "ササキ"},
     {"山﨑", "ヤマザキ"}, {"中村", "ナカムラ"}, {"小林", "コバヤシ"}, {"加藤", "カトウ"},
     {"吉田", "ヨシダ"},   {"山田", "ヤマダ"},   {"伊藤", "イトウ"},   {"松本", "マツモト"},
     {"井上", "イノウエ"}, {"木村", "キムラ"},   {"林", "ハヤシ"},     {"清水", "シミズ"},
     {"濵田", "ハマダ"},   {"森", "モリ"},       {"池田", "イケダ"},   {"橋本", "ハシモト"}}};
constexpr std::array<Word, 16> kGiven{{{"花子", "ハナコ"},
                                       {"一郎", "イチロウ"},
                                       {"美咲", "ミサキ"},
                                       {"健太", "ケンタ"},
                                       {"文", "フミ"},
                                       {"正", "タダシ"},
                                       {"和子", "カズコ"},
                                       {"茂", "シゲル"},
                                       {"節子", "セツコ"},
                                       {"清", "キヨシ"},
                                       {"陽菜", "ヒナ"},
                                       {"翔", "ショウ"},
                                       {"幸子", "サチコ"},
                                       {"勝", "マサル"},
                                       {"トメ", "トメ"},
                                       {"実", "ミノル"}}};
constexpr std::array<std::string_view, 24> kTowns{
    "見本市中町",   "見本市東町",   "見本市西原町",     "見本市南町",     "見本市北原町",
    "見本市緑町",   "見本市谷戸町", "見本市富士町",     "見本市柳沢",     "見本市住吉町",
    "見本市泉町",   "見本市栄町",   "見本市ひばりが丘", "見本市田無町",   "見本市向台町",
    "見本市新町",   "見本市保谷町", "見本市本町",       "見本市芝久保町", "見本市東伏見",
    "見本市下保谷", "見本市北町",   "見本市中央町",     "見本市川岸"};
constexpr std::array<std::string_view, 6> kBlocks{"一丁目", "二丁目", "三丁目",
                                                  "四丁目", "五丁目", "六丁目"};
constexpr std::array<std::string_view, 10> kLevels{"要支援1", "要支援2", "要介護1", "要介護2",
                                                   "要介護3", "要介護4", "要介護5", "要介護3",
                                                   "要介護1", "要介護2"};

/// A number that depends on the place and the seed only (the finalizer of SplitMix64).
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31U);
}

std::string padded(std::uint64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

template <class Words>
const auto& pick(const Words& words, std::uint64_t number) {
  return words.at(static_cast<std::size_t>(number % words.size()));
}

}  // namespace

struct CityFiles::Line {
  std::string name;
  std::string kana;
  std::string address;
  std::string house;
  std::string phone;
  std::string birth;
  std::uint64_t bits = 0;
};

CityFiles::Line CityFiles::line(std::size_t number, bool moved) const {
  const std::uint64_t bits = mixed(number * 2654435761U + seed_);
  const std::uint64_t home = moved ? mixed(bits) : bits;
  const Word& surname = pick(kSurnames, bits >> 8U);
  const Word& given = pick(kGiven, bits >> 16U);
  Line line;
  line.bits = bits;
  line.name = std::string(surname.kanji) + "　" + std::string(given.kanji);
  line.kana = std::string(surname.kana) + " " + std::string(given.kana);
  line.address = std::string(pick(kTowns, home >> 24U)) + std::string(pick(kBlocks, home >> 29U));
  line.house =
      std::to_string(1 + (home >> 32U) % 40) + "番" + std::to_string(1 + (home >> 38U) % 30) + "号";
  line.phone = "042-4" + padded((bits >> 20U) % 100, 2) + "-" + padded(number % 10'000, 4);
  line.birth = std::to_string(1925 + (bits >> 44U) % 95) + "-" + padded(1 + (bits >> 52U) % 12, 2) +
               "-" + padded(1 + (bits >> 56U) % 28, 2);
  return line;
}

std::string CityFiles::residents_csv(std::size_t changed) const {
  std::string csv =
      "宛名番号,世帯番号,氏名,氏名カナ,生年月日,性別,続柄,郵便番号,住所,番地,電話,住民区分,"
      "支援措置区分,支援措置期限,緯度,経度\r\n";
  for (std::size_t number = 1; number <= residents_; ++number) {
    const Line one = line(number, changed > 0 && number % changed == 0);
    const double lat = 35.70 + static_cast<double>(one.bits % 5000) * 1e-5;
    const double lon = 139.50 + static_cast<double>((one.bits >> 13U) % 7000) * 1e-5;
    csv += padded(number, 10) + "," + padded(number / 2, 9) + "," + one.name + "," + one.kana +
           "," + one.birth + "," + (one.bits % 2 == 0 ? "男" : "女") + ",世帯主,188-0011," +
           one.address + "," + one.house + "," + one.phone + ",住民," +
           (one.bits % 997 == 0 ? "1,2030-03-31," : "0,,") + std::to_string(lat) + "," +
           std::to_string(lon) + "\r\n";
  }
  return csv;
}

std::string CityFiles::care_csv(std::size_t rows) const {
  std::string csv = "宛名番号,要介護状態区分,認定日,有効期限\r\n";
  for (std::size_t i = 0; i < rows; ++i) {
    csv += padded(1 + i * (residents_ / rows), 10) + "," + std::string(pick(kLevels, i)) +
           ",2025-04-01,2029-03-31\r\n";
  }
  return csv;
}

std::vector<std::string> CityFiles::queries(std::size_t count) const {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    const Line one = line(1 + mixed(i + seed_) % residents_, false);
    switch (i % 5) {
      case 0:
        texts.push_back(one.name);
        break;
      case 1:
        texts.push_back(one.kana);
        break;
      case 2:
        texts.push_back(one.name.substr(0, one.name.find("　")) + " " + one.address);
        break;
      case 3:
        texts.push_back(one.address + one.house);
        break;
      default:
        texts.push_back(one.phone);
    }
  }
  return texts;
}

}  // namespace bench
