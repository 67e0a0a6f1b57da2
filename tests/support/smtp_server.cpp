// SPDX-License-Identifier: Apache-2.0
#include "support/smtp_server.hpp"

#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX, not in <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>

namespace support {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPython = "/usr/bin/python3";  // Debian's, which has aiosmtpd

/// Runs a program whose standard output goes to `out`.
pid_t start(const std::vector<std::string>& words, int out) {
  std::vector<char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));  // NOLINT(*-const-cast): execv's promise
  }
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    ::dup2(out < 0 ? nothing : out, STDOUT_FILENO);
    ::dup2(nothing, STDERR_FILENO);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
  }
  return child;
}

int finished(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

nlohmann::json read_json(const fs::path& file) {
  std::ifstream in(file);
  return nlohmann::json::parse(in);
}

/// The first line a child writes; empty when it ends without one.
std::string first_line(int from) {
  std::string line;
  for (std::array<char, 1> c{}; ::read(from, c.data(), 1) == 1 && c[0] != '\n';) {
    line += c[0];
  }
  return line;
}

}  // namespace

Certificate make_certificate(const fs::path& folder, const std::string& host) {
  fs::create_directories(folder);
  Certificate made{.file = folder / "cert.pem", .key = folder / "key.pem"};
  const std::vector<std::string> words = {"/usr/bin/openssl",
                                          "req",
                                          "-x509",
                                          "-newkey",
                                          "ec",
                                          "-pkeyopt",
                                          "ec_paramgen_curve:prime256v1",
                                          "-nodes",
                                          "-days",
                                          "2",
                                          "-keyout",
                                          made.key.string(),
                                          "-out",
                                          made.file.string(),
                                          "-subj",
                                          "/CN=test",
                                          "-addext",
                                          "subjectAltName=DNS:" + host};
  if (finished(start(words, -1)) != 0) {
    throw std::runtime_error("openssl made no certificate");
  }
  return made;
}

bool SmtpServer::installed() {
  static const bool there = finished(start({kPython, "-c", "import aiosmtpd"}, -1)) == 0;
  return there;
}

SmtpServer::SmtpServer(fs::path folder, const std::vector<std::string>& options)
    : folder_(std::move(folder)) {
  fs::create_directories(folder_);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe");
  }
  std::vector<std::string> words = {
      kPython, std::string(TOMONI_SOURCE_DIR) + "/tests/support/smtp_server.py", folder_.string()};
  words.insert(words.end(), options.begin(), options.end());
  process_ = start(words, ends[1]);
  ::close(ends[1]);
  const std::string line = first_line(ends[0]);
  ::close(ends[0]);
  if (line.empty()) {
    throw std::runtime_error("the mail server did not start");
  }
  port_ = std::stoi(line);
}

SmtpServer::~SmtpServer() {
  ::kill(process_, SIGTERM);
  static_cast<void>(finished(process_));
}

std::vector<nlohmann::json> SmtpServer::mails() const {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    if (entry.path().extension() == ".json" && entry.path().stem() != "asked") {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  std::vector<nlohmann::json> mails;
  mails.reserve(files.size());
  for (const fs::path& file : files) {
    mails.push_back(read_json(file));
  }
  return mails;
}

int SmtpServer::asked(const std::string& address) const {
  return fs::exists(folder_ / "asked.json") ? read_json(folder_ / "asked.json").value(address, 0)
                                            : 0;
}

}  // namespace support
