// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "cli/table_file.hpp"
#include "registry/eligibility_cases.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using registry::EligibilityVerdict;

struct EligibilityOptions {
  std::string registrant;
  std::string clause;
  std::string reason;
  bool include = false;
  bool exclude = false;
  std::string dir;
  std::string rules;
  std::string input;
  std::string output;
};

void refuse_outside_validity(const registry::RuleSet& rules, registry::Date on) {
  if (on < rules.effective_from || (rules.effective_to && on > *rules.effective_to)) {
    throw registry::InputError(
        "この基準（" + rules.id +
        "）は今日は有効ではありません。effective_from と effective_to を確かめるか、今日の基準を "
        "--rules で指定してください。");
  }
}

registry::RuleSet rules_of(const CityFolder& city, const EligibilityOptions& options) {
  return registry::parse_rule_set(options.rules.empty()
                                      ? city.rules(city.local_plan().rule_set_file)
                                      : read_file(options.rules));
}

void run_register(const EligibilityOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const registry::RuleSet rules = rules_of(city, options);
  const registry::Date today = registry::tokyo_date(now());
  refuse_outside_validity(rules, today);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("名簿の作成・更新（49条の10）"));
  const registry::EligibilityRun run = context.dry_run ? session.preview_eligibility(rules, today)
                                                       : session.run_eligibility(rules, today);
  Json document{{"rule_set", rules.id}, {"dry_run", context.dry_run}};
  document.update(to_json(run));
  if (context.json) {
    print_json(document);
    return;
  }
  std::cout << context.say("基準 ", "Rules ") << rules.id << '\n'
            << context.say("調べた人 ", "Persons ") << run.persons
            << context.say("、該当 ", ", eligible ") << run.eligible
            << context.say("、除外 ", ", excluded ") << run.excluded
            << context.say("、要確認 ", ", to be reviewed ") << run.review << '\n'
            << context.say("新たに登載 ", "Joined ") << run.joined
            << context.say("、削除 ", ", left ") << run.left << '\n';
}

void list_questions(const EligibilityOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const registry::RuleSet rules = rules_of(city, options);
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("名簿の基準の確認（49条の10）"));
  const auto run = session.preview_eligibility(rules, registry::tokyo_date(now()));
  Json document{{"rule_set", rules.id}, {"questions", Json::array()}};
  for (const registry::EligibilityQuestion& question : run.questions) {
    document["questions"].push_back({{"registrant", question.person.value},
                                     {"clauses", question.clauses},
                                     {"question", question.question}});
  }
  if (context.json) {
    print_json(document);
    return;
  }
  std::cout << context.say("要確認 ", "To be reviewed ") << run.questions.size() << '\n';
  for (const Json& question : document["questions"]) {
    std::cout << question["registrant"].get<std::string>() << "  "
              << question["question"].get<std::string>() << '\n';
  }
}

void answer(const EligibilityOptions& options, const Context& context) {
  if (options.include == options.exclude) {
    throw CLI::ValidationError("--include / --exclude", "どちらか一方を指定してください。");
  }
  const CityFolder city(options.dir);
  const registry::RuleSet rules = rules_of(city, options);
  if (!context.dry_run) {
    auto registry = city.open_registry();
    registry.session(actor("名簿の基準の確認（49条の10）"))
        .answer_eligibility({.person = {options.registrant},
                             .rule_set = rules.id,
                             .clause = options.clause,
                             .counts = options.include,
                             .reason = options.reason});
  }
  if (context.json) {
    print_json({{"registrant", options.registrant}, {"counts", options.include}});
    return;
  }
  std::cout << context.say("答えを記録しました。次の eligibility run から反映します。\n",
                           "Recorded; the next eligibility run follows it.\n");
}

std::array<std::size_t, 4> count_verdicts(const std::vector<registry::EligibilityCase>& cases,
                                          const registry::RuleSet& rules) {
  std::array<std::size_t, 4> counts{};
  for (const registry::EligibilityCase& one : cases) {
    ++counts.at(static_cast<std::size_t>(registry::evaluate_case(one, rules).verdict));
  }
  return counts;
}

