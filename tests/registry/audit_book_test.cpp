// SPDX-License-Identifier: Apache-2.0
// Whoever holds the store's key can write anything into it. These tests do, and ask the log.
#include "registry/audit_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "audit_check.hpp"
#include "audit_rows.hpp"
#include "audit_seal.hpp"
#include "database.hpp"
#include "digest.hpp"
#include "registry/error.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

AuditKey city_key() {
  AuditKey key{};
  key.fill(9);
  return key;
}

class Book : public support::RegistryTest {
 protected:
  Book() : registry_(create()), session_(session(registry_)) {
    registry_.sign_audit_with(city_key());
  }

  void write_rows(int count) {
    for (int i = 0; i < count; ++i) {
      session_.record_output("list", {});
    }
  }

  AuditVerification verify(std::optional<AuditHead> anchor = {}) {
    return AuditBook(session_).verify({std::move(anchor), public_key_of(city_key())});
  }

  Registry registry_;
  Session session_;
};

TEST_F(Book, WholeLogIsGoodAndItsNewestRowCanBeSigned) {
  write_rows(20);
  const AuditHead anchor = AuditBook(session_).anchor();
  EXPECT_TRUE(seal_holds(anchor));
  EXPECT_EQ(anchor.number, 22);  // appointment, 20 rows, the signing itself
  write_rows(5);
  const AuditVerification found = verify(anchor);
  EXPECT_EQ(found.first_bad, std::nullopt);
  EXPECT_EQ(found.trusted_to, 22);
  EXPECT_EQ(found.heads, 1);
  EXPECT_EQ(to_text(found.fault), "異常なし");
}

TEST_F(Book, EveryThousandthRowIsSignedByItself) {
  write_rows(2005);
  const AuditVerification found = verify();
  EXPECT_EQ(found.heads, 2);
  EXPECT_EQ(found.trusted_to, 2000);
}

TEST_F(Book, AnchorSurvivesPaper) {
  write_rows(3);
  const AuditHead anchor = AuditBook(session_).anchor();
  std::string printed = to_text(anchor);
  // Copied by hand: in groups of four, with a heading.
  std::string grouped = "監査記録の照合票\n";
  std::size_t run = 0;
  for (const char c : printed) {
    grouped += c;
    run = c == '\n' || c == ' ' ? 0 : run + 1;
    if (run == 12) {
      grouped += ' ';
    }
  }
  const AuditHead back = parse_audit_head(printed);
  EXPECT_EQ(back.hash, anchor.hash);
  EXPECT_EQ(back.signature, anchor.signature);
  printed[printed.find("hash ") + 6] ^= 1;
  EXPECT_THROW((void)parse_audit_head(printed), InputError);
  EXPECT_THROW((void)parse_audit_head("number 3"), InputError);
  EXPECT_THROW((void)parse_audit_head(""), InputError);
}

TEST_F(Book, WithoutAKeyNothingIsSigned) {
  Registry other = open(77);
  Session session = this->session(other);
  EXPECT_THROW((void)AuditBook(session).anchor(), Error);
}

TEST_F(Book, OnlyAdminsAndAuditorsLook) {
  Account account;
  account.name = "section";
  account.role = Role::ElderSection;
  StaffDesk(session_).add(account);
  Session section = registry_.session({.name = "section", .purpose = "試験"});
  EXPECT_THROW((void)AuditBook(section).verify({}), AccessRefused);
  EXPECT_THROW((void)AuditBook(section).list(1, 10), AccessRefused);
  EXPECT_THROW((void)AuditBook(section).anchor(), AccessRefused);
  EXPECT_THROW((void)section.audit_log(), AccessRefused);
}

/// A store whose log anybody may write to, behind the registry's back.
class TamperedBook : public Book {
 protected:
  TamperedBook()
      : raw_(file(), support::test_key(), support::test_surroundings(), Database::Mode::Open) {
    for (const char* table : {"audit_log", "audit_head", "audit_set"}) {
      for (const char* change : {"UPDATE", "DELETE"}) {
        raw_.run_script((std::string("DROP TRIGGER ") + table + "_no_" + change).c_str());
      }
    }
  }

