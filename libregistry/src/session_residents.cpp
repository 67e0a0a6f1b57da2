// SPDX-License-Identifier: Apache-2.0
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "database.hpp"
#include "import_counts.hpp"
#include "people_index.hpp"
#include "person_record.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

constexpr const char* kInsert = R"sql(
  INSERT INTO person (
    id, resident_no, household_no, name, name_kana, name_alias, birth_date, birth_text, sex,
    relation_to_head, postcode, town_code, address, address_number, building, actual_residence,
    phone, emergency_contacts, residency, living_place, stated_living_place, expect_return,
    protective_measure, protective_until, mobility, lat, lon, household_size,
    name_key, kana_key, address_key, content_hash)
  VALUES (
    :id, :resident_no, :household_no, :name, :name_kana, :name_alias, :birth_date, :birth_text,
    :sex, :relation_to_head, :postcode, :town_code, :address, :address_number, :building,
    :actual_residence, :phone, :emergency_contacts, :residency, :living_place, :living_place,
    :expect_return, :protective_measure, :protective_until, :mobility, :lat, :lon,
    :household_size, :name_key, :kana_key, :address_key, :content_hash)
)sql";

// Other files speak of the person too. What they said about the living place stands until the
// resident file says something new; mobility until it says anything; and a place without
// coordinates keeps its confirmed position as long as the address is the same.
constexpr const char* kUpdate = R"sql(
  UPDATE person SET
    household_no = :household_no, name = :name, name_kana = :name_kana, name_alias = :name_alias,
    birth_date = :birth_date, birth_text = :birth_text, sex = :sex,
    relation_to_head = :relation_to_head, postcode = :postcode, town_code = :town_code,
    address = :address, address_number = :address_number, building = :building,
    actual_residence = :actual_residence, phone = :phone,
    emergency_contacts = :emergency_contacts, residency = :residency,
    living_place = CASE WHEN stated_living_place = :living_place THEN living_place
                        ELSE :living_place END,
    stated_living_place = :living_place,
    expect_return = :expect_return,
    protective_measure = :protective_measure, protective_until = :protective_until,
    mobility = CASE WHEN :mobility = 'unknown' THEN mobility ELSE :mobility END,
    lat = CASE WHEN :lat IS NOT NULL THEN :lat
               WHEN address = :address AND address_number = :address_number
                 AND building = :building AND actual_residence = :actual_residence THEN lat END,
    lon = CASE WHEN :lon IS NOT NULL THEN :lon
               WHEN address = :address AND address_number = :address_number
                 AND building = :building AND actual_residence = :actual_residence THEN lon END,
    household_size = :household_size, name_key = :name_key, kana_key = :kana_key,
    address_key = :address_key, content_hash = :content_hash
  WHERE resident_no = :resident_no
)sql";

/// Writes residents with two statements that are prepared once.
class ResidentWriter : Pinned {
 public:
  explicit ResidentWriter(Database& database)
      : database_(database),
        at_(database.now()),
        insert_(prepared(database.sql(), kInsert,
                         [this](soci::statement& statement) {
                           statement.exchange(soci::use(std::as_const(id_), "id"));
                           exchange(statement);
                         })),
        update_(prepared(database.sql(), kUpdate,
                         [this](soci::statement& statement) { exchange(statement); })) {
    load_hashes();
  }

  Change write(const Person& person) {
    record_ = to_record(person);
    content_hash_ = content_hash(record_);
    const auto stored = hashes_.find(person.resident_no);
    if (stored != hashes_.end() && stored->second == content_hash_) {
      return Change::Unchanged;
    }
    written_.push_back(person.resident_no);
    name_key_ = search_key(person.name);
    kana_key_ = search_key(person.name_kana);
    address_key_ = search_key(person.full_address());
    if (stored == hashes_.end()) {
      id_ = database_.new_id(at_);
      insert_.execute(true);
      return Change::Added;
    }
    update_.execute(true);
    return Change::Changed;
  }

  /// 宛名番号 of everybody added or changed.
  [[nodiscard]] const std::vector<std::string>& written() const { return written_; }

 private:
  void exchange(soci::statement& statement) {
    const auto bind = binder(statement);
    person_fields(std::as_const(record_), bind);
    bind("name_key", name_key_);
    bind("kana_key", kana_key_);
    bind("address_key", address_key_);
    bind("content_hash", content_hash_);
  }

  void load_hashes() {
    std::string number;
    std::string hash;
    soci::statement rows =
        (database_.sql().prepare << "SELECT resident_no, content_hash FROM person",
         soci::into(number), soci::into(hash));
    rows.execute();
    while (rows.fetch()) {
      hashes_.emplace(number, hash);
    }
  }

  Database& database_;
  Instant at_;
  std::string id_;
  PersonRecord record_;
  std::string name_key_;
  std::string kana_key_;
  std::string address_key_;
  std::string content_hash_;
  std::vector<std::string> written_;
  soci::statement insert_;
  soci::statement update_;
  std::unordered_map<std::string, std::string> hashes_;  ///< by 宛名番号, before this import
};

}  // namespace

ImportReport Session::import_residents(const ParsedRows<ResidentRow>& rows) {
  return store_->audited(actor_, Action::ImportResidents, [&](AuditNote& note) {
    ImportReport report = continued(rows.report);
    ResidentWriter writer(*store_);
    std::unordered_set<std::string> seen;
    for (const ResidentRow& row : rows.rows) {
      if (!seen.insert(row.person.resident_no).second) {
        // Two people under one number must never become one.
        report.rejected.push_back(
            {.line = row.line,
             .column = "宛名番号",
             .code = "DUPLICATE_NUMBER",
             .message = "同じ宛名番号の行が前にあります。どちらが正しいかを確かめてください。"});
        continue;
      }
      count(report, writer.write(row.person));
    }
    refresh_people(*store_, writer.written());
    note.detail = counts(report);
    return report;
  });
}

}  // namespace registry
