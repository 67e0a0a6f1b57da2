// SPDX-License-Identifier: Apache-2.0
// `event report|import-reports|conflicts|settle|quarantine`: who is safe, as reports say.
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/event_common.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "cli/share_options.hpp"
#include "cli/table_file.hpp"
#include "registry/error.hpp"
#include "registry/safety_desk.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kEventSafetyPurpose = "安否確認";

struct EventSafetyOptions : EventChoice {
  std::string person;
  std::string status;
  std::vector<std::string> needs;
  std::string place;
  std::string note;
  std::string by;
  std::string channel = "電話";
  std::string device;
  std::int64_t counter = 0;
  std::string at;
  std::string uuid;
  std::string file;
  std::vector<std::string> seen;
};

registry::SafetyDesk desk_of(EventRoom& room) {
  return {room.session, registry::parse_safety_rules(room.city.rules("event.toml"))};
}

registry::SafetyStatus safety_status(const std::string& text) {
  const auto status = registry::parse_safety_status(text);
  if (!status) {
    throw CLI::ValidationError("--status",
                               "無事, 負傷, 要救助, 不在, 連絡不能, 避難済, 死亡 のどれかです");
  }
  return *status;
}

registry::SafetyReport report_of(const EventSafetyOptions& options) {
  registry::SafetyReport report;
  report.uuid =
      options.uuid.empty() ? registry::make_ulid(now(), surroundings().random) : options.uuid;
  report.subject.value = options.person;
  report.status = safety_status(options.status);
  report.needs = options.needs;
  report.place = options.place;
  report.note = options.note;
  report.reporter = options.by.empty() ? actor(kEventSafetyPurpose).name : options.by;
  report.device = options.device;
  report.counter = options.counter;
  report.device_time = options.at.empty() ? now() : moment_option("--at", options.at);
  report.channel = options.channel;
  return report;
}

void print_import(const registry::SafetyImport& done, const std::string& id,
                  const Context& context) {
  if (context.json) {
    Json aside = Json::array();
    for (const registry::Rejected& each : done.quarantine) {
      aside.push_back({{"line", each.line}, {"reason", each.message}});
    }
    Json document = {{"added", done.added},
                     {"repeated", done.repeated},
                     {"quarantined", done.quarantined},
                     {"quarantine", aside},
                     {"stored", !context.dry_run}};
    if (!id.empty()) {
      document["report"] = id;
    }
    print_json(document);
    return;
  }
  std::cout << (context.dry_run ? context.say("（書き込みません）", "(nothing is written) ") : "")
            << context.say("新しい報告 ", "New reports ") << done.added
            << context.say("、同じ報告 ", ", repeats ") << done.repeated
            << context.say("、取り置き ", ", put aside ") << done.quarantined << '\n';
}

void print_aside(const std::vector<registry::Rejected>& aside, const Context& context) {
  if (context.json) {
    return;  // stands in the document
  }
  for (const registry::Rejected& each : aside) {
    std::cout << context.say("取り置き ", "Put aside, line ") << each.line
              << context.say(" 行目: ", ": ") << each.message << '\n';
  }
  std::cout << context.say("取り置いた報告は tomoni event quarantine で見てください。\n",
                           "Look at them with tomoni event quarantine.\n");
}

void report(const EventSafetyOptions& options, Context& context) {
  const registry::SafetyReport said = report_of(options);
  registry::SafetyImport done;
  if (!context.dry_run) {
    EventRoom room(options, kEventSafetyPurpose);
    done = desk_of(room).report(room.event.id, {{.line = 1, .report = said}});
  }
  if (done.quarantined > 0) {
    context.exit = Exit::InputRejected;
    if (!context.json) {
      std::cout << context.say("取り置きました: ", "Put aside: ") << done.quarantine[0].message
                << '\n';
    }
  }
  print_import(done, said.uuid, context);
}

