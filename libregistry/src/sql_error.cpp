// SPDX-License-Identifier: Apache-2.0
#include "sql_error.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <array>
#include <string_view>

#include "registry/error.hpp"

namespace registry {
namespace {

constexpr const char* kBusy =
    "台帳をほかの処理が使っています。その処理が終わってから、もう一度実行してください。";
constexpr const char* kFull =
    "台帳を置いた場所に空きがありません。何も保存していません。空きを作ってから、もう一度実行して"
    "ください。";
constexpr const char* kDevice =
    "台帳の読み書きに失敗しました。何も保存していません。記憶装置の空きと状態を確かめてから、"
    "もう一度実行してください。";
constexpr const char* kDamaged = "台帳のファイルが壊れています。控えから戻してください。";
constexpr const char* kMemory =
    "メモリーが足りません。ほかの処理を終えてから、もう一度実行してください。";
constexpr const char* kConstraint = "台帳の決まりに合わない記録なので、何も保存していません。";
constexpr const char* kOther = "台帳の操作に失敗しました。何も保存していません。";

const char* sqlite_remedy(int code) {
  // The low byte is the kind, the rest the detail (sqlite.org/rescode.html).
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return kBusy;
    case SQLITE_FULL:
      return kFull;
    case SQLITE_IOERR:
      return kDevice;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return kDamaged;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return "台帳のファイルを開けないか、書き込めません。置き場所と権限を確かめてください。";
    case SQLITE_NOMEM:
      return kMemory;
    case SQLITE_CONSTRAINT:
      return kConstraint;
    default:
      return kOther;
  }
}

struct StateRemedy {
  std::string_view prefix;  ///< of the SQLSTATE (PostgreSQL 15, appendix A)
  const char* remedy;
};

constexpr std::array kStates = {
    StateRemedy{"08",
                "台帳のサーバーとの接続が切れました。この操作は何も保存していません。サーバー"
                "とネットワークを確かめてから、もう一度実行してください。"},
    StateRemedy{"57P",
                "台帳のサーバーが止まったか、接続を切りました。この操作は何も保存していませ"
                "ん。サーバーを確かめてから、もう一度実行してください。"},
    StateRemedy{"57014",
                "台帳のサーバーの答えに時間がかかりすぎたため、やめました。何も保存して"
                "いません。サーバーの負荷を確かめてから、もう一度実行してください。"},
    StateRemedy{"25P03",
                "台帳の操作の途中で待ちすぎたため、サーバーがやめました。何も保存していませ"
                "ん。もう一度実行してください。"},
    StateRemedy{"25006",
                "台帳のサーバーは読み取り専用です(予備のサーバーかもしれません)。接続ファ"
                "イルの host を確かめてください。"},
    StateRemedy{"55P03", kBusy},
    StateRemedy{"40", kBusy},
    StateRemedy{"53100", kFull},
    StateRemedy{"53200", kMemory},
    StateRemedy{"53300",
                "台帳のサーバーの接続数がいっぱいです。ほかの処理を終えるか、サーバーの "
                "max_connections を増やしてください。"},
    StateRemedy{"58", kDevice},
    StateRemedy{"XX00",
                "台帳のデータベースが壊れているおそれがあります。使うのをやめ、控えから戻"
                "してください。"},
    StateRemedy{"42501",
                "台帳のデータベースに対する権限が足りません。データベースの所有者の役割で"
                "接続してください。"},
    StateRemedy{"23", kConstraint},
    StateRemedy{"22",
                "台帳に書けない値(文字コードの誤り、範囲を超える数など)があるため、何も保存し"
                "ていません。"},
};

const char* postgres_remedy(std::string_view state) {
  if (state.find_first_not_of(' ') == std::string_view::npos) {
    state = "08";
  }
  for (const StateRemedy& each : kStates) {
    if (state.starts_with(each.prefix)) {
      return each.remedy;
    }
  }
  return kOther;
}

}  // namespace

void throw_sqlite_error(int code) {
  throw Error(std::string(sqlite_remedy(code)) + " [SQLite " + std::to_string(code) + "]");
}

void throw_postgres_error(const std::string& state) {
  throw Error(std::string(postgres_remedy(state)) + " [PostgreSQL " + state + "]");
}

void throw_sql_error(const soci::soci_error& error) {
  if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
    throw_sqlite_error(sqlite->result());
  }
  if (const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
    throw_postgres_error(postgres->sqlstate());
  }
  throw Error(kOther);
}

bool is_broken_rule(const soci::soci_error& error) {
  if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
    return (sqlite->result() & 0xFF) == SQLITE_CONSTRAINT;
  }
  const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&error);
  return postgres != nullptr && postgres->sqlstate().starts_with("23");
}

bool is_device_error(int code) {
  // Memory that ran out below is no fault of the device.
  return (code & 0xFF) == SQLITE_IOERR && code != SQLITE_IOERR_NOMEM;
}

bool is_lost_connection(const std::string& state) {
  // Without a state it is libpq itself that complains.
  return state.starts_with("08") || state.starts_with("57P") || state == "25P03" ||
         state.find_first_not_of(' ') == std::string::npos;
}

}  // namespace registry
