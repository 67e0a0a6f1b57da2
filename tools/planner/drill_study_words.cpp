// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_candidates.hpp"

namespace planner {

std::string_view code_of(ActionKind kind) {
  switch (kind) {
    case ActionKind::AddSupporter:
      return "add_supporter";
    case ActionKind::OpenEarlier:
      return "open_earlier";
    case ActionKind::MoreSeats:
      return "more_seats";
    case ActionKind::MoreReception:
      return "more_reception";
    case ActionKind::Vehicle:
      return "vehicle";
    case ActionKind::ClearRoad:
      return "clear_road";
    case ActionKind::EarlierOrder:
      return "earlier_order";
  }
  return {};
}

std::string_view words_of(ActionKind kind) {
  switch (kind) {
    case ActionKind::AddSupporter:
      return "支援者を増やす";
    case ActionKind::OpenEarlier:
      return "避難所を早く開ける";
    case ActionKind::MoreSeats:
      return "避難所の席を増やす";
    case ActionKind::MoreReception:
      return "避難所の受付を増やす";
    case ActionKind::Vehicle:
      return "車両と運転する人を置く";
    case ActionKind::ClearRoad:
      return "道を通れるようにしておく";
    case ActionKind::EarlierOrder:
      return "避難情報を早く出す";
  }
  return {};
}

std::string_view code_of(PointKind kind) {
  switch (kind) {
    case PointKind::Supporter:
      return "supporter";
    case PointKind::Shelter:
      return "shelter";
    case PointKind::Road:
      return "road";
  }
  return {};
}

std::string_view words_of(PointKind kind) {
  switch (kind) {
    case PointKind::Supporter:
      return "支援者が来ない";
    case PointKind::Shelter:
      return "避難所が使えない";
    case PointKind::Road:
      return "道を通り抜けられない";
  }
  return {};
}

}  // namespace planner
