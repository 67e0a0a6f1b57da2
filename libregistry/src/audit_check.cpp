// SPDX-License-Identifier: Apache-2.0
#include "audit_check.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "audit_rows.hpp"
#include "audit_seal.hpp"
#include "digest.hpp"
#include "pinned.hpp"

namespace registry {
namespace {

/// First 64 bits of a set's name: enough to tell whether it was checked, at 8 bytes per list.
std::uint64_t short_name(const std::string& name) {
  std::uint64_t number = 0;
  const char* begin = name.data() + kSetPrefix.size();
  std::from_chars(begin, begin + 16, number, 16);
  return number;
}

/// Sets whose members are still those their name was made of.
std::unordered_set<std::uint64_t> sound_sets(soci::session& sql) {
  std::unordered_set<std::uint64_t> sound;
  std::string name;
  PersonId person;
  std::string current;
  std::vector<PersonId> members;
  const auto close = [&] {
    if (!current.empty() && audit_set_name(members) == current) {
      sound.insert(short_name(current));
    }
    members.clear();
  };
  soci::statement rows = (sql.prepare << "SELECT name, person FROM audit_set ORDER BY name",
                          soci::into(name), soci::into(person));
  rows.execute();
  while (rows.fetch()) {
    if (name != current) {
      close();
      current = name;
    }
    members.push_back(person);
  }
  close();
  return sound;
}

/// Signed heads and the anchor, in the order of their numbers.
std::vector<AuditHead> stored_heads(soci::session& sql) {
  std::vector<AuditHead> heads;
  AuditHead head;
  long long number = 0;
  std::string hash;
  soci::statement rows =
      (sql.prepare << "SELECT number, at, hash, public_key, signature FROM audit_head "
                      "ORDER BY number",
       soci::into(number), soci::into(head.at), soci::into(hash), soci::into(head.public_key),
       soci::into(head.signature));
  rows.execute();
  while (rows.fetch()) {
    head.number = number;
    head.hash = hash_from_hex(hash);
    heads.push_back(head);
  }
  return heads;
}

class AuditCheck : Pinned {
 public:
  AuditCheck(soci::session& sql, const AuditWitness& witness)
      : witness_(witness), heads_(stored_heads(sql)), sets_(sound_sets(sql)) {}

  /// False at the first fault.
  bool row(const AuditEntry& entry) {
    const std::int64_t expected = found_.rows + 1;
    if (entry.number != expected) {
      return fault(entry.number > expected ? AuditFault::RowMissing : AuditFault::RowChanged,
                   std::min(entry.number, expected));
    }
    previous_ = chain_hash(previous_, entry);
    if (entry.hash != previous_) {
      return fault(AuditFault::RowChanged, entry.number);
    }
    if (entry.subject.starts_with(kSetPrefix) && !sets_.contains(short_name(entry.subject))) {
      return fault(AuditFault::SubjectsChanged, entry.number);
    }
    ++found_.rows;
    return heads_up_to(entry.number) && anchor_at(entry.number);
  }

  AuditVerification finish() {
    if (!found_.first_bad && next_ < heads_.size()) {
      fault(AuditFault::TailMissing, found_.rows + 1);
    }
    if (!found_.first_bad && witness_.anchor && witness_.anchor->number > found_.rows) {
      fault(AuditFault::TailMissing, found_.rows + 1);
    }
    return found_;
  }

 private:
  bool fault(AuditFault kind, std::int64_t number) {
    found_.fault = kind;
    found_.first_bad = number;
    return false;
  }

  bool heads_up_to(std::int64_t number) {
    while (next_ < heads_.size() && heads_[next_].number <= number) {
      const AuditHead& head = heads_[next_++];
      const bool trusted = witness_.trusted_key.empty() || head.public_key == witness_.trusted_key;
      if (!trusted || head.number != number || !seal_holds(head)) {
        return fault(AuditFault::HeadForged, head.number);
      }
      if (head.hash != previous_) {
        return fault(AuditFault::ChainRewritten, head.number);
      }
      ++found_.heads;
      found_.trusted_to = number;
    }
    return true;
  }

  bool anchor_at(std::int64_t number) {
    if (!witness_.anchor || witness_.anchor->number != number) {
      return true;
    }
    if (witness_.anchor->hash != previous_) {
      return fault(AuditFault::ChainRewritten, number);
    }
    found_.trusted_to = number;
    return true;
  }

  const AuditWitness& witness_;
  std::vector<AuditHead> heads_;
  std::size_t next_ = 0;
  std::unordered_set<std::uint64_t> sets_;
  AuditHash previous_{};
  AuditVerification found_;
};

}  // namespace

AuditVerification check_audit_log(soci::session& sql, const AuditWitness& witness) {
  AuditCheck check(sql, witness);
  AuditRow row;
  soci::statement rows =
      prepared(sql, std::string("SELECT ") + kAuditColumns + " FROM audit_log l ORDER BY l.number",
               [&](soci::statement& statement) { row.receive(statement); });
  rows.execute();
  while (rows.fetch() && check.row(row.read())) {
  }
  return check.finish();
}

}  // namespace registry
