// SPDX-License-Identifier: Apache-2.0
#include "registry/registry.hpp"

#include "account_store.hpp"
#include "audit_rows.hpp"
#include "database.hpp"
#include "person_gate.hpp"
#include "registry/error.hpp"

namespace registry {

Registry::Registry(std::unique_ptr<Store> store) : store_(std::move(store)) {}
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(Registry&&) noexcept = default;
Registry::~Registry() = default;

Registry Registry::create(const StoreLocation& location, const StoreKey& key,
                          Surroundings surroundings) {
  return Registry(
      std::make_unique<Store>(location, key, std::move(surroundings), Database::Mode::Create));
}

Registry Registry::open(const StoreLocation& location, const StoreKey& key,
                        Surroundings surroundings) {
  return Registry(
      std::make_unique<Store>(location, key, std::move(surroundings), Database::Mode::Open));
}

void Registry::appoint_first_admin(const std::string& name) {
  if (name.empty()) {
    throw InputError("利用者の名前が空です。");
  }
  const Actor actor{.name = name, .purpose = "台帳の開設"};
  store_->write([&] {
    if (!stored_accounts(store_->sql()).empty()) {
      throw InputError("利用者は既に登録されています。管理者に tomoni user add を頼んでください。");
    }
    Account account;
    account.name = name;
    account.role = Role::Admin;
    insert_account(store_->sql(), account, store_->now());
    store_->append_audit(
        actor, {.action = Action::AppointAdmin, .subject = {}, .detail = "account=" + name});
  });
}

void Registry::sign_audit_with(const AuditKey& key) {
  store_->sign_with(AuditSigner(key));
}

Session Registry::session(Actor actor) {
  if (actor.name.empty() || actor.purpose.empty()) {
    throw InputError("台帳を使うには、利用者と利用目的が必要です。両方を指定してください。");
  }
  const auto account = store_->read([&] { return stored_account(store_->sql(), actor.name); });
  if (!account || account->disabled) {
    const AccessRefusal why =
        account ? AccessRefusal::DisabledAccount : AccessRefusal::UnknownAccount;
    store_->record_refusal(actor, Action::OpenSession, AccessRefused(why));
    throw AccessRefused(why);
  }
  actor.account = *account;
  return {*store_, std::move(actor)};
}

Session::Session(Registry::Store& store, Actor actor) : store_(&store), actor_(std::move(actor)) {}

std::vector<AuditEntry> Session::audit_log() {
  const auto entries = [&] {
    store_->require_permission(actor_, Action::ReadAudit);
    std::vector<AuditEntry> all;
    AuditRow row;
    soci::statement rows = prepared(
        store_->sql(), std::string("SELECT ") + kAuditColumns + " FROM audit_log l ORDER BY number",
        [&](soci::statement& statement) { row.receive(statement); });
    rows.execute();
    while (rows.fetch()) {
      all.push_back(row.read());
    }
    return all;
  };
  try {
    return store_->read(entries);
  } catch (const AccessRefused& refusal) {
    store_->record_refusal(actor_, Action::ReadAudit, refusal);
    throw;
  }
}

void Session::record_output(std::string_view what, const std::vector<PersonId>& subjects) {
  record_output(what, subjects, Action::Output);
}

void Session::record_output(std::string_view what, const std::vector<PersonId>& subjects,
                            Action action) {
  store_->audited(actor_, action, [&](AuditNote& note) {
    PersonGate gate(*store_, actor_, action);
    for (const PersonId& subject : subjects) {
      gate.require(subject);
    }
    note.detail = std::string(what);
    note.people = subjects;
    return true;
  });
}

}  // namespace registry
