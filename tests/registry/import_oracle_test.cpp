// SPDX-License-Identifier: Apache-2.0
// Random pairs of files: the diff from A to B, applied, gives the store that importing B gives, and
// what a plain map says; taken back, it gives exactly A again. Every seed ends with an empty store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <regex>

#include "registry/import_desk.hpp"
#include "support/registry_fixture.hpp"
#include "support/store_dump.hpp"

namespace registry {
namespace {

using support::care;
using support::parsed;
using support::people_of;
using support::resident;

constexpr unsigned kSeeds = 500;

class ImportOracle : public support::RegistryTest {
 protected:
  ImportOracle() : registry_(create()), session_(session(registry_)), desk_(session_) {}

  /// The rows without ids, which differ between two imports of the same new person.
  std::vector<std::string> without_ids() {
    static const std::regex ulid("(id|person)=[0-9A-Z]{26}\\|");
    std::vector<std::string> lines;
    for (const std::string& line : support::rows_of(session_, "person")) {
      lines.push_back(std::regex_replace(line, ulid, ""));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  void approve_and_apply(const BatchId& batch) {
    desk_.approve(batch);
    desk_.apply(batch);
  }

  Registry registry_;
  Session session_;
  ImportDesk desk_;
};

using File = std::map<std::string, ResidentRow>;

ResidentRow random_row(const std::string& number, std::mt19937& random) {
  ResidentRow row = resident(number);
  Person& person = row.person;
  person.phone = std::to_string(random() % 3);
  person.address_number = std::to_string(random() % 3) + "番";
  person.residency = static_cast<Residency>(random() % 8 == 0 ? random() % 4 : 0);
  person.living_place = static_cast<LivingPlace>(random() % 3 == 0 ? random() % 4 : 0);
  person.protective_measure = static_cast<ProtectiveMeasure>(random() % 3);
  person.mobility = static_cast<Mobility>(random() % 3 == 0 ? random() % 9 : 0);
  if (random() % 3 == 0) {
    person.position.reset();
  }
  if (random() % 4 == 0) {
    person.birth_date.reset();
  }
  return row;
}

ParsedRows<ResidentRow> rows_of(const File& file) {
  std::vector<ResidentRow> rows;
  for (const auto& [number, row] : file) {
    rows.push_back(row);
  }
  return parsed(std::move(rows));
}

/// What of a person the rules of sticky fields decide.
struct Sticky {
  LivingPlace place = LivingPlace::Home;
  LivingPlace stated = LivingPlace::Home;
  Mobility mobility = Mobility::Unknown;
  std::optional<Position> position;
  std::string address_number;
};

/// The rules in the plainest form, one person and one row at a time.
void follow(std::map<std::string, Sticky>& model, const File& file) {
  for (const auto& [number, row] : file) {
    const Person& person = row.person;
    const auto known = model.find(number);
    if (known == model.end()) {
      model[number] = {person.living_place, person.living_place, person.mobility, person.position,
                       person.address_number};
      continue;
    }
    Sticky& now = known->second;
    if (person.living_place != now.stated) {
      now.place = person.living_place;
    }
    now.stated = person.living_place;
    if (person.mobility != Mobility::Unknown) {
      now.mobility = person.mobility;
    }
    if (person.position || person.address_number != now.address_number) {
      now.position = person.position;
    }
    now.address_number = person.address_number;
  }
}

TEST_F(ImportOracle, DiffOfTwoFilesIsTheSecondFileAndTakenBackTheFirst) {
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    File a;
    File b;
    for (int i = 0; i < 6; ++i) {
      const std::string number = std::to_string(random() % 9);
      a.emplace(number, random_row(number, random));
    }
    for (const auto& [number, row] : a) {
      if (random() % 4 != 0) {
        b.emplace(number, random() % 3 == 0 ? row : random_row(number, random));
      }
    }
    const std::string newcomer = std::to_string(9 + random() % 9);
    b.emplace(newcomer, random_row(newcomer, random));

    const AppliedBatch first = desk_.import_now(rows_of(a), {});
    const auto only_a = people_of(session_);
    const BatchId batch = desk_.preview(rows_of(b), {.full = seed % 2 == 0});
    ASSERT_EQ(people_of(session_), only_a);
    approve_and_apply(batch);
    const auto applied = without_ids();
    ASSERT_EQ(desk_.import_now(rows_of(b), {}).report.unchanged, b.size());
    ASSERT_EQ(without_ids(), applied);

    std::map<std::string, Sticky> model;
    follow(model, a);
    follow(model, b);
    for (const auto& [number, want] : model) {
      const std::string line = "resident_no=" + number + "|";
      const auto found = std::find_if(applied.begin(), applied.end(), [&](const std::string& row) {
        return row.find(line) != std::string::npos;
      });
      ASSERT_NE(found, applied.end());
      static const char* places[] = {"home", "facility", "hospital", "away_for_now"};
      EXPECT_THAT(*found, testing::HasSubstr(std::string("|living_place=") +
                                             places[static_cast<std::size_t>(want.place)] + "|"));
      EXPECT_EQ(found->find("|lat=NULL|") == std::string::npos, want.position.has_value());
      EXPECT_EQ(found->find("|mobility=unknown|") != std::string::npos,
                want.mobility == Mobility::Unknown);
      const auto stated = b.contains(number) ? b.at(number) : a.at(number);
      EXPECT_THAT(*found, testing::HasSubstr("|phone=" + stated.person.phone + "|"));
    }
    ASSERT_EQ(applied.size(), model.size());

    desk_.revert(batch);
    ASSERT_EQ(people_of(session_), only_a);
    desk_.revert(first.id);
    ASSERT_TRUE(people_of(session_).empty());
  }
}

TEST_F(ImportOracle, CertificatesFollowTheirFilesAndComeBack) {
  std::vector<ResidentRow> everybody;
  for (int i = 0; i < 8; ++i) {
    everybody.push_back(resident(std::to_string(i)));
  }
  desk_.import_now(parsed(everybody), {});
  const auto nobody = people_of(session_);
  for (unsigned seed = 1; seed <= kSeeds / 2; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto file = [&] {
      std::vector<CertificateRow> rows;
      for (int i = 0; i < 8; ++i) {
        for (unsigned n = 0; n < random() % 3; ++n) {
          CertificateRow row = care(std::to_string(i), "要介護" + std::to_string(1 + random() % 3));
          if (random() % 3 == 0) {
            row.living_place = static_cast<LivingPlace>(random() % 4);
          }
          if (random() % 3 == 0) {
            row.mobility = static_cast<Mobility>(random() % 9);
          }
          rows.push_back(row);
        }
      }
      return parsed(rows);
    };
    const auto a = file();
    const auto b = file();
    const AppliedBatch first = desk_.import_now(ImportKind::Care, a, {});
    const auto only_a = people_of(session_);
    const BatchId batch = desk_.preview(ImportKind::Care, b, {.full = true});
    ASSERT_EQ(people_of(session_), only_a);
    approve_and_apply(batch);
    // A full file holds everything there is: as many certificates as rows, in their order.
    std::map<std::string, std::vector<std::string>> want;
    for (const CertificateRow& row : b.rows) {
      want[row.resident_no].push_back(row.certificate.grade);
    }
    std::size_t certificates = 0;
    for (const auto& [number, grades] : want) {
      certificates += grades.size();
    }
    ASSERT_EQ(support::rows_of(session_, "certificate").size(), certificates);
    const auto applied = people_of(session_);
    ASSERT_EQ(desk_.import_now(ImportKind::Care, b, {.full = true}).report.added, 0U);
    ASSERT_EQ(people_of(session_), applied);
    desk_.revert(batch);
    ASSERT_EQ(people_of(session_), only_a);
    desk_.revert(first.id);
    ASSERT_EQ(people_of(session_), nobody);
  }
}

}  // namespace
}  // namespace registry
