// SPDX-License-Identifier: Apache-2.0

// Runs a target on inputs made from its seeds, without libFuzzer. A child process works through the
// inputs and says in shared memory which one it is at; the parent watches time and memory. Whatever
// happens to the child, the parent knows the number of the input and has it made anew and kept. The
// parent itself runs nothing of the target, whose threads would be lost in the next fork.

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>
#include <optional>
#include <thread>

#include "mutations.hpp"

namespace {

constexpr std::uint64_t kSeeds = ~std::uint64_t{0};  // the seeds themselves, before all numbers

struct Options {
  std::uint64_t inputs = 1000;
  std::uint64_t first = 0;
  std::uint32_t seed = 1;
  unsigned seconds = 10;  // for one input
  std::size_t mebibytes = 1024;
  bool keep_going = false;
  std::vector<std::string> files;
};

/// What the child tells the parent.
struct Shared {
  std::atomic<std::uint64_t> number{kSeeds};
  std::atomic<std::uint64_t> accepted{0};
};

void run(std::string_view input) {
  // A copy of its own, so that reading beyond the end is seen.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

/// Inputs of one process; not too many, because libosmium leaves a file open for every damaged PBF.
struct Numbers {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};
constexpr std::uint64_t kPerProcess = 500;

/// Never returns.
[[noreturn]] void child(const Options& options, Numbers numbers, Shared& shared) {
  int result = 0;
  try {
    const fuzz::Material material = fuzz::material();
    for (const std::string& seed : material.seeds) {
      const auto before = fuzz::accepted();
      run(seed);
      fuzz::require(fuzz::accepted() > before, "every seed is accepted");
    }
    const auto of_seeds = fuzz::accepted();
    for (std::uint64_t number = numbers.begin; number < numbers.end; ++number) {
      shared.number = number;
      run(fuzz::make_input(material, options.seed, number));
      shared.accepted = fuzz::accepted() - of_seeds;
    }
  } catch (const std::exception& problem) {
    std::cerr << "exception that is no refusal: " << problem.what() << std::endl;
    result = 2;
  }
  std::exit(result);  // NOLINT(concurrency-mt-unsafe): the leak checker runs at exit
}

std::size_t resident_mebibytes(pid_t process) {
  std::ifstream statm("/proc/" + std::to_string(process) + "/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  statm >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) >> 20;
}

/// Waits for the child; what is wrong with it, or nothing.
std::optional<std::string> watch(pid_t process, const Options& options, const Shared& shared) {
  using Clock = std::chrono::steady_clock;
  std::uint64_t at = shared.number;
  auto since = Clock::now();
  const auto stop = [process](const std::string& why) {
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
    return std::optional(why);
  };
  for (;;) {
    int status = 0;
    if (::waitpid(process, &status, WNOHANG) == process) {
      if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return std::nullopt;
      }
      return WIFSIGNALED(status) ? "crash: signal " + std::to_string(WTERMSIG(status))
                                 : "crash: exit code " + std::to_string(WEXITSTATUS(status));
    }
    if (shared.number != at) {
      at = shared.number;
      since = Clock::now();
    }
    if (Clock::now() - since > std::chrono::seconds(options.seconds)) {
      return stop("hang: more than " + std::to_string(options.seconds) + " s");
    }
    if (resident_mebibytes(process) > options.mebibytes) {
      return stop("memory: more than " + std::to_string(options.mebibytes) + " MiB");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

void keep(const Options& options, std::uint64_t number, const std::string& program) {
  const std::string name = program.substr(program.rfind('/') + 1) + "-" +
                           std::to_string(options.seed) + "-" + std::to_string(number) + ".input";
  const pid_t process = ::fork();
  if (process == 0) {
    std::ofstream(name, std::ios::binary)
        << fuzz::make_input(fuzz::material(), options.seed, number);
    std::_Exit(0);
  }
  ::waitpid(process, nullptr, 0);
  std::cerr << "the input is kept in " << name << "; run it with: " << program << " " << name
            << '\n';
}

int run_files(const Options& options) {
  for (const std::string& file : options.files) {
    const auto before = fuzz::accepted();
    run(fuzz::read_file(file));
    std::cout << file << (fuzz::accepted() > before ? ": accepted\n" : ": refused\n");
  }
  return 0;
}

int fuzz_all(const Options& options, const std::string& program) {
  void* memory =
      ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    std::cerr << "no shared memory\n";
    return 1;
  }
  Shared& shared = *new (memory) Shared;
  std::size_t problems = 0;
  std::uint64_t accepted = 0;
  const std::uint64_t end = options.first + options.inputs;
  for (std::uint64_t next = options.first; next < end;) {
    const Numbers numbers{next, std::min(next + kPerProcess, end)};
    shared.number = kSeeds;
    shared.accepted = 0;
    const pid_t process = ::fork();
    if (process == 0) {
      child(options, numbers, shared);
    }
    const auto problem = watch(process, options, shared);
    accepted += shared.accepted;
    next = numbers.end;
    if (!problem) {
      continue;
    }
    ++problems;
    const std::uint64_t number = shared.number;
    std::cerr << *problem << ", seed " << options.seed << ", ";
    if (number == kSeeds) {
      std::cerr << "in the unchanged seeds\n";
      break;
    }
    std::cerr << "input " << number << '\n';
    keep(options, number, program);
    if (!options.keep_going) {
      break;
    }
    next = number + 1;
  }
  std::cout << options.inputs << " inputs from seed " << options.seed << ", accepted " << accepted
            << ", problems " << problems << '\n';
  return problems == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Feeds a reader with damaged inputs.");
  app.add_option("--inputs", options.inputs, "how many")->capture_default_str();
  app.add_option("--first", options.first, "number of the first")->capture_default_str();
  app.add_option("--seed", options.seed, "which sequence")->capture_default_str();
  app.add_option("--seconds", options.seconds, "limit for one input")->capture_default_str();
  app.add_option("--mebibytes", options.mebibytes, "limit of memory")->capture_default_str();
  app.add_flag("--keep-going", options.keep_going, "go on after a problem");
  app.add_option("files", options.files, "run these inputs as they are");
  CLI11_PARSE(app, argc, argv)
  return options.files.empty() ? fuzz_all(options, argv[0]) : run_files(options);
}
