// SPDX-License-Identifier: Apache-2.0
// The promise: people are helped by those they want, and by those who can.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawn_town.hpp"
#include "planner/event_dispatch.hpp"
#include "planner/supporter_proposals.hpp"

namespace {

using registry::Mobility;

constexpr const char* kWantedStreet = R"(
    x--y--h--z---S )";

registry::Supporter free_supporter(const std::string& name, const registry::PlanSubject& near) {
  registry::Supporter supporter;
  supporter.id = {name};
  supporter.name = name;
  supporter.position = near.registrant.person.position;
  supporter.available = {};
  return supporter;
}

std::vector<std::string> names(const planner::ProposalsFor& of) {
  std::vector<std::string> names;
  for (const planner::SupporterProposal& each : of.supporters) {
    names.push_back(each.supporter.value);
  }
  return names;
}

class Wanted : public testing::Test {
 protected:
  Wanted() : town_(kWantedStreet), person_(town_.person("p", 'h', Mobility::WalksWithHelp)) {
    town_.shelter("学校", 'S');
  }
  planner::ProposalsFor proposals() {
    return propose_supporters(town_.world(), everybody_).people.at(0);
  }
  /// Who is proposed to be sent when the person calls for help and all supporters can go.
  std::vector<std::string> sent() {
    const planner::PlanWorld world = town_.world();
    const std::vector<registry::PlanSubject> subjects = {person_};
    std::vector<registry::SupporterDay> days;
    for (const registry::AssignedSupporter& each : person_.supporters) {
      registry::SupporterDay& day = days.emplace_back();
      day.supporter = each.supporter.id;
      day.said_can = true;
    }
    planner::EventRules rules;
    rules.furthest_s = 3600;
    planner::EventPerson caller;
    caller.subject = &subjects.front();
    caller.safety.needs_help = true;
    const auto& home = *person_.registrant.person.position;
    caller.home = route::from_degrees(home.lat, home.lon);
    std::vector<std::string> names;
    for (const planner::Dispatch& each : dispatch_for(world,
                                                      {.subjects = subjects,
                                                      .board = {},
                                                      .orders = {},
                                                      .areas = {},
                                                      .profiles = world.roads.profiles,
                                                      .mobility = {},
                                                      .planning = world.request.rules,
                                                      .rules = rules,
                                                      .holidays = {},
                                                      .days = days,
                                                      .at = {}},
                                                      {caller})) {
      for (const auto& one : each.sent) {
        names.push_back(one.supporter.value);
      }
    }
    return names;
  }
  scenario::DrawnTown town_;
  registry::PlanSubject& person_;
  std::vector<registry::Supporter> everybody_;
};

TEST_F(Wanted, WhoHelpsNobodyYetIsProposedWhenNear) {
  everybody_ = {free_supporter("見本 一郎", person_)};
  EXPECT_THAT(names(proposals()), testing::ElementsAre("見本 一郎"));
  everybody_[0].position->lat += 0.1;  // some 11 km
  EXPECT_THAT(names(proposals()), testing::IsEmpty());
}

TEST_F(Wanted, WhomThePersonRefusesIsNeverProposedNorPlanned) {
  everybody_ = {free_supporter("見本 一郎", person_)};
  town_.supporter(person_, "見本 一郎", 'x');
  person_.needs.refuses_help_by = "向かいの見本一郎さん";
  const auto of = proposals();
  EXPECT_TRUE(of.supporters.empty());
  EXPECT_EQ(of.refused, 1U);
  const registry::PlanCourse course = town_.course_of("p");
  EXPECT_TRUE(course.helpers.empty());
  EXPECT_THAT(course.cause, testing::HasSubstr("支援者がいない"));
}

TEST_F(Wanted, WhomThePersonRefusesIsNotSentInADisasterEither) {
  town_.supporter(person_, "見本 一郎", 'y');
  town_.supporter(person_, "見本 二郎", 'x');
  EXPECT_THAT(sent(), testing::ElementsAre("見本 一郎"));
  person_.needs.refuses_help_by = "見本一郎";
  EXPECT_THAT(sent(), testing::ElementsAre("見本 二郎"));
  person_.needs.refuses_help_by = "近所の人";
  EXPECT_THAT(sent(), testing::IsEmpty());
}

TEST_F(Wanted, WhoIsRefusedAsANeighbourIsNotProposedAsAnybodyElse) {
  everybody_ = {town_.supporter(person_, "見本 一郎", 'x')};
  person_.needs.refuses_help_by = "近所の人";
  EXPECT_TRUE(proposals().supporters.empty());
}

TEST_F(Wanted, WhomThePersonTrustsComesFirstThoughFurtherAway) {
  town_.supporter(person_, "近い人", 'y');
  registry::Supporter& trusted = town_.supporter(person_, "頼れる人", 'x');
  trusted.phone = "0000-11-2222";
  person_.needs.trusted = {{.name = "", .relation = "友人", .phone = "0000112222"}};
  EXPECT_THAT(names(proposals()), testing::ElementsAre("頼れる人", "近い人"));
}

TEST_F(Wanted, WhoHasToBeCarriedIsHelpedByThoseWhoCarry) {
  person_.registrant.person.mobility = Mobility::Stretcher;
  town_.supporter(person_, "知らせる人", 'y', "情報伝達");
  EXPECT_TRUE(proposals().carrier_missing);
  EXPECT_THAT(town_.course_of("p").risks, testing::Contains(testing::HasSubstr("運ぶ役割")));
  town_.supporter(person_, "運ぶ人", 'x', "搬送");
  EXPECT_FALSE(proposals().carrier_missing);
  EXPECT_EQ(names(proposals()).front(), "運ぶ人");
}

TEST_F(Wanted, NobodyIsTheirOwnSupporter) {
  person_.registrant.person.name = "見本　花子";
  person_.registrant.person.address = "ともに市本町1番2号";
  registry::Supporter& self = town_.supporter(person_, "見本 花子", 'h');
  self.address = "ともに市本町１－２";
  EXPECT_TRUE(proposals().supporters.empty());
  EXPECT_THAT(town_.course_of("p").cause, testing::HasSubstr("支援者がいない"));
}

}  // namespace
