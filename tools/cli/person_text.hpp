// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "registry/person_desk.hpp"
#include "registry/person_search.hpp"
#include "registry/register_desk.hpp"

namespace cli {

/// Everything the account may see of a person, under the words of the forms; fields it may not see
/// and fields nobody has filled in are left out.
[[nodiscard]] nlohmann::ordered_json person_json(const registry::PersonView& view);
[[nodiscard]] nlohmann::ordered_json hit_json(const registry::SearchHit& hit);
[[nodiscard]] nlohmann::ordered_json member_json(const registry::Member& member);

/// `項目: 値` lines of such a document.
void print_lines(const nlohmann::ordered_json& document);

}  // namespace cli
