// SPDX-License-Identifier: Apache-2.0
// Decoding, by the bytes and as an operator insists; what is read is written and read again.
#include "fuzz_target.hpp"
#include "registry/error.hpp"
#include "registry/table_io.hpp"

namespace {

using registry::InputError;
using registry::TextEncoding;

void use(const registry::Table& table) {
  const auto written = registry::write_csv(table, registry::CsvEncoding::Cp932);
  registry::Table again;
  // Characters of CP932 come back; others were replaced and said.
  if (written.substitutions.empty() && fuzz::accepts<InputError>([&] {
        again = registry::read_csv(written.bytes, TextEncoding::Cp932);
      })) {
    fuzz::require(again.header.size() <= table.header.size(), "no column is added");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  for (const TextEncoding encoding :
       {TextEncoding::Utf8, TextEncoding::Cp932, TextEncoding::Utf16Le}) {
    registry::Decoded decoded;
    if (fuzz::accepts<InputError>([&] { decoded = registry::decode_text(bytes, encoding); })) {
      // Whatever comes out is UTF-8.
      const bool is_utf8 = fuzz::accepts<InputError>(
          [&] { static_cast<void>(registry::decode_text(decoded.text, TextEncoding::Utf8)); });
      fuzz::require(is_utf8, "what is decoded is UTF-8");
    }
    fuzz::accepts<InputError>([&] { use(registry::read_csv(bytes, encoding)); });
  }
  fuzz::accepts<InputError>([&] { use(registry::read_csv(bytes)); });
  return 0;
}

fuzz::Material fuzz::material() {
  registry::Table table;
  table.header = {"宛名番号", "氏名", "住所"};
  table.rows = {{"1", "髙﨑　德濵", "ソ表能十予申貼暴構欺圭"},
                {"2", "\uE000\uE757", "①～－∥￢①㈱ｶﾞ"}};
  Material made;
  made.seeds.push_back(write_csv(table, registry::CsvEncoding::Cp932).bytes);
  made.seeds.push_back(write_csv(table, registry::CsvEncoding::Utf8Bom).bytes);
  made.seeds.emplace_back(
      "\xFF\xFE"
      "a\0,\0b\0\r\0\n\0"
      "1\0,\0"
      "2\0",
      18);
  made.words = {"\x81\x60",
                "\xEE\xE0",
                "\xFB\xFC",
                "\xF0\x40",
                "\xF9\xFC",
                "\x83\x5C",
                "\xA0",
                "\xFD",
                "\x80",
                "\x81",
                "\"",
                ",",
                "\r\n",
                "\xEF\xBB\xBF",
                "\xFF\xFE",
                "\xD8\x3D",
                std::string(1, '\0')};
  return made;
}
