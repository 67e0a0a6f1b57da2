// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/files.hpp"
#include "cli/label_options.hpp"
#include "cli/report.hpp"
#include "cli/share_command.hpp"
#include "cli/share_options.hpp"
#include "cli/table_file.hpp"
#include "documents/consent_letter.hpp"
#include "registry/consent_book.hpp"
#include "registry/error.hpp"
#include "registry/handover_desk.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct ConsentRoundOptions {
  std::string dir;
  std::string round;
  std::string name;
  std::string register_kind = "statutory";
  std::vector<std::string> scopes;
  std::vector<std::string> kinds;
  std::vector<std::string> orgs;
  std::string leaflet;
  std::string explained_by;
  std::string answer_by;
  std::string area;
  bool silence_notice = false;
  bool unanswered = false;
  bool reminder = false;
  std::string list;
  std::string pdf;
  std::string labels;
  LabelOptions sheet;
  std::string input;
};

registry::ConsentRound round_of(const ConsentRoundOptions& options) {
  registry::ConsentRound round;
  round.name = options.name;
  round.register_kind = options.register_kind == "voluntary" ? registry::RegisterKind::Voluntary
                                                             : registry::RegisterKind::Statutory;
  for (const std::string& text : options.scopes) {
    const auto scope = registry::parse_consent_scope(text);
    if (!scope) {
      throw CLI::ValidationError(
          "--scope", "名簿提供, 計画作成, 計画提供, 訓練参加, 医療情報提供 のどれかです");
    }
    round.scopes.push_back(*scope);
  }
  round.recipients.kinds = kind_options(options.kinds);
  for (const std::string& id : options.orgs) {
    round.recipients.orgs.push_back({id});
  }
  round.recipients.all = options.kinds.empty() && options.orgs.empty();
  round.leaflet_version = options.leaflet;
  round.explained_by = options.explained_by;
  round.silence_notice = options.silence_notice;
  round.answer_by = day_option("--answer-by", options.answer_by);
  return round;
}

void open_round(const ConsentRoundOptions& options, const Context& context) {
  const registry::ConsentRound round = round_of(options);
  registry::RoundChoice choice;
  choice.only_unanswered = options.unanswered;
  if (!options.area.empty()) {
    choice.area = area_option(options.area);
  }
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("同意の照会"));
  const registry::NewRound made = registry::ConsentBook(session).new_round(round, choice);
  if (context.json) {
    print_json({{"round", made.id.value},
                {"letters", made.letters},
                {"by_hand", made.by_hand},
                {"left_out", made.left_out}});
    return;
  }
  std::cout << context.say("照会 ", "Round ") << made.id.value << '\n'
            << context.say("手紙: ", "Letters: ") << made.letters << '\n'
            << context.say("支援措置のため担当が個別に尋ねる人: ", "Protected, asked by hand: ")
            << made.by_hand << '\n'
            << context.say("対象外(転出・死亡・回答済み): ", "Left out (moved, died, answered): ")
            << made.left_out << '\n';
}

/// The list for a printer's mail merge, one row per letter.
registry::Table merge_list(const registry::LetterSet& set) {
  registry::Table table;
  table.header = {"コード", "照合記号", "郵便番号", "住所", "氏名", "回答期限", "督促回数"};
  for (const registry::ConsentLetter& letter : set.letters) {
    table.rows.push_back({letter.code, letter.mark, letter.postcode, letter.address, letter.name,
                          registry::to_iso(set.round.answer_by), std::to_string(letter.reminders)});
    table.lines.push_back(table.rows.size() + 1);
  }
  return table;
}

/// A label per letter, in the order of the letters, with the code that ties both together.
std::vector<documents::AddressLabel> labels_of(const registry::LetterSet& set) {
  std::vector<documents::AddressLabel> labels;
  labels.reserve(set.letters.size());
  for (const registry::ConsentLetter& letter : set.letters) {
    labels.push_back({.postcode = letter.postcode,
                      .address = letter.address,
                      .name = letter.name + "　様",
                      .note = letter.code + "　" + letter.mark});
  }
  return labels;
}

