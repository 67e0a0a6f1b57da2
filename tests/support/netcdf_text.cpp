// SPDX-License-Identifier: Apache-2.0
#include "support/netcdf_text.hpp"

#include <cctype>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace support {
namespace {

/// A quoted text without its quotes, a mark or a word.
struct Token {
  std::string text;
  bool quoted = false;
  [[nodiscard]] bool is(std::string_view mark) const { return !quoted && text == mark; }
};

class Scanner {
 public:
  explicit Scanner(const std::string& cdl) : cdl_(cdl) {}

  std::vector<Token> tokens() {
    std::vector<Token> found;
    while (at_ < cdl_.size()) {
      const char c = cdl_[at_];
      if (std::isspace(static_cast<unsigned char>(c)) != 0) {
        ++at_;
      } else if (cdl_.compare(at_, 2, "//") == 0) {
        at_ = cdl_.find('\n', at_);
      } else if (c == '"') {
        found.push_back({quoted(), true});
      } else if (kMarks.find(c) != std::string_view::npos) {
        found.push_back({std::string(1, cdl_[at_++])});
      } else {
        found.push_back({word()});
      }
    }
    return found;
  }

 private:
  static constexpr std::string_view kMarks = "{}();:,=";

  std::string word() {
    const std::size_t begin = at_;
    while (at_ < cdl_.size() && std::isspace(static_cast<unsigned char>(cdl_[at_])) == 0 &&
           kMarks.find(cdl_[at_]) == std::string_view::npos) {
      ++at_;
    }
    return cdl_.substr(begin, at_ - begin);
  }

  std::string quoted() {
    std::string text;
    for (++at_; cdl_.at(at_) != '"'; ++at_) {
      text += cdl_[at_] == '\\' ? escaped() : cdl_[at_];
    }
    ++at_;
    return text;
  }

  char escaped() {
    const char c = cdl_.at(++at_);
    if (c >= '0' && c <= '7') {  // three octal digits
      const int code = std::stoi(cdl_.substr(at_, 3), nullptr, 8);
      at_ += 2;
      return static_cast<char>(code);
    }
    constexpr std::string_view kLetters = "nrtbfv";
    constexpr std::string_view kControls = "\n\r\t\b\f\v";
    const std::size_t place = kLetters.find(c);
    return place == std::string_view::npos ? c : kControls[place];
  }

  const std::string& cdl_;
  std::size_t at_ = 0;
};

/// Follows the notation token by token and remembers the group it is in.
class Reader {
 public:
  explicit Reader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  std::map<std::string, NetcdfGroupText> groups() {
    for (at_ = 2; at_ < tokens_.size(); ++at_) {
      if (before(2).is("group") && before(1).is(":")) {
        group_ = before(0).text;
      } else if (before(1).is("data") && before(0).is(":")) {
        in_data_ = true;
      } else if (before(0).is("}")) {
        in_data_ = false;
      } else if (before(0).is("(")) {
        groups_[group_].types[before(1).text] = before(2).text;
      } else if (before(0).is("=")) {
        take();
      }
    }
    return std::move(groups_);
  }

 private:
  [[nodiscard]] const Token& before(std::size_t places) const { return tokens_.at(at_ - places); }

  /// What stands between `=` and `;`: the values of a variable or of an attribute.
  void take() {
    NetcdfGroupText& group = groups_[group_];
    const std::string name = before(1).text;
    const bool of_variable = !before(3).is(";") && !before(3).is("{");
    const std::string attribute = (of_variable ? before(3).text : "") + ":" + name;
    const bool is_attribute = !in_data_ && before(2).is(":");
    for (++at_; !before(0).is(";"); ++at_) {
      if (before(0).is(",")) {
        continue;
      }
      if (in_data_) {
        group.values[name].push_back(cell_of(before(0), group.types.at(name)));
      } else if (is_attribute) {
        group.attributes[attribute] += before(0).text;
      }
    }
  }

  /// ncdump shows an empty text like a missing number.
  static std::string cell_of(const Token& token, const std::string& type) {
    const std::string missing = type == "string" ? "" : "*";
    return token.is("_") ? missing : token.text;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::string group_;
  bool in_data_ = false;
  std::map<std::string, NetcdfGroupText> groups_;
};

bool same_number(const std::string& csv, const std::string& netcdf) {
  const double a = std::strtod(csv.c_str(), nullptr);
  const double b = std::strtod(netcdf.c_str(), nullptr);
  return a == b || (std::isnan(a) && std::isnan(b));
}

bool same_cell(const std::string& type, std::string csv, const std::string& netcdf) {
  if (csv.starts_with('\'') && !netcdf.starts_with('\'')) {  // what a spreadsheet would calculate
    csv.erase(0, 1);
  }
  return csv == netcdf ||
         (type == "double" && csv != "*" && netcdf != "*" && same_number(csv, netcdf));
}

}  // namespace

std::map<std::string, NetcdfGroupText> parse_cdl(const std::string& cdl) {
  return Reader(Scanner(cdl).tokens()).groups();
}

std::vector<std::string> differences(const registry::Table& csv, const NetcdfGroupText& group) {
  std::vector<std::string> found;
  if (group.types.size() != csv.header.size()) {
    found.emplace_back("another number of columns");
  }
  for (std::size_t column = 0; column < csv.header.size(); ++column) {
    const std::string& name = csv.header[column];
    const auto type = group.types.find(name);
    const auto values = group.values.find(name);  // ncdump leaves out what has no rows
    const std::size_t rows = values == group.values.end() ? 0 : values->second.size();
    if (type == group.types.end() || rows != csv.rows.size()) {
      found.push_back(name + ": missing, or another number of rows");
      continue;
    }
    for (std::size_t row = 0; row < rows; ++row) {
      const std::string& cell = values->second[row];
      if (!same_cell(type->second, csv.rows[row][column], cell)) {
        found.push_back(name + ": " + csv.rows[row][column] + " is " + cell);
      }
    }
  }
  return found;
}

}  // namespace support
