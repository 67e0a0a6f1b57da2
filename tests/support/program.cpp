// SPDX-License-Identifier: Apache-2.0
#include "support/program.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <stdexcept>

#include "support/file_bytes.hpp"

namespace support {
namespace fs = std::filesystem;

namespace {

void redirect(const fs::path& file, int fd) {
  const int target = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  ::dup2(target, fd);
}

[[noreturn]] void become_tomoni(const std::vector<std::string>& arguments, unsigned limit_kib) {
  if (limit_kib > 0) {
    const rlimit limit{limit_kib * 1024UL, limit_kib * 1024UL};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  std::vector<std::string> words{TOMONI_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) {
    argv.push_back(word.data());
  }
  argv.push_back(nullptr);
  ::execv(argv.front(), argv.data());
  ::_exit(127);
}

}  // namespace

Run tomoni(const std::vector<std::string>& arguments, unsigned file_limit_kib) {
  const fs::path folder = fs::path(testing::TempDir()) / ("run-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const pid_t child = ::fork();
  if (child < 0) {
    throw std::runtime_error("fork failed");
  }
  if (child == 0) {
    redirect(folder / "out", STDOUT_FILENO);
    redirect(folder / "err", STDERR_FILENO);
    become_tomoni(arguments, file_limit_kib);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), read_all(folder / "out"),
          read_all(folder / "err")};
}

fs::path fresh_folder(const std::string& name) {
  const fs::path folder = fs::path(testing::TempDir()) / (name + "-" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

std::string read_all(const fs::path& file) {
  return bytes_of(file);
}

void write_all(const fs::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary);
  out << bytes;
}

std::vector<std::string> listing(const fs::path& folder) {
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path().string() + " " +
                      std::to_string(std::hash<std::string>()(read_all(entry.path()))));
    }
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace support
