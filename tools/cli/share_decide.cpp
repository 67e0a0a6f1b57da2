// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/files.hpp"
#include "cli/report.hpp"
#include "cli/share_command.hpp"
#include "cli/table_file.hpp"
#include "registry/disclosure_table.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

struct ShareDecideOptions {
  std::string input;
  std::string output;
};

void run(const ShareDecideOptions& options, Context& context) {
  const auto decided = registry::decide_table(registry::read_csv(read_file(options.input)));
  const std::string error_file = options.output + ".errors.csv";
  registry::ImportReport report;
  report.rejected = decided.rejected;
  if (!context.dry_run) {
    write_table(options.output, "判定", decided.table, registry::answer_encoding(decided.table));
    if (!report.rejected.empty()) {
      write_file(
          error_file,
          registry::write_csv(registry::error_table(report), registry::CsvEncoding::Utf8Bom).bytes);
    }
  }
  if (!report.rejected.empty()) {
    context.exit = Exit::InputRejected;
  }
  if (context.json) {
    auto rejected = nlohmann::ordered_json::array();
    for (const registry::Rejected& each : report.rejected) {
      rejected.push_back({{"line", each.line},
                          {"column", each.column},
                          {"code", each.code},
                          {"message", each.message}});
    }
    nlohmann::ordered_json document = {{"decided", decided.table.rows.size()},
                                       {"rejected", std::move(rejected)},
                                       {"output", options.output}};
    if (!report.rejected.empty()) {
      document["error_csv"] = error_file;
    }
    print_json(document);
    return;
  }
  std::cout << context.say("判定した行: ", "Rows decided: ") << decided.table.rows.size() << " -> "
            << options.output << '\n';
  for (const registry::Rejected& each : report.rejected) {
    std::cout << each.line << context.say(" 行目 ", ": ") << each.column << ": " << each.message
              << '\n';
  }
  if (!report.rejected.empty()) {
    std::cout << context.say("判定できなかった行: ", "Rows refused: ") << report.rejected.size()
              << " -> " << error_file << '\n';
  }
}

}  // namespace

void add_share_decide(CLI::App& share, Context& context) {
  const auto options = std::make_shared<ShareDecideOptions>();
  CLI::App* command = share.add_subcommand(
      "decide", "場合の一覧に提供の可否と根拠を付ける (decide a table of cases)");
  command->add_option("--input", options->input, "場合の一覧 CSV (cases)")->required();
  command->add_option("--output", options->output, "結果の CSV または XLSX (verdicts)")->required();
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace cli
