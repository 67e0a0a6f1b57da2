// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "route/shelter_assignment.hpp"

namespace route {

class ShelterGraph;

struct NewPerson {
  std::span<const Weight> costs;  ///< by shelter
  std::uint32_t seats = 1;
  std::uint8_t precedence = 0;
  std::uint8_t need = 0;
};

/// Somebody who would have to move; `kNone` of `Assignment` = no shelter.
struct Displacement {
  std::size_t person = 0;
  std::int32_t from = Assignment::kNone;
  std::int32_t to = Assignment::kNone;
  std::int64_t extra_cost = 0;  ///< cost x seats more than now; without a shelter it is 0
};

/// Why a person is not in a certain shelter.
struct WhyNot {
  enum class Answer : std::uint8_t {
    Assigned,      ///< the person is there
    NotPermitted,  ///< or no way
    Costs,         ///< possible: `chain` says who would move, `extra_cost` what it costs all
    Impossible     ///< nobody found who could make room
  };
  Answer answer = Answer::Assigned;
  bool full = false;  ///< no seats, or no place for the need, left for this person now
  /// The person first, then everybody who would move because of it.
  std::vector<Displacement> chain = {};
  std::int64_t extra_cost = 0;       ///< of all in the chain: what the total changes by
  std::int64_t more_unassigned = 0;  ///< seats lost (negative: won) by the change
  std::uint64_t seat_price = 0;      ///< of that shelter
};

/// Holds an assignment that can be edited: each edit re-routes along shortest augmenting paths and
/// keeps the value of a full solution. Copy it to ask what would be if. Aim: `LeastTotal` only.
class ShelterAssigner {
 public:
  /// Copies what it needs of the problem and seats everybody.
  explicit ShelterAssigner(const AssignmentProblem& problem);
  ShelterAssigner(const ShelterAssigner& other);
  ShelterAssigner(ShelterAssigner&&) noexcept;
  ShelterAssigner& operator=(const ShelterAssigner& other);
  ShelterAssigner& operator=(ShelterAssigner&&) noexcept;
  ~ShelterAssigner();

  /// Returns the person's index: one more than the last.
  std::size_t add_person(const NewPerson& person);
  /// The index stays taken. Removing twice is fine.
  void remove_person(std::size_t person);
  void set_costs(std::size_t person, std::span<const Weight> costs);
  /// 0: the shelter is lost.
  void set_capacity(std::size_t shelter, std::uint32_t seats);
  /// Only for a shelter and need of the problem's `need_limits`.
  void set_need_places(std::size_t shelter, std::uint8_t need, std::uint32_t places);

  /// Everything `assign_shelters` says. Households are rounded anew each time.
  [[nodiscard]] Assignment assignment() const;

  /// `now` is what `assignment()` gave. With one seat each exact: the cheapest change of all that
  /// puts the person there. With households the cheapest chain found.
  [[nodiscard]] WhyNot why_not(const Assignment& now, std::size_t person,
                               std::size_t shelter) const;

 private:
  std::unique_ptr<ShelterGraph> graph_;
};

}  // namespace route
