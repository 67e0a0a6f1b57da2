// SPDX-License-Identifier: Apache-2.0
#include "planner/event_advice.hpp"

#include <utility>

namespace planner {
namespace {

constexpr const char* kIndoors = "緊急安全確保（警戒レベル5）: 外へ出ません。";
constexpr const char* kAsHighAsPossible =
    "いる建物の少しでも高い所、崖や川から離れた部屋へ。危ないときはすぐ隣の丈夫な建物の上の階へ。";

}  // namespace

registry::PlanCourse course_under(std::optional<registry::EvacLevel> level,
                                  registry::PlanCourse course, const StayDecision& stay) {
  if (level != registry::EvacLevel::L5) {
    return course;
  }
  course.legs.clear();
  course.second = {};
  course.helpers.clear();
  course.timing = {};
  course.gap = registry::Gap::None;
  course.verdict = registry::PlanVerdict::NotExecutable;
  course.cause = "緊急安全確保が出ているため、移動しない";
  const bool dry = stay.advice != registry::StayAdvice::None;
  course.stay = dry ? stay.advice : registry::StayAdvice::Upstairs;
  course.stay_reason = std::string(kIndoors) + (dry ? "" : kAsHighAsPossible) + stay.reason;
  return course;
}

}  // namespace planner
