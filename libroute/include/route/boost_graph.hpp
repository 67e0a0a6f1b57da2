// SPDX-License-Identifier: Apache-2.0
#pragma once

// RoadGraph as a model of the Boost.Graph concepts VertexListGraph, EdgeListGraph, IncidenceGraph
// and BidirectionalGraph, so that every BGL algorithm runs on it. Vertex descriptor: node index
// (std::uint32_t); edge descriptor: arc index (route::ArcId).
