// SPDX-License-Identifier: Apache-2.0
// `tomoni event notify|radio|outbox|bounces`: messages to supporters, registrants and families.
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/event_common.hpp"
#include "cli/event_messages.hpp"
#include "cli/files.hpp"
#include "cli/outbox_sending.hpp"
#include "cli/report.hpp"
#include "cli/share_options.hpp"
#include "messages/bounce_report.hpp"
#include "registry/error.hpp"
#include "registry/event_desk.hpp"
#include "registry/event_ways.hpp"
#include "registry/message_desk.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using registry::Audience;

constexpr const char* kEventNotifyPurpose = "災害時の連絡（49条の15）";

struct EventNotifyOptions : EventChoice {
  std::string purpose;
  std::vector<std::string> to;
  bool whole_city = false;
  std::vector<std::string> areas;
  std::string area_words;
  std::string area_reading;
  std::string note;
  int revision = 1;
  std::string out;
  std::string smtp;
  std::string encoding = "utf-8";
  std::string file;
};

registry::MessagePurpose purpose_of(const EventNotifyOptions& options) {
  const auto purpose = registry::parse_message_purpose(options.purpose);
  if (!purpose) {
    throw CLI::ValidationError(
        "--purpose",
        "高齢者等避難、避難指示、緊急安全確保、安否確認、経路変更、避難所開設、"
        "終了 のどれかです");
  }
  return *purpose;
}

std::vector<Audience> audiences_of(const EventNotifyOptions& options) {
  if (options.to.empty()) {
    return {Audience::Supporter, Audience::Registrant};
  }
  std::vector<Audience> audiences;
  for (const std::string& word : options.to) {
    if (word != to_text(Audience::Supporter) && word != to_text(Audience::Registrant)) {
      throw CLI::ValidationError("--to", "支援者 か 本人・家族 です");
    }
    audiences.push_back(word == to_text(Audience::Supporter) ? Audience::Supporter
                                                             : Audience::Registrant);
  }
  return audiences;
}

std::string words_of(const std::vector<registry::AreaRef>& refs,
                     const std::vector<registry::Area>& areas) {
  std::string words;
  for (const registry::AreaRef& ref : refs) {
    for (const registry::Area& area : areas) {
      if (area.level == ref.level && area.code == ref.code) {
        words += (words.empty() ? "" : "、") + area.name;
      }
    }
  }
  return words;
}

/// An event in which something may still be said: confirmed by two and not closed.
registry::DisasterEvent open_event(registry::Session& session, const std::string& name) {
  registry::EventDesk desk(session);
  registry::DisasterEvent event = chosen_event(desk, name);
  const registry::EventState state = state_of(event, now());
  if (state != registry::EventState::Open) {
    throw Refused("この災害（訓練）では連絡できません: " + std::string(to_text(state)) +
                  "。二人目の確認を済ませるか、新しく宣言してください。");
  }
  return event;
}

registry::MessageRequest request_of(const EventNotifyOptions& options, const CityFolder& city,
                                    registry::Session& session) {
  const registry::DisasterEvent event = open_event(session, options.event);
  const registry::LocalPlan plan = city.local_plan();
  registry::MessageRequest request;
  request.event = event.id;
  request.purpose = purpose_of(options);
  request.audiences = audiences_of(options);
  request.revision = options.revision;
  const bool as_event = !options.whole_city && options.areas.empty();
  request.whole_city = as_event ? event.whole_city : options.whole_city;
  request.areas = as_event ? event.areas : area_options(options.areas);
  request.only_rerouted = as_event && request.purpose == registry::MessagePurpose::RouteChanged;
  if (request.only_rerouted && registry::EventWayDesk(session).newest(event.id).empty()) {
    throw registry::InputError(
        "道の変わった人の記録がありません。先に tomoni event close-roads か water を使うか、区域の"
        "全員に送るときは --whole-city か --area を付けてください。");
  }
  request.safety = registry::parse_safety_rules(city.rules("event.toml"));
  request.hazard = event.kind;
  request.facts = {.city = plan.city_name,
                   .department = plan.department,
                   .phone = plan.phone,
                   .event = event.name,
                   .areas = !options.area_words.empty() ? options.area_words
                            : request.whole_city        ? std::string("市内全域")
                                                        : words_of(request.areas, session.areas()),
                   .time = registry::tokyo_time(now()),
                   .note = options.note,
                   .drill = event.is_drill};
  return request;
}

Json json_of(const registry::MessageCounts& counts) {
  return {{"supporters", counts.supporters},
          {"registrants", counts.registrants},
          {"already", counts.already},
          {"people", counts.people},
          {"supporters_without_address", counts.without_address},
          {"registrants_without_address", counts.unreachable},
          {"without_consent", counts.without_consent},
          {"protected", counts.protected_people},
          {"accounted_for", counts.accounted_for}};
}

