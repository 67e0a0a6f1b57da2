// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/city.hpp"

namespace cli_test {

/// A city with people on the register and a fire service to hand lists to.
class Share : public testing::Test {
 protected:
  Share() : city_("share", support::ReadyCity::SampleTown), folder_(city_.dir().parent_path()) {
    EXPECT_EQ(run({"eligibility", "run"}).exit_code, 0);
    const nlohmann::json register_list = ask({"person", "members"});
    for (const nlohmann::json& member : register_list["members"]) {
      members_.push_back(member["registrant"]);
    }
    fire_ =
        ask({"share", "recipient", "add", "--kind", "消防", "--name", "ひかり消防署", "--clause",
             "第2章第3節", "--manager", "署長", "--storage", "指令室の金庫"})["recipient"];
  }

  support::Run run(const std::vector<std::string>& words) const { return city_.run(words); }
  nlohmann::json ask(const std::vector<std::string>& words) const { return city_.ask(words); }

  void consent(std::size_t people) const {
    for (std::size_t i = 0; i < people; ++i) {
      ask({"consent", "record", "--person", members_.at(i), "--scope", "名簿提供", "--answer",
           "同意", "--method", "書面(自署)", "--kind", "消防"});
    }
  }

  nlohmann::json preview(const std::vector<std::string>& more = {}) const {
    return ask(request("preview", more));
  }
  std::vector<std::string> request(const std::string& step,
                                   const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"share", step,           "--recipient",
                                      fire_,   "--return-due", "2099-03-31"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  nlohmann::json issue(const std::string& file, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> options = more;
    options.insert(options.end(), {"--code", preview(more)["code"], "--out", path(file)});
    return ask(request("issue", options));
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  support::City city_;
  std::filesystem::path folder_;
  std::vector<std::string> members_;
  std::string fire_;
};

}  // namespace cli_test
