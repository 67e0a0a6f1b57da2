// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/report.hpp"
#include "cli/share_command.hpp"
#include "cli/share_options.hpp"
#include "registry/consent_book.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct ConsentOptions {
  std::string dir;
  std::string person;
  std::string supporter;
  std::string register_kind = "statutory";
  std::string scope;
  std::string answer;
  std::string method;
  std::vector<std::string> kinds;
  std::vector<std::string> orgs;
  std::string agent_name;
  std::string agent_relation;
  std::string agent_basis;
  std::string explained_by;
  std::string explained_on;
  std::string answered_on;
  std::string leaflet;
  std::string evidence;
  std::string valid_until;
};

template <class Value>
Value required_word(const char* option, const std::optional<Value>& value, const char* known) {
  if (!value) {
    throw CLI::ValidationError(option, known);
  }
  return *value;
}

/// Noon of a day in Tokyo, or now when the day is today or not given.
registry::Instant moment(const char* option, const std::string& text) {
  const registry::Instant present = now();
  const auto day = optional_day(option, text);
  if (!day || *day == registry::tokyo_date(present)) {
    return present;
  }
  const auto noon = std::chrono::sys_days(*day).time_since_epoch() + std::chrono::hours(3);
  return {std::chrono::duration_cast<std::chrono::milliseconds>(noon).count()};
}

registry::ConsentStatement statement_of(const ConsentOptions& options) {
  registry::ConsentStatement statement;
  statement.person.value = options.person;
  statement.supporter.value = options.supporter;
  statement.register_kind = options.register_kind == "voluntary"
                                ? registry::RegisterKind::Voluntary
                                : registry::RegisterKind::Statutory;
  statement.scope =
      required_word("--scope", registry::parse_consent_scope(options.scope),
                    "名簿提供, 計画作成, 計画提供, 訓練参加, 医療情報提供 のどれかです");
  statement.answer = required_word("--answer", registry::parse_answer(options.answer),
                                   "同意, 不同意, 撤回 のどれかです");
  statement.method = required_word("--method", registry::parse_consent_method(options.method),
                                   "書面(自署), 書面(代筆), 電子, 口頭(記録) のどれかです");
  statement.recipients.kinds = kind_options(options.kinds);
  for (const std::string& id : options.orgs) {
    statement.recipients.orgs.push_back({id});
  }
  statement.recipients.all = options.kinds.empty() && options.orgs.empty();
  statement.agent.name = options.agent_name;
  statement.agent.relation = options.agent_relation;
  statement.agent.basis =
      required_word("--agent-basis", registry::parse_agent_basis(options.agent_basis),
                    "法定代理人, 成年後見人, 家族 のどれかです");
  statement.answered_at = moment("--answered-on", options.answered_on);
  if (!options.explained_on.empty()) {
    statement.explained_at =
        std::min(moment("--explained-on", options.explained_on), *statement.answered_at);
    statement.explained_by = options.explained_by;
  }
  statement.leaflet_version = options.leaflet;
  statement.evidence_file = options.evidence;
  statement.valid_until = optional_day("--valid-until", options.valid_until);
  return statement;
}

void record(const ConsentOptions& options, const Context& context) {
  const registry::ConsentStatement statement = statement_of(options);
  if (const auto fault = fault_of(statement, now())) {
    throw registry::InputError(*fault);
  }
  std::string id;
  if (!context.dry_run) {
    const CityFolder city(options.dir);
    auto registry = city.open_registry();
    registry::Session session = registry.session(actor("同意の記録"));
    id = registry::ConsentBook(session).record(statement).value;
  }
  if (context.json) {
    print_json({{"consent", id}, {"stored", !context.dry_run}});
  } else {
    std::cout << context.say("同意の記録を加えました: ", "Statement recorded: ") << id << '\n';
  }
}

