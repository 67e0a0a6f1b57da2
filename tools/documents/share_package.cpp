// SPDX-License-Identifier: Apache-2.0
#include "documents/share_package.hpp"

#include <fmt/format.h>

#include <array>

#include "documents/pdf_lock.hpp"
#include "documents/workbook.hpp"
#include "documents/zip_file.hpp"

namespace documents {

std::string roster_workbook(const registry::DisclosureList& list) {
  const registry::Handover& copy = list.handover();
  const std::array sheets = {WorkbookSheet{
      .name = "名簿",
      .table = list.table(),
      .footer = fmt::format("管理番号 {}　提供先 {}　取扱注意", copy.serial, copy.recipient_name)}};
  return workbook(sheets, registry::to_iso(registry::tokyo_date(copy.issued_at)) + "T00:00:00Z");
}

SharePackage share_package(const RosterPrint& print, registry::CsvEncoding encoding,
                           const std::string& passphrase) {
  RosterFile roster = roster_list(print);
  registry::CsvOutput csv = print.list.csv(encoding);
  const std::string& serial = print.list.handover().serial;
  const std::array<ZipEntry, 3> entries = {
      ZipEntry{serial + ".csv", std::move(csv.bytes)},
      ZipEntry{serial + ".xlsx", roster_workbook(print.list)},
      ZipEntry{serial + ".pdf", locked_pdf(roster.pdf, passphrase)}};
  return {.zip = zip_file(entries, passphrase),
          .warnings = std::move(roster.warnings),
          .substitutions = std::move(csv.substitutions)};
}

}  // namespace documents
