// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "datagen/synthetic_city.hpp"

namespace cli {
namespace {

struct SampleOptions {
  std::string out;
  std::string areas;
  datagen::SampleRequest request;
};

void run(const SampleOptions& options, const Context& context) {
  datagen::SampleRequest request = options.request;
  if (!options.areas.empty()) {
    request.areas = options.areas;
  }
  const auto progress = progress_line();
  if (!context.dry_run) {
    datagen::write_sample(options.out, request, [&](std::string_view step) { progress(step, 0); });
  }
  progress("", 1);
  if (context.json) {
    print_json({{"out", options.out}, {"people", request.people}, {"seed", request.seed}});
  } else {
    std::cout << context.say("架空の町を書きました: ", "Wrote a fictional town: ") << options.out
              << '\n';
  }
}

}  // namespace

void add_sample(CLI::App& app, Context& context) {
  const auto options = std::make_shared<SampleOptions>();
  CLI::App* command =
      app.add_subcommand("sample", "架空の町のファイル一式を作る (make a fictional town's files)");
  command->add_option("--out", options->out, "書き出すフォルダ (folder)")->required();
  command->add_option("--people", options->request.people, "住民の数 (residents)")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->request.seed, "乱数の種 (seed)")->capture_default_str();
  command
      ->add_option("--areas", options->areas,
                   "実在の小地域 GeoJSON。人だけをその人口に応じて作る (people on real areas)")
      ->check(CLI::ExistingFile);
  command->callback([options, &context] { run(*options, context); });
}

}  // namespace cli