void import_reports(const EventSafetyOptions& options, Context& context) {
  const std::filesystem::path file(options.file);
  const auto parsed = file.extension() == ".json"
                          ? registry::parse_safety_json(read_file(file))
                          : registry::parse_safety_reports(read_table(file));
  registry::SafetyImport done;
  EventRoom room(options, kEventSafetyPurpose);
  if (!context.dry_run) {
    done = desk_of(room).report(room.event.id, parsed.rows);
  }
  print_import(done, "", context);
  if (done.quarantined > 0) {
    context.exit = Exit::InputRejected;
    print_aside(done.quarantine, context);
  }
  report_rejected(parsed.report.rejected,
                  (room.city.imports() / (file.stem().string() + "_errors.csv")).string(), context);
}

Json report_json(const registry::SafetyReport& report) {
  return {{"report", report.uuid},
          {"at", to_iso(report.device_time)},
          {"status", to_text(report.status)},
          {"place", report.place},
          {"note", report.note},
          {"by", report.reporter},
          {"channel", report.channel}};
}

void conflicts(const EventSafetyOptions& options, Context& context) {
  EventRoom room(options, kEventSafetyPurpose);
  registry::SafetyDesk desk = desk_of(room);
  const registry::SafetyBoard board = desk.board(room.event.id);
  Json people = Json::array();
  for (const registry::BoardPerson& person : board.people) {
    if (!person.safety.conflict) {
      continue;
    }
    Json reports = Json::array();
    for (const registry::SafetyReport& each : desk.reports(room.event.id, person.person)) {
      reports.push_back(report_json(each));
    }
    people.push_back({{"registrant", person.person.value},
                      {"status", to_text(*person.safety.status)},
                      {"to_settle", person.safety.to_settle},
                      {"reports", std::move(reports)}});
  }
  if (context.json) {
    print_json({{"conflicts", std::move(people)}});
    return;
  }
  std::cout << context.say("食い違う報告のある人 ", "People with contradictions ") << people.size()
            << '\n';
  for (const Json& person : people) {
    std::cout << person["registrant"].get<std::string>() << '\n';
    for (const Json& each : person["reports"]) {
      std::cout << "  " << each["report"].get<std::string>() << ' ' << time_words(each["at"]) << ' '
                << each["status"].get<std::string>() << ' ' << each["channel"].get<std::string>()
                << ' ' << each["note"].get<std::string>() << '\n';
    }
  }
  if (!people.empty()) {
    std::cout << context.say(
        "確かめたら: tomoni event settle --person ID --status 状況 --note 理由 --seen "
        "見た報告の番号\n",
        "Then: tomoni event settle --person ID --status STATUS --note WHY --seen REPORT\n");
  }
}

void settle(const EventSafetyOptions& options, Context& context) {
  registry::SafetyReport decision;
  decision.subject.value = options.person;
  decision.status = safety_status(options.status);
  decision.place = options.place;
  decision.note = options.note;
  decision.settles = options.seen;
  if (!context.dry_run) {
    EventRoom room(options, kEventSafetyPurpose);
    desk_of(room).settle(room.event.id, decision);
  }
  print_done(context, "registrant", options.person, context.say("判断を記録しました:", "Settled:"));
}

void review_quarantine(const EventSafetyOptions& options, const Context& context) {
  EventRoom room(options, kEventSafetyPurpose);
  if (!context.dry_run) {
    for (const std::string& uuid : options.seen) {
      desk_of(room).review_quarantine(room.event.id, uuid, options.note);
    }
  }
  if (context.json) {
    print_json({{"seen", options.seen}, {"stored", !context.dry_run}});
  } else {
    std::cout << context.say("見たことを記録しました ", "Looked at: ") << options.seen.size()
              << '\n';
  }
}

