// SPDX-License-Identifier: Apache-2.0
#include "docs/markdown.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace docs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(RunnableBlocks, OnlyMarkedShellBlocksAreTaken) {
  const auto blocks = runnable_blocks(
      "```sh\nrm x\n```\n<!-- run -->\n```sh\na\nb\n```\n<!-- run realdata -->\n```sh\nc\n```\n");
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_EQ(blocks[0].line, 5U);
  EXPECT_EQ(blocks[0].need, "");
  EXPECT_EQ(blocks[0].script, "a\nb\n");
  EXPECT_EQ(blocks[1].need, "realdata");
  EXPECT_EQ(blocks[1].script, "c\n");
}

TEST(RunnableBlocks, AMarkWithoutAShellBlockIsNothing) {
  EXPECT_THAT(runnable_blocks("<!-- run -->\n```json\n{}\n```\n"), IsEmpty());
  EXPECT_THAT(runnable_blocks("<!-- run -->"), IsEmpty());
}

TEST(RelativeLinks, FilesCountAndTheRestDoesNot) {
  EXPECT_THAT(relative_links("[a](docs/a.md#part) ![p](i/p.png \"title\") [w](https://x.jp/)\n"
                             "[here](#top) `[code](no.md)`\n```\n[block](no.md)\n```\n[b](../b)\n"),
              ElementsAre("docs/a.md", "i/p.png", "../b"));
}

TEST(SetupCommands, AreTheWordsAfterTheScript) {
  EXPECT_THAT(setup_commands("run tools/setup.sh demo, then `tools/setup.sh test`; "
                             "tools/setup.sh --help, tools/setup.sh"),
              ElementsAre("demo", "test"));
  EXPECT_THAT(commands_in_help("usage: x\n\n  demo  words\n  test  words\n"),
              ElementsAre("demo", "test"));
}

}  // namespace
}  // namespace docs
