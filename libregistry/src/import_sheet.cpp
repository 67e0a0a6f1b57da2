// SPDX-License-Identifier: Apache-2.0
#include "import_sheet.hpp"

#include <algorithm>

#include "registry/error.hpp"

namespace registry {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

}  // namespace

Sheet::Sheet(const Table& table, std::string_view kind, const std::vector<ColumnRule>& rules)
    : table_(&table) {
  TOMONI_EXPECT(table.lines.size() == table.rows.size());
  std::vector<std::string> missing;
  std::string reasons;
  for (const ColumnRule& rule : rules) {
    if (const auto place = table.column(rule.name)) {
      columns_.emplace(rule.name, *place);
    } else if (rule.required) {
      missing.emplace_back(rule.name);
      reasons += rule.why;
    }
  }
  if (!missing.empty()) {
    // Without a single known name the first row may be a person's, not a header: it is not
    // repeated.
    const std::string found = columns_.empty() ? "。最初の行が列名の行ではないようです。"
                                               : "。見つかった列: " + joined(table.header) + "。";
    throw InputError(std::string(kind) + "のファイルに必要な列がありません: " + joined(missing) +
                     found + reasons + "列名を確かめて、もう一度読み込んでください。");
  }
}

std::string_view Sheet::cell(std::size_t row, std::string_view column) const {
  const auto place = columns_.find(column);
  if (place == columns_.end()) {
    return {};
  }
  const std::vector<std::string>& cells = table_->rows.at(row);
  return place->second < cells.size() ? std::string_view(cells[place->second]) : std::string_view();
}

bool Sheet::blank(std::size_t row) const {
  return std::ranges::all_of(table_->rows.at(row),
                             [](const std::string& cell) { return cell.empty(); });
}

std::string line_list(const std::vector<std::size_t>& lines) {
  constexpr std::size_t kShown = 20;
  std::string text;
  for (std::size_t i = 0; i < lines.size() && i < kShown; ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(lines[i]);
  }
  if (lines.size() > kShown) {
    text += " ほか" + std::to_string(lines.size() - kShown) + "件";
  }
  return text;
}

void ImportLog::note(std::size_t line, std::string_view column, std::string_view text) {
  repairs_[{std::string(column), std::string(text)}].push_back(line);
}

ImportReport ImportLog::finish() && {
  for (const auto& [what, lines] : repairs_) {
    report_.notes.push_back(what.first + ": " + what.second + "（行: " + line_list(lines) + "）");
  }
  std::ranges::stable_sort(report_.rejected, {}, &Rejected::line);
  return std::move(report_);
}

}  // namespace registry
