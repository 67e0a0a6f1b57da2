// SPDX-License-Identifier: Apache-2.0
// `share preview` and `share issue`: who will now see whom, and the list itself.
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/report.hpp"
#include "cli/share_command.hpp"
#include "cli/share_options.hpp"
#include "cli/share_output.hpp"
#include "registry/consent_book.hpp"
#include "registry/error.hpp"
#include "registry/handover_desk.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct ShareIssueOptions {
  std::string dir;
  std::string recipient;
  std::string register_kind = "statutory";
  std::string data = "ROSTER";
  std::string phase = "normal";
  std::string decision;
  std::string medium;
  std::string return_due;
  std::string code;
  CopyForm form;
  std::string person;
  std::string reason;
};

registry::HandoverRequest request_of(const ShareIssueOptions& options) {
  static const std::map<std::string, registry::Phase> phases = {
      {"normal", registry::Phase::Normal},
      {"drill", registry::Phase::Drill},
      {"threat", registry::Phase::Threat},
      {"occurred", registry::Phase::Occurred}};
  registry::HandoverRequest request;
  request.recipient.value = options.recipient;
  request.register_kind = options.register_kind == "voluntary" ? registry::RegisterKind::Voluntary
                                                               : registry::RegisterKind::Statutory;
  request.data = data_option(options.data);
  request.phase = phases.at(options.phase);
  request.decision.value = options.decision;
  request.medium = !options.medium.empty()         ? options.medium
                   : !options.form.package.empty() ? "暗号化媒体"
                                                   : "紙";
  request.return_due = day_option("--return-due", options.return_due);
  return request;
}

Json ids(const std::vector<registry::PersonId>& people) {
  Json list = Json::array();
  for (const registry::PersonId& person : people) {
    list.push_back(person.value);
  }
  return list;
}

/// How many are left out for which reason; small groups are not counted out.
std::map<std::string, std::size_t> reasons_of(const registry::HandoverPreview& preview) {
  std::map<std::string, std::size_t> reasons;
  for (const registry::Excluded& each : preview.excluded) {
    ++reasons[each.note.empty() ? std::string(to_text(each.reason)) : each.note];
  }
  return reasons;
}

Json json_of(const registry::HandoverPreview& preview) {
  Json reasons = Json::object();
  for (const auto& [reason, count] : reasons_of(preview)) {
    reasons[reason] = registry::statistics_cell(count);
  }
  return {{"recipient", preview.recipient_name},
          {"profile", std::string(to_word(preview.profile))},
          {"included", preview.included.size()},
          {"newly_seen", ids(preview.newly_seen)},
          {"no_longer_seen", ids(preview.no_longer_seen)},
          {"excluded_by_reason", reasons},
          {"code", preview.code}};
}

void print_share_issue(const registry::HandoverPreview& preview, const Context& context) {
  std::cout << preview.recipient_name << ' ' << to_word(preview.profile) << '\n'
            << context.say("提供する人: ", "On the list: ") << preview.included.size() << '\n'
            << context.say("新しく見られる人: ", "Newly seen: ") << preview.newly_seen.size()
            << '\n';
  for (const registry::PersonId& person : preview.newly_seen) {
    std::cout << "  + " << person.value << '\n';
  }
  std::cout << context.say("見られなくなる人: ", "No longer seen: ")
            << preview.no_longer_seen.size() << '\n';
  for (const registry::PersonId& person : preview.no_longer_seen) {
    std::cout << "  - " << person.value << '\n';
  }
  for (const auto& [reason, count] : reasons_of(preview)) {
    std::cout << context.say("除いた人 ", "Left out ") << reason << ": "
              << registry::statistics_cell(count) << '\n';
  }
  std::cout << context.say("確認コード: ", "Code: ") << preview.code << '\n';
}

void preview(const ShareIssueOptions& options, const Context& context) {
  const registry::HandoverRequest request = request_of(options);
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("提供の準備"));
  const auto seen = registry::HandoverDesk(session, city.local_plan().disclosure).preview(request);
  if (context.json) {
    print_json(json_of(seen));
  } else {
    print_share_issue(seen, context);
  }
}

/// The ledger came first, as it must; a copy that never came to be is crossed out.
WrittenCopy write_or_cross_out(const CopySource& source, const ShareIssueOptions& options,
                               const std::string& passphrase, registry::HandoverDesk& desk) {
  try {
    return write_copy(source, options.form, passphrase);
  } catch (const std::exception&) {
    desk.record(source.list.handover().id,
                {registry::CopyEvent::Destroyed, registry::tokyo_date(now()),
                 "ファイルを書き出せなかった"});
    throw;
  }
}

void print_copy(const registry::Handover& copy, const ShareIssueOptions& options,
                const WrittenCopy& written, const Context& context) {
  if (context.json) {
    print_json({{"serial", copy.serial},
                {"persons", copy.persons},
                {"profile", std::string(to_word(copy.profile))},
                {"legal_basis", copy.legal_basis},
                {"return_due", registry::to_iso(copy.return_due)},
                {"content_hash", copy.content_hash},
                {"substitutions", written.substitutions},
                {"warnings", written.warnings},
                {"out", options.form.file()}});
    return;
  }
  std::cout << context.say("管理番号 ", "Serial ") << copy.serial << context.say("、", ", ")
            << copy.persons << context.say(" 人 -> ", " persons -> ") << options.form.file()
            << '\n';
  for (const std::string& each : written.substitutions) {
    std::cout << context.say("置き換えた文字: ", "Substituted: ") << each << '\n';
  }
  for (const std::string& each : written.warnings) {
    std::cout << each << '\n';
  }
  if (!written.passphrase.empty()) {
    std::cout << context.say("合言葉（今だけ表示します。ファイルとは別の手段で渡してください）: ",
                             "Passphrase (shown only now; deliver it by another channel): ")
              << written.passphrase << '\n';
  }
}

