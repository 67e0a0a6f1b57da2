// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <string>
#include <vector>

#include "registry/registry.hpp"

namespace registry {

/// People on the statutory register, in the order of their ids; one of them or (empty) all.
[[nodiscard]] std::vector<PlanSubject> stored_subjects(soci::session& sql, const std::string& only);

}  // namespace registry
