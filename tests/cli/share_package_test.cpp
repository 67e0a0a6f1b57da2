// SPDX-License-Identifier: Apache-2.0
// Copies leave as paper, as workbook or locked, with the real program and what opens them.
#include <gmock/gmock.h>

#include <cstdlib>

#include "registry/table_io.hpp"
#include "share_fixture.hpp"

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class SharePackages : public cli_test::Share {
 protected:
  SharePackages() { consent(3); }

  /// `share issue` with these options instead of --out.
  support::Run issue_as(const std::vector<std::string>& options, bool as_json = true) const {
    std::vector<std::string> words = {"--code", preview()["code"]};
    words.insert(words.end(), options.begin(), options.end());
    if (as_json) {
      words.emplace_back("--json");
    }
    return run(request("issue", words));
  }
  json ledger() const { return ask({"share", "ledger"})["copies"]; }
  bool shell(const std::string& command) const {
    const std::string line = "cd '" + folder_.string() + "' && (" + command + ") >/dev/null 2>&1";
    return std::system(line.c_str()) == 0;  // NOLINT(cert-env33-c): a test's own words
  }
};

TEST_F(SharePackages, ThePackageOpensWithThePassphraseThatWasWrittenApartForItsOwnerOnly) {
  const auto done = issue_as({"--package", path("p.zip"), "--passphrase-out", path("pass")});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  std::string passphrase = support::read_all(folder_ / "pass");
  ASSERT_THAT(passphrase, testing::MatchesRegex("([0-9A-Z]{4}-){5}[0-9A-Z]{4}\n"));
  passphrase.pop_back();
  EXPECT_THAT(done.out + done.err, Not(HasSubstr(passphrase)));
  const auto owner_only = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
  EXPECT_EQ(std::filesystem::status(folder_ / "pass").permissions(), owner_only);
  const std::string serial = json::parse(done.out)["serial"];
  EXPECT_FALSE(shell("7z x -y -pwrong -owrong p.zip"));
  ASSERT_TRUE(shell("7z x -y -p" + passphrase + " p.zip"));
  EXPECT_TRUE(shell("qpdf --password=" + passphrase + " --check " + serial + ".pdf"));
  EXPECT_FALSE(shell("qpdf --check " + serial + ".pdf"));
  EXPECT_EQ(registry::read_xlsx(support::read_all(folder_ / (serial + ".xlsx"))).rows.size(), 3U);
  EXPECT_EQ(ledger()[0]["serial"], serial);
}

TEST_F(SharePackages, ThePassphraseIsShownOnceWhereNobodyKeepsIt) {
  const auto done = issue_as({"--package", path("p.pdf")}, false);
  ASSERT_EQ(done.exit_code, 0) << done.err;
  const std::size_t at = done.out.rfind(": ");
  const std::string passphrase = done.out.substr(at + 2, done.out.size() - at - 3);
  EXPECT_TRUE(shell("qpdf --password=" + passphrase + " --check p.pdf"));
  EXPECT_EQ(issue_as({"--package", path("q.zip")}).exit_code, 2);  // JSON would keep it
  EXPECT_EQ(ledger().size(), 1U);
}

TEST_F(SharePackages, AWeakPassphraseIsRefusedBeforeTheLedger) {
  support::write_all(folder_ / "weak", "password\n");
  EXPECT_EQ(issue_as({"--package", path("p.zip"), "--passphrase-file", path("weak")}).exit_code, 3);
  EXPECT_TRUE(ledger().empty());
  support::write_all(folder_ / "own", "correct horse battery staple\n");
  EXPECT_EQ(issue_as({"--package", path("p.zip"), "--passphrase-file", path("own")}).exit_code, 0);
  EXPECT_TRUE(shell("7z t '-pcorrect horse battery staple' p.zip"));
}

TEST_F(SharePackages, ACopyThatCouldNotBeWrittenIsCrossedOutAndNothingLies) {
  const std::string nowhere = path("missing/p.zip");
  const auto failed = issue_as({"--package", nowhere, "--passphrase-out", path("pass")});
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "pass"));
  ASSERT_EQ(ledger().size(), 1U);
  EXPECT_EQ(ledger()[0]["out"], false);
}

TEST_F(SharePackages, TheNameSaysWhetherItIsAPaperOrAWorkbook) {
  ASSERT_EQ(issue_as({"--out", path("l.pdf")}).exit_code, 0);
  EXPECT_THAT(support::read_all(folder_ / "l.pdf"), testing::StartsWith("%PDF"));
  ASSERT_EQ(issue_as({"--out", path("l.xlsx")}).exit_code, 0);
  ASSERT_EQ(issue_as({"--out", path("l.csv")}).exit_code, 0);
  const auto book = registry::read_xlsx(support::read_all(folder_ / "l.xlsx"));
  auto csv = registry::read_csv(support::read_all(folder_ / "l.csv"));
  ASSERT_EQ(book.rows.size(), 3U);
  EXPECT_EQ(book.header, csv.header);
  const std::size_t serial = csv.column("管理番号").value();
  for (std::size_t i = 0; i < 3; ++i) {
    csv.rows[i][serial] = book.rows[i][serial];  // another copy
    EXPECT_EQ(book.rows[i], csv.rows[i]);
  }
}

TEST_F(SharePackages, OneCopyHasOneForm) {
  EXPECT_EQ(issue_as({"--out", path("l.csv"), "--package", path("p.zip")}).exit_code, 2);
  EXPECT_EQ(issue_as({}).exit_code, 2);
  EXPECT_EQ(issue_as({"--package", path("p.tar")}).exit_code, 2);
  EXPECT_TRUE(ledger().empty());
}

}  // namespace
