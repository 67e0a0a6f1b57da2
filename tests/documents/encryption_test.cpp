// SPDX-License-Identifier: Apache-2.0
// What is locked opens with the passphrase in the programs a recipient has, and without it not.
#include <gmock/gmock.h>

#include <array>

#include "documents/pdf_document.hpp"
#include "documents/pdf_lock.hpp"
#include "documents/text_block.hpp"
#include "documents/zip_file.hpp"
#include "pdf_tools.hpp"

namespace documents {
namespace {

using documents_test::Workbench;

constexpr const char* kPassphrase = "7C4N-ABCD-2QRS-0000-TESU-TOOO";

std::string page_with(const std::string& words) {
  PdfDocument pdf(kA4, "試験", "2026-11-21T00:00:00Z");
  {
    FontBook fonts(pdf.cairo());
    TextBlock(fonts, words, {.size = 20}).draw(pdf.cairo(), 50, 50);
  }
  return pdf.finish();
}

TEST(ZipFile, WithoutAPassphraseSameEntriesGiveSameBytes) {
  const std::array<ZipEntry, 2> entries = {ZipEntry{"a.txt", "甲"}, ZipEntry{"名簿/乙.txt", ""}};
  EXPECT_EQ(zip_file(entries), zip_file(entries));
  const Workbench bench;
  bench.put("a.zip", zip_file(entries));
  ASSERT_EQ(bench.run("7z x -y a.zip"), 0);
  EXPECT_EQ(bench.get("a.txt"), "甲");
  EXPECT_EQ(bench.run("test -e 名簿/乙.txt"), 0);
}

TEST(ZipFile, SevenZipOpensItWithThePassphraseOnly) {
  const std::array<ZipEntry, 1> entries = {ZipEntry{"list.csv", "氏名\r\n見本 花子\r\n"}};
  const std::string bytes = zip_file(entries, kPassphrase);
  EXPECT_EQ(bytes.find("見本"), std::string::npos);
  const Workbench bench;
  bench.put("a.zip", bytes);
  EXPECT_EQ(bench.run("7z l -slt a.zip | grep -q 'Method = AES-256'"), 0);
  EXPECT_NE(bench.run("7z x -y -pwrong a.zip"), 0);
  ASSERT_EQ(bench.run(std::string("7z x -y -p") + kPassphrase + " a.zip"), 0);
  EXPECT_EQ(bench.get("list.csv"), entries[0].bytes);
}

TEST(LockedPdf, OpensWithThePassphraseOnly) {
  const Workbench bench;
  bench.put("a.pdf", locked_pdf(page_with("見本 花子"), kPassphrase));
  EXPECT_EQ(bench.run("qpdf --is-encrypted a.pdf"), 0);
  EXPECT_NE(bench.run("qpdf --check a.pdf"), 0);
  EXPECT_NE(bench.run("qpdf --password=wrong --check a.pdf"), 0);
  const std::string password = std::string(" --password=") + kPassphrase;
  EXPECT_EQ(bench.run("qpdf" + password + " --check a.pdf"), 0);
  EXPECT_EQ(bench.run("qpdf" + password + " --show-encryption a.pdf | grep -q 'R = 6'"), 0);
  EXPECT_EQ(bench.run("qpdf" + password +
                      " --show-encryption a.pdf | grep -q 'stream encryption method: AESv3'"),
            0);
  EXPECT_NE(bench.run("pdftotext a.pdf"), 0);
  ASSERT_EQ(bench.run(std::string("pdftotext -upw ") + kPassphrase + " a.pdf"), 0);
  EXPECT_THAT(bench.get("a.txt"), testing::HasSubstr("見本 花子"));
}

}  // namespace
}  // namespace documents
