// SPDX-License-Identifier: Apache-2.0
#include "import_targets.hpp"

#include "list_text.hpp"
#include "people_index.hpp"
#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"
#include "sql_error.hpp"

namespace registry {
namespace {

constexpr const char* kPutPerson = R"sql(
  INSERT INTO person (
    id, resident_no, household_no, name, name_kana, name_alias, birth_date, birth_text, sex,
    relation_to_head, postcode, town_code, address, address_number, building, actual_residence,
    phone, emergency_contacts, residency, living_place, stated_living_place, expect_return,
    protective_measure, protective_until, mobility, lat, lon,
    name_key, kana_key, address_key, content_hash)
  VALUES (
    :id, :resident_no, :household_no, :name, :name_kana, :name_alias, :birth_date, :birth_text,
    :sex, :relation_to_head, :postcode, :town_code, :address, :address_number, :building,
    :actual_residence, :phone, :emergency_contacts, :residency, :living_place,
    :stated_living_place, :expect_return, :protective_measure, :protective_until, :mobility, :lat,
    :lon, :name_key, :kana_key, :address_key, :content_hash)
  ON CONFLICT (id) DO UPDATE SET
    resident_no = excluded.resident_no, household_no = excluded.household_no,
    name = excluded.name, name_kana = excluded.name_kana, name_alias = excluded.name_alias,
    birth_date = excluded.birth_date, birth_text = excluded.birth_text, sex = excluded.sex,
    relation_to_head = excluded.relation_to_head, postcode = excluded.postcode,
    town_code = excluded.town_code, address = excluded.address,
    address_number = excluded.address_number, building = excluded.building,
    actual_residence = excluded.actual_residence, phone = excluded.phone,
    emergency_contacts = excluded.emergency_contacts, residency = excluded.residency,
    living_place = excluded.living_place, stated_living_place = excluded.stated_living_place,
    expect_return = excluded.expect_return, protective_measure = excluded.protective_measure,
    protective_until = excluded.protective_until, mobility = excluded.mobility,
    lat = excluded.lat, lon = excluded.lon, name_key = excluded.name_key, kana_key = excluded.kana_key,
    address_key = excluded.address_key, content_hash = excluded.content_hash
)sql";

class PersonTarget : public ImportTarget {
 public:
  explicit PersonTarget(Database& database)
      : database_(database),
        read_(prepared(database.sql(),
                       std::string("SELECT ") + kPersonColumns +
                           ", p.stated_living_place, p.content_hash FROM person p WHERE p.id = :id",
                       [this](soci::statement& statement) {
                         const auto receive = receiver(statement);
                         receive("id", read_id_);
                         person_columns(stored_.record, receive);
                         receive("stated_living_place", stored_.stated_living_place);
                         receive("content_hash", stored_.content_hash);
                         statement.exchange(soci::use(std::as_const(id_), "id"));
                       })),
        put_(prepared(database.sql(), kPutPerson,
                      [this](soci::statement& statement) {
                        const auto bind = binder(statement);
                        bind("id", std::as_const(id_));
                        person_fields(std::as_const(image_.record), bind);
                        bind("stated_living_place", image_.stated_living_place);
                        bind("name_key", name_key_);
                        bind("kana_key", kana_key_);
                        bind("address_key", address_key_);
                        bind("content_hash", image_.content_hash);
                      })),
        holder_((database.sql().prepare << "SELECT id FROM person WHERE resident_no = :number",
                 soci::into(holder_id_), soci::use(number_, "number"))),
        remove_((database.sql().prepare << "DELETE FROM person WHERE id = :id",
                 soci::use(id_, "id"))) {}

  std::string image(const PersonId& person) override {
    id_ = person.value;
    read_.execute();
    return read_.fetch() ? to_image(stored_) : std::string();
  }

  /// Somebody else may have got the 宛名番号 in the meantime.
  bool conflicts(const PersonId& person, const std::string& before,
                 const std::string& after) override {
    if (ImportTarget::conflicts(person, before, after)) {
      return true;
    }
    number_ = person_from_image(after).record.person.resident_no;
    holder_.execute();
    return holder_.fetch() && holder_id_ != person.value;
  }

