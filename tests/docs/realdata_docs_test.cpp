// SPDX-License-Identifier: Apache-2.0
// The commands in the documents that need the folder of real data beside the project.
#include <gtest/gtest.h>

#include <filesystem>

#include "docs/workspace.hpp"

namespace docs {
namespace {

TEST(RealDataDocuments, CommandsMarkedToRunDoRun) {
  if (!std::filesystem::exists(shared_data())) {
    GTEST_SKIP() << "no real data beside the project";
  }
  EXPECT_GT(run_documents("realdata"), 0U)
      << "no document has a block marked <!-- run realdata -->";
}

}  // namespace
}  // namespace docs
