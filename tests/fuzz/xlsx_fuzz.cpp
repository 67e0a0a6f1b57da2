// SPDX-License-Identifier: Apache-2.0
// Workbooks: the bytes as they come, and, because a changed archive is nearly always refused by its
// checksums, also as the XML of one part inside an archive that is sound.
#include "fuzz_target.hpp"
#include "registry/city_import.hpp"
#include "registry/error.hpp"
#include "support/workbook.hpp"

namespace {

using registry::InputError;

/// Small ones, so that what is accepted costs little.
registry::XlsxOptions small() {
  registry::XlsxOptions options;
  options.limits.cells = 100000;
  options.limits.shared_text_bytes = std::size_t{8} << 20U;
  options.limits.entry_bytes = std::size_t{32} << 20U;
  return options;
}

void read(const std::string& bytes) {
  registry::Table table;
  if (!fuzz::accepts<InputError>([&] { table = registry::read_xlsx(bytes, small()); })) {
    return;
  }
  const registry::Date today{std::chrono::year{2026}, std::chrono::June, std::chrono::day{1}};
  fuzz::accepts<InputError>([&] { static_cast<void>(parse_residents(table, today)); });
  fuzz::accepts<InputError>([&] { static_cast<void>(registry::parse_care(table)); });
  fuzz::accepts<InputError>([&] { static_cast<void>(registry::parse_voluntary(table)); });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(fuzz::text_of(data, size));
  read(input);
  if (registry::looks_like_workbook(input)) {
    return 0;
  }
  for (const char* part : {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml",
                           "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}) {
    auto parts = support::workbook_parts(
        R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)"
        R"(<row r="2"><c r="A2" s="1"><v>45000</v></c><c r="B2" t="b"><v>1</v></c></row>)");
    parts[part] = input;
    read(support::zipped(parts));
  }
  return 0;
}

fuzz::Material fuzz::material() {
  const std::string rows =
      R"(<row r="1"><c r="A1" t="inlineStr"><is><t>宛名番号</t></is></c><c r="B1"><v>1</v></c>)"
      R"(<c r="C1"><v>2</v></c></row><row r="2" hidden="1"><c r="A2" s="2"><v>1000003</v></c>)"
      R"(<c r="B2" t="e"><v>#N/A</v></c><c r="C2" s="1"><f>A1</f><v>14732.5</v></c></row>)";
  Material made;
  for (const auto& [name, content] : support::workbook_parts(rows)) {
    made.seeds.push_back(content);
  }
  made.seeds.push_back(support::workbook(rows));
  made.words = {
      "<c ",          "r=\"ZZZ99\"", "t=\"s\"",    "t=\"d\"", "s=\"4294967295\"",
      "<v>-1</v>",    "1e308",       "NaN",        "_xD800_", "_x0000_",
      "<!DOCTYPE a>", "&#0;",        "<row>",      "</row>",  "<mergeCell ref=\"A1:XFD1048576\"/>",
      "&amp;",        "PK\x01\x02",  "PK\x05\x06", "2958465", "date1904=\"1\"",
      "\xFF\xFF"};
  return made;
}