  void put(const PersonId& person, const std::string& image) override {
    id_ = person.value;
    if (image.empty()) {
      remove();
      return;
    }
    image_ = person_from_image(image);
    const Person whole = to_person(image_.record);
    name_key_ = search_key(whole.name);
    kana_key_ = search_key(whole.name_kana);
    address_key_ = search_key(whole.full_address());
    put_.execute(true);
    written_.push_back(whole.resident_no);
  }

  void finish() override { refresh_people(database_, written_); }

 private:
  void remove() {
    forget_person(database_, {id_});
    try {
      remove_.execute(true);
    } catch (const soci::soci_error& error) {
      if (!is_broken_rule(error)) {
        throw;
      }
      throw InputError(
          "この取り込みで加わった人に、その後の記録（認定・手帳、名簿、計画など）があるため、"
          "取り消せません。何も変えていません。後の取り込みを先に取り消してください。");
    }
  }

  Database& database_;
  std::vector<std::string> written_;  ///< 宛名番号
  std::string id_;
  std::string read_id_;
  std::string number_;
  std::string holder_id_;
  PersonImage stored_;
  PersonImage image_;
  std::string name_key_;
  std::string kana_key_;
  std::string address_key_;
  soci::statement read_;
  soci::statement put_;
  soci::statement holder_;
  soci::statement remove_;
};

class WelfareTarget : public ImportTarget {
 public:
  WelfareTarget(Database& database, std::string source)
      : sql_(database.sql()),
        source_(std::move(source)),
        read_((sql_.prepare << "SELECT living_place, mobility FROM person WHERE id = :id",
               soci::into(state_.living_place), soci::into(state_.mobility), soci::use(id_, "id"))),
        clear_(
            (sql_.prepare << "DELETE FROM certificate WHERE person = :person AND source = :source",
             soci::use(id_, "person"), soci::use(source_, "source"))),
        insert_(prepared(sql_,
                         R"sql(
                           INSERT INTO certificate (person, source, ordinal, kind, scheme, grade,
                                                    parts, issued_on, valid_to, class)
                           VALUES (:person, :source, :ordinal, :kind, :scheme, :grade, :parts,
                                   :issued_on, :valid_to, :class)
                         )sql",
                         [this](soci::statement& statement) {
                           const auto bind = binder(statement);
                           bind("person", id_);
                           bind("source", source_);
                           bind("ordinal", ordinal_);
                           bind("kind", certificate_.kind);
                           bind("scheme", certificate_.scheme);
                           bind("grade", certificate_.grade);
                           bind("parts", parts_);
                           bind("issued_on", certificate_.issued_on);
                           bind("valid_to", certificate_.valid_to);
                           bind("class", certificate_.card_class);
                         })),
        restate_(prepared(sql_,
                          R"sql(
                            UPDATE person SET living_place = :living_place, mobility = :mobility
                            WHERE id = :id
                              AND (living_place <> :living_place OR mobility <> :mobility)
                          )sql",
                          [this](soci::statement& statement) {
                            const auto bind = binder(statement);
                            bind("id", id_);
                            bind("living_place", state_.living_place);
                            bind("mobility", state_.mobility);
                          })) {}

  std::string image(const PersonId& person) override {
    id_ = person.value;
    read_.execute();
    if (!read_.fetch()) {
      return {};
    }
    auto stored = stored_certificates(sql_, {.source = source_, .person = id_});
    state_.certificates = std::move(stored[person]);
    return to_image(state_);
  }

  void put(const PersonId& person, const std::string& image) override {
    id_ = person.value;
    state_ = welfare_from_image(image);
    clear_.execute(true);
    ordinal_ = 0;
    for (const Certificate& certificate : state_.certificates) {
      certificate_ = certificate;
      parts_ = to_json(certificate.parts);
      insert_.execute(true);
      ++ordinal_;
    }
    restate_.execute(true);
  }

 private:
  soci::session& sql_;
  std::string source_;
  std::string id_;
  int ordinal_ = 0;
  Certificate certificate_;
  std::string parts_;
  WelfareState state_;
  soci::statement read_;
  soci::statement clear_;
  soci::statement insert_;
  soci::statement restate_;
};

