// SPDX-License-Identifier: Apache-2.0
#include "support/workbook.hpp"

#include <zip.h>

#include <stdexcept>

namespace support {
namespace {

void expect(bool good) {
  if (!good) {
    throw std::runtime_error("the test's archive cannot be written");
  }
}

}  // namespace

std::string zipped(const std::map<std::string, std::string>& parts, const std::string& password) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(buffer);
  zip_t* archive = zip_open_from_source(buffer, ZIP_CREATE | ZIP_TRUNCATE, &error);
  expect(archive != nullptr);
  for (const auto& [name, content] : parts) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    expect(index >= 0);
    if (!password.empty()) {
      expect(zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256,
                                     password.c_str()) == 0);
    }
  }
  expect(zip_close(archive) == 0);
  zip_stat_t stat;
  zip_stat_init(&stat);
  expect(zip_source_stat(buffer, &stat) == 0 && zip_source_open(buffer) == 0);
  std::string bytes(stat.size, '\0');
  expect(zip_source_read(buffer, bytes.data(), bytes.size()) ==
         static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(buffer);
  zip_source_free(buffer);
  zip_error_fini(&error);
  return bytes;
}

std::map<std::string, std::string> workbook_parts(const std::string& rows) {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  return {
      {"xl/workbook.xml",
       head +
           "<workbook xmlns:r=\"r\"><sheets><sheet name=\"隠し\" sheetId=\"1\" state=\"hidden\" "
           "r:id=\"rId9\"/><sheet name=\"名簿\" sheetId=\"2\" r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       head + "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" "
              "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId9\" Type=\"x/worksheet\" "
              "Target=\"/xl/worksheets/sheet9.xml\"/></Relationships>"},
      // Styles: 0 general, 1 date (14), 2 ten zeros, 3 the Japanese era, 4 text, 5 two decimals.
      {"xl/styles.xml",
       head + "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"0000000000\"/><numFmt "
              "numFmtId=\"177\" formatCode=\"[$-411]ggge&quot;年&quot;m&quot;月&quot;d"
              "&quot;日&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
              "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/>"
              "<xf numFmtId=\"177\"/><xf numFmtId=\"49\"/><xf numFmtId=\"2\"/></cellXfs>"
              "</styleSheet>"},
      {"xl/sharedStrings.xml",
       head +
           "<sst><si><t>宛名番号</t></si><si><t>氏名</t></si><si><t>生年月日</t></si>"
           "<si><r><t>髙橋</t></r><r><t xml:space=\"preserve\">　花</t></r><rPh sb=\"0\" eb=\"2\">"
           "<t>タカハシ</t></rPh></si><si><t>a_x000D_b_x005F_</t></si></sst>"},
      {"xl/worksheets/sheet1.xml",
       head + "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
      {"xl/worksheets/sheet9.xml", head + "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" "
                                          "t=\"inlineStr\"><is><t>隠れた列</t></is></c></row>"
                                          "</sheetData></worksheet>"}};
}

std::string workbook(const std::string& rows) {
  return zipped(workbook_parts(rows));
}

}  // namespace support
