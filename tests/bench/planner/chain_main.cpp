// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "planner/chain_mode.hpp"

int main(int argc, char** argv) {
  try {
    bench::ChainRun run;
    CLI::App app{"Plans the chains of supporters of an instance; docs/benchmarks.md"};
    app.add_option("--chain", run.file, "instance file, or c300, c1000, c300tight")->required();
    app.add_option("--solution", run.solution_out, "write the chains there");
    app.add_option("--export", run.instance_out, "write the instance there");
    app.add_option("--seed", run.seed, "of the search")->capture_default_str();
    app.add_option("--iterations", run.iterations, "of the search");
    CLI11_PARSE(app, argc, argv);
    return bench::run_chain(run, std::cout);
  } catch (const std::exception& error) {
    std::cerr << "planner_bench: " << error.what() << "\n";
    return 1;
  }
}
