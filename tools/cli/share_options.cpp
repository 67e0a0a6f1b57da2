// SPDX-License-Identifier: Apache-2.0
#include "cli/share_options.hpp"

#include <iostream>

#include "cli/files.hpp"

namespace cli {

registry::Date day_option(const std::string& option, const std::string& text) {
  const registry::ParsedDate day = registry::parse_written_date(text);
  if (!day.date) {
    throw CLI::ValidationError(option, "日付は 2026-05-01 の形で書いてください");
  }
  return *day.date;
}

std::optional<registry::Date> optional_day(const std::string& option, const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(day_option(option, text));
}

registry::RecipientKind kind_option(const std::string& text) {
  auto kind = registry::parse_recipient_kind(text);
  if (!kind) {
    kind = registry::parse_recipient_word(text);
  }
  if (!kind) {
    throw CLI::ValidationError(
        "--kind",
        "市内部, 消防, 警察, 民生委員, 社会福祉協議会, 自主防災組織, その他関係者, 個人支援者, "
        "福祉避難所, 計画に定めのない者 のどれかです");
  }
  return *kind;
}

std::vector<registry::RecipientKind> kind_options(const std::vector<std::string>& texts) {
  std::vector<registry::RecipientKind> kinds;
  kinds.reserve(texts.size());
  for (const std::string& text : texts) {
    kinds.push_back(kind_option(text));
  }
  return kinds;
}

registry::AreaRef area_option(const std::string& text) {
  const std::size_t colon = text.find(':');
  const auto level = registry::parse_area_level(text.substr(0, colon));
  if (colon == std::string::npos || !level || colon + 1 == text.size()) {
    throw CLI::ValidationError("--area", "区域は「自治会:コード」の形で書いてください");
  }
  return {*level, text.substr(colon + 1)};
}

std::vector<registry::AreaRef> area_options(const std::vector<std::string>& texts) {
  std::vector<registry::AreaRef> areas;
  areas.reserve(texts.size());
  for (const std::string& text : texts) {
    areas.push_back(area_option(text));
  }
  return areas;
}

registry::DataKind data_option(const std::string& text) {
  const auto data = registry::parse_data_word(text);
  if (!data) {
    throw CLI::ValidationError("--data", "ROSTER か PLAN です");
  }
  return *data;
}

void report_rejected(const std::vector<registry::Rejected>& rejected, const std::string& error_file,
                     Context& context) {
  if (rejected.empty()) {
    return;
  }
  context.exit = Exit::InputRejected;
  registry::ImportReport report;
  report.rejected = rejected;
  if (!context.dry_run) {
    write_file(
        error_file,
        registry::write_csv(registry::error_table(report), registry::CsvEncoding::Utf8Bom).bytes);
  }
  if (context.json) {
    return;
  }
  for (const registry::Rejected& each : rejected) {
    std::cout << each.line << context.say(" 行目 ", ": ") << each.column << ": " << each.message
              << '\n';
  }
  std::cout << context.say("受け付けなかった行: ", "Rows refused: ") << rejected.size() << " -> "
            << error_file << '\n';
}

}  // namespace cli
