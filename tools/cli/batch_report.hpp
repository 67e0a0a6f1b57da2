// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/commands.hpp"
#include "registry/import_desk.hpp"
#include "registry/review_queue.hpp"

namespace cli {

using Names = std::map<registry::PersonId, std::string>;

[[nodiscard]] nlohmann::ordered_json to_json(const registry::BatchSummary& batch);
[[nodiscard]] nlohmann::ordered_json to_json(const registry::Ripple& ripple);
[[nodiscard]] nlohmann::ordered_json to_json(const registry::QueueItem& item);
/// Names only for those given; nobody is named unasked.
[[nodiscard]] nlohmann::ordered_json to_json(const registry::BatchDetail& detail,
                                             const Names& names);

/// The same documents as lines for people.
void print_batch(const nlohmann::ordered_json& document, const Context& context);
void print_ripple(const nlohmann::ordered_json& ripple, const Context& context);

}  // namespace cli
