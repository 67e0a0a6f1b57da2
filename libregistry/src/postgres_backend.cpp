// SPDX-License-Identifier: Apache-2.0
#include "postgres_backend.hpp"

#include <sodium.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "digest.hpp"
#include "postgres_connection.hpp"
#include "registry/error.hpp"
#include "schema.hpp"
#include "sql_error.hpp"

namespace registry {
namespace {

constexpr int kOldestServer = 150000;
/// Longer than any list or import of ours takes, short enough that nothing hangs for ever.
constexpr auto kLongestStatement = std::chrono::minutes(10);

// What belongs to the store as a whole, in one row.
constexpr const char* kStoreTable =
    "CREATE TABLE store_info (application BIGINT NOT NULL, version BIGINT NOT NULL,"
    " key_mark TEXT NOT NULL)";

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

std::string state_of(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state != nullptr ? state : "08006";  // libpq itself noticed that the connection broke
}

/// Libraries print nothing; what the server remarks may quote data.
void say_nothing(void*, const char*) {}

/// Something that is the same for the same key and tells nothing about it.
std::string mark_of(const StoreKey& key) {
  constexpr std::string_view kPurpose = "tomoni store";
  AuditHash mark{};
  crypto_generichash(mark.data(), mark.size(),
                     reinterpret_cast<const unsigned char*>(kPurpose.data()), kPurpose.size(),
                     key.data(), key.size());
  return to_hex(mark);
}

std::string milliseconds(std::chrono::milliseconds time) {
  // 0 would mean: no limit.
  return std::to_string(std::max<std::chrono::milliseconds::rep>(time.count(), 1));
}

}  // namespace

PostgresBackend::PostgresBackend(PostgresLocation location, const BackendNeeds& needs)
    : location_(std::move(location)), patience_(needs.patience), key_mark_(mark_of(*needs.key)) {
  connect();
  if (needs.mode == OpenMode::Open) {
    check_identity();
  }
}

PGconn* PostgresBackend::connection() {
  auto* backend = dynamic_cast<soci::postgresql_session_backend*>(sql_.get_backend());
  TOMONI_EXPECT(backend != nullptr);
  return backend->conn_;
}

bool PostgresBackend::is_lost() {
  return lost_ || sql_.get_backend() == nullptr || PQstatus(connection()) != CONNECTION_OK;
}

void PostgresBackend::connect() {
  if (sql_.get_backend() != nullptr) {
    sql_.close();
  }
  const std::string words = read_connection(location_.connection_file, patience_);
  try {
    sql_.open(soci::postgresql, words);
  } catch (const soci::soci_error&) {
    throw Error(unreachable_text(location_.connection_file, words));
  }
  lost_ = false;
  PQsetNoticeProcessor(connection(), say_nothing, nullptr);
  // A commit is on the server's device, and on that of a synchronous standby, before it is
  // acknowledged.
  run("SET synchronous_commit = on");
  run("SET search_path = public, pg_temp");
  run("SET standard_conforming_strings = on");
  run("SET default_transaction_isolation = 'read committed'");
  run("SET lock_timeout = " + milliseconds(patience_));
  run("SET statement_timeout = " + milliseconds(patience_ + kLongestStatement));
  // A program that was stopped in the middle does not keep the others out for ever.
  run("SET idle_in_transaction_session_timeout = " + milliseconds(kLongestStatement));
  check_server();
}

void PostgresBackend::check_server() {
  const int server = PQserverVersion(connection());
  if (server < kOldestServer) {
    throw Error("台帳のサーバーが古すぎます(版 " + std::to_string(server / 10000) +
                ")。PostgreSQL 15 以上にしてください。");
  }
  std::string encoding;
  std::string order;
  std::string durable;
  sql_ << "SELECT pg_encoding_to_char(encoding),"
          " CASE WHEN datlocprovider = 'c' THEN datcollate ELSE 'ICU' END,"
          " current_setting('fsync') || ' ' || current_setting('full_page_writes')"
          " FROM pg_database WHERE datname = current_database()",
      soci::into(encoding), soci::into(order), soci::into(durable);
  if (encoding != "UTF8" || (order != "C" && order != "POSIX")) {
    throw Error("台帳のデータベースの文字コードか並べ順が違います(" + encoding + "、" + order +
                ")。CREATE DATABASE ... TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' "
                "LC_CTYPE 'C' で作ったデータベースを使ってください。");
  }
  if (durable != "on on") {
    throw Error(
        "台帳のサーバーの fsync か full_page_writes が切られています。停電で記録を失うので、"
        "両方を on にしてください。");
  }
}

void PostgresBackend::check_identity() {
  int present = 0;
  sql_ << "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'store_info'",
      soci::into(present);
  if (present == 0) {
    throw Error("このデータベースは台帳ではありません(接続ファイル " +
                location_.connection_file.string() +
                ")。dbname を確かめるか、tomoni init で台帳を作ってください。");
  }
  int application = 0;
  std::string mark;
  sql_ << "SELECT application, key_mark FROM store_info", soci::into(application), soci::into(mark);
  if (application != kApplicationId || mark != key_mark_) {
    throw Error("台帳として開けません。鍵が違うか、別の市の台帳です。鍵のファイルと接続ファイル " +
                location_.connection_file.string() + " の組合せを確かめてください。");
  }
}

void PostgresBackend::prepare_tables() {
  int tables = 0;
  sql_ << "SELECT count(*) FROM pg_class WHERE relnamespace = CAST('public' AS regnamespace)",
      soci::into(tables);
  if (tables > 0) {
    throw Error("台帳は既にあるか、データベースが空ではありません(接続ファイル " +
                location_.connection_file.string() +
                ")。空のデータベースを作るか、台帳を開いてください。");
  }
  run(kStoreTable);
  sql_ << "INSERT INTO store_info (application, version, key_mark) VALUES (:application, 0, :mark)",
      soci::use(kApplicationId, "application"), soci::use(key_mark_, "mark");
}

int PostgresBackend::version() {
  int version = 0;
  sql_ << "SELECT version FROM store_info", soci::into(version);
  return version;
}

void PostgresBackend::mark_version(int version) {
  sql_ << "UPDATE store_info SET version = :version", soci::use(version, "version");
}

/// One statement, or several that need nothing between them.
void PostgresBackend::run(const std::string& statement) {
  const Result result(PQexec(connection(), to_postgres(statement).c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    const std::string state = state_of(result.get());
    lost_ = lost_ || is_lost_connection(state);
    throw_postgres_error(state);
  }
}

/// The server says goodbye before the connection is seen to be closed.
void PostgresBackend::note(const soci::soci_error& error) {
  if (const auto* ours = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
    lost_ = lost_ || is_lost_connection(ours->sqlstate());
  }
}

void PostgresBackend::make_ready() {
  if (transaction_.empty() && is_lost()) {
    connect();
    check_identity();
  }
}

/// Begins and waits until nobody else writes. Read committed, not stricter: what the others wrote
/// before we got the lock must be seen.
void PostgresBackend::begin_alone() {
  sql_ << "BEGIN";
  std::string nothing;
  sql_ << "SELECT pg_advisory_xact_lock(" + std::to_string(kApplicationId) +
              ", 1), pg_current_xact_id()",
      soci::into(nothing), soci::into(transaction_);
}

void PostgresBackend::begin() {
  make_ready();
  try {
    begin_alone();
  } catch (const soci::postgresql_soci_error& error) {
    note(error);
    rollback();
    if (!is_lost()) {
      throw;
    }
    // The server was restarted since the last call: nothing has been done yet.
    make_ready();
    begin_alone();
  }
}

void PostgresBackend::commit() {
  // A transaction in which a statement failed would be undone by COMMIT without an error.
  const bool whole = PQtransactionStatus(connection()) == PQTRANS_INTRANS;
  const Result result(PQexec(connection(), whole ? "COMMIT" : "ROLLBACK"));
  lost_ = lost_ || (PQresultStatus(result.get()) == PGRES_FATAL_ERROR &&
                    is_lost_connection(state_of(result.get())));
  if (is_lost()) {
    settle_lost_commit();
    return;
  }
  if (!whole || PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
    throw_postgres_error(whole ? state_of(result.get()) : "25P02");
  }
  transaction_.clear();
}

/// COMMIT was sent and no answer came: the server knows by the number of the transaction.
void PostgresBackend::settle_lost_commit() {
  const std::string number = std::exchange(transaction_, {});
  std::string outcome;
  try {
    make_ready();
    begin_alone();  // what was still on its way has ended once we get the lock
    sql_ << "SELECT coalesce(pg_xact_status(CAST(:number AS xid8)), 'unknown')",
        soci::use(number, "number"), soci::into(outcome);
    rollback();
  } catch (const std::exception&) {
    outcome = "unknown";
    rollback();
  }
  if (outcome == "committed") {
    return;
  }
  throw Error(
      outcome == "aborted"
          ? "保存の途中で台帳のサーバーとの接続が切れました。何も保存していません。もう一度"
            "実行してください。"
          : "保存の途中で台帳のサーバーとの接続が切れました。保存できたかどうか分かりません。"
            "サーバーが戻ってから、操作記録で確かめてください。");
}

void PostgresBackend::rollback() noexcept {
  transaction_.clear();
  if (sql_.get_backend() == nullptr || is_lost()) {
    return;  // the server undoes what was not committed
  }
  // Statements that failed are still known to the server by name.
  const Result undone(PQexec(connection(), "ROLLBACK; DEALLOCATE ALL"));
}

std::unique_ptr<Backend> open_postgres(const PostgresLocation& location,
                                       const BackendNeeds& needs) {
  return std::make_unique<PostgresBackend>(location, needs);
}

}  // namespace registry
