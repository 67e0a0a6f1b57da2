// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/alert.hpp"

namespace registry {

class Session;

enum class AlertOutcome : std::uint8_t {
  Taken,
  Known,   ///< the same bytes were taken before: nothing to do
  Refused  ///< with a reason
};

struct AlertIntake {
  AlertOutcome outcome = AlertOutcome::Refused;
  AlertDocument document;  ///< of `Taken`
  std::string reason;      ///< of `Refused`
};

/// The store's memory of alerts. A desk of a session.
class AlertDesk {
 public:
  explicit AlertDesk(Session& session) : session_(&session) {}

  /// Reads a file and keeps what it says, once: the same bytes again are `Known`, and other bytes
  /// under the id of a document that was taken are refused. Every file leaves an audit row; no
  /// order is given by it.
  [[nodiscard]] AlertIntake take(std::string_view xml, const AlertRules& rules,
                                 const std::string& city_code);
  /// What is in force, and what was taken since `from`.
  [[nodiscard]] std::vector<AlertNotice> in_force(Instant from);

 private:
  Session* session_;
};

}  // namespace registry