void quarantine(const EventSafetyOptions& options, Context& context) {
  if (!options.seen.empty()) {
    review_quarantine(options, context);
    return;
  }
  EventRoom room(options, kEventSafetyPurpose);
  Json rows = Json::array();
  for (const registry::QuarantinedReport& each : desk_of(room).quarantine(room.event.id)) {
    Json row = report_json(each.report);
    row["reason"] = each.reason;
    row["registrant"] = each.report.subject.value;
    row["seen_by"] = each.seen_by;
    row["became"] = each.note;
    rows.push_back(std::move(row));
  }
  if (context.json) {
    print_json({{"quarantine", std::move(rows)}});
    return;
  }
  for (const Json& row : rows) {
    const auto seen_by = row["seen_by"].get<std::string>();
    std::cout << row["report"].get<std::string>() << ' ' << time_words(row["at"]) << ' '
              << row["registrant"].get<std::string>() << ' ' << row["status"].get<std::string>()
              << ' ' << row["reason"].get<std::string>()
              << (seen_by.empty() ? context.say(" 【未見】", " [not looked at]")
                                  : context.say(" 見た人: ", " seen by ") + seen_by + ' ' +
                                        row["became"].get<std::string>())
              << '\n';
  }
  std::cout << (rows.empty()
                    ? context.say("取り置いた報告はありません。\n", "Nothing was put aside.\n")
                    : context.say(
                          "正しい内容は tomoni event report で報告し直し、見たことは "
                          "--seen 番号 --note どうしたか で記録してください。\n",
                          "Report anew what is true, and say with --seen NUMBER --note TEXT "
                          "what became of it.\n"));
}

using Run = void (*)(const EventSafetyOptions&, Context&);

CLI::App* add(CLI::App& event, const char* name, const char* help, Run run, Context& context,
              const std::shared_ptr<EventSafetyOptions>& options) {
  CLI::App* command = event.add_subcommand(name, help);
  add_event_choice(*command, *options);
  command->callback([options, run, &context] { run(*options, context); });
  return command;
}

}  // namespace

void add_event_safety(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventSafetyOptions>();
  CLI::App* one = add(event, "report", "安否を報告する (report)", report, context, options);
  for (CLI::App* command :
       {one, add(event, "settle", "食い違う報告を判断する (settle)", settle, context, options)}) {
    command->add_option("--person", options->person, "登載者の ID (registrant)")->required();
    command
        ->add_option("--status", options->status,
                     "無事 負傷 要救助 不在 連絡不能 避難済 死亡 (status)")
        ->required();
    command->add_option("--place", options->place, "いる場所 (place)");
    command->add_option("--note", options->note, "備考・判断の理由 (note)");
  }
  event.get_subcommand("settle")
      ->add_option("--seen", options->seen, "見て判断した報告の番号 (reports looked at)")
      ->required();
  one->add_option("--need", options->needs, "必要なもの (needs)");
  one->add_option("--by", options->by, "報告した人 (reporter)");
  one->add_option("--channel", options->channel, "手段: 電話, 訪問, 紙, … (channel)");
  one->add_option("--device", options->device, "端末 (device)");
  one->add_option("--counter", options->counter, "端末の連番 (counter)")
      ->check(CLI::NonNegativeNumber);
  one->add_option("--at", options->at, "見た時刻。既定はいま (time)");
  one->add_option("--uuid", options->uuid, "報告の番号。同じ番号は一度だけ (uuid)");
  add(event, "import-reports", "安否の報告のファイルを取り込む (CSV, XLSX, JSON)", import_reports,
      context, options)
      ->add_option("file", options->file, "ファイル (file)")
      ->required();
  add(event, "conflicts", "食い違う報告 (contradictions for a person to settle)", conflicts,
      context, options);
  CLI::App* aside = add(event, "quarantine", "取り置いた報告とその理由 (reports put aside)",
                        quarantine, context, options);
  aside->add_option("--seen", options->seen, "見た報告の番号 (reports looked at)");
  aside->add_option("--note", options->note, "どう扱ったか (what became of them)");
}

}  // namespace cli
