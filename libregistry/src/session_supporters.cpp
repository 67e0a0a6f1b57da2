// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "database.hpp"
#include "import_counts.hpp"
#include "person_record.hpp"
#include "registry/text_normalizer.hpp"
#include "supporter_record.hpp"

namespace registry {
namespace {

struct StoredSupporter {
  SupporterId id;
  std::string hash;
};

struct StoredLink {
  std::string relation;
  std::string role;
  friend bool operator==(const StoredLink&, const StoredLink&) = default;
};

using LinkKey = std::pair<SupporterId, PersonId>;

constexpr const char* kUpsertSupporter = R"sql(
  INSERT INTO supporter (
    id, supporter_no, name, name_kana, organisation, address, phone, mail, weekday_day,
    weekday_night, holiday, max_persons, has_vehicle, lat, lon, name_key, content_hash, changed_by,
    changed_at)
  VALUES (
    :id, :supporter_no, :name, :name_kana, :organisation, :address, :phone, :mail, :weekday_day,
    :weekday_night, :holiday, :max_persons, :has_vehicle, :lat, :lon, :name_key, :content_hash,
    :changed_by, :changed_at)
  ON CONFLICT (supporter_no) DO UPDATE SET
    name = excluded.name, name_kana = excluded.name_kana, organisation = excluded.organisation,
    address = excluded.address, phone = excluded.phone, mail = excluded.mail,
    weekday_day = excluded.weekday_day, weekday_night = excluded.weekday_night,
    holiday = excluded.holiday, max_persons = excluded.max_persons,
    has_vehicle = excluded.has_vehicle, lat = excluded.lat, lon = excluded.lon,
    name_key = excluded.name_key, content_hash = excluded.content_hash,
    rev = supporter.rev + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at
)sql";

constexpr const char* kUpsertLink = R"sql(
  INSERT INTO supporter_link (supporter, person, relation, role)
  VALUES (:supporter, :person, :relation, :role)
  ON CONFLICT (person, supporter) DO UPDATE SET relation = excluded.relation, role = excluded.role
)sql";

class SupporterWriter : Pinned {
 public:
  SupporterWriter(Database& database, const Actor& actor)
      : database_(database),
        at_(database.now()),
        account_(actor.name),
        upsert_(prepared(database.sql(), kUpsertSupporter,
                         [this](soci::statement& statement) {
                           const auto bind = binder(statement);
                           supporter_fields(std::as_const(record_), bind);
                           bind("name_key", name_key_);
                           bind("content_hash", content_hash_);
                           bind("changed_by", account_);
                           bind("changed_at", at_);
                         })),
        upsert_link_(prepared(database.sql(), kUpsertLink, [this](soci::statement& statement) {
          const auto bind = binder(statement);
          bind("supporter", supporter_);
          bind("person", person_);
          bind("relation", link_.relation);
          bind("role", link_.role);
        })) {
    load_supporters();
    load_links();
  }

  /// Whether an earlier row of the file says something else about the same supporter.
  [[nodiscard]] bool contradicts(const Supporter& supporter) const {
    const auto seen = seen_.find(supporter.supporter_no);
    return seen != seen_.end() && seen->second != hash_of(supporter);
  }

  Change write(const Supporter& supporter) {
    content_hash_ = hash_of(supporter);
    seen_.emplace(supporter.supporter_no, content_hash_);
    StoredSupporter& stored = supporters_[supporter.supporter_no];
    if (stored.hash == content_hash_) {
      return Change::Unchanged;
    }
    const Change change = stored.id.empty() ? Change::Added : Change::Changed;
    if (change == Change::Added) {
      stored.id.value = database_.new_id(at_);
    }
    stored.hash = content_hash_;
    record_ = to_record(supporter);
    record_.supporter.id = stored.id;
    name_key_ = search_key(supporter.name);
    upsert_.execute(true);
    return change;
  }

  Change write_link(const SupporterRow& row, const PersonId& person) {
    supporter_ = supporters_.at(row.supporter.supporter_no).id;
    person_ = person;
    link_ = {.relation = row.relation, .role = row.role};
    const auto [stored, is_new] = links_.try_emplace({supporter_, person_}, link_);
    if (!is_new && stored->second == link_) {
      return Change::Unchanged;
    }
    stored->second = link_;
    upsert_link_.execute(true);
    return is_new ? Change::Added : Change::Changed;
  }

 private:
  static std::string hash_of(const Supporter& supporter) {
    return content_hash(to_record(supporter));
  }

