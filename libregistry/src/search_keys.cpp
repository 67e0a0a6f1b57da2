// SPDX-License-Identifier: Apache-2.0
#include "search_keys.hpp"

#include <algorithm>

#include "digits.hpp"
#include "registry/text_normalizer.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

constexpr int kBits = 60;  // below the three bits of the kind

/// Letters as bits, such that no letter begins another: digits in 5 bits, kana in 9, all others in
/// 13, hashed. Different kanji may share a code: every hit is checked against the whole key.
class CodePacker {
 public:
  /// False when the letter does not fit any more.
  bool add(char32_t c) {
    if (c >= U'0' && c <= U'9') {
      return put(c - U'0' + 1, 5);
    }
    if (c == U'-') {
      return put(11, 5);
    }
    constexpr char32_t kFirst = U'ァ';
    if (c >= kFirst && c < kFirst + 0x60) {
      return put(0x100U | (c - kFirst), 9);
    }
    return put(0x1800U | (static_cast<std::uint64_t>(c) * 0x9E3779B1U >> 7U & 0x7FFU), 13);
  }

  [[nodiscard]] CodeRange range(SearchKind kind) const {
    const auto top = static_cast<std::uint64_t>(kind) << kBits;
    const std::uint64_t from = top | code_ << (kBits - used_);
    const std::uint64_t rest = (std::uint64_t{1} << (kBits - used_)) - 1;
    return {static_cast<std::int64_t>(from), static_cast<std::int64_t>(from | rest)};
  }

 private:
  bool put(std::uint64_t bits, int count) {
    if (used_ + count > kBits) {
      return false;
    }
    code_ = code_ << count | bits;
    used_ += count;
    return true;
  }

  std::uint64_t code_ = 0;
  int used_ = 0;
};

CodeRange range_of(SearchKind kind, std::u32string_view key) {
  CodePacker packer;
  for (const char32_t c : key) {
    if (!packer.add(c)) {
      break;
    }
  }
  return packer.range(kind);
}

class Collector {
 public:
  explicit Collector(std::vector<std::int64_t>& codes) : codes_(codes) {}

  void at(SearchKind kind, std::u32string_view rest) {
    if (!rest.empty()) {
      codes_.push_back(range_of(kind, rest).from);
    }
  }

  /// A name: from its beginning and from its second word; without a blank from every letter, for
  /// nobody knows where the given name begins.
  void name(SearchKind kind, std::string_view original, std::string (*key)(std::string_view)) {
    const std::u32string whole = unicode::code_points(key(original));
    at(kind, whole);
    const std::u32string points = unicode::code_points(original);
    const auto blank = std::ranges::find_if(points, unicode::is_space);
    if (blank != points.end()) {
      at(kind, unicode::code_points(key(unicode::to_utf8(std::u32string(blank, points.end())))));
      return;
    }
    for (std::size_t i = 1; i < std::min<std::size_t>(whole.size(), kMostStarts); ++i) {
      at(kind, std::u32string_view(whole).substr(i));
    }
  }

 private:
  static constexpr std::size_t kMostStarts = 10;
  std::vector<std::int64_t>& codes_;
};

/// The key of an address that is complete: its last number is no beginning of a longer one.
std::string whole_address_key(const std::string& text) {
  std::string key = address_key(text);
  if (!key.empty() && is_digit_point(static_cast<unsigned char>(key.back()))) {
    key += '-';
  }
  return key;
}

/// From the beginning, behind the names of 都道府県, 市 and 区, and at the first number.
void add_address(const std::string& text, const std::string& key, Collector& collect) {
  constexpr std::u32string_view kRanks = U"都道府県市区郡";
  constexpr std::size_t kNear = 16;
  collect.at(SearchKind::Address, unicode::code_points(key));
  const std::u32string points = unicode::code_points(text);
  for (std::size_t i = 1; i + 1 < points.size() && i < kNear; ++i) {
    if (kRanks.find(points[i]) != std::u32string_view::npos) {
      const std::string rest = whole_address_key(unicode::to_utf8(points.substr(i + 1)));
      collect.at(SearchKind::Address, unicode::code_points(rest));
    }
  }
  const std::u32string line = unicode::code_points(key);
  const auto number = std::ranges::find_if(line, is_digit_point);
  collect.at(SearchKind::Address, std::u32string(number, line.end()));
}

/// From the beginning of each group of digits and from the last four.
void add_phone(const std::string& text, std::string& phones, Collector& collect) {
  const std::string digits = phone_digits(text);
  constexpr std::size_t kLastFour = 4;
  if (digits.size() < kLastFour) {
    return;
  }
  phones += digits + " ";
  collect.at(SearchKind::Phone, unicode::code_points(digits));
  collect.at(SearchKind::Phone, unicode::code_points(digits.substr(digits.size() - kLastFour)));
  std::string rest = normalized_code(text);
  for (std::size_t dash = rest.find('-'); dash != std::string::npos; dash = rest.find('-')) {
    rest.erase(0, dash + 1);
    const std::string group = phone_digits(rest);
    if (group.size() > kLastFour) {
      collect.at(SearchKind::Phone, unicode::code_points(group));
    }
  }
}

}  // namespace

CodeRange code_range(SearchKind kind, std::string_view key) {
  return range_of(kind, unicode::code_points(key));
}

SearchKeys search_keys(const Person& person) {
  SearchKeys keys;
  Collector collect(keys.codes);
  keys.name = search_key(person.name);
  keys.kana = kana_key(person.name_kana);
  keys.alias = search_key(person.name_alias);
  collect.name(SearchKind::Name, person.name, search_key);
  collect.name(SearchKind::Kana, person.name_kana, kana_key);
  collect.name(SearchKind::Name, person.name_alias, search_key);
  const std::string line = person.address + person.address_number;
  keys.address = whole_address_key(line);
  add_address(line, keys.address, collect);
  if (!person.actual_residence.empty()) {
    const std::string other = whole_address_key(person.actual_residence);
    add_address(person.actual_residence, other, collect);
    keys.address += " " + other;
  }
  keys.building = search_key(person.building);
  collect.at(SearchKind::Building, unicode::code_points(keys.building));
  add_phone(person.phone, keys.phones, collect);
  for (const Contact& contact : person.emergency_contacts) {
    add_phone(contact.phone, keys.phones, collect);
  }
  std::ranges::sort(keys.codes);
  keys.codes.erase(std::unique(keys.codes.begin(), keys.codes.end()), keys.codes.end());
  return keys;
}

}  // namespace registry
