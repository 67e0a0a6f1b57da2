// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

#include <array>
#include <cstdio>

#include "fuzz_target.hpp"
#include "route/error.hpp"
#include "route/random_roads.hpp"
#include "route/turn_net.hpp"

namespace {

const route::RoadGraph& roads() {
  static const route::RoadGraph graph = support::random_roads(3, 12, 24);
  return graph;
}

void read(std::string_view text) {
  fuzz::accepts<route::InputError>([text] {
    const auto bans = route::parse_turns(text, roads());
    const auto metric = support::random_metric(roads(), 1);
    const route::TurnNet net(roads(), metric);
    fuzz::require(net.weights(metric, bans).size() == net.net().arc_count(), "a weight per turn");
  });
}

/// With the checksum that belongs to the lines.
std::string sealed(std::string_view text) {
  const std::size_t end = text.find('\n');
  const std::size_t word = text.rfind(' ', end);
  if (end == std::string_view::npos || word == std::string_view::npos) {
    return std::string(text);
  }
  const std::string_view lines = text.substr(end + 1);
  const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(lines.data()), lines.size());
  std::array<char, 9> hex{};
  static_cast<void>(std::snprintf(hex.data(), hex.size(), "%08lx", crc));
  return std::string(text.substr(0, word + 1)) + hex.data() + "\n" + std::string(lines);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  read(text);
  read(sealed(text));
  return 0;
}

fuzz::Material fuzz::material() {
  std::vector<route::TurnRestriction> bans;
  for (const route::ArcId arc : roads().arcs()) {
    for (const route::ArcId next : roads().arcs_out(roads().head(arc))) {
      if ((arc.value + next.value) % 3 == 0) {
        bans.push_back({arc, next});
      }
    }
  }
  return {{turns_text(roads(), route::TurnBans(bans)), turns_text(roads(), {})},
          {"\n", " ", "-1", "4294967295", "4294967296", "tomoni-turns 1 "}};
}
