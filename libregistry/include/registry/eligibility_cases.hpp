// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/city_import.hpp"
#include "registry/eligibility.hpp"

namespace registry {

/// One invented person on which policy officers try a rule set, without any register.
struct EligibilityCase {
  std::string case_id;
  Date as_of{};
  Person person;
  std::vector<Certificate> certificates;
  Circumstances circumstances;
};

/// Columns (docs/file_formats.md): case_id, birth_date, as_of, care_level, physical_parts
/// (`視覚:2;下肢:3`, with `総合:2` for the grade of the card), mental_grade, intellectual_scheme,
/// intellectual_grade, support_category, intractable_disease, household_type, living_place,
/// expect_return. Throws `InputError` when one is missing; a row with a grade that does not exist
/// is rejected.
[[nodiscard]] ParsedRows<EligibilityCase> parse_eligibility_cases(const Table& table);

[[nodiscard]] Eligibility evaluate_case(const EligibilityCase& one, const RuleSet& rules);

/// ELIGIBLE, NOT_ELIGIBLE, EXCLUDED, REVIEW.
[[nodiscard]] std::string_view to_code(EligibilityVerdict verdict);

/// case_id, verdict, clauses (joined by `;`), reason; in the order of the cases.
[[nodiscard]] Table eligibility_verdicts(const std::vector<EligibilityCase>& cases,
                                         const RuleSet& rules);

}  // namespace registry
