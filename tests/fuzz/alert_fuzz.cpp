// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.hpp"
#include "registry/alert.hpp"
#include "registry/alert_fixture.hpp"
#include "registry/error.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  registry::AlertDocument document;
  const bool accepted = fuzz::accepts<registry::InputError>([&] {
    document = registry::read_alert(fuzz::text_of(data, size), registry::shipped_alert_rules(),
                                    registry::hikari_city());
  });
  if (!accepted) {
    return 0;
  }
  const auto in_force = registry::alerts_in_force(std::vector{document});
  for (const registry::AlertNotice& notice : document.notices) {
    fuzz::require(notice.level >= 1 && notice.level <= 5, "a level is 1 to 5");
  }
  for (const auto& proposal : propose_orders(in_force, registry::shipped_alert_rules())) {
    fuzz::require(proposal.level >= 3, "no order below level 3");
  }
  return 0;
}

fuzz::Material fuzz::material() {
  Material made;
  made.seeds = {registry::warnings(registry::kind("33", "大雨特別警報")).xml(),
                registry::warnings(registry::kind("43", "レベル４大雨危険警報", "継続")).xml(),
                registry::commons_order(
                    registry::order_detail("避難指示", "発令", registry::order_area("川端町")))};
  made.words = {"<Kind>",
                "</Kind>",
                "<Item>",
                "<Area>",
                "<Code>1399900</Code>",
                "解除",
                "1399900",
                "139998",
                "<!DOCTYPE a>",
                "<![CDATA[",
                "]]>",
                "&#x0;",
                "&lt;",
                "2026-11-21T11:50:00+09:00",
                "<EvacuationOrder>",
                "</",
                "\xFF",
                "\xEF\xBB\xBF"};
  return made;
}
