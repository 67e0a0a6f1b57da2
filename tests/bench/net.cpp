// SPDX-License-Identifier: Apache-2.0
#include "net.hpp"

#include <fstream>
#include <iterator>

#include "route/error.hpp"
#include "route/mobility_profile.hpp"
#include "route/osm_import.hpp"

namespace bench {
namespace {

namespace fs = std::filesystem;

constexpr const char* kGraphFile = "roads.graph";

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw route::InputError("cannot read " + file.string());
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

Task read_city(const fs::path& folder, const std::string& profile) {
  route::RoadGraph graph = read_roads(folder / kGraphFile);
  route::Metric metric = metric_of(graph, folder, profile);
  Task task;
  task.kind = "city";
  task.profile = profile;
  const route::NetView view = graph.net();
  task.net.first_out.assign(view.first_out.begin(), view.first_out.end());
  task.net.heads.assign(view.heads.begin(), view.heads.end());
  task.net.positions.assign(view.positions.begin(), view.positions.end());
  task.net.weights = metric.weights.raw();
  for (const route::NodeId node : graph.nodes()) {
    if (metric.in_main_part[node] != 0) {
      task.places.push_back(node);
    }
  }
  if (task.places.empty()) {
    throw route::InputError((folder / kGraphFile).string() + " has no nodes: nothing to measure");
  }
  task.city = std::make_unique<const Task::City>(Task::City{std::move(graph), std::move(metric)});
  return task;
}

}  // namespace

Net reversed(const Net& net) {
  const std::size_t nodes = net.positions.size();
  Net back;
  back.positions = net.positions;
  back.first_out.assign(nodes + 1, 0);
  back.heads.resize(net.heads.size());
  back.weights.resize(net.weights.size());
  for (const route::NodeId head : net.heads) {
    ++back.first_out[head.value + 1];
  }
  for (std::size_t node = 0; node < nodes; ++node) {
    back.first_out[node + 1] += back.first_out[node];
  }
  auto next = back.first_out;
  for (std::uint32_t tail = 0; tail < nodes; ++tail) {
    for (std::uint32_t arc = net.first_out[tail]; arc < net.first_out[tail + 1]; ++arc) {
      const std::uint32_t place = next[net.heads[arc].value]++;
      back.heads[place] = route::NodeId{tail};
      back.weights[place] = net.weights[arc];
    }
  }
  return back;
}

Task read_task(const fs::path& folder, const std::string& profile) {
  if (fs::exists(folder / kGraphFile)) {
    return read_city(folder, profile);
  }
  if (!fs::exists(folder / "first_out")) {
    throw route::InputError(folder.string() +
                            " holds neither roads.graph (a saved city) nor first_out (a vector "
                            "folder); see docs/benchmarks.md");
  }
  return read_vector_folder(folder);
}

route::RoadGraph read_roads(const fs::path& file) {
  if (file.extension() == ".graph") {
    return route::RoadGraph::map(file);
  }
  return route::import_osm(file).graph;
}

route::Metric metric_of(const route::RoadGraph& graph, const fs::path& folder,
                        const std::string& profile) {
  fs::path file = folder / "rules" / "profiles.toml";
  if (!fs::exists(file)) {
    file = fs::path(TOMONI_DATA_DIR) / "rules" / "profiles.toml";
  }
  const auto profiles = route::parse_profiles(text_of(file));
  return route::make_metric(graph, {.profile = route::profile_named(profiles, profile)});
}

}  // namespace bench
