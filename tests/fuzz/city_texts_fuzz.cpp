// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.hpp"
#include "registry/area.hpp"
#include "registry/city_import.hpp"
#include "registry/error.hpp"

namespace {

std::string rule_file(const std::string& name) {
  return fuzz::read_file(std::string(TOMONI_SOURCE_DIR) + "/data/rules/" + name);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using registry::InputError;
  static const registry::LocalPlan plan =
      registry::parse_local_plan(rule_file("local_plan_sample.toml"));
  const auto text = fuzz::text_of(data, size);
  fuzz::accepts<InputError>([&] { static_cast<void>(registry::parse_rule_set(text)); });
  fuzz::accepts<InputError>([&] { static_cast<void>(registry::parse_local_plan(text)); });
  fuzz::accepts<InputError>([&] { static_cast<void>(parse_gsi_shelters(text, plan)); });
  fuzz::accepts<InputError>([&] {
    for (const registry::Area& area : registry::parse_areas(text).areas) {
      static_cast<void>(contains(area, {35.72, 139.44}));
    }
  });
  return 0;
}

fuzz::Material fuzz::material() {
  return {{rule_file("local_plan_sample.toml"), rule_file("eligibility_nishitokyo.toml"),
           R"({"type": "FeatureCollection", "features": [{"type": "Feature",
"properties": {"level": "小学校区", "code": "01", "name": "南小学校区"},
"geometry": {"type": "Polygon", "coordinates": [[[139.44, 35.72], [139.45, 35.72], [139.45, 35.73],
[139.44, 35.72]]]}}]})",
           R"({"type": "FeatureCollection", "features": [{"type": "Feature",
"geometry": {"type": "Point", "coordinates": [139.4187949, 35.7239139]},
"properties": {"共通ID": "E1399980001", "施設・場所名": "南小学校", "住所": "東京都ひかり市みなみ町二丁目",
"洪水": "1", "地震": "1", "指定避難所との住所同一": "1"}}]})"},
          {"null", "[[", "{}", "[]", "1e400", "\\ud800", "\"\"\"", "= nan", "0x", "true", "\xff",
           "\"MultiPolygon\"", "[[[[", "]]]]", "'''", "1979-05-27"}};
}
