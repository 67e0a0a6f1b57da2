// SPDX-License-Identifier: Apache-2.0
// The parts of a workbook after ECMA-376 (Office Open XML), part 1: SpreadsheetML in the fewest
// elements that Excel and LibreOffice open without repair. Cells are inline strings.
#include "documents/workbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "documents/cell_width.hpp"
#include "documents/zip_file.hpp"
#include "registry/error.hpp"

namespace documents {
namespace {

// Limits of the format ("Excel specifications and limits").
constexpr std::size_t kMostRows = 1'048'576;
constexpr std::size_t kMostColumns = 16'384;
constexpr std::size_t kMostCharacters = 32'767;

constexpr std::size_t kNarrowest = 8;       // characters
constexpr std::size_t kWidest = 60;         // wider texts wrap
constexpr std::size_t kWidthSample = 2000;  // rows looked at for the widths

constexpr std::string_view kXml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
                                  "\n";
constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kPackage = "http://schemas.openxmlformats.org/package/2006";
constexpr std::string_view kSheetType =
    "application/vnd.openxmlformats-officedocument.spreadsheetml";

// Format 49 is "@": text. Style 0 is for cells, style 1 for the header.
constexpr std::string_view kStyles =
    R"(<fonts count="2"><font><sz val="10"/><name val="游ゴシック"/></font>)"
    R"(<font><b/><sz val="10"/><name val="游ゴシック"/></font></fonts>)"
    R"(<fills count="3"><fill><patternFill patternType="none"/></fill>)"
    R"(<fill><patternFill patternType="gray125"/></fill>)"
    R"(<fill><patternFill patternType="solid"><fgColor rgb="FFE6EAF0"/></patternFill></fill></fills>)"
    R"(<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>)"
    R"(<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>)"
    R"(<cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" )"
    R"(applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>)"
    R"(<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" )"
    R"(applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>)"
    R"(</cellXfs>)";

/// Whether `_xHHHH_` stands at `at`: a reader would take it for one character.
bool looks_escaped(std::string_view text, std::size_t at) {
  constexpr std::size_t kLength = 7;
  return text.size() >= at + kLength && text[at + 1] == 'x' && text[at + kLength - 1] == '_' &&
         text.substr(at + 2, 4).find_first_not_of("0123456789abcdefABCDEF") ==
             std::string_view::npos;
}

/// Text for an element or an attribute; what XML cannot hold as `_xHHHH_` (ECMA-376, 22.9.2.19).
std::string escaped(std::string_view text) {
  std::string xml;
  xml.reserve(text.size() + text.size() / 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '&') {
      xml += "&amp;";
    } else if (c == '<') {
      xml += "&lt;";
    } else if (c == '>') {
      xml += "&gt;";
    } else if (c == '"') {
      xml += "&quot;";
    } else if (c == '_' && looks_escaped(text, i)) {
      xml += "_x005F_";
    } else if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') {
      xml += fmt::format("_x{:04X}_", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      xml += c;
    }
  }
  return xml;
}

/// A, B, ... Z, AA, ...: the name of a column counted from 0.
std::string column_name(std::size_t column) {
  std::string name;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return name;
}

void check_limits(const registry::Table& table) {
  if (table.rows.size() + 1 > kMostRows || table.header.size() > kMostColumns) {
    throw registry::InputError(
        fmt::format("Excel の一枚のシートに入りません: {} 行 {} 列（上限 {} 行 {} 列）。CSV "
                    "で書き出してください。",
                    table.rows.size() + 1, table.header.size(), kMostRows, kMostColumns));
  }
}

std::string columns(const registry::Table& table) {
  std::string xml = "<cols>";
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    std::size_t width = cell_width(table.header[i]);
    for (std::size_t row = 0; row < std::min(table.rows.size(), kWidthSample); ++row) {
      width = std::max(width, cell_width(table.rows[row].at(i)));
    }
    xml += fmt::format(R"(<col min="{0}" max="{0}" width="{1}" customWidth="1"/>)", i + 1,
                       std::clamp(width + 2, kNarrowest, kWidest));
  }
  return table.header.empty() ? "" : xml + "</cols>";
}

/// Row numbers count from 1.
void add_row(std::string& xml, std::size_t number, const std::vector<std::string>& cells,
             int style) {
  xml += fmt::format(R"(<row r="{}">)", number);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].size() > kMostCharacters) {
      throw registry::InputError(
          fmt::format("Excel の一つの欄に入りません: {} 行目の {} 列目（上限 {} 文字）。CSV "
                      "で書き出してください。",
                      number, i + 1, kMostCharacters));
    }
    xml += fmt::format(R"(<c r="{}{}" s="{}")", column_name(i), number, style);
    xml += cells[i].empty() ? "/>"
                            : R"( t="inlineStr"><is><t xml:space="preserve">)" + escaped(cells[i]) +
                                  "</t></is></c>";
  }
  xml += "</row>";
}

