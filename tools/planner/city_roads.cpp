// SPDX-License-Identifier: Apache-2.0
#include "planner/city_roads.hpp"
