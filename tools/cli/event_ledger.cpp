// SPDX-License-Identifier: Apache-2.0
// `event ledger`: rows for the 被災者台帳 (90条の3), which is a ledger of its own with its own
// rules of provision (90条の4); nothing flows back.
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/event_board.hpp"
#include "cli/files.hpp"
#include "cli/ledger_columns.hpp"
#include "cli/report.hpp"
#include "cli/table_file.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

struct EventLedgerOptions : EventChoice {
  std::string out;
  std::string columns = std::string(TOMONI_DATA_DIR) + "/rules/victim_ledger.toml";
  bool cp932 = false;
};

/// Everything a column may hold.
std::map<std::string, std::string> fields_of(const planner::EventPerson& person,
                                             const registry::DisasterEvent& event) {
  const registry::Person& who = person.subject->registrant.person;
  const registry::PersonSafety& safety = person.safety;
  std::string needs;
  for (const std::string& need : safety.needs) {
    needs += (needs.empty() ? "" : "、") + need;
  }
  return {{"resident_no", who.resident_no},
          {"name", who.name},
          {"kana", who.name_kana},
          {"birth", who.birth_date ? registry::to_iso(*who.birth_date) : who.birth_text},
          {"sex", std::string(to_text(who.sex))},
          {"address", who.full_address()},
          {"phone", who.phone},
          {"household_no", who.household_no},
          {"status", safety.status ? std::string(to_text(*safety.status)) : std::string("未確認")},
          {"place", safety.place},
          {"needs", needs},
          {"last_seen", safety.last ? registry::tokyo_time(*safety.last) : std::string()},
          {"needs_support", "避難行動要支援者"},
          {"event", event.name}};
}

void ledger(const EventLedgerOptions& options, const Context& context) {
  const auto columns = parse_ledger_columns(read_file(options.columns));
  EventRoom room(options, "被災者台帳の作成（90条の3）");
  if (room.event.is_drill) {
    throw Refused("訓練に被災者はいません。被災者台帳は書き出しません。");
  }
  if (!room.event.confirmed_at) {
    throw Refused("この災害の宣言は確認されていません。");
  }
  const EventBoard board(room);
  registry::Table table;
  std::vector<registry::PersonId> people;
  for (const LedgerColumn& column : columns) {
    table.header.push_back(column.name);
  }
  for (const planner::EventPerson& person : board.people) {
    const auto fields = fields_of(person, room.event);
    std::vector<std::string>& row = table.rows.emplace_back();
    for (const LedgerColumn& column : columns) {
      row.push_back(fields.at(column.field));
    }
    people.push_back(person.id());
  }
  std::vector<std::string> substitutions;
  if (!context.dry_run) {
    room.session.record_output("victim_ledger", people, registry::Action::ExportVictimLedger);
    substitutions =
        write_table(options.out, "被災者台帳", table,
                    options.cp932 ? registry::CsvEncoding::Cp932 : registry::CsvEncoding::Utf8Bom);
  }
  if (context.json) {
    print_json({{"rows", table.rows.size()},
                {"out", options.out},
                {"substitutions", substitutions},
                {"stored", !context.dry_run}});
  } else {
    std::cout << context.say("被災者台帳の行 ", "Rows for the ledger ") << table.rows.size()
              << " -> " << options.out << '\n';
  }
}

}  // namespace

void add_event_ledger(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventLedgerOptions>();
  CLI::App* command = event.add_subcommand(
      "ledger", "被災者台帳へ渡す CSV (rows for the ledger of those who suffered)");
  add_event_choice(*command, *options);
  command->add_option("--out", options->out, ".csv または .xlsx (file)")->required();
  command->add_option("--columns", options->columns, "列の対応表 TOML (columns)");
  command->add_flag("--cp932", options->cp932, "CSV を CP932 で書き出す (write CP932)");
  command->callback([options, &context] { ledger(*options, context); });
}

}  // namespace cli