/// How a message would read, about nobody.
Json sample_of(const registry::MessageRequest& request,
               const registry::MessageTemplates& templates) {
  const std::vector<registry::SupportedPerson> nobody = {{{}, "〇〇 〇〇", "（その人の避難先）"}};
  Json samples = Json::array();
  for (const Audience audience : request.audiences) {
    const auto message =
        compose(templates, templates.mail(request.purpose, audience), request.facts, nobody);
    samples.push_back({{"to", registry::to_text(audience)},
                       {"subject", message.subject},
                       {"text", message.text}});
  }
  return samples;
}

void print_counts(const Json& counts, const Context& context) {
  const auto line = [&](const char* japanese, const char* english, const char* key) {
    std::cout << "  " << context.say(japanese, english) << ' ' << counts[key] << '\n';
  };
  line("支援者へのメール", "mails to supporters", "supporters");
  line("本人・家族へのメール", "mails to registrants and families", "registrants");
  line("うち送信待ちか送信済み", "of these queued before", "already");
  line("メールに載る人", "people spoken of", "people");
  line("アドレスのない支援者", "supporters without an address", "supporters_without_address");
  line("アドレスのない本人", "registrants without an address", "registrants_without_address");
  line("同意のない人", "people without consent", "without_consent");
  line("支援措置のため載せない人", "protected people, left out", "protected");
  line("無事・避難済などのため載せない人", "accounted for, left out", "accounted_for");
}

void print_sending(const Json& sending, const Context& context) {
  if (sending.contains("sent")) {
    std::cout << context.say("送信 ", "Sent ") << sending["sent"]
              << context.say("、失敗 ", ", refused ") << sending["refused"]
              << context.say("、あとで再送 ", ", put off ") << sending["put_off"] << '\n';
    if (!sending["stopped"].get<std::string>().empty()) {
      std::cout << context.say("残りは送っていません: ", "The rest still waits: ")
                << sending["stopped"].get<std::string>() << '\n';
    }
  } else if (sending.contains("written")) {
    std::cout << sending["file"].get<std::string>() << ": " << sending["written"]
              << context.say(" 通\n", " mails\n");
    for (const Json& cell : sending["substituted"]) {
      std::cout << context.say("  〓に置き換えた文字: ", "  character replaced by 〓: ")
                << cell.get<std::string>() << '\n';
    }
  }
}

/// Sends or writes what waits, where that was asked for.
Json pass_on(const EventNotifyOptions& options, const CityFolder& city, registry::MessageDesk& desk,
             const registry::EventId& event, Context& context) {
  if (!options.smtp.empty()) {
    return send_outbox(city, desk, event, options.smtp, context);
  }
  if (!options.out.empty()) {
    return write_outbox(city, desk, event, options.out, options.encoding == "cp932");
  }
  return Json::object();
}

void notify(const EventNotifyOptions& options, Context& context) {
  const CityFolder city(options.dir);
  const auto templates = registry::parse_message_templates(city.rules("messages.toml"));
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kEventNotifyPurpose));
  const registry::MessageRequest request = request_of(options, city, session);
  registry::MessageDesk desk(session);
  Json document = {{"dry_run", context.dry_run}};
  document["counts"] =
      json_of(context.dry_run ? desk.preview(request) : desk.queue(request, templates));
  if (context.dry_run) {
    document["samples"] = sample_of(request, templates);
  } else {
    document["sending"] = pass_on(options, city, desk, request.event, context);
  }
  if (context.json) {
    print_json(document);
    return;
  }
  print_counts(document["counts"], context);
  if (context.dry_run) {
    for (const Json& sample : document["samples"]) {
      std::cout << "――――――――――\n"
                << sample["to"].get<std::string>() << ": " << sample["subject"].get<std::string>()
                << "\n\n"
                << sample["text"].get<std::string>();
    }
    return;
  }
  print_sending(document["sending"], context);
}

void radio(const EventNotifyOptions& options, Context& context) {
  const CityFolder city(options.dir);
  const auto templates = registry::parse_message_templates(city.rules("messages.toml"));
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kEventNotifyPurpose));
  const registry::MessageRequest request = request_of(options, city, session);
  const registry::RadioText said =
      compose_radio(templates, request.purpose, request.facts, options.area_reading);
  if (!options.out.empty() && !context.dry_run) {
    write_file(options.out, said.text + "\n" + said.reading + "\n");
  }
  if (context.json) {
    print_json({{"text", said.text}, {"reading", said.reading}, {"file", options.out}});
  } else {
    std::cout << said.text << '\n' << said.reading << '\n';
  }
}

