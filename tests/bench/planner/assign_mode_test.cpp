// SPDX-License-Identifier: Apache-2.0
// The program as a whole: solutions are valid and right, broken files are refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "../support/scratch_folder.hpp"
#include "planner/assignment_file.hpp"
#include "planner/generated_town.hpp"
#include "route/error.hpp"

namespace {

using nlohmann::json;
using testing::HasSubstr;

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
  std::string solution;
};

/// Runs the program on a file with this text.
Outcome assign(const std::string& text, const std::string& more = {}) {
  const support::ScratchFolder folder;
  std::ofstream(folder / "town.txt", std::ios::binary) << text;
  const std::string command = std::string("'") + TOMONI_PLANNER_BENCH + "' --assign '" +
                              (folder / "town.txt").string() + "' --solution '" +
                              (folder / "solution").string() + "' " + more + " >'" +
                              (folder / "out").string() + "' 2>'" + (folder / "err").string() + "'";
  const int status = std::system(command.c_str());  // NOLINT(cert-env33-c): our own program
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(folder / "out"),
          read_file(folder / "err"), read_file(folder / "solution")};
}

const std::string kTown =
    "3 2\n"
    "1 1 2\n"
    "2 2\n"
    "2 0 1 1 2\n"
    "2 0 1 1 2\n"
    "1 0 5\n";

TEST(AssignMode, WritesAValidSolutionAndItsValue) {
  const Outcome run = assign(kTown, "--seed 9");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.solution, "1\n1\n0\n");
  const json document = json::parse(run.out);
  EXPECT_EQ(document.at("objective"), 14);
  EXPECT_EQ(document.at("unassigned"), 0);
  EXPECT_EQ(document.at("lower_bound"), 14);
  EXPECT_EQ(document.at("gap"), 0);
  EXPECT_EQ(document.at("seed"), 9);
  EXPECT_EQ(document.at("violations"), 0);
  EXPECT_GE(document.at("seconds"), 0);
}

TEST(AssignMode, CountsSeatsOfThoseLeftOut) {
  const Outcome run = assign("2 1\n2 3\n4\n1 0 7\n1 0 7\n");
  const json document = json::parse(run.out);
  EXPECT_EQ(run.solution, "-1\n0\n");
  EXPECT_EQ(document.at("unassigned"), 2);
  EXPECT_EQ(document.at("objective"), 21);
}

TEST(AssignMode, FractionsOfSecondsAndNobodyPermittedAreFine) {
  const Outcome run = assign("2 1\n1 1\n4\n1 0 1.5\n0\n");
  EXPECT_EQ(json::parse(run.out).at("objective"), 1.5);
  EXPECT_EQ(run.solution, "0\n-1\n");
}

TEST(AssignMode, TheLongestWayCanComeFirst) {
  const std::string town = "2 2\n1 1\n1 1\n2 0 1 1 60\n2 0 50 1 100\n";
  EXPECT_EQ(assign(town).solution, "0\n1\n");
  const Outcome run = assign(town, "--worst-first");
  EXPECT_EQ(run.solution, "1\n0\n");
  EXPECT_EQ(json::parse(run.out).at("longest"), 60);
}

void expect_refused(const std::string& text, const std::string& line, const std::string& words) {
  const Outcome run = assign(text);
  EXPECT_EQ(run.exit_code, 3) << run.err;
  EXPECT_THAT(run.err, HasSubstr("line " + line + ": "));
  EXPECT_THAT(run.err, HasSubstr(line + "行目"));
  EXPECT_THAT(run.err, HasSubstr(words));
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.solution, "");
}

TEST(AssignMode, BrokenFilesAreRefusedWithTheLineAndWhatIsWrong) {
  expect_refused("", "1", "the file ends here");
  expect_refused("3 0\n1 1 1\n\n", "1", "expected shelters");
  expect_refused("1 1\n1\n0\n1 0 5\n", "3", "expected seats per shelter");
  expect_refused("1 1\n0\n1\n1 0 5\n", "2", "expected seats needed per person");
  expect_refused("1 1\n-1\n1\n1 0 5\n", "2", "found '-1'");
  expect_refused("1 1\n1\n1\n1 0 -5\n", "4", "expected seconds");
  expect_refused("1 1\n1\n1\n1 0 nan\n", "4", "expected seconds");
  expect_refused("1 1\n1\n1\n1 1 5\n", "4", "expected shelter");
  expect_refused("1 2\n1\n1 1\n2 0 5 0 6\n", "4", "appears twice");
  expect_refused("1 2\n1\n1 1\n2 0 5 1\n", "4", "the end of the line");
  expect_refused("2 1\n1 1\n1\n1 0 5\n", "5", "the file ends here");
  expect_refused("1 1\n1 1\n1\n1 0 5\n", "2", "where the line should end");
  expect_refused("1 x\n", "1", "found 'x'");
  expect_refused("10000000 100000\n", "1", "split the file");
}

TEST(AssignMode, AFileThatCannotBeReadIsNamed) {
  EXPECT_THROW(static_cast<void>(bench::read_assignment(std::filesystem::path("no/such/town"))),
               route::InputError);
}

TEST(AssignMode, AQuickRunOfEverythingAgreesWithThePeer) {
  const support::ScratchFolder folder;
  const std::string command = std::string("'") + TOMONI_PLANNER_BENCH + "' --assign --quick >'" +
                              (folder / "out").string() + "' 2>/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c): our own program
  const json document = json::parse(read_file(folder / "out"));
  EXPECT_EQ(document.at("units").size(), 5U);
  EXPECT_EQ(document.at("households").size(), 6U);
  EXPECT_EQ(document.at("worst_first").size(), 3U);
  EXPECT_GT(document.at("edits").at("edits"), 0);
  EXPECT_GT(document.at("edits").at("why_not").at("asked"), 0);
  EXPECT_GT(document.at("checks").at("LEMON: optimum").at("compared"), 0);
}

TEST(GeneratedTown, TheSameSeedGivesTheSameTownWithTheSeatsAskedFor) {
  const bench::TownSize size{
      .people = 300, .shelters = 10, .needed_permille = 995, .most_seats = 4};
  const auto town = bench::generated_town(size, 4);
  EXPECT_EQ(town.costs, bench::generated_town(size, 4).costs);
  EXPECT_NE(town.costs, bench::generated_town(size, 5).costs);
  std::uint64_t needed = 0;
  std::uint64_t seats = 0;
  for (const std::uint32_t each : town.seats) {
    needed += each;
  }
  for (const std::uint32_t each : town.capacity) {
    seats += each;
  }
  EXPECT_EQ(seats, needed * 1000 / 995);
}

}  // namespace
