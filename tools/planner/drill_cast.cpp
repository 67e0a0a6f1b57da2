// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_cast.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <tuple>

#include "route/counted_random.hpp"

namespace planner {
namespace {

using registry::PlanSubject;

/// FNV-1a with a final mix: numbers of things that keep their number from drill to drill.
std::uint32_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  }
  hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
  return static_cast<std::uint32_t>(hash ^ (hash >> 33));
}

/// Gives every text a number of its own.
class Numbers {
 public:
  [[nodiscard]] std::uint32_t take(const std::string& text) {
    std::uint32_t number = hash_of(text);
    while (number == 0xFFFFFFFF || !taken_.insert(number).second) {
      ++number;
    }
    return number;
  }

 private:
  std::set<std::uint32_t> taken_;
};

/// The middle of the road nearest to a place: a street, not a house.
std::optional<route::LatLon> street_of(const PlanWorld& world, route::LatLon place) {
  const auto open = [&](route::EdgeId edge) { return !is_wall(world.roads.graph.road(edge)); };
  const auto found = world.roads.index.nearest(place, open, world.request.local_plan.snap_limit_m);
  if (found.empty()) {
    return std::nullopt;
  }
  const auto shape = world.roads.graph.shape(found.front().edge);
  const std::size_t half = shape.size() / 2;
  return route::interpolate(shape[half - 1], shape[half], 0.5);
}

registry::Position position_of(route::LatLon place) {
  return {.lat = place.lat(), .lon = place.lon()};
}

/// Where somebody without consent lives, with the supporters, who stay neighbours.
struct Home {
  route::LatLon street;
  std::vector<registry::AssignedSupporter> supporters;
};

/// How somebody moves and what the person needs, apart from who it is.
struct Needing {
  AnonymousDemand demand;
  std::vector<registry::Certificate> certificates;
  std::optional<registry::Date> birth_date;
  bool plan_shared = false;

  /// What makes two people need the same.
  [[nodiscard]] auto kind() const {
    return std::tuple(demand.profile, demand.seats, demand.hands.value_or(-1), demand.need,
                      demand.requires_equipment);
  }
};

/// Needs that too few have become those of most.
std::size_t fold_rare(std::vector<Needing>& needs, std::size_t least) {
  std::ranges::stable_sort(needs,
                           [](const Needing& a, const Needing& b) { return a.kind() < b.kind(); });
  const auto end_of = [&](std::size_t first) {
    std::size_t end = first;
    while (end < needs.size() && needs[end].kind() == needs[first].kind()) {
      ++end;
    }
    return end;
  };
  std::size_t common = 0;
  for (std::size_t first = 0; first < needs.size(); first = end_of(first)) {
    if (end_of(first) - first > end_of(common) - common) {
      common = first;
    }
  }
  std::size_t folded = 0;
  const Needing model = needs.empty() ? Needing{} : needs[common];
  for (std::size_t first = 0; first < needs.size();) {
    const std::size_t end = end_of(first);
    if (end - first < least) {
      folded += end - first;
      for (std::size_t i = first; i < end; ++i) {
        const bool shared = needs[i].plan_shared;
        needs[i] = model;
        needs[i].plan_shared = shared;
      }
    }
    first = end;
  }
  return folded;
}

/// Deals the needs out over the homes: Fisher and Yates with counted numbers.
void shuffle(std::vector<Needing>& needs) {
  const route::CountedRandom random{.seed = 0, .scenario = 0, .kind = route::Chance::RubblePlace};
  for (std::size_t i = needs.size(); i > 1; --i) {
    const std::uint64_t product =
        std::uint64_t{random(static_cast<std::uint32_t>(i))} * static_cast<std::uint64_t>(i);
    std::swap(needs[i - 1], needs[static_cast<std::size_t>(product >> 32U)]);
  }
}

class Casting {
 public:
  Casting(const PlanWorld& world,
          const std::map<registry::PersonId, registry::DrillConsent>& consents,
          const DrillRules& rules)
      : from_(world),
        consents_(consents),
        rules_(rules),
        cast_{.world = {.roads = world.roads,
                        .request = world.request,
                        .subjects = {},
                        .demands = {},
                        .shelters = world.shelters,
                        .stored = {}},
              .members = {},
              .supporters = {}} {}

  [[nodiscard]] DrillCast run() {
    for (std::size_t person = 0; person < from_.subjects.size(); ++person) {
      choose(person);
    }
    add_stand_ins();
    return std::move(cast_);
  }

 private:
  void choose(std::size_t person) {
    const PlanSubject& subject = from_.subjects[person];
    if (subject.registrant.person.is_protected()) {
      ++cast_.protected_left_out;
      return;
    }
    const auto found = consents_.find(subject.registrant.person.id);
    const registry::DrillConsent consent =
        found == consents_.end() ? registry::DrillConsent{} : found->second;
    if (consent.takes_part) {
      add_real(person, consent);
    } else {
      keep_apart(person, consent);
    }
  }

