// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "route/path.hpp"

namespace support {

/// The part of an arc that is travelled, as shares of its edge's length from the edge's tail.
struct Leg {
  route::ArcId arc;
  double begin = 0;
  double end = 0;
  route::Weight weight = 0;
};

/// Goes through every open way between two places that visits no node twice: the oracle for
/// searches on tiny graphs.
class EveryWay {
 public:
  using OnWay = std::function<void(std::span<const Leg>)>;

  EveryWay(const route::RoadGraph& graph, const route::Metric& metric, OnWay on_way)
      : graph_(graph), metric_(metric), on_way_(std::move(on_way)), used_(graph.node_count()) {}

  void between(const route::RoadPosition& from, const route::RoadPosition& to) {
    to_ = to;
    for (const bool forward : {true, false}) {
      const route::ArcId arc = arc_of(from.edge, forward);
      const bool ahead = forward ? from.fraction <= to.fraction : from.fraction >= to.fraction;
      if (from.edge == to.edge && ahead && add(arc, from.fraction, to.fraction)) {
        on_way_(legs_);
        legs_.pop_back();
      }
      if (add(arc, from.fraction, forward ? 1 : 0)) {
        visit(graph_.head(arc));
        legs_.pop_back();
      }
    }
  }

 private:
  [[nodiscard]] route::ArcId arc_of(route::EdgeId edge, bool forward) const {
    return forward ? graph_.forward_arc(edge) : graph_.backward_arc(edge);
  }

  /// False when the arc is banned.
  bool add(route::ArcId arc, double begin, double end) {
    const route::Weight weight = route::partial_weight(metric_.weights[arc], begin, end);
    if (weight < route::kInfinity) {
      legs_.push_back({arc, begin, end, weight});
    }
    return weight < route::kInfinity;
  }

  void visit(route::NodeId node) {
    if (used_[node] != 0) {
      return;
    }
    used_[node] = 1;
    for (const bool forward : {true, false}) {
      const route::ArcId arc = arc_of(to_.edge, forward);
      if (graph_.tail(arc) == node && add(arc, forward ? 0 : 1, to_.fraction)) {
        on_way_(legs_);
        legs_.pop_back();
      }
    }
    for (const route::ArcId arc : graph_.arcs_out(node)) {
      const bool forward = graph_.is_forward(arc);
      if (add(arc, forward ? 0 : 1, forward ? 1 : 0)) {
        visit(graph_.head(arc));
        legs_.pop_back();
      }
    }
    used_[node] = 0;
  }

  const route::RoadGraph& graph_;
  const route::Metric& metric_;
  OnWay on_way_;
  route::IdVector<route::NodeId, std::uint8_t> used_;
  route::RoadPosition to_;
  std::vector<Leg> legs_;
};

}  // namespace support
