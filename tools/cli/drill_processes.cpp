// SPDX-License-Identifier: Apache-2.0
#include "cli/drill_processes.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "registry/error.hpp"

namespace cli {

bool is_one_of_many_processes() {
  const auto is_several = [](const char* name) {
    const char* size = std::getenv(name);
    return size != nullptr && std::atol(size) > 1;
  };
  // Open MPI; process managers that speak PMI (MPICH, Slurm).
  return is_several("OMPI_COMM_WORLD_SIZE") || is_several("PMI_SIZE");
}

void go_on_as_one_of_many(const std::vector<std::string>& arguments) {
  const std::filesystem::path program =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() / "tomoni-drill-mpi";
  std::vector<std::string> words = arguments;
  words.insert(words.begin(), program.string());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) {
    argv.push_back(word.data());
  }
  argv.push_back(nullptr);
  execv(argv.front(), argv.data());
  throw registry::InputError(
      program.string() +
      " がないので、mpirun では実行できません。libboost-mpi-dev を入れてビルドし直すか、mpirun を"
      "付けずに実行してください。");
}

}  // namespace cli
