// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_tables.hpp"

namespace planner {

using route::DrillCause;
using route::DrillOutcome;

std::string_view code_of(DrillOutcome outcome) {
  switch (outcome) {
    case DrillOutcome::Safe:
      return "safe";
    case DrillOutcome::Late:
      return "late";
    case DrillOutcome::AtDoor:
      return "at_door";
    case DrillOutcome::UnderWay:
      return "under_way";
    case DrillOutcome::Stranded:
      return "stranded";
    case DrillOutcome::LeftBehind:
      return "left_behind";
    case DrillOutcome::Away:
      return "away";
  }
  return {};
}

std::string_view code_of(DrillCause cause) {
  switch (cause) {
    case DrillCause::None:
      return "none";
    case DrillCause::NoSupporter:
      return "no_supporter";
    case DrillCause::SupporterAbsent:
      return "supporter_absent";
    case DrillCause::SupporterRetreated:
      return "supporter_retreated";
    case DrillCause::Blocked:
      return "blocked";
    case DrillCause::ClosedByWater:
      return "closed_by_water";
    case DrillCause::NoSeat:
      return "no_seat";
    case DrillCause::NotEligible:
      return "not_eligible";
    case DrillCause::LateStart:
      return "late_start";
    case DrillCause::NotShared:
      return "not_shared";
    case DrillCause::Refused:
      return "refused";
    case DrillCause::NotReached:
      return "not_reached";
    case DrillCause::OutOfTime:
      return "out_of_time";
  }
  return {};
}

std::string_view words_of(DrillCause cause) {
  switch (cause) {
    case DrillCause::None:
      return "避難できた";
    case DrillCause::NoSupporter:
      return "支援者が足りない";
    case DrillCause::SupporterAbsent:
      return "支援者が来られない";
    case DrillCause::SupporterRetreated:
      return "支援者の退避時刻";
    case DrillCause::Blocked:
      return "道がふさがる・道がない";
    case DrillCause::ClosedByWater:
      return "浸水などで道が閉じる";
    case DrillCause::NoSeat:
      return "避難先が満員";
    case DrillCause::NotEligible:
      return "受け入れる避難先がない";
    case DrillCause::LateStart:
      return "動き出しが遅い";
    case DrillCause::NotShared:
      return "計画を支援者に渡せない（同意なし）";
    case DrillCause::Refused:
      return "避難しない";
    case DrillCause::NotReached:
      return "知らせが届かない";
    case DrillCause::OutOfTime:
      return "計画に時間が足りない";
  }
  return {};
}

std::string_view remedy_of(DrillCause cause) {
  switch (cause) {
    case DrillCause::None:
      return "";
    case DrillCause::NoSupporter:
      return "支援者を増やす";
    case DrillCause::SupporterAbsent:
      return "時間帯の違う控えの支援者を決める";
    case DrillCause::SupporterRetreated:
      return "早い警戒レベルで動き出す、受け持ちを減らす";
    case DrillCause::Blocked:
      return "別の経路と避難先を決める、狭い道の家屋を減らす";
    case DrillCause::ClosedByWater:
      return "道が閉じる前に動き出す、浸水しない経路にする";
    case DrillCause::NoSeat:
      return "席を増やす、近くの避難所を早く開ける";
    case DrillCause::NotEligible:
      return "受け入れる避難先を指定する";
    case DrillCause::LateStart:
      return "用事を前の日に済ませる、信頼する人から声をかける";
    case DrillCause::NotShared:
      return "計画の提供への同意をもらう";
    case DrillCause::Refused:
      return "訪問して話し合う、在宅避難の備えをする";
    case DrillCause::NotReached:
      return "知らせる手段を増やす（電話、訪問）";
    case DrillCause::OutOfTime:
      return "車両を使う、近い避難先にする、準備を短くする";
  }
  return {};
}

}  // namespace planner
