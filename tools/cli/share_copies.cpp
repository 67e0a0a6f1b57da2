// SPDX-License-Identifier: Apache-2.0
// `share receipt`, `return`, `destroy`, `recall`, `overdue`, `ledger`: every copy until it is back.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/report.hpp"
#include "cli/share_command.hpp"
#include "cli/share_options.hpp"
#include "cli/table_file.hpp"
#include "registry/handover_desk.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct ShareCopiesOptions {
  std::string dir;
  std::string serial;
  std::string on;
  std::string text;
  std::string kind;
  std::string why;
  std::string due;
  std::string out;
};

/// Opens the city's ledger for one command.
class Desk {
 public:
  explicit Desk(const ShareCopiesOptions& options)
      : city_(options.dir),
        registry_(city_.open_registry()),
        session_(registry_.session(actor("提供台帳の管理"))),
        desk_(session_, city_.local_plan().disclosure) {}
  registry::HandoverDesk* operator->() { return &desk_; }

 private:
  CityFolder city_;
  registry::Registry registry_;
  registry::Session session_;
  registry::HandoverDesk desk_;
};

Json json_of(const registry::Handover& copy) {
  return {{"serial", copy.serial},
          {"handover", copy.id.value},
          {"recipient", copy.recipient.value},
          {"recipient_name", copy.recipient_name},
          {"data", std::string(to_word(copy.data))},
          {"phase", std::string(to_text(copy.phase))},
          {"legal_basis", copy.legal_basis},
          {"profile", std::string(to_word(copy.profile))},
          {"persons", copy.persons},
          {"issued_on", registry::to_iso(registry::tokyo_date(copy.issued_at))},
          {"return_due", registry::to_iso(copy.return_due)},
          {"out", !copy.closed_at.has_value()},
          {"received", copy.received},
          {"recalled", copy.recalled}};
}

/// Writes the copies as a list where one was asked for.
void write_copies(const Json& rows, const ShareCopiesOptions& options, const Context& context) {
  if (options.out.empty() || context.dry_run) {
    return;
  }
  write_table(options.out, "提供台帳",
              table_of(rows, {{"管理番号", "serial"},
                              {"提供先", "recipient_name"},
                              {"情報", "data"},
                              {"時期", "phase"},
                              {"根拠", "legal_basis"},
                              {"項目", "profile"},
                              {"人数", "persons"},
                              {"提供日", "issued_on"},
                              {"返却期限", "return_due"},
                              {"手元を離れている", "out"},
                              {"受領書", "received"},
                              {"回収中", "recalled"},
                              {"督促の理由", "why"}}));
}

void record(const ShareCopiesOptions& options, registry::CopyEvent event, const Context& context) {
  const registry::Date on =
      options.on.empty() ? registry::tokyo_date(now()) : day_option("--on", options.on);
  Desk desk(options);
  const registry::Handover copy = desk->by_serial(options.serial);
  if (!context.dry_run) {
    desk->record(copy.id, {event, on, options.text});
  }
  if (context.json) {
    print_json({{"serial", copy.serial}, {"recorded", !context.dry_run}});
  } else {
    std::cout << copy.serial << ' ' << to_text(event) << '\n';
  }
}

void recall(const ShareCopiesOptions& options, const Context& context) {
  Desk desk(options);
  const registry::RecipientKind kind = kind_option(options.kind);
  std::size_t tasks = 0;
  if (context.dry_run) {
    for (const registry::Handover& copy : desk->ledger()) {
      tasks += !copy.closed_at && copy.recipient_kind == kind && !copy.recalled ? 1U : 0U;
    }
  } else {
    tasks = desk->recall(kind, options.why, day_option("--due", options.due));
  }
  if (context.json) {
    print_json({{"recalled", tasks}});
  } else {
    std::cout << context.say("回収する写し: ", "Copies recalled: ") << tasks << '\n';
  }
}

