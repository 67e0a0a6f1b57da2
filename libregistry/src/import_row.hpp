// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "import_sheet.hpp"
#include "registry/area.hpp"
#include "registry/calendar.hpp"
#include "registry/registrant.hpp"

namespace registry {

/// What the rows of a file speak of.
enum class About : std::uint8_t { People, Places };

/// Reads one row and reports everything that is wrong with it, so that the city sees all faults at
/// once. Messages name column and rule, never what a person's cell holds.
class RowReader {
 public:
  /// Rejects the row at once when it holds an 個人番号: such a number is never stored.
  RowReader(const Sheet& sheet, std::size_t row, ImportLog& log);

  [[nodiscard]] std::size_t line() const { return sheet_->line(row_); }
  [[nodiscard]] bool rejected() const { return rejected_; }
  /// Rejects the row when a cell looks like an 個人番号, which is never stored.
  void refuse_my_numbers();
  /// Rejects the row for what the reader of the file found in it.
  void refuse_faults(std::vector<CellFault>::const_iterator& next);
  void reject(std::string_view column, std::string_view code, std::string message);
  void note(std::string_view column, std::string_view text) { log_->note(line(), column, text); }

  /// As in the file, byte for byte.
  [[nodiscard]] std::string text(std::string_view column) const;
  /// For comparison: NFKC, trimmed.
  [[nodiscard]] std::string code(std::string_view column) const;
  /// A number that joins files; rejects one that a spreadsheet spoilt. Empty stays empty.
  [[nodiscard]] std::string key(std::string_view column);
  /// As `key`, and rejects an empty one.
  [[nodiscard]] std::string required_key(std::string_view column, std::string_view fault);
  /// Rejects an empty or garbled name.
  [[nodiscard]] std::string name(std::string_view column);
  /// With the leading zero a spreadsheet took; a number it spoilt is dropped with a note.
  [[nodiscard]] std::string phone(std::string_view column);
  [[nodiscard]] std::string postcode(std::string_view column);
  /// Empty = nothing; otherwise a day in any written form, or a rejection.
  [[nodiscard]] std::optional<Date> date(std::string_view column, std::string_view fault);
  /// 1/0, あり/なし, ○/×; anything else is rejected.
  [[nodiscard]] bool flag(std::string_view column, bool when_empty);
  /// 緯度 and 経度 in degrees; both empty = nothing.
  [[nodiscard]] std::optional<Position> position();
  [[nodiscard]] std::optional<LivingPlace> living_place();
  [[nodiscard]] std::optional<Mobility> mobility();
  /// 氏名, 氏名カナ, 生年月日, 住所, 番地, 方書, as far as the file has them.
  [[nodiscard]] StatedIdentity identity();
  /// 宛名番号; rejects the row when it is empty and the identity does not replace it.
  [[nodiscard]] std::string number_or_identity(const StatedIdentity& identity);

 private:
  const Sheet* sheet_;
  std::size_t row_;
  ImportLog* log_;
  bool rejected_ = false;
};

/// Calls `use(RowReader&)` for every row that is not blank. Rows about people with a cell that
/// looks like an 個人番号 are rejected; public lists (shelters) carry 12-digit numbers of their
/// own.
template <class Use>
void for_each_row(const Sheet& sheet, ImportLog& log, About about, Use use) {
  auto next_fault = sheet.faults().begin();
  for (const std::string& note : sheet.notes()) {
    log.note(note);
  }
  for (std::size_t row = 0; row < sheet.size(); ++row) {
    if (!sheet.blank(row)) {
      log.count_row();
      RowReader reader(sheet, row, log);
      reader.refuse_faults(next_fault);
      if (about == About::People) {
        reader.refuse_my_numbers();
      }
      use(reader);
    }
  }
}

/// A file's word for a value.
template <class Value>
struct Word {
  std::string_view text;
  Value value;
};

/// Value of a normalised word, or nothing.
template <class Value, std::size_t N>
[[nodiscard]] std::optional<Value> value_of(const std::array<Word<Value>, N>& words,
                                            std::string_view text) {
  for (const Word<Value>& word : words) {
    if (word.text == text) {
      return word.value;
    }
  }
  return std::nullopt;
}

/// 「」 around a short code, nothing for longer text: a shifted column may hold a name.
[[nodiscard]] std::string shown(std::string_view code);

/// A number in decimal notation and nothing else.
[[nodiscard]] std::optional<double> parse_number(std::string_view code);

/// Why coordinates cannot be used: fault code and words, or nothing.
struct PositionFault {
  std::string_view code;
  std::string_view words;
};
[[nodiscard]] std::optional<PositionFault> fault_of(Position place);

/// Whether the text is 12 digits with the check digit of an 個人番号 (平成26年総務省令85号5条).
[[nodiscard]] bool is_my_number(std::string_view text);

/// `phone` without a row: repaired text, or nothing when the spreadsheet spoilt it.
struct RepairedPhone {
  std::string text;
  bool repaired = false;
  bool spoilt = false;
};
[[nodiscard]] RepairedPhone repair_phone(std::string_view code);

}  // namespace registry
