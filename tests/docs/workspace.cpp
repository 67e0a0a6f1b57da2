// SPDX-License-Identifier: Apache-2.0
#include "docs/workspace.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "docs/markdown.hpp"

namespace docs {

namespace fs = std::filesystem;

fs::path project_root() {
  return TOMONI_SOURCE_DIR;
}

fs::path shared_data() {
  return fs::path(TOMONI_SHARED_DATA_DIR).lexically_normal();
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> documents() {
  std::vector<fs::path> found;
  for (fs::recursive_directory_iterator at(project_root()), end; at != end; ++at) {
    const std::string name = at->path().filename().string();
    if (at->is_directory() && (name == "build" || name == "node_modules" || name == ".git")) {
      at.disable_recursion_pending();
    } else if (at->path().extension() == ".md") {
      found.push_back(at->path());
    }
  }
  std::ranges::sort(found);
  return found;
}

Workspace::Workspace(const std::string& name)
    : root_(fs::path(testing::TempDir()) /
            ("tomoni_docs_" + name + "_" + std::to_string(::getpid()))) {
  fs::remove_all(root_);
  fs::create_directories(root_ / "project/build/release");
  fs::create_directory_symlink(project_root() / "data", root_ / "project/data");
  fs::create_symlink(TOMONI_PROGRAM, root_ / "project/build/release/tomoni");
  if (fs::exists(shared_data())) {
    fs::create_directory_symlink(shared_data().parent_path(), root_ / "shared");
  }
}

Workspace::~Workspace() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

Outcome Workspace::run(const std::string& script) const {
  std::ofstream(root_ / "block.sh") << script;
  const fs::path log = root_ / "log";
  const std::string command = "cd '" + (root_ / "project").string() + "' && sh -eu '" +
                              (root_ / "block.sh").string() + "' >'" + log.string() +
                              "' 2>&1 </dev/null";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(log)};
}

std::size_t run_documents(const std::string& need) {
  std::size_t blocks = 0;
  for (const fs::path& document : documents()) {
    const Workspace workspace(document.stem().string() + need);
    for (const RunnableBlock& block : runnable_blocks(read_file(document))) {
      if (block.need != need) {
        continue;
      }
      ++blocks;
      const Outcome outcome = workspace.run(block.script);
      EXPECT_EQ(outcome.exit_code, 0) << document.filename() << ':' << block.line << '\n'
                                      << block.script << "--- said:\n"
                                      << outcome.output;
    }
  }
  return blocks;
}

}  // namespace docs
