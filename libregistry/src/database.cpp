// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include <sodium.h>

#include "registry/error.hpp"
#include "schema.hpp"
#include "sql_error.hpp"

namespace registry {
namespace {

std::unique_ptr<Backend> open_backend(const StoreLocation& location, const BackendNeeds& needs) {
  if (sodium_init() < 0) {
    throw Error("暗号ライブラリーを初期化できません。");
  }
  try {
    if (const auto* postgres = location.postgres()) {
      return open_postgres(*postgres, needs);
    }
    return open_sqlite(*location.file(), needs);
  } catch (const soci::soci_error& error) {
    throw_sql_error(error);
  }
}

}  // namespace

Database::Opening::Opening(Mode how) : mode(how), up_to(schema_version()) {}

Database::Database(const StoreLocation& location, const StoreKey& key, Surroundings surroundings,
                   Opening opening)
    : surroundings_(std::move(surroundings)),
      backend_(open_backend(
          location, {.key = &key, .patience = surroundings_.patience, .mode = opening.mode})) {
  if (opening.mode == Mode::Create) {
    try {
      create_tables(opening.up_to);
    } catch (...) {
      backend_->discard();
      throw;
    }
    return;
  }
  migrate(*this, opening.up_to);
}

void Database::create_tables(int version) {
  write([&] {
    backend_->prepare_tables();
    for (int from = 0; from < version; ++from) {
      apply_migration(*this, from);
    }
  });
}

std::string Database::new_id(Instant at) const {
  return make_ulid(at, surroundings_.random);
}

void Database::run_script(const char* script) {
  translated([&] {
    if (backend_->dialect() == Dialect::Sqlite) {
      backend_->run(script);  // also bodies of triggers
      return;
    }
    for (const std::string& statement : statements_of(script)) {
      backend_->run(statement);
    }
  });
}

void Database::fail(const soci::soci_error& error) {
  backend_->note(error);
  throw_sql_error(error);
}

Database::Transaction::Transaction(Database& database)
    : database_(database), part_(database.in_group_) {
  if (database_.group_lost_) {
    throw Error(
        "まとめて保存する途中で失敗しました。何も保存していません。もう一度実行してください。");
  }
  if (part_) {
    database_.backend_->run("SAVEPOINT part");
  } else {
    database_.backend_->begin();
  }
}

Database::Transaction::~Transaction() {
  if (!open_) {
    return;
  }
  if (!part_) {
    database_.backend_->rollback();
  } else if (!database_.backend_->undo_part()) {
    database_.group_lost_ = true;  // it takes the other parts with it
  }
}

void Database::Transaction::commit() {
  if (part_) {
    database_.backend_->run("RELEASE SAVEPOINT part");
  } else {
    database_.backend_->commit();
  }
  open_ = false;
}

}  // namespace registry
