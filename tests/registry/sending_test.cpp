// SPDX-License-Identifier: Apache-2.0
// Who was sent to whom: the book, and when it lets a supporter go.
#include "registry/sending.hpp"

#include "event_fixture.hpp"

namespace registry {
namespace {

class Sending : public EventTest {
 protected:
  Sending() {
    people({"1", "2"});
    session_->import_supporters(support::parsed(
        std::vector<SupporterRow>{support::supporter("A", "1"), support::supporter("B", "2")}));
    supporters_ = session_->supporters();
    event_ = declared(typhoon());
  }

  [[nodiscard]] SendEntry line(SendStep step, std::size_t supporter = 0, std::size_t person = 0) {
    SendEntry entry;
    entry.uuid = "s" + std::to_string(++lines_);
    entry.step = step;
    entry.supporter = supporters_.at(supporter).id;
    if (step == SendStep::Sent) {
      entry.person = ids_.at(person);
    }
    entry.at = now();
    return entry;
  }
  bool record(const SendEntry& entry) { return desk().record(event_, entry).stored; }
  SendingDesk desk() { return {*session_, safety_rules()}; }
  [[nodiscard]] SupporterDay day(std::size_t supporter = 0) {
    for (const SupporterDay& each : desk().days(event_)) {
      if (each.supporter == supporters_.at(supporter).id) {
        return each;
      }
    }
    return {};
  }

  std::vector<Supporter> supporters_;
  EventId event_;
  int lines_ = 0;
};

TEST_F(Sending, IsOnRecordOnceAndUntilTheSupporterIsBack) {
  const SendEntry sent = line(SendStep::Sent);
  EXPECT_TRUE(record(sent));
  EXPECT_FALSE(record(sent));                  // the same line
  EXPECT_FALSE(record(line(SendStep::Sent)));  // on the way there already
  EXPECT_EQ(day().person, ids_[0]);
  EXPECT_EQ(day().since, sent.at);
  SendEntry other = sent;
  other.note = "ほかの内容";
  EXPECT_THROW((void)record(other), InputError);
  EXPECT_THROW((void)record(line(SendStep::Sent, 0, 1)), InputError);  // with somebody else
  EXPECT_TRUE(record(line(SendStep::Back)));
  EXPECT_FALSE(day().since);
  EXPECT_THROW((void)record(line(SendStep::Back)), InputError);
  EXPECT_TRUE(record(line(SendStep::Sent, 0, 1)));
}

TEST_F(Sending, EndsWhenThePersonIsReportedSafeAfterwards) {
  (void)safety().report(event_, {row("before", ids_[0], SafetyStatus::Safe)});
  ASSERT_TRUE(record(line(SendStep::Sent)));
  EXPECT_TRUE(day().since);  // what was said before does not end it
  (void)safety().report(event_, {row("try", ids_[0], SafetyStatus::NoAnswer)});
  EXPECT_TRUE(day().since);
  (void)safety().report(event_, {row("after", ids_[0], SafetyStatus::Evacuated)});
  EXPECT_FALSE(day().since);
  EXPECT_TRUE(record(line(SendStep::Sent, 0, 1)));
}

TEST_F(Sending, WhoCannotGoIsNotSentUntilHeCan) {
  ASSERT_TRUE(record(line(SendStep::Sent)));
  ASSERT_TRUE(record(line(SendStep::Cannot)));
  EXPECT_TRUE(day().cannot);
  EXPECT_FALSE(day().since);
  EXPECT_THROW((void)record(line(SendStep::Sent, 0, 1)), InputError);
  ASSERT_TRUE(record(line(SendStep::Can)));
  EXPECT_TRUE(day().said_can);
  EXPECT_TRUE(record(line(SendStep::Sent, 0, 1)));
  SendEntry not_there = line(SendStep::Cannot, 1);
  not_there.person = ids_[0];
  ASSERT_TRUE(record(not_there));
  EXPECT_THROW((void)record(line(SendStep::Sent, 1, 0)), InputError);
  EXPECT_TRUE(record(line(SendStep::Sent, 1, 1)));
}

TEST_F(Sending, RefusesWhatCannotBe) {
  SendEntry entry = line(SendStep::Sent);
  entry.supporter = {"nobody"};
  EXPECT_THROW((void)record(entry), InputError);
  entry = line(SendStep::Sent);
  entry.person = {"nobody"};
  EXPECT_THROW((void)record(entry), InputError);
  entry = line(SendStep::Sent);
  entry.at.milliseconds += kMinute;
  EXPECT_THROW((void)record(entry), InputError);
  entry.at = {now().milliseconds - 24 * 60 * kMinute};
  EXPECT_THROW((void)record(entry), InputError);
  EvacOrder order{.event = event_, .level = EvacLevel::L5, .whole_city = true};
  (void)events().issue(order);
  EXPECT_EQ(desk().record(event_, line(SendStep::Sent)).level, EvacLevel::L5);
}

}  // namespace
}  // namespace registry
