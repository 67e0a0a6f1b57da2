// SPDX-License-Identifier: Apache-2.0
#include "planner/supporter_fit.hpp"

#include <algorithm>
#include <string_view>

#include "registry/supporter_refusal.hpp"
#include "registry/text_normalizer.hpp"

namespace planner {
namespace {

bool same_phone(std::string_view a, std::string_view b) {
  constexpr std::size_t kShortest = 9;  // with the area code; shorter ones name nobody
  const std::string digits = registry::phone_digits(a);
  return digits.size() >= kShortest && digits == registry::phone_digits(b);
}

/// 1番2号 and 1-2 are one address: whether the last number may go on does not matter here.
std::string home_key(const std::string& address) {
  std::string key = registry::address_key(address);
  while (key.ends_with('-')) {
    key.pop_back();
  }
  return key;
}

bool contains(const std::vector<std::string>& list, const std::string& value) {
  return std::ranges::find(list, value) != list.end();
}

}  // namespace

bool is_trusted(const registry::Needs& needs, const registry::Supporter& supporter) {
  return std::ranges::any_of(needs.trusted, [&](const registry::TrustedContact& contact) {
    return same_phone(contact.phone, supporter.phone) ||
           (!contact.name.empty() &&
            registry::search_key(contact.name) == registry::search_key(supporter.name));
  });
}

bool is_same_person(const registry::PlanSubject& subject, const registry::Supporter& supporter) {
  const registry::Person& person = subject.registrant.person;
  if (supporter.name.empty() ||
      registry::search_key(person.name) != registry::search_key(supporter.name)) {
    return false;
  }
  const auto same_number = [&](const registry::OwnContact& contact) {
    return same_phone(contact.value, supporter.phone);
  };
  const std::string address = home_key(supporter.address);
  return (!address.empty() && address == home_key(person.address + person.address_number)) ||
         std::ranges::any_of(subject.needs.contacts, same_number);
}

void leave_out_unwanted(PlanWorld& world, registry::PlanSubject& subject) {
  std::erase_if(subject.supporters, [&](const registry::AssignedSupporter& each) {
    const bool unwanted = registry::is_refused(subject.needs, each.supporter, each.relation) ||
                          is_same_person(subject, each.supporter);
    if (unwanted) {
      world.unwanted[subject.registrant.person.id].insert(each.supporter.id);
    }
    return unwanted;
  });
}

bool is_carried(const AnonymousDemand& demand, const SupporterFitRules& rules) {
  return contains(rules.carried, demand.afoot());
}

bool carries(const std::set<std::string>& roles, const SupporterFitRules& rules) {
  return std::ranges::any_of(rules.carrying_roles,
                             [&](const std::string& role) { return roles.contains(role); });
}

std::int64_t points_against(const registry::PlanSubject& subject, const AnonymousDemand& demand,
                            const Helper& helper, const SupporterFitRules& rules) {
  std::int64_t points = 0;
  if (!subject.needs.trusted.empty() && !is_trusted(subject.needs, helper.supporter)) {
    points += rules.not_trusted;
  }
  if (is_carried(demand, rules) && !carries(helper.roles, rules)) {
    points += rules.cannot_carry;
  }
  if (demand.vehicle_from == VehicleFrom::Supporter && !helper.supporter.has_vehicle) {
    points += rules.no_vehicle;
  }
  return points;
}

}  // namespace planner
