// SPDX-License-Identifier: Apache-2.0
#include "registry/evacuation_plan.hpp"
