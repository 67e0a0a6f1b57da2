// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "registry/capability.hpp"
#include "registry/supporter.hpp"

namespace registry {

/// Whether the person has said not to want help from this supporter: the name, the organisation,
/// the telephone number or the relation stands in 支援を断る相手. Such a supporter is not planned
/// with, gets no list and no mail about the person, and sees no card. Pure.
[[nodiscard]] bool is_refused(const Needs& needs, const Supporter& supporter,
                              const std::string& relation = {});

}  // namespace registry
