// SPDX-License-Identifier: Apache-2.0
#include "planner/chain_mode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "planner/chain_file.hpp"
#include "planner/chain_instances.hpp"
#include "route/error.hpp"
#include "support/chain_check.hpp"

namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// Two people, one supporter, one shelter: 5 + 50 + 100 = 155, then 20 + 110 more.
constexpr const char* kTiny = "2 1 1 1000\n0 0\n100 110\n5\n50 60\n30 20\n";

std::string file_with(const std::string& text) {
  const std::string file = testing::TempDir() + "chain_instance.txt";
  std::ofstream(file) << text;
  return file;
}

std::string refusal_of(const std::string& text) {
  try {
    (void)bench::read_chain_file(file_with(text));
  } catch (const route::InputError& error) {
    return error.what();
  }
  return "";
}

TEST(ChainMode, ATinyFileIsSolvedAndTheSolutionWritten) {
  const std::string solution = testing::TempDir() + "chain_solution.txt";
  std::ostringstream out;
  ASSERT_EQ(bench::run_chain(file_with(kTiny), solution, out), 0);
  const auto document = nlohmann::json::parse(out.str());
  EXPECT_EQ(document.at("objective"), 285);
  EXPECT_EQ(document.at("last_delivery_s"), 285);
  EXPECT_EQ(document.at("unassigned"), 0);
  EXPECT_EQ(document.at("seed"), 1);
  EXPECT_LE(document.at("lower_bound"), 285);
  EXPECT_EQ(document.at("nearest_supporter").at("last_delivery_s"), 285);
  std::ifstream in(solution);
  std::string line;
  std::getline(in, line);
  EXPECT_EQ(line, "0 1");
}

TEST(ChainMode, AFileSaysWhatIsWrongWithItAndWhatToDo) {
  EXPECT_THAT(refusal_of(""), HasSubstr("途中で終わっています"));
  EXPECT_THAT(refusal_of("2 1 1 1000\n0 1\n"), HasSubstr("避難所の番号（0〜0の整数）が必要です"));
  EXPECT_THAT(refusal_of("2 1 1 1000\n0 0\n100 x\n"), HasSubstr("「x」"));
  EXPECT_THAT(refusal_of("2 1 1 1000\n0 0\n100 -1\n"), HasSubstr("「-1」"));
  EXPECT_THAT(refusal_of("2 1 1 1000\n0 0\n100 1.5\n"), HasSubstr("「1.5」"));
  EXPECT_THAT(refusal_of(std::string(kTiny) + "7\n"), HasSubstr("余分な「7」"));
  EXPECT_THAT(refusal_of("2 1 1 1000\n0 0\n100 110\n5\n50 60\n30"), HasSubstr("途中で"));
  EXPECT_THAT(refusal_of("99999 99999 1 1000"), HasSubstr("表が大きすぎます"));
  EXPECT_THAT(refusal_of("99999999999999999999 1 1 1"), HasSubstr("人数"));
  EXPECT_THROW((void)bench::read_chain_file("/nowhere/at/all"), route::InputError);
}

TEST(ChainMode, WhatIsWrittenIsReadBackTheSame) {
  const route::ChainProblem town = bench::draw_chain_town({.people = 20, .supporters = 6});
  std::ostringstream text;
  bench::write_chain_file(text, town);
  const route::ChainProblem read = bench::read_chain_file(file_with(text.str()));
  EXPECT_EQ(read.to_person, town.to_person);
  EXPECT_EQ(read.from_shelter, town.from_shelter);
  const auto plan = route::chain_supporters(read, {.iterations = 200});
  EXPECT_EQ(plan.visits.size(), 6U);
  EXPECT_EQ(plan.value, route::chain_supporters(town, {.iterations = 200}).value);
}

TEST(ChainMode, EveryBuiltInTownGetsASoundPlanBetterThanListScheduling) {
  for (const char* name : {"c300", "c1000", "c300tight"}) {
    SCOPED_TRACE(name);
    const route::ChainProblem town = bench::draw_chain_town(*bench::built_in_chain_town(name));
    const auto listed = route::chain_supporters(town, {.iterations = 0});
    const auto plan = route::chain_supporters(town, {.iterations = 1'000});
    EXPECT_THAT(support::violations(town, plan), IsEmpty());
    EXPECT_LT(plan.value, listed.value);
  }
  EXPECT_FALSE(bench::built_in_chain_town("c301"));
}

}  // namespace