/// Who would receive the data, as the letter names them.
std::vector<std::string> recipient_names(const registry::ConsentRecipients& to,
                                         const registry::DisclosurePolicy& policy,
                                         registry::Session& session) {
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    if (std::ranges::find(names, name) == names.end()) {
      names.push_back(std::move(name));
    }
  };
  if (to.all) {
    for (const registry::ListedRecipient& each : policy.listed) {
      add(std::string(to_text(each.kind)));
    }
  }
  for (const registry::RecipientKind kind : to.kinds) {
    add(std::string(to_text(kind)));
  }
  if (!to.orgs.empty()) {
    for (const registry::RecipientOrg& org : registry::RecipientBook(session).list()) {
      if (std::ranges::find(to.orgs, org.id) != to.orgs.end()) {
        add(org.name);
      }
    }
  }
  return names;
}

std::vector<registry::ConsentScope> silent_scopes(const registry::RoundStatus& status) {
  std::vector<registry::ConsentScope> scopes;
  for (const auto& [scope, counts] : status.silence_counts) {
    if (counts) {
      scopes.push_back(scope);
    }
  }
  return scopes;
}

void write_letters(const ConsentRoundOptions& options, const Context& context) {
  if (options.list.empty() && options.pdf.empty() && options.labels.empty()) {
    throw CLI::ValidationError("--list", "--list か --pdf か --labels を指定してください");
  }
  for (const std::string& out : {options.list, options.pdf, options.labels}) {
    if (!out.empty() && std::filesystem::exists(out)) {
      throw registry::InputError("書き出し先がすでにあります: " + out +
                                 "。別の名前にしてください。");
    }
  }
  const CityFolder city(options.dir);
  const registry::LocalPlan plan = city.local_plan();
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("同意の照会"));
  registry::ConsentBook book(session);
  const registry::LetterSet set = book.letters({options.round}, options.reminder);
  if (set.letters.empty()) {
    throw registry::InputError("送る手紙がありません。照会の状況を確かめてください。");
  }
  std::vector<std::string> warnings;
  if (!options.list.empty()) {
    write_table(options.list, "差し込み", merge_list(set));
  }
  if (!options.pdf.empty()) {
    auto file = documents::consent_letters(
        {.letters = set,
         .local_plan = plan,
         .printed_on = registry::tokyo_date(now()),
         .recipients = recipient_names(set.round.recipients, plan.disclosure, session),
         .silence_counts = silent_scopes(book.status({options.round}, plan.disclosure)),
         .reminder = options.reminder});
    write_file(options.pdf, file.pdf);
    warnings = std::move(file.warnings);
  }
  if (!options.labels.empty()) {
    const auto more = write_labels(city, labels_of(set), options.sheet, options.labels);
    warnings.insert(warnings.end(), more.begin(), more.end());
  }
  if (context.json) {
    print_json({{"letters", set.letters.size()},
                {"list", options.list},
                {"pdf", options.pdf},
                {"labels", options.labels},
                {"warnings", warnings}});
    return;
  }
  std::cout << context.say("手紙 ", "Letters ") << set.letters.size() << " -> " << options.list
            << ' ' << options.pdf << ' ' << options.labels << '\n';
  for (const std::string& warning : warnings) {
    std::cout << warning << '\n';
  }
}

void check_list(const ConsentRoundOptions& options, Context& context) {
  const registry::Table list = read_table(options.input);
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("同意の照会"));
  const auto faults = registry::ConsentBook(session).mismatches({options.round}, list);
  if (context.json) {
    print_json({{"checked", list.rows.size()}, {"mismatches", faults.size()}});
  } else {
    std::cout << context.say("確かめた行: ", "Rows checked: ") << list.rows.size() << '\n';
  }
  report_rejected(faults, options.input + ".errors.csv", context);
}

void post(const ConsentRoundOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("同意の照会"));
  const std::size_t posted =
      registry::ConsentBook(session).post({options.round}, now(), options.reminder);
  if (context.json) {
    print_json({{"posted", posted}, {"reminder", options.reminder}});
  } else {
    std::cout << context.say("発送を記録した手紙: ", "Letters posted: ") << posted << '\n';
  }
}

