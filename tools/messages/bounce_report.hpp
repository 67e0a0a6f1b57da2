// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "registry/message_desk.hpp"

namespace messages {

struct BounceFile {
  std::vector<registry::BouncedMessage> bounced;
  std::size_t mails = 0;
  std::size_t delayed = 0;     ///< reports that say: not yet
  std::size_t not_report = 0;  ///< mails that are no report on one of ours
};

/// Reads what came back to the address for bounces: one mail, or a mailbox (mbox) of them. Of each
/// delivery status report (RFC 3464) the id in the returned Message-ID, the action and the status
/// are taken, nothing else; what a report says of ids that look unlike ours is not believed.
[[nodiscard]] BounceFile read_bounces(std::string_view bytes);

}  // namespace messages
