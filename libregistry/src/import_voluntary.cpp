// SPDX-License-Identifier: Apache-2.0
// Applications to the 災害時要援護者登録名簿 against the store.
#include <map>

#include "import_counts.hpp"
#include "import_flow.hpp"
#include "list_text.hpp"

namespace registry {
namespace {

/// Who put somebody on the voluntary register: the person's own application.
constexpr const char* kApplication = "application";

/// The stays after one row. Somebody on the register who applies again keeps the first day.
Stays after_row(Stays stays, const VoluntaryRow& row) {
  const bool on_register = !stays.empty() && !stays.back().left_on;
  if (row.withdrawn) {
    if (on_register) {
      stays.back().left_on = std::max(row.joined_on, stays.back().joined_on);
    }
    return stays;
  }
  const std::string grounds = to_json(row.grounds);
  if (on_register) {
    if (!row.grounds.empty()) {
      stays.back().clauses = grounds;
    }
    return stays;
  }
  const bool old_news = !stays.empty() && row.joined_on <= *stays.back().left_on;
  if (!old_news) {
    stays.push_back({.joined_on = row.joined_on,
                     .left_on = std::nullopt,
                     .rule_set = kApplication,
                     .clauses = grounds});
  }
  return stays;
}

Difference difference_of(const Stays& before, const Stays& after) {
  const auto is_on = [](const Stays& stays) { return !stays.empty() && !stays.back().left_on; };
  Difference result;
  result.fields = {"voluntary_register"};
  if (is_on(after) && !is_on(before)) {
    result.kinds = {ChangeKind::Joined};
  } else if (is_on(before) && !is_on(after)) {
    result.kinds = {ChangeKind::Withdrew};
  } else {
    result.kinds = {ChangeKind::Changed};
  }
  return result;
}

struct Applicant {
  std::size_t line = 0;
  std::string before;
  Stays stays;
};

}  // namespace

ImportReport compare(const ParsedRows<VoluntaryRow>& rows, const Comparison& comparison) {
  ImportReport report = continued(rows.report);
  PersonMatcher matcher(comparison.database, comparison.questions);
  std::map<PersonId, Applicant> applicants;
  for (const VoluntaryRow& row : rows.rows) {
    const auto match = matcher.find(row.line, row.resident_no, row.identity);
    if (match.asked) {
      report.rejected.push_back(waiting_row(row.line));
      ++report.queued;
      continue;
    }
    if (!match.person) {
      report.rejected.push_back(unknown_person(row.line, "宛名番号"));
      continue;
    }
    const auto [applicant, is_new] = applicants.try_emplace(*match.person);
    if (is_new) {
      applicant->second.line = row.line;
      applicant->second.before = comparison.target.image(*match.person);
      applicant->second.stays = stays_from_image(applicant->second.before);
    }
    const Stays before = applicant->second.stays;
    applicant->second.stays = after_row(before, row);
    count(report, applicant->second.stays == before                ? Change::Unchanged
                  : applicant->second.stays.size() > before.size() ? Change::Added
                                                                   : Change::Changed);
  }
  for (const auto& [person, applicant] : applicants) {
    const std::string after = to_image(applicant.stays);
    if (after != applicant.before) {
      FoundChange change;
      change.person = person;
      change.line = applicant.line;
      change.difference = difference_of(stays_from_image(applicant.before), applicant.stays);
      change.before = applicant.before;
      change.after = after;
      comparison.found(change);
    }
  }
  return report;
}

}  // namespace registry