void take_answers(const ConsentRoundOptions& options, Context& context) {
  auto parsed = registry::parse_letter_answers(read_table(options.input));
  registry::ImportReport report = parsed.report;
  if (!context.dry_run) {
    const CityFolder city(options.dir);
    auto registry = city.open_registry();
    registry::Session session = registry.session(actor("同意の記録"));
    const auto stored = registry::ConsentBook(session).answer({options.round}, parsed.rows);
    report.rejected.insert(report.rejected.end(), stored.rejected.begin(), stored.rejected.end());
  }
  std::ranges::sort(report.rejected, {}, &registry::Rejected::line);
  const std::size_t taken = report.rows_read - report.rejected.size();
  const std::string error_file = options.input + ".errors.csv";
  if (context.json) {
    Json document = {{"rows_read", report.rows_read}, {"taken", taken}};
    document["rejected"] = to_json(report)["rejected"];
    document["stored"] = !context.dry_run;
    print_json(document);
  } else {
    std::cout << context.say("読んだ行: ", "Rows read: ") << report.rows_read
              << context.say("、記録した回答: ", ", answers recorded: ") << taken << '\n';
  }
  report_rejected(report.rejected, error_file, context);
}

Json json_of(const registry::RoundStatus& status) {
  Json scopes = Json::array();
  for (const registry::ConsentScope scope : status.round.scopes) {
    const auto answers = status.answers.find(scope);
    const auto count = [&](registry::Answer answer) -> std::size_t {
      if (answers == status.answers.end()) {
        return 0;
      }
      const auto found = answers->second.find(answer);
      return found == answers->second.end() ? 0 : found->second;
    };
    const std::size_t granted = count(registry::Answer::Granted);
    const std::size_t refused = count(registry::Answer::Refused);
    const auto silence = status.silence_counts.find(scope);
    scopes.push_back(
        {{"scope", std::string(to_text(scope))},
         {"granted", granted},
         {"refused", refused},
         {"silent", status.posted - std::min(status.posted, granted + refused)},
         {"silence_counts", silence != status.silence_counts.end() && silence->second}});
  }
  return {{"round", status.round.id.value},
          {"name", status.round.name},
          {"answer_by", registry::to_iso(status.round.answer_by)},
          {"letters", status.letters},
          {"posted", status.posted},
          {"scopes", std::move(scopes)}};
}

void print_consent_round(const Json& round, const Context& context) {
  std::cout << round["round"].get<std::string>() << ' ' << round["name"].get<std::string>()
            << context.say(" 期限 ", " due ") << round["answer_by"].get<std::string>()
            << context.say(" 手紙 ", " letters ") << round["letters"]
            << context.say(" 発送 ", " posted ") << round["posted"] << '\n';
  for (const Json& scope : round["scopes"]) {
    std::cout << "  " << scope["scope"].get<std::string>() << context.say(": 同意 ", ": granted ")
              << scope["granted"] << context.say(" 不同意 ", " refused ") << scope["refused"]
              << context.say(" 未回答 ", " silent ") << scope["silent"]
              << (scope["silence_counts"].get<bool>()
                      ? context.say(" (未回答は条例により同意とみなす)",
                                    " (silence counts as consent by ordinance)")
                      : "")
              << '\n';
  }
}

/// One row per round and scope.
void write_status(const Json& rounds, const std::string& file) {
  Json rows = Json::array();
  for (const Json& round : rounds) {
    for (Json row : round["scopes"]) {
      row.update(round);
      rows.push_back(std::move(row));
    }
  }
  write_table(file, "同意の照会",
              table_of(rows, {{"照会", "round"},
                              {"名前", "name"},
                              {"回答期限", "answer_by"},
                              {"手紙", "letters"},
                              {"発送", "posted"},
                              {"範囲", "scope"},
                              {"同意", "granted"},
                              {"不同意", "refused"},
                              {"未回答", "silent"},
                              {"未回答は同意とみなす", "silence_counts"}}));
}

