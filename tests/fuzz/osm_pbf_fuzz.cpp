// SPDX-License-Identifier: Apache-2.0
#include <osmium/io/pbf_output.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/writer.hpp>
#include <osmium/io/xml_input.hpp>

#include "fuzz_target.hpp"
#include "osm_seeds.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::import_town(fuzz::text_of(data, size), ".osm.pbf");
  return 0;
}

fuzz::Material fuzz::material() {
  // Without compression the changes reach the reader's inside; with it they test the outside.
  Material made{{}, osm_words()};
  const InputFile xml(".seed.osm");
  const InputFile pbf(".seed.osm.pbf");
  xml.fill(small_town_xml());
  for (const char* format :
       {"pbf,pbf_compression=none", "pbf,pbf_compression=none,pbf_dense_nodes=false",
        "pbf,pbf_compression=none,add_metadata=false,locations_on_ways=true", "pbf"}) {
    osmium::io::Reader reader(osmium::io::File(xml.path().string()));
    osmium::io::Writer writer(osmium::io::File(pbf.path().string(), format),
                              osmium::io::overwrite::allow);
    while (osmium::memory::Buffer buffer = reader.read()) {
      writer(std::move(buffer));
    }
    writer.close();
    reader.close();
    made.seeds.push_back(read_file(pbf.path()));
  }
  return made;
}
