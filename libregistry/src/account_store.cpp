// SPDX-License-Identifier: Apache-2.0
#include "account_store.hpp"

#include <map>

namespace registry {
namespace {

template <class Record, class Field>
void account_fields(Record& account, Field field) {
  field("name", account.name);
  field("role", account.role);
  field("supporter_no", account.supporter_no);
  field("agency", account.agency);
  field("disabled", account.disabled);
}

std::map<std::string, std::vector<AreaScope>> stored_scopes(soci::session& sql) {
  std::map<std::string, std::vector<AreaScope>> scopes;
  std::string account;
  AreaScope scope;
  soci::statement rows =
      (sql.prepare
           << "SELECT account, level, code FROM account_scope ORDER BY account, level, code",
       soci::into(account), soci::into(scope.level), soci::into(scope.code));
  rows.execute();
  while (rows.fetch()) {
    scopes[account].push_back(scope);
  }
  return scopes;
}

}  // namespace

std::optional<Account> stored_account(soci::session& sql, const std::string& name) {
  Account account;
  soci::statement row = prepared(
      sql, "SELECT name, role, supporter_no, agency, disabled FROM account WHERE name = :account",
      [&](soci::statement& statement) {
        account_fields(account, receiver(statement));
        statement.exchange(soci::use(name, "account"));
      });
  if (!row.execute(true)) {
    return std::nullopt;
  }
  AreaScope scope;
  soci::statement rows =
      (sql.prepare << R"sql(
      SELECT level, code FROM account_scope WHERE account = :account ORDER BY level, code
    )sql",
       soci::into(scope.level), soci::into(scope.code), soci::use(name, "account"));
  rows.execute();
  while (rows.fetch()) {
    account.scopes.push_back(scope);
  }
  return account;
}

std::vector<Account> stored_accounts(soci::session& sql) {
  const auto scopes = stored_scopes(sql);
  std::vector<Account> accounts;
  Account account;
  soci::statement rows =
      prepared(sql, "SELECT name, role, supporter_no, agency, disabled FROM account ORDER BY name",
               [&](soci::statement& statement) { account_fields(account, receiver(statement)); });
  rows.execute();
  while (rows.fetch()) {
    const auto its = scopes.find(account.name);
    account.scopes = its == scopes.end() ? std::vector<AreaScope>{} : its->second;
    accounts.push_back(account);
  }
  return accounts;
}

void insert_account(soci::session& sql, const Account& account, Instant at) {
  soci::statement insert = prepared(sql, R"sql(
      INSERT INTO account (name, role, supporter_no, agency, disabled, created_at)
      VALUES (:name, :role, :supporter_no, :agency, :disabled, :created_at)
    )sql",
                                    [&](soci::statement& statement) {
                                      const auto bind = binder(statement);
                                      account_fields(account, bind);
                                      bind("created_at", at);
                                    });
  insert.execute(true);
}

}  // namespace registry
