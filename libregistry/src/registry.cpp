// SPDX-License-Identifier: Apache-2.0
#include "registry/registry.hpp"

#include "database.hpp"
#include "digest.hpp"
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

Session Registry::session(Actor actor) {
  if (actor.name.empty() || actor.purpose.empty()) {
    throw InputError("台帳を使うには、利用者と利用目的が必要です。両方を指定してください。");
  }
  return {*store_, std::move(actor)};
}

Session::Session(Registry::Store& store, Actor actor) : store_(&store), actor_(std::move(actor)) {}

std::vector<AuditEntry> Session::audit_log() {
  return store_->read([&] {
    std::vector<AuditEntry> entries;
    AuditEntry entry;
    long long number = 0;
    long long at = 0;
    std::string hash;
    soci::statement rows =
        (store_->sql().prepare
             << "SELECT number, at, actor, purpose, action, subject, detail, hash FROM audit_log "
                "ORDER BY number",
         soci::into(number), soci::into(at), soci::into(entry.actor), soci::into(entry.purpose),
         soci::into(entry.action), soci::into(entry.subject), soci::into(entry.detail),
         soci::into(hash));
    rows.execute();
    while (rows.fetch()) {
      entry.number = number;
      entry.at.milliseconds = at;
      entry.hash = hash_from_hex(hash);
      entries.push_back(entry);
    }
    return entries;
  });
}

void Session::record_output(std::string_view what, const std::vector<PersonId>& subjects) {
  // One row per person: "who received this person's data" must be answered from the log alone.
  store_->write([&] {
    AuditNote note{.action = Action::Output, .subject = {}, .detail = std::string(what)};
    if (subjects.empty()) {
      store_->append_audit(actor_, note);
    }
    for (const PersonId& subject : subjects) {
      note.subject = subject.value;
      store_->append_audit(actor_, note);
    }
  });
}

}  // namespace registry
