// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/person_text.hpp"
#include "cli/report.hpp"
#include "registry/error.hpp"
#include "registry/table_io.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct PersonOptions {
  std::string dir;
  std::string id;
  std::string query;
  std::string file;
  std::string on;
  std::string reason;
  std::string kind = "statutory";
  std::string purpose = "名簿の確認（49条の11第1項）";
  std::vector<std::string> sets;
  int revision = 0;
  std::size_t limit = registry::PersonSearch::kDefaultLimit;
  bool told = false;
};

/// Runs `work` with a session for the purpose given.
template <class Work>
void with_session(const PersonOptions& options, Work work) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  auto session = registry.session(actor(options.purpose));
  work(session);
}

registry::RegisterKind kind_of(const PersonOptions& options) {
  return options.kind == "voluntary" ? registry::RegisterKind::Voluntary
                                     : registry::RegisterKind::Statutory;
}

void search(const PersonOptions& options, const Context& context) {
  with_session(options, [&](registry::Session& session) {
    const auto result = registry::PersonSearch(session).find(options.query, options.limit);
    Json hits = Json::array();
    for (const registry::SearchHit& hit : result.hits) {
      hits.push_back(hit_json(hit));
    }
    if (context.json) {
      print_json({{"hits", hits}, {"more", result.more}});
      return;
    }
    for (const Json& hit : hits) {
      std::cout << hit["registrant"].get<std::string>() << '\t' << hit.value("氏名", "") << '\t'
                << hit.value("カナ", "") << '\t' << hit.value("住所", "") << '\n';
    }
    if (result.more) {
      std::cout << context.say("ほかにもあります。言葉を足してください。\n",
                               "There are more; add another word.\n");
    }
  });
}

void show(const PersonOptions& options, Context& context) {
  with_session(options, [&](registry::Session& session) {
    const auto view = registry::PersonDesk(session).show({options.id});
    if (!view) {
      throw registry::InputError("その番号の方は台帳にいません。番号を確かめてください。");
    }
    const Json document = person_json(*view);
    if (context.json) {
      print_json(document);
    } else {
      print_lines(document);
    }
    if (view->closed) {
      context.exit = Exit::RefusedByRule;
    }
  });
}

/// `項目=値`, put into what is known at the revision the editor has seen.
registry::Needs changed(registry::Needs needs, const std::vector<std::string>& sets) {
  for (const std::string& set : sets) {
    const std::size_t sign = set.find('=');
    if (sign == std::string::npos) {
      throw registry::InputError("--set は 項目=値 の形で書きます。");
    }
    if (const auto fault = set_needs_cell(needs, set.substr(0, sign), set.substr(sign + 1))) {
      throw registry::InputError(fault->message);
    }
  }
  return needs;
}

void edit(const PersonOptions& options, Context& context) {
  with_session(options, [&](registry::Session& session) {
    registry::PersonDesk desk(session);
    const auto view = desk.show({options.id});
    if (!view) {
      throw registry::InputError("その番号の方は台帳にいません。番号を確かめてください。");
    }
    if (view->closed) {
      throw registry::AccessRefused(registry::AccessRefusal::Protected);
    }
    const registry::Needs needs = changed(view->needs, options.sets);
    if (context.dry_run) {
      return;
    }
    const auto result = desk.edit({options.id}, needs, options.revision);
    if (const auto* conflict = std::get_if<registry::EditConflict>(&result)) {
      context.exit = Exit::RefusedByRule;
      std::cerr << conflict_text(*conflict) << '\n';
      return;
    }
    const int revision = std::get<registry::NewRevision>(result).revision;
    if (context.json) {
      print_json({{"registrant", options.id}, {"revision", revision}});
    } else {
      std::cout << context.say("版 ", "revision ") << revision << '\n';
    }
  });
}

void import_needs(const PersonOptions& options, Context& context) {
  const auto rows = registry::parse_needs(registry::read_csv(read_file(options.file)));
  registry::ImportReport report = rows.report;
  if (!context.dry_run) {
    with_session(options, [&](registry::Session& session) {
      report = registry::PersonDesk(session).import_needs(rows);
    });
  }
  if (!report.rejected.empty()) {
    context.exit = Exit::InputRejected;
  }
  print_json(to_json(report));
}

void voluntary(const PersonOptions& options, const Context& context, bool joins) {
  const auto day = registry::parse_written_date(options.on);
  if (!day.date) {
    throw registry::InputError("日付を読めません。2026-04-01 や 令和8年4月1日 の形で書きます。");
  }
  if (!context.dry_run) {
    with_session(options, [&](registry::Session& session) {
      registry::RegisterDesk desk(session);
      const registry::VoluntaryStep step{{options.id}, *day.date, options.reason, options.told};
      joins ? desk.join(step) : desk.leave(step);
    });
  }
  if (context.json) {
    print_json({{"registrant", options.id},
                {joins ? "joined_on" : "left_on", registry::to_iso(*day.date)}});
  } else {
    std::cout << options.id << '\n';
  }
}