  void add_real(std::size_t person, const registry::DrillConsent& consent) {
    const PlanSubject& subject = from_.subjects[person];
    PlanSubject bare;
    bare.registrant.person.id = subject.registrant.person.id;
    bare.registrant.person.position = subject.registrant.person.position;
    bare.registrant.person.birth_date = subject.registrant.person.birth_date;
    bare.registrant.certificates = subject.registrant.certificates;
    bare.needs.dwelling = subject.needs.dwelling;
    bare.supporters = bare_supporters(subject);
    const auto stored = from_.stored.find(bare.registrant.person.id);
    if (stored != from_.stored.end()) {
      cast_.world.stored.insert(*stored);
    }
    const std::uint32_t number = numbers_.take("person " + bare.registrant.person.id.value);
    add(std::move(bare), from_.demands[person],
        {.number = number,
         .key = drill_key('P', number),
         .stand_in = false,
         .plan_shared = consent.plan_shared});
    ++cast_.real;
  }

  void keep_apart(std::size_t person, const registry::DrillConsent& consent) {
    const PlanSubject& subject = from_.subjects[person];
    const AnonymousDemand& demand = from_.demands[person];
    const auto street = demand.home ? street_of(from_, *demand.home) : std::nullopt;
    if (!street) {
      ++cast_.placeless;
      return;
    }
    homes_.push_back({.street = *street, .supporters = bare_supporters(subject)});
    needs_.push_back({.demand = demand,
                      .certificates = subject.registrant.certificates,
                      .birth_date = subject.registrant.person.birth_date,
                      .plan_shared = consent.plan_shared});
  }

  /// Supporters are third parties: a number, their street, when and how they come.
  [[nodiscard]] std::vector<registry::AssignedSupporter> bare_supporters(
      const PlanSubject& subject) {
    std::vector<registry::AssignedSupporter> all;
    for (const registry::AssignedSupporter& each : subject.supporters) {
      registry::AssignedSupporter bare;
      bare.supporter.id = each.supporter.id;
      bare.supporter.available = each.supporter.available;
      bare.supporter.max_persons = each.supporter.max_persons;
      bare.supporter.has_vehicle = each.supporter.has_vehicle;
      if (const auto& place = each.supporter.position) {
        const auto street = street_of(from_, route::from_degrees(place->lat, place->lon));
        bare.supporter.position = street ? std::optional(position_of(*street)) : std::nullopt;
      }
      if (!cast_.supporters.contains(bare.supporter.id)) {
        cast_.supporters.emplace(bare.supporter.id,
                                 supporter_numbers_.take(bare.supporter.id.value));
      }
      all.push_back(std::move(bare));
    }
    return all;
  }

  void add_stand_ins() {
    if (homes_.size() < rules_.least_group) {
      cast_.too_few = homes_.size();
      return;
    }
    // By place, so that nothing of the order of the register remains.
    std::ranges::stable_sort(homes_, {}, [](const Home& home) {
      return std::pair(home.street.lat_e7, home.street.lon_e7);
    });
    cast_.adjusted = fold_rare(needs_, rules_.least_group);
    shuffle(needs_);
    std::map<std::pair<std::int32_t, std::int32_t>, int> in_street;
    for (std::size_t i = 0; i < homes_.size(); ++i) {
      Home& home = homes_[i];
      const int rank = ++in_street[{home.street.lat_e7, home.street.lon_e7}];
      const std::uint32_t number =
          numbers_.take("street " + std::to_string(home.street.lat_e7) + ' ' +
                        std::to_string(home.street.lon_e7) + ' ' + std::to_string(rank));
      PlanSubject invented;
      invented.registrant.person.id.value = drill_key('P', number);
      invented.registrant.person.position = position_of(home.street);
      invented.registrant.person.birth_date = needs_[i].birth_date;
      invented.registrant.certificates = std::move(needs_[i].certificates);
      invented.supporters = std::move(home.supporters);
      AnonymousDemand demand = needs_[i].demand;
      demand.home = home.street;
      demand.battery_s.reset();  // an exact figure would be somebody's
      add(std::move(invented), std::move(demand),
          {.number = number,
           .key = drill_key('P', number),
           .stand_in = true,
           .plan_shared = needs_[i].plan_shared});
    }
    cast_.stand_ins = homes_.size();
  }

  void add(PlanSubject subject, AnonymousDemand demand, CastMember member) {
    demand.index = cast_.members.size();
    cast_.world.subjects.push_back(std::move(subject));
    cast_.world.demands.push_back(std::move(demand));
    cast_.members.push_back(std::move(member));
  }

  const PlanWorld& from_;
  const std::map<registry::PersonId, registry::DrillConsent>& consents_;
  const DrillRules& rules_;
  Numbers numbers_;
  Numbers supporter_numbers_;
  std::vector<Home> homes_;
  std::vector<Needing> needs_;
  DrillCast cast_;
};

}  // namespace

std::string drill_key(char kind, std::uint32_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string key(9, '0');
  key[0] = kind;
  for (std::size_t i = 8; i > 0; --i) {
    key[i] = kDigits[number & 15U];
    number >>= 4U;
  }
  return key;
}

DrillCast drill_cast(const PlanWorld& world,
                     const std::map<registry::PersonId, registry::DrillConsent>& consents,
                     const DrillRules& rules) {
  return Casting(world, consents, rules).run();
}

}  // namespace planner
