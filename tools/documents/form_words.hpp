// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "documents/form_table.hpp"
#include "documents/plan_form.hpp"

namespace documents {

// What the form says, block by block. `left_out` collects what was too many to list.

[[nodiscard]] FormTable person_table(const PlanFormInput& input);
[[nodiscard]] FormTable contact_table(const PlanFormInput& input,
                                      std::vector<std::string>& left_out);
[[nodiscard]] FormTable supporter_table(const PlanFormInput& input,
                                        std::vector<std::string>& left_out);
[[nodiscard]] FormTable way_table(const PlanFormInput& input, const registry::PlanCourse& course,
                                  std::vector<std::string>& left_out);
// The same without a limit on their length, for the appendix.
[[nodiscard]] FormTable full_contact_table(const PlanFormInput& input);
[[nodiscard]] FormTable full_supporter_table(const PlanFormInput& input);
[[nodiscard]] FormTable full_way_table(const PlanFormInput& input,
                                       const registry::PlanCourse& course);

[[nodiscard]] FormTable home_hazard_table(const registry::PlanCourse& course);
[[nodiscard]] FormTable missing_table(const PlanFormInput& input);
[[nodiscard]] FormTable consent_table();

/// 個別避難計画（案） and the like: only a plan people have confirmed goes without （案）.
[[nodiscard]] std::string form_title(const registry::EvacuationPlan& plan);

/// `約 1.2 km`, `約 850 m`: to ten metres, as nobody walks more exactly.
[[nodiscard]] std::string distance_words(double metres);
/// `約 28 分`: whole minutes, rounded up.
[[nodiscard]] std::string duration_words(std::int64_t seconds);
/// 要介護3 ／ 身体障害者手帳 2級（視覚2級）; certificates past their date say so.
[[nodiscard]] std::string certificate_words(const registry::Certificate& certificate,
                                            registry::Date on);

}  // namespace documents