void check(const EligibilityOptions& options, Context& context) {
  const registry::RuleSet rules = registry::parse_rule_set(read_file(options.rules));
  const registry::Table table = registry::read_csv(read_file(options.input));
  const registry::CsvEncoding encoding = registry::answer_encoding(table);
  const auto cases = registry::parse_eligibility_cases(table);
  Json document{{"rule_set", rules.id},
                {"rows_read", cases.report.rows_read},
                {"rejected", cases.report.rejected.size()}};
  const auto counts = count_verdicts(cases.rows, rules);
  for (const EligibilityVerdict verdict :
       {EligibilityVerdict::Eligible, EligibilityVerdict::NotEligible, EligibilityVerdict::Excluded,
        EligibilityVerdict::Review}) {
    document["verdicts"][std::string(registry::to_code(verdict))] =
        counts.at(static_cast<std::size_t>(verdict));
  }
  if (!context.dry_run) {
    const registry::Table verdicts = registry::eligibility_verdicts(cases.rows, rules);
    write_table(options.output, "判定", verdicts, encoding);
    document["output"] = options.output;
  }
  if (!cases.report.rejected.empty()) {
    context.exit = Exit::InputRejected;
    if (!context.dry_run) {
      const std::string errors = options.output + ".errors.csv";
      write_file(errors, registry::write_csv(error_table(cases.report), encoding).bytes);
      document["error_csv"] = errors;
    }
  }
  if (context.json) {
    print_json(document);
    return;
  }
  std::cout << context.say("事例 ", "Cases ") << cases.report.rows_read
            << context.say("、読めない行 ", ", rejected rows ") << cases.report.rejected.size()
            << '\n';
  for (const auto& [verdict, count] : document["verdicts"].items()) {
    std::cout << "  " << verdict << ": " << count << '\n';
  }
}

}  // namespace

void add_eligibility(CLI::App& app, Context& context) {
  const auto options = std::make_shared<EligibilityOptions>();
  CLI::App* group = app.add_subcommand("eligibility",
                                       "名簿に載せる人の基準 (criteria of the statutory register)");
  group->require_subcommand(1);

  CLI::App* run = group->add_subcommand(
      "run", "全員に基準を当てはめて名簿を更新する (apply the criteria to everybody)");
  run->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  run->add_option("--rules", options->rules,
                  "基準の TOML。既定は地域防災計画の設定 (rule set, default from the local plan)");
  run->callback([options, &context] { run_register(*options, context); });

  CLI::App* review = group->add_subcommand("review", "要確認の人と問いの一覧 (open questions)");
  review->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  review->add_option("--rules", options->rules, "基準の TOML (rule set)");
  review->callback([options, &context] { list_questions(*options, context); });

  CLI::App* answering =
      group->add_subcommand("answer", "要確認の問いに答える (answer an open question)");
  answering->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  answering->add_option("--rules", options->rules, "基準の TOML (rule set)");
  answering->add_option("--registrant", options->registrant, "対象者の ID")->required();
  answering->add_option("--clause", options->clause, "問いの基準 (clause)")->required();
  answering->add_option("--reason", options->reason, "判断の理由 (reason)")->required();
  answering->add_flag("--include", options->include, "対象とする (counts)");
  answering->add_flag("--exclude", options->exclude, "対象としない (does not count)");
  answering->callback([options, &context] { answer(*options, context); });

  CLI::App* checking = group->add_subcommand(
      "check", "架空の事例に基準を当てはめる。台帳は使わない (try rules on invented cases)");
  checking->add_option("--rules", options->rules, "基準の TOML (rule set)")->required();
  checking->add_option("--input", options->input, "事例の CSV (cases)")->required();
  checking->add_option("--output", options->output, "判定の CSV または XLSX (verdicts)")
      ->required();
  checking->callback([options, &context] { check(*options, context); });
}

}  // namespace cli
