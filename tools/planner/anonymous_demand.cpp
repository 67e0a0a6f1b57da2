// SPDX-License-Identifier: Apache-2.0
#include "planner/anonymous_demand.hpp"
