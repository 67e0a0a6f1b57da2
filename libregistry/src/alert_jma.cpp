// SPDX-License-Identifier: Apache-2.0
// 気象庁防災情報XML: Control says which product it is, Head when and how often, the items of Head
// or Body what is in force where. The items of a document are the whole state of the areas they
// name.
#include <algorithm>

#include "alert_builder.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

constexpr std::string_view kFloodedAreas = "浸水想定地区";
constexpr const char* kIntensity = "震度";

const AlertProduct& product_of(const std::string& title, const AlertRules& rules) {
  const std::string word = normalized_code(title);
  for (const AlertProduct& product : rules.products) {
    if (std::ranges::find(product.titles, word) != product.titles.end()) {
      return product;
    }
  }
  refuse_alert("読み替えの表（rules/alerts.toml）にない電文です: " + title);
}

/// The items the product is read from: those of the body, or where it has none of the headline.
std::vector<const XmlNode*> items_of(const XmlNode& report, const std::string& type) {
  std::vector<const XmlNode*> items;
  for (const char* element : {"Warning", "Information"}) {
    report.each(element, [&](const XmlNode& part) {
      if (part.attribute("type") == type) {
        part.each("Item", [&](const XmlNode& item) { items.push_back(&item); });
      }
    });
    if (!items.empty()) {
      break;
    }
  }
  return items;
}

std::vector<AlertArea> own_areas(const XmlNode& item, const AlertRules& rules,
                                 const AlertPlace& place) {
  std::vector<AlertArea> areas;
  item.each("Area", [&](const XmlNode& area) {
    AlertArea named{.code = area.text_at("Code"), .name = area.text_at("Name")};
    if (is_own(named.code, place, rules)) {
      areas.push_back(std::move(named));
    }
  });
  return areas;
}

void add_kinds(const XmlNode& item, const std::vector<AlertArea>& areas, AlertBuilder& builder) {
  for (const XmlNode& kind : item.children) {
    if (kind.name == "Kind") {
      builder.add({kind.text_at("Code"), kind.text_at("Name"), kind.text_at("Status")},
                  {.whole_city = true, .areas = areas});
    }
  }
}

/// Whether the document names the city.
bool read_warnings(const XmlNode& report, const AlertProduct& product, const AlertRules& rules,
                   const AlertPlace& place, AlertBuilder& builder) {
  bool named = false;
  for (const XmlNode* item : items_of(report, product.type)) {
    const std::vector<AlertArea> areas = own_areas(*item, rules, place);
    if (!areas.empty()) {
      named = true;
      add_kinds(*item, areas, builder);
    }
  }
  return named;
}

bool is_about_flooding(const XmlNode& item) {
  return item.text_of("Type").starts_with(kFloodedAreas) ||
         item.text_at("Kind/Name").starts_with(kFloodedAreas);
}

/// The parts of the city a river may flood.
std::vector<AlertArea> flooded_areas(const XmlNode& report, const AlertRules& rules,
                                     const AlertPlace& place) {
  std::vector<AlertArea> areas;
  report.each("Item", [&](const XmlNode& item) {
    if (!is_about_flooding(item)) {
      return;
    }
    item.each("Area", [&](const XmlNode& area) {
      const std::string code = area.text_at("CityCode");
      if (is_own(code, place, rules)) {
        areas.push_back({.code = code, .name = area.text_at("City")});
      }
    });
  });
  return areas;
}

bool read_river(const XmlNode& report, const AlertProduct& product, const AlertRules& rules,
                const AlertPlace& place, AlertBuilder& builder) {
  const std::vector<AlertArea> flooded = flooded_areas(report, rules, place);
  bool named = false;
  for (const XmlNode* item : items_of(report, product.type)) {
    const std::vector<AlertArea> areas = flooded.empty() ? own_areas(*item, rules, place) : flooded;
    if (!areas.empty()) {
      named = true;
      add_kinds(*item, areas, builder);
    }
  }
  return named;
}

bool read_intensity(const XmlNode& report, const AlertRules& rules, const AlertPlace& place,
                    AlertBuilder& builder) {
  bool named = false;
  report.each("City", [&](const XmlNode& city) {
    const AlertArea area{.code = city.text_at("Code"), .name = city.text_at("Name")};
    if (is_own(area.code, place, rules)) {
      named = true;
      builder.add({city.text_at("MaxInt"), kIntensity, {}}, {.whole_city = true, .areas = {area}});
    }
  });
  return named;
}

AlertDocument heading(const XmlNode& report, const AlertProduct& product, const AlertRules& rules,
                      const AlertPlace& place) {
  const std::string title = report.text_at("Control/Title");
  const std::string event = report.text_at("Head/EventID");
  const std::string time = report.text_at("Head/ReportDateTime");
  AlertDocument document;
  document.issuer = report.text_at("Control/EditorialOffice");
  document.title = report.text_at("Head/Title");
  document.issued = alert_moment(time, rules, place);
  // Warnings come without an event: the newest of an office is what holds.
  const bool by_event = product.form != AlertForm::Warnings && !event.empty();
  document.series = title + "|" + (by_event ? event : document.issuer);
  document.id = title + "|" + document.issuer + "|" + event + "|" + report.text_at("Head/Serial") +
                "|" + report.text_at("Head/InfoType") + "|" + time;
  return document;
}

}  // namespace

AlertDocument read_jma_report(const XmlNode& report, const AlertRules& rules,
                              const AlertPlace& place) {
  const std::string status = report.text_at("Control/Status");
  if (status != "通常") {
    refuse_alert("通常の電文ではありません（" + (status.empty() ? "運用種別なし" : status) +
                 "）。訓練や試験の電文からは何も提案しません。");
  }
  const AlertProduct& product = product_of(report.text_at("Control/Title"), rules);
  if (report.text_at("Head/InfoType") == "取消") {
    refuse_alert("取消の電文です。前の電文と見比べ、発令済みの避難情報を確かめてください。");
  }
  AlertBuilder builder(rules, product.name, heading(report, product, rules, place));
  bool named = false;
  switch (product.form) {
    case AlertForm::Warnings:
      named = read_warnings(report, product, rules, place, builder);
      break;
    case AlertForm::Rivers:
      named = read_river(report, product, rules, place, builder);
      break;
    case AlertForm::Intensity:
      named = read_intensity(report, rules, place, builder);
      break;
  }
  if (!named) {
    refuse_alert("この市の区域がありません（ほかの市町村の電文）。");
  }
  return builder.take();
}

}  // namespace registry
