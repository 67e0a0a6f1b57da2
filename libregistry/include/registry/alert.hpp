// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/calendar.hpp"
#include "registry/shelter.hpp"

namespace registry {

/// 発表, 更新, 解除.
enum class AlertStatus : std::uint8_t { Issued, Updated, Lifted };
[[nodiscard]] std::string_view to_text(AlertStatus status);

/// A place as an alert names it.
struct AlertArea {
  std::string code;  ///< as it stands in the file; empty where only a name is given
  std::string name;
  friend bool operator==(const AlertArea&, const AlertArea&) = default;
};

/// One statement of a document: at this level, of this hazard, there.
struct AlertNotice {
  std::string id;      ///< the document's and a number
  std::string issuer;  ///< 気象台 or municipality
  Instant issued;
  int level = 1;  ///< 警戒レベル, 1-5
  HazardKind hazard = HazardKind::Flood;
  bool whole_city = true;        ///< or else only `areas`
  std::vector<AlertArea> areas;  ///< of the city, as the file names them
  AlertStatus status = AlertStatus::Issued;
  std::string title;   ///< e.g. レベル４土砂災害危険警報
  bool order = false;  ///< a mayor has ordered it (L-ALERT), so there is nothing left to propose
  friend bool operator==(const AlertNotice&, const AlertNotice&) = default;
};

/// One file, as far as it speaks of the city.
struct AlertDocument {
  std::string id;      ///< the same for every copy of the document, and for no other
  std::string series;  ///< a newer document of the series takes the place of the older ones
  std::string issuer;
  std::string title;
  Instant issued;
  std::vector<AlertNotice> notices;  ///< none: the series says that nothing is in force
  std::vector<std::string> doubts;   ///< what of the city's a person has to look at
};

/// How a product is written.
enum class AlertForm : std::uint8_t {
  Warnings,   ///< items of kinds and areas (VPWW54, VXWW50)
  Rivers,     ///< a forecast for a river, with the cities it may flood (VXKOii)
  Intensity,  ///< seismic intensity by city (VXSE53)
};

struct AlertProduct {
  std::string name;
  std::vector<std::string> titles;  ///< Control/Title
  AlertForm form = AlertForm::Warnings;
  std::string type;  ///< of the `Information` or `Warning` to read
};

/// What one kind of a product means.
struct AlertKind {
  std::string product;
  std::vector<std::string> codes;   ///< empty: the product has none
  std::vector<std::string> names;   ///< compared after NFKC; code and name must both fit
  int level = 0;                    ///< 0: says nothing about evacuation
  std::vector<HazardKind> hazards;  ///< one notice for each; of an order: empty
  bool lifts = false;
  std::optional<Date> until{};  ///< the name meant this in documents issued before that day
};

/// The name of the product that orders by municipalities have in the rules.
inline constexpr std::string_view kOrderProduct = "order";

/// A word in an order's title or disaster and the hazard it speaks of.
struct OrderHazard {
  std::string word;
  HazardKind hazard = HazardKind::Flood;
};

/// Larger, deeper or older files are refused.
struct AlertLimits {
  std::size_t bytes = 0;
  std::size_t depth = 0;
  std::size_t nodes = 0;
  std::int64_t ahead_ms = 0;   ///< a document may be this much in the future
  std::int64_t behind_ms = 0;  ///< and this old
};

/// Products and kinds to level and hazard: `data/rules/alerts.toml`.
struct AlertRules {
  AlertLimits limits;
  std::vector<AlertProduct> products;
  std::vector<AlertKind> kinds;
  std::vector<std::string> updated;    ///< words of Kind/Status
  std::vector<std::string> issued;     ///< words of Kind/Status
  std::vector<std::string> lifted;     ///< words of Kind/Status
  std::vector<std::string> nothing;    ///< words of Kind/Status: no kind is in force
  std::vector<std::string> own_codes;  ///< of the city's wards, and of rivers that concern it
  std::vector<OrderHazard> order_hazards;
  HazardKind order_otherwise = HazardKind::Flood;
  std::vector<HazardKind> proposes;  ///< hazards for which an order is proposed
  std::int64_t window_ms = 0;        ///< documents older than this count no more
};
/// Throws `InputError` naming the key.
[[nodiscard]] AlertRules parse_alert_rules(std::string_view toml);

/// Whose alerts are wanted, and when it is.
struct AlertPlace {
  std::string city_code;  ///< 全国地方公共団体コード, 6 digits
  Instant now;
};

/// Reads 気象庁防災情報XML (警報・注意報, 土砂災害警戒情報, 指定河川洪水予報, 震度) or an
/// evacuation order as the 公共情報コモンズ (L-ALERT) carries it. Throws `InputError` with the
/// reason for what is no such document, is a drill or a test, says nothing of the city, or lies
/// outside the limits; entities and document types are never followed. A kind of the city's that
/// the rules do not know is a doubt, and the rest is taken.
[[nodiscard]] AlertDocument read_alert(std::string_view xml, const AlertRules& rules,
                                       const AlertPlace& place);

/// What is in force: of every series the newest document, without what it lifts. A document that
/// leaves doubts takes the place of no other: what it does not say may be what was not understood.
[[nodiscard]] std::vector<AlertNotice> alerts_in_force(std::span<const AlertDocument> documents);

/// An order the mayor may give. Nothing is ordered by it.
struct OrderProposal {
  int level = 3;  ///< 3 高齢者等避難, 4 避難指示, 5 緊急安全確保
  HazardKind hazard = HazardKind::Flood;
  bool whole_city = true;  ///< or else only `areas`
  std::vector<AlertArea> areas;
  std::vector<std::string> because;  ///< titles of the alerts
  Instant since;                     ///< of the newest of them
};
/// The highest level of each hazard, from 3 on, and where it holds. What a mayor has ordered
/// already, for the same places or for the whole city, is not proposed again.
[[nodiscard]] std::vector<OrderProposal> propose_orders(std::span<const AlertNotice> in_force,
                                                        const AlertRules& rules);
[[nodiscard]] std::string_view order_name(int level);  ///< 高齢者等避難, 避難指示, 緊急安全確保

}  // namespace registry
