// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <array>
#include <iostream>
#include <string>

#include "planner/modes.hpp"
#include "route/error.hpp"

namespace {

struct Mode {
  const char* option;
  const char* help;
  int (*run)(const bench::ModeRequest& request);
};

/// One row per mode.
constexpr std::array kModes = {
    Mode{"--assign", "shelter assignment: FILE, or invented towns without one", bench::run_assign},
    Mode{"--plan", "the whole run for 12,000 invented people on the roads of FILE (.osm.pbf)",
         bench::run_plan},
    Mode{"--chain", "chains of supporters: FILE, c300, c1000, c300tight; all three without",
         bench::run_chain},
};

}  // namespace

int main(int argc, char** argv) {
  try {
    bench::ModeRequest request;
    std::array<std::string, kModes.size()> files;
    std::array<CLI::Option*, kModes.size()> options{};
    CLI::App app{"Measures the planner's algorithms and checks every answer; docs/benchmarks.md"};
    for (std::size_t i = 0; i < kModes.size(); ++i) {
      options[i] = app.add_option(kModes[i].option, files[i], kModes[i].help)
                       ->type_name("[FILE]")
                       ->expected(0, 1);
    }
    app.add_option("--solution", request.solution, "where to write the solution of FILE");
    app.add_option("--seed", request.seed, "of everything that is drawn")->capture_default_str();
    app.add_option("--instance", request.instance, "--chain: where to write the instance itself");
    app.add_option("--iterations", request.iterations, "--chain: of the search");
    app.add_flag("--worst-first", request.worst_first, "--assign: the longest way first");
    app.add_flag("--quick", request.quick, "little of everything: shows that it runs");
    try {
      app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app.exit(error) == 0 ? bench::kDone : bench::kWrongUse;
    }
    for (std::size_t i = 0; i < kModes.size(); ++i) {
      if (options[i]->count() > 0) {
        request.file = files[i];
        return kModes[i].run(request);
      }
    }
    std::cerr << app.help();
    return bench::kWrongUse;
  } catch (const route::InputError& error) {
    std::cerr << "planner_bench: " << error.what() << "\n";
    return bench::kBadInput;
  } catch (const std::exception& error) {
    std::cerr << "planner_bench: " << error.what() << "\n";
    return bench::kFailed;
  }
}
