// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.hpp"
#include "registry/city_import.hpp"
#include "registry/error.hpp"
#include "registry/import_mapping.hpp"

namespace {

using registry::InputError;

/// A file that has every column the mapping asks for, with cells of all sorts.
registry::Table file_for(const registry::ImportMapping& mapping) {
  registry::Table table;
  table.encoding = "UTF-8";
  for (const registry::ColumnSource& column : mapping.columns) {
    for (const std::string& name : column.theirs) {
      if (!table.column(name)) {
        table.header.push_back(name);
      }
    }
  }
  table.header.emplace_back("ほか");
  const std::vector<std::string> cells{"", "1", "5150229", "2150229", "０１", "見本", "\uFFFD"};
  for (std::size_t row = 0; row < cells.size(); ++row) {
    table.rows.emplace_back(table.header.size(), cells[row]);
    table.lines.push_back(row + 2);
  }
  return table;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  registry::ImportMapping mapping;
  if (!fuzz::accepts<InputError>([&] {
        mapping = registry::parse_import_mapping(fuzz::text_of(data, size), "fuzz.toml");
      })) {
    return 0;
  }
  const registry::Date today{std::chrono::year{2026}, std::chrono::June, std::chrono::day{1}};
  fuzz::accepts<InputError>([&] {
    const registry::Table table = mapped(file_for(mapping), mapping);
    fuzz::accepts<InputError>([&] { static_cast<void>(parse_residents(table, today)); });
    fuzz::accepts<InputError>([&] { static_cast<void>(registry::parse_care(table)); });
    fuzz::accepts<InputError>([&] { static_cast<void>(registry::parse_disability(table)); });
    fuzz::accepts<InputError>([&] { static_cast<void>(registry::parse_intractable(table)); });
    fuzz::accepts<InputError>([&] { static_cast<void>(registry::parse_voluntary(table)); });
  });
  return 0;
}

fuzz::Material fuzz::material() {
  Material made;
  for (const char* kind : {"residents", "care", "disability", "intractable", "voluntary"}) {
    made.seeds.push_back(fuzz::read_file(std::string(TOMONI_SOURCE_DIR) + "/data/mappings/" + kind +
                                         "_example.toml"));
  }
  made.words = {"[[column]]\n",
                "ours = \"氏名\"\n",
                "theirs = []",
                "theirs = [\"A\", \"A\"]",
                "constant = \"\"",
                "values = {}",
                "values = { \"\" = \"\" }",
                "otherwise = \"0\"",
                "era_digits = \"13579\"",
                "full = 2",
                "\"\"\"",
                "'",
                "= ",
                "\n",
                "# ",
                "\xFF"};
  return made;
}
