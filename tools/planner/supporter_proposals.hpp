// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include "planner/plan_world.hpp"
#include "route/supporter_choice.hpp"

namespace planner {

/// One supporter for one person.
struct SupporterProposal {
  registry::SupporterId supporter;
  std::int64_t travel_s = 0;
  bool agreed = false;  ///< helps this person already; otherwise somebody has to ask
  bool first = false;   ///< goes first; the others stand in
};

struct ProposalsFor {
  registry::PersonId person;
  std::vector<SupporterProposal> supporters;
  std::size_t refused = 0;             ///< near enough, but the person does not want their help
  bool carrier_missing = false;        ///< has to be carried, and nobody chosen has that role
  bool vehicle_missing = false;        ///< goes by a supporter's vehicle, and nobody chosen has one
  std::vector<std::string> uncovered;  ///< 平日昼, 平日夜, 休日 when nobody can come
  std::array<double, 3> coverage{};    ///< probability that somebody is there, by time of day
};

struct SupporterProposals {
  std::vector<ProposalsFor> people;                  ///< everybody who needs hands
  std::vector<registry::SupporterId> double_booked;  ///< who go first for several people
  route::SupportChoiceValue value;
  route::SupportChoiceValue lower_bound;  ///< nobody can do better in any part
};

/// Who should help whom: those who have agreed, and for people who have too few of them others of
/// `everybody` who live near, have room for one more and are there at the hours nobody covers
/// (domain §7.7: at least two, with cover by day). Whom a person has refused is never proposed; who
/// suits best by `SupporterFitRules` comes first. Proposals only: nobody is asked and nothing is
/// stored.
[[nodiscard]] SupporterProposals propose_supporters(
    const PlanWorld& world, const std::vector<registry::Supporter>& everybody);

}  // namespace planner
