// SPDX-License-Identifier: Apache-2.0
#include "support/postgres_server.hpp"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <vector>

namespace support {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, Finish>;
using Result = std::unique_ptr<PGresult, Finish>;

/// Runs a program as `postgres` where we are root; its output goes to a file.
pid_t spawn(std::vector<std::string> words, const fs::path& output) {
  const passwd* postgres = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child != 0) {
    return child;
  }
  const int log = ::open(output.c_str(), O_CREAT | O_APPEND | O_WRONLY, 0644);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  if (postgres != nullptr && (::initgroups("postgres", postgres->pw_gid) != 0 ||
                              ::setgid(postgres->pw_gid) != 0 || ::setuid(postgres->pw_uid) != 0)) {
    ::_exit(126);
  }
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // after setuid, which clears it
  if (::getppid() != parent) {
    ::_exit(125);
  }
  ::setsid();
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  std::vector<char*> argv;
  for (std::string& word : words) {
    argv.push_back(word.data());
  }
  argv.push_back(nullptr);
  ::execv(argv.front(), argv.data());
  ::_exit(127);
}

void must_run(std::vector<std::string> words, const fs::path& output) {
  const std::string name = words.front();
  int status = 0;
  ::waitpid(spawn(std::move(words), output), &status, 0);
  if (status != 0) {
    throw std::runtime_error(name + " failed, see " + output.string());
  }
}

/// A port of the loopback interface nobody listens on.
std::string free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* name = reinterpret_cast<sockaddr*>(&address);
  const bool bound = ::bind(socket, name, length) == 0 && ::getsockname(socket, name, &length) == 0;
  ::close(socket);
  if (!bound) {
    throw std::runtime_error("no free port");
  }
  return std::to_string(ntohs(address.sin_port));
}

std::string text_of(const fs::path& file) {
  std::string line;
  std::ifstream stream(file);
  std::getline(stream, line);
  return line;
}

std::string words_for(const fs::path& server, const std::string& user, const std::string& name) {
  return "host=" + (server / "socket").string() + " port=" + text_of(server / "port") +
         " user=" + user + " password=" + PostgresDatabase::kPassword + " dbname=" + name;
}

std::string run_sql(const std::string& words, const std::string& sql) {
  const Connection connection(PQconnectdb(words.c_str()));
  PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  const Result result(PQexec(connection.get(), sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
  }
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

std::string fresh_name() {
  static int number = 0;
  return "city_" + std::to_string(::getpid()) + "_" + std::to_string(++number);
}

}  // namespace

bool PostgresServer::installed() {
  return fs::exists(std::string(kPrograms) + "initdb") &&
         fs::exists(std::string(kPrograms) + "postgres");
}

PostgresServer::PostgresServer(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directory(folder_);
  fs::create_directory(folder_ / "socket");
  std::ofstream(folder_ / "port") << free_port() << '\n';
  std::ofstream(folder_ / "password") << PostgresDatabase::kPassword << '\n';
  fs::permissions(folder_, fs::perms(0755));
  if (const passwd* postgres = ::getpwnam("postgres"); ::geteuid() == 0 && postgres != nullptr) {
    for (const fs::path& each : {folder_, folder_ / "socket"}) {
      if (::chown(each.c_str(), postgres->pw_uid, postgres->pw_gid) != 0) {
        throw std::runtime_error("cannot give " + each.string() + " to postgres");
      }
    }
  }
  make_cluster();
  start();
  run_sql(words_for(folder_, "admin", "postgres"),
          std::string("CREATE ROLE tomoni LOGIN PASSWORD '") + PostgresDatabase::kPassword + "'");
}

PostgresServer::~PostgresServer() {
  stop(SIGQUIT);
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void PostgresServer::make_cluster() const {
  must_run({std::string(kPrograms) + "initdb", "--pgdata=" + (folder_ / "data").string(),
            "--encoding=UTF8", "--locale=C", "--username=admin", "--auth=scram-sha-256",
            "--pwfile=" + (folder_ / "password").string(), "--no-sync"},
           folder_ / "initdb.log");
}

void PostgresServer::start() {
  process_ = spawn(
      {std::string(kPrograms) + "postgres", "-D", (folder_ / "data").string(), "-p",
       text_of(folder_ / "port"), "-c", "listen_addresses=127.0.0.1", "-c",
       "unix_socket_directories=" + (folder_ / "socket").string(), "-c", "max_connections=200",
       "-c", "autovacuum=off", "-c", "wal_level=minimal", "-c", "max_wal_senders=0"},
      folder_ / "server.log");
  const std::string words = words_for(folder_, "admin", "postgres");
  for (int round = 0; PQping(words.c_str()) != PQPING_OK; ++round) {
    if (round > 1500 || ::waitpid(process_, nullptr, WNOHANG) != 0) {
      throw std::runtime_error("PostgreSQL did not start, see " +
                               (folder_ / "server.log").string());
    }
    ::poll(nullptr, 0, 20);  // another program's start can only be asked for
  }
}

void PostgresServer::stop(int signal) {
  if (process_ > 0) {
    ::kill(process_, signal);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }
}

void PostgresServer::crash_and_restart() {
  stop(SIGQUIT);  // "immediate": no shutdown checkpoint, the next start recovers from the log
  start();
}

PostgresDatabase::PostgresDatabase(fs::path server, Order order)
    : server_(std::move(server)), name_(fresh_name()) {
  const std::string sorted = order == Order::Bytes ? "C" : "C.UTF-8";
  run_sql(words_for(server_, "admin", "postgres"),
          "CREATE DATABASE " + name_ +
              " OWNER tomoni TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE '" + sorted +
              "' LC_CTYPE '" + sorted + "'");
}

PostgresDatabase::PostgresDatabase(const PostgresDatabase& original)
    : server_(original.server_), name_(fresh_name()) {
  run_sql(words_for(server_, "admin", "postgres"),
          "CREATE DATABASE " + name_ + " OWNER tomoni TEMPLATE " + original.name_);
}

PostgresDatabase::~PostgresDatabase() {
  try {
    run_sql(words_for(server_, "admin", "postgres"),
            "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  } catch (const std::exception&) {  // the server is gone, and the database with it
  }
}

std::string PostgresDatabase::connection() const {
  return words_for(server_, "tomoni", name_);
}

std::string PostgresDatabase::run(const std::string& sql) const {
  return run_sql(words_for(server_, "admin", name_), sql);
}

void PostgresDatabase::cut_connections() const {
  run_sql(words_for(server_, "admin", "postgres"),
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '" +
              name_ + "'");
}

}  // namespace support
