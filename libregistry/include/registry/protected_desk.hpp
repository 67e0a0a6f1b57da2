// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/calendar.hpp"
#include "registry/ids.hpp"

namespace registry {

class Session;

/// A request to see one protected person (支援措置), and the second person's answer.
struct Opening {
  std::string id;
  PersonId person;
  std::string account;  ///< who asked, and the only one it opens for
  std::string reason;
  Instant asked_at;
  std::string approved_by;  ///< empty: nobody yet
  Instant expires_at;       ///< meaningful once approved
};

/// Opening the data of a protected person needs two named people and runs out.
class ProtectedDesk {
 public:
  static constexpr int kMostHours = 72;

  explicit ProtectedDesk(Session& session);

  /// Returns the id of the request. Throws `InputError` for a person who is not in the registry or
  /// not protected (both in the same words), or an empty reason.
  std::string request(const PersonId& person, std::string_view reason);
  /// The one who asked cannot approve: `AccessRefused`. 1 to `kMostHours` hours.
  void approve(const std::string& request, int hours);
  [[nodiscard]] std::vector<Opening> openings();

 private:
  Session* session_;
};

}  // namespace registry
