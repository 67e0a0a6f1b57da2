// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "registry/alert.hpp"
#include "registry/text_normalizer.hpp"
#include "toml_fields.hpp"

namespace registry {
namespace {

constexpr const char* kFile = "alerts.toml";
constexpr std::int64_t kMinuteMs = 60'000;

HazardKind hazard_of(const TomlFields& fields, std::string_view key, const std::string& text) {
  const auto kind = parse_hazard_kind(text);
  if (!kind) {
    fields.fail(key, "に知らない災害種別「" + text + "」があります。");
  }
  return *kind;
}

std::vector<HazardKind> hazards_of(const TomlFields& fields, std::string_view key) {
  std::vector<HazardKind> kinds;
  for (const std::string& text : fields.texts(key)) {
    kinds.push_back(hazard_of(fields, key, text));
  }
  return kinds;
}

/// As they are compared: full-width digits and letters meet half-width ones.
std::vector<std::string> words_of(const TomlFields& fields, std::string_view key) {
  std::vector<std::string> words = fields.texts(key);
  std::ranges::transform(words, words.begin(),
                         [](const auto& word) { return normalized_code(word); });
  return words;
}

AlertLimits limits_of(const TomlFields& fields) {
  fields.refuse_unknown(
      {"most_bytes", "deepest", "most_elements", "ahead_minutes", "behind_hours"});
  return {.bytes = static_cast<std::size_t>(fields.integer("most_bytes", {1000, 100'000'000})),
          .depth = static_cast<std::size_t>(fields.integer("deepest", {8, 200})),
          .nodes = static_cast<std::size_t>(fields.integer("most_elements", {100, 5'000'000})),
          .ahead_ms = kMinuteMs * fields.integer("ahead_minutes", {0, 1440}),
          .behind_ms = kMinuteMs * 60 * fields.integer("behind_hours", {1, 8760})};
}

AlertForm form_of(const TomlFields& fields) {
  const std::string word = fields.text("form");
  if (word == "warnings") {
    return AlertForm::Warnings;
  }
  if (word == "rivers") {
    return AlertForm::Rivers;
  }
  if (word != "intensity") {
    fields.fail("form", "には warnings, rivers, intensity のどれかを書いてください。");
  }
  return AlertForm::Intensity;
}

AlertProduct product_of(const TomlFields& fields) {
  fields.refuse_unknown({"name", "titles", "form", "type"});
  AlertProduct product{.name = fields.text("name"),
                       .titles = words_of(fields, "titles"),
                       .form = form_of(fields),
                       .type = {}};
  if (product.form != AlertForm::Intensity) {
    product.type = fields.text("type");
  }
  return product;
}

AlertKind kind_of(const TomlFields& fields) {
  fields.refuse_unknown({"product", "codes", "names", "level", "hazards", "lifts", "until"});
  AlertKind kind{.product = fields.text("product"),
                 .codes = {},
                 .names = words_of(fields, "names"),
                 .level = fields.integer("level", {0, 5}),
                 .hazards = {},
                 .lifts = fields.has("lifts") && fields.integer("lifts", {0, 1}) == 1};
  if (fields.has("until")) {
    kind.until = parse_iso_date(fields.text("until"));
    if (!kind.until) {
      fields.fail("until", "には「2026-05-28」の形の日付を書いてください。");
    }
  }
  if (fields.has("codes")) {
    kind.codes = fields.texts("codes");
  }
  if (kind.level > 0 && kind.product != kOrderProduct) {
    kind.hazards = hazards_of(fields, "hazards");
  }
  return kind;
}

void read_order(const TomlFields& order, AlertRules& rules) {
  order.refuse_unknown({"otherwise", "hazard"});
  rules.order_otherwise = hazard_of(order, "otherwise", order.text("otherwise"));
  for (const TomlFields& each : order.tables("hazard")) {
    each.refuse_unknown({"words", "hazard"});
    const HazardKind kind = hazard_of(each, "hazard", each.text("hazard"));
    for (const std::string& word : each.texts("words")) {
      rules.order_hazards.push_back({word, kind});
    }
  }
}

}  // namespace

AlertRules parse_alert_rules(std::string_view toml) {
  const toml::table table = parse_toml_text(toml, kFile);
  const TomlFields file(table, kFile);
  file.refuse_unknown({"limits", "product", "kind", "status", "city", "order", "proposal"});
  AlertRules rules;
  rules.limits = limits_of(file.table("limits"));
  for (const TomlFields& each : file.tables("product")) {
    rules.products.push_back(product_of(each));
  }
  for (const TomlFields& each : file.tables("kind")) {
    AlertKind kind = kind_of(each);
    if (kind.product != kOrderProduct &&
        std::ranges::find(rules.products, kind.product, &AlertProduct::name) ==
            rules.products.end()) {
      each.fail("product", "「" + kind.product +
                               "」がありません。[[product]] の name か order を"
                               "書いてください。");
    }
    rules.kinds.push_back(std::move(kind));
  }
  const TomlFields status = file.table("status");
  status.refuse_unknown({"issued", "updated", "lifted", "nothing"});
  rules.issued = words_of(status, "issued");
  rules.updated = words_of(status, "updated");
  rules.lifted = words_of(status, "lifted");
  rules.nothing = words_of(status, "nothing");
  if (file.has("city")) {
    const TomlFields city = file.table("city");
    city.refuse_unknown({"codes"});
    rules.own_codes = city.texts("codes");
  }
  read_order(file.table("order"), rules);
  const TomlFields proposal = file.table("proposal");
  proposal.refuse_unknown({"hazards", "days"});
  rules.window_ms = kMinuteMs * 1440 * proposal.integer("days", {1, 60});
  rules.proposes = hazards_of(proposal, "hazards");
  return rules;
}

}  // namespace registry
