// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/disclosure_policy.hpp"
#include "registry/eligibility.hpp"
#include "registry/shelter.hpp"

namespace registry {

/// What the city's 地域防災計画 fixes for us; a commented TOML file the city edits.
struct LocalPlan {
  std::string city_name;
  std::string city_code;   ///< 全国地方公共団体コード, 6 digits
  std::string department;  ///< printed on forms, e.g. 危機管理課
  std::string phone;
  std::string rule_set_file;  ///< eligibility rules, relative to the rules folder
  /// What plans are made for, one hazard of a family at most; the first is the main one.
  std::vector<HazardKind> planning_hazards = {HazardKind::Flood};
  ArrivalPolicy designated_welfare_arrival = ArrivalPolicy::Secondary;
  ArrivalPolicy agreement_welfare_arrival = ArrivalPolicy::Secondary;
  int capacity_when_unknown = 100;  ///< seats assumed where none is published; reported as assumed
  int companions = 1;               ///< people who come along and need a seat
  double snap_limit_m = 200;        ///< a home further from any road is not routable
  int review_months = 12;           ///< next review of a plan
  DisclosurePolicy disclosure;      ///< without [disclosure] in the file: the statute alone
};

/// Throws `InputError` naming the key for an unknown or missing key, or a figure out of range; a
/// city code with a wrong check digit is named with the right one.
[[nodiscard]] LocalPlan parse_local_plan(std::string_view toml);

}  // namespace registry
