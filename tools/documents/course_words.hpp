// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "documents/form_table.hpp"
#include "documents/plan_form.hpp"

namespace documents {

// What the page of one course says besides the way.

/// `風水害（洪水）`.
[[nodiscard]] std::string course_heading(const registry::PlanCourse& course);
/// Whether it can be carried out and why not, what to look at, the second way, staying instead.
[[nodiscard]] FormTable verdict_table(const registry::PlanCourse& course);
/// The minutes from the signal to the shelter, and by when one must have left.
[[nodiscard]] FormTable timing_table(const registry::PlanCourse& course);
/// Which supporter comes when, and who stands in.
[[nodiscard]] FormTable helper_table(const PlanFormInput& input,
                                     const registry::PlanCourse& course);

}  // namespace documents