void outbox(const EventNotifyOptions& options, Context& context) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kEventNotifyPurpose));
  registry::MessageDesk desk(session);
  registry::EventId event;
  if (!options.event.empty()) {
    event = registry::EventDesk(session).event(options.event).id;
  }
  Json document;
  document["sending"] =
      context.dry_run ? Json::object() : pass_on(options, city, desk, event, context);
  document["messages"] = Json::array();
  for (const registry::OutboxLine& line : desk.outbox()) {
    if (!event.empty() && line.event != event) {
      continue;
    }
    document["messages"].push_back({{"event", line.event.value},
                                    {"purpose", to_text(line.purpose)},
                                    {"to", to_text(line.audience)},
                                    {"revision", line.revision},
                                    {"change", line.change},
                                    {"state", to_text(line.state)},
                                    {"detail", line.detail},
                                    {"messages", line.messages}});
  }
  if (context.json) {
    print_json(document);
    return;
  }
  print_sending(document["sending"], context);
  for (const Json& line : document["messages"]) {
    std::cout << line["purpose"].get<std::string>() << " (" << line["to"].get<std::string>()
              << context.say("、版 ", ", revision ") << line["revision"]
              << (line["change"] > 0 ? context.say("、道の変更 ", ", change of ways ") +
                                           std::to_string(line["change"].get<int>())
                                     : std::string())
              << ")  " << line["state"].get<std::string>() << ' '
              << line["detail"].get<std::string>() << "  " << line["messages"]
              << context.say(" 通\n", " mails\n");
  }
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& place) {
  if (!std::filesystem::is_directory(place)) {
    return {place};
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(place)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
  return files;
}

void bounces(const EventNotifyOptions& options, Context& context) {
  messages::BounceFile all;
  for (const auto& file : files_of(options.file)) {
    messages::BounceFile read = messages::read_bounces(read_file(file));
    all.mails += read.mails;
    all.delayed += read.delayed;
    all.not_report += read.not_report;
    all.bounced.insert(all.bounced.end(), read.bounced.begin(), read.bounced.end());
  }
  const CityFolder city(options.dir);
  registry::BounceCounts counts;
  if (!context.dry_run) {
    auto registry = city.open_registry();
    registry::Session session = registry.session(actor(kEventNotifyPurpose));
    counts = registry::MessageDesk(session).bounce(all.bounced);
  }
  if (context.json) {
    print_json({{"mails", all.mails},
                {"bounced", counts.recorded},
                {"already", counts.already},
                {"delayed", all.delayed},
                {"not_ours", all.not_report + counts.unknown}});
    return;
  }
  std::cout << context.say("戻ってきたメール ", "Mails ") << all.mails
            << context.say("、不達として記録 ", ", recorded as bounced ") << counts.recorded
            << context.say("、記録済み ", ", known ") << counts.already
            << context.say("、遅れの知らせ ", ", delays ") << all.delayed
            << context.say("、ほかのもの ", ", not ours ") << all.not_report + counts.unknown
            << '\n';
}

void add_what_is_said(CLI::App& command, EventNotifyOptions& options) {
  add_event_choice(command, options);
  command
      .add_option("--purpose", options.purpose,
                  "高齢者等避難, 避難指示, 緊急安全確保, 安否確認, 経路変更, 避難所開設, 終了 "
                  "(purpose)")
      ->required();
  command.add_flag("--whole-city", options.whole_city, "市全域 (the whole city)");
  command.add_option(
      "--area", options.areas,
      "区域「町丁目:コード」。なければ災害の区域、経路変更は道の変わった人だけ (areas)");
  command.add_option("--area-words", options.area_words, "文中の区域の言い方 (areas in words)");
}

}  // namespace

void add_event_messages(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventNotifyOptions>();
  const auto add = [&](const char* name, const char* help, auto run) {
    CLI::App* command = event.add_subcommand(name, help);
    command->callback([options, run, &context] { run(*options, context); });
    return command;
  };
  const auto add_city = [&](CLI::App& command) {
    command.add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  };
  CLI::App* tell = add("notify", "支援者と本人・家族へのメール (mails)", notify);
  add_what_is_said(*tell, *options);
  tell->add_option("--to", options->to, "支援者, 本人・家族。なければ両方 (readers)");
  tell->add_option("--note", options->note, "書き添え (note)");
  tell->add_option("--revision", options->revision,
                   "同じ目的で言い直すときの版。既定は 1 (revision)")
      ->check(CLI::Range(1, 9999));
  CLI::App* list = add("outbox", "送信待ち、送信済み、失敗、不達 (outbox)", outbox);
  add_city(*list);
  list->add_option("--event", options->event, "災害の名称か ID。なければ全部 (event)");
  for (CLI::App* command : {tell, list}) {
    CLI::Option* out =
        command->add_option("--out", options->out,
                            "市のメール配信システム用の CSV か XLSX (file for the city's system)");
    command->add_option("--encoding", options->encoding, "utf-8 | cp932 (encoding)")
        ->check(CLI::IsMember({"utf-8", "cp932"}));
    command->add_option("--smtp", options->smtp, "メールサーバーの設定 TOML (mail server)")
        ->excludes(out);
  }
  CLI::App* say = add("radio", "防災行政無線の放送文と読み (radio)", radio);
  add_what_is_said(*say, *options);
  say->add_option("--areas-reading", options->area_reading, "区域の読み (how the areas are read)");
  say->add_option("--out", options->out, "書き出すファイル (file)");
  CLI::App* back = add("bounces", "戻ってきたメールを記録する (record bounces)", bounces);
  add_city(*back);
  back->add_option("file", options->file, "メール、mbox、またはそのフォルダー (mail, mbox, folder)")
      ->required();
}

}  // namespace cli
