// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "route/drill_scene.hpp"
#include "route/error.hpp"

namespace route {
namespace {

[[noreturn]] void refuse(const std::string& what) {
  throw InputError("訓練の設定に誤りがあります: " + what);
}

void expect_index(std::uint32_t index, std::size_t size, const char* what) {
  if (index >= size) {
    refuse(std::string(what) + "の番号 " + std::to_string(index) + " はありません（" +
           std::to_string(size) + " 件）。番号は 0 から件数-1 までです。");
  }
}

void expect_share(double share, const char* what) {
  if (!(share >= 0 && share <= 1)) {
    refuse(std::string(what) + " が " + std::to_string(share) +
           " です。割合は 0 以上 1 以下の数にしてください。");
  }
}

void expect_rate(double rate, const char* what, bool zero_allowed) {
  if (!std::isfinite(rate) || rate < 0 || (rate == 0 && !zero_allowed)) {
    refuse(std::string(what) + " が " + std::to_string(rate) + " です。" +
           (zero_allowed ? "0 以上" : "0 より大きい") + "数にしてください。");
  }
}

void expect_delay(const DrillDelay& delay, const char* what) {
  for (std::size_t i = 0; i < delay.size(); ++i) {
    expect_share(delay[i].share, what);
    if (delay[i].delay >= kInfinity) {
      refuse(std::string(what) + "の時間が長すぎます（24 日未満にしてください）。");
    }
    if (i > 0 && (delay[i].share <= delay[i - 1].share || delay[i].delay < delay[i - 1].delay)) {
      refuse(std::string(what) +
             "の分布が昇順ではありません。割合は増え、時間は減らないように並べてください。");
    }
  }
}

template <class Numbered>
void expect_unique(const std::vector<Numbered>& all, const char* what) {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(all.size());
  for (const Numbered& each : all) {
    numbers.push_back(each.number);
  }
  std::ranges::sort(numbers);
  const auto twice = std::ranges::adjacent_find(numbers);
  if (twice != numbers.end()) {
    refuse(std::string(what) + "の番号 " + std::to_string(*twice) + " が二度あります。");
  }
}

class SceneCheck {
 public:
  explicit SceneCheck(const DrillScene& scene) : scene_(scene) {}

  void run() const {
    TOMONI_EXPECT(scene_.graph != nullptr);
    roads();
    behaviours();
    for (const DrillPerson& person : scene_.people) {
      check(person);
    }
    for (const DrillSupporter& supporter : scene_.supporters) {
      check(supporter);
    }
    for (const DrillShelter& shelter : scene_.shelters) {
      expect_index(shelter.place, scene_.places.size(), "場所");
      expect_rate(shelter.people_per_minute, "避難所の入口の人数／分", true);
      if (shelter.closes < shelter.opens) {
        refuse("避難所の閉鎖が開設より前です。");
      }
    }
    for (const DrillVehicle& vehicle : scene_.vehicles) {
      expect_index(vehicle.home, scene_.places.size(), "場所");
      expect_index(vehicle.mode, scene_.modes.size(), "移動手段");
    }
    expect_unique(scene_.people, "要支援者");
    expect_unique(scene_.supporters, "支援者");
    if (scene_.horizon >= kInfinity || scene_.recourse >= kInfinity) {
      refuse("訓練の長さは 24 日未満にしてください。");
    }
  }

 private:
  void roads() const {
    const RoadGraph& graph = *scene_.graph;
    for (const DrillMode& mode : scene_.modes) {
      TOMONI_EXPECT(mode.metric != nullptr && mode.metric->weights.size() == graph.arc_count());
      TOMONI_EXPECT(mode.closes == nullptr || mode.closes->size() == graph.arc_count());
      TOMONI_EXPECT(mode.blocked == nullptr || mode.blocked->size() == graph.edge_count());
      expect_rate(mode.room, "移動手段の幅（人分）", true);
      if (mode.reopens != nullptr) {
        check(*mode.reopens);
      }
    }
    std::vector<ArcId> narrow;
    narrow.reserve(scene_.narrow.size());
    for (const NarrowArc& each : scene_.narrow) {
      expect_index(each.arc.value, graph.arc_count(), "道路");
      expect_rate(each.people_per_minute, "狭い道路の人数／分", false);
      narrow.push_back(each.arc);
    }
    std::ranges::sort(narrow);
    if (std::ranges::adjacent_find(narrow) != narrow.end()) {
      refuse("同じ狭い道路が二度あります。");
    }
    for (const DrillPlace& place : scene_.places) {
      if (place.at.size() != scene_.modes.size()) {
        refuse("場所の位置は移動手段ごとに一つずつ（" + std::to_string(scene_.modes.size()) +
               " 件）必要ですが、" + std::to_string(place.at.size()) + " 件です。");
      }
      for (const auto& position : place.at) {
        if (position) {
          expect_index(position->edge.value, graph.edge_count(), "道路");
          expect_share(position->fraction, "道路上の位置");
        }
      }
    }
  }

