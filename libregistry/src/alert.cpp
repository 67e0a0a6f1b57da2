// SPDX-License-Identifier: Apache-2.0
#include "registry/alert.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "alert_builder.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

constexpr int kFirstOrderLevel = 3;

bool is_in(const AlertArea& area, const AlertNotice& notice) {
  return notice.whole_city || std::ranges::find(notice.areas, area) != notice.areas.end();
}

/// Whether a mayor's order already says as much, wherever the notice holds.
bool is_ordered(const AlertNotice& notice, std::span<const AlertNotice> in_force) {
  return std::ranges::any_of(in_force, [&](const AlertNotice& order) {
    if (!order.order || order.hazard != notice.hazard || order.level < notice.level) {
      return false;
    }
    return order.whole_city ||
           (!notice.whole_city && std::ranges::all_of(notice.areas, [&](const AlertArea& area) {
             return is_in(area, order);
           }));
  });
}

/// Whether a stronger notice holds for the same hazard at the same places.
bool is_outdone(const AlertNotice& notice, std::span<const AlertNotice> in_force) {
  return std::ranges::any_of(in_force, [&](const AlertNotice& other) {
    return !other.order && other.hazard == notice.hazard && other.level > notice.level &&
           (other.whole_city || (!notice.whole_city && other.areas == notice.areas));
  });
}

}  // namespace

std::string_view to_text(AlertStatus status) {
  switch (status) {
    case AlertStatus::Issued:
      return "発表";
    case AlertStatus::Updated:
      return "更新";
    case AlertStatus::Lifted:
      return "解除";
  }
  contract_violated("status is an enumerator", __FILE__, __LINE__);
}

std::string_view order_name(int level) {
  TOMONI_EXPECT(level >= kFirstOrderLevel && level <= 5);
  return level == kFirstOrderLevel ? "高齢者等避難" : level == 4 ? "避難指示" : "緊急安全確保";
}

AlertDocument read_alert(std::string_view xml, const AlertRules& rules, const AlertPlace& place) {
  const XmlNode root = read_xml_tree(
      xml, {.bytes = rules.limits.bytes, .depth = rules.limits.depth, .nodes = rules.limits.nodes});
  bool has_order = false;
  root.each("EvacuationOrder", [&](const XmlNode& /*order*/) { has_order = true; });
  if (has_order) {
    return read_commons_order(root, rules, place);
  }
  if (root.name == "Report" && root.child("Control") != nullptr && root.child("Head") != nullptr) {
    return read_jma_report(root, rules, place);
  }
  refuse_alert("気象庁防災情報XMLでも、L-ALERT の避難情報でもありません。");
}

std::vector<AlertNotice> alerts_in_force(std::span<const AlertDocument> documents) {
  std::map<std::string_view, Instant> understood;  // newest document of the series without doubts
  for (const AlertDocument& document : documents) {
    if (document.doubts.empty()) {
      Instant& newest = understood[document.series];
      newest = std::max(newest, document.issued);
    }
  }
  std::vector<AlertNotice> notices;
  for (const AlertDocument& document : documents) {
    if (document.issued < understood[document.series]) {
      continue;
    }
    for (const AlertNotice& notice : document.notices) {
      if (notice.status != AlertStatus::Lifted) {
        notices.push_back(notice);
      }
    }
  }
  return notices;
}

std::vector<OrderProposal> propose_orders(std::span<const AlertNotice> in_force,
                                          const AlertRules& rules) {
  using Key = std::tuple<int, HazardKind, bool, std::string>;
  std::map<Key, OrderProposal> found;
  for (const AlertNotice& notice : in_force) {
    const bool wanted = std::ranges::find(rules.proposes, notice.hazard) != rules.proposes.end();
    if (notice.order || notice.level < kFirstOrderLevel || !wanted ||
        is_ordered(notice, in_force) || is_outdone(notice, in_force)) {
      continue;
    }
    std::string places;
    for (const AlertArea& area : notice.areas) {
      places += area.code + "/" + area.name + ";";
    }
    const Key key{-notice.level, notice.hazard, notice.whole_city,
                  notice.whole_city ? std::string() : places};
    OrderProposal& proposal = found[key];
    proposal.level = notice.level;
    proposal.hazard = notice.hazard;
    proposal.whole_city = notice.whole_city;
    proposal.areas = notice.areas;
    proposal.since = std::max(proposal.since, notice.issued);
    proposal.because.push_back(notice.title);
  }
  std::vector<OrderProposal> proposals;
  proposals.reserve(found.size());
  for (auto& [key, proposal] : found) {
    proposals.push_back(std::move(proposal));
  }
  return proposals;
}

}  // namespace registry
