// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "database.hpp"
#include "registry/message_desk.hpp"

namespace registry {

/// One mail address and the people its reader may be told of.
struct MessageRecipient {
  Audience audience = Audience::Supporter;
  std::string id;  ///< of the supporter or the registrant
  std::string address;
  std::vector<SupportedPerson> people;
  int change = 0;  ///< the newest change of way among them, of 経路変更
};

struct MessageRecipients {
  std::vector<MessageRecipient> list;
  MessageCounts counts;  ///< without `already`
};

/// Works out who is told of whom. Within a transaction.
[[nodiscard]] MessageRecipients recipients_of(Database& store, const MessageRequest& request);

}  // namespace registry
