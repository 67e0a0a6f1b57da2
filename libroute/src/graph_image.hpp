// SPDX-License-Identifier: Apache-2.0
#pragma once

// The saved form of a road graph, which is also its form in memory.
//
//   offset size
//        0    8  magic "TOMONIRG"
//        8    4  format version
//       12    4  byte order mark 0x01020304, written by the machine that made the image
//       16    4  CRC-32 (ISO-HDLC, as in zip) of every byte from offset 20 to the end
//       20    4  number of sections
//       24    8  size of the image in bytes
//       32    8  nodes, edges          (arcs = 2 * edges)
//       40    8  points, bytes of names
//       48   16  bounds: low lat, low lon, high lat, high lon in 1e-7 degrees
//       64       per section: offset (8), bytes (8)
//                sections in the order of `Section`, each at a multiple of 8, gaps are zero bytes
//
// All numbers little-endian. The CRC finds every damage of up to 32 consecutive bits and so every
// single flipped bit; magic, version and mark are compared as they are. It protects against broken
// disks and copies, not against forgery; an image from elsewhere is checked index by index as well.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "route/geo.hpp"
#include "route/ids.hpp"
#include "route/road.hpp"

namespace route {

/// Raise it with every change of the layout or of `Road`.
inline constexpr std::uint32_t kImageVersion = 2;

enum class Section : std::uint8_t {
  Positions,   ///< LatLon by node
  SourceIds,   ///< int64 by node
  FirstOut,    ///< uint32 by node, and the end
  Heads,       ///< NodeId by arc
  Tails,       ///< NodeId by arc
  ArcEdges,    ///< uint32 by arc: edge * 2 + (0 forward, 1 backward)
  FirstIn,     ///< uint32 by node, and the end
  ArcsIn,      ///< ArcId, ascending within a node
  EdgeArcs,    ///< ArcId: forward and backward arc by edge
  Roads,       ///< Road by edge
  FirstPoint,  ///< uint32 by edge, and the end
  Points,      ///< LatLon
  Names,       ///< UTF-8, each ending in a zero byte; the first is empty
  Order        ///< NodeId, least important first
};
inline constexpr std::size_t kSectionCount = 14;

struct SectionPlace {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
};

/// What a graph consists of before it is written down. `roads[e].name` must be an offset into
/// `names`, `first_point` holds the end too.
struct GraphColumns {
  std::vector<LatLon> positions;
  std::vector<std::int64_t> source_ids;
  std::vector<std::uint32_t> first_out;
  std::vector<NodeId> heads;
  std::vector<NodeId> tails;
  std::vector<std::uint32_t> arc_edges;
  std::vector<std::uint32_t> first_in;
  std::vector<ArcId> arcs_in;
  std::vector<ArcId> edge_arcs;
  std::vector<Road> roads;
  std::vector<std::uint32_t> first_point;
  std::vector<LatLon> points;
  std::vector<char> names;
  std::vector<NodeId> order;
};

struct ImageHeader {
  std::array<char, 8> magic{'T', 'O', 'M', 'O', 'N', 'I', 'R', 'G'};
  std::uint32_t version = kImageVersion;
  std::uint32_t byte_order = 0x01020304;
  std::uint32_t checksum = 0;
  std::uint32_t section_count = kSectionCount;
  std::uint64_t size = 0;
  std::uint32_t nodes = 0;
  std::uint32_t edges = 0;
  std::uint32_t points = 0;
  std::uint32_t name_bytes = 0;
  Box bounds;
  std::array<SectionPlace, kSectionCount> sections;

  [[nodiscard]] const SectionPlace& place(Section section) const {
    return sections[static_cast<std::size_t>(section)];
  }
};
static_assert(sizeof(ImageHeader) == 64 + 16 * kSectionCount);

/// The image of these columns; equal columns give equal bytes.
[[nodiscard]] std::vector<std::byte> write_image(const GraphColumns& columns);

/// Throws `InputError`: what was found, and that the roads must be imported again.
[[noreturn]] void refuse_image(const std::string& found);

/// Reads the header and checks everything but the contents of the sections: magic, version, size,
/// checksum, place and size of each section. Throws `InputError`.
[[nodiscard]] ImageHeader read_header(std::span<const std::byte> image);

/// The same image with the slope of every edge replaced. Requires an image that was checked.
[[nodiscard]] std::vector<std::byte> replace_slopes(std::span<const std::byte> image,
                                                    std::span<const std::int16_t> slopes_permille);

}  // namespace route