void members(const PersonOptions& options, const Context& context) {
  with_session(options, [&](registry::Session& session) {
    Json rows = Json::array();
    for (const registry::Member& member :
         registry::RegisterDesk(session).members(kind_of(options))) {
      rows.push_back(member_json(member));
    }
    if (context.json) {
      print_json({{"register", options.kind}, {"members", rows}});
      return;
    }
    for (const Json& row : rows) {
      std::cout << row["registrant"].get<std::string>() << '\t' << row.value("氏名", "") << '\t'
                << row.value("住所", "") << '\n';
    }
  });
}

void completeness(const PersonOptions& options, const Context& context) {
  with_session(options, [&](registry::Session& session) {
    const auto report = registry::RegisterDesk(session).completeness(kind_of(options));
    Json rows = Json::array();
    for (const registry::IncompleteMember& each : report.incomplete) {
      rows.push_back({{"registrant", each.person.value}, {"missing", each.missing}});
    }
    if (context.json) {
      print_json({{"register", options.kind},
                  {"members", report.members},
                  {"complete", report.complete},
                  {"incomplete", rows}});
      return;
    }
    std::cout << report.complete << " / " << report.members << '\n';
    for (const Json& row : rows) {
      std::cout << row["registrant"].get<std::string>() << '\t' << row["missing"].dump() << '\n';
    }
  });
}

CLI::App* about_one(CLI::App* command, PersonOptions& options) {
  command->add_option("--registrant", options.id, "名簿の番号 (registrant)")->required();
  return command;
}

void add_voluntary(CLI::App* person, const std::shared_ptr<PersonOptions>& options,
                   Context& context) {
  for (const bool joins : {true, false}) {
    CLI::App* command =
        about_one(joins ? person->add_subcommand("join", "登録名簿に載せる (join on application)")
                        : person->add_subcommand("leave", "登録名簿から外す (leave)"),
                  *options);
    command->add_option("--on", options->on, "日付 (day)")->required();
    command->add_option("--reason", options->reason, "理由 (reason)")->required();
    if (joins) {
      command->add_flag("--told", options->told,
                        "支援を約束するものではないと説明した (told that no help is guaranteed)");
    }
    command->callback([options, &context, joins] { voluntary(*options, context, joins); });
  }
}

void add_lists(CLI::App* person, const std::shared_ptr<PersonOptions>& options, Context& context) {
  const auto add = [&](const char* name, const char* text, auto work) {
    CLI::App* command = person->add_subcommand(name, text);
    command->add_option("--register", options->kind, "statutory, voluntary")
        ->check(CLI::IsMember({"statutory", "voluntary"}))
        ->capture_default_str();
    command->callback([options, &context, work] { work(*options, context); });
  };
  add("members", "名簿に載っている人 (members of a register)", members);
  add("completeness", "法定7項目の不足 (items the law asks for and a record lacks)", completeness);
}

}  // namespace

void add_person(CLI::App& app, Context& context) {
  const auto options = std::make_shared<PersonOptions>();
  CLI::App* person = app.add_subcommand("person", "人を探す・見る・書き加える (people)");
  person->require_subcommand(1);
  person->fallthrough();
  person->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  person->add_option("--purpose", options->purpose, "利用目的 (purpose)")->capture_default_str();

  CLI::App* find =
      person->add_subcommand("search", "氏名・カナ・住所・電話・宛名番号・生年月日で探す (search)");
  find->add_option("query", options->query, "探す言葉 (words)")->required();
  find->add_option("--limit", options->limit, "件数 (how many)")->capture_default_str();
  find->callback([options, &context] { search(*options, context); });

  about_one(person->add_subcommand("show", "一人を見る (show one person)"), *options)
      ->callback([options, &context] { show(*options, context); });

  CLI::App* change = about_one(
      person->add_subcommand("edit", "配慮事項を書き加える (edit what is known)"), *options);
  change->add_option("--set", options->sets, "項目=値 (column=value)")->required();
  change->add_option("--revision", options->revision, "見ていた版 (revision seen)")->required();
  change->callback([options, &context] { edit(*options, context); });

  CLI::App* needs = person->add_subcommand(
      "import-needs", "避難時配慮・能力の CSV を取り込む (import what is known of people)");
  needs->add_option("file", options->file, "CSV")->required();
  needs->callback([options, &context] { import_needs(*options, context); });

  add_voluntary(person, options, context);
  add_lists(person, options, context);
}

}  // namespace cli
