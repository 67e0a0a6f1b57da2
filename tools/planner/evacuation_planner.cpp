// SPDX-License-Identifier: Apache-2.0
#include "planner/evacuation_planner.hpp"
