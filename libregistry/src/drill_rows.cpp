// SPDX-License-Identifier: Apache-2.0
// Stopwatch results of a drill, as they were typed from the sheets.
#include <cmath>

#include "import_row.hpp"
#include "registry/drill_desk.hpp"

namespace registry {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kLongest = std::int64_t{24} * 3600;

const std::vector<ColumnRule>& drill_columns() {
  static const std::vector<ColumnRule> columns{
      {"対象者ID", true}, {"準備", true}, {"移動1", true}, {"移動2"},    {"移動3"},   {"連絡"},
      {"情報の受取方法"}, {"支援者到着"}, {"援護人数"},    {"移動手段"}, {"留意事項"}};
  return columns;
}

/// `12`, `12.5` minutes or `12:30`.
std::optional<std::int64_t> stopwatch_s(const std::string& code) {
  const std::size_t colon = code.find(':');
  const auto minutes = parse_number(code.substr(0, colon));
  if (!minutes || *minutes < 0) {
    return std::nullopt;
  }
  double all = *minutes * kMinute;
  if (colon != std::string::npos) {
    const std::string rest = code.substr(colon + 1);
    const auto seconds = parse_number(rest);
    if (rest.size() != 2 || !seconds || *seconds < 0 || *seconds >= kMinute ||
        *minutes != std::floor(*minutes)) {
      return std::nullopt;
    }
    all += *seconds;
  }
  return all <= kLongest ? std::optional<std::int64_t>(std::llround(all)) : std::nullopt;
}

std::optional<std::int64_t> time_in(RowReader& row, std::string_view column) {
  const std::string code = row.code(column);
  if (code.empty()) {
    return std::nullopt;
  }
  const auto seconds = stopwatch_s(code);
  if (!seconds) {
    row.reject(column, "TIME_INVALID",
               std::string(column) + shown(code) +
                   "は時間として読めません。分（12、12.5）か分:秒（12:30）で、24 時間までの値を"
                   "書いてください。");
  }
  return seconds;
}

std::int64_t required_time(RowReader& row, std::string_view column) {
  if (row.code(column).empty()) {
    row.reject(column, "TIME_MISSING",
               std::string(column) + "が空です。計った時間を書いてください。");
    return 0;
  }
  return time_in(row, column).value_or(0);
}

std::optional<int> helpers_in(RowReader& row) {
  constexpr int kMost = 20;
  const std::string code = row.code("援護人数");
  if (code.empty()) {
    return std::nullopt;
  }
  const auto number = parse_number(code);
  if (!number || *number < 0 || *number > kMost || *number != std::floor(*number)) {
    row.reject("援護人数", "HELPERS_INVALID",
               "援護人数" + shown(code) + "を 0～20 の整数で書いてください。");
    return std::nullopt;
  }
  return static_cast<int>(*number);
}

DrillRow read(RowReader& row) {
  DrillRow result;
  result.line = row.line();
  result.person.value = row.code("対象者ID");
  if (!is_ulid(result.person.value)) {
    row.reject("対象者ID", "ID_INVALID",
               "対象者IDが台帳の ID の形ではありません。記録用紙の ID を書いてください。");
  }
  result.notified_by = row.text("情報の受取方法");
  result.notify_s = time_in(row, "連絡");
  result.supporter_s = time_in(row, "支援者到着");
  result.prepare_s = required_time(row, "準備");
  result.legs_s.push_back(required_time(row, "移動1"));
  if (result.legs_s.back() == 0 && !row.rejected()) {
    row.reject(
        "移動1", "TIME_ZERO",
        "移動1が 0 です。動いた時間を書いてください。参加しなかった人の行は消してください。");
  }
  for (const char* column : {"移動2", "移動3"}) {
    if (const auto leg = time_in(row, column)) {
      result.legs_s.push_back(*leg);
    }
  }
  result.helpers = helpers_in(row);
  result.moved_by = row.text("移動手段");
  result.cautions = row.text("留意事項");
  return result;
}

}  // namespace

ParsedRows<DrillRow> parse_drill_rows(const Table& table) {
  const Sheet sheet(table, "訓練の結果", drill_columns());
  ImportLog log(sheet.encoding());
  ParsedRows<DrillRow> parsed;
  for_each_row(sheet, log, About::People, [&](RowReader& row) {
    DrillRow result = read(row);
    if (!row.rejected()) {
      parsed.rows.push_back(std::move(result));
    }
  });
  parsed.report = std::move(log).finish();
  return parsed;
}

}  // namespace registry
