// SPDX-License-Identifier: Apache-2.0
#include "account_store.hpp"
#include "database.hpp"
#include "registry/error.hpp"
#include "registry/staff.hpp"

namespace registry {
namespace {

bool exists(soci::session& sql, const AreaScope& scope) {
  int count = 0;
  sql << "SELECT COUNT(*) FROM area WHERE level = :level AND code = :code", soci::into(count),
      soci::use(scope.level, "level"), soci::use(scope.code, "code");
  return count > 0;
}

void check_scopes(soci::session& sql, const std::vector<AreaScope>& scopes) {
  for (const AreaScope& scope : scopes) {
    if (!exists(sql, scope)) {
      throw InputError("区域がありません: " + std::string(to_text(scope.level)) + " " + scope.code +
                       "。先に区域を取り込むか、コードを確かめてください。");
    }
  }
}

void check(soci::session& sql, const Account& account) {
  if (account.name.empty()) {
    throw InputError("利用者の名前が空です。");
  }
  if ((account.role == Role::Supporter) != !account.supporter_no.empty()) {
    throw InputError("支援者番号は、役割 supporter の利用者に必ず、その利用者だけに指定します。");
  }
  if ((account.role == Role::Agency) != !account.agency.empty()) {
    throw InputError("関係機関の名は、役割 agency の利用者に必ず、その利用者だけに指定します。");
  }
  if (!account.supporter_no.empty()) {
    int count = 0;
    sql << "SELECT COUNT(*) FROM supporter WHERE supporter_no = :number", soci::into(count),
        soci::use(account.supporter_no, "number");
    if (count == 0) {
      throw InputError("その支援者番号は台帳にありません。先に支援者を取り込んでください。");
    }
  }
  check_scopes(sql, account.scopes);
}

Account required(soci::session& sql, const std::string& name) {
  auto account = stored_account(sql, name);
  if (!account) {
    throw InputError("その名前の利用者はいません。tomoni user list で確かめてください。");
  }
  return *account;
}

void write_scopes(soci::session& sql, const std::string& name,
                  const std::vector<AreaScope>& scopes) {
  sql << "DELETE FROM account_scope WHERE account = :account", soci::use(name, "account");
  for (const AreaScope& scope : scopes) {
    sql << R"sql(
      INSERT INTO account_scope (account, level, code) VALUES (:account, :level, :code)
      ON CONFLICT (account, level, code) DO NOTHING
    )sql",
        soci::use(name, "account"), soci::use(scope.level, "level"), soci::use(scope.code, "code");
  }
}

/// Taking the last admin away would leave nobody who can give roles.
void keep_an_admin(soci::session& sql, const Account& before) {
  if (before.role != Role::Admin || before.disabled) {
    return;
  }
  int others = 0;
  sql << "SELECT COUNT(*) FROM account WHERE role = 'admin' AND disabled = 0 AND name <> :name",
      soci::into(others), soci::use(before.name, "name");
  if (others == 0) {
    throw InputError("管理者が一人もいなくなります。先に別の管理者を決めてください。");
  }
}

}  // namespace

StaffDesk::StaffDesk(Session& session) : session_(&session) {}

void StaffDesk::add(const Account& account) {
  Database& store = SessionInside::store(*session_);
  store.audited(SessionInside::actor(*session_), Action::ManageAccounts, [&](AuditNote& note) {
    check(store.sql(), account);
    if (stored_account(store.sql(), account.name)) {
      throw InputError("その名前の利用者は既にいます。");
    }
    insert_account(store.sql(), account, store.now());
    write_scopes(store.sql(), account.name, account.scopes);
    note.detail = "add account=" + account.name + " role=" + std::string(to_code(account.role)) +
                  " scopes=" + std::to_string(account.scopes.size());
    return true;
  });
}

void StaffDesk::set_role(const Account& account) {
  Database& store = SessionInside::store(*session_);
  store.audited(SessionInside::actor(*session_), Action::ManageAccounts, [&](AuditNote& note) {
    const Account before = required(store.sql(), account.name);
    check(store.sql(), account);
    if (account.role != Role::Admin) {
      keep_an_admin(store.sql(), before);
    }
    store.sql() << R"sql(
      UPDATE account SET role = :role, supporter_no = :supporter_no, agency = :agency
      WHERE name = :name
    )sql",
        soci::use(account.role, "role"), soci::use(account.supporter_no, "supporter_no"),
        soci::use(account.agency, "agency"), soci::use(account.name, "name");
    note.detail = "role account=" + account.name + " from=" + std::string(to_code(before.role)) +
                  " to=" + std::string(to_code(account.role));
    return true;
  });
}

void StaffDesk::set_scopes(const std::string& name, const std::vector<AreaScope>& scopes) {
  Database& store = SessionInside::store(*session_);
  store.audited(SessionInside::actor(*session_), Action::ManageAccounts, [&](AuditNote& note) {
    (void)required(store.sql(), name);
    check_scopes(store.sql(), scopes);
    write_scopes(store.sql(), name, scopes);
    note.detail = "scope account=" + name;
    for (const AreaScope& scope : scopes) {
      note.detail += " " + std::string(to_code(scope.level)) + ":" + scope.code;
    }
    return true;
  });
}

void StaffDesk::set_disabled(const std::string& name, bool disabled) {
  Database& store = SessionInside::store(*session_);
  store.audited(SessionInside::actor(*session_), Action::ManageAccounts, [&](AuditNote& note) {
    const Account before = required(store.sql(), name);
    if (disabled) {
      keep_an_admin(store.sql(), before);
    }
    store.sql() << "UPDATE account SET disabled = :disabled WHERE name = :name",
        soci::use(disabled, "disabled"), soci::use(name, "name");
    note.detail = (disabled ? "disable account=" : "enable account=") + name;
    return true;
  });
}

std::vector<Account> StaffDesk::accounts() {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ListAccounts, [&](AuditNote& note) {
    auto accounts = stored_accounts(store.sql());
    note.detail = "accounts=" + std::to_string(accounts.size());
    return accounts;
  });
}

}  // namespace registry
