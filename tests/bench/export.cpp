// SPDX-License-Identifier: Apache-2.0
#include "export.hpp"

#include "../route/draw.hpp"
#include "chains.hpp"
#include "plain_search.hpp"
#include "route/error.hpp"

namespace bench {

Journeys draw_journeys(const std::vector<route::NodeId>& places, std::size_t count,
                       std::uint32_t seed) {
  support::Draw draw(seed);
  const auto size = static_cast<std::uint32_t>(places.size());
  Journeys journeys;
  for (auto* ends : {&journeys.from, &journeys.to}) {
    for (std::size_t i = 0; i < count; ++i) {
      ends->push_back(places[draw(size)]);
    }
  }
  return journeys;
}

void answer(const Net& net, Journeys& journeys) {
  PlainSearch search(net);
  journeys.answers.clear();
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    journeys.answers.push_back(search.distance(journeys.from[i], journeys.to[i]));
  }
}

Exported make_export(const ExportRequest& request) {
  Exported made;
  made.net = collapse_chains(request.graph.net(), request.metric.weights.raw(),
                             request.metric.in_main_part.raw());
  std::vector<route::NodeId> places;
  for (std::uint32_t node = 0; node < made.net.positions.size(); ++node) {
    places.push_back(route::NodeId{node});
  }
  if (places.empty()) {
    throw route::InputError("the profile cannot use any of these roads: nothing to write");
  }
  made.journeys = draw_journeys(places, request.queries, request.seed);
  answer(made.net, made.journeys);
  return made;
}

}  // namespace bench
