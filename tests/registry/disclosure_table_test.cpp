// SPDX-License-Identifier: Apache-2.0
// The table for policy officers against the matrix of the law, and against an oracle that looks the
// matrix up instead of following the order of the rules.
#include "registry/disclosure_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>

#include "registry/error.hpp"

namespace registry {
namespace {

using testing::HasSubstr;
using Row = std::vector<std::string>;

const Row kInputs = {"phase",     "data",     "recipient", "subject_consent", "supporter_consent",
                     "ordinance", "protected"};

Table table_of(const std::vector<Row>& rows) {
  Table table;
  table.header = kInputs;
  table.rows = rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.lines.push_back(i + 2);
  }
  return table;
}

// --- the oracle: the matrix as it stands on paper, one character per column:
// roster consented, roster not, plan all, plan not all, emergency, protected peace, protected
// emergency. o allow, x deny, m a second person, f allow with the flag.
const std::map<std::string, std::string> kMatrix = {
    {"INTERNAL", "ooooooo"},     {"FIRE", "oxoxomf"},           {"POLICE", "oxoxomf"},
    {"MINSEI", "oxoxomm"},       {"SHAKYO", "oxoxomm"},         {"JISHUBO", "oxoxomm"},
    {"OTHER_LISTED", "oxoxomm"}, {"PLAN_SUPPORTER", "oxoxomm"}, {"WELFARE_SHELTER", "xxxxoxm"},
    {"UNLISTED", "xxxxoxm"}};
const std::map<std::string, std::string> kVerdicts = {
    {"o", "ALLOW"}, {"x", "DENY"}, {"m", "APPROVE"}, {"f", "ALLOW"}};
/// Which of NOT_ASKED, NO_REPLY, GRANTED, REFUSED, WITHDRAWN count, by ordinance.
const std::map<std::string, std::string> kCounting = {{"STATUTE", "G"},
                                                      {"OPT_OUT", "GAN"},
                                                      {"PRESUMED_AFTER_INQUIRY", "GN"},
                                                      {"NO_CONSENT", "GANRW"}};
const std::map<std::string, char> kLetters = {
    {"NOT_ASKED", 'A'}, {"NO_REPLY", 'N'}, {"GRANTED", 'G'}, {"REFUSED", 'R'}, {"WITHDRAWN", 'W'}};

std::string oracle_symbol(const Row& in, bool subject_counts, bool supporters_count) {
  const std::string& cells = kMatrix.at(in[2]);
  const bool roster = in[1] == "ROSTER";
  char plain = 'o';
  if (in[0] == "OCCURRED_DECIDED") {
    plain = cells[4];
  } else {
    plain =
        roster ? cells[subject_counts ? 0 : 1] : cells[subject_counts && supporters_count ? 2 : 3];
  }
  if (in[6] == "1" && plain == 'o') {
    plain = cells[in[0] == "OCCURRED_DECIDED" ? 6 : 5];
  }
  return {plain};
}

/// verdict, basis, reason.
Row oracle(const Row& in) {
  const bool roster = in[1] == "ROSTER";
  const bool subject_counts = kCounting.at(in[5]).find(kLetters.at(in[3])) != std::string::npos;
  const bool none_missing = in[4] == "ALL" || in[4] == "NO_SUPPORTERS";
  const bool supporters_count = none_missing || in[5] == "NO_CONSENT";
  const std::string symbol = oracle_symbol(in, subject_counts, supporters_count);
  const std::string article = roster ? "49-11" : "49-15";
  if (in[2] == "INTERNAL") {
    return {"ALLOW", article + "(1)", "INTERNAL_USE"};
  }
  if (symbol == "m") {
    return {"APPROVE", "49-12/16", "PROTECTED_PERSON_MANUAL"};
  }
  if (symbol == "f") {
    return {"ALLOW", article + "(3)", "PROTECTED_PERSON_FLAGGED"};
  }
  if (in[0] == "OCCURRED_DECIDED") {
    return {"ALLOW", article + "(3)", "EMERGENCY_NO_CONSENT_NEEDED"};
  }
  if (symbol == "x") {
    const bool listed = kMatrix.at(in[2])[0] == 'o';
    return {"DENY", article + "(2)",
            !listed           ? "RECIPIENT_NOT_IN_LOCAL_PLAN"
            : !subject_counts ? "NO_SUBJECT_CONSENT"
                              : "NO_SUPPORTER_CONSENT"};
  }
  const bool expressed = in[3] == "GRANTED" && (roster || none_missing);
  return {"ALLOW", article + "(2)", expressed ? "CONSENT" : "ORDINANCE"};
}

std::vector<Row> whole_space() {
  std::vector<Row> rows;
  for (const char* phase : {"NORMAL", "DRILL", "OCCURRED_NO_DECISION", "OCCURRED_DECIDED"}) {
    for (const char* data : {"ROSTER", "PLAN"}) {
      for (const auto& [recipient, cells] : kMatrix) {
        for (const auto& [subject, letter] : kLetters) {
          for (const char* supporters : {"ALL", "SOME", "NONE", "NO_SUPPORTERS", "-"}) {
            for (const auto& [mode, counting] : kCounting) {
              rows.push_back({phase, data, recipient, subject, supporters, mode, "0"});
              rows.push_back({phase, data, recipient, subject, supporters, mode, "1"});
            }
          }
        }
      }
    }
  }
  return rows;
}

TEST(DisclosureTable, TheWholeSpaceAgreesWithAnOracleMadeFromTheMatrix) {
  const std::vector<Row> space = whole_space();
  ASSERT_EQ(space.size(), 16000U);
  const DecidedTable decided = decide_table(table_of(space));
  ASSERT_TRUE(decided.rejected.empty());
  ASSERT_EQ(decided.table.rows.size(), space.size());
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < space.size() && wrong < 5; ++i) {
    const Row& row = decided.table.rows[i];
    const Row got = {row.at(7), row.at(8), row.at(9)};
    if (got != oracle(space[i])) {
      ++wrong;
      ADD_FAILURE() << testing::PrintToString(space[i]) << " gave " << testing::PrintToString(got)
                    << ", the matrix says " << testing::PrintToString(oracle(space[i]));
    }
  }
}

