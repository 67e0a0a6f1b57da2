// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <iostream>

#include "machine.hpp"
#include "store/stages.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int kDone = 0;
constexpr int kFailed = 1;  // a wrong answer, or a run that could not go on
constexpr int kWrongUse = 2;

/// Little of everything: shows that it runs, not how fast.
void make_quick(bench::RegistryOptions& options) {
  options.residents = 2'000;
  options.care_rows = 200;
  options.queries = 100;
  options.listed = 100;
  options.audit_rows = 5'000;
  options.single_writes = 100;
  options.group_callers = 8;
  options.group_writes = 20;
}

int run(const bench::RegistryOptions& options) {
  fs::create_directories(options.folder);
  bench::Report report{.people = std::cerr};
  report.document = {{"date", bench::now_utc()},
                     {"machine", bench::describe_machine()},
                     {"residents", options.residents},
                     {"care_rows", options.care_rows}};
  const bench::RegistryBench bench{options, report};
  const fs::path store = options.folder / "city.db";
  bench::measure_imports(bench, store);
  bench::measure_search(bench, store);
  bench::measure_list(bench, store);
  bench::measure_audit(bench);
  bench::measure_writes(bench);
  report.document["checks"] = report.checks.tallies();
  std::cout << report.document.dump(2) << "\n";
  for (const std::string& difference : report.checks.differences()) {
    std::cerr << "WRONG: " << difference << "\n";
  }
  return report.checks.all_right() ? kDone : kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    bench::RegistryOptions options;
    bool quick = false;
    CLI::App app{"Measures libregistry on an invented city; docs/benchmarks.md"};
    app.add_option("--folder", options.folder, "scratch folder on the device to measure")
        ->required();
    app.add_option("--residents", options.residents, "people of the city")->capture_default_str();
    app.add_option("--seed", options.seed, "of the invented city")->capture_default_str();
    app.add_flag("--quick", quick, "little of everything: shows that it runs");
    try {
      app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app.exit(error) == 0 ? kDone : kWrongUse;
    }
    if (quick) {
      make_quick(options);
    }
    return run(options);
  } catch (const std::exception& error) {
    std::cerr << "registry_bench: " << error.what() << "\n";
    return kFailed;
  }
}