  void load_supporters() {
    std::string number;
    StoredSupporter stored;
    soci::statement rows =
        (database_.sql().prepare << "SELECT supporter_no, id, content_hash FROM supporter",
         soci::into(number), soci::into(stored.id), soci::into(stored.hash));
    rows.execute();
    while (rows.fetch()) {
      supporters_.emplace(number, stored);
    }
  }

  void load_links() {
    LinkKey key;
    StoredLink link;
    soci::statement rows =
        (database_.sql().prepare << "SELECT supporter, person, relation, role FROM supporter_link",
         soci::into(key.first), soci::into(key.second), soci::into(link.relation),
         soci::into(link.role));
    rows.execute();
    while (rows.fetch()) {
      links_.emplace(key, link);
    }
  }

  Database& database_;
  Instant at_;
  std::string account_;
  SupporterRecord record_;
  std::string name_key_;
  std::string content_hash_;
  SupporterId supporter_;
  PersonId person_;
  StoredLink link_;
  soci::statement upsert_;
  soci::statement upsert_link_;
  std::unordered_map<std::string, StoredSupporter> supporters_;  ///< by 支援者番号
  std::map<LinkKey, StoredLink> links_;
  std::unordered_map<std::string, std::string> seen_;  ///< 支援者番号 → hash, of this file
};

/// Name and address, by which a person and a supporter are known to be the same.
std::string self_key(const std::string& name, const std::string& address) {
  std::string key = search_key(name) + "\n" + address_key(address);
  while (key.ends_with('-')) {  // whether the last number may go on does not matter here
    key.pop_back();
  }
  return key;
}

std::map<PersonId, std::string> self_keys(soci::session& sql) {
  PersonId id;
  std::string name;
  std::string address;
  std::string number;
  std::map<PersonId, std::string> keys;
  soci::statement rows =
      (sql.prepare << "SELECT id, name, address, address_number FROM person", soci::into(id),
       soci::into(name), soci::into(address), soci::into(number));
  rows.execute();
  while (rows.fetch()) {
    keys.emplace(id, self_key(name, address + number));
  }
  return keys;
}

/// A row speaks of a supporter and of a link; the greater change counts.
Change greater(Change a, Change b) {
  return a < b ? a : b;
}

}  // namespace

std::vector<Supporter> Session::supporters() {
  return store_->audited(actor_, Action::ListSupporters, [&](AuditNote& note) {
    SupporterRecord record;
    soci::statement rows = prepared(
        store_->sql(),
        R"sql(
      SELECT id, supporter_no, name, name_kana, organisation, address, phone, mail, weekday_day,
             weekday_night, holiday, max_persons, has_vehicle, lat, lon
      FROM supporter ORDER BY id
    )sql",
        [&](soci::statement& statement) { supporter_fields(record, receiver(statement)); });
    std::vector<Supporter> all;
    rows.execute();
    while (rows.fetch()) {
      all.push_back(to_supporter(record));
    }
    note.detail = "supporters=" + std::to_string(all.size());
    return all;
  });
}

ImportReport Session::import_supporters(const ParsedRows<SupporterRow>& rows) {
  return store_->audited(actor_, Action::ImportSupporters, [&](AuditNote& note) {
    ImportReport report = continued(rows.report);
    const auto ids = person_ids(store_->sql());
    const auto selves = self_keys(store_->sql());
    SupporterWriter writer(*store_, actor_);
    for (const SupporterRow& row : rows.rows) {
      const auto person = ids.find(row.person_resident_no);
      if (!row.person_resident_no.empty() && person == ids.end()) {
        report.rejected.push_back(unknown_person(row.line, "対象宛名番号"));
        continue;
      }
      if (person != ids.end() &&
          selves.at(person->second) == self_key(row.supporter.name, row.supporter.address)) {
        report.rejected.push_back(
            {.line = row.line,
             .column = "対象宛名番号",
             .code = "SUPPORTER_IS_SUBJECT",
             .message = "支援者が支援を受ける本人です。別の人を支援者にしてください。"});
        continue;
      }
      if (writer.contradicts(row.supporter)) {
        report.rejected.push_back(
            {.line = row.line,
             .column = "支援者番号",
             .code = "SUPPORTER_DIFFERS",
             .message = "同じ支援者番号の前の行と内容が違います。番号か内容を直してください。"});
        continue;
      }
      Change change = writer.write(row.supporter);
      if (person != ids.end()) {
        change = greater(change, writer.write_link(row, person->second));
      }
      count(report, change);
    }
    note.detail = counts(report);
    return report;
  });
}

}  // namespace registry
