// SPDX-License-Identifier: Apache-2.0
// `tomoni labels`: address labels for the papers that go to the people of the register, or for any
// list with names and addresses.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/label_options.hpp"
#include "cli/report.hpp"
#include "cli/table_file.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

struct LabelsOptions {
  std::string dir;
  std::string out;
  std::string list;
  std::vector<std::string> people;
  bool all = false;
  LabelOptions labels;
};

struct Addressed {
  std::vector<documents::AddressLabel> labels;
  std::size_t protected_persons = 0;  ///< none is printed for them: 支援措置
};

/// From a list with 氏名 and 住所, and where it has them 郵便番号, 敬称 and コード.
Addressed from_list(const std::string& file) {
  const registry::Table list = read_table(file);
  const auto name = list.column("氏名");
  const auto address = list.column("住所");
  if (!name || !address) {
    throw registry::InputError("一覧に「氏名」と「住所」の列が必要です: " + file);
  }
  const auto cell = [&](const std::vector<std::string>& row, const char* column,
                        const char* otherwise) {
    const auto found = list.column(column);
    return found && !row.at(*found).empty() ? row.at(*found) : std::string(otherwise);
  };
  Addressed result;
  result.labels.reserve(list.rows.size());
  for (const auto& row : list.rows) {
    result.labels.push_back({.postcode = cell(row, "郵便番号", ""),
                             .address = row.at(*address),
                             .name = row.at(*name) + "　" + cell(row, "敬称", "様"),
                             .note = cell(row, "コード", "")});
  }
  return result;
}

documents::AddressLabel label_for(const registry::Person& person) {
  const bool elsewhere = !person.actual_residence.empty();
  return {.postcode = elsewhere ? "" : person.postcode,
          .address = elsewhere ? person.actual_residence : person.full_address(),
          .name = person.name + "　様",
          .note = ""};
}

Addressed from_register(const CityFolder& city, const LabelsOptions& options) {
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("宛名ラベルの印刷"));
  std::vector<registry::PlanSubject> subjects;
  if (options.all) {
    subjects = session.registrants();
  }
  for (const std::string& id : options.people) {
    auto subject = session.registrant({id});
    if (!subject) {
      throw registry::InputError("その ID の人は名簿にいません: " + id);
    }
    subjects.push_back(std::move(*subject));
  }
  Addressed result;
  std::vector<registry::PersonId> printed;
  for (const registry::PlanSubject& subject : subjects) {
    const registry::Person& person = subject.registrant.person;
    if (person.is_protected()) {
      ++result.protected_persons;
      continue;
    }
    printed.push_back(person.id);
    result.labels.push_back(label_for(person));
  }
  session.record_output("address_labels", printed);
  return result;
}

void run(const LabelsOptions& options, const Context& context) {
  const int sources =
      (options.list.empty() ? 0 : 1) + (options.people.empty() ? 0 : 1) + (options.all ? 1 : 0);
  if (sources != 1) {
    throw CLI::ValidationError("--all",
                               "--all、--registrant、--list のどれか一つを指定してください");
  }
  const CityFolder city(options.dir);
  const Addressed addressed =
      options.list.empty() ? from_register(city, options) : from_list(options.list);
  if (addressed.labels.empty()) {
    throw registry::InputError("宛名がありません。");
  }
  std::vector<std::string> warnings;
  if (!context.dry_run) {
    warnings = write_labels(city, addressed.labels, options.labels, options.out);
  }
  if (context.json) {
    print_json({{"labels", addressed.labels.size()},
                {"protected_not_printed", addressed.protected_persons},
                {"warnings", warnings},
                {"out", options.out}});
    return;
  }
  std::cout << context.say("宛名 ", "Labels ") << addressed.labels.size() << " -> " << options.out
            << '\n';
  if (addressed.protected_persons > 0) {
    std::cout << context.say("支援措置のため印刷しなかった人: ", "Protected, not printed: ")
              << addressed.protected_persons << '\n';
  }
  for (const std::string& warning : warnings) {
    std::cout << warning << '\n';
  }
}

}  // namespace

void add_labels(CLI::App& app, Context& context) {
  const auto options = std::make_shared<LabelsOptions>();
  CLI::App* command = app.add_subcommand("labels", "宛名ラベルの PDF を作る (address labels)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--out", options->out, "PDF ファイル (output)")->required();
  command->add_flag("--all", options->all, "名簿の全員 (everybody on the register)");
  command->add_option("--registrant", options->people, "名簿登載者の ID (registrants)");
  command->add_option("--list", options->list,
                      "氏名・住所の列がある CSV または XLSX (a list with 氏名 and 住所)");
  add_label_options(command, options->labels);
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace cli