  void check(const std::vector<RoadClosing>& closings) const {
    const RoadClosing* before = nullptr;
    for (const RoadClosing& closing : closings) {
      expect_index(closing.arc.value, scene_.graph->arc_count(), "道路");
      if (closing.from >= closing.until || closing.until >= kInfinity) {
        refuse("通行止めの終わりが始まりより後ではないか、24 日以上先です。");
      }
      const bool in_order = before == nullptr || before->arc < closing.arc ||
                            (before->arc == closing.arc && before->until < closing.from);
      if (!in_order) {
        refuse(
            "終わりのある通行止めが道路と時刻の順に並んでいないか、重なっています。"
            "つながるものは一つにまとめてください。");
      }
      before = &closing;
    }
  }

  void behaviours() const {
    for (const DrillBehaviour& behaviour : scene_.behaviours) {
      for (const DrillChannel& channel : behaviour.channels) {
        expect_share(channel.reach, "伝達の到達率");
        expect_delay(channel.delay, "伝達の遅れ");
      }
      expect_share(behaviour.refuses, "避難しない割合");
      expect_share(behaviour.starts_late, "出発を遅らせる割合");
      expect_share(behaviour.at_home, "自宅にいる割合");
      expect_share(behaviour.available, "支援者が動ける割合");
      expect_delay(behaviour.late_by, "出発の遅れ");
      expect_delay(behaviour.preparation, "準備時間");
      expect_delay(behaviour.loading, "乗車・介助の時間");
    }
    for (const DrillOrder& order : scene_.orders) {
      if (order.at >= kInfinity) {
        refuse("避難情報の時刻は 24 日未満にしてください。");
      }
    }
  }

  template <class Mover>
  void check_common(const Mover& mover) const {
    expect_index(mover.home, scene_.places.size(), "場所");
    expect_index(mover.mode, scene_.modes.size(), "移動手段");
    expect_index(mover.behaviour, scene_.behaviours.size(), "行動");
    if (mover.order != kNoIndex) {
      expect_index(mover.order, scene_.orders.size(), "避難情報");
    }
  }

  void check(const DrillPerson& person) const {
    check_common(person);
    constexpr std::uint32_t kMostGroups = 65'536;
    expect_index(person.group, kMostGroups, "集計の区分");
    for (const std::uint32_t supporter : person.supporters) {
      expect_index(supporter, scene_.supporters.size(), "支援者");
    }
    for (const std::uint32_t shelter : person.shelters) {
      expect_index(shelter, scene_.shelters.size(), "避難所");
      if (scene_.shelters[shelter].second_stage) {
        refuse("二次避難の福祉避難所が最初の避難先になっています。");
      }
    }
    for (const std::uint32_t shelter : person.second_stage) {
      expect_index(shelter, scene_.shelters.size(), "避難所");
    }
    if (person.shelters.empty() && person.without_shelter == DrillCause::None) {
      refuse("避難先のない人に理由がありません。");
    }
    if (person.via != kNoIndex) {
      expect_index(person.via, scene_.places.size(), "場所");
    }
    for (const ArcId arc : person.way) {
      expect_index(arc.value, scene_.graph->arc_count(), "道路");
    }
    for (std::size_t i = 1; person.via == kNoIndex && i < person.way.size(); ++i) {
      if (scene_.graph->head(person.way[i - 1]) != scene_.graph->tail(person.way[i])) {
        refuse("計画の経路がつながっていません。");
      }
    }
  }

  void check(const DrillSupporter& supporter) const {
    check_common(supporter);
    const auto own = static_cast<std::size_t>(&supporter - scene_.supporters.data());
    for (const std::uint32_t person : supporter.people) {
      expect_index(person, scene_.people.size(), "要支援者");
      const auto& named = scene_.people[person].supporters;
      if (std::ranges::find(named, own) == named.end()) {
        refuse("支援者の担当者の側に、その支援者が書かれていません。");
      }
    }
    std::vector<std::uint32_t> people = supporter.people;
    std::ranges::sort(people);
    if (std::ranges::adjacent_find(people) != people.end()) {
      refuse("支援者が同じ人を二度担当しています。");
    }
  }

  const DrillScene& scene_;
};

}  // namespace

void check_scene(const DrillScene& scene) {
  SceneCheck(scene).run();
}

}  // namespace route