void show_status(const ConsentRoundOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const registry::LocalPlan plan = city.local_plan();
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("同意の確認"));
  registry::ConsentBook book(session);
  Json rounds = Json::array();
  for (const registry::ConsentRound& round : book.rounds()) {
    if (options.round.empty() || round.id.value == options.round) {
      rounds.push_back(json_of(book.status(round.id, plan.disclosure)));
    }
  }
  if (!options.list.empty() && !context.dry_run) {
    write_status(rounds, options.list);
  }
  if (context.json) {
    print_json({{"rounds", std::move(rounds)}});
    return;
  }
  for (const Json& round : rounds) {
    print_consent_round(round, context);
  }
}

void add_new(CLI::App& round, const std::shared_ptr<ConsentRoundOptions>& options,
             Context& context) {
  CLI::App* open = round.add_subcommand("new", "照会を始める (open a round)");
  open->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  open->add_option("--name", options->name, "照会の名前 (name)")->required();
  open->add_option("--register", options->register_kind, "statutory | voluntary (register)")
      ->check(CLI::IsMember({"statutory", "voluntary"}));
  open->add_option("--scope", options->scopes, "範囲: 名簿提供, 計画提供, ... (scopes)")
      ->required();
  open->add_option("--kind", options->kinds, "提供先の種別。無ければすべて (to kinds)");
  open->add_option("--recipient", options->orgs, "提供先の ID (to recipients)");
  open->add_option("--leaflet", options->leaflet, "同封する説明書の版 (leaflet)")->required();
  open->add_option("--explained-by", options->explained_by, "説明の担当 (section that explains)")
      ->required();
  open->add_option("--answer-by", options->answer_by, "回答の期限 (answer by)")->required();
  open->add_option("--area", options->area, "自治会:コード など。その区域だけ (only this area)");
  open->add_flag("--unanswered", options->unanswered,
                 "まだ答えていない人だけ (only who has not answered)");
  open->add_flag("--silence-notice", options->silence_notice,
                 "未回答は同意とみなす旨を書く (letter says that silence is consent)");
  open->callback([options, &context] { open_round(*options, context); });
}

CLI::App* add_step(CLI::App& round, const std::shared_ptr<ConsentRoundOptions>& options,
                   const char* name, const char* description) {
  CLI::App* step = round.add_subcommand(name, description);
  step->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  step->add_option("--round", options->round, "照会の ID (round)")->required();
  return step;
}

}  // namespace

void add_consent_round(CLI::App& consent, Context& context) {
  const auto options = std::make_shared<ConsentRoundOptions>();
  CLI::App* round = consent.add_subcommand("round", "郵送による同意の照会 (rounds of letters)");
  round->require_subcommand(1);
  round->fallthrough();
  add_new(*round, options, context);

  CLI::App* print =
      add_step(*round, options, "letters", "差し込み用一覧と手紙を書き出す (write letters)");
  print->add_option("--list", options->list, "差し込み用の CSV または XLSX (mail-merge list)");
  print->add_option("--pdf", options->pdf, "手紙の PDF (letters)");
  print->add_option("--labels", options->labels, "宛名ラベルの PDF (address labels)");
  add_label_options(print, options->sheet);
  print->add_flag("--reminders", options->reminder,
                  "発送したが答えのない人への督促 (only reminders)");
  print->callback([options, &context] { write_letters(*options, context); });

  CLI::App* check = add_step(*round, options, "check",
                             "印刷前の一覧が宛名とずれていないか確かめる (check a list)");
  check->add_option("--list", options->input, "差し込み用の CSV (mail-merge list)")->required();
  check->callback([options, &context] { check_list(*options, context); });

  CLI::App* sent = add_step(*round, options, "post", "発送を記録する (letters are posted)");
  sent->add_flag("--reminders", options->reminder, "督促の発送 (reminders)");
  sent->callback([options, &context] { post(*options, context); });

  CLI::App* answer = add_step(*round, options, "answer", "回答の一覧を取り込む (take answers)");
  answer->add_option("--input", options->input, "回答の CSV (answers)")->required();
  answer->callback([options, &context] { take_answers(*options, context); });

  CLI::App* status = round->add_subcommand("status", "回答の状況 (where rounds stand)");
  status->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  status->add_option("--round", options->round, "照会の ID。無ければすべて (round)");
  status->add_option("--out", options->list, "一覧の CSV または XLSX (write the list)");
  status->callback([options, &context] { show_status(*options, context); });
}

}  // namespace cli
