// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "audit_seal.hpp"
#include "backend.hpp"
#include "pinned.hpp"
#include "registry/access.hpp"
#include "registry/registry.hpp"

namespace registry {

/// What one audit row says beside who and why.
struct AuditNote {
  Action action;
  std::string subject;             ///< id of one person
  std::string detail;              ///< counts and kinds only
  std::vector<PersonId> people{};  ///< more than one person: takes the place of `subject`
};

/// The store: transactions, audit rows, new ids, over an encrypted file or PostgreSQL. One
/// connection, one thread. All errors leave it as `Error`.
class Database : Pinned {
 public:
  using Mode = OpenMode;
  /// `up_to`: the version the tables are brought to; older ones than the newest are for tests.
  struct Opening {
    // NOLINTNEXTLINE(google-explicit-constructor): a mode says it all but for tests
    Opening(Mode how);
    Opening(Mode how, int version) : mode(how), up_to(version) {}
    Mode mode;
    int up_to;
  };
  Database(const StoreLocation& location, const StoreKey& key, Surroundings surroundings,
           Opening opening);

  [[nodiscard]] soci::session& sql() { return backend_->sql(); }
  [[nodiscard]] Backend& backend() { return *backend_; }
  [[nodiscard]] Instant now() const { return surroundings_.clock(); }
  [[nodiscard]] std::string new_id(Instant at) const;
  [[nodiscard]] const RandomSource& random() const { return surroundings_.random; }

  /// Runs `work` outside a transaction: reading what is not about people.
  template <class Work>
  auto read(Work work) {
    return translated([&] {
      backend_->make_ready();
      return work();
    });
  }

  /// Runs `work` as one transaction: everything is kept, or, when it throws, nothing.
  template <class Work>
  auto write(Work work);

  /// The same with an audit row in it; `work` receives the row to complete. The one door to people:
  /// what the account's role does not permit is refused before the work begins, and every refusal,
  /// also one thrown by the work, stands in the log.
  template <class Work>
  auto audited(const Actor& actor, Action action, Work work);

  /// Throws `AccessRefused` unless the account may do this at all.
  void require_permission(const Actor& actor, Action action);

  /// Runs `jobs` as one transaction in which every `write` and `audited` is a part of its own: it
  /// is kept with the whole, or, when it throws, undone alone.
  void grouped(const std::function<void()>& jobs);

  /// Adds a row to the audit log, within the current transaction.
  void append_audit(const Actor& actor, const AuditNote& note);
  /// Adds the row of a refusal, in a transaction of its own.
  void record_refusal(const Actor& actor, Action action, const AccessRefused& refusal);

  /// From now on every thousandth row of the audit log is signed in the transaction that writes it.
  void sign_with(AuditSigner signer) { signer_ = std::move(signer); }
  [[nodiscard]] const std::optional<AuditSigner>& signer() const { return signer_; }

  /// Several statements without values, in SQLite's words (see dialect.hpp).
  void run_script(const char* script);

 private:
  /// Rolls back unless committed. Within `grouped` a savepoint of its transaction.
  class Transaction {
   public:
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction(Transaction&&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    void commit();

   private:
    Database& database_;
    bool part_;
    bool open_ = true;
  };

  template <class Work>
  auto translated(Work work);
  [[noreturn]] void fail(const soci::soci_error& error);
  void create_tables(int version);
  void keep_refusals();

  Surroundings surroundings_;
  std::optional<AuditSigner> signer_;
  bool in_group_ = false;
  /// Rows of refused calls within the group.
  std::vector<std::pair<Actor, AuditNote>> refusals_;
  bool group_lost_ = false;  ///< the database undid the whole transaction of the group by itself
  std::unique_ptr<Backend> backend_;
};

class Registry::Store : public Database {
 public:
  using Database::Database;
};

/// The inside of a session, for the desks (classes that do one part of a session's work).
struct SessionInside {
  static Database& store(Session& session) { return *session.store_; }
  static Database& store(Registry& registry) { return *registry.store_; }
  static const Actor& actor(const Session& session) { return session.actor_; }
};

template <class Work>
auto Database::translated(Work work) {
  try {
    return work();
  } catch (const soci::soci_error& error) {
    fail(error);
  }
}

template <class Work>
auto Database::write(Work work) {
  return translated([&] {
    Transaction transaction(*this);
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      transaction.commit();
    } else {
      auto result = work();
      transaction.commit();
      return result;
    }
  });
}

template <class Work>
auto Database::audited(const Actor& actor, Action action, Work work) {
  try {
    return write([&] {
      require_permission(actor, action);
      AuditNote note{.action = action, .subject = {}, .detail = {}};
      auto result = work(note);
      append_audit(actor, note);
      return result;
    });
  } catch (const AccessRefused& refusal) {
    record_refusal(actor, action, refusal);
    throw;
  }
}

}  // namespace registry