void issue(const ShareIssueOptions& options, const Context& context) {
  if (context.dry_run) {
    preview(options, context);
    return;
  }
  const registry::HandoverRequest request = request_of(options);
  check_form(options.form, context);
  const std::string passphrase =
      options.form.package.empty() ? "" : passphrase_for(options.form.passphrase, context);
  const CityFolder city(options.dir);
  const registry::LocalPlan local_plan = city.local_plan();
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("名簿情報・計画情報の提供"));
  registry::HandoverDesk desk(session, local_plan.disclosure);
  if (!options.form.sheets.empty()) {
    check_sheets(desk.preview(request).profile, request.data);
  }
  const registry::DisclosureList list = desk.issue(request, options.code);
  const WrittenCopy written =
      write_or_cross_out({list, local_plan, city, session}, options, passphrase, desk);
  print_copy(list.handover(), options, written, context);
}

void approve(const ShareIssueOptions& options, const Context& context) {
  std::string id;
  if (!context.dry_run) {
    const CityFolder city(options.dir);
    auto registry = city.open_registry();
    registry::Session session = registry.session(actor("支援措置対象者の提供の承認"));
    id = registry::HandoverDesk(session, city.local_plan().disclosure)
             .approve({options.person}, {options.recipient}, data_option(options.data),
                      options.reason)
             .value;
  }
  if (context.json) {
    print_json({{"approval", id}});
  } else {
    std::cout << context.say("承認しました。提供は別の担当者が行います。\n",
                             "Approved. Somebody else issues the list.\n");
  }
}

void add_request_options(CLI::App* command, const std::shared_ptr<ShareIssueOptions>& options) {
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--recipient", options->recipient, "提供先の ID (recipient)")->required();
  command->add_option("--register", options->register_kind, "statutory | voluntary (register)")
      ->check(CLI::IsMember({"statutory", "voluntary"}));
  command->add_option("--data", options->data, "ROSTER | PLAN (data)")
      ->check(CLI::IsMember({"ROSTER", "PLAN"}));
  command->add_option("--phase", options->phase, "normal | drill | threat | occurred (phase)")
      ->check(CLI::IsMember({"normal", "drill", "threat", "occurred"}));
  command->add_option("--decision", options->decision, "提供の決定の ID (decision)");
  command->add_option("--medium", options->medium,
                      "媒体。既定は紙、--package では暗号化媒体 (medium)");
  command->add_option("--return-due", options->return_due, "返却期限 (return due)")->required();
}

}  // namespace

void add_share_issue(CLI::App& share, Context& context) {
  const auto options = std::make_shared<ShareIssueOptions>();
  CLI::App* look =
      share.add_subcommand("preview", "だれが新しくだれを見るか (who will now see whom)");
  add_request_options(look, options);
  look->callback([options, &context] { preview(*options, context); });
  CLI::App* hand = share.add_subcommand("issue", "台帳に記録して一覧を書き出す (issue a list)");
  add_request_options(hand, options);
  hand->add_option("--code", options->code, "preview の確認コード (code of the preview)")
      ->required();
  hand->add_option("--out", options->form.out, "一覧: .csv, .xlsx または .pdf (list)");
  hand->add_option("--package", options->form.package,
                   "暗号化して書き出す: .zip (CSV・XLSX・PDF) または .pdf (encrypted)");
  hand->add_option("--sheets", options->form.sheets,
                   "一人一枚の PDF: 支援者用シート、福祉避難所の受入票 (a sheet per person)");
  PassphraseOptions& passphrase = options->form.passphrase;
  hand->add_option("--passphrase-out", passphrase.out,
                   "合言葉を表示せず、このファイルに書く (write the passphrase here)");
  hand->add_option("--passphrase-file", passphrase.file,
                   "合言葉をこのファイルから読む (read the passphrase)");
  hand->add_flag("--passphrase-ask", passphrase.ask, "合言葉を打ち込む (type the passphrase)");
  hand->add_flag("--cp932", options->form.cp932, "CSV を CP932 で書き出す (write CP932)");
  hand->callback([options, &context] { issue(*options, context); });
  CLI::App* open = share.add_subcommand(
      "approve", "支援措置対象者の提供を別の担当者が承認する (approve a protected person)");
  open->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  open->add_option("--recipient", options->recipient, "提供先の ID (recipient)")->required();
  open->add_option("--person", options->person, "対象者の ID (person)")->required();
  open->add_option("--data", options->data, "ROSTER | PLAN (data)")
      ->check(CLI::IsMember({"ROSTER", "PLAN"}));
  open->add_option("--reason", options->reason, "理由 (reason)")->required();
  open->callback([options, &context] { approve(*options, context); });
}

}  // namespace cli
