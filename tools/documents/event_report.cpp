// SPDX-License-Identifier: Apache-2.0
#include "documents/event_report.hpp"

#include "documents/event_figures.hpp"

namespace documents {
namespace {

using registry::Table;

std::string areas_of(bool whole_city, const std::vector<registry::AreaRef>& areas) {
  std::string text = whole_city ? "市全域" : "";
  for (const registry::AreaRef& area : areas) {
    text += (text.empty() ? "" : "、") + std::string(to_text(area.level)) + ":" + area.code;
  }
  return text;
}

Table with_header(std::vector<std::string> header) {
  Table table;
  table.header = std::move(header);
  return table;
}

Table overview(const EventRecord& record, const EventFigures& figures) {
  const registry::DisasterEvent& event = record.event;
  Table table = with_header({"項目", "内容"});
  table.rows = {
      {"名称", event.name + (event.is_drill ? "（訓練）" : "")},
      {"災害種別", event.kind ? std::string(to_text(*event.kind)) : std::string("その他")},
      {"段階", std::string(to_text(event.phase))},
      {"区域", areas_of(event.whole_city, event.areas)},
      {"始まり", tokyo_time(event.started)},
      {"宣言", event.declared_by + "　" + tokyo_time(event.declared_at)},
      {"確認", event.confirmed_at ? event.confirmed_by + "　" + tokyo_time(*event.confirmed_at)
                                  : std::string("なし（一人だけの宣言）")},
      {"終了", event.closed_at ? tokyo_time(*event.closed_at) : std::string("対応中")},
      {"助けを求めた人", figures.called},
      {"そのうち応えた人", figures.answered}};
  if (!record.unreached_reason.empty()) {
    table.rows.push_back({"安否を確認できないまま終えた人",
                          figures.unreached_at_end + "　理由: " + record.unreached_reason});
  }
  return table;
}

Table timeline(const EventRecord& record) {
  Table table = with_header({"時刻", "できごと"});
  for (const planner::TimelineEntry& entry : record.timeline) {
    table.rows.push_back({tokyo_time(entry.at), entry.what});
  }
  return table;
}

Table orders(const EventRecord& record) {
  Table table = with_header({"避難情報", "区域", "発令", "解除", "発令の文"});
  for (const registry::EvacOrder& order : record.orders) {
    table.rows.push_back({std::string(to_text(order.level)),
                          areas_of(order.whole_city, order.areas), tokyo_time(order.issued),
                          order.lifted ? tokyo_time(*order.lifted) : std::string("発令中"),
                          order.text});
  }
  return table;
}

Table states(const EventFigures& figures) {
  Table table = with_header({"安否", "人数"});
  for (const auto& [state, people] : figures.states) {
    table.rows.push_back({state, people});
  }
  return table;
}

Table curve(const EventFigures& figures) {
  Table table = with_header({"時刻", "確認できた人", "まだの人"});
  for (const EventFigures::Row& row : figures.curve) {
    table.rows.push_back({tokyo_time(row.at), row.reached, row.unreached});
  }
  return table;
}

Table shelters(const EventRecord& record) {
  Table table = with_header({"避難所", "開設", "閉鎖", "最大の人数", "定員"});
  for (const ShelterLine& line : record.shelters) {
    table.rows.push_back({line.name, line.opened, line.closed.empty() ? "開設中" : line.closed,
                          std::to_string(line.most_heads), line.capacity});
  }
  return table;
}

Table decisions(const EventRecord& record) {
  Table table = with_header({"決定", "確認", "終了", "渡した写し", "事後確認", "返却・廃棄"});
  for (const DecisionLine& line : record.decisions) {
    table.rows.push_back({line.decided, line.confirmed, line.ended, std::to_string(line.copies),
                          std::to_string(line.reviewed), std::to_string(line.returned)});
  }
  return table;
}

}  // namespace

std::vector<ReportTable> event_tables(const EventRecord& record) {
  const EventFigures figures = event_figures(record);
  return {{"概要", overview(record, figures)},
          {"時系列", timeline(record)},
          {"避難情報", orders(record)},
          {"安否", states(figures)},
          {"安否の確認の進み", curve(figures)},
          {"避難所", shelters(record)},
          {"提供の決定と事後確認（49条の11第3項）", decisions(record)}};
}

std::string event_pdf(const EventRecord& record, const registry::LocalPlan& local_plan,
                      registry::Date on) {
  const auto tables = event_tables(record);
  return council_pdf(
      {.tables = tables,
       .local_plan = local_plan,
       .on = on,
       .title = "災害対応の記録　" + record.event.name + (record.event.is_drill ? "（訓練）" : ""),
       .note = "避難行動要支援者についての記録です。5人未満の数と、それを引き算で求められる数は「*"
               "」としています。"
               "支援措置対象者は含みません。"});
}

}  // namespace documents
