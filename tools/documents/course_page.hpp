// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/form_sheet.hpp"

namespace documents {

/// One page about one course: where to and how beside a large map with the second way, whether it
/// can be carried out, the minutes from the signal to safety, who comes when.
void draw_course_page(FormSheet& sheet, const PlanFormInput& input,
                      const registry::PlanCourse& course);

}  // namespace documents