std::string sheet_part(const WorkbookSheet& sheet) {
  check_limits(sheet.table);
  const std::size_t last = sheet.table.rows.size() + 1;
  const std::string range = fmt::format(
      "A1:{}{}", column_name(std::max<std::size_t>(1, sheet.table.header.size()) - 1), last);
  std::string xml(kXml);
  xml += fmt::format(R"(<worksheet xmlns="{}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>)"
                     R"(<dimension ref="{}"/><sheetViews><sheetView workbookViewId="0">)"
                     R"(<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>)"
                     R"(</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>)",
                     kMain, range);
  xml += columns(sheet.table) + "<sheetData>";
  add_row(xml, 1, sheet.table.header, 1);
  for (std::size_t i = 0; i < sheet.table.rows.size(); ++i) {
    add_row(xml, i + 2, sheet.table.rows[i], 0);
  }
  std::string footer = sheet.footer;  // & begins a code there
  for (std::size_t at = footer.find('&'); at != std::string::npos; at = footer.find('&', at + 2)) {
    footer.insert(at, 1, '&');
  }
  xml += fmt::format(
      R"(</sheetData><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>)"
      R"(<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>)"
      R"(<headerFooter><oddFooter>&amp;L{}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>)"
      R"(<ignoredErrors><ignoredError sqref="{}" numberStoredAsText="1"/></ignoredErrors></worksheet>)",
      escaped(footer), range);
  return xml;
}

std::string workbook_part(std::span<const WorkbookSheet> sheets) {
  std::string names;
  std::string titles;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    names += fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="rId{}"/>)", escaped(sheets[i].name),
                         i + 1, i + 1);
    titles += fmt::format(
        R"(<definedName name="_xlnm.Print_Titles" localSheetId="{}">'{}'!$1:$1</definedName>)", i,
        escaped(sheets[i].name));
  }
  return fmt::format(
      R"({}<workbook xmlns="{}" xmlns:r="{}"><sheets>{}</sheets><definedNames>{}</definedNames></workbook>)",
      kXml, kMain, kRelations, names, titles);
}

std::string content_types(std::size_t sheets) {
  std::string parts;
  for (std::size_t i = 1; i <= sheets; ++i) {
    parts += fmt::format(
        R"(<Override PartName="/xl/worksheets/sheet{}.xml" ContentType="{}.worksheet+xml"/>)", i,
        kSheetType);
  }
  return fmt::format(
      R"({0}<Types xmlns="{1}/content-types"><Default Extension="rels" )"
      R"(ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
      R"(<Default Extension="xml" ContentType="application/xml"/>)"
      R"(<Override PartName="/xl/workbook.xml" ContentType="{2}.sheet.main+xml"/>{3})"
      R"(<Override PartName="/xl/styles.xml" ContentType="{2}.styles+xml"/>)"
      R"(<Override PartName="/docProps/core.xml" )"
      R"(ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>)",
      kXml, kPackage, kSheetType, parts);
}

std::string package_relations() {
  return fmt::format(
      R"({0}<Relationships xmlns="{1}/relationships">)"
      R"(<Relationship Id="rId1" Type="{2}/officeDocument" Target="xl/workbook.xml"/>)"
      R"(<Relationship Id="rId2" Type="{1}/relationships/metadata/core-properties" )"
      R"(Target="docProps/core.xml"/></Relationships>)",
      kXml, kPackage, kRelations);
}

std::string workbook_relations(std::size_t sheets) {
  std::string all;
  for (std::size_t i = 1; i <= sheets; ++i) {
    all += fmt::format(
        R"(<Relationship Id="rId{0}" Type="{1}/worksheet" Target="worksheets/sheet{0}.xml"/>)", i,
        kRelations);
  }
  return fmt::format(
      R"({}<Relationships xmlns="{}/relationships">{})"
      R"(<Relationship Id="rId{}" Type="{}/styles" Target="styles.xml"/></Relationships>)",
      kXml, kPackage, all, sheets + 1, kRelations);
}

std::string core_part(const std::string& created) {
  return fmt::format(
      R"({0}<cp:coreProperties xmlns:cp="{1}/metadata/core-properties" )"
      R"(xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" )"
      R"(xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>tomoni</dc:creator>)"
      R"(<dcterms:created xsi:type="dcterms:W3CDTF">{2}</dcterms:created></cp:coreProperties>)",
      kXml, kPackage, escaped(created));
}

}  // namespace

std::string workbook(std::span<const WorkbookSheet> sheets, const std::string& created) {
  std::vector<ZipEntry> parts = {
      {"[Content_Types].xml", content_types(sheets.size())},
      {"_rels/.rels", package_relations()},
      {"docProps/core.xml", core_part(created)},
      {"xl/workbook.xml", workbook_part(sheets)},
      {"xl/_rels/workbook.xml.rels", workbook_relations(sheets.size())},
      {"xl/styles.xml",
       fmt::format(R"({}<styleSheet xmlns="{}">{}</styleSheet>)", kXml, kMain, kStyles)}};
  parts.reserve(parts.size() + sheets.size());
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    parts.push_back({fmt::format("xl/worksheets/sheet{}.xml", i + 1), sheet_part(sheets[i])});
  }
  return zip_file(parts);
}

}  // namespace documents