Json json_of(const registry::ConsentStatement& statement) {
  const auto when = [](const std::optional<registry::Instant>& at) {
    return at ? Json(to_iso(*at)) : Json();
  };
  Json kinds = Json::array();
  for (const registry::RecipientKind kind : statement.recipients.kinds) {
    kinds.push_back(std::string(to_word(kind)));
  }
  return {{"consent", statement.id.value},
          {"by", statement.supporter.empty() ? "subject" : "supporter"},
          {"scope", std::string(to_text(statement.scope))},
          {"answer", std::string(to_text(statement.answer))},
          {"method", std::string(to_text(statement.method))},
          {"to_all", statement.recipients.all},
          {"to_kinds", kinds},
          {"agent_basis", std::string(to_text(statement.agent.basis))},
          {"asked_at", when(statement.asked_at)},
          {"notice_sent_at", when(statement.notice_sent_at)},
          {"explained_at", when(statement.explained_at)},
          {"answered_at", when(statement.answered_at)},
          {"leaflet", statement.leaflet_version},
          {"recorded_by", statement.recorded_by}};
}

void show(const ConsentOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("同意の確認"));
  Json rows = Json::array();
  for (const auto& statement : registry::ConsentBook(session).statements({options.person})) {
    rows.push_back(json_of(statement));
    if (!context.json) {
      std::cout << registry::tokyo_time(statement.answered_at.value_or(
                       statement.asked_at.value_or(registry::Instant{})))
                << ' ' << to_text(statement.scope) << ' ' << to_text(statement.answer) << ' '
                << to_text(statement.method)
                << (statement.supporter.empty() ? "" : context.say(" (支援者)", " (supporter)"))
                << '\n';
    }
  }
  if (context.json) {
    print_json({{"statements", std::move(rows)}});
  }
}

}  // namespace

void add_consent(CLI::App& app, Context& context) {
  const auto options = std::make_shared<ConsentOptions>();
  CLI::App* consent = app.add_subcommand("consent", "同意の記録と照会 (consents)");
  consent->require_subcommand(1);
  consent->fallthrough();
  CLI::App* write = consent->add_subcommand("record", "意思表示を一つ記録する (record one)");
  write->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  write->add_option("--person", options->person, "本人の ID (person)");
  write->add_option("--supporter", options->supporter,
                    "支援者の ID。支援者の意思のとき (supporter who speaks)");
  write->add_option("--register", options->register_kind, "statutory | voluntary (register)")
      ->check(CLI::IsMember({"statutory", "voluntary"}));
  write->add_option("--scope", options->scope, "範囲: 名簿提供, 計画提供, ... (scope)")->required();
  write->add_option("--answer", options->answer, "同意 | 不同意 | 撤回 (answer)")->required();
  write->add_option("--method", options->method, "書面(自署) など (method)")->required();
  write->add_option("--kind", options->kinds, "提供先の種別。無ければすべて (to kinds)");
  write->add_option("--recipient", options->orgs, "提供先の ID (to recipients)");
  write->add_option("--agent-name", options->agent_name, "代理人・代筆者の氏名 (agent)");
  write->add_option("--agent-relation", options->agent_relation, "続柄 (relation)");
  write->add_option("--agent-basis", options->agent_basis,
                    "法定代理人 | 成年後見人 | 家族 (basis)");
  write->add_option("--explained-on", options->explained_on, "説明した日 (explained on)");
  write->add_option("--explained-by", options->explained_by, "説明した担当 (explained by)");
  write->add_option("--answered-on", options->answered_on, "意思表示の日。無ければ今日 (day)");
  write->add_option("--leaflet", options->leaflet, "説明書の版 (leaflet)");
  write->add_option("--evidence", options->evidence, "証拠の保管先 (evidence)");
  write->add_option("--valid-until", options->valid_until, "同意の期限 (valid until)");
  write->callback([options, &context] { record(*options, context); });
  CLI::App* look = consent->add_subcommand("show", "一人の意思表示の一覧 (statements of one)");
  look->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  look->add_option("--person", options->person, "本人の ID (person)")->required();
  look->callback([options, &context] { show(*options, context); });
  add_consent_round(*consent, context);
}

}  // namespace cli
