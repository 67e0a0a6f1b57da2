// SPDX-License-Identifier: Apache-2.0
#include "route/min_cost_flow.hpp"
