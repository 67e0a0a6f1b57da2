// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "registry/event_desk.hpp"
#include "registry/handover_desk.hpp"
#include "registry/key_ring.hpp"
#include "support/city.hpp"

namespace support {

/// A city with people on its register, a second account, and a disaster to come.
class EventCity : public testing::Test {
 protected:
  explicit EventCity(ReadyCity ready = ReadyCity::People)
      : city_(std::string("event-") + testing::UnitTest::GetInstance()->current_test_info()->name(),
              ready) {
    const nlohmann::json all = ask({"person", "members"});
    for (const nlohmann::json& member : all["members"]) {
      members_.push_back(member["registrant"]);
    }
  }

  nlohmann::json ask(const std::vector<std::string>& words) const { return city_.ask(words); }
  support::Run run(const std::vector<std::string>& words) const { return city_.run(words); }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (city_.dir().parent_path() / name).string();
  }

  /// Does something as the second account.
  template <class Work>
  void as_second(Work work) const {
    auto registry = registry::open_with_keys(
        registry::StoreFiles::in(city_.dir()),
        {[] {
           return registry::Instant{std::chrono::duration_cast<std::chrono::milliseconds>(
                                        std::chrono::system_clock::now().time_since_epoch())
                                        .count()};
         },
         [](std::array<std::uint8_t, 10>& bytes) { bytes.fill(7); }});
    auto session = registry.session({"second", "確認"});
    work(session);
  }

  std::string declare(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"event", "declare",      "--name",    "台風19号", "--kind",
                                      "洪水",  "--whole-city", "--started", started()};
    words.insert(words.end(), more.begin(), more.end());
    return ask(words)["event"];
  }
  std::string confirmed(const std::vector<std::string>& more = {}) const {
    std::string id = declare(more);
    as_second([&](auto& session) { registry::EventDesk(session).confirm({id}); });
    return id;
  }

  /// Six hours ago.
  static std::string started() { return minutes_ago(360); }
  static std::string minutes_ago(int minutes) {
    const auto time = std::chrono::system_clock::now() - std::chrono::minutes(minutes);
    return registry::to_iso(registry::Instant{
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count()});
  }

  nlohmann::json report(std::size_t member, const std::string& status, int minutes = 1) const {
    return ask({"event", "report", "--person", members_.at(member), "--status", status, "--at",
                minutes_ago(minutes)});
  }

  City city_;
  std::vector<std::string> members_;
};

}  // namespace support