void overdue(const ShareCopiesOptions& options, const Context& context) {
  Desk desk(options);
  const registry::Date on =
      options.on.empty() ? registry::tokyo_date(now()) : day_option("--on", options.on);
  Json rows = Json::array();
  for (const registry::OverdueCopy& each : desk->overdue(on)) {
    Json row = json_of(each.handover);
    row["why"] = std::string(to_text(each.why));
    rows.push_back(std::move(row));
    if (!context.json) {
      std::cout << each.handover.serial << ' ' << each.handover.recipient_name << ' '
                << to_text(each.why) << '\n';
    }
  }
  write_copies(rows, options, context);
  if (context.json) {
    print_json({{"overdue", std::move(rows)}});
  }
}

void ledger(const ShareCopiesOptions& options, const Context& context) {
  Desk desk(options);
  Json rows = Json::array();
  for (const registry::Handover& copy : desk->ledger()) {
    rows.push_back(json_of(copy));
    if (!context.json) {
      std::cout << copy.serial << ' ' << copy.recipient_name << ' ' << copy.legal_basis << ' '
                << copy.persons << context.say(" 人 期限 ", " persons, due ")
                << registry::to_iso(copy.return_due)
                << (copy.closed_at  ? context.say(" 済", " closed")
                    : copy.recalled ? context.say(" 回収中", " recalled")
                                    : context.say(" 提供中", " out"))
                << '\n';
    }
  }
  Json tasks = Json::array();
  for (const registry::RecallTask& task : desk->recall_tasks()) {
    tasks.push_back({{"serial", task.serial},
                     {"why", task.why},
                     {"due", registry::to_iso(task.due)},
                     {"done", task.done}});
  }
  write_copies(rows, options, context);
  if (context.json) {
    print_json({{"copies", std::move(rows)}, {"recall_tasks", std::move(tasks)}});
  }
}

struct Step {
  const char* name;
  const char* help;
  const char* text_help;
  registry::CopyEvent event;
};

constexpr std::array kSteps = {Step{"receipt", "受領を記録する (record the receipt)",
                                    "手渡した相手 (handed to)", registry::CopyEvent::Received},
                               Step{"store", "保管場所を記録する (record where it is kept)",
                                    "保管場所 (place)", registry::CopyEvent::Stored},
                               Step{"viewer", "閲覧者を記録する (record a viewer)",
                                    "閲覧者 (viewer)", registry::CopyEvent::Viewed},
                               Step{"inspect", "点検を記録する (record an inspection)",
                                    "点検の結果 (finding)", registry::CopyEvent::Inspected},
                               Step{"return", "返却を記録する (record the return)",
                                    "返却の証拠 (proof)", registry::CopyEvent::Returned},
                               Step{"destroy", "廃棄を記録する (record the destruction)",
                                    "廃棄の証拠 (proof)", registry::CopyEvent::Destroyed}};

}  // namespace

void add_share_copies(CLI::App& share, Context& context) {
  const auto options = std::make_shared<ShareCopiesOptions>();
  const auto dir = [&](CLI::App* command) {
    command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  };
  for (const Step& step : kSteps) {
    CLI::App* command = share.add_subcommand(step.name, step.help);
    dir(command);
    command->add_option("--serial", options->serial, "管理番号 (serial)")->required();
    command->add_option("--on", options->on, "日付。無ければ今日 (day)");
    command->add_option("--text", options->text, step.text_help)->required();
    command->callback(
        [options, event = step.event, &context] { record(*options, event, context); });
  }
  CLI::App* back = share.add_subcommand(
      "recall", "ある種別の提供先の写しをすべて回収する (recall every copy of a kind)");
  dir(back);
  back->add_option("--kind", options->kind, "種別 (kind)")->required();
  back->add_option("--why", options->why, "理由 (why)")->required();
  back->add_option("--due", options->due, "期限 (due)")->required();
  back->callback([options, &context] { recall(*options, context); });
  CLI::App* late = share.add_subcommand("overdue", "期限を過ぎた写し (overdue copies)");
  dir(late);
  late->add_option("--on", options->on, "基準日。無ければ今日 (as of)");
  late->add_option("--out", options->out, "一覧の CSV または XLSX (write the list)");
  late->callback([options, &context] { overdue(*options, context); });
  CLI::App* all = share.add_subcommand("ledger", "提供台帳 (the ledger)");
  dir(all);
  all->add_option("--out", options->out, "一覧の CSV または XLSX (write the list)");
  all->callback([options, &context] { ledger(*options, context); });
}

}  // namespace cli
