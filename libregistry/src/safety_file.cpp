// SPDX-License-Identifier: Apache-2.0
// Batches of reports: CSV of a spreadsheet or a paper list typed in, JSON of a device.
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "registry/error.hpp"
#include "registry/safety_check.hpp"

namespace registry {
namespace {

constexpr std::size_t kLongestText = 500;  ///< bytes; a report is a sentence, not a file

/// One row, whichever file it stood in.
struct RawRow {
  std::string uuid;
  std::string subject;
  std::string status;
  std::string needs;  ///< joined by ;
  std::string place;
  std::string note;
  std::string by;
  std::string device;
  std::string counter;
  std::string at;
  std::string channel;
};

using Member = std::string RawRow::*;
struct Column {
  const char* header;
  const char* key;
  Member member;
  bool required;
};
constexpr Column kColumns[] = {
    {"報告番号", "uuid", &RawRow::uuid, true},    {"対象者", "subject", &RawRow::subject, true},
    {"状況", "status", &RawRow::status, true},    {"必要なもの", "needs", &RawRow::needs, false},
    {"場所", "place", &RawRow::place, false},     {"備考", "note", &RawRow::note, false},
    {"報告者", "by", &RawRow::by, false},         {"端末", "device", &RawRow::device, false},
    {"連番", "counter", &RawRow::counter, false}, {"時刻", "at", &RawRow::at, true},
    {"手段", "channel", &RawRow::channel, false}};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from <= text.size()) {
    const std::size_t to = std::min(text.find(';', from), text.size());
    if (to > from) {
      parts.push_back(text.substr(from, to - from));
    }
    from = to + 1;
  }
  return parts;
}

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end == text.data() + text.size() && number >= 0
             ? std::optional(number)
             : std::nullopt;
}

Rejected refusal(const char* column, const char* code, const char* message) {
  return {.line = 0, .column = column, .code = code, .message = message};
}

std::optional<Rejected> take(const RawRow& row, SafetyReport& report) {
  for (const Column& column : kColumns) {
    const std::string& cell = row.*column.member;
    if (column.required && cell.empty()) {
      return refusal(column.header, "EMPTY", "空です。");
    }
    if (cell.size() > kLongestText) {
      return refusal(column.header, "TOO_LONG", "長すぎます。要点だけを書いてください。");
    }
  }
  const auto status = parse_safety_status(row.status);
  if (!status) {
    return refusal("状況", "UNKNOWN_STATUS",
                   "無事、負傷、要救助、不在、連絡不能、避難済、死亡 のどれかです。");
  }
  const auto at = parse_moment(row.at);
  if (!at) {
    return refusal("時刻", "NOT_A_TIME",
                   "2026-11-21T12:04:00Z か 2026-11-21 12:04(日本時間)の形で書いてください。");
  }
  const auto counter =
      row.counter.empty() ? std::optional<std::int64_t>(0) : whole_number(row.counter);
  if (!counter) {
    return refusal("連番", "NOT_A_NUMBER", "0 以上の整数です。");
  }
  report = {.uuid = row.uuid,
            .subject = {row.subject},
            .status = *status,
            .needs = split(row.needs),
            .place = row.place,
            .note = row.note,
            .reporter = row.by,
            .device = row.device,
            .counter = *counter,
            .device_time = *at,
            .channel = row.channel,
            .settles = {}};
  return std::nullopt;
}

void add(const RawRow& row, std::size_t line, ParsedRows<SafetyRow>& parsed) {
  SafetyRow read{.line = line, .report = {}};
  if (auto fault = take(row, read.report)) {
    fault->line = line;
    parsed.report.rejected.push_back(std::move(*fault));
  } else {
    parsed.rows.push_back(std::move(read));
  }
}

std::string text_of(const nlohmann::json& value) {
  if (value.is_string()) {
    return value.get<std::string>();
  }
  if (value.is_array()) {
    std::string joined;
    for (const nlohmann::json& each : value) {
      joined += (joined.empty() ? "" : ";") + text_of(each);
    }
    return joined;
  }
  return value.is_number_integer() ? value.dump() : std::string();
}

}  // namespace

ParsedRows<SafetyRow> parse_safety_reports(const Table& table) {
  std::vector<std::pair<Member, std::size_t>> places;
  for (const Column& column : kColumns) {
    const auto place = table.column(column.header);
    if (place) {
      places.emplace_back(column.member, *place);
    } else if (column.required) {
      throw InputError("安否の報告の列がありません: " + std::string(column.header) +
                       "。報告番号・対象者・状況・時刻の列が必要です。");
    }
  }
  ParsedRows<SafetyRow> parsed;
  parsed.report.encoding = table.encoding;
  parsed.report.rows_read = table.rows.size();
  parsed.rows.reserve(table.rows.size());
  RawRow row;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    for (const auto& [member, place] : places) {
      row.*member = table.rows[i][place];
    }
    add(row, table.lines[i], parsed);
  }
  return parsed;
}

ParsedRows<SafetyRow> parse_safety_json(std::string_view json) {
  const nlohmann::json document = nlohmann::json::parse(json, nullptr, false);
  if (!document.is_array()) {
    throw InputError("安否の報告の JSON ではありません。報告の配列 [{...}, ...] が必要です。");
  }
  ParsedRows<SafetyRow> parsed;
  parsed.report.encoding = "UTF-8";
  parsed.report.rows_read = document.size();
  std::size_t line = 0;
  for (const nlohmann::json& each : document) {
    ++line;
    RawRow row;
    for (const Column& column : kColumns) {
      if (each.is_object() && each.contains(column.key)) {
        row.*column.member = text_of(each.at(column.key));
      }
    }
    add(row, line, parsed);
  }
  return parsed;
}

}  // namespace registry
