// SPDX-License-Identifier: Apache-2.0
#include "registry/event.hpp"

#include <algorithm>
#include <array>

#include "registry/error.hpp"

namespace registry {
namespace {

constexpr std::array<std::string_view, kEventPhases> kPhaseWords = {"平常", "おそれ", "発生",
                                                                    "収束"};
constexpr std::array<std::string_view, kEventPhases> kPhaseCodes = {"normal", "threat", "occurred",
                                                                    "over"};
constexpr std::array<std::string_view, kEvacLevels> kLevelWords = {"高齢者等避難", "避難指示",
                                                                   "緊急安全確保"};
constexpr std::array<std::string_view, kEvacLevels> kLevelCodes = {"L3", "L4", "L5"};

template <class Enum, std::size_t N>
std::optional<Enum> parse(std::string_view text, const std::array<std::string_view, N>& words,
                          const std::array<std::string_view, N>& codes) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == text || codes[i] == text) {
      return static_cast<Enum>(i);
    }
  }
  return std::nullopt;
}

bool stands(const EvacOrder& order, Instant at) {
  return order.issued <= at && (!order.lifted || at < *order.lifted);
}

bool covers(const EvacOrder& order, const AreaRef& area) {
  return order.whole_city || std::ranges::find(order.areas, area) != order.areas.end();
}

std::string named(const AreaRef& area) {
  return std::string(to_text(area.level)) + ":" + area.code;
}

std::optional<std::string> area_fault(const EvacOrder& order, const DisasterEvent& event,
                                      const AreaTree& tree) {
  if (!order.whole_city && order.areas.empty()) {
    return "区域(または市全域)を書いてください。";
  }
  if (order.whole_city && !event.whole_city) {
    return "この災害は市全域のものではありません。区域を書いてください。";
  }
  for (const AreaRef& area : order.areas) {
    if (!tree.known(area)) {
      return "区域 " + named(area) +
             " は台帳にありません。tomoni import areas で確かめてください。";
    }
    if (!event.whole_city && std::ranges::none_of(event.areas, [&](const AreaRef& outer) {
          return tree.lies_in(area, outer);
        })) {
      return "区域 " + named(area) + " はこの災害の区域の外です。";
    }
  }
  return std::nullopt;
}

/// An order that stands where the new one would, at its level or above.
const EvacOrder* standing_above(const EvacOrder& order, const std::vector<EvacOrder>& before,
                                const AreaTree& tree) {
  const auto over = [&](const EvacOrder& old) {
    if (order.whole_city) {
      return old.whole_city;
    }
    return old.whole_city || std::ranges::any_of(order.areas, [&](const AreaRef& area) {
             return std::ranges::any_of(
                 old.areas, [&](const AreaRef& outer) { return tree.lies_in(area, outer); });
           });
  };
  for (const EvacOrder& old : before) {
    if (stands(old, order.issued) && old.level >= order.level && over(old)) {
      return &old;
    }
  }
  return nullptr;
}

}  // namespace

std::string_view to_text(EventPhase phase) {
  return kPhaseWords.at(static_cast<std::size_t>(phase));
}

std::optional<EventPhase> parse_event_phase(std::string_view text) {
  return parse<EventPhase>(text, kPhaseWords, kPhaseCodes);
}

std::string_view to_text(EvacLevel level) {
  return kLevelWords.at(static_cast<std::size_t>(level));
}

std::optional<EvacLevel> parse_evac_level(std::string_view text) {
  return parse<EvacLevel>(text, kLevelWords, kLevelCodes);
}

std::string_view to_text(EventState state) {
  switch (state) {
    case EventState::Unconfirmed:
      return "確認待ち";
    case EventState::Lapsed:
      return "失効";
    case EventState::Open:
      return "対応中";
    case EventState::Closed:
      return "終了";
  }
  contract_violated("state is an enumerator", __FILE__, __LINE__);
}

EventState state_of(const DisasterEvent& event, Instant at) {
  if (event.closed_at && *event.closed_at <= at) {
    return EventState::Closed;
  }
  if (event.confirmed_at) {
    return EventState::Open;
  }
  return at.milliseconds > event.declared_at.milliseconds + kConfirmWithinMs
             ? EventState::Lapsed
             : EventState::Unconfirmed;
}

