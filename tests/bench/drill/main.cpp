// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "drill/drill_stages.hpp"
#include "machine.hpp"
#include "route/error.hpp"
#include "route/osm_import.hpp"

namespace {

// Exit codes, as of the other programs.
constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUse = 2;
constexpr int kBadInput = 3;

int measure_on(const std::string& roads, bool quick, bench::DrillStagesRequest request) {
  bench::Report report{.people = std::cerr};
  if (quick) {
    request.size = {.people = 600, .supporters = 400, .shelters = 12, .vehicles = 4, .narrow = 20};
    request.single_runs = 2;
    request.runs = 4;
    request.short_runs = 4;
  }
  report.document = {{"program", "drill_bench"},
                     {"date", bench::now_utc()},
                     {"machine", bench::describe_machine()},
                     {"seed", request.seed},
                     {"roads", roads},
                     {"nodes", request.graph.node_count()},
                     {"people", request.size.people},
                     {"supporters", request.size.supporters},
                     {"shelters", request.size.shelters}};
  measure_drill(request, bench::DrillHazard::Water, report);
  measure_drill(request, bench::DrillHazard::Rubble, report);
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
    std::string roads;
    std::uint32_t seed = 1;
    std::uint32_t runs = 1'000;
    unsigned threads = 2;
    bool quick = false;
    CLI::App app{"Measures drills with invented people on real roads; docs/benchmarks.md"};
    app.add_option("--roads", roads, "roads (.osm.pbf)")->required();
    app.add_option("--runs", runs, "of the long series; 0 leaves it out")->capture_default_str();
    app.add_option("--threads", threads, "of a series")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    app.add_option("--seed", seed, "of everything that is drawn")->capture_default_str();
    app.add_flag("--quick", quick, "little of everything: shows that it runs");
    try {
      app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app.exit(error) == 0 ? kDone : kWrongUse;
    }
    const route::RoadGraph graph = route::import_osm(roads).graph;
    return measure_on(roads.substr(roads.find_last_of('/') + 1), quick,
                      {.graph = graph, .seed = seed, .runs = runs, .threads = threads});
  } catch (const route::InputError& error) {
    std::cerr << "drill_bench: " << error.what() << "\n";
    return kBadInput;
  } catch (const std::exception& error) {
    std::cerr << "drill_bench: " << error.what() << "\n";
    return kFailed;
  }
}