  void run(const std::string& sql) { raw_.run_script(sql.c_str()); }
  AuditVerification check(const AuditWitness& witness = {}) {
    return check_audit_log(raw_.sql(), witness);
  }
  std::vector<AuditEntry> rows() {
    std::vector<AuditEntry> all;
    AuditRow row;
    soci::statement read = prepared(
        raw_.sql(), std::string("SELECT ") + kAuditColumns + " FROM audit_log l ORDER BY number",
        [&](soci::statement& statement) { row.receive(statement); });
    read.execute();
    while (read.fetch()) {
      all.push_back(row.read());
    }
    return all;
  }
  /// Writes rows from `first` on anew, with hashes that fit each other.
  void rewrite(std::vector<AuditEntry> all, std::size_t first) {
    run("DELETE FROM audit_log WHERE number > " + std::to_string(first));
    AuditHash previous = first == 0 ? AuditHash{} : all[first - 1].hash;
    for (std::size_t i = first; i < all.size(); ++i) {
      all[i].number = static_cast<std::int64_t>(i) + 1;
      all[i].hash = chain_hash(previous, all[i]);
      previous = all[i].hash;
      insert_audit_row(raw_.sql(), all[i]);
    }
  }

  Database raw_;
};

TEST_F(TamperedBook, AThousandRandomTampersAreAllNamed) {
  write_rows(300);
  const AuditHead anchor = AuditBook(session_).anchor();
  const AuditWitness witness{anchor, public_key_of(city_key())};
  ASSERT_EQ(check(witness).first_bad, std::nullopt);
  const std::int64_t last = anchor.number;
  const unsigned seed = 20261121;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto pick = [&](std::int64_t from, std::int64_t to) {
    return std::uniform_int_distribution<std::int64_t>(from, to)(random);
  };
  const std::vector<std::string> columns = {"at",      "actor",  "purpose", "action",
                                            "subject", "detail", "hash"};
  for (int round = 0; round < 1000; ++round) {
    run("BEGIN");
    const std::int64_t row = pick(2, last - 2);
    const std::string at = std::to_string(row);
    const std::string next = std::to_string(row + 1);
    std::int64_t from = row;  // the first bad row lies between these two
    std::int64_t to = row + 1;
    const auto kind = round % 6;
    if (kind == 0) {
      const std::string& column = columns[static_cast<std::size_t>(pick(0, 6))];
      run("UPDATE audit_log SET " + column +
          (column == "at" ? " = at + 1" : " = " + column + " || 'x'") + " WHERE number = " + at);
      to = row;
    } else if (kind == 1) {
      run("DELETE FROM audit_log WHERE number = " + at);
      to = row;
    } else if (kind == 2) {  // deleted, and the gap closed
      run("DELETE FROM audit_log WHERE number = " + at +
          "; UPDATE audit_log SET number = -number WHERE number > " + at +
          "; UPDATE audit_log SET number = -number - 1 WHERE number < 0");
    } else if (kind == 3) {  // inserted, as a copy of its neighbour
      run("UPDATE audit_log SET number = -number WHERE number > " + at +
          "; UPDATE audit_log SET number = -number + 1 WHERE number < 0" +
          "; INSERT INTO audit_log SELECT " + next +
          ", at, actor, purpose, action, subject, detail, hash FROM audit_log WHERE number = " +
          at);
    } else if (kind == 4) {  // two neighbours change places
      run("UPDATE audit_log SET number = -1 WHERE number = " + at +
          "; UPDATE audit_log SET number = " + at + " WHERE number = " + next +
          "; UPDATE audit_log SET number = " + next + " WHERE number = -1");
      to = row;
    } else {  // the tail cut off, heads and all
      run("DELETE FROM audit_log WHERE number > " + at + "; DELETE FROM audit_head");
      from = row + 1;
    }
    const AuditVerification found = check(witness);
    ASSERT_TRUE(found.first_bad) << "round " << round << " row " << row;
    EXPECT_GE(*found.first_bad, from) << "round " << round;
    EXPECT_LE(*found.first_bad, to) << "round " << round;
    run("ROLLBACK");
  }
  EXPECT_EQ(check(witness).first_bad, std::nullopt);
}

