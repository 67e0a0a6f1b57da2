// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "documents/font_book.hpp"
#include "documents/map_picture.hpp"
#include "documents/plan_form.hpp"

namespace documents {

/// The map of a course: its ways with home and destinations, or, without a destination, the
/// surroundings of the home. Nothing when not even the home's place is known.
[[nodiscard]] std::optional<MapContent> plan_map(const PlanFormInput& input,
                                                 const registry::PlanCourse& course);

/// Draws it into the frame, or says there why there is none.
void draw_course_map(cairo_t* cairo, FontBook& fonts, const Frame& frame,
                     const PlanFormInput& input, const registry::PlanCourse& course);

}  // namespace documents
