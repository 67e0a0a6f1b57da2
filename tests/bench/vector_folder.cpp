// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>

#include "net.hpp"
#include "route/error.hpp"

namespace bench {
namespace {

namespace fs = std::filesystem;

static_assert(std::endian::native == std::endian::little, "the files are little-endian");
static_assert(sizeof(route::NodeId) == sizeof(std::uint32_t), "nodes are stored as numbers");

template <class T>
std::vector<T> read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) {
    throw route::InputError("cannot read " + file.string());
  }
  const auto bytes = static_cast<std::size_t>(in.tellg());
  if (bytes % sizeof(T) != 0) {
    throw route::InputError(file.string() + " has " + std::to_string(bytes) +
                            " bytes, which is no multiple of " + std::to_string(sizeof(T)) +
                            ": is it cut off?");
  }
  std::vector<T> values(bytes / sizeof(T));
  in.seekg(0);
  in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(bytes));
  if (!in) {
    throw route::InputError("cannot read " + file.string());
  }
  return values;
}

template <class T>
void write(const fs::path& file, std::span<const T> values) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(values.data()),
            static_cast<std::streamsize>(values.size_bytes()));
  out.close();
  if (!out) {
    throw route::Error("cannot write " + file.string());
  }
}

/// Sizes of two vectors that belong together.
void expect_size(const fs::path& file, std::size_t found, std::size_t expected,
                 const std::string& reason) {
  if (found != expected) {
    throw route::InputError(file.string() + " has " + std::to_string(found) +
                            " entries, expected " + std::to_string(expected) + " (" + reason + ")");
  }
}

void expect_nodes(const fs::path& file, std::span<const route::NodeId> nodes,
                  std::size_t node_count) {
  const auto outside = std::ranges::find_if(
      nodes, [node_count](route::NodeId node) { return node.value >= node_count; });
  if (outside != nodes.end()) {
    throw route::InputError(file.string() + "[" + std::to_string(outside - nodes.begin()) +
                            "] names node " + std::to_string(outside->value) + " of " +
                            std::to_string(node_count));
  }
}

std::vector<route::LatLon> read_positions(const fs::path& folder, std::size_t node_count) {
  const auto latitude = read<float>(folder / "latitude");
  const auto longitude = read<float>(folder / "longitude");
  expect_size(folder / "latitude", latitude.size(), node_count, "nodes of first_out");
  expect_size(folder / "longitude", longitude.size(), node_count, "nodes of first_out");
  std::vector<route::LatLon> positions;
  positions.reserve(node_count);
  for (std::size_t node = 0; node < node_count; ++node) {
    const bool on_earth = std::abs(latitude[node]) <= 90 && std::abs(longitude[node]) <= 180;
    if (!on_earth) {  // so is not-a-number
      throw route::InputError(folder.string() + ": node " + std::to_string(node) +
                              " does not lie on the Earth (latitude, longitude in degrees)");
    }
    positions.push_back(route::from_degrees(latitude[node], longitude[node]));
  }
  return positions;
}

Net read_net(const fs::path& folder) {
  Net net;
  net.first_out = read<std::uint32_t>(folder / "first_out");
  net.heads = read<route::NodeId>(folder / "head");
  net.weights = read<route::Weight>(folder / "travel_time");
  if (net.first_out.size() < 2) {
    throw route::InputError((folder / "first_out").string() + " has no nodes: nothing to measure");
  }
  if (net.first_out.front() != 0 || !std::ranges::is_sorted(net.first_out)) {
    throw route::InputError((folder / "first_out").string() + " must begin with 0 and never fall");
  }
  expect_size(folder / "head", net.heads.size(), net.first_out.back(), "last entry of first_out");
  expect_size(folder / "travel_time", net.weights.size(), net.heads.size(), "as many as head");
  expect_nodes(folder / "head", net.heads, net.first_out.size() - 1);
  const auto heaviest = std::ranges::max_element(net.weights);
  if (heaviest != net.weights.end() && *heaviest > route::kInfinity) {
    throw route::InputError((folder / "travel_time").string() + "[" +
                            std::to_string(heaviest - net.weights.begin()) + "] is " +
                            std::to_string(*heaviest) + ", above " +
                            std::to_string(route::kInfinity) + " (closed)");
  }
  net.positions = read_positions(folder, net.first_out.size() - 1);
  return net;
}

Journeys read_journeys(const fs::path& folder, std::size_t node_count) {
  Journeys journeys;
  const bool has_source = fs::exists(folder / "source");
  const bool has_answers = fs::exists(folder / "travel_time_length");
  if (has_source != fs::exists(folder / "target") || (has_answers && !has_source)) {
    throw route::InputError(folder.string() +
                            ": source and target belong together, and travel_time_length to them");
  }
  if (!has_source) {
    return journeys;
  }
  journeys.from = read<route::NodeId>(folder / "source");
  journeys.to = read<route::NodeId>(folder / "target");
  expect_size(folder / "target", journeys.to.size(), journeys.from.size(), "as many as source");
  expect_nodes(folder / "source", journeys.from, node_count);
  expect_nodes(folder / "target", journeys.to, node_count);
  if (has_answers) {
    journeys.answers = read<route::Weight>(folder / "travel_time_length");
    expect_size(folder / "travel_time_length", journeys.answers.size(), journeys.size(),
                "as many as source");
  }
  return journeys;
}

}  // namespace

Task read_vector_folder(const fs::path& folder) {
  Task task;
  task.kind = "vector_folder";
  task.net = read_net(folder);
  const std::size_t nodes = task.net.positions.size();
  task.journeys = read_journeys(folder, nodes);
  if (fs::exists(folder / "order")) {
    task.order = read_order(folder / "order", nodes);
  }
  for (std::uint32_t node = 0; node < nodes; ++node) {
    task.places.push_back(route::NodeId{node});
  }
  return task;
}

void write_vector_folder(const fs::path& folder, const Net& net, const Journeys& journeys) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) {
    throw route::Error("cannot make " + folder.string() + ": " + failed.message());
  }
  std::vector<float> latitude;
  std::vector<float> longitude;
  for (const route::LatLon position : net.positions) {
    latitude.push_back(static_cast<float>(position.lat()));
    longitude.push_back(static_cast<float>(position.lon()));
  }
  write<std::uint32_t>(folder / "first_out", net.first_out);
  write<route::NodeId>(folder / "head", net.heads);
  write<route::Weight>(folder / "travel_time", net.weights);
  write<float>(folder / "latitude", latitude);
  write<float>(folder / "longitude", longitude);
  write<route::NodeId>(folder / "source", journeys.from);
  write<route::NodeId>(folder / "target", journeys.to);
  write<route::Weight>(folder / "travel_time_length", journeys.answers);
}

std::vector<route::NodeId> read_order(const fs::path& file, std::size_t node_count) {
  auto order = read<route::NodeId>(file);
  expect_size(file, order.size(), node_count, "nodes of the graph");
  expect_nodes(file, order, node_count);
  std::vector<bool> seen(node_count);
  for (const route::NodeId node : order) {
    if (seen[node.value]) {
      throw route::InputError(file.string() + " names node " + std::to_string(node.value) +
                              " twice; an order is every node once");
    }
    seen[node.value] = true;
  }
  return order;
}

void write_order(const fs::path& file, std::span<const route::NodeId> order) {
  write<route::NodeId>(file, order);
}

}  // namespace bench