TEST_F(TamperedBook, ChainMadeAnewDoesNotFitTheSignedHead) {
  write_rows(1200);
  auto all = rows();
  all[499].actor = "somebody else";
  rewrite(all, 499);
  const AuditVerification found = check({{}, public_key_of(city_key())});
  EXPECT_EQ(found.fault, AuditFault::ChainRewritten);
  EXPECT_EQ(found.first_bad, 1000);
  EXPECT_EQ(found.trusted_to, 0);  // the row lies between the two
}

TEST_F(TamperedBook, HeadsOfAnotherKeyAreForged) {
  write_rows(1200);
  auto all = rows();
  all[499].actor = "somebody else";
  rewrite(all, 499);
  AuditKey thief{};
  thief.fill(13);
  run("DELETE FROM audit_head");
  insert_audit_head(raw_.sql(), AuditSigner(thief).sign(1000, Instant{1}, rows()[999].hash));
  EXPECT_EQ(check({{}, public_key_of(city_key())}).fault, AuditFault::HeadForged);
  EXPECT_EQ(check({{}, public_key_of(city_key())}).first_bad, 1000);
}

TEST_F(TamperedBook, SignatureChangedByOneLetterIsForged) {
  write_rows(1005);
  run("UPDATE audit_head SET signature = 'ff' || substr(signature, 3) WHERE number = 1000 "
      "AND substr(signature, 1, 2) <> 'ff'");
  run("UPDATE audit_head SET signature = '00' || substr(signature, 3) WHERE number = 1000 "
      "AND substr(signature, 1, 2) <> '00'");
  EXPECT_EQ(check().fault, AuditFault::HeadForged);
}

TEST_F(TamperedBook, CutTailIsSeenOnlyAgainstAnAnchorOrAHead) {
  write_rows(50);
  const AuditHead anchor = AuditBook(session_).anchor();
  run("DELETE FROM audit_log WHERE number > 30");
  const AuditVerification by_head = check();
  EXPECT_EQ(by_head.fault, AuditFault::TailMissing);
  EXPECT_EQ(by_head.first_bad, 31);
  run("DELETE FROM audit_head");
  EXPECT_EQ(check().first_bad, std::nullopt);  // why the anchor is kept elsewhere
  EXPECT_EQ(check({anchor, {}}).first_bad, 31);
}

TEST_F(TamperedBook, WhoWasOnAListCannotBeChanged) {
  register_all(session_, support::residents({"1", "2", "3"}));
  (void)session_.registrants();
  ASSERT_EQ(check().first_bad, std::nullopt);
  const auto number = rows().back().number;
  for (const char* tamper :
       {"DELETE FROM audit_set WHERE person = (SELECT MIN(person) FROM audit_set)",
        "DELETE FROM audit_set", "INSERT INTO audit_set SELECT name, 'x' FROM audit_set LIMIT 1",
        "UPDATE audit_set SET person = 'x' WHERE person = (SELECT MIN(person) FROM audit_set)"}) {
    run("BEGIN");
    run(tamper);
    EXPECT_EQ(check().fault, AuditFault::SubjectsChanged) << tamper;
    EXPECT_EQ(check().first_bad, number) << tamper;
    run("ROLLBACK");
  }
}

TEST_F(TamperedBook, SameListReadAgainIsStoredOnce) {
  register_all(session_, support::residents({"1", "2", "3"}));
  for (int i = 0; i < 5; ++i) {
    (void)session_.registrants();
  }
  int members = 0;
  raw_.sql() << "SELECT COUNT(*) FROM audit_set", soci::into(members);
  EXPECT_EQ(members, 3);
}

TEST_F(TamperedBook, ManyRowsAreVerified) {
  constexpr int kRows = 50'000;
  run("BEGIN");
  AuditTip tip = audit_tip(raw_.sql());
  for (int i = 0; i < kRows; ++i) {
    AuditEntry entry{.number = tip.number + 1,
                     .at = Instant{1'777'593'600'000 + i},
                     .actor = "tester",
                     .purpose = "個別避難計画の作成",
                     .action = "show_registrant",
                     .subject = "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                     .detail = "found=1"};
    entry.hash = chain_hash(tip.hash, entry);
    insert_audit_row(raw_.sql(), entry);
    tip = {entry.number, entry.hash};
  }
  run("COMMIT");
  const AuditVerification found = check();
  EXPECT_EQ(found.first_bad, std::nullopt);
  EXPECT_GE(found.rows, kRows);
}

}  // namespace
}  // namespace registry
