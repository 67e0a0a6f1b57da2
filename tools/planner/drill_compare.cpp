// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_compare.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "planner/drill_tables.hpp"
#include "registry/error.hpp"

namespace planner {
namespace {

void require_pairs(const registry::ResultFile& before, const registry::ResultFile& after) {
  for (const char* key : {"seed", "runs", "first_run"}) {
    const std::string a = meta_of(before, key);
    const std::string b = meta_of(after, key);
    if (a != b) {
      std::string text = "比べる二つの結果の ";
      text.append(key).append(" が違います（").append(a).append(" と ").append(b);
      throw registry::InputError(
          text.append("）。同じ --seed と --runs で実行した結果を指定してください。"));
    }
  }
}

/// Of the runs in which somebody was at home; nothing = in none.
std::map<std::string, std::optional<double>> safe_shares(const registry::ResultFile& results) {
  const registry::ResultTable& people = results.table("person");
  const auto runs = static_cast<std::int64_t>(results.table("run").rows());
  std::map<std::string, std::optional<double>> shares;
  for (std::size_t i = 0; i < people.rows(); ++i) {
    const std::int64_t at_home = runs - people.whole("away")[i];
    auto& share = shares[people.text("key")[i]];
    if (at_home > 0) {
      share = static_cast<double>(people.whole("safe")[i]) / static_cast<double>(at_home);
    }
  }
  return shares;
}

double mean_of(const std::vector<std::int64_t>& values) {
  double sum = 0;
  for (const std::int64_t value : values) {
    sum += static_cast<double>(value);
  }
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

void add_fates(const registry::ResultFile& before, const registry::ResultFile& after,
               DrillComparison& result) {
  const auto old_shares = safe_shares(before);
  const auto new_shares = safe_shares(after);
  for (const auto& [key, share] : old_shares) {
    const auto now = new_shares.find(key);
    if (now == new_shares.end()) {
      result.only_before.push_back(key);
    } else if (!share || !now->second || *now->second == *share) {
      ++result.unchanged;
    } else {
      auto& changed = *now->second > *share ? result.better : result.worse;
      changed.push_back({key, *share, *now->second});
    }
  }
  for (const auto& [key, share] : new_shares) {
    if (!old_shares.contains(key)) {
      result.only_after.push_back(key);
    }
  }
  const auto larger = [](const ChangedFate& a, const ChangedFate& b) {
    return std::abs(a.after - a.before) > std::abs(b.after - b.before);
  };
  std::ranges::stable_sort(result.better, larger);
  std::ranges::stable_sort(result.worse, larger);
}

}  // namespace

DrillComparison compare_drills(const registry::ResultFile& before,
                               const registry::ResultFile& after, double confidence) {
  require_pairs(before, after);
  DrillComparison result;
  result.confidence = confidence;
  const auto& safe_before = before.table("run").whole("safe");
  const auto& safe_after = after.table("run").whole("safe");
  result.runs = safe_before.size();
  result.mean_before = mean_of(safe_before);
  result.mean_after = mean_of(safe_after);
  std::vector<double> differences;
  differences.reserve(safe_before.size());
  for (std::size_t i = 0; i < safe_before.size(); ++i) {
    differences.push_back(static_cast<double>(safe_after[i] - safe_before[i]));
  }
  result.safe = paired_difference(differences, confidence);
  const auto& ninety_before = before.table("run").whole("ninety_min");
  const auto& ninety_after = after.table("run").whole("ninety_min");
  differences.clear();
  for (std::size_t i = 0; i < ninety_before.size(); ++i) {
    if (ninety_before[i] >= 0 && ninety_after[i] >= 0) {
      differences.push_back(static_cast<double>(ninety_after[i] - ninety_before[i]));
    }
  }
  result.last_safe = paired_difference(differences, confidence);
  add_fates(before, after, result);
  const std::pair<const char*, const char*> notes[] = {{"scenario_hash", "シナリオが違います"},
                                                       {"rules_hash", "規則が違います"},
                                                       {"data_hash", "計画や道路が違います"}};
  for (const auto& [key, words] : notes) {
    if (meta_of(before, key) != meta_of(after, key)) {
      result.notes.emplace_back(words);
    }
  }
  return result;
}

}  // namespace planner
