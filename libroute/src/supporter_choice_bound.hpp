// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "route/supporter_choice.hpp"

namespace route {

/// What no choice is below, part by part: people without anybody, without anybody at a time of
/// day, and without the wanted number are those a largest matching leaves out.
[[nodiscard]] SupportChoiceValue support_choice_bound(const SupportChoiceProblem& problem);

}  // namespace route
