// SPDX-License-Identifier: Apache-2.0
// One PostgreSQL server for a whole run of ctest:
//   postgres_keeper start FOLDER   starts it and returns when it answers
//   postgres_keeper stop FOLDER    stops it
// Between the two a process keeps it, which ends with ctest when nobody says stop.
#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "support/postgres_server.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int kSkipped = 77;

int descriptor_of(pid_t process) {
  return static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
}

void wait_for_one_of(std::initializer_list<int> descriptors) {
  std::vector<pollfd> wanted;
  for (const int descriptor : descriptors) {
    wanted.push_back({.fd = descriptor, .events = POLLIN, .revents = 0});
  }
  while (::poll(wanted.data(), wanted.size(), -1) < 1) {
  }
}

/// Keeps the server until ctest ends or somebody says stop. Never returns.
[[noreturn]] void keep(const fs::path& folder, pid_t ctest, int ready) {
  ::setsid();
  sigset_t stop_signal;
  ::sigemptyset(&stop_signal);
  ::sigaddset(&stop_signal, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &stop_signal, nullptr);
  const int told_to_stop = ::signalfd(-1, &stop_signal, SFD_CLOEXEC);
  const int ctest_ended = descriptor_of(ctest);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    ::dup2(::open("/dev/null", O_RDWR), stream);
  }
  try {
    const support::PostgresServer server(folder);
    std::ofstream(folder / "keeper") << ::getpid() << '\n';
    (void)!::write(ready, "1", 1);
    ::close(ready);
    wait_for_one_of({told_to_stop, ctest_ended});
  } catch (const std::exception&) {
  }
  ::_exit(0);
}

int stop(const fs::path& folder) {
  pid_t keeper = 0;
  if (!(std::ifstream(folder / "keeper") >> keeper)) {
    return 0;  // nothing runs
  }
  const int ended = descriptor_of(keeper);
  if (ended >= 0 && ::kill(keeper, SIGTERM) == 0) {
    wait_for_one_of({ended});
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return 0;
}

int start(const fs::path& folder) {
  if (!support::PostgresServer::installed()) {
    std::cout << "PostgreSQL 15 is not installed: apt-get install postgresql-15\n";
    return kSkipped;
  }
  stop(folder);
  fs::remove_all(folder);
  std::array<int, 2> ready{};
  const pid_t ctest = ::getppid();
  if (::pipe2(ready.data(), O_CLOEXEC) != 0) {
    return 1;
  }
  if (::fork() == 0) {
    ::close(ready[0]);
    keep(folder, ctest, ready[1]);
  }
  ::close(ready[1]);
  char mark = 0;
  if (::read(ready[0], &mark, 1) != 1) {
    std::cerr << "PostgreSQL did not start\n";
    return 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "start") {
    return start(argv[2]);
  }
  if (argc == 3 && std::string_view(argv[1]) == "stop") {
    return stop(argv[2]);
  }
  std::cerr << "postgres_keeper start|stop FOLDER\n";
  return 2;
}
