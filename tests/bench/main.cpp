// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <iostream>

#include "export.hpp"
#include "generated_roads.hpp"
#include "route/error.hpp"
#include "stages.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int kDone = 0;
constexpr int kFailed = 1;  // a wrong answer, or a run that could not go on
constexpr int kWrongUse = 2;
constexpr int kBadInput = 3;

struct Arguments {
  fs::path graph;
  fs::path order;
  fs::path write_order;
  fs::path export_to;
  fs::path roads;
  std::string profile = "walk";
  std::uint32_t generated = 0;
  std::uint32_t queries = 10'000;
  std::uint32_t seed = 7;
  int rounds = 0;
  bool quick = false;
};

void declare(CLI::App& app, Arguments& arguments) {
  constexpr std::uint32_t kMostCrossings = 16'000'000;
  auto* const graph =
      app.add_option("--graph", arguments.graph, "measure a saved city or a vector folder");
  auto* const to = app.add_option("--export", arguments.export_to, "write a vector folder");
  graph->excludes(to);
  app.add_option("--profile", arguments.profile, "mobility profile")->capture_default_str();
  app.add_option("--seed", arguments.seed, "of everything that is drawn")->capture_default_str();
  app.add_option("--order", arguments.order, "node order to use instead of computing one")
      ->needs(graph);
  app.add_option("--write-order", arguments.write_order, "where to put the node order")
      ->needs(graph);
  app.add_option("--rounds", arguments.rounds, "rounds of every measurement, at most (default 9)")
      ->needs(graph)
      ->check(CLI::Range(1, 1000));
  app.add_flag("--quick", arguments.quick, "little of everything: shows that it runs")
      ->needs(graph);
  auto* const roads =
      app.add_option("--roads", arguments.roads, "roads.graph or an OpenStreetMap file")->needs(to);
  app.add_option("--generated", arguments.generated, "generated streets with so many crossings")
      ->needs(to)
      ->excludes(roads)
      ->check(CLI::Range(4U, kMostCrossings));
  app.add_option("--queries", arguments.queries, "answered journeys to write")
      ->needs(to)
      ->capture_default_str();
}

int run_export(const Arguments& arguments) {
  const auto graph = arguments.generated > 0
                         ? bench::generated_roads(arguments.generated, arguments.seed)
                         : bench::read_roads(arguments.roads);
  const auto metric = bench::metric_of(graph, arguments.roads.parent_path(), arguments.profile);
  const auto made = bench::make_export(
      {.graph = graph, .metric = metric, .queries = arguments.queries, .seed = arguments.seed});
  bench::write_vector_folder(arguments.export_to, made.net, made.journeys);
  const nlohmann::ordered_json document{{"nodes", made.net.positions.size()},
                                        {"arcs", made.net.heads.size()},
                                        {"queries", made.journeys.size()}};
  std::cout << document.dump(2) << "\n";
  return kDone;
}

int run_bench(const Arguments& arguments) {
  auto task = bench::read_task(arguments.graph, arguments.profile);
  if (!arguments.order.empty()) {
    task.order = bench::read_order(arguments.order, task.net.positions.size());
  }
  auto options = arguments.quick ? bench::Options::quick() : bench::Options{};
  options.seed = arguments.seed;
  options.write_order = arguments.write_order;
  if (arguments.rounds > 0) {
    options.rounds.most = arguments.rounds;
  }
  options.fit_to(task.net.positions.size());
  bench::Report report{.people = std::cerr};
  bench::run_all({task, options, report});
  std::cout << report.document.dump(2) << "\n";
  for (const std::string& difference : report.checks.differences()) {
    std::cerr << "WRONG: " << difference << "\n";
  }
  std::cerr << (report.checks.all_right() ? "\nevery answer is right\n" : "\nwrong answers\n");
  return report.checks.all_right() ? kDone : kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  try {
    CLI::App app{"Measures libroute and compares every answer; docs/benchmarks.md"};
    declare(app, arguments);
    try {
      app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return app.exit(error) == 0 ? kDone : kWrongUse;
    }
    if (!arguments.graph.empty()) {
      return run_bench(arguments);
    }
    if (!arguments.export_to.empty() && (!arguments.roads.empty() || arguments.generated > 0)) {
      return run_export(arguments);
    }
    std::cerr << app.help();
    return kWrongUse;
  } catch (const route::InputError& error) {
    std::cerr << "route_bench: " << error.what() << "\n";
    return kBadInput;
  } catch (const std::exception& error) {
    std::cerr << "route_bench: " << error.what() << "\n";
    return kFailed;
  }
}