TEST(DisclosureTable, TheMatrixOfTheLawHoldsCellByCell) {
  std::ifstream in(std::string(TOMONI_SOURCE_DIR) + "/tests/registry/data/disclosure_matrix.csv",
                   std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const Table golden = read_csv(bytes);
  ASSERT_EQ(golden.rows.size(), 160U);
  std::vector<Row> inputs;
  for (const Row& row : golden.rows) {
    inputs.emplace_back(row.begin(), row.begin() + 7);
  }
  const DecidedTable decided = decide_table(table_of(inputs));
  EXPECT_EQ(decided.table.header, golden.header);
  ASSERT_EQ(decided.table.rows.size(), golden.rows.size());
  for (std::size_t i = 0; i < golden.rows.size(); ++i) {
    EXPECT_EQ(decided.table.rows[i], golden.rows[i]) << "line " << golden.lines[i];
  }
}

TEST(DisclosureTable, AnUnknownWordNamesLineAndColumnAndTheOtherRowsStay) {
  const Row good = {"NORMAL", "ROSTER", "FIRE", "GRANTED", "-", "STATUTE", "0"};
  for (std::size_t column = 0; column < kInputs.size(); ++column) {
    Row bad = good;
    bad[column] = "個人の名前";
    const DecidedTable decided = decide_table(table_of({good, bad, good}));
    EXPECT_EQ(decided.table.rows.size(), 2U);
    ASSERT_EQ(decided.rejected.size(), 1U);
    EXPECT_EQ(decided.rejected[0].line, 3U);
    EXPECT_EQ(decided.rejected[0].column, kInputs[column]);
    EXPECT_EQ(decided.rejected[0].code, "UNKNOWN_WORD");
    EXPECT_THAT(decided.rejected[0].message, HasSubstr(good[column]));
    EXPECT_THAT(decided.rejected[0].message, testing::Not(HasSubstr("個人の名前")));
  }
}

TEST(DisclosureTable, EveryMissingColumnIsNamed) {
  Table table = table_of({});
  table.header = {"phase", "data", "protected"};
  try {
    (void)decide_table(table);
    FAIL();
  } catch (const InputError& error) {
    for (const char* name : {"recipient", "subject_consent", "supporter_consent", "ordinance"}) {
      EXPECT_THAT(error.what(), HasSubstr(name));
    }
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("protected")));
  }
}

TEST(DisclosureTable, ColumnsMayStandInAnyOrderAndOthersPassThrough) {
  Table table = table_of({});
  table.header = {"no",        "protected", "ordinance", "supporter_consent", "subject_consent",
                  "recipient", "data",      "phase"};
  table.rows = {{"7", "0", "STATUTE", "-", "GRANTED", "FIRE", "ROSTER", "NORMAL"}};
  table.lines = {2};
  const DecidedTable decided = decide_table(table);
  const Row expected = {"7",      "0",      "STATUTE", "-",        "GRANTED", "FIRE",
                        "ROSTER", "NORMAL", "ALLOW",   "49-11(2)", "CONSENT", "P-ROSTER7"};
  EXPECT_EQ(decided.table.rows.at(0), expected);
  table.header[0] = "verdict";
  EXPECT_THROW((void)decide_table(table), InputError);
}

}  // namespace
}  // namespace registry
