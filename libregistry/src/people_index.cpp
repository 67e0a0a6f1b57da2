// SPDX-License-Identifier: Apache-2.0
#include "people_index.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "area_lookup.hpp"
#include "area_store.hpp"
#include "person_record.hpp"
#include "search_keys.hpp"

namespace registry {
namespace {

/// More people than this are found faster by reading everybody once.
constexpr std::size_t kFewPeople = 500;
/// Rows are written in the order of the index, this many people at a time.
constexpr std::size_t kBatch = 20'000;

std::string code_list(const std::vector<std::int64_t>& codes) {
  std::string text;
  for (const std::int64_t code : codes) {
    text += std::to_string(code) + " ";
  }
  return text;
}

std::vector<std::int64_t> codes_of(const std::string& text) {
  std::vector<std::int64_t> codes;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t used = 0;
    codes.push_back(std::stoll(text.substr(at), &used));
    at += used + 1;
  }
  return codes;
}

struct Derived {
  PersonId id;
  SearchKeys keys;
  std::optional<Position> position;
};

/// Replaces the keys of people, a batch at a time.
class KeyWriter : Pinned {
 public:
  explicit KeyWriter(soci::session& sql)
      : sql_(sql),
        upsert_(prepared(sql, R"sql(
            INSERT INTO person_key (person, name, kana, alias, address, building, phones, codes)
            VALUES (:person, :name, :kana, :alias, :address, :building, :phones, :codes)
            ON CONFLICT (person) DO UPDATE SET
              name = excluded.name, kana = excluded.kana, alias = excluded.alias,
              address = excluded.address, building = excluded.building, phones = excluded.phones,
              codes = excluded.codes
          )sql",
                         [this](soci::statement& statement) {
                           const auto bind = binder(statement);
                           bind("person", std::as_const(id_));
                           bind("name", std::as_const(keys_.name));
                           bind("kana", std::as_const(keys_.kana));
                           bind("alias", std::as_const(keys_.alias));
                           bind("address", std::as_const(keys_.address));
                           bind("building", std::as_const(keys_.building));
                           bind("phones", std::as_const(keys_.phones));
                           bind("codes", std::as_const(codes_));
                         })),
        insert_(prepared(sql, "INSERT INTO person_code (code, person) VALUES (:code, :person)",
                         [this](soci::statement& statement) { bind_code(statement); })),
        remove_(prepared(sql, "DELETE FROM person_code WHERE code = :code AND person = :person",
                         [this](soci::statement& statement) { bind_code(statement); })),
        stored_(prepared(sql, "SELECT codes FROM person_key WHERE person = :person",
                         [this](soci::statement& statement) {
                           statement.exchange(soci::into(old_codes_));
                           statement.exchange(soci::use(id_, "person"));
                         })) {}

  void write(const std::vector<Derived>& batch) {
    std::vector<std::pair<std::int64_t, PersonId>> added;
    for (const Derived& each : batch) {
      id_ = each.id;
      keys_ = each.keys;
      codes_ = code_list(keys_.codes);
      const bool known = stored_.execute(true);
      if (!known || old_codes_ != codes_) {
        std::vector<std::int64_t> before =
            known ? codes_of(old_codes_) : std::vector<std::int64_t>{};
        change(before, added);
      }
      upsert_.execute(true);
    }
    std::ranges::sort(added);
    for (const auto& [code, person] : added) {
      code_ = code;
      id_ = person;
      insert_.execute(true);
    }
  }

 private:
  void bind_code(soci::statement& statement) {
    statement.exchange(soci::use(code_, "code"));
    statement.exchange(soci::use(id_, "person"));
  }

  /// Takes out what is no longer a key; notes what is new.
  void change(const std::vector<std::int64_t>& before,
              std::vector<std::pair<std::int64_t, PersonId>>& added) {
    for (const std::int64_t code : before) {
      if (!std::ranges::binary_search(keys_.codes, code)) {
        code_ = code;
        remove_.execute(true);
      }
    }
    for (const std::int64_t code : keys_.codes) {
      if (!std::ranges::binary_search(before, code)) {
        added.emplace_back(code, id_);
      }
    }
  }

  soci::session& sql_;
  PersonId id_;
  SearchKeys keys_;
  std::string codes_;
  std::string old_codes_;
  long long code_ = 0;
  soci::statement upsert_;
  soci::statement insert_;
  soci::statement remove_;
  soci::statement stored_;
};

