// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

#include <cstring>

#include "fuzz_target.hpp"
#include "osm_seeds.hpp"
#include "route/error.hpp"
#include "route/graph_builder.hpp"
#include "route/osm_import.hpp"
#include "route/random_roads.hpp"
#include "use_graph.hpp"

namespace {

// docs/file_formats.md
constexpr std::size_t kChecksumAt = 16;
constexpr std::size_t kCheckedFrom = 20;
constexpr std::size_t kSizeAt = 24;

void open(std::string_view bytes) {
  fuzz::accepts<route::InputError>([bytes] {
    const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
    const auto graph = route::RoadGraph::from_image({first, first + bytes.size()});
    fuzz::use_graph(graph);
  });
}

/// As somebody would write it who knows the format: size and checksum are right.
std::string sealed(std::string_view bytes) {
  std::string image(bytes);
  const std::uint64_t size = image.size();
  std::memcpy(image.data() + kSizeAt, &size, sizeof size);
  const auto checksum = static_cast<std::uint32_t>(crc32_z(
      0, reinterpret_cast<const Bytef*>(image.data()) + kCheckedFrom, image.size() - kCheckedFrom));
  std::memcpy(image.data() + kChecksumAt, &checksum, sizeof checksum);
  return image;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::text_of(data, size);
  open(bytes);
  if (size >= kSizeAt + sizeof(std::uint64_t)) {
    open(sealed(bytes));
  }
  return 0;
}

fuzz::Material fuzz::material() {
  Material made;
  const auto keep = [&made](const route::RoadGraph& graph) {
    made.seeds.push_back(std::string(text_of(
        reinterpret_cast<const std::uint8_t*>(graph.image().data()), graph.image().size())));
  };
  const InputFile town(".seed.osm");
  town.fill(small_town_xml());
  keep(route::import_osm(town.path()).graph);
  keep(support::random_roads(1, 6, 9));
  keep(support::random_roads(2, 40, 70));
  keep(route::GraphBuilder().build());
  return made;
}
