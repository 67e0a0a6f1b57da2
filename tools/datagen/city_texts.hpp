// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "datagen/synthetic_city.hpp"

namespace datagen {

/// A local plan that `registry::parse_local_plan` reads, with comments for the city that edits it.
[[nodiscard]] std::string local_plan_text(const std::string& city);
/// What each file is, and that nobody in it exists.
[[nodiscard]] std::string readme_text(const SampleRequest& request);

}  // namespace datagen
