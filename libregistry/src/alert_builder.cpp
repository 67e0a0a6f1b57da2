// SPDX-License-Identifier: Apache-2.0
#include "alert_builder.hpp"

#include <algorithm>

#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

constexpr std::size_t kJisDigits = 5;
constexpr std::size_t kCityDigits = 6;
constexpr std::size_t kJmaDigits = 7;

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

void refuse_alert(const std::string& why) {
  throw InputError(why);
}

bool is_own(std::string_view code, const AlertPlace& place, const AlertRules& rules) {
  const std::string_view city = place.city_code;
  const bool listed =
      std::ranges::any_of(rules.own_codes, [code](const std::string& own) { return own == code; });
  if (listed || code.size() == kCityDigits) {
    return listed || code == city;
  }
  return (code.size() == kJisDigits || code.size() == kJmaDigits) &&
         code.substr(0, kJisDigits) == city.substr(0, kJisDigits);
}

Instant alert_moment(const std::string& text, const AlertRules& rules, const AlertPlace& place) {
  const auto moment = parse_moment(text);
  if (!moment) {
    refuse_alert("発表時刻がないか、読めません。");
  }
  const std::int64_t ahead = moment->milliseconds - place.now.milliseconds;
  if (ahead > rules.limits.ahead_ms) {
    refuse_alert("発表時刻が未来です（" + text + "）。機械の時計とファイルを確かめてください。");
  }
  if (-ahead > rules.limits.behind_ms) {
    refuse_alert("発表時刻が古すぎます（" + text +
                 "）。今の情報かを確かめ、必要なら発令を手で入力してください。");
  }
  return *moment;
}

const AlertKind* AlertBuilder::find(const AlertClaim& claim) {
  const std::string name = normalized_code(claim.name);
  const Date issued = tokyo_date(document_.issued);
  const AlertKind* past = nullptr;
  for (const AlertKind& kind : rules_->kinds) {
    if (kind.product != product_ || !(kind.codes.empty() || holds(kind.codes, claim.code)) ||
        !holds(kind.names, name)) {
      continue;
    }
    if (!kind.until || issued < *kind.until) {
      return &kind;
    }
    past = &kind;
  }
  const std::string words = "コード「" + claim.code + "」名称「" + claim.name + "」";
  document_.doubts.push_back(
      past == nullptr ? "この市について知らない種別があります: " + words
                      : words + " は " + to_iso(*past->until) +
                            " より前の名称です。いまの警戒レベルを電文で確かめてください");
  return nullptr;
}

AlertStatus AlertBuilder::status_of(const AlertKind& kind, const AlertClaim& claim) {
  const std::string status = normalized_code(claim.status);
  if (kind.lifts || holds(rules_->lifted, status)) {
    return AlertStatus::Lifted;
  }
  if (holds(rules_->updated, status)) {
    return AlertStatus::Updated;
  }
  if (!status.empty() && !holds(rules_->issued, status)) {
    // In doubt it is in force.
    document_.doubts.push_back("知らない状態「" + claim.status + "」を発表とみなしました");
  }
  return AlertStatus::Issued;
}

void AlertBuilder::push(const AlertKind& kind, const AlertClaim& claim, const AlertWhere& where,
                        HazardKind hazard) {
  AlertNotice notice;
  notice.id = document_.id + "#" + std::to_string(document_.notices.size() + 1);
  notice.issuer = document_.issuer;
  notice.issued = document_.issued;
  notice.level = kind.level;
  notice.hazard = hazard;
  notice.whole_city = where.whole_city;
  notice.areas = where.areas;
  notice.status = status_of(kind, claim);
  notice.title = claim.name;
  notice.order = kind.product == kOrderProduct;
  document_.notices.push_back(std::move(notice));
}

void AlertBuilder::add(const AlertClaim& claim, const AlertWhere& where) {
  if (holds(rules_->nothing, normalized_code(claim.status))) {
    return;
  }
  const AlertKind* kind = find(claim);
  if (kind == nullptr || kind->level == 0) {
    return;
  }
  for (const HazardKind hazard : kind->hazards) {
    push(*kind, claim, where, hazard);
  }
}

void AlertBuilder::add_order(const AlertClaim& claim, const AlertWhere& where, HazardKind hazard) {
  const AlertKind* kind = find(claim);
  if (kind != nullptr && kind->level > 0) {
    push(*kind, claim, where, hazard);
  }
}

}  // namespace registry
