// SPDX-License-Identifier: Apache-2.0
#include "plan_review.hpp"

#include <map>

#include "plan_record.hpp"
#include "plan_revision.hpp"

namespace registry {
namespace {

void keep_reason(Database& database, const Newest& newest, StaleReason reason) {
  const Instant at = database.now();
  database.sql() << R"sql(
    INSERT INTO plan_stale (plan, rev, reason, at) VALUES (:plan, :rev, :reason, :at)
    ON CONFLICT (plan, rev, reason) DO NOTHING
  )sql",
      soci::use(newest.plan, "plan"), soci::use(newest.revision, "rev"),
      soci::use(reason, "reason"), soci::use(at, "at");
}

}  // namespace

std::size_t mark_for_review(Database& database, const std::vector<Invalidation>& invalidations) {
  std::size_t marked = 0;
  // The revision each plan had before the first of its reasons.
  std::map<PlanId, Newest> known;
  for (const Invalidation& invalidation : invalidations) {
    auto newest = known.find(invalidation.plan);
    if (newest == known.end()) {
      const auto found = newest_revision(database.sql(), invalidation.plan);
      if (!found) {
        continue;
      }
      newest = known.emplace(invalidation.plan, *found).first;
      if (found->status == PlanStatus::Active) {
        add_revision(database, *found, PlanStatus::NeedsReview, {});
        ++marked;
      }
    }
    keep_reason(database, newest->second, invalidation.reason);
  }
  return marked;
}

}  // namespace registry
