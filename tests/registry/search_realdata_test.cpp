// SPDX-License-Identifier: Apache-2.0
// Key rules over names and addresses as they are: every spelling of a row finds the row.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "folded_text.hpp"
#include "registry/text_normalizer.hpp"
#include "search_keys.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

std::string data(const std::string& name) {
  return std::string(TOMONI_SHARED_DATA_DIR) + "/" + name;
}

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  char buffer[65536];
  for (std::size_t got = 0; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    text.append(buffer, got);
  }
  ::pclose(pipe);
  return text;
}

std::vector<std::vector<std::string>> rows_of(const std::string& text, char mark) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.back() == '\r') {
      line.pop_back();
    }
    rows.emplace_back();
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, mark);) {
      rows.back().push_back(cell);
    }
  }
  return rows;
}

std::string file_text(const std::string& name) {
  std::ifstream file(data(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string kanji_number(int number) {
  static const char* const kDigits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::string text;
  if (number >= 10) {
    text = (number >= 20 ? kDigits[number / 10] : std::string()) + "十";
  }
  return text + kDigits[number % 10];
}

std::string wide(const std::string& ascii) {
  std::string text;
  for (const char c : ascii) {
    text += unicode::to_utf8(
        std::u32string(1, c == '-' ? U'－' : U'０' + static_cast<char32_t>(c - '0')));
  }
  return text;
}

/// Whether somebody at `address` is found by `query`: the key is there from one of the starts.
bool finds(const Person& person, const SearchKeys& keys, const std::string& query) {
  const std::string key = address_key(query);
  const CodeRange range = code_range(SearchKind::Address, key);
  const bool in_index = std::ranges::any_of(
      keys.codes, [&](std::int64_t code) { return code >= range.from && code <= range.to; });
  (void)person;
  return in_index && keys.address.find(key) != std::string::npos;
}

TEST(SearchRealdata, SpellingsOfEveryHouseNumberFindTheHouse) {
  const auto rows = rows_of(
      output_of("unzip -p '" + data("addresses/abr_mt_rsdtdsp_rsdt_bunkyo.zip") + "'"), ',');
  ASSERT_GT(rows.size(), 10'000U);
  std::map<std::string, std::size_t> column;
  for (std::size_t i = 0; i < rows[0].size(); ++i) {
    std::string name = rows[0][i];
    column[name.starts_with("\xEF\xBB\xBF") ? name.substr(3) : name] = i;
  }
  const auto cell = [&](const std::vector<std::string>& row, const char* name) {
    const std::size_t at = column.at(name);
    return at < row.size() ? row[at] : std::string();
  };
  std::size_t checked = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::string town = cell(rows[i], "oaza_cho");
    const std::string chome = cell(rows[i], "chome");
    const std::string block = cell(rows[i], "blk_num");
    const std::string house = cell(rows[i], "rsdt_num");
    if (block.empty() || house.empty() || town.empty()) {
      continue;
    }
    int number = 0;
    for (int n = 1; n < 40; ++n) {
      const bool this_one =
          chome == kanji_number(n) + "丁目" || chome == wide(std::to_string(n)) + "丁目";
      number = this_one ? n : number;
    }
    Person person;
    person.address = "東京都文京区" + town + chome;
    person.address_number = block + "番" + house + "号";
    const SearchKeys keys = search_keys(person);
    const std::string first = number == 0 ? "" : std::to_string(number) + "-";
    const std::string dashes = first + block + "-" + house;
    const std::string spelt = number == 0 ? "" : std::to_string(number) + "丁目";
    for (const std::string& query :
         {person.address + person.address_number, town + chome + block + "番" + house + "号",
          town + spelt + block + "番地" + house, town + dashes, town + wide(dashes),
          "文京区" + town + dashes, "文京" + town + dashes, "東京文京" + town + dashes,
          town + chome + kanji_number(std::stoi(block)) + "番" + kanji_number(std::stoi(house)) +
              "号",
          dashes, town + chome}) {
      if (std::stoi(block) > 99 || std::stoi(house) > 99) {
        continue;
      }
      ASSERT_TRUE(finds(person, keys, query))
          << query << " for " << person.address << person.address_number << " key "
          << address_key(query) << " in " << keys.address;
      ++checked;
    }
    // The neighbour's number is not this one.
    EXPECT_FALSE(finds(person, keys, town + first + block + "-" + house + "0"));
  }
  std::cout << checked << " spellings\n";
  EXPECT_GT(checked, 100'000U);
}

TEST(SearchRealdata, EveryTownIsFoundByItsNameAlone) {
  const std::string text = file_text("addresses/nishitokyo_chome.json");
  std::size_t towns = 0;
  const std::string mark = "\"town\":\"";
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    const std::string town = text.substr(begin, text.find('"', begin) - begin);
    Person person;
    person.address = "東京都西東京市" + town;
    person.address_number = "1番2号";
    const SearchKeys keys = search_keys(person);
    EXPECT_TRUE(finds(person, keys, town)) << town;
    EXPECT_TRUE(finds(person, keys, "西東京市" + town)) << town;
    EXPECT_TRUE(finds(person, keys, "西東京" + town)) << town;
    ++towns;
  }
  EXPECT_GT(towns, 50U);
}

/// Pairs of the dictionary that are different names, words or characters to those who bear them.
const std::set<std::string> kDifferentNames = {
    "ノ乃", "ノ之", "一壱", "一弌", "一壹", "岡堽", "関函", "関凾", "岩嵒", "広弘", "広曠", "広昿",
    "広宏", "坂阪", "阪坂", "堺界", "崎埼", "作做", "宍肉", "篠筱", "所処", "所處", "杉椙", "栖生",
    "栖棲", "生栖", "生棲", "川巛", "町甼", "二弐", "二弍", "二貳", "二貮", "之ノ", "之乃", "之の",
    "畑畠", "畠畑", "菱蔆", "綿棉", "涌湧", "来徠", "留澑", "留溜", "廣弘", "廣曠", "廣昿", "廣宏"};

TEST(SearchRealdata, FormsOfKanjiInFamilyNamesMeet) {
  std::set<char32_t> common;  // letters of the 2,000 commonest family names
  const auto names = rows_of(file_text("names/jpnd_last_name_org.csv"), ',');
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 2000); ++i) {
    const std::u32string letters = unicode::code_points(names[i].at(0));
    common.insert(letters.begin(), letters.end());
  }
  std::size_t together = 0;
  std::istringstream lines(
      output_of("iconv -f EUC-JP -t UTF-8 '" + data("moji/SKK-JISYO.itaiji") + "'"));
  for (std::string line; std::getline(lines, line);) {
    const auto rows = rows_of(line, '/');
    if (line.starts_with(";") || rows.empty() || rows[0].size() < 2) {
      continue;
    }
    const std::u32string head = unicode::code_points(rows[0][0]);
    if (head.size() != 2 || head[1] != U' ' || !common.contains(head[0])) {
      continue;
    }
    const std::string letter = unicode::to_utf8(head.substr(0, 1));
    for (std::size_t i = 1; i < rows[0].size(); ++i) {
      const std::string form = rows[0][i].substr(0, rows[0][i].find(';'));
      if (unicode::code_points(form).size() != 1) {
        continue;
      }
      const bool meet = search_key(letter) == search_key(form);
      EXPECT_NE(meet, kDifferentNames.contains(letter + form)) << letter << form;
      together += meet ? 1U : 0U;
    }
  }
  EXPECT_GT(together, 85U);
}

TEST(SearchRealdata, EveryFormTheFamilyRegisterDrawsIsKeptApartFromOtherPeoplesNames) {
  // A form of the register that reduces to a letter must never meet a different letter.
  const auto reductions = rows_of(output_of("zcat '" + data("moji/mjsm.tsv.gz") + "'"), '\t');
  const auto forms = rows_of(output_of("zcat '" + data("moji/mji.tsv.gz") + "'"), '\t');
  ASSERT_GT(reductions.size(), 10'000U);
  std::map<std::string, std::string> letter_of;  // MJ number -> character
  for (const auto& row : forms) {
    if (row.size() > 2 && !row[2].empty()) {
      letter_of[row[0]] = row[2];
    }
  }
  std::map<std::string, std::set<std::string>> reduced;  // form -> letters it may reduce to
  for (const auto& row : reductions) {
    const auto letter = row.size() > 1 ? letter_of.find(row[0]) : letter_of.end();
    if (letter != letter_of.end() && !row[1].empty()) {
      reduced[letter->second].insert(search_key(row[1]));
    }
  }
  std::size_t checked = 0;
  for (const auto& [form, letters] : reduced) {
    const std::string key = search_key(form);
    if (key == form || letters.contains(form) || key == unicode::nfkc(form) ||
        unicode::code_points(form).size() != 1) {
      continue;  // stands for itself
    }
    ++checked;
    EXPECT_TRUE(letters.contains(key)) << form << " meets " << key;
  }
  EXPECT_GT(checked, 150U);
}

TEST(SearchRealdata, EveryFamilyNameIsFoundByItsReadingInEveryKana) {
  std::size_t checked = 0;
  for (const auto& row : rows_of(file_text("names/jpnd_last_name_org.csv"), ',')) {
    if (row.size() < 3) {
      continue;
    }
    Person person;
    person.name = row[0] + "　一郎";
    person.name_kana = row[2] + "　いちろう";
    const SearchKeys keys = search_keys(person);
    const std::string reading = kana_key(row[2]);
    EXPECT_TRUE(keys.kana.starts_with(reading)) << row[2];
    const CodeRange by_kana = code_range(SearchKind::Kana, reading);
    const CodeRange by_name = code_range(SearchKind::Name, search_key(row[0]));
    const CodeRange given = code_range(SearchKind::Kana, kana_key("イチロウ"));
    for (const CodeRange& range : {by_kana, by_name, given}) {
      EXPECT_TRUE(std::ranges::any_of(
          keys.codes, [&](std::int64_t code) { return code >= range.from && code <= range.to; }))
          << row[0] << ' ' << row[2];
      ++checked;
    }
  }
  EXPECT_GT(checked, 3000U);
}

}  // namespace
}  // namespace registry
