// SPDX-License-Identifier: Apache-2.0
// A zero byte inside a tag of a PBF file made the reader take the rest of the value for the next
// key and read beyond the end of its memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <osmium/builder/attr.hpp>
#include <osmium/io/pbf_output.hpp>
#include <osmium/io/writer.hpp>
#include <string>

#include "route/error.hpp"
#include "route/turn_restrictions.hpp"
#include "support/file_bytes.hpp"
#include "support/scratch_folder.hpp"

namespace {

using osmium::builder::attr::_id;
using osmium::builder::attr::_location;
using osmium::builder::attr::_member;
using osmium::builder::attr::_nodes;
using osmium::builder::attr::_tag;
using support::bytes_of;

/// A street whose node, way and restriction each have a tag with an underscore of their own.
void write_street(const std::filesystem::path& file) {
  osmium::memory::Buffer buffer(1024, osmium::memory::Buffer::auto_grow::yes);
  osmium::builder::add_node(buffer, _id(1), _location(139.5, 35.7), _tag("note", "in_node"));
  osmium::builder::add_node(buffer, _id(2), _location(139.6, 35.7));
  osmium::builder::add_way(buffer, _id(3), _nodes({1, 2}), _tag("highway", "residential"),
                           _tag("name", "in_way"));
  osmium::builder::add_relation(buffer, _id(4), _member(osmium::item_type::way, 3, "from"),
                                _tag("type", "restriction"), _tag("note", "in_relation"));
  osmium::io::Writer writer(
      osmium::io::File(file.string(), "pbf,pbf_compression=none,add_metadata=false"));
  writer(std::move(buffer));
  writer.close();
}

TEST(ZeroByteInOsmTag, IsRefusedInsteadOfReadBeyond) {
  const support::ScratchFolder folder;
  const auto file = folder / "street.osm.pbf";
  write_street(file);
  const auto sound = route::import_osm(file);
  ASSERT_EQ(sound.graph.edge_count(), 1U);
  const std::string bytes = bytes_of(file);
  for (const char* text : {"in_node", "in_way", "in_relation"}) {
    std::string damaged = bytes;
    const std::size_t at = damaged.find(text);
    ASSERT_NE(at, std::string::npos) << text;
    damaged[at + 2] = '\0';
    std::ofstream(folder / "damaged.osm.pbf", std::ios::binary) << damaged;
    const auto read = [&] {
      static_cast<void>(route::import_osm(folder / "damaged.osm.pbf"));
      static_cast<void>(import_turn_restrictions(folder / "damaged.osm.pbf", sound.graph));
    };
    EXPECT_THROW(read(), route::InputError) << text;
  }
}

}  // namespace
