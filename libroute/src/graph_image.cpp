// SPDX-License-Identifier: Apache-2.0
#include "graph_image.hpp"

#include <zlib.h>

#include <cstring>
#include <string>
#include <type_traits>

#include "route/error.hpp"

namespace route {
namespace {

// Without these the bytes would depend on what happened to lie in memory before.
static_assert(std::has_unique_object_representations_v<Road>);
static_assert(std::has_unique_object_representations_v<ImageHeader>);

constexpr std::size_t kChecksumEnd = offsetof(ImageHeader, section_count);
constexpr std::uint64_t kAlignment = 8;

constexpr std::uint64_t aligned(std::uint64_t offset) {
  return (offset + kAlignment - 1) / kAlignment * kAlignment;
}

std::uint32_t checksum_of(std::span<const std::byte> image) {
  const auto rest = image.subspan(kChecksumEnd);
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(rest.data()), rest.size()));
}

// The only layout there is: sizes follow from the counts, offsets from the sizes.
void lay_out(ImageHeader& header) {
  const std::uint64_t nodes = header.nodes;
  const std::uint64_t edges = header.edges;
  const std::uint64_t arcs = 2 * edges;
  const std::array<std::uint64_t, kSectionCount> sizes{nodes * sizeof(LatLon),
                                                       nodes * sizeof(std::int64_t),
                                                       (nodes + 1) * sizeof(std::uint32_t),
                                                       arcs * sizeof(NodeId),
                                                       arcs * sizeof(NodeId),
                                                       arcs * sizeof(std::uint32_t),
                                                       (nodes + 1) * sizeof(std::uint32_t),
                                                       arcs * sizeof(ArcId),
                                                       arcs * sizeof(ArcId),
                                                       edges * sizeof(Road),
                                                       (edges + 1) * sizeof(std::uint32_t),
                                                       header.points * sizeof(LatLon),
                                                       header.name_bytes,
                                                       nodes * sizeof(NodeId)};
  std::uint64_t offset = sizeof(ImageHeader);
  for (std::size_t i = 0; i < kSectionCount; ++i) {
    header.sections[i] = {offset, sizes[i]};
    offset = aligned(offset + sizes[i]);
  }
  header.size = offset;
}

template <class T>
void put(std::vector<std::byte>& image, const SectionPlace& place, const std::vector<T>& values) {
  TOMONI_EXPECT(values.size() * sizeof(T) == place.bytes);
  if (!values.empty()) {
    std::memcpy(image.data() + place.offset, values.data(), place.bytes);
  }
}

void seal(std::vector<std::byte>& image) {
  const std::uint32_t checksum = checksum_of(image);
  std::memcpy(image.data() + offsetof(ImageHeader, checksum), &checksum, sizeof checksum);
}

}  // namespace

void refuse_image(const std::string& found) {
  throw InputError("保存された道路網: " + found + "。道路を読み込み直してください");
}

std::vector<std::byte> write_image(const GraphColumns& columns) {
  ImageHeader header;
  header.nodes = static_cast<std::uint32_t>(columns.positions.size());
  header.edges = static_cast<std::uint32_t>(columns.roads.size());
  header.points = static_cast<std::uint32_t>(columns.points.size());
  header.name_bytes = static_cast<std::uint32_t>(columns.names.size());
  for (const LatLon p : columns.positions) {
    header.bounds.add(p);
  }
  for (const LatLon p : columns.points) {
    header.bounds.add(p);
  }
  lay_out(header);

  std::vector<std::byte> image(header.size);
  std::memcpy(image.data(), &header, sizeof header);
  put(image, header.place(Section::Positions), columns.positions);
  put(image, header.place(Section::SourceIds), columns.source_ids);
  put(image, header.place(Section::FirstOut), columns.first_out);
  put(image, header.place(Section::Heads), columns.heads);
  put(image, header.place(Section::Tails), columns.tails);
  put(image, header.place(Section::ArcEdges), columns.arc_edges);
  put(image, header.place(Section::FirstIn), columns.first_in);
  put(image, header.place(Section::ArcsIn), columns.arcs_in);
  put(image, header.place(Section::EdgeArcs), columns.edge_arcs);
  put(image, header.place(Section::Roads), columns.roads);
  put(image, header.place(Section::FirstPoint), columns.first_point);
  put(image, header.place(Section::Points), columns.points);
  put(image, header.place(Section::Names), columns.names);
  put(image, header.place(Section::Order), columns.order);
  seal(image);
  return image;
}

ImageHeader read_header(std::span<const std::byte> image) {
  const ImageHeader expected;
  ImageHeader header;
  if (image.size() < sizeof header) {
    refuse_image(std::to_string(image.size()) + "バイトしかなく、先頭部にも足りません");
  }
  std::memcpy(&header, image.data(), sizeof header);
  if (header.magic != expected.magic) {
    refuse_image("先頭がTOMONIRGではなく、別の種類のファイルです");
  }
  if (header.byte_order != expected.byte_order) {
    refuse_image("バイト順の異なる計算機で作られています");
  }
  if (header.version != expected.version) {
    refuse_image("形式の版が" + std::to_string(header.version) +
                 "で、別の版のプログラムで作られています（このプログラムの版は" +
                 std::to_string(expected.version) + "）");
  }
  if (header.size != image.size()) {
    refuse_image("大きさが" + std::to_string(image.size()) + "バイトで、記録された" +
                 std::to_string(header.size) + "バイトと異なります");
  }
  if (header.checksum != checksum_of(image)) {
    refuse_image("検査値が合わず、ファイルが壊れています");
  }
  ImageHeader layout = header;
  lay_out(layout);
  if (std::memcmp(&layout, &header, sizeof header) != 0) {
    refuse_image("各部の位置と大きさが節点と道路の数に合いません");
  }
  return header;
}

std::vector<std::byte> replace_slopes(std::span<const std::byte> image,
                                      std::span<const std::int16_t> slopes_permille) {
  ImageHeader header;
  TOMONI_EXPECT(image.size() >= sizeof header);
  std::memcpy(&header, image.data(), sizeof header);
  TOMONI_EXPECT(slopes_permille.size() == header.edges);
  std::vector<std::byte> copy(image.begin(), image.end());
  std::byte* slope =
      copy.data() + header.place(Section::Roads).offset + offsetof(Road, slope_permille);
  for (const std::int16_t permille : slopes_permille) {
    std::memcpy(slope, &permille, sizeof permille);
    slope += sizeof(Road);
  }
  seal(copy);
  return copy;
}

}  // namespace route
