// SPDX-License-Identifier: Apache-2.0
// Two processes play what one would, and write the same file.
#include <gtest/gtest.h>

#include <cstdlib>

#include "support/city.hpp"

namespace {

using namespace std::string_literals;

TEST(DrillProcesses, TwoProcessesWriteTheFileOfOne) {
  if (std::system("command -v mpirun > /dev/null") != 0) {
    GTEST_SKIP() << "no mpirun: install openmpi-bin";
  }
  const support::City city("drill-mpi", support::ReadyCity::SampleTown);
  (void)city.plan();
  const auto folder = city.dir().parent_path();
  support::write_all(folder / "s.toml",
                     "name = \"試し\"\nhazard = \"洪水\"\nstart = \"2026-11-20T09:00\"\n"
                     "horizon_min = 300\nstep_min = 10\nassume_shared = true\n"
                     "[[order]]\nlevel = 3\nat_min = 0\n");
  const auto out = [&](const char* name) { return (folder / name).string(); };
  EXPECT_EQ(city.run({"drill", "run", "--scenario", out("s.toml"), "--runs", "21", "--seed", "3",
                      "--out", out("one.db")})
                .exit_code,
            0);
  for (const std::string& program : {std::string(TOMONI_DRILL_MPI), TOMONI_PROGRAM " drill run"s}) {
    const std::string command =
        "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe -n 2 " +
        program + " --dir '" + city.dir().string() + "' --scenario '" + out("s.toml") +
        "' --runs 21 --seed 3 --out '" + out("two.db") + "' > '" + out("log") + "' 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << support::read_all(out("log"));
    EXPECT_EQ(support::read_all(out("two.db")), support::read_all(out("one.db")));
    const std::string log = support::read_all(out("log"));
    EXPECT_EQ(log.find("\"runs\""), log.rfind("\"runs\"")) << "one result, not one of each";
    std::filesystem::remove(out("two.db"));
  }
}

}  // namespace
