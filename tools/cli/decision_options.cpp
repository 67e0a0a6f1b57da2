// SPDX-License-Identifier: Apache-2.0
#include "cli/decision_options.hpp"

#include "cli/city_folder.hpp"
#include "cli/share_options.hpp"

namespace cli {

void add_decision_options(CLI::App& command, DecisionOptions& options) {
  command.add_option("--role", options.role, "決定者の職: 市長, 本部長, 専決者 (role)")->required();
  command.add_option("--necessity", options.necessity, "特に必要と認める理由 (why)")->required();
  command.add_flag("--whole-city", options.whole_city, "市全域 (the whole city)");
  command.add_option("--area", options.areas, "区域「町丁目:コード」 (areas)");
  command.add_option("--kind", options.kinds, "提供先の種別 (kinds)");
  command.add_option("--recipient", options.recipients, "提供先の ID (recipients)");
  command.add_option("--data", options.data, "ROSTER, PLAN (data)");
  command.add_option("--hours", options.hours, "時間 1～72 (hours)")->check(CLI::Range(1, 72));
}

registry::EmergencyDecision decision_of(const DecisionOptions& options) {
  registry::EmergencyDecision decision;
  decision.role = options.role;
  decision.necessity = options.necessity;
  decision.whole_city = options.whole_city;
  decision.areas = area_options(options.areas);
  decision.kinds = kind_options(options.kinds);
  for (const std::string& id : options.recipients) {
    decision.orgs.push_back({id});
  }
  for (const std::string& word : options.data) {
    decision.data.push_back(data_option(word));
  }
  if (options.hours < 72) {
    decision.ends_at = {now().milliseconds + std::int64_t{options.hours} * 3'600'000};
  }
  return decision;
}

}  // namespace cli
