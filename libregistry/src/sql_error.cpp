// SPDX-License-Identifier: Apache-2.0
#include "sql_error.hpp"

#include <sqlite3.h>

#include <string>

#include "registry/error.hpp"

namespace registry {
namespace {

const char* remedy(int code) {
  // The low byte is the kind, the rest the detail (sqlite.org/rescode.html).
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "台帳をほかの処理が使っています。その処理が終わってから、もう一度実行してください。";
    case SQLITE_FULL:
      return "台帳を置いた場所に空きがありません。何も保存していません。空きを作ってから、もう一度"
             "実行"
             "してください。";
    case SQLITE_IOERR:
      return "台帳の読み書きに失敗しました。何も保存していません。記憶装置の空きと状態を確かめてか"
             "ら、"
             "もう一度実行してください。";
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return "台帳のファイルが壊れています。控えから戻してください。";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return "台帳のファイルを開けないか、書き込めません。置き場所と権限を確かめてください。";
    case SQLITE_NOMEM:
      return "メモリーが足りません。ほかの処理を終えてから、もう一度実行してください。";
    case SQLITE_CONSTRAINT:
      return "台帳の決まりに合わない記録なので、何も保存していません。";
    default:
      return "台帳の操作に失敗しました。何も保存していません。";
  }
}

}  // namespace

void throw_sql_error(int code) {
  throw Error(std::string(remedy(code)) + " [SQLite " + std::to_string(code) + "]");
}

bool is_device_error(int code) {
  // Memory that ran out below is no fault of the device.
  return (code & 0xFF) == SQLITE_IOERR && code != SQLITE_IOERR_NOMEM;
}

}  // namespace registry
