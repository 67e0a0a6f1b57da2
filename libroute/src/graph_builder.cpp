// SPDX-License-Identifier: Apache-2.0
#include "route/graph_builder.hpp"