Phase disclosure_phase(const DisasterEvent& event, Instant at) {
  if (event.is_drill) {
    return Phase::Drill;
  }
  if (state_of(event, at) != EventState::Open) {
    return Phase::Normal;
  }
  switch (event.phase) {
    case EventPhase::Threat:
      return Phase::Threat;
    case EventPhase::Occurred:
      return Phase::Occurred;
    case EventPhase::Normal:
    case EventPhase::Over:
      return Phase::Normal;
  }
  contract_violated("phase is an enumerator", __FILE__, __LINE__);
}

AreaTree::AreaTree(const std::vector<Area>& areas) {
  nodes_.reserve(areas.size());
  for (const Area& area : areas) {
    nodes_.push_back({{area.level, area.code}, area.parent});
  }
  std::ranges::sort(nodes_, {}, &Node::area);
}

bool AreaTree::known(const AreaRef& area) const {
  return std::ranges::binary_search(nodes_, area, {}, &Node::area);
}

bool AreaTree::lies_in(const AreaRef& inner, const AreaRef& outer) const {
  AreaRef at = inner;
  // A parent is of the same level or a larger one (see `check_area_tree`), so this ends.
  for (std::size_t step = 0; step <= nodes_.size(); ++step) {
    if (at == outer) {
      return true;
    }
    const auto node = std::ranges::lower_bound(nodes_, at, {}, &Node::area);
    if (node == nodes_.end() || node->area != at || node->parent.empty()) {
      return false;
    }
    const auto parent = std::ranges::find_if(nodes_, [&](const Node& each) {
      return each.area.code == node->parent && each.area.level <= at.level && each.area != at;
    });
    if (parent == nodes_.end()) {
      return false;
    }
    at = parent->area;
  }
  return false;
}

std::optional<EvacLevel> level_at(const std::vector<EvacOrder>& orders,
                                  const std::vector<AreaRef>& areas, Instant at) {
  std::optional<EvacLevel> highest;
  for (const EvacOrder& order : orders) {
    const bool here = order.whole_city || std::ranges::any_of(areas, [&](const AreaRef& area) {
                        return covers(order, area);
                      });
    if (here && stands(order, at) && (!highest || *highest < order.level)) {
      highest = order.level;
    }
  }
  return highest;
}

bool touches(const DisasterEvent& event, const std::vector<AreaRef>& areas) {
  return event.whole_city || std::ranges::any_of(areas, [&](const AreaRef& area) {
           return std::ranges::find(event.areas, area) != event.areas.end();
         });
}

std::optional<std::string> fault_of(const EvacOrder& order, const std::vector<EvacOrder>& before,
                                    const DisasterEvent& event, const AreaTree& areas,
                                    Instant now) {
  if (auto fault = area_fault(order, event, areas)) {
    return fault;
  }
  if (order.issued < event.started) {
    return "災害の始まりより前の発令です。時刻を確かめてください。";
  }
  if (now < order.issued) {
    return "これからの時刻の発令です。時刻を確かめてください。";
  }
  for (const EvacOrder& old : before) {
    if (order.issued < old.issued || (old.lifted && order.issued < *old.lifted)) {
      return "先に記録した発令・解除 (" + tokyo_time(old.lifted ? *old.lifted : old.issued) +
             ") より前の時刻です。起きた順に記録してください。";
    }
  }
  if (const EvacOrder* old = standing_above(order, before, areas)) {
    return "この区域にはすでに" + std::string(to_text(old->level)) +
           "が出ています。段階を下げるときは、先に解除してください。";
  }
  return std::nullopt;
}

std::optional<std::string> lift_fault(const EvacOrder& order, Instant at, Instant now) {
  if (order.lifted) {
    return "この発令はすでに解除されています。";
  }
  if (at < order.issued) {
    return "発令より前の時刻の解除です。時刻を確かめてください。";
  }
  if (now < at) {
    return "これからの時刻の解除です。時刻を確かめてください。";
  }
  return std::nullopt;
}

}  // namespace registry
