// SPDX-License-Identifier: Apache-2.0
// The documents tell the truth: their commands run and their links lead somewhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "docs/markdown.hpp"
#include "docs/workspace.hpp"

namespace docs {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

std::string readme() {
  return read_file(project_root() / "README.md");
}

Outcome run_in_project(const std::string& command) {
  const Workspace workspace("setup");
  return workspace.run("cd '" + project_root().string() + "'\n" + command + "\n");
}

TEST(Workspace, ReportsExitCodeAndOutputOfAFailingCommand) {
  const Workspace workspace("fail");
  const Outcome outcome = workspace.run("echo before\nfalse\necho after\n");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.output, "before\n");
}

TEST(Documents, CommandsMarkedToRunDoRun) {
  EXPECT_GT(run_documents(""), 0U) << "no document has a block marked <!-- run -->";
}

TEST(Documents, LinksLeadToFilesOfTheProject) {
  std::vector<std::string> broken;
  for (const fs::path& document : documents()) {
    for (const std::string& link : relative_links(read_file(document))) {
      if (!fs::exists(document.parent_path() / link)) {
        broken.push_back(document.lexically_relative(project_root()).string() + " -> " + link);
      }
    }
  }
  EXPECT_THAT(broken, IsEmpty());
}

TEST(Documents, EveryDocumentIsLinkedFromTheReadme) {
  const std::vector<std::string> links = relative_links(readme());
  for (const fs::path& document : documents()) {
    const std::string path = document.lexically_relative(project_root()).generic_string();
    if (path != "README.md") {
      EXPECT_THAT(links, Contains(path));
    }
  }
}

TEST(SetupScript, TakesExactlyTheCommandsTheReadmeNames) {
  const Outcome help = run_in_project("tools/setup.sh --help");
  EXPECT_EQ(help.exit_code, 0) << help.output;
  EXPECT_EQ(commands_in_help(help.output), setup_commands(readme()));
}

TEST(SetupScript, AnswersAnUnknownCommandWithItsUsage) {
  for (const std::string arguments : {"", "frobnicate", "demo now"}) {
    const Outcome outcome = run_in_project("tools/setup.sh " + arguments);
    EXPECT_EQ(outcome.exit_code, 2) << arguments;
    EXPECT_THAT(outcome.output, HasSubstr("usage"));
  }
}

TEST(SetupScript, ParsesAsBash) {
  const Outcome outcome = run_in_project("bash -n tools/setup.sh && bash -n .ci/run");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
}

}  // namespace
}  // namespace docs
