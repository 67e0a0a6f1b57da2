// SPDX-License-Identifier: Apache-2.0
#include <osmium/builder/attr.hpp>
#include <osmium/io/pbf_output.hpp>
#include <osmium/io/writer.hpp>
#include <osmium/memory/buffer.hpp>
#include <stdexcept>
#include <vector>

#include "datagen/random.hpp"
#include "datagen/town_files.hpp"

namespace datagen {
namespace {

using osmium::builder::attr::_id;
using osmium::builder::attr::_location;
using osmium::builder::attr::_nodes;
using osmium::builder::attr::_tags;

constexpr std::size_t kBufferBytes = 1024UL * 1024UL;

/// Rising ids with gaps, as a piece of a real map has them; 0 for nodes no way uses.
std::vector<osmium::object_id_type> node_ids(const StreetNet& net, Random& random) {
  std::vector<osmium::object_id_type> ids(net.nodes.size(), 0);
  for (const StreetWay& way : net.ways) {
    for (const std::size_t node : way.nodes) {
      ids[node] = 1;
    }
  }
  osmium::object_id_type next = 4'300'000'000;
  for (osmium::object_id_type& id : ids) {
    next += random.whole(1, 9);
    id *= next;
  }
  return ids;
}

}  // namespace

void write_roads(const std::filesystem::path& file, const TownPlan& plan, const StreetNet& net,
                 std::uint64_t seed) {
  Random random(seed, "map ids");
  const std::vector<osmium::object_id_type> ids = node_ids(net, random);
  osmium::memory::Buffer buffer(kBufferBytes, osmium::memory::Buffer::auto_grow::yes);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] != 0) {
      const registry::Position place = to_position(plan.to_ground(net.nodes[i].plan));
      osmium::builder::add_node(buffer, _id(ids[i]),
                                _location(osmium::Location{place.lon, place.lat}),
                                _tags(net.nodes[i].tags));
    }
  }
  osmium::object_id_type way_id = 310'000'000;
  for (const StreetWay& way : net.ways) {
    std::vector<osmium::object_id_type> members;
    for (const std::size_t node : way.nodes) {
      members.push_back(ids[node]);
    }
    way_id += random.whole(1, 40);
    osmium::builder::add_way(buffer, _id(way_id), _nodes(members), _tags(way.tags));
  }
  try {
    osmium::io::Header header;
    header.set("generator", "tomoni");
    // No metadata: no time of writing, no user.
    const osmium::io::File target(file.string(), "pbf,add_metadata=false");
    osmium::io::Writer writer(target, header, osmium::io::overwrite::allow);
    writer(std::move(buffer));
    writer.close();
  } catch (const std::exception& error) {
    throw std::runtime_error(file.string() + " could not be written: " + error.what() +
                             "; check the folder and the free space");
  }
}

}  // namespace datagen
