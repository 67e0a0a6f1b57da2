// SPDX-License-Identifier: Apache-2.0

// The saved form: a line `tomoni-turns 1 <nodes> <arcs> <turns> <CRC-32 of the rest, 8 hex
// digits>`, then a line per turn, ascending: `<from arc> <to arc> <way of from> <node between> <way
// of to>`. The ids of the source say that the arcs are still those the restriction was made for.

#include "route/turn_restrictions.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "route/error.hpp"

namespace route {
namespace {

constexpr std::string_view kMagic = "tomoni-turns";
constexpr std::uint64_t kVersion = 1;

[[noreturn]] void refuse_turns(const std::string& found) {
  throw InputError("保存された右左折の規制: " + found + "。道路を読み込み直してください");
}

std::string checksum_of(std::string_view lines) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(lines.data()), lines.size());
  std::string hex(8, '0');
  for (std::size_t i = hex.size(); i-- > 0; crc >>= 4) {
    hex[i] = kDigits[crc & 15];
  }
  return hex;
}

/// Cuts the first word off, up to `end`.
std::string_view take(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) {
    refuse_turns("途中で切れています");
  }
  const std::string_view word = text.substr(0, at);
  text.remove_prefix(at + 1);
  return word;
}

template <class Number>
Number number(std::string_view word) {
  Number value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) {
    refuse_turns("数でない欄があります");
  }
  return value;
}

/// What a line says about the source of a turn.
std::array<std::int64_t, 3> source_of(const RoadGraph& graph, const TurnRestriction& turn) {
  return {graph.road(graph.edge(turn.from)).way_id, graph.source_id(graph.head(turn.from)),
          graph.road(graph.edge(turn.to)).way_id};
}

TurnRestriction parse_line(std::string_view line, const RoadGraph& graph) {
  const TurnRestriction turn{{number<std::uint32_t>(take(line, ' '))},
                             {number<std::uint32_t>(take(line, ' '))}};
  const auto from_way = number<std::int64_t>(take(line, ' '));
  const auto between = number<std::int64_t>(take(line, ' '));
  const std::array<std::int64_t, 3> source{from_way, between, number<std::int64_t>(line)};
  if (turn.from.value >= graph.arc_count() || turn.to.value >= graph.arc_count() ||
      graph.head(turn.from) != graph.tail(turn.to) || source_of(graph, turn) != source) {
    refuse_turns("別の道路データのものです");
  }
  return turn;
}

}  // namespace

TurnBans::TurnBans(std::vector<TurnRestriction> bans) : bans_(std::move(bans)) {
  std::ranges::sort(bans_);
  bans_.erase(std::unique(bans_.begin(), bans_.end()), bans_.end());
}

std::span<const TurnRestriction> TurnBans::out_of(ArcId from) const {
  const TurnRestriction first{from, ArcId{0}};
  const TurnRestriction end{ArcId{from.value + 1}, ArcId{0}};
  const auto begin = std::lower_bound(bans_.begin(), bans_.end(), first);
  return {begin, std::lower_bound(begin, bans_.end(), end)};
}

bool TurnBans::contains(ArcId from, ArcId to) const {
  return std::ranges::binary_search(bans_, TurnRestriction{from, to});
}

std::string turns_text(const RoadGraph& graph, const TurnBans& bans) {
  std::string lines;
  for (const TurnRestriction& turn : bans.all()) {
    lines += std::to_string(turn.from.value) + " " + std::to_string(turn.to.value);
    for (const std::int64_t id : source_of(graph, turn)) {
      lines += " " + std::to_string(id);
    }
    lines += "\n";
  }
  return std::string(kMagic) + " " + std::to_string(kVersion) + " " +
         std::to_string(graph.node_count()) + " " + std::to_string(graph.arc_count()) + " " +
         std::to_string(bans.all().size()) + " " + checksum_of(lines) + "\n" + lines;
}

TurnBans parse_turns(std::string_view text, const RoadGraph& graph) {
  std::string_view lines = text;
  std::string_view head = take(lines, '\n');
  if (take(head, ' ') != kMagic) {
    refuse_turns("先頭がtomoni-turnsではなく、別の種類のファイルです");
  }
  if (number<std::uint64_t>(take(head, ' ')) != kVersion) {
    refuse_turns("形式の版が違い、別の版のプログラムで作られています");
  }
  const auto nodes = number<std::uint64_t>(take(head, ' '));
  const auto arcs = number<std::uint64_t>(take(head, ' '));
  const auto count = number<std::uint64_t>(take(head, ' '));
  if (head != checksum_of(lines)) {
    refuse_turns("検査値が合わず、ファイルが壊れています");
  }
  if (nodes != graph.node_count() || arcs != graph.arc_count()) {
    refuse_turns("別の道路データのものです");
  }
  std::vector<TurnRestriction> turns;
  while (!lines.empty()) {
    turns.push_back(parse_line(take(lines, '\n'), graph));
  }
  if (turns.size() != count) {
    refuse_turns("規制の数が記録と異なります");
  }
  return TurnBans(std::move(turns));
}

}  // namespace route
