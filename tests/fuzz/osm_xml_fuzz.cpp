// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.hpp"
#include "osm_seeds.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::import_town(fuzz::text_of(data, size), ".osm");
  return 0;
}

fuzz::Material fuzz::material() {
  auto words = osm_words();
  words.insert(words.end(), {"<way id=\"7\">", "</way>", "<relation>", "<!--", "<![CDATA[", "/>"});
  return {{small_town_xml()}, words};
}