/// Replaces the areas of people; writes only differences.
class AreaWriter : Pinned {
 public:
  explicit AreaWriter(soci::session& sql)
      : lookup_(stored_area_list(sql)),
        upsert_(prepared(sql, R"sql(
            INSERT INTO person_area (person, level, code) VALUES (:person, :level, :code)
            ON CONFLICT (person, level) DO UPDATE SET code = excluded.code
          )sql",
                         [this](soci::statement& statement) {
                           bind_place(statement);
                           statement.exchange(soci::use(code_, "code"));
                         })),
        remove_(prepared(sql, "DELETE FROM person_area WHERE person = :person AND level = :level",
                         [this](soci::statement& statement) { bind_place(statement); })),
        stored_(prepared(sql, "SELECT level, code FROM person_area WHERE person = :person",
                         [this](soci::statement& statement) {
                           statement.exchange(soci::into(stored_level_));
                           statement.exchange(soci::into(stored_code_));
                           statement.exchange(soci::use(id_, "person"));
                         })) {}

  /// False when the person has a position outside every area.
  bool write(const PersonId& id, std::optional<Position> position) {
    id_ = id;
    std::map<AreaLevel, std::string> before;
    stored_.execute();
    while (stored_.fetch()) {
      before.emplace(stored_level_, stored_code_);
    }
    bool inside = false;
    if (position) {
      for (const Area* area : lookup_.at(*position)) {
        inside = true;
        const auto known = before.find(area->level);
        const bool same = known != before.end() && known->second == area->code;
        if (known != before.end()) {
          before.erase(known);
        }
        if (!same) {
          level_ = area->level;
          code_ = area->code;
          upsert_.execute(true);
        }
      }
    }
    for (const auto& [level, code] : before) {
      level_ = level;
      remove_.execute(true);
    }
    return inside || !position;
  }

  [[nodiscard]] bool nothing_to_do() const { return lookup_.empty(); }

 private:
  void bind_place(soci::statement& statement) {
    statement.exchange(soci::use(id_, "person"));
    statement.exchange(soci::use(level_, "level"));
  }

  AreaLookup lookup_;
  PersonId id_;
  AreaLevel level_ = AreaLevel::Town;
  std::string code_;
  AreaLevel stored_level_ = AreaLevel::Town;
  std::string stored_code_;
  soci::statement upsert_;
  soci::statement remove_;
  soci::statement stored_;
};

/// Reads people and hands them to `take`: those of one column's value, or (empty) everybody.
template <class Take>
void each_person(soci::session& sql, const std::string& where, const std::string& value,
                 Take take) {
  PersonRecord record;
  soci::statement rows =
      prepared(sql, std::string("SELECT ") + kPersonColumns + " FROM person p " + where,
               [&](soci::statement& statement) {
                 const auto receive = receiver(statement);
                 receive("id", record.person.id);
                 person_columns(record, receive);
                 if (!where.empty()) {
                   statement.exchange(soci::use(value, "value"));
                 }
               });
  rows.execute();
  while (rows.fetch()) {
    take(to_person(record));
  }
}

/// Takes people, writes keys and areas of a batch when it is full.
class Refresh : Pinned {
 public:
  explicit Refresh(Database& store) : keys_(store.sql()), areas_(store.sql()) {}

  void add(const Person& person) {
    batch_.push_back({person.id, search_keys(person), person.position});
    if (batch_.size() >= kBatch) {
      flush();
    }
  }

  void flush() {
    keys_.write(batch_);
    for (const Derived& each : batch_) {
      areas_.write(each.id, each.position);
    }
    batch_.clear();
  }

 private:
  std::vector<Derived> batch_;
  KeyWriter keys_;
  AreaWriter areas_;
};

}  // namespace

void refresh_people(Database& store, const std::vector<std::string>& resident_numbers) {
  if (resident_numbers.empty()) {
    return;
  }
  Refresh refresh(store);
  if (resident_numbers.size() <= kFewPeople) {
    for (const std::string& number : resident_numbers) {
      each_person(store.sql(), "WHERE p.resident_no = :value", number,
                  [&](const Person& person) { refresh.add(person); });
    }
    refresh.flush();
    return;
  }
  const std::unordered_set<std::string_view> wanted(resident_numbers.begin(),
                                                    resident_numbers.end());
  // Collected first: writing while one's own query runs is not the same everywhere.
  std::vector<Person> people;
  people.reserve(kBatch);
  std::string after;
  do {
    people.clear();
    each_person(store.sql(), "WHERE p.id > :value ORDER BY p.id LIMIT 20000", after,
                [&](Person&& person) { people.push_back(std::move(person)); });
    for (const Person& person : people) {
      after = person.id.value;
      if (wanted.contains(person.resident_no)) {
        refresh.add(person);
      }
    }
    refresh.flush();
  } while (!people.empty());
}

void refresh_person(Database& store, const PersonId& person) {
  Refresh refresh(store);
  each_person(store.sql(), "WHERE p.id = :value", person.value,
              [&](const Person& each) { refresh.add(each); });
  refresh.flush();
}

void forget_person(Database& store, const PersonId& person) {
  std::string codes;
  store.sql() << "SELECT codes FROM person_key WHERE person = :person", soci::into(codes),
      soci::use(person, "person");
  if (store.sql().got_data()) {
    for (const long long code : codes_of(codes)) {
      store.sql() << "DELETE FROM person_code WHERE code = :code AND person = :person",
          soci::use(code, "code"), soci::use(person, "person");
    }
  }
  store.sql() << "DELETE FROM person_key WHERE person = :person", soci::use(person, "person");
  store.sql() << "DELETE FROM person_area WHERE person = :person", soci::use(person, "person");
}

std::size_t refresh_areas(Database& store) {
  std::vector<std::pair<PersonId, std::optional<Position>>> places;
  PersonId id;
  std::optional<double> lat;
  std::optional<double> lon;
  soci::statement rows = prepared(store.sql(), "SELECT id, lat, lon FROM person ORDER BY id",
                                  [&](soci::statement& statement) {
                                    const auto receive = receiver(statement);
                                    receive("id", id);
                                    receive("lat", lat);
                                    receive("lon", lon);
                                  });
  rows.execute();
  while (rows.fetch()) {
    const bool known = lat && lon;
    places.emplace_back(id, known ? std::optional(Position{*lat, *lon}) : std::nullopt);
  }
  AreaWriter writer(store.sql());
  std::size_t outside = 0;
  for (const auto& [person, position] : places) {
    outside += writer.write(person, position) ? 0U : 1U;
  }
  return outside;
}

}  // namespace registry
