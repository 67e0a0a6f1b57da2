// SPDX-License-Identifier: Apache-2.0
#include "route/shelter_assignment.hpp"
