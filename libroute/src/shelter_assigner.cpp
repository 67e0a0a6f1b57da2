// SPDX-License-Identifier: Apache-2.0
#include "route/shelter_assigner.hpp"

#include "displacement.hpp"
#include "route/error.hpp"
#include "seating_result.hpp"

namespace route {

ShelterAssigner::ShelterAssigner(const AssignmentProblem& problem)
    : graph_(std::make_unique<ShelterGraph>(seating_problem(problem))) {
  TOMONI_EXPECT(problem.aim == AssignmentAim::LeastTotal);
}

ShelterAssigner::ShelterAssigner(const ShelterAssigner& other)
    : graph_(std::make_unique<ShelterGraph>(*other.graph_)) {}

ShelterAssigner& ShelterAssigner::operator=(const ShelterAssigner& other) {
  if (this != &other) {
    graph_ = std::make_unique<ShelterGraph>(*other.graph_);
  }
  return *this;
}

ShelterAssigner::ShelterAssigner(ShelterAssigner&&) noexcept = default;
ShelterAssigner& ShelterAssigner::operator=(ShelterAssigner&&) noexcept = default;
ShelterAssigner::~ShelterAssigner() = default;

std::size_t ShelterAssigner::add_person(const NewPerson& person) {
  return graph_->add_person(person.costs, {person.seats, person.precedence, person.need});
}

void ShelterAssigner::remove_person(std::size_t person) {
  graph_->remove_person(person);
}

void ShelterAssigner::set_costs(std::size_t person, std::span<const Weight> costs) {
  graph_->set_costs(person, costs);
}

void ShelterAssigner::set_capacity(std::size_t shelter, std::uint32_t seats) {
  graph_->set_capacity(shelter, seats);
}

void ShelterAssigner::set_need_places(std::size_t shelter, std::uint8_t need,
                                      std::uint32_t places) {
  graph_->set_places(shelter, need, places);
}

Assignment ShelterAssigner::assignment() const {
  return describe(*graph_, places_of(*graph_));
}

WhyNot ShelterAssigner::why_not(const Assignment& now, std::size_t person,
                                std::size_t shelter) const {
  return why_not_there(*graph_, now, person, shelter);
}

}  // namespace route