/// A stay with its row's number; 0 = not stored yet.
struct StoredStay {
  long long number = 0;
  Stay stay;
};

class VoluntaryTarget : public ImportTarget {
 public:
  explicit VoluntaryTarget(Database& database)
      : read_((database.sql().prepare << R"sql(
          SELECT number, joined_on, left_on, rule_set, clauses FROM register_entry
          WHERE person = :person AND kind = 'voluntary' ORDER BY number
        )sql",
               soci::into(row_.number), soci::into(row_.stay.joined_on),
               soci::into(row_.stay.left_on), soci::into(row_.stay.rule_set),
               soci::into(row_.stay.clauses), soci::use(id_, "person"))),
        join_(prepared(database.sql(), R"sql(
          INSERT INTO register_entry (kind, person, joined_on, left_on, rule_set, clauses)
          VALUES ('voluntary', :person, :joined_on, :left_on, :rule_set, :clauses)
        )sql",
                       [this](soci::statement& statement) {
                         binder(statement)("person", id_);
                         bind_stay(statement);
                       })),
        restate_(prepared(database.sql(), R"sql(
          UPDATE register_entry SET joined_on = :joined_on, left_on = :left_on,
                                    rule_set = :rule_set, clauses = :clauses
          WHERE number = :number
        )sql",
                          [this](soci::statement& statement) {
                            bind_stay(statement);
                            binder(statement)("number", row_.number);
                          })),
        remove_((database.sql().prepare << "DELETE FROM register_entry WHERE number = :number",
                 soci::use(row_.number, "number"))) {}

  std::string image(const PersonId& person) override {
    Stays stays;
    for (const StoredStay& stored : load(person)) {
      stays.push_back(stored.stay);
    }
    return to_image(stays);
  }

  /// Stays are only ever added at the end, so rows and image agree from the front.
  void put(const PersonId& person, const std::string& image) override {
    const std::vector<StoredStay> stored = load(person);
    const Stays wanted = stays_from_image(image);
    for (std::size_t i = stored.size(); i > wanted.size(); --i) {
      row_ = stored[i - 1];
      remove_.execute(true);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const bool is_new = i >= stored.size();
      row_ = {.number = is_new ? 0 : stored[i].number, .stay = wanted[i]};
      if (is_new) {
        join_.execute(true);
      } else if (stored[i].stay != wanted[i]) {
        restate_.execute(true);
      }
    }
  }

 private:
  void bind_stay(soci::statement& statement) const {
    const auto bind = binder(statement);
    bind("joined_on", row_.stay.joined_on);
    bind("left_on", row_.stay.left_on);
    bind("rule_set", row_.stay.rule_set);
    bind("clauses", row_.stay.clauses);
  }

  std::vector<StoredStay> load(const PersonId& person) {
    id_ = person.value;
    std::vector<StoredStay> stays;
    read_.execute();
    while (read_.fetch()) {
      stays.push_back(row_);
    }
    return stays;
  }

  std::string id_;
  StoredStay row_;
  soci::statement read_;
  soci::statement join_;
  soci::statement restate_;
  soci::statement remove_;
};

}  // namespace

bool ImportTarget::conflicts(const PersonId& person, const std::string& before,
                             const std::string& /*after*/) {
  return image(person) != before;
}

std::string certificate_source(ImportKind kind) {
  switch (kind) {
    case ImportKind::Care:
      return "care";
    case ImportKind::Disability:
      return "disability";
    case ImportKind::Intractable:
      return "intractable";
    case ImportKind::Residents:
    case ImportKind::Voluntary:
      break;
  }
  contract_violated("files of this kind hold certificates", __FILE__, __LINE__);
}

std::unique_ptr<ImportTarget> import_target(Database& database, ImportKind kind) {
  switch (kind) {
    case ImportKind::Residents:
      return std::make_unique<PersonTarget>(database);
    case ImportKind::Care:
    case ImportKind::Disability:
    case ImportKind::Intractable:
      return std::make_unique<WelfareTarget>(database, certificate_source(kind));
    case ImportKind::Voluntary:
      return std::make_unique<VoluntaryTarget>(database);
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

}  // namespace registry
